//! The prose of the pages, for a book that keeps a list of its own words.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context as _, bail};
use book::Fixes;
use course_site::{Lecture, Syllabus};
use diagnostic::Diagnostic;
use kept::Kept;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use prose::Dictionary;
use rayon::prelude::*;

/// Words that the dictionary does not have, at the book's root. A book without the file is not looked at.
const OWN: &str = "spelling.txt";
/// Where systems keep Hunspell's dictionaries.
const FOLDERS: [&str; 4] =
    ["/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell"];
/// Set where the spelling must be looked at.
const REQUIRED: &str = "BOOK_REQUIRE_DICTIONARY";

/// How the prose of a book is read.
pub struct Prose {
    /// Words that only this book has.
    own: String,
    dictionary: Option<Files>,
}

/// The files of a dictionary, which is long in the making: it is made when there is a word to be looked up.
struct Files {
    affixes: String,
    words: String,
    made: OnceLock<Result<Dictionary, String>>,
}

impl Prose {
    /// For the book at `root`; nothing when its prose is its own affair.
    pub fn of(root: &Path) -> anyhow::Result<Option<Self>> {
        let path = root.join(OWN);
        let mut own = match std::fs::read_to_string(&path) {
            Ok(own) => own,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        own.push_str(&of_syllabus(&Syllabus::told(root)?.0));
        let Some(file) = dictionary() else {
            if std::env::var_os(REQUIRED).is_some() {
                bail!("{REQUIRED} is set, and no folder of dictionaries has ru_RU.dic: {}", FOLDERS.join(", "));
            }
            return Ok(Some(Self { own, dictionary: None }));
        };
        let read = |file: &Path| std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()));
        let (affixes, words) = (read(&file.with_extension("aff"))?, read(&file)?);
        Ok(Some(Self { own, dictionary: Some(Files { affixes, words, made: OnceLock::new() }) }))
    }

    /// Whether words are looked up.
    pub fn spells(&self) -> bool {
        self.dictionary.is_some()
    }

    /// What is wrong with the prose of the pages.
    pub fn check(&self, book: &MDBook, scope: &Scope, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
        let files = self.dictionary.as_ref().map(|files| [("affixes", &files.affixes), ("words", &files.words)]);
        let words = [[("own", &self.own)].as_slice(), files.as_ref().map_or(&[], |files| files.as_slice())].concat();
        let words: Vec<(&str, &[u8])> = words.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let words = kept.key(&words);
        let pages = pages(book, scope);
        let found = pages.par_iter().map(|(path, text)| {
            let parts = [("words", words.0.as_slice()), ("path", path.as_bytes()), ("text", text.as_bytes())];
            kept.or_make("prose", &parts, || {
                let findings = prose::lint(text, self.dictionary()?);
                Ok(findings.iter().map(|finding| prose::diagnostic(finding, path)).collect::<Vec<_>>())
            })
        });
        Ok(found.collect::<anyhow::Result<Vec<_>>>()?.concat())
    }

    fn dictionary(&self) -> anyhow::Result<Option<&Dictionary>> {
        let Some(Files { affixes, words, made }) = &self.dictionary else { return Ok(None) };
        let made = made.get_or_init(|| Dictionary::new(affixes, words, &self.own).map_err(|error| error.to_string()));
        made.as_ref().map(Some).map_err(|error| anyhow::anyhow!("reading the dictionary of Russian: {error}"))
    }

    /// What a machine can mend.
    pub fn fixes(&self, book: &MDBook, scope: &Scope) -> anyhow::Result<Vec<Fixes>> {
        let (pages, dictionary) = (pages(book, scope), self.dictionary()?);
        let mended = pages.par_iter().map(|(path, text)| {
            let changes = prose::fixes(&prose::lint(text, dictionary));
            Fixes { path: path.clone(), text: text.clone(), changes }
        });
        Ok(mended.filter(|page| !page.changes.is_empty()).collect())
    }
}

/// The words of titles and points, a line each: whoever begins a lecture has not chosen them.
fn of_syllabus(syllabus: &Syllabus) -> String {
    let titles = syllabus.lectures.iter().map(|lecture| lecture.title.as_str());
    let points = syllabus.lectures.iter().flat_map(Lecture::all_points).map(|(point, _)| point);
    let is_letter = |letter: char| letter.is_alphabetic() || letter == '-';
    let words = titles.chain(points).flat_map(|text| text.split(move |letter| !is_letter(letter)));
    words.filter(|word| !word.is_empty()).map(|word| format!("\n{word}")).collect()
}

/// The pages of a scope as they were written.
fn pages(book: &MDBook, scope: &Scope) -> Vec<(String, String)> {
    let src = &book.config.book.src;
    let pages =
        book.book.chapters().filter_map(|chapter| Some((step::chapter::path(chapter, src)?, chapter.content.clone())));
    match scope {
        Scope::Book => pages.collect(),
        Scope::Pages(asked) => pages.filter(|(path, _)| asked.contains(path)).collect(),
    }
}

fn dictionary() -> Option<PathBuf> {
    FOLDERS.iter().map(|folder| Path::new(folder).join("ru_RU.dic")).find(|file| file.is_file())
}
