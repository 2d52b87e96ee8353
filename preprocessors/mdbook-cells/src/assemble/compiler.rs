//! The compiler's messages as diagnostics of the page, and as the text a reader sees.

use std::ops::Range;

use diagnostic::{Diagnostic, Level, Place, Sources, line_column};
use engine::{Message, MessageSpan};

use crate::plan::program::Program;
use crate::words::Words;
use page::options::ProgramOf;
use page::{Cell, Inline, Page};

/// A message as a diagnostic of the page.
pub fn diagnostic(message: &Message, program: &Program, page: &Page) -> Diagnostic {
    let spot = |span: &MessageSpan| Place::new(&page.path, program.range_to_page(&span.range));
    let main = main_span(message);
    let place = main.map_or_else(|| Place::new(&page.path, 0..0), spot);
    let code = if message.code.is_empty() { "rustc" } else { &message.code };
    let mut diagnostic = Diagnostic::error(code, &message.text, place).label(main.map_or("", |span| &span.label));
    if message.level == "warning" {
        diagnostic.level = Level::Warning;
    }
    let other = |span: &&MessageSpan| main.is_none_or(|main| !std::ptr::eq(*span, main));
    for span in message.spans.iter().filter(other).filter(|span| !program.is_glue(&span.range)) {
        diagnostic = diagnostic.also(spot(span), &span.label);
    }
    for child in &message.children {
        diagnostic = add_child(diagnostic, child, program, page, &spot);
    }
    diagnostic
}

/// A message as its author is told it: what is about our glue is said about the author's code.
pub fn for_author(message: &Message, program: &Program, page: &Page) -> Diagnostic {
    let mut told = diagnostic(message, program, page);
    told.notes.retain(|note| !is_of_glue(note));
    let told = told;
    let again = |what: String, help: &str| {
        let mut again = Diagnostic::error(told.code.clone(), what, told.place.clone()).help(help);
        again.level = told.level;
        again
    };
    let text = message.text.as_str();
    let at = told.place.range.start;
    if text.contains("`rich`") && text.contains("Shown<") {
        let shown = text.split_once("Shown<&").map_or("", |(_, rest)| rest);
        if shown.starts_with('{') {
            let help = "call it, or end the line with `;`";
            return again("a closure is the last thing of the cell, and it cannot be shown".to_owned(), help);
        }
        let name = shown.split_once('>').map_or(shown, |(name, _)| name);
        if is_input(name, page) {
            return again("this is an input and not yet a value".to_owned(), NO_DEFAULT);
        }
        let help = "put `#[derive(Debug)]` in front of the type, give it a `Show`, or end the line with `;`";
        return again(format!("a value of the type `{name}` cannot be shown: it has no `Debug`"), help);
    }
    let inline = page.inlines.iter().find(|inline| inline.range.contains(&at));
    if let Some(inline) = inline.filter(|inline| inline.spec.percent)
        && let Some((_, kind)) = text.strip_prefix("cannot multiply ").and_then(|rest| rest.split_once(" by "))
    {
        return again(format!("a share is a floating-point number, and this is {kind}"), &share(inline, kind));
    }
    let is_claim = page.claims.iter().any(|claim| claim.range.contains(&at));
    if let Some(kind) = told.label.strip_prefix("expected `bool`, found ").filter(|_| is_claim) {
        let help =
            if kind == "`()`" { "compare by `==`: `=` assigns" } else { "say what is so of it, as in `x > 0.0`" };
        return again(format!("a claim is true or false, not {kind}"), help);
    }
    if matches!(message.code.as_str(), "E0594" | "E0596") && text.contains("`Fn` closure") {
        let what = "a live cell cannot change what stands before it: it is run once for each state of its inputs";
        let help = "make a variable of its own inside of the live cell, or mark the cell that makes it `live` too";
        return again(what.to_owned(), help);
    }
    let is_of_prelude = main_span(message).is_some_and(|span| program.is_glue(&span.range));
    if matches!(message.code.as_str(), "E0432" | "E0433") && is_of_prelude {
        return told.help("what every page begins with is `prelude` in [preprocessor.cells] of book.toml, or the library's own `prelude`");
    }
    if matches!(message.code.as_str(), "E0432" | "E0433") && page.text[told.place.range.clone()].contains("super") {
        return told.help(
            "a cell is inside of a function, where `super` does not lead: define in the module what it uses, or hand it over",
        );
    }
    if message.code == "E0425"
        && let Some(name) = text.strip_prefix("cannot find value `").and_then(|rest| rest.split('`').next())
        && let Some(line) = made_below(page, at, name)
    {
        let help = format!(
            "`{name}` is made below, in line {line}: a page is one program, and what comes first knows nothing of it"
        );
        return told.help(help);
    }
    if is_input(text, page) || is_input(&told.label, page) {
        return told.help(NO_DEFAULT);
    }
    if message.code == "E0425"
        && let Some(cell) = page.cell_at(at).map(|cell| &page.cells[cell])
        && cell.options.program == ProgramOf::Alone
    {
        return told.help("a cell that is `alone` is a program of its own: it sees nothing of the other cells");
    }
    let is_said = told.helps.iter().any(|help| help.contains("`?`") || help.contains("expect"));
    if let Some(help) = wrapped(&message.code, text, &told.label).filter(|_| !is_said) {
        return told.help(help);
    }
    let look_alike = text.split('`').skip(1).step_by(2).find_map(|word| Some((word, diagnostic::as_latin(word)?)));
    match look_alike.filter(|_| message.level == "error") {
        Some((word, latin)) => told.help(format!("`{word}` is written with Cyrillic letters; did you mean `{latin}`?")),
        None => told,
    }
}

