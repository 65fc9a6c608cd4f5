//! What may tie chains that look independent, each tie with its reason: a document that depends on an
//! earlier one in hand, outlets of one owner, unnamed sources and papers of like kind, an authority whose
//! own announcement is behind whatever is told of its act. Suspicion lowers *k_lo*, never *k_hi*.

use std::collections::BTreeSet;

use madar_read::{EntityKind, FactKind, Kit, Role};

use crate::alike::{Stage, stage};
use crate::dependence::{Dependence, DependenceKind, Independent, Papers};
use crate::described::{Described, Kind};
use crate::digest::DocumentNumber;
use crate::entities::{Entities, EntityId};
use crate::reliance::{Chain, Strand, standing, taken_together};
use crate::reports::Report;
use crate::transmitters::Transmitter;

/// Why two chains that look independent may be one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Collapse {
    /// The later document seems to copy the earlier one; percent of the words of the shorter one.
    Copy {
        later: DocumentNumber,
        earlier: DocumentNumber,
        percent: u32,
    },
    /// It seems to be translated from it.
    Translation {
        later: DocumentNumber,
        earlier: DocumentNumber,
        shared: u32,
        of: u32,
    },
    /// It has some of its facts from there, as it says, and gives no source for this one.
    Retelling {
        later: DocumentNumber,
        earlier: DocumentNumber,
        facts: u32,
        of: u32,
    },
    /// Both quote so many words alike.
    Quote {
        later: DocumentNumber,
        earlier: DocumentNumber,
        words: u32,
    },
    /// They seem to rest on one another, and nothing tells which came first.
    Circle(Vec<DocumentNumber>),
    /// Two outlets of one owner.
    SameOwner(Transmitter, Transmitter),
    /// Two unnamed sources of like kind and country.
    LikeSources(Transmitter, Transmitter),
    /// Two papers of one kind.
    LikePapers(Transmitter, Transmitter),
    /// An act of an authority that makes its acts known: all may rest on its own word.
    OfficialAct(EntityId),
}

/// What is known of a case that suspicion rests on.
pub(crate) struct Suspicion<'a> {
    pub(crate) papers: &'a Papers<'a>,
    pub(crate) entities: &'a Entities<'a>,
    /// Sorted by the later document.
    pub(crate) dependences: &'a [Dependence],
    pub(crate) independent: &'a Independent,
    pub(crate) described: &'a Described,
    pub(crate) kit: &'a Kit,
}

