//! Markdown between the tags of a block of HTML: it stays as it is written until a blank line ends the block.

use std::ops::Range;

use ::page::Finding;
use ::page::markup::Kind;
use ::page::outline::What;

use crate::page::Page;

const RULE: &str = "html";
/// Elements whose words mean something else.
const OTHER: [&str; 6] = ["pre", "script", "style", "svg", "textarea", "math"];

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut inside_other = None;
    let mut findings = Vec::new();
    for piece in &page.outline.pieces {
        let What::Markup(markup) = &piece.what else { continue };
        match &markup.kind {
            Kind::Open(tag) if inside_other.is_none() && OTHER.contains(&&*tag.name) => {
                inside_other = Some(tag.name.clone());
            }
            Kind::Close(name) if inside_other.as_ref() == Some(name) => inside_other = None,
            Kind::Words if inside_other.is_none() => findings.extend(unread(page, &piece.range)),
            _ => {}
        }
    }
    findings
}

fn unread(page: &Page<'_>, words: &Range<usize>) -> Option<Finding> {
    let text = &page.text[words.clone()];
    let found = [between(text, "**", "**"), between(text, "`", "`"), link(text), between(text, "[[", "]]")];
    let found = found.into_iter().flatten().min_by_key(|found| found.start)?;
    let message = format!("Markdown between tags is not read: a reader sees «{}»", &text[found.clone()]);
    let help = "leave a blank line before and behind these lines, or write tags: `<strong>`, `<em>`, `<code>`, `<a href=\"…\">`";
    Some(Finding::new(RULE, words.start + found.start..words.start + found.end, message, help))
}

/// What stands between two marks that touch it.
fn between(text: &str, open: &str, close: &str) -> Option<Range<usize>> {
    let start = text.find(open)?;
    let inside = &text[start + open.len()..];
    let length = inside.find(close).filter(|length| *length > 0)?;
    let words = &inside[..length];
    let touches =
        !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace) && !words.contains('\n');
    touches.then(|| start..start + open.len() + length + close.len())
}

/// `[words](address)`.
fn link(text: &str) -> Option<Range<usize>> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')?;
    (!text[start..end].contains('\n')).then(|| start..end + 1)
}
