//! Objects with their classes.

use ndarray::{Array1, Array2, Axis};

use crate::random::Rng;

/// A data set for classification.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// Objects by rows, features by columns.
    pub x: Array2<f64>,
    /// The class of every object: a place in `classes`.
    pub y: Vec<usize>,
    /// Names of the columns of `x`.
    pub features: Vec<String>,
    /// Names of the classes.
    pub classes: Vec<String>,
}

impl Labelled {
    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    /// Objects at some places, in that order.
    ///
    /// # Panics
    /// When a place is not below [`len`](Self::len).
    #[must_use]
    pub fn select(&self, places: &[usize]) -> Self {
        Self {
            x: self.x.select(Axis(0), places),
            y: places.iter().map(|&place| self.y[place]).collect(),
            ..self.clone()
        }
    }

    /// The objects in random order.
    #[must_use]
    pub fn shuffled(&self, rng: &mut Rng) -> Self {
        self.select(&rng.permutation(self.len()))
    }

    /// Two parts in random order, the first with this share of the objects.
    ///
    /// # Panics
    /// When the share is not between 0 and 1.
    #[must_use]
    pub fn split(&self, share: f64, rng: &mut Rng) -> (Self, Self) {
        assert!((0.0..=1.0).contains(&share), "data: a part cannot be {share} of the whole");
        let places = rng.permutation(self.len());
        let (first, second) = places.split_at((share * self.len() as f64).round() as usize);
        (self.select(first), self.select(second))
    }

    /// The objects of a class, by rows.
    pub fn class(&self, class: usize) -> Array2<f64> {
        let places: Vec<usize> = (0..self.len()).filter(|&place| self.y[place] == class).collect();
        self.x.select(Axis(0), &places)
    }

    /// The objects of a class as points of two features, ready for `plot::scatter`.
    ///
    /// # Panics
    /// When there are not so many features.
    pub fn points(&self, class: usize, features: (usize, usize)) -> Vec<(f64, f64)> {
        self.class(class).rows().into_iter().map(|row| (row[features.0], row[features.1])).collect()
    }

    /// Means and standard deviations (divided by n) of the features.
    pub fn scale(&self) -> (Array1<f64>, Array1<f64>) {
        let mean = self.x.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(self.x.ncols()));
        (mean, self.x.std_axis(Axis(0), 0.0))
    }
}
