//! What the training script needs: the corpora as windows of pieces with the labels of their words,
//! and the vocabulary that they are cut with.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use madar_read::Kit;
use madar_read::encoder::{Pieces, windows};
use madar_read::words::Sentence;
use madar_text::Lang;
use serde_json::json;

use super::{base, vocabulary};
use crate::corpora::{self, Marked};
use crate::{measures, train};

/// A text with the words of its sentences and their labels.
struct Read {
    marked: Marked,
    sentences: Vec<(Sentence, Vec<usize>)>,
}

/// Texts of one corpus, to be learned from or measured on.
struct Part {
    lang: Lang,
    corpus: &'static str,
    use_of: &'static str,
    texts: Vec<Read>,
}

/// Writes `vocabulary.tsv` (number in the base, piece, score) and `windows.jsonl`.
pub(crate) fn prepare(base: &Path, data: &Path, out: &Path) -> anyhow::Result<()> {
    let base = base::vocabulary(&std::fs::read(base)?)?;
    let all: Vec<u32> = (0u32..).take(base.len()).collect();
    let whole = vocabulary::pieces(&base, &all);
    let kit = Kit::bundled();
    let mut parts = Vec::new();
    for lang in [Lang::Ar, Lang::En, Lang::Ru] {
        parts.extend(load(lang, data, &kit)?);
    }
    let mut counts = vec![0u32; base.len()];
    for part in parts.iter().filter(|part| part.use_of == "learn") {
        for piece in part.windows(&whole).iter().flat_map(|w| &w.pieces) {
            counts[*piece as usize] += 1;
        }
    }
    let kept = vocabulary::kept(&base, &counts);
    let pieces = vocabulary::pieces(&base, &kept);
    std::fs::create_dir_all(out)?;
    let mut table = String::new();
    for &id in &kept {
        let piece = &base[id as usize];
        table += &format!("{id}\t{}\t{}\n", piece.text, piece.score);
    }
    std::fs::write(out.join("vocabulary.tsv"), table)?;
    let mut file = std::io::BufWriter::new(std::fs::File::create(out.join("windows.jsonl"))?);
    for part in &parts {
        part.write(&pieces, &mut file)?;
    }
    file.flush()?;
    super::teach::write(data, &pieces, &kit, out)
}

fn load(lang: Lang, data: &Path, kit: &Kit) -> anyhow::Result<Vec<Part>> {
    let part = |corpus, use_of, texts: Vec<Marked>| Part {
        lang,
        corpus,
        use_of,
        texts: texts
            .into_iter()
            .map(|marked| read(marked, lang, kit))
            .collect(),
    };
    let mut out = Vec::new();
    for (corpus, texts) in corpora::by_corpus(lang, data)? {
        let varied = train::varied(&texts, lang, data)?;
        let varied = varied
            .into_iter()
            .filter(|m| !train::is_held_out(&m.document))
            .collect();
        out.push(part(corpus, "learn", texts));
        out.push(part(corpus, "learn", varied));
    }
    for (corpus, texts) in measures::load(lang, data)? {
        out.push(part(corpus, "measure", texts));
    }
    Ok(out)
}

fn read(marked: Marked, lang: Lang, kit: &Kit) -> Read {
    let sentences = train::sentences(&marked, lang, kit)
        .into_iter()
        .map(|sentence| {
            let labels = train::labels(&sentence, &marked.names);
            (sentence, labels)
        })
        .collect();
    Read { marked, sentences }
}

impl Part {
    /// Texts of one document together: sentences of a block stand in the order of the article.
    fn documents(&self) -> Vec<Vec<&Read>> {
        let mut of: BTreeMap<&str, usize> = BTreeMap::new();
        let mut out: Vec<Vec<&Read>> = Vec::new();
        for text in &self.texts {
            // Measured texts have no name; each is a document of its own.
            let at = if text.marked.document.is_empty() {
                out.len()
            } else {
                *of.entry(&text.marked.document).or_insert(out.len())
            };
            if at == out.len() {
                out.push(Vec::new());
            }
            out[at].push(text);
        }
        out
    }

    fn windows(&self, pieces: &Pieces) -> Vec<madar_read::encoder::Window> {
        let documents = self.documents();
        documents
            .iter()
            .flat_map(|texts| windows(sentences(texts), pieces))
            .collect()
    }

    fn write(&self, pieces: &Pieces, out: &mut impl Write) -> anyhow::Result<()> {
        for texts in self.documents() {
            let labels: Vec<&[usize]> = texts
                .iter()
                .flat_map(|t| t.sentences.iter().map(|(_, labels)| labels.as_slice()))
                .collect();
            let held_out = train::is_held_out(&texts[0].marked.document);
            let use_of = match self.use_of {
                "learn" if held_out => "held out",
                other => other,
            };
            for window in windows(sentences(&texts), pieces) {
                let row = json!({
                    "use": use_of,
                    "lang": self.lang.code(),
                    "corpus": self.corpus,
                    "pieces": window.pieces,
                    "words": window.words.iter().map(|w| w.piece).collect::<Vec<_>>(),
                    // Sentences apart, so that no name runs from one into the next.
                    "sentences": window.words.iter().map(|w| w.sentence).collect::<Vec<_>>(),
                    "labels": window.words.iter().map(|w| labels[w.sentence][w.word]).collect::<Vec<_>>(),
                });
                writeln!(out, "{row}")?;
            }
        }
        Ok(())
    }
}

fn sentences<'a>(texts: &[&'a Read]) -> Vec<(&'a str, &'a Sentence)> {
    let all = texts.iter().flat_map(|text| {
        let own = text.sentences.iter();
        own.map(|(sentence, _)| (text.marked.text.as_str(), sentence))
    });
    all.collect()
}
