//! Arrows: single vectors and vector fields.

use crate::language::{say, word};
use kernel::Table;

use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, numbers};
use crate::plot::pen::Pen;
use crate::plot::svg::Path;
use crate::plot::words::{called, count, number, point};

/// A rim of the colour of the page.
const HALO: &str = "fill=\"none\" stroke=\"var(--plot-bg)\" stroke-opacity=\".8\" stroke-width=\"6\" stroke-linejoin=\"round\" stroke-linecap=\"round\"";

/// Arrows from point to point.
#[derive(Clone, Debug)]
pub(crate) struct Arrows {
    pub(crate) arrows: Vec<(Point, Point)>,
    pub(crate) lengths: Lengths,
}

/// What the length of an arrow says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Lengths {
    /// The arrow ends at its second point.
    True,
    /// All arrows were shortened in one proportion, so that the longest, of this length, fits its cell of the field.
    Scaled(f64),
}

impl Arrows {
    /// A field of vectors at the nodes of a grid.
    pub(crate) fn field(f: impl Fn(f64, f64) -> Point, x: Point, y: Point, (columns, rows): (usize, usize)) -> Self {
        let cell = ((x.1 - x.0) / columns as f64, (y.1 - y.0) / rows as f64);
        let mut arrows = Vec::with_capacity(columns * rows);
        let mut longest = 0.0_f64;
        let mut fill = 0.0_f64;
        for row in 0..rows {
            for column in 0..columns {
                let at = (x.0 + cell.0 * (column as f64 + 0.5), y.0 + cell.1 * (row as f64 + 0.5));
                let (u, v) = f(at.0, at.1);
                if u.is_finite() && v.is_finite() {
                    longest = longest.max(u.hypot(v));
                    fill = fill.max((u / cell.0).hypot(v / cell.1));
                }
                arrows.push((at, (u, v)));
            }
        }
        let scale = if fill > 0.0 { 0.45 / fill } else { 0.0 };
        let arrows = arrows
            .into_iter()
            .map(|((x, y), (u, v))| {
                // What has no direction keeps its place, so that a message can name it.
                let (u, v) = (u * scale, v * scale);
                if u.is_finite() && v.is_finite() { ((x - u, y - v), (x + u, y + v)) } else { ((x, y), (u, v)) }
            })
            .collect();
        Self { arrows, lengths: Lengths::Scaled(longest) }
    }

    fn stroke(&self) -> f64 {
        if self.lengths == Lengths::True { 2.5 } else { 1.5 }
    }
}

impl Mark for Arrows {
    fn noun(&self) -> &'static str {
        if self.lengths == Lengths::True { "arrows" } else { "field" }
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let one = |(index, &(from, to)): (usize, &(Point, Point))| {
            let why = |(x, y): Point| axes.x.refusal(x).or_else(|| axes.y.refusal(y));
            let why = why(from).or_else(|| why(to))?;
            Some(match self.lengths {
                Lengths::True => {
                    format!("arrow {index} from ({}, {}) to ({}, {}) {why}", from.0, from.1, to.0, to.1)
                }
                Lengths::Scaled(_) => format!("the vector at ({}, {}) {why}", from.0, from.1),
            })
        };
        let mut faults = all_or_some("arrows", self.arrows.iter().enumerate().map(one).collect());
        let cut = |&(from, to): &(Point, Point)| axes.cut(from) || axes.cut(to);
        if let (Lengths::True, Some(index)) = (self.lengths, self.arrows.iter().position(cut)) {
            faults.push(Fault::told(format!("arrow {index} leaves the frame; widen the range of the axis")));
        }
        faults
    }

    fn extent(&self) -> Vec<Point> {
        self.arrows.iter().flat_map(|&(from, to)| [from, to]).collect()
    }

    fn fit(&self) -> Fit {
        if self.lengths == Lengths::True { Fit::Loose } else { Fit::Tight }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let mut path = Path::default();
        for &(from, to) in &self.arrows {
            let (from, to) = (pen.at(from), pen.at(to));
            if pen.inside(from) && pen.inside(to) {
                arrow(&mut path, from, to, 3.0 + 2.2 * self.stroke());
            }
        }
        let look = look(pen, self.stroke());
        if self.lengths == Lengths::True {
            // Arrows lie over other data, which may have their colour.
            pen.svg.path(path.clone(), HALO);
        }
        pen.svg.path(path, &look);
    }

    fn swatch(&self, (x, y): Point, pen: &mut Pen<'_>) {
        let mut path = Path::default();
        arrow(&mut path, (x, y - 5.0), (x + 23.0, y - 5.0), 3.0 + 2.2 * self.stroke());
        pen.svg.path(path, &look(pen, self.stroke()));
    }

    fn describe(&self, name: Option<&str>) -> String {
        match self.lengths {
            Lengths::Scaled(longest) => {
                let drawn = self.arrows.iter().filter(|(_, to)| to.0.is_finite() && to.1.is_finite()).count();
                let arrows = count(drawn, ["стрелка", "стрелки", "стрелок"], ["arrow", "arrows"]);
                say!(
                    "{}: {arrows}, наибольшая длина вектора {}.",
                    "{}: {arrows}, the longest vector is {}.",
                    called(word("Векторное поле", "Vector field"), name),
                    number(longest)
                )
            }
            Lengths::True if self.arrows.len() <= 4 => {
                let one = |&(from, to): &(Point, Point)| say!("из {} в {}", "from {} to {}", point(from), point(to));
                let all: Vec<String> = self.arrows.iter().map(one).collect();
                let noun =
                    if all.len() == 1 { word("Стрелка", "Arrow") } else { word("Стрелки", "Arrows") };
                format!("{}: {}.", called(noun, name), all.join(", "))
            }
            Lengths::True => {
                format!(
                    "{}: {}.",
                    called(word("Стрелки", "Arrows"), name),
                    count(self.arrows.len(), ["стрелка", "стрелки", "стрелок"], ["arrow", "arrows"])
                )
            }
        }
    }

    fn table(&self, _: &Heads<'_>) -> Option<Table> {
        if self.lengths != Lengths::True {
            return None;
        }
        let rows = self.arrows.iter().map(|&(from, to)| vec![from.0, from.1, to.0, to.1]);
        Some(numbers(&[word("из x", "from x"), word("из y", "from y"), word("в x", "to x"), word("в y", "to y")], rows))
    }
}

fn look(pen: &Pen<'_>, width: f64) -> String {
    format!(
        "fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"",
        pen.colour
    )
}

/// Draws an arrow with wings of this length.
pub(crate) fn arrow(path: &mut Path, from: Point, to: Point, head: f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 0.5 {
        path.dot(from.0, from.1);
        return;
    }
    let head = head.min(0.5 * length) / length;
    let wing = |side: f64| (to.0 - head * (dx - side * 0.55 * dy), to.1 - head * (dy + side * 0.55 * dx));
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    let (left, right) = (wing(1.0), wing(-1.0));
    path.move_to(left.0, left.1);
    path.line_to(to.0, to.1);
    path.line_to(right.0, right.1);
}
