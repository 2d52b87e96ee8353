//! Dollars that were meant otherwise: lone ones, a blank line in a formula, a formula in a block of HTML.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};

use crate::found::{Dollar, Found};
use crate::markup::{self, Element};
use page::prices::is_price;

/// What is wrong with the dollars of the file `path`.
pub fn check(path: &str, text: &str, found: &Found) -> Vec<Diagnostic> {
    let lint = Lint { path, text };
    let mut diagnostics = lint.dollars(&found.dollars);
    diagnostics.extend(found.commands.iter().map(|command| lint.command(command)));
    diagnostics.extend(found.html.iter().filter_map(|block| lint.html(block)));
    diagnostics
}

struct Lint<'a> {
    path: &'a str,
    text: &'a str,
}

/// One or two dollars side by side.
#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    table: bool,
}

impl Lint<'_> {
    fn dollars(&self, dollars: &[Dollar]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let marks = marks(dollars);
        let mut rest = marks.as_slice();
        while let Some((mark, after)) = rest.split_first() {
            rest = after;
            if mark.range.len() == 1 {
                diagnostics.extend(self.single(mark));
                continue;
            }
            let Some(closing) = after.iter().position(|mark| mark.range.len() == 2) else {
                diagnostics.push(self.unclosed(mark));
                continue;
            };
            diagnostics.push(self.torn(mark, &after[..closing], &after[closing]));
            rest = &after[closing + 1..];
        }
        diagnostics
    }

    fn command(&self, command: &Range<usize>) -> Diagnostic {
        let name = &self.text[command.clone()];
        let help = match name {
            r"\ref" | r"\eqref" | r"\autoref" | r"\cref" => {
                "a formula is referred to by a link: `[формула](#eq-…)`".to_owned()
            }
            r"\cite" => "a source is cited by its key: `[@key]`".to_owned(),
            r"\val" => "a value in a sentence is `` `=name` ``".to_owned(),
            _ => format!("put the formula between dollars; in the text it is `` `{name}` ``"),
        };
        let message = format!("`{name}` outside of a formula is shown as it is written");
        Diagnostic::error("command-outside-formula", message, self.place(command.clone())).help(help)
    }

    /// Why `$$` and the next `$$` are no formula.
    fn torn(&self, opening: &Mark, between: &[Mark], closing: &Mark) -> Diagnostic {
        let (code, message, range, help) = match self.torn_at(opening.range.end..closing.range.start) {
            Some((line, true)) => (
                "blank-line-in-formula",
                "a blank line ends the formula",
                line,
                "drop the blank line, or put a `%` on it",
            ),
            Some((line, false)) => {
                let help = "move the sign to the end of the line above, or begin the line with `{}`";
                ("block-in-formula", "for Markdown this line begins a block and ends the formula", line, help)
            }
            None => match between.first() {
                Some(dollar) => {
                    let help = r"end the formula with `$$`; a dollar in it is `\$`";
                    ("dollar-in-formula", "a `$` inside `$$`", dollar.range.clone(), help)
                }
                None => return self.unclosed(opening),
            },
        };
        Diagnostic::error(code, message, self.place(range))
            .also(self.place(opening.range.clone()), "begun here")
            .also(self.place(closing.range.clone()), "meant to end here")
            .help(help)
    }

    fn single(&self, mark: &Mark) -> Option<Diagnostic> {
        if is_price(self.text, mark.range.start) {
            return None;
        }
        let message = "a `$` without its pair";
        let help = if mark.table {
            r"close the formula in its cell; `|` in a table's formula is `\vert` or `\|`, a dollar in the text is `\$`"
        } else {
            r"close the formula and the braces in it, or write `\$` for a dollar in the text"
        };
        Some(Diagnostic::error("stray-dollar", message, self.place(mark.range.clone())).help(help))
    }

    fn unclosed(&self, mark: &Mark) -> Diagnostic {
        Diagnostic::error("unclosed-formula", "`$$` without its pair", self.place(mark.range.clone()))
            .help("a formula begins and ends with `$$` in one paragraph, and every `{` in it has its `}`")
    }

    /// The first line of a range that is blank, or else begins a block, and whether it is blank.
    fn torn_at(&self, range: Range<usize>) -> Option<(Range<usize>, bool)> {
        let mut start = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let at = start;
            start += line.len();
            let words = line.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '>').trim_end();
            let is_whole = self.text[..at].ends_with('\n') && line.ends_with('\n');
            if is_whole && (words.is_empty() || begins_block(words)) {
                return Some((at..at + line.trim_end_matches(['\n', '\r']).len(), words.is_empty()));
            }
        }
        None
    }

    /// A formula between the tags of a block of HTML would be shown as it is.
    fn html(&self, block: &Range<usize>) -> Option<Diagnostic> {
        let words = markup::words(&self.text[block.clone()]);
        let elsewhere = words.iter().filter(|words| words.element == Element::Other);
        let formula = elsewhere.flat_map(|words| markup::formulas(self.text, block, words)).next()?;
        let message = "Markdown sees no formula in a block of HTML";
        Some(
            Diagnostic::error("formula-in-html", message, self.place(formula))
                .help("put the text between blank lines, without indentation"),
        )
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.path, range)
    }
}

