//! The sources of a page: numbers in its sentences, the list at its end, the list of the whole book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use page::{Edit, Outline, escape};
use serde::Serialize;

use crate::citations::{self, Citation};
use crate::words::Words;
use crate::written::Source;

/// The id of the section whose end is where the list stands.
const SECTION: &str = "sources";
/// `<!-- sources -->`: the list stands here; `<!-- sources: a, b -->`: with these too.
const LIST: &str = "sources";
/// `<!-- bibliography -->`: the list of the whole book stands here.
const BOOK: &str = "bibliography";

/// What a page cites.
#[derive(Debug, Default)]
pub struct Cited {
    /// The page taken apart.
    pub(crate) outline: Outline,
    citations: Vec<Citation>,
    lists: Vec<Marker>,
    books: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Marker {
    range: Range<usize>,
    keys: Vec<Key>,
}

/// A key, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its letters; none where they are not written as they should be.
    pub name: Option<String>,
    /// Its place.
    pub range: Range<usize>,
}

/// Whether any page of the book cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cites {
    /// One does.
    Something,
    /// None does.
    Nothing,
}

/// A page that cites a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citing {
    /// What it is called.
    pub title: String,
    /// Its number in the contents.
    pub number: String,
    /// Its file inside src.
    pub path: String,
}

impl Cited {
    /// Reads a page.
    pub fn of(text: &str) -> Self {
        if !text.contains("[@") && !text.contains("<!--") && !text.contains("[[") {
            return Self::default();
        }
        let outline = Outline::of(text);
        let citations = citations::find(text, &outline);
        let mut cited = Self { outline, citations, ..Self::default() };
        for (range, inside) in cited.outline.comments() {
            match text[inside.clone()].split_once(':').unwrap_or((&text[inside.clone()], "")) {
                (LIST, _) => cited.lists.push(Marker { range: range.clone(), keys: keys(text, inside) }),
                (BOOK, _) => cited.books.push(range.clone()),
                _ => {}
            }
        }
        cited
    }

    /// All keys in the order of the page.
    pub fn keys(&self) -> Vec<Key> {
        let items = self.citations.iter().flat_map(|citation| &citation.items);
        let cited = items.map(|item| Key { name: item.key.clone(), range: item.range.clone() });
        let mut keys: Vec<Key> = cited.chain(self.lists.iter().flat_map(|marker| marker.keys.clone())).collect();
        keys.sort_by_key(|key| key.range.start);
        keys
    }

    /// Whether the list of the whole book stands here.
    pub fn lists_the_book(&self) -> bool {
        !self.books.is_empty()
    }

    /// Markers of lists on which nothing stands: nothing is cited here, or nowhere in the book.
    pub fn empty_lists(&self, cites: Cites) -> impl Iterator<Item = &Range<usize>> {
        let own = self.lists.first().filter(|_| self.keys().is_empty()).map(|marker| &marker.range);
        let whole = self.books.first().filter(|_| cites == Cites::Nothing);
        own.into_iter().chain(whole)
    }

    /// Markers of lists but the first.
    pub fn doubles(&self) -> impl Iterator<Item = &Range<usize>> {
        let lists = self.lists.iter().map(|marker| &marker.range).skip(1);
        lists.chain(self.books.iter().skip(1))
    }

    /// The keys by their numbers: cited ones in the order of the page, then those that are only listed.
    fn numbered(&self) -> Vec<&str> {
        let cited = self.citations.iter().flat_map(|citation| &citation.items).filter_map(|item| item.key.as_deref());
        let listed = self.lists.iter().flat_map(|marker| &marker.keys).filter_map(|key| key.name.as_deref());
        let mut seen = BTreeSet::new();
        cited.chain(listed).filter(|key| seen.insert(*key)).collect()
    }

