//! What a good researcher would hand an editor: cast, ties and deals, meetings, money, sanctions,
//! contradictions, and where it all comes from. Nothing is told twice: one line to a claim.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{EntityKind, FactKind};
use rustc_hash::FxHashMap;

use crate::answer::{Brief, Dispute, Member, Section, Subject};
use crate::ask::in_time;
use crate::origins::Of;
use crate::view::{At, View};

/// Lines shown of one subject; the rest is counted. Two screens of a terminal.
const LINES: usize = 12;
/// Dated claims shown in the timeline, where each takes two lines of a screen.
const DATES: usize = 24;
/// People and bodies shown in the cast.
const CAST: usize = 15;
/// Ties shown with one of the cast.
const TIES: usize = 6;
/// How much a document, a fact and a mention add to the weight of one of the cast: being told by
/// several papers counts most, being in facts more than being named.
const WEIGHT: [u32; 3] = [10, 3, 1];

impl View<'_> {
    /// The brief on everything, or on the claims that `about` takes part in.
    pub(crate) fn brief(&self, about: Option<At>) -> Brief {
        let claims: Vec<At> = match about {
            Some(entity) => self.claims_of(entity).to_vec(),
            None => (0..self.links.claims()).collect(),
        };
        let cast = self.cast(&claims, about);
        let ordered = self.by_importance(&claims, &cast);
        let documents = self.documents_of(&claims, about);
        let (sums, more_sums) = match about {
            Some(entity) => self.sums_beside(&documents, entity),
            None => self.all_sums(),
        };
        let origins = about.map_or(Of::All, |_| Of::These(&claims));
        Brief {
            tongue: self.tongue,
            about: about.map(|entity| self.member(entity, usize::MAX)),
            documents: self.document_lines(documents.into_iter()),
            cast: self.members(&cast),
            more_cast: cast.len().saturating_sub(CAST),
            sections: self.sections(&ordered),
            disputes: self.disputes(&ordered, usize::MAX),
            sums,
            more_sums,
            origins: self.origins(origins, usize::MAX),
        }
    }

    /// The head of the cast.
    pub(crate) fn members(&self, cast: &[At]) -> Vec<Member> {
        let head = cast.iter().take(CAST);
        head.map(|&entity| self.member(entity, TIES)).collect()
    }

    /// The claims that it takes part in or that happened there.
    pub(crate) fn claims_of(&self, entity: At) -> &[At] {
        &self.links.entity(entity).claims
    }

    /// Who takes part in any of its tellings, the place left out; in order.
    pub(crate) fn taking_part_in(&self, claim: At) -> &[At] {
        &self.links.claim(claim).who
    }

    /// Who takes part, the weightiest first. Places and papers are no cast.
    pub(crate) fn cast(&self, claims: &[At], about: Option<At>) -> Vec<At> {
        let (told, entities) = (self.claims_ledger(), self.entities_ledger());
        let mut facts: FxHashMap<u32, u32> = FxHashMap::default();
        for &claim in claims {
            for &entity in told.who(claim) {
                *facts.entry(entity).or_default() += 1;
            }
        }
        let mut cast: Vec<(u32, u32)> = Vec::new();
        for (entity, facts) in facts {
            let held = &entities[entity as usize];
            let acts = held.kind.is_actor() || held.kind == EntityKind::Asset;
            if !acts || held.is_outlet || Some(entity as At) == about {
                continue;
            }
            let parts = [held.documents, facts, held.mentions];
            let weight: u32 = parts.iter().zip(WEIGHT).map(|(n, weight)| n * weight).sum();
            let weight = if held.named { weight } else { weight / 2 };
            cast.push((weight, entity));
        }
        // numbers come in the order of ids
        cast.sort_unstable_by_key(|&(weight, entity)| (std::cmp::Reverse(weight), entity));
        cast.into_iter().map(|(_, entity)| entity as At).collect()
    }

    /// Claims, the most important first: by kind, independent chains, main cast, participants.
    pub(crate) fn by_importance(&self, claims: &[At], cast: &[At]) -> Vec<At> {
        let ledger = self.claims_ledger();
        let lead = &cast[..cast.len().min(CAST)];
        let mut ordered = claims.to_vec();
        // numbers come in the order of ids
        ordered.sort_by_cached_key(|&claim| {
            let held = &ledger.entries[claim];
            let who = ledger.who(claim);
            let leading = who.iter().filter(|&&one| lead.contains(&(one as At)));
            let main = 2 * leading.count() + who.len().min(4);
            let weight =
                kind_weight(held.kind) + 4 * held.k_lo as usize + 2 * held.articles as usize + main;
            (std::cmp::Reverse(weight), claim)
        });
        ordered
    }

    fn documents_of(&self, claims: &[At], about: Option<At>) -> Vec<At> {
        let all = 0..self.kept.len();
        if about.is_none() {
            return all.collect();
        }
        let told: BTreeSet<At> = claims
            .iter()
            .flat_map(|&claim| {
                self.claim(claim)
                    .reports
                    .iter()
                    .map(|&(document, _)| document)
            })
            .collect();
        all.filter(|at| told.contains(at)).collect()
    }

    pub(crate) fn sections(&self, ordered: &[At]) -> Vec<Section> {
        let mut of: BTreeMap<Subject, Vec<At>> = BTreeMap::new();
        for &claim in ordered {
            let entry = &self.claims_ledger().entries[claim];
            let subject = subject(entry.kind);
            // a denial stands beside what it denies
            let elsewhere = subject == Some(Subject::Other) && entry.disputes;
            if let Some(subject) = subject.filter(|_| !elsewhere) {
                of.entry(subject).or_default().push(claim);
            }
        }
        let section = |(subject, claims): (Subject, Vec<At>)| Section {
            subject,
            more: claims.len().saturating_sub(LINES),
            lines: claims
                .iter()
                .take(LINES)
                .map(|&claim| self.line(claim))
                .collect(),
        };
        let mut sections: Vec<Section> = of.into_iter().map(section).collect();
        sections.extend(self.timeline(ordered));
        sections.sort_by_key(|section| section.subject);
        sections
    }

    /// The most important dated claims, in order of time.
    fn timeline(&self, ordered: &[At]) -> Option<Section> {
        let dated = ordered
            .iter()
            .copied()
            .filter(|&claim| self.is_dated(claim));
        let dated: Vec<At> = dated.collect();
        let lines = dated
            .iter()
            .take(DATES)
            .map(|&claim| self.line(claim))
            .collect();
        (!dated.is_empty()).then(|| Section {
            subject: Subject::Timeline,
            more: dated.len().saturating_sub(DATES),
            lines: in_time(lines),
        })
    }

    /// Denials beside what they deny, so many at most.
    pub(crate) fn disputes(&self, ordered: &[At], most: usize) -> Vec<Dispute> {
        let mut out = Vec::new();
        for &claim in ordered {
            if out.len() >= most {
                break;
            }
            if !self.claims_ledger().entries[claim].disputes {
                continue;
            }
            let held = self.links.claim(claim);
            let mut said = held
                .against
                .iter()
                .map(|&at| Some(self.line(at)))
                .collect::<Vec<_>>();
            if said.is_empty() {
                said.push(None);
            }
            for said in said {
                out.push(Dispute {
                    said,
                    denied: self.line(claim),
                });
            }
        }
        out
    }
}

