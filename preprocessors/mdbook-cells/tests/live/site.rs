//! A book with live figures, built once: a page, and the same page with other default values.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use book_test::copy;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::run::{Runner, Scope};
use mdbook_driver::MDBook;
use site_check::{Chromium, find_chromium};
use tempfile::TempDir;

/// The default value of the first figure's input, and those of the other pages.
pub const DEFAULT: &str = "1.0";
pub const OTHERS: [&str; 3] = ["0.5", "1.7", "2.5"];

const SETTINGS: &str = "[book]\ntitle = \"Проба\"\nlanguage = \"ru\"\n\n[output.html]\nsmart-punctuation = false\n\
    additional-css = [\"theme/katex/katex.min.css\", \"theme/css/cells.css\", \"theme/css/live.css\"]\n\
    additional-js = [\"theme/live.js\"]\nsearch = { enable = false }\n";

/// Where a page with a default value lies.
pub fn page(default: &str) -> String {
    format!("{}.html", name(default))
}

fn name(default: &str) -> String {
    format!("page-{}", default.replace('.', "-"))
}

/// The root of the book.
pub fn site() -> &'static Path {
    static SITE: LazyLock<TempDir> = LazyLock::new(|| {
        let root = TempDir::new().expect("a folder for the book");
        let theme = root.path().join("theme");
        copy(&workspace().join("theme"), &theme);
        // What a build of the course has written there speaks of its pages.
        let _ = fs::remove_file(theme.join("head.hbs"));
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live/рычаги.md"));
        let text = text.expect("the page is part of the tests");
        let of = |default: &&str| (format!("src/{}.md", name(default)), text.replace("DEFAULT", default));
        let pages: Vec<(String, String)> = [DEFAULT].iter().chain(&OTHERS).map(of).collect();
        let mut summary = String::new();
        fs::create_dir(root.path().join("src")).expect("a folder for pages");
        for ((path, _), text) in pages.iter().zip(run(&pages)) {
            fs::write(root.path().join(path), text).expect("a page is written");
            summary.push_str(&format!("- [Страница]({})\n", path.trim_start_matches("src/")));
        }
        fs::write(root.path().join("src/SUMMARY.md"), summary).expect("the summary is written");
        fs::write(root.path().join("book.toml"), SETTINGS).expect("the settings are written");
        MDBook::load(root.path()).and_then(|book| book.build()).expect("the book builds");
        root
    });
    SITE.path()
}

/// Pages with everything that their cells computed.
pub fn run(pages: &[(String, String)]) -> Vec<String> {
    let store = TempDir::new().expect("a folder for the store");
    let settings = format!(
        "[book]\nlanguage = \"ru\"\n[preprocessor.cells]\nlibrary = \"ml\"\nstore = '{}'\n",
        store.path().display()
    );
    let config = Config::read(&settings.parse().expect("the settings are right")).expect("the settings are right");
    let draft = Draft::read(pages.iter().map(|(path, text)| (path.clone(), text.as_str())), &config, &[]);
    let launcher = env!("CARGO_BIN_EXE_cells-launcher").into();
    let runner = Runner::new(&workspace(), config.clone(), launcher).expect("the teaching crate is there");
    let (results, mut diagnostics) = runner.run(&draft.jobs(), &Scope::Book, &|_| {}).expect("the pages are run");
    let (texts, more) = draft.render(&results, &config);
    diagnostics.extend(more);
    diagnostics.extend(draft.diagnostics.iter().cloned());
    assert_eq!(diagnostics, []);
    texts.into_iter().map(|text| text.expect("nothing is wrong")).collect()
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the workspace is two folders up").to_owned()
}

/// One browser at a time: this machine is small.
pub fn chromium() -> Option<(Chromium, MutexGuard<'static, ()>)> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if find_chromium().is_none() {
        assert!(std::env::var_os("BOOK_REQUIRE_CHROMIUM").is_none(), "there is no Chromium on the PATH");
        eprintln!("skipped: there is no Chromium on the PATH");
        return None;
    }
    Some((Chromium::start().expect("Chromium starts"), turn))
}
