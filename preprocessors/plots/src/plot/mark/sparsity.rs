//! Where a matrix is not zero.

use crate::language::word;
use kernel::Table;

use crate::plot::dense::Dense;
use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, Names};
use crate::plot::pen::Pen;
use crate::plot::scale::Spread;
use crate::plot::svg::Path;
use crate::plot::words::{called, count, number};

/// A matrix of which only the places of its numbers matter.
#[derive(Clone, Debug)]
pub(crate) struct Sparsity {
    pub(crate) matrix: Dense,
    pub(crate) counted: (Vec<String>, Vec<String>),
}

impl Sparsity {
    pub(crate) fn new(matrix: Dense) -> Self {
        let counted = |count: usize| (0..count).map(|place| place.to_string()).collect();
        let (rows, columns) = matrix.shape();
        Self { matrix, counted: (counted(rows), counted(columns)) }
    }
}

impl Mark for Sparsity {
    fn noun(&self) -> &'static str {
        "sparsity"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        if axes.x.spread == Spread::Log || axes.y.spread == Spread::Log {
            return vec![Fault::told("rows and columns have no logarithmic axis")];
        }
        let one = |((row, column), value): ((usize, usize), &f64)| {
            (!value.is_finite()).then(|| format!("row {row}, column {column} is {value}"))
        };
        all_or_some("numbers", self.matrix.places().map(one).collect())
    }

    fn crowded(&self, (across, down): Point) -> Option<Fault> {
        let (rows, columns) = self.matrix.shape();
        let what =
            format!("{rows} rows and {columns} columns do not fit the frame, and some would not be seen; show a part");
        (across.min(down) < 0.999).then(|| Fault::told(what))
    }

    fn extent(&self) -> Vec<Point> {
        let (rows, columns) = self.matrix.shape();
        vec![(-0.5, -0.5), (columns as f64 - 0.5, rows as f64 - 0.5)]
    }

    fn fit(&self) -> Fit {
        Fit::Square
    }

    fn names(&self) -> Names<'_> {
        Names { x: &self.counted.1, y: &self.counted.0, downwards: true }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let mut path = Path::default();
        for (row, values) in self.matrix.rows().enumerate() {
            let mut from = 0;
            for run in values.chunk_by(|a, b| (*a == 0.0) == (*b == 0.0)) {
                let to = from + run.len();
                if run[0] != 0.0 && run[0].is_finite() {
                    let corner = pen.at((from as f64 - 0.5, row as f64 - 0.5));
                    let other = pen.at((to as f64 - 0.5, row as f64 + 0.5));
                    path.polygon(&[corner, (other.0, corner.1), other, (corner.0, other.1)]);
                }
                from = to;
            }
        }
        let (left, right, top, bottom) = (pen.area.left, pen.area.right, pen.area.top, pen.area.bottom);
        pen.svg.path(path, &format!("fill=\"{}\"", pen.colour));
        pen.svg.rect(left, top, right - left, bottom - top, "fill=\"none\" stroke=\"var(--plot-muted)\"");
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = format!("fill=\"{}\"", pen.colour);
        pen.svg.rect(at.0 + 5.0, at.1 - 12.0, 14.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let (rows, columns) = self.matrix.shape();
        let filled = self.matrix.values().iter().filter(|value| **value != 0.0).count();
        let share = 100.0 * filled as f64 / (rows * columns).max(1) as f64;
        let filled = count(
            filled,
            ["ненулевой элемент", "ненулевых элемента", "ненулевых элементов"],
            ["non-zero element", "non-zero elements"],
        );
        format!(
            "{} {rows}×{columns}: {filled}, {} %.",
            called(word("Портрет матрицы", "Sparsity of a matrix"), name),
            number(share)
        )
    }

    fn table(&self, _: &Heads<'_>) -> Option<Table> {
        None
    }
}
