//! Lines that define a link for nobody, and so vanish: `[@ключ]: …`, `[Важно]: …`.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::page::Page;
use ::page::Finding;

const RULE: &str = "link-definition";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let used: BTreeSet<String> = page.events.iter().filter_map(|(event, _)| used(event)).collect();
    let mut findings: Vec<Finding> = page
        .definitions
        .iter()
        .filter_map(|(name, range)| {
            let text = &page.text[range.clone()];
            let place = range.start..range.start + text.find("]:").map_or(text.len(), |at| at + "]:".len());
            if name.starts_with('@') {
                let message =
                    format!("`[{name}]:` at the beginning of a line defines a link, and the line is not shown");
                let help = format!("begin the line with a word, or write `[{name}]\\:`");
                return Some(Finding::new(RULE, place, message, help));
            }
            if used.contains(&name.to_lowercase()) {
                return None;
            }
            let message = format!("`[{name}]:` defines a link that this page does not use, and the line is not shown");
            let help = format!("link to it, `[words][{name}]`, remove it, or write `\\[{name}]:` if it is text");
            Some(Finding::new(RULE, place, message, help))
        })
        .collect();
    findings.extend(page.blocks().iter().flatten().filter_map(|piece| apart(page, piece.end)));
    findings.extend(page.events.windows(2).filter_map(|pair| match pair {
        [(Event::Start(Tag::Link { dest_url, .. }), range), (Event::End(TagEnd::Link), _)] => wordless(dest_url, range),
        _ => None,
    }));
    findings.extend(
        page.events.iter().scan(0_usize, |depth, (event, range)| Some(bare(page, depth, event, range))).flatten(),
    );
    findings
}

/// `https://…` in a sentence: mdBook makes no link of it.
fn bare(page: &Page<'_>, links: &mut usize, event: &Event<'_>, range: &Range<usize>) -> Option<Finding> {
    match event {
        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => *links += 1,
        Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => *links = links.saturating_sub(1),
        _ => {}
    }
    matches!(event, Event::Text(_)).then_some(()).filter(|()| *links == 0)?;
    let text = &page.text[range.clone()];
    let at = ["https://", "http://"].into_iter().find_map(|scheme| text.find(scheme))?;
    // Marks in an address part the text, so what follows on the page is what the author wrote.
    let rest = &page.text[range.start + at..];
    let end = rest.find(|letter: char| letter.is_whitespace() || "<>«»\"`".contains(letter)).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '*', '_']);
    let host = address.split_once("//")?.1;
    let is_told = page.text[..range.start + at].ends_with("] (");
    (host.starts_with(char::is_alphanumeric) && !is_told).then_some(())?;
    let place = range.start + at..range.start + at + address.len();
    let message = "this address is no link: nobody can follow it".to_owned();
    Some(Finding::new("link", place, message, format!("write `<{address}>`, or `[words]({address})`")))
}

/// `[](address.md)`, which nobody sees; one to a label gets its number.
fn wordless(address: &str, range: &Range<usize>) -> Option<Finding> {
    let is_label = ["#fig-", "#tbl-", "#lst-", "#eq-"].iter().any(|label| address.contains(label));
    let message = "a link without words: a reader does not see it".to_owned();
    (!is_label).then(|| Finding::new("link", range.clone(), message, "write words between the brackets"))
}

fn used(event: &Event<'_>) -> Option<String> {
    let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = event else { return None };
    let is_named = matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
    is_named.then(|| id.to_lowercase())
}

/// `[words] (address.md)`: a space, and it is no link.
fn apart(page: &Page<'_>, end: usize) -> Option<Finding> {
    let rest = &page.text[end..];
    let inside = page.text[..end].ends_with(']').then(|| rest.strip_prefix(" ("))??;
    let address = &inside[..inside.find(')')?];
    let leads = address.starts_with("http")
        || address.starts_with("../")
        || [".md", ".svg", ".png", ".jpg", ".webp"].iter().any(|kind| address.contains(kind))
        || address.starts_with('#');
    (leads && !address.contains(char::is_whitespace)).then(|| {
        let place = end..end + " (".len() + address.len() + ")".len();
        let message = "this is no link: a space stands between its words and its address".to_owned();
        Finding::new("link", place, message, format!("write `[…]({address})`")).fixed(format!("({address})"))
    })
}
