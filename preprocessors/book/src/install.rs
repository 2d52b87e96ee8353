//! What a book has of the tool: a style sheet, a script, and lines of book.toml. Text in, text out.

use anyhow::{Context as _, ensure};
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

/// The files that lie beside book.toml.
pub const FILES: [(&str, &str); 2] =
    [("cells.css", include_str!("../assets/cells.css")), ("cells.js", include_str!("../assets/cells.js"))];

/// What a book may have besides cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Extra {
    /// Plots and tables, as the crate `plots`.
    Plots,
    /// Formulas between dollars, as MathML: no fonts and no scripts.
    Formulas,
}

/// book.toml with what is missing, and what that is, a line each. What is there stays as it is, comments and all.
pub fn edit(text: &str, extras: &[Extra]) -> anyhow::Result<(String, Vec<String>)> {
    let mut book: DocumentMut = text.parse().context("reading book.toml")?;
    let mut added = Vec::new();
    step(&mut book, "cells", &["before", "links"], &mut added)?;
    if extras.contains(&Extra::Plots) {
        let cells = table(&mut book, &["preprocessor", "cells"])?;
        if !cells.contains_key("prelude") {
            let paths = ["kernel::prelude::*", "plots::{plot, table}"];
            cells.insert("prelude", value(Value::Array(paths.into_iter().collect())));
            added.push("[preprocessor.cells] prelude".to_owned());
        }
        let dependencies = table(&mut book, &["preprocessor", "cells", "dependencies"])?;
        if !dependencies.contains_key("plots") {
            dependencies.insert("plots", value(env!("CARGO_PKG_VERSION")));
            added.push("[preprocessor.cells.dependencies] plots".to_owned());
        }
    }
    if extras.contains(&Extra::Formulas) && step(&mut book, "katex", &["after", "cells", "links"], &mut added)? {
        let katex = table(&mut book, &["preprocessor", "katex"])?;
        katex.insert("output", value("mathml"));
        katex.insert("no-css", value(true));
    }
    step(&mut book, "highlight", &["after", "cells", "links", "katex"], &mut added)?;
    for (key, file) in [("additional-css", FILES[0].0), ("additional-js", FILES[1].0)] {
        let html = table(&mut book, &["output", "html"])?;
        let files = html.entry(key).or_insert(value(Array::new()));
        let files =
            files.as_array_mut().with_context(|| format!("`{key}` of [output.html] in book.toml is no list"))?;
        let is_there = |there: &Value| there.as_str().is_some_and(|there| there.trim_start_matches("./") == file);
        if !files.iter().any(is_there) {
            files.push(file);
            added.push(format!("[output.html] {key}: {file}"));
        }
    }
    Ok((book.to_string(), added))
}

/// A step with its command, unless there is one; whether there was none.
fn step(book: &mut DocumentMut, name: &str, order: &[&str], added: &mut Vec<String>) -> anyhow::Result<bool> {
    let is_new = book.get("preprocessor").and_then(|steps| steps.get(name)).is_none();
    let table = table(book, &["preprocessor", name])?;
    if table.contains_key("command") {
        return Ok(false);
    }
    table.insert("command", value(format!("book preprocess {name}")));
    if let (true, [key, others @ ..]) = (is_new, order) {
        table.insert(key, value(Value::Array(others.iter().copied().collect())));
    }
    added.push(format!("[preprocessor.{name}]"));
    Ok(true)
}

/// A table by its path, made where it is not there.
fn table<'a>(book: &'a mut DocumentMut, path: &[&str]) -> anyhow::Result<&'a mut Table> {
    let mut at = book.as_table_mut();
    for (depth, key) in path.iter().enumerate() {
        let is_last = depth + 1 == path.len();
        let item = at.entry(key).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(!is_last);
            Item::Table(table)
        });
        let shown = path[..=depth].join(".");
        ensure!(item.is_table(), "`{shown}` in book.toml is written on one line: write it as a table, [{shown}]");
        at = item.as_table_mut().context("a table is a table")?;
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_added_and_what_is_there_stays() {
        let text = "# Моя книга\n[book]\ntitle = \"Шаг\" # имя\n\n[output.html]\nadditional-css = [\"свой.css\"] # мой стиль\n";
        let (edited, added) = edit(text, &[Extra::Plots, Extra::Formulas]).unwrap();
        insta::assert_snapshot!(format!("{edited}---\n{}", added.join("\n")));
        assert_eq!(edit(&edited, &[Extra::Plots, Extra::Formulas]).unwrap(), (edited, vec![]));
    }

    #[test]
    fn a_setting_of_another_kind_is_told() {
        let told = |text: &str| format!("{:#}", edit(text, &[]).unwrap_err());
        assert!(told("preprocessor = { cells = {} }\n").contains("[preprocessor]"));
        assert!(told("[output.html]\nadditional-css = 1\n").contains("is no list"));
        assert!(told("[book\n").contains("reading book.toml"));
    }
}
