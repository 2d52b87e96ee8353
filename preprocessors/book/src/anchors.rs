//! The anchors of a page, as mdBook makes them: ids of headings, footnotes, and what HTML says itself.

use std::collections::{BTreeMap, BTreeSet};

use mdbook_driver::config::HtmlConfig;
use page::anchor::{anchor, unique};
use page::markup::{Kind, markup};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The extensions with which mdBook reads a page.
pub fn extensions(config: &HtmlConfig) -> Options {
    let mut extensions = page::outline::extensions() - Options::ENABLE_MATH;
    extensions.set(Options::ENABLE_SMART_PUNCTUATION, config.smart_punctuation);
    extensions.set(Options::ENABLE_DEFINITION_LIST, config.definition_lists);
    extensions.set(Options::ENABLE_GFM, config.admonitions);
    extensions
}

/// All anchors of a page whose Markdown went through the preprocessors.
pub fn anchors(text: &str, extensions: Options) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    // mdBook numbers equal ids among those that it makes itself.
    let mut automatic = BTreeSet::new();
    let mut heading: Option<(Option<String>, String)> = None;
    let mut footnotes = Footnotes::default();
    let mut defined = BTreeSet::new();
    let mut html = String::new();
    for event in Parser::new_ext(text, extensions) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => heading = Some((id.map(String::from), String::new())),
            Event::Start(Tag::DefinitionListTitle) => heading = Some((None, String::new())),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                let Some((id, words)) = heading.take() else { continue };
                anchors.insert(id.unwrap_or_else(|| unique(&anchor(&words), &mut automatic)));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::SoftBreak => {
                if let Some((_, heading)) = &mut heading {
                    heading.push('\n');
                }
            }
            Event::FootnoteReference(name) => {
                let (number, usage) = footnotes.refer(&name);
                anchors.insert(format!("fr-{name}-{usage}"));
                if let Some((_, heading)) = &mut heading {
                    heading.push_str(&number.to_string());
                }
            }
            Event::Start(Tag::FootnoteDefinition(name)) => drop(defined.insert(name.to_string())),
            Event::Html(piece) => html.push_str(&piece),
            Event::InlineHtml(piece) if may_be_anchor(&piece) => html.push_str(&piece),
            _ => {}
        }
    }
    // The parser takes `[^ё]` for `[^Ё]`; mdBook shows only what is referred to by its very name.
    let shown = defined.into_iter().filter(|name| footnotes.0.contains_key(name));
    anchors.extend(shown.map(|name| format!("footnote-{name}")));
    for piece in markup(&html) {
        let Kind::Open(tag) = piece.kind else { continue };
        let names = |name: &str| name == "id" || (name == "name" && tag.name == "a");
        anchors.extend(tag.attributes.into_iter().filter(|found| names(&found.name)).map(|found| found.value));
    }
    anchors
}

/// Whether a tag in a text has to be read for its attributes, or changes how others are read. Most are those of formulas.
fn may_be_anchor(tag: &str) -> bool {
    /// What stands in these is no markup.
    const RAW: [&str; 10] =
        ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"];
    let tag = tag.to_ascii_lowercase();
    let has = |attribute: &str| {
        let mut found = tag.match_indices(attribute);
        found.any(|(at, _)| tag[at + attribute.len()..].trim_start().starts_with('='))
    };
    let name = tag.trim_start_matches(['<', '/']);
    has("id") || has("name") || tag.starts_with("<!") || RAW.iter().any(|raw| name.starts_with(raw))
}

/// Footnotes in the order of their first mention: numbers and usages.
#[derive(Default)]
struct Footnotes(BTreeMap<String, (usize, usize)>);

impl Footnotes {
    fn refer(&mut self, name: &str) -> (usize, usize) {
        let next = self.0.len() + 1;
        let (number, usages) = self.0.entry(name.to_owned()).or_insert((next, 0));
        *usages += 1;
        (*number, *usages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_mdbook() {
        let text = "# 1.8. Сингулярное `разложение` (SVD)[^а]\n\n## Шаг\n\n## Шаг\n\n## *Шаг* <b>вниз</b>\n\n## Шаг {#шаг-1}\n\n\
                    Ещё\nшаг\n---\n\nтермин\n: что это\n\n<a name=\"сюда\"></a> и <span ID=x>т</span>[^а]\n\n\
                    <figure id=\"fig-а\">\n\n</figure>\n\n[^а]: Сноска.\n\nДругим регистром[^ё].\n\n[^Ё]: Текст.\n";
        let anchors: Vec<String> = anchors(text, extensions(&HtmlConfig::default())).into_iter().collect();
        insta::assert_snapshot!(anchors.join("\n"));
    }
}
