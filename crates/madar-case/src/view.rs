//! The case as its questions see it: documents and readings with the network over them.

use madar_read::{Fact, Hop, HopBasis, HopWho, Kit, MentionId, SourceKind};

use madar_text::{DocumentId, Span};

use crate::answer::{Link, Source};
use crate::documents::Documents;
use crate::ledger::{Claims, DocumentEntry, EntityEntry};
use crate::linked::{Network, listed_name};
use crate::links::{Links, publisher};
use crate::screening::Register;
use crate::tongue::Tongue;

/// Number of a document, an entity or a claim in the lists of one [`View`].
pub(crate) type At = usize;

/// A number of linking as one of these. In the file they take 64 bits and are beginnings of ids; where a question
/// meets them they were counted through.
pub(crate) fn place(number: u64) -> At {
    usize::try_from(number).expect("Madar runs where an address has 64 bits")
}

pub(crate) struct View<'a> {
    pub(crate) kept: &'a Documents,
    pub(crate) links: &'a Links,
    pub(crate) kit: &'a Kit,
    pub(crate) network: &'a Network,
    pub(crate) tongue: Tongue,
    /// Lists against which members are screened.
    pub(crate) register: Option<&'a Register>,
}

impl<'a> View<'a> {
    /// What lists of claims are put in order by.
    pub(crate) fn claims_ledger(&self) -> &'a Claims {
        self.links.claims_ledger(self.kept)
    }

    /// What lists of entities are put in order by.
    pub(crate) fn entities_ledger(&self) -> &'a [EntityEntry] {
        self.links.entities_ledger(self.kit)
    }

    /// What lists of documents are put in order by.
    pub(crate) fn documents_ledger(&self) -> &'a [DocumentEntry] {
        self.links.documents_ledger(self.kept)
    }

    pub(crate) fn document_at(&self, id: DocumentId) -> Option<At> {
        self.kept.position(id)
    }

    pub(crate) fn text(&self, document: At) -> &'a str {
        &self.kept[document].document.text
    }

    pub(crate) fn fact(&self, (document, fact): (At, usize)) -> &'a Fact {
        &self.kept[document].reading.facts[fact]
    }

    /// The entity that a mention stands for.
    pub(crate) fn entity_of(&self, document: At, mention: MentionId) -> At {
        self.links.places(document).entity_of[mention.at()]
    }

    /// Empty for a fact that was rejected.
    pub(crate) fn fact_id(&self, (document, fact): (At, usize)) -> String {
        let told = self.links.places(document).facts[fact];
        told.map_or_else(String::new, |(id, _)| id.short())
    }

    pub(crate) fn name_of(&self, document: At, mention: MentionId) -> &str {
        &self.entity(self.entity_of(document, mention)).name
    }

    pub(crate) fn source(&self, document: At) -> Source {
        let kept = &self.kept[document];
        Source {
            id: kept.id,
            title: kept.document.meta.title.clone(),
            publisher: self.publisher(document),
            lang: kept.document.lang(),
        }
    }

    /// The publisher by its usual name, else as stated.
    pub(crate) fn publisher(&self, document: At) -> Option<String> {
        let publisher = publisher(&self.kept[document])?;
        self.publisher_name(&publisher)
    }

    /// From the publisher inwards.
    pub(crate) fn chain(&self, document: At, hops: &[Hop]) -> Vec<Link> {
        let publisher = self.publisher(document);
        let publisher = Link {
            name: publisher.unwrap_or_else(|| self.tongue.say("link", "nobody").to_owned()),
            kind: SourceKind::Outlet,
            inherited: false,
        };
        let mut chain = vec![publisher];
        if let [agency] = &self.kept[document].reading.publication.credits[..] {
            let entry = self.kit.gazetteer.entry(agency);
            chain.push(Link {
                name: entry.map_or_else(|| agency.clone(), |e| listed_name(e, self.tongue)),
                kind: SourceKind::Outlet,
                inherited: true,
            });
        }
        for hop in hops {
            let link = self.link(document, hop);
            if chain.last().is_none_or(|last| last.name != link.name) {
                chain.push(link);
            }
        }
        chain
    }

    /// *Draft contracts* have no name either, but are no people.
    fn kind_of_source(&self, document: At, span: Span) -> SourceKind {
        let attributions = &self.kept[document].reading.attributions;
        let own = attributions
            .iter()
            .find(|attribution| attribution.source.span == span);
        own.map_or(SourceKind::Anonymous, |attribution| attribution.source.kind)
    }

    fn link(&self, document: At, hop: &Hop) -> Link {
        let (name, kind) = match &hop.who {
            HopWho::Anonymous(span) => {
                let words = span.of(self.text(document));
                (words.to_owned(), self.kind_of_source(document, *span))
            }
            HopWho::Mention(id) => {
                let entity = self.entity(self.entity_of(document, *id));
                let kind = match entity.kind {
                    madar_read::EntityKind::Paper => SourceKind::Paper,
                    madar_read::EntityKind::Group => SourceKind::Group,
                    _ if entity.is_outlet => SourceKind::Outlet,
                    _ => SourceKind::Named,
                };
                (entity.name.clone(), kind)
            }
        };
        Link {
            name,
            kind,
            inherited: hop.basis == HopBasis::Inherited,
        }
    }
}
