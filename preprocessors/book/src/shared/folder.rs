//! A shared store in a folder.

use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use mdbook_cells::run::parcel::MOST_PACKED;
use store::Key;

use super::{Changes, Listed, MOST_FILES, Purpose, README, RESULTS, Shared, TEXT, is_ours, listed, path};

/// A folder.
pub struct Folder(PathBuf);

impl Folder {
    /// A folder that is a shared store; where one is to be made, it may be empty or not be there.
    pub fn open(folder: &Path, purpose: Purpose) -> anyhow::Result<Self> {
        match read(&folder.join(README)) {
            Ok(text) if is_ours(&text) => return Ok(Self(folder.to_owned())),
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("reading {}", folder.join(README).display()));
            }
            _ => {}
        }
        let is_empty = match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            Err(error) => return Err(error).with_context(|| format!("listing {}", folder.display())),
        };
        ensure!(
            is_empty && purpose == Purpose::Push,
            "{} is no shared store of this version of the tool; `store push` makes one of a folder that is empty",
            folder.display()
        );
        Ok(Self(folder.to_owned()))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.0.join(name);
        let doing = || format!("writing {}", path.display());
        let folder = path.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder).with_context(doing)?;
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).with_context(doing)?;
        file.write_all(bytes).with_context(doing)?;
        share(file.as_file()).with_context(doing)?;
        file.persist(&path).with_context(doing)?;
        Ok(())
    }
}

impl Shared for Folder {
    fn list(&self) -> anyhow::Result<Vec<Listed>> {
        let folder = self.0.join(RESULTS);
        let doing = || format!("listing {}", folder.display());
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.with_context(doing)?,
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.with_context(doing)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Links are not followed.
            let file = entry.metadata().with_context(doing)?;
            if name.starts_with(".new-") {
                continue;
            }
            ensure!(found.len() < MOST_FILES, "{} has more than {MOST_FILES} files", folder.display());
            found.push((name, file));
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        let of = |(name, file): (String, fs::Metadata)| match file.is_file() {
            true => listed(&name, file.len()),
            false => Listed::Other(format!("{RESULTS}/{}", name.escape_debug()), "it is no file".to_owned()),
        };
        Ok(found.into_iter().map(of).collect())
    }

    fn read(&self, key: &Key) -> anyhow::Result<Vec<u8>> {
        let path = self.0.join(path(key));
        read(&path).with_context(|| format!("reading {}", path.display()))
    }

    fn change(&self, Changes { come, go }: Changes) -> anyhow::Result<()> {
        self.write(README, TEXT.as_bytes())?;
        for (key, bytes) in come {
            self.write(&path(&key), &bytes)?;
        }
        for key in go {
            let path = self.0.join(path(&key));
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    bail!("removing {}: {error}", path.display());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A file that is no link, up to the length of the longest result.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(std::io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST_PACKED + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Temporary files are their owner's alone; this one is for others.
#[cfg(unix)]
fn share(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
