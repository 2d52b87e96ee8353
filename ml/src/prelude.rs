//! What every cell sees: `use ml::prelude::*`.

pub use kernel::{Result, Rich, Show, dbg, eprint, eprintln, input, show};

pub use crate::{artefact, plot};
pub use ndarray::{
    self, Array, Array1, Array2, Array3, ArrayD, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, Zip,
    array, s,
};
