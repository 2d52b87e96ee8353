//! What of some data cannot be drawn, and why.

use super::geometry::Point;
use super::scale::Spread;

/// Something that cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) what: String,
    pub(crate) mend: Mend,
}

/// What its author can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mend {
    /// Leave it out, or say that a gap is meant.
    Gap,
    /// What the fault itself says.
    Told,
}

impl Fault {
    /// A value without which the rest can be drawn.
    pub(crate) fn gap(what: impl Into<String>) -> Self {
        Self { what: what.into(), mend: Mend::Gap }
    }

    /// What no gap mends.
    pub(crate) fn told(what: impl Into<String>) -> Self {
        Self { what: what.into(), mend: Mend::Told }
    }
}

/// An axis as far as it decides what can be drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) spread: Spread,
    /// The range that the author gave.
    pub(crate) range: Option<Point>,
}

impl Bounds {
    /// Whether the axis, cut off or not, has a place for a value.
    pub(crate) fn has(self, value: f64) -> bool {
        self.spread.forward(value).is_finite()
    }

    /// Whether the value is beyond the range that the author gave.
    pub(crate) fn cuts(self, value: f64) -> bool {
        self.range.is_some_and(|(low, high)| !(low..=high).contains(&value))
    }

    /// Why the axis has no place for a value.
    pub(crate) fn refusal(self, value: f64) -> Option<&'static str> {
        if value.is_nan() {
            Some("is not a number")
        } else if value.is_infinite() {
            Some("is infinite")
        } else if self.spread == Spread::Log && value <= 0.0 {
            Some("has no place on a logarithmic axis")
        } else {
            None
        }
    }
}

/// Both axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axes {
    pub(crate) x: Bounds,
    pub(crate) y: Bounds,
}

impl Axes {
    /// Whether there is a place for a point, inside the frame or beyond it.
    pub(crate) fn have(self, (x, y): Point) -> bool {
        self.x.has(x) && self.y.has(y)
    }

    /// Whether the author's ranges cut a point off.
    pub(crate) fn cut(self, (x, y): Point) -> bool {
        self.x.cuts(x) || self.y.cuts(y)
    }

    /// What of some points cannot be drawn.
    pub(crate) fn points(self, points: &[Point]) -> Vec<Fault> {
        let one = |(index, &(x, y)): (usize, &Point)| {
            let refusal = self.x.refusal(x).map(|why| ("abscissa", why));
            let (which, why) = refusal.or_else(|| self.y.refusal(y).map(|why| ("ordinate", why)))?;
            Some(format!("point {index} is ({x}, {y}), whose {which} {why}"))
        };
        let values: Vec<Option<String>> = points.iter().enumerate().map(one).collect();
        let mut faults = all_or_some("points", values);
        if faults.is_empty() {
            faults.extend(self.beyond(points));
        }
        faults
    }

    /// Whether the frame that the author gave lies wholly beside the points.
    fn beyond(self, points: &[Point]) -> Option<Fault> {
        let beside = |bounds: Bounds, pick: fn(&Point) -> f64| {
            let (low, high) = bounds.range?;
            let mut values = points.iter().map(pick);
            let beside = values.clone().all(|value| value < low) || values.all(|value| value > high);
            beside.then(|| Fault::told(format!("none of its points is between {low} and {high}; widen the range")))
        };
        beside(self.x, |point| point.0).or_else(|| beside(self.y, |point| point.1))
    }
}

/// Faults of some values, of which there must be one at least that can be drawn.
pub(crate) fn all_or_some(nouns: &str, values: Vec<Option<String>>) -> Vec<Fault> {
    if values.is_empty() {
        return vec![Fault::told(format!("it has no {nouns}"))];
    }
    let count = values.len();
    let mut faults: Vec<String> = values.into_iter().flatten().collect();
    if faults.len() == count {
        let first = faults.swap_remove(0);
        return vec![Fault::told(format!("none of its {nouns} can be drawn: {first}"))];
    }
    faults.into_iter().map(Fault::gap).collect()
}
