//! What the step adds to a page in words, in the language of the book.

use mdbook_preprocessor::config::Config;

/// The words of a language.
#[derive(Debug)]
pub struct Words {
    /// The heading over the list of a page that has no section for it.
    pub sources: &'static str,
    /// What a link from a source back to the text is called; the number of the place follows.
    pub back: &'static str,
}

impl Words {
    /// Those of the book's language; English where there are none.
    pub fn of(config: &Config) -> Self {
        let language = config.book.language.as_deref().unwrap_or_default().to_lowercase();
        match language.split(['-', '_']).next() {
            Some("ru") => Self { sources: "Источники", back: "К месту ссылки" },
            _ => Self { sources: "Sources", back: "Back to the citation" },
        }
    }
}
