//! What a decision is about: names and ids as a user types them become documents and names in them, so
//! that the decision outlives reading again.

use madar_names::{Name, NameKind};
use madar_text::{DocumentId, fold};

use crate::CaseError;
use crate::anchor::Anchor;
use crate::ask::Asked;
use crate::decisions::{Decision, Thing};
use crate::view::{At, place};

/// A fact with its document, for a decision on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    pub document: DocumentId,
    pub fact: String,
    pub passage: String,
    pub anchor: Anchor,
}

/// Hexadecimal digits of the id of a fact or a claim.
const FACT_ID: usize = 12;

/// Decisions speak of what stands in the texts, whoever is protected.
impl Asked<'_> {
    /// The first thing that a document names exactly so, one by its names before one by a description.
    fn named_so(&self, folded: &str, fits: &dyn Fn(&At) -> bool) -> Option<Thing> {
        let first = |mut documents: Vec<At>| {
            documents.sort_unstable();
            documents.dedup();
            let documents = documents.into_iter().filter(fits);
            documents
                .flat_map(|at| {
                    let kept = &self.kept[at];
                    let mentions = kept.reading.mentions.iter();
                    let named = mentions.filter(|m| fold(&m.name) == folded);
                    named.map(|mention| Thing {
                        document: kept.id,
                        name: mention.name.clone(),
                    })
                })
                .next()
        };
        let kinds = [NameKind::Person, NameKind::Organisation];
        let names = kinds.map(|kind| Name::new(folded, kind));
        let called = self.links().called_like(&names).into_iter();
        let called = called.filter(|called| fold(&called.text) == folded);
        let places = called.flat_map(|called| &self.links().entity(called.entity).linked.mentions);
        let by_name = first(places.map(|&(document, _)| place(document)).collect());
        by_name.or_else(|| first((0..self.kept.len()).collect()))
    }

    /// The entity as its first mention names it.
    pub(crate) fn thing_of(&self, entity: At) -> Thing {
        let (document, mention) = self.links().entity(entity).linked.mentions[0];
        let kept = &self.kept[place(document)];
        Thing {
            document: kept.id,
            name: kept.reading.mentions[mention.at()].name.clone(),
        }
    }
}

impl Asked<'_> {
    /// What `name` means: an id, or a name. A name that stands so in the case is meant as it stands;
    /// `NAME@DOCUMENT` means the one of that document, by the first digits of the document's id.
    ///
    /// # Errors
    /// When nothing is called so, or several things are.
    pub fn thing(&self, name: &str) -> Result<Thing, CaseError> {
        let view = self.view();
        let (called, document) = match name.rsplit_once('@') {
            Some((called, document)) if !document.is_empty() => (called, Some(document)),
            _ => (name, None),
        };
        let wanted = fold(called.trim());
        let fits = |at: &At| document.is_none_or(|head| self.kept.id(*at).hex().starts_with(head));
        if let Some(thing) = self.named_so(&wanted, &fits) {
            return Ok(thing);
        }
        let entity = view.entity_named(name)?;
        Ok(self.thing_of(entity))
    }

    /// Whether the case takes two things for one.
    pub fn are_one(&self, a: &Thing, b: &Thing) -> bool {
        let of = |thing: &Thing| -> Option<At> {
            let wanted = fold(&thing.name);
            let document = self.kept.position(thing.document)?;
            let mut mentions = self.kept[document].reading.mentions.iter();
            let at = mentions.position(|m| fold(&m.name) == wanted)?;
            Some(self.links().places(document).entity_of[at])
        };
        of(a).is_some() && of(a) == of(b)
    }

    /// Whether a decision on a fact still finds it: a better reading may tell nothing there any more.
    /// Decisions on names are not asked.
    pub fn holds(&self, decision: &Decision) -> bool {
        match decision {
            Decision::Wrong(fact) | Decision::Confirmed(fact) => {
                !fact.facts(self.kept.of_text(fact.text)).is_empty()
            }
            _ => true,
        }
    }

    /// The facts that an id means: one fact, or all tellings of a claim.
    ///
    /// # Errors
    /// When no fact and no claim has such an id.
    pub fn told(&self, id: &str) -> Result<Vec<Told>, CaseError> {
        let links = self.links();
        let wanted = id.to_ascii_lowercase();
        let told = |&(document, fact): &(At, usize)| {
            let kept = &self.kept[document];
            let held = &kept.reading.facts[fact];
            let id = links.places(document).facts[fact];
            Told {
                document: kept.id,
                fact: id.map_or_else(String::new, |(id, _)| id.short()),
                passage: held.passage.of(&kept.document.text).to_owned(),
                anchor: Anchor::new(kept, held),
            }
        };
        let claims = match wanted.len() {
            FACT_ID => links.claims_beginning(&wanted),
            _ => Vec::new(),
        };
        if let [claim] = claims[..] {
            return Ok(links.claim(claim).reports.iter().map(told).collect());
        }
        let facts = (0..self.kept.len()).flat_map(|document| {
            let facts = links.places(document).facts.iter().enumerate();
            let own = facts.filter(|(_, fact)| fact.is_some_and(|(id, _)| id.short() == wanted));
            own.map(move |(fact, _)| (document, fact))
        });
        let found: Vec<Told> = facts.map(|at| told(&at)).collect();
        if found.is_empty() {
            return Err(CaseError::Unknown {
                what: "claim",
                name: id.to_owned(),
            });
        }
        Ok(found)
    }
}
