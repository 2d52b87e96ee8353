//! «Did you mean»: the known word that a wrong one was probably meant to be.

/// The known word that is most like `word`, if one is like it at all.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    // A slip a third of the word, two at the most; a swap of neighbours is one slip.
    let allowed = (length / 3).clamp(1, 2);
    let near = known.into_iter().map(|known| (strsim::osa_distance(word, known), known));
    near.filter(|(slips, known)| *slips <= allowed && *slips < known.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_or_two_are_forgiven() {
        let known = ["claim", "checks", "sources", "map", "ёж"];
        let near = |word| nearest(word, known);
        assert_eq!(near("cliam"), Some("claim"));
        assert_eq!(near("soucres"), Some("sources"));
        assert_eq!(near("cheks"), Some("checks"));
        assert_eq!(near("mapp"), Some("map"));
        assert_eq!(near("еж"), Some("ёж"));
        assert_eq!([near("x"), near("proof"), near("")], [None; 3]);
    }
}
