//! `~…~`: a single tilde strikes out, «~0,2~», and makes no index, «H~2~O».

use pulldown_cmark::{Event, Tag};

use crate::page::Page;
use ::page::Finding;

const RULE: &str = "tilde";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let struck = page.events.iter().filter(|(event, range)| {
        matches!(event, Event::Start(Tag::Strikethrough)) && !page.text[range.clone()].starts_with("~~")
    });
    let struck = struck.map(|(_, range)| {
        let words = page.text[range.clone()].trim_matches('~');
        let help = format!("write `\\~{words}\\~` for the signs, `~~{words}~~` to strike it out");
        Finding::new(RULE, range.clone(), format!("`~{words}~` is shown struck out"), help)
    });
    struck.chain(page.blocks().iter().filter_map(|block| index(page, block))).collect()
}

/// `H~2~O`, in which the parser sees nothing.
fn index(page: &Page<'_>, block: &[std::ops::Range<usize>]) -> Option<Finding> {
    let tildes =
        block.iter().flat_map(|piece| page.text[piece.clone()].match_indices('~').map(|(at, _)| piece.start + at));
    let tildes: Vec<usize> = tildes.filter(|at| !page.is_escaped(*at)).collect();
    let (open, close) = tildes.windows(2).map(|pair| (pair[0], pair[1])).find(|(open, close)| {
        let words = &page.text[open + 1..*close];
        let touches = page.text[..*open].ends_with(char::is_alphanumeric);
        touches && !words.is_empty() && words.chars().all(char::is_alphanumeric)
    })?;
    let words = &page.text[open + 1..close];
    let help = format!("write `<sub>{words}</sub>` for an index, `\\~` for the sign");
    Some(Finding::new(RULE, open..close + 1, format!("`~{words}~` is shown with its signs"), help))
}
