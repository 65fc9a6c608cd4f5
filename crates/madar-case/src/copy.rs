//! A case as one run of bytes, for whoever packs it: what cannot be computed again, and no more.

use std::time::Duration;

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
        let backup = Backup::new(&self.store, &mut copy)?;
        backup.run_to_completion(PAGES, Duration::from_millis(1), None)?;
        drop(backup);
        projection::empty_all(&copy)?;
        copy.execute_batch("VACUUM")?;
        Ok(copy.serialize(MAIN_DB)?.to_vec())
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
