//! Whatever comes in, a document or an error goes out, and every span and place lies in the text. The first byte chooses the name
//! that the file goes by, the rest is the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use madar_open::{Given, open_all};

const NAMES: [&str; 8] = ["a.pdf", "a.csv", "a.txt", "a.html", "a.md", "result.json", "a.xml", "a"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(first) % NAMES.len()];
    let given = Given { origin: Some(name.to_owned()), ..Given::default() };
    for document in open_all(bytes, &given).into_iter().flatten() {
        let mut last = 0;
        for block in &document.blocks {
            assert!(block.span.start >= last && block.span.start <= block.span.end);
            assert!(document.text.get(block.span.start as usize..block.span.end as usize).is_some());
            last = block.span.end;
        }
        assert!(document.places.windows(2).all(|two| two[0].start <= two[1].start));
        assert!(document.places.iter().all(|place| document.text.is_char_boundary(place.start as usize)));
    }
});
