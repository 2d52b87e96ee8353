//! «Did you mean»: the known words that a wrong one was probably meant to be.

/// The known word that is most like `word`, if one is like it at all.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, known).into_iter().next()
}

/// The known words that are like `word`, the most alike first, at most three.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    const MOST: usize = 3;
    let mut near: Vec<(f64, &str)> =
        known.into_iter().filter_map(|known| Some((likeness(word, known)?, known))).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|(_, known)| *known);
    near.truncate(MOST);
    near.into_iter().map(|(_, known)| known).collect()
}

/// How alike two words are; nothing when no slip of a hand or a memory makes one of the other.
fn likeness(word: &str, known: &str) -> Option<f64> {
    /// From this length on a name is remembered by its beginning: its end may be another.
    const LONG: usize = 7;
    const ALIKE: f64 = 0.8;
    /// From this length on a beginning says which word it is of.
    const SHORT: usize = 3;
    let (length, known_length) = (word.chars().count(), known.chars().count());
    // A slip a third of the word, two at the most; a swap of neighbours is one slip.
    let allowed = (length / 3).clamp(1, 2);
    let slips = strsim::osa_distance(&word.to_lowercase(), &known.to_lowercase());
    if slips <= allowed && slips < known_length {
        return Some(2.0 - slips as f64 / length.max(1) as f64);
    }
    // Of words that it begins, the shorter is the more like.
    if length >= SHORT && known.starts_with(word) {
        return Some(1.0 + length as f64 / known_length as f64);
    }
    let likeness = strsim::jaro_winkler(word, known);
    (length.max(known_length) >= LONG && likeness >= ALIKE).then_some(likeness)
}

/// `` `a`, `b` or `c` ``.
pub fn any_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_or_two_are_forgiven() {
        let known = ["claim", "checks", "sources", "map", "ёж"];
        let near = |word| nearest(word, known);
        assert_eq!(near("cliam"), Some("claim"));
        assert_eq!(near("soucres"), Some("sources"));
        assert_eq!(near("Cheks"), Some("checks"));
        assert_eq!(near("mapp"), Some("map"));
        assert_eq!(near("еж"), Some("ёж"));
        assert_eq!([near("x"), near("proof"), near("")], [None; 3]);
        assert_eq!(nearest("vol", ["volume-total", "volume"]), Some("volume"));
    }

    #[test]
    fn of_a_long_name_the_beginning_is_remembered() {
        let known = ["сингулярное число", "сингулярный вектор", "градиент"];
        assert_eq!(near("сингулярных чисел", known), ["сингулярное число", "сингулярный вектор"]);
        assert_eq!(near("градиентный", known), ["градиент"]);
        assert_eq!(near("потери", known), [""; 0]);
        assert_eq!(any_of(&["а", "б", "в"]), "`а`, `б` or `в`");
    }
}
