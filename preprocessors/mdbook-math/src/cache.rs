//! Rendered formulas on disk: one file, of which whatever is torn, flipped or foreign is simply not there.
//!
//! The file begins with [`MAGIC`]; an entry is a key, the length of its content (`u32`, little-endian), a blake3 checksum of both and
//! the content. A book's formulas are a few megabytes, so that reading all of them is faster than opening a file for each; what the
//! last build did not use is not written again, so that the file is as large as the book and no larger.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;

use crate::html::Style;

const MAGIC: &[u8] = b"mdbook-math 1\n";
const HEAD: usize = 32 + 4 + 32;

/// The name of a rendered formula: a hash of all that it follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of a formula under settings with `fingerprint`.
    pub fn of(fingerprint: &blake3::Hash, style: Style, tex: &str) -> Self {
        let style = match style {
            Style::Inline => b'i',
            Style::Display => b'd',
            Style::Plain => b'p',
        };
        let mut hasher = blake3::Hasher::new_keyed(fingerprint.as_bytes());
        hasher.update(&[style]).update(tex.as_bytes());
        Self(hasher.finalize().into())
    }

    /// The keys that were written one behind the other.
    pub fn read_all(keys: &str) -> impl Iterator<Item = Self> {
        let keys = keys.as_bytes().chunks_exact(2 * blake3::OUT_LEN);
        keys.filter_map(|digits| Some(Self(blake3::Hash::from_hex(digits).ok()?.into())))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

/// Rendered formulas by key.
#[derive(Debug, Default)]
pub struct Cache {
    entries: BTreeMap<Key, String>,
    changed: bool,
}

impl Cache {
    /// Reads the whole entries of a file. What cannot be read is rendered again: a cache is never needed for an answer.
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_default();
        let Some(mut rest) = bytes.strip_prefix(MAGIC) else { return Self::default() };
        let mut pieces = Vec::new();
        while let Some((head, content, after)) = split(rest) {
            pieces.push((head, content));
            rest = after;
        }
        let entries = pieces.par_iter().filter_map(|(head, content)| entry(head, content)).collect();
        Self { entries, changed: false }
    }

    /// Writes the file, all of it or nothing, when it would be another one.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        if !self.changed {
            return Ok(());
        }
        let doing = || format!("writing {}", path.display());
        let folder = path.parent().with_context(doing)?;
        fs::create_dir_all(folder).with_context(doing)?;
        let mut bytes = MAGIC.to_vec();
        for (key, content) in &self.entries {
            bytes.extend(head(key, content.as_bytes()));
            bytes.extend(content.as_bytes());
        }
        let mut file = tempfile::NamedTempFile::new_in(folder).with_context(doing)?;
        file.write_all(&bytes).with_context(doing)?;
        file.persist(path).with_context(doing)?;
        Ok(())
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&str> {
        self.entries.get(key).map(String::as_str)
    }

    pub(crate) fn insert(&mut self, key: Key, content: String) {
        self.entries.insert(key, content);
        self.changed = true;
    }

    /// Drops the entries that are not in `used`.
    pub(crate) fn keep(&mut self, used: &BTreeSet<Key>) {
        let before = self.entries.len();
        self.entries.retain(|key, _| used.contains(key));
        self.changed |= self.entries.len() != before;
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

fn head(key: &Key, content: &[u8]) -> [u8; HEAD] {
    let length = u32::try_from(content.len()).expect("a formula is smaller than four gigabytes").to_le_bytes();
    let checksum = blake3::Hasher::new().update(&key.0).update(&length).update(content).finalize();
    let mut head = [0; HEAD];
    head[..32].copy_from_slice(&key.0);
    head[32..36].copy_from_slice(&length);
    head[36..].copy_from_slice(checksum.as_bytes());
    head
}

/// The head and the content of the first entry, and the bytes after it; nothing when the file ends.
fn split(bytes: &[u8]) -> Option<(&[u8; HEAD], &[u8], &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
    let length = u32::from_le_bytes(*head[32..].first_chunk()?);
    let (content, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((head, content, rest))
}

/// The entry, if it is whole.
fn entry(found: &[u8; HEAD], content: &[u8]) -> Option<(Key, String)> {
    let key = Key(*found.first_chunk()?);
    let is_whole = head(&key, content) == *found;
    let content = is_whole.then(|| String::from_utf8(content.to_vec()))?.ok()?;
    Some((key, content))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn key(tex: &str) -> Key {
        Key::of(&blake3::hash(b""), Style::Inline, tex)
    }

    fn filled() -> Cache {
        let mut cache = Cache::default();
        for tex in ["a", "шаг", ""] {
            cache.insert(key(tex), format!("<i>{tex}</i>"));
        }
        cache
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("новая/formulas");
        filled().write(&path).unwrap();
        let cache = Cache::read(&path);
        assert_eq!(cache.get(&key("шаг")), Some("<i>шаг</i>"));
        assert_eq!(cache.get(&Key::of(&blake3::hash(b""), Style::Display, "шаг")), None);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn keys_are_read_as_they_were_written() {
        let keys = [key("шаг"), key("a")];
        let written: String = keys.iter().map(Key::to_string).collect();
        assert_eq!(Key::read_all(&written).collect::<Vec<_>>(), keys);
    }

    #[test]
    fn a_flipped_bit_or_a_torn_end_never_shows() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("formulas");
        filled().write(&path).unwrap();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            for damaged in [&flipped, &whole[..at].to_vec()] {
                fs::write(&path, damaged).unwrap();
                let cache = Cache::read(&path);
                assert!(cache.len() < 3, "{at}");
                for (key, content) in &cache.entries {
                    assert_eq!(filled().get(key), Some(content.as_str()), "{at}");
                }
            }
        }
    }

    #[test]
    fn an_unchanged_cache_is_not_written_and_unused_entries_go() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("formulas");
        filled().write(&path).unwrap();
        let mut cache = Cache::read(&path);
        fs::remove_file(&path).unwrap();
        cache.write(&path).unwrap();
        assert!(!path.exists());
        cache.keep(&BTreeSet::from([key("a")]));
        cache.write(&path).unwrap();
        assert_eq!(Cache::read(&path).len(), 1);
    }
}
