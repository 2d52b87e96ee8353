//! The step: all pages of the course at once.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use diagnostic::Diagnostic;
use kept::{Kept, Key};
use mdbook_preprocessor::MDBOOK_VERSION;
use mdbook_preprocessor::book::BookItem;
use mdbook_preprocessor::config::Config;
use mutants::Mutants;
use page::{Edit, Outline};
use step::chapter::{from_root, inside, number};
use step::{Changes, Given, Made, Page, Step, Way, chapter, publish};

use crate::callouts::callouts;
use crate::changes::Change;
use crate::course::Course;
use crate::map::{self, HeadTexts};
use crate::pages::{Marks, Told};
use crate::pictures::decorative;
use crate::placement::{Line, Listed, Summary, disagreements, misnamed};
use crate::settings::Settings;
use crate::shell::{self, Card, Site};
use crate::syllabus::Syllabus;
use crate::{changes, counts, exercises, head, points};

/// The step `course`; it wants the pages with their outputs, before their formulas. The map shows pages that the site will not have
/// as planned.
#[derive(Debug)]
pub struct CourseMap;

/// What the pages of one book have in common.
struct Known {
    course: Course,
    /// Pages of lectures inside src by their titles.
    titles: BTreeMap<String, String>,
    /// The page with the map, and the one with the syllabus.
    map: Option<String>,
    syllabus: Option<String>,
    mutants: Mutants,
    changes: Vec<Change>,
}

/// A page on its way through this step.
struct Visited<'a> {
    way: &'a Way,
    /// Its file inside src.
    file: Option<String>,
    number: Option<String>,
    /// What SUMMARY.md calls it.
    title: &'a str,
    told: Told,
    /// The page taken apart, when somebody had to.
    outline: OnceCell<Outline>,
}

impl Step for CourseMap {
    fn name(&self) -> &'static str {
        "course"
    }

    fn supports(&self, renderer: &str) -> bool {
        renderer == "html"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let version = &given.context.mdbook_version;
        ensure!(
            version == MDBOOK_VERSION,
            "the theme speaks Russian in place of every string of mdBook {MDBOOK_VERSION}, and this is mdBook {version}: \
             install that version, or translate what is new and update Cargo.lock"
        );
        let (syllabus, mistakes) = Syllabus::told(&given.context.root)?;
        let pages = given.pages.iter().map(|page| Visited::of(page, given, &syllabus)).collect::<Result<Vec<_>>>()?;
        let mut diagnostics: Vec<Diagnostic> =
            pages.iter().flat_map(|page| page.told.diagnostics.iter().cloned()).collect();
        diagnostics.extend(mistakes);
        diagnostics.extend(misplaced(given, &pages, &syllabus)?);
        let known = Known::new(given, &pages, &syllabus)?;
        show(given, &pages)?;
        let names = Names::of(&known, &given.kept)?;
        let mut edits = Vec::new();
        for page in &pages {
            let made =
                Made::or_make(&given.kept, "course", &page.parts(names.seen_from(page, &known))?.each(), || {
                    known.made(page)
                })?;
            edits.push(made.edits);
            diagnostics.extend(made.diagnostics);
        }
        Ok(Changes { edits, diagnostics, ..Changes::default() })
    }
}

impl<'a> Visited<'a> {
    fn of(page: &'a Page<'_>, given: &Given<'_>, syllabus: &Syllabus) -> Result<Self> {
        let (way, file, number) = (&page.way, inside(page.chapter), number(page.chapter));
        let lecture = number.as_ref().zip(file.as_ref()).and_then(|(number, _)| syllabus.lecture(number));
        // A page that the site will not have says nothing of itself.
        let lecture = lecture.filter(|_| !given.absent.contains(way.path()));
        let outline = OnceCell::new();
        let read = |text: &str| outline.get_or_init(|| Outline::of(text));
        let told = Told::hear(way, file.as_deref().unwrap_or_default(), lecture, &given.kept, read)?;
        Ok(Self { way, file, number, title: &page.chapter.name, told, outline })
    }

    /// The page as others see it.
    fn card(&self, config: &Config) -> Option<Card> {
        let facts = self.told.facts.as_ref();
        let about = match self.told.about.as_str() {
            "" => config.book.description.clone().unwrap_or_default(),
            about => about.to_owned(),
        };
        let lecture =
            facts.zip(self.number.clone()).map(|(facts, number)| (number, facts.fields.level, facts.fields.minutes));
        Some(Card { path: self.file.clone()?, title: self.title.to_owned(), about, lecture })
    }

