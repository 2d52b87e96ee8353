//! Operations on the last dimension of tensors, written once for `f32` and `f64`.

use candle_core::{CpuStorage, Layout, Result, Shape, bail};
use num_traits::Float;

/// Numbers of a tensor in memory, and how they lie there.
pub(crate) type Argument<'a> = (&'a CpuStorage, &'a Layout);

/// What an operation computes of rows: one row for each, or one for all.
pub(crate) trait Rows<const N: usize> {
    /// The shape of the result, for the shape of the first argument.
    fn shape(&self, first: &Shape) -> Shape {
        first.clone()
    }

    /// Computes the result, which is all zeros at first, from arguments whose rows have `width` numbers.
    fn run<T: Float>(&self, arguments: [&[T]; N], width: usize, out: &mut [T]);
}

/// Runs an operation on contiguous arguments of one type.
pub(crate) fn run<const N: usize>(
    name: &str,
    op: &impl Rows<N>,
    arguments: [Argument<'_>; N],
) -> Result<(CpuStorage, Shape)> {
    let first = arguments[0].1.shape();
    let width = first.dims().last().copied().unwrap_or(1);
    let shape = op.shape(first);
    let mut spans = [(0, 0); N];
    for (span, (_, layout)) in spans.iter_mut().zip(&arguments) {
        let Some(ends) = layout.contiguous_offsets() else { bail!("{name}: the argument is not contiguous") };
        *span = ends;
    }
    let storage = match arguments[0].0 {
        CpuStorage::F32(_) => {
            let mut slices: [&[f32]; N] = [&[]; N];
            for ((slice, (from, to)), (storage, _)) in slices.iter_mut().zip(spans).zip(arguments) {
                let CpuStorage::F32(numbers) = storage else { bail!("{name}: arguments of different types") };
                *slice = &numbers[from..to];
            }
            let mut out = vec![0.0; shape.elem_count()];
            op.run(slices, width, &mut out);
            CpuStorage::F32(out)
        }
        CpuStorage::F64(_) => {
            let mut slices: [&[f64]; N] = [&[]; N];
            for ((slice, (from, to)), (storage, _)) in slices.iter_mut().zip(spans).zip(arguments) {
                let CpuStorage::F64(numbers) = storage else { bail!("{name}: arguments of different types") };
                *slice = &numbers[from..to];
            }
            let mut out = vec![0.0; shape.elem_count()];
            op.run(slices, width, &mut out);
            CpuStorage::F64(out)
        }
        _ => bail!("{name}: only f32 and f64 are supported"),
    };
    Ok((storage, shape))
}

/// The mean of a row of numbers.
pub(crate) fn mean<T: Float>(count: usize, numbers: impl Iterator<Item = T>) -> T {
    numbers.fold(T::zero(), |sum, number| sum + number) / float(count as f64)
}

/// A constant as a number of the tensor's type.
pub(crate) fn float<T: Float>(number: f64) -> T {
    T::from(number).expect("f32 and f64 hold every constant")
}
