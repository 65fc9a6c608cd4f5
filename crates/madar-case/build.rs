//! A fingerprint of the code and the data that decide what linking finds: what a file holds that was linked by
//! another version is linked anew.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// What reading leaves to linking, linking itself, and how it is written down.
const CRATES: [&str; 4] = ["madar-text", "madar-names", "madar-read", "madar-link"];
const FOLDERS: [&str; 3] = ["src", "data", "lang"];

fn main() {
    let own = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let crates = own.parent().expect("a crate lies in a folder");
    let mut files = Vec::new();
    collect(&own.join("src"), &mut files);
    for name in CRATES {
        for folder in FOLDERS {
            collect(&crates.join(name).join(folder), &mut files);
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        std::fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=MADAR_LINKED_BY={:016x}", hasher.finish());
}

/// All files below a folder; none where it is not there.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
