//! Steps in mdBook's place of them: what becomes of their edits, and where their messages are told.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Result;
use diagnostic::{Diagnostic, Place};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor as _, PreprocessorContext};
use page::Edit;
use step::{Adapter, Changes, Given, Record, Step};

/// A step that does what its function says.
struct Does<F>(F);

impl<F: Fn(&Given<'_>) -> Changes + Send + Sync + 'static> Step for Does<F> {
    fn name(&self) -> &'static str {
        "does"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        Ok((self.0)(given))
    }
}

fn chapter(name: &str, path: &str, text: &str) -> Chapter {
    Chapter::new(name, text.to_owned(), path, Vec::new())
}

fn book(chapters: impl IntoIterator<Item = Chapter>) -> Book {
    Book::new_with_items(chapters.into_iter().map(BookItem::Chapter).collect())
}

fn run(root: &Path, renderer: &str, record: &Record, book: Book, step: impl Step + 'static) -> Book {
    let context = PreprocessorContext::new(root.to_owned(), Config::default(), renderer.to_owned());
    Adapter::new(step, record).run(&context, book).unwrap()
}

/// Writes `added` in front of the first `before` of every page that has it.
fn adds(before: &'static str, added: &'static str) -> impl Step {
    Does(move |given: &Given<'_>| {
        let edits = |page: &step::Page<'_>| page.way.text().unwrap().find(before).map(|at| Edit::insert(at, added));
        Changes {
            edits: given.pages.iter().map(|page| edits(page).into_iter().collect::<Vec<_>>().into()).collect(),
            ..Changes::default()
        }
    })
}

/// Finds `word` wrong wherever it stands first on a page.
fn refuses(word: &'static str) -> impl Step {
    Does(move |given: &Given<'_>| {
        let wrong = given.pages.iter().filter_map(|page| {
            let at = page.way.text().unwrap().find(word)?;
            let place = Place::new(page.way.path(), at..at + word.len());
            Some(Diagnostic::error("wrong-word", format!("«{word}» is wrong"), place))
        });
        Changes { diagnostics: wrong.collect(), ..Changes::default() }
    })
}

/// Where a message is told, as its place's words in the author's text.
fn told(diagnostics: &[Diagnostic], written: &str) -> Vec<String> {
    diagnostics.iter().map(|diagnostic| written[diagnostic.place.range.clone()].to_owned()).collect()
}

#[test]
fn edits_go_to_the_pages_in_the_order_in_which_they_were_given() {
    let mut first = chapter("Первая", "a.md", "один");
    first.sub_items.push(BookItem::Chapter(chapter("Вложенная", "b.md", "два")));
    let draft = Chapter::new_draft("Ненаписанная", Vec::new());
    let pages = book([first, draft, chapter("Последняя", "c.md", "три")]);
    let record = Record::of(&pages, Path::new("src"));
    let numbers = Does(|given: &Given<'_>| {
        let edits = (1..=given.pages.len()).map(|number| vec![Edit::insert(0, format!("{number}: "))].into());
        Changes { edits: edits.collect(), ..Changes::default() }
    });
    let made = run(Path::new("."), "html", &record, pages, numbers);
    let texts: Vec<&str> = made.chapters().map(|chapter| chapter.content.as_str()).collect();
    assert_eq!(texts, ["1: один", "2: два", "3: три"]);
}

#[test]
fn pages_without_edits_stay_as_they_are() {
    let pages = book([chapter("Первая", "a.md", "один"), chapter("Вторая", "b.md", "два")]);
    let record = Record::of(&pages, Path::new("src"));
    let only_the_first =
        Does(|_: &Given<'_>| Changes { edits: vec![vec![Edit::insert(0, "ноль, ")].into()], ..Changes::default() });
    let made = run(Path::new("."), "html", &record, pages, only_the_first);
    assert_eq!(made.chapters().map(|chapter| chapter.content.as_str()).collect::<Vec<_>>(), ["ноль, один", "два"]);
}

#[test]
fn a_message_behind_earlier_edits_is_told_where_the_author_wrote_its_words() {
    let written = "Начало, середина и конец.";
    let pages = book([chapter("Глава", "a.md", written)]);
    let record = Record::of(&pages, Path::new("src"));
    let pages = run(Path::new("."), "html", &record, pages, adds("середина", "**вставка**, "));
    run(Path::new("."), "html", &record, pages, refuses("конец"));
    let diagnostics = record.take_diagnostics();
    assert_eq!(diagnostics[0].place.path, "src/a.md");
    assert_eq!(told(&diagnostics, written), ["конец"]);
}

#[test]
fn a_message_about_what_a_step_has_made_is_told_at_its_origin_with_the_words() {
    let written = "Начало, `val` и конец.";
    let pages = book([chapter("Глава", "a.md", written)]);
    let record = Record::of(&pages, Path::new("src"));
    let computes = Does(|given: &Given<'_>| {
        let at = given.pages[0].way.text().unwrap().find("`val`").unwrap();
        Changes { edits: vec![vec![Edit::new(at..at + 5, "сорок два")].into()], ..Changes::default() }
    });
    let pages = run(Path::new("."), "html", &record, pages, computes);
    run(Path::new("."), "html", &record, pages, refuses("два"));
    let diagnostics = record.take_diagnostics();
    assert_eq!(told(&diagnostics, written), ["`val`"]);
    assert_eq!(diagnostics[0].label, "in what was made of this");
    assert_eq!(diagnostics[0].notes, ["there it reads Начало, сорок два и конец."]);
}

