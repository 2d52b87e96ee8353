//! What the index needs of a page: its sections with their stems, and how much each matters there.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::sections::{Field, Section};
use crate::words::{STOP, stem, words};

/// A section without its text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Counted {
    /// The anchor; empty for the beginning of a page.
    pub id: String,
    /// The heading; empty for a page without one.
    pub title: String,
    /// Its stems in order, and the weight of each.
    pub stems: Vec<(String, u8)>,
}

/// Counts the words of a page.
pub fn counts(sections: &[Section]) -> Vec<Counted> {
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
        Counted { id: section.id.clone(), title: section.title.clone(), stems }
    };
    sections.iter().map(count).collect()
}

fn weight(field: Field, count: usize) -> u8 {
    match field {
        Field::Heading => 3,
        Field::Caption | Field::Term => 2,
        Field::Text => u8::from(count > 2),
    }
}
