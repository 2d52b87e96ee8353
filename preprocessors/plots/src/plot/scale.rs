//! Axes: from values to pixels, and where the ticks stand.

use std::f64::consts::LN_10;

use super::text;
use crate::number::{fixed, superscript};

/// How values are spread over an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spread {
    /// Equal distances for equal differences.
    Linear,
    /// Equal distances for equal ratios.
    Log,
}

impl Spread {
    /// The number that is proportional to the distance along the axis; not finite where the axis has no place for the value.
    pub(crate) fn forward(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log if value > 0.0 => value.log10(),
            Self::Log => f64::NAN,
        }
    }

    /// The value at such a number.
    pub(crate) fn back(self, number: f64) -> f64 {
        match self {
            Self::Linear => number,
            Self::Log => (number * LN_10).exp(),
        }
    }
}

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    /// Where it stands.
    pub(crate) value: f64,
    /// What is written; empty for a small tick of a logarithmic axis.
    pub(crate) label: Label,
}

/// What is written at a tick: a text and an exponent that is raised after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) power: String,
}

impl Label {
    fn plain(text: String) -> Self {
        Self { text, power: String::new() }
    }

    /// Its width in pixels.
    pub(crate) fn width(&self) -> f64 {
        text::width(&self.text) + 0.75 * text::width(&self.power)
    }
}

/// An axis that knows its pixels.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    pub(crate) spread: Spread,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Scale {
    /// The pixel of a value; not finite where there is none.
    pub(crate) fn pixel(&self, value: f64) -> f64 {
        let (low, high) = (self.spread.forward(self.low), self.spread.forward(self.high));
        self.from + (self.spread.forward(value) - low) / (high - low) * (self.to - self.from)
    }

    /// Pixels per unit of a linear axis.
    pub(crate) fn density(&self) -> f64 {
        ((self.to - self.from) / (self.high - self.low)).abs()
    }
}

/// The ticks of an axis, and the power of ten that all their labels are to be multiplied by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ticks {
    pub(crate) ticks: Vec<Tick>,
    pub(crate) factor: i32,
}

impl Ticks {
    /// The factor as the end of an axis label: ` ×10⁶`.
    pub(crate) fn factor(&self) -> String {
        if self.factor == 0 { String::new() } else { format!("×10{}", superscript(self.factor)) }
    }

    /// The width of the widest label in pixels.
    pub(crate) fn width(&self) -> f64 {
        self.ticks.iter().map(|tick| tick.label.width()).fold(0.0, f64::max)
    }
}

/// What an axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// Anything between two values is a value.
    Fine,
    /// Between two neighbouring integers there is nothing.
    Whole,
}

/// About `count` ticks on round values between `low` and `high`.
pub(crate) fn ticks(spread: Spread, grain: Grain, low: f64, high: f64, count: usize) -> Ticks {
    match spread {
        Spread::Linear => linear(grain, low, high, count),
        Spread::Log => {
            let decades = decades(low, high, count);
            let labels = decades.ticks.iter().filter(|tick| !tick.label.text.is_empty()).count();
            // Equal steps crowd at one end of such an axis: only where its own ticks are too few.
            if high / low >= 9.0 || labels >= 3 { decades } else { linear(grain, low, high, count) }
        }
    }
}

/// The round step, 1, 2 or 5 times a power of ten, that gives at most about `count` intervals.
fn step(low: f64, high: f64, count: usize) -> f64 {
    let raw = (high - low) / count.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|round| round * power >= raw * 0.999);
    round.unwrap_or(10.0) * power
}

fn linear(grain: Grain, low: f64, high: f64, count: usize) -> Ticks {
    let step = match grain {
        Grain::Fine => step(low, high, count),
        Grain::Whole => step(low, high, count).max(1.0),
    };
    let largest = low.abs().max(high.abs());
    let magnitude = largest.log10().floor() as i32;
    let factor = match magnitude {
        -3..6 => 0,
        // Millions and billions have names; small units have not.
        6.. => magnitude.div_euclid(3) * 3,
        _ => magnitude,
    };
    let unit = 10f64.powi(factor);
    let decimals = usize::try_from(-(step / unit).log10().floor() as i32).unwrap_or(0);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    let tick = |place: i64| {
        let value = place as f64 * step;
        Tick { value, label: Label::plain(fixed(value / unit, decimals)) }
    };
    Ticks { ticks: (first..=last).map(tick).collect(), factor }
}

