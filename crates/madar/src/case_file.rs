//! Which case is meant: `--case`, else `MADAR_CASE`, else the only case in the current folder.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::failure::Hinted;

/// The extension of case files.
pub(crate) const EXTENSION: &str = "madar";

/// `asked` is `--case` or `MADAR_CASE`, in this order.
pub(crate) fn case_file(asked: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    if let Some(path) = asked {
        return Ok(path);
    }
    let mut found = cases_in(Path::new("."))?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Hinted::new(
            "no case is named and none is in this folder",
            "name one with --case NAME.madar, or set MADAR_CASE",
        )
        .into()),
        _ => {
            let names: Vec<String> = found.iter().map(|p| p.display().to_string()).collect();
            Err(Hinted::new(
                format!("this folder has several cases: {}", names.join(", ")),
                "say which with --case NAME.madar",
            )
            .into())
        }
    }
}

/// The case that is to be made; `asked` as for [`case_file`].
pub(crate) fn new_case(asked: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    asked.ok_or_else(|| {
        Hinted::new(
            "no case is named",
            "name the new one with --case NAME.madar",
        )
        .into()
    })
}

fn cases_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).context("cannot look into the current folder")? {
        let path = entry.context("cannot look into the current folder")?.path();
        if path.extension().is_some_and(|e| e == EXTENSION) && path.is_file() {
            found.push(path.strip_prefix(".").unwrap_or(&path).to_owned());
        }
    }
    found.sort();
    Ok(found)
}

/// What the files beside cases are called that hold how far `madar watch` has come.
pub(crate) const WATCHED: &str = "madar-watch";

/// Case files, the logs that SQLite keeps beside them and what watching does: never read as articles.
pub(crate) fn is_case(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    matches!(
        extension,
        "madar" | "madar-wal" | "madar-shm" | "madar-journal" | WATCHED
    )
}
