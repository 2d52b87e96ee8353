//! Pages of a site that are those of an earlier one. What each was made of stands beside the folder of a site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// From where a site may take pages that are the same.
#[derive(Clone, Copy, Debug)]
pub enum Earlier<'a> {
    /// From nowhere, and no later one will take any of this.
    Never,
    /// From the site in this folder, if there is one; a later one may take pages of this.
    Site(Option<&'a Path>),
}

/// The pages of a site, by their paths inside its folder, and the name of what each was made of.
#[derive(Debug, Default)]
pub struct Pages {
    folder: PathBuf,
    names: BTreeMap<PathBuf, String>,
}

impl Pages {
    /// Those of the site in a folder; none where nothing is known of them.
    pub fn of(folder: &Path) -> Self {
        let names = std::fs::read(list(folder)).ok().and_then(|names| serde_json::from_slice(&names).ok());
        Self { folder: folder.to_owned(), names: names.unwrap_or_default() }
    }

    /// Links a page into the place of a file, if it is made of just this.
    pub fn link(&self, page: &Path, name: &str, file: &Path) -> bool {
        let is_same = self.names.get(page).is_some_and(|known| known == name);
        // Where links are not possible the page is written.
        is_same && std::fs::remove_file(file).and_then(|()| std::fs::hard_link(self.folder.join(page), file)).is_ok()
    }

    /// Says of the site in a folder what its pages were made of.
    pub fn keep(folder: &Path, names: &BTreeMap<PathBuf, String>) -> anyhow::Result<()> {
        let path = list(folder);
        let names = serde_json::to_vec(names).context("naming what pages were made of")?;
        std::fs::write(&path, names).with_context(|| format!("writing {}", path.display()))
    }
}

/// The file beside a site.
pub fn list(folder: &Path) -> PathBuf {
    folder.with_added_extension("pages")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_is_made_of_the_same_is_linked() {
        let shelf = tempfile::tempdir().unwrap();
        let (old, new) = (shelf.path().join("1"), shelf.path().join("2"));
        for folder in [&old, &new] {
            std::fs::create_dir(folder).unwrap();
            std::fs::write(folder.join("шаг.html"), folder.as_os_str().as_encoded_bytes()).unwrap();
        }
        let (page, file) = (Path::new("шаг.html"), new.join("шаг.html"));
        let is_old = || std::fs::read(&file).unwrap() == old.as_os_str().as_encoded_bytes();
        assert!(!Pages::of(&old).link(page, "а", &file), "nothing is known of it");
        Pages::keep(&old, &BTreeMap::from([(page.to_owned(), "а".to_owned())])).unwrap();
        assert!(!Pages::of(&old).link(page, "б", &file) && !is_old());
        assert!(Pages::of(&old).link(page, "а", &file) && is_old());
        std::fs::remove_file(old.join("шаг.html")).unwrap();
        assert!(!Pages::of(&old).link(page, "а", &file), "it is gone");
    }
}
