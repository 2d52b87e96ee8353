//! Points with their uncertainty.

use crate::language::{say, word};
use kernel::Table;

use super::curve;
use crate::plot::clip;
use crate::plot::fault::{Axes, Fault};
use crate::plot::geometry::Point;
use crate::plot::kind::{Heads, Mark, numbers};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::words::{called, number, span, trend};

/// Points, each with a whisker as long up as down.
#[derive(Clone, Debug)]
pub(crate) struct Errors {
    pub(crate) points: Vec<Point>,
    pub(crate) radii: Vec<f64>,
}

impl Errors {
    fn ends(&self) -> impl Iterator<Item = (Point, Point)> {
        self.points.iter().zip(&self.radii).map(|(&(x, y), radius)| ((x, y - radius), (x, y + radius)))
    }
}

impl Mark for Errors {
    fn noun(&self) -> &'static str {
        "errors"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let mut faults = axes.points(&self.points);
        let bad = self.radii.iter().enumerate().filter(|(_, radius)| !(radius.is_finite() && **radius >= 0.0));
        faults.extend(bad.map(|(index, radius)| Fault::gap(format!("the half-length {index} is {radius}"))));
        faults
    }

    fn extent(&self) -> Vec<Point> {
        self.ends().flat_map(|(low, high)| [low, high]).chain(self.points.iter().copied()).collect()
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        const CAP: f64 = 4.0;
        let mut path = Path::default();
        for (low, high) in self.ends() {
            let (low, high) = (pen.at(low), pen.at(high));
            // On a logarithmic axis a whisker that reaches zero goes on to the edge.
            let low = if low.1.is_finite() { low } else { (low.0, pen.area.bottom) };
            let Some((from, to)) = clip::segment(pen.area, low, high) else { continue };
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            for end in [low, high].into_iter().filter(|&end| pen.inside(end)) {
                path.move_to(end.0 - CAP, end.1);
                path.line_to(end.0 + CAP, end.1);
            }
        }
        let stroke = format!("stroke=\"{}\" stroke-width=\"1.5\"", pen.colour);
        pen.svg.path(path, &stroke);
        let pixels: Vec<Point> = self.points.iter().map(|&p| pen.at(p)).filter(|&p| pen.inside(p)).collect();
        curve::markers(pen, &pixels);
    }

    fn swatch(&self, (x, y): Point, pen: &mut Pen<'_>) {
        let mut path = Path::default();
        path.move_to(x + 12.0, y - 13.0);
        path.line_to(x + 12.0, y + 3.0);
        let stroke = format!("stroke=\"{}\" stroke-width=\"1.5\"", pen.colour);
        pen.svg.path(path, &stroke);
        curve::markers(pen, &[(x + 12.0, y - 5.0)]);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let spread = span(self.radii.iter().copied()).map_or(String::new(), |(low, high)| {
            say!(", погрешность от {} до {}", ", error from {} to {}", number(low), number(high))
        });
        format!(
            "{}: {}{spread}.",
            called(word("Точки с погрешностью", "Points with errors"), name),
            trend(&self.points)
        )
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let rows = self.points.iter().zip(&self.radii).map(|(&(x, y), &radius)| vec![x, y, radius]);
        Some(numbers(&[heads.x, heads.y, "±"], rows))
    }
}
