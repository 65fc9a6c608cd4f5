//! Trains a model of names: an averaged perceptron, seeded, the same weights on every machine.

use std::path::Path;

use madar_read::Kit;
use madar_read::tagger::{self, LABELS, SLOTS, Tagger};
use madar_read::words::Sentence;
use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};

use crate::corpora::{self, Marked};

/// Rounds over the data: the held-out part stops gaining after about eight.
const ROUNDS: u32 = 10;
/// One document in so many is held out.
const HELD_OUT: u8 = 10;

struct Example {
    rows: Vec<Vec<u32>>,
    labels: Vec<usize>,
    held_out: bool,
}

pub(crate) fn train(lang: Lang, data: &Path, out: &Path) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let corpus = corpora::load(lang, data)?;
    let mut examples: Vec<Example> = Vec::new();
    for marked in &corpus {
        examples.extend(prepare(marked, lang, &kit));
    }
    let (test, mut train): (Vec<Example>, Vec<Example>) =
        examples.into_iter().partition(|e| e.held_out);
    eprintln!(
        "{} sentences to learn from, {} held out",
        train.len(),
        test.len()
    );
    let mut model = Perceptron::new();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..ROUNDS {
        shuffle(&mut train, &mut seed);
        let wrong = train.iter().filter(|example| model.learn(example)).count();
        eprintln!(
            "round {round}: {wrong} sentences wrong, held out {}",
            score(&model.averaged(), &test)
        );
    }
    let tagger = model.averaged();
    std::fs::write(out, tagger.to_bytes())?;
    println!("{} {}", lang.code(), score(&tagger, &test));
    Ok(())
}

/// The words of a text as the reader sees them, with the labels of its marks.
fn prepare(marked: &Marked, lang: Lang, kit: &Kit) -> Vec<Example> {
    let span = Span::from_range(0..marked.text.len());
    let document = Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: marked.text.clone(),
        blocks: vec![Block {
            span,
            kind: BlockKind::Paragraph,
            lang,
            repeats: false,
        }],
        warnings: Vec::new(),
    };
    let held_out = blake3::hash(marked.document.as_bytes()).as_bytes()[0].is_multiple_of(HELD_OUT);
    madar_read::words::words(&document, kit)
        .iter()
        .map(|sentence| Example {
            rows: tagger::features(sentence, &kit.hints(sentence)),
            labels: labels(sentence, &marked.names),
            held_out,
        })
        .collect()
}

fn labels(sentence: &Sentence, names: &[(Span, usize)]) -> Vec<usize> {
    let mut last: Option<usize> = None;
    sentence
        .words
        .iter()
        .map(|word| {
            let found = names.iter().position(|(span, _)| span.overlaps(word.host));
            let label = found.map_or(tagger::OUTSIDE, |at| {
                let inside = usize::from(last == Some(at));
                1 + 2 * names[at].1 + inside
            });
            last = found;
            label
        })
        .collect()
}

/// xorshift: the order is the same everywhere.
fn shuffle(examples: &mut [Example], seed: &mut u64) {
    for at in (1..examples.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        let other = usize::try_from(*seed % (at as u64 + 1)).expect("below the length");
        examples.swap(at, other);
    }
}

/// Weights with their running sums; `step` counts sentences.
struct Perceptron {
    now: Vec<[i32; LABELS]>,
    sum: Vec<[i64; LABELS]>,
    steps: [[i32; LABELS]; LABELS],
    step_sum: [[i64; LABELS]; LABELS],
    step: i64,
}

impl Perceptron {
    fn new() -> Self {
        Self {
            now: vec![[0; LABELS]; SLOTS],
            sum: vec![[0; LABELS]; SLOTS],
            steps: [[0; LABELS]; LABELS],
            step_sum: [[0; LABELS]; LABELS],
            step: 0,
        }
    }

    /// Learns from one sentence; true if it was wrong before.
    fn learn(&mut self, example: &Example) -> bool {
        self.step += 1;
        let steps = self
            .steps
            .map(|row| row.map(|w| i16::try_from(w.clamp(-30_000, 30_000)).expect("clamped")));
        let scores = example.rows.iter().map(|row| {
            let mut scores = [0i32; LABELS];
            for &slot in row {
                for (score, weight) in scores.iter_mut().zip(&self.now[slot as usize]) {
                    *score += weight;
                }
            }
            scores
        });
        let guess = tagger::decode(scores, &steps);
        if guess == example.labels {
            return false;
        }
        for (at, (&right, &wrong)) in example.labels.iter().zip(&guess).enumerate() {
            let before = at.checked_sub(1).map(|i| (example.labels[i], guess[i]));
            if right != wrong {
                for &slot in &example.rows[at] {
                    self.change(slot as usize, right, 1);
                    self.change(slot as usize, wrong, -1);
                }
            }
            if let Some((right_before, wrong_before)) = before
                && (right_before, right) != (wrong_before, wrong)
            {
                self.change_step(right_before, right, 1);
                self.change_step(wrong_before, wrong, -1);
            }
        }
        true
    }

    /// The sum weighs a change by the sentences still to come when it is divided at the end.
    fn change(&mut self, slot: usize, label: usize, by: i32) {
        self.now[slot][label] += by;
        self.sum[slot][label] += i64::from(by) * self.step;
    }

    fn change_step(&mut self, before: usize, label: usize, by: i32) {
        self.steps[before][label] += by;
        self.step_sum[before][label] += i64::from(by) * self.step;
    }

    /// Averages, in sixteenths of a step of learning.
    fn averaged(&self) -> Tagger {
        let total = self.step + 1;
        let mean = |now: i32, sum: i64| -> i16 {
            let value = (i64::from(now) * total - sum) * 16 / total;
            i16::try_from(value.clamp(-32_000, 32_000)).expect("clamped")
        };
        let weights = self
            .now
            .iter()
            .zip(&self.sum)
            .map(|(now, sum)| std::array::from_fn(|l| mean(now[l], sum[l])));
        let steps = std::array::from_fn(|b| {
            std::array::from_fn(|l| mean(self.steps[b][l], self.step_sum[b][l]))
        });
        Tagger::new(weights.collect(), steps)
    }
}

/// Exact F1 of names over the held-out part, all classes and each.
fn score(tagger: &Tagger, test: &[Example]) -> String {
    let mut counts = [[0u32; 3]; 5];
    for example in test {
        let guess = chunks(&tagger.tag_rows(&example.rows));
        let gold = chunks(&example.labels);
        for chunk in &gold {
            let hit = guess.contains(chunk);
            for at in [chunk.2, 4] {
                counts[at][0] += u32::from(hit);
                counts[at][2] += 1;
            }
        }
        for chunk in &guess {
            counts[chunk.2][1] += 1;
            counts[4][1] += 1;
        }
    }
    let f1 =
        |[hit, found, gold]: [u32; 3]| 200.0 * f64::from(hit) / f64::from((found + gold).max(1));
    format!(
        "F1 {:.1} (person {:.1}, place {:.1}, organisation {:.1}, other {:.1})",
        f1(counts[4]),
        f1(counts[0]),
        f1(counts[1]),
        f1(counts[2]),
        f1(counts[3])
    )
}

/// Begin, end and class of each name.
fn chunks(labels: &[usize]) -> Vec<(usize, usize, usize)> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    for (at, &label) in labels.iter().enumerate() {
        let Some(class) = tagger::class_of(label) else {
            continue;
        };
        match out
            .last_mut()
            .filter(|last| !tagger::begins(label) && last.1 == at)
        {
            Some(last) => last.1 = at + 1,
            None => out.push((at, at + 1, class)),
        }
    }
    out
}
