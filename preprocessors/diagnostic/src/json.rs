//! One line of JSON a message, for editors.

use serde_json::{Value, json};

use crate::{Diagnostic, Level, Mend, Place, Sources, line_column};

/// The message as JSON: level, code, message, the place with lines and columns from 1 (columns in characters), labels, notes,
/// helps, and `rendered`, the text a terminal would show.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let labels: Vec<Value> = diagnostic.labels.iter().map(|label| span(&label.place, &label.text, sources)).collect();
    json!({
        "level": match diagnostic.level { Level::Error => "error", Level::Warning => "warning" },
        "code": diagnostic.code,
        "message": diagnostic.message,
        "span": span(&diagnostic.place, &diagnostic.label, sources),
        "labels": labels,
        "notes": diagnostic.notes,
        "helps": diagnostic.helps,
        "mendable": diagnostic.mend == Mend::Tool,
        "rendered": crate::render(diagnostic, sources, crate::Colour::Never),
    })
}

fn span(place: &Place, text: &str, sources: &Sources) -> Value {
    let source = sources.get(&place.path);
    let (start, end) = (line_column(source, place.range.start), line_column(source, place.range.end));
    json!({
        "file": place.path,
        "line": start.line, "column": start.column,
        "end_line": end.line, "end_column": end.column,
        "byte_start": place.range.start, "byte_end": place.range.end,
        "label": text,
    })
}
