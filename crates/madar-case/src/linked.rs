//! The network of `madar-link` over the documents of a case, in the numbers and words of a view.
//! Computes nothing anew: it numbers, names and words.

use std::collections::BTreeMap;

use madar_link::{Claim as Linked, Collapse, Network as Links, Told, Transmitter};
use madar_read::{EntityKind, FactKind, HopWho, Kit, Status};
use madar_text::fold;

use crate::answer::{Difference, Support};
use crate::decisions::{Decision, Thing};
use crate::keep::Kept;
use crate::view::At;

pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    pub(crate) name: String,
    pub(crate) is_outlet: bool,
    pub(crate) named: bool,
    /// Document and referent of its reading.
    pub(crate) referents: Vec<(At, usize)>,
    pub(crate) reasons: Vec<String>,
}

pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) kind: FactKind,
    pub(crate) status: Status,
    /// Document and fact of its reading.
    pub(crate) reports: Vec<(At, usize)>,
    pub(crate) support: Support,
    pub(crate) differences: Vec<Difference>,
    pub(crate) against: Vec<At>,
}

pub(crate) struct Network {
    pub(crate) entities: Vec<Entity>,
    /// By document and referent.
    pub(crate) entity_of: Vec<Vec<At>>,
    pub(crate) claims: Vec<Claim>,
    fact_ids: BTreeMap<(At, usize), String>,
}

impl Network {
    pub(crate) fn fact_id(&self, at: (At, usize)) -> String {
        self.fact_ids.get(&at).cloned().unwrap_or_default()
    }
}

/// Links the documents, which come in order of their ids.
pub(crate) fn network(kept: &[Kept], decisions: &[Decision], kit: &Kit) -> Network {
    let told: Vec<Told<'_>> = kept.iter().map(as_told).collect();
    let decisions: Vec<_> = decisions.iter().filter_map(as_link).collect();
    let links = madar_link::project(&told, &decisions, kit);
    let words = Words::new(kept, &links, kit);
    Network {
        entities: links.entities.iter().map(|e| entity(e, kit)).collect(),
        entity_of: entity_of(kept, &links),
        claims: claims(&links, &words),
        fact_ids: links
            .reports
            .iter()
            .map(|r| ((r.document as At, r.fact as usize), r.id.short()))
            .collect(),
    }
}

fn as_told(kept: &Kept) -> Told<'_> {
    Told {
        id: kept.id,
        meta: &kept.document.meta,
        text: &kept.document.text,
        reading: &kept.reading,
    }
}

fn as_link(decision: &Decision) -> Option<madar_link::Decision> {
    let thing = |thing: &Thing| madar_link::Thing {
        document: thing.document,
        name: thing.name.clone(),
    };
    Some(match decision {
        Decision::Same(a, b) => madar_link::Decision::Same(thing(a), thing(b)),
        Decision::Apart(a, b) => madar_link::Decision::Different(thing(a), thing(b)),
        Decision::Wrong { fact, .. } => madar_link::Decision::Reject(fact.clone()),
        Decision::Undo(_) => return None,
    })
}

fn entity(linked: &madar_link::Entity, kit: &Kit) -> Entity {
    let entry = linked
        .listed
        .as_deref()
        .and_then(|id| kit.gazetteer.entry(id));
    // that two equal names are one needs no word
    let told = linked.merges.iter().filter(|m| fold(&m.a) != fold(&m.b));
    let reason = |merge: &madar_link::Merge| format!("{} = {}: {}", merge.a, merge.b, merge.why);
    let mut reasons: Vec<String> = told.map(reason).collect();
    reasons.sort();
    reasons.dedup();
    Entity {
        id: linked.key.clone(),
        kind: linked.kind,
        name: linked.name.clone(),
        is_outlet: entry.is_some_and(|entry| entry.is_outlet()),
        named: linked.named,
        referents: linked
            .referents
            .iter()
            .map(|&(document, referent)| (document as At, referent.at()))
            .collect(),
        reasons,
    }
}

fn entity_of(kept: &[Kept], links: &Links) -> Vec<Vec<At>> {
    let mut out: Vec<Vec<At>> = kept
        .iter()
        .map(|k| vec![0; k.reading.referents.len()])
        .collect();
    for (at, entity) in links.entities.iter().enumerate() {
        for &(document, referent) in &entity.referents {
            out[document as usize][referent.at()] = at;
        }
    }
    out
}

fn claims(links: &Links, words: &Words<'_>) -> Vec<Claim> {
    let number: BTreeMap<_, At> = links.claims.iter().map(|c| c.id).zip(0..).collect();
    let mut against: Vec<Vec<At>> = vec![Vec::new(); links.claims.len()];
    for pair in &links.contradictions {
        let (a, b) = (number[&pair.a], number[&pair.b]);
        against[a].push(b);
        against[b].push(a);
    }
    let claim = |(held, against): (&Linked, Vec<At>)| Claim {
        id: held.id.short(),
        kind: held.kind,
        status: held.status,
        reports: held
            .tellings
            .iter()
            .map(|&at| &links.reports[at])
            .map(|report| (report.document as At, report.fact as usize))
            .collect(),
        support: words.support(held),
        differences: held
            .differences
            .iter()
            .map(|d| Difference {
                what: d.what,
                values: d.values.clone(),
            })
            .collect(),
        against,
    };
    links.claims.iter().zip(against).map(claim).collect()
}

