//! Compact SVG: coordinates in tenths of a pixel, relative path commands, nothing that is said twice.

use std::fmt::Write as _;

use super::text::LETTER;

/// Escapes text for element content and attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no way to write the other control characters.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A coordinate with at most one digit after the point.
pub(crate) fn tenth(value: f64) -> String {
    tenths((value * 10.0).round() as i64)
}

fn tenths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    match (value.abs() / 10, value.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

/// The `d` attribute of a path: relative commands between points rounded to tenths, so that errors do not add up.
#[derive(Clone, Default)]
pub(crate) struct Path {
    d: String,
    command: char,
    x: i64,
    y: i64,
    start: (i64, i64),
}

impl Path {
    /// Starts a new piece at a point.
    pub(crate) fn move_to(&mut self, x: f64, y: f64) {
        let (x, y) = round(x, y);
        if self.d.is_empty() {
            self.write('M', &[x, y]);
        } else {
            self.write('m', &[x - self.x, y - self.y]);
        }
        (self.x, self.y) = (x, y);
        self.start = (x, y);
    }

    /// Draws a straight line to a point; a line that stays in its tenth of a pixel is left out.
    pub(crate) fn line_to(&mut self, x: f64, y: f64) {
        let (x, y) = round(x, y);
        match (x - self.x, y - self.y) {
            (0, 0) => return,
            (dx, 0) => self.write('h', &[dx]),
            (0, dy) => self.write('v', &[dy]),
            (dx, dy) => self.write('l', &[dx, dy]),
        }
        (self.x, self.y) = (x, y);
    }

    /// Goes on from a point: starts a new piece unless the path ends there.
    pub(crate) fn join(&mut self, x: f64, y: f64) {
        if self.d.is_empty() || round(x, y) != (self.x, self.y) {
            self.move_to(x, y);
        }
    }

    /// Draws a dot at a point, which round line ends make visible.
    pub(crate) fn dot(&mut self, x: f64, y: f64) {
        self.move_to(x, y);
        self.write('h', &[0]);
    }

    /// Closes the piece.
    pub(crate) fn close(&mut self) {
        self.d.push('z');
        self.command = 'z';
        (self.x, self.y) = self.start;
    }

    /// A polygon.
    pub(crate) fn polygon(&mut self, corners: &[(f64, f64)]) {
        for (index, &(x, y)) in corners.iter().enumerate() {
            if index == 0 { self.move_to(x, y) } else { self.line_to(x, y) }
        }
        if !corners.is_empty() {
            self.close();
        }
    }

    /// Whether nothing was drawn.
    pub(crate) fn is_empty(&self) -> bool {
        self.d.is_empty()
    }

    /// The value of the attribute.
    pub(crate) fn into_d(self) -> String {
        self.d
    }

    fn write(&mut self, command: char, numbers: &[i64]) {
        if self.command != command {
            self.d.push(command);
        }
        for (index, &number) in numbers.iter().enumerate() {
            let text = tenths(number);
            let follows = index > 0 || self.command == command;
            if follows && !text.starts_with('-') {
                self.d.push(' ');
            }
            self.d.push_str(&text);
        }
        // Numbers after a move are lines, as numbers after a line are.
        self.command = if command == 'm' || command == 'M' { 'M' } else { command };
    }
}

fn round(x: f64, y: f64) -> (i64, i64) {
    ((x * 10.0).round() as i64, (y * 10.0).round() as i64)
}

/// Where the text stands around its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG document that grows.
#[derive(Default)]
pub(crate) struct Svg {
    out: String,
    warnings: Vec<String>,
}

impl Svg {
    /// Adds markup.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Opens a group with attributes, written as they are.
    pub(crate) fn open(&mut self, attributes: &str) {
        // A `String` takes everything that is written to it.
        let _ = write!(self.out, "<g {attributes}>");
    }

    /// Closes the last group.
    pub(crate) fn close(&mut self) {
        self.out.push_str("</g>");
    }

    /// A path; nothing when it is empty.
    pub(crate) fn path(&mut self, path: Path, attributes: &str) {
        if path.is_empty() {
            return;
        }
        let space = if attributes.is_empty() { "" } else { " " };
        let _ = write!(self.out, "<path{space}{attributes} d=\"{}\"/>", path.into_d());
    }

    /// A rectangle.
    pub(crate) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, attributes: &str) {
        let space = if attributes.is_empty() { "" } else { " " };
        let [x, y, width, height] = [x, y, width, height].map(tenth);
        let _ =
            write!(self.out, "<rect{space}{attributes} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    }

    /// A picture stretched over a rectangle.
    pub(crate) fn image(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), attributes: &str, uri: &str) {
        let space = if attributes.is_empty() { "" } else { " " };
        let [x, y, width, height] = [x, y, width, height].map(tenth);
        let _ = write!(
            self.out,
            "<image{space}{attributes} preserveAspectRatio=\"none\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             href=\"{uri}\"/>"
        );
    }

    /// A text whose baseline starts, is centred or ends at a point; `markup` is escaped already.
    pub(crate) fn text(&mut self, x: f64, y: f64, anchor: Anchor, attributes: &str, markup: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let space = if attributes.is_empty() { "" } else { " " };
        let (x, y) = (tenth(x), tenth(y));
        let _ = write!(self.out, "<text{anchor}{space}{attributes} x=\"{x}\" y=\"{y}\">{markup}</text>");
    }

    /// Notes what the author should know of the drawing.
    pub(crate) fn warn(&mut self, warning: impl Into<String>) {
        self.warnings.push(warning.into());
    }

    /// What was noted.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The markup.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}

/// An `<svg>` element of a size around markup.
pub(crate) fn document((width, height): (f64, f64), body: &str) -> String {
    let [w, h] = [width, height].map(tenth);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\" font-family=\"inherit\" font-size=\"{LETTER}\" fill=\"var(--plot-fg)\">{body}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_short_and_exact() {
        let mut path = Path::default();
        path.move_to(10.04, 20.0);
        path.line_to(13.1, 19.5);
        path.line_to(13.12, 19.52);
        path.line_to(16.0, 19.5);
        path.line_to(16.0, 21.0);
        path.move_to(0.0, 0.0);
        path.dot(5.0, 5.0);
        assert_eq!(path.into_d(), "M10 20l3.1-.5h2.9v1.5m-16-21m5 5h0");
    }
}
