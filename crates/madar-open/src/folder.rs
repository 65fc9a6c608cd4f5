//! The files below a folder, always in the same order: by the bytes of their paths. Links are not
//! followed and hidden files are skipped, so a folder can neither loop nor lead elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

use crate::FolderError;

/// The files below a folder, or the file itself. What cannot be looked into is an error in its
/// place and stops nothing.
pub fn files(path: &Path) -> Vec<Result<PathBuf, FolderError>> {
    let mut out = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        match entries(&path, &mut open) {
            Ok(true) => out.push(Ok(path)),
            Ok(false) => {}
            Err(source) => out.push(Err(FolderError { path, source })),
        }
    }
    out.sort_by(|a, b| bytes(a).cmp(bytes(b)));
    out
}

fn bytes(entry: &Result<PathBuf, FolderError>) -> &[u8] {
    let path = match entry {
        Ok(path) => path,
        Err(error) => &error.path,
    };
    path.as_os_str().as_encoded_bytes()
}

/// Whether the path is a file; a folder's entries are put among the open ones.
fn entries(path: &Path, open: &mut Vec<PathBuf>) -> std::io::Result<bool> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if !kind.is_dir() {
        return Ok(kind.is_file());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            open.push(entry.path());
        }
    }
    Ok(false)
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
        let told = files(root.path());
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
        assert!(files(root.path()).is_empty());
    }

    #[test]
    fn what_is_not_there_is_told() {
        let told = files(Path::new("no/such/folder"));
        assert!(
            told[0]
                .as_ref()
                .is_err_and(|e| e.to_string().contains("no/such/folder"))
        );
    }
}
