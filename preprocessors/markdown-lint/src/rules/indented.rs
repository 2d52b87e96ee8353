//! Prose that four spaces make code: a paragraph behind a tab, a formula in a point of a list that is not as deep.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use ::page::Finding;

use crate::page::Page;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let blocks =
        page.events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))));
    let prose = blocks.filter(|(_, range)| is_prose(&page.text[range.clone()]));
    prose
        .map(|(_, range)| {
            let words = page.text[range.clone()].trim_start();
            let start = range.end - words.len();
            let place = start..start + words.lines().next().unwrap_or_default().trim_end().len();
            let message = "four spaces before these words make them code".to_owned();
            let help = "begin them where the text around them begins; what is code stands between ``` lines";
            Finding::new("indented", place, message, help)
        })
        .collect()
}

/// A sentence, or marks that mean something in a sentence only.
fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let is_marked = text.split_whitespace().any(|word| {
        let is_name = |name: &str| name.starts_with(char::is_alphabetic);
        let is_link = word.split_once("](").is_some_and(|(_, address)| {
            address.starts_with(['#', '.']) || address.starts_with("http") || address.contains(".md")
        });
        is_link || word.strip_prefix("[[").is_some_and(is_name) || word.strip_prefix("**").is_some_and(is_name)
    });
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&&str| {
        let letters = word.trim_matches(|letter: char| letter.is_ascii_punctuation() || "«»—…".contains(letter));
        letters.chars().count() > 1 && letters.chars().all(|letter| letter.is_alphabetic() || letter == '-')
    };
    let is_sentence = words.len() > 2
        && text.starts_with(char::is_uppercase)
        && text.ends_with(['.', ':', '…', '?', '!', ','])
        && words.iter().filter(is_word).count() * 4 >= words.len() * 3;
    is_marked || is_sentence
}
