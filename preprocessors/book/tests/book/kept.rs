//! Pages that were written before are not rendered again, and nobody can tell that from the site.

use std::collections::BTreeMap;
use std::fs;

use crate::fixture::{self, BookTest};

const KEPT: &str = ".book/local/pages";
const BODIES: &str = ".book/local/pages/body";

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
    book.files(BODIES).into_keys().collect()
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

/// A book whose pages show something of each other.
fn entangled() -> BookTest {
    let book = book();
    book.replace(
        "src/глава/проверка.md",
        "```text out\nвес 42\n```\n",
        "Вес `=вес`, шаг [формулы](../данные.md#eq-шаг) [[весов]].\n",
    );
    book.replace("src/данные.md", "# Данные", "# Данные\n\n$$\nx = 1 \\label{eq-шаг}\n$$\n\nСказано [@фишер].");
    book.replace("src/index.md", "Начните", "<!-- glossary -->\n\n<!-- bibliography -->\n\n$\\step$ и $y$. Начните");
    book.write("bibliography.yml", "фишер:\n  type: book\n  title: Цветки\nещё:\n  type: book\n  title: Иное\n");
    book.write(
        "glossary.toml",
        "[[term]]\nru = \"вес\"\nen = \"weight\"\ndefinition = \"Множитель.\"\nlecture = \"1.2\"\n",
    );
    book.write("макросы.txt", "\\step:x\n");
    book.replace("book.toml", "no-css = true", "no-css = true\nmacros = \"макросы.txt\"");
    book
}

#[test]
fn what_a_page_takes_from_others_is_as_new_as_they_are() {
    let book = entangled();
    build(&book);
    let replace = |path: &str, from: &str, to: &str| book.replace(path, from, to);
    let edits: [(&str, &dyn Fn()); 16] = [
        ("a listing before the one that another page links to", &|| {
            replace(
                "src/глава/модель.md",
                "# Модель\n",
                "# Модель\n\n```rust cell #lst-new\n//| caption: Единица\n1\n```\n",
            );
        }),
        ("a formula before the one that another page links to", &|| {
            replace("src/данные.md", "# Данные\n", "# Данные\n\n$$\ny = 2 \\label{eq-новая}\n$$\n");
        }),
        ("an artefact", &|| replace("src/глава/модель.md", "40 + 2", "40 + 3")),
        ("prose of the page that saves it", &|| replace("src/глава/модель.md", "Смотрите", "Ещё раз смотрите")),
        ("prose of the page that loads it", &|| replace("src/глава/проверка.md", "прочитан", "прочитан верно")),
        ("a title", &|| replace("src/SUMMARY.md", "[Данные]", "[Все данные]")),
        ("what a page cites", &|| replace("src/глава/модель.md", "смотрите", "прочтите [@ещё] и смотрите")),
        ("a source", &|| replace("bibliography.yml", "Цветки", "Цветы")),
        ("a definition", &|| replace("glossary.toml", "Множитель", "Число")),
        ("the page that lists the terms", &|| {
            replace("src/index.md", "<!-- glossary -->\n\n", "");
            replace("src/данные.md", "# Данные\n", "# Данные\n\n<!-- glossary -->\n");
        }),
        ("a macro", &|| replace("макросы.txt", "x", "z")),
        ("data", &|| book.write("data/ирис.csv", "длина\n1\n2\n3\n4\n")),
        ("the place of a page", &|| {
            fs::rename(book.path("src/данные.md"), book.path("src/глава/данные.md")).unwrap();
            replace("src/SUMMARY.md", "(данные.md)", "(глава/данные.md)");
            replace("src/index.md", "(данные.md", "(глава/данные.md");
            replace("src/глава/модель.md", "(../данные.md", "(данные.md");
            replace("src/глава/проверка.md", "(../данные.md", "(данные.md");
        }),
        ("how outputs are folded", &|| replace("book.toml", "opt = 0", "opt = 0\nfold-lines = 0")),
        ("the language", &|| replace("book.toml", "language = \"ru\"", "language = \"en\"")),
        ("a page that goes", &|| {
            replace("src/SUMMARY.md", "  - [Проверка](глава/проверка.md)\n", "");
            fs::remove_file(book.path("src/глава/проверка.md")).unwrap();
        }),
    ];
    for (what, edit) in edits {
        let before = book.files("book");
        edit();
        let with = build(&book);
        for made in [KEPT, ".book/formulas"] {
            let path = book.path(made);
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        }
        assert!(with == build(&book), "{what}");
        assert!(with != before, "{what} changes nothing");
    }
}

