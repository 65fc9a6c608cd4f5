//! A case copied: into a file, into a database, or as one run of bytes for whoever packs it. What cannot be computed
//! again, and no more.

use std::path::Path;
use std::time::Duration;

use madar_team::{Address, Home, is_address};

use rusqlite::backup::Backup;
use rusqlite::{Connection, MAIN_DB};

use crate::{Case, CaseError, projection};

/// Pages copied at a time: others may write between two steps.
const PAGES: i32 = 4096;

impl Case {
    /// The case as it stands, as the bytes of a case file; what is derived is left out.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn copied(&self) -> Result<Vec<u8>, CaseError> {
        let mut copy = Connection::open_in_memory()?;
        self.copy_into(&mut copy)?;
        Ok(copy.serialize(MAIN_DB)?.to_vec())
    }

    /// Copies the case as it stands into a file that is not there yet, or into a shared case that is new.
    ///
    /// # Errors
    /// When something is there already, the case cannot be read, or the copy not be written.
    pub fn copy_to(&self, to: &Path) -> Result<(), CaseError> {
        if is_address(to) {
            let home = Home::at(Address::parse(to)?)?;
            let of_one_moment = self.store.unchecked_transaction()?;
            home.fill(&of_one_moment)?;
            return Ok(());
        }
        if to.exists() {
            return Err(CaseError::Exists(to.to_owned()));
        }
        let mut copy = Connection::open(to)?;
        let copied = self.copy_into(&mut copy);
        if copied.is_err() {
            drop(copy);
            // half a copy is no case
            std::fs::remove_file(to).ok();
        }
        copied
    }

    fn copy_into(&self, copy: &mut Connection) -> Result<(), CaseError> {
        let backup = Backup::new(&self.store, copy)?;
        backup.run_to_completion(PAGES, Duration::from_millis(1), None)?;
        drop(backup);
        projection::empty_all(copy)?;
        // a copy of a mirror is nobody's mirror
        copy.execute_batch("DROP TABLE IF EXISTS mirrored; VACUUM;")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use madar_open::{Given, open};
    use madar_read::Kit;

    use crate::{Case, Said};

    #[test]
    fn a_copy_is_a_case() {
        let kit = Kit::bundled();
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
        let words = "Talks\n\nThe lawyer Curtis Weller met Mikael Sandqvist in Doha.\n";
        let document = open(words.as_bytes(), &Given::default()).unwrap();
        let reading = madar_read::read(&document, &kit);
        case.add(&document, &reading, Said::ByDocument).unwrap();
        assert_eq!(case.asked(&kit).unwrap().find("Weller").len(), 1);
        let other = folder.path().join("b.madar");
        std::fs::write(&other, case.copied().unwrap()).unwrap();
        let other = Case::open(&other).unwrap();
        assert_eq!(other.verify().unwrap().findings, []);
        assert_eq!(other.kept().unwrap(), case.kept().unwrap());
        assert_eq!(other.asked(&kit).unwrap().find("Weller").len(), 1);
    }
}
