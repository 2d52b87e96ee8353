//! What a keyboard has in place of a sign: `<=` is set as two signs, `sin` as a product of three letters, a Russian `х` as a letter of words.

use std::ops::Range;

use diagnostic::latin_letter;

use crate::scripts;
use crate::tex::{Mistake, Token, argument, tokens};

/// Signs made of several, and their commands.
const SIGNS: [(&str, &str); 7] = [
    ("<=", r"\leqslant"),
    (">=", r"\geqslant"),
    ("!=", r"\neq"),
    ("->", r"\to"),
    ("=>", r"\Rightarrow"),
    ("...", r"\dots"),
    ("||", r"\|"),
];
/// Functions whose commands KaTeX has; `tg` may be a product.
const FUNCTIONS: [&str; 21] = [
    "arccos", "arcsin", "arctan", "arctg", "cos", "cosh", "cot", "ctg", "det", "exp", "inf", "lim", "ln", "log", "max",
    "min", "sin", "sinh", "sup", "tan", "tanh",
];
/// What is set upright, or as it is written.
const UPRIGHT: [&str; 7] = ["mathrm", "mathtt", "mathsf", "mathbf", "mathit", "operatorname", "begin"];

/// The first one.
pub fn check(tex: &str) -> Option<Mistake> {
    let mut left_alone = scripts::words(tex);
    left_alone.extend(upright(tex));
    let is_formula = |range: &Range<usize>| !left_alone.iter().any(|words| words.contains(&range.start));
    sign(tex, &is_formula).or_else(|| function(tex, &is_formula)).or_else(|| letter(tex, &is_formula))
}

fn upright(tex: &str) -> Vec<Range<usize>> {
    let commands = tokens(tex).filter(|(_, token)| matches!(token, Token::Command(name) if UPRIGHT.contains(name)));
    // `\operatorname*{…}`
    let after = |end: usize| end + usize::from(tex[end..].starts_with('*'));
    commands.filter_map(|(command, _)| argument(tex, after(command.end))).collect()
}

fn sign(tex: &str, is_formula: &impl Fn(&Range<usize>) -> bool) -> Option<Mistake> {
    SIGNS.iter().find_map(|(keyed, command)| {
        let found = tex.match_indices(keyed).map(|(at, _)| at..at + keyed.len()).find(|range| {
            // `n!=1` may be a factorial.
            let is_sure = match *keyed {
                "!=" => tex[..range.start].ends_with([' ', '\n']),
                // `||x| - |y||` is right, and the columns of an array have bars.
                "||" => tex.matches('|').count() == 2 * tex.matches("||").count() && !tex.contains("{array}"),
                _ => true,
            };
            is_sure && is_formula(range) && !tex[..range.start].ends_with('\\')
        })?;
        let message = format!("`{keyed}` is set as {} signs", keyed.len());
        Some(Mistake::new("keyed-sign", message, found).help(format!("write `{command}`")))
    })
}

fn function(tex: &str, is_formula: &impl Fn(&Range<usize>) -> bool) -> Option<Mistake> {
    let bytes = tex.as_bytes();
    let mut at = 0;
    while at < tex.len() {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, range) = (&bytes[at..at + length], at..at + length);
        let is_command = at > 0 && bytes[at - 1] == b'\\';
        if let Some(name) = FUNCTIONS.iter().find(|name| name.as_bytes() == word)
            && !is_command
            && is_formula(&range)
        {
            let message = format!("`{name}` is set as a product of letters");
            return Some(Mistake::new("keyed-function", message, range).help(format!(r"write `\{name}`")));
        }
        at += length.max(1);
    }
    None
}

/// A Russian letter alone that looks like a Latin one; an index may be a Russian one.
fn letter(tex: &str, is_formula: &impl Fn(&Range<usize>) -> bool) -> Option<Mistake> {
    let is_russian =
        |letter: Option<char>| letter.is_some_and(|letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    tex.char_indices().find_map(|(at, letter)| {
        let latin = is_russian(Some(letter)).then(|| latin_letter(letter))??;
        let range = at..at + letter.len_utf8();
        let (before, after) = (&tex[..range.start], &tex[range.end..]);
        // Two words are prose between dollars: KaTeX says what becomes of their blank.
        let neighbours = [before.trim_end().chars().next_back(), after.trim_start().chars().next()];
        let is_alone = !neighbours.into_iter().any(is_russian);
        let is_index = before.trim_end_matches('{').ends_with(['_', '^']);
        let is_unit = before.trim_end_matches(['~', ' ', ',', '\\']).ends_with(|before: char| before.is_ascii_digit());
        if !is_alone || is_index || is_unit || !is_formula(&range) {
            return None;
        }
        let message = format!("`{letter}` is a Russian letter here, and is set as one");
        Some(
            Mistake::new("russian-letter", message, range)
                .help(format!(r"write the Latin `{latin}`, or `\text{{{letter}}}` for a word")),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_keyboard_has_in_place_of_a_sign_is_told_with_its_command() {
        let wrong = [
            "a <= b",
            "x>=0",
            "a != b",
            "f: X->Y",
            "p => q",
            "||x|| = 1",
            "x_1, ..., x_n",
            "sin x",
            "2ln(x)",
            "x_{max}",
            r"\frac{exp(x)}{2}",
            r"\log x + log y",
            "х = 1",
            "a + с",
            r"\text{да} \alpha у",
        ];
        let told = |tex: &str| {
            let mistake = check(tex).unwrap_or_else(|| panic!("{tex} is right"));
            let help = mistake.help.unwrap_or_default();
            format!("{tex}: {} | {} | {help}", &tex[mistake.range], mistake.message)
        };
        insta::assert_snapshot!(wrong.map(told).join("\n"));
    }

    #[test]
    fn commands_words_and_products_are_left_alone() {
        let right = [
            r"\sin x, \max_i, x_{\max}, \operatorname{tg} x, \operatorname*{max}_x, \mathrm{exp}(x), \mathtt{a->b}, \text{a <= b, max}",
            r"n!=1, n! = 1, \theta + tg, a<b>c, x = -1, cosa, slog, \val{if a <= b {1} else {2}}, \label{eq-max}",
            r"||x| - |y||, \begin{array}{c||c} a \end{array}",
            r"x_{нов}, F_с, F_{с}, 3\,с, 5 с, шаг \cdot 2, Д_{кт}, \begin{array}{rl} a \end{array}, 1..2",
        ];
        for tex in right {
            assert!(check(tex).is_none(), "{tex}: {:?}", check(tex));
        }
    }
}
