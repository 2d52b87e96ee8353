//! Quotation marks.

use super::Piece;
use page::Finding;

const RULE: &str = "quotes";

pub(crate) fn check(piece: &Piece<'_>) -> Vec<Finding> {
    let mut findings = straight(piece);
    findings.extend(nested(piece));
    findings
}

/// `"так"`; a pair can be told from its neighbours.
fn straight(piece: &Piece<'_>) -> Vec<Finding> {
    let found: Vec<usize> = piece.text.match_indices('"').map(|(at, _)| at).collect();
    let opens = |at: usize| {
        let opened = piece.before(at).is_none_or(|letter| letter.is_whitespace() || "([«".contains(letter));
        opened && piece.after(at + 1).is_some_and(|letter| !letter.is_whitespace())
    };
    let closes = |at: usize| piece.before(at).is_some_and(|letter| !letter.is_whitespace());
    let is_paired = found.len().is_multiple_of(2)
        && found.iter().enumerate().all(|(n, at)| if n.is_multiple_of(2) { opens(*at) } else { closes(*at) });
    let finding = |(n, at): (usize, &usize)| {
        let finding =
            Finding::new(RULE, piece.place(*at..at + 1), "a straight quotation mark", "write «…», inside of it „…“");
        match (is_paired, n.is_multiple_of(2)) {
            (true, true) => finding.fixed("«"),
            (true, false) => finding.fixed("»"),
            (false, _) => finding,
        }
    };
    found.iter().enumerate().map(finding).collect()
}

/// «…» inside of «…», „…“ outside, one without the other.
fn nested(piece: &Piece<'_>) -> Vec<Finding> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut findings = Vec::new();
    let mut wrong = |at: usize, mark: char, message: &str, help: &str| {
        findings.push(Finding::new(RULE, piece.place(at..at + mark.len_utf8()), message, help));
    };
    for (at, mark) in piece.text.char_indices() {
        let closes = match mark {
            '«' | '„' => {
                if mark == '«' && !open.is_empty() {
                    wrong(at, mark, "«ёлочки» inside of other quotation marks", "write „…“ inside");
                }
                open.push((at, mark));
                continue;
            }
            '»' => '«',
            '“' if piece.after(at + mark.len_utf8()).is_some_and(|letter| letter.is_ascii_alphabetic()) => continue,
            '“' => '„',
            // An English title keeps its own marks.
            '”' if piece.before(at).is_some_and(|letter| letter.is_ascii_graphic()) => continue,
            '”' => {
                wrong(at, mark, "Russian text has no ” marks", "write «…», inside of it „…“");
                continue;
            }
            _ => continue,
        };
        if open.pop().is_none_or(|(_, before)| before != closes) {
            wrong(at, mark, "nothing opened this quotation mark", "write «…», inside of it „…“");
        }
    }
    for (at, mark) in open {
        wrong(at, mark, "nothing closes this quotation mark", "close it in the same paragraph");
    }
    findings
}
