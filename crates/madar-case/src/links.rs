//! What linking found in a case, by number: entities, claims, what each mention and each fact of a document
//! stands for, and the ways to them. Either all in hand, just linked, or read from the file as it is needed;
//! `projection` writes and reads the file's side. In no language yet: `linked` puts it into words.

use std::collections::{BTreeMap, BTreeSet};

use std::sync::Arc;

use madar_link::{FactId, Told, Transmitter};
use madar_names::{Name, NameKind};
use madar_read::{EntityKind, HopWho, Kit};
use madar_text::{DocumentId, fold};
use rustc_hash::FxHashMap;

use crate::decisions::{Decision, Thing};
use crate::documents::Documents;

use crate::keep::Kept;
use crate::projection::Stored;
use crate::shelf::Shelf;
use crate::ties::Ties;
use crate::veil::Veil;
use crate::view::At;

/// An entity with what is asked of it first.
#[derive(Clone)]
pub(crate) struct LinkedEntity {
    pub(crate) linked: madar_link::Entity,
    /// Claims that it takes part in or that happened there, in order.
    pub(crate) claims: Vec<At>,
    /// Distinct documents that name it.
    pub(crate) documents: usize,
    /// Who publishes them, each once.
    pub(crate) publishers: Vec<Publisher>,
}

/// Who publishes a document: by the outlets file, else as stated.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Publisher {
    Listed(String),
    Stated(String),
}

/// A claim with where it is told and what it stands against.
#[derive(Clone)]
pub(crate) struct LinkedClaim {
    pub(crate) linked: madar_link::Claim,
    /// Document and fact of each telling, in the order of the tellings.
    pub(crate) reports: Vec<(At, usize)>,
    pub(crate) against: Vec<At>,
    /// Who takes part in any telling, places left out; in order.
    pub(crate) who: Vec<At>,
}

/// What the mentions and the facts of a document stand for.
#[derive(Clone)]
pub(crate) struct Places {
    pub(crate) entity_of: Vec<At>,
    /// A rejected fact has none.
    pub(crate) facts: Vec<Option<(FactId, At)>>,
}

/// A name under which an entity is found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Called {
    pub(crate) entity: At,
    pub(crate) text: String,
}

pub(crate) struct Links {
    entities: Shelf<LinkedEntity>,
    claims: Shelf<LinkedClaim>,
    places: Shelf<Places>,
    from: From,
}

enum From {
    Hand(Box<Ways>),
    File(Stored),
    /// Others, with code names for names.
    Veil(Arc<Links>, Arc<Veil>),
}

/// The ways to what is in hand.
#[derive(Default)]
pub(crate) struct Ways {
    pub(crate) called: Vec<Called>,
    /// Places in `called` by key of the name.
    by_key: FxHashMap<u64, Vec<u32>>,
    /// Folded words as they stand in a text: names of publishers, descriptions of sources.
    pub(crate) stands: BTreeMap<String, String>,
}

/// All that linking found, as it is written to the file.
pub(crate) struct Everything {
    pub(crate) entities: Vec<LinkedEntity>,
    pub(crate) claims: Vec<LinkedClaim>,
    pub(crate) places: Vec<Places>,
    pub(crate) ways: Ways,
}

impl Everything {
    /// Links the documents, which come in order of their ids.
    pub(crate) fn linked(kept: &[&Kept], decisions: &[Decision], kit: &Kit) -> Self {
        let told: Vec<Told<'_>> = kept.iter().map(|kept| as_told(kept)).collect();
        let settled: Vec<_> = decisions
            .iter()
            .flat_map(|decision| as_link(decision, kept))
            .collect();
        let network = madar_link::project(&told, &settled, kit);
        Self::of(kept, network, kit)
    }

    fn of(kept: &[&Kept], network: madar_link::Network, kit: &Kit) -> Self {
        let entity_of = entity_of(kept, &network);
        let claims = claims(kept, &network, &entity_of);
        let takes_part = taking_part(kept, &network, &claims, &entity_of);
        let places = places(kept, &network, entity_of);
        let publishers: Vec<Option<Publisher>> = kept.iter().map(|kept| publisher(kept)).collect();
        let entity = |(linked, claims): (madar_link::Entity, Vec<At>)| {
            let mut documents: Vec<At> = linked.mentions.iter().map(|&(d, _)| d as At).collect();
            documents.dedup();
            let by = documents.iter().filter_map(|&at| publishers[at].clone());
            LinkedEntity {
                publishers: by.collect::<BTreeSet<_>>().into_iter().collect(),
                documents: documents.len(),
                claims,
                linked,
            }
        };
        let entities = network.entities.into_iter().zip(takes_part).map(entity);
        let entities: Vec<LinkedEntity> = entities.collect();
        let ways = Ways {
            called: called(&entities, kit),
            by_key: FxHashMap::default(),
            stands: stands(kept),
        };
        Self {
            entities,
            claims,
            places,
            ways,
        }
    }
}

