//! The head of a lecture: the line under its title, made into a table of facts.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::Outline;
use page::outline::What;
use serde::{Deserialize, Serialize};

/// What lies between the fields.
const BETWEEN: char = '·';
const LEVELS: [&str; 3] = ["●○○", "●●○", "●●●"];

/// Where a page has its title and the line under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The heading of the first level.
    pub title: Range<usize>,
    /// The paragraph under it when all of it is emphasised.
    pub line: Option<Line>,
}

/// The line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The whole paragraph.
    pub paragraph: Range<usize>,
    /// Without the asterisks.
    pub inside: Range<usize>,
}

/// What the line says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// How hard it is, from 1 to 3.
    pub level: Option<usize>,
    /// How long it takes to read.
    pub minutes: Option<u32>,
    /// What the reader should know before.
    pub needs: Option<Range<usize>>,
    /// Where it is used.
    pub leads: Option<Range<usize>>,
}

/// The head of a page that begins with a title.
pub fn find(text: &str, outline: &Outline) -> Option<Head> {
    let mut blocks = outline.pieces.iter().enumerate().filter(|(_, piece)| piece.parent.is_none());
    let (_, title) = blocks.next()?;
    if !matches!(&title.what, What::Heading(heading) if heading.level == 1) {
        return None;
    }
    let line = blocks.next().filter(|(_, piece)| piece.what == What::Paragraph).and_then(|(index, paragraph)| {
        let words = outline.inside(index).first().filter(|piece| piece.what == What::Emphasis)?;
        let inside = words.range.start + 1..words.range.end - 1;
        let is_all = words.range.start == paragraph.range.start
            && text[words.range.end..paragraph.range.end].trim().is_empty()
            && text[inside.clone()].contains(BETWEEN);
        is_all.then(|| Line { paragraph: words.range.clone(), inside })
    });
    Some(Head { title: title.range.clone(), line })
}

/// Reads the fields of a line; those that nobody knows are mistakes.
pub fn fields(text: &str, line: &Line, path: &str) -> (Fields, Vec<Diagnostic>) {
    let mut fields = Fields::default();
    let mut diagnostics = Vec::new();
    for (number, range) in split(text, line.inside.clone()).enumerate() {
        let field = &text[range.clone()];
        let value = |name: &str| {
            let rest = field.strip_prefix(name)?.trim_start();
            (!rest.is_empty()).then(|| range.end - rest.len()..range.end)
        };
        if number == 0 && field.starts_with("Часть") {
            continue;
        } else if let Some(needs) = value("нужно:") {
            fields.needs = Some(needs);
        } else if let Some(leads) = value("пригодится:") {
            fields.leads = Some(leads);
        } else if let Some(level) =
            value("сложность").and_then(|range| LEVELS.iter().position(|level| *level == &text[range.clone()]))
        {
            fields.level = Some(level + 1);
        } else if let Some(minutes) = minutes(field) {
            fields.minutes = Some(minutes);
        } else {
            diagnostics.push(unknown(field, Place::new(path, range)));
        }
    }
    (fields, diagnostics)
}

/// The ranges between the dots, without blanks.
fn split(text: &str, inside: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = inside.start;
    text[inside].split(BETWEEN).map(move |field| {
        let start = at + (field.len() - field.trim_start().len());
        at += field.len() + BETWEEN.len_utf8();
        start..start + field.trim().len()
    })
}

fn minutes(field: &str) -> Option<u32> {
    let (number, unit) = field.split_once(char::is_whitespace)?;
    unit.starts_with("мин").then(|| number.parse().ok()).flatten()
}

fn unknown(field: &str, place: Place) -> Diagnostic {
    Diagnostic::error("unknown-head-field", format!("the head of a lecture has no field `{field}`"), place)
        .help("the fields are: Часть I · сложность ●●○ · 60 минут · нужно: … · пригодится: …, with « · » between them")
}

/// Titles of lectures in a range made links: `«Нормы»` becomes `[«Нормы»](norms.md)`.
pub fn linked(text: &str, range: &Range<usize>, lectures: &BTreeMap<String, String>) -> String {
    let text = &text[range.clone()];
    let mut linked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('«') {
        linked.push_str(before);
        let Some((title, behind)) = after.split_once('»') else {
            linked.push('«');
            rest = after;
            continue;
        };
        match lectures.get(title) {
            Some(path) if !before.ends_with('[') => linked.push_str(&format!("[«{title}»]({path})")),
            _ => linked.push_str(&format!("«{title}»")),
        }
        rest = behind;
    }
    linked.push_str(rest);
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 1.8. Разложение\n\n*Часть I · сложность ●●○ · 60\u{a0}минут · нужно: «Нормы» (и $\\varepsilon$), [«Ранг»](r.md) · пригодится: LoRA*\n\nТекст.\n";

    fn said(text: &str) -> (Fields, Vec<String>) {
        let line = find(text, &Outline::of(text)).expect("there is a title").line.expect("there is a line");
        let (fields, diagnostics) = fields(text, &line, "src/а.md");
        (
            fields,
            diagnostics
                .into_iter()
                .map(|wrong| format!("{}: {}", &text[wrong.place.range.clone()], wrong.message))
                .collect(),
        )
    }

    #[test]
    fn the_line_under_the_title_is_read() {
        let (fields, wrong) = said(TEXT);
        assert_eq!((fields.level, fields.minutes, wrong.len()), (Some(2), Some(60), 0));
        assert_eq!(&TEXT[fields.needs.expect("it is said")], "«Нормы» (и $\\varepsilon$), [«Ранг»](r.md)");
        assert_eq!(&TEXT[fields.leads.expect("it is said")], "LoRA");
    }

    #[test]
    fn an_unknown_field_is_a_mistake_at_its_place() {
        let (_, wrong) = said("# А\n\n*Часть I · сложность ●●●● · час*\n");
        assert_eq!(
            wrong,
            [
                "сложность ●●●●: the head of a lecture has no field `сложность ●●●●`",
                "час: the head of a lecture has no field `час`"
            ]
        );
    }

    #[test]
    fn a_page_without_the_line_has_a_title() {
        for text in ["# А\n", "# А\n\nТекст *курсив · да*.\n", "# А\n\n## Б\n\n*а · б*\n", "# А\n\n- *а · б*\n"]
        {
            let head = find(text, &Outline::of(text)).expect("there is a title");
            assert_eq!((&text[head.title].trim_end(), head.line), (&"# А", None), "{text}");
        }
        let text = "Текст.\n\n# А\n";
        assert_eq!(find(text, &Outline::of(text)), None);
    }

    #[test]
    fn titles_of_written_lectures_become_links() {
        let lectures =
            BTreeMap::from([("Нормы".to_owned(), "../norms.md".to_owned()), ("Ранг".to_owned(), "r.md".to_owned())]);
        let text = "«Нормы», [«Ранг»](r.md), «Иное», «не закрыто";
        assert_eq!(
            linked(text, &(0..text.len()), &lectures),
            "[«Нормы»](../norms.md), [«Ранг»](r.md), «Иное», «не закрыто"
        );
    }
}
