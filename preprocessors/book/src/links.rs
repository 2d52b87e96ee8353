//! Links between the pages: whether every page, file and anchor that a page names is there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use anyhow::Context as _;
use diagnostic::{Diagnostic, Place};
use kept::Kept;
use mdbook_driver::MDBook;
use page::Draft;
use percent_encoding::percent_decode_str;
use pulldown_cmark::Options;
use rayon::prelude::*;

use crate::anchors::{anchors, extensions};
use crate::load::texts;
use crate::outgoing::{Link, LinkKind, Outgoing, outgoing};
use crate::paths::relative;
use crate::pipeline::Ways;
use crate::proposals::{meant, pictures};
use crate::redirects::{self, Redirect};
use diagnostic::{any_of, near};
use step::Way;
use step::chapter::from_root;

/// Pages that mdBook makes itself.
const MADE: [&str; 3] = ["index.html", "toc.html", "404.html"];

/// All pages on one, which mdBook makes unless it is told not to.
const PRINTED: &str = "print.html";

/// A page as it was written and as it will be shown; paths are inside src.
struct Page<'a> {
    path: String,
    written: &'a Way,
    shown: &'a Way,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// Out of the book, or to a file that is there.
    Fine,
    /// To an anchor of a page.
    Anchor { page: String, anchor: String },
    /// Nowhere: what is wrong and what to do.
    Wrong { code: &'static str, message: String, help: String },
}

/// Follows every link of the book.
pub fn check(book: &MDBook, written: &Ways, shown: &Ways, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    let site = Site::of(book, written, shown);
    let found = site.pages.par_iter().map(|page| leaving(page.written, kept));
    let found: Vec<Outgoing> = found.collect::<anyhow::Result<_>>()?;
    let mut diagnostics = Vec::new();
    let mut open = Vec::new();
    for (page, found) in site.pages.iter().zip(&found) {
        let file = from_root(site.src, &page.path);
        diagnostics.extend(undefined(found).chain(doubles(found)).map(|wrong| wrong.at(&file)));
        for link in &found.links {
            match site.follow(&page.path, link) {
                Target::Fine => {}
                Target::Anchor { page: to, anchor } => open.push(Open { file: file.clone(), link, to, anchor }),
                Target::Wrong { code, message, help } => {
                    diagnostics.push(Mistake { code, message, help, range: link.range.clone() }.at(&file));
                }
            }
        }
    }
    let toml = book.root.join(redirects::FILE);
    let toml = std::fs::read_to_string(&toml).with_context(|| format!("reading {}", toml.display()))?;
    let redirects = redirects::read(&toml);
    for redirect in &redirects {
        match site.redirected(redirect, &redirects) {
            Ok(Some((to, anchor))) => {
                open.push(Open { file: redirects::FILE.to_owned(), link: &redirect.to, to, anchor });
            }
            Ok(None) => {}
            Err(wrong) => diagnostics.push(wrong.at(redirects::FILE)),
        }
    }
    diagnostics.extend(site.anchors(&open, kept)?);
    Ok(diagnostics)
}

/// For every page, inside src, the anchors of it that links of the book lead to.
pub fn linked(book: &MDBook, kept: &Kept) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut linked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (page, text) in &texts(&book.book) {
        for link in leaving(&Way::begin(Draft::new(page, *text)), kept)?.links {
            let address = percent_decode_str(&link.address).decode_utf8_lossy();
            let Some((path, anchor)) = address.split_once('#') else { continue };
            let Some(target) = page::anchor::target(page, path) else { continue };
            linked.entry(target).or_default().insert(anchor.to_owned());
        }
    }
    Ok(linked)
}

/// What a page refers to.
fn leaving(page: &Way, kept: &Kept) -> anyhow::Result<Outgoing> {
    kept.or_make("outgoing", &[("page", page.name())], || Ok(outgoing(page.text()?)))
}

/// A link to an anchor, which is looked for on the page that it leads to.
struct Open<'a> {
    /// The file that the link stands in, from the book's root.
    file: String,
    link: &'a Link,
    to: String,
    anchor: String,
}

struct Mistake {
    code: &'static str,
    message: String,
    help: String,
    range: Range<usize>,
}

impl Mistake {
    fn at(self, file: &str) -> Diagnostic {
        Diagnostic::error(self.code, self.message, Place::new(file, self.range)).help(self.help)
    }
}

fn undefined(found: &Outgoing) -> impl Iterator<Item = Mistake> {
    found.undefined.iter().map(|(name, range)| Mistake {
        code: "undefined-link",
        message: format!("`[{name}]` is not defined on this page"),
        help: format!("define it, as in `[{name}]: …` on a line of its own, or escape the bracket: `\\[`"),
        range: range.clone(),
    })
}

