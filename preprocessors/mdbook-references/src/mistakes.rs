//! What may be wrong with a citation.

use diagnostic::{Diagnostic, Place, nearest};
use page::Outline;

use crate::sources::{self, Key};
use crate::terms;

/// A key that no source has, or that is none; `known` are those of `file`.
pub fn unknown(key: &Key, path: &str, file: &str, known: &[String]) -> Diagnostic {
    let place = Place::new(path, key.range.clone());
    let Some(name) = &key.name else {
        let message = "this is not a citation: `[@key]`, `[@key, p. 3; @other]`";
        return Diagnostic::error("unknown-source", message, place)
            .help("close the bracket and begin every key with `@`, or write `\\[@` for a bracket");
    };
    if let Some((source, place_in_it)) =
        name.split_once(char::is_whitespace).filter(|(source, _)| known.iter().any(|key| key == source))
    {
        let message = format!("a comma is missing behind the key `{source}`");
        return Diagnostic::error("unknown-source", message, place)
            .help(format!("write `[@{source}, {}]`", place_in_it.trim()));
    }
    let diagnostic = Diagnostic::error("unknown-source", format!("there is no source `{name}` in {file}"), place);
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("describe it in {file}")),
    }
}

/// A key that is in the bibliography, written as text.
pub fn outside_of_brackets(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error("unknown-source", format!("`@{name}` without brackets is text"), place)
        .help(format!("cite it as `[@{name}]`, or write `\\@` for the sign"))
}

/// A key between brackets, without its sign.
pub fn without_sign(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error("unknown-source", format!("`[{name}]` without `@` is text"), place)
        .help(format!("cite it as `[@{name}]`, or write `\\[` for the bracket"))
}

/// A list that stands on a page twice.
pub fn double(place: Place) -> Diagnostic {
    Diagnostic::error("double-list", "the list stands on this page already", place).help("remove one of the marks")
}

/// A list on which nothing stands.
pub fn empty_list(place: Place) -> Diagnostic {
    Diagnostic::error("empty-list", "nothing is cited, so nothing stands in this list", place)
        .help("cite a source, as in `[@key]`, name one here, as in `<!-- sources: key -->`, or remove the mark")
}

/// Terms on a page of a book that has no glossary, which is `file`, and the mark of their list.
pub fn without_glossary(page: &sources::Place<'_>, outline: &Outline, path: &str, file: &str) -> Vec<Diagnostic> {
    let is_name = |words: &str| words.starts_with(char::is_alphabetic) && !words.contains(['[', ']']);
    let mentions = terms::find(page.text, outline).into_iter().map(|mention| mention.name);
    let named = mentions.filter(|name| is_name(&page.text[name.clone()]));
    let mistake = |name: std::ops::Range<usize>| {
        let message = format!("there is no {file}, and `[[{}]]` stays as it is written", &page.text[name.clone()]);
        Diagnostic::error("unknown-term", message, Place::new(path, name))
            .help(format!("describe the term in {file}, or write `\\[[` for brackets"))
    };
    let mut mistakes: Vec<Diagnostic> = named.map(mistake).collect();
    mistakes.extend(terms::mark(page.text, outline).map(|mark| {
        let message = format!("there is no {file}, so nothing stands in this list");
        Diagnostic::error("empty-list", message, Place::new(path, mark))
            .help(format!("describe terms in {file}, or remove the mark"))
    }));
    mistakes
}
