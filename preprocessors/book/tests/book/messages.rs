//! Messages for programs.

use insta::assert_snapshot;

use crate::fixture;

#[test]
fn every_message_is_one_object_a_line() {
    let book = fixture::book();
    book.replace("src/данные.md", "claim: длина > 1", "claim: длина > 2");
    book.replace("src/index.md", "#lst-model", "#lst-модель");
    let said = book.book(&["check", "--message-format", "json"]);
    assert_eq!(said.stderr, "");
    // Whether the library had to be built depends on what ran before, and its place on the machine.
    let mut lines: Vec<&str> = said.stdout.lines().filter(|line| !line.contains("\"reason\":\"library\"")).collect();
    // Pages are told of as they end.
    let told = lines.iter().position(|line| !line.contains("\"reason\":\"page\"")).unwrap_or_default();
    lines[..told].sort_unstable();
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_help_teaches() {
    let book = fixture::book();
    let help = book.book(&["--help"]).stdout;
    assert_snapshot!(help);
    for command in ["build", "serve", "check", "why", "run", "take", "clean"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        assert_eq!(book.book(&[command, "--help"]).code, 0);
    }
    assert_eq!(book.book(&["bild"]).code, 2);
}

#[test]
fn a_terminal_without_a_wish_for_colours_gets_plain_text() {
    let book = fixture::book();
    book.replace("src/index.md", "#lst-model", "#lst-модель");
    assert!(!book.book(&["check", "index.md"]).stderr.contains('\u{1b}'));
    let coloured =
        book.command(&["check", "index.md"]).env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(String::from_utf8_lossy(&coloured.stderr).contains('\u{1b}'));
}
