//! What arrives in folders. They are looked into again and again, which holds on network drives too; a file is read once
//! it is at rest: nothing has been written to it for a while.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::Watch;
use super::state::Stamp;
use crate::case_file::is_case;
use crate::commands::read::{self, Item, Trouble};
use crate::commands::shown;
use crate::formats::text::visible;

/// How long nothing has been written to a file that is at rest.
pub(super) const REST: Duration = Duration::from_secs(2);
/// How downloads are called that are not finished.
const UNFINISHED: [&str; 5] = ["part", "partial", "crdownload", "download", "tmp"];

pub(super) struct Folders {
    folders: Vec<PathBuf>,
    /// Files that are being written, since when they look so.
    moving: BTreeMap<PathBuf, (Stamp, Instant)>,
}

impl Folders {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        Self {
            folders,
            moving: BTreeMap::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.folders.len()
    }

    /// Whether no file is waited for.
    pub(super) fn is_at_rest(&self) -> bool {
        self.moving.is_empty()
    }

    /// Names the files that are waited for.
    pub(super) fn tell_left(&self) {
        for file in self.moving.keys() {
            eprintln!(
                "not read yet, it is being written: {}",
                visible(&shown(file))
            );
        }
    }

    /// Reads what has arrived or was changed, and gives how many documents that brought.
    pub(super) fn look(&mut self, watch: &mut Watch) -> anyhow::Result<usize> {
        let mut ready: Vec<(Stamp, PathBuf)> = Vec::new();
        let mut moving = BTreeMap::new();
        let mut met: BTreeSet<PathBuf> = BTreeSet::new();
        let mut held = BTreeSet::new();
        for folder in &self.folders {
            for found in madar_open::files(folder) {
                let file = match found {
                    Ok(file) => file,
                    Err(error) => {
                        let reason = error.to_string();
                        held.insert(reason.clone());
                        watch.trouble(&Trouble {
                            origin: shown(&error.path),
                            reason,
                            hint: "it is looked at again; is it there, and may you read it?",
                        });
                        continue;
                    }
                };
                // what is gone by now has nothing to say
                let Some(stamp) = stamp(&file).filter(|_| !is_left_out(&file)) else {
                    continue;
                };
                if !met.insert(file.clone()) || watch.state.knows(&file, stamp) {
                    continue;
                }
                match self.since(&file, stamp) {
                    Some(since) => {
                        moving.insert(file, (stamp, since));
                    }
                    None => ready.push((stamp, file)),
                }
            }
        }
        self.moving = moving;
        watch
            .told
            .retain(|reason| !reason.starts_with(LOOKED) || held.contains(reason));
        if ready.is_empty() {
            return Ok(0);
        }
        ready.sort_by(|a, b| a.1.cmp(&b.1));
        self.read(&ready, watch)
    }

    fn read(&self, ready: &[(Stamp, PathBuf)], watch: &mut Watch) -> anyhow::Result<usize> {
        let items = ready.iter().map(|(_, file)| Item::Ok(file.clone()));
        let mut told = Vec::new();
        let tally = read::take(&mut watch.case, items, &watch.task, |_, result| {
            match result {
                Ok(line) if line.found.is_some() => told.push(Ok(line.clone())),
                Ok(_) => {}
                Err(trouble) => told.push(Err(trouble.clone())),
            }
            Ok(())
        })?;
        for result in &told {
            watch.say(result.as_ref())?;
        }
        for (stamp, file) in ready {
            watch.state.note(file, *stamp);
        }
        Ok(tally.new)
    }

    /// Since when a file has looked so, where that is not long enough.
    fn since(&self, file: &Path, stamp: Stamp) -> Option<Instant> {
        let now = SystemTime::now();
        let age = stamp.written().and_then(|at| now.duration_since(at).ok());
        if age.is_some_and(|age| age >= REST) {
            return None;
        }
        match self.moving.get(file) {
            // the clock of another machine may be ahead
            Some((known, since)) if *known == stamp => (since.elapsed() < REST).then_some(*since),
            _ => Some(Instant::now()),
        }
    }
}

/// How messages on folders begin.
const LOOKED: &str = "cannot look into";

fn stamp(file: &Path) -> Option<Stamp> {
    Stamp::of(&std::fs::metadata(file).ok()?)
}

fn is_left_out(file: &Path) -> bool {
    let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    is_case(file) || ending.is_some_and(|ending| UNFINISHED.contains(&ending.as_str()))
}
