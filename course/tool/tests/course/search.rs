//! What readers ask (`tests/data/queries.tsv`), asked of the search of this course: the right place is among the first three results.
//!
//! The list was written before any result was seen, and is not changed to fit them: what is not found is a reason to mend the search.
//! Its index is of the prose, so cells are not run here; without Node.js the tests say so and pass, unless `BOOK_REQUIRE_NODE` is set.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use book_test::copy;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::fixture::BookTest;

/// Of 106; the course promises 52 of 55.
const LEAST: usize = 101;
/// Bytes of the gzipped index at fifty-two lectures.
const MOST_BYTES: f64 = 150_000.0;
/// What one query may look at: words measured letter by letter, and places of the index read. A phone does ten times as many in 10 ms.
const MOST_COMPARED: u64 = 500;
const MOST_READ: u64 = 5_000;

fn course() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The index of the course as it is written now.
fn index() -> &'static str {
    static INDEX: OnceLock<String> = OnceLock::new();
    INDEX.get_or_init(|| {
        let (book, course) = (BookTest::empty(env!("CARGO_BIN_EXE_course")), course());
        let settings = std::fs::read_to_string(course.join("book.toml")).expect("the course has settings");
        let tables = settings.split("\n[").filter(|table| !table.starts_with("preprocessor.cells"));
        let settings = tables.collect::<Vec<_>>().join("\n[").replace("\"cells\", ", "");
        book.write("book.toml", &settings);
        for folder in ["src", "theme"] {
            copy(&course.join(folder), &book.path(folder));
        }
        for file in
            ["syllabus.json", "glossary.toml", "bibliography.yml", "synonyms.txt", "mutants.json", "changes.toml"]
        {
            std::fs::copy(course.join(file), book.path(file)).expect("files can be copied");
        }
        // Links to what cells make lead nowhere: that is said, and the index is written before.
        book.book(&["build"]);
        book.read("search/index.js")
    })
}

/// What the search says to each of the queries.
fn asked() -> Option<Vec<Value>> {
    let queries =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/queries.tsv")).expect("a list");
    let queries: Vec<&str> = queries.lines().filter(|line| !line.starts_with('#')).collect();
    let search = std::fs::read_to_string(course().join("theme/search.js")).expect("a script");
    let ask = format!(
        "const book = bookSearch.create(bookIndex);\nfor (const line of {}) {{\n  const [kind, query, right] = line.split('\\t');\n  \
         const {{ results, missing, slips, work }} = book.find(query);\n  const name = it => it.url + (it.id ? '#' + it.id : '');\n  \
         const shown = bookSearch.grouped(results).flatMap(group => group.results.slice(0, bookSearch.FEW));\n  \
         console.log(JSON.stringify({{ kind, query, right: right.split(' ').filter(Boolean), work, missing, slips,\n    \
         best: results.slice(0, 3).map(name), shown: shown.slice(0, 3).map(name) }}));\n}}",
        serde_json::to_string(&queries).expect("lines are JSON")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ask.js");
    std::fs::write(&file, [&search, index(), &ask].join("\n")).expect("a file is written");
    let Ok(output) = Command::new("node").arg(&file).output() else {
        assert!(std::env::var_os("BOOK_REQUIRE_NODE").is_none(), "BOOK_REQUIRE_NODE is set, and there is no `node`");
        eprintln!("skipped: there is no Node.js here to run theme/search.js");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("it prints text");
    Some(printed.lines().map(|line| serde_json::from_str(line).expect("a line is an answer")).collect())
}

#[test]
fn what_readers_ask_is_among_the_first_three_results() {
    let Some(answers) = asked() else { return };
    for order in ["best", "shown"] {
        let is_right = |answer: &&Value| {
            let (right, found) = (answer["right"].as_array().unwrap(), answer[order].as_array().unwrap());
            if right.is_empty() { found.is_empty() } else { found.iter().any(|place| right.contains(place)) }
        };
        let wrong = answers.iter().filter(|answer| !is_right(answer));
        let wrong: Vec<String> =
            wrong.map(|answer| format!("{}: {} ({})", answer["query"], answer[order], answer["kind"])).collect();
        assert!(
            answers.len() - wrong.len() >= LEAST,
            "{} of {}:\n{}",
            answers.len() - wrong.len(),
            answers.len(),
            wrong.join("\n")
        );
    }
}

#[test]
fn a_word_that_is_nowhere_is_said_to_be_nowhere() {
    let Some(answers) = asked() else { return };
    let nowhere = answers.iter().filter(|answer| answer["kind"] == "нет");
    for answer in nowhere {
        assert!(
            answer["best"] == serde_json::json!([]) && answer["missing"] == serde_json::json!([answer["query"]]),
            "{answer}"
        );
    }
    let slips = answers.iter().filter(|answer| answer["kind"] == "опечатка");
    assert!(slips.filter(|answer| answer["slips"] != serde_json::json!([])).count() >= 9);
}

#[test]
fn a_query_looks_at_a_small_part_of_the_index() {
    let Some(answers) = asked() else { return };
    for answer in answers {
        let work = &answer["work"];
        let (compared, read) = (work["compared"].as_u64().unwrap(), work["read"].as_u64().unwrap());
        assert!(compared <= MOST_COMPARED && read <= MOST_READ, "{}: {work}", answer["query"]);
    }
}

/// Words repeat, so the index grows slower than the course: either half of 22 lectures took 47 or 48 KB where the whole took 75, which is
/// a power of 0.66.
#[test]
fn the_index_of_fifty_two_lectures_is_small() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(index().as_bytes()).unwrap();
    let packed = packer.finish().unwrap().len();
    let (_, value) = index().split_once('=').unwrap();
    let value: Value = serde_json::from_str(value.trim_end().trim_end_matches(';')).unwrap();
    let pages = value["pages"].as_array().unwrap().iter();
    let lectures = pages.filter(|page| page[0].as_str().unwrap().contains('/')).count();
    let grown = packed as f64 * (52.0 / lectures as f64).powf(0.66);
    assert!(grown <= MOST_BYTES, "{grown:.0} bytes at fifty-two lectures, {packed} at {lectures}");
}
