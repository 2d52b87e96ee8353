//! Pages as authors write them: what comes out of the whole pipeline, with the real compiler.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod artefacts;
mod errors;
mod language;
mod live;
mod mend;
mod outputs;
mod store;
mod unstable;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use diagnostic::Colour;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::run::{Progress, Runner, Scope};
use tempfile::TempDir;

/// A book in memory whose cells see the kernel and nothing else.
struct Book {
    folder: TempDir,
    config: Config,
}

/// What came of a book.
struct Built {
    /// Markdown of the pages that are right.
    pages: Vec<Option<String>>,
    /// Everything an author is told, as a terminal shows it.
    messages: String,
    /// Paths of the pages that were run.
    ran: Vec<String>,
}

impl Book {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = format!(
            "[book]\nlanguage = \"ru\"\n[preprocessor.cells]\nlibrary = \"mdbook-cells-kernel\"\nstore = '{0}/store'\ndata = '{0}/data'\nfold-lines = 6\n\
             [preprocessor.cells.limits]\nseconds = 600\n",
            folder.path().display()
        );
        std::fs::create_dir(folder.path().join("data")).unwrap();
        let config = Config::read(&settings.parse().unwrap()).unwrap();
        Self { folder, config }
    }

    fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join("data").join(name)
    }

    fn build(&self, pages: &[(&str, &str)]) -> Built {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let pages = pages.iter().map(|(path, text)| ((*path).to_owned(), *text));
        let draft = Draft::read(pages, &self.config, &[]);
        let runner = Runner::new(root, self.config.clone(), env!("CARGO_BIN_EXE_cells-launcher").into()).unwrap();
        let ran = Mutex::new(Vec::new());
        let listen = |progress| {
            if let Progress::Ran { page, .. } = progress {
                ran.lock().unwrap().push(page);
            }
        };
        let (results, mut diagnostics) = runner.run(&draft.jobs(), &Scope::Book, &listen).unwrap();
        let (pages, more) = draft.render(&results, &self.config);
        diagnostics.extend(more);
        diagnostics.extend(draft.diagnostics.iter().cloned());
        diagnostic::sort(&mut diagnostics);
        let messages = diagnostic::render_all(&diagnostics, &draft.sources(), Colour::Never);
        let mut ran = ran.into_inner().unwrap();
        ran.sort();
        Built { pages, messages, ran }
    }
}

/// Builds one page; messages first, then its Markdown.
fn page(text: &str) -> String {
    let built = Book::new().build(&[("src/урок.md", text)]);
    let page = built.pages[0].clone().unwrap_or_else(|| "(the page is wrong)\n".into());
    if built.messages.is_empty() { page } else { format!("{}\n\n{page}", built.messages) }
}

/// Builds one page that is wrong; its messages.
fn messages(text: &str) -> String {
    Book::new().build(&[("src/урок.md", text)]).messages
}
