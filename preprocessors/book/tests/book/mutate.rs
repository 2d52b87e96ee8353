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
fn what_is_known_of_changes_is_not_tried_again_until_the_code_is_another() {
    let book = fixture::book();
    book.write("src/данные.md", PAGE);
    let some = book.book(&["mutate", "src/данные.md", "--count", "5"]);
    assert!(!book.path("mutants.json").exists(), "five changes are not the usual sample");
    let all = book.book(&["mutate", "src/данные.md", "--all"]);
    assert!(all.stderr.contains("5 changes known from before"), "{}", all.stderr);
    let written = book.read("mutants.json");
    book.replace("src/данные.md", "Слово.", "Слово.\n\nЕщё абзац.");
    let again = book.book(&["mutate", "src/данные.md", "--all"]);
    assert!(!again.stderr.contains("compiled "), "{}", again.stderr);
    assert_eq!((again.stdout, book.read("mutants.json")), (all.stdout, written.clone()));
    let survivors = |said: &str| said.matches("warning[survivor]").count();
    assert_eq!(survivors(&again.stderr), survivors(&all.stderr));
    assert!(survivors(&some.stderr) < survivors(&all.stderr));
    assert_snapshot!(written);
    book.replace("src/данные.md", "а * б", "б * а");
    assert!(!book.book(&["mutate", "src/данные.md", "--all"]).stderr.contains("known from before"));
    assert_ne!(book.read("mutants.json"), written);
}

#[test]
fn a_page_that_is_wrong_is_not_changed() {
    let book = fixture::book();
    book.write("src/данные.md", &PAGE.replace("== 12.0", "== 13.0"));
    let said = book.book(&["mutate", "src/данные.md"]);
    assert!(said.stderr.contains("claim") && !said.stderr.contains("possible change"), "{}", said.stderr);
    assert_eq!(said.code, 1);
}

/// What is printed, shown for every state of an input and saved stands on both sides of what is changed.
const LONG: &str = "# Данные\n\nСлово.\n\n```rust cell\n//THREAD\nfn квадрат(х: f64) -> f64 {\n    х * х\n}\n\
let а = 1.5 + 1.0;\nprintln!(\"а = {}\", а);\n```\n\n```rust cell live\n\
let к = kernel::input::choice(\"к\", [1.0, 2.0, 3.0]).default(2.0);\nprintln!(\"{}\", к - 1.0);\nквадрат(к)\n```\n\n\
Число `=квадрат(а) - 1.0`. <!-- claim: квадрат(3.0) == 9.0 -->\n\n\
```rust cell\nlet итог = а + квадрат(2.0);\nprintln!(\"{}\", итог + 1.0);\nif итог < 0.0 {\n    println!(\"{}\", 2.0 * 3.0);\n}\n\
let мест = [1, 2, 3];\nмест[мест.len() - 1]\n```\n";

#[test]
fn mutants_that_branch_come_to_the_same_ends_as_runs_of_their_own() {
    let book = fixture::book();
    let all = |page: &str| {
        book.write("src/данные.md", page);
        let said = book.book(&["mutate", "src/данные.md", "--all", "--show"]);
        assert_eq!(said.code, 0, "{}", said.stderr);
        let words: Vec<String> =
            said.stderr.lines().filter(|line| !line.starts_with("compiled ")).map(str::to_owned).collect();
        format!("{}\n---\n{}", words.join("\n"), said.stdout)
    };
    let branched = all(LONG);
    // A process with a second thread cannot be copied.
    let thread = "std::thread::spawn(|| loop { std::thread::park() });";
    assert_eq!(branched, all(&LONG.replace("//THREAD", thread)).replace(thread, "//THREAD"));
    assert!(branched.contains("the page never comes to it"), "{branched}");
    assert_snapshot!(branched);
}

#[test]
fn an_excused_change_is_not_tried_and_an_excuse_for_nothing_is_an_error() {
    let book = fixture::book();
    let excuse = "<!-- equivalent: `0.0` → `1.0`: ничего не рисует -->\n\n```rust cell\nlet итог";
    book.write("src/данные.md", &LONG.replace("```rust cell\nlet итог", excuse));
    let said = book.book(&["mutate", "src/данные.md", "--all"]);
    assert!(said.stderr.contains("the page excuses 1") && !said.stderr.contains("`0.0` → `1.0`"), "{}", said.stderr);
    book.write("src/данные.md", &LONG.replace("```rust cell\nlet итог", &excuse.replace("1.0`", "5.0`")));
    assert_snapshot!(book.book(&["mutate", "src/данные.md"]).shown());
}
