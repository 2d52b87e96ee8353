//! Pictures that say nothing to who does not see them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use page::markup::{Kind, markup};

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for (event, range) in &page.events {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                open = Some(Open { range: range.clone(), address: dest_url, words: String::new() });
            }
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) => {
                if let Some(picture) = &mut open {
                    picture.words.push_str(words);
                }
            }
            Event::End(TagEnd::Image) => findings.extend(open.take().and_then(|picture| picture.check())),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                findings.extend(tags(&page.text[range.clone()], range.start));
            }
            _ => {}
        }
    }
    findings
}

/// A picture and what is said of it.
struct Open<'a> {
    range: Range<usize>,
    address: &'a str,
    words: String,
}

impl Open<'_> {
    fn check(self) -> Option<Finding> {
        let words = self.words.trim();
        let message = match words {
            "" => "a picture without a description: who does not see it learns nothing".to_owned(),
            name if is_file(name, self.address) => {
                format!("`{name}` is the name of a file: who does not see the picture learns nothing")
            }
            _ => return None,
        };
        let help = "say what it shows, `![…](…)`; a picture that says nothing is `![декоративная](…)`";
        Some(Finding::new("picture", self.range, message, help))
    }
}

/// Whether what is said of a picture is how a file is called: `шаг-2.svg`, `IMG_0012` of the file with this name.
fn is_file(words: &str, address: &str) -> bool {
    const KINDS: [&str; 7] = [".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"];
    if words.contains(char::is_whitespace) {
        return false;
    }
    let file = address.rsplit('/').next().unwrap_or(address);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let looks_so = words.contains(['_', '-']) || words.contains(|letter: char| letter.is_ascii_digit());
    KINDS.iter().any(|kind| words.to_lowercase().ends_with(kind)) || (looks_so && words == stem)
}

/// `<img>` without `alt`: an empty one says that the picture says nothing.
fn tags(html: &str, start: usize) -> Vec<Finding> {
    let pieces = markup(html).into_iter().filter(|piece| match &piece.kind {
        Kind::Open(tag) => tag.name == "img" && tag.attributes.iter().all(|attribute| attribute.name != "alt"),
        _ => false,
    });
    let finding = |piece: page::markup::Markup| {
        let message = "a picture without a description: who does not see it learns nothing".to_owned();
        let help = "say what it shows, `alt=\"…\"`; a picture that says nothing has `alt=\"\"`";
        Finding::new("picture", start + piece.range.start..start + piece.range.end, message, help)
    };
    pieces.map(finding).collect()
}
