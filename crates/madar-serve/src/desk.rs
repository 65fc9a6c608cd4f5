//! The case as it lies on the desk: held in memory, worded in three languages at most, laid anew when
//! the file has changed, whoever changed it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use madar_case::answer::Line;
use madar_case::{Asked, Case, CaseError, Entry, Failure, Snapshot, Someone, Tongue, Wanted};
use madar_read::Kit;

pub(crate) static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

/// The case file, and the last state of it that was asked for.
pub(crate) struct Desk {
    path: PathBuf,
    /// A connection that only looks: it notices what all others write.
    watch: Mutex<Case>,
    laid: Mutex<Option<Arc<Laid>>>,
}

/// One state of the case.
pub(crate) struct Laid {
    stamp: i64,
    asked: Asked<'static>,
    told: [OnceLock<Told>; 3],
    pub(crate) log: Vec<Entry>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) snapshots: Vec<Snapshot>,
    pub(crate) outdated: usize,
}

/// A state of the case in the words of a language.
pub(crate) struct Told {
    pub(crate) asked: Asked<'static>,
    /// All claims, by kind and then by importance.
    pub(crate) lines: Vec<Line>,
    /// Places in `lines`, by the claim's id.
    claims: HashMap<String, usize>,
    pub(crate) everyone: Vec<Someone>,
    entities: HashMap<String, usize>,
}

impl Desk {
    /// # Errors
    /// When the case cannot be opened.
    pub(crate) fn new(path: &Path) -> Result<Self, CaseError> {
        Ok(Self {
            path: path.to_owned(),
            watch: Mutex::new(Case::open_or_create(path)?),
            laid: Mutex::new(None),
        })
    }

    pub(crate) fn name(&self) -> String {
        let stem = self.path.file_stem();
        stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    }

    /// A connection of one's own, to write with.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub(crate) fn open(&self) -> Result<Case, CaseError> {
        Case::open(&self.path)
    }

    /// The case as it stands now.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub(crate) fn laid(&self) -> Result<Arc<Laid>, CaseError> {
        // a thread that panicked left both as they were
        let mut laid = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        let watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = watch.stamp()?;
        if let Some(held) = laid.as_ref().filter(|held| held.stamp == stamp) {
            return Ok(Arc::clone(held));
        }
        let new = Arc::new(Laid {
            stamp,
            asked: watch.asked_whole(&KIT)?.against(watch.register()?),
            told: [const { OnceLock::new() }; 3],
            log: watch.log()?,
            failures: watch.failures()?,
            snapshots: watch.snapshots()?,
            outdated: watch.outdated()?,
        });
        *laid = Some(Arc::clone(&new));
        Ok(new)
    }
}

impl Laid {
    /// The number of the last entry of the log: what somebody has seen who decides now.
    pub(crate) fn seen(&self) -> i64 {
        self.log.last().map_or(0, |entry| entry.number)
    }

    pub(crate) fn told(&self, tongue: Tongue) -> &Told {
        let at = match tongue {
            Tongue::En => 0,
            Tongue::Ar => 1,
            Tongue::Ru => 2,
        };
        self.told[at].get_or_init(|| Told::new(self.asked.also_in(tongue)))
    }
}

impl Told {
    fn new(asked: Asked<'static>) -> Self {
        let lines = asked
            .facts(&Wanted::default())
            .expect("nobody in particular is asked for");
        let claims = lines.iter().enumerate();
        let claims = claims.map(|(at, line)| (line.claim.clone(), at)).collect();
        let everyone = asked.everyone();
        let entities = everyone.iter().enumerate();
        let entities = entities.map(|(at, one)| (one.entity.clone(), at)).collect();
        Self {
            asked,
            lines,
            claims,
            everyone,
            entities,
        }
    }

    pub(crate) fn line(&self, claim: &str) -> Option<&Line> {
        self.claims.get(claim).map(|&at| &self.lines[at])
    }

    pub(crate) fn someone(&self, entity: &str) -> Option<&Someone> {
        self.entities.get(entity).map(|&at| &self.everyone[at])
    }
}
