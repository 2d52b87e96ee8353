//! What of a formula's TeX matters besides KaTeX: its labels, numbers it would give itself, words without their spaces.

use std::ops::Range;

use page::closing_brace;

use crate::keyed;
use crate::scripts;

/// What is wrong with a formula, and where in its TeX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub code: &'static str,
    pub message: String,
    pub range: Range<usize>,
    pub help: Option<String>,
}

impl Mistake {
    /// A mistake without advice.
    pub fn new(code: &'static str, message: impl Into<String>, range: Range<usize>) -> Self {
        Self { code, message: message.into(), range, help: None }
    }

    /// The same mistake with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// `\label{eq-x}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub range: Range<usize>,
    pub name: String,
}

/// The labels of a formula.
pub fn labels(tex: &str) -> Result<Vec<Label>, Mistake> {
    let mut labels = Vec::new();
    let mut tag = None;
    for (range, token) in tokens(tex) {
        match token {
            Token::Command("label") => labels.push(label(tex, range)?),
            Token::Command("tag") => tag = Some(range),
            _ => {}
        }
    }
    match tag {
        Some(tag) if !labels.is_empty() => {
            Err(Mistake::new("bad-label", "a labelled formula has a number already", tag)
                .help(r"drop `\tag` or `\label`"))
        }
        _ => Ok(labels),
    }
}

fn label(tex: &str, command: Range<usize>) -> Result<Label, Mistake> {
    const HELP: &str = r"write it as in `\label{eq-loss}`: letters, digits, `-`, `_` and `.`";
    let Some(inside) = argument(tex, command.end) else {
        return Err(Mistake::new("bad-label", "a label without a name", command).help(HELP));
    };
    let name = &tex[inside.clone()];
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let range = command.start..inside.end + 1;
    if name.len() == "eq-".len() || !name.starts_with("eq-") || !name.chars().all(is_name) {
        return Err(Mistake::new("bad-label", format!("`{name}` cannot be the label of a formula"), range).help(HELP));
    }
    Ok(Label { range, name: name.to_owned() })
}

/// The TeX in which every label is the tag of its number. It has as many bytes as before, so that places in it hold.
pub fn numbered(tex: &str, labels: &[(&Label, usize)]) -> String {
    let mut numbered = String::with_capacity(tex.len());
    let mut at = 0;
    for (label, number) in labels {
        let tag = format!(r"\tag{{{number}}}");
        let width = label.range.len();
        numbered.push_str(&tex[at..label.range.start]);
        numbered.push_str(&format!("{tag:<width$}"));
        at = label.range.end;
    }
    numbered.push_str(&tex[at..]);
    numbered
}

/// The TeX without its labels.
pub fn without(tex: &str, labels: &[Label]) -> String {
    let mut bare = String::with_capacity(tex.len());
    let mut at = 0;
    for label in labels {
        bare.push_str(tex[at..label.range.start].trim_end());
        at = label.range.end;
    }
    bare.push_str(&tex[at..]);
    bare.trim().to_owned()
}

/// What a formula says that KaTeX would accept without a remark and get wrong.
pub fn check(tex: &str) -> Option<Mistake> {
    code(tex)
        .or_else(|| own_numbers(tex))
        .or_else(|| number_by_hand(tex))
        .or_else(|| definition(tex))
        .or_else(|| scripts::check(tex))
        .or_else(|| keyed::check(tex))
}

/// A backtick in TeX is a quotation mark that Russian does not use; in Markdown it is the code behind a dollar that was not meant.
fn code(tex: &str) -> Option<Mistake> {
    let at = tex.find('`')?;
    let help = r"close the formula before the code, or write `\$` for a dollar; a quotation mark is `\lq`";
    Some(Mistake::new("code-in-formula", "a backtick in a formula", at..at + 1).help(help))
}

/// An environment that counts by itself would count past the labels.
fn own_numbers(tex: &str) -> Option<Mistake> {
    const COUNTING: [&str; 4] = ["align", "alignat", "equation", "gather"];
    tokens(tex).filter(|(_, token)| *token == Token::Command("begin")).find_map(|(command, _)| {
        let inside = argument(tex, command.end)?;
        let name = &tex[inside.clone()];
        COUNTING.contains(&name).then(|| {
            Mistake::new("own-numbers", format!("`{name}` numbers its lines by itself"), inside)
                .help(r"add a `*` to its name, and a `\label{eq-…}` to a line that is referred to")
        })
    })
}

