//! Pages of random pieces of Markdown, and what must be true of all of them.

use mdbook_markdown::pulldown_cmark::{Event, Tag};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

/// Without pictures: formulas in their texts become characters, of which there is no telling what they were.
const PIECES: [&str; 64] = [
    "$x$",
    "$a_1 * b_2$",
    "$$y$$",
    "$$\nz\n$$",
    "$\\|w\\|$",
    "$|w|$",
    "$\\text{* \\_ [а](б) ~}$",
    "$\\backslash$",
    "$\\foo$",
    "$",
    "$$",
    "\\$",
    "5$",
    "$5",
    " 10$, ",
    "$,",
    "\\",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "](б.md)",
    "][]",
    "%",
    "+",
    "[^1]",
    "\n[^1]: ",
    "<b>",
    "</b>",
    "<span title=\"",
    "\">",
    "<!--",
    "-->",
    "\n<div>\n",
    "\n\n</div>\n",
    "{",
    "}",
    "\n> ",
    "\n- п ",
    "\n1. п ",
    "\n# ",
    "\n## ",
    " ##\n",
    "\n---\n",
    "\n===\n",
    "\n```\n",
    "\n~~~\n",
    "\n    ",
    "\n| а | б |\n|---|---|\n| ",
    " | ",
    " |\n",
    "\n: ",
    "\n\n",
    "\n",
    "  \n",
    " ",
    " слово ",
    "ё",
    "&amp;",
    "\r\n",
    "\n\n[$x$]: б.md\n\n",
];

/// The page of a seed.
pub fn text(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..=next(40)).map(|_| PIECES[next(PIECES.len())]).collect()
}

/// The ranges of formulas in a typeset page.
fn formulas(page: &str) -> Vec<std::ops::Range<usize>> {
    let mut formulas = Vec::new();
    let mut at = 0;
    while let Some(found) = page[at..].find("<span class=\"katex") {
        let start = at + found;
        at = start + super::element(&page[start..]).len();
        formulas.push(start..at);
    }
    formulas
}

/// Cutting the formulas out of `page` leaves what cutting some `$…$` out of `text` leaves, besides ids of headings.
pub fn assert_only_formulas_changed(text: &str, page: &str) {
    let mut pieces = Vec::new();
    let mut at = 0;
    for formula in formulas(page) {
        pieces.push(&page[at..formula.start]);
        at = formula.end;
    }
    pieces.push(&page[at..]);
    let pieces: Vec<String> = pieces.into_iter().map(without_id).collect();
    assert!(fits(text, &pieces), "{text:?} became {page:?}");
}

/// Without ` {#id}`, and without `#id ` in an attribute that was there.
fn without_id(piece: &str) -> String {
    let Some((before, rest)) = piece.split_once("{#") else { return piece.to_owned() };
    let end = rest.find([' ', '}']).unwrap();
    let after = without_id(&rest[end + 1..]);
    match before.strip_suffix(' ') {
        Some(before) if rest[end..].starts_with('}') => before.to_owned() + &after,
        _ => format!("{before}{{{after}"),
    }
}

fn fits(text: &str, pieces: &[String]) -> bool {
    let (piece, others) = pieces.split_first().unwrap();
    let Some(rest) = text.strip_prefix(piece.as_str()) else { return false };
    if others.is_empty() {
        return rest.is_empty();
    }
    let ends = rest.match_indices('$').map(|(at, _)| at + 1).filter(|end| *end > 2);
    rest.starts_with('$') && ends.into_iter().any(|end| fits(&rest[end..], others))
}

/// mdBook's parser sees only tags and text in the formulas of a page.
pub fn assert_inert(text: &str, page: &str) {
    let events: Vec<_> = new_cmark_parser(page, &MarkdownOptions::default()).into_offset_iter().collect();
    for formula in formulas(page) {
        // Blocks may begin and end at the same bytes as a formula.
        let inside = events.iter().filter(|(event, range)| {
            let is_block = matches!(event, Event::Start(tag) if !is_inline(tag)) || matches!(event, Event::End(_));
            formula.contains(&range.start) && range.end <= formula.end && !is_block
        });
        let inside: Vec<_> = inside.map(|(event, _)| event).collect();
        let is_inert = inside.iter().all(|event| matches!(event, Event::InlineHtml(_) | Event::Text(_)));
        let begins = matches!(inside.first(), Some(Event::InlineHtml(tag)) if tag.starts_with("<span class=\"katex"));
        assert!(is_inert && begins, "{text:?} became {page:?} with {inside:?}");
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}
