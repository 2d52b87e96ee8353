//! The tables of book.toml that are for our steps: a key that no step reads is told, at its place, with the key that was meant.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use mdbook_driver::config::Config;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use diagnostic::{any_of, near};

/// The keys of a step's table; those of a table inside it are written with a dot.
pub struct Table {
    /// The step.
    pub name: &'static str,
    /// What it reads.
    pub keys: &'static [&'static str],
}

/// The tables of the steps that every book may have.
pub const TABLES: [Table; 5] = [
    Table {
        name: "cells",
        keys: &[
            "library",
            "dependencies",
            "prelude",
            "profile",
            "data",
            "store",
            "opt",
            "seed",
            "fold-lines",
            "jobs",
            "limits.seconds",
            "limits.first-seconds",
            "limits.memory",
            "limits.output",
            "limits.processes",
            "limits.disk",
            "live.states",
            "live.seconds",
            "live.kilobytes",
            "traps",
        ],
    },
    Table { name: "references", keys: &["bibliography", "glossary", "style"] },
    Table {
        name: "katex",
        keys: &[
            "output",
            "leqno",
            "fleqn",
            "throw-on-error",
            "error-color",
            "min-rule-thickness",
            "max-size",
            "max-expand",
            "trust",
            "no-css",
            "include-src",
            "macros",
            "block-delimiter.left",
            "block-delimiter.right",
            "inline-delimiter.left",
            "inline-delimiter.right",
            "pre-render",
            "cache",
        ],
    },
    Table { name: "highlight", keys: &[] },
    Table { name: "search", keys: &["synonyms", "texts"] },
];

/// What mdBook itself reads in every such table.
const MDBOOK: [&str; 5] = ["command", "before", "after", "renderers", "optional"];

/// The keys of `text`, which is book.toml, that nobody reads, and tables of steps that nobody is.
pub fn check(text: &str, config: &Config, tables: &[&Table]) -> Vec<Diagnostic> {
    // What is no TOML at all was said before.
    let Ok(book) = DeTable::parse(text) else { return Vec::new() };
    let mut mistakes: Vec<Diagnostic> = language(book.get_ref()).into_iter().collect();
    let Some(steps) = book.get_ref().get("preprocessor").and_then(|steps| steps.get_ref().as_table()) else {
        return mistakes;
    };
    for (name, value) in steps {
        let step = name.get_ref().as_ref();
        match (tables.iter().find(|table| table.name == step), value.get_ref().as_table()) {
            (Some(table), Some(keys)) => unknown_keys(table, "", keys, &mut mistakes),
            (Some(_), None) => {}
            // Two steps are mdBook's own.
            (None, _) if matches!(step, "links" | "index") => {}
            (None, _) if is_foreign(step, config, tables) => {}
            (None, _) => {
                let names = tables.iter().map(|table| table.name);
                let message = format!("there is no step `{step}`, and no `command` that would be one");
                mistakes.push(mistake(message, name.span(), &near(step, names)));
            }
        }
    }
    mistakes
}

/// A step with a command of its own is another's, but for a slip in the name of one of ours: mdBook would look for a program of that name.
fn is_foreign(step: &str, config: &Config, tables: &[&Table]) -> bool {
    let is_slip = |near: &str| near.chars().count().abs_diff(step.chars().count()) <= 1;
    let meant = near(step, tables.iter().map(|table| table.name)).into_iter().find(|near| is_slip(near));
    let is_there = |name: &str| config.contains_key(&format!("preprocessor.{name}"));
    config.contains_key(&format!("preprocessor.{step}.command")) && meant.is_none_or(is_there)
}

/// `language = "russian"`, which is none that a browser or a step knows.
fn language(book: &DeTable<'_>) -> Option<Diagnostic> {
    let table = book.get("book")?.get_ref().as_table()?;
    let value = table.get("language")?;
    let written = value.get_ref().as_str()?;
    let primary = written.split('-').next().unwrap_or_default();
    let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|letter| letter.is_ascii_alphabetic());
    (!is_code).then(|| {
        let message = format!("`{written}` is no code of a language");
        mistake(message, value.span(), &[]).help("write two or three letters, as in `\"ru\"` or `\"en\"`")
    })
}

fn unknown_keys(table: &Table, inside: &str, keys: &DeTable<'_>, mistakes: &mut Vec<Diagnostic>) {
    for (key, value) in keys {
        let path = format!("{inside}{}", key.get_ref());
        let is_of_mdbook = inside.is_empty() && MDBOOK.contains(&path.as_str());
        if is_of_mdbook || table.keys.contains(&path.as_str()) {
            continue;
        }
        let deeper = format!("{path}.");
        match value.get_ref() {
            DeValue::Table(keys) if table.keys.iter().any(|known| known.starts_with(&deeper)) => {
                unknown_keys(table, &deeper, keys, mistakes);
            }
            _ => mistakes.push(unknown_key(table, inside, key)),
        }
    }
}

