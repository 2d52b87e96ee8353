//! What may be wrong with a citation.

use diagnostic::{Diagnostic, Place, nearest};

use crate::sources::Key;

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