impl Suspicion<'_> {
    pub(crate) fn languages(&self, documents: &BTreeSet<DocumentNumber>) -> u32 {
        let languages = documents
            .iter()
            .filter_map(|&d| self.papers.digests[self.papers.at(d)].lang);
        let languages: BTreeSet<_> = languages.collect();
        u32::try_from(languages.len()).expect("three languages")
    }

    /// How many articles these are: versions of one that its publisher has changed are one.
    pub(crate) fn articles(&self, documents: &BTreeSet<DocumentNumber>) -> u32 {
        let articles: BTreeSet<_> = documents.iter().map(|&d| self.article(d)).collect();
        u32::try_from(articles.len()).expect("fewer documents")
    }

    /// A version is no copy of another: their chains begin with one publisher.
    fn is_one_article(&self, dependence: &Dependence) -> bool {
        self.article(dependence.later) == self.article(dependence.earlier)
    }

    /// The article that a document is a version of, else the document.
    fn article(&self, document: DocumentNumber) -> Result<u64, DocumentNumber> {
        let digest = &self.papers.digests[self.papers.at(document)];
        digest.article.ok_or(document)
    }

    /// The chains of a claim's reports with all that is suspected, and why.
    pub(crate) fn suspected(
        &self,
        reports: &[Report],
        tellings: &[usize],
    ) -> (Vec<Strand>, Vec<Collapse>) {
        let mut collapses = Vec::new();
        let own = tellings.iter().map(|&telling| &reports[telling]);
        let mut chains: Vec<Chain> = own
            .map(|report| Chain {
                document: report.document,
                sourced: report.chain.len() > 1,
                through: report.chain.clone(),
            })
            .collect();
        self.act(reports, tellings, &mut chains, &mut collapses);
        let chains = self.replaced(&chains, &mut collapses);
        let chains = self.merged(&chains, &mut collapses);
        collapses.sort();
        collapses.dedup();
        (chains, collapses)
    }

    /// The chains that stand where documents seem to rest on one another.
    fn replaced(&self, chains: &[Chain], collapses: &mut Vec<Collapse>) -> Vec<Strand> {
        let of = |document: DocumentNumber| {
            let from = self.dependences.partition_point(|d| d.later < document);
            let own = self.dependences[from..].iter();
            own.take_while(move |d| d.later == document)
        };
        let documents: BTreeSet<DocumentNumber> =
            chains.iter().map(|chain| chain.document).collect();
        let own = documents.iter().flat_map(|&document| of(document));
        let own: Vec<Dependence> = own
            .filter(|d| documents.contains(&d.earlier) && !self.is_one_article(d))
            .filter(|d| !self.independent.has(d.later, d.earlier))
            .copied()
            .collect();
        let standing = standing(chains, &own);
        collapses.extend(standing.applied.iter().map(collapse));
        collapses.extend(standing.circles.into_iter().map(Collapse::Circle));
        standing.chains
    }

    /// Sanctions, licences and investigations are known because the authority makes them known.
    fn act(
        &self,
        reports: &[Report],
        tellings: &[usize],
        chains: &mut [Chain],
        collapses: &mut Vec<Collapse>,
    ) {
        let acting = |report: &Report| {
            let role = match report.kind {
                FactKind::Sanction | FactKind::Licence => Role::Authority,
                FactKind::Investigation => Role::Investigator,
                _ => return None,
            };
            let official = |e: &EntityId| {
                matches!(
                    self.entities.kind(*e),
                    EntityKind::PublicBody | EntityKind::Place
                )
            };
            let mut who = report.participants.iter().filter(|(r, _)| *r == role);
            who.find(|(_, e)| official(e)).map(|(_, e)| *e)
        };
        let done = tellings
            .iter()
            .all(|&t| stage(reports[t].status) == Stage::Done);
        let authority = tellings.iter().find_map(|&t| acting(&reports[t]));
        let Some(authority) = authority.filter(|_| done && chains.len() > 1) else {
            return;
        };
        let own = Transmitter::Entity(authority);
        // Sanctions are published whatever source a paper gives. A licence or an inquiry may be secret: a
        // chain with a source of its own stands beside the announcement.
        let public = reports[tellings[0]].kind == FactKind::Sanction;
        let documents: BTreeSet<DocumentNumber> = chains.iter().map(|c| c.document).collect();
        for Chain {
            through: chain,
            document,
            ..
        } in chains
        {
            if self.independent.divides(&[*document].into(), &documents) {
                continue;
            }
            let untold = chain.last().is_some_and(Transmitter::is_outlet);
            if (untold || public) && !chain.contains(&own) {
                chain.push(own.clone());
                collapses.push(Collapse::OfficialAct(authority));
            }
        }
    }

    /// Takes sister outlets for one, and unnamed sources and papers of like kind.
    fn merged(&self, strands: &[Strand], collapses: &mut Vec<Collapse>) -> Vec<Strand> {
        let all: BTreeSet<&Transmitter> = strands.iter().flat_map(|s| &s.through).collect();
        let behind = |t: &Transmitter| -> BTreeSet<DocumentNumber> {
            let own = strands.iter().filter(|s| s.through.contains(t));
            own.flat_map(|s| s.documents.iter().copied()).collect()
        };
        let known: Vec<(&Transmitter, Likeness)> = all
            .into_iter()
            .filter_map(|t| Some((t, self.likeness(t)?)))
            .collect();
        let apart = |a: &Transmitter, b: &Transmitter| {
            let (a, b) = (behind(a), behind(b));
            self.independent.divides(&a, &b)
        };
        let (instead, pairs) = taken_together(&known, Likeness::may_be, apart);
        for (a, b) in pairs {
            let (a, b) = (a.clone(), b.clone());
            collapses.push(match b {
                Transmitter::Outlet(_) => Collapse::SameOwner(a, b),
                Transmitter::Paper(_) => Collapse::LikePapers(a, b),
                _ => Collapse::LikeSources(a, b),
            });
        }
        let swap = |t: &Transmitter| (*instead.get(t).unwrap_or(&t)).clone();
        let one = |strand: &Strand| {
            let mut through: Vec<Transmitter> = Vec::new();
            for t in strand.through.iter().map(swap) {
                if !through.contains(&t) {
                    through.push(t);
                }
            }
            let documents = strand.documents.clone();
            Strand { documents, through }
        };
        strands.iter().map(one).collect()
    }

    fn likeness(&self, transmitter: &Transmitter) -> Option<Likeness> {
        match transmitter {
            Transmitter::Outlet(id) => {
                let owner = &self.kit.gazetteer.entry(id)?.owner;
                (!owner.is_empty()).then(|| Likeness::Owner(owner.clone()))
            }
            Transmitter::Anonymous { described, .. } | Transmitter::Paper(described) => {
                Some(Likeness::Kind(self.described.kind(described, self.kit)))
            }
            _ => None,
        }
    }
}

/// What makes two transmitters possibly one.
enum Likeness {
    Owner(String),
    Kind(Kind),
}

impl Likeness {
    fn may_be(&self, other: &Likeness) -> bool {
        match (self, other) {
            (Likeness::Owner(a), Likeness::Owner(b)) => a == b,
            (Likeness::Kind(a), Likeness::Kind(b)) => a.may_be(b),
            _ => false,
        }
    }
}

fn collapse(dependence: &Dependence) -> Collapse {
    let (later, earlier) = (dependence.later, dependence.earlier);
    match dependence.kind {
        DependenceKind::Copy { percent } => Collapse::Copy {
            later,
            earlier,
            percent,
        },
        DependenceKind::Translation { shared, of } => Collapse::Translation {
            later,
            earlier,
            shared,
            of,
        },
        DependenceKind::Retelling { facts, of } => Collapse::Retelling {
            later,
            earlier,
            facts,
            of,
        },
        DependenceKind::Quote { words } => Collapse::Quote {
            later,
            earlier,
            words,
        },
    }
}
