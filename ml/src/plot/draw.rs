//! Drawing a plot.

use super::frame::{Frame, LETTER, WIDE};
use super::layer::{Dash, Layer, Markers, Point, Rule, Shape, Trace};
use super::scale::{Label, Tick};
use super::svg::{Anchor, Path, Svg, escape, tenth};
use super::Plot;

/// A halo that keeps letters readable over lines.
const HALO: &str = "paint-order=\"stroke\" stroke=\"var(--plot-bg)\" stroke-width=\"4\" stroke-linejoin=\"round\"";
const DASHES: [&str; 5] = ["", "9 4", "2 4", "9 4 2 4", "16 5"];

/// The `<svg>` element of a plot.
pub(crate) fn svg(plot: &Plot) -> String {
    let (width, height) = plot.size;
    let [w, h] = [width, height].map(tenth);
    let mut svg = Svg::default();
    svg.raw(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\" font-family=\"inherit\" font-size=\"{LETTER}\" fill=\"var(--plot-fg)\">"
    ));
    draw(plot, &mut svg);
    svg.raw("</svg>");
    svg.finish()
}

fn draw(plot: &Plot, svg: &mut Svg) {
    let frame = Frame::of(plot);
    grid(&frame, svg);
    for (place, layer) in plot.layers.iter().enumerate() {
        draw_layer(&frame, layer, place, svg);
    }
    rules(plot, &frame, svg);
    axes(plot, &frame, svg);
    notes(plot, &frame, svg);
    legend(plot, &frame, svg);
}

fn grid(frame: &Frame, svg: &mut Svg) {
    let mut path = Path::default();
    for tick in frame.y_ticks.ticks.iter().filter(|tick| !tick.label.text.is_empty()) {
        path.move_to(frame.x.from, frame.y.pixel(tick.value));
        path.line_to(frame.x.to, frame.y.pixel(tick.value));
    }
    for tick in frame.x_ticks.ticks.iter().filter(|tick| !tick.label.text.is_empty()) {
        path.move_to(frame.x.pixel(tick.value), frame.y.from);
        path.line_to(frame.x.pixel(tick.value), frame.y.to);
    }
    svg.path(path, "stroke=\"var(--plot-muted)\"");
}

fn axes(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    let mut path = Path::default();
    path.move_to(frame.x.from, frame.y.from);
    path.line_to(frame.x.to, frame.y.from);
    for Tick { value, label } in &frame.x_ticks.ticks {
        let x = frame.x.pixel(*value);
        path.move_to(x, frame.y.from);
        path.line_to(x, frame.y.from + if label.text.is_empty() { 3.0 } else { 5.0 });
    }
    svg.path(path, "stroke=\"var(--plot-fg)\" fill=\"none\"");
    svg.open("text-anchor=\"middle\"");
    for Tick { value, label } in &frame.x_ticks.ticks {
        svg.text(frame.x.pixel(*value), frame.y.from + 21.0, Anchor::Start, "", &markup(label));
    }
    svg.close();
    svg.open("text-anchor=\"end\"");
    for Tick { value, label } in &frame.y_ticks.ticks {
        svg.text(frame.x.from - 6.0, frame.y.pixel(*value) + 5.5, Anchor::Start, "", &markup(label));
    }
    svg.close();
    if let Some(label) = &plot.x.label {
        let text = with_factor(label, &frame.x_ticks.factor());
        svg.text(frame.x.to, frame.y.from + 43.0, Anchor::End, "", &escape(&text));
    }
    if let Some(label) = &plot.y.label {
        let text = with_factor(label, &frame.y_ticks.factor());
        svg.text(8.0, frame.y_label, Anchor::Start, "", &escape(&text));
    }
    if let (Some(title), Some(y)) = (&plot.title, frame.title) {
        svg.text(8.0, y, Anchor::Start, "font-weight=\"600\"", &escape(title));
    }
}

fn with_factor(label: &str, factor: &str) -> String {
    if factor.is_empty() { label.to_owned() } else { format!("{label}, {factor}") }
}

fn markup(label: &Label) -> String {
    let text = escape(&label.text);
    if label.power.is_empty() {
        return text;
    }
    format!("{text}<tspan dy=\"-6\" font-size=\"12\">{}</tspan>", escape(&label.power))
}

fn colour(layer: &Layer, place: usize) -> usize {
    layer.look.colour.unwrap_or(place % 8 + 1)
}

fn dash(layer: &Layer, place: usize) -> &'static str {
    match layer.look.dash {
        Some(Dash::Solid) => "",
        Some(Dash::Dashed) => DASHES[1],
        None => DASHES[place % DASHES.len()],
    }
}

