//! Artefacts: what one page saves and another loads.

use insta::assert_snapshot;

use crate::Book;

const LOADS: &str = "```rust cell\nuse kernel as artefact;\nString::from_utf8(artefact::load(\"модель\")?)?\n```\n";

fn saves(what: &str) -> String {
    format!("```rust cell\nuse kernel as artefact;\nartefact::save(\"модель\", \"{what}\".as_bytes())?;\n```\n")
}

#[test]
fn a_page_runs_after_the_page_whose_artefact_it_loads_and_again_when_it_changed() {
    let book = Book::new();
    let other = ("src/в.md", "```rust cell\n1\n```\n");
    let first = book.build(&[("src/а.md", LOADS), ("src/б.md", &saves("веса")), other]);
    assert_eq!(first.messages, "");
    assert!(first.pages[0].as_ref().unwrap().contains("веса"));
    assert_eq!(first.ran.len(), 3);
    let second = book.build(&[("src/а.md", LOADS), ("src/б.md", &saves("веса 2")), other]);
    assert!(second.pages[0].as_ref().unwrap().contains("веса 2"));
    assert_eq!(second.ran, ["src/а.md", "src/б.md"]);
    let same = saves("веса 2").replace("save(", "save( ");
    let third = book.build(&[("src/а.md", LOADS), ("src/б.md", &same), other]);
    assert_eq!(third.ran, ["src/б.md"], "the artefact is the same, so its readers are");
}

#[test]
fn missing_doubled_and_circular_artefacts_are_errors_with_both_places() {
    let circle = |saved, loaded| {
        format!(
            "```rust cell\nuse kernel as artefact;\nartefact::load(\"{loaded}\")?;\nartefact::save(\"{saved}\", &[])?;\n```\n"
        )
    };
    let built = Book::new().build(&[
        ("src/а.md", LOADS),
        ("src/б.md", &circle("первый", "второй")),
        ("src/в.md", &circle("второй", "первый")),
        ("src/г.md", "```rust cell\nuse kernel as artefact;\nartefact::save(\"первый\", &[])?;\n```\n"),
        ("src/д.md", "```rust cell\nuse kernel as artefact;\nif false { artefact::save(\"никогда\", &[])?; }\nlet имя = \"модель\";\n```\n"),
    ]);
    assert_snapshot!(built.messages);
}

#[test]
fn a_page_whose_artefact_could_not_be_made_is_not_run() {
    let built = Book::new().build(&[("src/а.md", LOADS), ("src/б.md", &saves("{}").replace("{}\"", "\" . нет"))]);
    assert_snapshot!(built.messages);
    assert!(built.ran.iter().all(|page| page == "src/б.md"));
}
