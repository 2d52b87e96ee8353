//! Numbers as the typography of the book's language writes them.

use page::{InlinePlace, Spec};

use crate::execution::{Nature, Said};
use crate::words::{Signs, Words};

/// No-break space, between a number and its unit.
const NO_BREAK: char = '\u{a0}';
/// Minus.
const MINUS: char = '\u{2212}';

/// A value in a sentence.
pub fn value(value: &Said, spec: &Spec, place: InlinePlace, words: &Words) -> String {
    match value.nature {
        Nature::Text => as_it_is(&value.text, place),
        Nature::Value => write(&value.text, spec, place, words),
    }
}

fn as_it_is(text: &str, place: InlinePlace) -> String {
    match place {
        InlinePlace::Prose => page::escape::text(text),
        InlinePlace::Formula => format!(r"\text{{{}}}", tex_text(text)),
    }
}

/// A value that Rust formatted, as Markdown for a sentence or as TeX for a formula.
pub fn write(text: &str, spec: &Spec, place: InlinePlace, words: &Words) -> String {
    match (Number::parse(text.trim()), place) {
        (Some(number), InlinePlace::Prose) => number.prose(spec, &words.signs),
        (Some(number), InlinePlace::Formula) => number.formula(spec, &words.signs),
        (None, place) => as_it_is(text, place),
    }
}

/// A time as a reader takes it in: three digits and a unit.
pub fn duration(nanoseconds: u64, words: &Words) -> String {
    const SIZES: [f64; 4] = [1.0, 1e3, 1e6, 1e9];
    let time = nanoseconds as f64;
    let at = SIZES.iter().rposition(|size| time >= 0.9995 * size).unwrap_or(0);
    let (unit, size) = (words.times[at], SIZES[at]);
    let value = time / size;
    let decimals = [9.995, 99.95].iter().filter(|limit| value < **limit).count();
    let decimals = if at == 0 { 0 } else { decimals };
    format!("{}{NO_BREAK}{unit}", decimal(&format!("{value:.decimals$}"), words))
}

/// The decimal number as the language writes it.
pub fn decimal(text: &str, words: &Words) -> String {
    text.replace('.', words.signs.decimal.prose)
}

/// A decimal number in its parts.
struct Number<'a> {
    negative: bool,
    plus: bool,
    whole: &'a str,
    fraction: Option<&'a str>,
    exponent: Option<&'a str>,
}

impl<'a> Number<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (negative, plus) = (text.starts_with('-'), text.starts_with('+'));
        let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (rest, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let exponent_is_whole =
            exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)));
        let is_number = digits(whole) && fraction.is_none_or(digits) && exponent_is_whole;
        is_number.then_some(Self { negative, plus, whole, fraction, exponent })
    }

    /// `-0.00` is written without its sign: a reader takes «−0,00» for a mistake.
    fn is_zero(&self) -> bool {
        let zero = |digits: &str| digits.bytes().all(|digit| digit == b'0');
        zero(self.whole) && self.fraction.is_none_or(zero)
    }

    fn prose(&self, spec: &Spec, signs: &Signs) -> String {
        let mut text = String::new();
        if self.negative && !self.is_zero() {
            text.push(MINUS);
        } else if self.plus {
            text.push('+');
        }
        text.push_str(&grouped(self.whole, signs.group.prose));
        if let Some(fraction) = self.fraction {
            text.push_str(signs.decimal.prose);
            text.push_str(fraction);
        }
        if let Some(exponent) = self.exponent.filter(|exponent| !exponent.trim_matches(['+', '-', '0']).is_empty()) {
            text.push_str(&format!(
                "{}10<sup>{}</sup>",
                signs.times.prose,
                exponent.trim_start_matches('+').replace('-', "−")
            ));
        }
        if spec.percent {
            text.push_str(signs.percent.prose);
        }
        text
    }

    fn formula(&self, spec: &Spec, signs: &Signs) -> String {
        let mut text = String::new();
        if self.negative && !self.is_zero() {
            text.push('-');
        } else if self.plus {
            text.push('+');
        }
        text.push_str(&grouped(self.whole, signs.group.formula));
        if let Some(fraction) = self.fraction {
            text.push_str(signs.decimal.formula);
            text.push_str(fraction);
        }
        if let Some(exponent) = self.exponent.filter(|exponent| !exponent.trim_matches(['+', '-', '0']).is_empty()) {
            text.push_str(&format!("{}10^{{{}}}", signs.times.formula, exponent.trim_start_matches('+')));
        }
        if spec.percent {
            text.push_str(signs.percent.formula);
        }
        text
    }
}