fn unknown_key(table: &Table, inside: &str, key: &Spanned<impl AsRef<str>>) -> Diagnostic {
    let here = table
        .keys
        .iter()
        .filter_map(|known| known.strip_prefix(inside))
        .map(|rest| rest.split_once('.').map_or(rest, |(first, _)| first));
    let known: Vec<&str> = here.chain(MDBOOK.iter().copied().filter(|_| inside.is_empty())).collect();
    let header = format!("preprocessor.{}.{inside}", table.name);
    let key_name = key.get_ref().as_ref();
    let message = format!("[{}] has no key `{key_name}`", header.trim_end_matches('.'));
    let mut meant = near(key_name, known.iter().copied());
    meant.dedup();
    let mistake = mistake(message, key.span(), &meant);
    if !meant.is_empty() {
        return mistake;
    }
    let mut known = known;
    known.sort_unstable();
    known.dedup();
    mistake.help(format!("the keys are {}", known.join(", ")))
}

/// What is wrong at a place of book.toml, and the words that may have been meant.
pub fn mistake(message: String, place: Range<usize>, meant: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::error("book-toml", message, Place::new("book.toml", place));
    if meant.is_empty() { mistake } else { mistake.help(format!("did you mean {}?", any_of(meant))) }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    fn told(text: &str) -> String {
        let config = Config::from_str(text).unwrap();
        let course = Table { name: "курс", keys: &["карта"] };
        let tables: Vec<&Table> = TABLES.iter().chain([&course]).collect();
        let line = |mistake: Diagnostic| {
            let at = diagnostic::line_column(text, mistake.place.range.start);
            format!("{}:{} {}; {}", at.line, at.column, mistake.message, mistake.helps.join("; "))
        };
        check(text, &config, &tables).into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_key_that_is_read_is_right() {
        let mut text = String::new();
        for table in &TABLES {
            text.push_str(&format!("[preprocessor.{}]\ncommand = \"x\"\nafter = []\n", table.name));
            table.keys.iter().for_each(|key| text.push_str(&format!("{key} = 1\n")));
        }
        text.push_str("[preprocessor.\"курс\"]\n\"карта\" = 1\n[preprocessor.чужой]\ncommand = \"y\"\nчто-то = 1\n");
        let text =
            text.replace("[preprocessor.чужой]", "[preprocessor.\"чужой\"]").replace("что-то = 1", "\"что-то\" = 1");
        assert_eq!(told(&text), "");
    }

    #[test]
    fn a_misspelt_key_is_told_with_the_one_that_was_meant() {
        insta::assert_snapshot!(told(
            "[book]\ntitle = \"Книга\"\n[preprocessor.cells]\nlibary = \"ml\"\nкое-что = 2\nbefor = [\"links\"]\n[preprocessor.cells.limits]\nsecnds = 3\n\
             [preprocessor.cells.lives]\nstates = 1\n[preprocessor.references]\nglosary = \"г\"\n[preprocessor.katex]\nno_css = true\n\
             inline-delimiter = { left = \"$\", rigth = \"$\" }\n[preprocessor.search]\ncolour = 1\n[preprocessor.katx]\n".replace("кое-что", "\"кое-что\"").as_str()
        ));
    }

    #[test]
    fn a_language_that_is_none_and_a_step_of_nearly_our_name_are_told() {
        insta::assert_snapshot!(
            [
                "[book]\nlanguage = \"russian\"\n",
                "[book]\nlanguage = \"ру\"\n",
                "[preprocessor.katx]\ncommand = \"book preprocess katex\"\n"
            ]
            .map(told)
            .join("\n")
        );
        for right in ["language = \"ru\"", "language = \"pt-BR\"", "title = \"Книга\""] {
            assert_eq!(told(&format!("[book]\n{right}\n")), "");
        }
        assert_eq!(
            told("[preprocessor.katex]\n[preprocessor.katex2]\ncommand = \"x\"\n[preprocessor.toc]\ncommand = \"y\"\n"),
            ""
        );
    }

    #[test]
    fn the_keys_of_the_cells_are_those_that_they_read() {
        let table = &TABLES[0];
        for inside in ["", "limits.", "live."] {
            let header = format!("[preprocessor.cells.{inside}x]\nx = 1\n").replace(".x]", "]");
            let config = Config::from_str(&header).unwrap();
            let error = mdbook_cells::config::Config::read(&config).unwrap_err();
            let said = format!("{error:#}");
            for key in table.keys.iter().filter_map(|key| key.strip_prefix(inside)).filter(|key| !key.contains('.')) {
                assert!(said.contains(&format!("`{key}`")), "{key}: {said}");
            }
            let ours = table
                .keys
                .iter()
                .filter_map(|key| key.strip_prefix(inside))
                .map(|key| key.split('.').next())
                .collect::<std::collections::BTreeSet<_>>()
                .len();
            let mdbook = if inside.is_empty() { MDBOOK.len() } else { 0 };
            let (_, listed) = said.rsplit_once("expected one of").unwrap();
            // The next line says in which table it stands.
            let listed = listed.lines().next().unwrap_or_default();
            assert_eq!(listed.matches('`').count() / 2, ours + mdbook, "{said}");
        }
    }
}
