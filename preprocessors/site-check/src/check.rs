//! The pages of a site, each opened in its views and used once, by as many browsers as there are processors.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::chromium::Chromium;
use crate::finding::{DESK, Finding, View};
use crate::links;
use crate::pages::encode;
use crate::reader;
use crate::seen::Memory;
use crate::server::Server;
use crate::tab::Tab;
use crate::views::look;
use crate::weight::{Weight, weigh};

/// What a server shows for an address without a page.
const NOT_FOUND: &str = "404.html";

/// The table of contents, for readers without scripts.
const CONTENTS: &str = "toc.html";

/// What came of a page.
#[derive(Clone, Debug)]
pub struct Report {
    /// The page's path from the site's root.
    pub page: String,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// What it weighs.
    pub weight: Weight,
    /// It is as it was when nothing was found in it.
    pub is_remembered: bool,
}

/// Where the site is: on the disk, on a server, on a server that is far away.
struct Homes {
    disk: String,
    near: Server,
    far: Server,
}

/// Opens the pages in these views, and uses them in the first of [`View::all`]. Reports stand in the order of `pages`. What is remembered in
/// a folder is not opened: its findings are those of before, none.
pub fn check(site: &Path, pages: &[String], views: &[View], memory: Option<&Path>) -> Result<Vec<Report>> {
    let homes = Homes { disk: file_address(site)?, near: Server::start(site)?, far: Server::with_late_fonts(site)? };
    let memory = memory.map(|folder| Memory::open(folder, site, views)).transpose()?;
    let known: Vec<_> = pages.iter().map(|page| memory.as_ref()?.get(page)).collect();
    let new: Vec<String> =
        pages.iter().zip(&known).filter(|(_, seen)| seen.is_none()).map(|(page, _)| page.clone()).collect();
    let mut visited =
        in_browsers(&new, |chromium, page| homes.report(chromium, page, views, memory.as_ref()))?.into_iter();
    let mut titles = Vec::new();
    let mut reports = Vec::new();
    for (page, seen) in pages.iter().zip(known) {
        let Some(seen) = seen else {
            reports.extend(visited.next());
            continue;
        };
        titles.extend(seen.title.map(|title| (page.clone(), title)));
        reports.push(Report { page: page.clone(), findings: Vec::new(), weight: seen.weight, is_remembered: true });
    }
    for (page, text) in homes.missed(&titles)? {
        reports.iter_mut().filter(|report| report.page == page).for_each(|report| {
            report.findings.push(Finding { page: page.clone(), view: DESK, text: text.clone() });
        });
    }
    for (page, text) in links::check(site)? {
        if let Some(report) = reports.iter_mut().find(|report| report.page == page) {
            report.findings.push(Finding { page, view: DESK, text });
        }
    }
    Ok(reports)
}

/// Hands the pages to browsers, each of which takes the next when it is done with one.
fn in_browsers<T: Send>(pages: &[String], visit: impl Fn(&mut Chromium, &str) -> Result<T> + Sync) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let take = || -> Result<Vec<(usize, T)>> {
        let mut chromium = Chromium::start()?;
        let mut done = Vec::new();
        while let (at, Some(page)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            (at, pages.get(at))
        } {
            done.push((at, persevere(&mut chromium, Chromium::start, |chromium| visit(chromium, page))?));
        }
        Ok(done)
    };
    let browsers = thread::available_parallelism().map_or(1, NonZero::get).min(pages.len());
    let mut done = thread::scope(|scope| {
        let running: Vec<_> = (0..browsers).map(|_| scope.spawn(take)).collect();
        let mut done = Vec::new();
        for thread in running {
            done.extend(thread.join().map_err(|_| anyhow!("a thread that spoke to a browser panicked"))??);
        }
        Ok::<_, anyhow::Error>(done)
    })?;
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

/// What a visit gives. A browser that failed is replaced once: now and then one loses a process or a frame, whatever the page; a page that
/// is to blame fails again.
fn persevere<B, T>(browser: &mut B, start: impl Fn() -> Result<B>, visit: impl Fn(&mut B) -> Result<T>) -> Result<T> {
    visit(browser).or_else(|error| {
        eprintln!("site-check: {error:#}; once more, in another browser");
        *browser = start()?;
        visit(browser)
    })
}