#[test]
fn mistakes_that_follow_from_other_pages_are_told_of_pages_that_are_kept() {
    let book = entangled();
    build(&book);
    let said = |from: &str, to: &str, path: &str| {
        book.replace(path, from, to);
        let said = book.book(&["build"]);
        book.replace(path, to, from);
        build(&book);
        format!("{}\n{}", said.code, said.stderr)
    };
    for (from, to, path, told) in [
        ("#lst-model", "#lst-иная", "src/глава/модель.md", "src/index.md:"),
        ("eq-шаг}", "eq-иной}", "src/данные.md", "src/глава/проверка.md:"),
        ("фишер:", "фишёр:", "bibliography.yml", "src/данные.md:"),
        ("\"вес\"", "\"груз\"", "glossary.toml", "src/глава/проверка.md:"),
        ("save(\"модель\"", "save(\"иная\"", "src/глава/модель.md", "src/глава/проверка.md:"),
        (
            "прочитан",
            "прочитан\n\n```rust cell\nartefact::save(\"модель\", b\"1\")?;\n```\n",
            "src/глава/проверка.md",
            "src/глава/модель.md:",
        ),
    ] {
        let said = said(from, to, path);
        assert!(said.starts_with('1') && said.contains(told), "{from} → {to}: {said}");
    }
}

#[test]
fn a_word_makes_nothing_anew_of_other_pages() {
    let book = entangled();
    build(&book);
    let before = book.files(KEPT);
    book.replace("src/данные.md", "таблице", "этой таблице");
    build(&book);
    let after = book.files(KEPT);
    let kind = |name: &String| name.split('/').next().unwrap_or_default().to_owned();
    let mut made: BTreeMap<String, usize> = before.keys().map(|name| (kind(name), 0)).collect();
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        *made.entry(kind(name)).or_default() += 1;
    }
    let made: Vec<String> = made.iter().map(|(kind, made)| format!("{kind} {made}")).collect();
    insta::assert_snapshot!(made.join(", "), @"anchors 1, body 1, cells 1, cited 1, code 1, directives 1, edits 3, equations 1, fences 0, formulas 1, literature 0, markdown 1, outgoing 1, references 1, told 1, turn 0");
    assert_eq!(after.len(), before.len(), "what no page needs any more is gone");
}

#[test]
fn an_execution_that_is_gone_or_damaged_is_computed_again() {
    let book = entangled();
    let good = build(&book);
    let executions = ".book/store/execution";
    for name in book.files(executions).into_keys() {
        let path = book.path(executions).join(name);
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(path, bytes).unwrap();
    }
    let _ = fs::remove_dir_all(book.path(".book/local/site"));
    assert_eq!(book.ran(&["build"]).len(), 3);
    assert!(book.files("book") == good);
    fs::remove_dir_all(book.path(".book/store/artefact")).unwrap();
    let _ = fs::remove_dir_all(book.path(".book/local/site"));
    assert_eq!(book.ran(&["build"]).len(), 1, "the page that saves it");
    assert!(book.files("book") == good);
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
        let path = book.path(BODIES).join(name);
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
fn damaged_edits_are_made_again_as_soon_as_somebody_needs_them() {
    let book = entangled();
    build(&book);
    let edits = book.path(".book/local/pages/edits");
    for (number, name) in book.files(".book/local/pages/edits").into_keys().enumerate() {
        let path = edits.join(name);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        match number % 2 {
            0 => bytes[last] ^= 1,
            _ => bytes.truncate(last),
        }
        fs::write(path, bytes).unwrap();
    }
    // What a source looks like goes into the middle of a page's way.
    book.replace("bibliography.yml", "Цветки", "Цветы");
    let with = build(&book);
    fs::remove_dir_all(book.path(KEPT)).unwrap();
    assert!(with == build(&book));
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