fn draw_layer(frame: &Frame, layer: &Layer, place: usize, svg: &mut Svg) {
    let colour = format!("stroke=\"var(--plot-{})\"", colour(layer, place));
    match &layer.shape {
        Shape::Curve { points, trace, markers } => {
            if *trace == Trace::Straight {
                let dash = dash(layer, place);
                let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
                svg.path(polyline(frame, points), &format!("fill=\"none\" {colour} stroke-width=\"2.5\"{dash}"));
            }
            if *markers == Markers::Shown {
                let mut path = Path::default();
                for &(x, y) in points {
                    let (x, y) = (frame.x.pixel(x), frame.y.pixel(y));
                    if inside(frame, x, y) {
                        path.dot(x, y);
                    }
                }
                svg.path(path, &format!("{colour} stroke-width=\"7\" stroke-linecap=\"round\""));
            }
        }
    }
}

fn inside(frame: &Frame, x: f64, y: f64) -> bool {
    let (x_range, y_range) = (frame.x.from - 0.5..=frame.x.to + 0.5, frame.y.to - 0.5..=frame.y.from + 0.5);
    x_range.contains(&x) && y_range.contains(&y)
}

fn polyline(frame: &Frame, points: &[Point]) -> Path {
    let mut path = Path::default();
    let mut last: Option<Point> = None;
    for &(x, y) in points {
        let point = (frame.x.pixel(x), frame.y.pixel(y));
        let Some(from) = last.replace(point).filter(|from| from.0.is_finite() && from.1.is_finite()) else { continue };
        if !(point.0.is_finite() && point.1.is_finite()) {
            continue;
        }
        if let Some((start, end)) = clip(frame, from, point) {
            path.join(start.0, start.1);
            path.line_to(end.0, end.1);
        }
    }
    path
}

/// The piece of a segment inside the frame (Liang and Barsky, 1984).
fn clip(frame: &Frame, from: Point, to: Point) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides = [
        (-dx, from.0 - frame.x.from),
        (dx, frame.x.to - from.0),
        (-dy, from.1 - frame.y.to),
        (dy, frame.y.from - from.1),
    ];
    for (speed, room) in sides {
        if speed == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if speed < 0.0 {
            enter = enter.max(room / speed);
        } else {
            leave = leave.min(room / speed);
        }
    }
    let at = |t: f64| (from.0 + t * dx, from.1 + t * dy);
    (enter <= leave).then(|| (at(enter), at(leave)))
}

fn rules(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    let mut path = Path::default();
    for rule in &plot.rules {
        match *rule {
            Rule::Horizontal(y, _) => {
                path.move_to(frame.x.from, frame.y.pixel(y));
                path.line_to(frame.x.to, frame.y.pixel(y));
            }
            Rule::Vertical(x, _) => {
                path.move_to(frame.x.pixel(x), frame.y.from);
                path.line_to(frame.x.pixel(x), frame.y.to);
            }
        }
    }
    svg.path(path, "stroke=\"var(--plot-accent)\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"");
    for rule in &plot.rules {
        match rule {
            Rule::Horizontal(y, text) => {
                svg.text(frame.x.to - 4.0, frame.y.pixel(*y) - 6.0, Anchor::End, HALO, &escape(text));
            }
            Rule::Vertical(x, text) => {
                let x = frame.x.pixel(*x);
                let fits = x + 6.0 + text.chars().count() as f64 * WIDE < frame.x.to;
                let (x, anchor) = if fits { (x + 6.0, Anchor::Start) } else { (x - 6.0, Anchor::End) };
                svg.text(x, frame.y.to + 14.0, anchor, HALO, &escape(text));
            }
        }
    }
}

fn notes(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    for note in &plot.notes {
        let (x, y) = (frame.x.pixel(note.at.0), frame.y.pixel(note.at.1));
        let fits = x + 8.0 + note.text.chars().count() as f64 * WIDE < frame.x.to;
        let (x, anchor) = if fits { (x + 8.0, Anchor::Start) } else { (x - 8.0, Anchor::End) };
        svg.text(x, (y - 8.0).max(frame.y.to + 12.0), anchor, HALO, &escape(&note.text));
    }
}

fn legend(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    for entry in &frame.legend {
        let layer = &plot.layers[entry.layer];
        let Some(name) = &layer.name else { continue };
        let (x, y) = entry.at;
        let Shape::Curve { trace, markers, .. } = &layer.shape;
        let colour = format!("stroke=\"var(--plot-{})\"", colour(layer, entry.layer));
        if *trace == Trace::Straight {
            let mut path = Path::default();
            path.move_to(x, y - 5.0);
            path.line_to(x + 24.0, y - 5.0);
            let dash = dash(layer, entry.layer);
            svg.path(path, &format!("{colour} stroke-width=\"2.5\" stroke-dasharray=\"{dash}\""));
        }
        if *markers == Markers::Shown {
            let mut path = Path::default();
            path.dot(x + 12.0, y - 5.0);
            svg.path(path, &format!("{colour} stroke-width=\"7\" stroke-linecap=\"round\""));
        }
        svg.text(x + 30.0, y, Anchor::Start, "", &escape(name));
    }
}
