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

/// What stands on each sheet; nothing where no program can tell.
fn sheets(file: &std::path::Path) -> Option<Vec<String>> {
    let read = std::process::Command::new("pdftotext").args(["-layout"]).arg(file).arg("-").output().ok()?;
    assert!(read.status.success() && read.stderr.is_empty(), "{}", String::from_utf8_lossy(&read.stderr));
    let text = String::from_utf8(read.stdout).unwrap();
    let words = |sheet: &str| sheet.split_whitespace().collect::<Vec<&str>>().join(" ");
    Some(text.split_terminator('\u{c}').map(words).collect())
}

#[test]
fn a_part_and_the_whole_are_one_file_with_contents_one_numbering_and_links_inside() {
    let book = book();
    let sheet = "@page { @bottom-center { content: counter(page) } }\nh2 { break-before: page }\n";
    book.write("бумага.css", &format!("@media print {{\n{sheet}nav, .nav-wrapper {{ display: none }}\n}}\n"));
    book.replace(
        "book.toml",
        "[preprocessor.cells]",
        "[output.html]\nadditional-css = [\"бумага.css\"]\n\n[preprocessor.cells]",
    );
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n[Начало](README.md)\n\n- [Часть]()\n  - [Шаг вперёд](<глава/шаг вперёд.md>)\n  - [Шаг назад](глава/назад.md)\n- [Другая](другая.md)\n",
    );
    book.write("src/README.md", "# Начало\n\nДалее [шаг](<глава/шаг вперёд.md#раздел>), [другое](другая.md).\n");
    book.write(
        "src/глава/шаг вперёд.md",
        "# Шаг вперёд\n\nЗдесь [раздел](#раздел).\n\n## Раздел\n\nСлова на бумаге.\n",
    );
    book.write(
        "src/глава/назад.md",
        "# Шаг назад\n\nВернёмся [туда](<шаг вперёд.md#раздел>) и [вне](https://a.example/).\n",
    );
    book.write("src/другая.md", "# Другая\n\nИное.\n");
    let whole = book.book(&["pdf", "--into", "том.pdf"]);
    if whole.stderr.contains("there is no Chromium on the PATH") {
        assert!(std::env::var_os("BOOK_REQUIRE_CHROMIUM").is_none(), "there is no Chromium on the PATH");
        eprintln!("skipped: there is no Chromium on the PATH");
        return;
    }
    assert_eq!(whole.code, 0, "{}", whole.stderr);
    assert!(whole.stderr.contains("том.pdf: ") && whole.stderr.contains("4 pages printed"), "{}", whole.stderr);
    assert!(!book.path("pdf").exists());
    let bytes = std::fs::read(book.path("том.pdf")).unwrap();
    let root = book.root();
    for leak in [root.to_str().unwrap(), "file://", "CreationDate"] {
        assert!(!bytes.windows(leak.len()).any(|part| part == leak.as_bytes()), "{leak} is in the file");
    }
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("https://a.example/"), "a link out of the book stays");
    // Two headings link to themselves, a sentence to the section; so do two of other pages.
    assert_eq!(text.matches("/Dest /2.").count(), 5, "links to anchors");
    // Four of the contents, one of a sentence.
    assert_eq!(text.matches("/Fit ]").count(), 5, "links to pages");
    if let Some(sheets) = sheets(&book.path("том.pdf")) {
        assert!(
            sheets[0].contains("Начало 1") && sheets[0].contains("1. Часть 1.1. Шаг вперёд 2 1.2. Шаг назад 4"),
            "{sheets:?}"
        );
        assert!(sheets[0].contains("2. Другая 5") && sheets[0].ends_with(" i"), "{sheets:?}");
        let ends: Vec<bool> =
            sheets[1..].iter().zip(1..).map(|(sheet, number)| sheet.ends_with(&format!(" {number}"))).collect();
        assert_eq!(ends, [true; 5], "{sheets:?}");
        assert!(sheets[3].starts_with("Раздел"), "{sheets:?}");
    }
    assert_eq!(book.book(&["pdf", "--into", "снова.pdf"]).code, 0);
    assert!(std::fs::read(book.path("снова.pdf")).unwrap() == bytes, "two prints of a book differ");
    let part = book.book(&["pdf", "1", "--into", "тома/первый.pdf"]);
    assert!(part.stderr.contains("2 pages printed"), "{}", part.stderr);
    if let Some(sheets) = sheets(&book.path("тома/первый.pdf")) {
        assert!(sheets[0].contains("1. Часть 1.1. Шаг вперёд 1 1.2. Шаг назад 3"), "{sheets:?}");
        assert!(!sheets[0].contains("Другая") && sheets.len() == 4, "{sheets:?}");
    }
    let left = std::fs::read_dir(book.path("book")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.filter(|name| name.to_string_lossy().starts_with(".printed")).count() == 0, "copies are left behind");
}
