//! The files below a folder, always in the same order: by the bytes of their paths. Links are not
//! followed and hidden files are skipped, so a folder can neither loop nor lead elsewhere.

use std::cmp::Ordering;
use std::fs;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use crate::FolderError;

/// The files below a folder, or the file itself. What cannot be looked into is an error in its
/// place and stops nothing. A folder is looked into when its turn comes, so that the first file is there at once
/// and memory holds the folders on the way to it, however many files there are.
pub fn files(path: &Path) -> Files {
    let first = fs::symlink_metadata(path).map(|about| about.file_type());
    Files {
        left: vec![Entry::of(path.to_owned(), first)],
    }
}

/// See [`files`].
pub struct Files {
    /// What is still to be looked at; the next one last.
    left: Vec<Entry>,
}

struct Entry {
    path: PathBuf,
    kind: Kind,
}

enum Kind {
    File,
    Folder,
    /// A link, a device.
    Other,
    Unknown(std::io::Error),
}

impl Iterator for Files {
    type Item = Result<PathBuf, FolderError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Entry { path, kind } = self.left.pop()?;
            let source = match kind {
                Kind::File => return Some(Ok(path)),
                Kind::Other => continue,
                Kind::Unknown(source) => source,
                Kind::Folder => match entries(&path) {
                    Ok(entries) => {
                        self.left.extend(entries);
                        continue;
                    }
                    Err(source) => source,
                },
            };
            return Some(Err(FolderError { path, source }));
        }
    }
}

/// The entries of a folder, the last one first.
fn entries(folder: &Path) -> std::io::Result<Vec<Entry>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            out.push(Entry::of(entry.path(), entry.file_type()));
        }
    }
    out.sort_unstable_by(|a, b| b.compared(a));
    Ok(out)
}

impl Entry {
    fn of(path: PathBuf, kind: std::io::Result<fs::FileType>) -> Self {
        let kind = match kind {
            Ok(kind) if kind.is_dir() => Kind::Folder,
            Ok(kind) if kind.is_file() => Kind::File,
            Ok(_) => Kind::Other,
            Err(error) => Kind::Unknown(error),
        };
        Self { path, kind }
    }

    /// A folder stands where its files stand: `b.txt` comes before `b/1.txt`.
    fn compared(&self, other: &Self) -> Ordering {
        self.signs().cmp(other.signs())
    }

    fn signs(&self) -> impl Iterator<Item = u8> {
        let ends = match self.kind {
            Kind::Folder => MAIN_SEPARATOR_STR,
            _ => "",
        };
        let path = self.path.as_os_str().as_encoded_bytes();
        path.iter().copied().chain(ends.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_byte_order() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("b")).unwrap();
        for name in ["b/2.txt", "b/10.txt", "b.txt", "a.txt", ".hidden", "я.txt"] {
            fs::write(root.path().join(name), "x").unwrap();
        }
        let told: Vec<_> = files(root.path()).collect();
        let names = told
            .iter()
            .map(|f| f.as_ref().unwrap().strip_prefix(root.path()).unwrap());
        let names: Vec<_> = names
            .map(|p| p.to_string_lossy().replace('\\', "/"))
            .collect();
        assert_eq!(names, ["a.txt", "b.txt", "b/10.txt", "b/2.txt", "я.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
        assert_eq!(files(root.path()).count(), 0);
    }

    #[test]
    fn what_is_not_there_is_told() {
        let told: Vec<_> = files(Path::new("no/such/folder")).collect();
        let [Err(error)] = &told[..] else {
            panic!("{told:?}");
        };
        assert!(error.to_string().contains("no/such/folder"));
    }
}
