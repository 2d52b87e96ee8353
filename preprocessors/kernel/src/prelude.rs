//! What a page sees when the kernel itself is its library: no teaching crate, only what shows values.

pub use crate::{Align, Part, Result, Rich, Show, Table, input, times, timing};
