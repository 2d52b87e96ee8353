//! What a plot is made from: numbers, points and matrices in the forms that lectures have them in.

use std::ops::RangeInclusive;

use super::dense::Dense;

/// A real number of any of the usual types, or a reference to one.
pub trait Number: Copy {
    /// The number itself.
    fn number(self) -> f64;
}

/// An element of a sequence of points: a pair, or a number whose place in the sequence is its abscissa.
pub trait Coordinate {
    /// The point that stands at place `index` of its sequence.
    fn at(self, index: usize) -> (f64, f64);
}

macro_rules! number {
    ($($type:ty)*) => {$(
        impl Number for $type {
            fn number(self) -> f64 {
                self as f64
            }
        }
        impl Coordinate for $type {
            fn at(self, index: usize) -> (f64, f64) {
                (index as f64, self as f64)
            }
        }
    )*};
}

number!(f64 f32 i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl<T: Number> Number for &T {
    fn number(self) -> f64 {
        (*self).number()
    }
}

impl<T: Number> Coordinate for &T {
    fn at(self, index: usize) -> (f64, f64) {
        (index as f64, self.number())
    }
}

impl<X: Number, Y: Number> Coordinate for (X, Y) {
    fn at(self, _: usize) -> (f64, f64) {
        (self.0.number(), self.1.number())
    }
}

impl<X: Number, Y: Number> Coordinate for &(X, Y) {
    fn at(self, _: usize) -> (f64, f64) {
        (self.0.number(), self.1.number())
    }
}

impl<T: Number> Coordinate for [T; 2] {
    fn at(self, _: usize) -> (f64, f64) {
        (self[0].number(), self[1].number())
    }
}

impl<T: Number> Coordinate for &[T; 2] {
    fn at(self, _: usize) -> (f64, f64) {
        (self[0].number(), self[1].number())
    }
}

/// A sequence of numbers: `Vec`, slice, array, `Array1`, a view, an integer range, any iterator, of `f64`, `f32` or integers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sequence of numbers",
    note = "a `Vec`, a slice, an `Array1`, a range of integers or an iterator of numbers is one"
)]
pub trait Values {
    /// The numbers in order.
    fn values(self) -> Vec<f64>;
}

impl<I> Values for I
where
    I: IntoIterator,
    I::Item: Number,
{
    fn values(self) -> Vec<f64> {
        self.into_iter().map(Number::number).collect()
    }
}

/// Points: a pair of sequences `(xs, ys)`, a sequence of pairs, or ordinates alone, whose abscissas are 0, 1, 2, …
///
/// `Form` tells the compiler which of them it is; nobody writes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sequence of points",
    note = "`ys`, `(xs, ys)` and a sequence of pairs `(x, y)` are"
)]
pub trait Points<Form> {
    /// The points in order.
    fn points(self) -> Vec<(f64, f64)>;
}

/// The form of one sequence.
pub enum One {}
/// The form of two sequences.
pub enum Two {}

impl<I> Points<One> for I
where
    I: IntoIterator,
    I::Item: Coordinate,
{
    fn points(self) -> Vec<(f64, f64)> {
        self.into_iter().enumerate().map(|(index, item)| item.at(index)).collect()
    }
}

impl<X: Values, Y: Values> Points<Two> for (X, Y) {
    #[track_caller]
    fn points(self) -> Vec<(f64, f64)> {
        let (xs, ys) = (self.0.values(), self.1.values());
        assert!(xs.len() == ys.len(), "plot: {} abscissas for {} ordinates", xs.len(), ys.len());
        xs.into_iter().zip(ys).collect()
    }
}

/// A matrix: rows of numbers as `Vec<Vec<_>>` or an array of arrays, and with the feature `ndarray` an `Array2` or a view of it.
pub trait Matrix {
    /// The matrix, row by row from the top.
    fn matrix(self) -> Dense;
}

impl Matrix for Dense {
    fn matrix(self) -> Dense {
        self
    }
}

#[cfg(feature = "ndarray")]
impl<T: Number, S: ndarray::Data<Elem = T>> Matrix for &ndarray::ArrayBase<S, ndarray::Ix2> {
    fn matrix(self) -> Dense {
        Dense::new(self.dim(), self.iter().map(|value| value.number()).collect())
    }
}

#[cfg(feature = "ndarray")]
impl<T: Number, S: ndarray::Data<Elem = T>> Matrix for ndarray::ArrayBase<S, ndarray::Ix2> {
    fn matrix(self) -> Dense {
        (&self).matrix()
    }
}

impl<T: Number> Matrix for &[Vec<T>] {
    #[track_caller]
    fn matrix(self) -> Dense {
        let width = self.first().map_or(0, Vec::len);
        if let Some(odd) = self.iter().position(|row| row.len() != width) {
            panic!("matrix: row {odd} has {} numbers, row 0 has {width}", self[odd].len());
        }
        Dense::new((self.len(), width), self.iter().flatten().map(|value| value.number()).collect())
    }
}

impl<T: Number> Matrix for &Vec<Vec<T>> {
    #[track_caller]
    fn matrix(self) -> Dense {
        self.as_slice().matrix()
    }
}

impl<T: Number> Matrix for Vec<Vec<T>> {
    #[track_caller]
    fn matrix(self) -> Dense {
        self.as_slice().matrix()
    }
}

impl<T: Number, const N: usize, const M: usize> Matrix for [[T; M]; N] {
    fn matrix(self) -> Dense {
        Dense::from_fn((N, M), |(row, column)| self[row][column].number())
    }
}

impl<T: Number, const N: usize, const M: usize> Matrix for &[[T; M]; N] {
    fn matrix(self) -> Dense {
        (*self).matrix()
    }
}

/// The ends of a range that holds something.
#[track_caller]
pub(crate) fn limits(range: RangeInclusive<f64>) -> (f64, f64) {
    let (low, high) = range.into_inner();
    assert!(low < high && low.is_finite() && high.is_finite(), "plot: the range {low}..={high} is empty");
    (low, high)
}

/// Names as texts.
pub(crate) fn names(names: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    names.into_iter().map(|name| name.to_string()).collect()
}
