//! Marks of other tools, which mdBook does not know and shows as they are written: `==words==`, `x^2^`, `{width=50}`, `[TOC]`, `{% raw %}`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use ::page::Finding;

use crate::page::Page;

const RULE: &str = "foreign";
/// Commands of TeX that lay out a text, or are words of it.
const COMMANDS: [&str; 14] = [
    "LaTeX",
    "TeX",
    "bigskip",
    "centering",
    "clearpage",
    "hfill",
    "item",
    "maketitle",
    "medskip",
    "newline",
    "newpage",
    "noindent",
    "pagebreak",
    "tableofcontents",
];
/// What other tools begin a remark with, on a line of its own.
const FENCES: [&str; 5] = [":::", "!!!", "???", "///", "%%"];
/// What they make a list of contents of.
const CONTENTS: [&str; 5] = ["[TOC]", "[toc]", "[[TOC]]", "[[toc]]", "[[_TOC_]]"];

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = page.literal().iter().flat_map(|piece| in_text(page, piece)).collect();
    findings.extend(attributes(page));
    findings.extend(page.blocks().iter().filter_map(|block| at_the_beginning(page, block)));
    findings
}

fn in_text(page: &Page<'_>, piece: &Range<usize>) -> Vec<Finding> {
    let text = &page.text[piece.clone()];
    let found = [
        between(text, "==").map(|range| (range, "highlights nothing here", "write `<mark>…</mark>`, or `**…**`")),
        between(text, "++").map(|range| (range, "underlines nothing here", "write `<ins>…</ins>`, or `*…*`")),
        raised(text).map(|range| (range, "raises nothing here", "write a formula, `$x^2$`, or `<sup>…</sup>`")),
        template(text).map(|range| (range, "is no instruction here", "remove it, or put it into backticks")),
        emoji(text).map(|range| (range, "is no sign here", "write the sign itself, or put it into backticks")),
        command(text).map(|range| {
            (range, "is a command of TeX, and does nothing here", "remove it, or write what it stands for")
        }),
        label(text)
            .map(|range| (range, "refers to nothing here", "refer by a link: `[рис.](#fig-…)`, `[формула](#eq-…)`")),
    ];
    let told = found.into_iter().flatten().filter(|(range, ..)| !page.is_escaped(piece.start + range.start));
    told.map(|(range, what, help)| finding(page, piece.start + range.start..piece.start + range.end, what, help))
        .collect()
}

fn finding(page: &Page<'_>, place: Range<usize>, what: &str, help: &str) -> Finding {
    let message = format!("`{}` {what}: a reader sees it as it is written", &page.text[place.clone()]);
    Finding::new(RULE, place, message, help)
}

/// Words that two equal marks touch from both sides, and from outside no letter.
fn between(text: &str, mark: &str) -> Option<Range<usize>> {
    let sign = mark.chars().next()?;
    let mut from = 0;
    while let Some(at) = text[from..].find(mark).map(|at| from + at) {
        let inside = &text[at + mark.len()..];
        from = at + mark.len();
        let Some(length) = inside.find(mark) else { break };
        let (words, behind) = (&inside[..length], &inside[length + mark.len()..]);
        let touches = words.starts_with(char::is_alphanumeric)
            && words.ends_with(|letter: char| letter.is_alphanumeric() || ".,»!?)".contains(letter));
        let is_alone = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != sign);
        if touches && is_alone(text[..at].chars().next_back()) && is_alone(behind.chars().next()) {
            return Some(at..at + mark.len() + length + mark.len());
        }
    }
    None
}

/// `x^2^`.
fn raised(text: &str) -> Option<Range<usize>> {
    text.match_indices('^').find_map(|(at, _)| {
        let inside = &text[at + 1..];
        let length = inside.find('^')?;
        let is_power =
            length > 0 && inside[..length].chars().all(|letter| letter.is_alphanumeric() || "+-−".contains(letter));
        let touches = text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == ')');
        (is_power && touches).then(|| at..at + length + 2)
    })
}

