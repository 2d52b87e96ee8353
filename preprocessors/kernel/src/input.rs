//! Inputs of a live cell: ordinary calls that return a value, the default one wherever nobody turns the knob.
//!
//! An input asks whoever runs the program which of its values to take. It does not know who that is: the engine that runs a
//! cell once for each state, or nobody, as under a plain `cargo run`.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::panic::Location;

use crate::channel::engine;
use crate::steps::Steps;
use crate::wire::{Event, Input, Knob, Spot};

/// Starts an input over a range of numbers.
///
/// ```
/// let шаг = kernel::input::range("шаг η", 0.0..=2.0).step(0.5).default(0.5);
/// assert_eq!(шаг, 0.5);
/// ```
pub fn range(name: &str, limits: RangeInclusive<f64>) -> Range {
    Range { name: name.to_owned(), unit: String::new(), limits, step: None }
}

/// Starts an input over the frames of something that goes on in time, such as the epochs of a training run; it can be played.
///
/// ```
/// let эпоха = kernel::input::frames("эпоха", 0..=50).step(5).default(50);
/// assert_eq!(эпоха, 50);
/// ```
#[track_caller]
pub fn frames(name: &str, limits: RangeInclusive<usize>) -> Frames {
    assert!(limits.start() < limits.end(), "input `{name}`: there is only one frame");
    Frames { name: name.to_owned(), unit: String::new(), limits, step: 1 }
}

/// Starts an input over a list of values.
#[expect(clippy::needless_pass_by_value, reason = "`[1, 5, 25]` reads better in a cell than `&[1, 5, 25]`")]
#[track_caller]
pub fn choice<T: Clone + PartialEq + Display, const N: usize>(name: &str, values: [T; N]) -> Choice<T> {
    assert!(N > 1, "input `{name}`: there is nothing to choose from");
    Choice { name: name.to_owned(), unit: String::new(), values: values.to_vec() }
}

/// Whether values are texts: the version «1.10» is no number.
fn is_text<T>() -> bool {
    let name = std::any::type_name::<T>();
    name.starts_with("alloc::borrow::Cow<")
        || ["str", "char", "alloc::string::String"].contains(&name.trim_start_matches('&'))
}

/// Starts an input that is on or off.
pub fn toggle(name: &str) -> Toggle {
    Toggle { name: name.to_owned() }
}

/// A number between limits, by steps.
pub struct Range {
    name: String,
    unit: String,
    limits: RangeInclusive<f64>,
    step: Option<f64>,
}

impl Range {
    /// The distance of two neighbouring values; a twentieth of the range unless told.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }

    /// What stands behind the value where it is shown.
    #[must_use]
    pub fn unit(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        self
    }

    /// The value, which is `value` until somebody turns the knob.
    ///
    /// Every value is the number nearest to what is shown of it, so that `0.1 + 2 · 0.1` is 0.3; steps that nobody can write out,
    /// as a third, are spread evenly from limit to limit.
    ///
    /// # Panics
    /// When the step does not divide the range, or does not meet the default.
    #[track_caller]
    pub fn default(self, value: f64) -> f64 {
        let Self { name, unit, limits, step } = self;
        // A closure would panic at its own place, not at that of the caller.
        let steps = match Steps::of(&limits, step) {
            Ok(steps) => steps,
            Err(message) => panic!("input `{name}`: {message}"),
        };
        assert!(limits.contains(&value), "input `{name}`: the default {value} is outside {limits:?}");
        let Some(default) = steps.place(value) else {
            let near = steps.around(value).join(" and ");
            panic!("input `{name}`: the default {value} is not on a step of {}: near it are {near}", steps.size());
        };
        let at = ask(name, unit, Knob::Range, &steps.texts(), default);
        steps.numbers().nth(at).unwrap_or(value)
    }
}

/// Frames of something that goes on in time.
pub struct Frames {
    name: String,
    unit: String,
    limits: RangeInclusive<usize>,
    step: usize,
}

impl Frames {
    /// Every how manyth frame is there.
    #[must_use]
    #[track_caller]
    pub fn step(mut self, step: usize) -> Self {
        assert!(step > 0, "input `{}`: the step must be positive", self.name);
        self.step = step;
        self
    }

    /// What stands behind the value where it is shown.
    #[must_use]
    pub fn unit(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        self
    }

    /// The frame, which is `value` until somebody moves it.
    #[track_caller]
    pub fn default(self, value: usize) -> usize {
        let Self { name, unit, limits, step } = self;
        let (span, end) =
            (limits.end() - limits.start(), limits.start() + (limits.end() - limits.start()) / step * step);
        assert!(
            span % step == 0,
            "input `{name}`: the step {step} does not divide {limits:?}: end the range at {end}, or write `.step({})`",
            (1..=step).rev().find(|part| span % part == 0).unwrap_or(1)
        );
        let frames: Vec<usize> = limits.clone().step_by(step).collect();
        let Some(default) = frames.iter().position(|frame| *frame == value) else {
            panic!("input `{name}`: the default {value} is not a frame of {limits:?} by {step}");
        };
        let values: Vec<String> = frames.iter().map(usize::to_string).collect();
        frames[ask(name, unit, Knob::Frames, &values, default)]
    }
}

/// One of several values.
pub struct Choice<T> {
    name: String,
    unit: String,
    values: Vec<T>,
}

impl<T: Clone + PartialEq + Display> Choice<T> {
    /// What stands behind the value where it is shown.
    #[must_use]
    pub fn unit(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        self
    }

    /// The value, which is `value` until somebody chooses another.
    #[expect(clippy::needless_pass_by_value, reason = "as of the other inputs")]
    #[track_caller]
    pub fn default(self, value: T) -> T {
        let Self { name, unit, values } = self;
        let Some(default) = values.iter().position(|other| *other == value) else {
            panic!("input `{name}`: the default {value} is not among the values");
        };
        let texts: Vec<String> = values.iter().map(T::to_string).collect();
        let twice = texts.iter().enumerate().find(|(at, text)| texts[..*at].contains(text));
        if let Some((_, text)) = twice {
            panic!("input `{name}`: two of the values are shown as {text}, and a reader could not tell them apart");
        }
        let knob = if is_text::<T>() { Knob::Words } else { Knob::Choice };
        values[ask(name, unit, knob, &texts, default)].clone()
    }
}

/// On or off.
pub struct Toggle {
    name: String,
}

impl Toggle {
    /// The state, which is `value` until somebody switches it.
    #[track_caller]
    pub fn default(self, value: bool) -> bool {
        let values = ["false".to_owned(), "true".to_owned()];
        ask(self.name, String::new(), Knob::Toggle, &values, usize::from(value)) == 1
    }
}

/// Which of the values to take.
#[track_caller]
fn ask(name: String, unit: String, knob: Knob, values: &[String], default: usize) -> usize {
    assert!(!name.trim().is_empty(), "an input without a name");
    let Some(mut engine) = engine() else { return default };
    let place = Location::caller();
    let spot = Spot { file: place.file().to_owned(), line: place.line(), column: place.column() };
    let default = u32::try_from(default).unwrap_or(u32::MAX);
    let input = Input { name, unit, knob, values: values.to_vec(), default, spot };
    let answer = engine.number(Event::Input(Box::new(input)));
    // Without the lock, which the report of the panic takes.
    drop(engine);
    match answer {
        Ok(at) if (at as usize) < values.len() => at as usize,
        Ok(at) => panic!("there is no value {at} of this input"),
        Err(error) => panic!("{error}"),
    }
}
