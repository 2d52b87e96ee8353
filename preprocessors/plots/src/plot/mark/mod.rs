//! The kinds of data a plot can show, one file each.

mod arrows;
mod bars;
mod contour;
mod curve;
mod errors;
mod heat;
mod histogram;
mod polygon;
mod regions;
mod spans;

pub(crate) use arrows::{Arrows, Lengths, arrow};
pub(crate) use bars::{Bars, Direction};
pub(crate) use contour::{Contour, Filling};
pub(crate) use curve::{Curve, Markers, Trace};
pub(crate) use errors::Errors;
pub(crate) use heat::{Heat, Kind};
pub(crate) use histogram::{Heights, Histogram};
pub(crate) use polygon::{Band, Polygon};
pub(crate) use regions::Regions;
pub(crate) use spans::{Span, Spans};
