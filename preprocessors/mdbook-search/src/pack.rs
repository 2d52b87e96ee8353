//! The index as a script: sections, stop words, and the sorted stems with their postings in one string.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use crate::Page;
use crate::counts::Counted;
use crate::words::STOP;

/// Digits of numbers: the first half ends a number, the second goes on.
const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// Stems with the sections they are in, in order, and their weights there.
type Postings<'a> = BTreeMap<&'a str, Vec<(usize, u8)>>;

/// The script. An entry of `words` is `NSUFFIX POSTINGS`: N letters (in base 36) are those of the entry before; a posting is four
/// times the distance from the section before, plus the weight.
pub fn script(pages: &[(&Page, Vec<Counted>)]) -> String {
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

fn postings<'a>(pages: &'a [(&Page, Vec<Counted>)]) -> Postings<'a> {
    let mut postings: HashMap<&str, Vec<(usize, u8)>> = HashMap::new();
    for (number, section) in pages.iter().flat_map(|(_, sections)| sections).enumerate() {
        for (stem, weight) in &section.stems {
            postings.entry(stem).or_default().push((number, *weight));
        }
    }
    postings.into_iter().collect()
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
