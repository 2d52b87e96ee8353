//! Comments that mean something: `<!-- claim: x > 0 -->`, `<!-- sources -->`. This is the one place that knows those of
//! the tool; a kind of books can add its own. Any other comment is its author's, unless it is nearly one of these.

use std::ops::Range;

use diagnostic::{Diagnostic, Place, latin_letter, nearest};

use crate::Outline;
use crate::outline::What;

/// A comment that means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The word it begins with.
    pub name: &'static str,
    /// What follows the word.
    pub value: Value,
    /// How it is written.
    pub example: &'static str,
}

/// What follows the word of a comment behind a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Something.
    Needed,
    /// Something or nothing.
    Optional,
    /// Nothing.
    None,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words, with commas between them; behind a dash stands why.
    SomeOf(&'static [&'static str]),
}

/// What every book may allow.
pub const ALLOWED: [&str; 3] = ["trap", "unclaimed", "unstable"];

/// The comments of the tool itself; a book's own steps may know others.
pub const OWN: [Known; 7] = [
    Known { name: "claim", value: Value::Needed, example: "<!-- claim: x > 0.0 -->" },
    Known {
        name: "equivalent",
        value: Value::Needed,
        example: "<!-- equivalent: `0.02` → `0.04`: why nobody could notice -->",
    },
    Known { name: "sources", value: Value::Optional, example: "<!-- sources: knuth1984 -->" },
    Known { name: "bibliography", value: Value::None, example: "<!-- bibliography -->" },
    Known { name: "glossary", value: Value::None, example: "<!-- glossary -->" },
    Known { name: "search", value: Value::OneOf(&["off", "on", "planned"]), example: "<!-- search: off -->" },
    Known { name: "allow", value: Value::SomeOf(&ALLOWED), example: "<!-- allow: unstable — why -->" },
];

/// The tool's own comments and those that a book has besides; one of the same name is in place of the tool's.
pub fn with(besides: &[Known]) -> Vec<Known> {
    let is_replaced = |own: &Known| besides.iter().any(|known| known.name == own.name);
    OWN.into_iter().filter(|own| !is_replaced(own)).chain(besides.iter().copied()).collect()
}

/// The word and the value of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// What stands before the colon, or all of it.
    pub name: &'a str,
    /// What stands behind it; empty without a colon.
    pub value: &'a str,
    /// There is a colon.
    pub has_colon: bool,
}

/// Takes the text of a comment apart.
pub fn said(inside: &str) -> Said<'_> {
    match inside.split_once(':') {
        Some((name, value)) => Said { name: name.trim(), value: value.trim(), has_colon: true },
        None => Said { name: inside.trim(), value: "", has_colon: false },
    }
}

/// The comments called `name`: with delimiters, and their values.
pub fn called<'a>(
    outline: &'a Outline,
    text: &'a str,
    name: &'a str,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 'a {
    outline.comments().filter_map(move |(range, inside)| {
        let said = said(&text[inside.clone()]);
        let start = inside.end - said.value.len();
        (said.name == name).then(|| (range.clone(), start..inside.end))
    })
}

/// What is wrong with the comments of a page, where `known` mean something.
pub fn check(outline: &Outline, text: &str, path: &str, known: &[Known]) -> Vec<Diagnostic> {
    let mistake = |(range, inside): (&Range<usize>, &Range<usize>)| {
        let (message, help) = wrong(&text[inside.clone()], known)?;
        let place = if inside.is_empty() { range } else { inside };
        let first_line = text[place.clone()].find('\n').map_or(place.end, |length| place.start + length);
        Some(Diagnostic::error("unknown-comment", message, Place::new(path, place.start..first_line)).help(help))
    };
    outline.comments().filter_map(mistake).chain(indented(outline, text, path, known)).collect()
}

/// Comments that would mean something, had not four blanks made them code that is shown.
fn indented(outline: &Outline, text: &str, path: &str, known: &[Known]) -> Vec<Diagnostic> {
    let blocks = outline.pieces.iter().filter(|piece| piece.what == What::Indented).map(|piece| piece.range.clone());
    let comments = blocks.flat_map(|block| {
        let begins = text[block.clone()].match_indices("<!--").map(|(at, _)| block.start + at).collect::<Vec<_>>();
        begins.into_iter().filter_map(move |at| Some(at..at + text[at..block.end].find("-->")? + "-->".len()))
    });
    let meant = comments.filter(|range| {
        let inside = text[range.clone()].trim_start_matches("<!--").trim_end_matches("-->");
        known.iter().any(|known| known.name == said(inside.trim()).name)
    });
    let mistake = |range: Range<usize>| {
        let help = "begin the line where the text around it begins: four blanks more make it code that is only shown";
        Diagnostic::error("unread", "this comment is indented so far that it means nothing", Place::new(path, range))
            .help(help)
    };
    meant.map(mistake).collect()
}

