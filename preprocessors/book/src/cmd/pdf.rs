//! `cargo book pdf`: pages as files for paper.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use mdbook_cells::run::Scope;

use crate::clock::Clock;
use crate::cmd::build::{self, Build};
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::printer::Printer;
use crate::select;
use crate::verdict::Verdict;

/// Builds the site and prints pages of it into PDF files, with an installed Chromium.
///
/// A file has numbered pages, its title at the head of each, and an outline of its headings; what is on paper is decided by the book's
/// theme. It lies in the folder as its page in src: pdf/math/svd.pdf.
#[derive(Debug, Args)]
pub struct Pdf {
    /// Pages to print, by file or by number; all when none is named.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// Folder of the files; by default pdf in the book's folder.
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

/// Does it.
pub fn run(pdf: &Pdf, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let Invocation { root, console, .. } = invocation;
    let printer = Printer::find(&std::env::var_os("PATH").unwrap_or_default())?;
    let build = Build { pages: pdf.pages.clone(), keep_going: false, zip: false, require_sandbox: false };
    match build::run(&build, invocation)? {
        Verdict::Fine => {}
        wrong => return Ok(wrong),
    }
    let book = match invocation.book(&Clock::default())? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let scope = select::scope(&book, &pdf.pages)?;
    let is_meant = |path: &str| match &scope {
        Scope::Book => true,
        Scope::Pages(pages) => pages.contains(path),
    };
    let (site, to) = (book.build_dir_for("html"), pdf.to.clone().unwrap_or_else(|| root.join("pdf")));
    let mut printed = 0;
    for chapter in book.book.chapters() {
        let Some(inside) = chapter.path.as_deref().map(published) else { continue };
        if !step::chapter::path(chapter, &book.config.book.src).is_some_and(|path| is_meant(&path)) {
            continue;
        }
        let bytes = printer.print(&site.join(inside.with_extension("html")))?;
        let file = to.join(inside.with_extension("pdf"));
        let doing = || format!("writing {}", file.display());
        std::fs::create_dir_all(file.parent().with_context(doing)?).with_context(doing)?;
        std::fs::write(&file, &bytes).with_context(doing)?;
        let shown = file.strip_prefix(root).unwrap_or(&file).display();
        console.say(&format!("{shown}: {:.1} MB", bytes.len() as f64 / 1e6));
        printed += 1;
    }
    console.say(&format!("{} printed", counted(printed, "page")));
    Ok(Verdict::Fine)
}

/// Where a page lies in the site, but for the end of its name.
fn published(page: &Path) -> PathBuf {
    let is_index = page.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    if is_index { page.with_file_name("index.md") } else { page.to_owned() }
}
