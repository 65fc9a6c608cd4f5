//! Trains the fast reader's models of descriptions and of facts.

use std::path::Path;

use madar_read::Kit;
use madar_read::encoder::facts::DESCRIBED;
use madar_read::tagger::{self, Rows, SLOTS as TAGGER_SLOTS};
use madar_read::told::linear::{PAIR_WIDTH, SINGLE_WIDTH, SLOTS, STEPS, Seen, to_bytes};
use madar_read::told::{PAIR_LABELS, SINGLES};
use madar_text::Lang;

use crate::learner::Learner;
use crate::lessons::{Labels, lessons};
use crate::taught;
use crate::train::{self, shuffle};

/// Rounds over the data for descriptions and for facts: the held-out part stops gaining then.
const ROUNDS: u32 = 10;
const FACT_ROUNDS: u32 = 12;

pub(crate) fn train(lang: Lang, data: &Path, out: &Path) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let mut words: Vec<(Rows, Vec<usize>, bool)> = Vec::new();
    let (mut pairs, mut singles) = (Vec::new(), Vec::new());
    for taught in taught::taught(lang, data)? {
        let held_out = train::is_held_out(&taught.document);
        let sentences = train::sentences(&taught.marked(), lang, &kit);
        for (lesson, sentence) in lessons(&taught, lang, &sentences, &kit)
            .iter()
            .zip(&sentences)
        {
            let rows = tagger::features(sentence, &kit.hints(sentence));
            words.push((rows, lesson.described.clone(), held_out));
            let seen = Seen::new(sentence, &lesson.spots);
            for (a, b, labels) in &lesson.pairs {
                pairs.extend(Example::new(seen.pair(*a, *b), labels, held_out));
            }
            for (at, labels) in lesson.singles.iter().enumerate() {
                singles.extend(Example::new(seen.single(at), labels, held_out));
            }
        }
    }
    described(lang, words, out)?;
    let pairs = Table::learned(PAIR_LABELS, PAIR_WIDTH, pairs, "pairs");
    let singles = Table::learned(SINGLES.len(), SINGLE_WIDTH, singles, "singles");
    let bytes = to_bytes(&pairs.rows(), &singles.rows());
    let file = out.join(format!("{}.facts", lang.code()));
    println!("{}: {} bytes", file.display(), bytes.len());
    std::fs::write(file, bytes)?;
    Ok(())
}

fn described(
    lang: Lang,
    sentences: Vec<(Rows, Vec<usize>, bool)>,
    out: &Path,
) -> anyhow::Result<()> {
    let (test, mut learn): (Vec<_>, Vec<_>) = sentences.into_iter().partition(|s| s.2);
    let mut seen = vec![0u8; TAGGER_SLOTS];
    for slot in learn.iter().flat_map(|s| s.0.iter().flatten()) {
        seen[*slot as usize] = seen[*slot as usize].saturating_add(1);
    }
    for sentence in &mut learn {
        sentence.0.retain(|slot| seen[slot as usize] >= SEEN);
    }
    let mut model = Learner::<DESCRIBED>::new();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..ROUNDS {
        shuffle(&mut learn, &mut seed);
        for sentence in &learn {
            model.learn(&sentence.0, &sentence.1);
        }
    }
    let tagger = model.averaged();
    let (mut hit, mut found, mut gold) = (0, 0, 0);
    for (rows, labels, _) in &test {
        let (guess, right) = (train::chunks(&tagger.tag_rows(rows)), train::chunks(labels));
        hit += guess.iter().filter(|c| right.contains(c)).count();
        found += guess.len();
        gold += right.len();
    }
    println!(
        "{} descriptions held out: {hit} right of {found} found, {gold} there",
        lang.code()
    );
    std::fs::write(
        out.join(format!("{}.described", lang.code())),
        tagger.to_bytes(),
    )?;
    Ok(())
}

/// Features seen once teach nothing that holds elsewhere.
const SEEN: u8 = 2;

struct Example {
    slots: Vec<u32>,
    labels: Vec<usize>,
    status: Option<usize>,
    held_out: bool,
}

impl Example {
    /// None where it is neither right nor wrong that something is told.
    fn new(mut slots: Vec<u32>, labels: &Labels, held_out: bool) -> Option<Self> {
        slots.sort_unstable();
        slots.dedup();
        (!labels.open || !labels.list.is_empty()).then(|| Self {
            slots,
            labels: labels.list.iter().copied().collect(),
            status: labels.status,
            held_out,
        })
    }
}

/// The first steps of learning; AdaGrad shortens them.
const RATE: f32 = 0.04;
/// What a weight that nothing confirms loses with each step in which its feature is seen.
const DECAY: f32 = 2e-3;

/// Of a hundred features of an example so many are forgotten each time it is seen.
const FORGOTTEN: u64 = 30;

