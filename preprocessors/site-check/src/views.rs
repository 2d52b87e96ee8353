//! The ways in which a page is looked at, and what must hold in each.

use std::path::Path;

use anyhow::{Context, Result};

use crate::chromium::Chromium;
use crate::links;
use crate::pages::encode;
use crate::reader::{self, strings};
use crate::server::Server;
use crate::tab::{Tab, Trouble};

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Width of the window in pixels.
    pub width: u32,
    /// The reader's system is dark.
    pub is_dark: bool,
    /// Over HTTP, not from disk.
    pub is_served: bool,
}

impl View {
    /// What `prefers-color-scheme` says.
    pub fn scheme(self) -> &'static str {
        if self.is_dark { "dark" } else { "light" }
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        [1280, 360].into_iter().flat_map(|width| {
            [false, true].into_iter().flat_map(move |is_dark| {
                [false, true].into_iter().map(move |is_served| Self { width, is_dark, is_served })
            })
        })
    }
}

impl std::fmt::Display for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let way = if self.is_served { "http" } else { "file" };
        write!(f, "{way}, {}, {} px", self.scheme(), self.width)
    }
}

/// Something wrong with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The page's path from the site's root.
    pub page: String,
    /// How it was looked at.
    pub view: View,
    /// What is wrong.
    pub text: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}): {}", self.page, self.view, self.text)
    }
}

/// Opens the pages in every view. Links are looked at on all pages of the site.
pub fn check(chromium: &mut Chromium, site: &Path, pages: &[String]) -> Result<Vec<Finding>> {
    let server = Server::start(site)?;
    let disk = file_address(site)?;
    let mut findings = Vec::new();
    for view in View::all() {
        let home = if view.is_served { &server.address } else { &disk };
        for page in pages {
            let mut tab = Tab::new(chromium, view)?;
            tab.open(&format!("{home}{}", encode(page))).with_context(|| format!("opening {page} ({view})"))?;
            let found = look(&mut tab, home, page, view).with_context(|| format!("looking at {page} ({view})"))?;
            findings.extend(found.into_iter().map(|text| Finding { page: page.clone(), view, text }));
        }
    }
    let far = Server::with_late_fonts(site)?;
    for page in pages {
        let found = visit(chromium, &disk, &far.address, page).with_context(|| format!("reading {page}"))?;
        findings.extend(found.into_iter().map(|text| Finding { page: page.clone(), view: DESK, text }));
    }
    findings.extend(links::check(site)?.into_iter().map(|(page, text)| Finding { page, view: DESK, text }));
    Ok(findings)
}

/// The whole book on one page.
const PRINTED: &str = "print.html";

/// What a server shows for an address without a page.
const NOT_FOUND: &str = "404.html";

/// The table of contents, for readers without scripts.
const CONTENTS: &str = "toc.html";

/// Where pages are read from beginning to end.
const DESK: View = View { width: 1280, is_dark: false, is_served: false };

/// What a reader does with a page, once.
fn visit(chromium: &mut Chromium, home: &str, far: &str, page: &str) -> Result<Vec<String>> {
    // The print page asks for the printer by itself; the others are read.
    if page == PRINTED {
        let mut tab = Tab::new(chromium, DESK)?;
        tab.open(&format!("{home}{page}"))?;
        return reader::paper(&mut tab);
    }
    let address = format!("{home}{}", encode(page));
    let mut found = Vec::new();
    let mut tab = Tab::new(chromium, DESK)?;
    tab.open(&format!("{far}{}", encode(page)))?;
    found.extend(reader::still(&mut tab)?);
    drop(tab);
    let mut tab = Tab::new(chromium, DESK)?;
    tab.open(&address)?;
    found.extend(reader::keyboard(&mut tab)?);
    found.extend(reader::previews(&mut tab)?);
    if ![NOT_FOUND, CONTENTS].contains(&page) {
        found.extend(reader::search(&mut tab)?);
    }
    found.extend(reader::paper(&mut tab)?);
    drop(tab);
    // A server shows this page under any address: from disk and without scripts it cannot find its style sheets.
    if page == NOT_FOUND {
        return Ok(found);
    }
    let mut tab = Tab::new(chromium, DESK)?;
    tab.without_scripts()?;
    tab.open(&address)?;
    found.extend(reader::bare(&mut tab)?);
    Ok(found)
}

