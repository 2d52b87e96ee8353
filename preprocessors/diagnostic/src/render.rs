//! The picture of a message on a terminal, drawn by rustc's own renderer.

use annotate_snippets::{AnnotationKind, Group, Level as Rank, Renderer, Snippet};

use crate::{Diagnostic, Level, Sources};

/// Whether to use terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Escape codes.
    Always,
    /// Plain text.
    Never,
}

/// What the lines of a message are called in a language.
#[derive(Clone, Copy, Debug)]
pub struct Titles {
    /// A message that fails the build.
    pub error: &'static str,
    /// One that does not.
    pub warning: &'static str,
    /// Why it is so.
    pub note: &'static str,
    /// What to do.
    pub help: &'static str,
}

impl Titles {
    /// The compiler's own.
    pub const ENGLISH: Self = Self { error: "error", warning: "warning", note: "note", help: "help" };
}

/// Draws one message with its code frame.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: Colour) -> String {
    draw(diagnostic, sources, colour, &Titles::ENGLISH)
}

fn draw(diagnostic: &Diagnostic, sources: &Sources, colour: Colour, titles: &Titles) -> String {
    let rank = match diagnostic.level {
        Level::Error => Rank::ERROR.with_name(titles.error),
        Level::Warning => Rank::WARNING.with_name(titles.warning),
    };
    let main = &diagnostic.place;
    let text = sources.get(&main.path);
    let mut snippet = Snippet::source(text).path(&*main.path);
    let primary = AnnotationKind::Primary.span(clamp(&main.range, text));
    snippet = snippet.annotation(if diagnostic.label.is_empty() { primary } else { primary.label(&*diagnostic.label) });
    let mut elsewhere = Vec::new();
    for label in &diagnostic.labels {
        let text = sources.get(&label.place.path);
        let annotation = AnnotationKind::Context.span(clamp(&label.place.range, text)).label(&*label.text);
        if label.place.path == main.path {
            snippet = snippet.annotation(annotation);
        } else {
            elsewhere.push(Snippet::source(text).path(&*label.place.path).annotation(annotation));
        }
    }
    let mut group: Group<'_> = rank.primary_title(&*diagnostic.message).id(&*diagnostic.code).element(snippet);
    group = group.elements(elsewhere);
    group = group.elements(diagnostic.notes.iter().map(|note| Rank::NOTE.with_name(titles.note).message(&**note)));
    group = group.elements(diagnostic.helps.iter().map(|help| Rank::HELP.with_name(titles.help).message(&**help)));
    let renderer = match colour {
        Colour::Always => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    };
    renderer.render(&[group]).to_string()
}

/// Draws all of them, a blank line between two.
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, colour: Colour) -> String {
    let drawn: Vec<String> = diagnostics.iter().map(|diagnostic| render(diagnostic, sources, colour)).collect();
    drawn.join("\n\n")
}

/// Draws all of them without colours, for readers of a language.
pub fn render_all_in(diagnostics: &[Diagnostic], sources: &Sources, titles: &Titles) -> String {
    let drawn = diagnostics.iter().map(|diagnostic| draw(diagnostic, sources, Colour::Never, titles));
    drawn.collect::<Vec<_>>().join("\n\n")
}

/// A range that the text has: the renderer panics outside of it.
fn clamp(range: &std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let boundary = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(range.start);
    start..boundary(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    #[test]
    fn a_message_shows_its_line_with_cyrillic_and_both_files() {
        let mut sources = Sources::default();
        sources.insert("src/спуск.md", "# Шаг\n\nпусть шаг = 1;\n");
        sources.insert("src/b.md", "тут\n");
        let at = "# Шаг\n\nпусть ".len();
        let diagnostic =
            Diagnostic::error("duplicate-label", "метка повторена", Place::new("src/спуск.md", at..at + "шаг".len()))
                .label("второй раз")
                .also(Place::new("src/b.md", 0..6), "первый раз")
                .note("метки общие на всю книгу")
                .help("назовите её иначе");
        insta::assert_snapshot!(render(&diagnostic, &sources, Colour::Never));
    }

    #[test]
    fn a_place_outside_the_text_still_prints() {
        let diagnostic = Diagnostic::warning("unused", "лишнее", Place::new("src/нет.md", 5..900));
        assert!(render(&diagnostic, &Sources::default(), Colour::Never).contains("src/нет.md"));
    }
}