    /// All that what is made of it follows from, in a book of this key.
    fn parts(&self, book: Key) -> Result<Parts<'_>> {
        let told = serde_json::to_string(&(&self.told, &self.file, &self.number))?;
        Ok(Parts { book, told, page: self.way.name() })
    }
}

/// All that a page follows from.
struct Parts<'a> {
    book: Key,
    told: String,
    page: &'a [u8],
}

impl Parts<'_> {
    fn each(&self) -> [(&str, &[u8]); 3] {
        [("book", &self.book.0), ("told", self.told.as_bytes()), ("page", self.page)]
    }
}

/// Names of what pages see of the book.
struct Names {
    /// Who shows the map or the syllabus sees everything.
    all: Key,
    /// Others see the part that they stand in.
    parts: BTreeMap<String, Key>,
    /// Or only what all see.
    common: Key,
}

impl Names {
    fn of(known: &Known, kept: &Kept) -> Result<Self> {
        let Known { course, titles, map, syllabus, mutants, changes } = known;
        let common = kept.key(&[("common", &serde_json::to_vec(&(titles, map, syllabus, mutants))?)]);
        let name = |seen: &[u8]| kept.key(&[("common", &common.0), ("seen", seen)]);
        let parts = course.parts.iter().map(|part| Ok((part.number.clone(), name(&serde_json::to_vec(part)?))));
        Ok(Self { all: name(&serde_json::to_vec(&(course, changes))?), parts: parts.collect::<Result<_>>()?, common })
    }

    fn seen_from(&self, page: &Visited<'_>, known: &Known) -> Key {
        if page.told.marks != Marks::default() {
            return self.all;
        }
        let place = page.number.as_ref().and_then(|number| known.course.place(number));
        place.and_then(|(part, _)| self.parts.get(&part.number)).copied().unwrap_or(self.common)
    }
}

impl Known {
    fn new(given: &Given<'_>, pages: &[Visited<'_>], syllabus: &Syllabus) -> Result<Self> {
        let facts = pages.iter().filter_map(|page| Some((page.number.clone()?, page.told.facts.clone()?)));
        let course = Course::new(given.book, syllabus, &facts.collect());
        let mut titles = BTreeMap::new();
        for lecture in course.lectures() {
            let Some(path) = &lecture.path else { continue };
            titles.insert(lecture.title.clone(), path.clone());
            titles.extend(syllabus.lecture(&lecture.id).map(|lecture| (lecture.title.clone(), path.clone())));
        }
        let with = |is_marked: fn(&Marks) -> bool| {
            let mut marked = pages.iter().filter(|page| is_marked(&page.told.marks));
            marked.next().and_then(|page| page.file.clone())
        };
        let (map, syllabus) = (with(|marks| marks.map), with(|marks| marks.syllabus));
        let root = &given.context.root;
        Ok(Self { map, syllabus, course, titles, mutants: Mutants::read(root)?, changes: changes::read(root)? })
    }

    /// What becomes of a page.
    fn made(&self, page: &Visited<'_>) -> Result<Made> {
        let draft = page.way.draft()?;
        let text = draft.text();
        let outline = page.outline.get_or_init(|| Outline::of(text));
        let (mut edits, diagnostics) = callouts(text, outline, draft.path());
        let counted = counts::line(draft.path(), draft.written(), &self.mutants);
        edits.extend(counted.map(|line| Edit::insert(text.len(), line)));
        edits.extend(self.edits(page, text, outline));
        edits.extend(decorative(text, outline));
        Ok(Made { edits: edits.into(), diagnostics, more: () })
    }

    /// What is put into a page.
    fn edits(&self, page: &Visited<'_>, text: &str, outline: &Outline) -> Vec<Edit> {
        let file = page.file.as_deref().unwrap_or_default();
        let to_root = "../".repeat(file.matches('/').count());
        let mut edits = Vec::new();
        let to_page = |page: &String| format!("{to_root}{page}");
        let map = points::mark(text, outline, "map");
        edits.extend(map.map(|mark| {
            Edit::new(mark, map::map(&self.course, &to_root, self.syllabus.as_ref().map(to_page).as_deref()))
        }));
        edits.extend(
            points::mark(text, outline, "syllabus").map(|mark| Edit::new(mark, map::syllabus(&self.course, &to_root))),
        );
        edits.extend(
            points::mark(text, outline, "changes").map(|mark| Edit::new(mark, changes::list(&self.changes, &to_root))),
        );
        let (Some(number), Some(facts)) = (&page.number, &page.told.facts) else { return edits };
        if facts.counts.cells > 0 {
            edits.push(Edit::insert(text.len(), map::take(number)));
        }
        edits.extend(self.head(text, outline, number, &to_root));
        edits.extend(exercises::anchors(text, outline));
        let places = facts.covered.iter().filter_map(|covered| Some((covered.place?, &covered.anchor)));
        edits.extend(places.map(|(at, anchor)| Edit::insert(at, map::point(anchor))));
        edits
    }

    /// What stands over and under the title of a lecture.
    fn head(&self, text: &str, outline: &Outline, number: &str, to_root: &str) -> Vec<Edit> {
        let (Some(head), Some(place)) = (head::find(text, outline), self.course.place(number)) else {
            return Vec::new();
        };
        let Some(lecture) = place.1.lectures.iter().find(|lecture| lecture.id == number) else { return Vec::new() };
        let map = self.map.as_ref().map(|page| format!("{to_root}{page}"));
        let above = map::place(place, map.as_deref());
        let titles = self.titles.iter().map(|(title, path)| (title.clone(), format!("{to_root}{path}"))).collect();
        let mut texts = HeadTexts::default();
        if let Some(line) = &head.line {
            let (fields, _) = head::fields(text, line, "");
            let linked = |range| head::linked(text, &range, &titles);
            texts = HeadTexts {
                needs: fields.needs.map(linked).unwrap_or_default(),
                leads: fields.leads.map(linked).unwrap_or_default(),
            };
        }
        let below = map::facts(lecture, &texts);
        let title = head.title;
        let under = match head.line {
            Some(line) => Edit::new(line.paragraph, below),
            None => Edit::insert(title.end, format!("\n{below}")),
        };
        vec![Edit::insert(title.start, above), under]
    }
}

