//! A case at a glance, however large: how much there is, and the most important of each.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::Lang;

use crate::answer::{Dispute, DocumentLine, Line, Member, Origin, Section, Sum};
use crate::ask::Asked;
use crate::origins::Of;
use crate::view::{At, View};

/// Outlets told of where a case comes from.
const ORIGINS: usize = 12;
/// New claims shown, and documents looked at for them.
const NEWEST: usize = 8;
const LOOKED_AT: usize = 40;
/// Disputes shown.
const DISPUTES: usize = 24;

/// What there is, and the most important of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overview {
    /// Documents by language.
    pub languages: BTreeMap<Lang, usize>,
    pub documents: usize,
    pub publishers: usize,
    /// Those who go by a name.
    pub entities: usize,
    pub claims: usize,
    /// Claims behind which at least two independent chains stand, whatever is suspected.
    pub established: usize,
    pub cast: Vec<Member>,
    pub sections: Vec<Section>,
    pub disputes: Vec<Dispute>,
    pub sums: Vec<Sum>,
    pub origins: Vec<Origin>,
    /// Claims that nobody told before the latest documents, of which the latest first.
    pub newest: Vec<Line>,
    /// The last ones by date of publication.
    pub latest: Vec<DocumentLine>,
}

impl Asked<'_> {
    /// The case at a glance, with so many of its latest documents.
    pub fn overview(&self, latest: usize) -> Overview {
        let view = self.view();
        let documents = view.documents_ledger();
        let mut languages: BTreeMap<Lang, usize> = BTreeMap::new();
        let mut publishers: BTreeSet<u64> = BTreeSet::new();
        for document in documents {
            *languages.entry(document.lang).or_default() += 1;
            publishers.extend(Some(document.publisher).filter(|publisher| *publisher != 0));
        }
        let claims: Vec<At> = (0..view.links.claims()).collect();
        let cast = view.cast(&claims, None);
        let ordered = view.by_importance(&claims, &cast);
        let by_day = view.documents_by_day();
        let latest = by_day.iter().rev().take(latest).copied();
        let mut latest = view.document_lines(latest);
        latest.reverse();
        Overview {
            languages,
            documents: documents.len(),
            publishers: publishers.len(),
            entities: view
                .entities_ledger()
                .iter()
                .filter(|one| one.named)
                .count(),
            claims: claims.len(),
            established: view
                .claims_ledger()
                .entries
                .iter()
                .filter(|claim| claim.k_lo > 1)
                .count(),
            cast: view.members(&cast),
            sections: view.sections(&ordered),
            disputes: view.disputes(&ordered, DISPUTES),
            sums: view.all_sums().0,
            origins: view.origins(Of::All, ORIGINS),
            newest: view.newest(&by_day),
            latest,
        }
    }
}

impl View<'_> {
    /// Claims that no earlier document tells, those of the latest documents first; `by_day` are all documents.
    fn newest(&self, by_day: &[At]) -> Vec<Line> {
        let days = self.documents_ledger();
        let dated = by_day.iter().rev().filter(|&&at| days[at].day.is_some());
        let mut out: Vec<At> = Vec::new();
        for &document in dated.take(LOOKED_AT) {
            let facts = self.links.places(document).facts.iter().flatten();
            let own: BTreeSet<At> = facts.map(|(_, claim)| *claim).collect();
            let is_new = |claim: &At| {
                let reports = &self.links.claim(*claim).reports;
                let mut told = reports.iter().filter_map(|(at, _)| days[*at].day);
                !out.contains(claim) && told.all(|day| Some(day) >= days[document].day)
            };
            let own: Vec<At> = own.into_iter().filter(is_new).collect();
            let cast = self.cast(&own, None);
            let own = self.by_importance(&own, &cast);
            out.extend(own.into_iter().take(NEWEST / 2));
            if out.len() >= NEWEST {
                break;
            }
        }
        out.truncate(NEWEST);
        out.into_iter().map(|claim| self.line(claim)).collect()
    }
}
