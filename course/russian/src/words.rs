//! Words.

/// The words of a text, as they stand there.
pub fn words(text: &str) -> Vec<&str> {
    words_at(text).map(|(_, word)| word).collect()
}

/// The words of a text with their first bytes.
pub fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let begin = at + text[at..].find(char::is_alphanumeric)?;
        at = begin + end(&text[begin..]);
        Some((begin, &text[begin..at]))
    })
}

/// Where the word ends that a text begins with.
fn end(text: &str) -> usize {
    let mut end = 0;
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let is_inside = character.is_alphanumeric()
            // A stress or a breve that stands apart belongs to its letter.
            || ('\u{300}'..='\u{36f}').contains(&character)
            || matches!(character, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’') && next.is_alphanumeric()
            || matches!(character, ',' | '.' | '\u{a0}') && before.is_ascii_digit() && next.is_ascii_digit();
        if !is_inside {
            break;
        }
        end = at + character.len_utf8();
        before = character;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FORMULA, count};

    #[test]
    fn words_are_letters_with_hyphens_between_them() {
        let cases: [(&str, &[&str]); 7] = [
            ("Кто-то пел: «Ёлка!» — да?", &["Кто-то", "пел", "Ёлка", "да"]),
            ("в 19-м веке и x2", &["в", "19-м", "веке", "и", "x2"]),
            ("-начало и конец- — минус", &["начало", "и", "конец", "минус"]),
            ("д’Артаньян и Qu’écrirez-vous", &["д’Артаньян", "и", "Qu’écrirez-vous"]),
            ("замо\u{301}к", &["замо\u{301}к"]),
            ("…", &[]),
            ("", &[]),
        ];
        for (text, wanted) in cases {
            assert_eq!(words(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_number_and_a_formula_are_one_word() {
        let text = format!("Из 10\u{a0}000 строк 3,5\u{a0}% — это 0.5, при {FORMULA} и {FORMULA}-м шаге.");
        let wanted = ["Из", "10\u{a0}000", "строк", "3,5", "это", "0.5", "при", "ℱ", "и", "ℱ-м", "шаге"];
        assert_eq!(words(&text), wanted);
        assert_eq!(count("1, 2, 3."), 3);
    }

    #[test]
    fn a_word_is_where_it_stands() {
        let text = "«Ёж» и 5";
        for (at, word) in words_at(text) {
            assert_eq!(&text[at..at + word.len()], word);
        }
    }
}