impl Homes {
    fn report(&self, chromium: &mut Chromium, page: &str, views: &[View], memory: Option<&Memory>) -> Result<Report> {
        let (findings, weight) = (Vec::new(), Weight::default());
        let mut report = Report { page: page.to_owned(), findings, weight, is_remembered: false };
        let (mut asked, mut title) = (BTreeSet::new(), None);
        for &view in views {
            let home = if view.is_served { &self.near.address } else { &self.disk };
            let mut tab = Tab::new(chromium, view)?;
            tab.open(&format!("{home}{}", encode(page))).with_context(|| format!("opening {page} ({view})"))?;
            let mut found = reader::work(&mut tab).with_context(|| format!("opening {page} ({view})"))?;
            found.extend(look(&mut tab, home, view).with_context(|| format!("looking at {page} ({view})"))?);
            if view == DESK {
                report.weight = weigh(&tab.requests()?)?;
                let using = || format!("using {page}");
                found.extend(reader::keyboard(&mut tab).with_context(using)?);
                found.extend(reader::previews(&mut tab).with_context(using)?);
                asked.extend(tab.requests()?);
                if ![NOT_FOUND, CONTENTS].contains(&page) {
                    title = reader::title(&mut tab).with_context(using)?;
                    found.extend(
                        title
                            .iter()
                            .map(|title| reader::search(&mut tab, title))
                            .collect::<Result<Vec<_>>>()
                            .with_context(using)?
                            .concat(),
                    );
                }
                found.extend(reader::proof(&mut tab).with_context(using)?);
                found.extend(reader::paper(&mut tab).with_context(using)?);
            } else {
                asked.extend(tab.requests()?);
            }
            drop(tab);
            if view == DESK {
                found.extend(self.loaded_slowly(chromium, page).with_context(|| format!("loading {page} slowly"))?);
                found.extend(self.without_scripts(chromium, page).with_context(|| format!("reading {page}"))?);
            }
            report.findings.extend(found.into_iter().map(|text| Finding { page: page.to_owned(), view, text }));
        }
        if let Some(memory) = memory.filter(|_| report.findings.is_empty()) {
            let homes = [&*self.disk, &*self.near.address];
            memory.put(page, &homes, &asked, title, report.weight)?;
        }
        Ok(report)
    }

    /// Pages that are not found by their titles, asked of one of them.
    fn missed(&self, titles: &[(String, String)]) -> Result<Vec<(String, String)>> {
        let Some((page, _)) = titles.first() else { return Ok(Vec::new()) };
        let visit = |chromium: &mut Chromium| {
            let mut tab = Tab::new(chromium, DESK)?;
            tab.open(&format!("{}{}", self.disk, encode(page)))?;
            reader::search_all(&mut tab, &self.disk, titles)
        };
        let looked = persevere(&mut Chromium::start()?, Chromium::start, visit);
        looked.with_context(|| format!("searching from {page}"))
    }

    /// What moves each time: once in dozens of loads a busy browser paints between two fonts that come together.
    fn loaded_slowly(&self, chromium: &mut Chromium, page: &str) -> Result<Vec<String>> {
        let mut load = || {
            let mut tab = Tab::new(chromium, DESK)?;
            tab.open(&format!("{}{}", self.far.address, encode(page)))?;
            reader::still(&mut tab)
        };
        let moved = load()?;
        if moved.is_empty() { Ok(moved) } else { load() }
    }

    fn without_scripts(&self, chromium: &mut Chromium, page: &str) -> Result<Vec<String>> {
        // A server shows this page under any address: from disk and without scripts it cannot find its style sheets.
        if page == NOT_FOUND {
            return Ok(Vec::new());
        }
        let mut tab = Tab::new(chromium, DESK)?;
        tab.without_scripts()?;
        tab.open(&format!("{}{}", self.disk, encode(page)))?;
        reader::bare(&mut tab)
    }
}

/// How the addresses of a site on disk begin.
fn file_address(site: &Path) -> Result<String> {
    let site = site.canonicalize().with_context(|| format!("finding {}", site.display()))?;
    Ok(format!("file://{}/", encode(&site.to_string_lossy())))
}

#[cfg(test)]
mod tests {
    use anyhow::ensure;

    use super::*;

    /// A visit that only the second browser answers, and one that none does.
    fn visits(answering: u32) -> (u32, Result<u32>) {
        let mut browser = 1;
        let seen = persevere(
            &mut browser,
            || Ok(2),
            |browser| {
                ensure!(*browser == answering, "браузер {browser} молчит");
                Ok(*browser)
            },
        );
        (browser, seen)
    }

    #[test]
    fn a_browser_that_does_not_answer_is_replaced_once() {
        let (browser, seen) = visits(2);
        assert_eq!((browser, seen.expect("the second answers")), (2, 2));
        let (browser, seen) = visits(3);
        assert_eq!((browser, seen.expect_err("none answers").to_string()), (2, "браузер 2 молчит".to_owned()));
        let (browser, seen) = visits(1);
        assert_eq!((browser, seen.expect("the first answers")), (1, 1));
    }
}
