//! The macro file of mdbook-katex: a line `\name:body` a macro, every line that does not begin with `\` is a remark.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};

/// Reads the macros of the file `path`.
pub fn parse(path: &str, text: &str) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let mut macros = BTreeMap::new();
    let mut places: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if !line.starts_with('\\') {
            continue;
        }
        let range = at..at + line.len();
        let Some((name, body)) = line.split_once(':') else {
            let message = "a macro has no body";
            diagnostics.push(
                Diagnostic::error("bad-macro", message, Place::new(path, range))
                    .help(r"write it as in `\R:\mathbb{R}`"),
            );
            continue;
        };
        let range = at..at + name.len();
        if let Some(before) = places.insert(name, range.clone()) {
            diagnostics.push(
                Diagnostic::error(
                    "duplicate-macro",
                    format!("the macro `{name}` stands twice"),
                    Place::new(path, range),
                )
                .also(Place::new(path, before), "first here"),
            );
        }
        macros.insert(name.to_owned(), body.to_owned());
    }
    (macros, diagnostics)
}

#[cfg(test)]
mod tests {
    use diagnostic::{Colour, Sources};

    use super::*;

    #[test]
    fn lines_that_begin_with_a_backslash_are_macros() {
        let (macros, diagnostics) = parse("m.txt", "# поле\n\\R:\\mathbb{R}\r\n\n\\E:\\operatorname{E}:#1\n");
        assert_eq!(diagnostics, []);
        assert_eq!(macros[r"\R"], r"\mathbb{R}");
        assert_eq!(macros[r"\E"], r"\operatorname{E}:#1");
    }

    #[test]
    fn a_macro_without_a_body_and_a_second_one_are_reported() {
        let text = "# поле вещественных\n\\R \\mathbb{R}\n\\E:a\n\\E:b\n";
        let (_, diagnostics) = parse("theme/macros.txt", text);
        let mut sources = Sources::default();
        sources.insert("theme/macros.txt", text);
        insta::assert_snapshot!(diagnostic::render_all(&diagnostics, &sources, Colour::Never));
    }
}
