//! Laws of the accurate reader: the same labels on every processor, every word read once, its pieces
//! its own; a damaged file of weights is told. On a tiny network of arbitrary weights.

use std::sync::LazyLock;

use madar_kernel::Level;
use madar_read::encoder::facts::{CROSSED, DESCRIBED, DISTANCES, SORTS, WIDTH};
use madar_read::encoder::pieces::SPECIAL;
use madar_read::encoder::windows::WINDOW;
use madar_read::encoder::{
    Encoder, OWN, Pieces, RawFacts, RawLayer, RawMatrix, Weights, WeightsError, windows,
};
use madar_read::tagger::LABELS;
use madar_read::told::{PAIR_LABELS, SINGLES, Spot, pairs};
use madar_read::words::{Sentence, words};
use madar_read::{EntityKind, Kit, ReferentId, Status};
use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};
use proptest::prelude::*;

static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

const HIDDEN: usize = 32;
const INNER: usize = 64;

/// xorshift: numbers between -1 and 1, the same in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn roll(&mut self) -> f32 {
        (self.next() % 2001) as f32 / 1000.0 - 1.0
    }

    fn many(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.roll()).collect()
    }
}

fn vocabulary() -> Vec<(Box<str>, i32)> {
    let special = SPECIAL.iter().map(|&s| (s.into(), 0));
    let letters =
        "abcdefghijklmnopqrstuvwxyz▁.,'-ابتثجحخدذرزسشصضطظعغفقكلمنهويабвгдежзиклмнопрстуфхцч";
    let letters = letters.chars().map(|c| (c.to_string().into(), -8000));
    let longer = ["▁the", "▁و", "وت", "▁мос", "ква", "in"].map(|p| (p.into(), -5000));
    special.chain(letters).chain(longer).collect()
}

fn tiny() -> Weights {
    let mut dice = Dice(7);
    let vocabulary = vocabulary();
    let mut matrix = |inputs: usize, outputs: usize| {
        let weights = dice.many(inputs * outputs);
        RawMatrix::quantised(inputs, &weights, dice.many(outputs))
    };
    let layers: Vec<[RawMatrix; 4]> = (0..2)
        .map(|_| {
            [
                matrix(HIDDEN, 3 * HIDDEN),
                matrix(HIDDEN, HIDDEN),
                matrix(HIDDEN, INNER),
                matrix(INNER, HIDDEN),
            ]
        })
        .collect();
    let mut norm = || [dice.many(HIDDEN), dice.many(HIDDEN)];
    let layers = layers
        .into_iter()
        .map(|matrices| RawLayer {
            matrices,
            norms: [norm(), norm()],
        })
        .collect();
    let norm = norm();
    // Blocks of four bits: a scale of 1/8 (0x3000), then arbitrary weights.
    let block = |dice: &mut Dice| {
        let bytes = (0..16).map(|_| dice.next().to_le_bytes()[2]);
        [0x00, 0x30].into_iter().chain(bytes).collect::<Vec<u8>>()
    };
    Weights {
        words: (0..vocabulary.len())
            .flat_map(|_| block(&mut dice))
            .collect(),
        vocabulary,
        hidden: HIDDEN,
        inner: INNER,
        heads_of_attention: 2,
        places: dice.many(WINDOW * HIDDEN),
        norm,
        layers,
        reading: 1,
        heads: vec![(OWN.into(), dice.many(LABELS * (HIDDEN + 1)))],
        facts: Some(facts(&mut dice)),
    }
}

fn facts(dice: &mut Dice) -> RawFacts {
    let statuses = Status::ALL.len();
    let mut matrix = |inputs: usize, outputs: usize| {
        let weights = dice.many(inputs * outputs);
        RawMatrix::quantised(inputs, &weights, dice.many(outputs))
    };
    RawFacts {
        mention: matrix(HIDDEN, 3 * WIDTH),
        sentence: matrix(HIDDEN, 2 * WIDTH),
        between: matrix(HIDDEN, WIDTH),
        deep: [matrix(WIDTH, WIDTH), matrix(WIDTH, WIDTH)],
        marks: dice.many(2 * SORTS * HIDDEN),
        described: dice.many(DESCRIBED * (HIDDEN + 1)),
        pairs: dice.many((PAIR_LABELS + statuses) * (WIDTH + 1)),
        singles: dice.many((SINGLES.len() + statuses) * (WIDTH + 1)),
        sorts: [(); 3].map(|()| dice.many(SORTS * WIDTH)),
        distances: dice.many(DISTANCES * WIDTH),
        crossed: dice.many(CROSSED * WIDTH),
    }
}

/// Mentions of one word and of two, side by side from the first word on.
fn spots(sentence: &Sentence) -> Vec<Spot> {
    let words = sentence.words.len();
    let starts = (0..words).step_by(3).take(6);
    let spot = |from: usize| Spot {
        from,
        to: (from + 1 + from % 2).min(words),
        kind: EntityKind::ALL[from % EntityKind::ALL.len()],
        named: from.is_multiple_of(2),
    };
    starts.map(spot).collect()
}

