//! A page's code outside of the book.

use std::process::Command;

use crate::fixture;

#[test]
fn the_code_of_a_page_builds_and_runs_without_the_book() {
    let book = fixture::book();
    book.write(
        "src/данные.md",
        "# Данные\n\n```rust cell seed=7\n# let скрыто = 1;\nlet шаг = kernel::read(\"ирис.csv\")?.len() + скрыто; // с заметкой\nшаг > 1 // хвост\n```\n\n\
         Да. <!-- claim: шаг > 2 -->\n\n```rust cell should_panic\npanic!(\"так надо\");\n```\n\n```rust cell alone\nlet своё = 40 + 2;\nсвоё\n```\n\n\
         ```rust cell compile_fail\nlet x: i32 = \"\";\n```\n",
    );
    let said = book.book(&["take", "данные.md", "--to", "../взято"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let project = book.root().parent().expect("the book lies in a folder").join("взято");
    let at_once = book.book(&["take", "данные.md", "--to", "../ещё", "--run"]);
    assert_eq!((at_once.code, at_once.stdout.as_str()), (0, "true\n42\n"), "{}", at_once.stderr);
    // The book is gone, and the project does not miss it.
    std::fs::remove_dir_all(book.root()).expect("the book can be removed");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["run", "--quiet", "--offline"])
        .current_dir(&project)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("BOOK_SOCKET");
    let ran = cargo.output().expect("cargo starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{stderr}");
    assert_eq!(stdout, "true\n42\n");
    assert!(stderr.contains("так надо"), "{stderr}");
}

#[test]
fn what_is_there_is_not_written_over_and_a_page_without_cells_has_nothing_to_take() {
    let book = fixture::book();
    let there = book.book(&["take", "глава/модель.md", "--to", "src"]);
    assert_eq!(
        (there.code, there.stderr.as_str()),
        (2, "error: src is there already; name another folder with --to\n")
    );
    book.write("src/index.md", "# Книга\n\nБез ячеек.\n");
    let nothing = book.book(&["take", "index.md"]);
    assert_eq!(
        (nothing.code, nothing.stderr.as_str()),
        (2, "error: src/index.md has no cells: there is no code to take\n")
    );
}

#[test]
fn the_same_site_is_the_same_archive() {
    let book = fixture::book();
    let bytes = || {
        let said = book.book(&["build", "--zip"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        std::fs::read(book.path("book.zip")).expect("the archive is there")
    };
    let first = bytes();
    assert!(first == bytes(), "two archives of one site differ");
    let text = String::from_utf8_lossy(&first);
    assert!(
        text.contains("book/index.html") && !text.contains("книга"),
        "an archive has one folder and no path of this machine"
    );
}
