//! The manual's page of messages: every case on it is run, and what stands below is what the tool says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::fixture;

const BOOK: &str = "\
[book]
language = \"en\"

[build]
create-missing = false

[preprocessor.cells]

[preprocessor.references]
after = [\"cells\"]

[preprocessor.katex]
after = [\"cells\", \"references\"]
output = \"mathml\"
no-css = true

[preprocessor.highlight]
after = [\"cells\", \"katex\"]
";

const OPEN: &str = "````markdown\n";
const CLOSE: &str = "````\n";

/// The cases of the page, in order, each with the text behind it up to the next one.
fn cases(page: &str) -> (&str, Vec<(&str, &str)>) {
    let mut pieces = page.split(OPEN);
    let head = pieces.next().expect("a page has a beginning");
    (head, pieces.map(|piece| piece.split_once(CLOSE).expect("a case is closed")).collect())
}

/// What the tool says of each case.
fn told(cases: &[(&str, &str)]) -> Vec<String> {
    let book = fixture::nothing();
    book.write("book.toml", BOOK);
    book.write("bibliography.yml", "");
    let mut summary = "# Summary\n\n".to_owned();
    for (number, (text, _)) in cases.iter().enumerate() {
        book.write(&format!("src/page-{number:02}.md"), text);
        let _ = writeln!(summary, "- [Page {number}](page-{number:02}.md)");
    }
    book.write("src/SUMMARY.md", &summary);
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in book.events(&["check"]) {
        if let (Some("diagnostic"), Some(path), Some(text)) =
            (event["reason"].as_str(), event["span"]["file"].as_str(), event["rendered"].as_str())
        {
            let page = path.trim_start_matches("src/").trim_end_matches(".md").to_owned();
            let text = text.trim_end().replace(&page, "page");
            told.entry(page).or_default().push(text);
        }
    }
    let of = |number: usize| told.remove(&format!("page-{number:02}")).unwrap_or_default().join("\n\n");
    (0..cases.len()).map(of).collect()
}

/// The page with what the tool says now.
fn written(page: &str) -> String {
    let (head, cases) = cases(page);
    let mut text = head.to_owned();
    for ((case, behind), said) in cases.iter().zip(told(&cases)) {
        assert!(!said.is_empty(), "nothing is said of this case:\n{case}");
        let rest = match behind.strip_prefix("\n```text\n") {
            Some(shown) => shown.split_once("\n```\n").expect("a message is closed").1,
            None => behind,
        };
        let _ = write!(text, "{OPEN}{case}{CLOSE}\n```text\n{said}\n```\n{rest}");
    }
    text
}

#[test]
fn the_messages_of_the_manual_are_those_of_the_tool() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../manual/src/messages.md");
    let page = std::fs::read_to_string(&path).expect("the manual has a page of messages");
    let now = written(&page);
    if std::env::var_os("BOOK_UPDATE_MANUAL").is_some() {
        std::fs::write(&path, now).expect("the page can be written");
        return;
    }
    assert!(now == page, "{}", similar(&page, &now));
}

/// The first lines that differ, and what to do.
fn similar(before: &str, now: &str) -> String {
    let differ = before.lines().zip(now.lines()).find(|(before, now)| before != now).unwrap_or_default();
    format!(
        "the manual says `{}` and the tool `{}`; BOOK_UPDATE_MANUAL=1 cargo test --test book manual writes it anew",
        differ.0, differ.1
    )
}

#[test]
fn the_script_and_the_style_of_the_manual_are_those_that_are_installed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["cells.css", "cells.js"] {
        let read = |path: &str| std::fs::read_to_string(root.join(path).join(file)).expect("it is there");
        assert!(read("assets") == read("../../manual"), "run `book install` in manual/");
    }
    let course = std::fs::read_to_string(root.join("../../theme/live.js")).expect("the course has live figures");
    assert!(
        course == std::fs::read_to_string(root.join("assets/cells.js")).expect("it is there"),
        "one script for all themes"
    );
}

/// Codes as the sources write them: behind these words, a string.
fn codes(source: &str) -> Vec<String> {
    const BEFORE: [&str; 9] = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "self.report(",
        "Mistake::new(",
        "Finding::new(",
        "wrong(",
        "const RULE: &str =",
        "const CODE: &str =",
        "code:",
    ];
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let begins = BEFORE.iter().flat_map(|words| source.match_indices(words).map(|(at, words)| at + words.len()));
    let literals = begins.filter_map(|at| source[at..].trim_start().strip_prefix('"')?.split_once('"'));
    // A language is no message, and a sentence no code.
    let is_code =
        |code: &str| code.len() > 2 && code.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    literals.map(|(code, _)| code.to_owned()).filter(|code| is_code(code)).collect()
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_manual_has_every_code_of_a_message() {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = std::fs::read_to_string(tools.join("../manual/src/messages.md")).unwrap();
    let mut found = Vec::new();
    for name in
        ["book", "markdown-lint", "mdbook-cells", "mdbook-highlight", "mdbook-math", "mdbook-references", "page"]
    {
        sources(&tools.join(name).join("src"), &mut found);
    }
    let codes: std::collections::BTreeSet<String> = found.iter().flat_map(|source| codes(source)).collect();
    assert!(codes.len() > 80, "{codes:?}");
    let is_there = |code: &&String| page.contains(&format!("[{code}]")) || page.contains(&format!("`{code}`"));
    let missing: Vec<&String> = codes.iter().filter(|code| !is_there(code)).collect();
    assert!(missing.is_empty(), "manual/src/messages.md says nothing of {missing:?}");
}
