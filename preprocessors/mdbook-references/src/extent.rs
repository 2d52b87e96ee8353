//! The pages of a source: a list shows them as they are written, also those that run backwards.

use diagnostic::{Diagnostic, Place};
use hayagriva::Entry;

/// What is wrong with them; `place` finds words in the description of the source.
pub fn wrong(entry: &Entry, place: &impl Fn(&str) -> Place) -> Option<Diagnostic> {
    let pages = entry.page_range()?.to_string();
    let parts = pages.split([',', '&']).map(str::trim);
    let (message, help) = parts.into_iter().find_map(part)?;
    Some(Diagnostic::error("bibliography", message, place("page-range")).help(help))
}

/// `791-803`, `e12`, `IV-X`, or what is wrong.
fn part(written: &str) -> Option<(String, String)> {
    let wrong =
        || (format!("«{written}» is no page, and no pages"), "write the first and the last one, as in `791-803`");
    let ends: Vec<&str> = written.split(['-', '–']).map(str::trim).collect();
    let (message, help) = match ends.as_slice() {
        [page] if is_page(page) => return None,
        [first, last] if is_page(first) && is_page(last) => match (number(first), number(last)) {
            (Some((before, first)), Some((same, last))) if before == same && first > last => {
                (format!("the pages {written} run backwards"), "write the smaller number first, and both of them whole")
            }
            _ => return None,
        },
        _ => wrong(),
    };
    Some((message, help.to_owned()))
}

/// `791`, `e12`, `12a`, `23:4`, `xiv`; not `0`.
fn is_page(page: &str) -> bool {
    const MOST_LETTERS: usize = 4;
    let is_roman = !page.is_empty() && page.chars().all(|letter| "ivxlcdmIVXLCDM".contains(letter));
    let is_inside = |letter: char| letter.is_alphanumeric() || ":./".contains(letter);
    let letters = page.chars().filter(|letter| letter.is_alphabetic()).count();
    let begins = page.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    let is_number = begins && letters <= MOST_LETTERS && page.chars().all(is_inside);
    is_roman || (is_number && number(page).is_some_and(|(_, number)| number > 0))
}

/// The number that a page ends with, and what stands before it.
fn number(page: &str) -> Option<(&str, u64)> {
    let whole = page.trim_end_matches(char::is_alphabetic);
    let before = whole.trim_end_matches(|letter: char| letter.is_ascii_digit());
    Some((before, whole[before.len()..].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use crate::bibliography::Bibliography;
    use crate::style::Style;

    fn told(pages: &str) -> String {
        let text = format!("а:\n  type: article\n  title: Шаг\n  page-range: {pages}\n");
        let (_, mistakes) = Bibliography::read("b.yml", &text, Style::Gost);
        let line = |mistake: diagnostic::Diagnostic| {
            let at = diagnostic::line_column(&text, mistake.place.range.start);
            format!("{pages}: {}:{} {}; {}", at.line, at.column, mistake.message, mistake.helps.join(" "))
        };
        mistakes.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn pages_that_no_work_has_are_told() {
        let wrong = [
            "9-5",
            "803-791",
            "791-3",
            "e15-e12",
            "1-9, 20-12",
            "стр. 5",
            "791-",
            "-5",
            "0",
            "0-7",
            "791—803",
            "1-2-3",
            "неизвестно",
        ];
        insta::assert_snapshot!(wrong.map(told).join("\n"));
    }

    #[test]
    fn pages_as_they_are_written_are_left_alone() {
        for pages in [
            "5",
            "791-803",
            "\"791–803\"",
            "IV-X",
            "xi-12",
            "1-1",
            "5, 7 & 9-12",
            "e12-e15",
            "12a-12b",
            "\"23:1-23:42\"",
            "S3",
        ] {
            assert_eq!(told(pages), "", "{pages}");
        }
    }
}
