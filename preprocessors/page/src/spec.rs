//! The expression and the format of `` `=expr:.2` ``.

use crate::page::Spec;

/// Splits `expr:.2` into the length of the expression and its format.
///
/// The format is what follows the last colon, when that is a format that Rust knows and the colon is not half of `::`.
pub fn split(source: &str) -> (usize, Spec) {
    let Some(colon) = source.rfind(':') else { return (source.len(), Spec::default()) };
    let (before, after) = (&source[..colon], source[colon + 1..].trim_end());
    if before.ends_with(':') || before.trim().is_empty() {
        return (source.len(), Spec::default());
    }
    let (format, percent) = after.strip_suffix('%').map_or((after, false), |format| (format, true));
    if !is_format(format) || (format.is_empty() && !percent) {
        return (source.len(), Spec::default());
    }
    (colon, Spec { format: format.to_owned(), percent })
}

/// `[[fill]align][sign]['#']['0'][width]['.' precision][type]` of `std::fmt`, with numbers only.
fn is_format(format: &str) -> bool {
    let mut rest = format;
    let mut letters = rest.char_indices();
    let (first, second) = (letters.next(), letters.next());
    let is_align = |letter: char| matches!(letter, '<' | '^' | '>');
    if let Some((at, letter)) = second.filter(|(_, letter)| is_align(*letter)) {
        if first.is_some_and(|(_, fill)| matches!(fill, '"' | '\\' | '{' | '}')) {
            return false;
        }
        rest = &rest[at + letter.len_utf8()..];
    } else if first.is_some_and(|(_, letter)| is_align(letter)) {
        rest = &rest[1..];
    }
    rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    rest = rest.strip_prefix('#').unwrap_or(rest);
    rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if let Some(precision) = rest.strip_prefix('.') {
        let after = precision.trim_start_matches(|letter: char| letter.is_ascii_digit());
        if after.len() == precision.len() {
            return false;
        }
        rest = after;
    }
    matches!(rest, "" | "?" | "e" | "E" | "x" | "X" | "b" | "o")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_format_follows_the_last_colon_that_is_not_half_of_a_path() {
        let cases = [
            ("среднее:.2", "среднее", ".2", false),
            ("доля:.1%", "доля", ".1", true),
            ("доля:%", "доля", "", true),
            ("a::b", "a::b", "", false),
            ("a::b:.3e", "a::b", ".3e", false),
            ("f(|x: f64| x)", "f(|x: f64| x)", "", false),
            ("x", "x", "", false),
            ("v:?", "v", "?", false),
            ("x:→>8", "x", "→>8", false),
            ("x:.", "x:.", "", false),
        ];
        for (source, expression, format, percent) in cases {
            let (length, spec) = split(source);
            assert_eq!((&source[..length], spec.format.as_str(), spec.percent), (expression, format, percent));
        }
    }
}