/// Writes what others see of the site before they open it.
fn show(given: &Given<'_>, pages: &[Visited<'_>]) -> Result<()> {
    let (config, root) = (&given.context.config, &given.context.root);
    let settings = Settings::read(config)?;
    let cards: Vec<Card> = pages
        .iter()
        .filter(|page| !given.absent.contains(page.way.path()))
        .filter_map(|page| page.card(config))
        .collect();
    let site = Site {
        title: config.book.title.as_deref().unwrap_or_default(),
        about: config.book.description.as_deref().unwrap_or_default(),
        authors: &config.book.authors,
        language: config.book.language.as_deref().unwrap_or("ru"),
    };
    let source = root.join(&config.book.src);
    // A book without a theme of its own has mdBook's, which says what it says.
    let theme = root.join(config.html_config().and_then(|html| html.theme).unwrap_or_else(|| "theme".into()));
    if theme.is_dir() {
        let mut head = shell::head(&site, &settings, &cards);
        if source.join("manifest.webmanifest").is_file() {
            head.push_str(shell::INSTALLED);
        }
        publish::write(&theme.join(publish::HEAD), head.as_bytes())?;
    }
    publish::only(&source.join(publish::PROOFS), &pages.iter().filter_map(proofs).collect::<Vec<_>>())?;
    publish::perhaps(&source.join(publish::SITEMAP), shell::sitemap(&settings, &cards))?;
    publish::perhaps(&source.join(publish::FEED), shell::feed(&site, &settings, &changes::read(root)?))
}

/// The code that checks the formulas of a page, as a script of its own that the page asks for: from disk it can ask for nothing else.
fn proofs(page: &Visited<'_>) -> Option<(String, String)> {
    let file = page.file.as_ref().filter(|_| !page.told.proofs.is_empty())?;
    let name = format!("{}.js", file.strip_suffix(".md").unwrap_or(file));
    let proofs = serde_json::to_string(&page.told.proofs).expect("texts are JSON");
    Some((name, format!("globalThis.bookProofs={proofs};\n")))
}

/// Lectures about whose place SUMMARY.md, the syllabus and their titles do not agree.
fn misplaced(given: &Given<'_>, pages: &[Visited<'_>], syllabus: &Syllabus) -> Result<Vec<Diagnostic>> {
    let listed = pages.iter().filter_map(|page| {
        Some(Listed {
            number: page.number.clone(),
            page: page.file.as_deref()?,
            path: page.way.path(),
            title: page.title,
            numbered: page.told.numbered.clone(),
            titled: page.told.titled.clone(),
        })
    });
    let path = from_root(&given.context.config.book.src, "SUMMARY.md");
    let text = chapter::read(&given.context.root, &path).with_context(|| format!("reading {path}"))?;
    let summary = Summary { path: &path, text: &text };
    let lines = given.book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(Line { number: number(chapter)?, title: &chapter.name }),
        _ => None,
    });
    let mut wrong = disagreements(&listed.collect::<Vec<_>>(), syllabus, &summary);
    wrong.extend(misnamed(&lines.collect::<Vec<_>>(), syllabus, &summary));
    Ok(wrong)
}
