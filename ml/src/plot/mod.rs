//! Plots for teaching: one call makes one, builder methods say the rest.
//!
//! ```
//! use ml::plot;
//! let ys: Vec<f64> = (0..50).map(|k| 0.9_f64.powi(k)).collect();
//! plot::line(&ys).name("измерено").points().x("итерация").y("MSE").log_y();
//! ```
//!
//! A plot is drawn as one compact SVG whose colours are the theme's (`--plot-fg`, `--plot-muted`, `--plot-bg`, `--plot-accent`,
//! `--plot-1` … `--plot-8`), with a description in Russian for those who cannot see it and with its data as a table.
//! Points that are not finite break their line; a plot without a single finite point panics.

mod draw;
mod frame;
mod input;
mod layer;
mod number;
mod scale;
mod svg;

pub use input::{Coordinate, Matrix, Number, One, Points, Two, Values};

use std::ops::RangeInclusive;

use kernel::{Part, Rich, Show};
use layer::{Dash, Layer, Markers, Note, Rule, Shape, Trace};
use scale::Spread;

/// A line through points: `ys`, `(xs, ys)` or a sequence of pairs.
///
/// ```
/// use ml::plot;
/// plot::line([1.0, 0.5, 0.25]);
/// plot::line(([0.0, 0.1, 0.2], [1.0, 0.5, 0.25]));
/// plot::line((0..100).map(|k| (k as f64, (k as f64).sqrt())));
/// ```
///
/// # Panics
/// When `xs` and `ys` differ in length.
pub fn line<Form>(points: impl Points<Form>) -> Plot {
    curve(points.points(), Trace::Straight, Markers::Hidden)
}

/// Points that are not joined: `ys`, `(xs, ys)` or a sequence of pairs.
///
/// # Panics
/// When `xs` and `ys` differ in length.
pub fn scatter<Form>(points: impl Points<Form>) -> Plot {
    curve(points.points(), Trace::Nothing, Markers::Shown)
}

/// The graph of a function over a range: 400 points at equal distances.
pub fn function(f: impl Fn(f64) -> f64, range: RangeInclusive<f64>) -> Plot {
    const STEPS: u32 = 400;
    let (from, to) = range.into_inner();
    let x = |step| from + (to - from) * f64::from(step) / f64::from(STEPS);
    curve((0..=STEPS).map(|step| (x(step), f(x(step)))).collect(), Trace::Straight, Markers::Hidden)
}

fn curve(points: Vec<(f64, f64)>, trace: Trace, markers: Markers) -> Plot {
    Plot::of(Shape::Curve { points, trace, markers })
}

/// A picture of data: layers over common axes.
#[derive(Clone, Debug)]
#[must_use = "a plot is shown as the last expression of a cell or by `show!`"]
pub struct Plot {
    layers: Vec<Layer>,
    rules: Vec<Rule>,
    notes: Vec<Note>,
    title: Option<String>,
    x: Axis,
    y: Axis,
    size: (f64, f64),
    aspect: Aspect,
    alt: Option<String>,
}

#[derive(Clone, Debug)]
struct Axis {
    label: Option<String>,
    spread: Spread,
    range: Option<(f64, f64)>,
}

impl Axis {
    fn new() -> Self {
        Self { label: None, spread: Spread::Linear, range: None }
    }

