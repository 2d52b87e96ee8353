//! The real compiler and cargo, behind rustup's shims.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};

/// The compiler that pages are compiled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolchain {
    /// The folder with `bin` and `lib`.
    pub sysroot: PathBuf,
    /// What `rustc -vV` says: part of every page's key.
    pub version: String,
}

impl Toolchain {
    /// The toolchain of the book at `root`: the one whose cargo started us, or the one rustup picks there.
    pub fn find(root: &Path) -> anyhow::Result<Self> {
        let sysroot = match std::env::var_os("CARGO").map(PathBuf::from).and_then(|cargo| beside(&cargo)) {
            Some(sysroot) => sysroot,
            None => PathBuf::from(ask(Path::new("rustc"), &["--print", "sysroot"], root)?.trim()),
        };
        let version = ask(&rustc_in(&sysroot), &["-vV"], root)?;
        Ok(Self { sysroot, version })
    }

    /// The compiler.
    pub fn rustc(&self) -> PathBuf {
        rustc_in(&self.sysroot)
    }

    /// Cargo.
    pub fn cargo(&self) -> PathBuf {
        self.sysroot.join("bin").join(format!("cargo{}", std::env::consts::EXE_SUFFIX))
    }

    /// The commit that this compiler was built from; paths of the standard library are named by it.
    pub fn commit(&self) -> &str {
        self.version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown")
    }
}

fn rustc_in(sysroot: &Path) -> PathBuf {
    sysroot.join("bin").join(format!("rustc{}", std::env::consts::EXE_SUFFIX))
}

/// The toolchain of a cargo, unless it is a shim: those have no standard library next to them.
fn beside(cargo: &Path) -> Option<PathBuf> {
    let sysroot = cargo.parent()?.parent()?;
    (sysroot.join("lib/rustlib").is_dir() && rustc_in(sysroot).is_file()).then(|| sysroot.to_owned())
}

fn ask(rustc: &Path, arguments: &[&str], root: &Path) -> anyhow::Result<String> {
    let doing = || format!("running {} {}", rustc.display(), arguments.join(" "));
    let output = Command::new(rustc).args(arguments).current_dir(root).output().with_context(doing)?;
    ensure!(output.status.success(), "{}: {}", doing(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).with_context(doing)
}
