//! The symbols that a model knows, by number.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;

/// Characters in the order of their codes; «ё» is «е».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alphabet {
    symbols: Vec<char>,
    numbers: BTreeMap<char, usize>,
}

impl Alphabet {
    /// All characters of a text.
    pub fn of(text: &str) -> Self {
        Self::from_symbols(text.chars().map(folded))
    }

    pub(crate) fn from_symbols(symbols: impl Iterator<Item = char>) -> Self {
        let symbols: Vec<char> = symbols.collect::<BTreeSet<_>>().into_iter().collect();
        let numbers = symbols.iter().enumerate().map(|(number, symbol)| (*symbol, number)).collect();
        Self { symbols, numbers }
    }

    /// How many symbols there are.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// The symbols in order.
    pub fn symbols(&self) -> &[char] {
        &self.symbols
    }

    /// The numbers of the characters of a text, with «е» for «ё».
    ///
    /// # Errors
    /// When a character is not in the alphabet.
    pub fn encode(&self, text: &str) -> Result<Vec<usize>, Error> {
        let number = |(place, symbol): (usize, char)| {
            let number = self.numbers.get(&folded(symbol)).copied();
            number.ok_or(Error::Unknown { symbol, place: place + 1 })
        };
        text.chars().enumerate().map(number).collect()
    }

    /// The text of numbers that [`Alphabet::encode`] gave.
    ///
    /// # Panics
    /// When a number is not below [`Alphabet::len`].
    #[track_caller]
    pub fn decode(&self, numbers: &[usize]) -> String {
        let symbol = |number: &usize| {
            assert!(*number < self.symbols.len(), "language: {number} is not one of {} symbols", self.symbols.len());
            self.symbols[*number]
        };
        numbers.iter().map(symbol).collect()
    }
}

fn folded(symbol: char) -> char {
    match symbol {
        'ё' => 'е',
        'Ё' => 'Е',
        other => other,
    }
}
