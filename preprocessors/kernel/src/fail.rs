//! The error of a page: any error, and the line whose `?` gave it up.

use std::fmt;
use std::panic::Location;

/// What a page's `?` converts every error into.
pub struct Error {
    message: String,
    place: &'static Location<'static>,
}

/// The result of a page's code.
pub type Result<T = (), E = Error> = std::result::Result<T, E>;

impl<E: Into<Box<dyn std::error::Error>>> From<E> for Error {
    #[track_caller]
    fn from(error: E) -> Self {
        let error = error.into();
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            message.push_str(&format!(": {error}"));
            cause = error.source();
        }
        Self { message, place: Location::caller() }
    }
}

impl Error {
    /// The error and its causes, joined by colons.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place of the `?`.
    pub fn place(&self) -> &'static Location<'static> {
        self.place
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} ({})", self.message, self.place)
    }
}
