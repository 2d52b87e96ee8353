//! Plots for teaching: one call makes one, builder methods say the rest.
//!
//! ```
//! use plots::plot;
//! let ys: Vec<f64> = (0..50).map(|k| 0.9_f64.powi(k)).collect();
//! plot::line(&ys).name("измерено").points().x("итерация").y("MSE").log_y();
//! ```
//!
//! A plot is drawn as one compact SVG whose colours are the theme's (`--plot-fg`, `--plot-muted`, `--plot-bg`, `--plot-accent`,
//! `--plot-1` … `--plot-8`), with a description in Russian for those who cannot see it and with its data as a table.
//! What cannot be drawn (a number that is not finite, zero on a logarithmic axis, a series without points) is a panic at the line that
//! made it, unless `.gaps()` allows to leave it out.

mod arrange;
mod builder;
mod check;
mod clip;
mod colour;
mod contour;
mod dense;
mod description;
mod diagram;
mod draw;
mod drawn;
mod ends;
mod fault;
mod frame;
mod geometry;
mod hidden;
mod input;
mod kind;
mod labels;
mod last_layer;
mod layer;
mod mark;
mod network;
mod panels;
mod pen;
mod picture;
mod raster;
mod scale;
mod series;
mod space;
mod svg;
mod tensors;
mod text;
mod thin;
mod times;
mod tokens;
mod tree;
mod words;

pub use dense::Dense;
pub use diagram::{Diagram, diagram};
pub use input::{Coordinate, Matrix, Number, One, Points, Two, Values};
pub use network::{Network, network};
pub use panels::{Panels, panels};
pub use picture::Plot;
pub use series::Series;
pub use space::{Space, space};
pub use tensors::{Side, Tensors, tensors};
pub use times::{TimePlot, times};
pub use tokens::{Tokens, tokens};
pub use tree::{Tree, branch, leaf};

use std::ops::RangeInclusive;

use contour::Grid;
use input::limits;
use layer::Shape;
use mark::{
    Arrows, Band, Bars, Boxes, Contour, Curve, Ellipse, Errors, Filling, Heat, Histogram, Kind, Lengths, Markers,
    Picture, Polygon, Regions, Span, Spans, Sparsity, Trace,
};

/// A line through points: `ys`, `(xs, ys)` or a sequence of pairs.
///
/// ```
/// use plots::plot;
/// plot::line([1.0, 0.5, 0.25]);
/// plot::line(([0.0, 0.1, 0.2], [1.0, 0.5, 0.25]));
/// plot::line((0..100).map(|k| (k as f64, (k as f64).sqrt())));
/// ```
///
/// # Panics
/// When `xs` and `ys` differ in length.
#[track_caller]
pub fn line<Form>(points: impl Points<Form>) -> Plot {
    curve(points.points(), Trace::Straight, Markers::Hidden)
}

/// Points that are not joined: `ys`, `(xs, ys)` or a sequence of pairs.
///
/// # Panics
/// When `xs` and `ys` differ in length.
#[track_caller]
pub fn scatter<Form>(points: impl Points<Form>) -> Plot {
    curve(points.points(), Trace::Nothing, Markers::Shown)
}

/// The graph of a function over a range: 400 intervals of equal length.
///
/// ```
/// use plots::plot;
/// plot::function(|x| (-x * x / 2.0).exp(), -3.0..=3.0);
/// ```
#[track_caller]
pub fn function(f: impl Fn(f64) -> f64, range: RangeInclusive<f64>) -> Plot {
    const STEPS: u32 = 400;
    let (from, to) = limits(range);
    let x = |step| from + (to - from) * f64::from(step) / f64::from(STEPS);
    curve((0..=STEPS).map(|step| (x(step), f(x(step)))).collect(), Trace::Straight, Markers::Hidden)
}

#[track_caller]
fn curve(points: Vec<(f64, f64)>, trace: Trace, markers: Markers) -> Plot {
    Plot::of(Shape::Curve(Curve { points, trace, markers }))
}

/// How often values fall into bins of equal width; laid over one another, histograms share their bins.
///
/// ```
/// use plots::plot;
/// plot::histogram([1.0, 2.0, 2.5, 4.0]).bins(3).density();
/// ```
#[track_caller]
pub fn histogram(values: impl Values) -> Plot {
    Plot::of(Shape::Histogram(Histogram::new(values.values())))
}

