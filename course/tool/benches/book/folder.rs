//! Where the books of the benchmark lie: a workspace like the repository's with other pages, and the same pages for plain mdBook.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::pages::{self, Edits};
use crate::process;

/// The repository's folder.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the package lies in course/tool").to_owned()
}

/// What every book of the repository needs.
const SHARED: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo",
    "book.toml",
    "theme",
    "ml",
    "preprocessors",
    "course",
];

/// What the lectures need besides.
const LECTURES: [&str; 8] = [
    "src",
    "data",
    "bibliography.yml",
    "glossary.toml",
    "syllabus.json",
    "spelling.txt",
    "synonyms.txt",
    "changes.toml",
];

/// Makes the folder `root` a copy of what the repository's own book is made of.
pub fn lectures(root: &Path) -> anyhow::Result<()> {
    take(&SHARED, root)?;
    take(&LECTURES, root)
}

fn take(names: &[&str], root: &Path) -> anyhow::Result<()> {
    names.iter().try_for_each(|name| copy(&repository().join(name), &root.join(name)))
}

/// A book on disk.
pub struct Folder {
    /// Its root.
    pub root: PathBuf,
    pages: usize,
    edits: Vec<Edits>,
}

impl Folder {
    /// Our book: the teaching crate, theme and configuration of the repository. They are copied, so that nobody's edit shows in the
    /// middle of a measurement; what is built there stays for the next time.
    pub fn ours(root: PathBuf) -> anyhow::Result<Self> {
        take(&SHARED, &root)?;
        fs::create_dir_all(root.join("data")).context("creating a folder for data")?;
        Ok(Self { root, pages: 0, edits: Vec::new() })
    }

    /// A book for mdBook as everybody has it, with these lines at the end of its book.toml.
    pub fn plain(root: PathBuf, more: &str) -> anyhow::Result<Self> {
        const BOOK: &str =
            "[book]\ntitle = \"Книга\"\nlanguage = \"ru\"\n\n[output.html.playground]\nrunnable = false\n";
        write(&root.join("book.toml"), &format!("{BOOK}\n{more}"))?;
        Ok(Self { root, pages: 0, edits: Vec::new() })
    }

    /// Makes it a book of so many pages as they were first written.
    pub fn set(&mut self, pages: usize) -> anyhow::Result<()> {
        let src = self.root.join("src");
        if src.exists() {
            fs::remove_dir_all(&src).context("removing the last book")?;
        }
        (self.pages, self.edits) = (pages, vec![Edits::default(); pages]);
        write(&src.join("SUMMARY.md"), &pages::summary(pages))?;
        write(&src.join("index.md"), "# О книге\n\nЭту книгу написал измеритель времени.\n")?;
        (0..pages).try_for_each(|page| self.write(page))
    }

    /// Edits a page.
    pub fn edit(&mut self, page: usize, edit: impl FnOnce(&mut Edits)) -> anyhow::Result<()> {
        edit(&mut self.edits[page]);
        self.write(page)
    }

    /// Paths of the pages from the root, and their texts.
    pub fn texts(&self) -> Vec<(String, String)> {
        (0..self.pages).map(|page| self.text(page)).collect()
    }

    /// One of them.
    pub fn text(&self, page: usize) -> (String, String) {
        (format!("src/{}", pages::path(page)), pages::page(page, self.edits[page]))
    }

    /// Forgets all that was computed; the teaching crate stays built.
    pub fn forget(&self) -> anyhow::Result<()> {
        process::forget(
            &self.root,
            &[
                ".book/store",
                ".book/formulas",
                ".book/local/incremental",
                ".book/local/pages",
                ".book/local/site",
                "book",
            ],
        )
    }

    fn write(&self, page: usize) -> anyhow::Result<()> {
        let (path, text) = self.text(page);
        write(&self.root.join(path), &text)
    }
}

/// Copies a file or a folder, and touches nothing that is the same already: cargo goes by the time of writing.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let doing = || format!("copying {}", from.display());
    if !from.is_dir() {
        let content = fs::read(from).with_context(doing)?;
        if fs::read(to).is_ok_and(|before| before == content) {
            return Ok(());
        }
        fs::create_dir_all(to.parent().with_context(doing)?).with_context(doing)?;
        return fs::write(to, content).with_context(doing);
    }
    fs::create_dir_all(to).with_context(doing)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(from).with_context(doing)? {
        let name = entry.with_context(doing)?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
        names.push(name);
    }
    for entry in fs::read_dir(to).with_context(doing)? {
        let entry = entry.with_context(doing)?;
        if !names.contains(&entry.file_name()) {
            let path = entry.path();
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.with_context(|| format!("removing {}", path.display()))?;
        }
    }
    Ok(())
}

/// Writes a file into a folder that need not be there yet.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let doing = || format!("writing {}", path.display());
    fs::create_dir_all(path.parent().with_context(doing)?).with_context(doing)?;
    fs::write(path, text).with_context(doing)
}
