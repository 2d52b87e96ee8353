//! What a session gave: outputs by cell, values by place, everything by the order of the page and nothing by its lines.

use page::{Cell, Page};
use serde::{Deserialize, Serialize};

/// The result of a session, as the store keeps it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Execution {
    /// Where the cells stood when they were run: text that names a line of the page is moved by how far its cell has moved.
    pub origins: Vec<Origin>,
    /// Outputs of every cell.
    pub cells: Vec<Vec<Output>>,
    /// Values in sentences.
    pub inlines: Vec<Said>,
    /// Files of the book's data that were read, and the hash of each; none for a file that was looked for and not there.
    pub reads: Vec<(String, Option<String>)>,
    /// Artefacts that were saved, and the hash of each.
    pub saved: Vec<(String, String)>,
    /// What the compiler warned of.
    pub warnings: Vec<Warning>,
    /// Inputs of live cells, and what follows them.
    pub live: Live,
}

/// A value in a sentence, as Rust formatted it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Its text.
    pub text: String,
    /// What it is.
    pub nature: Nature,
}

/// What a value in a sentence is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nature {
    /// A text, which is set as it is.
    Text,
    /// Anything else: what looks like a number is one.
    #[default]
    Value,
}

/// What follows the inputs of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Live {
    /// Inputs, in the order in which they were first asked for.
    pub inputs: Vec<Input>,
    /// Live cells.
    pub cells: Vec<Followed<Vec<Output>>>,
    /// Values in sentences.
    pub inlines: Vec<Followed<Said>>,
}

/// An input of a live cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// What it is called.
    pub name: String,
    /// What stands behind its value.
    pub unit: String,
    /// What it looks like.
    pub knob: Knob,
    /// Its values, as Rust writes them.
    pub values: Vec<String>,
    /// Which of them it has until somebody turns it.
    pub default: u32,
}

/// What an input looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Knob {
    /// A slider.
    Range,
    /// A slider that can be played.
    Frames,
    /// A list.
    Choice,
    /// A list of texts, which are shown as they are.
    Words,
    /// A box to tick.
    Toggle,
}

/// Something that follows inputs, in all its states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Followed<T> {
    /// Which cell, or which value.
    pub at: usize,
    /// The inputs, by their places in [`Live::inputs`].
    pub inputs: Vec<usize>,
    /// Values of these inputs (`None` where an input was not asked for) and what they give, in order of the values.
    pub states: Vec<(Vec<Option<u32>>, T)>,
}

/// Lines of a cell, from its opening fence to its closing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// First line.
    pub first: usize,
    /// Last line.
    pub last: usize,
}

/// One output of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// Text on standard output.
    Stdout(String),
    /// Text on standard error.
    Stderr(String),
    /// A value.
    Shown(Box<Shown>),
    /// The panic or the compiler's refusal that the cell announced.
    Expected(String),
    /// How long some work took: of all outputs the only one that may be another the next time. It is compared with nothing.
    Timing {
        /// What the work was.
        what: String,
        /// How long it took.
        nanoseconds: u64,
    },
}

/// The forms of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Plain text, as a pinned output sees the value.
    pub plain: String,
    /// Whether the value has a text form of its own.
    pub text: Option<String>,
    /// HTML, not yet cleaned.
    pub html: Option<String>,
    /// An SVG element, not yet checked.
    pub svg: Option<String>,
    /// A formula.
    pub latex: Option<String>,
    /// A PNG file in base64.
    pub png: Option<String>,
    /// A table: columns with whether they are numbers, and rows.
    pub table: Option<Table>,
    /// The alternative text.
    pub alt: Option<String>,
    /// What the author is told of it.
    pub warnings: Vec<String>,
    /// Whether it shows times, which are others every time.
    pub times: bool,
}

/// A table of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Names of the columns, and whether they stand at the right edge.
    pub columns: Vec<(String, bool)>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

/// A warning of the compiler, by bytes of the code of its cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Which cell.
    pub cell: usize,
    /// First byte in the cell's code.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
    /// The lint.
    pub code: String,
    /// The message.
    pub message: String,
    /// What to do.
    pub helps: Vec<String>,
}

impl Origin {
    /// The lines that a cell takes now.
    pub fn of(page: &Page, cell: &Cell) -> Self {
        Self { first: page.line_starts.line(cell.fence.start), last: page.line_starts.line(cell.fence.end) }
    }
}

impl Shown {
    /// Takes the forms from a frame.
    pub fn of(parts: Vec<kernel::Part>) -> Self {
        use base64::Engine as _;
        let rich = kernel::Rich { parts };
        let mut shown = Self { plain: rich.to_plain(), ..Self::default() };
        for part in rich.parts {
            match part {
                kernel::Part::Text(text) => shown.text = Some(text),
                kernel::Part::Html(html) => shown.html = Some(html),
                kernel::Part::Svg(svg) => shown.svg = Some(svg),
                kernel::Part::Latex(latex) => shown.latex = Some(latex),
                kernel::Part::Png(png) => shown.png = Some(base64::engine::general_purpose::STANDARD.encode(png)),
                kernel::Part::Alt(alt) => shown.alt = Some(alt),
                kernel::Part::Warning(warning) => shown.warnings.push(warning),
                kernel::Part::Times => shown.times = true,
                kernel::Part::Table(table) => {
                    let right = |align| align == kernel::Align::Right;
                    let columns = table.columns.into_iter().map(|(name, align)| (name, right(align))).collect();
                    shown.table = Some(Table { columns, rows: table.rows });
                }
            }
        }
        shown
    }
}

impl From<kernel::wire::Input> for Input {
    fn from(input: kernel::wire::Input) -> Self {
        let kernel::wire::Input { name, unit, knob, values, default, .. } = input;
        let knob = match knob {
            kernel::wire::Knob::Range => Knob::Range,
            kernel::wire::Knob::Frames => Knob::Frames,
            kernel::wire::Knob::Choice => Knob::Choice,
            kernel::wire::Knob::Words => Knob::Words,
            kernel::wire::Knob::Toggle => Knob::Toggle,
        };
        Self { name, unit, knob, values, default }
    }
}

impl Execution {
    /// What the cell printed and showed, as plain text: what a pinned output is compared with.
    pub fn plain(&self, cell: usize) -> String {
        let mut plain = String::new();
        for output in &self.cells[cell] {
            match output {
                Output::Stdout(text) | Output::Stderr(text) => plain.push_str(text),
                Output::Shown(shown) if shown.times => {}
                Output::Shown(shown) => {
                    plain.push_str(&shown.plain);
                    plain.push('\n');
                }
                Output::Expected(text) => {
                    plain.push_str(text);
                    plain.push('\n');
                }
                Output::Timing { .. } => {}
            }
        }
        plain
    }
}