/// How the value is taken out of a `Result` or an `Option` that stands where a value was wanted.
fn wrapped(code: &str, text: &str, label: &str) -> Option<&'static str> {
    let told = match code {
        "E0308" => label.strip_prefix("expected ").and_then(|label| label.split_once("found "))?.1,
        "E0277" if text.contains(" doesn't implement ") => text.split(" doesn't").next()?,
        "E0277" | "E0369" if text.starts_with("cannot ") => text,
        "E0599" => text.split_once(" found for enum ")?.1,
        "E0600" | "E0608" | "E0609" => text.split_once(" type ")?.1,
        _ => return None,
    };
    let mut types = told.split('`').skip(1).step_by(2).map(|name| name.trim_start_matches('&'));
    types.find_map(|name| match name.split('<').next()?.rsplit("::").next()? {
        "Result" => Some("`?` behind the expression takes the value out of the `Result`; an error ends the page at its line"),
        "Option" => Some("`.expect(\"why there is one\")` takes the value out of the `Option`, or a `match` says what is done without one"),
        _ => None,
    })
}

/// What an input becomes a value by.
const NO_DEFAULT: &str = "end the input with its value until a reader turns it, as in `.default(0.5)`";

/// Whether the compiler speaks of an input that has no default yet; it leaves out paths where a name is the only one.
fn is_input(text: &str, page: &Page) -> bool {
    const KINDS: [&str; 7] =
        ["input::Range", "input::Frames", "input::Choice", "input::Toggle", "`Frames`", "`Toggle`", "`Choice<"];
    page.text.contains("input::") && KINDS.iter().any(|kind| text.contains(kind))
}

/// The line below a place where a cell binds a name.
fn made_below(page: &Page, at: usize, name: &str) -> Option<usize> {
    let binds = |line: &str| {
        let pattern = line.trim_start().strip_prefix("let ").map(str::trim_start);
        let rest = pattern.and_then(|pattern| pattern.strip_prefix("mut ").unwrap_or(pattern).strip_prefix(name));
        rest.is_some_and(|rest| rest.trim_start().starts_with([':', '=', ';']))
    };
    let lines = page.cells.iter().filter(|cell| cell.info.start > at).flat_map(|cell| &cell.lines);
    let line = lines.into_iter().find(|line| binds(&page.text[line.range.clone()]))?;
    Some(line_column(&page.text, line.range.start).line)
}

/// What the kernel's own files say of how the glue calls them.
fn is_of_glue(note: &str) -> bool {
    const FILES: [&str; 5] = ["session.rs", "macros.rs", "show.rs", "rich.rs", "live.rs"];
    let place = note.split_once("kernel/src/").map(|(_, file)| file);
    place.is_some_and(|file| FILES.iter().any(|name| file.starts_with(name)))
}

