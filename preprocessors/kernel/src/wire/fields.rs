//! The fields of a frame: numbers and texts as bytes.

use super::Spot;

/// The fields of a frame that are still to be read.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = tail;
        Some(head)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.u8()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.u64()?;
        self.take(length)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    pub(super) fn spot(&mut self) -> Option<Spot> {
        Some(Spot { file: self.text()?, line: self.u32()?, column: self.u32()? })
    }

    pub(super) fn spot_if_any(&mut self) -> Option<Option<Spot>> {
        Some(if self.flag()? { Some(self.spot()?) } else { None })
    }

    pub(super) fn list<T>(&mut self, get: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.u64()?;
        // Every item takes a byte at least, so a length beyond what is left is a lie and no reason to allocate.
        if length > self.0.len() as u64 {
            return None;
        }
        (0..length).map(|_| get(self)).collect()
    }
}
