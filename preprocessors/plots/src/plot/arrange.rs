//! What layers must agree on before they are drawn: bins of histograms, places of bars side by side or on one another.

use super::layer::{Rule, Shade, Shape};
use super::mark::{Bars, Direction, Histogram, Spans};
use super::picture::Plot;
use super::text;

/// The plot with everything agreed.
pub(crate) fn arranged(plot: &Plot) -> Plot {
    let mut plot = plot.clone();
    share_bins(histograms(&mut plot));
    place_bars(&mut plot);
    share_rows(&mut plot);
    plot
}

fn histograms(plot: &mut Plot) -> Vec<&mut Histogram> {
    let each = plot.layers.iter_mut().map(|layer| &mut layer.shape);
    each.filter_map(|shape| if let Shape::Histogram(histogram) = shape { Some(histogram) } else { None }).collect()
}

fn share_bins(mut all: Vec<&mut Histogram>) {
    if all.len() < 2 {
        return;
    }
    let low = all.iter().map(|histogram| histogram.range.0).fold(f64::INFINITY, f64::min);
    let high = all.iter().map(|histogram| histogram.range.1).fold(f64::NEG_INFINITY, f64::max);
    all.iter_mut().for_each(|histogram| histogram.range = (low, high));
    let bins = all.iter().find_map(|histogram| histogram.bins);
    let bins = bins.unwrap_or_else(|| all.iter().map(|histogram| histogram.bins()).max().unwrap_or(1));
    all.iter_mut().for_each(|histogram| histogram.bins = Some(bins));
}

fn bars(plot: &mut Plot) -> Vec<&mut Bars> {
    let each = plot.layers.iter_mut().map(|layer| &mut layer.shape);
    each.filter_map(|shape| if let Shape::Bars(bars) = shape { Some(bars) } else { None }).collect()
}

fn place_bars(plot: &mut Plot) {
    let width = plot.size.0;
    let layers = plot.layers.len();
    let mut all = bars(plot);
    let count = all.len();
    let Some(first) = all.first() else { return };
    let names = first.names.clone();
    assert!(all.iter().all(|bars| bars.names == names), "plot: bars over one another must have the same names");
    let stacked = all.iter().any(|bars| bars.stacked);
    let mut heights = vec![0.0; names.len()];
    for (index, bars) in all.iter_mut().enumerate() {
        bars.stacked = stacked;
        if stacked {
            bars.bases = heights.clone();
            heights.iter_mut().zip(&bars.values).for_each(|(height, value)| *height += value);
        } else {
            bars.slot = (index, count);
        }
    }
    let longest = names.iter().map(|name| text::width(name)).fold(0.0, f64::max);
    let numbers = names.iter().all(|name| name.parse::<f64>().is_ok());
    let fits = (longest + 12.0) * names.len() as f64 <= width - 80.0;
    // What else is drawn has its own idea of which axis is which.
    if fits || numbers || count < layers {
        return;
    }
    all.iter_mut().for_each(|bars| bars.direction = Direction::Right);
    turn(plot, names.len() * if stacked { 1 } else { count });
}

/// The rows of all spans, in the order in which they come.
fn share_rows(plot: &mut Plot) {
    let each = plot.layers.iter_mut().map(|layer| &mut layer.shape);
    let all = each.filter_map(|shape| if let Shape::Spans(spans) = shape { Some(spans) } else { None });
    let mut all: Vec<&mut Spans> = all.collect();
    let mut rows: Vec<String> = Vec::new();
    for row in all.iter().flat_map(|spans| &spans.rows) {
        if !rows.contains(row) {
            rows.push(row.clone());
        }
    }
    if rows.is_empty() {
        return;
    }
    all.iter_mut().for_each(|spans| spans.rows.clone_from(&rows));
    let legend = if plot.layers.iter().any(|layer| layer.name.is_some()) { 24.0 } else { 0.0 };
    plot.size.1 = (90.0 + legend + 40.0 * rows.len() as f64).min(plot.size.1.max(400.0));
}

/// Exchanges the axes: names stand on the left, one under another.
fn turn(plot: &mut Plot, bars: usize) {
    std::mem::swap(&mut plot.x, &mut plot.y);
    for rule in &mut plot.rules {
        *rule = match std::mem::replace(rule, Rule::Horizontal(0.0, String::new())) {
            Rule::Horizontal(at, text) => Rule::Vertical(at, text),
            Rule::Vertical(at, text) => Rule::Horizontal(at, text),
        };
    }
    for shade in &mut plot.shades {
        *shade = match std::mem::replace(shade, Shade::Horizontal((0.0, 0.0), String::new())) {
            Shade::Horizontal(range, text) => Shade::Vertical(range, text),
            Shade::Vertical(range, text) => Shade::Horizontal(range, text),
        };
    }
    plot.notes.iter_mut().for_each(|note| note.at = (note.at.1, note.at.0));
    let legend = plot.layers.iter().any(|layer| layer.name.is_some());
    plot.size.1 = 110.0 + if legend { 24.0 } else { 0.0 } + 26.0 * bars as f64;
}
