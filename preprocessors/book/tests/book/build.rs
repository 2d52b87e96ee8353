//! `build`: what runs again and what does not, and when the site is written.

use insta::assert_snapshot;

use crate::fixture::{self, pages};

const ALL: [&str; 3] = ["src/глава/модель.md", "src/глава/проверка.md", "src/данные.md"];

#[test]
fn only_what_changed_is_run_and_two_builds_are_the_same() {
    let book = fixture::book();
    assert_eq!(book.ran(&["build"]), ALL);
    let first = book.files("book");
    let page = String::from_utf8(first["данные.html"].clone()).unwrap();
    assert!(page.contains("строк: 2") && page.contains("<math"), "{page}");

    assert!(book.ran(&["build"]).is_empty(), "nothing changed");
    assert_eq!(book.files("book"), first);

    book.replace("src/глава/модель.md", "Смотрите", "Ещё раз смотрите");
    book.replace("src/данные.md", "# Данные", "# Все данные\n\nС $x^2$ и новой строкой.");
    assert!(book.ran(&["build"]).is_empty(), "prose runs nothing");
    assert!(book.read("book/данные.html").contains("Все данные"));

    book.write("data/ирис.csv", "1\n2\n3\n");
    assert_eq!(book.ran(&["build"]), ["src/данные.md"]);
    assert!(book.read("book/данные.html").contains("строк: 3"));
    book.write("data/лишний.csv", "1");
    assert!(book.ran(&["build"]).is_empty(), "nobody reads that file");

    book.replace("src/глава/модель.md", "40 + 2", "44 - 2");
    assert_eq!(book.ran(&["build"]), ["src/глава/модель.md"], "the artefact is the same, so its readers are");
    book.replace("src/глава/модель.md", "44 - 2", "43");
    book.replace("src/глава/проверка.md", "вес 42", "вес 43");
    assert_eq!(book.ran(&["build"]), ["src/глава/модель.md", "src/глава/проверка.md"]);

    book.replace("kernel/src/lib.rs", "//! What", "//! Now what");
    assert_eq!(book.ran(&["build"]), ALL, "the teaching crate changed");
}

#[test]
fn a_wrong_book_keeps_the_old_site_and_says_everything_at_once() {
    let book = fixture::book();
    assert_eq!(book.book(&["build"]).code, 0);
    let good = book.files("book");
    book.write(
        "src/SUMMARY.md",
        &format!("{}- [Ошибки](ошибки.md)\n- [Скобка](скобка.md)\n", book.read("src/SUMMARY.md")),
    );
    book.replace("src/глава/проверка.md", "вес 42", "вес 43");
    book.replace("src/глава/модель.md", "#lst-model): вес", "#lst-модель): вес");
    book.replace("src/данные.md", "claim: длина > 1", "claim: длина > 2");
    book.replace("src/index.md", "#как-читать", "#как-писать");
    book.write("src/ошибки.md", ERRORS);
    book.write("src/скобка.md", "# Скобка\n\n```rust cell\nlet шаг = (1;\n```\n");
    let said = book.book(&["build"]);
    assert_eq!(said.code, 1);
    assert_snapshot!(said.shown());
    assert_eq!(book.files("book"), good);
}

/// A page that is read without mistakes and wrong when it is run.
const ERRORS: &str = "# Ошибки

```rust cell
let число: i32 = \"шаг\";
```

Цена $ и формула $\\frac{1}$, ссылка [туда](нет.md), [сноска][нет] и \\$.
";

#[test]
fn named_pages_are_run_and_the_others_are_shown_as_far_as_they_are_known() {
    let book = fixture::book();
    let events = book.events(&["build", "глава/проверка.md"]);
    assert_eq!(pages(&events, "ran"), ["src/глава/модель.md", "src/глава/проверка.md"], "with what it loads");
    assert_eq!(pages(&events, "left-out"), ["src/данные.md"]);
    assert!(book.path("book/глава/проверка.html").is_file());
    assert!(!book.path("book/данные.html").exists());

    book.replace("src/глава/модель.md", "40 + 2", "нет");
    let events = book.events(&["build", "1.1"]);
    assert_eq!(pages(&events, "ran"), ["src/данные.md"]);
    assert_eq!(pages(&events, "left-out"), ["src/глава/модель.md", "src/глава/проверка.md"]);
    assert_eq!(events.last().unwrap()["success"], true, "what is wrong with others is not asked for");
}

