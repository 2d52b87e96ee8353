//! A text as a terminal would show it: carriage returns write over their line, escape sequences move the cursor or colour.

use std::borrow::Cow;

use anstyle_parse::{DefaultCharAccumulator, Params, Parser, Perform};

use crate::execution::Output;

/// Columns that an escape sequence can move over: a cursor stops at the edge of the window.
const WIDTH: usize = 80;

/// What is seen of a text, without colours.
pub fn seen(text: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| matches!(letter, '\n' | '\t') || !letter.is_control();
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut screen = Screen { lines: vec![Vec::new()], ..Screen::default() };
    let mut parser = Parser::<DefaultCharAccumulator>::new();
    for byte in text.bytes() {
        parser.advance(&mut screen, byte);
    }
    Cow::Owned(screen.lines.into_iter().map(String::from_iter).collect::<Vec<_>>().join("\n"))
}

/// Leaves of an output what is seen of it.
pub fn see(output: &mut Output) {
    let see = |text: &mut String| {
        if let Cow::Owned(seen) = seen(text) {
            *text = seen;
        }
    };
    match output {
        Output::Stdout(text) | Output::Stderr(text) | Output::Expected(text) => see(text),
        Output::Shown(shown) => {
            see(&mut shown.plain);
            shown.text.iter_mut().chain(&mut shown.alt).for_each(see);
            if let Some(table) = &mut shown.table {
                table.columns.iter_mut().for_each(|(name, _)| see(name));
                table.rows.iter_mut().flatten().for_each(see);
            }
        }
        Output::Timing { .. } => {}
    }
}

#[derive(Default)]
struct Screen {
    lines: Vec<Vec<char>>,
    line: usize,
    column: usize,
}

impl Screen {
    fn clear(&mut self, from: usize, to: usize) {
        let line = &mut self.lines[self.line];
        if to >= line.len() {
            line.truncate(from);
        } else {
            line[from.min(to)..to].fill(' ');
        }
    }
}

impl Perform for Screen {
    fn print(&mut self, letter: char) {
        let line = &mut self.lines[self.line];
        while line.len() < self.column {
            line.push(' ');
        }
        match line.get_mut(self.column) {
            Some(place) => *place = letter,
            None => line.push(letter),
        }
        self.column += 1;
    }

    fn execute(&mut self, control: u8) {
        match control {
            b'\n' => {
                self.line += 1;
                self.column = 0;
                if self.line == self.lines.len() {
                    self.lines.push(Vec::new());
                }
            }
            b'\r' => self.column = 0,
            b'\t' => self.print('\t'),
            0x08 => self.column = self.column.saturating_sub(1),
            _ => {}
        }
    }

    fn csi_dispatch(&mut self, params: &Params, _: &[u8], _: bool, action: u8) {
        let given = params.iter().next().and_then(|parameter| parameter.first()).map_or(0, |first| usize::from(*first));
        let by = given.max(1);
        match action {
            b'A' => self.line = self.line.saturating_sub(by),
            b'B' => self.line = (self.line + by).min(self.lines.len() - 1),
            b'C' => self.column = (self.column + by).min(self.column.max(WIDTH)),
            b'D' => self.column = self.column.saturating_sub(by),
            b'E' => (self.line, self.column) = ((self.line + by).min(self.lines.len() - 1), 0),
            b'F' => (self.line, self.column) = (self.line.saturating_sub(by), 0),
            b'G' => self.column = (by - 1).min(WIDTH),
            b'K' if given == 0 => self.clear(self.column, usize::MAX),
            b'K' if given == 1 => self.clear(0, self.column + 1),
            b'K' => self.clear(0, usize::MAX),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::seen;

    #[test]
    fn a_text_is_what_a_terminal_leaves_on_the_screen() {
        let cases = [
            ("шаг\tодин\n", "шаг\tодин\n"),
            ("\rшаг 10 %\rшаг 100 %\nготово\n", "шаг 100 %\nготово\n"),
            ("долгая строка\rшаг\n", "шаггая строка\n"),
            ("долгая строка\r\x1b[Kшаг\n", "шаг\n"),
            ("раз\r\nдва\r\n", "раз\nдва\n"),
            ("\x1b[31mкрасный\x1b[0m, \x1b[1;38;5;34mзелёный\x1b[m", "красный, зелёный"),
            ("\x1b[38:2::1:2:3mцвет\x1b]8;;https://example.org\x1b\\ссылка\x1b]8;;\x07", "цветссылка"),
            ("шаг 1\nшаг 2\n\x1b[2A\x1b[2Kитог 1\n\n", "итог 1\nшаг 2\n"),
            ("абв\x08г\x07", "абг"),
            ("а\x1b[3Cб\x1b[65000Cв", &format!("а   б{}в", " ".repeat(75))),
            ("оборвано\x1b[3", "оборвано"),
        ];
        for (text, shown) in cases {
            assert_eq!(seen(text), shown, "{text:?}");
        }
    }
}
