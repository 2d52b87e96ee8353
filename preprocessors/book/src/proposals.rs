//! Files that may be meant by a path that leads nowhere.

use std::path::Path;

use crate::leftovers::is_leftover;
use diagnostic::near;

/// The files that may be meant by a path that leads nowhere: those of the same name elsewhere, or else those with a path like it.
pub fn meant<'a>(path: &str, files: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    const MOST: usize = 3;
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or(path)
    }
    let same: Vec<&str> = files.clone().filter(|file| name(file) == name(path)).take(MOST).collect();
    let found = if same.is_empty() { near(path, files) } else { same };
    found.into_iter().map(str::to_owned).collect()
}

/// Files beside the pages that a page can show, sorted.
pub fn pictures(src: &Path) -> Vec<String> {
    const SHOWN: [&str; 11] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "mp4", "webm", "mp3", "ogg"];
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        for entry in std::fs::read_dir(src.join(&inside)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
            if entry.path().is_dir() {
                open.push(format!("{inside}{name}/"));
            } else if SHOWN.contains(&ending.as_str()) && !is_leftover(&name) {
                found.push(format!("{inside}{name}"));
            }
        }
    }
    found.sort();
    found
}
