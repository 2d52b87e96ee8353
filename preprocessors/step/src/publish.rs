//! Files that a step makes for the site. mdBook publishes what lies in src and what book.toml names, so they are written there before
//! the renderer starts; who watches the folder is not woken by a file that is the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mdbook_preprocessor::config::Config;

/// The part of the theme that a step writes.
pub const HEAD: &str = "head.hbs";
/// The list of all pages, inside of src.
pub const SITEMAP: &str = "sitemap.xml";
/// The feed of changes, inside of src.
pub const FEED: &str = "feed.xml";
/// What the search reads, inside of src.
pub const SEARCH: &str = "search";
/// The code that checks formulas, inside of src.
pub const PROOFS: &str = "proofs";

/// All that steps write beside what authors wrote, by paths from the book's root: nothing follows from it.
pub fn made(config: &Config) -> Vec<PathBuf> {
    let theme = config.html_config().and_then(|html| html.theme).unwrap_or_else(|| "theme".into());
    let published = [SITEMAP, FEED, SEARCH, PROOFS].map(|file| config.book.src.join(file));
    published.into_iter().chain([theme.join(HEAD)]).collect()
}

/// Writes a file, or makes that there is none.
pub fn perhaps(path: &Path, text: Option<String>) -> Result<()> {
    match text {
        Some(text) => write(path, text.as_bytes()),
        None if path.exists() => fs::remove_file(path).with_context(|| format!("removing {}", path.display())),
        None => Ok(()),
    }
}

/// Writes a file, unless it is there already.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let folder = path.parent().with_context(|| format!("{} is in no folder", path.display()))?;
    let unfinished = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&unfinished, bytes))
        .and_then(|()| fs::rename(&unfinished, path))
        .with_context(|| format!("writing {}", path.display()))
}

/// Makes a folder hold these files, by their names inside of it, and no others.
pub fn only(folder: &Path, files: &[(String, String)]) -> Result<()> {
    let wanted: BTreeSet<_> = files.iter().map(|(name, _)| folder.join(name)).collect();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.with_context(|| format!("listing {}", folder.display()))?.path();
            if path.is_dir() {
                open.push(path);
            } else if !wanted.contains(&path) {
                fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
            }
        }
    }
    files.iter().try_for_each(|(name, text)| write(&folder.join(name), text.as_bytes()))
}
