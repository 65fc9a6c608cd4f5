//! The network of `madar-link` over the documents of a case, in the numbers and words of a view.
//! Computes nothing anew: it numbers, names and words.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use madar_link::Network as Links;
use madar_link::{Claim as Linked, Collapse, Told, Transmitter};
use madar_read::gazetteer::Entry;
use madar_read::{EntityKind, FactKind, HopWho, Kit, Status};
use madar_text::fold;

use crate::answer::{Difference, Support};
use crate::decisions::{Decision, Thing};
use crate::keep::Kept;
use crate::tongue::Tongue;
use crate::view::At;

pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    pub(crate) name: String,
    pub(crate) is_outlet: bool,
    pub(crate) named: bool,
    /// Document and mention of its reading.
    pub(crate) mentions: Vec<(At, usize)>,
    pub(crate) reasons: Vec<String>,
}

pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) kind: FactKind,
    pub(crate) status: Status,
    /// Document and fact of its reading.
    pub(crate) reports: Vec<(At, usize)>,
    pub(crate) support: Support,
    /// What the support is counted from.
    pub(crate) weight: madar_link::Support,
    pub(crate) differences: Vec<Difference>,
    pub(crate) against: Vec<At>,
}

pub(crate) struct Network {
    pub(crate) entities: Vec<Entity>,
    /// By document and mention.
    pub(crate) entity_of: Vec<Vec<At>>,
    pub(crate) claims: Vec<Claim>,
    /// Who stands in the chains of claims, by name.
    pub(crate) sources: BTreeMap<Transmitter, String>,
    fact_ids: BTreeMap<(At, usize), String>,
}

impl Network {
    pub(crate) fn fact_id(&self, at: (At, usize)) -> String {
        self.fact_ids.get(&at).cloned().unwrap_or_default()
    }
}

/// Links the documents, which come in order of their ids.
pub(crate) fn links(kept: &[Kept], decisions: &[Decision], kit: &Kit) -> Links {
    let told: Vec<Told<'_>> = kept.iter().map(as_told).collect();
    let settled: Vec<_> = decisions
        .iter()
        .flat_map(|decision| as_link(decision, kept))
        .collect();
    madar_link::project(&told, &settled, kit)
}

