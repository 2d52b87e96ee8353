//! Whether everything that an author asked for can be drawn.

use std::panic::Location;

use super::fault::{Axes, Bounds, Fault, Mend};
use super::frame::Frame;
use super::layer::{Gaps, Layer, Rule, Shade};
use super::picture::{Axis, Plot};
use super::scale::Scale;
use super::words::quoted;

/// What the author of a plot did wrong, and where.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    pub(crate) place: &'static Location<'static>,
    pub(crate) message: String,
}

/// The axes of a plot as far as they decide what can be drawn.
pub(crate) fn axes(plot: &Plot) -> Axes {
    let bounds = |axis: &Axis| Bounds { spread: axis.spread, range: axis.range };
    Axes { x: bounds(&plot.x), y: bounds(&plot.y) }
}

/// The first mistake of the layers, for which no frame is needed.
pub(crate) fn layers(plot: &Plot) -> Option<Mistake> {
    let axes = axes(plot);
    for (side, bounds) in [("horizontal", axes.x), ("vertical", axes.y)] {
        if let Some((low, high)) = bounds.range.filter(|range| !bounds.has(range.0)) {
            let message = format!(
                "plot: a logarithmic axis cannot begin at {low}: give the {side} axis a range above 0, up to {high}"
            );
            return Some(Mistake { place: plot.layers[0].place, message });
        }
    }
    plot.layers.iter().enumerate().find_map(|(place, layer)| {
        let faults: Vec<Fault> = layer.mark().faults(axes).into_iter().filter(|fault| !excused(layer, fault)).collect();
        let message = told(&called(plot, place), &faults)?;
        Some(Mistake { place: layer.place, message })
    })
}

/// The first mistake that shows only in the frame.
pub(crate) fn framed(plot: &Plot, frame: &Frame) -> Option<Mistake> {
    let crowded = plot.layers.iter().enumerate().find_map(|(place, layer)| {
        let fault = layer.mark().crowded((frame.x.density(), frame.y.density()))?;
        let message = told(&called(plot, place), &[fault])?;
        Some(Mistake { place: layer.place, message })
    });
    crowded.or_else(|| {
        let holds = |scale: &Scale, value: f64| {
            let near = 1e-9 * (scale.high - scale.low);
            (scale.low - near..=scale.high + near).contains(&value)
        };
        let beside = |what: String| Mistake {
            place: plot.layers[0].place,
            message: format!("plot: {what} is outside the frame; move it, or widen the range of the axis"),
        };
        let rule = plot.rules.iter().find_map(|rule| match rule {
            Rule::Horizontal(y, text) if !holds(&frame.y, *y) => {
                Some(beside(format!("the line{} at {y}", quoted(text))))
            }
            Rule::Vertical(x, text) if !holds(&frame.x, *x) => Some(beside(format!("the line{} at {x}", quoted(text)))),
            _ => None,
        });
        let apart = |scale: &Scale, (from, to): (f64, f64)| to <= scale.low || from >= scale.high;
        let shade = plot.shades.iter().find_map(|shade| {
            let (scale, range, text) = match shade {
                Shade::Horizontal(range, text) => (&frame.x, *range, text),
                Shade::Vertical(range, text) => (&frame.y, *range, text),
            };
            apart(scale, range).then(|| beside(format!("the stretch{} from {} to {}", quoted(text), range.0, range.1)))
        });
        rule.or(shade).or_else(|| {
            let lost = plot.notes.iter().find(|note| !holds(&frame.x, note.at.0) || !holds(&frame.y, note.at.1))?;
            Some(beside(format!("the note{} at ({}, {})", quoted(&lost.text), lost.at.0, lost.at.1)))
        })
    })
}

fn excused(layer: &Layer, fault: &Fault) -> bool {
    fault.mend == Mend::Gap && layer.gaps == Gaps::Allowed
}

/// What a layer is called in a message.
fn called(plot: &Plot, place: usize) -> String {
    let layer = &plot.layers[place];
    let noun = layer.mark().noun();
    match &layer.name {
        Some(name) => format!("{noun}{}", quoted(name)),
        None if plot.layers.len() > 1 => format!("layer {} ({noun})", place + 1),
        None => noun.to_owned(),
    }
}

fn told(called: &str, faults: &[Fault]) -> Option<String> {
    let first = faults.first()?;
    let more = match faults.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    let mend = match first.mend {
        Mend::Gap => "; leave it out, or allow gaps by `.gaps()`",
        Mend::Told => "",
    };
    Some(format!("plot: {called}: {}{more}{mend}", first.what))
}
