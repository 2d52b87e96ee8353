//! Programs that branch: one process, the trunk, runs a page once; wherever it is told to, it makes a copy of itself, which goes on
//! with a change, and waits for its end. A branch has the trunk's frames and text up to there, and adds its own.
//!
//! What a program asks is a path that no page can ask for, because it is no path.

use std::process::ExitStatus;

use kernel::wire::Event;

use super::{Run, World};

/// The crate with the safe call that copies a process, and its version. Programs that do not branch are not linked with it.
pub const FORK: (&str, &str) = ("fork", "=0.11.0");

/// A trunk has come to a stop: followed by how many stops there were, how the last branch ended, and what was reached since.
pub const STOP: &str = "//stop";
/// Whether a branch may go on.
pub const ON: &str = "//on";

/// Who decides where a trunk branches. Whatever a branch asks, it asks this world too.
pub trait Branches: World {
    /// The trunk has come to a stop, and reached these numbers since it last said so; it has so many threads, where that is known.
    fn stop(&mut self, visit: u32, reached: &[u32], threads: Option<u64>) -> Next;

    /// The branch is over. This is its run, from the beginning of the trunk.
    fn over(&mut self, run: Run) -> anyhow::Result<()>;

    /// Whether a program that said this need not go on.
    fn is_enough(&self, said: &Event) -> bool;
}

/// What a trunk does at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It goes on to the stop with this number.
    Go(u32),
    /// It makes a branch with this change, and asks again when that is over.
    Branch(u32),
    /// It ends.
    End,
    /// It goes on to its own end and says what it reaches.
    Record,
    /// It goes on to its own end with this change.
    Become(u32),
}

impl Next {
    /// As a program hears it: a letter and a number.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let (letter, number) = match self {
            Self::Go(stop) => (b'g', stop),
            Self::Branch(change) => (b'b', change),
            Self::End => (b'e', 0),
            Self::Record => (b'r', 0),
            Self::Become(change) => (b'c', change),
        };
        std::iter::once(letter).chain(number.to_le_bytes()).collect()
    }
}

/// What a program asks about branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Where to go.
    Stop { visit: u32, status: i32, reached: Vec<u32> },
    /// Whether to go on.
    On,
}

impl Asks {
    /// What this question asks, if it is about branches.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let Event::Read(path) = event else { return None };
        let mut words = path.split(' ');
        match words.next()? {
            ON => Some(Self::On),
            STOP => {
                let (visit, status) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
                Some(Self::Stop { visit, status, reached: words.filter_map(|word| word.parse().ok()).collect() })
            }
            _ => None,
        }
    }
}

/// How a branch ended, as its trunk was told.
#[cfg(unix)]
pub(super) fn status(raw: i32) -> ExitStatus {
    std::os::unix::process::ExitStatusExt::from_raw(raw)
}

/// How a branch ended, as its trunk was told.
#[cfg(not(unix))]
pub(super) fn status(_: i32) -> ExitStatus {
    ExitStatus::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_trunk_asks_is_read_and_files_of_a_book_are_not() {
        let asks = |path: &str| Asks::of(&Event::Read(path.into()));
        assert_eq!(asks("//stop 7 0 3 12"), Some(Asks::Stop { visit: 7, status: 0, reached: vec![3, 12] }));
        assert_eq!(asks("//on"), Some(Asks::On));
        assert_eq!(asks("данные/stop 7.csv"), None);
        assert_eq!(Asks::of(&Event::Load("//on".into())), None);
        assert_eq!(Next::Go(258).to_bytes(), [b'g', 2, 1, 0, 0]);
    }
}
