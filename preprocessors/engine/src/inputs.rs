//! What the compiler read besides the unit: nothing, or the page's key would not cover its output.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;

use super::{Message, MessageSpan, Unit, message};

/// Errors for files and variables that the unit takes in while it is compiled, from rustc's own list of inputs. A unit that is
/// refused before its macros are expanded has none; one that is refused later does: what it took in may be in the messages.
pub(super) fn undeclared(list: &Path, unit: &Unit) -> anyhow::Result<Vec<Message>> {
    let list = match std::fs::read_to_string(list) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        list => list.context("reading the list of what a page was compiled from")?,
    };
    Ok(list.lines().filter_map(|line| complaint(line, unit)).collect())
}

/// A line `PATH:` names a file, with spaces escaped; a line `# env-dep:NAME=VALUE` a variable, `=VALUE` only when it is set.
fn complaint(line: &str, unit: &Unit) -> Option<Message> {
    if let Some(variable) = line.strip_prefix("# env-dep:") {
        let name = variable.split_once('=').map_or(variable, |(name, _)| name);
        let text = format!("the environment variable `{name}` is read while the page is compiled");
        return Some(message::error("undeclared-input", text, place(&format!("\"{name}\""), unit)));
    }
    let path = line.strip_suffix(':')?.replace("\\ ", " ");
    if path == unit.file {
        return None;
    }
    let name = Path::new(&path).file_name()?.to_str()?.to_owned();
    let text = format!("the file `{path}` is read while the page is compiled; read files of the book with `data`");
    Some(message::error("undeclared-input", text, place(&name, unit)))
}

/// Where the unit names an input, if it does so in one piece.
fn place(name: &str, unit: &Unit) -> Vec<MessageSpan> {
    let start = unit.text.find(name);
    let span = |start| MessageSpan {
        range: start..start + name.len(),
        primary: true,
        label: "not covered by the page's key".to_owned(),
        replacement: None,
    };
    start.map(span).into_iter().collect()
}
