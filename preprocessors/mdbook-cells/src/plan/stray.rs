//! Letters that Rust does not know outside of strings and comments, letters that look like others, and slips that its grammar
//! refuses in words of its own.

use std::ops::Range;

use crate::plan::delimiters::skip;
use crate::plan::syntax::SyntaxError;

/// The first letter that no code can hold.
pub(crate) fn letter(code: &str) -> Option<SyntaxError> {
    let (at, letter, what, help) = letters(code).find_map(|(at, letter)| {
        let (what, help) = known(letter)?;
        Some((at, letter, what, help))
    })?;
    let written = if letter.is_control() || is_invisible(letter) { String::new() } else { format!(" `{letter}`") };
    let message = format!("{what}{written} (U+{:04X}) stands in the code", u32::from(letter));
    Some(SyntaxError { range: at..at + letter.len_utf8(), message, help: Some(help.to_owned()) })
}

fn known(letter: char) -> Option<(&'static str, &'static str)> {
    Some(match letter {
        '“' | '”' | '„' | '‟' | '«' | '»' => ("a typographic quotation mark", "write `\"`"),
        '‘' | '’' | '‚' | '‛' => ("a typographic apostrophe", "write `'`, or `\"` around a text"),
        '–' | '—' | '−' | '‐' | '‑' | '‒' => ("a dash or a typographic minus", "write `-`"),
        '×' | '·' | '⋅' => ("a sign of multiplication", "write `*`"),
        '…' => ("an ellipsis", "write `..`"),
        '≤' | '⩽' => ("a sign of comparison", "write `<=`"),
        '≥' | '⩾' => ("a sign of comparison", "write `>=`"),
        '≠' => ("a sign of comparison", "write `!=`"),
        '‹' | '〈' | '⟨' => ("a foreign bracket", "write `<`"),
        '›' | '〉' | '⟩' => ("a foreign bracket", "write `>`"),
        '\u{37e}' | '；' => ("a foreign semicolon", "write `;`"),
        '→' | '⇒' => ("an arrow", "write `->` in front of a type, `=>` in a `match`"),
        '÷' | '∕' | '⁄' => ("a sign of division", "write `/`"),
        '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' => ("a typographic power", "write `x * x`, or `x.powi(2)`"),
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\u{2002}' | '\u{2003}' | '\u{200a}' | '\u{3000}' => {
            ("a blank that Rust does not know", "write an ordinary space")
        }
        _ if is_invisible(letter) => ("an invisible character", "remove it"),
        _ if !letter.is_ascii() && !is_of_word(letter) => {
            ("a sign that Rust does not know", "write it in Rust's own signs, or put it into a text")
        }
        _ => return None,
    })
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
        || letter.is_whitespace() && !letter.is_ascii()
}

/// Letters, digits and the marks above letters.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')
}

/// Letters outside of strings and comments.
fn letters(code: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let skipped = skip(&code[at..]);
            if skipped == 0 {
                break;
            }
            at += skipped;
        }
        let letter = code[at..].chars().next()?;
        at += letter.len_utf8();
        Some((at - letter.len_utf8(), letter))
    })
}

