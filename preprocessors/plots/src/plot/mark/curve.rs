//! Lines and points.

use crate::language::{say, word};
use std::collections::BTreeSet;

use kernel::Table;

use crate::plot::clip;
use crate::plot::fault::{Axes, Fault};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, numbers};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::thin;
use crate::plot::words::{called, count, number, span, trend};

/// Points in order, joined or marked or both.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub(crate) points: Vec<Point>,
    pub(crate) trace: Trace,
    pub(crate) markers: Markers,
}

/// How neighbouring points are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trace {
    Straight,
    /// Level until the next point, as a distribution function is.
    Steps,
    Nothing,
}

/// Whether points are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markers {
    Shown,
    Hidden,
}

impl Mark for Curve {
    fn noun(&self) -> &'static str {
        if self.trace == Trace::Nothing { "scatter" } else { "line" }
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let mut faults = axes.points(&self.points);
        if faults.is_empty() && self.trace == Trace::Nothing && self.points.iter().all(|&point| axes.cut(point)) {
            faults.push(Fault::told("none of its points is inside the frame; widen the range of an axis"));
        }
        faults
    }

    fn extent(&self) -> Vec<Point> {
        self.points.clone()
    }

    fn fit(&self) -> Fit {
        if self.trace == Trace::Nothing { Fit::Loose } else { Fit::Wide }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let pixels: Vec<Point> = self.points.iter().map(|&point| pen.at(point)).collect();
        let stroke = format!(
            "fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"{}",
            pen.colour, pen.dash
        );
        match self.trace {
            Trace::Straight => pen.svg.path(polyline(pen, &pixels), &stroke),
            Trace::Steps => pen.svg.path(polyline(pen, &steps(&pixels)), &stroke),
            Trace::Nothing => {}
        }
        if self.trace != Trace::Nothing && self.markers == Markers::Hidden {
            let alone = format!("stroke=\"{}\" stroke-width=\"6\" stroke-linecap=\"round\"", pen.colour);
            pen.svg.path(dots(pen, &pixels), &alone);
        }
        if self.markers == Markers::Shown {
            let inside: Vec<Point> = pixels.into_iter().filter(|&pixel| pen.inside(pixel)).collect();
            markers(pen, &inside);
        }
    }

    fn swatch(&self, (x, y): Point, pen: &mut Pen<'_>) {
        if self.trace != Trace::Nothing {
            let mut path = Path::default();
            path.move_to(x, y - 5.0);
            path.line_to(x + 24.0, y - 5.0);
            let stroke = format!("stroke=\"{}\" stroke-width=\"2.5\"{}", pen.colour, pen.dash);
            pen.svg.path(path, &stroke);
        }
        if self.markers == Markers::Shown {
            markers(pen, &[(x + 12.0, y - 5.0)]);
        }
    }

    fn describe(&self, name: Option<&str>) -> String {
        if self.trace != Trace::Nothing {
            return format!("{}: {}.", called(word("Кривая", "Curve"), name), trend(&self.points));
        }
        let points = self.points.iter().filter(|point| finite(point)).count();
        let points = count(points, ["точка", "точки", "точек"], ["point", "points"]);
        let (xs, ys) = (span(self.points.iter().map(|p| p.0)), span(self.points.iter().map(|p| p.1)));
        let (Some(x), Some(y)) = (xs, ys) else {
            return format!("{}: {points}.", called(word("Облако", "Cloud"), name));
        };
        let spans = say!(
            "x от {} до {}, y от {} до {}",
            "x from {} to {}, y from {} to {}",
            number(x.0),
            number(x.1),
            number(y.0),
            number(y.1)
        );
        let correlation =
            correlation(&self.points).map_or(String::new(), |r| say!(", корреляция {}", ", correlation {}", number(r)));
        format!("{}: {points}, {spans}{correlation}.", called(word("Облако", "Cloud"), name))
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        Some(numbers(&[heads.x, heads.y], self.points.iter().map(|&(x, y)| vec![x, y])))
    }
}

