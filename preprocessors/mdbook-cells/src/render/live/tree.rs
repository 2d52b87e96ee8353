//! Markup as a tree, just as far as two states of one output can be compared.

use std::ops::Range;

/// An element of markup that is already clean: balanced, lower case, attributes in double quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its attributes begin: behind its name.
    pub at: usize,
    /// Attributes as they are written, entities and all.
    pub attributes: Vec<(&'a str, &'a str)>,
    /// What is between its tags.
    pub inside: Range<usize>,
    /// Its children.
    pub children: Vec<Node<'a>>,
}

/// A child of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// Text, entities and all.
    Text(&'a str),
    /// An element.
    Element(Element<'a>),
}

/// Elements of HTML that have no end.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "source", "track", "wbr"];

/// Reads markup that is one element; `None` when it is not.
pub fn parse(markup: &str) -> Option<Element<'_>> {
    let mut reader = Reader { markup, at: 0 };
    let element = reader.element()?;
    (reader.at == markup.len()).then_some(element)
}

struct Reader<'a> {
    markup: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.markup[self.at..]
    }

    fn skip(&mut self, text: &str) -> Option<()> {
        self.rest().starts_with(text).then(|| self.at += text.len())
    }

    fn until(&mut self, end: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let text = &rest[..rest.find(end).unwrap_or(rest.len())];
        self.at += text.len();
        text
    }

    fn element(&mut self) -> Option<Element<'a>> {
        self.skip("<")?;
        let name = self.until(|letter| letter.is_whitespace() || matches!(letter, '/' | '>'));
        let at = self.at;
        let mut attributes = Vec::new();
        loop {
            self.until(|letter| !letter.is_whitespace());
            if self.skip("/>").is_some() {
                return Some(Element { name, at, attributes, inside: self.at..self.at, children: Vec::new() });
            }
            if self.skip(">").is_some() {
                break;
            }
            attributes.push(self.attribute()?);
        }
        let begin = self.at;
        if VOID.contains(&name) {
            return Some(Element { name, at, attributes, inside: begin..begin, children: Vec::new() });
        }
        let mut children = Vec::new();
        loop {
            let end = self.at;
            if self.skip("</").is_some() {
                self.skip(name)?;
                self.skip(">")?;
                return Some(Element { name, at, attributes, inside: begin..end, children });
            }
            children.push(match self.rest().chars().next()? {
                '<' => Node::Element(self.element()?),
                _ => Node::Text(self.until(|letter| letter == '<')),
            });
        }
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let name = self.until(|letter| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'));
        if name.is_empty() {
            return None;
        }
        if self.skip("=").is_none() {
            return Some((name, ""));
        }
        let quote = self.rest().chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        self.at += 1;
        let value = self.until(|letter| letter == quote);
        self.at += 1;
        Some((name, value))
    }
}

/// The text that an attribute's source means; `None` with an entity that is not known here.
pub fn unescaped(source: &str) -> Option<String> {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (entity, after) = after.split_once(';')?;
        text.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            _ => char::from_u32(entity.strip_prefix('#')?.parse().ok()?)?,
        });
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_read_with_its_places() {
        let markup = "<div class=\"a\" hidden><b>шаг &lt; 1</b><br><path d='M0 0'/></div>";
        let element = parse(markup).unwrap();
        assert_eq!(element.attributes, [("class", "a"), ("hidden", "")]);
        assert_eq!(&markup[element.inside.clone()], "<b>шаг &lt; 1</b><br><path d='M0 0'/>");
        let names: Vec<&str> = element
            .children
            .iter()
            .map(|node| match node {
                Node::Element(element) => element.name,
                Node::Text(text) => text,
            })
            .collect();
        assert_eq!(names, ["b", "br", "path"]);
        for bad in ["<a><b></a></b>", "<a>", "текст", "<a/><b/>", "<a b=c></a>"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn entities_are_what_they_mean() {
        assert_eq!(unescaped("a &lt; &#36;&quot;").as_deref(), Some("a < $\""));
        assert_eq!(unescaped("&bogus;"), None);
    }
}