/// The links in the words of a language.
pub(crate) fn network(
    kept: &[Kept],
    links: &Links,
    decisions: &[Decision],
    kit: &Kit,
    tongue: Tongue,
) -> Network {
    let words = Words::new(kept, links, kit, tongue);
    let mut entities: Vec<Entity> = links
        .entities
        .iter()
        .map(|e| entity(e, kit, tongue))
        .collect();
    rename(&mut entities, kept, decisions);
    Network {
        entities,
        entity_of: entity_of(kept, links),
        claims: claims(links, &words, &confirmed(kept, decisions)),
        sources: sources(links, &words),
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

/// What a person wants it to be called goes before what was found; the latest word holds.
fn rename(entities: &mut [Entity], kept: &[Kept], decisions: &[Decision]) {
    for decision in decisions {
        let Decision::Called(thing, name) = decision else {
            continue;
        };
        let wanted = fold(&thing.name);
        let bears = |&(document, mention): &(At, usize)| {
            let kept = &kept[document];
            kept.id == thing.document && fold(&kept.reading.mentions[mention].name) == wanted
        };
        let mut all = entities.iter_mut();
        if let Some(entity) = all.find(|e| e.mentions.iter().any(bears)) {
            entity.name.clone_from(name);
        }
    }
}

fn as_link(decision: &Decision, kept: &[Kept]) -> Vec<madar_link::Decision> {
    let thing = |thing: &Thing| madar_link::Thing {
        document: thing.document,
        name: thing.name.clone(),
    };
    let reject = |(document, fact): (At, usize)| madar_link::Decision::Reject {
        document: kept[document].id,
        fact: u32::try_from(fact).expect("a reading holds fewer facts"),
    };
    match decision {
        Decision::Same(a, b) => vec![madar_link::Decision::Same(thing(a), thing(b))],
        Decision::Apart(a, b) => vec![madar_link::Decision::Different(thing(a), thing(b))],
        Decision::Wrong(anchor) => anchor.facts(kept).into_iter().map(reject).collect(),
        Decision::Hit(_) | Decision::Called(..) | Decision::Confirmed(_) | Decision::Undo(_) => {
            Vec::new()
        }
    }
}

fn entity(linked: &madar_link::Entity, kit: &Kit, tongue: Tongue) -> Entity {
    let entry = linked
        .listed
        .as_deref()
        .and_then(|id| kit.gazetteer.entry(id));
    // that two equal names are one needs no word
    let told = linked.merges.iter().filter(|m| fold(&m.a) != fold(&m.b));
    let reason = |merge: &madar_link::Merge| {
        let with = [("a", &*merge.a), ("b", &*merge.b), ("why", &*merge.why)];
        tongue.fill("reason", "same_name", &with)
    };
    let mut reasons: Vec<String> = told.map(reason).collect();
    reasons.sort();
    reasons.dedup();
    Entity {
        id: linked.key.clone(),
        kind: linked.kind,
        name: name_in(linked, entry, tongue),
        is_outlet: entry.is_some_and(|entry| entry.is_outlet()),
        named: linked.named,
        mentions: linked
            .mentions
            .iter()
            .map(|&(document, mention)| (document as At, mention.at()))
            .collect(),
        reasons,
    }
}

fn entity_of(kept: &[Kept], links: &Links) -> Vec<Vec<At>> {
    let mut out: Vec<Vec<At>> = kept
        .iter()
        .map(|k| vec![0; k.reading.mentions.len()])
        .collect();
    for (at, entity) in links.entities.iter().enumerate() {
        for &(document, mention) in &entity.mentions {
            out[document as usize][mention.at()] = at;
        }
    }
    out
}

/// Facts of which a person has seen that they are told so.
fn confirmed(kept: &[Kept], decisions: &[Decision]) -> BTreeSet<(At, usize)> {
    let anchors = decisions.iter().filter_map(|decision| match decision {
        Decision::Confirmed(anchor) => Some(anchor),
        _ => None,
    });
    anchors.flat_map(|anchor| anchor.facts(kept)).collect()
}

fn claims(links: &Links, words: &Words<'_>, confirmed: &BTreeSet<(At, usize)>) -> Vec<Claim> {
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
        support: words.support(held, confirmed),
        weight: held.support.clone(),
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

fn sources(links: &Links, words: &Words<'_>) -> BTreeMap<Transmitter, String> {
    let strands = links.claims.iter().flat_map(|claim| &claim.support.told);
    let all: BTreeSet<&Transmitter> = strands.flat_map(|strand| &strand.through).collect();
    let named = |transmitter: &Transmitter| (transmitter.clone(), words.transmitter(transmitter));
    all.into_iter().map(named).collect()
}

/// Transmitters and reasons in words.
struct Words<'a> {
    kept: &'a [Kept],
    links: &'a Links,
    kit: &'a Kit,
    tongue: Tongue,
    /// Folded words as they stand in a text: names of publishers, descriptions of sources.
    stands: BTreeMap<String, String>,
}

impl<'a> Words<'a> {
    fn new(kept: &'a [Kept], links: &'a Links, kit: &'a Kit, tongue: Tongue) -> Self {
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
            tongue,
            stands,
        }
    }

    fn transmitter(&self, transmitter: &Transmitter) -> String {
        let stands = |folded: &String| self.stands.get(folded).unwrap_or(folded).clone();
        match transmitter {
            Transmitter::Outlet(id) => {
                let entry = self.kit.gazetteer.entry(id);
                entry.map_or_else(|| id.clone(), |entry| listed_name(entry, self.tongue))
            }
            Transmitter::Publisher(name) => stands(name),
            Transmitter::Entity(id) => {
                let linked = &self.links.entities[id.at()];
                let listed = linked.listed.as_deref();
                let entry = listed.and_then(|id| self.kit.gazetteer.entry(id));
                name_in(linked, entry, self.tongue)
            }
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
            .map(|entry| listed_name(entry, self.tongue))
            .or_else(|| kept.reading.publication.publisher_name.clone())
            .or_else(|| meta.publisher.clone());
        match (&meta.title, publisher) {
            (Some(title), Some(publisher)) => format!("“{title}” ({publisher})"),
            (Some(title), None) => format!("“{title}”"),
            (None, Some(publisher)) => publisher,
            (None, None) => self
                .tongue
                .fill("at", "document", &[("id", &kept.id.short())]),
        }
    }

    fn support(&self, claim: &Linked, confirmed: &BTreeSet<(At, usize)>) -> Support {
        let support = &claim.support;
        let seen = claim.tellings.iter().filter(|&&telling| {
            let report = &self.links.reports[telling];
            confirmed.contains(&(report.document as At, report.fact as usize))
        });
        let seen = seen.count();
        let named = |all: &[Transmitter]| -> Vec<String> {
            all.iter().map(|t| self.transmitter(t)).collect()
        };
        let hangs_on = HangsOn {
            common: named(&support.common_links),
            cut: named(&support.cut),
            suspected: named(&support.suspected_links),
        };
        let mut told = sentence(support, &hangs_on, self.tongue);
        if seen > 0 {
            told = self.tongue.fill("support", "confirmed", &[("sum", &told)]);
        }
        Support {
            articles: support.articles as usize,
            k_lo: support.k_lo,
            k_hi: support.k_hi,
            interested: support.interested as usize,
            confirmed: seen,
            sentence: told,
            hangs_on: if hangs_on.common.is_empty() {
                hangs_on.cut
            } else {
                hangs_on.common
            },
            reasons: support.collapses.iter().map(|c| self.reason(c)).collect(),
        }
    }

    fn reason(&self, collapse: &Collapse) -> String {
        match collapse {
            Collapse::Copy {
                later,
                earlier,
                percent,
            } => {
                let (later, earlier) = (self.document(*later), self.document(*earlier));
                let percent = percent.to_string();
                let with = [
                    ("later", &*later),
                    ("earlier", &earlier),
                    ("percent", &percent),
                ];
                self.tongue.fill("reason", "copy", &with)
            }
            Collapse::Translation {
                later,
                earlier,
                shared,
                of,
            } => {
                let (later, earlier) = (self.document(*later), self.document(*earlier));
                let (shared, of) = (shared.to_string(), of.to_string());
                let with = [
                    ("later", &*later),
                    ("earlier", &earlier),
                    ("shared", &shared),
                    ("of", &of),
                ];
                self.tongue.fill("reason", "translation", &with)
            }
            Collapse::Retelling {
                later,
                earlier,
                facts,
                of,
            } => {
                let (later, earlier) = (self.document(*later), self.document(*earlier));
                let (facts, of) = (facts.to_string(), of.to_string());
                let with = [
                    ("later", &*later),
                    ("earlier", &earlier),
                    ("facts", &facts),
                    ("of", &of),
                ];
                self.tongue.fill("reason", "retelling", &with)
            }
            Collapse::Circle(documents) => {
                let names: Vec<String> = documents.iter().map(|d| self.document(*d)).collect();
                let names = self.tongue.listed(&names);
                self.tongue.fill("reason", "circle", &[("names", &names)])
            }
            Collapse::OfficialAct(authority) => {
                let name = self.transmitter(&Transmitter::Entity(*authority));
                self.tongue.fill("reason", "act", &[("who", &name)])
            }
            Collapse::LikePapers(a, b) => self.pair("paper", a, b),
            Collapse::SameOwner(a, b) => self.pair("owner", a, b),
            Collapse::LikeSources(a, b) => self.pair("like", a, b),
        }
    }

    fn pair(&self, key: &str, a: &Transmitter, b: &Transmitter) -> String {
        let (a, b) = (self.transmitter(a), self.transmitter(b));
        self.tongue.fill("reason", key, &[("a", &a), ("b", &b)])
    }
}

/// The usual name of a listed thing in the language of the answer; in English where the list has none.
pub(crate) fn listed_name(entry: &Entry, tongue: Tongue) -> String {
    let [english, arabic, russian] = &entry.names;
    let own = match tongue {
        Tongue::En => english,
        Tongue::Ar => arabic,
        Tongue::Ru => russian,
    };
    if own.is_empty() { english } else { own }.clone()
}

/// The name of an entity in the language of the answer, if it has been seen or is listed in it; else
/// its best one.
fn name_in(linked: &madar_link::Entity, entry: Option<&Entry>, tongue: Tongue) -> String {
    if tongue == Tongue::En {
        return linked.name.clone();
    }
    if let Some(entry) = entry.filter(|entry| !entry.names[tongue as usize].is_empty()) {
        return listed_name(entry, tongue);
    }
    let own = linked.names.iter().filter(|n| n.lang == tongue.lang());
    let fullest = own.max_by_key(|n| {
        let words = n.text.split_whitespace().count().min(3);
        (words, n.count, std::cmp::Reverse(n.text.clone()))
    });
    fullest.map_or_else(|| linked.name.clone(), |n| n.text.clone())
}

/// Transmitters by name, as `madar_link::Support` has them.
struct HangsOn {
    common: Vec<String>,
    cut: Vec<String>,
    suspected: Vec<String>,
}

/// *4 articles, 1 independent chain: all pass through The Wall Street Journal.*
fn sentence(support: &madar_link::Support, hangs_on: &HangsOn, tongue: Tongue) -> String {
    let articles = tongue.count(support.articles as usize, "article");
    let chains = if support.k_lo == support.k_hi {
        tongue.count(support.k_hi as usize, "chain")
    } else {
        let (lo, hi) = (support.k_lo.to_string(), support.k_hi.to_string());
        tongue.fill("support", "range", &[("lo", &lo), ("hi", &hi)])
    };
    let with = [("articles", &*articles), ("chains", &chains)];
    let mut told = tongue.fill("support", "sum", &with);
    let mut add = |key: &str, names: &[String]| {
        if support.articles > 1 && !names.is_empty() {
            let names = tongue.listed(names);
            told = tongue.fill("support", key, &[("sum", &told), ("names", &names)]);
        }
    };
    if hangs_on.common.is_empty() {
        add("cut", &hangs_on.cut);
        add("suspected", &hangs_on.suspected);
    } else {
        add("pass", &hangs_on.common);
    }
    if support.interested > 0 {
        told = tongue.fill("support", "interested", &[("sum", &told)]);
    }
    told
}
