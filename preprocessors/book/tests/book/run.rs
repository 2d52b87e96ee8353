//! `run`: shares of a book on several machines.

use std::fs;

use crate::fixture::{self, pages};

#[test]
fn the_stores_of_all_shares_together_are_the_store_of_the_book() {
    let machines = [fixture::book(), fixture::book()];
    let ran: Vec<Vec<String>> = machines
        .iter()
        .zip(["1/2", "2/2"])
        .map(|(machine, share)| machine.ran(&["run", "--partition", share]))
        .collect();
    assert_eq!(ran[0], ["src/глава/модель.md", "src/глава/проверка.md", "src/данные.md"], "with what it loads");
    assert_eq!(ran[1], ["src/глава/модель.md"]);
    assert!(!machines[0].path("book").exists());

    let home = fixture::book();
    for machine in &machines {
        for (path, bytes) in machine.files(".book/store") {
            let path = home.path(&format!(".book/store/{path}"));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let events = home.events(&["build"]);
    assert!(pages(&events, "ran").is_empty());
    assert_eq!(pages(&events, "stored").len(), 3);
}

#[test]
fn a_share_says_what_is_wrong_with_its_own_pages() {
    let book = fixture::book();
    book.replace("src/данные.md", "let длина", "let длина: bool");
    assert_eq!(book.book(&["run", "--partition", "1/3"]).code, 1);
    assert_eq!(book.book(&["run", "--partition", "2/3"]).code, 0);
    assert_eq!(book.book(&["run", "--partition", "4/3"]).code, 2);
}
