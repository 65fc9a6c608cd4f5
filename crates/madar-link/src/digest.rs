//! Digests: what linking needs of one document once it has been looked at, so that a case which grows by ten
//! documents does not open the others again. A digest depends on its document and on nothing else.

use std::collections::BTreeMap;

use madar_read::{AmountKind, EntityKind, MentionForm};
use madar_text::{Day, DocumentId, Lang};
use smallvec::SmallVec;

use crate::article::article_number;
use crate::copies;
use crate::kinship::with_family_names;
use crate::network::Told;
use crate::profiles::{drafts, most_common};
use crate::spellings::{Called, SpellingId};

/// The beginning of a document's id: its number wherever linking speaks of it.
pub type DocumentNumber = u64;

pub fn document_number(id: DocumentId) -> DocumentNumber {
    let first = id.0.first_chunk().expect("an id has 32 bytes");
    u64::from_be_bytes(*first)
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Digest {
    /// What it names, a referent with two contradicting names taken apart; in order.
    pub drafts: Vec<Draft>,
    /// For each mention its draft.
    pub draft_of: Vec<u32>,
    /// Drafts that stand in one sentence, and that take part in one fact.
    pub sentences: Together,
    pub parties: Together,
    /// What a translation keeps, in order.
    pub order: Vec<Kept>,
    pub lang: Option<Lang>,
    /// Day, and second where it is known.
    pub published: Option<(Day, Option<u32>)>,
    pub publisher: Stated,
    /// The article that it is a text of, if its address says which.
    pub article: Option<u64>,
    /// Its words as copies are found by.
    pub words: Vec<u32>,
}

/// Drafts that stand together, each set behind how many it holds: of a hundred thousand documents there are a million.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Together(pub Vec<u32>);

impl Together {
    fn of(sets: impl Iterator<Item = Vec<u32>>) -> Self {
        let mut out = Vec::new();
        for set in sets.filter(|set| set.len() > 1) {
            out.push(u32::try_from(set.len()).expect("a document names fewer things"));
            out.extend(set);
        }
        Self(out)
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let (&count, behind) = rest.split_first()?;
            let (set, after) = behind.split_at(behind.len().min(count as usize));
            rest = after;
            Some(set)
        })
    }
}

/// Who publishes a document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stated {
    /// By the outlets file.
    Outlet(String),
    /// As it says itself.
    Name(String),
    Nobody,
}

/// Something that a translation keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kept {
    /// By the number of its mention.
    Named(u32),
    Days(Day, Day),
    Sum(i64),
}

/// A profile before it is known who is called alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Where its first mention begins and ends in the text: no two begin and end there.
    pub first: (u32, u32),
    pub spelling: SpellingId,
    pub kind: EntityKind,
    /// Mentions, how many.
    pub mentions: u32,
    /// How often it is called by which name of its spelling, in which language.
    pub names: SmallVec<[(u32, Lang, u32); 1]>,
    /// How often it is described so.
    pub described: Vec<(String, u32)>,
}

