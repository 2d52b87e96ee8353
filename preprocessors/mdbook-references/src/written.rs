//! A source as it stands in a list, whatever the style.

use hayagriva::citationberg::{FontStyle, FontWeight, Locale, LocaleCode, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Entry, Formatting};
use page::escape;
use serde::{Deserialize, Serialize};

/// A source as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its HTML.
    pub html: String,
    /// Its words alone, to be sorted by.
    pub words: String,
}

/// The locale of a language: that of the country with the same name, or the first.
pub fn locale(language: &str, known: &[Locale]) -> Option<LocaleCode> {
    let begins = |code: &&LocaleCode| code.0.split('-').next() == Some(language);
    let codes = || known.iter().filter_map(|locale| locale.lang.as_ref());
    let usual = || codes().find(|code| code.0 == format!("{language}-{}", language.to_uppercase()));
    usual().or_else(|| codes().find(begins)).cloned()
}

/// Adds what hayagriva wrote, without the number that a numeric style begins with: the list has its own.
pub fn add(children: &ElemChildren, to: &mut Source) {
    for child in &children.0 {
        match child {
            ElemChild::Text(piece) => {
                let (before, after) = tags(piece.formatting);
                to.html.push_str(&format!("{before}{}{after}", escape::text(&piece.text)));
                to.words.push_str(&piece.text);
            }
            ElemChild::Elem(element) if element.meta == Some(ElemMeta::CitationNumber) => {}
            ElemChild::Elem(element) => add(&element.children, to),
            ElemChild::Link { text, url } => {
                link(url, &text.text, to);
                to.words.push_str(&text.text);
            }
            ElemChild::Markup(text) => to.html.push_str(&escape::text(text)),
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// Where the source can be opened, unless the style has said so.
pub fn add_identifiers(entry: &Entry, to: &mut Source) {
    if let Some(doi) = entry.doi().filter(|doi| !to.words.contains(doi)) {
        to.html.push(' ');
        link(&format!("https://doi.org/{doi}"), &format!("DOI:\u{a0}{doi}"), to);
        to.html.push('.');
    }
    if let Some(arxiv) = entry.arxiv().filter(|arxiv| !to.words.contains(arxiv)) {
        to.html.push(' ');
        link(&format!("https://arxiv.org/abs/{arxiv}"), &format!("arXiv:{arxiv}"), to);
        to.html.push('.');
    }
}

fn link(url: &str, words: &str, to: &mut Source) {
    to.html.push_str(&format!("<a href=\"{}\">{}</a>", escape::text(url), escape::text(words)));
}

/// The tags around words that are set otherwise than the rest.
fn tags(formatting: Formatting) -> (String, String) {
    let tags = [
        (formatting.font_style == FontStyle::Italic).then_some("i"),
        (formatting.font_weight == FontWeight::Bold).then_some("b"),
        match formatting.vertical_align {
            VerticalAlign::Sup => Some("sup"),
            VerticalAlign::Sub => Some("sub"),
            VerticalAlign::None | VerticalAlign::Baseline => None,
        },
    ];
    let tags = || tags.into_iter().flatten();
    (tags().map(|tag| format!("<{tag}>")).collect(), tags().rev().map(|tag| format!("</{tag}>")).collect())
}
