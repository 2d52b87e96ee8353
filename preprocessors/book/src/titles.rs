//! A page has something on it, and one title: another one stands beside it in the outline, and looks as if a new page began.

use std::collections::BTreeSet;

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

/// A page of the contents whose own title has no word of the one there: two lines of SUMMARY.md may have changed places.
pub fn other(path: &str, text: &str, listed: &str) -> Option<Diagnostic> {
    /// Words that say nothing of a page are not longer than this.
    const SHORT: usize = 2;
    /// Forms of a word begin with the same letters, so many.
    const BEGINNING: usize = 5;
    let outline = Outline::of(text);
    let (_, piece, _) = outline.headings().find(|(_, piece, heading)| heading.level == 1 && piece.parent.is_none())?;
    let words = |text: &str| {
        let words = text.split("{#").next().unwrap_or_default().to_lowercase();
        let words = words.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > SHORT);
        words.map(|word| word.chars().take(BEGINNING).collect()).collect::<BTreeSet<String>>()
    };
    let (listed_words, own) = (words(listed), words(&text[piece.range.clone()]));
    let is_other = !listed_words.is_empty() && !own.is_empty() && listed_words.is_disjoint(&own);
    is_other.then(|| {
        let place = piece.range.start..piece.range.start + text[piece.range.clone()].trim_end().len();
        let message = format!("SUMMARY.md calls this page «{listed}», and its title has no word of that");
        let help = "give it one title, or list the page that was meant";
        Diagnostic::warning("other-title", message, Place::new(path, place)).help(help)
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
    fn a_title_without_a_word_of_the_contents_is_told() {
        let told = |text, listed| other("src/шаг.md", text, listed).map(|told| told.message);
        assert_eq!(
            told("# 1.2. Нормы и метрики {#шаг}\n", "Шаг и спуск").as_deref(),
            Some("SUMMARY.md calls this page «Шаг и спуск», and its title has no word of that")
        );
        for (text, listed) in
            [("# Шаги спуска\n", "Шаг спуском"), ("# $x^2$\n", "Шаг"), ("Слова.\n", "Шаг"), ("# 1.5\n", "Шаг")]
        {
            assert_eq!(told(text, listed), None, "{text}");
        }
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