/// How a value of the type `kind` becomes a share; what is no number becomes none.
fn share(inline: &Inline, kind: &str) -> String {
    let name = kind.trim_matches('`');
    let number = name.trim_start_matches('&');
    let is_whole = number.strip_prefix(['i', 'u']).is_some_and(|bits| bits == "size" || bits.parse::<u8>().is_ok());
    if !is_whole {
        return "write a number between the backticks, or drop the `%`".to_owned();
    }
    let stars = "*".repeat(name.len() - number.len());
    let (code, format) = (inline.code.trim(), &inline.spec.format);
    format!("write `` `={stars}({code}) as f64:{format}%` ``, or compute the share itself")
}

fn main_span(message: &Message) -> Option<&MessageSpan> {
    message.spans.iter().find(|span| span.primary).or(message.spans.first())
}

fn add_child(
    diagnostic: Diagnostic,
    child: &Message,
    program: &Program,
    page: &Page,
    spot: &dyn Fn(&MessageSpan) -> Place,
) -> Diagnostic {
    let replaced = |span: &MessageSpan| {
        let place = spot(span).range;
        Some(with_neighbours(&page.text, &place, span.replacement.as_deref()?))
    };
    let replacements: Vec<String> = child.spans.iter().filter_map(replaced).collect();
    let text = match replacements.as_slice() {
        [replacement] if !replacement.is_empty() && !child.text.contains(&format!("`{replacement}`")) => {
            format!("{}: `{replacement}`", child.text)
        }
        _ => child.text.clone(),
    };
    let places = child.spans.iter().filter(|span| span.replacement.is_none() && !program.is_glue(&span.range));
    let diagnostic = if child.level == "help" { diagnostic.help(text) } else { diagnostic.note(text) };
    places.fold(diagnostic, |diagnostic, span| diagnostic.also(spot(span), &span.label))
}

/// What a replacement makes of its place; of one that only adds, with the names that it touches: `2.0` and not `.0`.
fn with_neighbours(text: &str, place: &Range<usize>, replacement: &str) -> String {
    if !place.is_empty() || replacement.trim().is_empty() {
        return replacement.trim().to_owned();
    }
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let (before, after) = text.split_at(place.start);
    let before = &before[before.trim_end_matches(is_name).len()..];
    let after = &after[..after.len() - after.trim_start_matches(is_name).len()];
    format!("{before}{replacement}{after}").trim().to_owned()
}

/// A refusal as the reader of the cell sees it: the frame shows the lines that the page shows, numbered from 1.
pub fn for_reader(message: &Message, program: &Program, page: &Page, cell: &Cell, words: &Words) -> String {
    let mut diagnostic = diagnostic(message, program, page);
    // A mistake in a hidden line can be shown only with it.
    let is_hidden = cell.to_shown(&page.text, diagnostic.place.range.start).is_none();
    let code = if is_hidden { cell.code(&page.text) } else { cell.shown(&page.text) };
    let find = |at| if is_hidden { from_page(cell, at) } else { cell.to_shown(&page.text, at) };
    let mut sources = Sources::default();
    sources.insert(words.cell, code.trim_end());
    let to_cell = |place: &Place| {
        let start = find(place.range.start)?;
        Some(Place::new(words.cell, start..find(place.range.end).unwrap_or(start).max(start)))
    };
    diagnostic.place = to_cell(&diagnostic.place).unwrap_or_else(|| Place::new(words.cell, 0..0));
    diagnostic.labels = diagnostic
        .labels
        .into_iter()
        .filter_map(|mut label| {
            label.place = to_cell(&label.place)?;
            Some(label)
        })
        .collect();
    diagnostic::render(&diagnostic, &sources, diagnostic::Colour::Never)
}

/// Byte of the cell's code for a byte of the page; `None` outside of the cell.
pub fn from_page(cell: &Cell, at: usize) -> Option<usize> {
    let mut begin = 0;
    for line in &cell.lines {
        let line = &line.range;
        if (line.start..=line.end).contains(&at) {
            return Some(begin + (at - line.start));
        }
        begin += line.len() + 1;
    }
    None
}
