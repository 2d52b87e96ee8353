//! The order of pages: a page that loads an artefact runs after the page that saves it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::time::Duration;

use diagnostic::{Diagnostic, Place};

use crate::plan::{Job, Session};
use crate::run::{Artefacts, Saved};
use page::Page;

/// Which pages may be run. Results that are in the store are taken for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All.
    #[default]
    Book,
    /// Those with these paths, and pages that save what they load.
    Pages(BTreeSet<String>),
}

/// Which pages wait for which.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Pages that nobody was given yet, and those that each still waits for.
    waiting: BTreeMap<usize, BTreeSet<usize>>,
}

/// Pages that wait for each, from the beginning to the end of a build.
#[derive(Clone, Debug, Default)]
pub struct Behind(BTreeMap<usize, Vec<usize>>);

/// How long something takes, as far as that is known: more of the first that differs is longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ahead {
    /// As long as it took the last time; what has never run may take the longest.
    ran: Duration,
    /// Pages, one behind the other. Where nothing has ever run, those on which others wait come first,
    pages: usize,
    /// then those that were given more time by their authors,
    allowed: Duration,
    /// then those with more code.
    code: usize,
}

impl Ahead {
    /// That of a page which took so long the last time, if there was one.
    pub fn of(ran: Option<Duration>, session: &Session) -> Self {
        Self {
            ran: ran.unwrap_or(Duration::MAX),
            pages: 1,
            allowed: session.timeout.unwrap_or_default(),
            code: session.code.iter().map(String::len).sum(),
        }
    }

    /// One behind the other.
    fn and(self, then: Self) -> Self {
        Self {
            ran: self.ran.saturating_add(then.ran),
            pages: self.pages + then.pages,
            allowed: self.allowed.saturating_add(then.allowed),
            code: self.code + then.code,
        }
    }
}

impl Order {
    /// The order of pages, without those that wait for each other in a circle; what is wrong with the artefacts.
    pub fn of(jobs: &[Option<Job<'_>>]) -> (Self, Behind, Vec<Diagnostic>) {
        let (savers, mut diagnostics) = savers(jobs);
        let mut order = Self::default();
        for (index, job) in runnable(jobs) {
            let mut needs = BTreeSet::new();
            for (name, range) in &job.session.loads {
                match savers.get(name.as_str()) {
                    Some((saver, _)) => drop(needs.insert(*saver)),
                    None => diagnostics.push(missing(job.page, name, range, savers.keys())),
                }
            }
            order.waiting.insert(index, needs);
        }
        let mut rest = order.clone();
        loop {
            let free = rest.free();
            if free.is_empty() {
                break;
            }
            free.into_iter().for_each(|page| rest.done(page));
        }
        diagnostics.extend(cycle(jobs, &rest.waiting));
        order.waiting.retain(|page, _| !rest.waiting.contains_key(page));
        let mut behind = Behind::default();
        for (page, needs) in &order.waiting {
            needs.iter().for_each(|need| behind.0.entry(*need).or_default().push(*page));
        }
        (order, behind, diagnostics)
    }

    /// Pages that wait for none; every page is given once.
    pub fn free(&mut self) -> Vec<usize> {
        self.waiting.extract_if(.., |_, needs| needs.is_empty()).map(|(page, _)| page).collect()
    }

    /// Nobody has to wait for this page any more.
    pub fn done(&mut self, page: usize) {
        self.waiting.values_mut().for_each(|needs| needs.retain(|need| *need != page));
    }
}

impl Behind {
    /// How long it takes at least, from the beginning of a page, until it and all that wait for it have run one behind the other.
    pub fn ahead(&self, page: usize, usually: &dyn Fn(usize) -> Ahead) -> Ahead {
        let behind = self.0.get(&page).into_iter().flatten();
        let longest = behind.map(|page| self.ahead(*page, usually)).max().unwrap_or_default();
        usually(page).and(longest)
    }
}

/// Looks at pages in an order in which they could run. What is said of a page is what it saved; pages that need something else than that
/// are passed over.
pub fn walk<'a>(jobs: &[Option<Job<'a>>], look: &mut dyn FnMut(usize, Job<'a>, &Artefacts) -> Option<Saved>) {
    let mut artefacts = Artefacts::new();
    let (mut order, ..) = Order::of(jobs);
    let mut free: VecDeque<usize> = order.free().into();
    while let Some(index) = free.pop_front() {
        order.done(index);
        free.extend(order.free());
        let Some(job) = jobs[index] else { continue };
        artefacts.extend(look(index, job, &artefacts).into_iter().flatten());
    }
}

