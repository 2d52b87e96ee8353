//! Pictures that say nothing to who does not see them.

use pulldown_cmark::{Event, Tag, TagEnd};

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
            _ => {}
        }
    }
    findings
}
