//! A site of which no input has changed is left as it is; after any change it is the one that is built from nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::fixture::{self, BookTest};

/// A book that takes something from everywhere.
fn book() -> BookTest {
    let book = fixture::book();
    book.replace("src/глава/модель.md", "# ", "{{#include ../../заметки/вставка.md}}\n\nСказано в [@фишер].\n\n# ");
    book.write("заметки/вставка.md", "Вставлено *отсюда*: {{#include глубже/текст.txt}}.");
    book.write("заметки/глубже/текст.txt", "дно");
    book.write("источники/список.yml", SOURCES);
    book.write("src/рис/точка.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    book.write("theme/index.hbs", "<!doctype html>\n<title>{{ title }}</title>\n<main>{{{ content }}}</main>\n");
    book.replace(
        "book.toml",
        "command = \"mdbook-references\"",
        "command = \"mdbook-references\"\nbibliography = \"источники/список.yml\"",
    );
    book.write("оформление/свой.css", "main { margin: 0 }");
    book.replace(
        "book.toml",
        "smart-punctuation = false",
        "smart-punctuation = false\nadditional-css = [\"оформление/свой.css\"]",
    );
    book.write("book.toml", &format!("{}\n[output.html.print]\nenable = false\n", book.read("book.toml")));
    book
}

const SOURCES: &str = "фишер:\n  type: article\n  title: Измерения цветков\n  author: Фишер, Рональд\n  date: 1936\n  \
                       parent:\n    type: periodical\n    title: Анналы\n";

fn build(book: &BookTest) -> BTreeMap<String, Vec<u8>> {
    let said = book.book(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    book.files("book")
}

/// The same with nothing remembered but what pages computed.
fn build_from_nothing(book: &BookTest) -> BTreeMap<String, Vec<u8>> {
    for folder in ["book", ".book/local"] {
        fs::remove_dir_all(book.path(folder)).unwrap();
    }
    build(book)
}

/// Makes a page of the site look old, so that it shows when it is written.
fn make_old(book: &BookTest) -> SystemTime {
    let then = SystemTime::now() - Duration::from_secs(3600);
    let page = File::options().write(true).open(book.path("book/index.html")).unwrap();
    page.set_modified(then).unwrap();
    page.metadata().unwrap().modified().unwrap()
}

fn is_left(book: &BookTest, then: SystemTime) -> bool {
    book.path("book/index.html").metadata().unwrap().modified().unwrap() == then
}

/// Builds until what is read beforehand is what was read before: what a library takes in is known only when it was built.
fn settled() -> BookTest {
    let book = book();
    build(&book);
    build(&book);
    book
}

#[test]
fn a_site_is_left_as_it_is_when_nothing_has_changed() {
    let book = settled();
    let (then, before) = (make_old(&book), book.files("book"));
    let events = || {
        let mut events: Vec<String> = book.events(&["build"]).iter().map(ToString::to_string).collect();
        events.sort();
        events
    };
    let first = events();
    assert!(is_left(&book, then));
    assert!(build(&book) == before && is_left(&book, then));
    fs::remove_dir_all(book.path(".book/local/site")).unwrap();
    assert_eq!(events(), first, "it says what it says when it writes the site");
    assert!(!is_left(&book, then));
    assert!(book.files("book") == before);
}

#[test]
fn after_a_change_of_any_input_the_site_is_the_one_that_is_built_from_nothing() {
    let book = settled();
    let replace = |path: &str, from: &str, to: &str| book.replace(path, from, to);
    let edits: [(&str, &dyn Fn()); 15] = [
        ("a page", &|| replace("src/данные.md", "# Данные", "# Данные\n\nЕщё слово.")),
        ("a letter by another of the same length", &|| replace("src/данные.md", "Ещё слово", "Ещё слова")),
        ("the contents", &|| replace("src/SUMMARY.md", "[Данные]", "[Все данные]")),
        ("an included file", &|| book.write("заметки/вставка.md", "Иначе: {{#include глубже/текст.txt}}.")),
        ("a file that an included one includes", &|| book.write("заметки/глубже/текст.txt", "дна нет")),
        ("the bibliography", &|| replace("источники/список.yml", "1936", "1937")),
        ("a picture", &|| replace("src/рис/точка.svg", "/>", "><title>точка</title></svg>")),
        ("a new picture", &|| book.write("src/рис/круг.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
        ("a picture that is gone", &|| fs::remove_file(book.path("src/рис/круг.svg")).unwrap()),
        ("the theme", &|| replace("theme/index.hbs", "<main>", "<main lang=\"ru\">")),
        ("a new file of the theme", &|| book.write("theme/favicon.svg", "<svg/>")),
        ("a style sheet elsewhere", &|| replace("оформление/свой.css", "0", "1px")),
        ("the configuration", &|| replace("book.toml", "Опытная книга", "Иная книга")),
        ("the library", &|| replace("kernel/src/lib.rs", "//! ", "//! Иначе. ")),
        ("data that a page reads", &|| book.write("data/ирис.csv", "длина\n1\n2\n3\n4\n5\n")),
    ];
    for (what, edit) in edits {
        let before = book.files("book");
        edit();
        let after = build(&book);
        assert!(build_from_nothing(&book) == after, "{what}");
        // A library may be another one and show the same.
        assert!(after != before || what == "the library", "{what} changes nothing");
    }
}

#[test]
fn a_site_that_somebody_has_changed_is_written_again() {
    let book = settled();
    let good = book.files("book");
    let changes: [(&str, &dyn Fn()); 5] = [
        ("a page is gone", &|| fs::remove_file(book.path("book/данные.html")).unwrap()),
        ("a letter of a page", &|| replace_bytes(&book, "book/данные.html")),
        ("a file too many", &|| book.write("book/глава/лишнее.html", "да")),
        ("a folder is gone", &|| fs::remove_dir_all(book.path("book/глава")).unwrap()),
        ("the whole site is gone", &|| fs::remove_dir_all(book.path("book")).unwrap()),
    ];
    for (what, change) in changes {
        change();
        assert!(build(&book) == good, "{what}");
    }
}

fn replace_bytes(book: &BookTest, path: &str) {
    let mut bytes = fs::read(book.path(path)).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(book.path(path), bytes).unwrap();
}

#[test]
fn another_tool_or_another_setting_of_the_shell_writes_the_site_again() {
    let book = settled();
    let good = book.files("book");
    let then = make_old(&book);
    let titled = book.command(&["build"]).env("MDBOOK_BOOK__TITLE", "Из оболочки").output().unwrap();
    assert!(titled.status.success() && book.read("book/index.html").contains("Из оболочки"));
    assert!(build(&book) == good && !is_left(&book, then));
    let then = make_old(&book);
    let tool = book.path("../book-иной");
    fs::copy(env!("CARGO_BIN_EXE_book"), &tool).unwrap();
    let said = Command::new(&tool).arg("build").current_dir(book.root()).output().unwrap();
    assert!(said.status.success() && !is_left(&book, then));
    assert!(book.files("book") == good);
}

#[test]
fn a_build_of_some_pages_or_of_a_wrong_book_is_not_taken_for_the_whole() {
    let book = settled();
    let good = book.files("book");
    let page = book.read("src/глава/модель.md");
    book.write("src/глава/модель.md", &format!("{page}\n```rust cell\nlet новое = 1;\n```\n"));
    assert_eq!(book.book(&["build", "src/данные.md"]).code, 0);
    assert!(book.files("book") != good, "the page that was not run is left out");
    book.write("src/глава/модель.md", &page);
    assert!(build(&book) == good);
    book.replace("src/данные.md", "> 1 -->", "> 1000 -->");
    assert_eq!(book.book(&["build"]).code, 1);
    assert_eq!(book.book(&["build"]).code, 1);
    book.replace("src/данные.md", "> 1000 -->", "> 1 -->");
    assert!(build(&book) == good);
}

#[test]
#[cfg(unix)]
fn a_step_of_somebody_else_is_asked_every_time() {
    let book = book();
    let step = "if [ \"$1\" = supports ]; then exit 0; fi\necho раз >> calls\nsed 's/^\\[{.*},{\"items\"/{\"items\"/; s/\\]$//'\n";
    book.write("шаг.sh", step);
    let table = "\n[preprocessor.foreign]\ncommand = \"sh шаг.sh\"\n";
    book.write("book.toml", &format!("{}{table}", book.read("book.toml")));
    let first = build(&book);
    let calls = book.read("calls");
    assert!(build(&book) == first && build(&book) == first);
    assert_eq!(book.read("calls"), calls.repeat(3));
}

#[test]
fn what_was_said_is_said_again() {
    let book = settled();
    book.replace("src/index.md", "Начните", "```rust cell\nwhile true { break; }\n```\n\nНачните");
    let first = book.book(&["build"]);
    let then = make_old(&book);
    assert!(first.stderr.contains("warning"), "{}", first.stderr);
    let again = book.book(&["build"]);
    assert_eq!((again.code, again.stderr), (0, first.stderr));
    assert!(is_left(&book, then));
}
