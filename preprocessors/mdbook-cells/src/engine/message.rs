//! The compiler's JSON messages, with places in the unit's own text.

use anyhow::Context as _;
use serde::Deserialize;

use super::{Message, MessageSpan, Unit};

#[derive(Deserialize)]
struct Said {
    message: String,
    code: Option<Code>,
    level: String,
    spans: Vec<Span>,
    children: Vec<Said>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    line_start: usize,
    column_start: usize,
    is_primary: bool,
    label: Option<String>,
    suggested_replacement: Option<String>,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Span,
}

/// The messages that rustc wrote, one JSON object a line.
pub(super) fn parse(said: &str, unit: &Unit) -> anyhow::Result<Vec<Message>> {
    let mut messages = Vec::new();
    for line in said.lines() {
        let said: Said = serde_json::from_str(line).with_context(|| format!("reading rustc's message {line}"))?;
        if !is_summary(&said) {
            messages.push(message(said, unit));
        }
    }
    Ok(messages)
}

/// Counts and advice for a terminal, which say nothing about the page.
fn is_summary(said: &Said) -> bool {
    said.spans.is_empty()
        && said.code.is_none()
        && (said.message.starts_with("aborting due to ")
            || said.message.starts_with("For more information about ")
            || said.message.starts_with("Some errors have detailed explanations")
            || said.message.ends_with(" warning emitted")
            || said.message.ends_with(" warnings emitted"))
}

fn message(said: Said, unit: &Unit) -> Message {
    let mut children: Vec<Message> = said.children.into_iter().map(|child| message(child, unit)).collect();
    let mut spans = Vec::new();
    for span in said.spans {
        let elsewhere = elsewhere(&span, unit);
        match inside(&span, unit) {
            Some(span) => spans.push(span),
            None => children.extend(elsewhere),
        }
    }
    Message {
        level: said.level,
        code: said.code.map(|code| code.code).unwrap_or_default(),
        text: said.message,
        spans,
        children,
    }
}

/// The place in the page that a span comes from: itself, or the macro call whose expansion it is in.
fn inside(span: &Span, unit: &Unit) -> Option<MessageSpan> {
    let mut place = span;
    while place.file_name != unit.file {
        place = &place.expansion.as_ref()?.span;
    }
    let range = place.byte_start..place.byte_end;
    unit.text.get(range.clone())?;
    // What to write instead is meant for the innermost place only.
    let replacement = span.suggested_replacement.clone().filter(|_| std::ptr::eq(place, span));
    Some(MessageSpan { range, primary: span.is_primary, label: span.label.clone().unwrap_or_default(), replacement })
}

/// A place in another file, in words.
fn elsewhere(span: &Span, unit: &Unit) -> Option<Message> {
    let label = span.label.as_ref().filter(|label| !label.is_empty())?;
    (span.file_name != unit.file).then(|| Message {
        level: "note".to_owned(),
        code: String::new(),
        text: format!("{label} ({}:{}:{})", span.file_name, span.line_start, span.column_start),
        spans: Vec::new(),
        children: Vec::new(),
    })
}
