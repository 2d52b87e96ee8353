//! Numbers and their units.

use std::sync::LazyLock;

use regex::Regex;

use super::{Piece, pattern};
use crate::text::{Kind, MARKUP, OBJECT};
use page::Finding;

/// Words after which a number with a point is a number of something, not a fraction.
const NUMBERED: [&str; 14] = [
    "верси",
    "раздел",
    "лекци",
    "глав",
    "част",
    "пункт",
    "рис",
    "табл",
    "упражнен",
    "стат",
    "параграф",
    "том",
    "пп",
    "№",
];

pub(crate) fn check(piece: &Piece<'_>) -> Vec<Finding> {
    let mut findings = fractions(piece);
    findings.extend(groups(piece));
    findings.extend(parted(piece));
    findings.extend(units(piece));
    findings
}

/// `0.95`.
fn fractions(piece: &Piece<'_>) -> Vec<Finding> {
    static FRACTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"([0-9]+)(\.)([0-9]+)"));
    let mut findings = Vec::new();
    for found in FRACTION.captures_iter(piece.text) {
        let (whole, point) = (found.get(0).expect("it was found"), found.get(2).expect("it is a part of it"));
        let before = piece.before(whole.start());
        let after = piece.after(whole.end());
        let goes_on = after.is_some_and(|letter| letter.is_alphanumeric() || letter == '-')
            || (after == Some('.')
                && piece.text[whole.end()..].chars().nth(1).is_some_and(|letter| letter.is_ascii_digit()));
        let is_part = before.is_some_and(|letter| letter.is_alphanumeric() || ".-–/:_".contains(letter)) || goes_on;
        if is_part || is_number_of_something(piece, whole.start(), whole.end()) {
            continue;
        }
        let finding = Finding::new(
            "decimal-comma",
            piece.place(point.range()),
            "a decimal point in Russian text",
            "write a comma; a number of a section or version is exempt behind its noun",
        );
        findings.push(if &found[1] == "0" { finding.fixed(",") } else { finding });
    }
    findings
}

/// The number of a version, a section, a lecture: `версия 1.1`, `BY 4.0`, `(1.1)`, `1.8. Название`.
fn is_number_of_something(piece: &Piece<'_>, start: usize, end: usize) -> bool {
    let word = piece.word_before(start).to_lowercase();
    let is_latin = word.chars().any(|letter| letter.is_ascii_alphabetic());
    let is_numbered = NUMBERED.iter().any(|noun| word.starts_with(noun));
    let is_in_brackets = piece.before(start) == Some('(') && piece.after(end) == Some(')');
    let begins = piece.text[..start].chars().all(|letter| letter == MARKUP || letter.is_whitespace());
    is_latin
        || is_numbered
        || is_in_brackets
        || (begins && (piece.block.kind == Kind::Heading || piece.after(end) == Some('.')))
}

/// `10000`.
fn groups(piece: &Piece<'_>) -> Vec<Finding> {
    static LONG: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]{5,}"));
    let is_alone =
        |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && !",./:-–_".contains(letter));
    let ends = |at: usize| {
        let after = piece.after(at);
        is_alone(after)
            || (after.is_some_and(|letter| ",.:".contains(letter)) && piece.text[at + 1..].starts_with([' ', '\n']))
            || (after == Some('.') && at + 1 == piece.text.trim_end().len())
    };
    let long = LONG.find_iter(piece.text).filter(|found| is_alone(piece.before(found.start())) && ends(found.end()));
    long.map(|found| {
        Finding::new(
            "digits",
            piece.place(found.range()),
            "a long number in one piece",
            "write 10 000 with a no-break space",
        )
    })
    .collect()
}

/// `10 000` with ordinary spaces.
fn parted(piece: &Piece<'_>) -> Vec<Finding> {
    static GROUPS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]{1,3}(?:[ \u{a0}\n][0-9]{3})+"));
    let mut findings = Vec::new();
    for found in GROUPS.find_iter(piece.text).filter(|found| is_one_number(piece, found.start(), found.end())) {
        let spaces = found.as_str().match_indices([' ', '\n']);
        for (at, space) in spaces.map(|(at, space)| (found.start() + at, space)) {
            // A line can begin with another number than the one that ends the line above.
            if space == "\n" && !piece.text[at + 1..].starts_with("000") {
                continue;
            }
            let place = piece.place(at..at + 1);
            let help = "write a no-break space between the groups of its digits";
            let finding = Finding::new("digits", place, "a line can end inside of this number", help);
            findings.push(if space == "\n" { finding } else { finding.fixed("\u{a0}") });
        }
    }
    findings
}

/// Whether groups of digits are one number, and not a telephone's, a date or a list: `8 800 555 35 35`, `в 2020 300 человек`, `1 2 300`.
fn is_one_number(piece: &Piece<'_>, start: usize, end: usize) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let before = piece.text[..start].trim_end_matches([' ', '\n', MARKUP]);
    let is_begun = piece.before(start).is_some_and(|letter| letter.is_alphanumeric() || "+.,/:_-#".contains(letter))
        || before.ends_with(is_digit);
    let behind = &piece.text[end..];
    let after = behind.trim_start_matches(MARKUP);
    let next = after.chars().nth(1).is_some_and(is_digit);
    let goes_on = match after.chars().next() {
        Some(letter) if letter.is_alphanumeric() || letter == '_' => true,
        Some(' ' | '\n' | '\u{a0}' | '.' | '/' | ':') => next,
        // `10 000-мерный`, but `5 100-метровых забегов`.
        Some('-') => next || !piece.text[..end].ends_with("000"),
        _ => false,
    };
    !piece.text[start..].starts_with('0') && !is_begun && !goes_on
}

/// `5 мс`, `5%`, `$n$ байт`.
fn units(piece: &Piece<'_>) -> Vec<Finding> {
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"([0-9\u{1}])( ?)(%|‰)|([0-9\u{1}])([ \n])(°C|мс|мкс|нс|мин|мм|см|км|кг|бит|байта?|КБ|МБ|ГБ|ТБ|КиБ|МиБ|ГиБ|Гц|МГц|ГГц|дБ|млн|млрд|тыс\.|GFLOP|FLOP)(?:[^А-Яа-яёЁA-Za-z0-9-]|$)",
        )
    });
    let mut findings = Vec::new();
    for found in UNIT.captures_iter(piece.text) {
        let (number, space) = match found.get(2) {
            Some(space) => (&found[1], space),
            None => (&found[4], found.get(5).expect("one of both has matched")),
        };
        // A value writes its own percent sign.
        if number.starts_with(OBJECT) && space.as_str().is_empty() {
            continue;
        }
        let finding = Finding::new(
            "unit",
            piece.place(space.range()),
            "a number and its unit can part",
            "write a no-break space between them",
        );
        findings.push(if space.as_str() == "\n" { finding } else { finding.fixed("\u{a0}") });
    }
    findings
}
