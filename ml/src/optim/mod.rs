//! Derivatives by differences, minima, roots and integrals of functions of `f64`.
//!
//! Functions are taken as `&dyn Fn`, so all of this is compiled once, with the library: `optim::gradient(&f, &x)`.

mod descent;
mod differences;
mod quadrature;
mod scalar;

pub use descent::{Minimum, bfgs, conjugate_gradients, lbfgs, line_search};
pub use differences::{gradient, gradient_error, hessian, jacobian};
pub use quadrature::integrate;
pub use scalar::{minimum, root};

use std::fmt;

/// Why a search failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// The function has one sign at both ends.
    NoChangeOfSign {
        /// Its value at the left end.
        left: f64,
        /// Its value at the right end.
        right: f64,
    },
    /// The function, or its gradient, is not finite there.
    NotFinite,
    /// The direction does not lead down.
    NotDescent {
        /// The derivative along it.
        slope: f64,
    },
    /// The steps allowed were not enough.
    NoConvergence {
        /// How many they were.
        steps: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("optim: ")?;
        match self {
            Self::NoChangeOfSign { left, right } => {
                write!(f, "the function has one sign at both ends, {left} and {right}")
            }
            Self::NotFinite => f.write_str("the function is not finite"),
            Self::NotDescent { slope } => write!(f, "the direction does not lead down: the slope is {slope}"),
            Self::NoConvergence { steps } => write!(f, "no convergence after {steps} steps"),
        }
    }
}

impl std::error::Error for Error {}
