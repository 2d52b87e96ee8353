//! Books in temporary folders, and their pages in a form that can be compared.

pub mod random;

use std::fs;
use std::path::PathBuf;

use diagnostic::{Colour, Diagnostic, Sources};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_math::{Math, NAME};
use mdbook_preprocessor::{Preprocessor as _, PreprocessorContext};
use step::{Adapter, Record};
use tempfile::TempDir;

/// A book in a folder of its own.
pub struct Shelf {
    root: TempDir,
    settings: String,
}

impl Shelf {
    /// A book of the files of `src`; without a SUMMARY.md every page is a chapter.
    pub fn new(settings: &str, files: &[(&str, &str)]) -> Self {
        let root = TempDir::new().unwrap();
        fs::create_dir(root.path().join("src")).unwrap();
        let chapters: String = files.iter().map(|(file, _)| format!("- [Глава]({file})\n")).collect();
        fs::write(root.path().join("src/SUMMARY.md"), chapters).unwrap();
        for (file, text) in files {
            fs::write(root.path().join("src").join(file), text).unwrap();
        }
        let table = format!("[preprocessor.{NAME}]\nno-css = true\n");
        let settings =
            if settings.contains("[preprocessor") { settings.to_owned() } else { format!("{table}{settings}") };
        Self { root, settings: format!("[book]\nlanguage = \"ru\"\n{settings}") }
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root.path().join(file)
    }

    /// A file of the rendered book.
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path("book").join(file)).unwrap()
    }

    /// Builds the book, and returns a page's `<main>` and the messages.
    pub fn build(&self, page: &str) -> (String, Vec<Diagnostic>) {
        let mut book = self.load();
        let record = Record::default();
        book.with_preprocessor(Adapter::new(Math, &record));
        book.build().unwrap();
        let html = self.read(&format!("{page}.html"));
        let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
        (main.to_owned(), record.take_diagnostics())
    }

    /// The first chapter as `renderer` would get it.
    pub fn preprocess(&self, renderer: &str) -> (String, Vec<Diagnostic>) {
        let record = Record::default();
        let book = Adapter::new(Math, &record).run(&self.context(renderer), self.load().book).unwrap();
        (book.chapters().next().unwrap().content.clone(), record.take_diagnostics())
    }

    /// The messages when an earlier preprocessor gave `text` for the first chapter, and `earlier` messages.
    pub fn run(&self, text: &str, earlier: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let record = Record::default();
        record.add(earlier);
        let mut book = self.load().book;
        book.for_each_chapter_mut(|chapter| chapter.content = text.to_owned());
        Adapter::new(Math, &record).run(&self.context("html"), book).unwrap();
        record.take_diagnostics()
    }

    fn context(&self, renderer: &str) -> PreprocessorContext {
        PreprocessorContext::new(self.root.path().to_owned(), self.config(), renderer.to_owned())
    }

    fn config(&self) -> Config {
        self.settings.parse().unwrap()
    }

    fn load(&self) -> MDBook {
        MDBook::load_with_config(self.root.path(), self.config()).unwrap()
    }
}

/// The messages as a terminal shows them.
pub fn report(shelf: &Shelf, diagnostics: &[Diagnostic]) -> String {
    let mut sources = Sources::default();
    let labels = diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels).map(|label| &label.place.path);
    for path in diagnostics.iter().map(|diagnostic| &diagnostic.place.path).chain(labels) {
        sources.insert(path, fs::read_to_string(shelf.path(path)).unwrap());
    }
    diagnostic::render_all(diagnostics, &sources, Colour::Never)
}

/// A page with every formula reduced to the text of its MathML.
pub fn outline(html: &str) -> String {
    const ROOT: &str = "<span class=\"katex\">";
    let mut outline = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(ROOT) {
        outline.push_str(&rest[..at]);
        let formula = element(&rest[at..]);
        let math = formula.split_once("<math").unwrap().1.split_once("</math>").unwrap().0;
        let math = math.split_once('>').unwrap().1;
        let text: String = math.split('>').map(|piece| piece.split('<').next().unwrap()).collect();
        outline.push_str(&format!("⟦{text}⟧"));
        rest = &rest[at + formula.len()..];
    }
    outline + rest
}

/// The element that a text begins with, by counting spans.
pub fn element(html: &str) -> &str {
    let mut depth = 0;
    for (at, _) in html.match_indices('<') {
        if html[at..].starts_with("<span") {
            depth += 1;
        } else if html[at..].starts_with("</span>") {
            depth -= 1;
            if depth == 0 {
                return &html[..at + "</span>".len()];
            }
        }
    }
    panic!("an element that does not end: {html}");
}

/// HTML in one way of writing it: tags in lower case with plain quotes, texts without entities, no annotation.
pub fn normal(html: &str) -> String {
    let html = match (html.find("<annotation"), html.find("</annotation>")) {
        (Some(start), Some(end)) => format!("{}{}", &html[..start], &html[end + "</annotation>".len()..]),
        _ => html.to_owned(),
    };
    let mut normal = String::new();
    for piece in html.split_inclusive(['<', '>']) {
        let Some(tag) = piece.strip_suffix('>') else {
            normal.push_str(&decoded(piece));
            continue;
        };
        let tag = tag.to_lowercase().replace('\'', "\"").replace('\n', " ");
        let words: Vec<&str> = tag.trim_end_matches('/').split_whitespace().collect();
        normal.push_str(&format!("{}>", decoded(&words.join(" ").replace(" =", "="))));
    }
    normal
}

fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let end = at + rest[at..].find(';').unwrap();
        let name = &rest[at + 1..end];
        let hex = name.strip_prefix("#x").map(|digits| u32::from_str_radix(digits, 16).unwrap());
        let number = hex.or_else(|| name.strip_prefix('#').map(|digits| digits.parse().unwrap()));
        decoded.push(match (name, number) {
            (_, Some(number)) => char::from_u32(number).unwrap(),
            ("amp", _) => '&',
            ("lt", _) => '‹',
            ("gt", _) => '›',
            ("quot", _) => '"',
            _ => panic!("unknown entity {name}"),
        });
        rest = &rest[end + 1..];
    }
    (decoded + rest).replace("‹", "&lt;").replace("›", "&gt;")
}
