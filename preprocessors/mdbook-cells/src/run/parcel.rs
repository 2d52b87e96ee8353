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
        let bytes = inflate(unseal(KIND, key, entry)?, MOST_UNPACKED)?;
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

/// Unpacks; however much there is, no more than `most` bytes of it and one are ever in memory.
fn inflate(packed: &[u8], most: u64) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let unpacked = DeflateDecoder::new(packed).take(most + 1).read_to_end(&mut bytes);
    unpacked.map_err(|error| Refused(format!("it cannot be unpacked: {error}")))?;
    refuse_unless(bytes.len() as u64 <= most, || format!("it holds more than {} MB", most >> 20))?;
    Ok(bytes)
}

fn split(bytes: &[u8], length: u64) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(usize::try_from(length).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::new(9));
        packed.write_all(bytes).expect("memory takes what is written to it");
        packed.finish().expect("memory takes what is written to it")
    }

    /// What is said of an entry that holds these bytes, packed and sealed under a name that is right.
    fn refused(bytes: &[u8]) -> String {
        let key = Parts::default().key();
        Parcel::unpack(&key, &seal(KIND, &key, &deflate(bytes))).expect_err("it is refused").0
    }

    fn entry(head: &Head, behind: &[u8]) -> Vec<u8> {
        let head = serde_json::to_vec(head).expect("a head is JSON");
        [&(head.len() as u64).to_le_bytes(), &*head, behind].concat()
    }

    fn head(artefacts: &[u64]) -> Head {
        let (parts, execution) = (Parts::default(), Execution::default());
        Head { parts, milliseconds: 1, notes: Vec::new(), execution, artefacts: artefacts.to_vec() }
    }

    #[test]
    fn what_unpacks_to_more_than_the_limit_is_refused() {
        let most: u64 = 3 << 20;
        let zeros = vec![0; 3 << 20];
        assert_eq!(inflate(&deflate(&zeros), most), Ok(zeros.clone()), "the limit itself is allowed");
        let more = deflate(&[&zeros[..], &[0]].concat());
        assert!(more.len() < 4096, "it is small while it is packed");
        assert_eq!(inflate(&more, most), Err(Refused("it holds more than 3 MB".to_owned())));
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        let whole = entry(&head(&[]), b"");
        let key = Parts::default().key();
        let taken = Parcel::unpack(&key, &seal(KIND, &key, &deflate(&whole)));
        assert!(taken.is_ok(), "what is damaged here is otherwise right: {taken:?}");
        let long = |length: u64| [&length.to_le_bytes(), &whole[8..]].concat();
        for (bytes, why) in [
            (Vec::new(), "it ends before it is complete"),
            (whole[..7].to_vec(), "it ends before it is complete"),
            (long(whole.len() as u64 - 7), "it ends before it is complete"),
            (long(u64::MAX), "it ends before it is complete"),
            (entry(&head(&[u64::MAX, 1]), b"ab"), "it ends before it is complete"),
            (entry(&head(&[3]), b"ab"), "it ends before it is complete"),
            (entry(&head(&[1]), b"ab"), "something stands behind its end"),
            (entry(&head(&[]), b"\0"), "something stands behind its end"),
            (entry(&head(&[2]), b"ab"), "its artefacts are not those that its page saved"),
            (entry(&Head { milliseconds: DAY + 1, ..head(&[]) }, b""), "its page would have taken more than a day"),
        ] {
            assert_eq!(refused(&bytes), why);
        }
        assert!(refused(&long(3)).starts_with("it cannot be read"), "{}", refused(&long(3)));
    }
}
