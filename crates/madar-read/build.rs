//! Gives the reader its version: the package's own and a hash of everything that bends a reading
//! (code, language packs, tables, models), so that a case knows which of its readings are old.

use std::path::{Path, PathBuf};
use std::{env, fs};

const PARTS: [&str; 4] = ["src", "lang", "data", "models"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut hash = Fnv::default();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        add(&root.join(part), &root, &mut hash);
    }
    let package = env::var("CARGO_PKG_VERSION").expect("cargo sets it");
    println!(
        "cargo::rustc-env=MADAR_READ_VERSION={package}-{:016x}",
        hash.0
    );
}

fn add(path: &Path, root: &Path, hash: &mut Fnv) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .expect("a folder of this package")
            .map(|entry| entry.expect("a folder of this package").path())
            .collect();
        entries.sort();
        entries.iter().for_each(|entry| add(entry, root, hash));
        return;
    }
    let name = path.strip_prefix(root).unwrap_or(path);
    hash.add(name.to_string_lossy().replace('\\', "/").as_bytes());
    hash.add(&fs::read(path).unwrap_or_default());
}

/// FNV-1a: nobody attacks it here, and it needs no dependency.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
