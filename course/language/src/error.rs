//! What can go wrong with a text or a file.

use std::fmt::{Display, Formatter, Result};

/// Why a model cannot do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A character that the alphabet has not.
    Unknown {
        /// The character.
        symbol: char,
        /// Its place in the text, from 1.
        place: usize,
    },
    /// A text of too few characters.
    Short {
        /// How many it has.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A text of too many characters.
    Long {
        /// How many it has.
        found: usize,
        /// How many a window has.
        most: usize,
    },
    /// Bytes that are not a model.
    File(String),
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Unknown { symbol, place } => write!(
                f,
                "language: the model has no character `{}`, which is number {place} of the text: take it out, or write another",
                symbol.escape_debug()
            ),
            Self::Short { found, needed } => {
                write!(f, "language: the text has {found} characters, {needed} are needed")
            }
            Self::Long { found, most } => {
                write!(f, "language: the text has {found} characters, the model sees {most} at once")
            }
            Self::File(what) => write!(f, "language: these bytes are not a model: {what}"),
        }
    }
}

impl std::error::Error for Error {}
