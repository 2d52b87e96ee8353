//! Books without a compiler: what is planned, run, kept and put together, with an engine whose programs are read instead of compiled.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod artefacts;
mod kept;
mod program;
mod states;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use diagnostic::Colour;
use engine::Environment;
use engine::fake::Fake;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::run::{PageResult, Runner, Scope};
use tempfile::TempDir;

/// A book in a folder, and the programs that were run for it.
struct Book {
    folder: TempDir,
    environment: Environment,
    ran: Arc<Mutex<Vec<String>>>,
}

/// What came of a book.
struct Built {
    results: Vec<PageResult>,
    /// Everything an author is told, as a terminal shows it.
    messages: String,
    /// The files of the programs that were run.
    ran: Vec<String>,
}

impl Book {
    fn new() -> Self {
        let library = BTreeMap::from([("ml/src/lib.rs".to_owned(), "0".to_owned())]);
        let environment = Environment { compiler: "rustc 1.95.0".into(), library, ..Environment::default() };
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        Self { folder, environment, ran: Arc::default() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn build(&self, pages: &[(&str, &str)]) -> Built {
        self.build_within(&Scope::Book, pages)
    }

    fn build_within(&self, scope: &Scope, pages: &[(&str, &str)]) -> Built {
        let config = Config::default();
        let draft = Draft::read(pages.iter().map(|(path, text)| ((*path).to_owned(), *text)), &config, &[]);
        let ran = Arc::clone(&self.ran);
        let engine = Fake::new(self.environment.clone(), move |unit, speaker| {
            ran.lock().unwrap().push(unit.file.clone());
            program::speak(unit, speaker)
        });
        let runner = Runner::with(engine, self.folder.path(), config);
        let (results, mut diagnostics) = runner.run(&draft.jobs(), scope, &|_| {}).unwrap();
        diagnostics.extend(results.iter().flat_map(|result| result.diagnostics.iter().cloned()));
        diagnostics.extend(draft.diagnostics.iter().cloned());
        diagnostic::sort(&mut diagnostics);
        let messages = diagnostic::render_all(&diagnostics, &draft.sources(), Colour::Never);
        let mut ran = std::mem::take(&mut *self.ran.lock().unwrap());
        ran.sort();
        Built { results, messages, ran }
    }
}