/// A document's digest with the spellings that it speaks of.
pub(crate) fn digest(told: &Told<'_>) -> (Digest, Vec<(SpellingId, Called)>) {
    let reading = told.reading;
    let mut draft_of = vec![0; reading.mentions.len()];
    let mut out = Vec::new();
    let mut spellings = Vec::new();
    let mut drafts = drafts(reading);
    with_family_names(told.text, reading, &mut drafts);
    for (called, mentions) in drafts {
        let at = u32::try_from(out.len()).expect("a document names fewer things");
        let mut names: BTreeMap<(u32, Lang), u32> = BTreeMap::new();
        let mut described: BTreeMap<&str, u32> = BTreeMap::new();
        for id in &mentions {
            draft_of[id.at()] = at;
            let mention = &reading.mentions[id.at()];
            if mention.form == MentionForm::Description {
                *described.entry(&mention.name).or_default() += 1;
            } else {
                let which = called.names.iter().position(|name| *name == mention.name);
                let which = which.and_then(|at| u32::try_from(at).ok());
                let which = which.expect("a spelling has all its names");
                *names.entry((which, mention.lang)).or_default() += 1;
            }
        }
        let all = || mentions.iter().map(|id| &reading.mentions[id.at()]);
        let is_name = |form: MentionForm| form != MentionForm::Description;
        let fits = all().filter(|m| {
            crate::profiles::Sort::of(m.kind) == called.sort && is_name(m.form) == called.named
        });
        let kind = most_common(fits.map(|m| m.kind));
        let spelling = called.id();
        let first = all().map(|m| (m.span.start, m.span.end)).min();
        out.push(Draft {
            first: first.expect("a draft has mentions"),
            spelling,
            kind: kind.unwrap_or(EntityKind::Organization),
            mentions: u32::try_from(mentions.len()).expect("a document holds fewer mentions"),
            names: names
                .into_iter()
                .map(|((which, lang), n)| (which, lang, n))
                .collect(),
            described: described
                .into_iter()
                .map(|(text, n)| (text.to_owned(), n))
                .collect(),
        });
        spellings.push((spelling, called));
    }
    let of = |all: &mut dyn Iterator<Item = usize>| -> Vec<u32> {
        let mut drafts: Vec<u32> = all.map(|mention| draft_of[mention]).collect();
        drafts.sort_unstable();
        drafts.dedup();
        drafts
    };
    let mentions = &reading.mentions;
    let sentences = reading.sentences.iter().map(|sentence| {
        let first = mentions.partition_point(|m| m.span.start < sentence.start);
        let last = mentions.partition_point(|m| m.span.start < sentence.end);
        of(&mut (first..last.max(first)))
    });
    let parties = reading
        .facts
        .iter()
        .map(|fact| of(&mut fact.participants.iter().map(|p| p.mention.at())));
    let digest = Digest {
        sentences: Together::of(sentences),
        parties: Together::of(parties),
        order: order(told),
        lang: mentions.first().map(|m| m.lang),
        published: published(told),
        publisher: publisher(told),
        article: article_number(told),
        words: copies::words(told),
        drafts: out,
        draft_of,
    };
    (digest, spellings)
}

pub(crate) fn publisher(told: &Told<'_>) -> Stated {
    let publication = &told.reading.publication;
    let name = publication.publisher_name.as_ref();
    match (
        &publication.publisher,
        name.or(told.meta.publisher.as_ref()),
    ) {
        (Some(id), _) => Stated::Outlet(id.clone()),
        (None, Some(name)) => Stated::Name(name.clone()),
        (None, None) => Stated::Nobody,
    }
}

/// When a document was published; day, and second where it is known.
fn published(told: &Told<'_>) -> Option<(Day, Option<u32>)> {
    if let Some(published) = &told.meta.published {
        return Some((published.stamp.day, published.stamp.second));
    }
    let anchor = told.reading.anchor.as_ref()?;
    (anchor.earliest == anchor.latest).then_some((anchor.latest, None))
}

/// What a translation of the document would keep.
fn order(told: &Told<'_>) -> Vec<Kept> {
    let reading = told.reading;
    let last = reading.sentences.iter().map(|s| s.end).max().unwrap_or(0);
    let mut found: Vec<(u32, Kept)> = Vec::new();
    let inside = reading
        .mentions
        .iter()
        .zip(0u32..)
        .filter(|(m, _)| m.span.end <= last);
    found.extend(inside.map(|(mention, at)| (mention.span.start, Kept::Named(at))));
    for time in &reading.times {
        if let Some((from, to)) = time.range {
            found.push((time.span.start, Kept::Days(from, to)));
        }
    }
    let amounts = reading.amounts.iter();
    for amount in amounts.filter(|a| a.kind != AmountKind::Ordinal) {
        if let Some(value) = amount.value {
            found.push((amount.span.start, Kept::Sum(value.0)));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, kept)| kept).collect()
}
