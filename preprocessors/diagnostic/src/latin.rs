//! Cyrillic letters that look Latin.

/// The Latin letter that a Cyrillic one looks like.
pub fn latin_letter(letter: char) -> Option<char> {
    const PAIRS: [(char, char); 24] = [
        ('а', 'a'),
        ('с', 'c'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('х', 'x'),
        ('у', 'y'),
        ('і', 'i'),
        ('ј', 'j'),
        ('ѕ', 's'),
        ('к', 'k'),
        ('т', 't'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('У', 'Y'),
    ];
    PAIRS.iter().find(|(cyrillic, _)| *cyrillic == letter).map(|(_, latin)| *latin)
}

/// What a word would be if its letters that look Latin were Latin; none when it has none of them, or others too.
pub fn as_latin(word: &str) -> Option<String> {
    let own = |letter: char| letter.is_ascii().then_some(letter);
    let written: Option<String> = word.chars().map(|letter| latin_letter(letter).or_else(|| own(letter))).collect();
    written.filter(|written| written != word)
}

#[cfg(test)]
mod tests {
    use super::as_latin;

    #[test]
    fn a_word_of_letters_that_look_latin_is_told_from_a_russian_one() {
        assert_eq!(as_latin("х").as_deref(), Some("x"));
        assert_eq!(as_latin("соs").as_deref(), Some("cos"));
        assert_eq!(as_latin("шаг"), None);
        assert_eq!(as_latin("x"), None);
    }
}
