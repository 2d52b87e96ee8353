//! `cargo book pdf`: pages as files for paper, or as one.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use mdbook_driver::book::{BookItem, Chapter};

use crate::clock::Clock;
use crate::cmd::build::{self, Build};
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::paper::bind::{Printed, bind, sheets};
use crate::paper::contents::{self, Line};
use crate::paper::printer::Printer;
use crate::select;
use crate::verdict::Verdict;

/// Builds the site and prints pages of it into PDF files, with an installed Chromium.
///
/// A file has numbered pages, its title at the head of each, and an outline of its headings; what is on paper is decided by the book's
/// theme. It lies in the folder as its page in src: pdf/math/svd.pdf. With `--into` all of them are one file, with contents and one
/// numbering: `pdf 1 --into first-part.pdf`.
#[derive(Debug, Args)]
pub struct Pdf {
    /// Pages to print, by file or by number; all when none is named.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// Folder of the files; by default pdf in the book's folder.
    #[arg(long, value_name = "DIR", conflicts_with = "into")]
    pub to: Option<PathBuf>,
    /// One file for all of them.
    #[arg(long, value_name = "FILE")]
    pub into: Option<PathBuf>,
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
    let site = book.build_dir_for("html");
    let site = site.canonicalize().with_context(|| format!("finding {}", site.display()))?;
    let write = |file: &Path, bytes: &[u8]| {
        let doing = || format!("writing {}", file.display());
        std::fs::create_dir_all(file.parent().with_context(doing)?).with_context(doing)?;
        std::fs::write(file, bytes).with_context(doing)?;
        let shown = file.strip_prefix(root).unwrap_or(file).display();
        console.say(&format!("{shown}: {:.1} MB", bytes.len() as f64 / 1e6));
        anyhow::Ok(())
    };
    let chosen = chosen(&book, &scope);
    if let Some(file) = &pdf.into {
        let volume =
            Volume { printer: &printer, site: &site, title: title(&book, &pdf.pages), language: language(&book) };
        write(&root.join(file), &volume.print(&chosen)?)?;
    } else {
        let to = pdf.to.clone().unwrap_or_else(|| root.join("pdf"));
        for (chapter, inside) in chosen.iter().filter_map(|(chapter, path)| Some((chapter, path.as_ref()?))) {
            let page = site.join(inside.with_extension("html"));
            let bytes = printer.print(&page)?;
            let bound = bind(&chapter.name, &[Printed { page: Some(page), bytes }], 0)?;
            write(&to.join(inside.with_extension("pdf")), &bound)?;
        }
    }
    console.say(&format!("{} printed", counted(chosen.iter().filter(|(_, path)| path.is_some()).count(), "page")));
    Ok(Verdict::Fine)
}

/// Chapters to print, with where they lie in the site but for the end of their names, and those without a page that stand over them.
fn chosen<'a>(book: &'a MDBook, scope: &Scope) -> Vec<(&'a Chapter, Option<PathBuf>)> {
    let is_meant = |chapter: &Chapter| {
        let path = step::chapter::path(chapter, &book.config.book.src);
        path.is_some_and(|path| match scope {
            Scope::Book => true,
            Scope::Pages(pages) => pages.contains(&path),
        })
    };
    let chapters: Vec<&Chapter> = book.iter().filter_map(chapter).collect();
    let is_over = |over: &Chapter| {
        let number = over.number.as_ref().map(ToString::to_string).unwrap_or_default();
        let below =
            |chapter: &&&Chapter| chapter.number.as_ref().is_some_and(|own| own.to_string().starts_with(&number));
        !number.is_empty() && chapters.iter().filter(below).any(|chapter| is_meant(chapter))
    };
    let found = chapters.iter().filter_map(|chapter| {
        let path = chapter.path.as_deref().filter(|_| is_meant(chapter)).map(published);
        (path.is_some() || is_over(chapter)).then_some((*chapter, path))
    });
    found.collect()
}

fn chapter(item: &BookItem) -> Option<&Chapter> {
    if let BookItem::Chapter(chapter) = item { Some(chapter) } else { None }
}

/// What a volume is called: as the book, and the part when it is one.
fn title(book: &MDBook, words: &[String]) -> String {
    let title = book.config.book.title.clone().unwrap_or_default();
    let [word] = words else { return title };
    let number = format!("{}.", word.trim_end_matches('.'));
    let is_it = |chapter: &&Chapter| chapter.number.as_ref().is_some_and(|own| own.to_string() == number);
    let part = book.iter().filter_map(chapter).find(is_it);
    part.map_or(title.clone(), |part| format!("{title}. {}", part.name))
}

fn language(book: &MDBook) -> String {
    book.config.book.language.clone().unwrap_or_else(|| "en".to_owned())
}

/// Many pages as one file.
struct Volume<'a> {
    printer: &'a Printer,
    site: &'a Path,
    title: String,
    language: String,
}

impl Volume<'_> {
    fn print(&self, chosen: &[(&Chapter, Option<PathBuf>)]) -> anyhow::Result<Vec<u8>> {
        let (mut printed, mut lines, mut before) = (Vec::new(), Vec::new(), 0);
        for (chapter, inside) in chosen {
            let number = chapter.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            let depth = chapter.number.as_ref().map_or(1, |number| number.len());
            let title = format!("{number}{}", chapter.name);
            let Some(inside) = inside else {
                lines.push(Line { depth, title, begins: None });
                continue;
            };
            let page = self.site.join(inside.with_extension("html"));
            let bytes = self.printer.print_behind(&page, before)?;
            lines.push(Line { depth, title, begins: Some((page.clone(), before + 1)) });
            before += sheets(&bytes)?;
            printed.push(Printed { page: Some(page), bytes });
        }
        let folder = tempfile::tempdir().context("making a folder for the contents")?;
        let page = folder.path().join("contents.html");
        std::fs::write(&page, contents::page(&self.title, &self.language, &lines)).context("writing the contents")?;
        printed.insert(0, Printed { page: None, bytes: self.printer.print(&page)? });
        bind(&self.title, &printed, 1)
    }
}

/// Where a page lies in the site, but for the end of its name.
fn published(page: &Path) -> PathBuf {
    let is_index = page.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    if is_index { page.with_file_name("index.md") } else { page.to_owned() }
}
