//! What of a formula's TeX matters besides KaTeX: its labels, numbers it would give itself, words without their spaces.

use std::collections::BTreeSet;
use std::ops::Range;

/// What is wrong with a formula, and where in its TeX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub code: &'static str,
    pub message: String,
    pub range: Range<usize>,
    pub help: Option<&'static str>,
}

impl Mistake {
    /// A mistake without advice.
    pub fn new(code: &'static str, message: impl Into<String>, range: Range<usize>) -> Self {
        Self { code, message: message.into(), range, help: None }
    }

    /// The same mistake with advice.
    #[must_use]
    pub fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
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

/// The TeX in which every label is the tag of its number. It has as many characters as before, so that KaTeX's positions hold.
pub fn numbered(tex: &str, labels: &[(&Label, usize)]) -> String {
    let mut numbered = String::with_capacity(tex.len());
    let mut at = 0;
    for (label, number) in labels {
        let tag = format!(r"\tag{{{number}}}");
        let width = tex[label.range.clone()].chars().count();
        numbered.push_str(&tex[at..label.range.start]);
        numbered.push_str(&format!("{tag:<width$}"));
        at = label.range.end;
    }
    numbered.push_str(&tex[at..]);
    numbered
}

/// What a formula says that KaTeX would accept and get wrong. `macros` are commands whose arguments may be words.
pub fn check(tex: &str, macros: &BTreeSet<String>) -> Option<Mistake> {
    code(tex).or_else(|| own_numbers(tex)).or_else(|| glued_words(tex, macros))
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

/// Russian words in a formula lose the spaces between them; mostly it is prose between two dollars.
fn glued_words(tex: &str, macros: &BTreeSet<String>) -> Option<Mistake> {
    const WORDS: [&str; 19] = [
        "text",
        "textbf",
        "textit",
        "textrm",
        "textsf",
        "texttt",
        "textnormal",
        "textup",
        "textmd",
        "mbox",
        "hbox",
        "fbox",
        "tag",
        "label",
        "val",
        "href",
        "url",
        "htmlClass",
        "htmlData",
    ];
    let mut before: Option<(usize, char)> = None;
    let mut space = false;
    let mut skipped = 0;
    for (range, token) in tokens(tex) {
        if range.start < skipped {
            continue;
        }
        match token {
            Token::Space => space = true,
            Token::Letter(letter) => {
                if let Some((start, before)) = before
                    && space
                    && (is_russian(before) || is_russian(letter))
                {
                    let message = "words in a formula lose their spaces";
                    return Some(
                        Mistake::new("words-in-formula", message, start..range.end)
                            .help(r"put words into `\text{…}`; if this is no formula, write `\$` for its dollars"),
                    );
                }
                (before, space) = (Some((range.start, letter)), false);
            }
            Token::Command(name) => {
                (before, space) = (None, false);
                if WORDS.contains(&name) || macros.contains(&tex[range.clone()]) {
                    skipped = end_of_arguments(tex, range.end);
                }
            }
            Token::Other => (before, space) = (None, false),
        }
    }
    None
}

fn end_of_arguments(tex: &str, mut at: usize) -> usize {
    while let Some(inside) = argument(tex, at) {
        at = inside.end + 1;
    }
    at
}

fn is_russian(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// The name without its backslash.
    Command(&'a str),
    Space,
    /// A letter or digit.
    Letter(char),
    Other,
}

/// The tokens of TeX; comments are none.
fn tokens(tex: &str) -> impl Iterator<Item = (Range<usize>, Token<'_>)> {
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
            _ if letter.is_whitespace() => Token::Space,
            _ if letter.is_alphanumeric() => Token::Letter(letter),
            _ => Token::Other,
        };
        Some((start..at, token))
    })
}

/// The inside of the braces that come next.
fn argument(tex: &str, at: usize) -> Option<Range<usize>> {
    let open = at + (tex[at..].len() - tex[at..].trim_start().len());
    let inside = open + tex[open..].strip_prefix('{').map(|_| 1)?;
    let length = closing_brace(&tex[inside..])?;
    Some(inside..inside + length)
}

/// Where the brace that was opened before `text` closes.
pub fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
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
        assert_eq!(numbered, r"a \tag{1}           \\ b \tag{12}    !");
        assert_eq!(numbered.chars().count(), tex.chars().count());
    }

    #[test]
    fn words_without_their_spaces_are_a_mistake() {
        let macros = BTreeSet::from([r"\слов".to_owned(), r"\T".to_owned()]);
        let glued = |tex: &'static str| check(tex, &macros).map(|mistake| &tex[mistake.range]);
        let right = [
            r"\text{число верных}",
            r"x_{нов} + шаг \cdot 2",
            r"\T{два слова}{и ещё} x",
            "a % два слова\n b",
            "n m 2",
            r"\operatorname{argmin}",
        ];
        assert_eq!(right.map(glued), [None; 6]);
        let wrong = [", а не 10", r"\frac{число верных}{n}", ", а AU"];
        assert_eq!(wrong.map(glued), [Some("а н"), Some("о в"), Some("а A")]);
    }

    #[test]
    fn code_in_a_formula_is_a_mistake() {
        assert_eq!(check(", а `x", &BTreeSet::new()).unwrap().range, 5..6);
    }

    #[test]
    fn an_environment_that_counts_is_a_mistake() {
        let macros = BTreeSet::new();
        assert_eq!(check(r"\begin{align} a \end{align}", &macros).unwrap().range, 7..12);
        assert_eq!(check(r"\begin{align*} a \end{align*}", &macros), None);
    }
}
