//! The bundled articles, read.

use madar_open::{Given, open};
use madar_read::{Kit, Reading};
use madar_text::Document;

/// In order of their names.
pub(crate) fn articles(kit: &Kit) -> Vec<(Document, Reading)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let document = open(&std::fs::read(path).unwrap(), &Given::default()).unwrap();
        let reading = madar_read::read(&document, kit);
        (document, reading)
    };
    paths.iter().map(read).collect()
}
