//! A shared store: what one machine ran, another takes; what is wrong there is refused, and what is pulled can be audited.

mod branch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mdbook_cells::execution::Output;
use mdbook_cells::run::parcel::Parcel;
use store::{Key, seal, unseal};
use tempfile::TempDir;

use crate::fixture::{self, BookTest, pages};

const ALL: [&str; 3] = ["src/глава/модель.md", "src/глава/проверка.md", "src/данные.md"];

/// A machine that has built the book, and a folder to which it gave what its pages gave.
struct Given {
    machine: BookTest,
    folder: TempDir,
}

impl Given {
    fn new() -> Self {
        Self::of(fixture::book())
    }

    fn of(machine: BookTest) -> Self {
        let said = machine.book(&["build"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        let given = Self { machine, folder: tempfile::tempdir().unwrap() };
        assert_eq!(given.push().len(), 3);
        given
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn push(&self) -> Vec<String> {
        pages(&self.machine.events(&["store", "push", self.path()]), "pushed")
    }

    fn results(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join("results")).unwrap();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// The result of a page.
    fn parcel(&self, page: &str) -> (PathBuf, Parcel) {
        let read = |file: PathBuf| (file.clone(), Parcel::unpack(&key(&file), &fs::read(&file).unwrap()).unwrap());
        self.results().into_iter().map(read).find(|(_, parcel)| parcel.page() == page).unwrap()
    }

    /// Puts another result in the place of that of a page, as somebody would who has the tool.
    fn forge(&self, page: &str, change: impl FnOnce(&mut Parcel)) {
        let (file, mut parcel) = self.parcel(page);
        change(&mut parcel);
        fs::remove_file(file).unwrap();
        let file = self.folder.path().join("results").join(parcel.key().to_string());
        fs::write(file, parcel.pack().unwrap()).unwrap();
    }
}

fn key(file: &Path) -> Key {
    Key::parse(file.file_name().unwrap().to_str().unwrap()).unwrap()
}

/// Pulls; gives the pages whose results came.
fn pull(book: &BookTest, from: &str) -> Vec<String> {
    pages(&book.events(&["store", "pull", from]), "pulled")
}

/// What the tool says, with `HASH` for every key.
fn said(book: &BookTest, arguments: &[&str]) -> String {
    let shown = book.book(arguments).shown();
    let words: Vec<String> = shown.split_inclusive([' ', '\n', ':']).map(without_key).collect();
    words.concat()
}

fn without_key(word: &str) -> String {
    match word.strip_prefix("results/").filter(|key| key.trim_end().trim_end_matches(':').len() == 64) {
        Some(key) => format!("results/HASH{}", &key[64..]),
        None => word.to_owned(),
    }
}

#[test]
fn the_first_build_after_a_pull_runs_no_page_and_builds_no_library() {
    let given = Given::new();
    assert!(given.push().is_empty(), "all of it is there");
    let book = fixture::book();
    assert_eq!(pull(&book, given.path()), ALL);
    assert!(book.book(&["store", "pull", given.path()]).stderr.contains("0 pages; 3 were here already"));
    assert!(book.ran(&["build"]).is_empty());
    assert!(!book.path("target").exists(), "cargo has built nothing");
    assert!(book.files("book") == given.machine.files("book"), "the site is the one that is built from nothing");
    let why = book.book(&["why", "данные.md"]).stdout;
    assert!(why.contains("would not run") && why.contains("because its result was pulled"), "{why}");
}

#[test]
fn after_a_pull_an_edit_of_any_kind_runs_what_it_would_have_run() {
    let given = Given::new();
    type Edit<'a> = (&'a str, &'a [&'a str], &'a dyn Fn(&BookTest));
    let edits: [Edit<'_>; 6] = [
        ("prose", &[], &|book| book.replace("src/данные.md", "В таблице", "В этой таблице")),
        ("a cell", &["src/данные.md"], &|book| book.replace("src/данные.md", "строк: {длина}", "строк {длина}")),
        ("a file that was read", &["src/данные.md"], &|book| {
            book.write("data/ирис.csv", &format!("{}1\n", book.read("data/ирис.csv")));
        }),
        ("what saves an artefact", &ALL[..1], &|book| book.replace("src/глава/модель.md", "40 + 2", "41 + 1")),
        ("the library", &ALL, &|book| {
            book.write("kernel/src/lib.rs", &format!("{}\n// Иная.\n", book.read("kernel/src/lib.rs")));
        }),
        ("a setting", &ALL, &|book| book.replace("book.toml", "opt = 0", "opt = 0\nseed = 7")),
    ];
    for (number, (what, runs, edit)) in edits.into_iter().enumerate() {
        let book = fixture::book();
        // Before or after.
        if number % 2 == 0 {
            edit(&book);
        }
        pull(&book, given.path());
        if number % 2 == 1 {
            edit(&book);
        }
        assert_eq!(book.ran(&["build"]), runs, "{what}");
        let site = book.files("book");
        fs::remove_dir_all(book.path(".book")).unwrap();
        book.ran(&["build"]);
        assert!(site == book.files("book"), "{what}: the site is another than the one that is built from nothing");
    }
}

#[test]
fn a_newer_result_of_a_page_takes_the_place_of_the_older_one() {
    let given = Given::new();
    given.machine.replace("src/данные.md", "строк: {длина}", "строк {длина}");
    assert!(said(&given.machine, &["store", "push", given.path()]).contains("not in the store: src/данные.md"));
    assert_eq!(given.results().len(), 3, "the older one is of use to those who have the older page");
    given.machine.ran(&["build"]);
    assert_eq!(given.push(), ["src/данные.md"]);
    assert_eq!(given.results().len(), 3);
    assert_eq!(pull(&fixture::book(), given.path()), &ALL[..2]);
}

#[test]
fn what_was_pulled_is_not_given_to_others() {
    let given = Given::new();
    let book = fixture::book();
    pull(&book, given.path());
    let other = tempfile::tempdir().unwrap();
    let to = other.path().to_str().unwrap();
    insta::assert_snapshot!(said(&book, &["store", "push", to]), @r"
    pushed the results of 0 pages; 0 were there already, 0 older or damaged ones are gone
    left out what was pulled and never run here: 3 pages
    ---
    exit 0
    ");
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[test]
fn a_result_that_is_damaged_or_foreign_is_refused_by_name_and_nothing_of_it_is_taken() {
    let given = Given::new();
    let (file, _) = given.parcel("src/данные.md");
    let results = given.folder.path().join("results");
    let whole = fs::read(&file).unwrap();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let damages: [(&str, Vec<u8>); 8] = [
        ("it is no entry of a store", flipped(0)),
        ("another version of the tool has written it", flipped(8)),
        ("it is not as long as it says", whole[..whole.len() - 1].to_vec()),
        ("it is not as long as it says", Vec::new()),
        ("its checksum is another: it is damaged, or an entry of another name", flipped(whole.len() - 1)),
        ("it cannot be unpacked: corrupt deflate stream", seal("result", &key(&file), &[0xff; 40])),
        ("it cannot be unpacked: incomplete deflate stream", seal("result", &key(&file), &[])),
        ("its checksum is another: it is damaged, or an entry of another name", fs::read(&given.results()[0]).unwrap()),
    ];
    for (why, bytes) in damages {
        if bytes == whole {
            continue;
        }
        fs::write(&file, bytes).unwrap();
        refused(&given, "src/данные.md", why);
    }
    fs::write(&file, &whole).unwrap();
    for (name, why) in [
        ("Отчёт.txt", "its name is not that of a result"),
        (&*"A".repeat(64), "its name is not that of a result"),
        (&*"0".repeat(64), "it is larger than 100 MB"),
    ] {
        let other = fs::File::create(results.join(name)).unwrap();
        other.set_len(101 << 20).unwrap();
        let book = fixture::book();
        let told = book.book(&["store", "pull", given.path()]);
        assert_eq!(told.code, 1);
        assert!(told.stderr.contains(&format!("refused results/{name}: {why}")), "{}", told.stderr);
        assert!(told.stderr.contains("pulled the results of 3 pages"), "{}", told.stderr);
        fs::remove_file(results.join(name)).unwrap();
    }
    let apart = given.folder.path().join("README.md");
    fs::write(apart, "Иное").unwrap();
    let told = fixture::book().book(&["store", "pull", given.path()]);
    assert_eq!(told.code, 2);
    assert!(told.stderr.contains("is no shared store"), "{}", told.stderr);
}

/// More files than a shared store has: none of them is read.
const TOO_MANY: usize = 10_001;

#[test]
fn a_folder_with_more_files_than_a_shared_store_has_is_not_read() {
    let given = Given::new();
    let results = given.folder.path().join("results");
    for number in given.results().len()..TOO_MANY {
        fs::write(results.join(format!("{number:064x}")), "").unwrap();
    }
    let book = fixture::book();
    let told = book.book(&["store", "pull", given.path()]);
    assert_eq!(told.code, 2);
    assert!(told.stderr.contains("has more than 10000 files"), "{}", told.stderr);
    assert!(!book.path(".book/store/execution").exists(), "nothing is taken");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_shared_store_is_not_followed() {
    let given = Given::new();
    let (file, _) = given.parcel("src/данные.md");
    let elsewhere = given.folder.path().join("где-то");
    fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    refused(&given, "src/данные.md", "it is no file");
}

/// Pulls into a new book: the result of a page is refused for a reason, the others are taken, and the page runs.
fn refused(given: &Given, page: &str, why: &str) {
    let book = fixture::book();
    let events = book.events(&["store", "pull", given.path()]);
    let refusals: Vec<String> = events
        .iter()
        .filter(|event| event["reason"] == "refused")
        .map(|event| event["because"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(refusals.len(), 1, "{why}: {refusals:?}");
    assert!(refusals[0].contains(why), "{}", refusals[0]);
    let mut missing = pages(&events, "missing");
    assert!(missing.contains(&page.to_owned()), "{why}: {missing:?}");
    missing.extend(pages(&events, "pulled"));
    missing.sort();
    assert_eq!(missing, ALL, "{why}");
    let executions = book.path(".book/store/execution");
    let taken = if executions.exists() { book.files(".book/store/execution").len() } else { 0 };
    assert_eq!(taken, pages(&events, "pulled").len(), "{why}");
}

#[test]
fn a_result_that_no_page_gives_is_refused_as_a_whole() {
    let given = Given::new();
    type Forgery<'a> = (&'a str, &'a str, &'a dyn Fn(&mut Parcel));
    let forgeries: [Forgery<'_>; 9] = [
        ("src/данные.md", "not as long as its page", &|parcel| parcel.execution.cells.clear()),
        ("src/данные.md", "not as long as its page", &|parcel| parcel.execution.inlines.truncate(1)),
        ("src/данные.md", "lines that no page has", &|parcel| parcel.execution.origins[0].last = usize::MAX),
        ("src/данные.md", "a picture is none", &|parcel| {
            let png = Some("\"><script>alert(1)</script>".to_owned());
            let shown = mdbook_cells::execution::Shown { png, ..Default::default() };
            parcel.execution.cells[0].push(Output::Shown(Box::new(shown)));
        }),
        ("src/данные.md", "no path inside the book's data folder", &|parcel| {
            parcel.execution.reads.push(("../../тайна".to_owned(), None));
        }),
        ("src/данные.md", "more than a day", &|parcel| parcel.milliseconds = u64::MAX),
        ("src/глава/модель.md", "not those that its page saved", &|parcel| parcel.artefacts[0].push(b'0')),
        ("src/глава/модель.md", "other artefacts than its page", &|parcel| {
            parcel.artefacts.clear();
            parcel.execution.saved.clear();
        }),
        ("src/глава/модель.md", "follow no inputs of theirs", &|parcel| {
            let followed = mdbook_cells::execution::Followed { at: 7, inputs: vec![9], states: Vec::new() };
            parcel.execution.live.cells.push(followed);
        }),
    ];
    for (page, why, forge) in forgeries {
        let (file, honest) = given.parcel(page);
        given.forge(page, forge);
        refused(&given, page, why);
        fs::write(file, honest.pack().unwrap()).unwrap();
    }
    // Its name is the hash of what it follows from: what follows from something else has another name.
    let (file, mut other) = given.parcel("src/данные.md");
    other.parts.0.insert("seed".to_owned(), "8".to_owned());
    let packed = other.pack().unwrap();
    let content = unseal("result", &other.key(), &packed).unwrap();
    fs::write(&file, seal("result", &key(&file), content)).unwrap();
    refused(&given, "src/данные.md", "what it follows from has another name");
}

#[test]
fn results_of_another_machine_are_left_where_they_are() {
    let given = Given::new();
    given.forge("src/данные.md", |parcel| {
        let compiler = parcel.parts.0.get_mut("compiler").unwrap();
        *compiler = "rustc 1.95.0\nhost: riscv64gc-unknown-linux-gnu\nrelease: 1.95.0\u{1b}[2J\n".to_owned();
    });
    given.forge("src/глава/проверка.md", |parcel| {
        parcel.parts.0.insert("sandbox".to_owned(), "without Landlock".to_owned());
    });
    let book = fixture::book();
    let told = book.book(&["store", "pull", given.path()]);
    assert_eq!(told.code, 0);
    let lines: Vec<&str> = told.stderr.lines().filter(|line| line.starts_with("left")).collect();
    assert!(lines.iter().any(|line| line.ends_with("sandbox without Landlock")), "{lines:?}");
    assert!(
        lines
            .contains(&"left 1 of another machine: riscv64gc-unknown-linux-gnu, rustc 1.95.0\\u{1b}[2J, sandbox whole")
    );
    assert_eq!(pages(&book.events(&["store", "pull", given.path()]), "missing"), &ALL[1..]);
}

#[test]
fn what_was_pulled_is_run_again_in_samples_and_a_lie_is_found_and_run_anew() {
    let given = Given::new();
    let book = fixture::book();
    assert_eq!(book.book(&["check", "--sample", "1"]).code, 2, "a sample of what");
    given.forge("src/данные.md", |parcel| parcel.execution.inlines[0].text = "1000".to_owned());
    pull(&book, given.path());
    assert!(book.ran(&["build"]).is_empty());
    assert!(
        book.read("book/данные.html").contains(">1000</span>") || book.read("book/данные.html").contains("1\u{a0}000")
    );
    let other = fixture::book();
    pull(&other, given.path());
    let mut lies = 0;
    for left in ["2 pages", "1 page", "0 pages"] {
        let told = book.book(&["check", "--twice", "--sample", "1"]);
        assert!(told.stderr.contains("run again under other conditions: 1 page, of which"), "{}", told.stderr);
        assert!(told.stderr.contains(&format!("pulled and not yet run here: {left}")), "{}", told.stderr);
        if left == "2 pages" {
            other.book(&["check", "--twice", "--sample", "1"]);
            let marked = |book: &BookTest| book.files(".book/store/pulled").into_keys().collect::<Vec<String>>();
            assert_eq!(marked(&book), marked(&other), "everybody runs the same");
        }
        if told.code == 1 {
            lies += 1;
            assert!(told.stderr.contains("src/данные.md:11:"), "{}", told.stderr);
            assert!(
                told.stderr.contains("first `1000`, then") && told.stderr.contains("is what was pulled"),
                "{}",
                told.stderr
            );
            assert_eq!(book.ran(&["build"]), ["src/данные.md"], "what was a lie is run");
        }
    }
    assert_eq!(lies, 1);
    let told = book.book(&["check", "--twice", "--sample", "1"]);
    assert!(told.stderr.contains("again under other conditions: 0 pages"), "{}", told.stderr);
    assert!(book.files("book") == given.machine.files("book"));
    assert_eq!(pages(&book.events(&["store", "push", given.path()]), "pulled"), [""; 0], "all of it is ours now");
}
