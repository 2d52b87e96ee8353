//! Areas: closed figures, and bands between two curves.

use kernel::Table;

use crate::plot::clip;
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
    fn extent(&self) -> Vec<Point> {
        self.corners.clone()
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let look =
            format!("fill-opacity=\".18\" fill=\"{0}\" stroke=\"{0}\" stroke-width=\"2\"{1}", pen.colour, pen.dash);
        fill(pen, &self.corners, &look);
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look =
            format!("fill-opacity=\".18\" fill=\"{0}\" stroke=\"{0}\" stroke-width=\"2\"{1}", pen.colour, pen.dash);
        pen.svg.rect(at.0 + 1.0, at.1 - 12.0, 22.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let next = self.corners.iter().cycle().skip(1);
        let area = self.corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0;
        let corners = count(self.corners.len(), "вершина", "вершины", "вершин");
        format!("{}: {corners}, площадь {}.", called("Фигура", name), number(area))
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        Some(numbers(&[heads.x, heads.y], self.corners.iter().map(|&(x, y)| vec![x, y])))
    }
}

impl Mark for Band {
    fn extent(&self) -> Vec<Point> {
        self.low.iter().chain(&self.high).copied().collect()
    }

    fn fit(&self) -> Fit {
        Fit::Wide
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let look = format!("fill-opacity=\".2\" fill=\"{}\"", pen.colour);
        let outline: Vec<Point> = self.low.iter().chain(self.high.iter().rev()).copied().collect();
        fill(pen, &outline, &look);
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = format!("fill-opacity=\".2\" fill=\"{}\"", pen.colour);
        pen.svg.rect(at.0, at.1 - 12.0, 24.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        let widths = self.low.iter().zip(&self.high).map(|(low, high)| high.1 - low.1);
        let widths = span(widths)
            .map_or(String::new(), |(least, most)| format!(", шириной от {} до {}", number(least), number(most)));
        let all = span(self.extent().into_iter().map(|point| point.1))
            .map_or(String::new(), |(low, high)| format!(": от {} до {}", number(low), number(high)));
        format!("{}{all}{widths}.", called("Полоса", name))
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let rows = self.low.iter().zip(&self.high).map(|(&(x, low), &(_, high))| vec![x, low, high]);
        Some(numbers(&[heads.x, &format!("{}, нижняя", heads.y), &format!("{}, верхняя", heads.y)], rows))
    }
}

fn fill(pen: &mut Pen<'_>, corners: &[Point], look: &str) {
    let pixels = corners.iter().map(|&corner| pen.at(corner)).filter(|p| p.0.is_finite() && p.1.is_finite()).collect();
    let mut path = Path::default();
    path.polygon(&clip::polygon(pen.area, pixels));
    pen.svg.path(path, look);
}
