//! Pages that pass artefacts on: their order, and what happens when one cannot be made.

use std::collections::BTreeSet;

use mdbook_cells::run::Scope;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::Book;

/// A page that loads what other pages save, and saves the sum and one.
fn page(at: usize, loads: &[usize]) -> String {
    let sum: String = loads.iter().map(|from| format!(" + artefact::load(\"а{from}\")?")).collect();
    format!("```rust cell\nlet сумма = 1{sum};\nartefact::save(\"а{at}\", &сумма)?;\nсумма\n```\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_a_page_loads_is_there_in_whatever_order_the_pages_stand(
        loads in vec(vec(any::<Index>(), 0..3), 1..7),
        turn in any::<Index>(),
    ) {
        // Each page loads of those with smaller numbers; then the book is turned.
        let loads: Vec<Vec<usize>> = loads.iter().enumerate().map(|(at, taken)| {
            let mut of: Vec<usize> = taken.iter().filter(|_| at > 0).map(|index| index.index(at)).collect();
            of.sort_unstable();
            of.dedup();
            of
        }).collect();
        let mut given: Vec<u32> = Vec::new();
        for of in &loads {
            given.push(1 + of.iter().map(|from| given[*from]).sum::<u32>());
        }
        let mut pages: Vec<(String, String)> =
            loads.iter().enumerate().map(|(at, of)| (format!("src/{at}.md"), page(at, of))).collect();
        let turn = turn.index(pages.len());
        pages.rotate_left(turn);
        given.rotate_left(turn);
        let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let book = Book::new();
        let built = book.build(&pages);
        prop_assert_eq!(&built.messages, "");
        for (result, given) in built.results.iter().zip(given) {
            prop_assert_eq!(result.execution.as_ref().unwrap().plain(0), format!("{given}\n"));
        }
        prop_assert_eq!(book.build(&pages).ran.len(), 0);
    }
}

#[test]
fn a_changed_artefact_runs_those_who_load_it_and_nobody_else() {
    let book = Book::new();
    let [first, second, third] = [page(0, &[]), page(1, &[0]), page(2, &[])];
    book.build(&[("src/а.md", &first), ("src/б.md", &second), ("src/в.md", &third)]);
    let first = first.replace("= 1", "= 7");
    let built = book.build(&[("src/а.md", &first), ("src/б.md", &second), ("src/в.md", &third)]);
    assert_eq!(built.ran, ["src/а.md", "src/б.md"]);
    // The same artefact by other code runs nobody else.
    let first = first.replace("= 7", "= 3 + 4");
    let built = book.build(&[("src/а.md", &first), ("src/б.md", &second), ("src/в.md", &third)]);
    assert_eq!(built.ran, ["src/а.md"]);
}

#[test]
fn a_page_alone_is_run_with_those_that_save_what_it_loads() {
    let [first, second, third] = [page(0, &[]), page(1, &[0]), page(2, &[])];
    let pages = [("src/а.md", first.as_str()), ("src/б.md", second.as_str()), ("src/в.md", third.as_str())];
    let scope = Scope::Pages(BTreeSet::from(["src/б.md".to_owned()]));
    let built = Book::new().build_within(&scope, &pages);
    assert_eq!(built.ran, ["src/а.md", "src/б.md"]);
    assert_eq!(built.messages, "");
    assert!(built.results[2].execution.is_none());
}

#[test]
fn a_page_whose_artefact_could_not_be_made_is_not_run() {
    let broken = page(0, &[]).replace("let", "panic!(\"нет\");\nlet");
    let built = Book::new().build(&[("src/а.md", &broken), ("src/б.md", &page(1, &[0]))]);
    assert_eq!(built.ran, ["src/а.md"]);
    assert!(built.messages.contains("the artefact `а0` could not be made"), "{}", built.messages);
}
