//! Many edits of many kinds, one after the other, under `serve`: after each of them the site is what a clean build gives.
//!
//! The long run: `BOOK_EDITS=1000 cargo test --workspace --test book edits`.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::fixture::{self, BookTest, Chance, count};

/// A page that edits make, change, rename and remove.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    name: String,
    prose: u64,
    cell: u64,
    wrong: bool,
}

/// All that edits change.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    pages: Vec<Page>,
    data: u64,
    library: u64,
    prose: u64,
}

impl State {
    /// The files that are not as in the fixture.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let mut summary = "# Содержание\n\n[О книге](index.md)\n\n- [Данные](данные.md)\n".to_owned();
        for Page { name, prose, cell, wrong } in &self.pages {
            summary.push_str(&format!("- [Страница](глава/{name}.md)\n"));
            let expected = cell + u64::from(*wrong);
            files.insert(
                format!("src/глава/{name}.md"),
                format!(
                    "# Страница {name}\n\n```rust cell\nlet x = {cell}_u64;\nprintln!(\"{{x}} {{}}\", kernel::edit());\n```\n\n\
                     Правка {prose}: `=x` и $x_{{{prose}}}$. <!-- claim: x == {expected} -->\n"
                ),
            );
        }
        files.insert("src/SUMMARY.md".into(), summary);
        files.insert("src/index.md".into(), format!("# О книге\n\nПравка {}.\n", self.prose));
        files.insert("data/ирис.csv".into(), "5.1,3.5\n".repeat(2 + usize::try_from(self.data % 7).unwrap()));
        files.insert(
            "kernel/src/edit.rs".into(),
            format!("/// Правка.\npub fn edit() -> u64 {{\n    {}\n}}\n", self.library),
        );
        files
    }

    /// Another state and what was done.
    fn edited(&self, number: u64, chance: &mut Chance, earlier: &[Self]) -> (Self, &'static str) {
        let mut next = self.clone();
        let page = usize::try_from(chance.below(self.pages.len() as u64)).unwrap();
        let kind = match chance.below(20) {
            0..5 => {
                next.pages[page].prose = number;
                "prose"
            }
            5..9 => {
                next.pages[page].cell = number;
                "cell"
            }
            9..11 => {
                next.data += 1;
                "data file"
            }
            11 => {
                next.library = number;
                "teaching crate"
            }
            12 if self.pages.len() > 2 => {
                next.pages.remove(page);
                "delete"
            }
            12 | 13 => {
                next.pages.insert(page, Page { name: format!("новая{number}"), prose: 0, cell: number, wrong: false });
                "new page"
            }
            14..16 => {
                next.pages[page].name = format!("имя{number}");
                "rename"
            }
            16 => {
                next.pages[page].wrong = !next.pages[page].wrong;
                "mistake"
            }
            17 => {
                next.prose = number;
                "prose"
            }
            _ => {
                next = earlier[usize::try_from(chance.below(earlier.len() as u64)).unwrap()].clone();
                "revert"
            }
        };
        // A book stays wrong for one edit only.
        if kind != "mistake" {
            next.pages.iter_mut().for_each(|page| page.wrong = false);
        }
        (next, kind)
    }
}

/// Makes the files of a book those of a state: as an editor does, those that differ, one after the other.
fn apply(book: &BookTest, from: Option<&State>, to: &State) {
    let (old, new) = (from.map(State::files).unwrap_or_default(), to.files());
    for (path, text) in new.iter().filter(|(path, text)| old.get(*path) != Some(*text)) {
        book.write(path, text);
    }
    for path in old.keys().filter(|path| !new.contains_key(*path)) {
        std::fs::remove_file(book.path(path)).unwrap();
    }
}

fn new_book(state: &State) -> BookTest {
    let book = fixture::book();
    std::fs::remove_dir_all(book.path("src/глава")).unwrap();
    book.replace("kernel/src/lib.rs", "mod channel;", "mod channel;\nmod edit;\npub use edit::edit;");
    // The server gives files no names of their contents.
    book.replace("book.toml", "smart-punctuation = false", "smart-punctuation = false\nhash-files = false");
    apply(&book, None, state);
    book
}

struct Server {
    child: Child,
    temporary: tempfile::TempDir,
}

impl Server {
    fn start(book: &BookTest) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let mut command = book.command(&["serve", "--port", "0"]);
        command.env("TMPDIR", temporary.path()).stdout(Stdio::null()).stderr(Stdio::null());
        Self { child: command.spawn().unwrap(), temporary }
    }

    /// The folder of the last site that was begun.
    fn site(&self) -> Option<PathBuf> {
        let shelf = std::fs::read_dir(self.temporary.path()).unwrap().flatten().map(|entry| entry.path());
        let shelf =
            shelf.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with("book-serve-"))?;
        let sites = std::fs::read_dir(shelf).ok()?.flatten().map(|site| site.path());
        sites.max_by_key(|site| site.file_name().unwrap().to_string_lossy().parse::<u64>().unwrap_or(0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        // A site that is replaced meanwhile is not the one that is wanted.
        for entry in std::fs::read_dir(inside).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    files
}

#[test]
fn after_any_edits_the_site_that_is_served_is_that_of_a_clean_build() {
    let edits = u64::from(count("BOOK_EDITS", 12));
    let page = |name: &str| Page { name: name.to_owned(), prose: 0, cell: 1, wrong: false };
    let mut state =
        State {
            pages: vec![page("первая"), page("вторая"), page("третья")], data: 0, library: 0, prose: 0
        };
    let (edited, clean) = (new_book(&state), new_book(&state));
    let server = Server::start(&edited);
    let mut chance = Chance(u64::from(count("BOOK_SEED", 0x50a4)));
    let mut earlier = vec![state.clone()];
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut slowest = Duration::ZERO;
    for number in 1..=edits {
        let (next, kind) = state.edited(number, &mut chance, &earlier);
        *kinds.entry(kind).or_default() += 1;
        let begun = Instant::now();
        apply(&edited, Some(&state), &next);
        apply(&clean, Some(&state), &next);
        for folder in ["book", ".book/store", ".book/formulas"] {
            let path = clean.path(folder);
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
        let code = clean.book(&["build"]).code;
        assert_eq!(code, i32::from(next.pages.iter().any(|page| page.wrong)), "edit {number}, {kind}");
        if code == 0 {
            let right = files(&clean.path("book"));
            while server.site().is_none_or(|site| files(&site) != right) {
                let waited = begun.elapsed();
                // Only a server that has stopped working is that slow, however busy the machine is.
                assert!(waited < Duration::from_secs(1800), "edit {number}, {kind}: {next:?}");
                std::thread::sleep(Duration::from_millis(20));
            }
            slowest = slowest.max(begun.elapsed());
            earlier.push(next.clone());
        }
        state = next;
        if number % 100 == 0 {
            eprintln!("{number} edits: {kinds:?}");
        }
    }
    eprintln!("{edits} edits: {kinds:?}; the slowest took {slowest:.1?} with its clean build");
}