fn doubles(found: &Outgoing) -> impl Iterator<Item = Mistake> {
    let mut seen = BTreeSet::new();
    let doubles = found.ids.iter().filter(move |(id, _)| !seen.insert(id));
    doubles.map(|(id, range)| Mistake {
        code: "duplicate-anchor",
        message: format!("this page has the id `{id}` twice"),
        help: "a link would lead to the first; name this one otherwise".to_owned(),
        range: range.clone(),
    })
}

/// What there is to link to.
struct Site<'a> {
    root: &'a Path,
    src: &'a Path,
    extensions: Options,
    is_printed: bool,
    pages: Vec<Page<'a>>,
    index: BTreeMap<String, usize>,
    /// Beginnings of anchors whose links other steps have looked at.
    labels: Vec<&'static str>,
}

impl<'a> Site<'a> {
    fn of(book: &'a MDBook, written: &'a Ways, shown: &'a Ways) -> Self {
        let page = |(path, written): (&String, &'a Way)| {
            let shown = shown.get(path).unwrap_or(written);
            Page { path: path.clone(), written, shown }
        };
        let pages: Vec<Page<'_>> = written.iter().map(page).collect();
        let index = pages.iter().enumerate().map(|(index, page)| (page.path.clone(), index)).collect();
        let steps = [("preprocessor.cells", &["fig-", "tbl-", "lst-"] as &[_]), ("preprocessor.katex", &["eq-"])];
        let steps = steps.iter().filter(|(step, _)| book.config.contains_key(step));
        let labels = steps.flat_map(|(_, labels)| labels.iter().copied()).collect();
        let html = book.config.html_config().unwrap_or_default();
        let (extensions, is_printed) = (extensions(&html), html.print.enable);
        Self { root: &book.root, src: &book.config.book.src, extensions, is_printed, pages, index, labels }
    }

    /// Where a redirect leads: to an anchor of a page, or to what is there.
    fn redirected(&self, redirect: &Redirect, all: &[Redirect]) -> Result<Option<(String, String)>, Mistake> {
        let is_page = |page: &str| {
            self.index.contains_key(page)
                || MADE.iter().any(|made| made.strip_suffix(".html") == page.strip_suffix(".md"))
        };
        if let Some(redirects::Wrong { message, help, range }) = redirect.wrong(is_page, all) {
            return Err(Mistake { code: "redirect", message, help, range });
        }
        match self.follow(&redirect.page(), &redirect.to) {
            Target::Fine => Ok(None),
            Target::Anchor { page, anchor } => Ok(Some((page, anchor))),
            Target::Wrong { code, message, help } => {
                Err(Mistake { code, message, help, range: redirect.to.range.clone() })
            }
        }
    }

    /// Follows a link of the page `from`.
    fn follow(&self, from: &str, link: &Link) -> Target {
        let address = link.address.as_str();
        if address.is_empty() {
            return wrong("broken-link", "the link leads nowhere".into(), "write an address between the parentheses");
        }
        if let Some((scheme, _)) = address.split_once(':').filter(|_| has_scheme(address)) {
            if let Some(meant) = near(scheme, SCHEMES).first().filter(|meant| **meant != scheme) {
                let message = format!("`{scheme}:` is no kind of address");
                return wrong("broken-link", message, &format!("did you mean `{meant}:`?"));
            }
            if scheme == "file" {
                let message = format!("`{address}` is a file of your own machine");
                return wrong(
                    "broken-link",
                    message,
                    "put it into the folder of the pages, and write the path from this page",
                );
            }
            return without_host(scheme, address).unwrap_or(Target::Fine);
        }
        if address.starts_with('/') {
            let message = format!("`{address}` begins at the root of a server");
            return wrong(
                "broken-link",
                message,
                "write the path from this page: readers also open the book from a disk",
            );
        }
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split('?').next().unwrap_or_default();
        let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
        if path.is_empty() {
            return self.anchor(from, anchor);
        }
        let path = percent_decode_str(path).decode_utf8_lossy();
        let Some(path) = page::anchor::target(from, &path) else {
            let message = format!("`{address}` is outside of the folder of the pages");
            return wrong("broken-link", message, "only what lies in that folder is published");
        };
        self.file(from, link, &path, anchor)
    }

