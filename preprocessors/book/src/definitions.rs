//! Definitions of terms: pieces of pages that lie in a file of their own. What is wrong with one is told there, also when no page lists
//! them.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use kept::Kept;
use markdown_lint::lint;
use mdbook_driver::MDBook;
use mdbook_math::{Cache, Page, typeset};
use mdbook_references::{Settings, Term};

/// What is wrong with the formulas and the Markdown of all definitions of a book.
pub fn check(book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    if !book.config.contains_key("preprocessor.references") {
        return Ok(Vec::new());
    }
    let path = Settings::read(&book.config)?.glossary;
    let Some((glossary, _)) = mdbook_references::glossary(&book.root, &path)? else { return Ok(Vec::new()) };
    let file = step::chapter::read(&book.root, &path)?;
    let mut wrong = Vec::new();
    let (math, _) = mdbook_math::Settings::read(&book.root, &book.config)?;
    // What is new here is not written: the pages that show it keep it.
    let mut cache = Cache::read(&book.root.join(&math.cache));
    for (term, _) in glossary.terms() {
        let text = term.definition.get_ref();
        let mut found: Vec<Diagnostic> = lint(text).into_iter().map(|finding| finding.diagnostic(&path)).collect();
        if book.config.contains_key("preprocessor.katex") {
            found.extend(typeset(&[Page::body(&path, text)], &math, &mut cache, kept)?.1);
        }
        wrong.extend(found.into_iter().map(|wrong| moved(wrong, term, &file)));
    }
    Ok(wrong)
}

/// Whether the same was told at the list that a page shows.
pub fn tell_too(definitions: &[Diagnostic], told: &Diagnostic) -> bool {
    let is_same = |wrong: &Diagnostic| wrong.code == told.code && wrong.message == told.message;
    told.label == step::OF_WHAT_WAS_MADE && definitions.iter().any(is_same)
}

/// A message about a definition, at its place in the file.
fn moved(mut wrong: Diagnostic, term: &Term, file: &str) -> Diagnostic {
    let place = |range: &Range<usize>| in_file(file, term.definition.span(), term.definition.get_ref(), range);
    wrong.place = Place { range: place(&wrong.place.range), ..wrong.place };
    for label in &mut wrong.labels {
        label.place.range = place(&label.place.range);
    }
    wrong
}

/// Where words of a text stand in the literal that it is written as: in quotes backslashes are doubled, in apostrophes they are not.
fn in_file(file: &str, literal: Range<usize>, text: &str, words: &Range<usize>) -> Range<usize> {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let (before, inside) = (&text[..words.start], &text[words.clone()]);
    let forms = [(escaped(before), escaped(inside)), (before.to_owned(), inside.to_owned())];
    let places = forms.iter().map(|(before, inside)| {
        let start = literal.start + 1 + before.len();
        (start..start + inside.len(), inside)
    });
    let mut found = places.into_iter().filter(|(place, words)| file.get(place.clone()) == Some(words.as_str()));
    found.next().map_or(literal, |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_definition_are_found_however_it_is_written() {
        for file in [r#"д = "Шаг $\\frc$ \"да\".""#, r#"д = 'Шаг $\frc$ "да".'"#] {
            let text = r#"Шаг $\frc$ "да"."#;
            let literal = file.find(['"', '\'']).unwrap()..file.len();
            let place = |words: &str| {
                let at = text.find(words).unwrap();
                &file[in_file(file, literal.clone(), text, &(at..at + words.len()))]
            };
            assert!(place(r"\frc").ends_with(r"\frc"), "{file}");
            assert_eq!(place("Шаг"), "Шаг");
        }
        let several = "\"\"\"\nШаг $x$.\"\"\"";
        assert_eq!(in_file(several, 0..several.len(), "Шаг $x$.", &(0..6)), 0..several.len());
    }
}