fn decades(low: f64, high: f64, count: usize) -> Ticks {
    let first = (low.log10() - 1e-9).floor() as i32;
    let last = (high.log10() + 1e-9).floor() as i32;
    let stride = ((last - first) as usize).div_ceil(count.max(1)).max(1) as i32;
    // With one power of ten in sight a reader cannot tell the scale: 2 and 5 are written out too.
    let span = (high / low).log10();
    let few = span < 2.0 && 3.0 * span <= count as f64;
    let mut ticks = Vec::new();
    for exponent in first..=last {
        for digit in 1..=9 {
            let value = f64::from(digit) * 10f64.powi(exponent);
            if value < low * (1.0 - 1e-9) || value > high * (1.0 + 1e-9) {
                continue;
            }
            let label = match digit {
                1 | 2 | 5 if few => whole(digit, exponent),
                1 if exponent.rem_euclid(stride) == 0 => power(exponent),
                _ if stride > 1 && digit > 1 => continue,
                _ => Label::default(),
            };
            ticks.push(Tick { value, label });
        }
    }
    Ticks { ticks, factor: 0 }
}

/// The number itself, as long as its zeros can be counted at a glance.
fn whole(digit: i32, exponent: i32) -> Label {
    match (digit, exponent) {
        (_, -4..6) => {
            let value = f64::from(digit) * 10f64.powi(exponent);
            Label::plain(fixed(value, usize::try_from(-exponent).unwrap_or(0)))
        }
        (1, _) => power(exponent),
        _ => Label { text: format!("{digit}·10"), ..power(exponent) },
    }
}

fn power(exponent: i32) -> Label {
    match exponent {
        0 => Label::plain("1".to_owned()),
        1 => Label::plain("10".to_owned()),
        _ => Label { text: "10".to_owned(), power: fixed(f64::from(exponent), 0) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(ticks: &Ticks) -> String {
        let label = |tick: &Tick| match tick.label.power.as_str() {
            "" => tick.label.text.clone(),
            power => format!("{}^{power}", tick.label.text),
        };
        ticks.ticks.iter().map(label).collect::<Vec<_>>().join(" ") + &ticks.factor()
    }

    #[test]
    fn ticks_stand_on_round_values() {
        let lines = [
            written(&ticks(Spread::Linear, Grain::Fine, 0.0, 1.0, 5)),
            written(&ticks(Spread::Linear, Grain::Fine, -0.31, 0.42, 6)),
            written(&ticks(Spread::Linear, Grain::Fine, 0.0, 124_000_000.0, 5)),
            written(&ticks(Spread::Linear, Grain::Fine, 0.0, 20_000.0, 4)),
            written(&ticks(Spread::Linear, Grain::Fine, 0.0, 0.00032, 4)),
            written(&ticks(Spread::Linear, Grain::Whole, 0.0, 3.0, 10)),
            written(&ticks(Spread::Log, Grain::Fine, 1e-4, 2e2, 6)),
            written(&ticks(Spread::Log, Grain::Fine, 1e-16, 1.0, 5)),
            written(&ticks(Spread::Log, Grain::Fine, 0.5, 30.0, 5)),
            written(&ticks(Spread::Log, Grain::Fine, 2.0, 7.0, 5)),
            written(&ticks(Spread::Log, Grain::Fine, 64.0, 512.0, 8)),
            written(&ticks(Spread::Log, Grain::Fine, 1.4e-15, 5e-14, 6)),
            written(&ticks(Spread::Log, Grain::Fine, 3e6, 6e7, 6)),
        ];
        insta::assert_snapshot!(lines.join("\n"));
    }
}
