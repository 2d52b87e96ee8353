//! Plain mdBook with the course's own book.toml and theme: every step of it gives the same bytes, on a book small enough for every change.

use std::path::Path;

use book_test::copy;
use mdbook_driver::MDBook;

use crate::fixture::{self, BookTest};

const SYLLABUS: &str = r#"{"lectures": [
  {"id": "1", "title": "Волна", "path": "волна.md", "prerequisites": [], "bullets": ["Что такое волна"]},
  {"id": "2", "title": "Замысел", "path": "замысел.md", "prerequisites": ["1"], "bullets": ["Потом"]}
]}"#;

/// One of everything that a step makes something of.
const LECTURE: &str = "\
# 1. Волна

*Часть I · сложность ●○○ · 20 минут · пригодится: «Замысел»*

<!-- bullet: Что такое волна -->

> <a id=\"thm-wave\"></a>**Теорема (Гюйгенс).** [[Волны|волна]] складываются [@huygens1690, гл. 1], см. [формулу](#eq-wave).

```rust cell #lst-wave live
//| caption: Период равен `=период:.2`
let частота = input::range(\"частота\", 0.5..=1.5).step(0.5).default(1.0);
let период = 1.0 / частота;
println!(\"T = {период:.3}\");
```

```rust cell fold
# let мера = 2.5;
assert!(мера > 1.0);
```

$$
y = \\sin(2\\pi \\nu t),\\qquad \\nu = \\val{мера:.1} \\label{eq-wave}
$$

```rust cell compile_fail
let буква: u8 = \"а\";
```

Период в [листинге](#lst-wave) равен `=период:.2`[^один]. <!-- claim: период > 0.0 --> <!-- checks: eq-wave -->

| а | б |
|---|--:|
| `код` | 1 |

[^один]: При частоте по умолчанию.

## Упражнения {#ex}

**1 (●).** Найдите $\\nu$.

<details><summary>Решение</summary>

Частота — $1/T$.

</details>

## История и источники {#sources}
";

fn book() -> BookTest {
    let (book, course) = (fixture::book(), Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    let settings = std::fs::read_to_string(course.join("book.toml")).expect("the course has settings");
    let tool = format!("\"{} ", env!("CARGO_BIN_EXE_course"));
    let settings = settings.replace("\"cargo run --quiet --package course -- ", &tool);
    book.write("book.toml", &settings.replace("library = \"ml\"", "library = \"kernel\"\nprofile = \"dev\"\nopt = 0"));
    copy(&course.join("theme"), &book.path("theme"));
    book.write("syllabus.json", SYLLABUS);
    book.write("src/SUMMARY.md", "[О курсе](index.md)\n\n- [Волна](волна.md)\n- [Замысел]()\n- [Данные](данные.md)\n");
    book.write("src/index.md", "# О курсе\n\n<!-- search: off -->\n\n<!-- course: map -->\n");
    book.write("src/волна.md", LECTURE);
    let source = "huygens1690:\n  type: book\n  title: \"Traité de la lumière\"\n  language: fr\n  author: \"Huygens, C.\"\n  date: 1690\n";
    for file in ["bibliography.yml", "data/bibliography.yml"] {
        book.write(file, source);
    }
    let term = "[[term]]\nru = \"волна\"\nen = \"wave\"\ndefinition = 'Изменение, которое бежит.'\nlecture = \"1\"\n";
    book.write("glossary.toml", term);
    book.write("synonyms.txt", "волна = wave = колебание\n");
    book
}

#[test]
fn plain_mdbook_writes_the_same_bytes_by_every_step_of_the_course() {
    let book = book();
    let said = book.book(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let ours = book.files("book");
    let page = String::from_utf8(ours["волна.html"].clone()).unwrap();
    for made in ["class=\"katex", "live-data", ">println", "callout", "#src-huygens1690", "class=\"term\"", "cell-code"]
    {
        assert!(page.contains(made), "no step has made `{made}`:\n{page}");
    }
    assert!(page.contains("property=\"og:title\" content=\"Волна\"") && page.contains("application/ld+json"), "{page}");
    assert!(ours.contains_key("search/text/волна.js") && ours.contains_key("proofs/волна.js"), "{:?}", ours.keys());
    for folder in ["book", ".book", "search", "src/search", "src/proofs"] {
        std::fs::remove_dir_all(book.path(folder)).unwrap();
    }
    MDBook::load(book.root()).unwrap().build().unwrap();
    let theirs = book.files("book");
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    let different: Vec<&String> =
        ours.iter().filter(|(path, bytes)| theirs[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "{different:?}");
}
