//! How fast names are prepared and compared: `cargo bench -p madar-names`.

use divan::{Bencher, black_box};
use madar_names::{Name, NameKind, compare, score};

const PAIRS: [(&str, &str); 4] = [
    ("كيريل ديميترييف", "Кирилл Дмитриев"),
    ("Gennady Timchenko", "Геннадий Николаевич Тимченко"),
    ("عبد الفتاح السيسي", "Abdel Fattah el-Sisi"),
    ("Steve Witkoff", "Jared Kushner"),
];

fn main() {
    divan::main();
}

#[divan::bench]
fn prepare(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Name::new(black_box("Геннадий Николаевич Тимченко"), NameKind::Person));
}

#[divan::bench(args = [0, 1, 2, 3])]
fn score_only(bencher: Bencher<'_, '_>, pair: usize) {
    let (a, b) = PAIRS[pair];
    let (a, b) = (
        Name::new(a, NameKind::Person),
        Name::new(b, NameKind::Person),
    );
    bencher.bench(|| score(black_box(&a), black_box(&b)));
}

#[divan::bench(args = [0, 1, 2, 3])]
fn with_reasons(bencher: Bencher<'_, '_>, pair: usize) {
    let (a, b) = PAIRS[pair];
    let (a, b) = (
        Name::new(a, NameKind::Person),
        Name::new(b, NameKind::Person),
    );
    bencher.bench(|| compare(black_box(&a), black_box(&b)));
}
