//! How far watching has come, in a file beside the case: which files were read, what feeds gave. Whoever deletes it has
//! everything looked at again, and loses nothing: the case knows what it has.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::case_file::WATCHED;
use crate::commands::shown;

#[derive(Serialize, Deserialize, Default)]
pub(super) struct State {
    /// The first entry of the case's log: another case of that name begins anew.
    birth: Option<String>,
    files: BTreeMap<String, Stamp>,
    pub(super) feeds: BTreeMap<String, Feed>,
}

/// What tells that a file was written to: its length, and when it was.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    seconds: u64,
    nanos: u32,
}

/// What is known of a feed.
#[derive(Serialize, Deserialize, Clone, Default)]
pub(super) struct Feed {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
    /// Not asked before this second.
    pub(super) next: i64,
    /// Times that it failed, one after the other.
    pub(super) failed: u32,
    /// Hashes of the entries whose pages were fetched.
    pub(super) pages: Vec<String>,
}

impl Stamp {
    pub(super) fn of(file: &Metadata) -> Option<Self> {
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            bytes: file.len(),
            seconds: written.as_secs(),
            nanos: written.subsec_nanos(),
        })
    }

    pub(super) fn written(self) -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(Duration::new(self.seconds, self.nanos))
    }
}

/// Where it lies.
pub(super) fn beside(case: &Path) -> PathBuf {
    case.with_extension(WATCHED)
}

impl State {
    /// What was written of this case; nothing where it was none or is damaged.
    pub(super) fn read(file: &Path, birth: Option<&str>) -> Self {
        let bytes = std::fs::read(file).unwrap_or_default();
        let held: Self = serde_json::from_slice(&bytes).unwrap_or_default();
        match held.birth.as_deref() == birth {
            true => held,
            false => Self::default(),
        }
    }

    /// Writes it whole or not at all.
    pub(super) fn write(&mut self, file: &Path, birth: Option<String>) -> anyhow::Result<()> {
        self.birth = birth;
        let mut beside = file.as_os_str().to_owned();
        beside.push(".madar-watch");
        let json = serde_json::to_vec(&self).context("cannot write how far watching has come")?;
        std::fs::write(&beside, json)
            .and_then(|()| std::fs::rename(&beside, file))
            .with_context(|| format!("cannot write {:?}", shown(file)))
    }

    pub(super) fn knows(&self, file: &Path, stamp: Stamp) -> bool {
        self.files.get(&shown(file)) == Some(&stamp)
    }

    pub(super) fn note(&mut self, file: &Path, stamp: Stamp) {
        self.files.insert(shown(file), stamp);
    }
}
