//! Drawing a plot: axes around the layers, texts over them.

use super::arrange;
use super::check::{self, Mistake};
use super::dense::Dense;
use super::ends::{self, End};
use super::frame::{Frame, at_ends};
use super::geometry::{Area, Point};
use super::hidden::{self, Look, Stroke};
use super::kind::Fit;
use super::labels::Labels;
use super::layer::{Dash, Layer, Rule, Shade, Shape};
use super::mark::{Markers, Trace};
use super::pen::{HALO, Pen};
use super::picture::Plot;
use super::raster;
use super::scale::{Label, Scale, Tick};
use super::svg::{Anchor, Path, Svg, document, escape, tenth};
use super::text;

const DASHES: [&str; 5] = ["", "9 4", "2 4", "9 4 2 4", "16 5"];

/// The `<svg>` element of a plot, and what its author should know of it.
pub(crate) fn svg(plot: &Plot) -> (String, Vec<String>) {
    let mut body = Svg::default();
    let size = draw(plot, &mut body);
    let warnings = body.warnings().to_vec();
    (document(size, &body.finish()), warnings)
}

/// Draws a plot and tells how large it is.
pub(crate) fn draw(plot: &Plot, svg: &mut Svg) -> (f64, f64) {
    let plot = &arrange::arranged(plot);
    refuse(check::layers(plot));
    let frame = Frame::of(plot);
    refuse(check::framed(plot, &frame));
    if plot.layers.iter().all(|layer| layer.mark().fit() < Fit::Tight) {
        grid(&frame, svg);
    }
    shades(plot, &frame, svg);
    let order = order(plot);
    let mut labels = Labels::new(frame.area);
    for (layer, &place) in plot.layers.iter().zip(&order) {
        let mut pen = pen(&frame, layer, place, svg);
        layer.mark().draw(&mut pen);
        labels.add(layer, &pen);
    }
    names_at_ends(plot, &frame, &order, svg);
    rules(plot, &frame, &mut labels, svg);
    shade_texts(plot, &frame, &mut labels, svg);
    axes(plot, &frame, svg);
    colour_bar(&frame, svg);
    notes(plot, &frame, &mut labels, svg);
    for entry in &frame.legend {
        let layer = &plot.layers[entry.layer];
        layer.mark().swatch(entry.at, &mut pen(&frame, layer, order[entry.layer], svg));
        svg.text(entry.at.0 + 30.0, entry.at.1, Anchor::Start, "", &escape(layer.name.as_deref().unwrap_or_default()));
    }
    covered(plot, &frame, &order, svg);
    wide(plot, &frame, svg);
    frame.size
}

/// Tells which lines cannot be seen.
fn covered(plot: &Plot, frame: &Frame, order: &[Option<usize>], svg: &mut Svg) {
    let mut strokes = Vec::new();
    for (layer, &place) in plot.layers.iter().zip(order) {
        let Shape::Curve(curve) = &layer.shape else { continue };
        let pen = pen(frame, layer, place, svg);
        let pixels = curve.points.iter().map(|&point| pen.at(point)).filter(|&pixel| pen.inside(pixel)).collect();
        let look = match (curve.markers, pen.dash.is_empty()) {
            (Markers::Shown, _) => Look::Marked,
            (Markers::Hidden, true) => Look::Solid,
            (Markers::Hidden, false) => Look::Dashed,
        };
        if curve.trace == Trace::Straight {
            strokes.push(Stroke { name: layer.name.as_deref(), pixels, look });
        }
    }
    hidden::warnings(&strokes).into_iter().for_each(|warning| svg.warn(warning));
}

/// Tells which texts around the plot go beyond the picture.
fn wide(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    // Widths are guesses on the safe side.
    const SURE: f64 = 0.85;
    let named = frame.legend.iter().filter_map(|entry| plot.layers[entry.layer].name.as_ref());
    let ends = at_ends(plot).map(|(_, name)| name);
    let texts = [&plot.title, &plot.x.label, &plot.y.label].into_iter().flatten().chain(named).map(String::as_str);
    for text in texts.chain(ends).filter(|text| SURE * text::width(text) > frame.size.0 - 8.0) {
        svg.warn(format!("the text «{text}» is wider than the picture: shorten it"));
    }
}

