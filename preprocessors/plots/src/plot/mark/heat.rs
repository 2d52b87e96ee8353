//! Matrices as colours: heat maps and pictures.

use crate::language::{say, word};
use kernel::{Align, Table};

use crate::number::{fixed, significant};
use crate::plot::colour::{Palette, ink};
use crate::plot::dense::Dense;
use crate::plot::fault::{Axes, Bounds, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{ColourBar, Fit, Heads, Mark, Names};
use crate::plot::pen::Pen;
use crate::plot::raster;
use crate::plot::scale::Spread;
use crate::plot::svg::{Anchor, escape};
use crate::plot::words::{called, number, span};

/// A matrix, its first row at the top.
#[derive(Clone, Debug)]
pub(crate) struct Heat {
    pub(crate) matrix: Dense,
    pub(crate) kind: Kind,
    pub(crate) palette: Palette,
    pub(crate) limits: Option<Point>,
    /// How values are spread over the colours.
    pub(crate) spread: Spread,
    pub(crate) digits: Option<usize>,
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    /// How many rows and columns of the author's one of these is the mean of.
    pub(crate) block: (usize, usize),
}

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Values with a colour each; the rows and columns are counted or named.
    Values,
    /// The brightness of pixels.
    Picture,
}

impl Heat {
    pub(crate) fn new(matrix: Dense, kind: Kind) -> Self {
        let counted = |count: usize| match kind {
            Kind::Values => (0..count).map(|place| place.to_string()).collect(),
            Kind::Picture => vec![String::new(); count],
        };
        let (rows, columns) = (counted(matrix.shape().0), counted(matrix.shape().1));
        let palette = if kind == Kind::Values { Palette::Sequential } else { Palette::Grey };
        Self { matrix, kind, palette, limits: None, spread: Spread::Linear, digits: None, rows, columns, block: (1, 1) }
    }

    /// Replaces blocks by their means, so that at most so many rows and columns stay.
    pub(crate) fn average(&mut self, (most_rows, most_columns): (usize, usize)) {
        let (rows, columns) = self.matrix.shape();
        let (down, across) = (rows.div_ceil(most_rows).max(1), columns.div_ceil(most_columns).max(1));
        let ends = |at: usize, size: usize, count: usize| at * size..((at + 1) * size).min(count);
        self.matrix = Dense::from_fn((rows.div_ceil(down), columns.div_ceil(across)), |(row, column)| {
            let (block_rows, block_columns) = (ends(row, down, rows), ends(column, across, columns));
            let count = (block_rows.len() * block_columns.len()) as f64;
            let sum: f64 =
                block_rows.flat_map(|r| block_columns.clone().map(move |c| (r, c))).map(|at| self.matrix[at]).sum();
            sum / count
        });
        self.rows = self.rows.iter().step_by(down).cloned().collect();
        self.columns = self.columns.iter().step_by(across).cloned().collect();
        self.block = (down, across);
    }

    fn limits(&self) -> Point {
        self.limits.unwrap_or_else(|| {
            let placed = self.matrix.values().iter().copied().filter(|&value| self.spread.forward(value).is_finite());
            let (low, high) = span(placed).unwrap_or((0.0, 1.0));
            match self.spread {
                Spread::Log if low < high => (low, high),
                Spread::Log => (low / 2.0, high * 2.0),
                Spread::Linear => self.palette.limits(low..=high),
            }
        })
    }

    /// The matrix as numbers that are proportional to the way along the colours, and the ends of that way.
    fn along_colours(&self) -> (Dense, Point) {
        let (low, high) = self.limits();
        let forward = |value: f64| self.spread.forward(value);
        let matrix = Dense::from_fn(self.matrix.shape(), |at| forward(self.matrix[at]));
        (matrix, (forward(low), forward(high)))
    }

    fn numbers(&self, pen: &mut Pen<'_>, digits: usize) {
        let (along, (low, high)) = self.along_colours();
        let longest = self.matrix.values().iter().map(|&value| fixed(value, digits).chars().count()).max().unwrap_or(1);
        let cell = pen.x.density() * 0.92;
        // Letters as large as the cell allows, but never larger than the others.
        let size = (cell / (0.58 * longest as f64)).min(pen.y.density() * 0.8).min(16.0);
        const READABLE: f64 = 8.0;
        if size < READABLE {
            pen.svg.warn(format!(
                "the numbers in the cells are {size:.1} pixels high: drop `.values(…)`, or show fewer cells"
            ));
        }
        pen.svg.open(&format!("text-anchor=\"middle\" font-size=\"{size:.0}\""));
        for ink_now in ["#000", "#fff"] {
            let mut texts = Vec::new();
            for ((row, column), &value) in self.matrix.places().filter(|(_, value)| value.is_finite()) {
                if ink(self.palette.at((along[(row, column)] - low) / (high - low))) == ink_now {
                    let (x, y) = pen.at((column as f64, row as f64));
                    texts.push((x, y + size * 0.35, fixed(value, digits)));
                }
            }
            if !texts.is_empty() {
                pen.svg.open(&format!("fill=\"{ink_now}\""));
                for (x, y, text) in texts {
                    pen.svg.text(x, y, Anchor::Start, "", &escape(&text));
                }
                pen.svg.close();
            }
        }
        pen.svg.close();
    }

    fn label(&self, row: usize, column: usize) -> String {
        let name = |names: &[String], place: usize| match names.get(place) {
            Some(name) if name.parse::<usize>().is_err() && !name.is_empty() => say!("«{name}»", "“{name}”"),
            _ => place.to_string(),
        };
        say!("строка {}, столбец {}", "row {}, column {}", name(&self.rows, row), name(&self.columns, column))
    }
}