    fn file(&self, from: &str, link: &Link, path: &str, anchor: String) -> Target {
        if self.index.contains_key(path) {
            return self.anchor(path, anchor);
        }
        let made = path.strip_suffix(".html").map(|stem| format!("{stem}.md"));
        if let Some(made) = made.filter(|made| self.index.contains_key(made)) {
            return self.anchor(&made, anchor);
        }
        let file = self.root.join(self.src).join(path);
        if MADE.contains(&path) || (path == PRINTED && self.is_printed) || (!path.ends_with(".md") && file.is_file()) {
            return Target::Fine;
        }
        if file.is_dir() {
            let message = format!("`{path}` is a folder");
            return wrong("broken-link", message, "name a page of it: a browser opens no folder from a disk");
        }
        if file.is_file() {
            let message = format!("`{path}` is not listed in SUMMARY.md, so it is not part of the book");
            return wrong("broken-link", message, "list it, or leave the link out");
        }
        let files = match link.kind {
            LinkKind::Way => meant(path, self.index.keys().map(String::as_str)),
            LinkKind::Picture => meant(path, pictures(&self.root.join(self.src)).iter().map(String::as_str)),
        };
        let files: Vec<String> = files.iter().map(|file| relative(from, file)).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let (message, remedy) = match link.kind {
            LinkKind::Way => ("among the pages", "a page that is not written yet cannot be linked to"),
            LinkKind::Picture => ("beside the pages", "put the picture into the folder of the pages"),
        };
        let help = match files.as_slice() {
            [] => format!("paths are relative to this page; {remedy}"),
            files => format!("did you mean {}?", any_of(files)),
        };
        wrong("broken-link", format!("there is no file `{path}` {message}"), &help)
    }

    fn anchor(&self, page: &str, anchor: String) -> Target {
        // A bare `#` is the top of the page.
        if anchor.is_empty() || self.labels.iter().any(|label| anchor.starts_with(label)) {
            return Target::Fine;
        }
        Target::Anchor { page: page.to_owned(), anchor }
    }

    /// Looks for the anchors on the pages that links lead to.
    fn anchors(&self, open: &[Open<'_>], kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
        let targets: BTreeSet<&str> = open.iter().map(|open| open.to.as_str()).collect();
        let anchors = |to| {
            let shown = self.pages[self.index[to]].shown;
            let extensions = self.extensions.bits().to_le_bytes();
            let parts = [("extensions", extensions.as_slice()), ("page", shown.name())];
            Ok((to, kept.or_make("anchors", &parts, || Ok(anchors(shown.text()?, self.extensions)))?))
        };
        let known: BTreeMap<&str, BTreeSet<String>> =
            targets.into_par_iter().map(anchors).collect::<anyhow::Result<_>>()?;
        let mut diagnostics = Vec::new();
        for Open { file, link, to, anchor } in open {
            let known = &known[to.as_str()];
            if known.contains(anchor) {
                continue;
            }
            let names: Vec<String> =
                near(anchor, known.iter().map(String::as_str)).into_iter().map(|name| format!("#{name}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let help = match names.as_slice() {
                [] => "give the heading an id, as in `## Heading {#name}`".to_owned(),
                names => format!("did you mean {}?", any_of(names)),
            };
            let message = format!("`{to}` has no anchor `#{anchor}`");
            let range = link.range.clone();
            diagnostics.push(Mistake { code: "unknown-anchor", message, help, range }.at(file));
        }
        Ok(diagnostics)
    }
}

fn wrong(code: &'static str, message: String, help: &str) -> Target {
    Target::Wrong { code, message, help: help.to_owned() }
}

/// `http:/x.ru`, `https:x.ru`, `https://`: a browser looks for them beside the page, or nowhere.
fn without_host(scheme: &str, address: &str) -> Option<Target> {
    let rest = ["http", "https", "ftp"].contains(&scheme).then(|| &address[scheme.len() + 1..])?;
    let host = rest.trim_start_matches('/');
    let is_right = rest.strip_prefix("//").is_some_and(|host| host.starts_with(char::is_alphanumeric));
    let is_double = SCHEMES.iter().any(|scheme| host.starts_with(&format!("{scheme}:")));
    if is_right && !is_double {
        return None;
    }
    let help = match host {
        "" => "name the server behind `//`".to_owned(),
        host if is_double => format!("write `{host}`"),
        host => format!("did you mean `{scheme}://{host}`?"),
    };
    Some(wrong("broken-link", format!("`{address}` names no server"), &help))
}

/// The kinds of addresses that are often written, and so miswritten.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "ftp"];

/// `https:`, `mailto:`: what mdBook takes for an address outside of the book.
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    let is_inside = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "+.-".contains(letter);
    scheme.starts_with(|letter: char| letter.is_ascii_lowercase()) && scheme.chars().all(is_inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_a_scheme_are_outside() {
        assert!(has_scheme("https://a.b") && has_scheme("mailto:a@b") && has_scheme("data:x"));
        assert!(!has_scheme("а:б.md") && !has_scheme("a/b:c.md") && !has_scheme("a.md"));
    }
}
