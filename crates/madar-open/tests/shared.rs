//! The texts beside the repository that may not be copied into it. Without them this says so and
//! passes.

use std::path::{Path, PathBuf};

use madar_open::{Given, files, open};
use madar_text::{BlockKind, Document};

/// The folder `shared` beside the repository or above it.
fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here
        .ancestors()
        .map(|up| up.join("shared"))
        .find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: no folder `shared` beside the repository");
    }
    found
}

fn opened(path: &Path) -> Document {
    let bytes = std::fs::read(path).expect("a file that was listed");
    open(&bytes, &Given::default()).expect("an article in plain text")
}

#[test]
fn the_article_as_copied_from_its_page() {
    let Some(path) = shared().map(|s| s.join("articles/asharq-2025-12.ar.txt")) else {
        return;
    };
    let document = opened(&path);
    let count = |kind| document.blocks.iter().filter(|b| b.kind == kind).count();
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|b| b.kind).collect();
    use BlockKind::*;
    assert_eq!(
        kinds[..6],
        [Title, Kicker, Caption, Caption, Dateline, Paragraph]
    );
    assert!(document.blocks[3].repeats && !document.blocks[2].repeats);
    assert_eq!(count(Heading), 5);
    assert_eq!(count(Furniture), 5);
    let last = document.blocks.len();
    assert_eq!(kinds[last - 2..], [Furniture, Furniture]);
    let boxed = kinds.iter().position(|&k| k == Furniture).expect("a box");
    assert_eq!(
        kinds[boxed..boxed + 4],
        [Furniture, Furniture, Furniture, Paragraph]
    );
    assert!(
        document
            .blocks
            .iter()
            .all(|b| b.lang == madar_text::Lang::Ar)
    );
    assert_eq!(count(Paragraph) + 15, last);
}

#[test]
fn short_stories_with_a_dateline_below_the_title() {
    let Some(folder) = shared().map(|s| s.join("gold/stories")) else {
        return;
    };
    let all = files(&folder).map(|f| f.expect("a readable folder"));
    for path in all.filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let document = opened(&path);
        let kinds: Vec<BlockKind> = document.blocks.iter().map(|b| b.kind).collect();
        let name = path.display();
        assert_eq!(
            kinds[..2],
            [BlockKind::Title, BlockKind::Dateline],
            "{name}"
        );
        let body = kinds[2..].iter().all(|&k| k == BlockKind::Paragraph);
        assert!(body, "{name}: {kinds:?}");
    }
}

#[test]
fn articles_of_one_line_to_a_paragraph_keep_their_body() {
    let Some(folder) = shared().map(|s| s.join("gold/articles")) else {
        return;
    };
    let (mut titled, mut all) = (0, 0);
    let paths = files(&folder).map(|f| f.expect("a readable folder"));
    for path in paths.filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let document = opened(&path);
        for block in &document.blocks {
            let lost = [BlockKind::Furniture, BlockKind::Caption].contains(&block.kind);
            let told = block.span.of(&document.text);
            assert!(!lost, "{}: {}: {told}", path.display(), block.kind.name());
        }
        titled += usize::from(document.blocks[0].kind == BlockKind::Title);
        all += 1;
    }
    assert!(titled + 1 >= all, "{titled} of {all} have a title");
}
