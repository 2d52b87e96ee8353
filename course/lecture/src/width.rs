//! How wide a displayed formula is, in ems of its own size, as far as its source tells.
//!
//! An estimate: letters and digits count as their average in KaTeX's fonts, relations and operators with their spaces, a fraction as
//! the wider of its two, an index at seven tenths, the columns of a matrix added up. It was not fitted to anything, and means «look at
//! this one on a phone».

/// The width of a display's widest line.
pub(crate) fn ems(tex: &str) -> f64 {
    // Marks of a box in front of its lines are no relations: a line of a formula cannot begin with one.
    let lines: Vec<&str> = tex.lines().map(|line| line.trim_start_matches(['>', ' '])).collect();
    let tex = lines.join("\n");
    let mut reader = Reader { rest: tex.trim_matches(['$', '\n', ' ']) };
    reader.lines(None)
}

struct Reader<'a> {
    rest: &'a str,
}

/// An average letter, an operator or a relation with its spaces, and what stands between columns.
const LETTER: f64 = 0.53;
const OPERATOR: f64 = 1.2;
const COLUMN: f64 = 1.0;
const INDEX: f64 = 0.7;
/// A value that the page's program puts there: a number of three digits and a comma, whatever its code is called.
const NUMBER: f64 = 3.0 * LETTER + 0.4;

