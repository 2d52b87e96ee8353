//! What a machine can know of Russian typography.

mod dashes;
mod formulas;
mod numbers;
mod quotes;
mod spaces;
mod words;

use regex::Regex;

use crate::text::{Block, MARKUP, Text};
use page::Finding;

/// All rules by their names, with what each of them wants.
pub const RULES: [(&str, &str); 17] = [
    ("quotes", "«ёлочки», внутри них „лапки“; прямых кавычек нет"),
    ("dash", "тире — « — », с неразрывным пробелом перед ним"),
    ("range", "диапазон чисел — короткое тире без пробелов: 10–20"),
    ("minus", "знак минус — «−», а не дефис"),
    ("decimal-comma", "дробная часть числа — после запятой"),
    ("digits", "тройки цифр в числах от 10 000 разделены неразрывным пробелом, а не обычным"),
    ("unit", "между числом и единицей — неразрывный пробел"),
    ("preposition", "после короткого предлога или союза — неразрывный пробел"),
    ("abbreviation", "«т. е.», «рис. 5», «№ 5», инициалы — с неразрывным пробелом"),
    ("ellipsis", "многоточие — один знак «…»"),
    ("space", "перед знаком препинания пробела нет, за ним он есть"),
    ("comparison", "вместо ≤ и ≥ — ⩽ и ⩾"),
    ("exclamation", "восклицательных знаков в лекциях нет"),
    ("term", "слова, вместо которых у курса есть другие"),
    ("yo", "«ё» пишется везде"),
    ("formula", "русские начертания в формулах"),
    ("spelling", "слово есть в словаре или в spelling.txt"),
];

/// What all rules but the dictionary's find, in the order of the page.
pub fn check(text: &Text<'_>) -> Vec<Finding> {
    let mut findings = formulas::check(text);
    for block in &text.blocks {
        let piece = Piece { text: text.of_block(block), start: block.range.start, block };
        for rule in [quotes::check, dashes::check, numbers::check, spaces::check, words::check] {
            findings.extend(rule(&piece));
        }
    }
    findings.sort_by(|a, b| (a.range.start, a.range.end, a.rule).cmp(&(b.range.start, b.range.end, b.rule)));
    findings.dedup();
    findings
}

/// A block as rules see it.
pub(crate) struct Piece<'a> {
    pub text: &'a str,
    /// Where it begins in the file.
    pub start: usize,
    pub block: &'a Block,
}

impl Piece<'_> {
    /// The character before a byte, markup aside.
    pub fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().rev().find(|letter| *letter != MARKUP)
    }

    /// The character at a byte or behind, markup aside.
    pub fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().find(|letter| *letter != MARKUP)
    }

    /// The place in the file of a piece of the block.
    pub fn place(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.start + range.start..self.start + range.end
    }

    /// The word that ends before a byte, spaces aside.
    pub fn word_before(&self, at: usize) -> &str {
        let before = self.text[..at].trim_end_matches(|letter: char| letter.is_whitespace() || letter == MARKUP);
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, letter)| letter.is_alphanumeric() || "-№§".contains(*letter))
            .last()
            .map_or(before.len(), |(at, _)| at);
        &before[start..]
    }
}

/// A pattern of the rules, which are written by us.
pub(crate) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of the rules are right")
}