/// Whether a line begins a list, a heading or a rule, or makes a heading of the line above.
fn begins_block(line: &str) -> bool {
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_item = |rest: &str, marks: &str| {
        rest.starts_with(|letter| marks.contains(letter)) && rest[1..].starts_with([' ', '\t'])
    };
    let is_rule = ['=', '-', '*'].iter().any(|mark| line.trim_matches(*mark).is_empty());
    is_item(line, "+-*") || (number.len() < line.len() && is_item(number, ".)")) || is_rule || line.starts_with("# ")
}

fn marks(dollars: &[Dollar]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for dollar in dollars {
        match marks.last_mut() {
            Some(last) if last.range.len() == 1 && last.range.end == dollar.at => last.range.end += 1,
            _ => marks.push(Mark { range: dollar.at..dollar.at + 1, table: dollar.table }),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use diagnostic::{Colour, Sources};

    use super::*;
    use crate::find::find;
    use crate::settings::tests::read;

    fn report(text: &str) -> String {
        let diagnostics = check("src/а.md", text, &find(text, read("").unwrap().extensions));
        let mut sources = Sources::default();
        sources.insert("src/а.md", text);
        diagnostic::render_all(&diagnostics, &sources, Colour::Never)
    }

    #[test]
    fn a_dollar_without_its_pair_is_reported() {
        insta::assert_snapshot!(report(
            "# Шаг\n\nПусть $x равен\n\nи y$ тоже.\n\n| а | б |\n|---|---|\n| $|x|$ | 2 |\n\n$$ a $ b $$\n\n$$ } $$\n\n$x_{1$\n\n$$\nc\n"
        ));
    }

    #[test]
    fn a_blank_line_in_a_formula_is_reported() {
        insta::assert_snapshot!(report("> $$\n> a $b\n>\n> c\n> $$\n\n$$\nd\n\ne$$\n"));
    }

    #[test]
    fn a_line_that_begins_a_list_in_a_formula_is_reported() {
        insta::assert_snapshot!(report("$$\na\n  + б\n$$\n\n> $$\n> c\n> =\n> d\n> $$\n"));
    }

    #[test]
    fn a_command_outside_of_formulas_is_reported() {
        insta::assert_snapshot!(report(
            "По формуле \\eqref{eq-x1}, \\alpha{}, \\val{n} и `\\ref{a}`, C:\\dir\\{a}, \\\\b{}, $\\sqrt{2}$.\n\n    \\text{код}\n"
        ));
    }

    #[test]
    fn a_price_is_not_reported() {
        insta::assert_snapshot!(report(
            "За 5$, 5 $, 1 000$ и $5, $1,000.50 (или 7$) — и \\$x, `$y`, 5$ и 10$, 5$, а не 10$.\n"
        ), @"");
    }

    #[test]
    fn a_formula_in_html_is_reported() {
        insta::assert_snapshot!(report(
            "<details><summary title=\"$a$\">Шаг</summary>Шаг $\\eta$\n\n$b$\n\n</details>\n\n<pre>\n$c$\n</pre>\n\n<!-- $d$ -->\n\n<summary>$e < f$, g$</summary>\n"
        ));
    }
}