impl Reader<'_> {
    /// Lines up to a closing word, and the width of the widest.
    fn lines(&mut self, until: Option<&str>) -> f64 {
        let (mut widest, mut line, mut last) = (0.0_f64, 0.0, 0.0);
        loop {
            if let Some(until) = until
                && let Some(rest) = self.rest.strip_prefix(until)
            {
                self.rest = rest;
                break;
            }
            let Some(first) = self.rest.chars().next() else { break };
            if let Some(rest) = self.rest.strip_prefix("\\\\") {
                self.rest = rest;
                widest = widest.max(line);
                (line, last) = (0.0, 0.0);
                continue;
            }
            if matches!(first, '_' | '^') {
                self.rest = &self.rest[1..];
                let index = self.argument() * INDEX;
                // Both indices of a sign stand above each other.
                line += (index - last).max(0.0);
                last = if last > 0.0 { 0.0 } else { index };
                continue;
            }
            let width = self.piece(first);
            if width > 0.0 {
                last = 0.0;
            }
            line += width;
        }
        widest.max(line)
    }

    fn argument(&mut self) -> f64 {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next() {
            Some(first) => self.piece(first),
            None => 0.0,
        }
    }

    fn piece(&mut self, first: char) -> f64 {
        if first == '\\' {
            return self.command();
        }
        self.rest = &self.rest[first.len_utf8()..];
        match first {
            '{' => self.lines(Some("}")),
            '=' | '<' | '>' | '⩽' | '⩾' | '≤' | '≥' | '≈' | '→' | '+' | '-' | '−' | '±' => OPERATOR,
            '&' => 0.0,
            ' ' | '\n' | '\t' | '}' | '\'' => 0.0,
            '(' | ')' | '[' | ']' | '|' | ',' | '.' | ':' | ';' | '!' => 0.4,
            _ => LETTER,
        }
    }

    fn command(&mut self) -> f64 {
        let body = &self.rest[1..];
        let length = body.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(body.len());
        if length == 0 {
            let sign = body.chars().next();
            self.rest = &body[sign.map_or(0, char::len_utf8)..];
            return match sign {
                Some(',' | ':' | ';' | ' ') => 0.2,
                Some('|' | '{' | '}') => 0.5,
                _ => 0.0,
            };
        }
        let (name, rest) = body.split_at(length);
        self.rest = rest;
        match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" | "binom" => {
                let (above, below) = (self.argument(), self.argument());
                above.max(below) + 0.24
            }
            "text" | "textrm" | "operatorname" | "mathrm" | "mathbf" | "mathbb" | "mathcal" | "boldsymbol"
            | "textbf" | "vec" | "hat" | "bar" | "tilde" | "overline" | "underline" | "widehat" | "dot" => {
                self.argument()
            }
            "sqrt" => self.argument() + 0.8,
            "val" => self.skipped() + NUMBER,
            "label" | "tag" | "vphantom" | "color" | "htmlClass" => self.skipped(),
            "begin" => self.environment(),
            "underbrace" | "overbrace" => self.argument(),
            "quad" => 1.0,
            "qquad" => 2.0,
            "left" | "right" | "bigl" | "bigr" | "Bigl" | "Bigr" | "big" | "Big" | "limits" | "nolimits"
            | "displaystyle" | "textstyle" => 0.0,
            "sum" | "prod" | "int" => 1.4,
            "cdot" | "times" | "pm" | "leqslant" | "geqslant" | "leq" | "geq" | "approx" | "equiv" | "in" | "to"
            | "sim" | "propto" | "Rightarrow" | "Longrightarrow" | "iff" | "mapsto" | "gets" | "ll" | "gg" | "ne"
            | "neq" | "mid" | "leftarrow" | "rightarrow" | "perp" | "le" | "ge" | "odot" | "otimes" | "oplus"
            | "subset" | "cup" | "cap" => OPERATOR,
            "dots" | "ldots" | "cdots" => 1.2,
            "max" | "min" | "exp" | "log" | "ln" | "sin" | "cos" | "lim" | "det" | "dim" | "ker" | "rank" | "arg"
            | "sup" | "inf" => name.len() as f64 * LETTER + 0.2,
            _ => LETTER,
        }
    }

    fn skipped(&mut self) -> f64 {
        self.argument();
        0.0
    }

    /// A matrix is as wide as its columns together, anything else as its widest line.
    fn environment(&mut self) -> f64 {
        let name = self.rest.strip_prefix('{').and_then(|rest| rest.split('}').next()).unwrap_or_default().to_owned();
        self.skipped();
        if name == "array" {
            self.skipped();
        }
        let end = format!("\\end{{{name}}}");
        let length = self.rest.find(&end).unwrap_or(self.rest.len());
        let inside = &self.rest[..length];
        if !(name.ends_with("matrix") || name == "array" || name == "cases") {
            return self.lines(Some(&end));
        }
        let mut columns: Vec<f64> = Vec::new();
        for row in inside.split("\\\\") {
            for (at, cell) in row.split('&').enumerate() {
                let width = Reader { rest: cell }.lines(None);
                match columns.get_mut(at) {
                    Some(column) => *column = column.max(width),
                    None => columns.push(width),
                }
            }
        }
        self.rest = self.rest[length..].strip_prefix(end.as_str()).unwrap_or_default();
        columns.iter().sum::<f64>() + COLUMN * columns.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(tex: &str) -> f64 {
        (ems(tex) * 10.0).round() / 10.0
    }

    #[test]
    fn wider_formulas_are_wider() {
        assert_eq!(about("$$\nx = 1\n$$"), 2.3);
        assert!(about("x = 1 \\qquad y = 2") > about("x = 1"));
        assert_eq!(about("x = 1 \\\\ y = 2"), about("x = 1"));
        assert_eq!(about("\\frac{a+b}{c}"), about("\\frac{c}{a+b}"));
        assert_eq!(about("x_i^2"), about("x_i"));
        assert_eq!(about("x \\label{eq-длинное-имя}"), about("x"));
        assert_eq!(about("> $$\n> x\n> = 1\n> $$"), about("x = 1"), "a box has marks in front of its lines");
        assert_eq!(about("\\val{a_long_name(x)[0]:.2}"), about("0.95"), "a value is as wide as its number");
        assert!(about("\\begin{pmatrix} 1 & 0 & 0 \\\\ 0 & 1 & 0 \\end{pmatrix}") > 4.0);
        assert_eq!(about("\\begin{aligned} x &= 1 \\\\ y &= 2 \\end{aligned}"), about("x = 1"));
    }

    #[test]
    fn what_is_no_formula_has_a_width_too() {
        for tex in ["", "$$", "\\", "{", "}", "x^", "\\frac{", "\\begin{", "\\begin{matrix} а & б", "\\я", "a_{b"] {
            assert!(ems(tex) >= 0.0, "{tex}");
        }
    }
}
