//! Prints the words of a text as the reader sees them: `words LANG TEXT`.
use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};
fn main() {
    let mut args = std::env::args().skip(1);
    let lang = Lang::from_code(&args.next().expect("a language"));
    let text = args.next().expect("a text");
    let span = Span::from_range(0..text.len());
    let blocks = vec![Block {
        span,
        kind: BlockKind::Paragraph,
        lang,
        repeats: false,
    }];
    let document = Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text,
        blocks,
        places: Vec::new(),
        warnings: Vec::new(),
    };
    for sentence in madar_read::words::words(&document, &madar_read::Kit::bundled()) {
        for w in sentence.words {
            println!(
                "{:?}\t{}\t{:?}\tcases {:06b}\t{:?}{}",
                w.host.of(&document.text),
                w.lemma,
                w.pos,
                w.cases.0,
                w.tense,
                if w.passive { " passive" } else { "" }
            );
        }
    }
}
