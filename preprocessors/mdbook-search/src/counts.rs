//! What the index needs of a page: its sections with their stems, and how much each matters there.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::sections::{Cut, Field, Section};
use crate::terms::Term;
use crate::words::{STOP, stem, words};

/// A page without its text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Counts {
    /// Its sections.
    pub sections: Vec<Counted>,
    /// The terms that it explains.
    pub terms: Vec<Term>,
}

/// A section without its text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Counted {
    /// The anchor; empty for the beginning of a page.
    pub id: String,
    /// The heading; empty for a page without one.
    pub title: String,
    /// Its stems in order, and the weight of each.
    pub stems: Vec<(String, u8)>,
    /// Stems of what is emphasised in it, phrase by phrase: where a term may be introduced.
    pub phrases: Vec<String>,
    /// Says what will be written.
    pub is_planned: bool,
    /// The prose as a reader sees it.
    pub shown: String,
}

/// Counts the words of a page.
pub fn counts(cut: Cut) -> Counts {
    let stop: Vec<&str> = STOP.split_whitespace().collect();
    let mut stems: HashMap<String, Option<String>> = HashMap::new();
    let count = |section: &Section| {
        let mut tally: BTreeMap<String, (usize, Field)> = BTreeMap::new();
        for (field, text) in &section.texts {
            words(text, |word| {
                if !stems.contains_key(word) {
                    stems.insert(word.to_owned(), (!stop.contains(&word)).then(|| stem(word).into_owned()));
                }
                let Some(stem) = &stems[word] else { return };
                let (count, best) = tally.entry(stem.clone()).or_insert((0, Field::Text));
                *count += 1;
                *best = (*best).max(*field);
            });
        }
        let stems = tally.into_iter().map(|(stem, (count, field))| (stem, weight(field, count))).collect();
        let emphasised = section.texts.iter().filter(|(field, _)| *field == Field::Term);
        Counted {
            id: section.id.clone(),
            title: section.title.clone(),
            stems,
            phrases: emphasised.map(|(_, text)| phrase(text)).collect(),
            is_planned: section.is_planned,
            shown: tidy(&section.shown),
        }
    };
    Counts { sections: cut.sections.iter().map(count).collect(), terms: cut.terms }
}

/// A text without the blanks that elements of the page have left in front of punctuation.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() && !word.starts_with([',', '.', ';', ':', '!', '?', ')', '»', '%']) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// The stems of a phrase with blanks between and around them, so that a phrase in another is a text in another.
pub fn phrase(text: &str) -> String {
    let mut stems = String::from(" ");
    words(text, |word| {
        stems.push_str(&stem(word));
        stems.push(' ');
    });
    stems
}

fn weight(field: Field, count: usize) -> u8 {
    match field {
        Field::Heading => 3,
        Field::Caption | Field::Term => 2,
        Field::Text => u8::from(count > 2),
    }
}
