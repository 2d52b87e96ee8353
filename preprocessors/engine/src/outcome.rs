//! What an engine gives back: the compiler's messages, and what the program did.

use std::ops::Range;

use kernel::wire::Frame;

/// What happened to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the compiler said, in its order.
    pub messages: Vec<Message>,
    /// The run; `None` when it did not compile or was not to be run.
    pub run: Option<Run>,
}

/// One message of the compiler, with places in the unit's own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `error`, `warning`, `note`, `help`.
    pub level: String,
    /// `E0382`, or a lint's name, or empty.
    pub code: String,
    /// The message.
    pub text: String,
    /// Places in the unit's text (macro expansions already followed out to it).
    pub spans: Vec<MessageSpan>,
    /// Notes and helps below it.
    pub children: Vec<Message>,
}

/// A place in the unit's text: bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSpan {
    /// Byte range in the unit's text.
    pub range: Range<usize>,
    /// Whether the compiler calls it the main one.
    pub primary: bool,
    /// Its words.
    pub label: String,
    /// What the compiler suggests to put there, if anything.
    pub replacement: Option<String>,
}

/// What a program did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its frames, in order (of those that were questions only the beginnings of states).
    pub frames: Vec<Frame>,
    /// What it printed to both standard streams, in order.
    pub printed: Vec<u8>,
    /// How it ended.
    pub end: End,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Exit(i32),
    /// By a signal.
    Signal(i32),
    /// It was stopped at a limit.
    Limit(Limit),
    /// It was stopped because what it sent is no frame, for this reason: only a page that reaches around the kernel does that.
    Nonsense(String),
    /// It was stopped because it was linked with a kernel of this version, which is not the engine's.
    Foreign(String),
}

/// Which limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Wall-clock time.
    Wall,
    /// Processor time.
    Cpu,
    /// Memory.
    Memory,
    /// Output.
    Output,
    /// Disk.
    Disk,
    /// Processes and threads.
    Processes,
}
