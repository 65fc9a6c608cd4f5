//! Reports: facts with their chains, participants as entities. One telling of something.

use madar_read::{Fact, FactKind, MentionId, Role, Status};
use madar_text::Day;

use crate::entities::{Entities, EntityId};
use crate::network::Told;
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
    /// Number of the document in [`crate::Network::documents`], of the fact in its reading.
    pub document: u32,
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
}

pub(crate) fn reports(
    told: &[Told<'_>],
    entities: &Entities,
    transmitters: &Transmitters<'_>,
) -> Vec<Report> {
    let mut out = Vec::new();
    for (number, document) in told.iter().enumerate() {
        let number = u32::try_from(number).expect("a case holds fewer documents");
        let text = blake3::hash(document.text.as_bytes());
        for (at, fact) in document.reading.facts.iter().enumerate() {
            let at = u32::try_from(at).expect("a reading holds fewer facts");
            let id = fact_id(document, &text, fact);
            out.push(report(
                id,
                document,
                number,
                at,
                fact,
                entities,
                transmitters,
            ));
        }
    }
    out.sort_by_key(|r| (r.id, r.document));
    out
}

fn report(
    id: FactId,
    told: &Told<'_>,
    document: u32,
    at: u32,
    fact: &Fact,
    entities: &Entities,
    transmitters: &Transmitters<'_>,
) -> Report {
    let entity_of = |mention: MentionId| entities.of(document, mention);
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
        document,
        fact: at,
        kind: fact.kind,
        status: fact.status,
        participants,
        place: fact.place.map(entity_of),
        range: time.and_then(|t| t.range),
        time: time.map(|t| t.value.clone()),
        amount: amount.and_then(|a| Some((a.value?.0, a.currency.clone()))),
        stake: stake.and_then(|a| Some(a.value?.0)),
        chain: transmitters.chain(document, &fact.chain),
        inherited,
    }
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
