//! Tags without their pair. What an open `<details>` folds is folded to the end of the page, and `Vec<f64>` outside of code is «Vec».

use std::ops::Range;

use diagnostic::nearest;

use ::page::Finding;
use ::page::markup::Kind;
use ::page::outline::What;

use crate::page::Page;

const RULE: &str = "tag";
/// Elements that nothing closes, and those that HTML closes by itself.
const ALONE: [&str; 33] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param",
    "html", "head", "body", "p", "li", "dt", "dd", "rt", "rp", "option", "optgroup", "colgroup", "caption", "thead",
    "tbody", "tfoot", "tr", "td", "th",
];
/// Elements with words or other elements inside.
const PAIRS: [&str; 66] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "button",
    "canvas",
    "circle",
    "cite",
    "code",
    "data",
    "defs",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "iframe",
    "ins",
    "kbd",
    "label",
    "mark",
    "math",
    "nav",
    "object",
    "ol",
    "path",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "text",
    "u",
    "ul",
    "video",
];

/// Elements that are rarely written in a book, but are there.
const MORE: [&str; 26] = [
    "tt", "var", "acronym", "bdo", "big", "center", "datalist", "dialog", "font", "hgroup", "legend", "main", "map",
    "menu", "meter", "noscript", "output", "progress", "ruby", "script", "search", "select", "slot", "strike",
    "template", "time",
];

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut open: Vec<(String, Range<usize>)> = Vec::new();
    let mut findings = Vec::new();
    for piece in &page.outline.pieces {
        let What::Markup(markup) = &piece.what else { continue };
        if let Kind::Open(tag) = &markup.kind {
            findings.extend(misspelt(page, &tag.name, &piece.range, &open));
            findings.extend(folds_nothing(&tag.name, &piece.range, &open));
        }
        match &markup.kind {
            Kind::Open(tag) if !tag.closed && !ALONE.contains(&&*tag.name) => {
                open.push((tag.name.clone(), piece.range.clone()));
            }
            Kind::Close(name) if !ALONE.contains(&&**name) => {
                match open.iter().rposition(|(opened, _)| opened == name) {
                    Some(at) => {
                        let inside = open.split_off(at).into_iter().skip(1);
                        findings.extend(inside.map(|(name, range)| unclosed(page, &name, range)));
                    }
                    None => findings.push(closes_nothing(name, piece.range.clone(), &mut open)),
                }
            }
            _ => {}
        }
    }
    findings.extend(open.into_iter().map(|(name, range)| unclosed(page, &name, range)));
    findings
}

/// `<detail>`, which no browser folds. What is drawn and what is set as mathematics has elements of its own.
fn misspelt(page: &Page<'_>, name: &str, range: &Range<usize>, open: &[(String, Range<usize>)]) -> Option<Finding> {
    let known = || PAIRS.into_iter().chain(ALONE);
    let is_other = open.iter().any(|(around, _)| ["svg", "math"].contains(&around.as_str()));
    // What is not closed anywhere is told as that.
    let is_closed = page.text[range.end..].contains(&format!("</{name}>"));
    if is_other || !is_closed || name.contains('-') || MORE.contains(&name) || known().any(|known| known == name) {
        return None;
    }
    let meant = nearest(name, known())?;
    let message = format!("HTML has no `<{name}>`: it does nothing");
    Some(Finding::new(RULE, range.clone(), message, format!("did you mean `<{meant}>`?")))
}

/// `<summary>` that is not in `<details>`.
fn folds_nothing(name: &str, range: &Range<usize>, open: &[(String, Range<usize>)]) -> Option<Finding> {
    // What stands around it may be `<details>` misspelt, which is told as that.
    let is_inside = open.last().is_some_and(|(around, _)| around == "details" || !PAIRS.contains(&around.as_str()));
    (name == "summary" && !is_inside).then(|| {
        let message = "`<summary>` outside of `<details>` folds nothing".to_owned();
        Finding::new(
            RULE,
            range.clone(),
            message,
            "write `<details>` before it, and `</details>` where the answer ends",
        )
    })
}

/// A tag that closes what was never opened: most often it is misspelt, and what it was meant for needs no other word.
fn closes_nothing(name: &str, range: Range<usize>, open: &mut Vec<(String, Range<usize>)>) -> Finding {
    let meant = nearest(name, open.iter().map(|(opened, _)| opened.as_str())).map(str::to_owned);
    let help = match &meant {
        Some(meant) => format!("did you mean `</{meant}>`?"),
        None => "remove it, or open the element where it begins".to_owned(),
    };
    if let Some(at) = open.iter().rposition(|(opened, _)| Some(opened) == meant.as_ref()) {
        open.remove(at);
    }
    Finding::new(RULE, range, format!("`</{name}>` closes nothing"), help)
}

fn unclosed(page: &Page<'_>, name: &str, range: Range<usize>) -> Finding {
    let written = &page.text[range.clone()];
    if PAIRS.contains(&name) || name.contains('-') {
        let message = format!("`<{name}>` is not closed: it goes on to the end of the page");
        let help = format!("write `</{name}>` where it ends, or `\\<` for the sign itself");
        return Finding::new(RULE, range, message, help);
    }
    let message = format!("`{written}` is read as a tag of HTML, and not shown");
    Finding::new(RULE, range, message, format!("write it as code, `` `{written}` ``, or `\\<` for the sign itself"))
}
