//! Indices and powers that end sooner than their author thinks: for TeX `10^12` is ten to the first, and a 2.

use std::ops::Range;

use crate::tex::{Mistake, Token, argument, tokens};

/// The first one.
pub fn check(tex: &str) -> Option<Mistake> {
    let words = words(tex);
    let is_words = |at: usize| words.iter().any(|words| words.contains(&at));
    let marks = tex.match_indices(['_', '^']).filter(|(at, _)| !tex[..*at].ends_with('\\') && !is_words(*at));
    marks.into_iter().find_map(|(at, mark)| {
        let rest = &tex[at + mark.len()..];
        // `\log_27` is how TeX writes the logarithm of 7 to the base 2; `\log_10` nobody means that way.
        let is_base = tex[..at].ends_with(r"\log") && !rest.starts_with("10");
        let number = numeral(rest).filter(|_| !is_base);
        let meant = number.or_else(|| word(rest)).or_else(|| bounds(&tex[..at], rest))?;
        let first = meant.chars().next()?;
        let what = if mark == "_" { "index" } else { "power" };
        let message = format!("only `{first}` of `{meant}` is the {what}");
        let help = format!("write `{mark}{{{meant}}}`; if `{first}` alone is meant, put a space behind it");
        Some(Mistake::new("loose-script", message, at..at + mark.len() + meant.len()).help(help))
    })
}

/// What is no formula inside of one.
pub(crate) fn words(tex: &str) -> Vec<Range<usize>> {
    const OF_WORDS: [&str; 6] = ["val", "text", "label", "tag", "href", "url"];
    let commands = tokens(tex).filter(
        |(_, token)| matches!(token, Token::Command(name) if OF_WORDS.iter().any(|words| name.starts_with(words))),
    );
    commands.filter_map(|(command, _)| argument(tex, command.end)).collect()
}

/// `12`, `-1`, `0.5`, `0{,}5`.
fn numeral(rest: &str) -> Option<&str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(rest.starts_with(['-', '+']));
    let whole = digits(&rest[sign..]);
    let mut length = sign + whole;
    if whole == 0 {
        return None;
    }
    let comma = [".", "{,}"].into_iter().find(|comma| rest[length..].starts_with(comma));
    if let Some(comma) = comma {
        let fraction = digits(&rest[length + comma.len()..]);
        length += if fraction > 0 { comma.len() + fraction } else { 0 };
    }
    (length > 1).then(|| &rest[..length])
}

/// `нов`; Latin letters side by side are a product.
fn word(rest: &str) -> Option<&str> {
    let is_russian = |letter: &char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    let length: usize = rest.chars().take_while(is_russian).map(char::len_utf8).sum();
    (rest[..length].chars().count() > 1).then(|| &rest[..length])
}

/// `i=1` below a sum, `x\to0` below a limit.
fn bounds<'a>(before: &str, rest: &'a str) -> Option<&'a str> {
    let signs: &[&str] = match before.trim_end() {
        before if before.ends_with(r"\sum") || before.ends_with(r"\prod") => &["=", r"\in"],
        before if before.ends_with(r"\lim") => &[r"\to"],
        _ => return None,
    };
    let letter = rest.chars().next().filter(char::is_ascii_alphabetic)?;
    let behind = rest[letter.len_utf8()..].trim_start();
    let sign = signs.iter().find(|sign| behind.starts_with(*sign))?;
    let to = behind[sign.len()..].trim_start();
    let to = &to[to.chars().next().filter(|letter| letter.is_alphanumeric()).map_or(0, char::len_utf8)..];
    Some(rest[..rest.len() - to.len()].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_or_a_power_that_ends_too_soon_is_told_with_its_braces() {
        let said = [
            "10^12",
            "10^-3",
            "x_10 + 1",
            "x^0.5",
            "x^0{,}5",
            "w_нов",
            "e^-2x",
            r"\sum_i=1^n x_i",
            r"\prod_k \in K a_k",
            r"\lim_x\to 0 f(x)",
            r"\log_10 x",
        ];
        let told = |tex: &str| {
            let mistake = check(tex).unwrap_or_else(|| panic!("{tex} is right"));
            format!(
                "{tex}: {} | {} | {}",
                &tex[mistake.range.clone()],
                mistake.message,
                mistake.help.unwrap_or_default()
            )
        };
        insta::assert_snapshot!(said.map(told).join("\n"));
    }

    #[test]
    fn indices_and_powers_of_one_sign_are_right() {
        let right = [
            r"10^{12}, x_1^2, x_iy_i, x_1 2, 2^n3, \frac12, x_\text{нов}, x_{нов}, \sum_i x_i, a\_12, x^-, x_0.",
            r"\text{в x_10} \val{сумма_10} \label{eq-x_10} x_i = 1, \max_i = 3, \sum_{i=1}^n, 5^\circ, x'_1, A^*, f^{(12)}",
            r"n^{\log_27}",
        ];
        for tex in right {
            assert!(check(tex).is_none(), "{tex}: {:?}", check(tex));
        }
    }
}