impl Links {
    /// Everything in hand.
    pub(crate) fn in_hand(all: Everything) -> Self {
        let mut ways = all.ways;
        for (at, called) in (0..).zip(&ways.called) {
            let kind = name_kind(all.entities[called.entity].linked.kind);
            for key in Name::new(&called.text, kind).keys() {
                ways.by_key.entry(key).or_default().push(at);
            }
        }
        Self {
            entities: Shelf::full(all.entities),
            claims: Shelf::full(all.claims),
            places: Shelf::full(all.places),
            from: From::Hand(Box::new(ways)),
        }
    }

    /// Nothing in hand yet.
    pub(crate) fn in_file(stored: Stored, documents: usize) -> Self {
        Self {
            entities: Shelf::of(stored.entities),
            claims: Shelf::of(stored.claims),
            places: Shelf::of(documents),
            from: From::File(stored),
        }
    }

    /// The same with code names for names.
    pub(crate) fn veiled(links: &Arc<Links>, veil: Arc<Veil>) -> Self {
        Self {
            entities: Shelf::of(links.entities()),
            claims: Shelf::of(0),
            places: Shelf::of(0),
            from: From::Veil(Arc::clone(links), veil),
        }
    }

    pub(crate) fn entities(&self) -> usize {
        self.entities.len()
    }

    pub(crate) fn claims(&self) -> usize {
        match &self.from {
            From::Veil(links, _) => links.claims(),
            _ => self.claims.len(),
        }
    }

    /// The words with code names for names.
    pub(crate) fn covered(&self, words: String) -> String {
        match &self.from {
            From::Veil(_, veil) => veil.covered(&words),
            _ => words,
        }
    }

