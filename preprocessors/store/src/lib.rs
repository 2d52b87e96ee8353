//! The store: bytes by kind and key on disk, where whatever is torn, flipped or foreign is simply not there.
//!
//! An entry is one file, `KIND/ab/cdef…`, named by its key in hexadecimal digits: [`MAGIC`], [`FORMAT`] (`u32`), the length of the
//! content (`u64`, both little-endian), a blake3 checksum of kind, key and content, and the content. Nothing in it depends on
//! where it lies, so stores are merged by copying one over the other.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, ensure};

const MAGIC: [u8; 8] = *b"mdcells\n";
const FORMAT: u32 = 1;
const HEAD: usize = MAGIC.len() + 4 + 8 + 32;

/// The name of an entry: a hash of all that its content follows from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 32]);

impl Key {
    /// The key of named parts; neither names nor contents can run into each other.
    pub fn of(parts: &[(&str, &[u8])]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for (name, content) in parts {
            for bytes in [name.as_bytes(), content] {
                hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
            }
        }
        Self(hasher.finalize().into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        Some(Self(blake3::Hash::from_hex(digits).ok()?.into()))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Key({self})")
    }
}

/// The hash of a content, in hexadecimal digits.
pub fn hash(content: &[u8]) -> String {
    blake3::hash(content).to_hex().to_string()
}

/// A folder of entries. Any number of builds may use it at once.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in `folder`, which need not exist yet.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The content of an entry, if there is one and it is whole.
    pub fn get(&self, kind: &str, key: &Key) -> Option<Vec<u8>> {
        // What cannot be read is computed again: a store is never needed for an answer.
        let mut file = fs::File::open(self.path(kind, key)).ok()?;
        let (mut head, mut content) = ([0; HEAD], Vec::new());
        file.read_exact(&mut head).and_then(|()| file.read_to_end(&mut content)).ok()?;
        (head == *self::head(kind, key, &content)).then_some(content)
    }

    /// When an entry was written, and how long its content is, if there is one; whether it is whole only says [`Store::get`].
    pub fn written(&self, kind: &str, key: &Key) -> Option<(SystemTime, u64)> {
        let file = fs::metadata(self.path(kind, key)).ok()?;
        Some((file.modified().ok()?, file.len().checked_sub(HEAD as u64)?))
    }

    /// Writes an entry, all of it or nothing.
    pub fn put(&self, kind: &str, key: &Key, content: &[u8]) -> anyhow::Result<()> {
        let named = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        ensure!(named, "`{kind}` cannot be a kind of entry");
        let path = self.path(kind, key);
        let folder = path.parent().context("an entry lies in a folder")?;
        let doing = || format!("writing {}", path.display());
        fs::create_dir_all(folder).with_context(doing)?;
        let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder).with_context(doing)?;
        file.write_all(&head(kind, key, content)).and_then(|()| file.write_all(content)).with_context(doing)?;
        share(file.as_file()).with_context(doing)?;
        file.persist(&path).with_context(doing)?;
        Ok(())
    }

    /// Removes an entry, if there is one.
    pub fn remove(&self, kind: &str, key: &Key) -> anyhow::Result<()> {
        remove(&self.path(kind, key))
    }

    /// The keys of all entries of a kind, whole or not, in order.
    pub fn keys(&self, kind: &str) -> anyhow::Result<Vec<Key>> {
        let mut keys = Vec::new();
        for shard in list(&self.folder.join(kind))? {
            let Some(first) = name(&shard) else { continue };
            keys.extend(list(&shard)?.iter().filter_map(|entry| Key::parse(&format!("{first}{}", name(entry)?))));
        }
        keys.sort_unstable();
        Ok(keys)
    }

    /// Removes the entries of a kind that are not kept, and what interrupted builds left behind; says how many bytes that freed.
    pub fn sweep(&self, kind: &str, keep: &dyn Fn(&Key) -> bool) -> anyhow::Result<u64> {
        let mut freed = 0;
        for shard in list(&self.folder.join(kind))? {
            for entry in list(&shard)? {
                let key =
                    name(&shard).zip(name(&entry)).and_then(|(first, rest)| Key::parse(&format!("{first}{rest}")));
                let goes = match key {
                    Some(key) => !keep(&key),
                    None => name(&entry).is_some_and(|name| name.starts_with(TEMPORARY)) && is_left_behind(&entry),
                };
                if goes {
                    freed += entry.metadata().map_or(0, |file| file.len());
                    remove(&entry)?;
                }
            }
            // Only an empty folder goes; one that is filled meanwhile stays.
            let _ = fs::remove_dir(&shard);
        }
        Ok(freed)
    }

    fn path(&self, kind: &str, key: &Key) -> PathBuf {
        let digits = key.to_string();
        let (shard, rest) = digits.split_at(2);
        self.folder.join(kind).join(shard).join(rest)
    }
}

/// An entry as it lies in a store, for a place that is none of ours.
pub fn seal(kind: &str, key: &Key, content: &[u8]) -> Vec<u8> {
    [&*head(kind, key, content), content].concat()
}

/// The content of an entry that comes from elsewhere.
pub fn unseal<'a>(kind: &str, key: &Key, entry: &'a [u8]) -> Result<&'a [u8], Flaw> {
    let (head, content) = entry.split_at_checked(HEAD).ok_or(Flaw::Torn)?;
    let (magic, rest) = head.split_at(MAGIC.len());
    let (format, rest) = rest.split_at(4);
    let (length, _) = rest.split_at(8);
    if magic != MAGIC {
        return Err(Flaw::Foreign);
    }
    if format != FORMAT.to_le_bytes() {
        return Err(Flaw::Format);
    }
    if length != (content.len() as u64).to_le_bytes() {
        return Err(Flaw::Torn);
    }
    if head == self::head(kind, key, content) { Ok(content) } else { Err(Flaw::Flipped) }
}

/// Why bytes are not an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// They never were one.
    Foreign,
    /// Another version of the store has written them.
    Format,
    /// They are not all of it, or more than it.
    Torn,
    /// Some of them are others, or they are the entry of another kind or key.
    Flipped,
}

impl fmt::Display for Flaw {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Foreign => "it is no entry of a store",
            Self::Format => "another version of the tool has written it",
            Self::Torn => "it is not as long as it says",
            Self::Flipped => "its checksum is another: it is damaged, or an entry of another name",
        })
    }
}

impl std::error::Error for Flaw {}

/// How the names of files that are still being written begin.
const TEMPORARY: &str = ".new-";

fn head(kind: &str, key: &Key, content: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    head.extend(MAGIC);
    head.extend(FORMAT.to_le_bytes());
    head.extend((content.len() as u64).to_le_bytes());
    head.extend(Key::of(&[("kind", kind.as_bytes()), ("key", &key.0), ("content", content)]).0);
    head
}

/// Temporary files are their owner's alone; a store may be shared.
#[cfg(unix)]
fn share(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}

/// What lies in a folder; a folder that does not exist is empty.
fn list(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        entries => entries,
    };
    let paths = entries.and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    paths.with_context(|| format!("listing {}", folder.display()))
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// Whether a temporary file is older than any build that might still write it.
fn is_left_behind(path: &Path) -> bool {
    const HOUR: Duration = Duration::from_secs(3600);
    path.metadata().and_then(|file| file.modified()).is_ok_and(|then| then.elapsed().is_ok_and(|age| age > HOUR))
}

fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", path.display()))
        }
        _ => Ok(()),
    }
}
