//! Redirects of book.toml: addresses that pages once had, and where their readers are sent. mdBook writes them as they stand.

use std::ops::Range;

use toml::de::DeTable;

use crate::outgoing::{Link, LinkKind};
use crate::values::inside;

/// The file that they stand in.
pub const FILE: &str = "book.toml";

/// `"/old.html#part" = "new.html"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    from: String,
    range: Range<usize>,
    /// Where a reader is sent.
    pub to: Link,
}

/// What is wrong with one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub message: String,
    pub help: String,
    pub range: Range<usize>,
}

/// All of them in `text`, which is book.toml.
pub fn read(text: &str) -> Vec<Redirect> {
    // What is no TOML at all was said before.
    let Ok(book) = DeTable::parse(text) else { return Vec::new() };
    let Some(redirects) = inside(book.get_ref(), &["output", "html", "redirect"]) else { return Vec::new() };
    let mut found = Vec::new();
    for (from, to) in redirects {
        let Some(address) = to.get_ref().as_str() else { continue };
        let link = Link { address: address.to_owned(), range: to.span(), kind: LinkKind::Way };
        found.push(Redirect { from: from.get_ref().to_string(), range: from.span(), to: link });
    }
    found
}

impl Redirect {
    /// The page inside src that would have its address.
    pub fn page(&self) -> String {
        let address = self.address().trim_start_matches('/');
        format!("{}.md", address.strip_suffix(".html").unwrap_or(address))
    }

    /// Without the anchor.
    fn address(&self) -> &str {
        self.from.split('#').next().unwrap_or_default()
    }

    /// What is wrong with it before anybody looks where it leads; `all` are the redirects of the book.
    pub fn wrong(&self, is_page: impl Fn(&str) -> bool, all: &[Self]) -> Option<Wrong> {
        let (from, address) = (self.from.as_str(), self.address());
        let has_anchor = address.len() < from.len();
        let here = |message: String, help: String| Some(Wrong { message, help, range: self.range.clone() });
        if !from.starts_with('/') {
            return here(format!("`{from}` is no address inside of the site"), format!("write `/{from}`"));
        }
        let Some(stem) = address.strip_suffix(".html") else {
            let stem = address.trim_end_matches('/').trim_end_matches(".md");
            let help = format!("write the address that the page had, as in `{stem}.html`");
            return here(format!("no page has the address `{from}`"), help);
        };
        let is_there = is_page(&self.page());
        if is_there && !has_anchor {
            let help = format!("leave it out, or send on an anchor of the page, as in `{stem}.html#…`");
            return here(format!("`{from}` sends nobody on: there is a page of this address"), help);
        }
        if !is_there && has_anchor && !all.iter().any(|other| other.from == address) {
            let help = format!("say where the page is now, as in `\"{address}\" = \"…\"`");
            return here(format!("only an anchor of `{address}` is sent on"), help);
        }
        let to = self.to.address.as_str();
        let (path, anchor) = to.split_once('#').map_or((to, String::new()), |(path, at)| (path, format!("#{at}")));
        let there = |message: String, help: String| Some(Wrong { message, help, range: self.to.range.clone() });
        if path.is_empty() && !anchor.is_empty() && !is_there {
            return there(
                format!("`{to}` leads back to `{address}`"),
                "name the page that the reader wants".to_owned(),
            );
        }
        let markdown = path.strip_suffix(".md").filter(|path| !path.contains("://"));
        markdown.and_then(|stem| {
            let help = format!("write `{stem}.html{anchor}`: nobody makes an address of it here");
            there(format!("`{to}` is Markdown, which is not part of the site"), help)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_redirect_that_sends_nobody_anywhere_is_told() {
        let text = "[output.html.redirect]\n\"было.html\" = \"а.html\"\n\"/было.md\" = \"а.html\"\n\"/папка/\" = \"а.html\"\n\
                    \"/а.html\" = \"б.html\"\n\"/нет.html#шаг\" = \"а.html\"\n\"/стар.html\" = \"а.md#шаг\"\n\"/сам.html\" = \"#шаг\"\n";
        let redirects = read(text);
        let told = redirects.iter().map(|redirect| {
            let wrong = redirect.wrong(|page| page == "а.md", &redirects).expect("all of them are wrong");
            let at = diagnostic::line_column(text, wrong.range.start);
            format!("{}:{} {}; {}", at.line, at.column, wrong.message, wrong.help)
        });
        insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_redirect_that_leads_somewhere_is_left_alone() {
        let text = "[output.html.redirect]\n\"/было.html\" = \"а.html\"\n\"/было.html#шаг\" = \"а.html#шаг\"\n\
                    \"/а.html#ушло\" = \"#шаг\"\n\"/в/г.html\" = \"https://example.org/readme.md\"\n";
        let redirects = read(text);
        assert_eq!(redirects.len(), 4);
        for redirect in &redirects {
            assert_eq!(redirect.wrong(|page| page == "а.md", &redirects), None, "{redirect:?}");
        }
        assert_eq!(redirects.iter().map(Redirect::page).collect::<BTreeSet<_>>().len(), 3);
    }
}
