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
    macro_decl_name: String,
    span: Span,
    def_site_span: Option<Span>,
}

/// The messages that rustc wrote, one JSON object a line; of those that a page earns by the thousand, the first.
pub(super) fn parse(said: &str, unit: &Unit) -> anyhow::Result<Vec<Message>> {
    const ENOUGH: usize = 1000;
    let mut messages = Vec::new();
    for line in said.lines().filter(|line| !line.is_empty()) {
        if messages.len() == ENOUGH {
            break;
        }
        if !line.starts_with('{') {
            // The assembler does not speak JSON, nor does a compiler that crashes.
            match (line.strip_prefix("error: "), messages.last_mut()) {
                (Some(text), _) => messages.push(error("", text.to_owned(), Vec::new())),
                (None, Some(last)) => last.children.push(note(line.to_owned())),
                (None, None) => messages.push(error("", line.to_owned(), Vec::new())),
            }
            continue;
        }
        // Macros that call macros are nested in it as deep as the compiler lets them.
        let mut reader = serde_json::Deserializer::from_str(line);
        reader.disable_recursion_limit();
        let said = Said::deserialize(&mut reader).with_context(|| format!("reading rustc's message {line}"))?;
        if is_summary(&said) {
            continue;
        }
        let message = message(said, unit);
        // One mistake inside a macro may be found once for each thing that the macro does.
        if !messages.contains(&message) {
            messages.push(message);
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
            || said.message.contains("incremental compilation")
            || said.message.ends_with(" warning emitted")
            || said.message.ends_with(" warnings emitted"))
}

/// A message of our own about a unit.
pub(super) fn error(code: &str, text: String, spans: Vec<MessageSpan>) -> Message {
    Message { level: "error".to_owned(), code: code.to_owned(), text, spans, children: Vec::new() }
}

/// Whether a message keeps the unit from being run; the compiler's own failures are errors with a longer name.
pub(super) fn is_error(message: &Message) -> bool {
    message.level.starts_with("error")
}

fn message(said: Said, unit: &Unit) -> Message {
    let Said { message: mut text, code, level, spans: said_spans, children } = said;
    let mut children: Vec<Message> = children.into_iter().map(|child| message(child, unit)).collect();
    let mut spans = Vec::new();
    for span in said_spans {
        let Some(inside) = inside(&span, unit) else {
            let place = format!("{}:{}:{}", span.file_name, span.line_start, span.column_start);
            match span.label.filter(|label| !label.is_empty()) {
                Some(label) => children.push(note(format!("{label} ({place})"))),
                None if span.is_primary => text = format!("{text} ({place})"),
                None => {}
            }
            continue;
        };
        spans.extend([Some(inside), call(&span, unit)].into_iter().flatten());
    }
    for at in (1..spans.len()).rev() {
        if spans[..at].contains(&spans[at]) {
            spans.remove(at);
        }
    }
    Message { level, code: code.map(|code| code.code).unwrap_or_default(), text, spans, children }
}

fn note(text: String) -> Message {
    Message { level: "note".to_owned(), code: String::new(), text, spans: Vec::new(), children: Vec::new() }
}

/// Where the page calls the macro that a main span lies in, when the macro is the page's own too.
fn call(span: &Span, unit: &Unit) -> Option<MessageSpan> {
    let expansion = span.expansion.as_ref().filter(|_| span.is_primary && span.file_name == unit.file)?;
    let definition = expansion.def_site_span.as_ref().filter(|_| expansion.macro_decl_name.ends_with('!'))?;
    let call = Some(&expansion.span).filter(|_| definition.file_name == unit.file)?;
    let label = "in this macro call".to_owned();
    Some(MessageSpan { primary: false, label, replacement: None, ..inside(call, unit)? })
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
