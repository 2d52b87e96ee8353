//! Dollars that are money: `5$`, `5 $`, `$5`.

use std::ops::Range;

/// Whether the formula that Markdown sees in `range` begins with the dollar of a price: `5$, а не 10$`, `5$-10$`, `$5,$10`.
pub fn begins_with_a_price(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let inside = &text[range.start + 1..range.end - 1];
    let is_tex = inside.contains(['\\', '^', '_', '{', '=']);
    let is_digit = |letter: char| letter.is_ascii_digit();
    if is_behind(before, inside) {
        let is_prose = inside.starts_with([',', '.', ';', ':', '!', '?', ')', '»', '…', '—']);
        let is_range = !is_tex && inside.ends_with(is_digit) && !inside.starts_with(char::is_alphanumeric);
        return is_prose || is_range;
    }
    let is_prose = is_ahead(inside) && inside.contains(|letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    !is_tex && inside.starts_with(is_digit) && (is_prose || after.starts_with(is_digit))
}

/// Whether the dollar at `at` belongs to a number beside it.
pub fn is_price(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], &text[at + 1..]);
    is_behind(before, after) || is_ahead(after)
}

/// Whether the dollar between two texts stands behind its number.
fn is_behind(before: &str, after: &str) -> bool {
    let number = before.trim_end_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    if !number.ends_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let is_of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' ' | '\u{a0}');
    let digits = number[number.trim_end_matches(is_of_number).len()..]
        .trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let head = &number[..number.len() - digits.len()];
    let is_number = !head.ends_with(|letter: char| letter.is_alphanumeric() || "\\^_{}=+*/$".contains(letter));
    is_number && !after.starts_with(|letter: char| letter.is_alphanumeric() || "\\^_{$".contains(letter))
}

/// Whether the dollar before a text stands before its number, and the number is not the beginning of a formula.
fn is_ahead(after: &str) -> bool {
    let tail = after.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ','));
    let is_number = after.starts_with(|letter: char| letter.is_ascii_digit());
    let goes_on = |text: &str| text.starts_with(|letter: char| "\\^_{}=+*/<>".contains(letter));
    let is_glued = tail.starts_with(|letter: char| letter.is_alphanumeric());
    is_number && !is_glued && !goes_on(tail) && !goes_on(tail.trim_start_matches(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices(text: &str) -> Vec<bool> {
        text.match_indices('$').map(|(at, _)| is_price(text, at)).collect()
    }

    #[test]
    fn a_number_beside_a_dollar_is_a_price() {
        assert_eq!(prices("За 5$, 1 000 $ — и $1,000.50, ($7). 2.5$"), [true; 5]);
        assert_eq!(prices("x_5$, $x, $5x, x2$ и $5 + x, =5$, $5^2, a$"), [false; 8]);
    }

    #[test]
    fn a_formula_may_stand_behind_a_number() {
        let begins = |text: &str| {
            let start = text.find('$').unwrap();
            begins_with_a_price(text, &(start..text.rfind('$').unwrap() + 1))
        };
        assert!(
            ["5$, а не 10$", "5$-10$", "$5,$10", "5$, а ($", "5$) и `$", "$5, а то и 6$"]
                .iter()
                .all(|text| begins(text))
        );
        assert!(!["3$\\sigma$", "2$x$", "2$-x$", "$5$ или", "2$x1$", "x_5$, y$"].iter().any(|text| begins(text)));
    }
}
