//! Letters written as a letter and a mark: «й» as «и» and a breve. They look the same and are found by no search, no label, no term.

use unicode_normalization::char::compose;

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let code = page.code();
    let mut findings = Vec::new();
    let mut letters = page.text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let Some((behind, mark)) = letters.peek().copied() else { break };
        // Below the first combining mark nothing composes, and that is nearly every letter.
        if mark < '\u{300}' || !letter.is_alphabetic() {
            continue;
        }
        let Some(whole) = compose(letter, mark) else { continue };
        let next = code.partition_point(|piece| piece.end <= at);
        if code.get(next).is_some_and(|piece| piece.contains(&at)) {
            continue;
        }
        let message = format!("«{whole}» is written as two characters, «{letter}» and a mark");
        let finding =
            Finding::new("letter", at..behind + mark.len_utf8(), message, format!("write «{whole}», one letter"));
        findings.push(finding.fixed(whole));
    }
    findings
}
