//! Frames: what a page program tells the engine, and the engine's replies, as bytes.
//!
//! A frame is a length (`u32`, little-endian) and that many bytes: how much the program had printed (`u64`), a kind (`u8`) and
//! the kind's fields; texts and blobs carry their own length. Nothing is escaped, so no text that a program prints or shows
//! can be mistaken for a frame. The head of a frame — all but the fields — is read first, so that whoever hears it can refuse
//! what is too long before a byte of it is kept.

use std::io::{self, Read, Write};

use crate::fields::Fields;
use crate::{Align, Part, Table};

/// The longest frame and the longest reply there can be; whoever hears a program wants shorter ones.
pub const LONGEST: u32 = 256 << 20;

/// Bytes of a frame's length, and of a count and a kind.
const LENGTH: u32 = 4;
const PREFIX: u32 = 8 + 1;

/// The kind of [`Event::Save`].
const SAVE: u8 = 11;

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
    /// A box to tick: the values are off and on.
    Toggle,
}

const KNOBS: [Knob; 4] = [Knob::Range, Knob::Frames, Knob::Choice, Knob::Toggle];

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
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
    /// The program panicked.
    Panic {
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

/// Writes one frame.
pub fn write_frame(to: &mut impl Write, frame: &Frame) -> io::Result<()> {
    let mut body = Vec::new();
    body.extend(frame.printed.to_le_bytes());
    encode(&mut body, &frame.event);
    write_block(to, &body)
}

/// The head of a frame: what is known of it before its fields are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    printed: u64,
    kind: u8,
    fields: u32,
}

impl Head {
    /// Bytes of the whole frame.
    pub fn length(&self) -> u64 {
        u64::from(LENGTH) + u64::from(PREFIX) + u64::from(self.fields)
    }

    /// Whether it brings an artefact.
    pub fn is_save(&self) -> bool {
        self.kind == SAVE
    }

    /// Reads the head of the next frame; `None` at the end of the stream.
    pub fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let Some(length) = read_length(from)? else { return Ok(None) };
        let fields = length.checked_sub(PREFIX).ok_or_else(malformed)?;
        let (mut printed, mut kind) = ([0; 8], [0]);
        from.read_exact(&mut printed)?;
        from.read_exact(&mut kind)?;
        Ok(Some(Self { printed: u64::from_le_bytes(printed), kind: kind[0], fields }))
    }

    /// Reads the rest of the frame: as much memory as bytes have come, whatever the head says.
    pub fn frame(self, from: &mut impl Read) -> io::Result<Frame> {
        let body = read_exactly(from, self.fields)?;
        let mut fields = Fields(&body);
        let event = decode(self.kind, &mut fields).filter(|_| fields.0.is_empty()).ok_or_else(malformed)?;
        Ok(Frame { printed: self.printed, event })
    }
}

/// Reads one frame, however long; `None` at the end of the stream.
pub fn read_frame(from: &mut impl Read) -> io::Result<Option<Frame>> {
    Head::read(from)?.map(|head| head.frame(from)).transpose()
}

/// Writes a reply.
pub fn write_reply(to: &mut impl Write, reply: &Reply) -> io::Result<()> {
    let (kind, bytes): (u8, &[u8]) = match reply {
        Ok(bytes) => (0, bytes),
        Err(message) => (1, message.as_bytes()),
    };
    let mut body = vec![kind];
    body.extend(bytes);
    write_block(to, &body)
}

/// Reads a reply.
pub fn read_reply(from: &mut impl Read) -> io::Result<Reply> {
    let length = read_length(from)?.ok_or_else(malformed)?;
    let body = read_exactly(from, length)?;
    match body.split_first() {
        Some((0, bytes)) => Ok(Ok(bytes.to_vec())),
        Some((1, message)) => Ok(Err(String::from_utf8_lossy(message).into_owned())),
        _ => Err(malformed()),
    }
}

