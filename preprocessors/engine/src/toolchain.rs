//! The real compiler and cargo, behind rustup's shims.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use store::Key;

use super::local::{Local, Stamp};

/// The compiler that pages are compiled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolchain {
    /// The folder with `bin` and `lib`.
    pub sysroot: PathBuf,
    /// What `rustc -vV` says: part of every page's key.
    pub version: String,
}

impl Toolchain {
    /// The toolchain of the book at `root`: the one whose cargo started us, or the one that `rustc` stands for there. The second
    /// time nothing is started.
    pub fn find(root: &Path) -> anyhow::Result<Self> {
        let local = Local::of(root);
        let ours = std::env::var_os("CARGO").map(PathBuf::from).and_then(|cargo| beside(&cargo));
        let sysroot = ours.map_or_else(|| behind_shim(root, &local), Ok)?;
        let rustc = tool(&sysroot, "rustc");
        let stamp = Stamp::of(&rustc).with_context(|| format!("{} is not there", rustc.display()))?;
        let key = Key::of(&[("rustc", rustc.as_os_str().as_encoded_bytes()), ("stamp", stamp.to_text().as_bytes())]);
        if let Some(version) = local.get("rustc", &key) {
            return Ok(Self { sysroot, version });
        }
        let version = ask(&rustc, &["-vV"], root)?;
        local.put("rustc", &key, &version);
        Ok(Self { sysroot, version })
    }

    /// The compiler.
    pub fn rustc(&self) -> PathBuf {
        tool(&self.sysroot, "rustc")
    }

    /// Cargo.
    pub fn cargo(&self) -> PathBuf {
        tool(&self.sysroot, "cargo")
    }

    /// The system that it makes programs for, and runs on.
    pub fn host(&self) -> &str {
        self.version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or(std::env::consts::ARCH)
    }

    /// The commit that this compiler was built from; paths of the standard library are named by it.
    pub fn commit(&self) -> &str {
        self.version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown")
    }
}

fn tool(sysroot: &Path, name: &str) -> PathBuf {
    sysroot.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The toolchain of a cargo, unless it is a shim: those have no standard library next to them.
fn beside(cargo: &Path) -> Option<PathBuf> {
    let sysroot = cargo.parent()?.parent()?;
    (sysroot.join("lib/rustlib").is_dir() && tool(sysroot, "rustc").is_file()).then(|| one_name(sysroot))
}

/// The folder that a linked toolchain stands for: under two names all crates would be built twice. Elsewhere the path stays as it is,
/// for that of Windows would begin with `\\?\`.
fn one_name(sysroot: &Path) -> PathBuf {
    let real = sysroot.is_symlink().then(|| sysroot.canonicalize().ok()).flatten();
    real.unwrap_or_else(|| sysroot.to_owned())
}

/// The toolchain that the `rustc` of the search path uses in `root`: remembered by all that rustup decides it by.
fn behind_shim(root: &Path, local: &Local) -> anyhow::Result<PathBuf> {
    let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let shim = std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|shim| shim.is_file());
    let shim = shim.context("there is no `rustc` to be found; install Rust as https://rustup.rs says")?;
    let home = std::env::var_os("RUSTUP_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".rustup"))).unwrap_or_default();
    let read = |path: PathBuf| std::fs::read(path).unwrap_or_default();
    let key = Key::of(&[
        ("shim", shim.as_os_str().as_encoded_bytes()),
        ("stamp", Stamp::of(&shim).unwrap_or_default().to_text().as_bytes()),
        ("choice", &read(root.join("rust-toolchain.toml"))),
        ("older choice", &read(root.join("rust-toolchain"))),
        ("root", root.as_os_str().as_encoded_bytes()),
        ("settings", &read(home.join("settings.toml"))),
        ("override", std::env::var_os("RUSTUP_TOOLCHAIN").unwrap_or_default().as_encoded_bytes()),
    ]);
    if let Some(sysroot) = local.get("sysroot", &key).filter(|sysroot: &PathBuf| tool(sysroot, "rustc").is_file()) {
        return Ok(sysroot);
    }
    let sysroot = one_name(Path::new(ask(&shim, &["--print", "sysroot"], root)?.trim()));
    local.put("sysroot", &key, &sysroot);
    Ok(sysroot)
}

fn ask(rustc: &Path, arguments: &[&str], root: &Path) -> anyhow::Result<String> {
    let doing = || format!("running {} {}", rustc.display(), arguments.join(" "));
    let output = Command::new(rustc).args(arguments).current_dir(root).output().with_context(doing)?;
    ensure!(output.status.success(), "{}: {}", doing(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).with_context(doing)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_linked_toolchain_has_the_name_of_the_real_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("it is there").join("stable");
        for file in ["bin/rustc", "bin/cargo", "lib/rustlib/components"] {
            let file = real.join(file);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("it is made");
            std::fs::write(file, "").expect("it is written");
        }
        let link = folder.path().join("1.95.0");
        std::os::unix::fs::symlink(&real, &link).expect("it is linked");
        assert_eq!(beside(&link.join("bin/cargo")), Some(real.clone()));
        assert_eq!(beside(&real.join("bin/cargo")), Some(real));
    }
}
