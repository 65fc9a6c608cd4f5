//! What a good researcher would hand an editor: cast, ties and deals, meetings, money, sanctions,
//! contradictions, and where it all comes from. Nothing is told twice: one line to a claim.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{EntityKind, FactKind, HopBasis, Status};

use crate::answer::{Brief, Dispute, Section, Subject};
use crate::ask::in_time;
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
const WEIGHT: [usize; 3] = [10, 3, 1];

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
        let (sums, more_sums) = self.sums(&documents, about);
        let members = cast.iter().take(CAST).map(|&entity| {
            let mut member = self.member(entity);
            member.ties.truncate(TIES);
            member
        });
        Brief {
            tongue: self.tongue,
            about: about.map(|entity| self.member(entity)),
            documents: self.document_lines(documents.into_iter()),
            cast: members.collect(),
            more_cast: cast.len().saturating_sub(CAST),
            sections: self.sections(&ordered),
            disputes: self.disputes(&ordered),
            sums,
            more_sums,
            origins: self.origins(&claims),
        }
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
        let wanted: BTreeSet<At> = claims.iter().copied().collect();
        let all = claims.iter().flat_map(|&claim| self.taking_part_in(claim));
        let all: BTreeSet<At> = all.copied().collect();
        let mut cast: Vec<(usize, At)> = Vec::new();
        for entity in all {
            let facts = self.claims_of(entity).iter();
            let facts = facts.filter(|claim| wanted.contains(claim)).count();
            let held = self.entity(entity);
            let acts = held.kind.is_actor() || held.kind == EntityKind::Asset;
            if !acts || held.is_outlet || Some(entity) == about {
                continue;
            }
            let mentions = self.places_of(entity).len();
            let parts = [self.links.entity(entity).documents, facts, mentions];
            let weight: usize = parts.iter().zip(WEIGHT).map(|(n, weight)| n * weight).sum();
            let weight = if held.named { weight } else { weight / 2 };
            cast.push((weight, entity));
        }
        let id = |entity: At| &self.entity(entity).id;
        cast.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| id(a.1).cmp(id(b.1))));
        cast.into_iter().map(|(_, entity)| entity).collect()
    }

    /// Claims, the most important first: by kind, independent chains, main cast, participants.
    pub(crate) fn by_importance(&self, claims: &[At], cast: &[At]) -> Vec<At> {
        let rank: BTreeMap<At, usize> = cast.iter().enumerate().map(|(at, &e)| (e, at)).collect();
        let mut ordered = claims.to_vec();
        ordered.sort_by_cached_key(|&claim| {
            let held = self.claim(claim);
            let who = self.taking_part_in(claim);
            let lead = who
                .iter()
                .filter_map(|entity| rank.get(entity))
                .filter(|&&at| at < CAST);
            let main = 2 * lead.count() + who.len().min(4);
            let weight = kind_weight(held.kind)
                + 4 * held.support.k_lo as usize
                + 2 * held.support.articles
                + main;
            (std::cmp::Reverse(weight), held.id.clone())
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

    fn sections(&self, ordered: &[At]) -> Vec<Section> {
        let mut of: BTreeMap<Subject, Vec<At>> = BTreeMap::new();
        for &claim in ordered {
            let subject = subject(self.claim(claim).kind);
            // a denial stands beside what it denies
            let elsewhere = subject == Some(Subject::Other) && self.is_dispute(claim);
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

    /// Whether it denies what somebody says. That the paper itself tells of something that did not happen
    /// (*declined to comment*, *took no part*) disputes nothing.
    fn is_dispute(&self, claim: At) -> bool {
        let held = self.claim(claim);
        let loose = matches!(held.kind, FactKind::Event | FactKind::Communication);
        let somebody = |at: &(At, usize)| {
            let mut hops = self.fact(*at).chain.iter();
            hops.any(|hop| hop.basis == HopBasis::Stated)
        };
        held.status == Status::Denied
            && (!loose || !held.against.is_empty() || held.reports.iter().any(somebody))
    }

    /// Denials beside what they deny.
    fn disputes(&self, ordered: &[At]) -> Vec<Dispute> {
        let mut out = Vec::new();
        for &claim in ordered {
            if !self.is_dispute(claim) {
                continue;
            }
            let held = self.claim(claim);
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
