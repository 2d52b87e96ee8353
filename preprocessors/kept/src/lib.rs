//! What was made of a book's pages before, so that a build makes only what follows from something that has changed.
//!
//! Whoever makes something of a page names all that it follows from; the program itself is part of every key. What is damaged is not
//! there, what a whole build has not asked for goes.
//!
//! What is large is often only to be there: who makes the next thing of it has it by name. If it turns out to be damaged when it is
//! read after all, it goes, and the build has to begin anew ([`Damaged`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Store;

pub use store::Key;

/// Things that were made, by kind and key. Without a folder everything is made anew.
#[derive(Clone, Debug, Default)]
pub struct Kept(Option<Arc<Shelf>>);

#[derive(Debug)]
struct Shelf {
    store: Store,
    program: String,
    /// What this build has asked for.
    used: Mutex<BTreeMap<&'static str, BTreeSet<Key>>>,
}

impl Kept {
    /// What lies in a folder, of `program`: another one may make other things of the same.
    pub fn at(folder: impl Into<PathBuf>, program: impl Into<String>) -> Self {
        let (store, program) = (Store::open(folder), program.into());
        Self(Some(Arc::new(Shelf { store, program, used: Mutex::default() })))
    }

    /// What was made of these parts before; else it is made and kept.
    pub fn or_make<T: Serialize + DeserializeOwned>(
        &self,
        kind: &'static str,
        parts: &[(&str, &[u8])],
        make: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let key = self.key(parts);
        // What another version has written in another form is made anew.
        if let Some(known) = self.get(kind, &key).and_then(|known| serde_json::from_slice(&known).ok()) {
            return Ok(known);
        }
        let made = make()?;
        if self.is_open() {
            self.put(kind, &key, &serde_json::to_vec(&made).with_context(|| format!("keeping an entry `{kind}`"))?)?;
        }
        Ok(made)
    }

    /// Whether anything is kept.
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// The key of what follows from these parts.
    pub fn key(&self, parts: &[(&str, &[u8])]) -> Key {
        let program = self.0.as_ref().map(|shelf| shelf.program.as_str()).unwrap_or_default();
        Key::of(&[&[("program", program.as_bytes())], parts].concat())
    }

    /// What is kept, when it is there and whole.
    pub fn get(&self, kind: &'static str, key: &Key) -> Option<Vec<u8>> {
        let shelf = self.0.as_ref()?;
        let known = shelf.store.get(kind, key)?;
        shelf.used().entry(kind).or_default().insert(*key);
        Some(known)
    }

    /// What is kept under these parts, or what nothing would be: a help for who makes something like it again.
    pub fn last<T: DeserializeOwned + Default>(&self, kind: &'static str, parts: &[(&str, &[u8])]) -> T {
        let known = self.get(kind, &self.key(parts));
        known.and_then(|known| serde_json::from_slice(&known).ok()).unwrap_or_default()
    }

    /// Keeps what will be the last.
    pub fn put_last<T: Serialize>(&self, kind: &'static str, parts: &[(&str, &[u8])], last: &T) -> anyhow::Result<()> {
        if !self.is_open() {
            return Ok(());
        }
        let bytes = serde_json::to_vec(last).with_context(|| format!("keeping an entry `{kind}`"))?;
        self.put(kind, &self.key(parts), &bytes)
    }

    /// Whether something is kept, which nobody has to read yet.
    pub fn has(&self, kind: &'static str, key: &Key) -> bool {
        self.length(kind, key).is_some()
    }

    /// How many bytes are kept, which nobody has to read yet.
    pub fn length(&self, kind: &'static str, key: &Key) -> Option<u64> {
        let shelf = self.0.as_ref()?;
        let (_, length) = shelf.store.written(kind, key)?;
        shelf.used().entry(kind).or_default().insert(*key);
        Some(length)
    }

    /// What was found to be there; an error that is [`Damaged`] where it is not whole.
    pub fn read(&self, kind: &'static str, key: &Key) -> anyhow::Result<Vec<u8>> {
        if let Some(known) = self.get(kind, key) {
            return Ok(known);
        }
        if let Some(shelf) = &self.0 {
            // Where one is damaged others may be.
            shelf.store.sweep(kind, &|_| false)?;
        }
        Err(Damaged { kind }.into())
    }

    /// Keeps something.
    pub fn put(&self, kind: &'static str, key: &Key, content: &[u8]) -> anyhow::Result<()> {
        let Some(shelf) = &self.0 else { return Ok(()) };
        shelf.used().entry(kind).or_default().insert(*key);
        shelf.store.put(kind, key, content)
    }

    /// Removes what nobody has asked for, of the kinds that were asked for.
    pub fn sweep(&self) -> anyhow::Result<()> {
        let Some(shelf) = &self.0 else { return Ok(()) };
        for (kind, used) in &*shelf.used() {
            shelf.store.sweep(kind, &|key| used.contains(key))?;
        }
        Ok(())
    }
}

/// Something that was there was not whole. It is gone now, and all of its kind: who begins anew makes it again.
#[derive(Debug)]
pub struct Damaged {
    kind: &'static str,
}

impl Damaged {
    /// Does something anew when it has failed for what was damaged.
    pub fn mended<T>(mut make: impl FnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
        /// There are not more kinds of what is read late.
        const KINDS: usize = 4;
        for _ in 0..KINDS {
            match make() {
                Err(error) if Self::is_behind(&error) => {}
                made => return made,
            }
        }
        make()
    }

    /// Whether this is why something failed.
    pub fn is_behind(error: &anyhow::Error) -> bool {
        error.chain().any(|cause| cause.is::<Self>())
    }
}

impl fmt::Display for Damaged {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "an entry `{}` of what builds keep was damaged and is gone; build again", self.kind)
    }
}

impl std::error::Error for Damaged {}

impl Shelf {
    fn used(&self) -> MutexGuard<'_, BTreeMap<&'static str, BTreeSet<Key>>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_the_same_is_made_once_by_one_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let make = |program: &str, text: &str| {
            let mut made = 0;
            let kept = Kept::at(folder.path(), program);
            let shown = kept.or_make("word", &[("text", text.as_bytes())], || {
                made += 1;
                Ok(format!("«{text}»"))
            });
            assert_eq!(shown.expect("the folder can be written"), format!("«{text}»"));
            kept.sweep().expect("the folder can be written");
            made
        };
        assert_eq!([make("а", "шаг"), make("а", "шаг"), make("б", "шаг"), make("б", "ход")], [1, 0, 1, 1]);
        // The last build has not asked for it.
        assert_eq!(make("б", "шаг"), 1);
    }

    #[test]
    fn the_last_version_is_there_for_who_makes_the_next() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept::at(folder.path(), "а");
        let parts: [(&str, &[u8]); 1] = [("path", "src/шаг.md".as_bytes())];
        for last in [vec![], vec!["шаг".to_owned()]] {
            kept.put_last("pieces", &parts, &last).expect("the folder can be written");
            assert_eq!(kept.last::<Vec<String>>("pieces", &parts), last);
        }
        assert_eq!(Kept::at(folder.path(), "б").last::<Vec<String>>("pieces", &parts), Vec::<String>::new());
    }

    #[test]
    fn without_a_folder_everything_is_made() {
        let kept = Kept::default();
        for _ in 0..2 {
            let mut made = 0;
            kept.or_make("word", &[], || {
                made += 1;
                Ok(())
            })
            .expect("nothing is written");
            assert_eq!(made, 1);
        }
    }
}
