//! Reports: facts with their chains, participants as entities. One telling of something.

use madar_read::{Fact, FactKind, MentionId, Role, Status};
use madar_text::{Day, Span, fold};

use crate::concepts::Concepts;
use crate::digest::{DocumentNumber, document_number};
use crate::entities::{Entities, EntityId};
use crate::network::Told;
use crate::senses::BY_MODEL;
use crate::transmitters::{Transmitter, Transmitters};

/// BLAKE3 of document text, passage, kind and arguments: the same after reading again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FactId(pub [u8; 32]);

impl FactId {
    /// The first 12 hexadecimal digits.
    pub fn short(&self) -> String {
        self.0[..6].iter().map(|b| format!("{b:02x}")).collect()
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    pub id: FactId,
    pub document: DocumentNumber,
    /// Number of the fact in the document's reading.
    pub fact: u32,
    pub kind: FactKind,
    pub status: Status,
    pub participants: Vec<(Role, EntityId)>,
    pub place: Option<EntityId>,
    /// First and last day, and the value as the reading has it.
    pub range: Option<(Day, Day)>,
    pub time: Option<String>,
    /// Thousandths, with the currency.
    pub amount: Option<(i64, Option<String>)>,
    pub stake: Option<i64>,
    /// Publisher first.
    pub chain: Vec<Transmitter>,
    /// A hop of the chain is the document's, not the sentence's.
    pub inherited: bool,
    /// The rule that found it: the language and the word of its trigger.
    pub rule: String,
    /// What it says of the post or the bond, where a model found it, which goes by no word.
    pub said: String,
    /// Hashes of the beginnings of the passage's words that name nobody, each once, in order; of kinds that say
    /// little by themselves.
    pub words: Vec<u32>,
    /// What the passage speaks of, by lines of the table of concepts, each once, in order; of the same kinds.
    pub concepts: Vec<u16>,
    /// Others named in the passage, each once, in order.
    pub beside: Vec<EntityId>,
}

/// What reports are made with.
pub(crate) struct Desk<'a, 'b> {
    pub(crate) entities: &'a Entities<'b>,
    pub(crate) transmitters: &'a Transmitters<'b>,
    pub(crate) concepts: &'a Concepts,
}

/// What a document tells, facts that a person rejected left out; by its place.
pub(crate) fn reports(
    at: usize,
    document: &Told<'_>,
    desk: &Desk<'_, '_>,
    rejected: impl Fn(u32) -> bool,
) -> Vec<Report> {
    let text = blake3::hash(document.text.as_bytes());
    let facts = document.reading.facts.iter().zip(0u32..);
    let kept = facts.filter(|(_, fact)| !rejected(*fact));
    kept.map(|(fact, number)| {
        let id = fact_id(document, &text, fact);
        report(id, document, at, number, fact, desk)
    })
    .collect()
}

fn report(
    id: FactId,
    told: &Told<'_>,
    document: usize,
    at: u32,
    fact: &Fact,
    desk: &Desk<'_, '_>,
) -> Report {
    let entity_of = |mention: MentionId| desk.entities.of(document, mention);
    let (words, concepts) = match is_loose(fact.kind) {
        true => {
            let words = words(told, fact.passage);
            let spoken = words.iter().map(String::as_str);
            (stems(&words), desk.concepts.of(spoken))
        }
        false => Default::default(),
    };
    let mut participants: Vec<(Role, EntityId)> = fact
        .participants
        .iter()
        .map(|p| (p.role, entity_of(p.mention)))
        .collect();
    participants.sort_unstable();
    participants.dedup();
    let time = fact.time.map(|id| &told.reading.times[id.at()]);
    let amount = fact.amount.map(|id| &told.reading.amounts[id.at()]);
    let stake = fact.stake.map(|id| &told.reading.amounts[id.at()]);
    let inherited = fact
        .chain
        .iter()
        .any(|h| h.basis == madar_read::HopBasis::Inherited);
    Report {
        id,
        document: document_number(told.id),
        fact: at,
        kind: fact.kind,
        status: fact.status,
        participants,
        place: fact.place.map(entity_of),
        range: time.and_then(|t| t.range),
        time: time.map(|t| t.value.clone()),
        amount: amount.and_then(|a| Some((a.value?.0, a.currency.clone()))),
        stake: stake.and_then(|a| Some(a.value?.0)),
        chain: desk.transmitters.chain(document, told, &fact.chain),
        inherited,
        rule: fact.rule.clone(),
        said: match fact.rule.split('/').nth(1) {
            Some(BY_MODEL) => fact.detail.map_or("", |span| span.of(told.text)),
            _ => "",
        }
        .to_owned(),
        words,
        concepts,
        beside: beside(told, fact.passage, entity_of),
    }
}

/// Kinds that say little by themselves: that two people spoke, that something happened with somebody. It
/// happens often, so who took part does not tell which time it was.
pub(crate) fn is_loose(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Event | FactKind::Communication | FactKind::Investigation
    )
}

/// Letters of a word that its endings leave alone.
const STEM: usize = 5;
/// Shorter words join others and say nothing.
const SAYS_SOMETHING: usize = 4;

/// The folded words of a passage that name nobody.
fn words(document: &Told<'_>, passage: Span) -> Vec<String> {
    let mentions = &document.reading.mentions;
    let first = mentions.partition_point(|m| m.span.start < passage.start);
    let mut out = Vec::new();
    let mut from = passage.start;
    let named = mentions[first..].iter().map(|m| m.span);
    let named = named.take_while(|span| span.start < passage.end);
    for span in named.chain([Span::new(passage.end, passage.end)]) {
        if span.start > from {
            let between = &document.text[from as usize..span.start as usize];
            let all = between.split(|c: char| !c.is_alphanumeric());
            out.extend(all.filter(|word| !word.is_empty()).map(fold));
        }
        from = from.max(span.end.min(passage.end));
    }
    out
}

fn stems(words: &[String]) -> Vec<u32> {
    let long = words.iter().filter(|w| w.chars().count() >= SAYS_SOMETHING);
    let stem = |word: &String| hash(&word.chars().take(STEM).collect::<String>());
    let mut out: Vec<u32> = long.map(stem).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn hash(word: &str) -> u32 {
    let hash = blake3::hash(word.as_bytes());
    u32::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
}

/// Who is named in a passage.
fn beside(
    told: &Told<'_>,
    passage: Span,
    entity_of: impl Fn(MentionId) -> EntityId,
) -> Vec<EntityId> {
    let mentions = &told.reading.mentions;
    let first = mentions.partition_point(|m| m.span.start < passage.start);
    let here = mentions[first..].iter().enumerate();
    let here = here.take_while(|(_, m)| m.span.start < passage.end);
    let mut out: Vec<EntityId> = here
        .map(|(at, _)| entity_of(MentionId::new(first + at)))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn fact_id(told: &Told<'_>, text: &blake3::Hash, fact: &Fact) -> FactId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    hasher.update(told.id.0.as_slice());
    hasher.update(&fact.passage.start.to_le_bytes());
    hasher.update(&fact.passage.end.to_le_bytes());
    hasher.update(fact.kind.name().as_bytes());
    hasher.update(fact.status.name().as_bytes());
    for p in &fact.participants {
        let span = told.reading.mentions[p.mention.at()].span;
        hasher.update(p.role.name().as_bytes());
        hasher.update(&span.start.to_le_bytes());
    }
    FactId(*hasher.finalize().as_bytes())
}
