//! What mdBook says in its log and nobody would hear: mistakes of authors among it.

use std::fmt::{Debug, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use diagnostic::{Diagnostic, Level, Place};
use mdbook_driver::book::Book;
use tracing_core::field::{Field, Visit};
use tracing_core::{Dispatch, Event, Metadata, Subscriber, dispatcher, span};

/// Does some work of mdBook's; gives its result and the warnings and errors that it wrote to its log meanwhile.
pub fn listen<T>(work: impl FnOnce() -> T) -> (T, Vec<Said>) {
    let said = Arc::new(Mutex::new(Vec::new()));
    let log = Dispatch::new(Log(Arc::clone(&said)));
    let result = dispatcher::with_default(&log, work);
    let said = std::mem::take(&mut *said.lock().unwrap_or_else(PoisonError::into_inner));
    (result, said)
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    level: Level,
    message: String,
}

/// What was said, at the page that it was said about, or else at book.toml.
pub fn diagnostics(said: Vec<Said>, book: &Book, src: &Path) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for said in said {
        match (said.message.strip_prefix("Caused By: "), diagnostics.last_mut()) {
            (Some(cause), Some(last)) => last.notes.push(cause.to_owned()),
            _ => diagnostics.push(said.diagnostic(book, src)),
        }
    }
    diagnostics
}

impl Said {
    fn diagnostic(self, book: &Book, src: &Path) -> Diagnostic {
        let mut lines = self.message.lines();
        let first = lines.next().unwrap_or_default();
        let place = place(first, book, src);
        let mut diagnostic = Diagnostic { level: self.level, ..Diagnostic::error("mdbook", first, place) };
        let rest: Vec<&str> = lines.map(str::trim).collect();
        if !rest.is_empty() {
            diagnostic = diagnostic.note(rest.join("\n"));
        }
        diagnostic
    }
}

/// The directive that a message quotes, `"{{#include x}}"`, or the page that it names, `` `a/b.md` ``.
fn place(message: &str, book: &Book, src: &Path) -> Place {
    let is_directive =
        |words: &&str| words.strip_prefix("{{").is_some_and(|inside| inside.trim_start().starts_with('#'));
    let quoted = message.split('"').find(is_directive);
    for chapter in book.chapters() {
        let Some(path) = step::chapter::path(chapter, src) else { continue };
        if let Some(at) = quoted.and_then(|words| chapter.content.find(words)) {
            return Place::new(path, at..at + quoted.map_or(0, str::len));
        }
        let file = chapter.source_path.as_ref().map(|file| format!("`{}`", file.display()));
        if file.is_some_and(|file| message.contains(&file)) {
            return Place::new(path, 0..0);
        }
        // Of includes that lead back to their page mdBook names the page without quotation marks.
        let name = chapter.source_path.as_ref().map(|file| format!("in {}. ", file.display()));
        if name.is_some_and(|name| message.contains(&name)) {
            let at = chapter.content.find("{{#include").unwrap_or_default();
            let line = chapter.content[at..].lines().next().unwrap_or_default();
            return Place::new(path, at..at + line.len());
        }
    }
    Place::new("book.toml", 0..0)
}

struct Log(Arc<Mutex<Vec<Said>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= tracing_core::Level::WARN && metadata.target().starts_with("mdbook")
    }

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        let level = if *event.metadata().level() == tracing_core::Level::ERROR { Level::Error } else { Level::Warning };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Said { level, message: words.0 });
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            // Writing to a string does not fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}
