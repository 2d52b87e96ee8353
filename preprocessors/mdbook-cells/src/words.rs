//! What the cells add to a page in words and signs, in the language of the book. A language is a file below.

mod en;
mod ru;

/// The words and signs of a language.
#[derive(Debug)]
pub struct Words {
    /// Code of the language, as `[book] language` begins.
    pub code: &'static str,
    /// How numbers are written.
    pub signs: Signs,
    /// What a numbered figure is called.
    pub figure: &'static str,
    /// A numbered table.
    pub table: &'static str,
    /// A numbered listing.
    pub listing: &'static str,
    /// The fold with the code of a cell.
    pub source: &'static str,
    /// The same of a cell that only checks, with what came of it.
    pub check: &'static str,
    /// The fold with the whole of something long, before its size.
    pub show_all: &'static str,
    /// The fold with the data of a picture.
    pub data: &'static str,
    /// The same, of a live figure.
    pub data_of_default: &'static str,
    /// A cell, where a file would be named.
    pub cell: &'static str,
    /// What a toggle says when it is off and on.
    pub toggle: [&'static str; 2],
    /// The controls of a live figure.
    pub controls: &'static str,
    /// The button that plays an input, before its name.
    pub play: &'static str,
    /// Lines, counted.
    pub lines: fn(usize) -> &'static str,
    /// Kilobytes and megabytes.
    pub bytes: [&'static str; 2],
    /// Nanoseconds to seconds.
    pub times: [&'static str; 4],
    /// A panic that was announced.
    pub panic: fn(line: Option<usize>, message: &str) -> String,
}

/// How numbers are written in sentences and in formulas.
#[derive(Debug)]
pub struct Signs {
    /// Between whole and fraction.
    pub decimal: Pair,
    /// Between groups of three digits, from five digits on.
    pub group: Pair,
    /// Behind a percentage.
    pub percent: Pair,
    /// Between a mantissa and its power of ten.
    pub times: Pair,
}

/// A sign in a sentence and in TeX.
#[derive(Debug)]
pub struct Pair {
    /// In a sentence.
    pub prose: &'static str,
    /// In a formula.
    pub formula: &'static str,
}

const LANGUAGES: [&Words; 2] = [&en::WORDS, &ru::WORDS];

impl Words {
    /// Those of a language of book.toml; English where there are none.
    pub fn of(language: Option<&str>) -> &'static Self {
        let code = language.map(|language| language.split(['-', '_']).next().unwrap_or_default().to_lowercase());
        let found = LANGUAGES.into_iter().find(|words| code.as_deref() == Some(words.code));
        found.unwrap_or(&en::WORDS)
    }
}
