//! Dashes, hyphens and minus signs.

use std::sync::LazyLock;

use regex::Regex;

use super::{Piece, pattern};
use page::Finding;

const DASH: &str = "\u{a0}— ";

pub(crate) fn check(piece: &Piece<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(ranges(piece));
    findings.extend(spaced(piece));
    findings.extend(bound(piece));
    findings.extend(minus(piece));
    findings
}

/// `10-20`, `10—20`, `10 – 20`.
fn ranges(piece: &Piece<'_>) -> Vec<Finding> {
    static RANGE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"([0-9]+(?:,[0-9]+)?)([ \u{a0}]?[-–—][ \u{a0}]?)([0-9]+)"));
    let mut findings = Vec::new();
    for found in RANGE.captures_iter(piece.text) {
        let (whole, sign) = (found.get(0).expect("it was found"), found.get(2).expect("it is a part of it"));
        let is_alone =
            |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && !"-–./:".contains(letter));
        let after = piece.after(whole.end());
        let ends = is_alone(after) || (after == Some('.') && !continues(piece, whole.end()));
        // A spaced hyphen may be a difference, a spaced dash between numbers a pause.
        let is_range = matches!(sign.as_str(), "-" | "—" | " – " | "\u{a0}– " | "\u{a0}–\u{a0}");
        if is_range && is_alone(piece.before(whole.start())) && ends && !is_standard(piece, whole.start()) {
            let finding = Finding::new("range", piece.place(sign.range()), "a range without its dash", "write 10–20");
            findings.push(finding.fixed("–"));
        }
    }
    findings
}

/// The number of a standard with its year: `ГОСТ Р 7.0.100-2018`, `ISO/IEC 42001-2023`.
fn is_standard(piece: &Piece<'_>, at: usize) -> bool {
    const SERIES: [&str; 7] = ["ГОСТ", "ПНСТ", "ОСТ", "СТБ", "ISO", "IEC", "ИСО"];
    let before = piece.text[..at].trim_end_matches([' ', '\u{a0}']);
    let before = before.strip_suffix(['Р', 'R']).unwrap_or(before).trim_end_matches([' ', '\u{a0}']);
    SERIES.iter().any(|series| before.ends_with(series))
}

/// A full stop that is not the end of a sentence.
fn continues(piece: &Piece<'_>, at: usize) -> bool {
    piece.text[at..].chars().nth(1).is_some_and(|letter| letter.is_ascii_digit())
}

/// ` - `, ` -- `, ` – `, and ` — ` after an ordinary space.
fn spaced(piece: &Piece<'_>) -> Vec<Finding> {
    static SPACED: LazyLock<Regex> = LazyLock::new(|| pattern(r"([ \u{a0}\n])(-|--|–|—)([ \n\u{a0}])"));
    let mut findings = Vec::new();
    for found in SPACED.captures_iter(piece.text) {
        let part = |n: usize| found.get(n).expect("every part of it is there");
        let (space, sign, whole) = (part(1), part(2), part(0));
        let digits = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        if piece.before(space.start()).is_none()
            || (sign.as_str() == "–" && digits(piece.before(space.start())) && digits(piece.after(whole.end())))
        {
            continue;
        }
        let finding = match (sign.as_str(), space.as_str()) {
            ("—", "\u{a0}") => continue,
            ("—", " ") => Finding::new(
                "dash",
                piece.place(space.range()),
                "a line can begin with this dash",
                "write a no-break space before it",
            )
            .fixed("\u{a0}"),
            (_, "\n") => Finding::new(
                "dash",
                piece.place(sign.range()),
                "a dash begins a line",
                "move it to the line above, behind a no-break space",
            ),
            _ => Finding::new("dash", piece.place(whole.range()), "this is not a dash", "write « — »").fixed(DASH),
        };
        findings.push(finding);
    }
    findings
}

/// `слово—слово`.
fn bound(piece: &Piece<'_>) -> Vec<Finding> {
    let found = piece.text.match_indices('—').filter(|(at, sign)| {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        is_letter(piece.before(*at)) && is_letter(piece.after(at + sign.len()))
    });
    found
        .map(|(at, sign)| {
            let place = piece.place(at..at + sign.len());
            Finding::new("dash", place, "a dash without spaces", "write « — »").fixed(DASH)
        })
        .collect()
}

/// ` -5`.
fn minus(piece: &Piece<'_>) -> Vec<Finding> {
    static MINUS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[ \u{a0}\n(=\[;])(-)[0-9]"));
    let found = MINUS.captures_iter(piece.text).filter_map(|found| found.get(1));
    found
        .map(|sign| {
            Finding::new("minus", piece.place(sign.range()), "a hyphen in place of a minus sign", "write −").fixed("−")
        })
        .collect()
}
