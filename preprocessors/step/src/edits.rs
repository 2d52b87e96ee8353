//! What a step changes on a page. What is kept has a name, which says as much as the bytes do: nobody reads it but who needs the text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kept::{Kept, Key};
use page::Edit;

/// The kind of entry that edits are, by their name.
const KIND: &str = "edits";

/// Changes of a page.
#[derive(Clone, Debug, Default)]
pub struct Edits(Option<Named>);

#[derive(Clone, Debug)]
struct Named {
    /// The hash of all of them.
    name: Key,
    place: Where,
}

#[derive(Clone, Debug)]
enum Where {
    Here(Arc<[Edit]>),
    Kept(Kept),
}

/// An edit: the bytes that go, how many come, and the pieces that were moved. The new texts stand behind all of these as they are: they
/// are long, and nothing has to be looked for in them.
type Shape = (Range<usize>, usize, Vec<(Range<usize>, usize)>);

impl From<Vec<Edit>> for Edits {
    fn from(edits: Vec<Edit>) -> Self {
        if edits.is_empty() {
            return Self(None);
        }
        let shapes: Vec<(&str, Vec<u8>)> =
            edits.iter().map(|edit| ("edit", format!("{:?} {:?}", edit.range, edit.moved).into_bytes())).collect();
        let texts = edits.iter().map(|edit| ("text", edit.text.as_bytes()));
        let parts: Vec<(&str, &[u8])> = shapes.iter().map(|(name, shape)| (*name, &**shape)).chain(texts).collect();
        Self(Some(Named { name: Key::of(&parts), place: Where::Here(edits.into()) }))
    }
}

impl PartialEq for Edits {
    fn eq(&self, others: &Self) -> bool {
        self.name() == others.name()
    }
}

impl Edits {
    /// Those of this name, where they are kept.
    pub(crate) fn kept(kept: &Kept, name: Option<Key>) -> Option<Self> {
        let Some(name) = name else { return Some(Self(None)) };
        kept.has(KIND, &name).then(|| Self(Some(Named { name, place: Where::Kept(kept.clone()) })))
    }

    /// Keeps them under their name.
    pub(crate) fn keep(&self, kept: &Kept) -> Result<()> {
        let Some(Named { name, place: Where::Here(edits) }) = &self.0 else { return Ok(()) };
        if kept.has(KIND, name) {
            return Ok(());
        }
        kept.put(KIND, name, &written(edits)?)
    }

    /// What names them; nothing where they change nothing.
    pub(crate) fn name(&self) -> Option<Key> {
        self.0.as_ref().map(|named| named.name)
    }

    /// Whether they are in memory.
    pub(crate) fn are_here(&self) -> bool {
        self.0.as_ref().is_none_or(|named| matches!(named.place, Where::Here(_)))
    }

    /// All of them.
    pub fn read(&self) -> Result<Cow<'_, [Edit]>> {
        match &self.0 {
            None => Ok(Cow::default()),
            Some(Named { place: Where::Here(edits), .. }) => Ok(Cow::Borrowed(edits)),
            Some(Named { name, place: Where::Kept(kept) }) => {
                let edits = read(&kept.read(KIND, name)?).context("reading edits that another version has kept")?;
                Ok(Cow::Owned(edits))
            }
        }
    }
}

fn written(edits: &[Edit]) -> Result<Vec<u8>> {
    let shapes: Vec<Shape> =
        edits.iter().map(|edit| (edit.range.clone(), edit.text.len(), edit.moved.clone())).collect();
    let head = serde_json::to_vec(&shapes).context("keeping edits")?;
    let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
    bytes.extend(head);
    edits.iter().for_each(|edit| bytes.extend(edit.text.as_bytes()));
    Ok(bytes)
}

fn read(bytes: &[u8]) -> Option<Vec<Edit>> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (head, texts) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let shapes: Vec<Shape> = serde_json::from_slice(head).ok()?;
    let mut texts = std::str::from_utf8(texts).ok()?;
    let mut edits = Vec::with_capacity(shapes.len());
    for (range, length, moved) in shapes {
        let (text, rest) = texts.split_at_checked(length)?;
        edits.push(Edit { range, text: text.to_owned(), moved });
        texts = rest;
    }
    texts.is_empty().then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_are_kept_come_back_as_they_were_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept::at(folder.path(), "инструмент");
        let old = "Шаг $x$ и ещё.";
        let edits = vec![
            Edit::new(7..10, "<b title=\"\\\">шаг</b> $x$").with_moved(old, 7..10),
            Edit::insert(0, ""),
            Edit::insert(old.len(), "конец\n"),
        ];
        let named = Edits::from(edits.clone());
        named.keep(&kept).expect("the folder can be written");
        let again = Edits::kept(&kept, named.name()).expect("they are kept");
        assert_eq!(again.read().expect("they are whole").into_owned(), edits);
        assert!(!again.are_here());

        let file = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let entry = file(&file(&folder.path().join(KIND)));
        let whole = std::fs::read(&entry).unwrap();
        for damage in [&whole[..whole.len() - 1], b"", &[whole.as_slice(), b"!"].concat()] {
            std::fs::create_dir_all(entry.parent().unwrap()).unwrap();
            std::fs::write(&entry, damage).unwrap();
            let error = again.read().expect_err("they are damaged");
            assert!(kept::Damaged::is_behind(&error), "{error:#}");
            assert!(Edits::kept(&kept, named.name()).is_none(), "what is damaged goes");
        }
    }

    #[test]
    fn other_edits_have_another_name() {
        let all = [
            vec![],
            vec![Edit::insert(0, "а")],
            vec![Edit::insert(0, "б")],
            vec![Edit::new(0..2, "а")],
            vec![Edit::insert(0, "а"), Edit::insert(0, "")],
            vec![Edit { moved: vec![(0..1, 7)], ..Edit::insert(0, "а") }],
        ];
        let names: std::collections::BTreeSet<_> = all.into_iter().map(|edits| Edits::from(edits).name()).collect();
        assert_eq!(names.len(), 6);
    }
}
