//! What a page has for us: formulas, links to formulas, headings with formulas, dollars that are none of these.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::found::{Dollar, Formula, Found, Heading, Kind, LinkText, Reference};
use crate::markup::{self, Element};
use page::prices::begins_with_a_price;

/// Looks through a page.
pub fn find(text: &str, extensions: Options) -> Found {
    // A formula needs a dollar, a command a backslash; parsing a page for nothing is the greater part of a warm build.
    if !text.contains(['$', '\\']) && !text.contains(LABEL) {
        return Found::default();
    }
    let mut masked = Cow::Borrowed(text);
    loop {
        let mut finder = Finder { text, masked: &masked, ..Finder::default() };
        for (event, range) in Parser::new_ext(&masked, extensions).into_offset_iter() {
            finder.event(event, range);
        }
        let Finder { found, prices, .. } = finder;
        if prices.is_empty() {
            return found;
        }
        // Without them other dollars are pairs; `%` is as much as `$` to the rest of Markdown.
        for at in prices {
            masked.to_mut().replace_range(at..at + 1, "%");
        }
    }
}

/// How the address of a formula's label begins.
const LABEL: &str = "#eq-";

#[derive(Default)]
struct Finder<'a> {
    text: &'a str,
    /// The text without the dollars that are known to be money.
    masked: &'a str,
    found: Found,
    /// Dollars that begin what looks like a formula and are money.
    prices: Vec<usize>,
    heading: Option<Heading>,
    link: Option<Reference>,
    /// In a link that is named by its text.
    name: bool,
    images: usize,
    code: bool,
    table: bool,
    head: bool,
    /// What is named by its content and not ended yet.
    named: Vec<Named>,
}

/// The content of something that is named by it.
#[derive(Debug, Default)]
struct Named {
    /// Places in the list of formulas.
    formulas: Vec<usize>,
    words: bool,
}

