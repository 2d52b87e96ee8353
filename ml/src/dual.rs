//! Dual numbers a + bε with ε² = 0 (Clifford, 1873): arithmetic that carries a derivative along, exact to rounding.
//!
//! ```
//! use ml::dual::{self, Dual};
//! let slope = dual::derivative(&|x: Dual| x * x * x + 2.0 * x, 3.0);
//! assert_eq!(slope, 29.0);
//! ```

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A value with its derivative along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual {
    /// The value.
    pub value: f64,
    /// The derivative.
    pub slope: f64,
}

/// f′(x).
pub fn derivative(f: &dyn Fn(Dual) -> Dual, x: f64) -> f64 {
    f(Dual { value: x, slope: 1.0 }).slope
}

/// ∇f(x), one pass of f for every variable.
pub fn gradient(f: &dyn Fn(&[Dual]) -> Dual, x: &[f64]) -> Vec<f64> {
    let along = |k: usize| {
        let at: Vec<Dual> =
            x.iter().enumerate().map(|(i, &value)| Dual { value, slope: f64::from(u8::from(i == k)) }).collect();
        f(&at).slope
    };
    (0..x.len()).map(along).collect()
}

impl Dual {
    /// A number that does not change.
    pub fn constant(value: f64) -> Self {
        Self { value, slope: 0.0 }
    }

    /// eˣ.
    #[must_use]
    pub fn exp(self) -> Self {
        let value = libm::exp(self.value);
        self.by(value, value)
    }

    /// ln x.
    #[must_use]
    pub fn ln(self) -> Self {
        self.by(libm::log(self.value), 1.0 / self.value)
    }

    /// √x.
    #[must_use]
    pub fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.by(root, 0.5 / root)
    }

    /// sin x.
    #[must_use]
    pub fn sin(self) -> Self {
        self.by(libm::sin(self.value), libm::cos(self.value))
    }

    /// cos x.
    #[must_use]
    pub fn cos(self) -> Self {
        self.by(libm::cos(self.value), -libm::sin(self.value))
    }

    /// tanh x.
    #[must_use]
    pub fn tanh(self) -> Self {
        let value = libm::tanh(self.value);
        self.by(value, 1.0 - value * value)
    }

    /// 1/(1 + e⁻ˣ).
    #[must_use]
    pub fn sigmoid(self) -> Self {
        let value = 1.0 / (1.0 + libm::exp(-self.value));
        self.by(value, value * (1.0 - value))
    }

    /// max(x, 0), with derivative 0 at zero.
    #[must_use]
    pub fn relu(self) -> Self {
        if self.value > 0.0 { self } else { self.by(self.value * 0.0, 0.0) }
    }

    /// xⁿ.
    #[must_use]
    pub fn powi(self, n: i32) -> Self {
        let slope = if n == 0 { 0.0 } else { f64::from(n) * self.value.powi(n - 1) };
        self.by(self.value.powi(n), slope)
    }

    fn by(self, value: f64, slope: f64) -> Self {
        Self { value, slope: self.slope * slope }
    }
}

impl From<f64> for Dual {
    fn from(value: f64) -> Self {
        Self::constant(value)
    }
}

impl Add for Dual {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, slope: self.slope + other.slope }
    }
}

impl Sub for Dual {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { value: self.value - other.value, slope: self.slope - other.slope }
    }
}

impl Mul for Dual {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self { value: self.value * other.value, slope: self.slope * other.value + self.value * other.slope }
    }
}

impl Div for Dual {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        Self { value, slope: (self.slope - value * other.slope) / other.value }
    }
}

impl Neg for Dual {
    type Output = Self;

    fn neg(self) -> Self {
        Self { value: -self.value, slope: -self.slope }
    }
}

macro_rules! with_numbers {
    ($($operator:ident $method:ident)*) => {$(
        impl $operator<f64> for Dual {
            type Output = Self;

            fn $method(self, other: f64) -> Self {
                self.$method(Self::constant(other))
            }
        }

        impl $operator<Dual> for f64 {
            type Output = Dual;

            fn $method(self, other: Dual) -> Dual {
                Dual::constant(self).$method(other)
            }
        }
    )*};
}

with_numbers!(Add add Sub sub Mul mul Div div);

impl std::iter::Sum for Dual {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::constant(0.0), |sum, term| sum + term)
    }
}
