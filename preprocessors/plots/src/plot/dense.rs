//! A matrix as rows of values.

use std::ops::Index;

/// A matrix that keeps every value, row by row from the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense<T = f64> {
    shape: (usize, usize),
    values: Vec<T>,
}

impl<T> Dense<T> {
    /// A matrix of so many rows and columns.
    ///
    /// # Panics
    /// When there are not as many values as places.
    pub fn new(shape: (usize, usize), values: Vec<T>) -> Self {
        let (rows, columns) = shape;
        assert!(values.len() == rows * columns, "matrix: {} numbers for {rows} rows of {columns}", values.len());
        Self { shape, values }
    }

    /// A matrix of what a function gives for every row and column.
    pub fn from_fn((rows, columns): (usize, usize), f: impl Fn((usize, usize)) -> T) -> Self {
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self { shape: (rows, columns), values: places.map(f).collect() }
    }

    /// The numbers of rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        self.shape
    }

    /// All values, row by row.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[T]> {
        let (rows, columns) = self.shape;
        (0..rows).map(move |row| &self.values[row * columns..(row + 1) * columns])
    }

    /// All values with their rows and columns.
    pub(crate) fn places(&self) -> impl Iterator<Item = ((usize, usize), &T)> {
        let columns = self.shape.1.max(1);
        self.values.iter().enumerate().map(move |(place, value)| ((place / columns, place % columns), value))
    }
}

impl<T> Index<(usize, usize)> for Dense<T> {
    type Output = T;

    fn index(&self, (row, column): (usize, usize)) -> &T {
        assert!(column < self.shape.1, "matrix: there is no column {column}");
        &self.values[row * self.shape.1 + column]
    }
}
