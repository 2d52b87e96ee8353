//! What a cell printed and showed, as one line of HTML.

use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, Tera};

use crate::execution::{Output, Shown, Table};
use page::Cell;
use page::escape;

use crate::render::clean;
use crate::render::number;
use crate::words::Words;

/// What the outputs of a cell are written with.
pub struct Around<'a> {
    /// The page's text.
    pub text: &'a str,
    /// The cell.
    pub cell: &'a Cell,
    /// What the ids of its pictures begin with.
    pub prefix: String,
    /// Outputs with more lines are folded.
    pub fold_lines: usize,
    /// What is said around them.
    pub words: &'a Words,
    /// Whose data those of a picture are.
    pub data: Data,
    /// Moves the lines of the page that a text names to where they are now.
    pub moved: &'a dyn Fn(&str) -> String,
}

/// Whose the data of a picture are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// The picture's.
    Own,
    /// Those of the default state of a live figure.
    OfDefault,
}

/// An output that cannot be shown: code, message, help.
pub type Mistake = (&'static str, String, &'static str);

/// The outputs as HTML, and those that cannot be shown.
pub fn html(outputs: &[Output], around: &Around<'_>) -> (String, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut elements = Vec::new();
    for (index, output) in outputs.iter().enumerate() {
        match around.element(index, output) {
            Ok(element) => elements.extend(element),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if elements.is_empty() {
        return (String::new(), mistakes);
    }
    let mut context = Context::new();
    context.insert("outputs", &elements);
    (format!("<div class=\"cell-output\">{}</div>", expand("output.html", &context)), mistakes)
}

impl Around<'_> {
    fn element(&self, index: usize, output: &Output) -> Result<Option<Element>, Mistake> {
        Ok(match output {
            Output::Stdout(text) => Some(self.printed("output-stream", &(self.moved)(text))),
            Output::Stderr(text) => Some(self.printed("output-stream stderr", &(self.moved)(text))),
            // What the cell was written for is seen whole.
            Output::Expected(text) => {
                Some(Element { kind: "text", class: "output-error", text: text.clone(), ..Element::default() })
            }
            Output::Shown(shown) => self.shown(index, shown)?,
            Output::Timing { what, nanoseconds } => {
                let text = number::duration(*nanoseconds, self.words);
                Some(Element { kind: "timing", head: what.clone(), text, ..Element::default() })
            }
        })
    }

    /// A text as a terminal would show it; a long one is folded below its beginning.
    fn printed(&self, class: &'static str, text: &str) -> Element {
        /// Bytes that nobody reads to the end, however few lines they are.
        const LONG: usize = 20_000;
        const BEGINNING: usize = 2_000;
        let text = text.strip_suffix('\n').unwrap_or(text);
        let lines = text.lines().count();
        let mut element = Element { kind: "text", class, text: text.to_owned(), ..Element::default() };
        if lines > self.fold_lines || text.len() > LONG {
            let head: Vec<&str> = text.lines().take(self.fold_lines / 2).collect();
            let head = head.join("\n");
            let cut = head.char_indices().nth(BEGINNING).filter(|_| head.len() > LONG);
            element.head = cut.map_or_else(|| head.clone(), |(at, _)| format!("{}…", &head[..at]));
            element.fold =
                format!("{} {}, {}", self.words.show_all, counted(lines, self.words), size(text.len(), self.words));
        }
        element
    }

    fn shown(&self, index: usize, shown: &Shown) -> Result<Option<Element>, Mistake> {
        let picture = shown.svg.is_some().then_some(self.data);
        let tables =
            shown.table.as_ref().map(|table| tables(table, picture, self.fold_lines, self.words)).unwrap_or_default();
        let mut element = Element { tables, ..Element::default() };
        if let Some(svg) = &shown.svg {
            element.kind = "svg";
            element.alt = self.alt(shown)?;
            element.svg = clean::svg(svg, &format!("{}{index}-", self.prefix))
                .map_err(|message| ("bad-output", message, "show a picture of `plots`, or mend the SVG"))?;
        } else if let Some(png) = &shown.png {
            element.kind = "png";
            element.alt = self.alt(shown)?;
            element.png.clone_from(png);
        } else if let Some(latex) = &shown.latex {
            element.kind = "latex";
            element.latex = clean::latex(latex).map_err(|message| {
                ("bad-output", message, "show the formula without its dollars, its braces in pairs")
            })?;
        } else if let Some(html) = &shown.html {
            element.kind = "html";
            element.html = clean::html(html);
        } else if element.tables.is_empty() {
            return Ok(shown.text.as_ref().map(|text| self.printed("output-value", &(self.moved)(text))));
        } else {
            element.kind = "table";
        }
        Ok(Some(element))
    }

    fn alt(&self, shown: &Shown) -> Result<String, Mistake> {
        let own = self.cell.alt.as_ref().map(|alt| &self.text[alt.clone()]).filter(|alt| *alt != "auto");
        own.or(shown.alt.as_deref()).map(str::to_owned).ok_or((
            "no-alt",
            "a reader who cannot see the picture is told nothing".to_owned(),
            "say it on top of the cell, as in `//| alt: …`",
        ))
    }
}

/// One output, as the template takes it.
#[derive(Default, Serialize)]
struct Element {
    kind: &'static str,
    class: &'static str,
    text: String,
    /// The beginning of a long text, and what the fold below it is called; empty when it is not long.
    head: String,
    fold: String,
    html: String,
    svg: String,
    png: String,
    latex: String,
    alt: String,
    tables: Vec<ElementTable>,
}

#[derive(Serialize)]
struct ElementTable {
    columns: Vec<ElementCell>,
    rows: Vec<Vec<ElementCell>>,
    /// What the fold is called that the table lies in, and its class; empty when it lies open.
    fold: String,
    class: &'static str,
}

#[derive(Serialize)]
struct ElementCell {
    text: String,
    right: bool,
}

/// The data of a picture lie in a fold; of a long table the beginning is seen and the whole is folded below it.
fn tables(table: &Table, picture: Option<Data>, fold_lines: usize, words: &Words) -> Vec<ElementTable> {
    let rows = table.rows.len();
    if let Some(data) = picture {
        let fold = match data {
            Data::Own => words.data,
            Data::OfDefault => words.data_of_default,
        };
        return vec![ElementTable { fold: fold.into(), class: "output-data", ..ElementTable::of(table, rows) }];
    }
    if rows <= fold_lines {
        return vec![ElementTable::of(table, rows)];
    }
    let fold = format!("{} {}", words.show_all, counted(rows, words));
    let whole = ElementTable { fold, class: "output-long", ..ElementTable::of(table, rows) };
    vec![ElementTable::of(table, fold_lines / 2), whole]
}

impl ElementTable {
    fn of(table: &Table, rows: usize) -> Self {
        let cell = |(text, (_, right)): (&String, &(String, bool))| ElementCell { text: text.clone(), right: *right };
        let row = |row: &Vec<String>| row.iter().zip(&table.columns).map(cell).collect();
        let columns = table.columns.iter().map(|(name, right)| ElementCell { text: name.clone(), right: *right });
        Self {
            columns: columns.collect(),
            rows: table.rows.iter().take(rows).map(row).collect(),
            fold: String::new(),
            class: "",
        }
    }
}

/// A template of ours, filled.
pub fn expand(template: &str, context: &Context) -> String {
    let html = templates().render(template, context).expect("the template knows all that it is given");
    html.trim_end().to_owned()
}

fn templates() -> &'static Tera {
    static TEMPLATES: OnceLock<Tera> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let mut tera = Tera::new();
        tera.set_escape_fn(|text, to| to.write_all(escape::text(text).as_bytes()));
        for (name, template) in [
            ("output.html", include_str!("../../templates/output.html")),
            ("knobs.html", include_str!("../../templates/knobs.html")),
        ] {
            tera.add_raw_template(name, template.trim_end()).expect("the template is part of the program");
        }
        tera
    })
}

/// `1 000 000 строк`.
fn counted(lines: usize, words: &Words) -> String {
    let digits = number::grouped(&lines.to_string(), words.signs.group.prose);
    format!("{digits}\u{a0}{}", (words.lines)(lines))
}

fn size(bytes: usize, words: &Words) -> String {
    let (value, unit) = match bytes {
        0..1_000_000 => (bytes as f64 / 1e3, words.bytes[0]),
        _ => (bytes as f64 / 1e6, words.bytes[1]),
    };
    format!("{}\u{a0}{unit}", number::decimal(&format!("{value:.1}"), words))
}
