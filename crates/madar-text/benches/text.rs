//! Hot steps of text: folding, sentences, tokens. `cargo bench -p madar-text`.

use madar_text::{Lang, Span, fold, sentences, tokens};

fn main() {
    divan::main();
}

/// A paragraph of ours in each language, a few thousand letters long.
fn text(lang: Lang) -> String {
    let line = match lang {
        Lang::Ar => {
            "وقال كريم حداد، رئيس مجموعة الأرز القابضة، إن المجموعة ستشتري حصة قدرها 40 في المئة من ميناء فولنا مقابل 20 مليون دولار. "
        }
        Lang::Ru => {
            "Карим Хаддад, глава группы «Кедр», сообщил, что компания купит 40% порта «Волна» за 20 млн долларов у Павла Орлова. "
        }
        _ => {
            "Karim Haddad, chairman of Cedar Holding, said the group would buy a 40 percent stake in Volna Port for $20 million. "
        }
    };
    line.repeat(40)
}

#[divan::bench(args = [Lang::Ar, Lang::En, Lang::Ru])]
fn folding(bencher: divan::Bencher<'_, '_>, lang: Lang) {
    let text = text(lang);
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| text.split(' ').map(|word| fold(word).len()).sum::<usize>());
}

#[divan::bench(args = [Lang::Ar, Lang::En, Lang::Ru])]
fn cutting(bencher: divan::Bencher<'_, '_>, lang: Lang) {
    let text = text(lang);
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| {
            let all: Vec<Span> = sentences(&text, lang);
            all.into_iter()
                .map(|s| tokens(&text, s, lang).len())
                .sum::<usize>()
        });
}
