//! Spelling: a Hunspell dictionary and the course's own words.

use std::collections::BTreeSet;

use crate::text::{MARKUP, OBJECT, Text};
use page::Finding;

/// The dictionary and the words that it does not have.
pub struct Dictionary {
    hunspell: spellbook::Dictionary,
    own: BTreeSet<String>,
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Dictionary").field("own", &self.own).finish_non_exhaustive()
    }
}

impl Dictionary {
    /// From the texts of a Hunspell dictionary, and of our list: a word a line, `#` begins a comment.
    pub fn new(affixes: &str, words: &str, own: &str) -> Result<Self, String> {
        let hunspell = spellbook::Dictionary::new(affixes, words).map_err(|error| error.to_string())?;
        let own = own.lines().map(|line| line.split('#').next().unwrap_or_default().trim().to_lowercase());
        Ok(Self { hunspell, own: own.filter(|word| !word.is_empty()).collect() })
    }

    /// Whether a word is one. A word with hyphens is one when its parts are; `слово*` in our list is a beginning.
    pub fn knows(&self, word: &str) -> bool {
        self.is_word(word) || (word.contains('-') && word.split('-').all(|part| part.is_empty() || self.is_word(part)))
    }

    fn is_word(&self, word: &str) -> bool {
        // A stress is not a letter: «что́».
        let word = &word.replace('\u{301}', "");
        let lower = word.to_lowercase();
        self.own.contains(&lower)
            || self.hunspell.check(word)
            || self.hunspell.check(&lower)
            || self.own.iter().any(|own| own.strip_suffix('*').is_some_and(|beginning| lower.starts_with(beginning)))
    }

    /// The misspelt words of a page.
    pub fn check(&self, text: &Text<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for block in &text.blocks {
            for (at, word) in words(text.of_block(block)) {
                let place = block.range.start + at..block.range.start + at + word.len();
                if !self.knows(word) {
                    findings.push(unknown(word, place));
                }
            }
        }
        findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
        findings.dedup();
        findings
    }
}

fn unknown(word: &str, place: std::ops::Range<usize>) -> Finding {
    let help = "mend it, or add it to spelling.txt if it is a word of the course";
    Finding::new("spelling", place, format!("«{word}» is not in the dictionary"), help)
}

/// Cyrillic words that a dictionary can know, with their hyphens.
fn words(text: &str) -> Vec<(usize, &str)> {
    let is_letter = |letter: char| matches!(letter, 'А'..='я' | 'Ё' | 'ё' | '-' | '\u{301}');
    // A piece of something that is not a word: `p≪е`, a name with a formula or code in it.
    let touches = |letter: Option<char>| letter.is_some_and(|letter| letter == OBJECT || letter.is_alphanumeric());
    let is_known = |&(at, word): &(usize, &str)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let hyphened = before.strip_suffix('-');
        let before_it = hyphened.unwrap_or(before).chars().next_back();
        let is_piece = touches(before_it)
            || touches(after.trim_start_matches('-').chars().next())
            || (hyphened.is_some() && before_it != Some(MARKUP));
        let letters = word.chars().count();
        // Letters with a full stop are an abbreviation, words in capitals a name.
        let is_short = after.starts_with('.') && letters <= 2;
        let is_name = word.chars().all(|letter| letter.is_uppercase() || letter == '-');
        letters > 1 && word.chars().all(is_letter) && !is_piece && !is_short && !is_name
    };
    russian::words_at(text).filter(is_known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFFIXES: &str = "SET UTF-8\nSFX A Y 2\nSFX A 0 а [^а]\nSFX A 0 ами [^а]\n";
    const WORDS: &str = "5\nвектор/A\nшаг/A\nещё\nеще\nвсё\n";

    fn told(page: &str) -> Vec<String> {
        let dictionary = Dictionary::new(AFFIXES, WORDS, "эмбеддинг* # наше\nсофтмакс\n").unwrap();
        let findings = dictionary.check(&Text::of(page));
        findings.into_iter().map(|found| format!("{}: {} {:?}", found.rule, found.message, found.fix)).collect()
    }

    #[test]
    fn words_of_the_dictionary_and_our_own_are_right() {
        assert_eq!(
            told(
                "Вектора, шагами, вектор-шаг, эмбеддингами, софтмакс, век\u{301}тор, x-компонента, 10-го, т. е., РФ, `кривва`.\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn unknown_words_are_told() {
        assert_eq!(
            told("Векторр и ещё, все.\n"),
            ["spelling: «Векторр» is not in the dictionary None", "spelling: «все» is not in the dictionary None"]
        );
    }
}
