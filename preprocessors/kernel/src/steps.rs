//! The values of a knob: what its limits and its step say, at any magnitude.
//!
//! Numbers that an author writes are short decimals, and are added up as such: three steps of 0.1 are 0.3. What is computed
//! (thirds, π) is spread evenly between the limits.

use std::ops::RangeInclusive;

/// More values than anybody can tell apart on a slider.
const MOST: f64 = 10_000.0;
/// The number of steps unless told.
const USUAL: i128 = 20;

/// Values at equal distances from limit to limit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Steps {
    last: usize,
    size: f64,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// Start and step in units of a power of ten.
    Decimal { start: i128, step: i128, scale: usize },
    /// The limits, and how many digits tell two neighbours apart.
    Real { limits: (f64, f64), form: Form },
}

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Plain(usize),
    Power(usize),
}

impl Steps {
    /// The values between limits by a step, or what is wrong with them and what to write instead.
    pub(crate) fn of(limits: &RangeInclusive<f64>, step: Option<f64>) -> Result<Self, String> {
        let (start, end) = (*limits.start(), *limits.end());
        if !(start.is_finite() && end.is_finite() && (end - start).is_finite()) {
            return Err(format!("the range {start:?}..={end:?} is not finite"));
        }
        if start == end {
            return Err(format!("the range {start:?}..={end:?} is empty: there is one value only"));
        }
        if start > end {
            return Err(format!("the range {start:?}..={end:?} is empty: write {end:?}..={start:?}"));
        }
        if let Some(step) = step.filter(|step| !(step.is_finite() && *step > 0.0)) {
            let instead =
                if step < 0.0 { format!("write {:?}, the values go up anyway", -step) } else { usual(start, end) };
            return Err(format!("the step {step:?} is not positive: {instead}"));
        }
        let count = step.map_or(USUAL as f64, |step| (end - start) / step);
        if count > MOST {
            return Err(format!("a step of {:?} gives {count:.0} values: {}", step.unwrap_or(0.0), usual(start, end)));
        }
        let steps = Self::decimal(start, end, step).unwrap_or_else(|| Self::real(start, end, step));
        steps.ok_or_else(|| not_a_part(start, end, step.unwrap_or(end - start)))
    }

    /// `None` when not all of the numbers are short decimals; `Some(None)` when the step is no part of the range.
    fn decimal(start: f64, end: f64, step: Option<f64>) -> Option<Option<Self>> {
        let (from, to) = (Decimal::of(start)?, Decimal::of(end)?);
        let step = match step {
            Some(step) => Decimal::of(step)?,
            None => {
                let scale = from.scale.max(to.scale);
                let span = to.at(scale)?.checked_sub(from.at(scale)?)?;
                // A twentieth is five hundredths.
                Decimal { digits: span.checked_mul(100 / USUAL)?, scale: scale + 2 }.shortest()
            }
        };
        let scale = from.scale.max(to.scale).max(step.scale);
        let (start, end, step) = (from.at(scale)?, to.at(scale)?, step.at(scale)?);
        let span = end.checked_sub(start)?;
        if span % step != 0 {
            return Some(None);
        }
        let last = usize::try_from(span / step).ok()?;
        let zeros = (0..scale).take_while(|&zeros| {
            let unit = 10_i128.pow(zeros as u32 + 1);
            start % unit == 0 && step % unit == 0
        });
        let zeros = zeros.count();
        let unit = 10_i128.pow(zeros as u32);
        let size = number(step, scale);
        Some(Some(Self {
            last,
            size,
            kind: Kind::Decimal { start: start / unit, step: step / unit, scale: scale - zeros },
        }))
    }

    fn real(start: f64, end: f64, step: Option<f64>) -> Option<Self> {
        let exact = step.map_or(USUAL as f64, |step| (end - start) / step);
        let last = exact.round();
        if last < 1.0 || (exact - last).abs() > 1e-9 * last {
            return None;
        }
        let size = (end - start) / last;
        let largest = start.abs().max(end.abs());
        // Three digits of the step; the rest of a number is told by its place.
        let below = 2 - size.log10().floor() as i32;
        let form = if (1e-5..1e15).contains(&largest) && below < 17 {
            Form::Plain(usize::try_from(below).unwrap_or(0))
        } else {
            Form::Power(usize::try_from(below + largest.log10().floor() as i32).unwrap_or(0))
        };
        Some(Self { last: last as usize, size, kind: Kind::Real { limits: (start, end), form } })
    }

    /// The distance of two neighbours.
    pub(crate) fn size(&self) -> f64 {
        self.size
    }

