//! Time, the one output of a page that may be another every time.

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