/// Scores of labels and statuses of all mentions of all sentences.
fn said(encoder: &Encoder, all: &[(&str, &Sentence)]) -> Vec<(Vec<i32>, Status, i32)> {
    let seen = encoder.see(all, OWN);
    let marked: Vec<Vec<Spot>> = all.iter().map(|(_, sentence)| spots(sentence)).collect();
    let related = encoder.relate(&seen, &marked);
    let mut out = Vec::new();
    for (at, (_, sentence)) in all.iter().enumerate() {
        let spots = spots(sentence);
        let things: Vec<ReferentId> = (0..spots.len()).map(ReferentId::new).collect();
        let pairs = pairs(&spots, &things);
        let Some(said) = encoder.said(&related, at, &spots, &pairs) else {
            assert!(spots.is_empty(), "facts are learned");
            continue;
        };
        assert_eq!(
            (said.singles.len(), said.pairs.len()),
            (spots.len(), pairs.len())
        );
        let all = said.singles.into_iter().chain(said.pairs);
        out.extend(all.map(|told| (told.labels, told.status, told.lead)));
    }
    out
}

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| tiny().to_bytes());

fn sentences(text: &str, lang: Lang) -> Vec<Sentence> {
    let document = Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: text.to_owned(),
        blocks: vec![Block {
            span: Span::from_range(0..text.len()),
            kind: BlockKind::Paragraph,
            lang,
            repeats: false,
        }],
        places: Vec::new(),
        warnings: Vec::new(),
    };
    words(&document, &KIT)
}

fn langs() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::Ar), Just(Lang::En), Just(Lang::Ru)]
}

/// Words of the three languages, signs, and anything at all.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zA-Z]{1,12}",
        4 => "[ابتثجدرسعفقكلمنهوي]{1,9}",
        4 => "[а-яА-Я]{1,12}",
        2 => "[.,!?«»\"'-]",
        1 => "\\PC{1,6}",
        1 => Just("a".repeat(300)),
    ];
    prop::collection::vec(word, 0..120).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_level_gives_the_same_scores(text in texts(), lang in langs()) {
        let sentences = sentences(&text, lang);
        let all: Vec<(&str, &Sentence)> = sentences.iter().map(|s| (text.as_str(), s)).collect();
        let at = |level| Encoder::from_bytes(&FILE).unwrap().at_level(level).scores(&all, OWN);
        let expected = at(Level::Portable);
        for level in Level::all() {
            prop_assert_eq!(&at(level), &expected, "{:?}", level);
        }
        let told = |level| said(&Encoder::from_bytes(&FILE).unwrap().at_level(level), &all);
        let expected_facts = told(Level::Portable);
        for level in Level::all() {
            prop_assert_eq!(&told(level), &expected_facts, "{:?}", level);
        }
        let lengths: Vec<usize> = expected.iter().map(Vec::len).collect();
        prop_assert_eq!(lengths, sentences.iter().map(|s| s.words.len()).collect::<Vec<_>>());
    }

    #[test]
    fn every_word_is_read_once(text in texts(), lang in langs()) {
        let sentences = sentences(&text, lang);
        let pieces = Pieces::new(vocabulary());
        let all = windows(sentences.iter().map(|s| (text.as_str(), s)), &pieces);
        let read: Vec<(usize, usize)> = all.iter().flat_map(|w| w.words.iter().map(|w| (w.sentence, w.word))).collect();
        let there: Vec<(usize, usize)> = sentences.iter().enumerate()
            .flat_map(|(at, s)| (0..s.words.len()).map(move |word| (at, word)))
            .collect();
        prop_assert_eq!(read, there);
        for window in &all {
            prop_assert!(window.pieces.len() <= WINDOW);
            prop_assert!(window.words.windows(2).all(|w| w[0].piece < w[1].piece));
            prop_assert!(window.words.iter().all(|w| (1..window.pieces.len() - 1).contains(&w.piece)));
        }
    }

    #[test]
    fn a_damaged_file_is_told(at in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        let mut file = FILE.clone();
        let at = at.index(file.len());
        file[at] ^= 0x10;
        let expected = if at < 8 { WeightsError::Foreign } else { WeightsError::Damaged };
        prop_assert_eq!(Encoder::from_bytes(&file).err(), Some(expected));
        let cut = cut.index(FILE.len());
        prop_assert!(Encoder::from_bytes(&FILE[..cut]).is_err());
    }
}

#[test]
fn a_word_is_cut_at_its_proclitic_and_by_the_likeliest_pieces() {
    let pieces = Pieces::new(vocabulary());
    let shown = |text: &str, lang: Lang| -> Vec<String> {
        let sentences = sentences(text, lang);
        let all = windows(sentences.iter().map(|s| (text, s)), &pieces);
        let names = vocabulary();
        let ids = all.iter().flat_map(|w| &w.pieces);
        ids.map(|&id| names[id as usize].0.to_string()).collect()
    };
    assert_eq!(
        shown("the inn", Lang::En),
        ["<s>", "▁the", "▁", "in", "n", "</s>"]
    );
    assert_eq!(shown("москва", Lang::Ru), ["<s>", "▁мос", "ква", "</s>"]);
    // و is a proclitic only where the rest is a word of the text itself.
    let cut = shown("قال سمير. وقال", Lang::Ar);
    assert!(
        cut.ends_with(&["▁و", "▁", "ق", "ا", "ل", "</s>"].map(str::to_owned)),
        "{cut:?}"
    );
}