fn write_block(to: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).ok().filter(|length| *length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::other("an output is larger than 256 MB"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(body)?;
    to.flush()
}

fn read_length(from: &mut impl Read) -> io::Result<Option<u32>> {
    let mut length = [0; LENGTH as usize];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    if length <= LONGEST { Ok(Some(length)) } else { Err(malformed()) }
}

fn read_exactly(from: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    from.take(length.into()).read_to_end(&mut body)?;
    if body.len() as u64 == u64::from(length) { Ok(body) } else { Err(malformed()) }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a frame is malformed")
}

fn encode(to: &mut Vec<u8>, event: &Event) {
    match event {
        Event::Enter(cell) => {
            to.push(0);
            to.extend(cell.to_le_bytes());
        }
        Event::Leave(cell) => {
            to.push(1);
            to.extend(cell.to_le_bytes());
        }
        Event::Show(parts) => {
            to.push(2);
            put_list(to, parts, put_part);
        }
        Event::Inline { id, text } => {
            to.push(3);
            to.extend(id.to_le_bytes());
            put_bytes(to, text.as_bytes());
        }
        Event::Claim { id, holds, values } => {
            to.push(4);
            to.extend(id.to_le_bytes());
            to.push(u8::from(*holds));
            put_bytes(to, values.as_bytes());
        }
        Event::Stderr { from } => {
            to.push(5);
            to.extend(from.to_le_bytes());
        }
        Event::Panic { spot, message } => put_trouble(to, 6, spot.as_ref(), message),
        Event::Expected => to.push(7),
        Event::Failed { spot, message } => put_trouble(to, 8, spot.as_ref(), message),
        Event::Read(path) => put_named(to, 9, path),
        Event::Load(name) => put_named(to, 10, name),
        Event::Save { name, bytes } => {
            put_named(to, SAVE, name);
            put_bytes(to, bytes);
        }
        Event::Done => to.push(12),
        Event::Input(input) => put_input(to, input),
        Event::State(group) => {
            to.push(14);
            to.extend(group.to_le_bytes());
        }
        Event::Again(group) => {
            to.push(15);
            to.extend(group.to_le_bytes());
        }
        Event::Timing { what, nanoseconds } => {
            put_named(to, 16, what);
            to.extend(nanoseconds.to_le_bytes());
        }
    }
}

fn decode(kind: u8, from: &mut Fields<'_>) -> Option<Event> {
    Some(match kind {
        0 => Event::Enter(from.u32()?),
        1 => Event::Leave(from.u32()?),
        2 => Event::Show(from.list(get_part)?),
        3 => Event::Inline { id: from.u32()?, text: from.text()? },
        4 => Event::Claim { id: from.u32()?, holds: from.flag()?, values: from.text()? },
        5 => Event::Stderr { from: from.u64()? },
        6 => Event::Panic { spot: from.spot_if_any()?, message: from.text()? },
        7 => Event::Expected,
        8 => Event::Failed { spot: from.spot_if_any()?, message: from.text()? },
        9 => Event::Read(from.text()?),
        10 => Event::Load(from.text()?),
        SAVE => Event::Save { name: from.text()?, bytes: from.bytes()?.to_vec() },
        12 => Event::Done,
        13 => Event::Input(Box::new(get_input(from)?)),
        14 => Event::State(from.u32()?),
        15 => Event::Again(from.u32()?),
        16 => Event::Timing { what: from.text()?, nanoseconds: from.u64()? },
        _ => return None,
    })
}

fn put_named(to: &mut Vec<u8>, kind: u8, name: &str) {
    to.push(kind);
    put_bytes(to, name.as_bytes());
}

fn put_trouble(to: &mut Vec<u8>, kind: u8, spot: Option<&Spot>, message: &str) {
    to.push(kind);
    to.push(u8::from(spot.is_some()));
    if let Some(spot) = spot {
        put_spot(to, spot);
    }
    put_bytes(to, message.as_bytes());
}

fn put_spot(to: &mut Vec<u8>, spot: &Spot) {
    put_bytes(to, spot.file.as_bytes());
    to.extend(spot.line.to_le_bytes());
    to.extend(spot.column.to_le_bytes());
}

fn put_input(to: &mut Vec<u8>, input: &Input) {
    let Input { name, unit, knob, values, default, spot } = input;
    put_named(to, 13, name);
    put_bytes(to, unit.as_bytes());
    to.push(*knob as u8);
    put_list(to, values, |to, value| put_bytes(to, value.as_bytes()));
    to.extend(default.to_le_bytes());
    put_spot(to, spot);
}

fn get_input(from: &mut Fields<'_>) -> Option<Input> {
    Some(Input {
        name: from.text()?,
        unit: from.text()?,
        knob: *KNOBS.get(usize::from(from.u8()?))?,
        values: from.list(Fields::text)?,
        default: from.u32()?,
        spot: from.spot()?,
    })
}

fn put_bytes(to: &mut Vec<u8>, bytes: &[u8]) {
    to.extend((bytes.len() as u64).to_le_bytes());
    to.extend(bytes);
}

fn put_list<T>(to: &mut Vec<u8>, items: &[T], put: fn(&mut Vec<u8>, &T)) {
    to.extend((items.len() as u64).to_le_bytes());
    for item in items {
        put(to, item);
    }
}

fn put_part(to: &mut Vec<u8>, part: &Part) {
    let (kind, bytes): (u8, &[u8]) = match part {
        Part::Text(text) => (0, text.as_bytes()),
        Part::Html(text) => (1, text.as_bytes()),
        Part::Svg(text) => (2, text.as_bytes()),
        Part::Latex(text) => (3, text.as_bytes()),
        Part::Png(png) => (4, png),
        Part::Alt(text) => (5, text.as_bytes()),
        Part::Table(table) => {
            to.push(6);
            put_list(to, &table.columns, |to, (name, align)| {
                put_bytes(to, name.as_bytes());
                to.push(u8::from(*align == Align::Right));
            });
            put_list(to, &table.rows, |to, row| put_list(to, row, |to, cell| put_bytes(to, cell.as_bytes())));
            return;
        }
    };
    to.push(kind);
    put_bytes(to, bytes);
}

fn get_part(from: &mut Fields<'_>) -> Option<Part> {
    Some(match from.u8()? {
        0 => Part::Text(from.text()?),
        1 => Part::Html(from.text()?),
        2 => Part::Svg(from.text()?),
        3 => Part::Latex(from.text()?),
        4 => Part::Png(from.bytes()?.to_vec()),
        5 => Part::Alt(from.text()?),
        6 => {
            let columns = from.list(get_column)?;
            let rows = from.list(|from| from.list(Fields::text))?;
            rows.iter().all(|row| row.len() == columns.len()).then_some(Part::Table(Table { columns, rows }))?
        }
        _ => return None,
    })
}

fn get_column(from: &mut Fields<'_>) -> Option<(String, Align)> {
    Some((from.text()?, if from.flag()? { Align::Right } else { Align::Left }))
}
