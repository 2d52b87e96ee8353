//! The frame of a plot: how far its axes go, and how much room title, legend and labels take.

use super::geometry::{Area, Point};
use super::kind::{ColourBar, Fit};
use super::layer::{Layer, Rule, Shade, Shape};
use super::mark::Trace;
use super::picture::{Aspect, Axis, Naming, Plot};
use super::scale::{Grain, Label, Scale, Spread, Tick, Ticks, ticks};
use super::text;

const ROW: f64 = 24.0;
const EDGE: f64 = 8.0;
const BAR: f64 = 16.0;
/// The share of the width that names on the left take at most before they are broken.
const NAMES: f64 = 0.36;
/// The sine of the angle of slanted names, 40°.
const SLANT: f64 = 0.643;

/// The axes of a plot in pixels, and the places of what is written around them.
pub(crate) struct Frame {
    pub(crate) size: (f64, f64),
    pub(crate) area: Area,
    pub(crate) x: Scale,
    pub(crate) y: Scale,
    pub(crate) x_ticks: Ticks,
    pub(crate) y_ticks: Ticks,
    pub(crate) x_named: bool,
    pub(crate) y_named: bool,
    pub(crate) slanted: bool,
    pub(crate) names_room: f64,
    pub(crate) title: Option<f64>,
    pub(crate) legend: Vec<Entry>,
    pub(crate) y_label: f64,
    pub(crate) colour_bar: Option<(ColourBar, Ticks)>,
}

/// A name in the legend: the layer, and where its swatch begins.
pub(crate) struct Entry {
    pub(crate) layer: usize,
    pub(crate) at: Point,
}

impl Frame {
    /// The lines of a label of the vertical axis.
    pub(crate) fn y_lines<'a>(&self, label: &'a Label) -> Vec<&'a str> {
        text::lines(&label.text, self.names_room)
    }

    /// Fits the axes around the data of a plot.
    pub(crate) fn of(plot: &Plot) -> Self {
        let Ranges { x: x_range, y: y_range, x_grain, y_grain } = ranges(plot);
        let names = |pick: fn(&Layer) -> &[String]| plot.layers.iter().map(pick).find(|names| !names.is_empty());
        let x_names = names(|layer| layer.mark().names().x).unwrap_or_default();
        let y_names = names(|layer| layer.mark().names().y).unwrap_or_default();
        let downwards = plot.layers.iter().any(|layer| layer.mark().names().downwards);
        let square = plot.aspect == Aspect::Equal || plot.layers.iter().any(|layer| layer.mark().fit() == Fit::Square);

        let (width, height) = plot.size;
        let mut top = EDGE;
        let title = plot.title.is_some().then(|| {
            top += ROW;
            top - 7.0
        });
        let legend = legend(plot, &mut top);
        if plot.y.label.is_some() {
            top += ROW;
        }
        let y_label = top - 8.0;
        top += 4.0;

        let colour_bar = plot.layers.iter().find_map(|layer| layer.mark().colour_bar()).map(|bar| {
            let ((low, high), spread) = (bar.limits, bar.spread);
            (bar, ticks(spread, Grain::Fine, low, high, 5))
        });
        let bar_room = |ticks: &Ticks| BAR + 26.0 + ticks.width().max(text::width(&ticks.factor()) - BAR);
        let names = at_ends(plot).map(|(_, name)| text::width(name) + 12.0).fold(14.0, f64::max);
        let right = width - colour_bar.as_ref().map_or(names, |(_, ticks)| bar_room(ticks));

        let x_label = if plot.x.label.is_some() { ROW } else { 0.0 };
        let x_numbers = if x_names.iter().all(String::is_empty) && !x_names.is_empty() { 4.0 } else { ROW + 4.0 };
        let mut bottom = height - x_label - x_numbers;
        let y_ticks = if y_names.is_empty() {
            ticks(plot.y.spread, y_grain, y_range.0, y_range.1, ((bottom - top) / 50.0) as usize)
        } else {
            sparse(named(y_names, y_range), y_names.len(), ((bottom - top) / 18.0) as usize)
        };
        let left = EDGE + y_width(&y_ticks, width);
        let mut area = Area { left, right, top, bottom };
        let ratio = (x_range.1 - x_range.0) / (y_range.1 - y_range.0);
        let x_room = if square { (right - left).min((bottom - top) * ratio) } else { right - left };
        let (x_ticks, slanted) = x_ticks((plot.x.spread, x_grain), x_names, x_range, x_room);
        if slanted {
            bottom -= (x_ticks.width() * SLANT - 8.0).max(0.0);
            area.bottom = bottom;
        }

        let mut x = Scale { spread: plot.x.spread, low: x_range.0, high: x_range.1, from: left, to: right };
        let mut y = Scale { spread: plot.y.spread, low: y_range.0, high: y_range.1, from: bottom, to: top };
        if downwards {
            (y.from, y.to) = (top, bottom);
        }
        let mut size = plot.size;
        if square {
            let unused = shrink(&mut x, &mut y, downwards);
            area.right = x.to;
            area.bottom = y.from.max(y.to);
            // The picture ends where the data does, unless a text above it needs the room.
            let text = texts_width(plot, &legend);
            size = ((width - unused.0).max(text).min(width), height - unused.1);
        }
        let names_room = NAMES * width;
        let (x_named, y_named) = (!x_names.is_empty(), !y_names.is_empty());
        Self {
            size,
            area,
            x,
            y,
            x_ticks,
            y_ticks,
            x_named,
            y_named,
            slanted,
            names_room,
            title,
            legend,
            y_label,
            colour_bar,
        }
    }
}

