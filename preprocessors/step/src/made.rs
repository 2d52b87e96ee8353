//! What a step made of a page, as builds keep it.

use anyhow::{Context as _, Result};
use diagnostic::Diagnostic;
use kept::{Kept, Key};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Edits;

/// What a step made of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made<T = ()> {
    /// What it changes.
    pub edits: Edits,
    /// What is wrong, at places of the text that the step was given.
    pub diagnostics: Vec<Diagnostic>,
    /// What the step itself wants to know the next time.
    pub more: T,
}

/// All but the edits, of which the name stands here.
#[derive(Serialize, Deserialize)]
struct Head<T> {
    edits: Option<String>,
    diagnostics: Vec<Diagnostic>,
    more: T,
}

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
        // Nothing where another version has written it in another form.
        let Head { edits, diagnostics, more } = serde_json::from_slice(&kept.get(kind, key)?).ok()?;
        let name = match edits {
            Some(name) => Some(Key::parse(&name)?),
            None => None,
        };
        Some(Self { edits: Edits::kept(kept, name)?, diagnostics, more })
    }

    /// Keeps it for the next build.
    pub fn keep(&self, kept: &Kept, kind: &'static str, key: &Key) -> Result<()> {
        if !kept.is_open() {
            return Ok(());
        }
        self.edits.keep(kept)?;
        let (edits, diagnostics) = (self.edits.name().map(|name| name.to_string()), self.diagnostics.clone());
        let head = serde_json::to_vec(&Head { edits, diagnostics, more: &self.more });
        kept.put(kind, key, &head.with_context(|| format!("keeping an entry `{kind}`"))?)
    }
}

#[cfg(test)]
mod tests {
    use diagnostic::Place;
    use page::Edit;

    use super::*;

    #[test]
    fn what_is_kept_comes_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept::at(folder.path(), "инструмент");
        let made = Made {
            edits: vec![Edit::insert(0, "конец\n")].into(),
            diagnostics: vec![Diagnostic::error("код", "слово", Place::new("src/а.md", 0..6)).help("иначе")],
            more: vec!["ещё".to_owned()],
        };
        let key = kept.key(&[("text", "Шаг".as_bytes())]);
        made.keep(&kept, "step", &key).expect("the folder can be written");
        assert_eq!(Made::known(&kept, "step", &key), Some(made));
        for damage in [b"".as_slice(), b"{}", br#"{"edits":"ab","diagnostics":[],"more":[]}"#] {
            kept.put("step", &key, damage).expect("the folder can be written");
            assert_eq!(Made::<Vec<String>>::known(&kept, "step", &key), None);
        }
        let of_no_edits = br#"{"edits":null,"diagnostics":[],"more":[]}"#;
        kept.put("step", &key, of_no_edits).expect("the folder can be written");
        assert_eq!(Made::<Vec<String>>::known(&kept, "step", &key), Some(Made::default()));
    }
}
