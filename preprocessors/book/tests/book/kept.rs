//! Pages that were written before are not rendered again, and nobody can tell that from the site.

use std::collections::BTreeMap;
use std::fs;

use crate::fixture::{self, BookTest};

const KEPT: &str = ".book/local/pages/body";

/// A book whose site has no page of all pages, in a template that shows everything else.
fn book() -> BookTest {
    let book = fixture::book();
    book.write(
        "theme/index.hbs",
        "<!doctype html>\n<title>{{ title }}</title>\n<script src=\"{{ resource \"book.js\" }}\"></script>\n<main>{{{ content }}}</main>\n{{#each chapters}}{{ name }} {{/each}}\n{{ previous.title }} \
         {{ next.link }} {{#if is_index}}первая{{/if}}\n",
    );
    book.write("book.toml", &format!("{}\n[output.html.print]\nenable = false\n", book.read("book.toml")));
    book
}

fn build(book: &BookTest) -> BTreeMap<String, Vec<u8>> {
    // Where nothing has changed, no page would be looked at.
    let _ = fs::remove_dir_all(book.path(".book/local/site"));
    let said = book.book(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    book.files("book")
}

/// Names of what is kept.
fn kept(book: &BookTest) -> Vec<String> {
    book.files(KEPT).into_keys().collect()
}

#[test]
fn after_an_edit_of_any_kind_the_site_is_the_one_that_is_built_from_nothing() {
    let book = book();
    book.replace("src/глава/модель.md", "# ", "{{#include ../../вставка.txt}}\n\n# ");
    book.write("вставка.txt", "Вставлено *отсюда*.");
    build(&book);
    let edits: [(&str, &dyn Fn()); 9] = [
        ("nothing", &|| {}),
        ("a page", &|| book.replace("src/данные.md", "# Данные", "# Данные\n\nЕщё `слово` и $x^2$.")),
        ("an included file", &|| book.write("вставка.txt", "Вставлено **иначе**.")),
        ("a title", &|| book.replace("src/SUMMARY.md", "[Данные]", "[Все данные]")),
        ("the order", &|| book.replace("src/SUMMARY.md", "[О книге](index.md)\n", "")),
        ("the template", &|| book.replace("theme/index.hbs", "<main>", "<main lang=\"ru\">")),
        ("a script of the theme", &|| book.write("theme/book.js", "console.log('да')")),
        ("the book's title", &|| book.replace("book.toml", "Опытная книга", "Иная книга")),
        ("how Markdown is read", &|| {
            book.replace("book.toml", "smart-punctuation = false", "smart-punctuation = true");
        }),
    ];
    for (what, edit) in edits {
        edit();
        let with = build(&book);
        fs::remove_dir_all(book.path(KEPT)).unwrap();
        assert!(with == build(&book), "{what}");
    }
}

#[test]
fn only_the_page_that_was_edited_is_rendered() {
    let book = book();
    build(&book);
    let before = kept(&book);
    assert_eq!(before.len(), 4);
    build(&book);
    assert_eq!(kept(&book), before, "nothing changed");
    book.replace("src/данные.md", "# Данные", "# Данные\n\nСлово.");
    build(&book);
    let after = kept(&book);
    assert_eq!(after.iter().filter(|name| before.contains(name)).count(), 3);
    assert_eq!(after.len(), 4, "what no page needs any more is gone");
}

#[test]
fn a_damaged_page_is_rendered_again() {
    let book = book();
    let good = build(&book);
    for (number, name) in kept(&book).iter().enumerate() {
        let path = book.path(KEPT).join(name);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        match number % 3 {
            0 => bytes[last] ^= 1,
            1 => bytes.truncate(last / 2),
            _ => bytes.clear(),
        }
        fs::write(path, bytes).unwrap();
    }
    assert!(build(&book) == good);
}

#[test]
fn pages_are_those_that_mdbook_writes_when_it_has_the_whole_book_at_once() {
    let book = book();
    let apart = build(&book);
    // For a page of all pages mdBook needs the whole book.
    book.replace("book.toml", "[output.html.print]\nenable = false", "[output.html.print]\nenable = true");
    let at_once = build(&book);
    assert!(at_once.contains_key("print.html"));
    // The contents name the style sheet of the page of all pages.
    let is_page = |name: &&String| name.ends_with(".html") && *name != "toc.html";
    let pages: Vec<&String> = apart.keys().filter(is_page).collect();
    assert_eq!(pages.len(), 5, "{pages:?}");
    for page in pages {
        assert!(at_once[page] == apart[page], "{page}");
    }
}
