//! What every kind of data tells the plot: how far it reaches, how it is drawn, what is said of it.

use kernel::{Align, Table};

use super::colour::Palette;
use super::fault::{Axes, Fault};
use super::geometry::Point;
use super::pen::Pen;
use super::scale::Spread;
use crate::number::significant;

/// One kind of data: how far it reaches, how it is drawn, what is said of it.
pub(crate) trait Mark {
    /// What messages to authors call it: the function that makes it.
    fn noun(&self) -> &'static str;

    /// What of the data cannot be drawn.
    fn faults(&self, axes: Axes) -> Vec<Fault>;

    /// What does not fit when a unit of the axes is so many pixels long.
    fn crowded(&self, _density: Point) -> Option<Fault> {
        None
    }

    /// Points that the axes must hold.
    fn extent(&self) -> Vec<Point>;

    /// How closely the axes surround those points.
    fn fit(&self) -> Fit {
        Fit::Loose
    }

    /// Names that replace the numbers of an axis.
    fn names(&self) -> Names<'_> {
        Names::default()
    }

    /// The scale of colours that stands beside the plot.
    fn colour_bar(&self) -> Option<ColourBar> {
        None
    }

    /// Draws the data.
    fn draw(&self, pen: &mut Pen<'_>);

    /// Draws the sample of the legend, 24 wide and about 10 high, whose lower left corner is at a point.
    fn swatch(&self, at: Point, pen: &mut Pen<'_>);

    /// What a reader who cannot see the picture is told, a sentence or two in the language of the book that begin with `called`.
    fn describe(&self, called: Option<&str>) -> String;

    /// The data, under the names of the axes.
    fn table(&self, heads: &Heads<'_>) -> Option<Table>;
}

/// How closely axes surround a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// With a margin on all sides.
    Loose,
    /// With a margin above and below only: curves run from side to side.
    Wide,
    /// Without margins, over a grid.
    Exact,
    /// Without margins, and without a grid, which would be one more pattern.
    Tight,
    /// Without margins, and a unit as long on both axes.
    Square,
}

/// Names along the axes; empty where the axis has numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names<'a> {
    pub(crate) x: &'a [String],
    pub(crate) y: &'a [String],
    /// Whether the vertical axis counts from the top, as rows of a matrix do.
    pub(crate) downwards: bool,
}

/// A scale of colours.
#[derive(Clone, Debug)]
pub(crate) struct ColourBar {
    pub(crate) palette: Palette,
    pub(crate) limits: (f64, f64),
    pub(crate) spread: Spread,
}

/// Heads of the columns of a table of data.
pub(crate) struct Heads<'a> {
    pub(crate) x: &'a str,
    pub(crate) y: &'a str,
}

/// A table of numbers under heads.
pub(crate) fn numbers(heads: &[&str], rows: impl IntoIterator<Item = Vec<f64>>) -> Table {
    let columns = heads.iter().map(|&head| (head.to_owned(), Align::Right)).collect();
    let cell = |value: f64| significant(value, 4);
    Table { columns, rows: rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect() }
}
