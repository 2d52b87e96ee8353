//! The HTML of formulas: the attributes that are ours, and the form in which Markdown leaves it alone.

use std::fmt::Write as _;

/// What a formula is rendered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    Inline,
    Display,
    /// Characters, where no HTML can be.
    Plain,
}

/// A formula in a sentence.
pub fn inline(katex: &str, source: Option<&str>) -> String {
    with_source(katex.to_owned(), source)
}

/// A formula on its own, with the labels and numbers of its lines. It may be wider than the page, so it can be scrolled, by the
/// keyboard too; what a keyboard can reach needs a name.
pub fn display(katex: &str, labels: &[(&str, usize)], source: Option<&str>) -> String {
    let mut name = "Формула".to_owned();
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
    let root = katex.strip_prefix("<span").expect("KaTeX's root is a span");
    let (attributes, inside) = root.split_once('>').expect("a tag ends");
    let ours = format!("{id} role=\"group\" aria-label=\"{name}\" tabindex=\"0\"");
    with_source(format!("<span{attributes}{ours}>{anchors}{inside}"), source)
}

fn with_source(html: String, source: Option<&str>) -> String {
    match source {
        Some(tex) => format!("<data class=\"katex-src\" value=\"{}\">{html}</data>", text(tex)),
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

/// KaTeX's HTML on one line, in which no Markdown parser and no later preprocessor finds anything of its own. The TeX that KaTeX
/// adds to MathML goes: search would find it.
pub fn inert(katex: &str) -> String {
    let mut safe = String::with_capacity(katex.len() + katex.len() / 8);
    let mut in_tag = false;
    let mut before = None;
    for piece in without_annotation(katex) {
        for letter in piece.chars() {
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
    }
    safe
}

fn without_annotation(katex: &str) -> [&str; 2] {
    const OPEN: &str = "<annotation ";
    const CLOSE: &str = "</annotation>";
    match (katex.find(OPEN), katex.find(CLOSE)) {
        (Some(start), Some(end)) => [&katex[..start], &katex[end + CLOSE.len()..]],
        _ => [katex, ""],
    }
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

fn push_entity(safe: &mut String, letter: char) {
    let _ = write!(safe, "&#{};", u32::from(letter));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_labelled_formula_can_be_linked_to_and_scrolled() {
        let html = display("<span class=\"katex-display\"><b>x</b></span>", &[("eq-а", 3), ("eq-б", 4)], Some("\"<"));
        insta::assert_snapshot!(html, @r#"<data class="katex-src" value="&#34;&#60;"><span class="katex-display" id="eq-а" role="group" aria-label="Формула (3), (4)" tabindex="0"><span id="eq-б"></span><b>x</b></span></data>"#);
    }

    #[test]
    fn nothing_is_left_for_markdown() {
        let katex = "<math class =\"a\"><mi>a_b*c|`\"--...\n{{#x}} &lt;</mi><annotation encoding=\"x\">a|b</annotation></math><path d='M1\n2|'/>";
        insta::assert_snapshot!(inert(katex), @r#"<math class ="a"><mi>a&#95;b&#42;c&#124;&#96;&#34;-&#45;.&#46;&#46;&#10;&#123;&#123;#x&#125;&#125; &lt;</mi></math><path d='M1 2&#124;'/>"#);
    }
}
