//! Changes of a lecture's code: what its marks say of them, and what the reader and the author see.

use insta::assert_snapshot;

use crate::fixture;

const SYLLABUS: &str = r#"{"lectures": [
  {"id": "1.1", "title": "Площадь", "path": "данные.md", "prerequisites": [], "bullets": ["Площадь"]}
]}"#;

/// A marked claim vouches for `площадь`, a marked cell for `периметр`; nobody vouches for what is drawn and counted.
const LECTURE: &str = "# 1.1. Площадь\n\n<!-- bullet: Площадь -->\n\n\
$$\nS = ab \\label{eq-s}\n$$\n\n$$\nP = 2(a + b) \\label{eq-p}\n$$\n\n\
```rust cell\nfn площадь(а: f64, б: f64) -> f64 {\n    а * б\n}\nlet периметр = |а: f64, б: f64| 2.0 * (а + б);\n\
let больших = [1.0, 5.0].iter().filter(|а| площадь(**а, 1.0) > 3.0).count();\n```\n\n\
По [формуле](#eq-s) это `=площадь(3.0, 4.0):.0`. <!-- checks: eq-s --> <!-- claim: площадь(3.0, 4.0) == 12.0 -->\n\n\
<!-- checks: eq-p -->\n```rust cell\nassert!(периметр(1.0, 2.0) == 6.0);\n```\n\n\
По [формуле](#eq-p) больших `=больших`. <!-- allow: unclaimed — для примера -->\n\n\
```rust cell #fig-s\n//| caption: Точки\n//| alt: Точки\nvec![площадь(1.0, 2.0) + 0.5]\n```\n";

#[test]
fn what_stands_behind_a_mark_is_counted_apart_and_shown_as_long_as_the_code_is_the_same() {
    let book = fixture::book();
    book.write("syllabus.json", SYLLABUS);
    book.write("src/данные.md", LECTURE);
    let said = book.book(&["mutate", "данные.md", "--all"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_snapshot!(said.stdout);
    let shares = || {
        let stats = book.book(&["stats"]).stdout;
        let pattern = stats.lines().rfind(|line| line.starts_with("1.1 ")).unwrap_or_default();
        pattern.split_whitespace().rev().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_ne!(shares(), ["–", "–"]);
    assert_snapshot!(shares().join(" drawn, marked "));
    book.replace("src/данные.md", "а * б", "б * а");
    assert_eq!(shares(), ["–", "–"], "nothing is known of other code");
}
