//! What a plot is made of: layers of data, rules across it, notes in it.

use std::panic::Location;

use super::geometry::Point;
use super::kind::Mark;
use super::mark::{
    Arrows, Band, Bars, Boxes, Contour, Curve, Ellipse, Errors, Heat, Histogram, Picture, Polygon, Regions, Spans,
    Sparsity,
};

/// Data drawn in one way, with the name that the legend calls it.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) shape: Shape,
    pub(crate) name: Option<String>,
    pub(crate) colour: Option<usize>,
    pub(crate) dash: Option<Dash>,
    pub(crate) gaps: Gaps,
    /// Where the author made it.
    pub(crate) place: &'static Location<'static>,
}

/// Whether values without a place may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gaps {
    Refused,
    Allowed,
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
    Boxes(Boxes),
    Ellipse(Ellipse),
    Picture(Picture),
    Sparsity(Sparsity),
}

impl Layer {
    #[track_caller]
    pub(crate) fn new(shape: Shape) -> Self {
        let place = Location::caller();
        Self { shape, name: None, colour: None, dash: None, gaps: Gaps::Refused, place }
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
            Shape::Boxes(mark) => mark,
            Shape::Ellipse(mark) => mark,
            Shape::Picture(mark) => mark,
            Shape::Sparsity(mark) => mark,
        }
    }
}

/// A straight line across the plot with a text at it.
#[derive(Clone, Debug)]
pub(crate) enum Rule {
    Horizontal(f64, String),
    Vertical(f64, String),
}

/// A tinted stretch of an axis with a text in it.
#[derive(Clone, Debug)]
pub(crate) enum Shade {
    Horizontal(Point, String),
    Vertical(Point, String),
}

/// A text at a point.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) at: Point,
    pub(crate) text: String,
}
