//! What is read of the files of one list: `cargo run --release -p madar-open --example list -- FILE…`

use std::fs::File;

use madar_open::{ListFile, import_list};

fn main() {
    let files = std::env::args().skip(1).map(|path| {
        let file = File::open(&path).expect("the file can be opened");
        ListFile::new(path, file)
    });
    match import_list(files.collect()) {
        Ok(import) => {
            for entry in &import.entries {
                println!("{entry:?}");
            }
            for broken in &import.broken {
                eprintln!("{}: {}", broken.place, broken.reason);
            }
            let names: usize = import.entries.iter().map(|entry| entry.names.len()).sum();
            eprintln!(
                "{}: {} entries, {names} names, {} broken",
                import.format,
                import.entries.len(),
                import.broken_count
            );
        }
        Err(error) => eprintln!("{error}\nhint: {}", error.hint()),
    }
}
