//! Right and wrong classes.

use ndarray::Array2;

use super::fit;

/// How often an object of one class (row) was given another (column).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// Counts: true classes by rows, predicted ones by columns.
    pub counts: Array2<usize>,
}

/// The share of right classes.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn accuracy(y: &[usize], y_hat: &[usize]) -> f64 {
    fit(y.len(), y_hat.len());
    y.iter().zip(y_hat).filter(|(y, y_hat)| y == y_hat).count() as f64 / y.len() as f64
}

/// F₁ of class 1 among classes 0 and 1 (van Rijsbergen, 1979): the harmonic mean of precision and recall.
///
/// # Panics
/// As [`confusion`].
#[track_caller]
pub fn f1(y: &[usize], y_hat: &[usize]) -> f64 {
    confusion(y, y_hat, 2).f1(1)
}

/// Counts pairs of true and predicted classes.
///
/// # Panics
/// When the sequences differ in length, are empty, or a class is not below `classes`.
#[track_caller]
pub fn confusion(y: &[usize], y_hat: &[usize], classes: usize) -> Confusion {
    fit(y.len(), y_hat.len());
    let mut counts = Array2::zeros((classes, classes));
    for (&y, &y_hat) in y.iter().zip(y_hat) {
        assert!(y.max(y_hat) < classes, "metrics: class {} is not among {classes}", y.max(y_hat));
        counts[[y, y_hat]] += 1;
    }
    Confusion { counts }
}

impl Confusion {
    /// The share of right answers.
    pub fn accuracy(&self) -> f64 {
        self.counts.diag().sum() as f64 / self.counts.sum() as f64
    }

    /// TP/(TP + FP): how many of those that were given the class are of it; NaN when it was given to none.
    pub fn precision(&self, class: usize) -> f64 {
        self.counts[[class, class]] as f64 / self.counts.column(class).sum() as f64
    }

    /// TP/(TP + FN): how many of the class were found; NaN when there are none.
    pub fn recall(&self, class: usize) -> f64 {
        self.counts[[class, class]] as f64 / self.counts.row(class).sum() as f64
    }

    /// F₁ = 2TP/(2TP + FP + FN); 0 when the class is there but never given rightly, NaN when it neither is there nor is given.
    pub fn f1(&self, class: usize) -> f64 {
        self.f(class, 1.0)
    }

    /// F_β = (1 + β²)TP/((1 + β²)TP + β²FN + FP): recall weighs β times as much as precision.
    pub fn f(&self, class: usize, beta: f64) -> f64 {
        let right = self.counts[[class, class]] as f64;
        let (given, there) = (self.counts.column(class).sum() as f64, self.counts.row(class).sum() as f64);
        (1.0 + beta * beta) * right / (beta * beta * there + given)
    }

    /// The mean of F₁ over the classes that are there or are given.
    pub fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> = (0..self.counts.nrows()).map(|class| self.f1(class)).filter(|f1| !f1.is_nan()).collect();
        scores.iter().sum::<f64>() / scores.len() as f64
    }

    /// The correlation of Matthews (1975) for any number of classes (Gorodkin, 2004): 1 for perfect answers, 0 for one class for all.
    pub fn matthews(&self) -> f64 {
        let counts = self.counts.mapv(|count| count as f64);
        let (all, right) = (counts.sum(), counts.diag().sum());
        let (mut both, mut there, mut given) = (0.0, 0.0, 0.0);
        for class in 0..counts.nrows() {
            let (row, column) = (counts.row(class).sum(), counts.column(class).sum());
            both += row * column;
            there += row * row;
            given += column * column;
        }
        let scale = ((all * all - there) * (all * all - given)).sqrt();
        if scale == 0.0 { 0.0 } else { (all * right - both) / scale }
    }
}
