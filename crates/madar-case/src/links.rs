//! What linking found in a case, by number: entities, claims, what each mention and each fact of a document
//! stands for, and the ways to them. Either all in hand, just linked, or read from the file as it is needed;
//! `projection` writes and reads the file's side. In no language yet: `linked` puts it into words.

use std::collections::{BTreeMap, BTreeSet};

use std::sync::{Arc, OnceLock};

use madar_link::{
    FactId, Grown, GrownEntity, Known, Library, Report, Stated, Told, Transmitter, document_number,
};
use madar_names::{Name, NameKind};
use madar_read::{EntityKind, HopWho, Kit};
use madar_text::{DocumentId, TextHash, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corrected::to_linking;
use crate::decisions::{Decision, Thing};
use crate::documents::Documents;

use crate::footing::Footing;
use crate::keep::Kept;
use crate::ledger::{self, Claims, DocumentEntry, EntityEntry};
use crate::numbers::Numbers;
use crate::origins::Turns;
use crate::projection::Stored;
use crate::shelf::Shelf;
use crate::sums::Named;
use crate::veil::Veil;
use crate::versions::Versions;
use crate::view::{At, place};

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
    /// Those with which it may be one.
    pub(crate) perhaps: Vec<At>,
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
    claims_ledger: OnceLock<Claims>,
    entities_ledger: OnceLock<Vec<EntityEntry>>,
    documents_ledger: OnceLock<Vec<DocumentEntry>>,
    versions: OnceLock<Versions>,
    footing: OnceLock<Footing>,
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

/// All that linking found, counted through.
pub(crate) struct Everything {
    pub(crate) entities: Vec<LinkedEntity>,
    pub(crate) claims: Vec<LinkedClaim>,
    pub(crate) places: Vec<Places>,
    pub(crate) ways: Ways,
}

/// Documents in hand that were never linked.
struct InHand<'a>(&'a [&'a Kept]);

impl Library for InHand<'_> {
    fn told<T>(&self, document: DocumentId, look: impl FnOnce(&Told<'_>) -> T) -> T {
        let at = self.0.binary_search_by_key(&document, |kept| kept.id);
        look(&as_told(self.0[at.expect("ids are of these documents")]))
    }

    fn reports(&self, _: DocumentId) -> Vec<Report> {
        Vec::new()
    }
}

impl Everything {
    /// Links the documents, which come in order of their ids.
    pub(crate) fn linked(kept: &[&Kept], decisions: &[Decision], kit: &Kit) -> Self {
        let settled = settled(decisions, |text| {
            let all = kept.iter().copied().enumerate();
            all.filter(|(_, kept)| crate::text_hash(&kept.document) == text)
                .collect()
        });
        let ids: Vec<DocumentId> = kept.iter().map(|kept| kept.id).collect();
        let mut known = Known::default();
        let grown = known.link(&ids, &settled, kit, &InHand(kept));
        let rows = Rows::of(&known, &grown, |at| grown.told[at].1.clone());
        let numbers = numbers(&known);
        let entities = rows.entities.into_iter();
        let entities: Vec<LinkedEntity> = entities.map(|e| numbers.counted_entity(e)).collect();
        let claims = rows.claims.into_iter();
        let places = rows.places.into_iter();
        Self {
            ways: Ways {
                called: called(&entities, kit),
                by_key: FxHashMap::default(),
                stands: stands(kept),
            },
            entities,
            claims: claims.map(|claim| numbers.counted_claim(claim)).collect(),
            places: places
                .map(|(_, places)| numbers.counted_places(places))
                .collect(),
        }
    }
}

/// The numbers of what is known.
pub(crate) fn numbers(known: &Known) -> Numbers {
    let heads = known.marks.iter().flat_map(|mark| &mark.heads);
    let mut claims: Vec<u64> = heads.map(|head| head.claim).collect();
    claims.sort_unstable();
    claims.dedup();
    Numbers {
        documents: known.ids.iter().map(|id| document_number(*id)).collect(),
        entities: known.entities.keys().map(|id| id.0).collect(),
        claims,
    }
}

/// What has changed, as it is kept, with the numbers of the file.
pub(crate) struct Rows {
    pub(crate) entities: Vec<LinkedEntity>,
    pub(crate) claims: Vec<LinkedClaim>,
    /// By place of the document.
    pub(crate) places: Vec<(At, Places)>,
}

impl Rows {
    /// `reports` gives what the document at a place tells.
    pub(crate) fn of(known: &Known, grown: &Grown, reports: impl Fn(At) -> Vec<Report>) -> Self {
        let claim = |linked: &madar_link::Claim| {
            let number = linked.id.number();
            let places = |all: &[u64]| all.iter().copied().map(place).collect();
            let reports = linked.tellings.iter().map(|&at| &grown.reports[at]);
            LinkedClaim {
                who: taking_part(linked),
                reports: reports
                    .map(|r| (place(r.document), r.fact as usize))
                    .collect(),
                against: places(&grown.against[&number]),
                perhaps: places(&grown.perhaps[&number]),
                linked: madar_link::Claim {
                    tellings: Vec::new(),
                    ..linked.clone()
                },
            }
        };
        let at_document = |number: u64| {
            let at = known
                .ids
                .binary_search_by_key(&number, |id| document_number(*id));
            at.expect("numbers are of this case")
        };
        let entity = |grown: &GrownEntity| {
            let mut documents: Vec<u64> = grown.entity.mentions.iter().map(|m| m.0).collect();
            documents.dedup();
            let by = documents
                .iter()
                .map(|&number| &known.digests[at_document(number)].publisher);
            // of many documents few have another publisher
            let by: FxHashSet<&Stated> = by.collect();
            let by: BTreeSet<&Stated> = by.into_iter().collect();
            LinkedEntity {
                publishers: by.into_iter().filter_map(publisher_of).collect(),
                documents: documents.len(),
                claims: grown.claims.iter().copied().map(place).collect(),
                linked: grown.entity.clone(),
            }
        };
        let places = |&at: &usize| {
            let (mark, digest) = (&known.marks[at], &known.digests[at]);
            let mut facts = vec![None; mark.facts as usize];
            for (report, head) in reports(at).iter().zip(&mark.heads) {
                facts[head.fact as usize] = Some((report.id, place(head.claim)));
            }
            let drafts = digest.draft_of.iter();
            let entity_of = drafts.map(|&draft| place(mark.entities[draft as usize].0));
            let entity_of = entity_of.collect();
            (at, Places { entity_of, facts })
        };
        Self {
            entities: grown.entities.iter().map(entity).collect(),
            claims: grown.claims.iter().map(claim).collect(),
            places: grown.documents.iter().map(places).collect(),
        }
    }
}

fn publisher_of(stated: &Stated) -> Option<Publisher> {
    match stated {
        Stated::Outlet(id) => Some(Publisher::Listed(id.clone())),
        Stated::Name(name) => Some(Publisher::Stated(name.clone())),
        Stated::Nobody => None,
    }
}

/// Those who take part in any telling of a claim, each once, in order.
pub(crate) fn taking_part(claim: &madar_link::Claim) -> Vec<At> {
    let mut who: Vec<At> = claim
        .participants
        .iter()
        .map(|(_, id)| place(id.0))
        .collect();
    who.sort_unstable();
    who.dedup();
    who
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
            claims_ledger: OnceLock::new(),
            entities_ledger: OnceLock::new(),
            documents_ledger: OnceLock::new(),
            versions: OnceLock::new(),
            footing: OnceLock::new(),
            from: From::Hand(Box::new(ways)),
        }
    }

    /// Nothing in hand yet.
    pub(crate) fn in_file(stored: Stored) -> Self {
        let numbers = &stored.numbers;
        Self {
            entities: Shelf::of(numbers.entities.len()),
            claims: Shelf::of(numbers.claims.len()),
            places: Shelf::of(numbers.documents.len()),
            claims_ledger: OnceLock::new(),
            entities_ledger: OnceLock::new(),
            documents_ledger: OnceLock::new(),
            versions: OnceLock::new(),
            footing: OnceLock::new(),
            from: From::File(stored),
        }
    }

    /// The same with code names for names.
    pub(crate) fn veiled(links: &Arc<Links>, veil: Arc<Veil>) -> Self {
        Self {
            entities: Shelf::of(links.entities()),
            claims: Shelf::of(0),
            places: Shelf::of(0),
            claims_ledger: OnceLock::new(),
            entities_ledger: OnceLock::new(),
            documents_ledger: OnceLock::new(),
            versions: OnceLock::new(),
            footing: OnceLock::new(),
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

    /// The kind of an entity and how many mentions it has, without taking it in hand: of somebody who stands in ten
    /// thousand documents it is long.
    pub(crate) fn kind_and_mentions(&self, at: At, kit: &Kit) -> (EntityKind, usize) {
        match &self.from {
            From::File(_) => {
                let entry = &self.entities_ledger(kit)[at];
                (entry.kind, entry.mentions as usize)
            }
            From::Hand(_) => {
                let linked = &self.entity(at).linked;
                (linked.kind, linked.mentions.len())
            }
            From::Veil(links, _) => links.kind_and_mentions(at, kit),
        }
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

    /// Those of whose names one has a word for each of the text's words that begins so, in order.
    pub(crate) fn beginning(&self, text: &str) -> Vec<At> {
        match &self.from {
            From::File(stored) => stored.beginning(text),
            From::Hand(ways) => {
                let wanted = name_words(text);
                let has = |called: &&Called| {
                    let words = name_words(&called.text);
                    let begun = |word: &String| words.iter().any(|own| own.starts_with(word));
                    !wanted.is_empty() && wanted.iter().all(begun)
                };
                let found = ways.called.iter().filter(has).map(|called| called.entity);
                found.collect::<BTreeSet<_>>().into_iter().collect()
            }
            From::Veil(links, _) => links.beginning(text),
        }
    }

    /// Through which outlets the claims have come, where the file tells.
    pub(crate) fn stored_turns(&self) -> Option<BTreeMap<Transmitter, Turns>> {
        match &self.from {
            From::File(stored) => Some(stored.turns()),
            From::Hand(_) => None,
            From::Veil(links, _) => links.stored_turns(),
        }
    }

    /// The largest sums of money that no fact tells, each with its places, and how many there are, where the file
    /// tells.
    pub(crate) fn stored_sums(&self, most: usize) -> Option<(Vec<Vec<Named>>, usize)> {
        match &self.from {
            From::File(stored) => Some(stored.sums(most)),
            From::Hand(_) => None,
            From::Veil(links, _) => links.stored_sums(most),
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

    /// What lists of claims are put in order by; `kept` are the documents.
    pub(crate) fn claims_ledger(&self, kept: &Documents) -> &Claims {
        let ledger = &self.claims_ledger;
        match &self.from {
            From::File(stored) => ledger.get_or_init(|| stored.claims_ledger()),
            From::Hand(_) => ledger.get_or_init(|| Claims::in_hand(self, kept)),
            From::Veil(links, _) => links.claims_ledger(kept),
        }
    }

    /// What lists of entities are put in order by.
    pub(crate) fn entities_ledger(&self, kit: &Kit) -> &[EntityEntry] {
        let ledger = &self.entities_ledger;
        match &self.from {
            From::File(stored) => ledger.get_or_init(|| stored.entities_ledger()),
            From::Hand(_) => ledger.get_or_init(|| ledger::entities_in_hand(self, kit)),
            From::Veil(links, _) => links.entities_ledger(kit),
        }
    }

    /// What lists of documents are put in order by.
    pub(crate) fn documents_ledger(&self, kept: &Documents) -> &[DocumentEntry] {
        let ledger = &self.documents_ledger;
        match &self.from {
            From::File(stored) => ledger.get_or_init(|| stored.documents_ledger()),
            From::Hand(_) => ledger.get_or_init(|| kept.iter().map(DocumentEntry::new).collect()),
            From::Veil(links, _) => links.documents_ledger(kept),
        }
    }

    /// The articles that have several versions.
    pub(crate) fn versions(&self, kept: &Documents) -> &Versions {
        match &self.from {
            From::Veil(links, _) => links.versions(kept),
            _ => self
                .versions
                .get_or_init(|| Versions::new(self.documents_ledger(kept))),
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

    /// What claims stand on. No claim is taken in hand for it.
    pub(crate) fn footing(&self) -> &Footing {
        if let From::Veil(links, _) = &self.from {
            return links.footing();
        }
        self.footing.get_or_init(|| {
            let mut out = Footing::default();
            for at in 0..self.claims() {
                match &self.from {
                    From::File(stored) => out.add(&stored.claim(at).linked.support),
                    _ => out.add(&self.claim(at).linked.support),
                }
            }
            out
        })
    }
}

pub(crate) fn name_kind(kind: EntityKind) -> NameKind {
    match kind {
        EntityKind::Person => NameKind::Person,
        _ => NameKind::Organisation,
    }
}

pub(crate) fn as_told(kept: &Kept) -> Told<'_> {
    Told {
        id: kept.id,
        meta: &kept.document.meta,
        text: &kept.document.text,
        reading: &kept.reading,
    }
}

/// Decisions as linking knows them; `of_text` finds the documents with a text.
pub(crate) fn settled<'a>(
    decisions: &[Decision],
    of_text: impl Fn(TextHash) -> Vec<(At, &'a Kept)>,
) -> Vec<madar_link::Decision> {
    let thing = |thing: &Thing| madar_link::Thing {
        document: thing.document,
        name: thing.name.clone(),
    };
    let mut out = Vec::new();
    for decision in decisions {
        match decision {
            Decision::Same(a, b) => out.push(madar_link::Decision::Same(thing(a), thing(b))),
            Decision::Apart(a, b) => {
                out.push(madar_link::Decision::Different(thing(a), thing(b)));
            }
            Decision::Independent(a, b) => {
                out.push(madar_link::Decision::Independent(*a, *b));
            }
            Decision::Wrong(anchor) => {
                let kept = of_text(anchor.text);
                for (at, fact) in anchor.facts(kept.iter().copied()) {
                    let own = kept.iter().find(|(place, _)| *place == at);
                    out.push(madar_link::Decision::Reject {
                        document: own.expect("it was found there").1.id,
                        fact: u32::try_from(fact).expect("a reading holds fewer facts"),
                    });
                }
            }
            Decision::Hit(_)
            | Decision::Called(..)
            | Decision::Noted(..)
            | Decision::Followed(_)
            | Decision::Protected(..)
            | Decision::Confirmed(_)
            | Decision::Restated(..)
            | Decision::Named(..)
            | Decision::Undo(_) => {}
        }
    }
    out.extend(to_linking(decisions, of_text));
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
    let all = entities.iter().enumerate();
    let names = all.flat_map(|(entity, held)| {
        let names = names_of(&held.linked, kit).into_iter();
        names.map(move |text| Called { entity, text })
    });
    names.collect()
}

/// Every name that somebody goes by, in the texts and on the lists; in order.
pub(crate) fn names_of(linked: &madar_link::Entity, kit: &Kit) -> BTreeSet<String> {
    let entry = linked.listed.as_deref();
    let entry = entry.and_then(|id| kit.gazetteer.entry(id));
    let listed = entry.into_iter().flat_map(|entry| &entry.names);
    let seen = linked.names.iter().map(|name| &name.text);
    let all = seen.chain(listed).chain([&linked.name]);
    all.filter(|name| !name.is_empty()).cloned().collect()
}

/// The folded words of a name.
pub(crate) fn name_words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn stands(kept: &[&Kept]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (folded, words) in kept.iter().flat_map(|kept| words_of(kept)) {
        out.entry(folded).or_insert(words);
    }
    out
}

/// Names of publishers and descriptions of sources, folded and as they stand in a document.
pub(crate) fn words_of(kept: &Kept) -> Vec<(String, String)> {
    let (reading, text) = (&kept.reading, &kept.document.text);
    let publishers = [
        &reading.publication.publisher_name,
        &kept.document.meta.publisher,
    ];
    let publishers = publishers.into_iter().flatten().cloned();
    let hops = reading.facts.iter().flat_map(|fact| &fact.chain);
    let sources = hops.map(|hop| match &hop.who {
        HopWho::Anonymous(span) => span.of(text).to_owned(),
        HopWho::Mention(id) => reading.mentions[id.at()].name.clone(),
    });
    let all = publishers.chain(sources);
    all.map(|words| (fold(&words), words)).collect()
}