/// Transmitters and reasons in words.
struct Words<'a> {
    kept: &'a [Kept],
    links: &'a Links,
    kit: &'a Kit,
    /// Folded words as they stand in a text: names of publishers, descriptions of sources.
    stands: BTreeMap<String, String>,
}

impl<'a> Words<'a> {
    fn new(kept: &'a [Kept], links: &'a Links, kit: &'a Kit) -> Self {
        let mut stands = BTreeMap::new();
        for k in kept {
            let (reading, text) = (&k.reading, &k.document.text);
            let publishers = [
                &reading.publication.publisher_name,
                &k.document.meta.publisher,
            ];
            let publishers = publishers.into_iter().flatten().cloned();
            let hops = reading.facts.iter().flat_map(|fact| &fact.chain);
            let sources = hops.map(|hop| match &hop.who {
                HopWho::Anonymous(span) => span.of(text).to_owned(),
                HopWho::Mention(id) => reading.mentions[id.at()].name.clone(),
            });
            for words in publishers.chain(sources) {
                stands.entry(fold(&words)).or_insert(words);
            }
        }
        Self {
            kept,
            links,
            kit,
            stands,
        }
    }

    fn transmitter(&self, transmitter: &Transmitter) -> String {
        let stands = |folded: &String| self.stands.get(folded).unwrap_or(folded).clone();
        match transmitter {
            Transmitter::Outlet(id) => {
                let entry = self.kit.gazetteer.entry(id);
                entry.map_or_else(|| id.clone(), |entry| entry.names[0].clone())
            }
            Transmitter::Publisher(name) => stands(name),
            Transmitter::Entity(id) => self.links.entities[id.at()].name.clone(),
            Transmitter::Paper(described) => format!("“{}”", stands(described)),
            Transmitter::Anonymous { outlet, described } => {
                format!("“{}” ({})", stands(described), self.transmitter(outlet))
            }
            Transmitter::Untold(document) => self.document(*document),
        }
    }

    fn document(&self, number: u32) -> String {
        let kept = &self.kept[number as usize];
        let meta = &kept.document.meta;
        let publisher = kept.reading.publication.publisher.as_deref();
        let entry = publisher.and_then(|id| self.kit.gazetteer.entry(id));
        let publisher = entry
            .map(|entry| entry.names[0].clone())
            .or_else(|| kept.reading.publication.publisher_name.clone())
            .or_else(|| meta.publisher.clone());
        match (&meta.title, publisher) {
            (Some(title), Some(publisher)) => format!("“{title}” ({publisher})"),
            (Some(title), None) => format!("“{title}”"),
            (None, Some(publisher)) => publisher,
            (None, None) => format!("document {}", kept.id.short()),
        }
    }

    fn support(&self, claim: &Linked) -> Support {
        let support = &claim.support;
        let named = |all: &[Transmitter]| -> Vec<String> {
            all.iter().map(|t| self.transmitter(t)).collect()
        };
        let (common, cut) = (named(&support.common_links), named(&support.cut));
        Support {
            articles: support.articles as usize,
            k_lo: support.k_lo,
            k_hi: support.k_hi,
            interested: support.interested as usize,
            sentence: sentence(support, &common, &cut),
            hangs_on: if common.is_empty() { cut } else { common },
            reasons: support.collapses.iter().map(|c| self.reason(c)).collect(),
        }
    }

    fn reason(&self, collapse: &Collapse) -> String {
        match collapse {
            Collapse::Copy {
                later,
                earlier,
                percent,
            } => format!(
                "{} seems to copy {}: {percent} % of its word sequences stand there",
                self.document(*later),
                self.document(*earlier)
            ),
            Collapse::Translation {
                later,
                earlier,
                shared,
                of,
            } => format!(
                "{} seems to be translated from {}: {shared} of {of} things that it tells stand there in the same order",
                self.document(*later),
                self.document(*earlier)
            ),
            Collapse::SameOwner(a, b) => format!(
                "{} and {} belong to one owner",
                self.transmitter(a),
                self.transmitter(b)
            ),
            Collapse::LikeSources(a, b) => format!(
                "{} and {} may be the same people",
                self.transmitter(a),
                self.transmitter(b)
            ),
        }
    }
}

/// *4 articles, 1 independent chain: all pass through The Wall Street Journal.*
fn sentence(support: &madar_link::Support, common: &[String], cut: &[String]) -> String {
    let articles = count(support.articles, "article");
    let chains = if support.k_lo == support.k_hi {
        count(support.k_hi, "independent chain")
    } else {
        format!("{} to {} independent chains", support.k_lo, support.k_hi)
    };
    let hangs = match (support.articles, common, cut) {
        (0 | 1, _, _) | (_, [], []) => String::new(),
        (_, [], cut) => format!("; nothing is left without {}", listed(cut)),
        (_, common, _) => format!(": all pass through {}", listed(common)),
    };
    let interested = match support.interested {
        0 => "",
        _ => "; a party to it is among its sources",
    };
    format!("{articles}, {chains}{hangs}{interested}")
}

fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// *A*, *A and B*, *A, B and C*.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
