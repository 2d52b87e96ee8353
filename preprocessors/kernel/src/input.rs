//! Inputs of a figure: ordinary calls that return a value, the default one wherever nobody turns the knob.

use std::ops::RangeInclusive;

/// Starts an input over a range of numbers.
///
/// ```
/// let шаг = kernel::input::range("шаг η", 0.0..=2.0).step(0.5).default(0.5);
/// assert_eq!(шаг, 0.5);
/// ```
pub fn range(name: &str, limits: RangeInclusive<f64>) -> Range {
    assert!(limits.start() < limits.end(), "input `{name}`: the range is empty");
    let step = (limits.end() - limits.start()) / 20.0;
    Range { name: name.to_owned(), limits, step }
}

/// Starts an input over a list of values.
#[expect(clippy::needless_pass_by_value, reason = "`[1, 5, 25]` reads better in a cell than `&[1, 5, 25]`")]
pub fn choice<T: Clone + PartialEq, const N: usize>(name: &str, values: [T; N]) -> Choice<T> {
    assert!(N > 1, "input `{name}`: there is nothing to choose from");
    Choice { name: name.to_owned(), values: values.to_vec() }
}

/// Starts an input that is on or off.
pub fn toggle(name: &str) -> Toggle {
    Toggle { name: name.to_owned() }
}

/// A number between limits, by steps.
pub struct Range {
    name: String,
    limits: RangeInclusive<f64>,
    step: f64,
}

impl Range {
    /// The distance of two neighbouring values; a twentieth of the range unless told.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        assert!(step > 0.0, "input `{}`: the step must be positive", self.name);
        self.step = step;
        self
    }

    /// The value, which is `value` until somebody turns the knob.
    pub fn default(self, value: f64) -> f64 {
        let Self { name, limits, step } = self;
        let steps = (value - limits.start()) / step;
        assert!(limits.contains(&value), "input `{name}`: the default {value} is outside {limits:?}");
        assert!((steps - steps.round()).abs() < 1e-9, "input `{name}`: the default {value} is not on a step of {step}");
        value
    }
}

/// One of several values.
pub struct Choice<T> {
    name: String,
    values: Vec<T>,
}

impl<T: Clone + PartialEq> Choice<T> {
    /// The value, which is `value` until somebody chooses another.
    pub fn default(self, value: T) -> T {
        assert!(self.values.contains(&value), "input `{}`: the default is not among the values", self.name);
        value
    }
}

/// On or off.
pub struct Toggle {
    name: String,
}

impl Toggle {
    /// The state, which is `value` until somebody switches it.
    pub fn default(self, value: bool) -> bool {
        debug_assert!(!self.name.is_empty(), "an input without a name");
        value
    }
}
