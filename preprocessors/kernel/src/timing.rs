//! Time, the one output of a page that may be another every time.

use std::fmt;
use std::time::Instant;

use crate::channel::engine;
use crate::wire::Event;

/// Does some work and shows how long it took. The program never learns it, so that nothing else on the page can depend on it.
///
/// ```
/// let сумма = kernel::timing("миллион сложений", || (0..1_000_000_u64).sum::<u64>());
/// assert_eq!(сумма, 499_999_500_000);
/// ```
pub fn timing<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = work();
    let took = begun.elapsed();
    match engine() {
        Some(mut engine) => {
            let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
            engine.tell(Event::Timing { what: what.to_owned(), nanoseconds });
        }
        None => println!("{what}: {took:.3?}"),
    }
    result
}

/// How long work took by its size: data that only a picture or a table of times can show.
///
/// Nothing else on a page can depend on them: they have no values, no order and no text.
#[derive(Clone)]
pub struct Times {
    name: String,
    points: Vec<(f64, f64)>,
}

/// Starts a series of times with the name that a picture calls it.
///
/// ```
/// let mut naive = kernel::times("наивное умножение");
/// for n in [10_usize, 20, 40] {
///     let sum = naive.measure(n as f64, || (0..n * n).sum::<usize>());
///     assert!(sum > 0);
/// }
/// ```
pub fn times(name: impl Into<String>) -> Times {
    Times { name: name.into(), points: Vec::new() }
}

impl Times {
    /// Does some work of a size, and notes how long it took. Of several runs of one size the shortest counts: others were disturbed.
    pub fn measure<T>(&mut self, size: f64, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let result = work();
        let took = begun.elapsed().as_secs_f64();
        match self.points.iter_mut().find(|point| point.0 == size) {
            Some(point) => point.1 = point.1.min(took),
            None => self.points.push((size, took)),
        }
        result
    }

    /// What a picture calls the series.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sizes and seconds, for the one who draws them and marks the drawing as [`crate::Part::Times`].
    #[doc(hidden)]
    pub fn __points(&self) -> &[(f64, f64)] {
        &self.points
    }
}

impl fmt::Debug for Times {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A text with the times would be another every time.
        write!(to, "Times({:?}, {} sizes)", self.name, self.points.len())
    }
}
