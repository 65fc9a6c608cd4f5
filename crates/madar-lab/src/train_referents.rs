//! Trains the model of whom descriptions mean, of all languages: mention ranking by maximum likelihood.

use std::collections::BTreeMap;
use std::path::Path;

use madar_read::Kit;
use madar_read::recalled::{Asked, SLOTS, STEPS, to_bytes};
use madar_text::{Lang, Span, TokenKind};

use crate::taught::{self, Taught};
use crate::train::{self, shuffle};

/// Rounds over the data: the held-out part stops gaining then.
const ROUNDS: u32 = 8;
/// The first steps of learning; AdaGrad shortens them.
const RATE: f32 = 0.05;
/// What a weight that nothing confirms loses with each step in which its feature is seen.
const DECAY: f32 = 2e-3;
/// Of a hundred features so many are forgotten each time an example is seen.
const FORGOTTEN: u64 = 40;
/// Features that are seen less often teach nothing that holds elsewhere.
const SEEN: u8 = 4;

/// Words of the texts that are learned from, a line each, for which vectors are made (`encoder/words.py`).
pub(crate) fn words(data: &Path) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for lang in Lang::READ {
        let texts = taught::taught(lang, data)?.into_iter();
        for taught in texts.chain(taught::articles(lang)?) {
            let document = train::article(&taught.text, lang);
            for sentence in madar_read::words::words(&document, &kit) {
                let words = sentence.words.into_iter();
                for word in words.filter(|w| !w.capital && w.kind == TokenKind::Word) {
                    *seen.entry(word.lemma).or_default() += 1;
                }
            }
        }
    }
    for (word, count) in seen {
        if count >= TOLD && word.chars().count() >= SHORTEST {
            println!("{word}");
        }
    }
    Ok(())
}

/// How often a word is told at least for which a vector is made, and its letters.
const TOLD: u32 = 4;
const SHORTEST: usize = 3;

struct Example {
    /// Features of nobody, then of each candidate.
    rows: Vec<Vec<u32>>,
    /// Which of them are right.
    right: Vec<bool>,
    /// Whom the rules take it for, 0 nobody.
    rules: usize,
    lang: Lang,
    /// How much it counts.
    weight: f32,
}

/// How much an article counts beside passages, of which there are many.
const ARTICLES: f32 = 6.0;

pub(crate) fn train(data: &Path, gold_articles: &Path, out: &Path) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let (mut learn, mut test) = (Vec::new(), Vec::new());
    for lang in Lang::READ {
        for (weight, texts) in [
            (1.0, taught::taught(lang, data)?),
            (ARTICLES, taught::articles(lang)?),
        ] {
            for taught in texts {
                let examples = examples(&taught, lang, &kit, weight);
                if train::is_held_out(&taught.document) {
                    test.extend(examples);
                } else {
                    learn.extend(examples);
                }
            }
        }
    }
    let mut seen = vec![0u8; SLOTS];
    for slot in learn.iter().flat_map(|e: &Example| e.rows.iter().flatten()) {
        seen[*slot as usize] = seen[*slot as usize].saturating_add(1);
    }
    for example in &mut learn {
        for row in &mut example.rows {
            row.retain(|slot| seen[*slot as usize] >= SEEN);
        }
    }
    let mut model = Model {
        weights: vec![0.0; SLOTS],
        squares: vec![1e-3; SLOTS],
    };
    println!("{} descriptions, {} held out", learn.len(), test.len());
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..ROUNDS {
        shuffle(&mut learn, &mut seed);
        let loss: f32 = learn.iter().map(|e| model.learn(e, &mut seed)).sum();
        eprintln!("round {round}: loss {:.3}", loss / learn.len() as f32);
    }
    for lang in Lang::READ {
        for (name, articles) in [("passages", false), ("articles", true)] {
            let of = |e: &&Example| e.lang == lang && (e.weight > 1.0) == articles;
            let own: Vec<&Example> = test.iter().filter(of).collect();
            print(&format!("{} {name}", lang.code()), &own, &model);
        }
        let gold = gold(gold_articles, lang)?;
        let gold = gold
            .iter()
            .flat_map(|taught| examples(taught, lang, &kit, 1.0));
        let gold: Vec<Example> = gold.collect();
        print(
            &format!("{} gold", lang.code()),
            &gold.iter().collect::<Vec<_>>(),
            &model,
        );
    }
    let weights = model
        .weights
        .iter()
        .enumerate()
        .filter_map(|(slot, weight)| {
            #[allow(clippy::cast_possible_truncation)] // weights are small
            let weight = (weight * STEPS as f32).round() as i16;
            let slot = u32::try_from(slot).expect("slots are few");
            (weight != 0).then_some((slot, weight))
        });
    let bytes = to_bytes(&weights.collect::<Vec<_>>());
    let file = out.join("referents");
    println!("{}: {} bytes", file.display(), bytes.len());
    std::fs::write(file, bytes)?;
    Ok(())
}

