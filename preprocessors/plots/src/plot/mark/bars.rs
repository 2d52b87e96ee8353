//! Bars: one value for each name.

use crate::language::{say, word};
use kernel::{Align, Table};

use crate::number::{fixed, significant};
use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{Fit, Heads, Mark, Names};
use crate::plot::pen::{HALO, Pen};
use crate::plot::scale::Spread;
use crate::plot::svg::{Anchor, Path};
use crate::plot::words::{called, number, quoted, span};

/// Values under names.
#[derive(Clone, Debug)]
pub(crate) struct Bars {
    pub(crate) names: Vec<String>,
    pub(crate) values: Vec<f64>,
    pub(crate) digits: Option<usize>,
    pub(crate) stacked: bool,
    pub(crate) direction: Direction,
    /// Which of how many bars under one name these are.
    pub(crate) slot: (usize, usize),
    /// Where every bar begins: on the bars it is stacked on.
    pub(crate) bases: Vec<f64>,
    /// Half-lengths of whiskers; none where there are no whiskers.
    pub(crate) radii: Vec<f64>,
}

/// Which way bars grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Up,
    /// To the right, which leaves room for long names.
    Right,
}

impl Bars {
    pub(crate) fn new(names: Vec<String>, values: Vec<f64>) -> Self {
        let bases = vec![0.0; values.len()];
        Self {
            names,
            values,
            digits: None,
            stacked: false,
            direction: Direction::Up,
            slot: (0, 1),
            bases,
            radii: Vec::new(),
        }
    }

    /// The side of a bar along its axis of names, from and to, at a place.
    fn sides(&self, place: usize) -> (f64, f64) {
        const FULL: f64 = 0.76;
        let (index, count) = self.slot;
        let width = FULL / count as f64;
        let from = place as f64 - FULL / 2.0 + width * index as f64;
        (from, from + width)
    }

    /// The whiskers: where along the names, from and to.
    fn whiskers(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let ends = self.values.iter().zip(&self.bases).map(|(value, base)| value + base);
        ends.zip(&self.radii).enumerate().map(|(place, (end, radius))| {
            let (from, to) = self.sides(place);
            (f64::midpoint(from, to), end - radius, end + radius)
        })
    }

    fn turn(&self, (along, value): Point) -> Point {
        if self.direction == Direction::Up { (along, value) } else { (value, along) }
    }
}

impl Bars {
    fn draw_whiskers(&self, pen: &mut Pen<'_>) {
        const CAP: f64 = 5.0;
        let mut path = Path::default();
        for (along, low, high) in self.whiskers().filter(|whisker| whisker.1.is_finite() && whisker.2.is_finite()) {
            let ends = [low, high].map(|value| pen.at(self.turn((along, value))));
            let foot =
                if self.direction == Direction::Up { (ends[1].0, pen.area.bottom) } else { (pen.area.left, ends[1].1) };
            // On a logarithmic axis a whisker that reaches zero goes on to the edge.
            let low = if ends[0].0.is_finite() && ends[0].1.is_finite() { ends[0] } else { foot };
            let (from, to) = (pen.clamp(low), pen.clamp(ends[1]));
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            for end in [low, ends[1]].into_iter().filter(|&end| pen.inside(end)) {
                let (dx, dy) = if self.direction == Direction::Up { (CAP, 0.0) } else { (0.0, CAP) };
                path.move_to(end.0 - dx, end.1 - dy);
                path.line_to(end.0 + dx, end.1 + dy);
            }
        }
        pen.svg.path(path, "stroke=\"var(--plot-fg)\" stroke-width=\"1.5\"");
    }
}