/// What the axes must hold, with margins, and what they count.
struct Ranges {
    x: Point,
    y: Point,
    x_grain: Grain,
    y_grain: Grain,
}

fn ranges(plot: &Plot) -> Ranges {
    let points: Vec<Point> = plot.layers.iter().flat_map(|layer| layer.mark().extent()).collect();
    let drawable = |&(x, y): &Point| plot.x.spread.forward(x).is_finite() && plot.y.spread.forward(y).is_finite();
    let points: Vec<Point> = points.into_iter().filter(drawable).collect();
    assert!(!points.is_empty(), "plot: not a single point can be drawn: all are NaN, infinite or not on a log axis");
    let fits = || plot.layers.iter().map(|layer| layer.mark().fit());
    let (x_margin, y_margin) = if fits().any(|fit| fit >= Fit::Exact) {
        (0.0, 0.0)
    } else if fits().all(|fit| fit == Fit::Wide) {
        (0.0, 0.05)
    } else {
        (0.03, 0.05)
    };
    let (mut verticals, mut horizontals) = (Vec::new(), Vec::new());
    for rule in &plot.rules {
        match *rule {
            Rule::Horizontal(y, _) => horizontals.push(y),
            Rule::Vertical(x, _) => verticals.push(x),
        }
    }
    for shade in &plot.shades {
        match *shade {
            Shade::Horizontal((from, to), _) => verticals.extend([from, to]),
            Shade::Vertical((from, to), _) => horizontals.extend([from, to]),
        }
    }
    let x = range(&plot.x, points.iter().map(|point| point.0).chain(verticals), x_margin);
    // Where the author shows a part of the abscissas, the height of the rest does not matter.
    let shown = |&&(at, _): &&Point| plot.x.range.is_none() || (x.0..=x.1).contains(&at);
    let heights: Vec<f64> = points.iter().filter(shown).map(|point| point.1).collect();
    assert!(!heights.is_empty(), "plot: there is no data between {} and {}", x.0, x.1);
    // Other kinds of data only have corners on integers.
    let counted = |layer: &Layer| matches!(layer.shape, Shape::Curve(_) | Shape::Bars(_) | Shape::Errors(_));
    let counted = plot.layers.iter().all(counted);
    let grain = |whole: bool| if counted && whole { Grain::Whole } else { Grain::Fine };
    let x_grain = grain(points.iter().all(|point| point.0.fract() == 0.0));
    let y_grain = grain(heights.iter().all(|height| height.fract() == 0.0));
    let y = range(&plot.y, heights.into_iter().chain(horizontals), y_margin);
    Ranges { x, y, x_grain, y_grain }
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
    let length = high - low;
    let near = |end: f64| margin > 0.0 && axis.spread == Spread::Linear && (0.0..0.25 * length).contains(&end);
    let from = if near(low) { 0.0 } else { low - margin * length };
    let to = if near(-high) { 0.0 } else { high + margin * length };
    (axis.spread.back(from), axis.spread.back(to))
}