fn print(name: &str, own: &[&Example], model: &Model) {
    let named = own.iter().filter(|e| !e.right[0]).count();
    println!("{name}: {} asked, {named} of them named before", own.len());
    println!("  by rules: {}", measured(own, |e| e.rules));
    for lead in [0.0, 0.5, 1.0, 1.5, 2.0] {
        let or = |e: &Example| match e.rules {
            0 => model.answer(e, lead),
            found => found,
        };
        println!("  then by a lead of {lead}: {}", measured(own, or));
    }
}

/// Articles of the gold, to measure by.
fn gold(folder: &Path, lang: Lang) -> anyhow::Result<Vec<Taught>> {
    let mut out = Vec::new();
    let Ok(folders) = std::fs::read_dir(folder) else {
        return Ok(out);
    };
    for folder in folders {
        let folder = folder?.path();
        let text = std::fs::read_to_string(folder.join(format!("{}.txt", lang.code())))?;
        let file = std::fs::read(folder.join(format!("{}.gold.json", lang.code())))?;
        let mut gold: serde_json::Value = serde_json::from_slice(&file)?;
        gold["facts"] = serde_json::Value::Null;
        out.push(taught::of_passage(&gold, text)?);
    }
    Ok(out)
}

fn examples(taught: &Taught, lang: Lang, kit: &Kit, weight: f32) -> Vec<Example> {
    let document = train::article(&taught.text, lang);
    let asked = madar_read::descriptions_of(&document, kit).into_iter();
    asked
        .filter_map(|asked| example(asked, taught, lang, weight))
        .collect()
}

/// None where nobody knows what the description stands for.
fn example(asked: Asked, taught: &Taught, lang: Lang, weight: f32) -> Option<Example> {
    let own = thing(taught, asked.description, false)?;
    let mut rows = vec![asked.nobody];
    let mut right = vec![false];
    for (names, row) in asked.candidates {
        let mut things = names.iter().filter_map(|&name| thing(taught, name, true));
        right.push(things.next() == Some(own));
        rows.push(row);
    }
    right[0] = !right.contains(&true);
    Some(Example {
        rows,
        right,
        rules: asked.rules.map_or(0, |at| at + 1),
        lang,
        weight,
    })
}

/// What stands where the reader found a mention: the mark that shares the most with it, and at least half.
fn thing(taught: &Taught, span: Span, named: bool) -> Option<usize> {
    let shared = |other: Span| {
        let from = span.start.max(other.start);
        span.end.min(other.end).saturating_sub(from)
    };
    let all = taught.mentions.iter().filter(|m| m.named == named);
    let most = all.max_by_key(|m| (2 * shared(m.span)).saturating_sub(m.span.len()));
    let most = most.filter(|m| 2 * shared(m.span) > span.len().max(m.span.len()));
    most.map(|m| m.thing)
}

fn measured(examples: &[&Example], answer: impl Fn(&Example) -> usize) -> String {
    let (mut joined, mut right, mut named) = (0, 0, 0);
    for example in examples {
        let answer = answer(example);
        joined += usize::from(answer > 0);
        right += usize::from(answer > 0 && example.right[answer]);
        named += usize::from(!example.right[0]);
    }
    let share = |of: usize| right as f64 / of.max(1) as f64;
    format!(
        "{right} right of {joined} joined ({:.3}); {:.3} of those named",
        share(joined),
        share(named)
    )
}

struct Model {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Model {
    fn score(&self, row: &[u32]) -> f32 {
        row.iter().map(|&slot| self.weights[slot as usize]).sum()
    }

    /// Who leads all others by so much, else nobody.
    fn answer(&self, example: &Example, lead: f32) -> usize {
        let scores: Vec<f32> = example.rows.iter().map(|row| self.score(row)).collect();
        let of = |at: &usize, other: &usize| scores[*at].total_cmp(&scores[*other]);
        let Some(best) = (1..scores.len()).max_by(of) else {
            return 0;
        };
        let others = (0..scores.len()).filter(|&at| at != best);
        let next = others.map(|at| scores[at]).fold(f32::MIN, f32::max);
        if scores[best] - next >= lead { best } else { 0 }
    }

    fn learn(&mut self, example: &Example, seed: &mut u64) -> f32 {
        let mut kept = |row: &Vec<u32>| -> Vec<u32> {
            let all = row.iter().copied();
            all.filter(|_| train::next(seed) % 100 >= FORGOTTEN)
                .collect()
        };
        let rows: Vec<Vec<u32>> = example.rows.iter().map(&mut kept).collect();
        let scores: Vec<f32> = rows.iter().map(|row| self.score(row)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let likely: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
        let all: f32 = likely.iter().sum();
        let own: f32 = likely
            .iter()
            .zip(&example.right)
            .filter(|(_, r)| **r)
            .map(|(l, _)| l)
            .sum();
        for (at, row) in rows.iter().enumerate() {
            let right = if example.right[at] {
                likely[at] / own.max(1e-9)
            } else {
                0.0
            };
            let slope = example.weight * (likely[at] / all - right);
            if slope.abs() < 1e-4 {
                continue;
            }
            for &slot in row {
                let weight = &mut self.weights[slot as usize];
                let square = &mut self.squares[slot as usize];
                let slope = slope + DECAY * *weight;
                *square += slope * slope;
                *weight -= RATE * slope / square.sqrt();
            }
        }
        -(own / all).max(1e-9).ln()
    }
}
