//! What a layer draws with.

use super::geometry::{Area, Point};
use super::scale::Scale;
use super::svg::Svg;

/// A halo that keeps letters readable over lines.
pub(crate) const HALO: &str =
    "paint-order=\"stroke\" stroke=\"var(--plot-bg)\" stroke-width=\"4\" stroke-linejoin=\"round\"";

/// The axes, the colour, its dashes, its place among the layers.
pub(crate) struct Pen<'a> {
    pub(crate) svg: &'a mut Svg,
    pub(crate) area: Area,
    pub(crate) x: &'a Scale,
    pub(crate) y: &'a Scale,
    pub(crate) colour: String,
    pub(crate) dash: String,
    pub(crate) place: usize,
}

impl Pen<'_> {
    /// The pixel of a point.
    pub(crate) fn at(&self, (x, y): Point) -> Point {
        (self.x.pixel(x), self.y.pixel(y))
    }

    /// Whether a pixel is inside the axes.
    pub(crate) fn inside(&self, (x, y): Point) -> bool {
        let Area { left, right, top, bottom } = self.area;
        (left - 0.5..=right + 0.5).contains(&x) && (top - 0.5..=bottom + 0.5).contains(&y)
    }

    /// The nearest pixel inside the axes.
    pub(crate) fn clamp(&self, (x, y): Point) -> Point {
        let Area { left, right, top, bottom } = self.area;
        (x.clamp(left, right), y.clamp(top, bottom))
    }
}
