//! The site: written beside the old one, which goes only when the new one is whole.

use std::fs::File;
use std::path::Path;

use anyhow::Context as _;
use diagnostic::Diagnostic;
use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_html::HtmlHandlebars;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_renderer::{RenderContext, Renderer as _};
use tempfile::TempDir;

use crate::absent::leave_out;
use crate::bodies::{self, Bodies};
use crate::leftovers::without_leftovers;
use crate::linked::Earlier;
use crate::mdbook_log;
use crate::pipeline::{KEPT, Prepared};

/// The name of a site that is being written.
const STAGING: &str = ".new-";

/// Writes the site into a folder that may hold an older one, when this build has its turn; says what mdBook finds strange about it.
pub fn write(prepared: &mut Prepared, to: &Path, _: &Turn) -> anyhow::Result<Vec<Diagnostic>> {
    let doing = || format!("writing {}", to.display());
    std::fs::create_dir_all(to).with_context(doing)?;
    let staging = tempfile::Builder::new().prefix(STAGING).tempdir_in(to).with_context(doing)?;
    let said = render(prepared, staging.path(), Earlier::Never)?;
    for old in std::fs::read_dir(to).with_context(doing)? {
        let old = old.with_context(doing)?.path();
        if old == staging.path() {
            continue;
        }
        let removed =
            if old.is_dir() && !old.is_symlink() { std::fs::remove_dir_all(&old) } else { std::fs::remove_file(&old) };
        removed.with_context(|| format!("removing {}", old.display()))?;
    }
    for new in std::fs::read_dir(staging.path()).with_context(doing)? {
        let new = new.with_context(doing)?;
        std::fs::rename(new.path(), to.join(new.file_name())).with_context(doing)?;
    }
    sweep(prepared)?;
    Ok(said)
}

/// Removes what no page of a site that was written needs any more, of what is kept.
pub fn sweep(prepared: &Prepared) -> anyhow::Result<()> {
    let _turn = Turn::at(&prepared.written.root.join(KEPT))?;
    prepared.kept.sweep()
}

/// The right to write what lies in a folder. The system gives it back when a build ends, however it ends.
pub struct Turn {
    _file: File,
}

impl Turn {
    /// Waits until no other build writes the site of the book at `root`.
    pub fn of_site(root: &Path) -> anyhow::Result<Self> {
        Self::at(&root.join(".book"))
    }

    fn at(folder: &Path) -> anyhow::Result<Self> {
        let doing = || format!("waiting for other builds at {}", folder.display());
        std::fs::create_dir_all(folder).with_context(doing)?;
        let file = File::options().create(true).append(true).open(folder.join("turn")).with_context(doing)?;
        file.lock().with_context(doing)?;
        Ok(Self { _file: file })
    }
}

/// Writes the site into an empty folder; pages that are the same in an earlier one are linked. The book is gone afterwards.
pub fn render(prepared: &mut Prepared, to: &Path, earlier: Earlier<'_>) -> anyhow::Result<Vec<Diagnostic>> {
    let Prepared { written, book, pages, context, watcher, kept, .. } = prepared;
    let (config, src) = (&written.config, &written.config.book.src);
    let html = config.html_config().unwrap_or_default();
    let theme = html.theme.clone().unwrap_or_else(|| "theme".into());
    let mut book = std::mem::take(book);
    leave_out(&mut book, &watcher.left_out(), src);
    // A build removes the pages that it does not need, and another one may.
    let _turn = Turn::at(&written.root.join(KEPT))?;
    let bodies = match bodies::are_enough(&html, &written.root.join(&theme)) {
        true => Some(Bodies::of(&book, pages, config, kept)?),
        false => None,
    };
    match &bodies {
        Some(bodies) => bodies.mark(&mut book),
        None => pages.fill(&mut book)?,
    }
    let copy = without_leftovers(&written.root, &[src.clone(), theme])?;
    let root = copy.as_ref().map_or(written.root.as_path(), TempDir::path);
    let context = self::context(written, root, book, context, to);
    let (rendered, mut said) = mdbook_log::listen(|| HtmlHandlebars::new().render(&context));
    rendered.context("writing HTML")?;
    if let Some(bodies) = bodies {
        bodies.fill(to, earlier)?;
        said.extend(bodies.said);
    }
    Ok(mdbook_log::diagnostics(said, &written.book, src))
}

fn context(written: &MDBook, root: &Path, book: Book, context: &PreprocessorContext, to: &Path) -> RenderContext {
    let mut render = RenderContext::new(root, book, written.config.clone(), to);
    let titles = context.chapter_titles.borrow();
    render.chapter_titles.extend(titles.iter().map(|(path, title)| (path.clone(), title.clone())));
    render
}