#[test]
fn a_build_that_keeps_going_has_the_pages_that_are_right_and_fails() {
    let book = fixture::book();
    assert_eq!(book.book(&["build"]).code, 0);
    let right = book.read("src/данные.md");
    book.write("src/данные.md", &format!("{right}\n```rust cell\nlet число: i32 = \"шаг\";\n```\n"));
    // It loads what a wrong page no longer saves.
    book.replace("src/глава/модель.md", "40 + 2", "нет");
    book.replace("src/index.md", "# ", "# Новое. ");
    let said = book.book(&["build", "--keep-going"]);
    assert_snapshot!(said.shown());
    assert!(book.read("book/index.html").contains("Новое."));
    for wrong in ["данные", "глава/модель", "глава/проверка"] {
        assert!(!book.path(&format!("book/{wrong}.html")).exists(), "{wrong}");
    }

    book.write("bibliography.yml", "шаг: [");
    let said = book.book(&["build", "--keep-going"]);
    assert!(said.stderr.contains("is still the last good site"), "{}", said.stderr);
}

#[test]
fn a_page_that_the_book_does_not_have_is_not_built() {
    let book = fixture::book();
    assert_snapshot!(book.book(&["build", "глава/модел.md"]).shown());
    assert_snapshot!(book.book(&["build", "2.1"]).shown());
}

#[test]
fn a_book_that_cannot_be_read_is_wrong_where_it_says_so() {
    let book = fixture::book();
    book.write("src/SUMMARY.md", "- [А](а.md)\n- [Данные](данные.md)\n- [Ещё](данные.md)\n- [Вне](../book.toml)\n");
    assert_snapshot!(book.book(&["build"]).shown());
    book.write("src/SUMMARY.md", "- [Данные](данные.md)\n\n[Конец](index.md)\n\n- [Модель](глава/модель.md)\n");
    assert_snapshot!(book.book(&["build"]).shown());
    book.write("book.toml", "[book]\ntitle = \"Книга\"\nавтор = 1\n");
    assert_snapshot!(book.book(&["build"]).shown());
    book.write("book.toml", "[preprocessor.cells]\ncolour = 1\n");
    assert_snapshot!(book.book(&["build"]).shown());
    book.write("book.toml", "[output.html]\nlanguage = \"ru\"\n");
    assert_snapshot!(book.book(&["build"]).shown());
    book.write("book.toml", "[output.html]\n[output.pdf]\n");
    assert_snapshot!(book.book(&["build"]).shown());
}

#[test]
fn the_root_is_the_nearest_folder_with_a_book() {
    let book = fixture::book();
    let inside = book.path("src/глава");
    let status = book.command(&["why", "модель.md"]).current_dir(&inside).status().unwrap();
    assert_eq!(status.code(), Some(0));
    let outside = book.command(&["build"]).current_dir("/").output().unwrap();
    assert_eq!(outside.status.code(), Some(2));
    let named =
        book.command(&["why", "1.2", "--root", book.root().to_str().unwrap()]).current_dir("/").status().unwrap();
    assert_eq!(named.code(), Some(0));
}

#[test]
#[cfg(unix)]
fn what_editors_leave_is_neither_published_nor_in_the_way() {
    let book = fixture::book();
    assert_eq!(book.book(&["build"]).code, 0);
    let right = book.files("book");
    for file in ["index.md~", "глава/#модель.md#", "глава/.модель.md.swp", "глава/.рис.svg.swo", "4913", "рис.svg~"]
    {
        book.write(&format!("src/{file}"), "Ничего.");
    }
    // Emacs locks a file by a link that leads nowhere.
    for file in ["src/.#index.md", "src/глава/.#рис.svg", "data/.#ирис.csv", "kernel/src/.#lib.rs"] {
        std::os::unix::fs::symlink("user@host.1:2", book.path(file)).unwrap();
    }
    for command in ["build", "check"] {
        let said = book.book(&[command]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        assert!(!said.stderr.contains("warning") && !said.stderr.contains('#'), "{}", said.stderr);
    }
    assert_eq!(book.files("book"), right);
    assert_eq!(book.book(&["take", "данные.md", "--to", "взято"]).code, 0);
}
