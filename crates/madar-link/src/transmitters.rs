//! Who passes a report on. The hops of a reading become transmitters that are the same thing in
//! every document: outlets by the curated file, people and bodies by entity, unnamed sources by the
//! outlet that cites them.

use madar_read::{Hop, HopWho, Kit};
use madar_text::fold;

use crate::entities::EntityId;
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

/// Words that make a described source a paper: drafts, records, statements.
const PAPERS: &[&str] = &[
    "document",
    "draft",
    "record",
    "filing",
    "contract",
    "report",
    "statement",
    "term sheet",
    "letter",
    "email",
    "وثيق",
    "وثائق",
    "مسود",
    "عقود",
    "سجلات",
    "بيان",
    "تقرير",
    "رسال",
    "документ",
    "проект",
    "отчет",
    "реестр",
    "договор",
    "письм",
    "выписк",
    "материал",
];

/// The publisher of a document: the outlet, its stated name, or the document itself.
pub(crate) fn publisher(told: &Told<'_>, document: u32) -> Transmitter {
    let publication = &told.reading.publication;
    if let Some(id) = &publication.publisher {
        return Transmitter::Outlet(id.clone());
    }
    let name = publication
        .publisher_name
        .as_ref()
        .or(told.meta.publisher.as_ref());
    name.map_or(Transmitter::Untold(document), |name| {
        Transmitter::Publisher(fold(name))
    })
}

/// The chain of a fact, publisher first; a transmitter that comes twice is one.
pub(crate) fn chain(
    told: &Told<'_>,
    document: u32,
    hops: &[Hop],
    entity_of: &dyn Fn(madar_read::MentionId) -> EntityId,
    kit: &Kit,
) -> Vec<Transmitter> {
    let mut chain = vec![publisher(told, document)];
    // An agency's credit: the publisher has it from there. Of several, which one told what is unsaid.
    if let [agency] = &told.reading.publication.credits[..] {
        chain.push(Transmitter::Outlet(agency.clone()));
    }
    for hop in hops {
        let next = match &hop.who {
            HopWho::Mention(id) => {
                let referent = &told.reading.referents[told.reading.referent_of[id.at()].at()];
                let mention = &told.reading.mentions[id.at()];
                let listed = referent.listed.as_deref().or(mention.listed.as_deref());
                match listed.and_then(|id| kit.gazetteer.entry(id)) {
                    Some(entry) if entry.is_outlet() => Transmitter::Outlet(entry.id.clone()),
                    _ if mention.kind == madar_read::EntityKind::Paper => {
                        Transmitter::Paper(fold(&mention.name))
                    }
                    _ => Transmitter::Entity(entity_of(*id)),
                }
            }
            HopWho::Anonymous(span) => {
                let described = fold(span.of(told.text));
                if PAPERS.iter().any(|word| described.contains(word)) {
                    Transmitter::Paper(described)
                } else {
                    let outlet = chain
                        .iter()
                        .rev()
                        .find(|t| t.is_outlet())
                        .unwrap_or(&chain[0]);
                    Transmitter::Anonymous {
                        outlet: Box::new(outlet.clone()),
                        described,
                    }
                }
            }
        };
        if !chain.contains(&next) {
            chain.push(next);
        }
    }
    chain
}
