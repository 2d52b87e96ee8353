//! What is run again, and what is taken from the store.

use engine::Lack;

use super::Book;

const PAGE: &str = "```rust cell\nlet a = 2;\na\n```\n\nЗначение `=a * 3`.\n";

#[test]
fn nothing_runs_twice_and_prose_runs_nothing() {
    let book = Book::new();
    let first = book.build(&[("src/урок.md", PAGE)]);
    assert_eq!(first.ran, ["src/урок.md"]);
    assert_eq!(first.results[0].execution.as_ref().unwrap().inlines[0].text, "6");
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

#[test]
fn what_ran_in_another_sandbox_is_not_taken_and_every_build_says_what_was_open() {
    let mut book = Book::new();
    book.environment.lacking = vec![Lack::Files, Lack::Calls];
    let pages = [("src/урок.md", PAGE)];
    let open = book.build(&pages);
    assert_eq!(open.ran, ["src/урок.md"]);
    insta::assert_snapshot!(open.messages, @r"
    warning[sandbox]: this kernel has no Landlock: page programs may read and write your files
     --> book.toml:1:1
      |
    1 |
      | ^
      |
      = note: seccomp is not available: page programs may use the network and start processes that outlive them
      = note: what runs so is kept apart in the store from what runs in a whole sandbox
      = help: build only books that you trust here; `--require-sandbox` refuses instead
    ");
    let again = book.build(&pages);
    assert_eq!((again.ran.len(), again.messages), (0, open.messages), "also where nothing runs");
    book.environment.lacking.clear();
    let whole = book.build(&pages);
    assert_eq!((whole.ran.len(), whole.messages.as_str()), (1, ""));
    book.environment.lacking = vec![Lack::Truncation];
    assert_eq!(book.build(&pages).ran, ["src/урок.md"], "less is not as good as whole");
}
