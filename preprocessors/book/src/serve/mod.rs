//! The book in a browser while it is written: a server for this machine, a watch on the files, builds that can be stopped, reloads.

mod messages;
mod notice;
mod published;
mod rebuild;
mod server;
mod watch;
mod words;

use std::path::PathBuf;

use serde_json::Value;

pub use messages::rendered;
pub use published::{Messages, Published};
pub use rebuild::Rebuilds;
pub use server::start;
pub use watch::{Watch, wait_for_quiet};
pub use words::Words;

/// What wakes the loop of `serve`.
#[derive(Debug)]
pub enum Happening {
    /// A file was changed.
    Changed(PathBuf),
    /// A build said something.
    Said {
        /// Which build.
        build: u64,
        /// One of its events.
        event: Value,
    },
    /// A build is over, however it ended.
    Ended(u64),
}