/// `{% raw %}`.
fn template(text: &str) -> Option<Range<usize>> {
    let at = text.find("{%")?;
    let length = text[at..].find("%}")?;
    Some(at..at + length + "%}".len())
}

/// `:smile:`.
fn emoji(text: &str) -> Option<Range<usize>> {
    text.match_indices(':').find_map(|(at, _)| {
        let inside = &text[at + 1..];
        let length = inside.find(':')?;
        let name = &inside[..length];
        let is_name = length > 2 && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
        let is_alone =
            |letter: Option<char>| letter.is_none_or(|letter| letter.is_whitespace() || ".,)(".contains(letter));
        let ends = is_alone(inside[length + 1..].chars().next());
        (is_name && ends && is_alone(text[..at].chars().next_back())).then(|| at..at + length + 2)
    })
}

/// `\newpage`.
fn command(text: &str) -> Option<Range<usize>> {
    text.match_indices('\\').find_map(|(at, _)| {
        let inside = &text[at + 1..];
        let name = &inside[..inside.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(inside.len())];
        COMMANDS.contains(&name).then(|| at..at + 1 + name.len())
    })
}

/// `@fig-x`.
fn label(text: &str) -> Option<Range<usize>> {
    text.match_indices('@').find_map(|(at, _)| {
        let inside = &text[at + 1..];
        let is_label = ["fig-", "tbl-", "eq-", "sec-", "lst-"].iter().any(|kind| inside.starts_with(kind));
        let end =
            inside.find(|letter: char| !letter.is_alphanumeric() && !"-_".contains(letter)).unwrap_or(inside.len());
        (is_label && !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '['))
            .then(|| at..at + 1 + end)
    })
}

/// `{width=50}`, `{#fig-x}`, `{.wide}` behind a picture, a link or code.
fn attributes(page: &Page<'_>) -> Vec<Finding> {
    let ends = page.events.iter().zip(page.events.iter().skip(1));
    let behind =
        ends.filter(|((event, _), _)| matches!(event, Event::End(TagEnd::Image | TagEnd::Link) | Event::Code(_)));
    let found = behind.filter_map(|(_, (event, range))| {
        let text = &page.text[range.clone()];
        let inside = text.strip_prefix('{').filter(|_| matches!(event, Event::Text(_)))?;
        let words = &inside[..inside.find('}')?];
        let is_one = |word: &str| {
            word.starts_with(['#', '.']) && word.len() > 1
                || word.split_once('=').is_some_and(|(key, _)| !key.is_empty())
        };
        let is_meant = !words.is_empty() && words.split_whitespace().all(is_one);
        is_meant.then(|| range.start..range.start + words.len() + 2)
    });
    let help = "remove it: what is to look otherwise is HTML, as in `<img src=\"…\" alt=\"…\" width=\"50\">`";
    found.map(|place| finding(page, place, "sets nothing here", help)).collect()
}

/// `:::note`, `!!! note`, `[TOC]` at the beginning of a paragraph.
fn at_the_beginning(page: &Page<'_>, block: &[Range<usize>]) -> Option<Finding> {
    let start = block.first()?.start;
    let line = &page.text[start..page.line(start).end];
    if page.is_escaped(start)
        || !page.events.iter().any(|(event, range)| *event == Event::Start(Tag::Paragraph) && range.start == start)
    {
        return None;
    }
    if let Some(contents) = CONTENTS.iter().find(|contents| line.trim_end() == **contents) {
        let help = "remove it: the headings of a page stand beside it";
        return Some(finding(page, start..start + contents.len(), "makes no list here", help));
    }
    let mark = FENCES.iter().find(|mark| line.starts_with(**mark))?;
    let word = line[mark.len()..].trim_start_matches([' ', ':', '{', '.']);
    let is_meant = word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let help = "a remark is a quotation: `> [!NOTE]`, and its lines begin with `>`";
    is_meant.then(|| finding(page, start..start + mark.len(), "begins no remark here", help))
}
