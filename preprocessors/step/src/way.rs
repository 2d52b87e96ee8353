//! A page on its way through the steps of a build: what names its text, and the text itself as soon as somebody asks for it.

use std::sync::{Arc, OnceLock};

use anyhow::Result;
use kept::Key;
use page::Draft;

use crate::Edits;

/// A page after some steps. Two with the same name have the same path, text and history.
#[derive(Clone, Debug)]
pub struct Way(Arc<Stage>);

#[derive(Debug)]
struct Stage {
    path: String,
    name: Key,
    /// The text, when it was asked for.
    draft: OnceLock<Draft>,
    /// What it is made of then.
    from: Option<(Way, Edits)>,
}

impl Way {
    /// The way of a page that is here.
    pub fn begin(draft: Draft) -> Self {
        let parts = [("path", draft.path()), ("written", draft.written()), ("text", draft.text())];
        let name = Key::of(&parts.map(|(name, part)| (name, part.as_bytes())));
        Self(Arc::new(Stage { path: draft.path().to_owned(), name, draft: draft.into(), from: None }))
    }

    /// The page with edits made.
    pub fn after(&self, edits: &Edits) -> Result<Self> {
        let Some(made) = edits.name() else { return Ok(self.clone()) };
        let stage = Stage {
            path: self.0.path.clone(),
            name: Key::of(&[("page", &self.0.name.0), ("edits", &made.0)]),
            draft: OnceLock::new(),
            from: Some((self.clone(), edits.clone())),
        };
        // The text before is then needed by nobody.
        match self.0.draft.get().filter(|_| edits.are_here()) {
            Some(draft) => {
                let draft = draft.edited(&edits.read()?).into();
                Ok(Self(Arc::new(Stage { draft, from: None, ..stage })))
            }
            None => Ok(Self(Arc::new(stage))),
        }
    }

    /// Path of the page from the book's root.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What its path, text and history are named by.
    pub fn name(&self) -> &[u8] {
        &self.0.name.0
    }

    /// Its text and history.
    pub fn draft(&self) -> Result<&Draft> {
        if let Some(draft) = self.0.draft.get() {
            return Ok(draft);
        }
        let (before, edits) = self.0.from.as_ref().expect("what is not here is made of something");
        let draft = before.draft()?.edited(&edits.read()?);
        Ok(self.0.draft.get_or_init(|| draft))
    }

    /// Its text.
    pub fn text(&self) -> Result<&str> {
        Ok(self.draft()?.text())
    }
}

#[cfg(test)]
mod tests {
    use page::Edit;

    use super::*;

    #[test]
    fn a_text_is_made_when_it_is_asked_for_and_named_before() {
        let begin = || Way::begin(Draft::new("src/а.md", "Шаг $x$."));
        let edits: Edits = vec![Edit::new(7..10, "икс")].into();
        let (way, again) = (begin().after(&edits).unwrap(), begin().after(&edits).unwrap());
        assert_eq!(way.text().unwrap(), "Шаг икс.");
        assert_eq!(way.name(), again.name());
        assert_ne!(way.name(), begin().name());
        assert_eq!(way.after(&Edits::default()).unwrap().name(), way.name());
        assert_ne!(Way::begin(Draft::new("src/б.md", "Шаг $x$.")).name(), begin().name());
    }
}
