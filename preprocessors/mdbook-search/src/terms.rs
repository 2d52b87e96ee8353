//! Terms as a page lists them: `<div class="term-entry" id="…" data-also="…|…">**name** (original) — what it means <span
//! class="cited-in">→ [1.1](page.md)</span></div>`.

use page::markup::Tag;
use serde::{Deserialize, Serialize};

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its anchor.
    pub id: String,
    /// What it is called, first in the language of the book.
    pub names: Vec<String>,
    /// What it means.
    pub definition: String,
    /// A link to the page that introduces it, as it is written.
    pub page: Option<String>,
}

/// A term that is being read.
pub struct Reading {
    term: Term,
    name: String,
    text: String,
    is_told: bool,
}

impl Reading {
    /// Begins with the element.
    pub fn begin(tag: &Tag) -> Option<Self> {
        let value = |name| tag.attributes.iter().find(|attribute| attribute.name == name).map(|found| &*found.value);
        let names = value("data-also").into_iter().flat_map(|also| also.split('|')).map(str::to_owned).collect();
        let term = Term { id: value("id")?.to_owned(), names, definition: String::new(), page: None };
        Some(Self { term, name: String::new(), text: String::new(), is_told: false })
    }

    /// Words of it; the first that are emphasised are its name.
    pub fn text(&mut self, text: &str, is_strong: bool) {
        match self.is_told {
            true => {}
            false if is_strong && self.text.trim().is_empty() => self.name.push_str(text),
            false => self.text.push_str(text),
        }
    }

    /// What follows is no part of the definition.
    pub fn is_told(&mut self) {
        self.is_told = true;
    }

    /// A link of it; the first behind the definition leads to the page that introduces it.
    pub fn link(&mut self, address: &str) {
        if self.is_told {
            self.term.page.get_or_insert_with(|| address.to_owned());
        }
    }

    /// The whole term; none where what was read is no such entry.
    pub fn finish(self) -> Option<Term> {
        let Self { mut term, name, text, .. } = self;
        let (original, definition) = text
            .trim()
            .strip_prefix('(')?
            .split_once(") — ")
            .or_else(|| text.trim().strip_prefix('(')?.split_once(")\u{a0}— "))?;
        term.names.splice(0..0, [name.trim().to_owned(), original.trim().to_owned()]);
        term.definition = definition.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(term)
    }
}
