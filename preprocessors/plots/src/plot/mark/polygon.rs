//! Areas: closed figures, and bands between two curves.

use crate::language::{say, word};
use kernel::Table;

use crate::plot::clip;
use crate::plot::fault::{Axes, Fault};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, numbers};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::words::{called, count, number, span};

/// A closed figure, its inside tinted.
#[derive(Clone, Debug)]
pub(crate) struct Polygon {
    pub(crate) corners: Vec<Point>,
}

/// What lies between two curves over the same abscissas.
#[derive(Clone, Debug)]
pub(crate) struct Band {
    pub(crate) low: Vec<Point>,
    pub(crate) high: Vec<Point>,
}

impl Mark for Polygon {
    fn noun(&self) -> &'static str {
        "polygon"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        // A figure without one of its corners is another figure.
        let mut faults: Vec<Fault> =
            axes.points(&self.corners).into_iter().map(|fault| Fault::told(fault.what)).collect();
        if faults.is_empty() && self.corners.len() < 3 {
            faults.push(Fault::told(format!("a figure of {} corners has no inside", self.corners.len())));
        }
        faults
    }

    fn extent(&self) -> Vec<Point> {
        self.corners.clone()
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let look = look(pen);
        fill(pen, &self.corners, &look);
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = look(pen);
        pen.svg.rect(at.0 + 1.0, at.1 - 12.0, 22.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let next = self.corners.iter().cycle().skip(1);
        let area = self.corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0;
        let corners = count(self.corners.len(), ["вершина", "вершины", "вершин"], ["corner", "corners"]);
        say!(
            "{}: {corners}, площадь {}.",
            "{}: {corners}, area {}.",
            called(word("Фигура", "Polygon"), name),
            number(area)
        )
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        Some(numbers(&[heads.x, heads.y], self.corners.iter().map(|&(x, y)| vec![x, y])))
    }
}

impl Mark for Band {
    fn noun(&self) -> &'static str {
        "band"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let low = axes.points(&self.low);
        if low.is_empty() { axes.points(&self.high) } else { low }
    }

    fn extent(&self) -> Vec<Point> {
        self.low.iter().chain(&self.high).copied().collect()
    }

    fn fit(&self) -> Fit {
        Fit::Wide
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let look = format!("fill-opacity=\".2\" fill=\"{}\"", pen.colour);
        let drawable = |&at: &usize| {
            [self.low[at], self.high[at]].map(|point| pen.at(point)).iter().all(|p| p.0.is_finite() && p.1.is_finite())
        };
        let places: Vec<usize> = (0..self.low.len()).filter(drawable).collect();
        for run in places.chunk_by(|a, b| a + 1 == *b) {
            let low = run.iter().map(|&at| self.low[at]);
            let outline: Vec<Point> = low.chain(run.iter().rev().map(|&at| self.high[at])).collect();
            fill(pen, &outline, &look);
        }
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = format!("fill-opacity=\".2\" fill=\"{}\"", pen.colour);
        pen.svg.rect(at.0, at.1 - 12.0, 24.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let widths = self.low.iter().zip(&self.high).map(|(low, high)| high.1 - low.1);
        let widths = span(widths).map_or(String::new(), |(least, most)| {
            say!(", шириной от {} до {}", ", width from {} to {}", number(least), number(most))
        });
        let all = span(self.extent().into_iter().map(|point| point.1))
            .map_or(String::new(), |(low, high)| say!(": от {} до {}", ": from {} to {}", number(low), number(high)));
        format!("{}{all}{widths}.", called(word("Полоса", "Band"), name))
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let rows = self.low.iter().zip(&self.high).map(|(&(x, low), &(_, high))| vec![x, low, high]);
        Some(numbers(
            &[heads.x, &say!("{}, нижняя", "{}, lower", heads.y), &say!("{}, верхняя", "{}, upper", heads.y)],
            rows,
        ))
    }
}

/// How a closed figure looks.
pub(crate) fn look(pen: &Pen<'_>) -> String {
    format!("fill-opacity=\".18\" fill=\"{0}\" stroke=\"{0}\" stroke-width=\"2\"{1}", pen.colour, pen.dash)
}

/// Fills a figure as far as it is inside the axes.
pub(crate) fn fill(pen: &mut Pen<'_>, corners: &[Point], look: &str) {
    let pixels = corners.iter().map(|&corner| pen.at(corner)).filter(|p| p.0.is_finite() && p.1.is_finite()).collect();
    let mut path = Path::default();
    path.polygon(&clip::polygon(pen.area, pixels));
    pen.svg.path(path, look);
}
