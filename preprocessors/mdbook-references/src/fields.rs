//! Fields of the file that hayagriva would pass over without a word.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use saphyr::{LoadableYamlNode as _, MarkedYaml, YamlData};

use diagnostic::nearest;

/// What hayagriva reads of a source and of its parents.
const FIELDS: [&str; 29] = [
    "type",
    "title",
    "author",
    "date",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "serial-number",
    "serial",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "genre",
    "parent",
];
/// Roles that others write as fields.
const ROLES: [&str; 4] = ["translator", "compiler", "illustrator", "commentator"];

/// Fields of the file `path` that nobody knows; nothing when its YAML cannot be read, which is said elsewhere.
pub fn unknown(path: &str, text: &str) -> Vec<Diagnostic> {
    let Ok(documents) = MarkedYaml::load_from_str(text) else { return Vec::new() };
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut mistakes = Vec::new();
    for (_, source) in documents.iter().flat_map(entries) {
        fields(source, &mut |name, range| {
            let range = offsets[range.start]..offsets[range.end.min(offsets.len() - 1)];
            mistakes.push(unknown_field(name, Place::new(path, range)));
        });
    }
    mistakes
}

fn fields(source: &MarkedYaml<'_>, report: &mut impl FnMut(&str, Range<usize>)) {
    for (key, value) in entries(source) {
        let Some(name) = key.data.as_str() else { continue };
        match name {
            "parent" => match &value.data {
                YamlData::Sequence(parents) => parents.iter().for_each(|parent| fields(parent, report)),
                _ => fields(value, report),
            },
            name if FIELDS.contains(&name) => {}
            name => report(name, key.span.start.index()..key.span.end.index()),
        }
    }
}

fn entries<'a, 'b>(node: &'a MarkedYaml<'b>) -> impl Iterator<Item = (&'a MarkedYaml<'b>, &'a MarkedYaml<'b>)> {
    match &node.data {
        YamlData::Mapping(entries) => Some(entries.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

fn unknown_field(name: &str, place: Place) -> Diagnostic {
    let mistake = Diagnostic::error("bibliography", format!("a source has no field `{name}`"), place);
    match nearest(name, FIELDS.into_iter().chain(ROLES)) {
        Some(role) if ROLES.contains(&role) => {
            mistake.help(format!("write `affiliated: {{ role: {role}, names: [\"…\"] }}`"))
        }
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => mistake.help(format!("the fields are {}", FIELDS.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let told = unknown("b.yml", text).into_iter().map(|mistake| {
            let place = diagnostic::line_column(text, mistake.place.range.start);
            let words = &text[mistake.place.range.clone()];
            format!("{}:{} `{words}` {}: {}", place.line, place.column, mistake.message, mistake.helps.join(" "))
        });
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_field_that_nobody_reads_is_told_at_its_place() {
        insta::assert_snapshot!(told(
            "словарёв2023:\n  type: book\n  titel: Введение\n  translator: [\"Словарёв, А. А.\"]\n  parent: { type: anthology, editors: Ян, город: Тверь }\n\
             б:\n  parent:\n    - { vol: 3 }\n"
        ));
    }

    #[test]
    fn every_field_of_hayagriva_is_known() {
        let fields = "type: book\n  title: Б\n  author: А\n  date: 2024\n  editor: Р\n  affiliated: { role: translator, names: П }\n  publisher: И\n  \
                      location: М\n  organization: О\n  issue: 1\n  chapter: 2\n  volume: 3\n  volume-total: 4\n  edition: 5\n  page-range: 6-7\n  \
                      page-total: 8\n  time-range: \"00:10-00:20\"\n  runtime: \"00:30\"\n  url: https://a.ru\n  serial-number: 9\n  language: ru\n  \
                      archive: А\n  archive-location: М\n  call-number: \"10\"\n  note: З\n  abstract: И\n  genre: Ж\n  parent: { title: Т }\n";
        let text = format!("б:\n  {fields}");
        assert_eq!(told(&text), "");
        hayagriva::io::from_yaml_str(&text).unwrap();
    }
}
