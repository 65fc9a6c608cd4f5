//! Trains a model of names: seeded, the same weights on every machine.

use std::path::Path;

use madar_read::Kit;
use madar_read::tagger::{self, Rows, SLOTS, Tagger};
use madar_read::words::Sentence;
use madar_text::{Document, Lang, Span};

use crate::corpora::{self, Marked};
use crate::learner::Learner;
use crate::measures;

/// Rounds over the data: the held-out part stops gaining after about eight.
const ROUNDS: u32 = 10;
/// One document in so many is held out.
const HELD_OUT: u8 = 10;

struct Example {
    rows: Rows,
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
    let other = varied(&corpus, lang, data)?;
    let more = other.iter().flat_map(|marked| prepare(marked, lang, &kit));
    examples.extend(more.filter(|e| !e.held_out));
    let (test, mut train): (Vec<Example>, Vec<Example>) =
        examples.into_iter().partition(|e| e.held_out);
    eprintln!(
        "{} sentences to learn from, {} held out",
        train.len(),
        test.len()
    );
    drop_rare(&mut train);
    let mut model = Learner::<{ tagger::LABELS }>::new();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..ROUNDS {
        shuffle(&mut train, &mut seed);
        let wrong = train
            .iter()
            .filter(|e| model.learn(&e.rows, &e.labels))
            .count();
        eprintln!(
            "round {round}: {wrong} sentences wrong, held out {}",
            score(&model.averaged(), &test)
        );
    }
    let tagger = model.averaged();
    std::fs::write(out, tagger.to_bytes())?;
    println!("{} held out {}", lang.code(), score(&tagger, &test));
    for (name, texts) in measures::load(lang, data)? {
        let examples: Vec<Example> = texts
            .iter()
            .flat_map(|text| prepare(text, lang, &kit))
            .collect();
        println!("{} {name} {}", lang.code(), score(&tagger, &examples));
    }
    Ok(())
}

/// One sentence in so many: with all of them what the corpora do repeat is no longer learned.
const VARIED: u32 = 3;

/// Arabic sentences with people once more, under names drawn from a list: what tells a name is what
/// stands around it and its sound, and not that it is one of the few that the corpora repeat.
pub(crate) fn varied(corpus: &[Marked], lang: Lang, data: &Path) -> anyhow::Result<Vec<Marked>> {
    if lang != Lang::Ar {
        return Ok(Vec::new());
    }
    let file = data.join("names/wd_translit/wd_arabic_64");
    let rows = std::fs::read_to_string(&file)?;
    let spelled = rows.lines().filter_map(|row| row.split('\t').nth(1));
    let words: Vec<String> = spelled.map(|letters| letters.replace(' ', "")).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let person = |marked: &&Marked| marked.names.iter().any(|(_, class)| *class == 0);
    let mut count = 0;
    let mut chosen = |_: &&Marked| {
        count += 1;
        count % VARIED == 0
    };
    Ok(corpus
        .iter()
        .filter(person)
        .filter(&mut chosen)
        .map(|marked| vary(marked, &words, &mut seed))
        .collect())
}

fn vary(marked: &Marked, words: &[String], seed: &mut u64) -> Marked {
    let (mut text, mut names, mut end) = (String::new(), Vec::new(), 0);
    for (span, class) in &marked.names {
        text.push_str(&marked.text[end..span.start as usize]);
        let start = text.len();
        let shown = span.of(&marked.text);
        if *class == 0 {
            let drawn = shown.split(' ').map(|_| {
                let at = next(seed) % words.len() as u64;
                words[usize::try_from(at).expect("below the length")].as_str()
            });
            text.push_str(&drawn.collect::<Vec<_>>().join(" "));
        } else {
            text.push_str(shown);
        }
        names.push((Span::from_range(start..text.len()), *class));
        end = span.end as usize;
    }
    text.push_str(&marked.text[end..]);
    Marked {
        text,
        names,
        document: marked.document.clone(),
    }
}

/// Features seen once teach nothing that holds elsewhere.
const SEEN: u8 = 2;

