//! What of the data is in the picture: texts about a plot speak of that and nothing else.

use super::check;
use super::fault::Axes;
use super::geometry::Point;
use super::layer::{Layer, Shape};
use super::picture::Plot;
use super::words::{called, count};
use crate::language::{say, word};

/// The plot with the points of its lines and clouds that are drawn.
pub(crate) fn drawn(plot: &Plot) -> Plot {
    let axes = check::axes(plot);
    let mut plot = plot.clone();
    for layer in &mut plot.layers {
        if let Shape::Curve(curve) = &mut layer.shape {
            curve.points.retain(|&point| axes.x.has(point.0) && !(axes.have(point) && axes.cut(point)));
            curve.points.iter_mut().filter(|point| !axes.have(**point)).for_each(|point| point.1 = f64::NAN);
        }
    }
    plot
}

/// Sentences about what is not in the picture.
pub(crate) fn missing(plot: &Plot) -> Vec<String> {
    let axes = check::axes(plot);
    plot.layers.iter().filter_map(|layer| missing_of(axes, layer)).collect()
}

fn missing_of(axes: Axes, layer: &Layer) -> Option<String> {
    let gaps = layer.mark().faults(axes).len();
    let beyond = match &layer.shape {
        Shape::Curve(curve) => {
            let beyond = |&&point: &&Point| axes.have(point) && axes.cut(point);
            curve.points.iter().filter(beyond).count()
        }
        _ => 0,
    };
    let values = |number: usize| count(number, ["значения", "значений", "значений"], ["value", "values"]);
    let parts = [
        (gaps > 0).then(|| say!("нет {}", "{} missing", values(gaps))),
        (beyond > 0).then(|| {
            say!("за рамкой {}", "{} beyond the frame", count(beyond, ["точка", "точки", "точек"], ["point", "points"]))
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let of = layer.name.as_deref().map_or_else(
        || word("На рисунке", "In the figure:").to_owned(),
        |name| called(word("Ряд", "Series"), Some(name)) + ":",
    );
    (!parts.is_empty()).then(|| format!("{of} {}.", parts.join(", ")))
}
