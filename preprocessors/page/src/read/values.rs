//! Values in sentences and formulas, and claims.

use std::ops::Range;

use super::{Reader, trim};
use crate::braces::closing_brace;
use crate::comment;
use crate::page::{Claim, Inline, InlinePlace};
use crate::spec;

impl Reader<'_> {
    /// `` `=expression:.2` ``.
    pub(super) fn code(&mut self, range: &Range<usize>, inside: Range<usize>, is_in_table: bool) {
        let Some(value) = self.text[inside.clone()].strip_prefix('=') else { return };
        if value.starts_with(char::is_whitespace) {
            return self.parted_value(value, inside);
        }
        if value.starts_with(['=', '>']) || value.is_empty() {
            return;
        }
        self.value(range.clone(), inside.start + 1..inside.end, InlinePlace::Prose, is_in_table);
    }

    /// `` `= x` ``, where cells make `x`: it was meant as a value. Behind the sign of an equation there can be a blank.
    fn parted_value(&mut self, value: &str, inside: Range<usize>) {
        let text = self.text;
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let is_made = |name: &str| {
            let makes = |mark: &str| {
                text.match_indices(mark).any(|(at, _)| {
                    let behind = text[at + mark.len()..].trim_start_matches("mut ").strip_prefix(name);
                    behind.is_some_and(|behind| !behind.starts_with(is_name))
                })
            };
            name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') && makes("let ")
        };
        if value.split(|letter| !is_name(letter)).any(is_made) {
            let help = format!("write `={}`", value.trim());
            self.report("parted-value", "a blank behind `=` makes code of this value", inside, help);
        }
    }

    /// `\val{expression:.2}`.
    pub(super) fn formula(&mut self, range: &Range<usize>, is_in_table: bool) {
        let text = self.text;
        const VALUE: &str = r"\val{";
        let mut from = range.start;
        while let Some(found) = text[from..range.end].find(VALUE) {
            let start = from + found;
            let inside = start + VALUE.len();
            let Some(length) = closing_brace(&text[inside..range.end]) else {
                self.report("unclosed-value", r"`\val{` is not closed", start..inside, "close it with `}`");
                return;
            };
            from = inside + length + 1;
            self.value(start..from, inside..inside + length, InlinePlace::Formula, is_in_table);
        }
    }

    fn value(&mut self, range: Range<usize>, inside: Range<usize>, place: InlinePlace, is_in_table: bool) {
        let (length, spec) = spec::split(&self.text[inside.clone()]);
        let expression = inside.start..inside.start + length;
        let code = as_rust(&self.text[expression.clone()], is_in_table);
        self.page.inlines.push(Inline { range, expression, code, spec, place });
    }

    /// `<!-- claim: condition -->`.
    pub(super) fn comment(&mut self, range: &Range<usize>, inside: Range<usize>, is_in_table: bool) {
        let said = comment::said(&self.text[inside.clone()]);
        // A claim without a condition is told with the other comments.
        if said.name != "claim" || said.value.is_empty() {
            return;
        }
        let expression = trim(self.text, inside.end - said.value.len()..inside.end);
        let code = as_rust(&self.text[expression.clone()], is_in_table);
        self.page.claims.push(Claim { range: range.clone(), expression, code });
    }

    /// A comment or a value that Markdown has cut in pieces, so that its beginning is text: a bar of a table ends a cell wherever it
    /// stands, and a comment that is not closed is none.
    pub(super) fn torn(&mut self, range: &Range<usize>, is_in_table: bool) {
        let text = self.text;
        let is_known = |inside: &str| {
            let word = inside.trim_start().split([':', ' ', '\n']).next().unwrap_or_default();
            self.known.iter().any(|known| known.name == word)
        };
        let begins = |(at, _): &(usize, char)| {
            let here = &text[range.start + at..];
            let is_escaped = text[..range.start + at].ends_with('\\');
            let is_comment = here.strip_prefix("<!--").is_some_and(|inside| is_in_table || is_known(inside));
            let is_torn_value = is_in_table && here.strip_prefix("`=").is_some_and(is_value);
            !is_escaped && (is_comment || is_torn_value)
        };
        let Some((at, mark)) = text[range.clone()].char_indices().find(begins) else {
            return self.nearly_a_comment(range);
        };
        let start = range.start + at;
        let line = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let what = if mark == '<' { "comment" } else { "value" };
        if is_in_table {
            let help = "write `\\|` for a bar inside of a table: `\\|x\\| x > 0`, `a \\|\\| b`";
            self.report("torn", format!("a bar of the table cuts this {what} in two"), start..line, help);
        } else {
            let help = "end it with `-->`, without an empty line in it";
            self.report("torn", format!("this {what} is not closed"), start..line, help);
        }
    }

    /// `<!- claim: … ->`, `<!— claim: … —>`: text that was meant to be a comment.
    fn nearly_a_comment(&mut self, range: &Range<usize>) {
        let text = self.text;
        let is_known = |start: &usize| {
            let behind = text[start + 1..].split('\n').next().unwrap_or_default();
            let inside = behind.trim_start_matches(['!', '-', '–', '—', '−']);
            let word = inside.split_once(':').map(|(word, _)| word.trim());
            inside.len() < behind.len() && word.is_some_and(|word| self.known.iter().any(|known| known.name == word))
        };
        let marks = text[range.clone()].match_indices('<').map(|(at, _)| range.start + at);
        if let Some(start) = marks.into_iter().find(is_known) {
            let line = text[start..].find('\n').map_or(text.len(), |length| start + length);
            let help = "a comment begins with `<!--`, and `-->` ends it";
            self.report("torn", "this comment is shown as text", start..line, help);
        }
    }

    /// Markdown does not look into HTML, so a value there would stay as it is written.
    pub(super) fn values_in_html(&mut self, range: &Range<usize>) {
        let text = self.text;
        let mut at = range.start;
        for piece in text[range.clone()].split_inclusive("-->") {
            let html = piece.split("<!--").next().unwrap_or_default();
            let is_value = |(at, mark): &(usize, &str)| is_value(&html[at + mark.len()..]);
            if let Some((found, mark)) = html.match_indices("`=").find(is_value) {
                let help = "leave a blank line between the tag and the text with the value";
                let place = at + found..at + found + mark.len();
                self.report("value-in-html", "a value inside of HTML is not computed", place, help);
            }
            at += piece.len();
        }
    }
}