/// Points without a neighbour to draw a line to.
fn dots(pen: &Pen<'_>, pixels: &[Point]) -> Path {
    let mut path = Path::default();
    for run in pixels.chunk_by(|a, b| finite(a) && finite(b)) {
        if let [only] = run
            && finite(only)
            && pen.inside(*only)
        {
            path.dot(only.0, only.1);
        }
    }
    path
}

fn finite(pixel: &Point) -> bool {
    pixel.0.is_finite() && pixel.1.is_finite()
}

/// The path through pixels, cut at the edges, broken where a pixel is not finite.
fn polyline(pen: &Pen<'_>, pixels: &[Point]) -> Path {
    let mut path = Path::default();
    for run in pixels.chunk_by(|a, b| finite(a) && finite(b)) {
        let run = thin::thin(run.to_vec());
        for pair in run.windows(2) {
            if let Some((from, to)) = clip::segment(pen.area, pair[0], pair[1]) {
                path.join(from.0, from.1);
                path.line_to(to.0, to.1);
            }
        }
    }
    path
}

fn steps(pixels: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(2 * pixels.len());
    for &(x, y) in pixels {
        if let Some(&(_, before)) = out.last() {
            out.push((x, before));
        }
        out.push((x, y));
    }
    out
}

/// Marks pixels; the sign depends on the place of the layer, so that series differ in grey too.
pub(crate) fn markers(pen: &mut Pen<'_>, pixels: &[Point]) {
    // In a crowd the marks shrink, and those that coincide are drawn once.
    let crowd = pixels.len();
    let size = if crowd > 3000 {
        0.5
    } else if crowd > 400 {
        0.7
    } else {
        1.0
    };
    let opacity = if crowd > 400 { " stroke-opacity=\".7\"" } else { "" };
    let mut seen = BTreeSet::new();
    let grain = if crowd > 3000 { 1.0 } else { 10.0 };
    let mut path = Path::default();
    for &(x, y) in pixels {
        if seen.insert(((x * grain).round() as i64, (y * grain).round() as i64)) {
            sign(&mut path, pen.place, (x, y), size);
        }
    }
    let colour = &pen.colour;
    let look = match pen.place % 6 {
        0 => format!("stroke=\"{colour}\"{opacity} stroke-width=\"{}\" stroke-linecap=\"round\"", 8.0 * size),
        1 => format!("stroke=\"{colour}\"{opacity} stroke-width=\"{}\" stroke-linecap=\"square\"", 7.0 * size),
        3 | 5 => format!("fill=\"none\" stroke=\"{colour}\"{opacity} stroke-width=\"2\""),
        _ => format!("fill=\"{colour}\""),
    };
    pen.svg.path(path, &look);
}

fn sign(path: &mut Path, place: usize, (x, y): Point, size: f64) {
    let r = 5.0 * size;
    match place % 6 {
        0 | 1 => path.dot(x, y),
        2 => path.polygon(&[(x - r, y + 0.8 * r), (x + r, y + 0.8 * r), (x, y - r)]),
        3 => {
            let r = 0.8 * r;
            path.move_to(x - r, y - r);
            path.line_to(x + r, y + r);
            path.move_to(x - r, y + r);
            path.line_to(x + r, y - r);
        }
        4 => path.polygon(&[(x - r, y), (x, y - r), (x + r, y), (x, y + r)]),
        _ => {
            path.move_to(x - r, y);
            path.line_to(x + r, y);
            path.move_to(x, y - r);
            path.line_to(x, y + r);
        }
    }
}

fn correlation(points: &[Point]) -> Option<f64> {
    let finite: Vec<Point> =
        points.iter().copied().filter(|point| point.0.is_finite() && point.1.is_finite()).collect();
    // Of a handful of points a correlation says nothing.
    if finite.len() < 10 {
        return None;
    }
    let mean = |pick: fn(&Point) -> f64| finite.iter().map(pick).sum::<f64>() / finite.len() as f64;
    let (mx, my) = (mean(|p| p.0), mean(|p| p.1));
    let sum = |f: &dyn Fn(f64, f64) -> f64| finite.iter().map(|&(x, y)| f(x - mx, y - my)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
    let r = xy / (xx * yy).sqrt();
    r.is_finite().then_some(r)
}