    /// The numbers from the lower limit to the upper one.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = f64> {
        (0..=self.last).map(|at| match self.kind {
            Kind::Decimal { start, step, scale } => number(start + at as i128 * step, scale),
            Kind::Real { limits: (_, end), .. } if at == self.last => end,
            Kind::Real { limits: (start, end), .. } => start + (end - start) * at as f64 / self.last as f64,
        })
    }

    /// What is shown of them.
    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |(at, value): (usize, f64)| match self.kind {
            Kind::Decimal { start, step, scale } => written(start + at as i128 * step, scale),
            Kind::Real { form: Form::Plain(digits), .. } => unsigned_zero(format!("{value:.digits$}")),
            Kind::Real { form: Form::Power(_), .. } if value == 0.0 => "0".to_owned(),
            Kind::Real { form: Form::Power(digits), .. } => format!("{value:.digits$e}"),
        };
        self.numbers().enumerate().map(text).collect()
    }

    /// Which of the values a number is.
    pub(crate) fn place(&self, value: f64) -> Option<usize> {
        self.numbers().position(|number| (number - value).abs() < 1e-6 * self.size)
    }

    /// The values on both sides of a number that is none of them.
    pub(crate) fn around(&self, value: f64) -> Vec<String> {
        let below = self.numbers().take_while(|number| *number < value).count();
        let texts = self.texts();
        [below.checked_sub(1), Some(below)].into_iter().flatten().filter_map(|at| texts.get(at).cloned()).collect()
    }
}

/// A short decimal: digits in units of a power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Decimal {
    digits: i128,
    scale: usize,
}

impl Decimal {
    /// The number as an author writes it; a number of more than twelve digits was computed.
    fn of(number: f64) -> Option<Self> {
        const WRITTEN: usize = 12;
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        if whole.trim_start_matches('-').len() + fraction.len() > WRITTEN {
            return None;
        }
        let scale = fraction.len() as i32 - exponent.parse::<i32>().ok()?;
        match usize::try_from(scale) {
            Ok(scale) => Some(Self { digits, scale }),
            Err(_) => Some(Self { digits: power(scale.unsigned_abs())?.checked_mul(digits)?, scale: 0 }),
        }
    }

    fn at(self, scale: usize) -> Option<i128> {
        power(u32::try_from(scale - self.scale).ok()?)?.checked_mul(self.digits)
    }

    fn shortest(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self = Self { digits: self.digits / 10, scale: self.scale - 1 };
        }
        self
    }
}

fn power(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

fn number(digits: i128, scale: usize) -> f64 {
    format!("{digits}e-{scale}").parse().expect("an integer with an exponent is a number")
}

/// A decimal with so many digits behind the point, or with a power of ten where the zeros would be too many to count.
fn written(digits: i128, scale: usize) -> String {
    const COUNTED: usize = 8;
    if scale > COUNTED {
        return format!("{:e}", number(digits, scale));
    }
    let unit = 10_i128.pow(scale as u32);
    let sign = if digits < 0 { "-" } else { "" };
    let (whole, fraction) = (digits.abs() / unit, digits.abs() % unit);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction:0scale$}") }
}

fn unsigned_zero(text: String) -> String {
    match text.strip_prefix('-') {
        Some(zero) if zero.bytes().all(|byte| matches!(byte, b'0' | b'.')) => zero.to_owned(),
        _ => text,
    }
}

fn usual(start: f64, end: f64) -> String {
    format!("`.step({:?})` gives twenty", (end - start) / USUAL as f64)
}

/// Where so many steps lead, added up as decimals where they are such.
fn after(start: f64, step: f64, count: f64) -> f64 {
    let decimal = || {
        let (from, by) = (Decimal::of(start)?, Decimal::of(step)?);
        let scale = from.scale.max(by.scale);
        Some(number(from.at(scale)?.checked_add(by.at(scale)?.checked_mul(count as i128)?)?, scale))
    };
    decimal().unwrap_or(start + count * step)
}

