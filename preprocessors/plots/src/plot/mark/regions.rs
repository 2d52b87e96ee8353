//! Regions of the plane by class, as a classifier decides them.

use crate::language::{say, word};
use kernel::Table;

use crate::plot::contour::Grid;
use crate::plot::dense::Dense;
use crate::plot::fault::{Axes, Fault};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::thin;
use crate::plot::words::{called, number};

/// Classes of small cells, row 0 at the lowest `y`.
#[derive(Clone, Debug)]
pub(crate) struct Regions {
    pub(crate) x: Point,
    pub(crate) y: Point,
    pub(crate) classes: Dense<usize>,
}

/// Cells asked first, and into how many each is cut where neighbours differ.
const COARSE: (usize, usize) = (60, 40);
const FINE: usize = 5;

impl Regions {
    /// Asks a classifier about the middle of every cell; where a cell and its neighbours agree, only once.
    pub(crate) fn of(class: impl Fn(f64, f64) -> usize, x: Point, y: Point) -> Self {
        let (columns, rows) = COARSE;
        let at = |range: Point, place: f64, count: usize| range.0 + (range.1 - range.0) * place / count as f64;
        let ask = |column: f64, row: f64| class(at(x, column, columns), at(y, row, rows));
        let coarse = Dense::from_fn((rows, columns), |(row, column)| ask(column as f64 + 0.5, row as f64 + 0.5));
        let agrees = |row: usize, column: usize| {
            let near = |at: usize, count: usize| at.saturating_sub(1)..(at + 2).min(count);
            near(row, rows).all(|r| near(column, columns).all(|c| coarse[(r, c)] == coarse[(row, column)]))
        };
        let classes = Dense::from_fn((rows * FINE, columns * FINE), |(row, column)| {
            if agrees(row / FINE, column / FINE) {
                return coarse[(row / FINE, column / FINE)];
            }
            ask((column as f64 + 0.5) / FINE as f64, (row as f64 + 0.5) / FINE as f64)
        });
        Self { x, y, classes }
    }

    fn shares(&self) -> Vec<(usize, f64)> {
        let mut all: Vec<usize> = self.classes.values().to_vec();
        all.sort_unstable();
        let cells = all.len() as f64;
        all.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as f64 / cells)).collect()
    }

    /// The outline of a class, half way between the cells that are of it and the others.
    fn outline(&self, class: usize) -> Vec<Vec<Point>> {
        let (rows, columns) = self.classes.shape();
        // A rim of cells of no class closes every line.
        let inside = |row: usize, column: usize| {
            let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
            (row < rows && column < columns && self.classes[(row, column)] == class).then_some(())
        };
        let values = Dense::from_fn(
            (rows + 2, columns + 2),
            |(row, column)| {
                if inside(row, column).is_some() { 1.0 } else { 0.0 }
            },
        );
        let rim = |range: Point, count: usize| {
            let half = 0.5 * (range.1 - range.0) / count as f64;
            (range.0 - half, range.1 + half)
        };
        Grid { x: rim(self.x, columns), y: rim(self.y, rows), values }.lines(0.5)
    }
}

impl Mark for Regions {
    fn noun(&self) -> &'static str {
        "regions"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let corners = axes.points(&self.extent());
        if !corners.is_empty() {
            return corners;
        }
        let classes: Vec<usize> = self.shares().into_iter().map(|(class, _)| class).collect();
        let alike =
            classes.iter().find_map(|class| Some((class, classes.iter().find(|c| *c < class && class % 8 == *c % 8)?)));
        let alike =
            alike.map(|(a, b)| Fault::told(format!("classes {b} and {a} would have one colour: there are eight")));
        alike.into_iter().collect()
    }

    fn extent(&self) -> Vec<Point> {
        vec![(self.x.0, self.y.0), (self.x.1, self.y.1)]
    }

    fn fit(&self) -> Fit {
        Fit::Tight
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        for (class, _) in self.shares() {
            let mut path = Path::default();
            for line in self.outline(class) {
                let line: Vec<Point> = line.into_iter().map(|point| pen.clamp(pen.at(point))).collect();
                path.polygon(&thin::corners(&line));
            }
            let colour = class % 8 + 1;
            pen.svg.path(path, &format!("fill=\"var(--plot-{colour})\" fill-opacity=\".22\" fill-rule=\"evenodd\""));
        }
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = format!("fill=\"{0}\" fill-opacity=\".22\"", pen.colour);
        pen.svg.rect(at.0 + 2.0, at.1 - 12.0, 20.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let one = |(class, share): (usize, f64)| {
            say!("класс {class} — {} %", "class {class}: {}%", number((share * 100.0).round()))
        };
        let all: Vec<String> = self.shares().into_iter().map(one).collect();
        say!("{} плоскости: {}.", "{} of the plane: {}.", called(word("Области", "Regions"), name), all.join(", "))
    }

    fn table(&self, _: &Heads<'_>) -> Option<Table> {
        None
    }
}
