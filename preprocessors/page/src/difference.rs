//! What makes one text of another, when nobody has kept the edits.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::edit::Edit;

/// Up to how many bytes of two lines are compared letter by letter: more would take time that grows with the square of what a step
/// has written there.
const LETTERS: usize = 4_000;

/// The edits. Lines that are the same in both stay. Of the others those that share most of their words are the same lines, changed;
/// the rest was put in the place of what stood between them.
pub fn difference(old: &str, new: &str) -> Vec<Edit> {
    let (old, new) = (lines(old), lines(new));
    let mut edits = Vec::new();
    let mut at = 0;
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let before = &old[op.old_range()];
        if !matches!(op, DiffOp::Equal { .. }) {
            at = changed(before, &new[op.new_range()], at, &mut edits);
        } else {
            at += length(before);
        }
    }
    edits
}

/// Lines with the blank ones behind them: a blank line is like any other.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && end > start {
            lines.push(&text[start..end]);
            start = end;
        }
        end += line.len();
    }
    if end > start {
        lines.push(&text[start..end]);
    }
    lines
}

/// Adds the edits of lines that begin at the byte `at`; gives where they end.
fn changed(old: &[&str], new: &[&str], mut at: usize, edits: &mut Vec<Edit>) -> usize {
    let (mut from, mut to) = (0, 0);
    let ends = std::iter::once((old.len(), new.len()));
    for (i, j) in pairs(old, new).into_iter().chain(ends) {
        let gone = length(&old[from..i]);
        if gone > 0 || to < j {
            edits.push(Edit::new(at..at + gone, new[to..j].concat()));
        }
        at += gone;
        if let (Some(before), Some(after)) = (old.get(i), new.get(j)) {
            inside(before, after, at, edits);
            at += before.len();
        }
        (from, to) = (i + 1, j + 1);
    }
    at
}

/// Which line became which, in their order, so that they share as many words as they can.
fn pairs(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let old: Vec<Vec<&str>> = old.iter().map(|line| words(line)).collect();
    let new: Vec<Vec<&str>> = new.iter().map(|line| words(line)).collect();
    let width = new.len() + 1;
    // shared[i * width + j]: how many words the lines from i and from j on share at most.
    let mut shared = vec![0; (old.len() + 1) * width];
    let mut common = vec![0; old.len() * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let at = i * width + j;
            common[at] = in_common(&old[i], &new[j]);
            let paired = if common[at] > 0 { common[at] + shared[at + width + 1] } else { 0 };
            shared[at] = paired.max(shared[at + width]).max(shared[at + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let at = i * width + j;
        if common[at] > 0 && shared[at] == common[at] + shared[at + width + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if shared[at] == shared[at + width] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn words(line: &str) -> Vec<&str> {
    let words = line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words
}

/// How many words of a line stand in another; nothing when most do not.
fn in_common(old: &[&str], new: &[&str]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < old.len() && j < new.len() {
        match old[i].cmp(new[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    if common * 2 >= old.len() { common } else { 0 }
}

/// Adds the edits of a line that begins at the byte `at`.
fn inside(old: &str, new: &str, at: usize, edits: &mut Vec<Edit>) {
    let cut = if old.len() + new.len() < LETTERS { letters } else { pieces };
    let (before, after) = (cut(old), cut(new));
    let mut at = at;
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let Range { start, end } = op.old_range();
        let gone = length(&before[start..end]);
        if !matches!(op, DiffOp::Equal { .. }) {
            edits.push(Edit::new(at..at + gone, after[op.new_range()].concat()));
        }
        at += gone;
    }
}

fn letters(text: &str) -> Vec<&str> {
    text.split_inclusive(|_| true).collect()
}

fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(|letter: char| !letter.is_alphanumeric()).collect()
}

fn length(pieces: &[&str]) -> usize {
    pieces.iter().map(|piece| piece.len()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::apply;

    #[test]
    fn an_output_stands_in_the_place_of_its_cell_and_a_changed_line_is_the_line() {
        let old = "# Шаг\n\n```rust cell\n//| caption: Кривая $x$\nf()\n```\n\nРавно `=x`, то есть мало.\n";
        let new = "# Шаг\n\n<figure>\n\n7\n\nКривая $x$\n\n</figure>\n\nРавно 3,14, то есть мало.\n";
        let edits = difference(old, new);
        assert_eq!(apply(old, &edits), new);
        let told: Vec<String> =
            edits.iter().map(|edit| format!("{:?} → {:?}", &old[edit.range.clone()], edit.text)).collect();
        insta::assert_snapshot!(told.join("\n"));
    }

    proptest! {
        #[test]
        fn the_edits_make_the_one_of_the_other(old in "[аb \n]{0,60}", new in "[аb \n]{0,60}") {
            prop_assert_eq!(apply(&old, &difference(&old, &new)), new);
        }
    }
}