/// Whether what stands behind `` `= `` is a value on one line.
fn is_value(inside: &str) -> bool {
    let length = inside.find(['`', '\n']).filter(|length| inside[*length..].starts_with('`'));
    length.is_none_or(|length| length > 0) && !inside.is_empty() && !inside.starts_with([' ', '=', '>', '\n'])
}

/// An expression as Rust reads it. In a table a bar is written with a backslash; the bars of `\|\|` stay together, and the blanks that
/// make up for the backslashes come behind them, so that every byte behind keeps its place.
fn as_rust(expression: &str, is_in_table: bool) -> String {
    const BAR: &str = r"\|";
    if !is_in_table || !expression.contains(BAR) {
        return expression.to_owned();
    }
    let mut code = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(at) = rest.find(BAR) {
        let (before, bars) = rest.split_at(at);
        code.push_str(before);
        rest = bars.trim_start_matches(BAR);
        let count = (bars.len() - rest.len()) / BAR.len();
        code.extend(std::iter::repeat_n('|', count).chain(std::iter::repeat_n(' ', count)));
    }
    code.push_str(rest);
    code
}

#[cfg(test)]
mod tests {
    use super::as_rust;

    #[test]
    fn a_comment_that_is_text_is_told() {
        let told = |text: &str| {
            let (_, mistakes) = crate::read::read("a.md", text, &[]);
            mistakes
                .iter()
                .map(|told| (told.code.clone(), text[told.place.range.clone()].to_owned()))
                .collect::<Vec<_>>()
        };
        for text in [
            "<!- claim: x > 2 ->",
            "<!— claim: x > 2 —>",
            "<-- claim: x > 2 -->",
            "<! sources: а2020 >",
            "<--allow: trap — так -->",
        ] {
            assert_eq!(told(&format!("Слова {text}\n")), [("torn".to_owned(), text.to_owned())]);
        }
        for text in ["x <- claim", "a < b", "<!-- просто: так -->", "`<!- claim: x ->`", "x <- claims: да"] {
            assert_eq!(told(&format!("Слова {text}\n")), [], "{text}");
        }
    }

    #[test]
    fn a_value_that_a_blank_makes_code_of_is_told() {
        let told = |value: &str| {
            let text = format!("```rust cell\nlet шаг = 1;\nlet mut x = 2;\n```\n\nОн равен {value}.\n");
            let (page, mistakes) = crate::read::read("a.md", &text, &[]);
            (page.inlines.len(), mistakes.into_iter().flat_map(|told| told.helps).collect::<Vec<_>>())
        };
        assert_eq!(told("`= шаг`"), (0, vec!["write `=шаг`".to_owned()]));
        assert_eq!(told("`=  f(x) + 1:.2 `"), (0, vec!["write `=f(x) + 1:.2`".to_owned()]));
        assert_eq!(told("`=шаг`").0, 1);
        for code in ["`= 5`", "`= y`", "`= шагов`", "`= \"x1\"`", "`== x`", "`x = 1`"] {
            assert_eq!(told(code), (0, vec![]), "{code}");
        }
    }

    #[test]
    fn a_claim_in_a_caption_is_a_claim_and_a_misspelt_one_is_told() {
        let text = "```rust cell\n//| caption: Шаг <!-- claim: x > 0 --> мал <!-- cliam: x > 1 -->\nlet x = 1;\n```\n";
        let (page, mistakes) = crate::read::read("a.md", text, &[]);
        assert_eq!(page.claims.iter().map(|claim| claim.code.as_str()).collect::<Vec<_>>(), ["x > 0"]);
        assert_eq!(page.computed_at(page.claims[0].range.start), page.cells[0].fence.end);
        let told: Vec<&str> = mistakes.iter().map(|told| &text[told.place.range.clone()]).collect();
        assert_eq!(told, ["cliam: x > 1"]);
    }

    #[test]
    fn bars_of_a_table_are_bars_of_rust() {
        let cases = [
            (r"a \|\| b", "a ||   b"),
            (r"f(\|x\| x * 2)", "f(| x|  x * 2)"),
            ("a || b", "a || b"),
            (r"\|\|\|x\| x", "|||   x|  x"),
        ];
        for (written, rust) in cases {
            assert_eq!(as_rust(written, true), rust);
            assert_eq!(as_rust(written, true).len(), written.len());
            assert_eq!(as_rust(written, false), written);
        }
    }
}
