//! Links between the pages of a site: whether the file and the anchor are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::pages::{decode, pages};

/// Pages with their links that lead nowhere.
pub fn check(site: &Path) -> Result<Vec<(String, String)>> {
    let mut anchors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(String, String)> = Vec::new();
    for page in pages(site)? {
        let html = fs::read_to_string(site.join(&page)).with_context(|| format!("reading {page}"))?;
        anchors.insert(page.clone(), attributes(&html, " id=\"").map(decoded).collect());
        links.extend(attributes(&html, " href=\"").map(|link| (page.clone(), decoded(link))));
    }
    links.sort();
    links.dedup();
    let mut found = Vec::new();
    for (page, link) in links {
        let is_outside = link.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
        if is_outside || link.is_empty() {
            continue;
        }
        let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let path = path.split('?').next().unwrap_or_default();
        let target = if path.is_empty() { page.clone() } else { resolve(&page, &decode(path)) };
        if !site.join(&target).is_file() {
            found.push((page, format!("a link to {link}, which is not there")));
        } else if !anchor.is_empty() && anchors.get(&target).is_some_and(|known| !known.contains(&decode(anchor))) {
            found.push((page, format!("a link to {link}, whose page has no such anchor")));
        }
    }
    Ok(found)
}

/// The values that stand between `start` and a quote.
fn attributes<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('"').next())
}

fn decoded(value: &str) -> String {
    value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'")
}

/// A path from a page, from the site's root.
fn resolve(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.ends_with('/') || joined.is_empty() {
        format!("{joined}/index.html").trim_start_matches('/').to_owned()
    } else {
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_from_their_page() {
        assert_eq!(resolve("a/b/c.html", "../d.html"), "a/d.html");
        assert_eq!(resolve("c.html", "a/"), "a/index.html");
    }

    #[test]
    fn links_to_what_is_not_there_are_found() {
        let site = tempfile::tempdir().expect("a folder");
        let page = "<h1 id=\"шаг\">а</h1><a href=\"#шаг\">б</a><a href=\"#%D1%88%D0%B0%D0%B3\">б</a><a href=\"#нет\">в</a><a href=\"нет.html\">г</a><a href=\"https://a.example/\">д</a>";
        fs::write(site.path().join("index.html"), page).expect("a page");
        let found: Vec<String> = check(site.path()).expect("it is read").into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, ["a link to #нет, whose page has no such anchor", "a link to нет.html, which is not there"]);
    }
}
