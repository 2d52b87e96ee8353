//! The frame of a plot: how far its axes go, and how much room titles, legend and labels take.

use super::layer::{Point, Rule};
use super::scale::{Scale, Spread, Ticks, ticks};
use super::{Aspect, Axis, Plot};

/// Height of the letters in pixels: readable when a phone shows the picture at half its width.
pub(crate) const LETTER: f64 = 16.0;
/// Mean width of a letter; browsers choose the font, so it is a guess on the safe side.
pub(crate) const WIDE: f64 = 9.0;
const ROW: f64 = 24.0;
const SWATCH: f64 = 30.0;

/// The axes of a plot in pixels, and the places of what is written around them.
pub(crate) struct Frame {
    pub(crate) x: Scale,
    pub(crate) y: Scale,
    pub(crate) x_ticks: Ticks,
    pub(crate) y_ticks: Ticks,
    pub(crate) title: Option<f64>,
    pub(crate) legend: Vec<Entry>,
    pub(crate) y_label: f64,
}

/// A name in the legend: the layer, and where its swatch begins.
pub(crate) struct Entry {
    pub(crate) layer: usize,
    pub(crate) at: Point,
}

impl Frame {
    /// Fits the axes around the data of a plot.
    pub(crate) fn of(plot: &Plot) -> Self {
        let points: Vec<Point> = plot.layers.iter().flat_map(|layer| layer.extent()).collect();
        let drawable = |&(x, y): &Point| plot.x.spread.forward(x).is_finite() && plot.y.spread.forward(y).is_finite();
        let points: Vec<Point> = points.into_iter().filter(drawable).collect();
        assert!(!points.is_empty(), "plot: not a single point can be drawn: all are NaN, infinite or outside a log axis");

        let (mut verticals, mut horizontals) = (Vec::new(), Vec::new());
        for rule in &plot.rules {
            match *rule {
                Rule::Horizontal(y, _) => horizontals.push(y),
                Rule::Vertical(x, _) => verticals.push(x),
            }
        }
        let x_range = range(&plot.x, points.iter().map(|point| point.0).chain(verticals), 0.02);
        let y_range = range(&plot.y, points.iter().map(|point| point.1).chain(horizontals), 0.05);
        Self::lay_out(plot, x_range, y_range)
    }

    fn lay_out(plot: &Plot, x_range: Point, y_range: Point) -> Self {
        let (width, height) = plot.size;
        let mut top = 8.0;
        let title = plot.title.is_some().then(|| {
            top += ROW;
            top - 7.0
        });
        let legend = legend(plot, &mut top);
        if plot.y.label.is_some() {
            top += ROW;
        }
        let y_label = top - 8.0;
        let bottom = height - if plot.x.label.is_some() { 2.0 * ROW } else { ROW + 4.0 };
        let y_ticks = ticks(plot.y.spread, y_range.0, y_range.1, ((bottom - top) / 50.0) as usize);
        let left = 14.0 + y_ticks.width() * WIDE;
        let right = width - 14.0;
        let mut x_ticks = ticks(plot.x.spread, x_range.0, x_range.1, 10);
        for count in (2..10).rev() {
            if (x_ticks.width() + 2.0) * WIDE * count as f64 <= right - left {
                break;
            }
            x_ticks = ticks(plot.x.spread, x_range.0, x_range.1, count - 1);
        }
        let mut x = Scale { spread: plot.x.spread, low: x_range.0, high: x_range.1, from: left, to: right };
        let mut y = Scale { spread: plot.y.spread, low: y_range.0, high: y_range.1, from: bottom, to: top + 4.0 };
        if plot.aspect == Aspect::Equal {
            square(&mut x, &mut y);
        }
        Self { x, y, x_ticks, y_ticks, title, legend, y_label }
    }
}

/// The range of an axis: the author's, else that of the data with a margin; from zero where zero is near.
fn range(axis: &Axis, values: impl Iterator<Item = f64>, margin: f64) -> Point {
    if let Some(range) = axis.range {
        return range;
    }
    let numbers = values.map(|value| axis.spread.forward(value)).filter(|number| number.is_finite());
    let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let (low, high) = if high - low > 1e-12 * low.abs().max(high.abs()) {
        (low, high)
    } else {
        let half = if low == 0.0 || axis.spread == Spread::Log { 0.5 } else { low.abs() * 0.1 };
        (low - half, high + half)
    };
    let pad = (high - low) * margin;
    let from_zero = axis.spread == Spread::Linear && low >= 0.0 && low < 0.25 * (high - low);
    let low = if from_zero { 0.0 } else { low - pad };
    (axis.spread.back(low), axis.spread.back(high + pad))
}

/// Shrinks the longer side so that a unit is as long on both axes.
fn square(x: &mut Scale, y: &mut Scale) {
    let density = x.density().min(y.density());
    let (width, height) = ((x.high - x.low) * density, (y.high - y.low) * density);
    let middle = f64::midpoint(x.from, x.to);
    (x.from, x.to) = (middle - width / 2.0, middle + width / 2.0);
    y.to = y.from - height;
}

/// Rows of names above the plot, where they cannot cover the data.
fn legend(plot: &Plot, top: &mut f64) -> Vec<Entry> {
    let right = plot.size.0 - 14.0;
    let mut entries = Vec::new();
    let mut left = 14.0;
    for (layer, name) in plot.layers.iter().enumerate().filter_map(|(i, layer)| Some((i, layer.name.as_ref()?))) {
        let width = SWATCH + (name.chars().count() as f64 + 2.0) * WIDE;
        if entries.is_empty() || left + width > right && left > 14.0 {
            *top += ROW;
            left = 14.0;
        }
        entries.push(Entry { layer, at: (left, *top - 6.0) });
        left += width;
    }
    entries
}
