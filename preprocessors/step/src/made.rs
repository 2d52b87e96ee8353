//! What a step made of a page, as builds keep it.

use std::ops::Range;

use anyhow::{Context as _, Result};
use diagnostic::Diagnostic;
use kept::{Kept, Key};
use page::Edit;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What a step made of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made<T = ()> {
    /// What it changes.
    pub edits: Vec<Edit>,
    /// What is wrong, at places of the text that the step was given.
    pub diagnostics: Vec<Diagnostic>,
    /// What the step itself wants to know the next time.
    pub more: T,
}

/// All but the new texts, which stand behind it as they are: they are long, and nothing has to be looked for in them.
#[derive(Serialize, Deserialize)]
struct Head<T> {
    edits: Vec<Shape>,
    diagnostics: Vec<Diagnostic>,
    more: T,
}

/// An edit: the bytes that go, how many come, and the pieces that were moved.
type Shape = (Range<usize>, usize, Vec<(Range<usize>, usize)>);

impl<T: Serialize + DeserializeOwned> Made<T> {
    /// What was made of a page before; else it is made and kept. The parts are all that it follows from.
    pub fn or_make(
        kept: &Kept,
        kind: &'static str,
        parts: &[(&str, &[u8])],
        make: impl FnOnce() -> Result<Self>,
    ) -> Result<Self> {
        let key = kept.key(parts);
        if let Some(known) = Self::known(kept, kind, &key) {
            return Ok(known);
        }
        let made = make()?;
        made.keep(kept, kind, &key)?;
        Ok(made)
    }

    /// What was made of a page before.
    pub fn known(kept: &Kept, kind: &'static str, key: &Key) -> Option<Self> {
        read(&kept.get(kind, key)?)
    }

    /// Keeps it for the next build.
    pub fn keep(&self, kept: &Kept, kind: &'static str, key: &Key) -> Result<()> {
        if !kept.is_open() {
            return Ok(());
        }
        let shape = |edit: &Edit| (edit.range.clone(), edit.text.len(), edit.moved.clone());
        let (edits, diagnostics) = (self.edits.iter().map(shape).collect(), self.diagnostics.clone());
        let head = serde_json::to_vec(&Head { edits, diagnostics, more: &self.more });
        let head = head.with_context(|| format!("keeping an entry `{kind}`"))?;
        let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
        bytes.extend(head);
        self.edits.iter().for_each(|edit| bytes.extend(edit.text.as_bytes()));
        kept.put(kind, key, &bytes)
    }
}

/// Reads an entry; nothing where another version has written it in another form.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<Made<T>> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (head, texts) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let Head { edits: shapes, diagnostics, more } = serde_json::from_slice(head).ok()?;
    let mut texts = std::str::from_utf8(texts).ok()?;
    let mut edits = Vec::with_capacity(shapes.len());
    for (range, length, moved) in shapes {
        let (text, rest) = texts.split_at_checked(length)?;
        edits.push(Edit { range, text: text.to_owned(), moved });
        texts = rest;
    }
    texts.is_empty().then_some(Made { edits, diagnostics, more })
}

#[cfg(test)]
mod tests {
    use diagnostic::Place;

    use super::*;

    #[test]
    fn what_is_kept_comes_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept::at(folder.path(), "инструмент");
        let old = "Шаг $x$ и ещё.";
        let made = Made {
            edits: vec![
                Edit::new(7..10, "<b title=\"\\\">шаг</b> $x$").with_moved(old, 7..10),
                Edit::insert(0, ""),
                Edit::insert(old.len(), "конец\n"),
            ],
            diagnostics: vec![Diagnostic::error("код", "слово", Place::new("src/а.md", 0..6)).help("иначе")],
            more: vec!["ещё".to_owned()],
        };
        let parts: [(&str, &[u8]); 1] = [("text", old.as_bytes())];
        for _ in 0..2 {
            assert_eq!(Made::or_make(&kept, "step", &parts, || Ok(made.clone())).expect("a folder"), made);
        }
        let key = kept.key(&parts);
        let bytes = kept.get("step", &key).expect("it was kept");
        for length in 0..bytes.len() {
            assert_eq!(read::<Vec<String>>(&bytes[..length]), None, "{length}");
        }
        assert_eq!(read::<usize>(&bytes), None);
        assert_eq!(Made::<Vec<String>>::known(&Kept::default(), "step", &key), None);
    }
}
