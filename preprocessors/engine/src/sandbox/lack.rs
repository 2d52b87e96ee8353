//! The parts of the sandbox, by what a page could do without each.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A part of the sandbox that a system may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lack {
    /// Nothing but wall time and output is limited.
    Everything,
    /// Files are open.
    Files,
    /// Files can be emptied, though neither read nor written.
    Truncation,
    /// The network and other processes are open.
    Calls,
    /// Threads, and files that lie in no folder, are not counted.
    Counting,
}

impl Lack {
    /// Its name in a key.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Files => "files",
            Self::Truncation => "truncation",
            Self::Calls => "calls",
            Self::Counting => "counting",
        }
    }
}

/// What follows for whoever builds the book.
impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Everything => "page programs are limited in wall time and output only on this system",
            Self::Files if cfg!(target_os = "linux") => {
                "this kernel has no Landlock: page programs may read and write your files"
            }
            Self::Files => "page programs may read and write your files on this system",
            Self::Truncation => {
                "this kernel's Landlock is older than its third version: page programs may empty your files"
            }
            Self::Calls if cfg!(target_os = "linux") => {
                "seccomp is not available: page programs may use the network and start processes that outlive them"
            }
            Self::Calls => "page programs may use the network and start processes that outlive them on this system",
            Self::Counting => {
                "there is no /proc to be read: threads and deleted files of page programs are not counted"
            }
        })
    }
}
