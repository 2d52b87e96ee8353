//! Changes of a text by byte ranges.

use std::ops::Range;

/// What replaces a range of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
    /// Pieces of the new text that stood somewhere in the old one: where they stand in the new text, and where in the old. Messages
    /// about them find their way back.
    pub moved: Vec<(Range<usize>, usize)>,
}

impl Edit {
    /// Replaces `range` by `text`.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into(), moved: Vec::new() }
    }

    /// Puts `text` before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }

    /// Says that the new text holds, as it was, what stood at `from` of the old one: the first such piece behind the last moved.
    #[must_use]
    pub fn with_moved(mut self, old: &str, from: Range<usize>) -> Self {
        let start = self.moved.last().map_or(0, |(place, _)| place.end);
        if let Some(at) = self.text[start..].find(&old[from.clone()]).filter(|_| !from.is_empty()) {
            self.moved.push((start + at..start + at + from.len(), from.start));
        }
        self
    }
}

/// The text with all edits made. Edits at one byte are made in the order in which they are given.
///
/// # Panics
///
/// When two edits want the same bytes: who makes them has made a mistake.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut copied = 0;
    for edit in in_order(edits) {
        edited.push_str(&text[copied..edit.range.start]);
        edited.push_str(&edit.text);
        copied = edit.range.end;
    }
    edited.push_str(&text[copied..]);
    edited
}

/// The edits in the order of their places.
pub(crate) fn in_order(edits: &[Edit]) -> Vec<&Edit> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let overlap = edits.windows(2).find(|pair| pair[1].range.start < pair[0].range.end);
    assert!(overlap.is_none(), "two edits want the same bytes: {overlap:?}");
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_at_their_places_in_any_order() {
        let text = "шаг за шагом";
        let edits = [Edit::new(7..11, "—"), Edit::insert(0, "а "), Edit::new(0..6, "день"), Edit::insert(0, "б ")];
        assert_eq!(apply(text, &edits), "а б день — шагом");
    }

    #[test]
    #[should_panic(expected = "two edits want the same bytes")]
    fn edits_of_the_same_bytes_are_a_mistake() {
        apply("шаг", &[Edit::new(0..4, ""), Edit::new(2..6, "")]);
    }
}
