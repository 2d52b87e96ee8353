//! Values of book.toml that nobody can have meant: limits of nothing, steps and outputs that are not there. mdBook goes on without a word.

use std::collections::BTreeSet;

use diagnostic::{Diagnostic, any_of, near};
use mdbook_driver::config::Config;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::tables::{Table, mistake};

/// The only output that the tool writes.
const HTML: &str = "html";
/// Tables whose numbers say how much there may be of something.
const LIMITS: [&str; 2] = ["limits", "live"];
/// Steps of mdBook's own, which have no table.
const OF_MDBOOK: [&str; 2] = ["links", "index"];
/// The themes that mdBook has.
const THEMES: [&str; 5] = ["light", "rust", "coal", "navy", "ayu"];

/// All of them in `text`, which is book.toml; `tables` are those of our steps.
pub fn check(text: &str, config: &Config, tables: &[&Table]) -> Vec<Diagnostic> {
    let Ok(book) = DeTable::parse(text) else { return Vec::new() };
    let Some(steps) = inside(book.get_ref(), &["preprocessor"]) else { return Vec::new() };
    let mut known: BTreeSet<&str> = steps.keys().map(|name| name.get_ref().as_ref()).collect();
    if config.build.use_default_preprocessors {
        known.extend(OF_MDBOOK);
    }
    let mut mistakes = Vec::new();
    for (name, step) in steps {
        let Some(step) = step.get_ref().as_table() else { continue };
        for key in ["before", "after"] {
            let named = step.get(key).into_iter().flat_map(words);
            mistakes.extend(named.filter_map(|(word, value)| no_step(key, word, value, &known)));
        }
        let is_ours = tables.iter().any(|table| table.name == name.get_ref().as_ref());
        mistakes.extend(step.get("renderers").filter(|_| is_ours).and_then(|value| kept_away(name.get_ref(), value)));
    }
    let limits = LIMITS.iter().filter_map(|table| inside(steps, &["cells", table]));
    mistakes.extend(limits.flatten().filter_map(|(key, value)| nothing(key.get_ref(), value)));
    mistakes
}

/// Themes that the site would not have; one with a template of its own has what it likes.
pub fn themes(text: &str) -> Vec<Diagnostic> {
    let Ok(book) = DeTable::parse(text) else { return Vec::new() };
    let Some(html) = inside(book.get_ref(), &["output", HTML]) else { return Vec::new() };
    let named = ["default-theme", "preferred-dark-theme"].into_iter().filter_map(|key| html.get(key));
    let wrong = named.flat_map(words).filter(|(theme, _)| !THEMES.contains(&theme.to_lowercase().as_str()));
    wrong.map(|(theme, value)| unknown(format!("there is no theme `{theme}`"), value, theme, &THEMES)).collect()
}

/// The table at a path of keys.
pub fn inside<'a>(table: &'a DeTable<'a>, path: &[&str]) -> Option<&'a DeTable<'a>> {
    path.iter().try_fold(table, |table, key| table.get(*key)?.get_ref().as_table())
}

/// The strings of a value, which is one or an array of them.
fn words<'a>(value: &'a Spanned<DeValue<'a>>) -> Vec<(&'a str, &'a Spanned<DeValue<'a>>)> {
    match value.get_ref() {
        DeValue::Array(values) => values.iter().flat_map(words).collect(),
        one => one.as_str().map(|word| (word, value)).into_iter().collect(),
    }
}

fn no_step(key: &str, word: &str, value: &Spanned<DeValue<'_>>, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    let known: Vec<&str> = known.iter().copied().collect();
    let message = format!("`{key}` names `{word}`, which is no step of this book");
    (!known.contains(&word)).then(|| unknown(message, value, word, &known))
}

fn unknown(message: String, value: &Spanned<DeValue<'_>>, word: &str, known: &[&str]) -> Diagnostic {
    let meant = near(word, known.iter().copied());
    let wrong = mistake(message, value.span(), &meant);
    if meant.is_empty() { wrong.help(format!("leave it out, or name {}", any_of(known))) } else { wrong }
}

/// A step of ours with `renderers`, among which the only one that there is is not.
fn kept_away(step: &str, value: &Spanned<DeValue<'_>>) -> Option<Diagnostic> {
    let named = words(value);
    if named.is_empty() || named.iter().any(|(name, _)| *name == HTML) {
        return None;
    }
    let message = format!("with these `renderers` the step `{step}` is never run: the tool writes `{HTML}` only");
    Some(mistake(message, value.span(), &[]).help(format!("write `renderers = [\"{HTML}\"]`, or leave the key out")))
}

fn nothing(key: &str, value: &Spanned<DeValue<'_>>) -> Option<Diagnostic> {
    let number = value.get_ref().as_integer()?;
    let is_zero = i64::from_str_radix(number.as_str(), number.radix()) == Ok(0);
    is_zero.then(|| {
        let message = format!("`{key} = 0` lets no program run");
        mistake(message, value.span(), &[]).help("write how much there may be of it, or leave the key out")
    })
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;
    use crate::tables::TABLES;

    fn told(text: &str) -> String {
        let tables: Vec<&Table> = TABLES.iter().collect();
        let wrong = check(text, &Config::from_str(text).unwrap(), &tables).into_iter().chain(themes(text));
        let line = |mistake: Diagnostic| {
            let at = diagnostic::line_column(text, mistake.place.range.start);
            format!("{}:{} {}; {}", at.line, at.column, mistake.message, mistake.helps.join("; "))
        };
        wrong.map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_value_that_nobody_can_have_meant_is_told() {
        insta::assert_snapshot!(told(
            "[preprocessor.cells]\nbefore = [\"link\"]\nrenderers = [\"htlm\"]\n[preprocessor.cells.limits]\nseconds = 0\nmemory = 0x0\ndisk = 1\n\
             [preprocessor.cells.live]\nstates = 0\n[preprocessor.katex]\nafter = [\"cells\", \"сноски\"]\n\
             [preprocessor.\"чужой\"]\ncommand = \"y\"\nafter = [\"kattex\"]\nrenderers = [\"epub\"]\n[output.html]\ndefault-theme = \"drak\"\npreferred-dark-theme = \"Navy\"\n"
        ));
    }

    #[test]
    fn steps_that_are_there_may_be_named() {
        assert_eq!(
            told(
                "[preprocessor.cells]\nbefore = [\"links\", \"index\"]\nrenderers = [\"html\"]\njobs = 0\nfold-lines = 0\n\
                 [preprocessor.katex]\nafter = [\"cells\", \"чужой\"]\n[preprocessor.\"чужой\"]\ncommand = \"y\"\n[output.html]\n"
            ),
            ""
        );
        let without = "[build]\nuse-default-preprocessors = false\n[preprocessor.cells]\nbefore = [\"links\"]\n";
        assert!(told(without).contains("is no step of this book"), "{}", told(without));
    }
}
