//! Pages for paper, printed by a real Chromium; where there is none this is said, unless `BOOK_REQUIRE_CHROMIUM` is set.

use book_test::BookTest;

use crate::fixture;

/// A book without cells: nothing has to be compiled.
fn book() -> BookTest {
    let book = fixture::nothing();
    book.write("book.toml", "[book]\nlanguage = \"ru\"\n\n[preprocessor.cells]\n");
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [Начало](README.md)\n- [Шаг вперёд](<глава/шаг вперёд.md>)\n- [Черновик]()\n",
    );
    book.write("src/README.md", "# Начало\n\nЗдесь начало.\n");
    book.write("src/глава/шаг вперёд.md", "# Шаг вперёд\n\n## Раздел\n\nСлова на бумаге.\n");
    book
}

#[test]
fn without_a_chromium_nothing_is_built_and_it_is_said_what_to_install() {
    let book = book();
    let empty = tempfile::tempdir().unwrap();
    let said = book.command(&["pdf", "глава/шаг вперёд.md"]).env("PATH", empty.path()).output().unwrap();
    let stderr = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(2), "{stderr}");
    assert!(stderr.starts_with("error: there is no Chromium on the PATH to print with; install one"), "{stderr}");
    assert!(!book.path("book").exists() && !book.path("pdf").exists());
}

#[test]
fn pages_are_printed_where_they_lie_and_the_same_page_gives_the_same_bytes() {
    let book = book();
    let said = book.book(&["pdf"]);
    if said.stderr.contains("there is no Chromium on the PATH") {
        assert!(std::env::var_os("BOOK_REQUIRE_CHROMIUM").is_none(), "there is no Chromium on the PATH");
        eprintln!("skipped: there is no Chromium on the PATH");
        return;
    }
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(
        said.stderr.contains("pdf/глава/шаг вперёд.pdf: ") && said.stderr.contains("2 pages printed"),
        "{}",
        said.stderr
    );
    let printed = |page: &str| std::fs::read(book.path(page)).unwrap();
    let (start, step) = (printed("pdf/index.pdf"), printed("pdf/глава/шаг вперёд.pdf"));
    assert!(start.starts_with(b"%PDF") && step.starts_with(b"%PDF"));
    let again = book.book(&["pdf", "глава/шаг вперёд.md", "--to", "снова"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stderr.contains("1 page printed") && !book.path("снова/index.pdf").exists(), "{}", again.stderr);
    assert!(printed("снова/глава/шаг вперёд.pdf") == step, "two prints of a page differ");
}

#[test]
fn a_page_that_is_not_there_or_is_wrong_is_not_printed() {
    let book = book();
    let unknown = book.book(&["pdf", "нет.md"]);
    assert_ne!(unknown.code, 0);
    assert!(unknown.stderr.contains("нет.md") || unknown.stderr.contains("there is no Chromium"), "{}", unknown.stderr);
    book.write("src/глава/шаг вперёд.md", "# Шаг вперёд\n\n[Никуда](нет.md)\n");
    assert_ne!(book.book(&["pdf"]).code, 0);
    assert!(!book.path("pdf").exists());
}