/// Stops at a mistake of the author, where it was made.
fn refuse(mistake: Option<Mistake>) {
    if let Some(Mistake { place, message }) = mistake {
        kernel::panic_at(place, &message);
    }
}

/// The place of every layer in the order of colours: backgrounds take none, a band has that of the line it belongs to.
fn order(plot: &Plot) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |layer: &Layer| {
        let place = (layer.mark().fit() < Fit::Tight).then_some(next);
        next += usize::from(place.is_some() && !matches!(layer.shape, Shape::Band(_)));
        place
    };
    plot.layers.iter().map(place).collect()
}

fn pen<'a>(frame: &'a Frame, layer: &Layer, place: Option<usize>, svg: &'a mut Svg) -> Pen<'a> {
    let own = layer.colour.or(place.map(|place| place % 8 + 1));
    let colour = own.map_or_else(|| "var(--plot-fg)".to_owned(), |number| format!("var(--plot-{number})"));
    let place = place.unwrap_or(0);
    let dash = match layer.dash {
        Some(Dash::Solid) => "",
        Some(Dash::Dashed) => DASHES[1],
        None => DASHES[place % DASHES.len()],
    };
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
    Pen { svg, area: frame.area, x: &frame.x, y: &frame.y, colour, dash, place }
}

fn names_at_ends(plot: &Plot, frame: &Frame, order: &[Option<usize>], svg: &mut Svg) {
    let end = |(place, name): (usize, &'_ str)| {
        let layer = &plot.layers[place];
        let pen = pen(frame, layer, order[place], svg);
        let pixels = layer.mark().extent().into_iter().map(|point| pen.at(point));
        let at = pixels.rev().find(|&pixel| pen.inside(pixel))?;
        Some((name.to_owned(), at, pen.colour.clone()))
    };
    let found: Vec<(String, Point, String)> = at_ends(plot).filter_map(end).collect();
    let ends = found.iter().map(|(name, at, colour)| End { name, at: *at, colour: colour.clone() }).collect();
    ends::write(ends, frame.area, svg);
}

fn labelled(ticks: &[Tick]) -> impl Iterator<Item = &Tick> {
    ticks.iter().filter(|tick| !tick.label.text.is_empty())
}

fn grid(frame: &Frame, svg: &mut Svg) {
    let Area { left, right, top, bottom } = frame.area;
    let mut path = Path::default();
    for tick in labelled(&frame.y_ticks.ticks).filter(|_| !frame.y_named) {
        path.move_to(left, frame.y.pixel(tick.value));
        path.line_to(right, frame.y.pixel(tick.value));
    }
    for tick in labelled(&frame.x_ticks.ticks).filter(|_| !frame.x_named) {
        path.move_to(frame.x.pixel(tick.value), bottom);
        path.line_to(frame.x.pixel(tick.value), top);
    }
    svg.path(path, "stroke=\"var(--plot-muted)\"");
}