/// The pages that may be run: those of the scope, and all that save what they load.
pub fn scope(jobs: &[Option<Job<'_>>], scope: &Scope) -> BTreeSet<usize> {
    let Scope::Pages(paths) = scope else { return (0..jobs.len()).collect() };
    let (savers, _) = savers(jobs);
    let mut found = BTreeSet::new();
    let asked = runnable(jobs).filter(|(_, job)| paths.contains(&job.page.path));
    let mut open: Vec<usize> = asked.map(|(index, _)| index).collect();
    while let Some(index) = open.pop() {
        if found.insert(index) {
            let loads = jobs[index].iter().flat_map(|job| &job.session.loads);
            open.extend(loads.filter_map(|(name, _)| Some(savers.get(name.as_str())?.0)));
        }
    }
    found
}

fn runnable<'a>(jobs: &[Option<Job<'a>>]) -> impl Iterator<Item = (usize, Job<'a>)> {
    jobs.iter().enumerate().filter_map(|(index, job)| Some((index, (*job)?)))
}

type Savers<'a> = BTreeMap<&'a str, (usize, Place)>;

/// Which page saves which artefact, and where.
fn savers<'a>(jobs: &[Option<Job<'a>>]) -> (Savers<'a>, Vec<Diagnostic>) {
    let mut savers = Savers::new();
    let mut diagnostics = Vec::new();
    for (index, job) in runnable(jobs) {
        for (name, range) in &job.session.saves {
            if let Some((_, first)) = savers.get(name.as_str()) {
                let place = place(job.page, range);
                diagnostics.push(
                    Diagnostic::error("artefact-twice", format!("the artefact `{name}` is saved twice"), place)
                        .also(first.clone(), "first here")
                        .help("give one of them another name"),
                );
                continue;
            }
            savers.insert(name, (index, place(job.page, range)));
        }
    }
    (savers, diagnostics)
}

fn missing<'a>(page: &Page, name: &str, range: &Range<usize>, known: impl Iterator<Item = &'a &'a str>) -> Diagnostic {
    let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    let help = match known.as_slice() {
        [] => "no page saves an artefact; save it with `artefact::save(\"name\", &bytes)?`".to_owned(),
        known => format!("pages save {}", known.join(", ")),
    };
    Diagnostic::error("unknown-artefact", format!("no page saves the artefact `{name}`"), place(page, range)).help(help)
}

fn place(page: &Page, range: &Range<usize>) -> Place {
    Place::new(&page.path, range.clone())
}