/// Why a step does not do, with steps and an end that do.
fn not_a_part(start: f64, end: f64, step: f64) -> String {
    let count = ((end - start) / step).floor().max(1.0);
    let parts = |count: f64| match Decimal::of((end - start) / count) {
        Some(_) => format!("{:?}", (end - start) / count),
        None if start == 0.0 => format!("{end:?} / {count:?}"),
        None => format!("({end:?} - {start:?}) / {count:?}"),
    };
    let wider = if step < end - start {
        format!(", or end the range at {:?}", after(start, step, count))
    } else {
        String::new()
    };
    let finer = parts(count + 1.0);
    let coarser = if count > 1.0 { format!(" or `.step({})`", parts(count)) } else { String::new() };
    format!("the step {step:?} does not divide the range {start:?}..={end:?}: write `.step({finer})`{coarser}{wider}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(limits: RangeInclusive<f64>, step: Option<f64>) -> String {
        match Steps::of(&limits, step) {
            Ok(steps) => steps.texts().join(" "),
            Err(message) => message,
        }
    }

    #[test]
    fn values_are_what_the_step_says_at_any_magnitude() {
        assert_eq!(
            told(0.0..=5e-5, None),
            "0.0000000 0.0000025 0.0000050 0.0000075 0.0000100 0.0000125 0.0000150 0.0000175 0.0000200 0.0000225 0.0000250 \
             0.0000275 0.0000300 0.0000325 0.0000350 0.0000375 0.0000400 0.0000425 0.0000450 0.0000475 0.0000500"
        );
        assert_eq!(told(0.0..=1.0, Some(1.0 / 3.0)), "0.000 0.333 0.667 1.000");
        assert_eq!(told(0.0..=3e-7, Some(1e-7)), "0.0000000 0.0000001 0.0000002 0.0000003");
        assert_eq!(told(0.0..=3e-12, Some(1e-12)), "0e0 1e-12 2e-12 3e-12");
        assert_eq!(told(0.0..=1e9, Some(2.5e8)), "0 250000000 500000000 750000000 1000000000");
        assert_eq!(told(-0.1..=0.1, Some(0.1)), "-0.1 0.0 0.1");
        assert_eq!(told(0.0..=std::f64::consts::PI, Some(std::f64::consts::FRAC_PI_2)), "0.00 1.57 3.14");
    }

    #[test]
    fn a_step_that_does_not_do_is_answered_with_one_that_does() {
        let answers = [
            told(0.0..=1.0, Some(0.3)),
            told(0.0..=1.0, Some(2.0)),
            told(0.0..=1.0, Some(0.15)),
            told(0.0..=1.0, Some(-0.1)),
            told(0.0..=1.0, Some(0.0)),
            told(0.0..=1.0, Some(f64::NAN)),
            told(0.0..=1.0, Some(1e-9)),
            told(1.0..=0.0, None),
            told(1.0..=1.0, None),
            told(0.0..=f64::INFINITY, None),
        ];
        assert_eq!(
            answers.join("\n"),
            "the step 0.3 does not divide the range 0.0..=1.0: write `.step(0.25)` or `.step(1.0 / 3.0)`, or end the range at 0.9\n\
             the step 2.0 does not divide the range 0.0..=1.0: write `.step(0.5)`\n\
             the step 0.15 does not divide the range 0.0..=1.0: write `.step(1.0 / 7.0)` or `.step(1.0 / 6.0)`, or end the range at 0.9\n\
             the step -0.1 is not positive: write 0.1, the values go up anyway\n\
             the step 0.0 is not positive: `.step(0.05)` gives twenty\n\
             the step NaN is not positive: `.step(0.05)` gives twenty\n\
             a step of 1e-9 gives 1000000000 values: `.step(0.05)` gives twenty\n\
             the range 1.0..=0.0 is empty: write 0.0..=1.0\n\
             the range 1.0..=1.0 is empty: there is one value only\n\
             the range 0.0..=inf is not finite"
        );
    }

    proptest! {
        #[test]
        fn every_value_is_the_number_that_is_shown(start in -500_i64..500, step in 1_i64..400, last in 1_usize..60, power in -12_i32..10) {
            let unit = |digits: i64| format!("{digits}e{power}").parse::<f64>().expect("a number");
            let steps = Steps::of(&(unit(start)..=unit(start + step * last as i64)), Some(unit(step))).expect("the step divides");
            let shown: Vec<f64> = steps.texts().iter().map(|text| text.parse().expect("a number")).collect();
            let meant: Vec<f64> = (0..=last as i64).map(|at| unit(start + step * at)).collect();
            prop_assert_eq!(&shown, &meant);
            prop_assert_eq!(steps.numbers().collect::<Vec<_>>(), meant);
        }

        #[test]
        fn without_a_step_there_are_twenty_even_ones(start in -1e3_f64..1e3, span in 1e-3_f64..1.0, power in -9_i32..9) {
            let unit = 10_f64.powi(power);
            let (start, end) = (start * unit, (start + span) * unit);
            let steps = Steps::of(&(start..=end), None).expect("a range");
            let numbers: Vec<f64> = steps.numbers().collect();
            prop_assert_eq!((numbers.len(), numbers[0], numbers[20]), (21, start, end));
            let texts = steps.texts();
            prop_assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "{:?}", texts);
            prop_assert!(numbers.windows(2).all(|pair| ((pair[1] - pair[0]) / steps.size() - 1.0).abs() < 1e-3));
        }

        #[test]
        fn a_default_that_is_a_sum_of_steps_is_found(step in 1_u32..1000, last in 1_usize..100, power in -9_i32..4, at in 0_usize..100) {
            let step = format!("{step}e{power}").parse::<f64>().expect("a number");
            let end = format!("{:.12e}", step * last as f64).parse::<f64>().expect("a number");
            let at = at.min(last);
            let steps = Steps::of(&(0.0..=end), Some(step)).expect("the step divides");
            let sum = (0..at).fold(0.0, |sum, _| sum + step);
            prop_assert_eq!(steps.place(sum), Some(at));
        }

        #[test]
        fn parts_of_any_range_reach_its_end(parts in 1_usize..200, end in 1e-9_f64..1e9) {
            let steps = Steps::of(&(0.0..=end), Some(end / parts as f64)).expect("a part");
            prop_assert_eq!(steps.numbers().last(), Some(end));
            prop_assert_eq!(steps.numbers().count(), parts + 1);
        }
    }
}