    /// What to change on a page; sources that are not known are left out.
    pub fn edits(
        &self,
        page: &Place<'_>,
        sources: &BTreeMap<String, Source>,
        citing: &BTreeMap<String, Vec<Citing>>,
    ) -> Vec<Edit> {
        let numbered: Vec<&str> = self.numbered().into_iter().filter(|key| sources.contains_key(*key)).collect();
        let cites = self.citations.iter().enumerate();
        let mut edits: Vec<Edit> =
            cites.filter_map(|(at, citation)| cite(page.text, at + 1, citation, &numbered)).collect();
        let list = list(&numbered, sources, |key| self.backs(key, page.words), "ol");
        match self.lists.first() {
            Some(marker) => edits.push(Edit::new(marker.range.clone(), list)),
            None if numbered.is_empty() => {}
            None => edits.push(self.at_the_end(page, &list)),
        }
        if let Some(mark) = self.books.first() {
            let mut all: Vec<&str> =
                citing.keys().map(String::as_str).filter(|key| sources.contains_key(*key)).collect();
            all.sort_by_cached_key(|key| alphabetical(&sources[*key].words));
            let whole = self::list(&all, sources, |key| cited_in(page.path, &citing[key]), "ul");
            edits.push(Edit::new(mark.clone(), whole));
        }
        edits
    }

    /// Links from a source in the list to each place that cites it.
    fn backs(&self, key: &str, words: &Words) -> String {
        let cites = |citation: &Citation| citation.items.iter().any(|item| item.key.as_deref() == Some(key));
        let places: Vec<usize> = (1..).zip(&self.citations).filter(|(_, it)| cites(it)).map(|(at, _)| at).collect();
        if places.is_empty() {
            return String::new();
        }
        let links = (1..).zip(&places).map(|(number, at)| {
            let shown = if places.len() > 1 { format!("↩<sup>{number}</sup>") } else { "↩".to_owned() };
            format!("<a href=\"#cite-{at}\" aria-label=\"{}\u{a0}{number}\">{shown}</a>", words.back)
        });
        format!(" <span class=\"backs\">{}</span>", links.collect::<Vec<_>>().join(" "))
    }

    /// The list at the end of the section that is for it, or of the page.
    fn at_the_end(&self, Place { text, words, .. }: &Place<'_>, list: &str) -> Edit {
        let mut headings = self.outline.headings().map(|(_, piece, heading)| (piece.range.start, heading));
        let Some((_, own)) = headings.find(|(_, heading)| heading.id.as_deref() == Some(SECTION)) else {
            let end = text.trim_end().len();
            return Edit::new(end..text.len(), format!("\n\n## {} {{#{SECTION}}}\n\n{list}\n", words.sources));
        };
        let next = headings.find(|(_, heading)| heading.level <= own.level);
        let section = next.map_or(text.len(), |(start, _)| start);
        let end = text[..section].trim_end().len();
        let rest = if next.is_some() { "\n\n" } else { "\n" };
        Edit::new(end..section, format!("\n\n{list}{rest}"))
    }
}

/// A page that is being completed.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Its file inside src.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The words of its language.
    pub words: &'a Words,
}

/// The keys of `sources: a, b`.
fn keys(text: &str, inside: &Range<usize>) -> Vec<Key> {
    let words = &text[inside.clone()];
    let Some(colon) = words.find(':') else { return Vec::new() };
    let mut at = inside.start + colon + 1;
    let mut keys = Vec::new();
    for piece in words[colon + 1..].split(',') {
        let begin = at + (piece.len() - piece.trim_start().len());
        let name = piece.trim().to_owned();
        keys.push(Key { range: begin..begin + name.len(), name: Some(name) });
        at += piece.len() + 1;
    }
    keys
}

