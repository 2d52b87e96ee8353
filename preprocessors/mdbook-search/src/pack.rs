//! The index as a script: sections, stop words, and the sorted stems with their postings in one string.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use crate::Page;
use crate::sections::{Field, Section};
use crate::words::{STOP, stem, words};

/// Digits of numbers: the first half ends a number, the second goes on.
const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// Stems with the sections they are in, in order, and their weights there.
type Postings = BTreeMap<String, Vec<(usize, u8)>>;

/// The script. An entry of `words` is `NSUFFIX POSTINGS`: N letters (in base 36) are those of the entry before; a posting is four
/// times the distance from the section before, plus the weight.
pub fn script(pages: &[(&Page, Vec<Section>)]) -> String {
    let listed = pages.iter().map(|(page, sections)| {
        let headings: Vec<_> = sections.iter().skip(1).map(|section| json!([section.id, section.title])).collect();
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
    let value = json!({ "pages": listed, "stop": STOP, "words": entries.join(",") });
    format!("globalThis.bookIndex={value};\n")
}

fn postings(pages: &[(&Page, Vec<Section>)]) -> Postings {
    let stop: Vec<&str> = STOP.split_whitespace().collect();
    let mut stems: HashMap<String, Option<String>> = HashMap::new();
    let mut postings = Postings::new();
    for (number, section) in pages.iter().flat_map(|(_, sections)| sections).enumerate() {
        let mut tally: BTreeMap<&str, (usize, Field)> = BTreeMap::new();
        let mut found = Vec::new();
        for (field, text) in &section.texts {
            words(text, |word| found.push((word.to_owned(), *field)));
        }
        for (word, _) in &found {
            if !stems.contains_key(word) {
                let stem = (!stop.contains(&word.as_str())).then(|| stem(word).into_owned());
                stems.insert(word.clone(), stem);
            }
        }
        for (word, field) in &found {
            let Some(stem) = &stems[word] else { continue };
            let (count, best) = tally.entry(stem).or_insert((0, Field::Text));
            *count += 1;
            *best = (*best).max(*field);
        }
        for (stem, (count, field)) in tally {
            postings.entry(stem.to_owned()).or_default().push((number, weight(field, count)));
        }
    }
    postings
}

fn weight(field: Field, count: usize) -> u8 {
    match field {
        Field::Heading => 3,
        Field::Caption | Field::Term => 2,
        Field::Text => u8::from(count > 2),
    }
}

fn entry(before: &str, stem: &str, places: &[(usize, u8)]) -> String {
    let same = before.chars().zip(stem.chars()).take_while(|(a, b)| a == b).take(35).count();
    let mut entry = String::from(char::from(DIGITS[same]));
    entry.extend(stem.chars().skip(same));
    entry.push(' ');
    let mut last = 0;
    for (section, weight) in places {
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
        assert_eq!(entry("матриц", "матричн", &[(2, 0), (5, 3)]), "5чн 8f");
    }
}