    /// Code names, by whom they stand for.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (At, &str)> {
        let veil = match &self.from {
            From::Veil(_, veil) => Some(veil),
            _ => None,
        };
        veil.into_iter().flat_map(|veil| veil.codes())
    }

    pub(crate) fn entity(&self, at: At) -> &LinkedEntity {
        self.entities.get(at, || match &self.from {
            From::Veil(links, veil) => veil.entity(at, links.entity(at)),
            _ => self.file().entity(at),
        })
    }

    pub(crate) fn claim(&self, at: At) -> &LinkedClaim {
        match &self.from {
            From::Veil(links, _) => links.claim(at),
            _ => self.claims.get(at, || self.file().claim(at)),
        }
    }

    pub(crate) fn places(&self, document: At) -> &Places {
        match &self.from {
            From::Veil(links, _) => links.places(document),
            _ => self.places.get(document, || self.file().places(document)),
        }
    }

    fn file(&self) -> &Stored {
        match &self.from {
            From::File(stored) => stored,
            _ => unreachable!("what is in hand is never read"),
        }
    }

    /// The entity with this id.
    pub(crate) fn entity_by_id(&self, id: &str) -> Option<At> {
        match &self.from {
            From::File(stored) => stored.entity_by_id(id),
            From::Hand(_) => (0..self.entities()).find(|&at| self.entity(at).linked.key == id),
            From::Veil(links, _) => links.entity_by_id(id),
        }
    }

    /// Claims whose ids begin so, in order.
    pub(crate) fn claims_beginning(&self, id: &str) -> Vec<At> {
        match &self.from {
            From::File(stored) => stored.claims_beginning(id),
            From::Veil(links, _) => links.claims_beginning(id),
            From::Hand(_) => {
                let begins = |&at: &At| self.claim(at).linked.id.short().starts_with(id);
                (0..self.claims()).filter(begins).collect()
            }
        }
    }

    /// The names that share a key with one of these, in order.
    pub(crate) fn called_like(&self, names: &[Name]) -> Vec<Called> {
        let mut wanted: Vec<u64> = names.iter().flat_map(Name::keys).collect();
        wanted.sort_unstable();
        wanted.dedup();
        match &self.from {
            From::File(stored) => stored.called(&wanted),
            From::Hand(ways) => {
                let found = wanted
                    .iter()
                    .filter_map(|key| ways.by_key.get(key))
                    .flatten();
                let found: BTreeSet<u32> = found.copied().collect();
                let at = |at: u32| ways.called[at as usize].clone();
                found.into_iter().map(at).collect()
            }
            From::Veil(links, _) => links.called_like(names),
        }
    }

    /// Folded words as they stand in a text.
    pub(crate) fn as_it_stands(&self, folded: &str) -> String {
        let found = match &self.from {
            From::File(stored) => stored.as_it_stands(folded),
            From::Hand(ways) => ways.stands.get(folded).cloned(),
            From::Veil(links, veil) => Some(veil.covered(&links.as_it_stands(folded))),
        };
        found.unwrap_or_else(|| folded.to_owned())
    }

    /// Documents that may have words fitting this expression of FTS5; `None` where nothing tells.
    pub(crate) fn documents_with(&self, expression: &str, kept: &Documents) -> Option<Vec<At>> {
        match &self.from {
            From::File(stored) => {
                let found = stored.documents_with(expression).into_iter();
                Some(
                    found
                        .filter_map(|id| kept.position(DocumentId(id)))
                        .collect(),
                )
            }
            From::Hand(_) => None,
            From::Veil(links, _) => links.documents_with(expression, kept),
        }
    }

    /// Whom which claims tie.
    pub(crate) fn ties(&self) -> Ties {
        match &self.from {
            From::File(stored) => stored.ties(),
            From::Hand(_) => Ties::of((0..self.claims()).map(|at| self.claim(at))),
            From::Veil(links, _) => links.ties(),
        }
    }

    pub(crate) fn is_in_file(&self) -> bool {
        matches!(self.from, From::File(_))
    }

    /// All of it, for keeping it in hand.
    pub(crate) fn everything(&self, kept: &[Kept], kit: &Kit) -> Everything {
        let entities: Vec<LinkedEntity> = (0..self.entities())
            .map(|at| self.entity(at).clone())
            .collect();
        Everything {
            ways: Ways {
                called: called(&entities, kit),
                by_key: FxHashMap::default(),
                stands: stands(&kept.iter().collect::<Vec<_>>()),
            },
            entities,
            claims: (0..self.claims())
                .map(|at| self.claim(at).clone())
                .collect(),
            places: (0..kept.len()).map(|at| self.places(at).clone()).collect(),
        }
    }

    /// Who stands in the chains of claims.
    pub(crate) fn sources(&self) -> BTreeSet<&Transmitter> {
        let claims = (0..self.claims()).map(|at| &self.claim(at).linked);
        let strands = claims.flat_map(|claim| &claim.support.told);
        strands.flat_map(|strand| &strand.through).collect()
    }
}

pub(crate) fn name_kind(kind: EntityKind) -> NameKind {
    match kind {
        EntityKind::Person => NameKind::Person,
        _ => NameKind::Organisation,
    }
}

fn as_told(kept: &Kept) -> Told<'_> {
    Told {
        id: kept.id,
        meta: &kept.document.meta,
        text: &kept.document.text,
        reading: &kept.reading,
    }
}

fn as_link(decision: &Decision, kept: &[&Kept]) -> Vec<madar_link::Decision> {
    let thing = |thing: &Thing| madar_link::Thing {
        document: thing.document,
        name: thing.name.clone(),
    };
    let reject = |(document, fact): (At, usize)| madar_link::Decision::Reject {
        document: kept[document].id,
        fact: u32::try_from(fact).expect("a reading holds fewer facts"),
    };
    match decision {
        Decision::Same(a, b) => vec![madar_link::Decision::Same(thing(a), thing(b))],
        Decision::Apart(a, b) => vec![madar_link::Decision::Different(thing(a), thing(b))],
        Decision::Wrong(anchor) => {
            let all = kept.iter().copied().enumerate();
            anchor.facts(all).into_iter().map(reject).collect()
        }
        Decision::Hit(_)
        | Decision::Called(..)
        | Decision::Protected(..)
        | Decision::Confirmed(_)
        | Decision::Undo(_) => Vec::new(),
    }
}

fn entity_of(kept: &[&Kept], network: &madar_link::Network) -> Vec<Vec<At>> {
    let mut out: Vec<Vec<At>> = kept
        .iter()
        .map(|k| vec![0; k.reading.mentions.len()])
        .collect();
    for (at, entity) in network.entities.iter().enumerate() {
        for &(document, mention) in &entity.mentions {
            out[document as usize][mention.at()] = at;
        }
    }
    out
}

