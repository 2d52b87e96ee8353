//! A plot as data.

use super::layer::{Layer, Note, Rule, Shade};
use super::scale::Spread;

/// A picture of data: layers over common axes.
#[derive(Clone, Debug)]
#[must_use = "a plot is shown as the last expression of a cell or by `show!`"]
pub struct Plot {
    pub(crate) layers: Vec<Layer>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) shades: Vec<Shade>,
    pub(crate) notes: Vec<Note>,
    pub(crate) naming: Naming,
    pub(crate) title: Option<String>,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) size: (f64, f64),
    pub(crate) aspect: Aspect,
    pub(crate) alt: Option<String>,
}

/// Where the names of the layers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Above the plot.
    Legend,
    /// At the right ends of lines.
    Ends,
}

#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) label: Option<String>,
    pub(crate) spread: Spread,
    pub(crate) range: Option<(f64, f64)>,
}

impl Axis {
    pub(crate) fn new() -> Self {
        Self { label: None, spread: Spread::Linear, range: None }
    }

    pub(crate) fn or(self, other: Self) -> Self {
        let spread = if self.spread == Spread::Log { Spread::Log } else { other.spread };
        Self { label: self.label.or(other.label), spread, range: self.range.or(other.range) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aspect {
    /// The plot fills its picture.
    Free,
    /// A unit is as long on one axis as on the other.
    Equal,
}