impl Finder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text, &range),
            Event::Code(text) => {
                self.named.iter_mut().for_each(|named| named.words = true);
                self.heading_text(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.heading_text("\n"),
            Event::InlineMath(tex) => self.formula(&tex, &range, Kind::Inline),
            Event::DisplayMath(tex) => self.formula(&tex, &range, Kind::Display),
            _ => {}
        }
        if let Some(heading) = &mut self.heading {
            heading.end = heading.end.max(range.end);
        }
        if let Some(link) = &mut self.link {
            link.number_at = link.number_at.max(range.end);
            if link.text == LinkText::Empty {
                link.text = LinkText::Words;
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::CodeBlock(_) => self.code = true,
            Tag::Table(_) => self.table = true,
            Tag::TableHead => self.head = true,
            Tag::TableCell if self.head => self.named.push(Named::default()),
            Tag::HtmlBlock => self.html(range),
            Tag::Image { .. } => {
                self.named.iter_mut().for_each(|named| named.words = true);
                self.images += 1;
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.name = matches!(link_type, LinkType::Collapsed | LinkType::Shortcut);
                self.link = reference(link_type, &dest_url, range);
                self.named.push(Named::default());
            }
            Tag::Heading { id, classes, attrs, .. } => {
                self.named.push(Named::default());
                self.heading = Some(Heading {
                    end: range.start,
                    range,
                    id: id.map(|id| id.to_string()),
                    text: String::new(),
                    formulas: false,
                    attributes: !classes.is_empty() || !attrs.is_empty(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Table => self.table = false,
            TagEnd::TableHead => self.head = false,
            TagEnd::TableCell if self.head => self.end_named(),
            TagEnd::Image => self.images -= 1,
            TagEnd::Link => {
                self.end_named();
                self.name = false;
                self.found.references.extend(self.link.take());
            }
            TagEnd::Heading(_) => {
                self.end_named();
                self.found.headings.extend(self.heading.take());
            }
            _ => {}
        }
    }

    fn end_named(&mut self) {
        let Some(named) = self.named.pop() else { return };
        if !named.words {
            named.formulas.into_iter().for_each(|index| self.found.formulas[index].sole = true);
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if self.code {
            return;
        }
        if !words.trim().is_empty() {
            self.named.iter_mut().for_each(|named| named.words = true);
        }
        if self.images == 0 {
            self.heading_text(words);
        }
        let text = self.text;
        self.found.commands.extend(commands(text, range));
        let dollars = text[range.clone()].match_indices('$').map(|(at, _)| range.start + at);
        let table = self.table;
        self.found.dollars.extend(dollars.filter(|at| !is_escaped(text, *at)).map(|at| Dollar { at, table }));
    }

    /// The titles of what folds, in a block of HTML.
    fn html(&mut self, block: Range<usize>) {
        let text = self.text;
        let summaries = markup::words(&text[block.clone()]);
        for words in summaries.iter().filter(|words| words.element == Element::Summary) {
            let formulas = markup::formulas(text, &block, words);
            let range = block.start + words.range.start..block.start + words.range.end;
            let dollars = text[range.clone()].match_indices('$').map(|(at, _)| range.start + at);
            let lone = dollars.filter(|at| !formulas.iter().any(|formula| formula.contains(at)));
            self.found.dollars.extend(lone.map(|at| Dollar { at, table: false }));
            self.found.formulas.extend(formulas.into_iter().map(|range| {
                let tex = text[range.start + 1..range.end - 1].to_owned();
                let sole =
                    text[block.start + words.range.start..block.start + words.range.end].trim() == &text[range.clone()];
                Formula { range, tex, kind: Kind::Inline, sole }
            }));
        }
        self.found.html.push(block);
    }

    fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    fn formula(&mut self, tex: &str, range: &Range<usize>, kind: Kind) {
        let is_money = self.text[range.clone()] != self.masked[range.clone()];
        if is_money || (kind == Kind::Inline && begins_with_a_price(self.text, range)) {
            self.prices.push(range.start);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.formulas = true;
            heading.text.push(' ');
        }
        let kind = match kind {
            _ if self.name => Kind::Name,
            _ if self.images > 0 => Kind::Alt,
            kind => kind,
        };
        let index = self.found.formulas.len();
        self.named.iter_mut().for_each(|named| named.formulas.push(index));
        self.found.formulas.push(Formula { range: range.clone(), tex: tex.to_owned(), kind, sole: false });
    }
}

fn reference(link: LinkType, address: &str, range: Range<usize>) -> Option<Reference> {
    let (page, label) = address.split_once('#')?;
    let is_ours = label.starts_with(&LABEL[1..]) && (page.is_empty() || (page.ends_with(".md") && !page.contains(':')));
    if !is_ours {
        return None;
    }
    let text = match link {
        LinkType::Inline | LinkType::Reference | LinkType::ReferenceUnknown => LinkText::Empty,
        _ => LinkText::Name,
    };
    let number_at = range.start + 1;
    Some(Reference { range, number_at, text, page: page.to_owned(), label: label.to_owned() })
}

/// The commands with arguments in a range of the text.
fn commands(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let backslashes = text[range.clone()].match_indices('\\').map(|(at, _)| range.start + at);
    let command = |start: usize| {
        let rest = &text[start + 1..range.end];
        let length = rest.find(|letter: char| !letter.is_ascii_alphabetic())?;
        let is_command = length > 0 && rest[length..].starts_with('{') && !is_escaped(text, start);
        is_command.then(|| start..start + 1 + length)
    };
    backslashes.filter_map(command).collect()
}

fn is_escaped(text: &str, at: usize) -> bool {
    let before = &text[..at];
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::settings::tests::read;

    /// The formulas and lone dollars of a page, a line each.
    fn list(text: &str) -> String {
        let found = find(text, read("").unwrap().extensions);
        let mut list = String::new();
        for formula in &found.formulas {
            writeln!(list, "{:?} {:?} at {:?}", formula.kind, formula.tex, &text[formula.range.clone()]).unwrap();
        }
        for dollar in &found.dollars {
            writeln!(list, "$ at {} in {:?}", dollar.at, text[dollar.at..].lines().next().unwrap()).unwrap();
        }
        list
    }

    #[test]
    fn formulas_stand_in_quotes_lists_tables_headings_and_notes() {
        let text = "\
# Шаг $\\eta$\n\n> Цитата:\n> $$\n> a +\n>   b\n> $$\n\n- пункт $x_1 * y$\n  $$\n  c\n  $$\n
| $a \\| b$ | $\\|w\\|$ |\n|---|---|\n| $\\alpha$ | 1 |\n\nЗнак.[^1] ![Кривая $f(x)$](f.svg) [текст $t$](a.md)\n
[^1]: Сноска $s$.\n";
        insta::assert_snapshot!(list(text));
    }

    #[test]
    fn code_comments_and_attributes_have_no_formulas() {
        let text = "\
`$a$` и `` $b$ ` `` и <!-- $c$ --> и <span title=\"$d$\">е</span>\n\n~~~text\n$f$\n~~~\n\n    $g$\n
<!-- $h$\n\n$i$ -->\n\n<div title=\"$j$\">\n</div>\n";
        insta::assert_snapshot!(list(text), @"");
    }

    #[test]
    fn what_has_nothing_but_formulas_is_known() {
        let text = "# $a$\n\n## $b$ и $c$\n\n| $d$ | $e$ х |\n|---|---|\n| $f$ | $g$ |\n\n[$h$](а.md) [*$i$*, $j$](а.md) [$k$ *$l$*](а.md) $m$\n
<details><summary>$n$</summary>\n\n## `о` $p$\n\n[![$q$](r.svg) $s$](t.md)\n";
        let found = find(text, read("").unwrap().extensions);
        let sole: String = found.formulas.iter().filter(|formula| formula.sole).map(|formula| &*formula.tex).collect();
        assert_eq!(sole, "adhkln");
    }

    #[test]
    fn an_unpaired_backtick_hides_nothing() {
        insta::assert_snapshot!(list("Знак ` и $\\backslash$, потом $a_1$ и $b_2$.\n"), @r#"
        Inline "\\backslash" at "$\\backslash$"
        Inline "a_1" at "$a_1$"
        Inline "b_2" at "$b_2$"
        "#);
    }

    #[test]
    fn prices_are_not_formulas() {
        insta::assert_snapshot!(list(
            "Стоит 5$ и 10$, `$PATH`. Или 5$, а не 10$! Или $5,$10, за 5$, но ($y$). Или \\$x\\$. А $x$ — да, 3$\\sigma$ тоже.\n"
        ));
    }

    #[test]
    fn the_end_of_a_heading_is_the_end_of_its_words() {
        let text = "## Нормы $L_1$ и `L2` ##\n\nПод $x$\nчертой\n===\n\n# Есть {#id .c}\n";
        let found = find(text, read("").unwrap().extensions);
        let ends: Vec<_> = found.headings.iter().map(|heading| (&text[..heading.end], &*heading.text)).collect();
        assert_eq!(ends[0], ("## Нормы $L_1$ и `L2`", "Нормы   и L2"));
        assert!(ends[1].0.ends_with("чертой"));
        assert_eq!(found.headings[2].id.as_deref(), Some("id"));
    }

    #[test]
    fn a_link_to_a_formula_knows_where_its_number_goes() {
        let text = "[формула](#eq-a) [](b/c.md#eq-b) [*ф*](#eq-c) [г][] [д](https://x.md#eq-d) $x$\n\n[г]: #eq-г\n";
        let found = find(text, read("").unwrap().extensions);
        let ends: Vec<_> = found
            .references
            .iter()
            .map(|link| (&text[link.range.start..link.number_at], link.text, &*link.page))
            .collect();
        let expected = [
            ("[формула", LinkText::Words, ""),
            ("[", LinkText::Empty, "b/c.md"),
            ("[*ф*", LinkText::Words, ""),
            ("[г", LinkText::Name, ""),
        ];
        assert_eq!(ends, expected);
    }
}
