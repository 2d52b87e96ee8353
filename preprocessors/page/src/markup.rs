//! HTML in Markdown: tags, attributes, comments and the words between them, each with its place.

use std::ops::Range;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markup {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a piece of HTML is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `<name …>`; the name in lower case.
    Open(Tag),
    /// `</name>`; the name in lower case.
    Close(String),
    /// `<!-- … -->`: the bytes between the delimiters, without the space around.
    Comment(Range<usize>),
    /// What stands between.
    Words,
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes in their order; of two with one name HTML knows the first.
    pub attributes: Vec<Attribute>,
    /// `<br/>`.
    pub closed: bool,
}

impl Tag {
    /// Whether its classes have this one.
    pub fn has_class(&self, class: &str) -> bool {
        let classes = self.attributes.iter().find(|attribute| attribute.name == "class");
        classes.is_some_and(|classes| classes.value.split_whitespace().any(|one| one == class))
    }
}

/// `name="value"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name in lower case.
    pub name: String,
    /// What it means, without entities.
    pub value: String,
    /// The bytes of the value as it is written, without quotes; empty behind a name that stands alone.
    pub range: Range<usize>,
}

/// Takes HTML apart. What is no markup is words: nothing is left out, and nothing fails.
pub fn markup(html: &str) -> Vec<Markup> {
    let mut emitter = DefaultEmitter::new_with_span();
    // The content of `<script>`, `<style>`, `<title>` and `<textarea>` is no markup.
    emitter.naively_switch_states(true);
    let mut found = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        let (span, kind) = match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| attribute(html, name, value));
                let mut attributes: Vec<Attribute> = attributes.collect();
                attributes.sort_by_key(|attribute| attribute.range.start);
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                (tag.span, Kind::Open(Tag { name, attributes, closed: tag.self_closing }))
            }
            Token::EndTag(tag) => (tag.span, Kind::Close(String::from_utf8_lossy(&tag.name).into_owned())),
            Token::Comment(comment) => (comment.span, Kind::Words),
            Token::String(words) => (words.span, Kind::Words),
            Token::Doctype(_) | Token::Error(_) => continue,
        };
        let range = span.start.min(html.len())..span.end.min(html.len());
        let kind = comment(html, &range).unwrap_or(kind);
        found.push(Markup { range, kind });
    }
    found
}

/// The comments of a piece of HTML: the bytes between their delimiters, without the space around.
pub fn comments(html: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    markup(html).into_iter().filter_map(|piece| match piece.kind {
        Kind::Comment(inside) => Some((piece.range, inside)),
        _ => None,
    })
}

fn comment(html: &str, range: &Range<usize>) -> Option<Kind> {
    const BEGIN: &str = "<!--";
    let inside = html[range.clone()].strip_prefix(BEGIN)?.strip_suffix("-->")?;
    let start = range.start + BEGIN.len() + (inside.len() - inside.trim_start().len());
    Some(Kind::Comment(start..start + inside.trim().len()))
}

fn attribute(html: &str, name: &[u8], value: &html5gum::Spanned<html5gum::HtmlString>) -> Attribute {
    let (start, end) = (value.span.start.min(html.len()), html.len());
    let named = start + html[start..end].find(|letter: char| !is_of_name(letter)).unwrap_or(end - start);
    let blank = |at: usize| {
        at + (html[at..].len() - html[at..].trim_start_matches(|letter: char| letter.is_ascii_whitespace()).len())
    };
    let equals = blank(named);
    let range = match html[equals..].strip_prefix('=') {
        Some(_) => value_range(html, blank(equals + 1)),
        None => named..named,
    };
    Attribute {
        name: String::from_utf8_lossy(name).into_owned(),
        value: String::from_utf8_lossy(value).into_owned(),
        range,
    }
}

fn is_of_name(letter: char) -> bool {
    !letter.is_ascii_whitespace() && !matches!(letter, '=' | '>' | '/')
}

fn value_range(html: &str, at: usize) -> Range<usize> {
    let until = |from: usize, ends: &dyn Fn(char) -> bool| from + html[from..].find(ends).unwrap_or(html[from..].len());
    match html[at..].chars().next() {
        Some(quote @ ('"' | '\'')) => at + 1..until(at + 1, &|letter| letter == quote),
        _ => at..until(at, &|letter| letter.is_ascii_whitespace() || letter == '>'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let told = |piece: Markup| match piece.kind {
            Kind::Open(tag) => {
                let attributes = tag.attributes.iter().map(|attribute| {
                    format!(" {}={}[{}]", attribute.name, attribute.value, &html[attribute.range.clone()])
                });
                format!("+{}{}", tag.name, attributes.collect::<String>())
            }
            Kind::Close(name) => format!("-{name}"),
            Kind::Comment(inside) => format!("!{}", &html[inside]),
            Kind::Words => format!("\"{}", &html[piece.range]),
        };
        markup(html).into_iter().map(told).collect()
    }

    #[test]
    fn markup_has_its_places() {
        let html = "1 < 2 <a href='а.md&amp;б'  ID = \"б\" hidden>текст</A><!-- claim: x < y --><img/src=в.png alt=\"1 > 0\"/>конец<br>";
        assert_eq!(
            told(html),
            [
                "\"1 < 2 ",
                "+a href=а.md&б[а.md&amp;б] id=б[б] hidden=[]",
                "\"текст",
                "-a",
                "!claim: x < y",
                "+img src=в.png[в.png] alt=1 > 0[1 > 0]",
                "\"конец",
                "+br"
            ]
        );
    }

    #[test]
    fn what_is_torn_does_not_fail_and_scripts_are_words() {
        for torn in ["<a href=\"", "<a href=", "<a =", "<!--", "<", "<a/", "<a b", "<!-- ы", "</", "<!", "&", "&#"] {
            markup(torn);
        }
        assert_eq!(told("<script>a < b && '<i>'</script>"), ["+script", "\"a < b && '<i>'", "-script"]);
    }
}
