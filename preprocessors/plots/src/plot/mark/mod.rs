//! The kinds of data a plot can show, one file each.

mod arrows;
mod bars;
mod boxes;
mod contour;
mod curve;
mod ellipse;
mod errors;
mod heat;
mod histogram;
mod polygon;
mod regions;
mod rgb;
mod spans;
mod sparsity;

pub(crate) use arrows::{Arrows, Lengths, arrow};
pub(crate) use bars::{Bars, Direction};
pub(crate) use boxes::Boxes;
pub(crate) use contour::{Contour, Filling};
pub(crate) use curve::{Curve, Markers, Trace};
pub(crate) use ellipse::Ellipse;
pub(crate) use errors::Errors;
pub(crate) use heat::{Heat, Kind};
pub(crate) use histogram::{Heights, Histogram};
pub(crate) use polygon::{Band, Polygon};
pub(crate) use regions::Regions;
pub(crate) use rgb::Picture;
pub(crate) use spans::{Span, Spans};
pub(crate) use sparsity::Sparsity;
