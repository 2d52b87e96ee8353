//! A value between what its author wrote around it in a formula: it behaves like one group of TeX.

/// The TeX of a value that stands between `before` and `after`. A negative one that is multiplied, subtracted or raised gets the
/// parentheses that a reader expects.
pub fn group(before: &str, value: String, after: &str) -> String {
    let before = before.trim_end();
    let last = Last::of(before);
    let raised = after.trim_start().starts_with(['^', '_', '\'']);
    let signed = value.starts_with(['-', '+']);
    let is_product = value.contains(r"\cdot") || value.ends_with('%');
    if (signed && (raised || matches!(last, Last::Sign | Last::Operand))) || (is_product && raised) {
        return format!("{{({value})}}");
    }
    let is_one = value.chars().count() == 1;
    let is_apart = matches!(last, Last::Sign | Last::Apart) && !raised;
    if is_one || is_apart { value } else { format!("{{{value}}}") }
}

/// Whether the value continues a number: `2\val{n}` is read as one.
pub fn continues_number(before: &str, value: &str) -> bool {
    let before = before.trim_end();
    let head = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    // `\frac1` has taken the digit as its argument.
    let is_number = head.len() < before.len() && value.starts_with(|letter: char| letter.is_ascii_digit());
    is_number && word(head).is_none() && !head.ends_with(['^', '_'])
}

/// What a value follows.
#[derive(Clone, Copy)]
enum Last {
    /// The sign of an operation.
    Sign,
    /// Something that multiplies it.
    Operand,
    /// Something that may take it as an argument.
    Taker,
    /// A relation, a bracket, nothing: the value stands by itself.
    Apart,
}

impl Last {
    fn of(before: &str) -> Self {
        if let Some(word) = word(before) {
            return if OPERANDS.contains(&word.to_ascii_lowercase().as_str()) { Self::Operand } else { Self::Taker };
        }
        match before.chars().next_back() {
            Some('^' | '_') => Self::Taker,
            Some('+' | '-' | '*' | '/') => Self::Sign,
            Some(')' | ']' | '}' | '!') => Self::Operand,
            Some(letter) if letter.is_alphanumeric() => Self::Operand,
            _ => Self::Apart,
        }
    }
}

/// The command that a text ends with, without its backslash.
fn word(text: &str) -> Option<&str> {
    let head = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    (head.len() < text.len() && head.ends_with('\\')).then(|| &text[head.len()..])
}

/// Signs of operations, and letters, which multiply what follows them.
const OPERANDS: [&str; 38] = [
    "cdot",
    "times",
    "div",
    "pm",
    "mp",
    "ast",
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "vartheta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "varpi",
    "rho",
    "varrho",
    "sigma",
    "varsigma",
    "tau",
    "upsilon",
    "phi",
    "varphi",
    "chi",
    "psi",
    "omega",
    "partial",
    "nabla",
    "ell",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_group_whatever_stands_around_it() {
        let cases = [
            ("10^", "12", "", "{12}"),
            ("10^", "-3", "", "{-3}"),
            ("a_", "7", "", "7"),
            (r"\sqrt", r"12\,345", "", r"{12\,345}"),
            (r"\hat ", "12", "", "{12}"),
            (r"\frac1", "12", "", "{12}"),
            (r"\frac{1}", "12", "", "{12}"),
            (r"\frac", "12", "{n}", "{12}"),
            ("a-", "-3", "", "{(-3)}"),
            ("x + ", "12", "", "12"),
            ("", r"1{,}5 \cdot 10^{10}", "^2", r"{(1{,}5 \cdot 10^{10})}"),
            ("a - ", "-3", " + b", "{(-3)}"),
            ("a", "-3", "", "{(-3)}"),
            (r"2 \cdot ", "-3", "", "{(-3)}"),
            (r"\lambda", "-0{,}5", "", "{(-0{,}5)}"),
            (r"\alpha = ", "0{,}05", "^2", "{0{,}05}"),
            ("", "-3", "^2", "{(-3)}"),
            (r"\log_", "12", "x", "{12}"),
            (r"\approx ", "-3", "", "{-3}"),
            ("x = ", "-1{,}5", r" \leqslant y", "-1{,}5"),
            ("(", "-3", ")^2", "-3"),
            ("|", "-3", "|", "-3"),
            ("", r"\text{шаг}", "", r"\text{шаг}"),
            ("x_", r"\text{шаг}", "", r"{\text{шаг}}"),
            ("& ", "-3", r" \\", "-3"),
            ("{", "-3", "}", "-3"),
        ];
        for (before, value, after, expected) in cases {
            assert_eq!(group(before, value.to_owned(), after), expected, "{before}…{after}");
        }
    }

    #[test]
    fn a_value_behind_a_digit_continues_the_number() {
        let cases = [
            ("2", "12", true),
            ("x = 2", "1", true),
            ("2 ", "12", true),
            (r"\frac1", "12", false),
            ("2", "-1", false),
            ("x_1", "12", false),
        ];
        for (before, value, expected) in cases {
            assert_eq!(continues_number(before, value), expected, "{before}{value}");
        }
    }
}
