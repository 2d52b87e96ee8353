//! Changes of a text by byte ranges.

use std::ops::Range;

/// What replaces a range of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

impl Edit {
    /// Replaces `range` by `text`.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }
}

/// The text with all edits made; they must not overlap.
pub fn apply(text: &str, edits: &mut [Edit]) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut edited = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut copied = 0;
    for edit in edits.iter() {
        edited.push_str(&text[copied..edit.range.start]);
        edited.push_str(&edit.text);
        copied = edit.range.end;
    }
    edited.push_str(&text[copied..]);
    edited
}
