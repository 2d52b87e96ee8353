//! Stars and underscores that were meant as emphasis and stay what they are: Markdown wants them at the edge of a word, and takes
//! «, », a full stop or a dollar for edges only where no letter touches the other side.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::page::Page;
use ::page::Finding;

const RULE: &str = "emphasis";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let stays = page.blocks().into_iter().flat_map(|block| of_block(page, &block));
    stays.chain(page.events.iter().filter_map(|(event, range)| product(page, event, range))).collect()
}

/// `2*3*4` is a product to its author, and a 3 in italics to Markdown.
fn product(page: &Page<'_>, event: &Event<'_>, range: &Range<usize>) -> Option<Finding> {
    matches!(event, Event::Start(Tag::Emphasis)).then_some(())?;
    let words = &page.text[range.clone()];
    let inside = words.strip_prefix('*')?.strip_suffix('*')?;
    let is_factor = |letter: &char| letter.is_ascii_alphanumeric();
    page.text[..range.start].chars().next_back().filter(is_factor)?;
    page.text[range.end..].chars().next().filter(is_factor)?;
    inside.chars().all(|letter| letter.is_ascii_alphanumeric() || ".,+-()/ ".contains(letter)).then_some(())?;
    let message = format!("`{words}` is read as emphasis: its stars are not shown");
    let help = format!("write a product as a formula, or `\\*{inside}\\*` for stars");
    Some(Finding::new(RULE, range.clone(), message, help))
}

/// A run of marks that stayed text.
struct Run<'a> {
    marks: &'a str,
    range: Range<usize>,
}

fn of_block(page: &Page<'_>, block: &[Range<usize>]) -> Vec<Finding> {
    let runs = runs(page, block);
    let mut findings = Vec::new();
    let mut rest = runs.as_slice();
    while let [open, others @ ..] = rest {
        rest = others;
        if !opens(page, open) {
            if (open.marks == "**" || is_rest(page, open)) && closes(page, open) {
                findings.push(alone(open));
            } else if let Some(close) = others.first().filter(|close| is_in_blanks(page, open, close)) {
                findings.push(blanks(page, open, close));
                rest = &others[1..];
            }
            continue;
        }
        match others.iter().position(|close| close.marks == open.marks && closes(page, close)) {
            Some(at) => {
                findings.push(pair(page, open, &others[at]));
                rest = &others[at + 1..];
            }
            None if open.marks == "**" || is_rest(page, open) => findings.push(alone(open)),
            None => {}
        }
    }
    findings
}

/// The runs of a block; an escaped mark is a letter. The parser gives each mark of a run as a text of its own.
fn runs<'a>(page: &Page<'a>, block: &[Range<usize>]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    let letters = block
        .iter()
        .flat_map(|piece| page.text[piece.clone()].char_indices().map(|(at, letter)| (piece.start + at, letter)));
    for (at, mark) in letters.filter(|(at, letter)| matches!(letter, '*' | '_') && !page.is_escaped(*at)) {
        match runs.last_mut().filter(|run| run.range.end == at && run.marks.starts_with(mark)) {
            Some(run) => {
                run.range.end = at + 1;
                run.marks = &page.text[run.range.clone()];
            }
            None => runs.push(Run { marks: &page.text[at..at + 1], range: at..at + 1 }),
        }
    }
    runs
}

fn before(page: &Page<'_>, run: &Run<'_>) -> Option<char> {
    page.text[..run.range.start].chars().next_back()
}

fn after(page: &Page<'_>, run: &Run<'_>) -> Option<char> {
    page.text[run.range.end..].chars().next()
}

/// `***words**`: of marks that are not as many on both sides the rest stays.
fn is_rest(page: &Page<'_>, run: &Run<'_>) -> bool {
    run.marks == "*" && (before(page, run) == Some('*') || after(page, run) == Some('*'))
}

/// Whether an author may have meant to begin with it. Single stars and underscores belong to names: `A*`, `snake_case`.
fn opens(page: &Page<'_>, run: &Run<'_>) -> bool {
    let touches = after(page, run).is_some_and(|letter| !letter.is_whitespace());
    let in_word = before(page, run).is_some_and(char::is_alphanumeric);
    let starts_name = after(page, run).is_some_and(char::is_alphanumeric);
    touches && (run.marks == "**" || !(in_word && (run.marks.starts_with('_') || starts_name)))
}

fn closes(page: &Page<'_>, run: &Run<'_>) -> bool {
    before(page, run).is_some_and(|letter| !letter.is_whitespace())
}

fn pair(page: &Page<'_>, open: &Run<'_>, close: &Run<'_>) -> Finding {
    let words = &page.text[open.range.end..close.range.start];
    let tag = if open.marks.len() == 1 { "em" } else { "strong" };
    let inside = words.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '$');
    let mut help = format!("write `<{tag}>{words}</{tag}>`");
    if !inside.is_empty() && inside != words {
        let marks = open.marks;
        let moved = words.replacen(inside, &format!("{marks}{inside}{marks}"), 1);
        help = format!("put the marks inside, `{moved}`, or {help}");
    }
    let message =
        format!("`{}` stays as it is here: a letter touches its mark", &page.text[open.range.start..close.range.end]);
    Finding::new(RULE, open.range.start..close.range.end, message, help)
}

/// `** words **`: blanks at both ends, and no emphasis.
fn is_in_blanks(page: &Page<'_>, open: &Run<'_>, close: &Run<'_>) -> bool {
    let is_blank = |letter: Option<char>| letter.is_some_and(char::is_whitespace);
    let words = &page.text[open.range.end..close.range.start];
    let is_word = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    open.marks == "**"
        && close.marks == "**"
        && is_blank(after(page, open))
        && is_blank(before(page, close))
        && words.split_whitespace().any(is_word)
}

fn blanks(page: &Page<'_>, open: &Run<'_>, close: &Run<'_>) -> Finding {
    let range = open.range.start..close.range.end;
    let words = page.text[open.range.end..close.range.start].trim();
    let message = format!("`{}` stays as it is: a blank stands inside of its marks", &page.text[range.clone()]);
    Finding::new(RULE, range, message, format!("write `**{words}**`"))
}

fn alone(run: &Run<'_>) -> Finding {
    let marks = run.marks;
    let message = format!("`{marks}` stays as it is here: there is no other one to make it emphasis");
    let help = format!("close what it opens, or write `{}` for stars", r"\*".repeat(marks.len()));
    Finding::new(RULE, run.range.clone(), message, help)
}