fn drop_rare(examples: &mut [Example]) {
    let mut seen = vec![0u8; SLOTS];
    for slot in examples.iter().flat_map(|e| e.rows.iter().flatten()) {
        seen[*slot as usize] = seen[*slot as usize].saturating_add(1);
    }
    for example in examples {
        example.rows.retain(|slot| seen[slot as usize] >= SEEN);
    }
}

/// The words of a text as the reader sees them, with the labels of its marks.
fn prepare(marked: &Marked, lang: Lang, kit: &Kit) -> Vec<Example> {
    let held_out = is_held_out(&marked.document);
    sentences(marked, lang, kit)
        .iter()
        .map(|sentence| Example {
            rows: tagger::features(sentence, &kit.hints(sentence)),
            labels: labels(sentence, &marked.names),
            held_out,
        })
        .collect()
}

pub(crate) fn is_held_out(document: &str) -> bool {
    blake3::hash(document.as_bytes()).as_bytes()[0].is_multiple_of(HELD_OUT)
}

/// The sentences of a text as the reader sees them.
pub(crate) fn sentences(marked: &Marked, lang: Lang, kit: &Kit) -> Vec<Sentence> {
    madar_read::words::words(&document(&marked.text, lang), kit)
}

/// A text whose lines are paragraphs.
pub(crate) fn article(text: &str, lang: Lang) -> Document {
    let mut blocks = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        let span = Span::from_range(from..from + line.len());
        blocks.push(crate::text::paragraph(span, lang));
        from += line.len() + 1;
    }
    crate::text::document(text.to_owned(), blocks)
}

/// A text as one paragraph.
pub(crate) fn document(text: &str, lang: Lang) -> Document {
    let span = Span::from_range(0..text.len());
    let blocks = vec![crate::text::paragraph(span, lang)];
    crate::text::document(text.to_owned(), blocks)
}

pub(crate) fn labels(sentence: &Sentence, names: &[(Span, usize)]) -> Vec<usize> {
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
pub(crate) fn shuffle<T>(examples: &mut [T], seed: &mut u64) {
    for at in (1..examples.len()).rev() {
        let other = next(seed) % (at as u64 + 1);
        let other = usize::try_from(other).expect("below the length");
        examples.swap(at, other);
    }
}

pub(crate) fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// Exact F1 of names over the held-out part, all classes and each.
fn score(tagger: &Tagger, test: &[Example]) -> String {
    let guessed: Vec<Vec<usize>> = test.iter().map(|e| tagger.tag_rows(&e.rows)).collect();
    let pairs = test.iter().zip(&guessed);
    let counts = f1(pairs.map(|(e, guess)| (e.labels.as_slice(), guess.as_slice())));
    format!(
        "F1 {:.1} (person {:.1}, place {:.1}, organisation {:.1}, other {:.1})",
        counts[4].f1(),
        counts[0].f1(),
        counts[1].f1(),
        counts[2].f1(),
        counts[3].f1()
    )
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Names {
    pub(crate) hit: u32,
    pub(crate) found: u32,
    pub(crate) gold: u32,
}

impl Names {
    /// In percent.
    pub(crate) fn f1(self) -> f64 {
        200.0 * f64::from(self.hit) / f64::from((self.found + self.gold).max(1))
    }
}

/// Names by exact span and class, for each class and, last, for all; from pairs of right labels and
/// guessed ones.
pub(crate) fn f1<'a>(pairs: impl Iterator<Item = (&'a [usize], &'a [usize])>) -> [Names; 5] {
    let mut counts = [Names::default(); 5];
    for (gold, guess) in pairs {
        let (gold, guess) = (chunks(gold), chunks(guess));
        for chunk in &gold {
            for at in [chunk.2, 4] {
                counts[at].hit += u32::from(guess.contains(chunk));
                counts[at].gold += 1;
            }
        }
        for chunk in &guess {
            counts[chunk.2].found += 1;
            counts[4].found += 1;
        }
    }
    counts
}

/// Begin, end and class of each name.
pub(crate) fn chunks(labels: &[usize]) -> Vec<(usize, usize, usize)> {
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
