//! What a decision is about: names and ids as a user types them become documents and names in them, so
//! that the decision outlives reading again.

use madar_text::{DocumentId, fold};

use crate::CaseError;
use crate::anchor::Anchor;
use crate::ask::Asked;
use crate::decisions::{Decision, Thing};
use crate::view::At;

/// A fact with its document, for a decision on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    pub document: DocumentId,
    pub fact: String,
    pub passage: String,
    pub anchor: Anchor,
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
        for kept in view.kept {
            if document.is_some_and(|head| !kept.id.hex().starts_with(head)) {
                continue;
            }
            let mut named = kept.reading.mentions.iter();
            if let Some(mention) = named.find(|m| fold(&m.name) == wanted) {
                return Ok(Thing {
                    document: kept.id,
                    name: mention.name.clone(),
                });
            }
        }
        let entity = view.entity_named(name)?;
        let (document, mention) = view.network.entities[entity].mentions[0];
        Ok(Thing {
            document: view.kept[document].id,
            name: view.kept[document].reading.mentions[mention].name.clone(),
        })
    }

    /// Whether the case takes two things for one.
    pub fn are_one(&self, a: &Thing, b: &Thing) -> bool {
        let view = self.view();
        let of = |thing: &Thing| -> Option<At> {
            let wanted = fold(&thing.name);
            let document = view.kept.iter().position(|k| k.id == thing.document)?;
            let mut mentions = view.kept[document].reading.mentions.iter();
            let at = mentions.position(|m| fold(&m.name) == wanted)?;
            Some(view.network.entity_of[document][at])
        };
        of(a).is_some() && of(a) == of(b)
    }

    /// Whether a decision on a fact still finds it: a better reading may tell nothing there any more.
    /// Decisions on names are not asked.
    pub fn holds(&self, decision: &Decision) -> bool {
        match decision {
            Decision::Wrong(fact) | Decision::Confirmed(fact) => !fact.facts(&self.kept).is_empty(),
            _ => true,
        }
    }

    /// The facts that an id means: one fact, or all tellings of a claim.
    ///
    /// # Errors
    /// When no fact and no claim has such an id.
    pub fn told(&self, id: &str) -> Result<Vec<Told>, CaseError> {
        let view = self.view();
        let wanted = id.to_ascii_lowercase();
        let told = |&(document, fact): &(At, usize)| Told {
            document: view.kept[document].id,
            fact: view.network.fact_id((document, fact)),
            passage: view
                .fact((document, fact))
                .passage
                .of(view.text(document))
                .to_owned(),
            anchor: Anchor::new(&view.kept[document], view.fact((document, fact))),
        };
        let claims = &view.network.claims;
        let claim = claims.iter().find(|c| !wanted.is_empty() && c.id == wanted);
        if let Some(claim) = claim {
            return Ok(claim.reports.iter().map(told).collect());
        }
        let all = claims.iter().flat_map(|c| &c.reports).map(told);
        let found: Vec<Told> = all.filter(|t| t.fact == wanted).collect();
        if found.is_empty() {
            return Err(CaseError::Unknown {
                what: "claim",
                name: id.to_owned(),
            });
        }
        Ok(found)
    }
}