/// One message for the pages that wait for each other: where each loads what the next one saves.
fn cycle(jobs: &[Option<Job<'_>>], waiting: &BTreeMap<usize, BTreeSet<usize>>) -> Option<Diagnostic> {
    let mut path = vec![*waiting.keys().next()?];
    let round = loop {
        let next = *waiting.get(path.last()?)?.iter().find(|need| waiting.contains_key(need))?;
        if let Some(at) = path.iter().position(|page| *page == next) {
            break path.split_off(at);
        }
        path.push(next);
    };
    let link = |from: usize, to: usize| {
        let (from, to) = (jobs[from]?, jobs[to]?);
        let is_saved = |name: &String| to.session.saves.iter().any(|(saved, _)| saved == name);
        let (name, range) = from.session.loads.iter().find(|(name, _)| is_saved(name))?;
        Some((name.clone(), place(from.page, range)))
    };
    let pairs = round.iter().zip(round.iter().cycle().skip(1)).filter_map(|(from, to)| link(*from, *to));
    let places: Vec<(String, Place)> = pairs.collect();
    let (name, first) = places.first()?;
    let mut diagnostic = Diagnostic::error("artefact-cycle", "pages wait for each other's artefacts", first.clone())
        .label(format!("needs `{name}`"))
        .help("move what both need to a page of its own");
    for (name, place) in &places[1..] {
        diagnostic = diagnostic.also(place.clone(), format!("needs `{name}`"));
    }
    Some(diagnostic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::draft::Draft;

    fn draft(pages: &[(&str, &[&str])]) -> Draft {
        let page = |(name, loads): &(&str, &[&str])| {
            let loads: String =
                loads.iter().map(|from| format!("let _: u8 = artefact::load(\"{from}\")?;\n")).collect();
            (format!("src/{name}.md"), format!("```rust cell\n{loads}artefact::save(\"{name}\", &1_u8)?;\n```\n"))
        };
        let texts: Vec<(String, String)> = pages.iter().map(page).collect();
        Draft::read(texts.iter().map(|(path, text)| (path.clone(), text.as_str())), &Config::default(), &[])
    }

    #[test]
    fn a_page_is_free_as_soon_as_those_are_done_that_it_waits_for_itself() {
        let draft = draft(&[("модель", &["слова", "числа"]), ("слова", &[]), ("числа", &[]), ("шаг", &["числа"])]);
        let (mut order, _, mistakes) = Order::of(&draft.jobs());
        assert_eq!(mistakes.len(), 0);
        assert_eq!(order.free(), [1, 2]);
        order.done(2);
        assert_eq!(order.free(), [3]);
        order.done(1);
        assert_eq!(order.free(), [0]);
        order.done(0);
        assert_eq!(order.free(), [0; 0]);
    }

    fn took(seconds: u64) -> Ahead {
        Ahead { ran: Duration::from_secs(seconds), ..Ahead::default() }
    }

    #[test]
    fn the_way_ahead_of_a_page_goes_over_all_that_wait_for_it() {
        let draft = draft(&[("слова", &[]), ("модель", &["слова"]), ("ответ", &["модель"]), ("шаг", &["слова"])]);
        let (_, behind, _) = Order::of(&draft.jobs());
        let usually = |page: usize| took([1, 2, 3, 4][page]);
        let ahead: Vec<Ahead> = (0..4).map(|page| behind.ahead(page, &usually)).collect();
        assert_eq!(ahead, [6, 5, 3, 4].map(took));
        // What has never run may take the longest, and so may all that it waits for.
        let unknown = |page: usize| if page == 2 { Ahead { ran: Duration::MAX, ..took(0) } } else { usually(page) };
        assert_eq!([0, 3].map(|page| behind.ahead(page, &unknown).ran == Duration::MAX), [true, false]);
    }

    #[test]
    fn where_nothing_has_run_pages_on_which_others_wait_come_first_and_then_those_that_may_take_longer() {
        let code = "let x = 1;\n".repeat(100);
        let texts = [
            ("src/краткая.md", "```rust cell\n1\n```\n".to_owned()),
            ("src/длинная.md", format!("```rust cell\n{code}```\n")),
            ("src/долгая.md", "```rust cell timeout=300s\n1\n```\n".to_owned()),
            ("src/модель.md", "```rust cell\nartefact::save(\"а\", &1_u8)?;\n```\n".to_owned()),
            ("src/ответ.md", "```rust cell\nlet _: u8 = artefact::load(\"а\")?;\n```\n".to_owned()),
        ];
        let pages = texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_str()));
        let draft = Draft::read(pages, &Config::default(), &[]);
        assert!(draft.diagnostics.is_empty(), "{:?}", draft.diagnostics);
        let jobs = draft.jobs();
        let (_, behind, _) = Order::of(&jobs);
        let order = |ran: &dyn Fn(usize) -> Option<Duration>| {
            let usually = |page: usize| jobs[page].map_or(Ahead::default(), |job| Ahead::of(ran(page), job.session));
            let mut order = [0, 1, 2, 3, 4];
            order.sort_by_key(|page| std::cmp::Reverse(behind.ahead(*page, &usually)));
            order
        };
        assert_eq!(order(&|_| None), [3, 2, 1, 4, 0], "the code of «ответ» is longer than that of «краткая»");
        let known = |page: usize| Some(Duration::from_secs([9, 8, 7, 1, 1][page]));
        assert_eq!(order(&known), [0, 1, 2, 3, 4], "what is known counts more");
    }

    #[test]
    fn pages_that_wait_for_each_other_are_in_no_order() {
        let draft = draft(&[("а", &["б"]), ("б", &["а"]), ("в", &["а"]), ("г", &[])]);
        let (mut order, behind, mistakes) = Order::of(&draft.jobs());
        assert_eq!(mistakes.len(), 1);
        assert_eq!(order.free(), [3]);
        assert_eq!(behind.ahead(3, &|_| took(1)), took(1));
    }
}
