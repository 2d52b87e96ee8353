//! A page has something on it, and one title: another one stands beside it in the outline, and looks as if a new page began.

use diagnostic::{Diagnostic, Place, line_column};
use page::Outline;

/// A page on which nothing is written.
pub fn empty(path: &str, text: &str) -> Option<Diagnostic> {
    text.trim_start_matches('\u{feff}').trim().is_empty().then(|| {
        let message = "nothing is written on this page, and SUMMARY.md lists it";
        let help = "write it, or write its line in SUMMARY.md without a file, `- [Title]()`, until it is written";
        Diagnostic::warning("empty-page", message, Place::new(path, 0..0)).help(help)
    })
}

/// Titles of a page behind its first one.
pub fn superfluous(path: &str, text: &str) -> Vec<Diagnostic> {
    let outline = Outline::of(text);
    let mut titles = outline.headings().filter(|(_, piece, heading)| heading.level == 1 && piece.parent.is_none());
    let Some((_, first, _)) = titles.next() else { return Vec::new() };
    let line = line_column(text, first.range.start).line;
    let second = |range: &std::ops::Range<usize>| {
        let place = range.start..range.start + text[range.clone()].trim_end().len();
        let message = format!("this is another title of the page: it has one in line {line}");
        let help = "write `## …` for a section, or `\\#` when no heading is meant";
        Diagnostic::warning("second-title", message, Place::new(path, place)).help(help)
    };
    titles.map(|(_, piece, _)| second(&piece.range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_a_word_is_told() {
        assert_eq!(
            ["", "\u{feff}\r\n", "# Шаг\n"].map(|text| empty("src/шаг.md", text).is_some()),
            [true, true, false]
        );
    }

    #[test]
    fn a_second_title_is_told_where_it_stands() {
        let told = |text: &str| {
            let told = superfluous("src/шаг.md", text).into_iter();
            told.map(|told| format!("{}: {:?}", told.message, &text[told.place.range])).collect::<Vec<_>>()
        };
        let text = "\u{feff}\n# Шаг\n\nСлова.\n\n# Ещё шаг {#more}\n\n## Раздел\n\nТретий\n======\n";
        assert_eq!(
            told(text),
            [
                "this is another title of the page: it has one in line 2: \"# Ещё шаг {#more}\"",
                "this is another title of the page: it has one in line 2: \"Третий\\n======\""
            ]
        );
        assert_eq!(told("# Шаг\n\n## Раздел\n\n```sh\n# слова\n```\n\n> # Цитата\n"), [""; 0]);
        assert_eq!(told("## Без названия\n"), [""; 0]);
    }
}
