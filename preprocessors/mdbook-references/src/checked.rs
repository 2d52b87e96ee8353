//! What `check` asks of all pages together: which sources and terms nobody uses, and where a term is introduced.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Place};
use page::Outline;

use crate::bibliography::Bibliography;
use crate::glossary::Glossary;
use crate::sources::Cited;
use crate::terms;

/// The terms that a page links.
pub fn linked(text: &str, glossary: &Glossary) -> BTreeSet<String> {
    let mentions = terms::find(text, &Outline::of(text)).into_iter();
    let terms = mentions.filter_map(|mention| glossary.find(&text[mention.name]));
    terms.map(|term| term.ru.get_ref().clone()).collect()
}

/// Terms that the page which introduces them does not link; `pages` are numbers of what is written, and the terms linked there.
pub fn unintroduced(pages: &BTreeMap<String, BTreeSet<String>>, path: &str, glossary: &Glossary) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (term, range) in glossary.terms() {
        let name = term.ru.get_ref();
        if pages.get(&term.lecture).is_none_or(|linked| linked.contains(name)) {
            continue;
        }
        let message = format!("page {} does not link «{name}», which it introduces", term.lecture);
        let help = format!("write `[[{name}]]` where the page says what it is, or name another page");
        warnings.push(Diagnostic::warning("unintroduced-term", message, Place::new(path, range)).help(help));
    }
    warnings
}

/// The keys of the sources that a page cites or lists.
pub fn cited(text: &str) -> BTreeSet<String> {
    Cited::of(text).keys().into_iter().filter_map(|key| key.name).collect()
}

/// Sources of the file that are not among `used`, in one warning: a bibliography may be larger than its book.
pub fn unused(used: &BTreeSet<String>, path: &str, bibliography: &Bibliography) -> Vec<Diagnostic> {
    let unused: Vec<_> = bibliography.keys().filter(|(key, _)| !used.contains(*key)).collect();
    let (Some((first, range)), others) = (unused.first(), unused.len().saturating_sub(1)) else { return Vec::new() };
    let message = match others {
        0 => format!("no page cites `{first}`"),
        _ => format!("no page cites {} of the sources", unused.len()),
    };
    let warning = Diagnostic::warning("unused-source", message, Place::new(path, (*range).clone()))
        .help(format!("cite it, `[@{first}]`, list it, `<!-- sources: {first} -->`, or remove it"));
    if others == 0 {
        return vec![warning];
    }
    let all: Vec<&str> = unused.into_iter().map(|(key, _)| key).collect();
    vec![warning.note(format!("they are {}", all.join(", ")))]
}
