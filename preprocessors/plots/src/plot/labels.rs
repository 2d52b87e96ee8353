//! Where texts go in the plot: beside what they are about, away from the data and from one another.

use super::geometry::{Area, Point};
use super::layer::{Layer, Shape};
use super::mark::Trace;
use super::pen::Pen;
use super::svg::{Anchor, Svg};
use super::text::{LETTER, width};

/// What a text on another one costs, and each pixel of a text outside of the plot, in points of data that are covered.
const TEXT: usize = 1_000_000;
const OUTSIDE: usize = 1000;
/// So many pixels are less than the guess of a width may be wrong by.
const BAD: usize = 12 * OUTSIDE;

/// The data and the texts that are there already, in pixels.
pub(crate) struct Labels {
    area: Area,
    ink: Vec<Point>,
    taken: Vec<Area>,
}

/// A place for a text: its baseline begins, is centred or ends there.
pub(crate) type Spot = (f64, f64, Anchor);

impl Labels {
    /// An empty plot.
    pub(crate) fn new(area: Area) -> Self {
        Self { area, ink: Vec::new(), taken: Vec::new() }
    }

    /// Notes where a layer draws.
    pub(crate) fn add(&mut self, layer: &Layer, pen: &Pen<'_>) {
        const APART: f64 = 8.0;
        let pixels: Vec<Point> = layer.mark().extent().into_iter().map(|point| pen.at(point)).collect();
        if matches!(&layer.shape, Shape::Curve(curve) if curve.trace != Trace::Nothing) {
            for pair in pixels.windows(2) {
                let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                let parts = (dx.hypot(dy) / APART).clamp(0.0, 200.0) as usize;
                let at = |part: usize| part as f64 / (parts + 1) as f64;
                self.ink.extend((1..=parts).map(|part| (pair[0].0 + dx * at(part), pair[0].1 + dy * at(part))));
            }
        }
        self.ink.extend(pixels.into_iter().filter(|&pixel| pen.inside(pixel)));
    }

    /// Takes the best of some places for a text, the first where several are as good.
    pub(crate) fn take(&mut self, text: &str, spots: [Spot; 4], svg: &mut Svg) -> Spot {
        let cost = |spot: &Spot| {
            let room = room(text, *spot);
            let ink = self.ink.iter().filter(|ink| within(room, **ink)).count();
            let texts = self.taken.iter().filter(|taken| overlap(room, **taken)).count();
            let outside = [
                self.area.left - room.left,
                room.right - self.area.right,
                self.area.top - room.top,
                room.bottom - self.area.bottom,
            ];
            let outside: f64 = outside.into_iter().map(|over| over.max(0.0)).sum();
            ink + TEXT * texts + OUTSIDE * outside as usize
        };
        let mut best = spots[0];
        let mut least = cost(&best);
        for spot in &spots[1..] {
            let now = cost(spot);
            if now < least {
                (best, least) = (*spot, now);
            }
        }
        if !text.is_empty() && least >= BAD {
            let why = if least >= TEXT { "lies on another text" } else { "leaves the frame" };
            svg.warn(format!("the text «{text}» {why}: move it, or shorten it"));
        }
        self.taken.push(room(text, best));
        best
    }
}

fn room(text: &str, (x, y, anchor): Spot) -> Area {
    let width = width(text);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Area { left, right: left + width, top: y - 0.8 * LETTER, bottom: y + 0.25 * LETTER }
}

fn within(area: Area, (x, y): Point) -> bool {
    (area.left..=area.right).contains(&x) && (area.top..=area.bottom).contains(&y)
}

fn overlap(a: Area, b: Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
