//! What `check` asks of all pages together: which sources and terms nobody uses, and where a term is introduced.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Place, nearest};
use page::Outline;

use crate::bibliography::Bibliography;
use crate::glossary::{Glossary, Term};
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
        if pages.get(term.lecture.get_ref()).is_none_or(|linked| linked.contains(name)) {
            continue;
        }
        let message = format!("page {} does not link «{name}», which it introduces", term.lecture.get_ref());
        let help = format!("write `[[{name}]]` where the page says what it is, or name another page");
        warnings.push(Diagnostic::warning("unintroduced-term", message, Place::new(path, range)).help(help));
    }
    warnings
}

/// Terms of a page that is not in the book; `chapters` are the numbers in SUMMARY.md, and titles where there are none.
pub fn nowhere(chapters: &BTreeSet<String>, path: &str, glossary: &Glossary) -> Vec<Diagnostic> {
    let terms = glossary.terms().map(|(term, _)| term).filter(|term| !chapters.contains(term.lecture.get_ref()));
    let mistake = |term: &Term| {
        let (number, name) = (term.lecture.get_ref(), term.ru.get_ref());
        let message = format!("«{name}» is introduced on page {number}, and SUMMARY.md has none of that number");
        let help = match nearest(number, chapters.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the number that the page has in SUMMARY.md, or its title if it has none".to_owned(),
        };
        Diagnostic::error("glossary", message, Place::new(path, term.lecture.span())).help(help)
    };
    terms.map(mistake).collect()
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
