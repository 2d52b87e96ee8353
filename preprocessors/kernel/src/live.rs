//! Live cells: the part of a page that is run once for each state of its inputs.
//!
//! The engine says how often and with which inputs; the last round has the default values again, and the page goes on from there.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::Result;
use crate::channel::engine;
use crate::wire::Event;

/// The last cell that the state wants.
static LAST: AtomicU32 = AtomicU32::new(u32::MAX);

/// Whether a live cell is being run.
static LIVE: AtomicBool = AtomicBool::new(false);

/// A state of a group of live cells begins.
pub fn state(group: u32) {
    LIVE.store(true, Ordering::Relaxed);
    let last = engine().map(|mut engine| engine.number(Event::State(group)));
    LAST.store(last.and_then(Result::ok).unwrap_or(u32::MAX), Ordering::Relaxed);
}

/// Whether the state wants neither this cell of its group nor anything behind it.
pub fn enough(cell: u32) -> bool {
    cell > LAST.load(Ordering::Relaxed)
}

/// Runs a group once for each of its states. It cannot change what stands before it, so every state finds the same.
pub fn rounds(group: u32, round: &dyn Fn() -> Result) -> Result {
    // Nobody wants to see states that nobody can choose.
    while engine().is_some() {
        state(group);
        round()?;
        if !again(group) {
            break;
        }
    }
    Ok(())
}

/// The last round of a group is over.
pub fn settled(group: u32) {
    again(group);
    LIVE.store(false, Ordering::Relaxed);
}

/// Whether there is another state of the group.
fn again(group: u32) -> bool {
    engine().is_some_and(|mut engine| engine.number(Event::Again(group)).is_ok_and(|more| more > 0))
}

/// Whether a live cell is being run: a picture that keeps its shape from state to state adds little to the page for each.
pub fn is_live() -> bool {
    LIVE.load(Ordering::Relaxed)
}
