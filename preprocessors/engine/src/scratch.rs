//! Folders of the system: a unit's own, which vanishes with it, and those that every program needs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::TempDir;

/// A folder for one unit.
pub(super) struct Scratch(TempDir);

impl Scratch {
    /// Creates one. Its path is short: a socket's path has room for 108 bytes.
    pub(super) fn create() -> anyhow::Result<Self> {
        let parent = parent();
        let doing = || format!("creating a folder in {}", parent.display());
        // Links are followed here, so that the sandbox and the compiler name the same folder.
        let parent = parent.canonicalize().with_context(doing)?;
        let prefix = format!("{PREFIX}{}-", std::process::id());
        Ok(Self(tempfile::Builder::new().prefix(&prefix).tempdir_in(&parent).with_context(doing)?))
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Creates a folder in it.
    pub(super) fn folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.path().join(name);
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(folder)
    }

    /// Removes it with all that a program left there.
    pub(super) fn remove(self) -> anyhow::Result<()> {
        let path = self.path().to_owned();
        if self.0.close().is_ok() {
            return Ok(());
        }
        remove(&path).with_context(|| format!("removing {}", path.display()))
    }
}

/// How the names of these folders begin; the process that made them follows.
const PREFIX: &str = "cell-";

fn parent() -> PathBuf {
    let parent = std::env::temp_dir();
    if cfg!(unix) && parent.as_os_str().len() > 72 { "/tmp".into() } else { parent }
}

/// Removes the folders of builds that were interrupted.
pub(super) fn sweep() {
    // What cannot be removed lies where the system will remove it.
    for entry in fs::read_dir(parent()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok());
        if process.is_some_and(is_gone) && is_ours(&entry) {
            let _ = remove(&entry.path());
        }
    }
}

/// Whether it is a folder, and of the user who asks: in a folder for everybody, others may put a link of that name.
#[cfg(unix)]
fn is_ours(entry: &fs::DirEntry) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let user = rustix::process::geteuid().as_raw();
    entry.metadata().is_ok_and(|found| found.is_dir() && found.uid() == user)
}

#[cfg(not(unix))]
fn is_ours(entry: &fs::DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir())
}

#[cfg(unix)]
fn is_gone(process: i32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    Pid::from_raw(process).is_some_and(|process| test_kill_process(process) == Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_gone(_: i32) -> bool {
    false
}

/// Removes a folder whatever a program made of it: folders that it locked, or nested deeper than a path is long. Each folder
/// is brought to the top before it is looked into, so that nothing here is deep.
fn remove(top: &Path) -> io::Result<()> {
    unlock(top)?;
    let mut numbers = 0_u64..;
    let mut folders: Vec<PathBuf> = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_dir() {
                fs::remove_file(entry.path())?;
                continue;
            }
            // A folder that may not be written cannot be moved: its `..` would change.
            unlock(&entry.path())?;
            if folder == top {
                folders.push(entry.path());
                continue;
            }
            let free = numbers.by_ref().map(|number| top.join(number.to_string())).find(|place| !place.exists());
            let place = free.unwrap_or_else(|| entry.path());
            fs::rename(entry.path(), &place)?;
            folders.push(place);
        }
        if folder != top {
            fs::remove_dir(&folder)?;
        }
    }
    fs::remove_dir(top)
}

/// Makes a folder one's own again.
fn unlock(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Bytes of all files below a folder, an empty one counted as a block; stops counting beyond `enough`. What cannot be looked into
/// has no end: it was locked, or is nested deeper than a path is long.
pub(super) fn size(folder: &Path, enough: u64) -> u64 {
    const BLOCK: u64 = 4096;
    let mut size = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(folder) {
            // It was there when its name was read.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => continue,
            Err(_) => return u64::MAX / 2,
            Ok(entries) => entries,
        };
        for entry in entries.flatten() {
            // What vanishes while it is counted has no size.
            let Ok(found) = entry.metadata() else { continue };
            size += if found.is_file() { found.len().max(BLOCK) } else { BLOCK };
            if found.is_dir() {
                folders.push(entry.path());
            }
            if size > enough {
                return size;
            }
        }
    }
    size
}

/// The files that a dynamically linked Rust program is started with: the loader and the C libraries, and no file besides.
pub(super) fn shared_libraries() -> Vec<PathBuf> {
    let folders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"].map(PathBuf::from);
    let multiarch = format!("{}-linux-gnu", std::env::consts::ARCH);
    let names = [
        "ld-linux-x86-64.so.2",
        "ld-linux-aarch64.so.1",
        "ld-linux-riscv64-lp64d.so.1",
        "ld-musl-x86_64.so.1",
        "ld-musl-aarch64.so.1",
        "libc.so.6",
        "libm.so.6",
        "libmvec.so.1",
        "libpthread.so.0",
        "libdl.so.2",
        "librt.so.1",
        "libgcc_s.so.1",
        "libstdc++.so.6",
    ];
    let mut files = Vec::new();
    for folder in folders.iter().flat_map(|folder| [folder.clone(), folder.join(&multiarch)]) {
        files.extend(names.map(|name| folder.join(name)).into_iter().filter(|file| file.exists()));
    }
    // Stores where a library lies under a name of its own and never changes.
    files.extend(["/nix/store", "/gnu/store"].map(PathBuf::from).into_iter().filter(|store| store.exists()));
    // The last tells the runtime where its stack ends, so that it can say that a recursion was too deep.
    files.extend(["/etc/ld.so.cache", "/dev/urandom", "/proc/self/maps"].map(PathBuf::from));
    files
}
