//! What a page has for us: formulas, links to formulas, headings with formulas, dollars that are none of these.

use std::ops::Range;

use page::Outline;
use page::outline::{self, Form, Link, Piece, What};
use pulldown_cmark::Options;

use crate::found::{Dollar, Formula, Found, Heading, Kind, LinkText, Reference};
use crate::markup::{self, Element};

/// How the address of a formula's label begins.
const LABEL: &str = "#eq-";

/// Looks through a page.
pub fn find(text: &str, extensions: Options) -> Found {
    // A formula needs a dollar, a command a backslash; parsing a page for nothing is the greater part of a warm build.
    if !text.contains(['$', '\\']) && !text.contains(LABEL) {
        return Found::default();
    }
    let outline = Outline::with(text, extensions);
    let mut finder = Finder { text, outline: &outline, found: Found::default() };
    for (index, piece) in outline.pieces.iter().enumerate() {
        match &piece.what {
            What::Text(_) => finder.words(piece),
            What::Formula(formula) => finder.formula(piece, formula),
            What::Html => finder.html(&piece.range),
            What::Link(link) => finder.link(index, link),
            What::Heading(heading) => finder.heading(index, heading),
            _ => {}
        }
    }
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    outline: &'a Outline,
    found: Found,
}

impl Finder<'_> {
    fn words(&mut self, piece: &Piece) {
        let (text, range) = (self.text, &piece.range);
        self.found.commands.extend(commands(text, range));
        let table = self.outline.is_in(piece, |around| *around == What::Table);
        let dollars = text[range.clone()].match_indices('$').map(|(at, _)| range.start + at);
        self.found.dollars.extend(dollars.filter(|at| !is_escaped(text, *at)).map(|at| Dollar { at, table }));
    }

    fn formula(&mut self, piece: &Piece, formula: &outline::Formula) {
        let is_in = |is: fn(&What) -> bool| self.outline.is_in(piece, is);
        let kind = if is_in(|around| matches!(around, What::Link(link) if link.form == Form::Name)) {
            Kind::Name
        } else if is_in(|around| matches!(around, What::Picture(_))) {
            Kind::Alt
        } else if formula.is_display {
            Kind::Display
        } else {
            Kind::Inline
        };
        let sole = self.outline.ancestors(piece).any(|around| self.is_named(around) && !self.has_words(around));
        self.found.formulas.push(Formula { range: piece.range.clone(), tex: formula.tex.clone(), kind, sole });
    }

    /// A heading, a link and the head of a column are named by what they hold.
    fn is_named(&self, piece: &Piece) -> bool {
        let is_head =
            |row: &Piece| self.outline.ancestors(row).next().is_some_and(|table| table.range.start == row.range.start);
        match piece.what {
            What::Heading(_) | What::Link(_) => true,
            What::TableCell => self.outline.ancestors(piece).next().is_some_and(is_head),
            _ => false,
        }
    }

    fn has_words(&self, around: &Piece) -> bool {
        let range = &around.range;
        let first = self.outline.pieces.partition_point(|piece| piece.range.start < range.start);
        let inside = self.outline.pieces[first..].iter().take_while(|piece| piece.range.start < range.end);
        inside.into_iter().any(|piece| match &piece.what {
            What::Text(None) => !self.text[piece.range.clone()].trim().is_empty(),
            What::Text(Some(words)) => !words.trim().is_empty(),
            What::Code(_) | What::Picture(_) => true,
            _ => false,
        })
    }

    fn heading(&mut self, index: usize, heading: &outline::Heading) {
        let range = self.outline.pieces[index].range.clone();
        let mut found = Heading {
            end: self.end(index).unwrap_or(range.start),
            range,
            id: heading.id.clone(),
            text: String::new(),
            formulas: false,
            attributes: heading.has_attributes,
        };
        for piece in self.outline.inside(index) {
            let is_shown = !self.outline.is_in(piece, |around| matches!(around, What::Picture(_)));
            match &piece.what {
                What::Text(None) if is_shown => found.text.push_str(&self.text[piece.range.clone()]),
                What::Text(Some(words)) if is_shown => found.text.push_str(words),
                What::Code(inside) => found.text.push_str(&self.text[inside.clone()]),
                What::SoftBreak | What::HardBreak => found.text.push('\n'),
                What::Formula(_) => {
                    found.formulas = true;
                    found.text.push(' ');
                }
                _ => {}
            }
        }
        self.found.headings.push(found);
    }

    fn link(&mut self, index: usize, link: &Link) {
        let Some((page, label)) = link.address.split_once('#') else { return };
        let is_page = page.is_empty() || (page.ends_with(".md") && !page.contains(':'));
        if !label.starts_with(&LABEL[1..]) || !is_page {
            return;
        }
        let range = self.outline.pieces[index].range.clone();
        let end = self.end(index);
        let text = match link.form {
            Form::Words if end.is_none() => LinkText::Empty,
            Form::Words => LinkText::Words,
            _ => LinkText::Name,
        };
        let number_at = end.unwrap_or(range.start + 1);
        let (page, label) = (page.to_owned(), label.to_owned());
        self.found.references.push(Reference { range, number_at, text, page, label });
    }

    /// Where the last of what a piece holds ends.
    fn end(&self, index: usize) -> Option<usize> {
        self.outline.inside(index).iter().map(|piece| piece.range.end).max()
    }

    /// The titles of what folds, in a block of HTML.
    fn html(&mut self, block: &Range<usize>) {
        let text = self.text;
        self.found.html.push(block.clone());
        if !text[block.clone()].contains('$') {
            return;
        }
        let summaries = markup::words(&text[block.clone()]);
        for words in summaries.iter().filter(|words| words.element == Element::Summary) {
            let formulas = markup::formulas(text, block, words);
            let range = block.start + words.range.start..block.start + words.range.end;
            let dollars = text[range.clone()].match_indices('$').map(|(at, _)| range.start + at);
            let lone = dollars.filter(|at| !formulas.iter().any(|formula| formula.contains(at)));
            self.found.dollars.extend(lone.map(|at| Dollar { at, table: false }));
            self.found.formulas.extend(formulas.into_iter().map(|formula| {
                let tex = text[formula.start + 1..formula.end - 1].to_owned();
                let sole = text[range.clone()].trim() == &text[formula.clone()];
                Formula { range: formula, tex, kind: Kind::Inline, sole }
            }));
        }
    }
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
