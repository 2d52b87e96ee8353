//! What a page program tells the engine, and what it is answered.

use crate::Part;

/// A place in the program's source, as the compiler counts: from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// File as the compiler was told to call it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// An input of a live cell, and its values as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What it is called; the same name is the same input on all of the page.
    pub name: String,
    /// What stands behind the value where it is shown.
    pub unit: String,
    /// What it looks like.
    pub knob: Knob,
    /// Its values, as Rust writes them.
    pub values: Vec<String>,
    /// Which of them it has until somebody turns it.
    pub default: u32,
    /// Where it is asked for.
    pub spot: Spot,
}

/// What an input looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    /// A slider.
    Range,
    /// A slider that can be played.
    Frames,
    /// A list.
    Choice,
    /// A list of texts, which are shown as they are.
    Words,
    /// A box to tick: the values are off and on.
    Toggle,
}

/// What a value in a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A text, which is set as it is, whatever it looks like: the version «1.10» is no number.
    Text,
    /// Anything else: what looks like a number is one.
    Value,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The program is there, and speaks as this version of the kernel does. It is the first frame.
    Hello(String),
    /// The cell begins.
    Enter(u32),
    /// The cell ends.
    Leave(u32),
    /// A value is shown.
    Show(Vec<Part>),
    /// A value inside a sentence.
    Inline {
        /// Which one.
        id: u32,
        /// Its text, as Rust formats it.
        text: String,
        /// What it is.
        nature: Nature,
    },
    /// A claim was checked.
    Claim {
        /// Which one.
        id: u32,
        /// Whether it holds.
        holds: bool,
        /// The values it compared, for the author.
        values: String,
    },
    /// Text from this many printed bytes up to the frame's own count went to standard error.
    Stderr {
        /// Where the text begins.
        from: u64,
    },
    /// What is told next happened outside of the page, while this statement of the page ran.
    Here(Spot),
    /// The program panicked.
    Panic {
        /// Where, when the runtime knows.
        spot: Option<Spot>,
        /// The message.
        message: String,
    },
    /// A thread that the page started panicked.
    ThreadPanic {
        /// Where, when the runtime knows.
        spot: Option<Spot>,
        /// The message.
        message: String,
    },
    /// A panic that the cell announced was caught.
    Expected,
    /// A `?` left the page.
    Failed {
        /// Where.
        spot: Option<Spot>,
        /// The error and its causes.
        message: String,
    },
    /// Asks for a file of the book's data; answered.
    Read(String),
    /// Asks for a named artefact; answered.
    Load(String),
    /// Saves a named artefact; answered.
    Save {
        /// Its name.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// The page is over.
    Done,
    /// Asks which value an input has; answered with a number.
    Input(Box<Input>),
    /// A state of a group of live cells begins; answered with the last cell it wants.
    State(u32),
    /// Asks whether the group has another state; answered with 1 or 0.
    Again(u32),
    /// Some work was timed.
    Timing {
        /// What it was.
        what: String,
        /// How long it took.
        nanoseconds: u64,
    },
}

/// An event and how many bytes the program had printed before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Bytes on the merged standard streams so far.
    pub printed: u64,
    /// What happened.
    pub event: Event,
}

impl Event {
    /// True when the program waits for a [`Reply`].
    pub fn is_answered(&self) -> bool {
        matches!(
            self,
            Self::Read(_) | Self::Load(_) | Self::Save { .. } | Self::Input(_) | Self::State(_) | Self::Again(_)
        )
    }
}

/// The engine's answer: the bytes asked for, or why not.
pub type Reply = Result<Vec<u8>, String>;
