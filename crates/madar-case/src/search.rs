//! Passages by their words. A word is found in any of its Russian forms, with any Arabic proclitic,
//! and by its beginning: *tanker* finds *tankers*.

use madar_read::Kit;
use madar_read::words::{Sentence, Word, words};
use madar_text::{Block, BlockKind, BytesHash, Document, Metadata, Span, TokenKind, language};

use crate::answer::Passage;
use crate::view::View;

/// Letters from which on a word finds those that begin with it; shorter ones must be the word.
const SHORTEST_BEGINNING: usize = 3;

/// The sentences that hold all words of `query`, in order of documents and text.
pub(crate) fn find(view: &View, query: &str) -> Vec<Passage> {
    let wanted = query_words(query, view.kit);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (at, kept) in view.kept.iter().enumerate() {
        let sentences = words(&kept.document, view.kit);
        let found = sentences.iter().filter(|sentence| holds(sentence, &wanted));
        out.extend(found.map(|sentence| view.passage(at, sentence.span.trim(view.text(at)))));
    }
    out
}

fn holds(sentence: &Sentence, wanted: &[Word]) -> bool {
    wanted
        .iter()
        .all(|word| sentence.words.iter().any(|own| is_form(own, word)))
}

fn is_form(own: &Word, wanted: &Word) -> bool {
    let begins = wanted.fold.chars().count() >= SHORTEST_BEGINNING
        && (own.fold.starts_with(&wanted.fold) || own.lemma.starts_with(&wanted.fold));
    own.fold == wanted.fold || own.lemma == wanted.lemma || begins
}

/// The words of the query, read as a text of its own.
fn query_words(query: &str, kit: &Kit) -> Vec<Word> {
    let block = Block {
        span: Span::from_range(0..query.len()),
        kind: BlockKind::Paragraph,
        lang: language(query),
        repeats: false,
    };
    let document = Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: query.to_owned(),
        blocks: vec![block],
        warnings: Vec::new(),
    };
    let sentences = words(&document, kit);
    let all = sentences.into_iter().flat_map(|sentence| sentence.words);
    all.filter(|word| word.kind != TokenKind::Punct).collect()
}