    fn or(self, other: Self) -> Self {
        let spread = if self.spread == Spread::Log { Spread::Log } else { other.spread };
        Self { label: self.label.or(other.label), spread, range: self.range.or(other.range) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    /// The plot fills its picture.
    Free,
    /// A unit is as long on one axis as on the other.
    Equal,
}

impl Plot {
    fn of(shape: Shape) -> Self {
        Self {
            layers: vec![Layer::new(shape)],
            rules: Vec::new(),
            notes: Vec::new(),
            title: None,
            x: Axis::new(),
            y: Axis::new(),
            size: (640.0, 400.0),
            aspect: Aspect::Free,
            alt: None,
        }
    }

    /// Writes a title above the plot.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Names the horizontal axis, with its unit: `"время, с"`.
    pub fn x(mut self, label: impl Into<String>) -> Self {
        self.x.label = Some(label.into());
        self
    }

    /// Names the vertical axis, with its unit.
    pub fn y(mut self, label: impl Into<String>) -> Self {
        self.y.label = Some(label.into());
        self
    }

    /// Makes the horizontal axis logarithmic; points that are not positive are left out.
    pub fn log_x(mut self) -> Self {
        self.x.spread = Spread::Log;
        self
    }

    /// Makes the vertical axis logarithmic; points that are not positive are left out.
    pub fn log_y(mut self) -> Self {
        self.y.spread = Spread::Log;
        self
    }

    /// Limits the horizontal axis; what is outside is cut off.
    ///
    /// # Panics
    /// When the range is empty.
    pub fn x_range(mut self, range: RangeInclusive<f64>) -> Self {
        self.x.range = Some(limits(range));
        self
    }

    /// Limits the vertical axis; what is outside is cut off.
    ///
    /// # Panics
    /// When the range is empty.
    pub fn y_range(mut self, range: RangeInclusive<f64>) -> Self {
        self.y.range = Some(limits(range));
        self
    }

    /// Makes a unit as long on the horizontal axis as on the vertical one.
    pub fn equal(mut self) -> Self {
        self.aspect = Aspect::Equal;
        self
    }

    /// Sets width and height of the picture in pixels; 640 × 400 unless told, and letters of 16.
    pub fn size(mut self, width: f64, height: f64) -> Self {
        assert!(width >= 100.0 && height >= 100.0, "plot: a picture of {width} × {height} has no room for axes");
        self.size = (width, height);
        self
    }

    /// Lays another plot over this one, on the same axes.
    ///
    /// Labels, ranges and logarithms of this plot win; what it lacks is taken from the other.
    pub fn and(mut self, other: Self) -> Self {
        self.layers.extend(other.layers);
        self.rules.extend(other.rules);
        self.notes.extend(other.notes);
        self.title = self.title.or(other.title);
        self.x = self.x.or(other.x);
        self.y = self.y.or(other.y);
        self.alt = self.alt.or(other.alt);
        if other.aspect == Aspect::Equal {
            self.aspect = Aspect::Equal;
        }
        self
    }

    /// Names the last layer in the legend.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.last().name = Some(name.into());
        self
    }

    /// Breaks the line of the last layer into dashes, as is usual for a theory over a measurement.
    pub fn dashed(mut self) -> Self {
        self.last().look.dash = Some(Dash::Dashed);
        self
    }

    /// Keeps the line of the last layer unbroken, whatever its place among the layers.
    pub fn solid(mut self) -> Self {
        self.last().look.dash = Some(Dash::Solid);
        self
    }

    /// Gives the last layer one of the theme's colours, 1 to 8; by its place among the layers unless told.
    ///
    /// # Panics
    /// When there is no such colour.
    pub fn colour(mut self, number: usize) -> Self {
        assert!((1..=8).contains(&number), "plot: colour {number} is not one of 1 to 8");
        self.last().look.colour = Some(number);
        self
    }

    /// Marks the points of the last line.
    ///
    /// # Panics
    /// When the last layer is not a line.
    pub fn points(mut self) -> Self {
        match &mut self.last().shape {
            Shape::Curve { markers, .. } => *markers = Markers::Shown,
        }
        self
    }

    /// Draws a horizontal line across the plot and writes at it.
    pub fn hline(mut self, y: f64, text: impl Into<String>) -> Self {
        self.rules.push(Rule::Horizontal(y, text.into()));
        self
    }

    /// Draws a vertical line across the plot and writes at it.
    pub fn vline(mut self, x: f64, text: impl Into<String>) -> Self {
        self.rules.push(Rule::Vertical(x, text.into()));
        self
    }

    /// Writes beside a point.
    pub fn note(mut self, x: f64, y: f64, text: impl Into<String>) -> Self {
        self.notes.push(Note { at: (x, y), text: text.into() });
        self
    }

    /// Replaces the description that is made from the data.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    ///
    /// # Panics
    /// When there is not a single finite point to draw.
    pub fn to_svg(&self) -> String {
        draw::svg(self)
    }

    fn last(&mut self) -> &mut Layer {
        self.layers.last_mut().expect("every plot is made with a layer and none is taken away")
    }
}

fn limits(range: RangeInclusive<f64>) -> (f64, f64) {
    let (low, high) = range.into_inner();
    assert!(low < high, "plot: the range {low}..={high} is empty");
    (low, high)
}

impl Show for Plot {
    fn show(&self) -> Rich {
        Rich::svg(self.to_svg()).with(Part::Text("График".to_owned()))
    }
}