/// Which section tells it; roles, kin and associates stand with the cast.
fn subject(kind: FactKind) -> Option<Subject> {
    Some(match kind {
        FactKind::Role | FactKind::Family | FactKind::Associate | FactKind::Membership => {
            return None;
        }
        FactKind::Ownership | FactKind::Deal | FactKind::Tie => Subject::Deals,
        FactKind::Meeting | FactKind::Visit => Subject::Meetings,
        FactKind::Payment => Subject::Money,
        FactKind::Sanction | FactKind::Licence | FactKind::Investigation => Subject::Sanctions,
        FactKind::Proposal => Subject::Proposals,
        FactKind::Communication | FactKind::Event => Subject::Other,
    })
}

/// What an editor asks for first. A step of ten outweighs one more chain and two more articles.
fn kind_weight(kind: FactKind) -> usize {
    match kind {
        FactKind::Deal | FactKind::Payment | FactKind::Ownership => 40,
        FactKind::Sanction | FactKind::Licence | FactKind::Meeting => 30,
        FactKind::Family | FactKind::Associate | FactKind::Investigation | FactKind::Proposal => 25,
        FactKind::Role | FactKind::Visit | FactKind::Membership => 20,
        FactKind::Tie | FactKind::Communication => 10,
        FactKind::Event => 5,
    }
}
