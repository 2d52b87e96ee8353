//! Pictures that say nothing: `![декоративная](…)` is shown to who sees it, and passed over by who has the page read out.

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use page::escape;

use crate::edit::Edit;

/// The description of a picture that has none.
const NOTHING: &str = "декоративная";

/// Puts such pictures as HTML, in which an empty description is one; mdBook would make a button without a name of it.
pub fn decorative(text: &str) -> Vec<Edit> {
    if !text.contains(NOTHING) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut open = None;
    for (event, range) in new_cmark_parser(text, &MarkdownOptions::default()).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => open = Some((range, dest_url, String::new())),
            Event::Text(words) => {
                if let Some((.., description)) = &mut open {
                    description.push_str(&words);
                }
            }
            Event::End(TagEnd::Image) => {
                let decorative = open.take().filter(|(.., description)| description == NOTHING);
                edits.extend(
                    decorative.map(|(range, address, _)| {
                        (range, format!("<img src=\"{}\" alt=\"\">", escape::text(&address)))
                    }),
                );
            }
            _ => {}
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    #[test]
    fn a_decorative_picture_has_an_empty_description() {
        let page = "![декоративная](а_б.svg \"титул\") и [![декоративная](в.svg)](г.md), ![декоративная рамка](д.svg), `![декоративная](е)`\n";
        insta::assert_snapshot!(apply(page, decorative(page)));
    }
}
