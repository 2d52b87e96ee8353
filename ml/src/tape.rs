//! A tape of scalar operations, played back for gradients: reverse mode (Linnainmaa, 1970).
//!
//! Every operation writes down its arguments and its derivatives by them; going back once from the result gives the derivatives by all
//! inputs, whatever their number.
//!
//! ```
//! use ml::tape::Tape;
//! let tape = Tape::new();
//! let (x, w) = (tape.var(2.0), tape.var(3.0));
//! let y = (x * w + 1.0).ln();
//! let gradients = y.backward();
//! assert_eq!(gradients.of(w), 2.0 / 7.0);
//! ```

use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// What was computed so far.
#[derive(Debug, Default)]
pub struct Tape {
    records: RefCell<Vec<Record>>,
}

/// An operation: places of its arguments and the derivatives by them.
#[derive(Clone, Copy, Debug)]
struct Record {
    arguments: [(usize, f64); 2],
}

/// A number on a tape.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    tape: &'t Tape,
    place: usize,
    value: f64,
}

/// Derivatives of one number by all before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients(Vec<f64>);

impl Tape {
    /// An empty tape.
    pub fn new() -> Self {
        Self::default()
    }

    /// An input.
    pub fn var(&self, value: f64) -> Node<'_> {
        self.write(value, [(0, 0.0), (0, 0.0)])
    }

    /// Inputs, one for each number.
    pub fn vars(&self, values: &[f64]) -> Vec<Node<'_>> {
        values.iter().map(|&value| self.var(value)).collect()
    }

    /// How many numbers are on it: the memory that going back needs.
    pub fn len(&self) -> usize {
        self.records.borrow().len()
    }

    /// Whether nothing was computed yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn write(&self, value: f64, arguments: [(usize, f64); 2]) -> Node<'_> {
        let mut records = self.records.borrow_mut();
        records.push(Record { arguments });
        Node { tape: self, place: records.len() - 1, value }
    }
}

impl Gradients {
    /// The derivative by a number; 0 where the result does not depend on it.
    pub fn of(&self, node: Node<'_>) -> f64 {
        self.0.get(node.place).copied().unwrap_or(0.0)
    }
}

impl<'t> Node<'t> {
    /// The number itself.
    pub fn value(self) -> f64 {
        self.value
    }

    /// The derivatives of this number by all that it was made of.
    pub fn backward(self) -> Gradients {
        let records = self.tape.records.borrow();
        let mut slopes = vec![0.0; self.place + 1];
        slopes[self.place] = 1.0;
        for place in (0..=self.place).rev() {
            let slope = slopes[place];
            // What the result does not depend on has derivatives of 0, also where a local one is infinite.
            if slope == 0.0 {
                continue;
            }
            for (argument, local) in records[place].arguments {
                if local != 0.0 {
                    slopes[argument] += slope * local;
                }
            }
        }
        Gradients(slopes)
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
        if self.value > 0.0 { self.by(self.value, 1.0) } else { self.by(self.value * 0.0, 0.0) }
    }

    /// xⁿ.
    #[must_use]
    pub fn powi(self, n: i32) -> Self {
        let slope = if n == 0 { 0.0 } else { f64::from(n) * self.value.powi(n - 1) };
        self.by(self.value.powi(n), slope)
    }

    fn by(self, value: f64, slope: f64) -> Self {
        self.tape.write(value, [(self.place, slope), (self.place, 0.0)])
    }

    fn with(self, other: Self, value: f64, slopes: [f64; 2]) -> Self {
        assert!(std::ptr::eq(self.tape, other.tape), "tape: the numbers stand on two tapes");
        self.tape.write(value, [(self.place, slopes[0]), (other.place, slopes[1])])
    }
}

impl<'t> Add for Node<'t> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.with(other, self.value + other.value, [1.0, 1.0])
    }
}

impl<'t> Sub for Node<'t> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.with(other, self.value - other.value, [1.0, -1.0])
    }
}

impl<'t> Mul for Node<'t> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        self.with(other, self.value * other.value, [other.value, self.value])
    }
}

impl<'t> Div for Node<'t> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        self.with(other, value, [1.0 / other.value, -value / other.value])
    }
}

impl Neg for Node<'_> {
    type Output = Self;

    fn neg(self) -> Self {
        self.by(-self.value, -1.0)
    }
}

macro_rules! with_numbers {
    ($($operator:ident $method:ident)*) => {$(
        impl<'t> $operator<f64> for Node<'t> {
            type Output = Self;

            fn $method(self, other: f64) -> Self {
                self.$method(self.tape.var(other))
            }
        }

        impl<'t> $operator<Node<'t>> for f64 {
            type Output = Node<'t>;

            fn $method(self, other: Node<'t>) -> Node<'t> {
                other.tape.var(self).$method(other)
            }
        }
    )*};
}

with_numbers!(Add add Sub sub Mul mul Div div);