/// `[3; 5, с. 7]`, each number a link; the place has the id `cite-at`. No line may begin with it.
fn cite(text: &str, at: usize, citation: &Citation, numbered: &[&str]) -> Option<Edit> {
    let mut words = String::new();
    for item in &citation.items {
        let key = item.key.as_deref()?;
        let number = numbered.iter().position(|known| *known == key)? + 1;
        let separator = if words.is_empty() { "" } else { "; " };
        let _ = write!(words, "{separator}[{number}](#{})", id(key));
        if !item.locator.is_empty() {
            let _ = write!(words, ",\u{a0}{}", item.locator);
        }
    }
    let before = &text[..citation.range.start];
    let is_spaced = before.ends_with(' ') && !before.ends_with("  ");
    let start = citation.range.start - usize::from(is_spaced);
    let space = if is_spaced { "\u{a0}" } else { "" };
    Some(Edit::new(
        start..citation.range.end,
        format!("{space}<span class=\"cite\" id=\"cite-{at}\">&#91;{words}&#93;</span>"),
    ))
}

fn list(keys: &[&str], sources: &BTreeMap<String, Source>, after: impl Fn(&str) -> String, tag: &str) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let items: String =
        keys.iter().map(|key| format!("<li id=\"{}\">{}{}</li>", id(key), sources[*key].html, after(key))).collect();
    format!("<{tag} class=\"sources\">{items}</{tag}>")
}

fn id(key: &str) -> String {
    format!("src-{}", escape::text(key))
}

/// The pages that cite a source, as links from the page `from`.
fn cited_in(from: &str, citing: &[Citing]) -> String {
    let up = "../".repeat(from.matches('/').count());
    let links = citing.iter().map(|page| {
        let (path, title, number) = (escape::text(&page.path), escape::text(&page.title), escape::text(&page.number));
        format!("<a href=\"{up}{path}\" title=\"{title}\">{number}</a>")
    });
    format!(" <span class=\"cited-in\">→\u{a0}{}</span>", links.collect::<Vec<_>>().join(", "))
}

/// Russian sources before others, as lists of literature do.
fn alphabetical(words: &str) -> (bool, String) {
    let is_russian = words.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| !letter.is_ascii());
    (!is_russian, words.to_lowercase().replace('ё', "е"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use page::apply;

    fn complete(text: &str, words: &Words) -> String {
        let source = |words: &str| Source { html: words.to_owned(), words: words.to_owned() };
        let sources: BTreeMap<String, Source> =
            [("a", "Zipf"), ("b", "Поляк"), ("c", "Adam")].map(|(key, words)| (key.to_owned(), source(words))).into();
        let page =
            |number: &str| Citing { title: "Шаг".into(), number: number.into(), path: format!("а/{number}.md") };
        let citing =
            BTreeMap::from([("a".to_owned(), vec![page("1.1"), page("1.2")]), ("b".to_owned(), vec![page("1.2")])]);
        let cited = Cited::of(text);
        apply(text, &cited.edits(&Place { path: "а/б.md", text, words }, &sources, &citing))
    }

    const RUSSIAN: Words = Words { sources: "Источники", back: "К месту ссылки" };

    #[test]
    fn a_page_numbers_its_sources_and_lists_them_at_its_end() {
        insta::assert_snapshot!(complete("Раз [@b], два [@a, с. 3; @b] и [@c].\n", &RUSSIAN));
    }

    #[test]
    fn the_heading_of_the_list_is_in_the_language_of_the_book() {
        let words = Words::of(&"[book]\nlanguage = \"en-GB\"\n".parse().unwrap());
        assert!(complete("Да [@a].\n", &words).contains("\n## Sources {#sources}\n"));
    }

    #[test]
    fn the_list_stands_at_the_end_of_its_section_or_at_its_mark() {
        insta::assert_snapshot!(complete("Да [@a].\n\n## История {#sources}\n\nСлова.\n\n## Код\n\nКод.\n", &RUSSIAN));
        insta::assert_snapshot!(complete("Да [@a].\n\n<!-- sources: c, b -->\n\nДальше.\n", &RUSSIAN));
    }

    #[test]
    fn the_book_has_one_list_in_alphabetical_order() {
        insta::assert_snapshot!(complete("# Источники\n\n<!-- bibliography -->\n", &RUSSIAN));
    }
}
