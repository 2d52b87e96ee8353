//! Entities that are none, `&nbps;` and `&nbsp` without its end: a reader sees their letters.

use diagnostic::nearest;

use ::page::Finding;

use crate::page::Page;

const RULE: &str = "entity";
/// What authors write by name; of a name that is like none of these nothing is known.
const NAMES: [&str; 26] = [
    "amp", "copy", "deg", "euro", "gt", "hellip", "laquo", "ldquo", "lsquo", "lt", "mdash", "middot", "minus", "nbsp",
    "ndash", "para", "quot", "raquo", "rarr", "rdquo", "rsquo", "sect", "shy", "thinsp", "times", "zwj",
];

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let literal = page.literal();
    let signs = literal.iter().flat_map(|piece| {
        let signs = page.text[piece.clone()].match_indices('&');
        signs.map(|(at, _)| piece.start + at)
    });
    signs.filter(|at| !page.is_escaped(*at)).filter_map(|at| shown(page, at)).collect()
}

fn shown(page: &Page<'_>, at: usize) -> Option<Finding> {
    let behind = &page.text[at + 1..];
    let name = &behind[..behind.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(behind.len())];
    let is_ended = behind[name.len()..].starts_with(';');
    let meant = match NAMES.contains(&name) {
        true => name,
        false if is_ended && name.len() > 1 => nearest(name, NAMES)?,
        false => return None,
    };
    let end = at + 1 + name.len() + usize::from(is_ended);
    let message = format!("a reader sees `{}` as it is written: no sign is made of it", &page.text[at..end]);
    let finding = Finding::new(RULE, at..end, message, format!("write `&{meant};`, or `\\&` for the letter itself"));
    Some(if meant == name { finding.fixed(format!("&{name};")) } else { finding })
}
