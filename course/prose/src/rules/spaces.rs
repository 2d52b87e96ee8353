//! Spaces, points of omission, signs of comparison.

use std::sync::LazyLock;

use regex::Regex;

use super::{Piece, pattern};
use page::Finding;

pub(crate) fn check(piece: &Piece<'_>) -> Vec<Finding> {
    let mut findings = prepositions(piece);
    findings.extend(abbreviations(piece));
    findings.extend(numbered(piece));
    findings.extend(punctuation(piece));
    findings.extend(glued(piece));
    findings
}

/// `в школе` with an ordinary space.
fn prepositions(piece: &Piece<'_>) -> Vec<Finding> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[^А-Яа-яёЁA-Za-z0-9\u{1}-])(?:в|во|к|ко|с|со|у|о|об|обо|и|а|но|на|по|за|из|от|до|не|ни|для|при)([ \n])[^ \n\u{2}—]",
        )
    });
    let mut findings = Vec::new();
    // Two short words in a row share a character of both matches.
    let mut at = 0;
    while let Some(found) = SHORT.captures_at(piece.text, at) {
        let space = found.get(1).expect("it is a part of it");
        at = space.start();
        let finding = Finding::new(
            "preposition",
            piece.place(space.range()),
            "a line can end with this short word",
            "write a no-break space behind it",
        );
        findings.push(if space.as_str() == "\n" { finding } else { finding.fixed("\u{a0}") });
    }
    findings
}

/// `т.е.`, `и т. д.`, `Б. Т.` with ordinary spaces or none.
fn abbreviations(piece: &Piece<'_>) -> Vec<Finding> {
    static SHORT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^А-Яа-яёЁ])(?:т\.([ \n]?)(?:е|д|п|к|н|ч|о)\.|[А-ЯЁ]\.([ \n]?)[А-ЯЁ]\.)"));
    let mut findings = Vec::new();
    for found in SHORT.captures_iter(piece.text) {
        let space = found.get(1).or_else(|| found.get(2)).expect("one of both has matched");
        let finding = Finding::new(
            "abbreviation",
            piece.place(space.range()),
            "an abbreviation without its no-break space",
            "write «т. е.», «Б. Т.» with a no-break space",
        );
        findings.push(if space.as_str() == "\n" { finding } else { finding.fixed("\u{a0}") });
    }
    findings
}

/// `п.3`, `рис. 5` with an ordinary space, `№5`.
fn numbered(piece: &Piece<'_>) -> Vec<Finding> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:(?:^|[^А-Яа-яёЁ\u{1}-])(?:пп?|гл|рис|табл|стр?|с|т|ч|разд|вып|упр|ур)\.|№)([ \n]?)[0-9]")
    });
    let spaces = SHORT.captures_iter(piece.text).filter_map(|found| found.get(1));
    spaces
        .map(|space| {
            let help = "write a no-break space before its number";
            let finding =
                Finding::new("abbreviation", piece.place(space.range()), "a number can part from its word", help);
            if space.as_str() == "\n" { finding } else { finding.fixed("\u{a0}") }
        })
        .collect()
}

/// `слово.Слово`, `слово,слово`.
fn glued(piece: &Piece<'_>) -> Vec<Finding> {
    static GLUED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"[а-яё]{2}[»)\u{2}]*(?:([.?!])\u{2}*[«(]?[А-ЯЁ][а-яё]|([,;])\u{2}*[«(]?[А-Яа-яёЁ]{2})")
    });
    let mut findings = Vec::new();
    // The letters behind one mark are those before the next.
    let mut at = 0;
    while let Some(found) = GLUED.captures_at(piece.text, at) {
        let Some(mark) = found.get(1).or(found.get(2)) else { break };
        at = mark.end();
        let place = piece.place(at..at);
        findings.push(Finding::new("space", place, "no space behind a punctuation mark", "write one").fixed(" "));
    }
    findings
}

fn punctuation(piece: &Piece<'_>) -> Vec<Finding> {
    static DOTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\.\.\."));
    static SPACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\s\u{2}]( +)(?:[,;:.?](?:\s|$)|[,;][А-Яа-яёЁ])"));
    static COMPARISON: LazyLock<Regex> = LazyLock::new(|| pattern(r"[≤≥]"));
    let dots = DOTS.find_iter(piece.text).map(|found| {
        Finding::new("ellipsis", piece.place(found.range()), "three points in place of one sign", "write …").fixed("…")
    });
    let spaces = SPACE.captures_iter(piece.text).filter_map(|found| found.get(1)).map(|space| {
        Finding::new("space", piece.place(space.range()), "a space before a punctuation mark", "remove it").fixed("")
    });
    let signs = COMPARISON.find_iter(piece.text).map(|found| {
        let sign = if found.as_str() == "≤" { "⩽" } else { "⩾" };
        Finding::new(
            "comparison",
            piece.place(found.range()),
            "a sign that Russian books write otherwise",
            format!("write {sign}"),
        )
        .fixed(sign)
    });
    dots.chain(spaces).chain(signs).collect()
}
