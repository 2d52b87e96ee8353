//! Signs of Markdown and of TeX that stay on the page because nothing was made of them: a backtick without its pair, a link with a blank in
//! its address, `\(x\)`.

use std::ops::Range;

use ::page::Finding;

use crate::page::Page;

const RULE: &str = "stray";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let blocks = page.blocks();
    let found = |block: &Vec<Range<usize>>| {
        [
            backtick(page, block),
            link(page, block),
            brackets(page, block),
            reversed(page, block),
            term(page, block),
            backslash(page, block),
        ]
    };
    blocks.iter().flat_map(found).flatten().collect()
}

fn backtick(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let marks =
        block.iter().flat_map(|piece| page.text[piece.clone()].match_indices('`').map(|(at, _)| piece.start + at));
    // What a bar of a table cuts in two is told as that.
    let is_stray = |at: &usize| !page.is_escaped(*at) && !page.text[page.line(*at)].trim_start().starts_with('|');
    let at = marks.into_iter().find(is_stray)?;
    let message = "a backtick without its pair: what was meant as code is text".to_owned();
    Some(Finding::new(
        RULE,
        at..at + 1,
        message,
        "close the code with as many backticks, or write `\\`` for the sign itself",
    ))
}

/// `[words](an address)`: of an address with a blank, or without its end, no link is made.
fn link(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let (start, end) = (block.first()?.start, block.last()?.end);
    let is_text = |at: usize| block.iter().any(|piece| piece.contains(&at));
    let marks = page.text[start..end].match_indices("](").map(|(at, _)| start + at);
    let at = marks.into_iter().find(|at| is_text(*at) && is_text(at + 1) && !page.is_escaped(*at))?;
    let line = page.line(at).end;
    let until = page.text[at..line].find(')').map_or(line, |length| at + length + 1);
    let message = "this is no link: its address has a blank, or no end".to_owned();
    let help = "write `%20` for a blank, and close the address with `)`; `\\]` is the bracket itself";
    Some(Finding::new(RULE, at..until, message, help))
}

/// `(words)[address.md]`, with the brackets in each other's place.
fn reversed(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let (start, end) = (block.first()?.start, block.last()?.end);
    let is_text = |at: usize| block.iter().any(|piece| piece.contains(&at));
    let text = &page.text[start..end];
    let marks =
        text.match_indices(")[").map(|(at, _)| at).filter(|at| is_text(start + at) && !page.is_escaped(start + at));
    marks.into_iter().find_map(|at| {
        let address = &text[at + 2..at + 2 + text[at + 2..].find(']')?];
        let leads = ["http://", "https://", "../", "./", "#"].iter().any(|begin| address.starts_with(begin));
        let is_file = [".md", ".html", ".svg", ".png", ".jpg"]
            .iter()
            .any(|kind| address.ends_with(kind) || address.contains(&format!("{kind}#")));
        let open = text[..at].rfind('(')?;
        ((leads || is_file) && !address.contains(char::is_whitespace)).then(|| {
            let (words, place) = (&text[open + 1..at], start + open..start + at + 2 + address.len() + 1);
            let message = "this is no link: its brackets stand in each other's place".to_owned();
            Finding::new(RULE, place, message, format!("write `[{words}]({address})`"))
        })
    })
}

/// `\(x\)`, of which a reader sees «(x)».
fn brackets(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let (start, end) = (block.first()?.start.saturating_sub(1), block.last()?.end);
    let text = page.text.get(start..end)?;
    let is_text = |at: usize| block.iter().any(|piece| piece.contains(&at));
    let is_tex = |inside: &str| inside.contains(['\\', '^', '_', '=']);
    let pairs = [(r"\(", r"\)", true), (r"\[", r"\]", false)];
    pairs.into_iter().find_map(|(open, close, is_sure)| {
        let at = text.find(open)?;
        let length = text[at + open.len()..].find(close)?;
        let inside = &text[at + open.len()..at + open.len() + length];
        let place = start + at..start + at + open.len() + length + close.len();
        let is_one = is_text(place.start + 1) && !page.is_escaped(place.start) && (is_sure || is_tex(inside));
        is_one.then(|| {
            let message = format!("`{open}…{close}` makes no formula here: a reader sees the brackets alone");
            Finding::new(RULE, place, message, "write a formula between dollars, `$…$`")
        })
    })
}

/// `[вектор]]`: two brackets side by side, of which one has no other side.
fn term(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let letters = block
        .iter()
        .flat_map(|piece| page.text[piece.clone()].char_indices().map(|(at, letter)| (piece.start + at, letter)));
    let mut open = Vec::new();
    let mut alone = Vec::new();
    for (at, letter) in letters.filter(|(at, letter)| "[]".contains(*letter) && !page.is_escaped(*at)) {
        match letter {
            '[' => open.push(at),
            _ if open.pop().is_none() => alone.push(at),
            _ => {}
        }
    }
    alone.extend(open);
    let bytes = page.text.as_bytes();
    let pairs = alone.into_iter().filter_map(|at| {
        let other = [at.checked_sub(1)?, at + 1].into_iter().find(|other| bytes.get(*other) == Some(&bytes[at]))?;
        Some(at.min(other))
    });
    let at = pairs.min()?;
    let message = format!("`{}` has no pair: a term stands between two brackets on each side", &page.text[at..at + 2]);
    Some(Finding::new(RULE, at..at + 2, message, "write `[[…]]`, or `\\[` for the bracket itself"))
}

/// A backslash at the end of a paragraph, where no line follows that it could break.
fn backslash(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let end = block.last()?.end;
    let is_it = page.text[..end].ends_with('\\') && !page.is_escaped(end - 1);
    let is_end = page.text[end..].trim_start_matches([' ', '\r']).chars().next().is_none_or(|letter| letter == '\n');
    (is_it && is_end).then(|| {
        let message = "a reader sees this backslash: it breaks a line only where another line follows".to_owned();
        Finding::new(RULE, end - 1..end, message, "remove it, or write `\\\\` for the sign itself")
    })
}