fn axes(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    let Area { left, right, bottom, .. } = frame.area;
    let mut path = Path::default();
    path.move_to(left, bottom);
    path.line_to(right, bottom);
    for Tick { value, label } in frame.x_ticks.ticks.iter().filter(|_| !frame.x_named) {
        path.move_to(frame.x.pixel(*value), bottom);
        path.line_to(frame.x.pixel(*value), bottom + if label.text.is_empty() { 3.0 } else { 5.0 });
    }
    for Tick { value, .. } in frame.y_ticks.ticks.iter().filter(|tick| tick.label.text.is_empty()) {
        path.move_to(left - 3.0, frame.y.pixel(*value));
        path.line_to(left, frame.y.pixel(*value));
    }
    svg.path(path, "stroke=\"var(--plot-fg)\" fill=\"none\"");

    svg.open(if frame.slanted { "text-anchor=\"end\"" } else { "text-anchor=\"middle\"" });
    for tick in labelled(&frame.x_ticks.ticks) {
        let (x, y) = (frame.x.pixel(tick.value), bottom + 21.0);
        let slant = if frame.slanted {
            format!("transform=\"rotate(-40 {} {})\"", tenth(x + 5.0), tenth(y - 5.0))
        } else {
            String::new()
        };
        svg.text(
            if frame.slanted { x + 5.0 } else { x },
            y - if frame.slanted { 5.0 } else { 0.0 },
            Anchor::Start,
            &slant,
            &markup(&tick.label),
        );
    }
    svg.close();
    svg.open("text-anchor=\"end\"");
    for tick in labelled(&frame.y_ticks.ticks) {
        let y = frame.y.pixel(tick.value) + 5.5;
        match frame.y_lines(&tick.label)[..] {
            [first, second] => {
                svg.text(left - 6.0, y - 9.0, Anchor::Start, "", &escape(first));
                svg.text(left - 6.0, y + 9.0, Anchor::Start, "", &escape(second));
            }
            _ => svg.text(left - 6.0, y, Anchor::Start, "", &markup(&tick.label)),
        }
    }
    svg.close();
    titles(plot, frame, svg);
}

fn titles(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    let mut write = |label: &Option<String>, factor: String, x: f64, y: f64, anchor: Anchor| {
        let text = match (label.as_deref(), factor.is_empty()) {
            (None, true) => return,
            (None, false) => factor,
            (Some(label), true) => label.to_owned(),
            (Some(label), false) => format!("{label}, {factor}"),
        };
        svg.text(x, y, anchor, "", &escape(&text));
    };
    let right = frame.area.right;
    // A label that is longer than its axis goes on to the left, under the numbers of the other axis.
    write(&plot.x.label, frame.x_ticks.factor(), right, frame.size.1 - 9.0, Anchor::End);
    write(&plot.y.label, frame.y_ticks.factor(), 8.0, frame.y_label, Anchor::Start);
    if let (Some(title), Some(y)) = (&plot.title, frame.title) {
        svg.text(8.0, y, Anchor::Start, "font-weight=\"600\"", &escape(title));
    }
}

fn markup(label: &Label) -> String {
    let text = escape(&label.text);
    if label.power.is_empty() {
        return text;
    }
    format!("{text}<tspan dy=\"-6\" font-size=\"12\">{}</tspan>", escape(&label.power))
}

fn colour_bar(frame: &Frame, svg: &mut Svg) {
    let Some((bar, ticks)) = &frame.colour_bar else { return };
    let Area { right, top, bottom, .. } = frame.area;
    let (left, width) = (right + 14.0, 16.0);
    let shades = Dense::from_fn((64, 1), |(row, _)| 63.0 - row as f64);
    let uri = raster::data_uri_smooth(&shades, bar.palette, (0.0, 63.0));
    svg.image((left, top), (width, bottom - top), "", &uri);
    let scale = Scale { spread: bar.spread, low: bar.limits.0, high: bar.limits.1, from: bottom, to: top };
    for tick in &ticks.ticks {
        svg.text(left + width + 6.0, scale.pixel(tick.value) + 5.5, Anchor::Start, "", &markup(&tick.label));
    }
    let factor = ticks.factor();
    if !factor.is_empty() {
        svg.text(left, top - 8.0, Anchor::Start, "", &escape(&factor));
    }
}

