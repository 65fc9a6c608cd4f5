//! Numbers of things. In the file a document, an entity and a claim have the beginnings of their ids for numbers, so
//! that a record stays as it is when others come and go; a question counts them through, in the same order.

use madar_link::{Claim, Collapse, EntityId, Strand, Transmitter};

use crate::links::{LinkedClaim, LinkedEntity, Places};
use crate::view::At;

/// All numbers of a case, in order.
pub(crate) struct Numbers {
    pub(crate) documents: Vec<u64>,
    pub(crate) entities: Vec<u64>,
    pub(crate) claims: Vec<u64>,
}

fn place(all: &[u64], number: u64) -> At {
    // what was linked was written in one step: a number of nothing is damage
    all.binary_search(&number)
        .unwrap_or_else(|_| crate::shelf::whole(Err(damaged())))
}

/// How many of these are less, sought in steps that double: what is sought is near, for whoever stands in many documents.
fn fewer(all: &[u64], number: u64) -> usize {
    let mut step = 1;
    while all.get(step - 1).is_some_and(|held| *held < number) {
        step *= 2;
    }
    let from = step / 2;
    let to = all.len().min(step);
    from + all[from..to].partition_point(|held| *held < number)
}

fn damaged() -> crate::CaseError {
    crate::CaseError::Damaged("what was linked")
}

impl Numbers {
    pub(crate) fn document(&self, number: u64) -> At {
        place(&self.documents, number)
    }

    fn entity(&self, number: u64) -> At {
        place(&self.entities, number)
    }

    fn claim_at(&self, number: u64) -> At {
        place(&self.claims, number)
    }

    /// An entity as the file has it, counted through.
    pub(crate) fn counted_entity(&self, mut held: LinkedEntity) -> LinkedEntity {
        let mentions = held.linked.mentions.iter_mut();
        // they come in order, so that each is sought from the last one on
        let mut from = 0;
        for (document, _) in mentions {
            from += fewer(&self.documents[from..], *document);
            *document = self.document_from(from, *document);
        }
        held.linked.id = EntityId(self.entity(held.linked.id.0) as u64);
        for claim in &mut held.claims {
            *claim = self.claim_at(*claim as u64);
        }
        held
    }

    fn document_from(&self, from: At, number: u64) -> u64 {
        match self.documents.get(from) {
            Some(&found) if found == number => from as u64,
            _ => self.document(number) as u64,
        }
    }

    pub(crate) fn counted_places(&self, mut places: Places) -> Places {
        for entity in &mut places.entity_of {
            *entity = self.entity(*entity as u64);
        }
        for (_, claim) in places.facts.iter_mut().flatten() {
            *claim = self.claim_at(*claim as u64);
        }
        places
    }

    pub(crate) fn counted_claim(&self, mut held: LinkedClaim) -> LinkedClaim {
        for (document, _) in &mut held.reports {
            *document = self.document(*document as u64);
        }
        for claim in held.against.iter_mut().chain(&mut held.perhaps) {
            *claim = self.claim_at(*claim as u64);
        }
        for entity in &mut held.who {
            *entity = self.entity(*entity as u64);
        }
        self.count(&mut held.linked);
        held
    }

    fn count(&self, claim: &mut Claim) {
        for (_, entity) in &mut claim.participants {
            self.count_entity(entity);
        }
        let support = &mut claim.support;
        let links = [
            &mut support.common_links,
            &mut support.suspected_links,
            &mut support.cut,
        ];
        for transmitter in links.into_iter().flatten() {
            self.count_transmitter(transmitter);
        }
        let strands = (support.told.iter_mut())
            .chain(&mut support.perhaps)
            .chain(&mut support.suspected);
        for Strand { documents, through } in strands {
            documents
                .iter_mut()
                .for_each(|document| self.count_document(document));
            through
                .iter_mut()
                .for_each(|transmitter| self.count_transmitter(transmitter));
        }
        for collapse in &mut support.collapses {
            match collapse {
                Collapse::Copy { later, earlier, .. }
                | Collapse::Translation { later, earlier, .. }
                | Collapse::Retelling { later, earlier, .. }
                | Collapse::Quote { later, earlier, .. } => {
                    self.count_document(later);
                    self.count_document(earlier);
                }
                Collapse::Circle(documents) => {
                    documents
                        .iter_mut()
                        .for_each(|document| self.count_document(document));
                }
                Collapse::SameOwner(a, b)
                | Collapse::LikeSources(a, b)
                | Collapse::LikePapers(a, b) => {
                    self.count_transmitter(a);
                    self.count_transmitter(b);
                }
                Collapse::OfficialAct(entity) => self.count_entity(entity),
            }
        }
    }

    fn count_document(&self, number: &mut u64) {
        *number = self.document(*number) as u64;
    }

    fn count_entity(&self, id: &mut EntityId) {
        id.0 = self.entity(id.0) as u64;
    }

    fn count_transmitter(&self, transmitter: &mut Transmitter) {
        match transmitter {
            Transmitter::Entity(id) => self.count_entity(id),
            Transmitter::Untold(document) => self.count_document(document),
            Transmitter::Anonymous { outlet, .. } => self.count_transmitter(outlet),
            Transmitter::Outlet(_) | Transmitter::Publisher(_) | Transmitter::Paper(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fewer;

    #[test]
    fn what_is_sought_is_found_wherever_it_stands() {
        for all in [
            &[][..],
            &[5],
            &[1, 3, 5, 7],
            &(0..100).map(|n| 2 * n).collect::<Vec<_>>(),
        ] {
            for number in 0..210 {
                let expect = all.iter().filter(|held| **held < number).count();
                assert_eq!(fewer(all, number), expect, "{number} in {all:?}");
            }
        }
    }
}