struct Table {
    labels: usize,
    width: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Table {
    fn learned(labels: usize, width: usize, examples: Vec<Example>, name: &str) -> Self {
        let mut table = Self {
            labels,
            width,
            weights: vec![0.0; SLOTS * width],
            squares: vec![1e-3; SLOTS * width],
        };
        let (test, mut learn): (Vec<Example>, Vec<Example>) =
            examples.into_iter().partition(|e| e.held_out);
        let mut seen = vec![0u8; SLOTS];
        for slot in learn.iter().flat_map(|e| &e.slots) {
            seen[*slot as usize] = seen[*slot as usize].saturating_add(1);
        }
        for example in &mut learn {
            example.slots.retain(|slot| seen[*slot as usize] >= SEEN);
        }
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        for round in 0..FACT_ROUNDS {
            shuffle(&mut learn, &mut seed);
            let loss: f32 = learn.iter().map(|e| table.learn(e, &mut seed)).sum();
            let loss = loss / learn.len() as f32;
            eprintln!(
                "{name} round {round}: loss {loss:.3}, {}",
                table.measured(&test)
            );
        }
        println!("{name} held out: {}", table.measured(&test));
        table
    }

    /// Likelihoods of labels, then of statuses.
    fn scores(&self, slots: &[u32]) -> Vec<f32> {
        let mut out = vec![0.0; self.width];
        for &slot in slots {
            let row = &self.weights[slot as usize * self.width..][..self.width];
            out.iter_mut().zip(row).for_each(|(sum, w)| *sum += w);
        }
        out
    }

    /// Learns from some of the features of an example, others each time.
    fn learn(&mut self, example: &Example, seed: &mut u64) -> f32 {
        let mut slots = example.slots.clone();
        slots.retain(|_| train::next(seed) % 100 >= FORGOTTEN);
        let scores = self.scores(&slots);
        let mut slopes = vec![0.0; self.width];
        let mut loss = 0.0;
        for label in 0..self.labels {
            let likely = 1.0 / (1.0 + (-scores[label]).exp());
            let right = if example.labels.contains(&label) {
                1.0
            } else {
                0.0
            };
            slopes[label] = likely - right;
            loss -= (1.0 - (likely - right).abs()).max(1e-6).ln();
        }
        if let Some(status) = example.status {
            let own = &scores[self.labels..];
            let most = own.iter().copied().fold(f32::MIN, f32::max);
            let all: f32 = own.iter().map(|s| (s - most).exp()).sum();
            for (at, score) in own.iter().enumerate() {
                let right = if at == status { 1.0 } else { 0.0 };
                slopes[self.labels + at] = (score - most).exp() / all - right;
            }
        }
        for &slot in &slots {
            let from = slot as usize * self.width;
            for (at, slope) in slopes.iter().enumerate().filter(|(_, s)| **s != 0.0) {
                let weight = &mut self.weights[from + at];
                let square = &mut self.squares[from + at];
                let slope = slope + DECAY * *weight;
                *square += slope * slope;
                *weight -= RATE * slope / square.sqrt();
            }
        }
        loss
    }

    /// Precision and recall of labels, at likelihoods of a third and a half, and how many statuses are right.
    fn measured(&self, test: &[Example]) -> String {
        let mut out = String::new();
        let scored: Vec<(Vec<f32>, &Example)> =
            test.iter().map(|e| (self.scores(&e.slots), e)).collect();
        for bar in [-0.7, 0.0] {
            let (mut hit, mut found, mut gold) = (0, 0, 0);
            for (scores, example) in &scored {
                for (label, score) in scores[..self.labels].iter().enumerate() {
                    let right = example.labels.contains(&label);
                    hit += usize::from(right && *score > bar);
                    found += usize::from(*score > bar);
                    gold += usize::from(right);
                }
            }
            let percent = |of: usize| 100 * hit / of.max(1);
            out += &format!("P {} R {} of {gold}; ", percent(found), percent(gold));
        }
        let held = scored.iter().filter_map(|(scores, example)| {
            let own = &scores[self.labels..];
            let best = (0..own.len()).max_by(|&a, &b| own[a].total_cmp(&own[b]));
            Some(best == Some(example.status?))
        });
        let held: Vec<bool> = held.collect();
        let right = held.iter().filter(|right| **right).count();
        format!("{out}status {right} of {}", held.len())
    }

    /// Whole-number weights of the slots that have any.
    fn rows(&self) -> Vec<(u32, Vec<i16>)> {
        let rows = self.weights.chunks_exact(self.width).enumerate();
        let rows = rows.map(|(slot, row)| {
            #[allow(clippy::cast_possible_truncation)] // far below the ends of i16
            let whole = row.iter().map(|w| (w * STEPS as f32).round() as i16);
            let slot = u32::try_from(slot).expect("slots are few");
            (slot, whole.collect::<Vec<i16>>())
        });
        rows.filter(|(_, row)| row.iter().any(|&w| w != 0))
            .collect()
    }
}
