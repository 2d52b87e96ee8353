//! Whatever happens to a build, the next one gives exactly the right bytes.
//!
//! The long runs: `BOOK_KILLS=200 cargo test --workspace --test book killed`, and `BOOK_FLIPS=all … flipped`.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::fixture::{self, BookTest, Chance, count};

/// Stands in the pages for the number of a version; others have as many digits.
const NUMBER: u32 = 700_000;

type Files = BTreeMap<String, Vec<u8>>;

/// A book every page of which changes with its version, and what a clean build of the first one gives.
struct Versions {
    book: BookTest,
    first: Files,
    temporary: tempfile::TempDir,
}

impl Versions {
    fn new() -> Self {
        let clean = fixture::book();
        write(&clean, NUMBER);
        let said = clean.book(&["build"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        let it = Self { first: clean.files("book"), book: fixture::book(), temporary: tempfile::tempdir().unwrap() };
        write(&it.book, NUMBER);
        it
    }

    /// The right bytes of a version.
    fn right(&self, number: u32) -> Files {
        let (from, to) = (NUMBER.to_string(), number.to_string());
        let replaced = |bytes: &Vec<u8>| match std::str::from_utf8(bytes) {
            Ok(text) => text.replace(&from, &to).into_bytes(),
            Err(_) => bytes.clone(),
        };
        self.first.iter().map(|(path, bytes)| (path.clone(), replaced(bytes))).collect()
    }

    fn start(&self) -> Child {
        let mut command = self.book.command(&["build", "--message-format", "json"]);
        command.env("TMPDIR", self.temporary.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Builds to the end and compares.
    fn build(&self, number: u32) {
        let output = self.start().wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "version {number}: {said}");
        self.compare(number);
    }

    fn compare(&self, number: u32) {
        assert_same(&self.book.files("book"), &self.right(number), &format!("version {number}"));
    }
}

fn write(book: &BookTest, number: u32) {
    book.write(
        "src/данные.md",
        &format!(
            "# Данные {number}\n\n## Как читать\n\n```rust cell\nlet строки = String::from_utf8(kernel::read(\"ирис.csv\")?)?;\n\
             println!(\"{{}} строк, {number}\", строки.lines().count());\n```\n\nФормула $x_{{{number}}}$ и $\\frac{{{number}}}{{2}}$. \
             <!-- claim: !строки.is_empty() -->\n"
        ),
    );
    book.write(
        "src/глава/модель.md",
        &format!(
            "# Модель\n\n```rust cell #lst-model\n//| caption: Модель\nuse kernel as artefact;\nartefact::save(\"модель\", b\"{number}\")?;\n\
             println!(\"{number}\");\n```\n\n[листинг](#lst-model)\n"
        ),
    );
    book.write(
        "src/глава/проверка.md",
        &format!(
            "# Проверка\n\n```rust cell\nuse kernel as artefact;\nlet вес = artefact::load(\"модель\")?;\n\
             println!(\"вес {{}}\", String::from_utf8(вес)?);\n```\n\n```text out\nвес {number}\n```\n"
        ),
    );
}

fn assert_same(ours: &Files, right: &Files, what: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<String>>();
    assert_eq!(names(ours), names(right), "{what}");
    let wrong: Vec<&String> =
        ours.iter().filter(|(path, bytes)| right[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(wrong.is_empty(), "{what}: {wrong:?}");
}

/// What a build was at, by the files that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    CompilingOrRunning,
    InBetween,
    WritingTheStore,
    WritingHtml,
    AfterTheEnd,
}

/// What moments are aimed at: none, or the first sight of a stage.
const AIMS: [Option<Stage>; 5] =
    [None, None, Some(Stage::CompilingOrRunning), Some(Stage::WritingTheStore), Some(Stage::WritingHtml)];

impl Stage {
    /// The stage of a build that has not come to its end.
    fn of(versions: &Versions) -> Self {
        let begins = |folder: &std::path::Path, prefix: &str| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        };
        let store = versions.book.path(".book/store");
        let kinds = std::fs::read_dir(store).into_iter().flatten().flatten();
        let shards = kinds.flat_map(|kind| std::fs::read_dir(kind.path()).into_iter().flatten().flatten());
        if begins(&versions.book.path("book"), ".new-") {
            Self::WritingHtml
        } else if shards.into_iter().any(|shard| begins(&shard.path(), ".new-")) {
            Self::WritingTheStore
        } else if begins(versions.temporary.path(), "cell-") {
            Self::CompilingOrRunning
        } else {
            Self::InBetween
        }
    }
}

/// Waits for a moment, or for the first sight of a stage and a bit of it.
fn wait(versions: &Versions, child: &mut Child, aim: Option<Stage>, moment: Duration) {
    // What an earlier build left behind would be seen at once.
    let Some(stage) = aim.filter(|stage| Stage::of(versions) != *stage) else { return std::thread::sleep(moment) };
    while Stage::of(versions) != stage && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(100));
    }
    // An entry of the store is written in less time than this.
    if stage != Stage::WritingTheStore {
        std::thread::sleep(moment / 50);
    }
}

#[test]
fn a_build_that_is_killed_at_any_moment_is_made_good_by_the_next() {
    let kills = count("BOOK_KILLS", 12);
    let versions = Versions::new();
    let mut chance = Chance(0x5eed);
    let mut usually = Duration::from_millis(1);
    let mut stages: BTreeMap<Stage, u32> = BTreeMap::new();
    // Those that came too late do not count.
    let mut killed = 0;
    for number in NUMBER.. {
        if killed >= kills {
            break;
        }
        write(&versions.book, number);
        // Now and then cargo has something to do as well.
        let library = number % 8 == 7;
        if library {
            let text = versions.book.read("kernel/src/lib.rs");
            versions.book.write("kernel/src/lib.rs", &format!("{text}// {number}\n"));
        }
        // The first build, which is not killed, says how long one takes.
        let builds = if number == NUMBER { 0 } else { 1 + chance.below(2) };
        for _ in 0..builds {
            let longest = usually * if library { 2 } else { 1 };
            let moment = Duration::from_micros(chance.below(u64::try_from(longest.as_micros()).unwrap()));
            let aim = AIMS[usize::try_from(chance.below(AIMS.len() as u64)).unwrap()];
            let mut child = versions.start();
            wait(&versions, &mut child, aim, moment);
            child.kill().unwrap();
            let output = child.wait_with_output().unwrap();
            let finished = String::from_utf8_lossy(&output.stdout).contains("\"finished\"");
            let stage = if finished { Stage::AfterTheEnd } else { Stage::of(&versions) };
            *stages.entry(stage).or_default() += 1;
            killed += u32::from(!finished);
            if output.status.success() {
                versions.compare(number);
            }
        }
        let begun = Instant::now();
        versions.build(number);
        if !library {
            // What is left of a killed build takes less; a busy machine does not stay busy.
            usually = (usually * 3 / 4).max(begun.elapsed());
        }
    }
    eprintln!("killed {killed} times: {stages:?}");
    // What killed builds left is gone once a build has had something to run.
    write(&versions.book, NUMBER - 1);
    versions.build(NUMBER - 1);
    let left: Vec<_> =
        std::fs::read_dir(versions.temporary.path()).unwrap().flatten().map(|left| left.path()).collect();
    assert!(left.is_empty(), "{left:?}");
    #[cfg(target_os = "linux")]
    assert_eq!(crate::hostile::inhabitants(versions.temporary.path()), Vec::<String>::new());
}

#[test]
fn builds_at_once_share_a_book() {
    let versions = Versions::new();
    for number in NUMBER..NUMBER + 4 {
        write(&versions.book, number);
        let builds: Vec<Child> = (0..3).map(|_| versions.start()).collect();
        for build in builds {
            let output = build.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        versions.compare(number);
    }
}

#[test]
fn a_build_that_is_interrupted_leaves_no_process_and_a_book_that_builds() {
    let versions = Versions::new();
    versions.build(NUMBER);
    write(&versions.book, NUMBER + 1);
    versions.book.replace("src/данные.md", "println!(\"{} строк", "loop {}\nprintln!(\"{} строк");
    let child = versions.start();
    let running = |versions: &Versions| std::fs::read_dir(versions.temporary.path()).unwrap().count() > 0;
    while !running(&versions) {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(700));
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert!(!child.wait_with_output().unwrap().status.success());
    #[cfg(target_os = "linux")]
    {
        let begun = Instant::now();
        while !crate::hostile::inhabitants(versions.temporary.path()).is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(600), "a page program outlives its build");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    write(&versions.book, NUMBER + 1);
    versions.build(NUMBER + 1);
}

#[test]
fn whatever_byte_of_what_builds_remember_is_flipped_the_book_is_the_same() {
    let versions = Versions::new();
    versions.build(NUMBER);
    let remembered = |kind: &str| {
        let files = versions.book.files(".book").into_iter().filter(|(path, _)| path.starts_with(kind));
        files.filter(|(_, bytes)| !bytes.is_empty()).min_by_key(|(_, bytes)| bytes.len()).unwrap()
    };
    let mut chance = Chance(0xf11b);
    let mut flipped = 0;
    for kind in ["store/execution", "store/artefact", "store/record", "formulas", "local/pages", "local/site", "local"]
    {
        let (path, _) = remembered(kind);
        let length = std::fs::read(versions.book.path(&format!(".book/{path}"))).unwrap().len();
        let all = std::env::var("BOOK_FLIPS").is_ok_and(|flips| flips == "all") && kind == "store/execution";
        let places: Vec<usize> = if all {
            (0..length).collect()
        } else {
            (0..2).map(|_| usize::try_from(chance.below(length as u64)).unwrap()).collect()
        };
        for place in places {
            let file = versions.book.path(&format!(".book/{path}"));
            let mut bytes = std::fs::read(&file).unwrap();
            let place = place.min(bytes.len() - 1);
            bytes[place] ^= 1 << chance.below(8);
            std::fs::write(&file, bytes).unwrap();
            if kind != "local/site" {
                // Where nothing has changed, nothing of this would be read.
                let _ = std::fs::remove_dir_all(versions.book.path(".book/local/site"));
            }
            versions.build(NUMBER);
            flipped += 1;
        }
    }
    eprintln!("flipped {flipped} bytes");
}
