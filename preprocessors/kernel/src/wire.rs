//! Frames: what a page program tells the engine, and the engine's replies, as bytes.
//!
//! A frame is a length (`u32`, little-endian) and that many bytes: how much the program had printed (`u64`), a kind (`u8`) and
//! the kind's fields; texts and blobs carry their own length. Nothing is escaped, so no text that a program prints or shows
//! can be mistaken for a frame. The head of a frame — all but the fields — is read first, so that whoever hears it can refuse
//! what is too long before a byte of it is kept.

use std::io::{self, Read, Write};

use crate::codec::{SAVE, decode, encode};
pub use crate::event::{Event, Frame, Input, Knob, Nature, Reply, Spot};
use crate::fields::Fields;

/// The longest frame and the longest reply there can be; whoever hears a program wants shorter ones.
pub const LONGEST: u32 = 256 << 20;

/// Bytes of a frame's length, and of a count and a kind.
const LENGTH: u32 = 4;
const PREFIX: u32 = 8 + 1;

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