/// A refusal of Rust's grammar, with what to do when the slip is a known one.
pub(crate) fn explain(code: &str, range: Range<usize>, message: String) -> SyntaxError {
    let letters: Vec<(usize, char)> = letters(code).collect();
    let last_before = |at: usize| {
        let seen = |letter: &&(usize, char)| letter.0 < at && !letter.1.is_whitespace();
        letters.iter().rev().find(seen).map(|(at, letter)| at + letter.len_utf8())
    };
    if let Some(at) = code.find("#![").filter(|at| letters.iter().any(|(letter, _)| letter == at)) {
        return SyntaxError {
            range: at..at + 3,
            message: "an inner attribute `#![…]` belongs to the top of a file".to_owned(),
            help: Some("put `#[…]` in front of the statement or the item that it is for".to_owned()),
        };
    }
    if let Some(comment) =
        last_doc_comment(code).filter(|comment| last_before(code.len()).is_none_or(|end| end <= comment.start))
    {
        return SyntaxError {
            range: comment,
            message: "this doc comment describes nothing: the cell ends behind it".to_owned(),
            help: Some("begin it with `//`, or put it in front of what it describes".to_owned()),
        };
    }
    if let Some(fraction) = decimal_comma(code, range.start) {
        return SyntaxError {
            message: "a comma parts what it stands between: it makes no fraction".to_owned(),
            help: Some(format!("write `{}`", code[fraction.clone()].replace(',', "."))),
            range: fraction,
        };
    }
    if message.contains("comparison operators cannot be chained") {
        let help = Some("join two comparisons by `&&`, as in `a < x && x < b`".to_owned());
        return SyntaxError { range, message, help };
    }
    // The grammar looks for the semicolon where the next statement begins.
    if message.contains("expected `;`")
        && let Some(end) = last_before(range.start)
    {
        return SyntaxError {
            range: end..end,
            message: "a `;` is missing here: the next statement begins behind it".to_owned(),
            help: Some("end the statement with `;`".to_owned()),
        };
    }
    // What the grammar misses at the end it tells of the beginning.
    let is_of_end = message.contains("expected `;`") || message.starts_with("unexpected end of input");
    match last_before(code.len()).filter(|_| is_of_end && range.start == 0) {
        Some(end) if message.contains("expected `;`") => SyntaxError {
            range: end..end,
            message: "a `;` is missing here: the cell ends behind it".to_owned(),
            help: Some("end the statement with `;`".to_owned()),
        },
        Some(end) => SyntaxError { range: end..end, message, help: None },
        None => SyntaxError { range, message, help: None },
    }
}

/// `0,5` around a comma that the grammar has no use for.
fn decimal_comma(code: &str, at: usize) -> Option<Range<usize>> {
    let (before, after) = (&code[..at], code[at..].strip_prefix(',')?);
    let is_digit = |letter: char| letter.is_ascii_digit();
    let whole = before.len() - before.trim_end_matches(is_digit).len();
    let part = after.len() - after.trim_start_matches(is_digit).len();
    (whole > 0 && part > 0).then(|| at - whole..at + 1 + part)
}

fn last_doc_comment(code: &str) -> Option<Range<usize>> {
    let trimmed = code.trim_end();
    let start = trimmed.rfind('\n').map_or(0, |newline| newline + 1);
    let line = &trimmed[start..];
    let begin = start + (line.len() - line.trim_start().len());
    trimmed[begin..].starts_with("///").then_some(begin..trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::{explain, letter};

    #[test]
    fn what_is_missing_at_the_end_is_told_there() {
        let told = |code: &str, message: &str| {
            let error = explain(code, 0..0, message.to_owned());
            (error.range.start, error.message)
        };
        let missing = "a `;` is missing here: the cell ends behind it";
        assert_eq!(told("let b = 1;\nlet a = 2 // два\n", "expected `;`"), (20, missing.to_owned()));
        let ends = "unexpected end of input, expected an expression";
        assert_eq!(told("let a =\n", ends), (7, ends.to_owned()));
        assert_eq!(told("x y", "expected an operator").0, 0);
    }

    #[test]
    fn a_letter_that_is_no_rust_is_found_outside_of_texts_and_comments() {
        for (code, at) in [
            ("println!(“ответ”);", Some(9)),
            ("x\u{200b} + 1", Some(1)),
            ("let\u{a0}x = 1;", Some(3)),
            ("a − b", Some(2)),
            ("a ≤ b", Some(2)),
            ("let сети: Vec‹Сеть = vec![];", Some(17)),
            ("x²", Some(1)),
            ("fn f() → f64 { 1.0 }", Some(7)),
            ("let ∑ = 1;", Some(4)),
            ("let x = 1\u{37e}", Some(9)),
            ("let π = 3; let йё = α; let и\u{306} = 中;", None),
            ("let т = \"«ёлочки» — и \u{a0}\"; // «да» …", None),
            ("r#\"“\"#; '—'; /* – */ 1", None),
        ] {
            assert_eq!(letter(code).map(|stray| stray.range.start), at, "{code}");
        }
    }
}
