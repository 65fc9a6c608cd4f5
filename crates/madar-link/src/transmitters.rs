//! Who passes a report on. An outlet is one by the outlets file or by being the publisher of a document
//! in hand; an unnamed source belongs to the outlet that cites it; a paper is one wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Index, Name, NameKind, SAME, score};
use madar_read::{EntityKind, Hop, HopWho, Kit};
use madar_text::fold;
use rustc_hash::FxHashMap;

use crate::described::Described;
use crate::entities::{Entities, EntityId};
use crate::network::Told;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Transmitter {
    /// A known outlet: `outlets/wall-street-journal`.
    Outlet(String),
    /// A publisher that the file does not know, by its folded name.
    Publisher(String),
    /// A named person or body.
    Entity(EntityId),
    /// An unnamed source belongs to the outlet that cites it.
    Anonymous {
        outlet: Box<Transmitter>,
        described: String,
    },
    /// A paper is one wherever it stands.
    Paper(String),
    /// The untold origin of one document, by the document's number.
    Untold(u32),
}

impl Transmitter {
    pub fn is_outlet(&self) -> bool {
        matches!(self, Transmitter::Outlet(_) | Transmitter::Publisher(_))
    }
}

/// The transmitters of a case: publishers of its documents and who else is named in its chains.
pub(crate) struct Transmitters<'a> {
    told: &'a [Told<'a>],
    entities: &'a Entities,
    kit: &'a Kit,
    described: &'a Described,
    publishers: Vec<Transmitter>,
    /// Bodies that are publishers of documents in hand, where the outlets file does not know them.
    publishing: BTreeMap<EntityId, Transmitter>,
}

impl<'a> Transmitters<'a> {
    pub(crate) fn new(
        told: &'a [Told<'a>],
        entities: &'a Entities,
        described: &'a Described,
        kit: &'a Kit,
    ) -> Self {
        let publishers = publishers(told);
        let publishing = publishing(&publishers, entities);
        Self {
            told,
            entities,
            kit,
            described,
            publishers,
            publishing,
        }
    }

    /// The publisher of a document: the outlet, its stated name, or the document itself.
    pub(crate) fn publisher(&self, document: u32) -> &Transmitter {
        &self.publishers[document as usize]
    }

    /// The chain of a fact, publisher first; a transmitter that comes twice is one.
    pub(crate) fn chain(&self, document: u32, hops: &[Hop]) -> Vec<Transmitter> {
        let told = &self.told[document as usize];
        let mut chain = vec![self.publisher(document).clone()];
        // An agency's credit: the publisher has it from there. Of several, which one told what is unsaid.
        if let [agency] = &told.reading.publication.credits[..] {
            chain.push(Transmitter::Outlet(agency.clone()));
        }
        for hop in hops {
            let next = self.transmitter(told, document, hop, &chain);
            if !chain.contains(&next) {
                chain.push(next);
            }
        }
        chain
    }

    fn transmitter(
        &self,
        told: &Told<'_>,
        document: u32,
        hop: &Hop,
        chain: &[Transmitter],
    ) -> Transmitter {
        let id = match &hop.who {
            HopWho::Mention(id) => *id,
            HopWho::Anonymous(span) => {
                let description = span.of(told.text);
                let described = fold(description);
                if self.described.is_paper(description) {
                    return Transmitter::Paper(described);
                }
                let outlet = chain.iter().rev().find(|t| t.is_outlet());
                return Transmitter::Anonymous {
                    outlet: Box::new(outlet.unwrap_or(&chain[0]).clone()),
                    described,
                };
            }
        };
        let mention = &told.reading.mentions[id.at()];
        let entity = self.entities.of(document, id);
        let listed = self.entities.list[entity.at()].listed.as_deref();
        let listed = listed.or(mention.listed.as_deref());
        match listed.and_then(|id| self.kit.gazetteer.entry(id)) {
            Some(entry) if entry.is_outlet() => Transmitter::Outlet(entry.id.clone()),
            _ if mention.kind == EntityKind::Paper => Transmitter::Paper(fold(&mention.name)),
            _ => self
                .publishing
                .get(&entity)
                .cloned()
                .unwrap_or(Transmitter::Entity(entity)),
        }
    }
}

/// By document; one publisher spelled in two ways is one.
fn publishers(told: &[Told<'_>]) -> Vec<Transmitter> {
    let mut stated: Vec<Option<&str>> = Vec::new();
    for document in told {
        let publication = &document.reading.publication;
        let name = publication
            .publisher_name
            .as_ref()
            .or(document.meta.publisher.as_ref());
        let name = name.filter(|_| publication.publisher.is_none());
        stated.push(name.map(String::as_str));
    }
    let mut distinct: Vec<&str> = stated.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let names: Vec<Name> = distinct
        .iter()
        .map(|name| Name::new(name, NameKind::Organisation))
        .collect();
    let known: FxHashMap<&str, String> = names
        .iter()
        .map(|own| {
            let first = names.iter().find(|n| score(n, own) >= SAME);
            (own.text(), fold(first.unwrap_or(own).text()))
        })
        .collect();
    told.iter()
        .zip(stated)
        .zip(0..)
        .map(|((document, stated), number)| {
            match (&document.reading.publication.publisher, stated) {
                (Some(id), _) => Transmitter::Outlet(id.clone()),
                (None, Some(name)) => Transmitter::Publisher(known[name].clone()),
                (None, None) => Transmitter::Untold(number),
            }
        })
        .collect()
}

fn publishing(publishers: &[Transmitter], entities: &Entities) -> BTreeMap<EntityId, Transmitter> {
    let distinct: BTreeSet<&Transmitter> = publishers.iter().collect();
    let unlisted: Vec<(Name, &Transmitter)> = distinct
        .into_iter()
        .filter_map(|p| match p {
            Transmitter::Publisher(name) => Some((Name::new(name, NameKind::Organisation), p)),
            _ => None,
        })
        .collect();
    let mut index: Index<usize> = Index::new();
    for (at, (name, _)) in unlisted.iter().enumerate() {
        index.insert(name, at);
    }
    let mut out = BTreeMap::new();
    let bodies = entities
        .list
        .iter()
        .filter(|e| e.kind.is_body() && e.listed.is_none());
    for entity in bodies.filter(|_| !unlisted.is_empty()) {
        let found = entity.names.iter().find_map(|name| {
            let own = Name::new(&name.text, NameKind::Organisation);
            let mut near = index.candidates(&own);
            near.sort_unstable();
            let near = near.into_iter().map(|at| &unlisted[at]);
            near.into_iter().find(|(n, _)| score(n, &own) >= SAME)
        });
        if let Some((_, publisher)) = found {
            out.insert(entity.id, (*publisher).clone());
        }
    }
    out
}