fn rules(plot: &Plot, frame: &Frame, labels: &mut Labels, svg: &mut Svg) {
    let Area { left, right, top, bottom } = frame.area;
    let mut path = Path::default();
    for rule in &plot.rules {
        match *rule {
            Rule::Horizontal(y, _) => {
                path.move_to(left, frame.y.pixel(y));
                path.line_to(right, frame.y.pixel(y));
            }
            Rule::Vertical(x, _) => {
                path.move_to(frame.x.pixel(x), bottom);
                path.line_to(frame.x.pixel(x), top);
            }
        }
    }
    svg.path(path, "stroke=\"var(--plot-accent)\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"");
    for rule in &plot.rules {
        let (spots, text) = match rule {
            Rule::Horizontal(y, text) => {
                let y = frame.y.pixel(*y);
                let at = |x: f64, dy: f64, anchor: Anchor| (x, y + dy, anchor);
                let (left, right) = (left + 6.0, right - 4.0);
                let above = [at(right, -6.0, Anchor::End), at(left, -6.0, Anchor::Start)];
                ([above[0], above[1], at(right, 17.0, Anchor::End), at(left, 17.0, Anchor::Start)], text)
            }
            Rule::Vertical(x, text) => {
                let x = frame.x.pixel(*x);
                let at = |dx: f64, y: f64| (x + dx, y, if dx > 0.0 { Anchor::Start } else { Anchor::End });
                ([at(6.0, top + 14.0), at(-6.0, top + 14.0), at(6.0, bottom - 8.0), at(-6.0, bottom - 8.0)], text)
            }
        };
        let (x, y, anchor) = labels.take(text, spots, svg);
        svg.text(x, y, anchor, HALO, &escape(text));
    }
}

/// The rectangle of a shade, and its text.
fn shaded<'a>(frame: &Frame, shade: &'a Shade) -> (Area, &'a str) {
    let inside = |value: f64, low: f64, high: f64| value.clamp(low, high);
    match shade {
        Shade::Horizontal((from, to), text) => {
            let [left, right] = [from, to].map(|x| inside(frame.x.pixel(*x), frame.area.left, frame.area.right));
            (Area { left, right, ..frame.area }, text)
        }
        Shade::Vertical((from, to), text) => {
            let [bottom, top] = [from, to].map(|y| inside(frame.y.pixel(*y), frame.area.top, frame.area.bottom));
            (Area { top, bottom, ..frame.area }, text)
        }
    }
}

fn shades(plot: &Plot, frame: &Frame, svg: &mut Svg) {
    for shade in &plot.shades {
        let (Area { left, right, top, bottom }, _) = shaded(frame, shade);
        svg.rect(left, top, right - left, bottom - top, "fill=\"var(--plot-accent)\" fill-opacity=\".1\"");
    }
}

fn shade_texts(plot: &Plot, frame: &Frame, labels: &mut Labels, svg: &mut Svg) {
    for shade in &plot.shades {
        let (Area { left, right, top, bottom }, text) = shaded(frame, shade);
        let middle = f64::midpoint(left, right);
        let y = if matches!(shade, Shade::Vertical(..)) { f64::midpoint(top, bottom) + 5.5 } else { top + 16.0 };
        let spots = [
            (middle, y, Anchor::Middle),
            (left + 4.0, y, Anchor::Start),
            (right - 4.0, y, Anchor::End),
            (middle, bottom - 8.0, Anchor::Middle),
        ];
        let (x, y, anchor) = labels.take(text, spots, svg);
        svg.text(x, y, anchor, HALO, &escape(text));
    }
}

fn notes(plot: &Plot, frame: &Frame, labels: &mut Labels, svg: &mut Svg) {
    for note in &plot.notes {
        let (x, y) = (frame.x.pixel(note.at.0), frame.y.pixel(note.at.1));
        let at = |dx: f64, dy: f64| (x + dx, y + dy, if dx > 0.0 { Anchor::Start } else { Anchor::End });
        let spots = [at(8.0, -8.0), at(-8.0, -8.0), at(8.0, 20.0), at(-8.0, 20.0)];
        let (x, y, anchor) = labels.take(&note.text, spots, svg);
        svg.text(x, y, anchor, HALO, &escape(&note.text));
    }
}
