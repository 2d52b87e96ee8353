//! `why`: reasons in words.

use insta::assert_snapshot;

use crate::fixture;

#[test]
fn every_reason_is_said_in_words() {
    let book = fixture::book();
    let why = |page| {
        let said = book.book(&["why", page]);
        let lines = said.stdout.lines().map(|line| match (line.find(" ("), line.find(" s)")) {
            (Some(from), Some(to)) => format!("{} (… s){}", &line[..from], &line[to + " s)".len()..]),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<String>>().join("\n")
    };
    let mut story = Vec::new();
    let mut tell = |title: &str| {
        story.push(format!("# {title}"));
        story.extend(["1", "index.md"].map(why));
    };
    tell("a new book");
    book.book(&["build"]);
    tell("built");
    book.write("data/ирис.csv", "1\n2\n3\n");
    tell("another file");
    book.book(&["build"]);
    book.replace("src/данные.md", "> 1 -->", "> 2 -->");
    book.replace("src/глава/модель.md", "40 + 2", "41");
    tell("another claim, another model");
    book.replace("src/глава/проверка.md", "вес 42", "вес 41");
    book.book(&["build"]);
    tell("built again");
    book.replace("book.toml", "opt = 0", "opt = 1\nseed = 7");
    book.replace("kernel/src/lib.rs", "//! What", "//! Now what");
    book.write("kernel/src/новый.rs", "");
    tell("another flag, another crate");
    book.replace("book.toml", "opt = 1\nseed = 7", "opt = 0");
    book.replace("kernel/src/lib.rs", "//! Now what", "//! What");
    std::fs::remove_file(book.path("kernel/src/новый.rs")).unwrap();
    std::fs::remove_dir_all(book.path(".book/store/execution")).unwrap();
    tell("a store with a hole");
    book.replace("src/данные.md", "rust cell", "rust cell вопрос");
    tell("a mistake");
    assert_snapshot!(story.join("\n"));
}
