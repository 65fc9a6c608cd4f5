//! The case as it lies on the desk: what was asked of it is kept in hand, worded in three languages at most. It is
//! laid anew when the file has changed, whoever changed it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use madar_case::answer::Review;
use madar_case::{Asked, Case, CaseError, Entry, Failure, Snapshot, Tongue};
use madar_read::Kit;

pub(crate) static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

/// The system's time, for the log.
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How often it is looked whether somebody has changed the file: a state that nobody will ask for again is let go, so
/// that what was taken out of the case can go from the file.
const LOOK: Duration = Duration::from_millis(500);

/// The case file, and the last state of it that was asked for.
pub(crate) struct Desk {
    path: PathBuf,
    name: String,
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
    /// What is undecided, once somebody has asked: finding names that are alike takes a moment.
    review: OnceLock<(Vec<Review>, bool)>,
}

impl Told {
    /// The questions on what is told most, and whether that is all of the case.
    pub(crate) fn review(&self) -> &(Vec<Review>, bool) {
        self.review.get_or_init(|| self.asked.review_of_most())
    }
}

impl Desk {
    /// # Errors
    /// When the case cannot be opened.
    pub(crate) fn new(path: &Path) -> Result<Self, CaseError> {
        let watch = Case::open_or_create(path)?;
        Ok(Self {
            path: path.to_owned(),
            name: watch.name(),
            watch: Mutex::new(watch),
            laid: Mutex::new(None),
        })
    }

    /// Lets a state go once the file has changed, as long as somebody has the desk.
    pub(crate) fn tidy(desk: &Arc<Self>) {
        let desk = Arc::downgrade(desk);
        std::thread::spawn(move || {
            while let Some(desk) = Weak::upgrade(&desk) {
                desk.let_go();
                drop(desk);
                std::thread::sleep(LOOK);
            }
        });
    }

    /// Looks at what pages show first, before anybody asks: of a large case it is read once, and that takes a moment.
    pub(crate) fn prepare(desk: &Arc<Self>) {
        let desk = Arc::downgrade(desk);
        std::thread::spawn(move || {
            let Some(laid) = Weak::upgrade(&desk).and_then(|desk| desk.laid().ok()) else {
                return;
            };
            // what cannot be read is told to whoever asks
            let _ = madar_case::guarded(|| {
                let told = laid.told(Tongue::default());
                told.asked.overview(0);
                told.asked.drawn(crate::api::TIES);
                told.review();
                told.asked.timeline_of(None, crate::api::DATED)?;
                told.asked.look_at_sources();
                Ok::<(), crate::failure::Problem>(())
            });
        });
    }

    fn let_go(&self) {
        let mut laid = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        let watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        // what cannot be looked at is told to whoever asks
        let stamp = watch.stamp().ok();
        laid.take_if(|held| Some(held.stamp) != stamp);
    }

    pub(crate) fn name(&self) -> String {
        self.name.clone()
    }

    /// A connection of one's own, to write with.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub(crate) fn open(&self) -> Result<Case, CaseError> {
        let mut case = Case::open(&self.path)?;
        case.clock(now());
        Ok(case)
    }

    /// Asks the file itself, what is not kept in hand.
    ///
    /// # Errors
    /// What `question` fails with.
    pub(crate) fn look<T>(
        &self,
        question: impl FnOnce(&Case) -> Result<T, CaseError>,
    ) -> Result<T, CaseError> {
        question(&self.watch.lock().unwrap_or_else(PoisonError::into_inner))
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
            asked: watch.asked(&KIT)?.against(watch.register()?),
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
        self.told[at].get_or_init(|| Told {
            asked: self.asked.also_in(tongue),
            review: OnceLock::new(),
        })
    }
}
