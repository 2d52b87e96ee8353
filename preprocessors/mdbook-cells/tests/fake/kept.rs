//! What is run again, and what is taken from the store.

use super::Book;

const PAGE: &str = "```rust cell\nlet a = 2;\na\n```\n\nЗначение `=a * 3`.\n";

#[test]
fn nothing_runs_twice_and_prose_runs_nothing() {
    let book = Book::new();
    let first = book.build(&[("src/урок.md", PAGE)]);
    assert_eq!(first.ran, ["src/урок.md"]);
    assert_eq!(first.results[0].execution.as_ref().unwrap().inlines, ["6"]);
    let moved = format!("Новый абзац.\n\n{PAGE}Ещё один.\n");
    let second = book.build(&[("src/урок.md", &moved)]);
    assert_eq!(second.ran, [""; 0]);
    assert_eq!(second.results[0].execution.as_ref().unwrap().cells, first.results[0].execution.as_ref().unwrap().cells);
}

#[test]
fn code_another_compiler_and_another_library_run_the_page_again() {
    let mut book = Book::new();
    book.build(&[("src/урок.md", PAGE)]);
    assert_eq!(book.build(&[("src/урок.md", &PAGE.replace("a * 3", "a * 4"))]).ran, ["src/урок.md"]);
    book.environment.compiler = "rustc 1.96.0".into();
    assert_eq!(book.build(&[("src/урок.md", PAGE)]).ran, ["src/урок.md"]);
    book.environment.library.insert("ml/src/lib.rs".into(), "1".into());
    assert_eq!(book.build(&[("src/урок.md", PAGE)]).ran, ["src/урок.md"]);
    assert_eq!(book.build(&[("src/урок.md", PAGE)]).ran, [""; 0]);
}

#[test]
fn a_file_that_was_read_runs_the_page_again_when_it_changes_comes_or_goes() {
    let book = Book::new();
    let page = [("src/урок.md", "```rust cell\nread(\"ирис.csv\")\n```\n")];
    let shown = || {
        let built = book.build(&page);
        (built.ran.len(), built.results[0].execution.as_ref().unwrap().plain(0))
    };
    assert_eq!(shown(), (1, "-1\n".into()), "a file that is not there");
    std::fs::write(book.path("data/ирис.csv"), "5.1").unwrap();
    assert_eq!(shown(), (1, "3\n".into()));
    assert_eq!(shown(), (0, "3\n".into()));
    std::fs::write(book.path("data/ирис.csv"), "5.1,3").unwrap();
    assert_eq!(shown(), (1, "5\n".into()));
    std::fs::write(book.path("data/другое.csv"), "1").unwrap();
    assert_eq!(shown().0, 0, "a file that was not read");
    std::fs::remove_file(book.path("data/ирис.csv")).unwrap();
    assert_eq!(shown(), (1, "-1\n".into()));
}

#[test]
fn a_page_that_failed_is_run_every_time() {
    let book = Book::new();
    for _ in 0..2 {
        let built = book.build(&[("src/урок.md", "```rust cell\npanic!(\"нет\");\n```\n"), ("src/другой.md", PAGE)]);
        assert!(built.ran.contains(&"src/урок.md".to_owned()), "{:?}", built.ran);
        assert!(built.results[1].execution.is_some(), "other pages go on");
    }
}
