//! KaTeX's error messages: what is wrong, and where in the formula.

use std::ops::Range;

use crate::tex::Mistake;

/// The mistake that the exception `detail` of rendering `tex` tells of.
pub fn read(detail: &str, tex: &str) -> Mistake {
    const KATEX: &str = "ParseError: KaTeX parse error: ";
    // The binding prints the exception as Rust does: `String("…")`.
    let text = detail.strip_prefix("String(\"").and_then(|text| text.strip_suffix("\")"));
    let text = text.map_or_else(|| detail.to_owned(), unescape);
    let Some(text) = text.strip_prefix(KATEX) else {
        return Mistake::new("katex", format!("KaTeX gives up: {text}"), 0..tex.len())
            .help("make the formula simpler: it may be nested too deeply");
    };
    let (message, range) = split(text, tex);
    Mistake::new("katex", message, range)
}

/// A message without its position, and the position as bytes of `tex`; all of it where there is none.
fn split<'a>(text: &'a str, tex: &str) -> (&'a str, Range<usize>) {
    if let Some((message, _)) = text.split_once(" at end of input: ") {
        return (message, tex.len()..tex.len());
    }
    let everything = 0..tex.len();
    let Some((message, place)) = text.split_once(" at position ") else { return (text, everything) };
    let Some((position, context)) = place.split_once(": ") else { return (text, everything) };
    let Ok(position) = position.parse::<usize>() else { return (text, everything) };
    let underlined = underlined(context);
    // A position can be one in the body of a macro; then other characters stand at it here.
    let range = byte_of(tex, position.saturating_sub(1))
        .filter(|start| tex[*start..].starts_with(&underlined))
        .map(|start| start..start + underlined.len());
    (message, range.unwrap_or(everything))
}

/// The characters that KaTeX underlines.
fn underlined(context: &str) -> String {
    let letters: Vec<char> = context.chars().collect();
    letters.windows(2).filter(|pair| pair[1] == '\u{332}').map(|pair| pair[0]).collect()
}

/// The byte at which the UTF-16 unit `unit` of a text begins.
fn byte_of(text: &str, unit: usize) -> Option<usize> {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        if units >= unit {
            return Some(at);
        }
        units += letter.len_utf16();
    }
    (units >= unit).then_some(text.len())
}

/// Undoes the escapes of Rust's `{:?}`.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some('0') => plain.push('\0'),
            Some('u') => {
                let digits: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                plain.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(message: &str, tex: &str) -> (String, String) {
        let mistake = read(&format!("String({message:?})"), tex);
        (mistake.message, tex[mistake.range].to_owned())
    }

    #[test]
    fn a_position_is_found_in_the_formula() {
        let message = "ParseError: KaTeX parse error: Undefined control sequence: \\foo at position 4: 𝔼 \\\u{332}f\u{332}o\u{332}o\u{332} x";
        let expected = ("Undefined control sequence: \\foo".to_owned(), "\\foo".to_owned());
        assert_eq!(show(message, "𝔼 \\foo x"), expected);
    }

    #[test]
    fn a_position_in_a_macro_is_the_whole_formula() {
        let message = "ParseError: KaTeX parse error: Undefined control sequence: \\bad at position 1: \\\u{332}b\u{332}a\u{332}d\u{332}";
        assert_eq!(show(message, "x + \\M").1, "x + \\M");
    }

    #[test]
    fn the_end_of_input_is_the_end_of_the_formula() {
        let message = "ParseError: KaTeX parse error: Expected '}' at end of input: \\frac{1}{2";
        assert_eq!(show(message, "\\frac{1}{2"), ("Expected '}'".to_owned(), String::new()));
    }

    #[test]
    fn other_exceptions_are_passed_on() {
        assert_eq!(show("InternalError: stack overflow", "x").0, "KaTeX gives up: InternalError: stack overflow");
        assert_eq!(read("Conversion(…)", "x").message, "KaTeX gives up: Conversion(…)");
    }
}
