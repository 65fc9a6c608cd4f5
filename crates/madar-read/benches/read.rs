//! Reading as a whole and its first step, by language. `cargo bench -p madar-read`.

use std::sync::LazyLock;

use madar_read::{Kit, read, words};
use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};

static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

fn main() {
    LazyLock::force(&KIT);
    divan::main();
}

/// Twenty paragraphs of ours.
fn document(lang: Lang) -> Document {
    let line = match lang {
        Lang::Ar => {
            "وقال كريم حداد، رئيس مجموعة الأرز القابضة، إن المجموعة ستشتري حصة قدرها 40 في المئة من ميناء فولنا مقابل 20 مليون دولار. والتقى حداد بافل أورلوف في جنيف الثلاثاء الماضي.\n"
        }
        Lang::Ru => {
            "Карим Хаддад, глава группы «Кедр», сообщил, что компания купит 40% порта «Волна» за 20 млн долларов. Он встретился с Павлом Орловым в Женеве 4 марта.\n"
        }
        _ => {
            "Karim Haddad, chairman of Cedar Holding, said the group would buy a 40 percent stake in Volna Port for $20 million. He met Pavel Orlov in Geneva on Tuesday.\n"
        }
    };
    let text = line.repeat(20);
    let mut start = 0;
    let block = |line: &str| {
        let span = Span::from_range(start..start + line.len()).trim(&text);
        start += line.len();
        Block {
            span,
            kind: BlockKind::Paragraph,
            lang,
            repeats: false,
        }
    };
    let blocks = text.split_inclusive('\n').map(block).collect();
    Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text,
        blocks,
        places: Vec::new(),
        warnings: Vec::new(),
    }
}

#[divan::bench(args = [Lang::Ar, Lang::En, Lang::Ru])]
fn words_of(bencher: divan::Bencher<'_, '_>, lang: Lang) {
    let document = document(lang);
    bencher
        .counter(divan::counter::BytesCount::of_str(&document.text))
        .bench(|| words::words(&document, &KIT).len());
}

#[divan::bench(args = [Lang::Ar, Lang::En, Lang::Ru])]
fn whole(bencher: divan::Bencher<'_, '_>, lang: Lang) {
    let document = document(lang);
    bencher
        .counter(divan::counter::BytesCount::of_str(&document.text))
        .bench(|| read(&document, &KIT).facts.len());
}
