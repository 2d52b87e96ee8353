//! What a page refers to, and where it says so.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, LinkType, Parser, Tag};

use crate::attributes::attributes;

/// What the Markdown of a page, as its author wrote it, refers to.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// Addresses of links and pictures.
    pub links: Vec<Link>,
    /// `[text][name]` and `[^name]` that are nowhere defined.
    pub undefined: Vec<(String, Range<usize>)>,
    /// Ids that headings and HTML are given by hand.
    pub ids: Vec<(String, Range<usize>)>,
}

/// An address and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address as it is written, without Markdown's escapes.
    pub address: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is for.
    pub kind: LinkKind,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// To be followed.
    Way,
    /// To be shown.
    Picture,
}

/// Reads a page.
pub fn outgoing(text: &str) -> Outgoing {
    let mut found = Outgoing::default();
    let mut undefined = Vec::new();
    let callback = |broken: BrokenLink<'_>| {
        // `[words]` alone is how brackets are written in prose.
        if matches!(broken.link_type, LinkType::Reference | LinkType::Collapsed) && !broken.reference.starts_with('^') {
            undefined.push((broken.reference.to_string(), broken.span));
        }
        None
    };
    let options = page::outline::extensions();
    for (event, range) in Parser::new_with_broken_link_callback(text, options, Some(callback)).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, link_type, .. }) if link_type != LinkType::Email => {
                let range = narrow(text, range, &dest_url);
                found.links.push(Link { range, address: dest_url.into_string(), kind: LinkKind::Way });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let range = narrow(text, range, &dest_url);
                found.links.push(Link { range, address: dest_url.into_string(), kind: LinkKind::Picture });
            }
            Event::Start(Tag::Heading { id: Some(id), .. }) => {
                let place = narrow(text, range, &format!("#{id}"));
                found.ids.push((id.into_string(), place));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                found.links.extend(in_html(text, &range));
                found.ids.extend(ids_in_html(text, &range));
            }
            Event::Text(_) => found.undefined.extend(footnote(text, &range)),
            _ => {}
        }
    }
    found.undefined.extend(undefined);
    found.links.extend(captions(text).into_iter().flat_map(|caption| {
        let inside = outgoing(&text[caption.clone()]).links;
        let here = move |range: Range<usize>| caption.start + range.start..caption.start + range.end;
        inside.into_iter().map(move |link| Link { range: here(link.range.clone()), ..link })
    }));
    found
}

/// Captions of cells, which stand in what Markdown takes for code.
fn captions(text: &str) -> Vec<Range<usize>> {
    if !text.contains("//| caption:") {
        return Vec::new();
    }
    let (page, _) = page::read("", text);
    page.cells.into_iter().filter_map(|cell| cell.caption).collect()
}

/// The place of some words, which stand last in a link or a heading; the whole where they are written otherwise.
fn narrow(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
    match text[range.clone()].rfind(words).filter(|_| !words.is_empty()) {
        Some(at) => range.start + at..range.start + at + words.len(),
        None => range,
    }
}

fn in_html(text: &str, range: &Range<usize>) -> Vec<Link> {
    let html = &text[range.clone()];
    let leads = |name: &str| ["href", "src", "poster"].iter().any(|known| name.eq_ignore_ascii_case(known));
    attributes(html)
        .into_iter()
        .filter(|found| leads(found.name))
        .map(|found| Link {
            address: html[found.value.clone()].replace("&amp;", "&"),
            range: range.start + found.value.start..range.start + found.value.end,
            kind: if found.name.eq_ignore_ascii_case("href") { LinkKind::Way } else { LinkKind::Picture },
        })
        .collect()
}

fn ids_in_html(text: &str, range: &Range<usize>) -> Vec<(String, Range<usize>)> {
    let html = &text[range.clone()];
    let ids = attributes(html).into_iter().filter(|found| found.name.eq_ignore_ascii_case("id"));
    ids.map(|found| {
        let place = range.start + found.value.start..range.start + found.value.end;
        (html[found.value].replace("&amp;", "&"), place)
    })
    .collect()
}

/// `[^name]` that stayed text, because there is no such footnote.
fn footnote(text: &str, range: &Range<usize>) -> Option<(String, Range<usize>)> {
    let rest = text[range.start..].strip_prefix("[^")?;
    let (name, _) = rest.split_once(']')?;
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains(['[', '^']);
    let is_escaped = text[..range.start].ends_with('\\');
    let end = range.start + "[^".len() + name.len() + "]".len();
    (is_name && !is_escaped).then(|| (format!("^{name}"), range.start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_every_kind_are_found_where_they_stand() {
        let text = "## Шаг {#шаг}\n\n[а](б.md \"титул\") ![в](<г д.png>) [е][ж] [нет][этого] [скобки] <https://a.b> \
                    <a href=\"з.md#и\">к</a> `[л](м)` $[н](о)$ [^п] \\[^р] [^с]\n\n<img\nsrc='т.svg'>\n\n> [у](ф.md)\n\n\
                    [ж]: х.md\n\n[^с]: есть\n";
        let found = outgoing(text);
        let mut lines: Vec<String> =
            found.links.iter().map(|link| format!("{} | {}", link.address, &text[link.range.clone()])).collect();
        lines
            .extend(found.undefined.iter().map(|(name, range)| format!("undefined {name} | {}", &text[range.clone()])));
        lines.extend(found.ids.iter().map(|(id, range)| format!("id {id} | {}", &text[range.clone()])));
        insta::assert_snapshot!(lines.join("\n"));
    }
}
