//! Spans of time in rows, one row a worker.

use crate::language::{say, word};
use kernel::{Align, Table};

use crate::number::significant;
use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, Names};
use crate::plot::pen::Pen;
use crate::plot::svg::{Anchor, Path, escape};
use crate::plot::text;
use crate::plot::words::{called, count, number, quoted, span};

/// What workers do and when.
#[derive(Clone, Debug)]
pub(crate) struct Spans {
    pub(crate) spans: Vec<Span>,
    /// The rows from the top; layers of one plot share them.
    pub(crate) rows: Vec<String>,
}

/// One piece of work.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) row: String,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) text: String,
}

impl Spans {
    pub(crate) fn new(spans: Vec<Span>) -> Self {
        let mut rows: Vec<String> = Vec::new();
        for span in &spans {
            if !rows.contains(&span.row) {
                rows.push(span.row.clone());
            }
        }
        Self { spans, rows }
    }

    fn ends(&self) -> impl Iterator<Item = f64> {
        self.spans.iter().flat_map(|span| [span.from, span.to])
    }
}

impl Mark for Spans {
    fn noun(&self) -> &'static str {
        "timeline"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let one = |span: &Span| {
            let what = format!(
                "the span{} from {} to {} in the row{}",
                quoted(&span.text),
                span.from,
                span.to,
                quoted(&span.row)
            );
            let why = axes.x.refusal(span.from).or_else(|| axes.x.refusal(span.to));
            let why = why.or_else(|| (span.from > span.to).then_some("ends before it begins"))?;
            Some(format!("{what} {why}"))
        };
        all_or_some("spans", self.spans.iter().map(one).collect())
    }

    fn extent(&self) -> Vec<Point> {
        let last = self.rows.len() as f64 - 0.5;
        self.ends().flat_map(|end| [(end, -0.5), (end, last)]).collect()
    }

    fn fit(&self) -> Fit {
        Fit::Exact
    }

    fn names(&self) -> Names<'_> {
        Names { y: &self.rows, downwards: true, ..Names::default() }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        const HALF: f64 = 0.38;
        let mut path = Path::default();
        let mut texts = Vec::new();
        for span in &self.spans {
            let Some(row) = self.rows.iter().position(|row| *row == span.row) else { continue };
            let low = pen.clamp(pen.at((span.from, row as f64 - HALF)));
            let high = pen.clamp(pen.at((span.to, row as f64 + HALF)));
            path.polygon(&[low, (high.0, low.1), high, (low.0, high.1)]);
            if text::width(&span.text) <= high.0 - low.0 {
                texts.push((f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1) + 5.5, &span.text));
            } else {
                let (text, row) = (&span.text, quoted(&span.row));
                pen.svg.warn(format!("the text «{text}» does not fit its span in the row{row} and is left out"));
            }
        }
        let look = look(pen);
        pen.svg.path(path, &look);
        for (x, y, text) in texts {
            pen.svg.text(x, y, Anchor::Middle, "", &escape(text));
        }
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = look(pen);
        pen.svg.rect(at.0 + 2.0, at.1 - 12.0, 20.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let spans = count(self.spans.len(), ["отрезок", "отрезка", "отрезков"], ["span", "spans"]);
        let (low, high) = span(self.ends()).unwrap_or((0.0, 0.0));
        let (low, high) = (number(low), number(high));
        say!(
            "{}: {spans} от {low} до {high}; строки: {}.",
            "{}: {spans} from {low} to {high}; rows: {}.",
            called(word("Занятость", "Timeline"), name),
            self.rows.join(", ")
        )
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let head = |text: &str, align: Align| (text.to_owned(), align);
        let columns = vec![
            head(word("строка", "row"), Align::Left),
            head(&say!("{}, от", "{}, from", heads.x), Align::Right),
            head(word("до", "to"), Align::Right),
            head(word("что", "what"), Align::Left),
        ];
        let row =
            |span: &Span| vec![span.row.clone(), significant(span.from, 4), significant(span.to, 4), span.text.clone()];
        Some(Table { columns, rows: self.spans.iter().map(row).collect() })
    }
}

fn look(pen: &Pen<'_>) -> String {
    format!("fill=\"{0}\" fill-opacity=\".3\" stroke=\"{0}\" stroke-width=\"1.5\"{1}", pen.colour, pen.dash)
}
