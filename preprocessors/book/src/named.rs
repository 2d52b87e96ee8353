//! Files that book.toml names: mdBook looks for them only when it writes the site, and for some never.

use std::path::{Path, PathBuf};

use diagnostic::Diagnostic;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::proposals::meant;
use crate::tables::mistake;

/// What a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    File,
    Folder,
}

/// A key that names files, and the folder that their paths begin in.
struct Key<'a> {
    path: &'a [&'a str],
    named: Named,
    from: &'a Path,
    /// What that folder is called.
    folder: &'static str,
}

/// Those that are not there, of the book at `root` whose pages lie in `src`; `text` is book.toml.
pub fn missing(root: &Path, src: &Path, text: &str) -> Vec<Diagnostic> {
    let Ok(book) = DeTable::parse(text) else { return Vec::new() };
    let pages = root.join(src);
    let at_root = |path, named| Key { path, named, from: root, folder: "the folder of book.toml" };
    let path = &["output", "html", "input-404"];
    let of_pages = Key { path, named: Named::File, from: &pages, folder: "the folder of the pages" };
    let keys = [
        at_root(&["output", "html", "additional-css"], Named::File),
        at_root(&["output", "html", "additional-js"], Named::File),
        at_root(&["output", "html", "theme"], Named::Folder),
        of_pages,
        at_root(&["preprocessor", "references", "bibliography"], Named::File),
        at_root(&["preprocessor", "references", "glossary"], Named::File),
        at_root(&["preprocessor", "cells", "data"], Named::Folder),
    ];
    keys.iter().flat_map(|key| key.missing(book.get_ref())).collect()
}

impl Key<'_> {
    fn missing(&self, book: &DeTable<'_>) -> Vec<Diagnostic> {
        let mut values: Vec<&Spanned<DeValue<'_>>> = Vec::new();
        let (Some((key, tables)), mut table) = (self.path.split_last(), Some(book)) else { return Vec::new() };
        for inside in tables {
            table = table.and_then(|table| table.get(*inside)?.get_ref().as_table());
        }
        match table.and_then(|table| table.get(*key)) {
            Some(value) => match value.get_ref() {
                DeValue::Array(named) => values.extend(named.iter()),
                _ => values.push(value),
            },
            None => return Vec::new(),
        }
        values.into_iter().filter_map(|value| self.absent(key, value)).collect()
    }

    fn absent(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Diagnostic> {
        let path = value.get_ref().as_str()?;
        let file = self.from.join(path);
        let (is_there, message) = match self.named {
            Named::File => (file.is_file(), format!("`{key}` names `{path}`, and there is no such file")),
            Named::Folder => (file.is_dir(), format!("`{key}` names `{path}`, and there is no such folder")),
        };
        // The index of words is made by a step.
        if is_there || Path::new(path) == Path::new(mdbook_search::INDEX) {
            return None;
        }
        let beside = self.beside(path);
        let found = meant(path, beside.iter().map(String::as_str));
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        let wrong = mistake(message, value.span(), &found);
        Some(match found.as_slice() {
            [] => wrong.help(format!("write the path from {}, or leave it out", self.folder)),
            _ => wrong,
        })
    }

    /// What lies where a path leads to.
    fn beside(&self, path: &str) -> Vec<String> {
        let inside = path.rsplit_once('/').map(|(folder, _)| folder).filter(|folder| self.from.join(folder).is_dir());
        let folder: PathBuf = inside.map_or_else(|| self.from.to_owned(), |folder| self.from.join(folder));
        let is_wanted = |entry: &std::fs::DirEntry| entry.path().is_file() == (self.named == Named::File);
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().filter(is_wanted);
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names.into_iter().map(|name| inside.map_or(name.clone(), |folder| format!("{folder}/{name}"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_book_toml_names_is_there_or_told() {
        let root = tempfile::tempdir().unwrap();
        let write = |file: &str| {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        };
        ["theme/вид.css", "код.js", "src/нет-такой.md", "книги.yml", "данные/ирис.csv"].into_iter().for_each(write);
        let text = "[output.html]\nadditional-css = [\"theme/вид.css\", \"theme/вит.css\"]\nadditional-js = [\"код.js\", \"search/index.js\", \"theme/код.js\"]\n\
            theme = \"тема\"\ninput-404 = \"нет-такой.md\"\n[preprocessor.references]\nbibliography = \"книга.yml\"\nglossary = \"данные\"\n\
            [preprocessor.cells]\ndata = \"даные\"\n";
        let wrong = missing(root.path(), Path::new("src"), text).into_iter().map(|wrong| {
            let at = diagnostic::line_column(text, wrong.place.range.start);
            format!("{}:{} {}; {}", at.line, at.column, wrong.message, wrong.helps.join("; "))
        });
        insta::assert_snapshot!(wrong.collect::<Vec<_>>().join("\n"));
    }
}
