//! ZIP files, bounded: no member grows beyond what a document may have, all together beyond what an
//! archive may, whatever their headers claim; members that lead elsewhere are refused.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::open::MAX_BYTES;

/// Members looked at, at most.
pub(crate) const MAX_MEMBERS: usize = 20_000;
/// Bytes of all members together: what a bomb may cost.
pub(crate) const MAX_UNPACKED: usize = 256 << 20;

pub(crate) struct Zipped<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: usize,
}

impl<'a> Zipped<'a> {
    /// `None` when the bytes are no ZIP file, or a damaged one. No more than `left` bytes are unpacked of it.
    pub(crate) fn new(bytes: &'a [u8], left: usize) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        Some(Self { archive, left })
    }

    /// Bytes that may still be unpacked.
    pub(crate) fn left(&self) -> usize {
        self.left
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().take(MAX_MEMBERS);
        let mut names: Vec<String> = names.flatten().map(String::from).collect();
        names.sort();
        names
    }

    pub(crate) fn is_longer(&self) -> bool {
        self.archive.len() > MAX_MEMBERS
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a member.
    ///
    /// # Errors
    /// In words, when it is encrypted, packed by an unknown method, damaged or too large.
    pub(crate) fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let member = self
            .archive
            .by_name(name)
            .map_err(|error| error.to_string())?;
        let most = MAX_BYTES.min(self.left) as u64;
        let mut out = Vec::new();
        let read = member
            .take(most + 1)
            .read_to_end(&mut out)
            .map_err(|error| error.to_string())?;
        if read as u64 > most {
            return Err(format!("it unpacks to more than {most} bytes"));
        }
        self.left -= read;
        Ok(out)
    }

    /// The text of a member that is UTF-8, as the parts of office files are; `None` if it is absent or damaged.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.read(name).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}
