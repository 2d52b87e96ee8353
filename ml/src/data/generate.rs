//! Generated data: the same numbers for the same seed, on every machine.

use std::f64::consts::{PI, TAU};
use std::ops::RangeInclusive;

use ndarray::{Array1, Array2};

use super::Labelled;
use crate::plot::{Matrix, Values};
use crate::random::rng;

/// Clouds of `n` points about each centre, normal with standard deviation `spread`; one class a centre.
///
/// ```
/// let clouds = ml::data::blobs([[0.0, 0.0], [3.0, 1.0], [0.0, 4.0]], 50, 0.7, 7);
/// assert_eq!(clouds.x.dim(), (150, 2));
/// ```
pub fn blobs(centres: impl Matrix, n: usize, spread: f64, seed: u64) -> Labelled {
    let centres = centres.matrix();
    let mut rng = rng(seed);
    let (classes, width) = centres.shape();
    let y: Vec<usize> = (0..classes * n).map(|place| place / n).collect();
    let x =
        Array2::from_shape_fn((classes * n, width), |(row, column)| centres[(row / n, column)] + spread * rng.normal());
    labelled(x, y, classes)
}

/// Two half circles of radius 1 that reach into one another, `n` points in all, with normal noise.
pub fn moons(n: usize, noise: f64, seed: u64) -> Labelled {
    plane(n, 2, noise, seed, |class, way| {
        let share = way.closed();
        let (sine, cosine) = (libm::sin(PI * share), libm::cos(PI * share));
        if class == 0 { (cosine, sine) } else { (1.0 - cosine, 0.5 - sine) }
    })
}

/// Two circles about the origin, of radii 1 and 0.5, `n` points in all, with normal noise.
pub fn circles(n: usize, noise: f64, seed: u64) -> Labelled {
    plane(n, 2, noise, seed, |class, way| {
        // The last point must not fall on the first.
        let share = way.open();
        let radius = if class == 0 { 1.0 } else { 0.5 };
        (radius * libm::cos(TAU * share), radius * libm::sin(TAU * share))
    })
}

/// Arms of a spiral that reach from the origin to radius 1 in one turn, `n` points in all, one class an arm, with normal noise.
pub fn spiral(n: usize, arms: usize, noise: f64, seed: u64) -> Labelled {
    plane(n, arms, noise, seed, |class, way| {
        let share = way.closed();
        let angle = TAU * (share + class as f64 / arms as f64);
        (share * libm::cos(angle), share * libm::sin(angle))
    })
}

/// `n` vectors of `d` numbers that look like embeddings: clouds about 60 centres in a space of 12 dimensions, laid into `d` by a
/// random linear map, with a little noise in every coordinate; one class a cloud.
///
/// `spread` is the standard deviation inside of a cloud when that of the centres is 1: at 0.3 the clouds stand apart, at 1 they
/// run into one another. Objects come in random order, so that the last of them can serve as queries.
///
/// ```
/// let base = ml::data::embeddings(1000, 32, 0.8, 7);
/// assert_eq!(base.x.dim(), (1000, 32));
/// ```
pub fn embeddings(n: usize, d: usize, spread: f64, seed: u64) -> Labelled {
    const CLOUDS: usize = 60;
    const RANK: usize = 12;
    const NOISE: f64 = 0.05;
    let mut rng = rng(seed);
    let map = rng.normal_array((d, RANK)) / (RANK as f64).sqrt();
    let centres = rng.normal_array((CLOUDS, RANK));
    let mut x = Array2::zeros((n, d));
    let mut y = Vec::with_capacity(n);
    for mut row in x.rows_mut() {
        let cloud = rng.below(CLOUDS);
        let hidden: Vec<f64> = centres.row(cloud).iter().map(|centre| centre + spread * rng.normal()).collect();
        for (value, weights) in row.iter_mut().zip(map.rows()) {
            // Summed in order, and not by `dot`: its order of terms depends on the processor.
            *value =
                weights.iter().zip(&hidden).map(|(weight, hidden)| weight * hidden).sum::<f64>() + NOISE * rng.normal();
        }
        y.push(cloud);
    }
    labelled(x, y, CLOUDS)
}

/// A linear law with noise: what was generated and by which law.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// Objects by rows, features by columns.
    pub x: Array2<f64>,
    /// The values of the law, with noise.
    pub y: Array1<f64>,
    /// The true weights.
    pub w: Array1<f64>,
    /// The true value at zero.
    pub b: f64,
}

/// `n` objects with standard normal features, and `y = Xw + b` with normal noise.
pub fn linear(w: impl Values, b: f64, n: usize, noise: f64, seed: u64) -> Linear {
    let w = Array1::from(w.values());
    let mut rng = rng(seed);
    let x = rng.normal_array((n, w.len()));
    let y = x.dot(&w).mapv(|value| value + b + noise * rng.normal());
    Linear { x, y, w, b }
}

/// `n` measurements of a function at random abscissas of a range, in order, with normal noise: `(xs, ys)`.
pub fn sampled(
    f: impl Fn(f64) -> f64,
    range: RangeInclusive<f64>,
    n: usize,
    noise: f64,
    seed: u64,
) -> (Array1<f64>, Array1<f64>) {
    let (low, high) = range.into_inner();
    let mut rng = rng(seed);
    let mut xs: Vec<f64> = (0..n).map(|_| rng.between(low, high)).collect();
    xs.sort_by(f64::total_cmp);
    let ys = xs.iter().map(|&x| f(x) + noise * rng.normal()).collect();
    (xs.into(), ys)
}

/// A place among the points of a class.
#[derive(Clone, Copy)]
struct Way {
    place: usize,
    count: usize,
}

impl Way {
    /// From 0 for the first point to 1 for the last.
    fn closed(self) -> f64 {
        self.place as f64 / (self.count - 1).max(1) as f64
    }

    /// From 0 for the first point to one step before 1 for the last.
    fn open(self) -> f64 {
        self.place as f64 / self.count as f64
    }
}

/// Points of the plane along one curve a class.
fn plane(n: usize, classes: usize, noise: f64, seed: u64, curve: impl Fn(usize, Way) -> (f64, f64)) -> Labelled {
    let mut rng = rng(seed);
    let mut x = Array2::zeros((n, 2));
    let mut y = Vec::with_capacity(n);
    for (place, mut row) in x.rows_mut().into_iter().enumerate() {
        let class = place * classes / n;
        let (first, next) = ((class * n).div_ceil(classes), ((class + 1) * n).div_ceil(classes));
        let (u, v) = curve(class, Way { place: place - first, count: next - first });
        row[0] = u + noise * rng.normal();
        row[1] = v + noise * rng.normal();
        y.push(class);
    }
    labelled(x, y, classes)
}

fn labelled(x: Array2<f64>, y: Vec<usize>, classes: usize) -> Labelled {
    let features = (1..=x.ncols()).map(|place| format!("x{}", subscript(place))).collect();
    Labelled { x, y, features, classes: (0..classes).map(|class| format!("класс {class}")).collect() }
}

fn subscript(number: usize) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    number.to_string().chars().filter_map(|c| c.to_digit(10)).map(|digit| DIGITS[digit as usize]).collect()
}