fn claims(
    kept: &[&Kept],
    network: &madar_link::Network,
    entity_of: &[Vec<At>],
) -> Vec<LinkedClaim> {
    let number: FxHashMap<_, At> = network.claims.iter().map(|c| c.id).zip(0..).collect();
    let mut against: Vec<Vec<At>> = vec![Vec::new(); network.claims.len()];
    for pair in &network.contradictions {
        let (a, b) = (number[&pair.a], number[&pair.b]);
        against[a].push(b);
        against[b].push(a);
    }
    let claim = |(linked, against): (&madar_link::Claim, Vec<At>)| {
        let reports = linked.tellings.iter().map(|&at| &network.reports[at]);
        let reports: Vec<(At, usize)> = reports
            .map(|report| (report.document as At, report.fact as usize))
            .collect();
        let parties = reports.iter().flat_map(|&(document, fact)| {
            let parties = kept[document].reading.facts[fact].participants.iter();
            parties.map(move |p| entity_of[document][p.mention.at()])
        });
        let who: BTreeSet<At> = parties.collect();
        LinkedClaim {
            who: who.into_iter().collect(),
            linked: linked.clone(),
            reports,
            against,
        }
    };
    network.claims.iter().zip(against).map(claim).collect()
}

/// For each entity the claims that it takes part in or that happened there.
fn taking_part(
    kept: &[&Kept],
    network: &madar_link::Network,
    claims: &[LinkedClaim],
    entity_of: &[Vec<At>],
) -> Vec<Vec<At>> {
    let mut out: Vec<Vec<At>> = vec![Vec::new(); network.entities.len()];
    for (claim, held) in claims.iter().enumerate() {
        let places = held.reports.iter().filter_map(|&(document, fact)| {
            let place = kept[document].reading.facts[fact].place?;
            Some(entity_of[document][place.at()])
        });
        let who: BTreeSet<At> = held.who.iter().copied().chain(places).collect();
        who.into_iter().for_each(|entity| out[entity].push(claim));
    }
    out
}

fn places(kept: &[&Kept], network: &madar_link::Network, entity_of: Vec<Vec<At>>) -> Vec<Places> {
    let facts = kept.iter().map(|k| vec![None; k.reading.facts.len()]);
    let places = entity_of.into_iter().zip(facts);
    let mut out: Vec<Places> = places
        .map(|(entity_of, facts)| Places { entity_of, facts })
        .collect();
    for (claim, held) in network.claims.iter().enumerate() {
        for &telling in &held.tellings {
            let report = &network.reports[telling];
            let slot = &mut out[report.document as usize].facts[report.fact as usize];
            *slot = Some((report.id, claim));
        }
    }
    out
}

pub(crate) fn publisher(kept: &Kept) -> Option<Publisher> {
    let publication = &kept.reading.publication;
    let listed = publication.publisher.clone().map(Publisher::Listed);
    let named = publication.publisher_name.clone();
    let stated = named.or_else(|| kept.document.meta.publisher.clone());
    listed.or(stated.map(Publisher::Stated))
}

/// Every name that somebody goes by, in the texts and on the lists.
fn called(entities: &[LinkedEntity], kit: &Kit) -> Vec<Called> {
    let mut out = Vec::new();
    for (at, held) in entities.iter().enumerate() {
        let linked = &held.linked;
        let entry = linked.listed.as_deref();
        let entry = entry.and_then(|id| kit.gazetteer.entry(id));
        let listed = entry.into_iter().flat_map(|entry| &entry.names);
        let seen = linked.names.iter().map(|name| &name.text);
        let all = seen.chain(listed).chain([&linked.name]);
        let all: BTreeSet<&String> = all.filter(|name| !name.is_empty()).collect();
        out.extend(all.into_iter().map(|text| Called {
            entity: at,
            text: text.clone(),
        }));
    }
    out
}

fn stands(kept: &[&Kept]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for k in kept {
        let (reading, text) = (&k.reading, &k.document.text);
        let publishers = [
            &reading.publication.publisher_name,
            &k.document.meta.publisher,
        ];
        let publishers = publishers.into_iter().flatten().cloned();
        let hops = reading.facts.iter().flat_map(|fact| &fact.chain);
        let sources = hops.map(|hop| match &hop.who {
            HopWho::Anonymous(span) => span.of(text).to_owned(),
            HopWho::Mention(id) => reading.mentions[id.at()].name.clone(),
        });
        for words in publishers.chain(sources) {
            out.entry(fold(&words)).or_insert(words);
        }
    }
    out
}
