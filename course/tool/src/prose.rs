//! The prose of the pages, for a book that keeps a list of its own words.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use book::Fixes;
use diagnostic::Diagnostic;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use prose::Dictionary;
use rayon::prelude::*;

/// Words that the dictionary does not have, at the book's root. A book without the file is not looked at.
const OWN: &str = "spelling.txt";
/// Where systems keep Hunspell's dictionaries.
const FOLDERS: [&str; 4] =
    ["/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell"];
/// Set where the spelling must be looked at.
const REQUIRED: &str = "BOOK_REQUIRE_DICTIONARY";

/// How the prose of a book is read.
pub struct Prose {
    dictionary: Option<Dictionary>,
}

impl Prose {
    /// For the book at `root`; nothing when its prose is its own affair.
    pub fn of(root: &Path) -> anyhow::Result<Option<Self>> {
        let path = root.join(OWN);
        let own = match std::fs::read_to_string(&path) {
            Ok(own) => own,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        let Some(file) = dictionary() else {
            if std::env::var_os(REQUIRED).is_some() {
                bail!("{REQUIRED} is set, and no folder of dictionaries has ru_RU.dic: {}", FOLDERS.join(", "));
            }
            return Ok(Some(Self { dictionary: None }));
        };
        let read = |file: &Path| std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()));
        let dictionary = Dictionary::new(&read(&file.with_extension("aff"))?, &read(&file)?, &own);
        let dictionary = dictionary.map_err(|error| anyhow::anyhow!("reading {}: {error}", file.display()))?;
        Ok(Some(Self { dictionary: Some(dictionary) }))
    }

    /// Whether words are looked up.
    pub fn spells(&self) -> bool {
        self.dictionary.is_some()
    }

    /// What is wrong with the prose of the pages.
    pub fn check(&self, book: &MDBook, scope: &Scope) -> Vec<Diagnostic> {
        let pages = pages(book, scope);
        let found = pages.par_iter().flat_map_iter(|(path, text)| {
            let findings = prose::lint(text, self.dictionary.as_ref());
            findings.into_iter().map(move |finding| prose::diagnostic(&finding, path))
        });
        found.collect()
    }

    /// What a machine can mend.
    pub fn fixes(&self, book: &MDBook, scope: &Scope) -> Vec<Fixes> {
        let pages = pages(book, scope);
        let mended = pages.par_iter().map(|(path, text)| {
            let changes = prose::fixes(&prose::lint(text, self.dictionary.as_ref()));
            Fixes { path: path.clone(), text: text.clone(), changes }
        });
        mended.filter(|page| !page.changes.is_empty()).collect()
    }
}

/// The pages of a scope as they were written.
fn pages(book: &MDBook, scope: &Scope) -> Vec<(String, String)> {
    let src = &book.config.book.src;
    let pages =
        book.book.chapters().filter_map(|chapter| Some((step::chapter::path(chapter, src)?, chapter.content.clone())));
    match scope {
        Scope::Book => pages.collect(),
        Scope::Pages(asked) => pages.filter(|(path, _)| asked.contains(path)).collect(),
    }
}

fn dictionary() -> Option<PathBuf> {
    FOLDERS.iter().map(|folder| Path::new(folder).join("ru_RU.dic")).find(|file| file.is_file())
}