fn wrong(inside: &str, known: &[Known]) -> Option<(String, String)> {
    let said = said(inside);
    let Some(meant) = known.iter().find(|known| known.name == said.name) else {
        return misspelt(inside, &said, known);
    };
    let write = format!("write it as in `{}`", meant.example);
    if inside[said.name.len()..].starts_with(char::is_whitespace) && said.has_colon {
        return Some((format!("a blank stands between `{}` and its colon", meant.name), write));
    }
    let is_given = !said.value.is_empty();
    match meant.value {
        Value::Needed | Value::SomeOf(_) if !is_given => {
            Some((format!("the comment `{}` says nothing", meant.name), write))
        }
        Value::None if said.has_colon => Some((format!("the comment `{}` has nothing behind it", meant.name), write)),
        Value::OneOf(words) if !words.contains(&said.value) => {
            let help = match nearest(said.value, words.iter().copied()) {
                Some(near) => format!("did you mean `<!-- {}: {near} -->`?", meant.name),
                None => write,
            };
            Some((format!("the comment `{}` cannot say `{}`", meant.name, said.value), help))
        }
        Value::SomeOf(words) => {
            let listed = said.value.split('—').next().unwrap_or_default().split(',').map(str::trim);
            let wrong = listed.into_iter().find(|word| !words.contains(word))?;
            let help = match nearest(wrong, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it knows {}; behind a dash stands why: `{}`", words.join(", "), meant.example),
            };
            Some((format!("the comment `{}` knows no `{wrong}`", meant.name), help))
        }
        _ => None,
    }
}

/// A comment that is nearly a known one. Prose is none: before its first colon, or in all of it, stand several words.
fn misspelt(inside: &str, said: &Said<'_>, known: &[Known]) -> Option<(String, String)> {
    let first = inside.split([' ', '\t', '\n', ':']).next().unwrap_or_default();
    let is_one_word = !said.name.contains(char::is_whitespace);
    let exact = known.iter().find(|known| known.name == first && known.value != Value::None);
    // `<!-- claim x > 0 -->`
    if let Some(meant) = exact.filter(|meant| {
        matches!(meant.value, Value::Needed | Value::SomeOf(_)) || inside.split_whitespace().count() == 2
    }) {
        let message = format!("behind `{}` there is a colon", meant.name);
        return Some((message, format!("write it as in `{}`", meant.example)));
    }
    if !is_one_word {
        return None;
    }
    let near = nearest(&latin(said.name).to_lowercase(), known.iter().map(|known| known.name))?;
    let meant = known.iter().find(|known| known.name == near)?;
    // A word alone may be anybody's, unless the comment it resembles stands alone too.
    let may_stand_alone = !matches!(meant.value, Value::Needed | Value::SomeOf(_));
    (said.has_colon || may_stand_alone).then(|| {
        let message = format!("there is no comment `{}`", said.name);
        (message, format!("did you mean `{}`? write it as in `{}`", meant.name, meant.example))
    })
}

/// Cyrillic letters that look like Latin ones, as Latin ones.
fn latin(word: &str) -> String {
    word.chars().map(|letter| latin_letter(letter).unwrap_or(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let course =
            Known { name: "course", value: Value::OneOf(&["map", "syllabus"]), example: "<!-- course: map -->" };
        let checks = Known { name: "checks", value: Value::Needed, example: "<!-- checks: eq-x -->" };
        let allow =
            Known { name: "allow", value: Value::SomeOf(&["dash", "yo"]), example: "<!-- allow: dash — why -->" };
        let known = with(&[course, checks, allow]);
        let found = check(&Outline::of(text), text, "a.md", &known);
        found.iter().map(|found| format!("{}: {}", &text[found.place.range.clone()], found.helps[0])).collect()
    }

    #[test]
    fn a_comment_that_is_nearly_a_known_one_is_told() {
        insta::assert_snapshot!(told(
            "Слово <!-- cheks: eq-x --> и <!-- Claim: x > 0 -->.\n\n<!-- searh: off -->\n\n<!-- course: mapp -->\n\n<!-- soucres: a, b -->\n\n\
             <!-- search: later -->\n\n<!-- сlaim: x -->\n\n<!-- claim -->\n\n<!-- claim x > 0 -->\n\n<!-- glossary: а -->\n\n<!-- source -->\n\n<!-- allow: dahs — так надо -->\n\n<!-- allow: yo, unstable -->\n\n<!-- alow: dash -->\n\n<!-- allow -->\n\n<!-- checks : eq-x -->\n\n<!--claim:-->\n\n<!-- search off -->\n"
        ).join("\n"));
    }

    #[test]
    fn a_comment_that_blanks_make_code_is_told() {
        let text = "Шаг.\n\n    <!-- claim: x > 0 -->\n\n- пункт\n\n      <!-- course: map -->\n\nДа.\n\n    let x = 1; <!-- просто так -->\n\n    <!-- search: off\n";
        let help = "begin the line where the text around it begins: four blanks more make it code that is only shown";
        assert_eq!(told(text), ["claim: x > 0", "course: map"].map(|comment| format!("<!-- {comment} -->: {help}")));
    }

    #[test]
    fn an_ordinary_comment_is_its_authors_own() {
        let text = "<!-- claim: x > 0 --> <!-- checks: eq-x -->\n\n<!-- просто так -->\n\n<!-- Источник: сам -->\n\n<!-- NOTE: claims of the paper: all -->\n\n\
                    <!-- sources -->\n\n<!-- glossary -->\n\n<!-- search: off -->\n\n<!-- allow: dash, yo — почему, и ещё почему -->\n\n<!-- prettier-ignore -->\n\n<!-- claims -->\n\n`<!-- cheks: x -->`\n\n<!-- the search goes on -->\n";
        assert_eq!(told(text), Vec::<String>::new());
    }
}
