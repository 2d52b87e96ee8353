//! Plain mdBook with the same book.toml: the tool is every step.

use std::io::Write as _;
use std::process::{Output, Stdio};

use mdbook_driver::MDBook;
use mdbook_preprocessor::PreprocessorContext;

use crate::fixture::{self, BookTest};

const STEPS: [&str; 4] = ["cells", "references", "katex", "highlight"];

#[test]
fn plain_mdbook_writes_the_same_bytes() {
    let book = fixture::book();
    for step in STEPS {
        let command = format!("'{} preprocess {step}'", env!("CARGO_BIN_EXE_book"));
        book.replace("book.toml", &format!("\"mdbook-{step}\""), &command);
    }
    assert_eq!(book.book(&["build"]).code, 0);
    let ours = book.files("book");
    std::fs::remove_dir_all(book.path("book")).unwrap();
    std::fs::remove_dir_all(book.path(".book")).unwrap();

    MDBook::load(book.root()).unwrap().build().unwrap();
    let theirs = book.files("book");
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    let different: Vec<&String> =
        ours.iter().filter(|(path, bytes)| theirs[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "{different:?}");
}

#[test]
fn a_step_answers_by_its_exit_code() {
    let book = fixture::book();
    book.write("src/SUMMARY.md", "- [О книге](index.md)\n");
    book.write("src/index.md", "# О книге\n\nДано $x$.\n");
    let right = request(&book);
    book.write("src/index.md", "\u{feff}# О книге\n\nДано $x + \\плохо$ и [@никто].\n\n```rust cell\nнет\n```\n");
    let wrong = request(&book);
    for (step, place) in
        [("cells", "src/index.md:6:1"), ("references", "src/index.md:3:"), ("katex", "src/index.md:3:11")]
    {
        let said = answer(&book, &["preprocess", step], &right);
        assert_eq!(said.status.code(), Some(0), "{step}: {}", String::from_utf8_lossy(&said.stderr));
        let answered: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
        assert!(answered["items"].is_array(), "{step}");
        let said = answer(&book, &["preprocess", step], &wrong);
        assert_eq!((said.status.code(), said.stdout.as_slice()), (Some(1), &b""[..]), "{step}");
        let messages = String::from_utf8_lossy(&said.stderr);
        assert!(messages.contains(place), "{step}: {messages}");
        assert_eq!(answer(&book, &["preprocess", step], "{").status.code(), Some(2), "{step}");
    }
    let supports = |step, renderer| answer(&book, &["preprocess", step, "supports", renderer], "").status.code();
    for step in STEPS {
        assert_eq!(supports(step, "html"), Some(0), "{step}");
    }
    assert_eq!(supports("cells", "test"), Some(1), "`mdbook test` compiles blocks by itself");
}

#[test]
fn a_misspelt_step_is_told_its_name() {
    let book = fixture::book();
    let said = answer(&book, &["preprocess", "katexx"], "");
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains("did you mean `katex`?"));
}

/// What mdBook writes to a step.
fn request(book: &BookTest) -> String {
    let read = MDBook::load(book.root()).unwrap();
    let context = PreprocessorContext::new(book.root(), read.config.clone(), "html".to_owned());
    serde_json::to_string(&(context, read.book)).unwrap()
}

fn answer(book: &BookTest, arguments: &[&str], input: &str) -> Output {
    let mut command = book.command(arguments);
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // One that refuses does not read.
    let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait_with_output().unwrap()
}