/// `\tag{3.1}`: a number that is not counted, and may be that of another formula. A star or a name is no number.
fn number_by_hand(tex: &str) -> Option<Mistake> {
    let tags = tokens(tex).filter(|(_, token)| *token == Token::Command("tag"));
    let argument =
        |(command, _): (Range<usize>, _)| argument(tex, command.end + usize::from(tex[command.end..].starts_with('*')));
    let number = tags
        .filter_map(argument)
        .find(|inside| tex[inside.clone()].contains(|letter: char| letter.is_ascii_digit()))?;
    let message =
        format!("`{}` is a number by hand: formulas are counted, and another can have it", &tex[number.clone()]);
    let help = r"write `\label{eq-…}` in place of `\tag`, and refer to it by a link: `[формула](#eq-…)`";
    Some(Mistake::new("own-number", message, number).help(help))
}

/// A definition for later formulas is gone at the end of this one.
fn definition(tex: &str) -> Option<Mistake> {
    const GLOBAL: [&str; 3] = ["gdef", "xdef", "global"];
    let (range, _) = tokens(tex).find(|(_, token)| matches!(token, Token::Command(name) if GLOBAL.contains(name)))?;
    let message = "a definition ends with its formula, and the next one does not know it";
    let help = r"put it as a line `\name:…` into the file that `macros` of [preprocessor.katex] names";
    Some(Mistake::new("definition-in-formula", message, range).help(help.replace(r"\\", r"\")))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// The name without its backslash.
    Command(&'a str),
    Other,
}

/// The tokens of TeX; comments are none.
pub(crate) fn tokens(tex: &str) -> impl Iterator<Item = (Range<usize>, Token<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while tex[at..].starts_with('%') {
            at = tex[at..].find('\n').map_or(tex.len(), |newline| at + newline + 1);
        }
        let letter = tex[at..].chars().next()?;
        let start = at;
        at += letter.len_utf8();
        let token = match letter {
            '\\' => {
                let rest = &tex[at..];
                let name = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).len();
                let name = if name == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { name };
                at += name;
                Token::Command(&rest[..name])
            }
            _ => Token::Other,
        };
        Some((start..at, token))
    })
}

/// The inside of the braces that come next.
pub(crate) fn argument(tex: &str, at: usize) -> Option<Range<usize>> {
    let open = at + (tex[at..].len() - tex[at..].trim_start().len());
    let inside = open + tex[open..].strip_prefix('{').map(|_| 1)?;
    let length = closing_brace(&tex[inside..])?;
    Some(inside..inside + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_comments_are_not_labels() {
        let tex = "a % \\label{eq-нет}\n \\label {eq-потери} \\% \\label{eq-b.2}";
        let labels = labels(tex).unwrap();
        let names: Vec<_> = labels.iter().map(|label| (&tex[label.range.clone()], &*label.name)).collect();
        assert_eq!(names, [("\\label {eq-потери}", "eq-потери"), ("\\label{eq-b.2}", "eq-b.2")]);
    }

    #[test]
    fn a_wrong_label_is_a_mistake() {
        let mistakes: Vec<_> =
            [r"\label{loss}", r"\label{eq-}", r"\label{eq-a b}", r"\label", r"\label{eq-a", r"\label{eq-a} \tag{2}"]
                .map(|tex| labels(tex).map_err(|mistake| (mistake.message, &tex[mistake.range])).unwrap_err())
                .into();
        insta::assert_debug_snapshot!(mistakes);
    }

    #[test]
    fn a_number_takes_the_room_of_its_label() {
        let tex = r"a \label{eq-потери} \\ b \label{eq-b}!";
        let labels = labels(tex).unwrap();
        let labels: Vec<_> = labels.iter().zip([1, 12]).collect();
        let numbered = numbered(tex, &labels);
        assert_eq!(numbered, r"a \tag{1}                 \\ b \tag{12}    !");
        assert_eq!(numbered.len(), tex.len());
    }

    #[test]
    fn code_in_a_formula_is_a_mistake() {
        assert_eq!(check(", а `x").unwrap().range, 5..6);
    }

    #[test]
    fn a_number_by_hand_is_a_mistake() {
        for (tex, number) in [(r"a = b \tag{3.1}", "3.1"), (r"a \tag*{(5)}", "(5)"), (r"a \tag{$2'$}", "$2'$")] {
            let mistake = check(tex).unwrap();
            assert_eq!((mistake.code, &tex[mistake.range]), ("own-number", number));
        }
        assert_eq!([r"a \tag{*}", r"a \tag{ЗБЧ}", r"a % \tag{1}"].map(check), [None, None, None]);
    }

    #[test]
    fn an_environment_that_counts_is_a_mistake() {
        assert_eq!(check(r"\begin{align} a \end{align}").unwrap().range, 7..12);
        assert_eq!(check(r"\begin{align*} a \end{align*}"), None);
    }
}