impl Mark for Heat {
    fn noun(&self) -> &'static str {
        if self.kind == Kind::Values { "heatmap" } else { "image" }
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        if axes.x.spread == Spread::Log || axes.y.spread == Spread::Log {
            return vec![Fault::told("rows and columns have no logarithmic axis")];
        }
        let one = |((row, column), value): ((usize, usize), &f64)| {
            let colours = Bounds { spread: self.spread, range: None };
            let why = colours.refusal(*value)?;
            let why = if self.spread == Spread::Log && *value <= 0.0 {
                "has no place among logarithmic colours"
            } else {
                why
            };
            Some(format!("row {row}, column {column} is {value}, which {why}"))
        };
        let mut faults = all_or_some("numbers", self.matrix.places().map(one).collect());
        if let Some((low, _)) = self.limits.filter(|limits| self.spread.forward(limits.0).is_nan()) {
            faults.push(Fault::told(format!("logarithmic colours cannot begin at {low}; give limits above 0")));
        }
        if self.spread == Spread::Log && self.palette == Palette::Diverging {
            faults.push(Fault::told("colours on both sides of zero are not logarithmic; drop `.diverging()`"));
        }
        faults
    }

    fn crowded(&self, (across, down): Point) -> Option<Fault> {
        let (rows, columns) = self.matrix.shape();
        let short = |nouns: &str, count: usize, pixels: f64| {
            let room = (pixels * count as f64) as usize;
            let advice = "show a part of it, or average blocks by `.averaged(rows, columns)`";
            Fault::told(format!("{count} {nouns} do not fit {room} pixels, and some would not be seen; {advice}"))
        };
        let (nouns, count, pixels) = if rows > columns { ("rows", rows, down) } else { ("columns", columns, across) };
        // A hair of rounding is no lost row.
        (pixels < 0.999).then(|| short(nouns, count, pixels))
    }

    fn extent(&self) -> Vec<Point> {
        let (rows, columns) = self.matrix.shape();
        if rows == 0 || columns == 0 {
            return Vec::new();
        }
        vec![(-0.5, -0.5), (columns as f64 - 0.5, rows as f64 - 0.5)]
    }

    fn fit(&self) -> Fit {
        let (rows, columns) = self.matrix.shape();
        let long = rows.max(columns) > 3 * rows.min(columns);
        if self.kind == Kind::Values && long { Fit::Tight } else { Fit::Square }
    }

    fn names(&self) -> Names<'_> {
        Names { x: &self.columns, y: &self.rows, downwards: true }
    }

    fn colour_bar(&self) -> Option<ColourBar> {
        let bar = ColourBar { palette: self.palette, limits: self.limits(), spread: self.spread };
        (self.kind == Kind::Values && self.digits.is_none()).then_some(bar)
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let (rows, columns) = self.matrix.shape();
        let from = pen.at((-0.5, -0.5));
        let to = pen.at((columns as f64 - 0.5, rows as f64 - 0.5));
        let (matrix, limits) = self.along_colours();
        let uri = raster::data_uri(&matrix, self.palette, limits);
        pen.svg.image(from, (to.0 - from.0, to.1 - from.1), "style=\"image-rendering:pixelated\"", &uri);
        if let Some(digits) = self.digits {
            self.numbers(pen, digits);
        }
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let [r, g, b] = self.palette.at(0.6);
        pen.svg.rect(at.0 + 5.0, at.1 - 12.0, 14.0, 13.0, &format!("fill=\"#{r:02x}{g:02x}{b:02x}\""));
    }

    fn describe(&self, name: Option<&str>) -> String {
        let (rows, columns) = self.matrix.shape();
        let finite = || self.matrix.places().filter(|(_, value)| value.is_finite());
        let least = finite().min_by(|a, b| a.1.total_cmp(b.1));
        let most = finite().max_by(|a, b| a.1.total_cmp(b.1));
        let (Some(least), Some(most)) = (least, most) else {
            return word("Пустая матрица.", "An empty matrix.").to_owned();
        };
        let block = match self.block {
            (1, 1) => String::new(),
            (down, across) => {
                say!(", каждое — среднее по блоку {down}×{across}", ", each the mean of a block of {down}×{across}")
            }
        };
        let values = say!("от {} до {}{block}", "from {} to {}{block}", number(*least.1), number(*most.1));
        match self.kind {
            Kind::Picture => {
                say!(
                    "{} из {rows} строк и {columns} столбцов точек, яркость {values}.",
                    "{} of {rows} rows and {columns} columns of points, brightness {values}.",
                    called(word("Изображение", "Image"), name)
                )
            }
            Kind::Values => say!(
                "{} {rows}×{columns}, значения {values}; наибольшее: {}; наименьшее: {}.",
                "{} {rows}×{columns}, values {values}; greatest: {}; least: {}.",
                called(word("Тепловая карта", "Heat map"), name),
                self.label(most.0.0, most.0.1),
                self.label(least.0.0, least.0.1)
            ),
        }
    }

    fn table(&self, _: &Heads<'_>) -> Option<Table> {
        const WIDE: usize = 16;
        if self.kind == Kind::Picture || self.matrix.shape().1 > WIDE {
            return None;
        }
        let mut columns = vec![(String::new(), Align::Left)];
        columns.extend(self.columns.iter().map(|name| (name.clone(), Align::Right)));
        let digits = |value: f64| self.digits.map_or_else(|| significant(value, 4), |digits| fixed(value, digits));
        let row = |(name, row): (&String, &[f64])| {
            std::iter::once(name.clone()).chain(row.iter().map(|&value| digits(value))).collect()
        };
        Some(Table { columns, rows: self.rows.iter().zip(self.matrix.rows()).map(row).collect() })
    }
}
