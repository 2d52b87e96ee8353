//! What every cell sees: `use ml::prelude::*`.
//!
//! The kernel's `dbg!`, `eprint!` and `eprintln!` are not here: a name that a glob brings and the standard library has too is
//! ambiguous, so a page program imports them by name.

pub use kernel::{Result, Rich, Show, input, show, times, timing};

pub use crate::ForeignShow as _;
pub use crate::dist::{Continuous as _, Discrete as _};
pub use crate::number::larger;
pub use crate::table::table;
pub use crate::{
    artefact, candle, data, dist, dual, fft, graph, language, linalg, metrics, nn, optim, plot, random, sparse, split,
    stats, steps, table, tape, text, train,
};
pub use candle_core::{DType, Device, Tensor, Var};
/// As its authors wrote it; [`nn`] is what networks of the course are made of, and says why.
pub use candle_nn;
pub use candle_nn::{Module, ModuleT, Optimizer};
pub use ndarray::{
    self, Array, Array1, Array2, Array3, ArrayD, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, Zip,
    array, s,
};
