//! Functions of two variables by their level lines.

use crate::language::{say, word};
use kernel::Table;

use crate::number::significant;
use crate::plot::colour::Palette;
use crate::plot::contour::Grid;
use crate::plot::dense::Dense;
use crate::plot::fault::{Axes, Fault, all_or_some};
use crate::plot::geometry::Point;
use crate::plot::kind::{ColourBar, Fit, Heads, Mark};
use crate::plot::pen::{HALO, Pen};
use crate::plot::raster;
use crate::plot::scale::Spread;
use crate::plot::svg::{Anchor, Path, escape};
use crate::plot::thin;
use crate::plot::words::{called, number, point, span};

/// Level lines of a function.
#[derive(Clone, Debug)]
pub(crate) struct Contour {
    pub(crate) grid: Grid,
    pub(crate) levels: Option<Vec<f64>>,
    pub(crate) filling: Filling,
}

/// Whether the heights are coloured too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filling {
    Lines,
    Colours,
}

impl Contour {
    fn limits(&self) -> Point {
        let (low, high) = span(self.grid.values.values().iter().copied()).unwrap_or((0.0, 1.0));
        Palette::Sequential.limits(low..=high)
    }

    /// Writes heights on the lines, where they keep away from the edges and from one another.
    fn heights(pen: &mut Pen<'_>, lines: &[(f64, Vec<Point>)]) {
        const APART: f64 = 70.0;
        let mut taken: Vec<Point> = Vec::new();
        pen.svg.open(&format!("text-anchor=\"middle\" font-size=\"13\" {HALO}"));
        for (level, line) in lines {
            let free = |at: &&Point| {
                let inner = pen.clamp((at.0 - 30.0, at.1 - 14.0)) == (at.0 - 30.0, at.1 - 14.0)
                    && pen.clamp((at.0 + 30.0, at.1 + 14.0)) == (at.0 + 30.0, at.1 + 14.0);
                inner && taken.iter().all(|other| (other.0 - at.0).hypot(other.1 - at.1) > APART)
            };
            let Some(&(x, y)) = line.iter().find(free) else { continue };
            taken.push((x, y));
            pen.svg.text(x, y + 4.5, Anchor::Start, "", &escape(&significant(*level, 3)));
        }
        pen.svg.close();
    }
}

impl Mark for Contour {
    fn noun(&self) -> &'static str {
        "contour"
    }

    fn faults(&self, axes: Axes) -> Vec<Fault> {
        if axes.x.spread == Spread::Log || axes.y.spread == Spread::Log {
            return vec![Fault::told("the function is sampled at equal distances; make both axes linear")];
        }
        let one = |((row, column), value): ((usize, usize), &f64)| {
            let (x, y) = self.grid.point(column as f64, row as f64);
            (!value.is_finite()).then(|| format!("the function is {value} at ({x}, {y})"))
        };
        let mut faults = all_or_some("values", self.grid.values.places().map(one).collect());
        let Some((low, high)) = span(self.grid.values.values().iter().copied()) else { return faults };
        if low == high {
            faults.push(Fault::told(format!("the function is {low} everywhere and has no level lines")));
        }
        let levels = self.levels.iter().flatten();
        faults.extend(levels.filter(|level| !(low..=high).contains(*level)).map(|level| {
            Fault::told(format!("there is no line at the level {level}: the function goes from {low} to {high}"))
        }));
        faults
    }

    fn extent(&self) -> Vec<Point> {
        vec![(self.grid.x.0, self.grid.y.0), (self.grid.x.1, self.grid.y.1)]
    }

    fn fit(&self) -> Fit {
        Fit::Tight
    }

    fn colour_bar(&self) -> Option<ColourBar> {
        let bar = ColourBar { palette: Palette::Sequential, limits: self.limits(), spread: Spread::Linear };
        (self.filling == Filling::Colours).then_some(bar)
    }

    fn draw(&self, pen: &mut Pen<'_>) {
        let look = match self.filling {
            Filling::Lines => format!("fill=\"none\" stroke=\"{}\" stroke-opacity=\".5\"", pen.colour),
            Filling::Colours => "fill=\"none\" stroke=\"#fff\" stroke-opacity=\".6\"".to_owned(),
        };
        if self.filling == Filling::Colours {
            let (rows, columns) = self.grid.values.shape();
            let downwards = Dense::from_fn((rows, columns), |(row, column)| self.grid.values[(rows - 1 - row, column)]);
            let (from, to) = (pen.at((self.grid.x.0, self.grid.y.1)), pen.at((self.grid.x.1, self.grid.y.0)));
            let uri = raster::data_uri_smooth(&downwards, Palette::Sequential, self.limits());
            pen.svg.image(from, (to.0 - from.0, to.1 - from.1), "", &uri);
        }
        let mut path = Path::default();
        let mut longest = Vec::new();
        for level in self.levels.clone().unwrap_or_else(|| self.grid.levels()) {
            let lines = self.grid.lines(level).into_iter();
            let lines: Vec<Vec<Point>> = lines.map(|line| line.into_iter().map(|p| pen.at(p)).collect()).collect();
            for line in &lines {
                for (index, (x, y)) in thin::corners(line).into_iter().enumerate() {
                    if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
                }
            }
            longest.extend(lines.into_iter().max_by_key(Vec::len).map(|line| (level, line)));
        }
        pen.svg.path(path, &look);
        if self.filling == Filling::Lines {
            Self::heights(pen, &longest);
        }
    }

    fn swatch(&self, at: Point, pen: &mut Pen<'_>) {
        let look = format!("fill=\"none\" stroke=\"{}\" stroke-opacity=\".5\"", pen.colour);
        pen.svg.rect(at.0 + 2.0, at.1 - 12.0, 20.0, 13.0, &format!("rx=\"6\" {look}"));
    }

    fn describe(&self, name: Option<&str>) -> String {
        let called = called(word("Линии уровня", "Contours"), name);
        let (Some((at, least)), Some((_, most))) =
            (self.grid.lowest(), span(self.grid.values.values().iter().copied()))
        else {
            return say!("{called}: функция нигде не конечна.", "{called}: the function is finite nowhere.");
        };
        let (least, most) = (number(least), number(most));
        say!(
            "{called}: значения от {least} до {most}, наименьшее вблизи {}.",
            "{called}: values from {least} to {most}, the least near {}.",
            point(at)
        )
    }

    fn table(&self, _: &Heads<'_>) -> Option<Table> {
        None
    }
}
