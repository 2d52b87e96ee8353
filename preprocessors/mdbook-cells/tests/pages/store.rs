//! When a page is run again, and when it is not.

use crate::Book;

const PAGE: &str = "# Шаг\n\n```rust cell\nlet x = kernel::read(\"ряд.csv\")?.len();\ndbg!(x);\n```\n\nДлина `=x`. <!-- claim: x > 0 -->\n";
const OTHER: &str = "```rust cell\n1\n```\n";

fn pages(text: &str) -> [(&str, &str); 2] {
    [("src/а.md", text), ("src/б.md", OTHER)]
}

#[test]
fn prose_never_runs_anything_and_lines_that_outputs_name_follow_it() {
    let book = Book::new();
    std::fs::write(book.data("ряд.csv"), "1,2").unwrap();
    let first = book.build(&pages(PAGE));
    assert_eq!(first.ran.len(), 2, "{}", first.messages);
    assert!(first.pages[0].as_ref().unwrap().contains("src/а.md:5:1"));
    assert!(book.build(&pages(PAGE)).ran.is_empty());
    let edited = PAGE.replace("# Шаг", "# Другой шаг\n\nЕщё абзац с $x$ и `кодом`.").replace("Длина", "Его длина:");
    let second = book.build(&pages(&edited));
    assert!(second.ran.is_empty());
    assert!(second.pages[0].as_ref().unwrap().contains("src/а.md:7:1"), "{:?}", second.pages[0]);
}

#[test]
fn a_changed_cell_value_claim_or_data_file_runs_its_page_only() {
    let book = Book::new();
    std::fs::write(book.data("ряд.csv"), "1,2").unwrap();
    book.build(&pages(PAGE));
    for (before, after) in [("let x", "let  x"), ("`=x`", "`=x + 1`"), ("x > 0", "x >= 0")] {
        assert_eq!(book.build(&pages(&PAGE.replace(before, after))).ran, ["src/а.md"], "{after}");
    }
    assert!(book.build(&pages(PAGE)).ran.is_empty(), "the first version is still in the store");
    std::fs::write(book.data("ряд.csv"), "1,3").unwrap();
    assert_eq!(book.build(&pages(PAGE)).ran, ["src/а.md"]);
    std::fs::write(book.data("лишний.csv"), "1,3").unwrap();
    assert!(book.build(&pages(PAGE)).ran.is_empty());
}

#[test]
fn a_file_that_was_looked_for_and_not_there_runs_its_page_when_it_comes() {
    let book = Book::new();
    let page = [("src/а.md", "```rust cell\nkernel::read(\"ряд.csv\").is_ok()\n```\n")];
    assert!(book.build(&page).pages[0].as_ref().unwrap().contains("false"));
    assert!(book.build(&page).ran.is_empty());
    std::fs::write(book.data("ряд.csv"), "1").unwrap();
    assert!(book.build(&page).pages[0].as_ref().unwrap().contains("true"));
    std::fs::remove_file(book.data("ряд.csv")).unwrap();
    assert_eq!(book.build(&page).ran.len(), 1);
}

#[test]
fn a_page_that_asks_for_its_own_lines_runs_when_they_move() {
    let book = Book::new();
    let page = "```rust cell\nline!()\n```\n";
    assert!(book.build(&[("src/а.md", page)]).pages[0].as_ref().unwrap().contains(">2<"));
    let moved = format!("Проза.\n\n{page}");
    assert!(book.build(&[("src/а.md", &moved)]).pages[0].as_ref().unwrap().contains(">4<"));
}

#[test]
fn a_renamed_page_another_level_or_seed_run_again() {
    let book = Book::new();
    book.build(&[("src/б.md", OTHER)]);
    for (path, text) in [
        ("src/в.md", OTHER.to_owned()),
        ("src/б.md", OTHER.replace("cell", "cell opt=0")),
        ("src/б.md", OTHER.replace("cell", "cell seed=3")),
    ] {
        assert_eq!(book.build(&[(path, &text)]).ran, [path]);
    }
    assert!(
        book.build(&[("src/б.md", &OTHER.replace("cell", "cell fold"))]).ran.is_empty(),
        "how it is shown is no code"
    );
}

#[test]
fn a_page_that_failed_is_never_stored() {
    let book = Book::new();
    let wrong = [("src/а.md", "```rust cell\npanic!(\"нет\");\n```\n")];
    assert_eq!(book.build(&wrong).ran.len(), 1);
    assert_eq!(book.build(&wrong).ran.len(), 1);
}

#[test]
fn damaged_entries_are_misses() {
    let book = Book::new();
    let whole = book.build(&[("src/б.md", OTHER)]).pages;
    let store = book.folder.path().join("store/execution");
    for shard in std::fs::read_dir(&store).unwrap() {
        for entry in std::fs::read_dir(shard.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let mut bytes = std::fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }
    }
    let again = book.build(&[("src/б.md", OTHER)]);
    assert_eq!(again.ran.len(), 1);
    assert_eq!(again.pages, whole);
}
