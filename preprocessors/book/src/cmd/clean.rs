//! `cargo book clean`: removes what the tool made, and says what.

use std::path::{Component, Path};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use mdbook_cells::config::Config as Cells;
use mdbook_driver::config::Config;

use crate::invocation::Invocation;
use crate::verdict::Verdict;

/// Removes the site and everything that builds remember: results, rendered formulas, colours, places on this machine.
///
/// What cargo compiled stays; `cargo clean` removes that.
#[derive(Debug, Args)]
pub struct Clean {
    /// Only the site.
    #[arg(long)]
    pub site: bool,
    /// Only what builds remember: the next one runs every page.
    #[arg(long)]
    pub store: bool,
}

/// Where builds remember things, under the book's root.
const MEMORY: &str = ".book";

/// What lies in a store, which may be a folder of somebody's choice.
const KINDS: [&str; 6] = ["artefact", "execution", "fates", "pulled", "record", "taken"];

/// Does it.
pub fn run(clean: &Clean, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let config = Config::from_disk(invocation.root.join("book.toml"))?;
    let both = clean.site == clean.store;
    if clean.site || both {
        let site = &config.build.build_dir;
        let folder = inside(&invocation.root, site, &config)?;
        // Only what mdBook writes into every site is proof that the folder is one.
        ensure!(
            !folder.is_dir() || is_empty(&folder)? || folder.join(".nojekyll").is_file(),
            "{} does not look like a site; remove it by hand",
            site.display()
        );
        remove(&folder, site, invocation)?;
    }
    if clean.store || both {
        let store = Cells::read(&config)?.store;
        let folder = inside(&invocation.root, &store, &config)?;
        // A store of somebody's choice may lie beside other things.
        for kind in KINDS.iter().filter(|_| !store.starts_with(MEMORY)) {
            remove(&folder.join(kind), &store.join(kind), invocation)?;
        }
        remove(&invocation.root.join(MEMORY), Path::new(MEMORY), invocation)?;
    }
    Ok(Verdict::Fine)
}

/// A folder below the root that holds none of the book's own files.
fn inside(root: &Path, folder: &Path, config: &Config) -> anyhow::Result<std::path::PathBuf> {
    let plain = folder.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let path: std::path::PathBuf = root.join(folder).components().collect();
    if !plain || path == root || root.join(&config.book.src).starts_with(&path) {
        bail!("{} is not a folder of its own inside the book; remove it by hand", folder.display());
    }
    Ok(path)
}

fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    let mut entries = std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    Ok(entries.next().is_none())
}

fn remove(folder: &Path, name: &Path, invocation: &Invocation<'_>) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    std::fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    invocation.console.say(&format!("removed {}/", name.display()));
    Ok(())
}