/// A bar for each name; `.and(…)` puts bars side by side, `.stacked()` on one another. Long names turn the bars horizontal.
///
/// ```
/// use plots::plot;
/// plot::bar(["kNN", "лес"], [0.91, 0.97]).values(2).y("доля верных");
/// ```
///
/// # Panics
/// When there are not as many names as values.
#[track_caller]
pub fn bar(names: impl IntoIterator<Item = impl ToString>, values: impl Values) -> Plot {
    let (names, values) = (input::names(names), values.values());
    assert!(names.len() == values.len(), "plot: {} names for {} bars", names.len(), values.len());
    Plot::of(Shape::Bars(Bars::new(names, values)))
}

/// A matrix as colours: lighter is more, row 0 at the top; what is not finite is left empty.
///
/// Layers over it count columns to the right and rows downwards, from 0 at the middle of the first cell.
///
/// ```
/// use plots::plot;
/// plot::heatmap([[0.9, 0.1], [0.2, 0.8]]).values(1).rows(["кот", "пёс"]).columns(["кот", "пёс"]);
/// ```
#[track_caller]
pub fn heatmap(matrix: impl Matrix) -> Plot {
    Plot::of(Shape::Heat(Heat::new(matrix.matrix(), Kind::Values)))
}

/// A matrix as grey pixels: the least is black, the greatest white, unless `.limits(0.0..=1.0)` says otherwise.
#[track_caller]
pub fn image(pixels: impl Matrix) -> Plot {
    Plot::of(Shape::Heat(Heat::new(pixels.matrix(), Kind::Picture)))
}

/// Level lines of a function of two variables.
///
/// ```
/// use plots::plot;
/// plot::contour(|x, y| x * x + 10.0 * y * y, -2.0..=2.0, -1.0..=1.0).levels([1.0, 4.0]);
/// ```
#[track_caller]
pub fn contour(f: impl Fn(f64, f64) -> f64, x: RangeInclusive<f64>, y: RangeInclusive<f64>) -> Plot {
    let grid = Grid::sample(f, limits(x), limits(y), (121, 81));
    Plot::of(Shape::Contour(Contour { grid, levels: None, filling: Filling::Lines }))
}

/// Regions of the plane by class; class 0 has the theme's colour 1.
///
/// The classifier is asked in about 2400 points, and in 25 times as many near the borders.
#[track_caller]
pub fn regions(class: impl Fn(f64, f64) -> usize, x: RangeInclusive<f64>, y: RangeInclusive<f64>) -> Plot {
    Plot::of(Shape::Regions(Regions::of(class, limits(x), limits(y))))
}

/// A field of vectors `(u, v)` as arrows, shortened in one proportion so that they do not cross.
///
/// ```
/// use plots::plot;
/// plot::field(|x, y| (-y, x), -1.0..=1.0, -1.0..=1.0).equal();
/// ```
#[track_caller]
pub fn field(f: impl Fn(f64, f64) -> (f64, f64), x: RangeInclusive<f64>, y: RangeInclusive<f64>) -> Plot {
    Plot::of(Shape::Arrows(Arrows::field(f, limits(x), limits(y), (17, 11))))
}

/// Arrows, each from a point to a point.
///
/// ```
/// use plots::plot;
/// plot::arrows([((0.0, 0.0), (2.0, 1.0))]).name("u").equal();
/// ```
#[track_caller]
pub fn arrows(arrows: impl IntoIterator<Item = ((f64, f64), (f64, f64))>) -> Plot {
    Plot::of(Shape::Arrows(Arrows { arrows: arrows.into_iter().collect(), lengths: Lengths::True }))
}

/// A closed figure, its inside tinted.
#[track_caller]
pub fn polygon<Form>(corners: impl Points<Form>) -> Plot {
    Plot::of(Shape::Polygon(Polygon { corners: corners.points() }))
}

/// What lies between two curves over the same abscissas; it has the colour of the line that comes after it.
///
/// # Panics
/// When the sequences differ in length.
#[track_caller]
pub fn band(xs: impl Values, low: impl Values, high: impl Values) -> Plot {
    let xs = xs.values();
    let (low, high) = ((&xs, low.values()).points(), (&xs, high.values()).points());
    Plot::of(Shape::Band(Band { low, high }))
}

/// Points with whiskers of the given half-lengths.
///
/// ```
/// use plots::plot;
/// plot::errors(([10, 100, 1000], [0.7, 0.8, 0.85]), [0.1, 0.04, 0.01]).log_x();
/// ```
///
/// # Panics
/// When there are not as many half-lengths as points.
#[track_caller]
pub fn errors<Form>(points: impl Points<Form>, radii: impl Values) -> Plot {
    let (points, radii) = (points.points(), radii.values());
    assert!(points.len() == radii.len(), "plot: {} half-lengths for {} points", radii.len(), points.len());
    Plot::of(Shape::Errors(Errors { points, radii }))
}

