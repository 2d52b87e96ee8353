//! What would lead out of the book: links of the file system and includes. A site never publishes files of the machine.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use diagnostic::{Diagnostic, Place, any_of, near};
use mdbook_cells::config::Config as Cells;
use mdbook_driver::MDBook;

use step::chapter::from_root;

use crate::counts::counted;

/// Everything of the book that is not inside of it.
pub fn check(book: &MDBook) -> Vec<Diagnostic> {
    let Ok(inside) = book.root.canonicalize() else { return Vec::new() };
    let src = &book.config.book.src;
    let html = book.config.html_config().unwrap_or_default();
    let cells = Cells::read(&book.config).unwrap_or_default();
    let mut mistakes = Vec::new();
    let folders: BTreeSet<PathBuf> = [src.clone(), cells.data, html.theme.unwrap_or_else(|| "theme".into())].into();
    for folder in folders {
        links(&book.root, &folder, &inside, &mut mistakes);
    }
    let outside = asked(book).filter(|asked| leads_out(&asked.file, &inside, DEEPEST)).map(|asked| {
        let message = format!("`{}` leads out of the book", asked.target);
        Diagnostic::error("outside", message, asked.place).help("copy what the page needs into the book")
    });
    mistakes.extend(outside);
    mistakes
}

/// Includes of parts that their files do not have.
pub fn empty_parts(book: &MDBook) -> Vec<Diagnostic> {
    asked(book).filter_map(|Asked { file, target, part, place }| empty_part(&file, target, part?, place)).collect()
}

/// A file that a page asks for.
struct Asked<'a> {
    file: PathBuf,
    /// The file as the page calls it.
    target: &'a str,
    part: Option<&'a str>,
    place: Place,
}

/// Those of all pages.
fn asked(book: &MDBook) -> impl Iterator<Item = Asked<'_>> {
    let src = &book.config.book.src;
    let pages = book.book.chapters().filter_map(|chapter| Some((chapter, chapter.source_path.as_ref()?)));
    pages.flat_map(move |(chapter, path)| {
        let folder = book.root.join(src).join(path).parent().map(Path::to_owned).unwrap_or_default();
        includes(&chapter.content).map(move |Include { range, target, part }| {
            let place = Place::new(from_root(src, path), range);
            Asked { file: folder.join(target), target, part, place }
        })
    })
}

/// Links below a folder, itself included, whose target is elsewhere.
fn links(root: &Path, folder: &Path, inside: &Path, mistakes: &mut Vec<Diagnostic>) {
    let path = root.join(folder);
    if path.is_symlink() {
        if path.canonicalize().is_ok_and(|target| !target.starts_with(inside)) {
            let name = |path: &Path| from_root(Path::new(""), path);
            let message = format!("`{}` is a link that leads out of the book", name(folder));
            // The place is the folder: a message shows the lines of its file, and whose those are is what is wrong.
            let place = Place::new(name(folder.parent().unwrap_or(folder)), 0..0);
            mistakes.push(Diagnostic::error("outside", message, place).help("put a copy in the place of the link"));
        }
        return;
    }
    // A folder that cannot be listed is said by whoever needs it.
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_file())).collect();
    names.sort_by_key(std::fs::DirEntry::file_name);
    names.iter().for_each(|entry| links(root, &folder.join(entry.file_name()), inside, mistakes));
}

/// A part of a file that it does not have: mdBook includes nothing then, without a word.
fn empty_part(file: &Path, target: &str, part: &str, place: Place) -> Option<Diagnostic> {
    let text = std::fs::read_to_string(file).ok()?;
    let from: Option<usize> = part.split(':').next().filter(|from| !from.is_empty()).and_then(|from| from.parse().ok());
    let is_lines = part.chars().all(|letter| letter.is_ascii_digit() || letter == ':');
    let names = || text.lines().filter_map(|line| line.split_once("ANCHOR:")).map(|(_, name)| name.trim());
    if is_lines && from.is_none_or(|from| from <= text.lines().count()) || names().any(|name| name == part) {
        return None;
    }
    let (message, help) = match is_lines {
        true => (
            format!("`{target}` has no line {part}: nothing is included"),
            format!("it has {}", counted(text.lines().count(), "line")),
        ),
        false => {
            let help = match near(part, names()) {
                meant if meant.is_empty() => {
                    format!("write `ANCHOR: {part}` and `ANCHOR_END: {part}` around its lines there")
                }
                meant => format!("did you mean {}?", any_of(&meant)),
            };
            (format!("`{target}` has no anchor `{part}`: nothing is included"), help)
        }
    };
    Some(Diagnostic::error("empty-include", message, place).help(help))
}

/// How deep mdBook follows includes of includes.
const DEEPEST: usize = 10;

fn leads_out(file: &Path, inside: &Path, depth: usize) -> bool {
    // That a file is not there is said by mdBook.
    let Ok(file) = file.canonicalize() else { return false };
    if !file.starts_with(inside) {
        return true;
    }
    let (Some(folder), Some(left)) = (file.parent(), depth.checked_sub(1)) else { return false };
    let Ok(text) = std::fs::read_to_string(&file) else { return false };
    includes(&text).any(|include| leads_out(&folder.join(include.target), inside, left))
}

/// The files that a text includes, and those that these include, whether they are there or not.
pub fn included(page: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![(page.to_owned(), DEEPEST)];
    while let Some((file, left)) = open.pop() {
        let (Some(folder), Ok(text)) = (file.parent(), std::fs::read_to_string(&file)) else { continue };
        for include in includes(&text) {
            let target = folder.join(include.target);
            if found.insert(target.clone()) && left > 0 {
                open.push((target, left - 1));
            }
        }
    }
    found
}

/// `{{#include target}}` and its kin.
struct Include<'a> {
    range: Range<usize>,
    target: &'a str,
    /// Its lines or an anchor, behind a colon.
    part: Option<&'a str>,
}

/// The includes of a text as mdBook reads them, and also those behind a backslash: that is the side to be wrong on.
fn includes(text: &str) -> impl Iterator<Item = Include<'_>> {
    const NAMES: [&str; 4] = ["include", "rustdoc_include", "playground", "playpen"];
    text.match_indices("{{").filter_map(|(at, braces)| {
        let rest = text[at + braces.len()..].trim_start().strip_prefix('#')?;
        let rest = NAMES.iter().find_map(|name| rest.strip_prefix(name)?.strip_prefix(char::is_whitespace))?;
        let target = rest.trim_start();
        let written = &target[..target.find([':', '}']).or_else(|| target.find(char::is_whitespace))?];
        let part = target[written.len()..].strip_prefix(':').and_then(|rest| rest.split('}').next()).map(str::trim);
        let target = written.split_whitespace().next()?;
        let end = target.as_ptr() as usize - text.as_ptr() as usize + target.len();
        Some(Include { range: at..end, target, part: part.filter(|part| !part.is_empty()) })
    })
}
