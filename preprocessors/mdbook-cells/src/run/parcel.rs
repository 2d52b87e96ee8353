//! What a page gave, packed for another machine: with all that it follows from, so that its name can be found again from what is in it.
//!
//! A parcel comes from outside. It is read within limits, everything in it that has a hash is hashed again, and an execution has to
//! have the shape of its page (`shape`); one that does not hold is refused as a whole, before anything of it is kept.

pub(super) mod shape;

use std::fmt;
use std::io::{Read as _, Write as _};

use anyhow::{Context as _, ensure};
use engine::Note;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use store::{Key, seal, unseal};

use super::key::{Parts, of_artefact};
use crate::execution::Execution;

/// The kind of entry that a packed parcel is.
const KIND: &str = "result";

/// Bytes of a packed parcel: what hosts of repositories take as one file.
pub const MOST_PACKED: u64 = 100 << 20;
/// Bytes of what it holds.
const MOST_UNPACKED: u64 = 512 << 20;
/// The longest time that a page may have taken.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// What a page gave, and what that followed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    /// All that the execution follows from, except the files that the page read.
    pub parts: Parts,
    /// How long the page took.
    pub milliseconds: u64,
    /// What the library was found to take in.
    pub notes: Vec<Note>,
    /// What the page gave.
    pub execution: Execution,
    /// What it saved.
    pub artefacts: Vec<Vec<u8>>,
}

/// A parcel without its artefacts, which follow behind it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    parts: Parts,
    milliseconds: u64,
    notes: Vec<Note>,
    execution: Execution,
    artefacts: Vec<u64>,
}

/// Why a parcel is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl From<store::Flaw> for Refused {
    fn from(flaw: store::Flaw) -> Self {
        Self(flaw.to_string())
    }
}

impl Parcel {
    /// Its name, which is the key of the execution.
    pub fn key(&self) -> Key {
        self.parts.key()
    }

    /// What compiled its programs, and what kept them in.
    pub fn machine(&self) -> (&str, &str) {
        let part = |name: &str| self.parts.0.get(name).map_or("", String::as_str);
        (part("compiler"), part("sandbox"))
    }

    /// The path of its page.
    pub fn page(&self) -> &str {
        self.parts.0.get("page").map_or("", String::as_str)
    }

    /// The parcel as one entry.
    pub fn pack(&self) -> anyhow::Result<Vec<u8>> {
        let Self { parts, milliseconds, notes, execution, artefacts } = self.clone();
        let lengths = artefacts.iter().map(|bytes| bytes.len() as u64).collect();
        let head = serde_json::to_vec(&Head { parts, milliseconds, notes, execution, artefacts: lengths })?;
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::new(9));
        packed.write_all(&(head.len() as u64).to_le_bytes())?;
        packed.write_all(&head)?;
        artefacts.iter().try_for_each(|bytes| packed.write_all(bytes))?;
        let unpacked = packed.total_in();
        let entry = seal(KIND, &self.key(), &packed.finish().context("packing what a page gave")?);
        let is_small = unpacked <= MOST_UNPACKED && entry.len() as u64 <= MOST_PACKED;
        ensure!(is_small, "what it gave takes more than {} MB", MOST_PACKED >> 20);
        Ok(entry)
    }

    /// Reads an entry of this name.
    pub fn unpack(key: &Key, entry: &[u8]) -> Result<Self, Refused> {
        let packed = unseal(KIND, key, entry)?;
        let mut bytes = Vec::new();
        let unpacked = DeflateDecoder::new(packed).take(MOST_UNPACKED + 1).read_to_end(&mut bytes);
        unpacked.map_err(|error| Refused(format!("it cannot be unpacked: {error}")))?;
        refuse_unless(bytes.len() as u64 <= MOST_UNPACKED, || {
            format!("it holds more than {} MB", MOST_UNPACKED >> 20)
        })?;
        let cut = || Refused("it ends before it is complete".to_owned());
        let (length, rest) = bytes.split_first_chunk().ok_or_else(cut)?;
        let (head, mut rest) = split(rest, u64::from_le_bytes(*length)).ok_or_else(cut)?;
        let head: Head =
            serde_json::from_slice(head).map_err(|error| Refused(format!("it cannot be read: {error:?}")))?;
        let mut artefacts = Vec::new();
        for length in head.artefacts {
            let (artefact, behind) = split(rest, length).ok_or_else(cut)?;
            artefacts.push(artefact.to_owned());
            rest = behind;
        }
        refuse_unless(rest.is_empty(), || "something stands behind its end".to_owned())?;
        let Head { parts, milliseconds, notes, execution, .. } = head;
        let parcel = Self { parts, milliseconds, notes, execution, artefacts };
        parcel.check(key)?;
        Ok(parcel)
    }

    /// Whether everything in it is what it is called.
    fn check(&self, key: &Key) -> Result<(), Refused> {
        refuse_unless(self.key() == *key, || "what it follows from has another name".to_owned())?;
        refuse_unless(self.milliseconds <= DAY, || "its page would have taken more than a day".to_owned())?;
        let saved: Vec<&str> = self.execution.saved.iter().map(|(_, hash)| hash.as_str()).collect();
        let there: Vec<String> = self.artefacts.iter().map(|bytes| of_artefact(bytes).to_string()).collect();
        refuse_unless(saved == there, || "its artefacts are not those that its page saved".to_owned())?;
        shape::check_files(&self.execution)
    }
}

fn refuse_unless(holds: bool, reason: impl FnOnce() -> String) -> Result<(), Refused> {
    if holds { Ok(()) } else { Err(Refused(reason())) }
}

fn split(bytes: &[u8], length: u64) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(usize::try_from(length).ok()?)
}