/// Spans of time in rows: what each of several workers does and when, as `(row, from, to, text)`.
///
/// ```
/// use plots::plot;
/// plot::timeline([("ядро 1", 0.0, 2.0, "F₁"), ("ядро 2", 2.0, 4.0, "F₂")])
///     .name("вперёд")
///     .and(plot::timeline([("ядро 2", 4.0, 7.0, "B₂"), ("ядро 1", 7.0, 10.0, "B₁")]).name("назад"))
///     .x("такт");
/// ```
#[track_caller]
pub fn timeline<R: ToString, T: ToString>(spans: impl IntoIterator<Item = (R, f64, f64, T)>) -> Plot {
    let span =
        |(row, from, to, text): (R, f64, f64, T)| Span { row: row.to_string(), from, to, text: text.to_string() };
    Plot::of(Shape::Spans(Spans::new(spans.into_iter().map(span).collect())))
}

/// How samples are spread: a box from quartile to quartile with the median in it, whiskers to the farthest values within one and a
/// half boxes, dots for what is beyond (Tukey, 1977).
///
/// ```
/// use plots::plot;
/// plot::boxes(["SGD", "Adam"], [[0.81, 0.84, 0.80], [0.88, 0.90, 0.86]]).y("доля верных");
/// ```
///
/// # Panics
/// When there are not as many names as samples.
#[track_caller]
pub fn boxes<V: Values>(names: impl IntoIterator<Item = impl ToString>, samples: impl IntoIterator<Item = V>) -> Plot {
    let names = input::names(names);
    let samples: Vec<Vec<f64>> = samples.into_iter().map(Values::values).collect();
    assert!(names.len() == samples.len(), "plot: {} names for {} samples", names.len(), samples.len());
    Plot::of(Shape::Boxes(Boxes { names, samples }))
}

/// What a matrix makes of the unit circle, about a centre; units are as long on both axes.
///
/// ```
/// use plots::plot;
/// plot::ellipse((0.0, 0.0), [[2.0, 1.0], [0.0, 1.0]]).name("образ круга");
/// ```
#[track_caller]
pub fn ellipse(centre: (f64, f64), matrix: [[f64; 2]; 2]) -> Plot {
    Plot::of(Shape::Ellipse(Ellipse { centre, matrix })).equal()
}

/// The ellipse of a normal distribution, so many standard deviations from its mean: the unit circle under a Cholesky factor.
///
/// ```
/// use plots::plot;
/// plot::covariance((1.0, 2.0), [[2.0, 0.5], [0.5, 1.0]], 2.0).name("2σ");
/// ```
///
/// # Panics
/// When the matrix is not symmetric and positive definite.
#[track_caller]
pub fn covariance(mean: (f64, f64), covariance: [[f64; 2]; 2], deviations: f64) -> Plot {
    let [[a, b], [c, d]] = covariance;
    assert!((b - c).abs() <= 1e-9 * (a.abs() + d.abs()), "plot: the covariance {covariance:?} is not symmetric");
    let (first, rest) = (a.sqrt(), (d - b * b / a).sqrt());
    assert!(first > 0.0 && rest > 0.0, "plot: the covariance {covariance:?} is not positive definite");
    ellipse(mean, [[deviations * first, 0.0], [deviations * b / first, deviations * rest]])
}

/// A picture in colour, row by row from the top: red, green and blue from 0 to 255.
///
/// ```
/// use plots::plot;
/// plot::rgb([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]]);
/// ```
///
/// # Panics
/// When rows differ in length.
#[track_caller]
pub fn rgb<R: IntoIterator<Item = [u8; 3]>>(rows: impl IntoIterator<Item = R>) -> Plot {
    let rows: Vec<Vec<[u8; 3]>> = rows.into_iter().map(|row| row.into_iter().collect()).collect();
    let width = rows.first().map_or(0, Vec::len);
    if let Some(odd) = rows.iter().position(|row| row.len() != width) {
        panic!("plot: row {odd} has {} pixels, row 0 has {width}", rows[odd].len());
    }
    let pixels = Dense::new((rows.len(), width), rows.into_iter().flatten().collect());
    Plot::of(Shape::Picture(Picture::new(pixels)))
}

/// Where a matrix is not zero.
///
/// ```
/// use plots::plot;
/// plot::sparsity([[1.0, 0.0], [0.5, 2.0]]);
/// ```
#[track_caller]
pub fn sparsity(matrix: impl Matrix) -> Plot {
    Plot::of(Shape::Sparsity(Sparsity::new(matrix.matrix())))
}
