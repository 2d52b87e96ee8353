//! `check`: everything but HTML.

use insta::assert_snapshot;

use crate::fixture;

#[test]
fn a_book_that_is_right_is_checked_and_nothing_is_written() {
    let book = fixture::book();
    let said = book.book(&["check"]);
    assert_snapshot!(said.shown());
    assert!(!book.path("book").exists());
}

#[test]
fn drifted_outputs_are_pinned_anew_and_nothing_else_is_touched() {
    let book = fixture::book();
    let page = book.read("src/глава/проверка.md").replace("вес 42\n", "вес 41\nи строка\n");
    // As editors of another system write it.
    book.write("src/глава/проверка.md", &format!("\u{feff}{page}"));
    book.replace("src/index.md", "#как-читать", "#нет");
    let said = book.book(&["check", "--fix"]);
    assert_snapshot!(said.shown());
    assert_eq!(
        book.read("src/глава/проверка.md"),
        format!("\u{feff}{}", page.replace("вес 41\nи строка\n", "вес 42\n"))
    );
    book.replace("src/index.md", "#нет", "#как-читать");
    assert_eq!(book.book(&["check"]).code, 0);
}

#[test]
fn labels_without_a_mention_and_pages_without_a_line_are_warnings() {
    let book = fixture::book();
    book.replace("src/глава/модель.md", "[листинг](#lst-model)", "листинг");
    book.replace("src/index.md", "#lst-model", "");
    book.write("src/глава/забытая.md", "# Забытая\n");
    book.write("src/глава/кусок.md", "Кусок.\n");
    let formulas = "$$a = 1 \\label{eq-сумма}$$\n\nПо [](#eq-сумма).";
    book.write(
        "src/index.md",
        &format!("{}\n{{{{#include глава/кусок.md}}}}\n\n{formulas}\n", book.read("src/index.md")),
    );
    assert_snapshot!(book.book(&["check"]).shown());
}

#[test]
fn what_mdbook_says_to_its_log_is_said_to_the_author() {
    let book = fixture::book();
    book.write("src/index.md", "# О книге\n\n{{#include нет.md}}\n");
    assert_snapshot!(book.book(&["check"]).shown());
}

#[test]
fn a_cell_that_comes_with_an_included_file_is_an_error_where_it_is_included() {
    let book = fixture::book();
    book.write("src/глава/кусок.md", "```rust cell\n1\n```\n");
    book.write("src/index.md", &format!("{}\n{{{{#include глава/кусок.md}}}}\n", book.read("src/index.md")));
    let said = book.book(&["check", "index.md"]).shown();
    assert!(said.contains("error[cell-not-run]") && said.contains("src/index.md:5:1"), "{said}");
}

#[test]
fn an_include_of_a_part_that_is_not_there_is_told_and_hides_nothing_else() {
    let book = fixture::book();
    book.write("src/глава/кусок.txt", "// ANCHOR: начало\nраз\n// ANCHOR_END: начало\n");
    book.write(
        "src/index.md",
        "# О книге\n\n{{#include глава/кусок.txt:начло}}\n\n{{#include глава/кусок.txt:9}}\n\n{{#include глава/кусок.txt:начало}}\n\n[нет](нет.md)\n",
    );
    assert_snapshot!(book.book(&["check", "index.md"]).shown());
    assert_eq!(book.book(&["build", "index.md"]).code, 1);
}
