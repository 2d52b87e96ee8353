//! Whether a value in a sentence is a text: found by method resolution, as [`show!`](crate::show) finds the form of a value.

use crate::wire::Nature;

/// A value in a sentence.
pub struct Told<'a, T: ?Sized>(pub &'a T);

/// The first choice: a text.
pub trait AsText {
    /// What it is.
    fn nature(&self) -> Nature;
}

impl<T: AsRef<str> + ?Sized> AsText for &&Told<'_, T> {
    fn nature(&self) -> Nature {
        Nature::Text
    }
}

/// The second: one letter.
pub trait AsLetter {
    /// What it is.
    fn nature(&self) -> Nature;
}

impl AsLetter for &Told<'_, char> {
    fn nature(&self) -> Nature {
        Nature::Text
    }
}

/// The last: anything else.
pub trait AsValue {
    /// What it is.
    fn nature(&self) -> Nature;
}

impl<T: ?Sized> AsValue for Told<'_, T> {
    fn nature(&self) -> Nature {
        Nature::Value
    }
}
