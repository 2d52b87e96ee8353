//! Sources that pages cite.

use insta::assert_snapshot;

use crate::fixture::{self, BookTest};

const SOURCES: &str = "\
vaswani2017:
  type: article
  title: Attention is all you need
  author: Vaswani, A.
  date: 2017
поляк1964:
  type: article
  title: О некоторых способах ускорения сходимости
  author: Поляк, Б. Т.
  date: 1964
лишний:
  type: book
  title: Никем не названная
";

fn book() -> BookTest {
    let book = fixture::book();
    book.write("bibliography.yml", SOURCES);
    book.write(
        "src/данные.md",
        "# Данные\n\n## Как читать\n\nШар [@поляк1964, с. 3] и внимание [@vaswani2017; @поляк1964].\n",
    );
    book
}

#[test]
fn a_page_ends_with_the_sources_that_it_cites() {
    let book = book();
    book.replace("src/index.md", "# ", "<!-- bibliography -->\n\n# ");
    let said = book.book(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let html = book.read("book/данные.html");
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    assert!(
        main.contains("<li id=\"src-поляк1964\">") && main.contains("href=\"#src-поляк1964\">1</a>,\u{a0}с. 3"),
        "{main}"
    );
    assert!(main.contains("id=\"sources\""), "{main}");
    let whole = book.read("book/index.html");
    assert!(
        whole.contains("<a href=\"%D0%B4%D0%B0%D0%BD%D0%BD%D1%8B%D0%B5.html\"")
            || whole.contains("<a href=\"данные.html\""),
        "{whole}"
    );
    assert!(!whole.contains("Никем не названная"));
}

#[test]
fn unknown_sources_are_errors_and_unused_ones_are_warnings() {
    let book = book();
    book.write("src/глава/проверка.md", "# Проверка\n\nСлово [@vaswani2018] и `[@код]`, [@поляк1964; vaswani2017].\n\nЕщё [@поляк1964 с. 5], @поляк1964 и @кто-то.\n");
    assert_snapshot!(book.book(&["check"]).shown());
}

#[test]
fn many_unused_sources_are_one_warning_that_names_them_all() {
    let book = book();
    book.write("src/данные.md", "# Данные\n\n## Как читать\n\nНи слова о других.\n");
    assert_snapshot!(book.book(&["check"]).shown());
}

#[test]
fn a_bibliography_that_cannot_be_read_is_wrong_at_its_line() {
    let book = book();
    book.replace("bibliography.yml", "type: book", "type: книга");
    assert_snapshot!(book.book(&["check"]).shown());
}

#[test]
fn what_is_wrong_with_a_definition_is_told_once_and_in_the_glossary() {
    let book = book();
    let term = |ru: &str, en: &str, definition: &str, page: &str| {
        format!("[[term]]\nru = \"{ru}\"\nen = \"{en}\"\ndefinition = \"{definition}\"\nlecture = \"{page}\"\n\n")
    };
    book.write(
        "glossary.toml",
        &[
            term("ранг", "rank", r"Размерность $\\frc{r}{2}$ *образа*.", "1.1"),
            term("ядро", "kernel", "Где слово**«так»**же.", "7.1"),
            term("образ", "image", "То, что не [[ядро]].", "1.1"),
        ]
        .concat(),
    );
    let without_a_list = book.book(&["build"]).shown();
    assert_snapshot!(without_a_list);
    book.replace("src/index.md", "# О книге\n", "# О книге\n\n<!-- glossary -->\n");
    assert_eq!(book.book(&["build"]).shown(), without_a_list);
}

#[test]
fn a_list_on_which_nothing_stands_and_a_term_without_a_glossary_are_told() {
    let book = fixture::book();
    book.write(
        "src/данные.md",
        "# Данные\n\n## Как читать\n\nПро [[ранг]], [[1, 2], [3, 4]] и `[[код]]`.\n\n<!-- glossary -->\n\n<!-- sources -->\n\n<!-- bibliography -->\n",
    );
    assert_snapshot!(book.book(&["build"]).shown());
}
