//! Sparse matrices by compressed rows.
//!
//! ```
//! use ml::sparse::Csr;
//! let a = Csr::from_triplets((2, 3), &[(0, 1, 2.0), (1, 2, 3.0), (0, 1, 0.5)]);
//! assert_eq!(a.product([1.0, 1.0, 1.0]).to_vec(), [2.5, 3.0]);
//! ```

use ndarray::{Array1, Array2};

use crate::plot::Values;

/// A matrix that keeps its non-zero elements, row by row (compressed sparse rows).
#[derive(Clone, Debug, PartialEq)]
pub struct Csr {
    shape: (usize, usize),
    /// Where each row begins among the elements, and where the last one ends.
    starts: Vec<usize>,
    columns: Vec<usize>,
    values: Vec<f64>,
}

impl Csr {
    /// From elements (row, column, value) in any order; those at one place are added, as counts are.
    ///
    /// # Panics
    /// When a place is outside of the shape.
    #[track_caller]
    pub fn from_triplets(shape: (usize, usize), triplets: &[(usize, usize, f64)]) -> Self {
        let mut sorted = triplets.to_vec();
        // Stable: values of one place are added in the order given.
        sorted.sort_by_key(|&(row, column, _)| (row, column));
        let mut matrix = Self { shape, starts: vec![0; shape.0 + 1], columns: Vec::new(), values: Vec::new() };
        let mut last = None;
        for (row, column, value) in sorted {
            assert!(row < shape.0 && column < shape.1, "sparse: [{row}, {column}] is outside of {shape:?}");
            if last == Some((row, column)) {
                *matrix.values.last_mut().expect("the last place has a value") += value;
                continue;
            }
            last = Some((row, column));
            matrix.columns.push(column);
            matrix.values.push(value);
            matrix.starts[row + 1] += 1;
        }
        for row in 0..shape.0 {
            matrix.starts[row + 1] += matrix.starts[row];
        }
        matrix
    }

    /// The elements of a dense matrix that are not zero.
    pub fn from_dense(a: &Array2<f64>) -> Self {
        let kept = a.indexed_iter().filter(|(_, value)| **value != 0.0);
        let triplets: Vec<(usize, usize, f64)> = kept.map(|((row, column), &value)| (row, column, value)).collect();
        Self::from_triplets(a.dim(), &triplets)
    }

    /// All elements, the zeros too.
    pub fn to_dense(&self) -> Array2<f64> {
        let mut a = Array2::zeros(self.shape);
        for row in 0..self.shape.0 {
            self.row(row).for_each(|(column, value)| a[[row, column]] = value);
        }
        a
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        self.shape
    }

    /// How many elements are kept.
    pub fn nnz(&self) -> usize {
        self.values.len()
    }

    /// The memory of its three sequences, in bytes: 16 for an element and 8 for a row.
    pub fn bytes(&self) -> usize {
        size_of_val(self.starts.as_slice()) + size_of_val(self.columns.as_slice()) + size_of_val(self.values.as_slice())
    }

    /// The elements of a row: columns, increasing, and values.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let span = self.starts[row]..self.starts[row + 1];
        self.columns[span.clone()].iter().copied().zip(self.values[span].iter().copied())
    }

    /// Ax, in as many multiplications as there are elements.
    ///
    /// # Panics
    /// When x has another length than a row.
    #[track_caller]
    pub fn product(&self, x: impl Values) -> Array1<f64> {
        let x = x.values();
        assert!(x.len() == self.shape.1, "sparse: {} numbers for {} columns", x.len(), self.shape.1);
        (0..self.shape.0).map(|row| self.row(row).map(|(column, value)| value * x[column]).sum()).collect()
    }

    /// Aᵀ.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let row = |row: usize| self.row(row).map(move |(column, value)| (column, row, value));
        let triplets: Vec<(usize, usize, f64)> = (0..self.shape.0).flat_map(row).collect();
        Self::from_triplets((self.shape.1, self.shape.0), &triplets)
    }

    /// The share of elements that are kept.
    pub fn density(&self) -> f64 {
        self.nnz() as f64 / (self.shape.0 * self.shape.1) as f64
    }
}
