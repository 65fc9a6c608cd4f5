//! Where a case is at home: in its file, or in a database that a team shares, of which the file is then a mirror.
//! Every change of a case goes through here.

use std::fs::File;
use std::path::Path;

use madar_team::{Address, Came, TeamError};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Case, CaseError, projection};

/// `None` for a file that is nobody's mirror.
pub(crate) type Home = Option<madar_team::Home>;

impl Case {
    /// A shared case: its mirror, brought up to date.
    pub(crate) fn shared(address: &Path) -> Result<Self, CaseError> {
        let home = madar_team::Home::at(Address::parse(address)?)?;
        let (mirror, lock) = home.mirror()?;
        let mut case = match Self::in_file(&mirror) {
            // it can be had anew
            Err(CaseError::NotACase(_) | CaseError::Damaged(_)) => {
                empty(&mirror).map_err(|why| TeamError::Mirror {
                    path: mirror.display().to_string(),
                    why,
                })?;
                Self::in_file(&mirror)?
            }
            other => other?,
        };
        home.settle(&case.store)?;
        drop(lock);
        case.home = Some(home);
        case.look_if_new()?;
        Ok(case)
    }

    /// Makes a change, all of it or nothing of it: there, where the case is shared, and in the file.
    pub(crate) fn change<T>(
        &mut self,
        make: impl FnOnce(&Transaction<'_>) -> Result<T, CaseError>,
    ) -> Result<T, CaseError> {
        let _turn = self.turn()?;
        let step = self
            .store
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(home) = &self.home else {
            let made = make(&step)?;
            step.commit()?;
            return Ok(made);
        };
        let came = home.begin(&step)?;
        let made = wash(&step, came).and_then(|()| make(&step));
        match made {
            Ok(made) => {
                home.commit(&step)?;
                // what is lost here comes back with the next look
                step.commit()?;
                self.after(came)?;
                Ok(made)
            }
            Err(error) => {
                home.give_up();
                Err(error)
            }
        }
    }

    /// Brings the mirror of a shared case up to date; gives whether there was something new.
    pub(crate) fn look_if_new(&self) -> Result<bool, CaseError> {
        let Some(home) = &self.home else {
            return Ok(false);
        };
        let is_new = home.has_news(&self.store)?;
        if is_new {
            self.looked(home)?;
        }
        Ok(is_new)
    }

    /// Who shares a mirror with others waits in line for it: SQLite would have him ask again and again.
    fn turn(&self) -> Result<Option<File>, CaseError> {
        let mirror = self.home.as_ref().map(madar_team::Home::mirror);
        Ok(mirror.transpose()?.map(|(_, turn)| turn))
    }

    fn looked(&self, home: &madar_team::Home) -> Result<(), CaseError> {
        let _turn = self.turn()?;
        let step = Transaction::new_unchecked(&self.store, TransactionBehavior::Immediate)?;
        let came = home.look(&step)?;
        wash(&step, came)?;
        step.commit()?;
        self.after(came)
    }

    /// How many rows of a mirror are not those of the database.
    pub(crate) fn differing_from_home(&self) -> Result<u64, CaseError> {
        let Some(home) = &self.home else {
            return Ok(0);
        };
        let step = Transaction::new_unchecked(&self.store, TransactionBehavior::Immediate)?;
        let differing = home.differing(&step)?;
        step.commit()?;
        Ok(differing)
    }

    /// What the case is called: its file without the extension, or its name in the database.
    pub fn name(&self) -> String {
        match &self.home {
            Some(home) => home.address().title().to_owned(),
            None => {
                let stem = self.path().file_stem();
                stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
            }
        }
    }

    /// What others have taken out leaves the file of the mirror, too.
    fn after(&self, came: Came) -> Result<(), CaseError> {
        if !came.gone {
            return Ok(());
        }
        match self.scrub() {
            // somebody looks at it: whoever scrubs next finishes
            Err(CaseError::Busy) => Ok(()),
            other => other,
        }
    }
}

/// What was derived from what is gone holds its words.
fn wash(step: &Connection, came: Came) -> Result<(), CaseError> {
    match came.gone {
        true => projection::wash(step),
        false => Ok(()),
    }
}

/// Empties a file and takes away the logs that SQLite keeps beside it.
fn empty(mirror: &Path) -> std::io::Result<()> {
    for log in ["madar-wal", "madar-shm", "madar-journal"] {
        let log = mirror.with_extension(log);
        if log.exists() {
            std::fs::remove_file(log)?;
        }
    }
    File::options().write(true).truncate(true).open(mirror)?;
    Ok(())
}
