//! The HTML of formulas: the attributes that are ours, and the form in which Markdown leaves it alone.

use std::fmt::Write as _;

use page::escape::push_entity;

/// What a formula is rendered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    Inline,
    Display,
    /// Characters, where no HTML can be.
    Plain,
}

/// What the markup of a formula carries besides KaTeX's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extra<'a> {
    /// The TeX, for who copies the formula.
    pub source: Option<&'a str>,
    /// The name of what holds nothing but the formula: a heading, a link, the head of a column.
    pub name: Option<&'a str>,
}

/// A formula in a sentence.
pub fn inline(katex: &str, extra: Extra<'_>) -> String {
    with_attributes(katex, "", "", extra)
}

/// A formula on its own, with the labels and numbers of its lines. It may be wider than the page, so it can be scrolled, by the
/// keyboard too; what a keyboard can reach needs a name: `word` and the numbers.
pub fn display(katex: &str, labels: &[(&str, usize)], word: &str, extra: Extra<'_>) -> String {
    let mut name = word.to_owned();
    let mut id = String::new();
    let mut anchors = String::new();
    for (index, (label, number)) in labels.iter().enumerate() {
        name.push_str(if index == 0 { " " } else { ", " });
        let _ = write!(name, "({number})");
        match index {
            0 => id = format!(" id=\"{}\"", text(label)),
            _ => {
                let _ = write!(anchors, "<span id=\"{}\"></span>", text(label));
            }
        }
    }
    with_attributes(katex, &format!("{id} role=\"group\" aria-label=\"{name}\" tabindex=\"0\""), &anchors, extra)
}

/// The formula with more attributes of its root, and with something in front of what the root holds.
fn with_attributes(katex: &str, attributes: &str, inside: &str, extra: Extra<'_>) -> String {
    let (root, rest) = katex.split_once('>').expect("KaTeX's root is an element");
    let source = extra.source.map_or_else(String::new, |tex| format!(" data-tex=\"{}\"", attribute(tex)));
    let html = format!("{root}{attributes}{source}>{inside}{rest}");
    match extra.name {
        Some(name) => html.replacen("<math", &format!("<math aria-label=\"{}\"", text(name)), 1),
        None => html,
    }
}

/// A text as it stands in Markdown or in an attribute.
pub fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = None;
    for letter in text.chars() {
        match letter {
            '&' | '<' | '>' => push_entity(&mut safe, letter),
            _ => push_inert(&mut safe, letter, before),
        }
        before = Some(letter);
    }
    safe
}

/// A text inside of an attribute, where Markdown looks only for what tears a tag apart.
fn attribute(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = None;
    for letter in text.chars() {
        match letter {
            '&' | '<' | '>' | '"' | '`' | '|' | '$' | '\n' | '\r' | '\t' => push_entity(&mut safe, letter),
            '{' if before == Some('{') => push_entity(&mut safe, letter),
            _ => safe.push(letter),
        }
        before = Some(letter);
    }
    safe
}

/// KaTeX's HTML on one line, in which no Markdown parser and no later preprocessor finds anything of its own.
pub fn inert(katex: &str) -> String {
    let mut safe = String::with_capacity(katex.len() + katex.len() / 8);
    let mut in_tag = false;
    let mut before = None;
    for letter in katex.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => {}
        }
        match letter {
            '\n' | '\r' if in_tag => safe.push(' '),
            '"' | '\'' if in_tag => safe.push(letter),
            _ => push_inert(&mut safe, letter, before),
        }
        before = Some(letter);
    }
    safe
}

/// Writes a character that is no markup of HTML. `before` is the one before it: dots and dashes mean something in numbers only.
fn push_inert(safe: &mut String, letter: char, before: Option<char>) {
    match letter {
        '*' | '_' | '`' | '\\' | '[' | ']' | '|' | '~' | '$' | '{' | '}' | '"' | '\'' | '\n' | '\r' | '\t' => {
            push_entity(safe, letter);
        }
        '-' | '.' if before == Some(letter) => push_entity(safe, letter),
        _ => safe.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_labelled_formula_can_be_linked_to_and_scrolled() {
        let extra = Extra { source: Some("\"<"), name: None };
        let html =
            display("<span class=\"katex-display\"><b>x</b></span>", &[("eq-а", 3), ("eq-б", 4)], "Формула", extra);
        insta::assert_snapshot!(html, @r#"<span class="katex-display" id="eq-а" role="group" aria-label="Формула (3), (4)" tabindex="0" data-tex="&#34;&#60;"><span id="eq-б"></span><b>x</b></span>"#);
    }

    #[test]
    fn what_holds_only_a_formula_is_named_by_it() {
        let html =
            inline("<span class=\"katex\"><math><mi>α</mi></math></span>", Extra { source: None, name: Some("α < 1") });
        insta::assert_snapshot!(html, @r#"<span class="katex"><math aria-label="α &#60; 1"><mi>α</mi></math></span>"#);
    }

    #[test]
    fn nothing_is_left_for_markdown() {
        let katex = "<math class =\"a\"><mi>a_b*c|`\"--...\n{{#x}} &lt;</mi></math><path d='M1\n2|'/>";
        insta::assert_snapshot!(inert(katex), @r#"<math class ="a"><mi>a&#95;b&#42;c&#124;&#96;&#34;-&#45;.&#46;&#46;&#10;&#123;&#123;#x&#125;&#125; &lt;</mi></math><path d='M1 2&#124;'/>"#);
    }
}
