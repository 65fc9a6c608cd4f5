//! Who passes a report on. An outlet is one by the outlets file or by being the publisher of a document
//! in hand; an unnamed source belongs to the outlet that cites it; a paper is one wherever it stands.

use std::cell::RefCell;
use std::collections::BTreeSet;

use madar_names::{Name, NameKind, SAME, score};
use madar_read::{EntityKind, Hop, HopWho, Kit};
use madar_text::fold;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::dependence::Papers;
use crate::described::Described;
use crate::digest::{DocumentNumber, Stated};
use crate::entities::{Entities, EntityId};
use crate::near::{Filed, Files};
use crate::network::Told;
use crate::profiles::Sort;
use crate::spellings::Spelling;

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
    Untold(DocumentNumber),
}

impl Transmitter {
    pub fn is_outlet(&self) -> bool {
        matches!(self, Transmitter::Outlet(_) | Transmitter::Publisher(_))
    }
}

/// The transmitters of a case: publishers of its documents and who else is named in its chains.
pub(crate) struct Transmitters<'a> {
    entities: &'a Entities<'a>,
    kit: &'a Kit,
    described: &'a Described,
    /// By place of the document.
    publishers: Vec<Transmitter>,
    /// Publishers whom the outlets file does not know.
    unlisted: Unlisted,
    /// Bodies that are such publishers, so far as was asked.
    publishing: RefCell<FxHashMap<EntityId, Option<String>>>,
}

impl<'a> Transmitters<'a> {
    pub(crate) fn new(
        papers: &Papers<'_>,
        entities: &'a Entities<'a>,
        described: &'a Described,
        kit: &'a Kit,
    ) -> Self {
        let publishers = publishers(papers);
        let names = publishers.iter().filter_map(|publisher| match publisher {
            Transmitter::Publisher(name) => Some(name.clone()),
            _ => None,
        });
        Self {
            entities,
            kit,
            described,
            unlisted: Unlisted::new(names.collect()),
            publishers,
            publishing: RefCell::default(),
        }
    }

    /// The publisher of a document: the outlet, its stated name, or the document itself.
    pub(crate) fn publisher(&self, document: usize) -> &Transmitter {
        &self.publishers[document]
    }

    /// The publisher that a body is, where the outlets file does not know it.
    fn publishing(&self, entity: EntityId) -> Option<String> {
        if let Some(known) = self.publishing.borrow().get(&entity) {
            return known.clone();
        }
        let body = self.entities.kind(entity).is_body() && self.entities.listed(entity).is_none();
        let spellings = self.entities.spellings(entity).into_iter();
        let found = spellings
            .filter(|_| body)
            .filter_map(|at| self.unlisted.called(self.entities.profiles.called(at)))
            .min();
        self.publishing.borrow_mut().insert(entity, found.clone());
        found
    }

    /// The chain of a fact, publisher first; a transmitter that comes twice is one.
    pub(crate) fn chain(&self, document: usize, told: &Told<'_>, hops: &[Hop]) -> Vec<Transmitter> {
        let mut chain = vec![self.publisher(document).clone()];
        // An agency's credit: the publisher has it from there. Of several, which one told what is unsaid.
        if let [agency] = &told.reading.publication.credits[..] {
            chain.push(self.credited(agency));
        }
        for hop in hops {
            let next = self.transmitter(told, document, hop, &chain);
            if !chain.contains(&next) {
                chain.push(next);
            }
        }
        chain
    }

    /// An outlet by its id; else a publisher by the name under which it passed a message on.
    fn credited(&self, agency: &str) -> Transmitter {
        if self.kit.gazetteer.entry(agency).is_some() {
            return Transmitter::Outlet(agency.to_owned());
        }
        let own = Name::new(agency, NameKind::Organisation);
        let known = self.unlisted.like(&Filed::new(0, 0, &own), &own).min();
        Transmitter::Publisher(fold(known.as_deref().unwrap_or(agency)))
    }

    fn transmitter(
        &self,
        told: &Told<'_>,
        document: usize,
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
        let listed = self.entities.listed(entity).or(mention.listed.as_deref());
        match listed.and_then(|id| self.kit.gazetteer.entry(id)) {
            Some(entry) if entry.is_outlet() => Transmitter::Outlet(entry.id.clone()),
            _ if mention.kind == EntityKind::Paper => Transmitter::Paper(fold(&mention.name)),
            _ => self
                .publishing(entity)
                .map_or(Transmitter::Entity(entity), Transmitter::Publisher),
        }
    }
}

/// By place of the document; one publisher spelled in two ways is one.
fn publishers(papers: &Papers<'_>) -> Vec<Transmitter> {
    let stated = papers
        .digests
        .iter()
        .filter_map(|digest| match &digest.publisher {
            Stated::Name(name) => Some(name.as_str()),
            _ => None,
        });
    // a case has far more documents than publishers
    let distinct: FxHashSet<&str> = stated.collect();
    let all = Unlisted::new(distinct.iter().map(|&name| name.to_owned()).collect());
    let first = |name: &&str| {
        let own = Name::new(name, NameKind::Organisation);
        let first = all.like(&Filed::new(0, 0, &own), &own);
        let first = first.min().unwrap_or_else(|| (*name).to_owned());
        ((*name).to_owned(), fold(&first))
    };
    let known: FxHashMap<String, String> = distinct.iter().map(first).collect();
    let one =
        |(digest, &number): (&&crate::digest::Digest, &DocumentNumber)| match &digest.publisher {
            Stated::Outlet(id) => Transmitter::Outlet(id.clone()),
            Stated::Name(name) => Transmitter::Publisher(known[name.as_str()].clone()),
            Stated::Nobody => Transmitter::Untold(number),
        };
    papers.digests.iter().zip(papers.numbers).map(one).collect()
}

/// Names of publishers, to be found by names like them.
pub(crate) struct Unlisted {
    names: Vec<(Name, Filed)>,
}

impl Unlisted {
    pub(crate) fn new(names: BTreeSet<String>) -> Self {
        let one = |name: String| {
            let name = Name::new(&name, NameKind::Organisation);
            let filed = Filed::new(0, 0, &name);
            (name, filed)
        };
        Self {
            names: names.into_iter().map(one).collect(),
        }
    }

    /// Those that a name is one's of.
    fn like<'a>(&'a self, filed: &Filed, name: &'a Name) -> impl Iterator<Item = String> + 'a {
        let all = self.names.iter().map(|(_, filed)| filed).enumerate();
        let near = Files::new(all, std::iter::once((filed, 0))).near(filed, 0);
        let near = near.into_iter().map(|(at, _)| &self.names[at].0);
        near.filter(|theirs| score(name, theirs) >= SAME)
            .map(|theirs| theirs.text().to_owned())
    }

    /// The first that a body called so may be.
    pub(crate) fn called(&self, spelling: &Spelling) -> Option<String> {
        let thing = spelling.called.sort == Sort::Thing && spelling.called.named;
        let names = spelling
            .full_names()
            .filter(|_| thing && !self.names.is_empty());
        names
            .flat_map(|name| self.like(&Filed::new(0, 0, name), name).collect::<Vec<_>>())
            .min()
    }
}
