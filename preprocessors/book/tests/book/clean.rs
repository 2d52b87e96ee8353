//! `clean`: what the tool made goes, nothing else does.

use insta::assert_snapshot;

use crate::fixture;

#[test]
fn the_site_and_the_memory_go_and_everything_else_stays() {
    let book = fixture::book();
    let before = book.files("");
    assert_eq!(book.book(&["build"]).code, 0);
    assert_snapshot!(book.book(&["clean", "--site"]).stderr);
    assert!(!book.path("book").exists() && book.path(".book/store").exists());
    assert_snapshot!(book.book(&["clean"]).stderr);
    std::fs::remove_dir_all(book.path("target")).unwrap();
    assert_eq!(book.files(""), before);
    assert_eq!(book.book(&["clean"]).stderr, "");
}

#[test]
fn a_folder_that_is_not_a_site_is_never_removed() {
    let book = fixture::book();
    book.write("book/роман.txt", "мой роман");
    assert_snapshot!(book.book(&["clean"]).shown());
    for folder in ["src", ".", "..", "/tmp"] {
        book.write("book.toml", &format!("[build]\nbuild-dir = '{folder}'\n"));
        assert_eq!(book.book(&["clean"]).code, 2, "{folder}");
    }
    assert_eq!(book.read("book/роман.txt"), "мой роман");
    assert!(book.path("src/index.md").is_file());
}
