//! `cargo book take`: a page's code as a cargo project of its own.
//!
//! `mdbook-cells::standalone` makes the program, `crates` finds the teaching crate with its path dependencies and gives them
//! a manifest that inherits what the book's workspace says. A test removes the book and runs the project.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use engine::{Names, Toolchain};
use mdbook_cells::config::Config;
use mdbook_cells::run::Scope;
use mdbook_cells::standalone::standalone;
use mdbook_driver::MDBook;
use page::Page;

use crate::clock::Clock;
use crate::invocation::Invocation;
use crate::leftovers::is_leftover;
use crate::verdict::Verdict;
use crate::{checks, crates, select};

/// Takes a page's code away: a complete cargo project that builds and runs without the book.
///
/// The cells become one ordinary program; the teaching crate, what it needs, the data that cells may read and Cargo.lock come along, so
/// that the program prints what the page shows. `cargo run` in the folder runs it.
#[derive(Debug, Args)]
pub struct Take {
    /// The page, by file or by number.
    #[arg(value_name = "PAGE")]
    pub page: String,
    /// Folder of the project, which must not exist yet; by default it is called as the page and lies here.
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Run it at once, with what the book has compiled of others already.
    #[arg(long)]
    pub run: bool,
}

/// Does it.
pub fn run(take: &Take, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let book = match invocation.book(&Clock::default())? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let config = Config::read(&book.config)?;
    let draft = checks::draft(&book, &config, invocation.extension);
    let page = one(&take.page, &book, &draft.pages)?;
    ensure!(!page.cells.is_empty(), "{} has no cells: there is no code to take", page.path);
    let name = name(&page.path);
    let to = take.to.clone().unwrap_or_else(|| PathBuf::from(&name));
    ensure!(!to.exists(), "{} is there already; name another folder with --to", to.display());

    // Whole or not at all: the project is written beside its place.
    let parent = match to.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
    let staging = tempfile::Builder::new().prefix(".take-").tempdir_in(parent).context("making a folder")?;
    write(page, &name, &book, &config, staging.path())?;
    std::fs::rename(staging.keep(), &to).with_context(|| format!("writing {}", to.display()))?;
    invocation.console.say(&format!("{}: the code of {}; `cargo run` there runs it", to.display(), page.path));
    if !take.run {
        return Ok(Verdict::Fine);
    }
    let mut cargo = config.library(&book.root)?.run_beside(&Toolchain::find(&book.root)?)?;
    let status = cargo.current_dir(&to).status().context("starting cargo")?;
    Ok(if status.success() { Verdict::Fine } else { Verdict::Wrong })
}

/// The one page that a word names.
fn one<'a>(word: &str, book: &MDBook, pages: &'a [Page]) -> anyhow::Result<&'a Page> {
    let Scope::Pages(meant) = select::scope(book, &[word.to_owned()])? else { bail!("no page is named") };
    let mut found = pages.iter().filter(|page| meant.contains(&page.path));
    match (found.next(), found.next()) {
        (Some(page), None) => Ok(page),
        (Some(_), Some(_)) => bail!("`{word}` is {} pages; take one at a time", meant.len()),
        (None, _) => bail!("the book has no page `{word}`"),
    }
}

/// The file's name as a name of a package.
fn name(path: &str) -> String {
    let stem = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let safe = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '-' };
    let name: String = stem.chars().map(safe).collect();
    let name = name.trim_matches('-');
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name.to_owned(),
        _ => format!("page-{name}").trim_end_matches('-').to_owned(),
    }
}

fn write(page: &Page, name: &str, book: &MDBook, config: &Config, to: &Path) -> anyhow::Result<()> {
    let root = &book.root;
    let library = config.library(root)?;
    let mut crates = crates::with_dependencies(&library)?;
    if library.names == Names::Dependencies {
        crates.retain(|found| found.name != library.package);
    }
    for found in &crates {
        copy(&found.folder, &to.join(&found.name))?;
    }
    let data = root.join(&config.data);
    if data.is_dir() {
        copy(&data, &to.join("data"))?;
    }
    for (folder, file) in [(&library.root, "Cargo.lock"), (root, "rust-toolchain.toml")] {
        if folder.join(file).is_file() {
            std::fs::copy(folder.join(file), to.join(file)).with_context(|| format!("copying {file}"))?;
        }
    }
    let cells = page.cells.iter();
    let seed = cells.clone().find_map(|cell| cell.options.seed).unwrap_or(config.seed);
    let opt = cells.filter_map(|cell| cell.options.opt).max().unwrap_or(config.opt);
    let manifest = crates::manifest(&library, name, &crates, opt)?;
    put(&to.join("Cargo.toml"), &manifest)?;
    put(&to.join("src/main.rs"), &standalone(page, &config.prelude()))?;
    let settings = format!(
        "# As the book runs it.\n[env]\nBOOK_LANGUAGE = \"{}\"\nBOOK_SEED = \"{seed}\"\nRAYON_NUM_THREADS = \"1\"\n",
        config.words.code
    );
    put(&to.join(".cargo/config.toml"), &settings)?;
    let about =
        include_str!("../../templates/taken.md").replace("PAGE", &page.path).replace("LIBRARY", &library.package);
    put(&to.join("README.md"), &about)
}

fn put(file: &Path, text: &str) -> anyhow::Result<()> {
    let doing = || format!("writing {}", file.display());
    std::fs::create_dir_all(file.parent().expect("a file lies in a folder")).with_context(doing)?;
    std::fs::write(file, text).with_context(doing)
}

/// Copies a folder without what cargo has built in it and editors have left.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let doing = || format!("copying {}", from.display());
    std::fs::create_dir_all(to).with_context(doing)?;
    for entry in std::fs::read_dir(from).with_context(doing)? {
        let entry = entry.with_context(doing)?;
        if is_leftover(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            if entry.file_name() != "target" {
                copy(&path, &target)?;
            }
        } else {
            std::fs::copy(&path, &target).with_context(|| format!("copying {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_project_has_a_name_that_cargo_takes() {
        assert_eq!(name("src/math/svd.md"), "svd");
        assert_eq!(name("src/math/3-way.md"), "page-3-way");
        assert_eq!(name("src/глава/модель.md"), "page");
    }
}
