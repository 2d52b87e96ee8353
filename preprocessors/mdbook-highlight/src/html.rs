//! A fence as one line of HTML.

use std::borrow::Cow;

use page::escape::push_code;
use syntect::parsing::{ParseState, ScopeStack};

use crate::classes::{self, Class};
use crate::fences::Fence;
use crate::hidden;
use crate::languages::Language;

/// The block. `tabindex` lets a keyboard scroll a block that is wider than the page.
pub fn block(fence: &Fence, language: &Language) -> String {
    let mut block = format!("<pre class=\"code language-{}\" tabindex=\"0\"><code>", language.name);
    let code = match language.name {
        "rust" => hidden::visible(&fence.code),
        _ => Cow::Borrowed(fence.code.as_str()),
    };
    let code = code.strip_suffix('\n').unwrap_or(&code);
    for (class, text) in runs(code, language) {
        if class.is_empty() {
            push_code(&mut block, text);
        } else {
            block.extend(["<span class=\"", class, "\">"]);
            push_code(&mut block, text);
            block.push_str("</span>");
        }
    }
    block.push_str("</code></pre>");
    block
}

/// The code cut where its class changes. Blank space between two runs of a class belongs to them.
fn runs<'a>(code: &'a str, language: &Language) -> Vec<(Class, &'a str)> {
    let Some((syntax, set)) = language.syntax() else { return vec![("", code)] };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut runs = Runs { code, done: Vec::new(), class: "", start: 0, end: 0 };
    let mut line_start = 0;
    for line in code.split_inclusive('\n') {
        let ops = state.parse_line(line, set).expect("a test parses with every grammar");
        for (at, op) in &ops {
            runs.advance(line_start + at, classes::of(stack.as_slice()));
            stack.apply(op).expect("grammars pop only what they pushed");
        }
        line_start += line.len();
        runs.advance(line_start, classes::of(stack.as_slice()));
    }
    runs.finish()
}

/// Adjacent texts of one class, joined as they come.
struct Runs<'a> {
    code: &'a str,
    done: Vec<(Class, &'a str)>,
    class: Class,
    start: usize,
    end: usize,
}

impl<'a> Runs<'a> {
    /// The text up to `end` has `class`.
    fn advance(&mut self, end: usize, class: Class) {
        let text = &self.code[self.end..end];
        if text.is_empty() {
            return;
        }
        let blank = text.chars().all(char::is_whitespace);
        if class != self.class && !(blank && class.is_empty()) {
            self.cut();
            self.class = class;
        }
        self.end = end;
    }

    /// Ends the run; its trailing space is plain.
    fn cut(&mut self) {
        let text = &self.code[self.start..self.end];
        let (word, space) = if self.class.is_empty() { (text, "") } else { text.split_at(text.trim_end().len()) };
        self.done.extend([(self.class, word), ("", space)].into_iter().filter(|(_, text)| !text.is_empty()));
        self.start = self.end;
    }

    fn finish(mut self) -> Vec<(Class, &'a str)> {
        self.cut();
        self.done
    }
}