/// How the addresses of a site on disk begin.
pub(crate) fn file_address(site: &Path) -> Result<String> {
    let site = site.canonicalize().with_context(|| format!("finding {}", site.display()))?;
    Ok(format!("file://{}/", encode(&site.to_string_lossy())))
}

fn look(tab: &mut Tab<'_>, home: &str, page: &str, view: View) -> Result<Vec<String>> {
    let mut found: Vec<String> = tab.troubles(home)?.into_iter().map(said).collect();
    // Not `innerWidth`: on a phone it grows with the page.
    let wide = tab.evaluate(&format!("document.scrollingElement.scrollWidth - {}", view.width))?;
    if wide.as_f64().unwrap_or_default() > 0.0 {
        let widest = tab.evaluate(WIDEST)?;
        found.push(format!("scrolls sideways by {wide} px because of {}", widest.as_str().unwrap_or_default()));
    }
    found.extend(strings(&tab.evaluate(CUT)?).into_iter().map(|figure| format!("a plot does not fit: {figure}")));
    found.extend(strings(&tab.evaluate(ENGLISH)?).into_iter().map(|text| format!("speaks English: {text}")));
    found.extend(strings(&tab.evaluate(DANGLING)?).into_iter().map(|text| format!("no such anchor: {text}")));
    // Rules of accessibility depend neither on where the page came from nor, but for what other checks see, on the width. The page for
    // the printer is all others under one another, and axe takes minutes for it.
    if !view.is_served && view.width == DESK.width && page != PRINTED {
        tab.evaluate(AXE)?;
        found.extend(strings(&tab.evaluate(RULES)?).into_iter().map(|text| format!("axe: {text}")));
    }
    Ok(found)
}

fn said(trouble: Trouble) -> String {
    match trouble {
        Trouble::Outside(url) => format!("asks {url}"),
        Trouble::Failed(error) => format!("a request failed: {error}"),
        Trouble::Console(line) => format!("console: {line}"),
    }
}

const AXE: &str = include_str!("../axe/axe.min.js");

const RULES: &str = "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(result => \
    result.violations.map(rule => `${rule.id}: ${rule.nodes.length} × ${rule.nodes[0].html.slice(0, 160)} ${rule.nodes[0].failureSummary.split('\\n')[1] ?? ''}`))";

const WIDEST: &str = "(() => { let widest; for (const element of document.body.querySelectorAll('*')) \
    if (!widest || element.getBoundingClientRect().right > widest.getBoundingClientRect().right) widest = element; \
    return widest.outerHTML.slice(0, 160); })()";

/// Plots of which only a part is seen.
const CUT: &str = "[...document.querySelectorAll('.output-svg')].filter(plot => plot.scrollWidth > plot.clientWidth + 1) \
    .map(plot => plot.closest('[id]')?.id ?? plot.outerHTML.slice(0, 160))";

/// What the interface says outside of the text: visible strings, names for screen readers, tooltips.
const ENGLISH: &str = r"(() => {
    const allowed = /CC BY|MIT|Apache|Esc|^[A-Z?/←→ ]{1,3}$/;
    const isEnglish = text => /[A-Za-z]{2,}/.test(text) && !/[А-Яа-яЁё]/.test(text) && !allowed.test(text);
    const found = [];
    for (const part of document.querySelectorAll('body > *, body > div.page > :not(main)')) {
        if (part.matches('div.page, main, script, style')) continue;
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        for (let node = walker.currentNode; node; node = walker.nextNode()) {
            if (node.nodeType === Node.TEXT_NODE) {
                if (isEnglish(node.data.trim()) && !node.parentElement.closest('script, style, .contents, .neighbours, .book')) found.push(node.data.trim());
            } else {
                for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
                    const value = node.getAttribute(name);
                    if (value && isEnglish(value)) found.push(value);
                }
            }
        }
    }
    return found;
})()";

const DANGLING: &str = "[...new Set([...document.querySelectorAll('main a[href^=\"#\"]')].map(link => decodeURIComponent(link.hash.slice(1)))\
    .filter(id => id && !document.getElementById(id)))]";
