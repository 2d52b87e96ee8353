//! What a page refers to, and where it says so.

use std::ops::Range;

use page::Outline;
use page::markup::{Kind, Tag};
use page::outline::{Form, Piece, What};
use serde::{Deserialize, Serialize};

/// What the Markdown of a page, as its author wrote it, refers to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outgoing {
    /// Addresses of links and pictures.
    pub links: Vec<Link>,
    /// `[text][name]` and `[^name]` that are nowhere defined.
    pub undefined: Vec<(String, Range<usize>)>,
    /// Ids that headings and HTML are given by hand.
    pub ids: Vec<(String, Range<usize>)>,
}

/// An address and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address as it is written, without Markdown's escapes.
    pub address: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is for.
    pub kind: LinkKind,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// To be followed.
    Way,
    /// To be shown.
    Picture,
}

/// Reads a page.
pub fn outgoing(text: &str) -> Outgoing {
    let mut found = Outgoing::default();
    let outline = Outline::of(text);
    for Piece { range, what, .. } in &outline.pieces {
        match what {
            What::Link(link) if link.form != Form::Email => found.push(text, range, &link.address, LinkKind::Way),
            What::Picture(picture) => found.push(text, range, &picture.address, LinkKind::Picture),
            What::Heading(heading) => {
                let id = heading.id.as_ref().map(|id| (id.clone(), narrow(text, range.clone(), &format!("#{id}"))));
                found.ids.extend(id);
            }
            What::Markup(markup) => {
                if let Kind::Open(tag) = &markup.kind {
                    found.tag(tag);
                }
            }
            What::Text(_) => found.undefined.extend(footnote(text, range)),
            _ => {}
        }
    }
    found.undefined.extend(outline.undefined);
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
    let (page, _) = page::read("", text, &[]);
    page.cells.into_iter().filter_map(|cell| cell.caption).collect()
}

impl Outgoing {
    fn push(&mut self, text: &str, range: &Range<usize>, address: &str, kind: LinkKind) {
        self.links.push(Link { range: narrow(text, range.clone(), address), address: address.to_owned(), kind });
    }

    /// What a tag of HTML refers to, and what it is called.
    fn tag(&mut self, tag: &Tag) {
        for attribute in &tag.attributes {
            let (value, range) = (attribute.value.clone(), attribute.range.clone());
            match attribute.name.as_str() {
                "href" => self.links.push(Link { address: value, range, kind: LinkKind::Way }),
                "src" | "poster" => self.links.push(Link { address: value, range, kind: LinkKind::Picture }),
                "id" if !value.is_empty() => self.ids.push((value, range)),
                _ => {}
            }
        }
    }
}

/// The place of some words, which stand last in a link or a heading; the whole where they are written otherwise.
fn narrow(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
    match text[range.clone()].rfind(words).filter(|_| !words.is_empty()) {
        Some(at) => range.start + at..range.start + at + words.len(),
        None => range,
    }
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
