//! Pictures that say nothing to who does not see them.

use pulldown_cmark::{Event, Tag, TagEnd};

use page::markup::{Kind, markup};

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open = None;
    for (event, range) in &page.events {
        match event {
            Event::Start(Tag::Image { .. }) => open = Some((range.clone(), false)),
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) => {
                if let Some((_, says)) = &mut open {
                    *says |= !words.trim().is_empty();
                }
            }
            Event::End(TagEnd::Image) => findings.extend(open.take().filter(|(_, says)| !says).map(|(range, _)| {
                let message = "a picture without a description: who does not see it learns nothing".to_owned();
                let help = "say what it shows, `![…](…)`; a picture that says nothing is `![декоративная](…)`";
                Finding::new("picture", range, message, help)
            })),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                findings.extend(tags(&page.text[range.clone()], range.start));
            }
            _ => {}
        }
    }
    findings
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