#[test]
fn what_was_made_on_a_page_that_is_wrong_already_is_not_told() {
    let pages = book([chapter("Неверная", "a.md", "один"), chapter("Верная", "b.md", "один")]);
    let record = Record::of(&pages, Path::new("src"));
    let pages = run(Path::new("."), "html", &record, pages, adds("один", "нуль "));
    record.add(vec![Diagnostic::error("earlier", "it failed", Place::new("src/a.md", 0..4))]);
    run(Path::new("."), "html", &record, pages, refuses("нуль"));
    let later: Vec<_> = record.take_diagnostics().into_iter().filter(|found| found.code == "wrong-word").collect();
    assert_eq!(later.iter().map(|found| found.place.path.as_str()).collect::<Vec<_>>(), ["src/b.md"]);
}

#[test]
fn labels_are_told_where_the_author_wrote_their_words_too() {
    let written = "Один и два.";
    let pages = book([chapter("Глава", "a.md", written)]);
    let record = Record::of(&pages, Path::new("src"));
    let pages = run(Path::new("."), "html", &record, pages, adds("Один", "Нуль, "));
    let pairs = Does(|given: &Given<'_>| {
        let draft = given.pages[0].way.draft().unwrap();
        let place = |word: &str| {
            let at = draft.text().find(word).unwrap();
            Place::new(draft.path(), at..at + word.len())
        };
        let found = Diagnostic::error("pair", "they are a pair", place("Один")).also(place("два"), "with this");
        Changes { diagnostics: vec![found], ..Changes::default() }
    });
    run(Path::new("."), "html", &record, pages, pairs);
    let diagnostics = record.take_diagnostics();
    assert_eq!(&written[diagnostics[0].labels[0].place.range.clone()], "два");
    assert_eq!(told(&diagnostics, written), ["Один"]);
}

#[test]
fn a_program_that_knows_no_edits_lays_the_page_beside_its_file() {
    let root = tempfile::tempdir().unwrap();
    let written = "\u{feff}Начало, середина и конец.";
    fs::create_dir(root.path().join("src")).unwrap();
    fs::write(root.path().join("src/a.md"), written).unwrap();
    let pages = book([chapter("Глава", "a.md", "Начало, **чужая вставка**, середина и конец.")]);
    let record = Record::default();
    run(root.path(), "html", &record, pages, refuses("конец"));
    assert_eq!(told(&record.take_diagnostics(), &written[3..]), ["конец"]);
}

#[test]
fn a_page_that_has_no_file_is_told_by_its_own_text() {
    let root = tempfile::tempdir().unwrap();
    let text = "сделано и не записано";
    let pages = book([chapter("Глава", "made.md", text)]);
    let record = Record::default();
    run(root.path(), "html", &record, pages, refuses("не записано"));
    let diagnostics = record.take_diagnostics();
    assert_eq!(diagnostics[0].place.path, "src/made.md");
    assert_eq!(told(&diagnostics, text), ["не записано"]);
}

#[test]
fn titles_change_wherever_the_contents_show_them() {
    let mut first = chapter("Векторы", "a.md", "");
    first.sub_items.push(BookItem::Chapter(Chapter::new("Длина", String::new(), "b.md", vec!["Векторы".to_owned()])));
    let items = vec![BookItem::PartTitle("Часть".to_owned()), BookItem::Chapter(first)];
    let pages = Book::new_with_items(items);
    let record = Record::of(&pages, Path::new("src"));
    let renames = Does(|_: &Given<'_>| {
        let titles = [("Векторы", "1.1.1 Векторы"), ("Часть", "Часть I"), ("Нет такого", "—")];
        let titles = titles.map(|(old, new)| (old.to_owned(), new.to_owned()));
        Changes { titles: BTreeMap::from(titles), ..Changes::default() }
    });
    let made = run(Path::new("."), "html", &record, pages, renames);
    let chapters: Vec<_> =
        made.chapters().map(|chapter| (chapter.name.as_str(), chapter.parent_names.join("/"))).collect();
    assert_eq!(chapters, [("1.1.1 Векторы", String::new()), ("Длина", "1.1.1 Векторы".to_owned())]);
    assert!(matches!(&made.items[0], BookItem::PartTitle(title) if title == "Часть I"));
}

#[test]
fn a_step_is_not_asked_where_it_has_nothing_to_do() {
    let pages = book([chapter("Глава", "a.md", "один")]);
    let record = Record::of(&pages, Path::new("src"));
    let made = run(Path::new("."), "test", &record, pages, refuses("один"));
    assert_eq!(made.chapters().next().unwrap().content, "один");
    assert!(record.take_diagnostics().is_empty());
}