/// As many ticks as have room side by side; names that have none are slanted.
fn x_ticks((spread, grain): (Spread, Grain), names: &[String], range: Point, room: f64) -> (Ticks, bool) {
    if !names.is_empty() {
        const MANY: usize = 24;
        let ticks = named(names, range);
        let fitting = (room / (ticks.width() + 10.0)) as usize;
        let numbers = names.iter().all(|name| name.parse::<f64>().is_ok());
        if fitting >= names.len() || numbers || names.len() > MANY {
            return (sparse(ticks, names.len(), fitting), false);
        }
        return (ticks, true);
    }
    let mut found = ticks(spread, grain, range.0, range.1, 10);
    for count in (1..10).rev() {
        let labels = found.ticks.iter().filter(|tick| !tick.label.text.is_empty()).count();
        if (found.width() + 16.0) * labels as f64 <= room {
            break;
        }
        found = ticks(spread, grain, range.0, range.1, count);
    }
    (found, false)
}

/// Every second, fifth, tenth … of the names, when not all have room.
fn sparse(mut ticks: Ticks, names: usize, room: usize) -> Ticks {
    let strides = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_usize.pow(power)));
    let stride = strides.into_iter().find(|stride| names.div_ceil(*stride) <= room.max(1)).unwrap_or(1);
    ticks.ticks.retain(|tick| (tick.value.round() as usize).is_multiple_of(stride));
    ticks
}

/// Room for what is written on the left; long names take two lines.
fn y_width(ticks: &Ticks, width: f64) -> f64 {
    let longest = |tick: &Tick| {
        let lines = text::lines(&tick.label.text, NAMES * width);
        lines.into_iter().map(text::width).fold(0.0, f64::max) + tick.label.width() - text::width(&tick.label.text)
    };
    let widest = ticks.ticks.iter().map(longest).fold(0.0, f64::max);
    if widest > 0.0 { widest + 8.0 } else { 0.0 }
}

fn named(names: &[String], (low, high): Point) -> Ticks {
    let tick = |(place, name): (usize, &String)| Tick {
        value: place as f64,
        label: Label { text: name.clone(), power: String::new() },
    };
    let shown = |tick: &Tick| (low..=high).contains(&tick.value) && !tick.label.text.is_empty();
    let ticks = names.iter().enumerate().map(tick).filter(shown).collect();
    Ticks { ticks, factor: 0 }
}

/// Shrinks the longer side so that a unit is as long on both axes; returns what the picture no longer needs.
fn shrink(x: &mut Scale, y: &mut Scale, downwards: bool) -> (f64, f64) {
    let density = x.density().min(y.density());
    let (width, height) = ((x.high - x.low) * density, (y.high - y.low) * density);
    let unused = (x.to - x.from - width, (y.to - y.from).abs() - height);
    x.to = x.from + width;
    if downwards {
        y.to = y.from + height;
    } else {
        y.from = y.to + height;
    }
    unused
}

/// Rows of names above the plot, where they cannot cover the data.
fn legend(plot: &Plot, top: &mut f64) -> Vec<Entry> {
    let right = plot.size.0 - EDGE;
    let mut entries = Vec::new();
    let mut left = EDGE;
    let ends: Vec<usize> = at_ends(plot).map(|(layer, _)| layer).collect();
    let named = plot.layers.iter().enumerate().filter(|(layer, _)| !ends.contains(layer));
    for (layer, name) in named.filter_map(|(place, layer)| Some((place, layer.name.as_ref()?))) {
        let width = entry_width(name);
        if entries.is_empty() || left + width > right && left > EDGE {
            *top += ROW;
            left = EDGE;
        }
        entries.push(Entry { layer, at: (left, *top - 6.0) });
        left += width + 20.0;
    }
    entries
}

/// Lines whose names stand at their ends, by their places among the layers.
pub(crate) fn at_ends(plot: &Plot) -> impl Iterator<Item = (usize, &str)> {
    let layers = plot.layers.iter().enumerate().filter(|_| plot.naming == Naming::Ends);
    let lines =
        layers.filter(|(_, layer)| matches!(&layer.shape, Shape::Curve(curve) if curve.trace != Trace::Nothing));
    lines.filter_map(|(place, layer)| Some((place, layer.name.as_deref()?)))
}

fn entry_width(name: &str) -> f64 {
    30.0 + text::width(name)
}

/// How wide the texts around the plot are.
fn texts_width(plot: &Plot, legend: &[Entry]) -> f64 {
    let long = |text: &Option<String>| text.as_ref().map_or(0.0, |text| text::width(text));
    let entry = |entry: &Entry| entry.at.0 + plot.layers[entry.layer].name.as_deref().map_or(0.0, entry_width);
    let entries = legend.iter().map(entry).fold(0.0, f64::max);
    [long(&plot.title), long(&plot.x.label) + 40.0, long(&plot.y.label), entries].into_iter().fold(0.0, f64::max)
        + 2.0 * EDGE
}
