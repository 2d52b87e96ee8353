//! What a plot is made of: layers of data, rules across it, notes in it.

use kernel::Table;

use super::draw::Pen;
use super::mark::{Arrows, Band, Bars, Contour, Curve, Errors, Heat, Histogram, Polygon, Regions, Spans};

/// A point of the plane of the plot.
pub(crate) type Point = (f64, f64);

/// Data drawn in one way, with the name that the legend calls it.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) shape: Shape,
    pub(crate) name: Option<String>,
    pub(crate) colour: Option<usize>,
    pub(crate) dash: Option<Dash>,
}

/// How a line is broken, so that curves differ in grey too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Dashed,
}

/// The kinds of data.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Curve(Curve),
    Histogram(Histogram),
    Bars(Bars),
    Heat(Heat),
    Contour(Contour),
    Regions(Regions),
    Arrows(Arrows),
    Polygon(Polygon),
    Band(Band),
    Errors(Errors),
    Spans(Spans),
}

impl Layer {
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, name: None, colour: None, dash: None }
    }

    pub(crate) fn mark(&self) -> &dyn Mark {
        match &self.shape {
            Shape::Curve(mark) => mark,
            Shape::Histogram(mark) => mark,
            Shape::Bars(mark) => mark,
            Shape::Heat(mark) => mark,
            Shape::Contour(mark) => mark,
            Shape::Regions(mark) => mark,
            Shape::Arrows(mark) => mark,
            Shape::Polygon(mark) => mark,
            Shape::Band(mark) => mark,
            Shape::Errors(mark) => mark,
            Shape::Spans(mark) => mark,
        }
    }
}

/// One kind of data: how far it reaches, how it is drawn, what is said of it.
pub(crate) trait Mark {
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

    /// What a reader who cannot see the picture is told, a sentence or two in Russian that begin with `called`.
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
    pub(crate) palette: super::colour::Palette,
    pub(crate) limits: (f64, f64),
}

/// Heads of the columns of a table of data.
pub(crate) struct Heads<'a> {
    pub(crate) x: &'a str,
    pub(crate) y: &'a str,
}

/// A straight line across the plot with a text at it.
#[derive(Clone, Debug)]
pub(crate) enum Rule {
    Horizontal(f64, String),
    Vertical(f64, String),
}

/// A text at a point.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) at: Point,
    pub(crate) text: String,
}
