//! The language of what is said about pictures: that of the book, which the engine names.

use std::sync::OnceLock;

/// The languages that pictures are described in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Russian,
}

pub(crate) fn language() -> Language {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    *LANGUAGE.get_or_init(|| if kernel::language() == "ru" { Language::Russian } else { Language::English })
}

/// A word in the language of the book.
pub(crate) fn word(russian: &'static str, english: &'static str) -> &'static str {
    match language() {
        Language::English => english,
        Language::Russian => russian,
    }
}

/// `format!` in the language of the book.
macro_rules! say {
    ($russian:literal, $english:literal $($rest:tt)*) => {
        match $crate::language::language() {
            $crate::language::Language::English => format!($english $($rest)*),
            $crate::language::Language::Russian => format!($russian $($rest)*),
        }
    };
}

pub(crate) use say;
