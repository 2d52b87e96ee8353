//! The index as a script: sections, stop words, terms, synonyms, and the sorted stems with their postings in one string.

use std::collections::{BTreeMap, HashMap};

use page::anchor::target;
use serde_json::{Value, json};

use crate::counts::{Counted, Counts, phrase};
use crate::terms::Term;
use crate::words::STOP;
use crate::{Page, Settings};

/// Digits of numbers: the first half ends a number, the second goes on.
const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// Stems with where they are.
type Postings<'a> = BTreeMap<&'a str, Places>;

/// Where a stem is.
#[derive(Debug, Default)]
struct Places {
    /// The sections in order, and its weight in each.
    sections: Vec<(usize, u8)>,
    /// It is in so many others that they are not named.
    is_common: bool,
}

/// The script. An entry of `words` is `NSUFFIX POSTINGS`: N letters (in base 36) are those of the entry before; a posting is four
/// times the distance from the section before, plus the weight; a dot stands before those of a common word. A term is its names, its section, and where it is explained.
pub fn script(pages: &[(&Page, Counts)], settings: &Settings) -> String {
    let listed = pages.iter().map(|(page, counts)| {
        let headings: Vec<_> = counts.sections.iter().skip(1).map(heading).collect();
        json!([page.url, page.title, headings])
    });
    let listed: Vec<_> = listed.collect();
    let mut entries = Vec::new();
    let mut before = "";
    let postings = postings(pages);
    for (stem, places) in &postings {
        entries.push(entry(before, stem, places));
        before = stem;
    }
    let (terms, same) = (terms(pages), &settings.synonyms);
    let value = json!({ "pages": listed, "stop": STOP, "terms": terms, "same": same, "texts": settings.texts,
        "words": entries.join(",") });
    format!("globalThis.bookIndex={value};\n")
}

/// What a section is called; a third member says that it is yet to be written.
fn heading(section: &Counted) -> Value {
    if section.is_planned { json!([section.id, section.title, 1]) } else { json!([section.id, section.title]) }
}

/// `[names, section, page, id]`: the section that introduces it, and the entry that explains it.
fn terms(pages: &[(&Page, Counts)]) -> Vec<Value> {
    let mut firsts = Vec::new();
    let mut sections = 0;
    for (_, counts) in pages {
        firsts.push(sections);
        sections += counts.sections.len();
    }
    let mut found = Vec::new();
    for (number, (page, counts)) in pages.iter().enumerate() {
        for term in &counts.terms {
            let at = introduced(page, term, pages).map(|(page, section)| firsts[page] + section);
            found.push(json!([term.names.join("|"), at.unwrap_or(firsts[number]), number, term.id]));
        }
    }
    found
}

/// The page and the section that introduce a term: of its page the first section that emphasises it.
fn introduced(listed: &Page, term: &Term, pages: &[(&Page, Counts)]) -> Option<(usize, usize)> {
    let address = target(&listed.url, term.page.as_deref()?.split('#').next()?)?;
    let address = format!("{}.html", address.strip_suffix(".md").or_else(|| address.strip_suffix(".html"))?);
    let at = pages.iter().position(|(page, _)| page.url == address)?;
    let names: Vec<String> = term.names.iter().map(|name| phrase(name)).filter(|name| name.trim().len() > 1).collect();
    let templates = templates(pages);
    let sections = pages[at].1.sections.iter().enumerate();
    let own = || sections.clone().filter(|(_, section)| !templates.contains(&&*section.title));
    let is_named = |section: &Counted| section.phrases.iter().any(|phrase| names.contains(phrase));
    let emphasises =
        |section: &Counted| section.phrases.iter().any(|phrase| names.iter().any(|name| phrase.contains(name)));
    let says = |section: &Counted| {
        let has = |stem: &str| section.stems.binary_search_by(|(other, _)| other.as_str().cmp(stem)).is_ok();
        names.iter().any(|name| name.split_whitespace().all(has))
    };
    let section = own()
        .find(|(_, section)| is_named(section))
        .or_else(|| own().find(|(_, section)| emphasises(section)))
        .or_else(|| own().find(|(_, section)| says(section)));
    Some((at, section.map_or(0, |(number, _)| number)))
}

/// Headings that many pages have: a page's exercises, its sources.
fn templates<'a>(pages: &'a [(&Page, Counts)]) -> Vec<&'a str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for section in pages.iter().flat_map(|(_, counts)| counts.sections.iter().skip(1)) {
        *seen.entry(&section.title).or_default() += 1;
    }
    seen.into_iter().filter(|(_, count)| *count > 3).map(|(title, _)| title).collect()
}

/// A stem that a twelfth of all sections have says something only where it is said often; what exercises and sources say besides is
/// found where it was explained.
fn postings<'a>(pages: &'a [(&Page, Counts)]) -> Postings<'a> {
    let templates = templates(pages);
    let mut postings: HashMap<&str, Vec<(usize, u8, bool)>> = HashMap::new();
    let mut sections = 0;
    for section in pages.iter().flat_map(|(_, counts)| &counts.sections) {
        let is_template = templates.contains(&&*section.title);
        for (stem, weight) in &section.stems {
            postings.entry(stem).or_default().push((sections, *weight, is_template));
        }
        sections += 1;
    }
    let many = (sections / 12).max(24);
    let worth = |places: Vec<(usize, u8, bool)>| -> Places {
        let (is_common, own) = (places.len() > many, places.iter().filter(|(.., is_template)| !is_template).count());
        let is_worth = |weight: u8, is_template: bool| weight > 0 || !(is_common || is_template && own > 1);
        let sections = places
            .into_iter()
            .filter(|(_, weight, is_template)| is_worth(*weight, *is_template))
            .map(|(at, weight, _)| (at, weight))
            .collect();
        Places { sections, is_common }
    };
    postings.into_iter().map(|(stem, places)| (stem, worth(places))).collect()
}

fn entry(before: &str, stem: &str, places: &Places) -> String {
    let same = before.chars().zip(stem.chars()).take_while(|(a, b)| a == b).take(35).count();
    let mut entry = String::from(char::from(DIGITS[same]));
    entry.extend(stem.chars().skip(same));
    entry.push_str(if places.is_common { " ." } else { " " });
    let mut last = 0;
    for (section, weight) in &places.sections {
        number(&mut entry, (section - last) * 4 + usize::from(*weight));
        last = *section;
    }
    entry
}

/// Most significant digit first, five bits a digit.
fn number(out: &mut String, value: usize) {
    let mut shift = (usize::BITS - value.leading_zeros()).saturating_sub(1) / 5 * 5;
    while shift > 0 {
        out.push(char::from(DIGITS[32 + (value >> shift & 31)]));
        shift -= 5;
    }
    out.push(char::from(DIGITS[value & 31]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_when_small() {
        let write = |value| {
            let mut text = String::new();
            number(&mut text, value);
            text
        };
        assert_eq!([0, 31, 32, 1023, 1024].map(write), ["0", "v", "x0", "_v", "xw0"]);
    }

    #[test]
    fn an_entry_shares_the_beginning_of_the_one_before() {
        let places = |is_common| Places { sections: vec![(2, 0), (5, 3)], is_common };
        assert_eq!(entry("матриц", "матричн", &places(false)), "5чн 8f");
        assert_eq!(entry("матриц", "матричн", &places(true)), "5чн .8f");
    }
}
