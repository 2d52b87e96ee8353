//! The fields of a frame: numbers and texts as bytes.

use crate::event::Spot;

/// The fields of a frame that are still to be read.
pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = tail;
        Some(head)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        match self.u8()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.u64()?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    pub(crate) fn spot(&mut self) -> Option<Spot> {
        Some(Spot { file: self.text()?, line: self.u32()?, column: self.u32()? })
    }

    pub(crate) fn spot_if_any(&mut self) -> Option<Option<Spot>> {
        Some(if self.flag()? { Some(self.spot()?) } else { None })
    }

    pub(crate) fn list<T>(&mut self, get: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.u64()?;
        // Every item takes a byte at least, so a length beyond what is left is a lie and no reason to allocate.
        if length > self.0.len() as u64 {
            return None;
        }
        (0..length).map(|_| get(self)).collect()
    }
}
