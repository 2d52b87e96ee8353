//! A page with every kind of fence, before and after mdBook's own renderer.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use diagnostic::{Colour, Diagnostic, Sources};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_highlight::{Highlight, highlight};
use page::apply;
use step::{Adapter, Record};
use tempfile::TempDir;

const PAGE: &str = include_str!("page.md");

/// Builds a book of one page below another, and returns the page's `<main>` and the messages.
fn build(page: &str) -> (String, Vec<Diagnostic>) {
    let root = TempDir::new().unwrap();
    fs::create_dir(root.path().join("src")).unwrap();
    fs::write(root.path().join("src/SUMMARY.md"), "- [Часть](part.md)\n  - [Шаг](шаг.md)\n").unwrap();
    fs::write(root.path().join("src/part.md"), "# Часть\n").unwrap();
    fs::write(root.path().join("src/шаг.md"), page).unwrap();
    let settings = "[output.html]\n[output.html.playground]\nrunnable = false\n[preprocessor.highlight]\n";
    let mut book = MDBook::load_with_config(root.path(), settings.parse::<Config>().unwrap()).unwrap();
    let record = Record::default();
    book.with_preprocessor(Adapter::new(Highlight, &record));
    book.build().unwrap();
    let html = fs::read_to_string(root.path().join("book/шаг.html")).unwrap();
    let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    (main.to_owned(), record.take_diagnostics())
}

/// What a reader would copy from the blocks of a page.
fn text_of_blocks(html: &str) -> Vec<String> {
    let blocks = html.split("<code>").skip(1).map(|block| block.split_once("</code></pre>").unwrap().0);
    blocks.map(text).collect()
}

fn text(html: &str) -> String {
    let mut text = String::new();
    for (number, piece) in html.split('<').enumerate() {
        text.push_str(if number == 0 { piece } else { piece.split_once('>').unwrap().1 });
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn every_fence_becomes_one_line() {
    let (edits, diagnostics) = highlight(PAGE, "src/шаг.md");
    assert_eq!(diagnostics, []);
    insta::assert_snapshot!(apply(PAGE, &edits));
}

#[test]
fn mdbook_renders_the_lines_as_blocks() {
    let (main, diagnostics) = build(PAGE);
    assert_eq!(diagnostics, []);
    insta::assert_snapshot!(main);
}

#[test]
fn hostile_code_arrives_intact() {
    let code =
        "{{#include x}} $a_1$ `b` \\ </pre><script>alert(1)</script> &amp; *c* [d](e) <!-- f -->\n\n\n# г\n| д |\n";
    let (main, _) = build(&format!("~~~text\n{code}~~~\n\n1. ```rust\n   // {code}   ```\n"));
    assert_eq!(text_of_blocks(&main)[0], code.trim_end_matches('\n'));
    assert!(!main.contains("<script"), "{main}");
}

#[test]
fn an_unknown_language_is_reported_in_the_file_that_was_written() {
    let page = "# Шаг\n\n```text\nа\n```\n\n> ```pyton\n> print(1)\n> ```\n";
    let (main, diagnostics) = build(page);
    assert!(main.contains("language-pyton"));
    let mut sources = Sources::default();
    sources.insert("src/шаг.md", page);
    insta::assert_snapshot!(diagnostic::render_all(&diagnostics, &sources, Colour::Never));
}

#[test]
fn a_cell_that_nobody_has_run_is_reported() {
    let (_, diagnostics) = build("# Шаг\n\n```rust cell\n1\n```\n");
    assert_eq!(diagnostics.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["cell-not-run"]);
}

#[test]
fn a_page_that_begins_with_the_mark_of_its_encoding_has_the_same_places() {
    for page in ["```pyton\nprint(1)\n```\n", "# Шаг\n\n```pyton\nprint(1)\n```\n"] {
        let plain = build(page).1;
        assert_eq!(plain.len(), 1);
        assert_eq!(&page[plain[0].place.range.clone()], "pyton");
        assert_eq!(build(&format!("\u{feff}{page}")).1, plain);
    }
}
