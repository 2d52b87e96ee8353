//! `mutate`: which changes of a page's code its checks notice.

use insta::assert_snapshot;

use crate::fixture;

/// `площадь` is checked, the figure is not, and a wrong sign in `шаги` has no end.
const PAGE: &str = "# Данные\n\nСлово.\n\n\
```rust cell\nfn площадь(а: f64, б: f64) -> f64 {\n    а * б\n}\n\
fn шаги(конец: i64) -> i64 {\n    let mut шаг = конец;\n    let mut раз = 0;\n    while шаг > 0 {\n        шаг -= 1;\n        раз |= шаг;\n    }\n    раз\n}\n```\n\n\
Площадь `=площадь(3.0, 4.0) / 6.0:.1`. <!-- checks: eq-s --> <!-- claim: площадь(3.0, 4.0) == 12.0 && шаги(9) == 15 -->\n\n\
```rust cell #fig-s\n//| caption: Слово\n//| alt: Слово\nlet точки = vec![площадь(1.0, 2.0) + 0.5];\nточки\n```\n";

#[test]
fn a_change_that_a_check_sees_is_noticed_and_others_are_told() {
    let book = fixture::book();
    book.write("src/данные.md", PAGE);
    let said = book.book(&["mutate", "src/данные.md", "--all", "--show"]);
    let times = |line: &&str| !line.starts_with("compiled ");
    let messages: Vec<&str> = said.stderr.lines().filter(times).collect();
    assert_snapshot!(format!("{}\n---\n{}exit {}", messages.join("\n"), said.stdout, said.code));
}

#[test]
fn a_sample_is_the_same_for_the_same_seed() {
    let book = fixture::book();
    book.write("src/данные.md", PAGE);
    let tried = |seed: &str| {
        let events = book.events(&["mutate", "src/данные.md", "--count", "4", "--seed", seed]);
        let of = |event: &serde_json::Value| event["reason"] == "mutants";
        events.into_iter().filter(of).map(|event| event.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(tried("1"), tried("1"));
    let count = |shares: &str| -> u64 {
        let shares: serde_json::Value = serde_json::from_str(shares).unwrap();
        ["killed", "survived", "untried"].iter().filter_map(|what| shares[what].as_u64()).sum()
    };
    assert_eq!(tried("2").iter().map(|shares| count(shares)).sum::<u64>(), 4);
}

#[test]
fn a_page_that_is_wrong_is_not_changed() {
    let book = fixture::book();
    book.write("src/данные.md", &PAGE.replace("== 12.0", "== 13.0"));
    let said = book.book(&["mutate", "src/данные.md"]);
    assert!(said.stderr.contains("claim") && !said.stderr.contains("possible change"), "{}", said.stderr);
    assert_eq!(said.code, 1);
}
