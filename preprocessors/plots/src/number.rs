//! The text of numbers: a decimal point, U+2212 for the minus, groups of three from 10 000, powers of ten as superscripts.

use crate::language::word;
/// The number with `decimals` digits after the point.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let negative = value < 0.0 && text.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::from(if negative { "\u{2212}" } else { "" });
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && whole.len() > 4 && (whole.len() - place) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The number to `digits` significant digits, without zeros that say nothing: 0.05, 12.5, 3.2·10⁻⁷.
pub(crate) fn significant(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            word("нет", "none").to_owned()
        } else {
            format!("{}∞", if value < 0.0 { "\u{2212}" } else { "" })
        };
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let rounded = format!("{:.*e}", digits - 1, value.abs());
    let (mantissa, exponent) = rounded.split_once('e').expect("`{:e}` always writes an exponent");
    let exponent: i32 = exponent.parse().expect("`{:e}` writes an integer exponent");
    if (-4..7).contains(&exponent) {
        let decimals = usize::try_from(digits as i32 - 1 - exponent).unwrap_or(0);
        return trimmed(&fixed(value, decimals));
    }
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    match trimmed(mantissa).as_str() {
        "1" => format!("{sign}10{}", superscript(exponent)),
        mantissa => format!("{sign}{mantissa}·10{}", superscript(exponent)),
    }
}

/// An integer as superscript characters.
pub(crate) fn superscript(exponent: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).map_or('⁻', |digit| DIGITS[digit as usize]);
    exponent.to_string().chars().map(digit).collect()
}

fn trimmed(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_on_axes() {
        let written =
            [0.0, -0.001, 0.05, 12.5, 1234.9, 123_456.0, 3.21e-7, 1e9, -2e12, 9.9999].map(|x| significant(x, 3));
        assert_eq!(
            written,
            ["0", "−0.001", "0.05", "12.5", "1235", "123\u{202f}456", "3.21·10⁻⁷", "10⁹", "−2·10¹²", "10"]
        );
    }

    #[test]
    fn a_zero_has_no_sign() {
        assert_eq!(fixed(-0.0001, 2), "0.00");
    }
}