impl Mark for Bars {
    fn noun(&self) -> &'static str {
        "bar"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        let heights = if self.direction == Direction::Up { axes.y } else { axes.x };
        if self.stacked && heights.spread == Spread::Log {
            return vec![Fault::told("stacked bars have no meaning on a logarithmic axis; make the axis linear")];
        }
        let ends = || self.names.iter().zip(self.values.iter().zip(&self.bases));
        let one = |(name, (value, _)): (&String, (&f64, &f64))| {
            heights.refusal(*value).map(|why| format!("the bar{} is {value}, which {why}", quoted(name)))
        };
        let mut faults = all_or_some("bars", ends().map(one).collect());
        let mixed = ends().find(|(_, (value, base))| **value * **base < 0.0);
        faults.extend(mixed.map(|(name, (value, base))| {
            let name = quoted(name);
            Fault::told(format!("the bar{name} of {value} would cover those of {base} that it is stacked on"))
        }));
        let bad = self.names.iter().zip(&self.radii).filter(|(_, radius)| !(radius.is_finite() && **radius >= 0.0));
        faults.extend(
            bad.map(|(name, radius)| Fault::gap(format!("the whisker of the bar{} is {radius}", quoted(name)))),
        );
        let cut = ends().find(|(_, (value, base))| heights.range.is_some_and(|(low, _)| *value + *base < low));
        faults.extend(cut.map(|(name, (value, _))| {
            Fault::told(format!("the bar{} of {value} ends before the axis begins; widen its range", quoted(name)))
        }));
        faults
    }

    fn extent(&self) -> Vec<Point> {
        let last = self.names.len() as f64 - 0.5;
        // Numbers at the ends of bars need room beyond them.
        let beyond = match (self.digits, self.stacked, self.direction) {
            (None, ..) | (_, true, _) => 0.0,
            (_, _, Direction::Up) => 0.04,
            (_, _, Direction::Right) => 0.12,
        };
        let ends = || self.values.iter().zip(&self.bases).map(|(value, base)| value + base);
        let (low, high) = span(ends().chain([0.0])).unwrap_or((0.0, 0.0));
        let ends = ends().map(|end| end + end.signum() * beyond * (high - low));
        // On a logarithmic axis the zero drops out by itself.
        let ends = ends.chain(self.whiskers().flat_map(|(_, low, high)| [low, high]));
        let points = [(-0.5, 0.0), (last, 0.0)].into_iter().chain(ends.flat_map(|end| [(-0.5, end), (last, end)]));
        points.map(|point| self.turn(point)).collect()
    }

    fn fit(&self) -> Fit {
        Fit::Wide
    }

    fn names(&self) -> Names<'_> {
        match self.direction {
            Direction::Up => Names { x: &self.names, ..Names::default() },
            Direction::Right => Names { y: &self.names, downwards: true, ..Names::default() },
        }
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let mut path = Path::default();
        let mut numbers = Vec::new();
        for (place, (&value, &base)) in
            self.values.iter().zip(&self.bases).enumerate().filter(|(_, (v, _))| v.is_finite())
        {
            let (from, to) = self.sides(place);
            let edge = |(x, y): Point| {
                let foot = if self.direction == Direction::Up { (x, pen.area.bottom) } else { (pen.area.left, y) };
                pen.clamp((if x.is_finite() { x } else { foot.0 }, if y.is_finite() { y } else { foot.1 }))
            };
            let low = edge(pen.at(self.turn((from, base))));
            let high = edge(pen.at(self.turn((to, base + value))));
            path.polygon(&[low, (low.0, high.1), high, (high.0, low.1)]);
            let middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
            numbers.push((value, middle, high));
        }
        let opacity = [".9", ".55", ".3", ".75", ".45", ".2"][pen.place % 6];
        let look = format!("fill=\"{0}\" fill-opacity=\"{opacity}\" stroke=\"{0}\" stroke-width=\"1.5\"", pen.colour);
        pen.svg.path(path, &look);
        self.draw_whiskers(pen);
        let Some(digits) = self.digits else { return };
        for (value, middle, end) in numbers {
            let text = fixed(value, digits);
            let (x, y, anchor) = match (self.direction, self.stacked, value < 0.0) {
                (_, true, _) => (middle.0, middle.1 + 5.5, Anchor::Middle),
                (Direction::Up, false, false) => (middle.0, end.1 - 5.0, Anchor::Middle),
                (Direction::Up, false, true) => (middle.0, end.1 + 17.0, Anchor::Middle),
                (Direction::Right, false, false) => (end.0 + 5.0, middle.1 + 5.5, Anchor::Start),
                (Direction::Right, false, true) => (end.0 - 5.0, middle.1 + 5.5, Anchor::End),
            };
            pen.svg.text(x, y, anchor, HALO, &text);
        }
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let opacity = [".9", ".55", ".3", ".75", ".45", ".2"][pen.place % 6];
        let look = format!("fill=\"{0}\" fill-opacity=\"{opacity}\" stroke=\"{0}\" stroke-width=\"1.5\"", pen.colour);
        pen.svg.rect(at.0 + 5.0, at.1 - 12.0, 14.0, 13.0, &look);
    }

    fn describe(&self, name: Option<&str>) -> String {
        const ALL: usize = 12;
        let radius = |name: &String| {
            let place = self.names.iter().position(|other| other == name)?;
            Some(format!(" ± {}", number(*self.radii.get(place)?)))
        };
        let one =
            |(name, &value): (&String, &f64)| format!("{name} — {}{}", number(value), radius(name).unwrap_or_default());
        let pairs = || self.names.iter().zip(&self.values);
        let called = called(word("Столбцы", "Bars"), name);
        if self.values.len() <= ALL {
            return format!("{called}: {}.", pairs().map(one).collect::<Vec<_>>().join("; "));
        }
        let finite = || pairs().filter(|(_, value)| value.is_finite());
        let least = finite().min_by(|a, b| a.1.total_cmp(b.1)).map(one).unwrap_or_default();
        let most = finite().max_by(|a, b| a.1.total_cmp(b.1)).map(one).unwrap_or_default();
        say!(
            "{called}, {}: наименьший {least}, наибольший {most}.",
            "{called}, {}: the least is {least}, the greatest {most}.",
            self.values.len()
        )
    }

    fn table(&self, heads: &Heads<'_>) -> Option<Table> {
        let (along, across) = if self.direction == Direction::Up { (heads.x, heads.y) } else { (heads.y, heads.x) };
        let mut columns = vec![(along.to_owned(), Align::Left), (across.to_owned(), Align::Right)];
        if !self.radii.is_empty() {
            columns.push(("±".to_owned(), Align::Right));
        }
        let rows = self.names.iter().zip(&self.values).enumerate().map(|(place, (name, &value))| {
            let radius = self.radii.get(place).map(|&radius| significant(radius, 4));
            [name.clone(), significant(value, 4)].into_iter().chain(radius).collect()
        });
        Some(Table { columns, rows: rows.collect() })
    }
}
