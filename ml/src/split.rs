//! Places of objects for training, testing and batches, and features ready for a model.
//!
//! Everything here gives places, so that the same split serves the objects, their classes and their texts.

use ndarray::{Array1, Array2};

use crate::random::Rng;
use crate::stats;

/// Places of two parts that share no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What a model learns from.
    pub train: Vec<usize>,
    /// What it is tested on.
    pub test: Vec<usize>,
}

/// `k` folds of `n` objects in random order: every object is tested once, sizes differ by one at most.
///
/// # Panics
/// When k is below 2 or above n.
#[track_caller]
pub fn folds(n: usize, k: usize, rng: &mut Rng) -> Vec<Fold> {
    assert!(k >= 2 && k <= n, "split: {n} objects cannot make {k} folds");
    let order = rng.permutation(n);
    let of_place: Vec<usize> = (0..n).map(|place| place * k / n).collect();
    let mut fold = vec![0; n];
    order.iter().zip(of_place).for_each(|(&object, number)| fold[object] = number);
    by_number(&fold, k)
}

/// As [`folds`], with nearly the same share of every class in each fold.
///
/// # Panics
/// When k is below 2 or above the number of objects.
#[track_caller]
pub fn stratified_folds(y: &[usize], k: usize, rng: &mut Rng) -> Vec<Fold> {
    assert!(k >= 2 && k <= y.len(), "split: {} objects cannot make {k} folds", y.len());
    let mut fold = vec![0; y.len()];
    // Classes follow one another round the folds, so that the folds differ by one object at most.
    let by_class = (0..classes(y)).flat_map(|class| shuffled_class(y, class, rng)).collect::<Vec<_>>();
    by_class.into_iter().enumerate().for_each(|(place, object)| fold[object] = place % k);
    by_number(&fold, k)
}

/// Two parts in random order, the first with this share of the objects of every class.
///
/// # Panics
/// When the share is not between 0 and 1.
#[track_caller]
pub fn stratified_split(y: &[usize], share: f64, rng: &mut Rng) -> Fold {
    assert!((0.0..=1.0).contains(&share), "split: a part cannot be {share} of the whole");
    let mut fold = Fold { train: Vec::new(), test: Vec::new() };
    for class in 0..classes(y) {
        let places = shuffled_class(y, class, rng);
        let (first, second) = places.split_at((share * places.len() as f64).round() as usize);
        fold.train.extend(first);
        fold.test.extend(second);
    }
    rng.shuffle(&mut fold.train);
    rng.shuffle(&mut fold.test);
    fold
}

/// `k` folds of `n` objects in time: each is tested after a model has learnt from all before it and nothing later.
///
/// # Panics
/// When n is not above k.
#[track_caller]
pub fn time_folds(n: usize, k: usize) -> Vec<Fold> {
    assert!(k >= 1 && n > k, "split: {n} moments cannot make {k} folds");
    let end = |part: usize| part * n / (k + 1);
    (1..=k).map(|part| Fold { train: (0..end(part)).collect(), test: (end(part)..end(part + 1)).collect() }).collect()
}

/// All of `n` places in random order, cut in batches; the last one may be smaller.
///
/// # Panics
/// When the size is 0.
#[track_caller]
pub fn batches(n: usize, size: usize, rng: &mut Rng) -> Vec<Vec<usize>> {
    assert!(size > 0, "split: a batch has at least one object");
    rng.permutation(n).chunks(size).map(<[usize]>::to_vec).collect()
}

/// Rows with a one at the place of the class (n, classes).
///
/// # Panics
/// When a class is not below `classes`.
#[track_caller]
pub fn one_hot(y: &[usize], classes: usize) -> Array2<f64> {
    let mut rows = Array2::zeros((y.len(), classes));
    for (row, &class) in y.iter().enumerate() {
        assert!(class < classes, "split: class {class} is not among {classes}");
        rows[[row, class]] = 1.0;
    }
    rows
}

/// How features are moved and scaled: (x − shift)/scale, learnt from training objects alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// What is subtracted from every column.
    pub shift: Array1<f64>,
    /// What every column is divided by; 1 for a column that does not vary.
    pub scale: Array1<f64>,
}

impl Scaling {
    /// Mean 0 and standard deviation 1 (divided by n).
    ///
    /// # Panics
    /// When there are no objects.
    #[track_caller]
    pub fn standard(x: &Array2<f64>) -> Self {
        Self::learn(x, |column| (stats::mean(column), stats::sd_population(column)))
    }

    /// From 0 for the smallest to 1 for the largest.
    ///
    /// # Panics
    /// When there are no objects, or a number is NaN.
    #[track_caller]
    pub fn min_max(x: &Array2<f64>) -> Self {
        Self::learn(x, |column| {
            let low = stats::quantile(column, 0.0);
            (low, stats::quantile(column, 1.0) - low)
        })
    }

    /// Median 0 and distance of the quartiles 1, which outliers do not move.
    ///
    /// # Panics
    /// When there are no objects, or a number is NaN.
    #[track_caller]
    pub fn robust(x: &Array2<f64>) -> Self {
        Self::learn(x, |column| (stats::median(column), stats::quantile(column, 0.75) - stats::quantile(column, 0.25)))
    }

    /// Other objects, moved and scaled as those it was learnt from.
    ///
    /// # Panics
    /// When there are not as many columns.
    #[track_caller]
    pub fn apply(&self, x: &Array2<f64>) -> Array2<f64> {
        assert!(x.ncols() == self.shift.len(), "split: {} columns, not {}", x.ncols(), self.shift.len());
        Array2::from_shape_fn(x.dim(), |(row, column)| (x[[row, column]] - self.shift[column]) / self.scale[column])
    }

    #[track_caller]
    fn learn(x: &Array2<f64>, of: impl Fn(&[f64]) -> (f64, f64)) -> Self {
        let learnt: Vec<(f64, f64)> = x.columns().into_iter().map(|column| of(&column.to_vec())).collect();
        let spread = |scale: f64| if scale == 0.0 { 1.0 } else { scale };
        Self {
            shift: learnt.iter().map(|(shift, _)| *shift).collect(),
            scale: learnt.iter().map(|(_, scale)| spread(*scale)).collect(),
        }
    }
}

fn by_number(fold: &[usize], k: usize) -> Vec<Fold> {
    let part = |number: usize| {
        let (test, train) = (0..fold.len()).partition(|&object| fold[object] == number);
        Fold { train, test }
    };
    (0..k).map(part).collect()
}

fn classes(y: &[usize]) -> usize {
    y.iter().max().map_or(0, |class| class + 1)
}

fn shuffled_class(y: &[usize], class: usize, rng: &mut Rng) -> Vec<usize> {
    let mut places: Vec<usize> = (0..y.len()).filter(|&place| y[place] == class).collect();
    rng.shuffle(&mut places);
    places
}
