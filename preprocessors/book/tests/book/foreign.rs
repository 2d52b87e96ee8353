//! Books of others: in any folder, with any crate or with none.

use book_test::BookTest;

use crate::fixture;

const SUMMARY: &str = "# Summary\n\n- [Шаг](шаг.md)\n";

/// A book of one page, with these lines in its table of cells.
fn book(settings: &str, page: &str) -> BookTest {
    let book = fixture::nothing();
    book.write("book.toml", &format!("[book]\nlanguage = \"en\"\n\n[preprocessor.cells]\n{settings}"));
    book.write("src/SUMMARY.md", SUMMARY);
    book.write("src/шаг.md", page);
    book
}

/// The outputs of the built page.
fn shown(book: &BookTest) -> String {
    let said = book.book(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let html = book.read("book/шаг.html");
    let outputs = html.split("tabindex=\"0\">").skip(1).filter_map(|rest| rest.split("</pre>").next());
    outputs.collect::<Vec<_>>().join("|")
}

/// What is wrong with the book.
fn told(book: &BookTest) -> String {
    let said = book.book(&["build"]);
    assert_ne!(said.code, 0);
    said.shown()
}

#[test]
fn an_empty_table_is_enough() {
    let page = "# Шаг\n\n```rust cell\nlet шаг = 0.1_f64;\nшаг * 2.0\n```\n\nHalf is `=шаг / 2.0:.2`. <!-- claim: шаг > 0.0 -->\n";
    let book = book("", page);
    assert_eq!(shown(&book), "0.2");
    // What the tool made is nobody's business but its own.
    assert_eq!(book.read(".book/.gitignore"), "*\n");
    assert!(book.ran(&["build"]).is_empty(), "nothing has changed");
}

#[test]
fn a_crate_that_knows_nothing_of_books_can_be_its_library() {
    let page = "# Шаг\n\n```rust cell\nuse steps::Шаг;\nШаг::новый(3)\n```\n";
    let book = book("library = \"steps\"\nprelude = []\n", page);
    // The book lies in a folder of the crate's repository; the crate takes things from a workspace.
    let crates = |path: &str, text: &str| {
        let path = book.root().parent().expect("a folder above").join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        std::fs::write(path, text).expect("files can be written");
    };
    crates(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"крейты/*\"]\n[workspace.package]\nedition = \"2024\"\n",
    );
    crates("крейты/шаги/Cargo.toml", "[package]\nname = \"steps\"\nversion = \"0.3.0\"\nedition.workspace = true\n");
    let code = "#[derive(Debug)]\npub struct Шаг(pub u8);\nimpl Шаг {\n    pub fn новый(n: u8) -> Self {\n        Self(n)\n    }\n}\n";
    crates("крейты/шаги/src/lib.rs", code);
    assert_eq!(shown(&book), "Шаг(3)");
    assert!(book.ran(&["build"]).is_empty(), "nothing has changed");
    // A change of the crate runs the page again.
    crates("крейты/шаги/src/lib.rs", &code.replace("Self(n)", "Self(n + 1)"));
    assert_eq!(shown(&book), "Шаг(4)");
}

#[test]
fn a_dependency_may_lie_anywhere_and_be_called_otherwise() {
    let page = "# Шаг\n\n```rust cell\nдва()\n```\n";
    let settings = "prelude = [\"ours::*\", \"std::collections::BTreeMap\"]\n\n[preprocessor.cells.dependencies]\nours = { path = \"крейт\", package = \"numbers\" }\n";
    let book = book(settings, page);
    book.write("крейт/Cargo.toml", "[package]\nname = \"numbers\"\nversion = \"1.0.0\"\nedition = \"2021\"\n");
    book.write(
        "крейт/src/lib.rs",
        "pub fn два() -> BTreeMap<u8, ()> { [(2, ())].into() }\nuse std::collections::BTreeMap;\n",
    );
    assert_eq!(shown(&book), "{2: ()}");
}

#[test]
fn a_wrong_wish_is_told_with_what_to_do() {
    let page = "# Шаг\n\n```rust cell\n1\n```\n";
    insta::assert_snapshot!(told(&book("library = \"нет\"\n", page)));
    insta::assert_snapshot!(told(&book("prelude = [\"std::*; fn x() {}\"]\n", page)));
    insta::assert_snapshot!(told(&book("prelude = [\"нет::prelude::*\"]\n", page)));
    insta::assert_snapshot!(told(&book("[preprocessor.cells.dependencies]\nkernel = \"1\"\n", page)));
}

#[test]
fn a_file_of_the_author_is_not_written_over_by_what_is_installed() {
    let book = fixture::nothing();
    book.write("book.toml", "[book]\ntitle = \"Шаг\"\n");
    book.write("cells.css", "/* мой стиль */\n");
    let said = book.book(&["install"]);
    assert!(said.code == 2 && said.stderr.contains("cells.css is there already"), "{}", said.stderr);
    assert_eq!(book.read("cells.css"), "/* мой стиль */\n");
    assert_eq!(book.read("book.toml"), "[book]\ntitle = \"Шаг\"\n");
    std::fs::remove_file(book.root().join("cells.css")).unwrap();
    let installed = || book.book(&["install"]).code;
    assert_eq!((installed(), installed()), (0, 0));
}

#[test]
fn a_library_that_does_not_compile_is_told_once_and_its_pages_are_not_blamed() {
    let page = "# Шаг\n\n```rust cell #lst-шаг\n//| caption: Шаг\nlet шаг = два();\nшаг\n```\n\n```text out\n2\n```\n\nШаг `=шаг`, \
        $x = \\val{шаг}$, [листинг](#lst-шаг). <!-- claim: шаг == 2 -->\n";
    let settings = "[preprocessor.cells.dependencies]\nours = { path = \"крейт\" }\n\n[preprocessor.references]\nafter = [\"cells\"]\n\n\
        [preprocessor.katex]\nafter = [\"cells\"]\noutput = \"mathml\"\nno-css = true\n\n[preprocessor.highlight]\nafter = [\"cells\", \"katex\"]\n";
    let book = book(settings, page);
    book.write("крейт/Cargo.toml", "[package]\nname = \"ours\"\nversion = \"1.0.0\"\nedition = \"2021\"\n");
    book.write("крейт/src/lib.rs", "pub fn два() -> u8 { \"2\" }\n");
    insta::assert_snapshot!(told(&book));
}

#[test]
fn comments_of_another_kind_of_books_are_their_authors_own() {
    let page = "# Шаг\n\n<!-- check: later -->\n\n<!-- bullet: a point -->\n\n<!-- checks: eq-нет -->\n";
    assert_eq!(book("", page).book(&["build"]).code, 0);
    let misspelt = book("", "# Шаг\n\n<!-- clam: 1 > 2 -->\n\n<!-- allow: unstabel — same order -->\n");
    insta::assert_snapshot!(told(&misspelt));
}