/// Groups of three from five digits on.
pub fn grouped(digits: &str, between: &str) -> String {
    const UNGROUPED: usize = 4;
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > UNGROUPED && (digits.len() - at).is_multiple_of(3) {
            text.push_str(between);
        }
        text.push(digit);
    }
    text
}

fn tex_text(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            // Markdown finds formulas by their braces, behind a backslash too.
            '{' => escaped.push_str(r"\textbraceleft{}"),
            '}' => escaped.push_str(r"\textbraceright{}"),
            '$' | '%' | '#' | '&' | '_' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            // What Markdown around the formula could take for its own.
            '<' => escaped.push_str(r"\textless{}"),
            '>' => escaped.push_str(r"\textgreater{}"),
            '|' => escaped.push_str(r"\textbar{}"),
            '`' => escaped.push_str(r"\textquoteleft{}"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                escaped.push_str(&format!("[U+{:04X}]", letter as u32));
            }
            _ if letter.is_control() => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: Option<&str> = Some("ru");

    fn prose(text: &str, language: Option<&str>) -> String {
        write(text, &Spec::default(), InlinePlace::Prose, Words::of(language))
    }

    #[test]
    fn a_time_has_three_digits_and_a_unit() {
        let cases = [(0, "0 нс"), (999, "999 нс"), (1_000, "1,00 мкс"), (12_345, "12,3 мкс"), (999_960, "1,00 мс")];
        let more = [(250_000_000, "250 мс"), (1_234_567_890, "1,23 с"), (90_000_000_000, "90,0 с")];
        for (nanoseconds, text) in cases.into_iter().chain(more) {
            assert_eq!(duration(nanoseconds, Words::of(RUSSIAN)).replace(NO_BREAK, " "), text);
        }
    }

    #[test]
    fn numbers_are_written_as_in_a_russian_book() {
        let cases = [
            ("3.14", "3,14"),
            ("-2", "\u{2212}2"),
            ("-0.00", "0,00"),
            ("9999", "9999"),
            ("10000.5", "10\u{202f}000,5"),
            ("1234567", "1\u{202f}234\u{202f}567"),
            ("1.5e-7", "1,5\u{a0}·\u{a0}10<sup>−7</sup>"),
            ("2e0", "2"),
            ("+1", "+1"),
            ("[1.5, 2]", "&#91;1.5, 2&#93;"),
            ("1.2.3", "1.2.3"),
            ("да", "да"),
        ];
        for (rust, russian) in cases {
            assert_eq!(prose(rust, RUSSIAN), russian, "{rust}");
        }
        let words = Words::of(RUSSIAN);
        let percent = Spec { format: ".1".into(), percent: true };
        assert_eq!(write("93.4", &percent, InlinePlace::Prose, words), "93,4\u{a0}%");
        assert_eq!(write("93.4", &percent, InlinePlace::Formula, words), r"93{,}4\,\%");
        assert_eq!(write("-1.5e10", &Spec::default(), InlinePlace::Formula, words), r"-1{,}5 \cdot 10^{10}");
        assert_eq!(write("a_b", &Spec::default(), InlinePlace::Formula, words), r"\text{a\_b}");
    }
    #[test]
    fn numbers_are_written_as_in_an_english_book() {
        let cases = [
            ("3.14", "3.14"),
            ("-2", "\u{2212}2"),
            ("9999", "9999"),
            ("1234567.5", "1,234,567.5"),
            ("1.5e-7", "1.5\u{a0}×\u{a0}10<sup>−7</sup>"),
        ];
        for (rust, english) in cases {
            assert_eq!(prose(rust, Some("en-GB")), english, "{rust}");
        }
        let (percent, words) = (Spec { format: ".1".into(), percent: true }, Words::of(None));
        assert_eq!(write("93.4", &percent, InlinePlace::Prose, words), "93.4%");
        assert_eq!(write("-12345.6e10", &Spec::default(), InlinePlace::Formula, words), r"-12{,}345.6 \times 10^{10}");
        assert_eq!(duration(1_234_567_890, words), "1.23\u{a0}s");
    }
}
