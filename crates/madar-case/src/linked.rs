//! What linking found, in the words of a language. Computes nothing anew: it names and words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use madar_link::{Claim as Linked, Collapse, Transmitter};
use madar_read::gazetteer::Entry;
use madar_read::{EntityKind, FactKind, MentionId, Status};
use madar_text::{DocumentId, fold};
use rustc_hash::FxHashMap;

use crate::answer::{Difference, Support};
use crate::decisions::Decision;
use crate::documents::Documents;
use crate::links::{Links, Publisher, publisher};
use crate::shelf::Shelf;
use crate::tongue::Tongue;
use crate::view::{At, View, place};

pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    pub(crate) name: String,
    pub(crate) is_outlet: bool,
    pub(crate) named: bool,
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
    pub(crate) perhaps: Vec<At>,
}

/// What linking found, in the words of a language; each thing is worded when it is first asked for.
pub(crate) struct Network {
    entities: Shelf<Entity>,
    claims: Shelf<Claim>,
    /// What a person wants entities to be called.
    renamed: BTreeMap<At, String>,
    /// Facts of which a person has seen that they are told so.
    confirmed: BTreeSet<(At, usize)>,
    /// Claims with such a fact.
    seen: BTreeSet<At>,
    sources: OnceLock<Sources>,
}

/// Who stands in the chains of claims, by what they are called.
pub(crate) struct Sources {
    /// Each with its names, first the one that answers show.
    pub(crate) all: Vec<(Transmitter, Vec<String>)>,
    /// Places in `all` by folded name.
    called: FxHashMap<String, Vec<usize>>,
}

impl Sources {
    fn new(all: impl Iterator<Item = (Transmitter, Vec<String>)>) -> Self {
        let all: Vec<(Transmitter, Vec<String>)> = all.collect();
        let mut called: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, (_, names)) in all.iter().enumerate() {
            for name in names {
                called.entry(fold(name)).or_default().push(at);
            }
        }
        Self { all, called }
    }

    /// Those who bear exactly this folded name.
    pub(crate) fn called(&self, folded: &str) -> &[usize] {
        self.called.get(folded).map_or(&[], Vec::as_slice)
    }
}

impl Network {
    pub(crate) fn new(kept: &Documents, links: &Links, decisions: &[Decision]) -> Self {
        let confirmed = confirmed(kept, decisions);
        let claims = confirmed.iter().filter_map(|&(document, fact)| {
            let told = links.places(document).facts.get(fact)?;
            told.map(|(_, claim)| claim)
        });
        Self {
            entities: Shelf::of(links.entities()),
            claims: Shelf::of(links.claims()),
            renamed: renamed(kept, links, decisions),
            seen: claims.collect(),
            sources: OnceLock::new(),
            confirmed,
        }
    }
}

impl Network {
    /// What a person calls somebody.
    pub(crate) fn given_names(&self) -> impl Iterator<Item = (At, &str)> {
        self.renamed.iter().map(|(at, name)| (*at, name.as_str()))
    }
}

/// What a person wants it to be called goes before what was found; the latest word holds.
fn renamed(kept: &Documents, links: &Links, decisions: &[Decision]) -> BTreeMap<At, String> {
    let mut out = BTreeMap::new();
    for decision in decisions {
        let Decision::Called(thing, name) = decision else {
            continue;
        };
        let Some(document) = kept.position(thing.document) else {
            continue;
        };
        let wanted = fold(&thing.name);
        let mentions = kept[document].reading.mentions.iter();
        let bears = mentions.zip(&links.places(document).entity_of);
        let bears = bears.filter(|(mention, _)| fold(&mention.name) == wanted);
        if let Some(&entity) = bears.map(|(_, entity)| entity).min() {
            out.insert(entity, name.clone());
        }
    }
    out
}

fn confirmed(kept: &Documents, decisions: &[Decision]) -> BTreeSet<(At, usize)> {
    let anchors = decisions.iter().filter_map(|decision| match decision {
        Decision::Confirmed(anchor) => Some(anchor),
        _ => None,
    });
    anchors
        .flat_map(|anchor| anchor.facts(kept.of_text(anchor.text)))
        .collect()
}

impl<'a> View<'a> {
    /// An entity in the words of the view's language.
    pub(crate) fn entity(&self, at: At) -> &'a Entity {
        self.network.entities.get(at, || {
            let linked = &self.links.entity(at).linked;
            let entry = self.entry(linked);
            // that two equal names are one needs no word
            let told = linked.merges.iter().filter(|m| fold(&m.a) != fold(&m.b));
            let reason = |merge: &madar_link::Merge| {
                let with = [("a", &*merge.a), ("b", &*merge.b), ("why", &*merge.why)];
                self.tongue.fill("reason", "same_name", &with)
            };
            let reasons: BTreeSet<String> = told.map(reason).collect();
            let code = self.links.codes().find(|(of, _)| *of == at);
            let code = code.map(|(_, code)| code.to_owned());
            let renamed = code.or_else(|| self.network.renamed.get(&at).cloned());
            Entity {
                id: linked.key.clone(),
                kind: linked.kind,
                name: renamed.unwrap_or_else(|| name_in(linked, entry, self.tongue)),
                is_outlet: entry.is_some_and(Entry::is_outlet),
                named: linked.named,
                reasons: reasons.into_iter().collect(),
            }
        })
    }

    /// A claim in the words of the view's language.
    pub(crate) fn claim(&self, at: At) -> &'a Claim {
        self.network.claims.get(at, || {
            let held = self.links.claim(at);
            let linked = &held.linked;
            let differences = linked.differences.iter().map(|d| Difference {
                what: d.what,
                values: d.values.clone(),
            });
            Claim {
                id: linked.id.short(),
                kind: linked.kind,
                status: linked.status,
                reports: held.reports.clone(),
                support: self.support(linked, &held.reports),
                differences: differences.collect(),
                against: held.against.clone(),
                perhaps: held.perhaps.clone(),
            }
        })
    }

    pub(crate) fn entities(&self) -> impl Iterator<Item = (At, &'a Entity)> {
        (0..self.links.entities()).map(|at| (at, self.entity(at)))
    }

    pub(crate) fn all_claims(&self) -> impl Iterator<Item = (At, &'a Claim)> {
        (0..self.links.claims()).map(|at| (at, self.claim(at)))
    }

    /// Whether a person has seen that something is told so.
    pub(crate) fn is_confirmed(&self, claim: At) -> bool {
        self.network.seen.contains(&claim)
    }

    /// Where an entity is mentioned, in order of documents.
    pub(crate) fn places_of(&self, entity: At) -> &'a [(u64, MentionId)] {
        &self.links.entity(entity).linked.mentions
    }

    /// Who stands in the chains of claims.
    pub(crate) fn sources(&self) -> &'a Sources {
        self.network.sources.get_or_init(|| {
            let all = self.links.footing().sources.iter();
            Sources::new(all.map(|source| (source.clone(), self.names_of_source(source))))
        })
    }

    pub(crate) fn entry(&self, linked: &madar_link::Entity) -> Option<&'a Entry> {
        let listed = linked.listed.as_deref();
        listed.and_then(|id| self.kit.gazetteer.entry(id))
    }

    /// A publisher by its usual name, else as stated.
    pub(crate) fn publisher_name(&self, publisher: &Publisher) -> Option<String> {
        match publisher {
            Publisher::Listed(id) => {
                let entry = self.kit.gazetteer.entry(id);
                Some(entry.map_or_else(|| id.clone(), |entry| listed_name(entry, self.tongue)))
            }
            Publisher::Stated(name) => Some(name.clone()),
        }
    }

    pub(crate) fn transmitter(&self, transmitter: &Transmitter) -> String {
        let stands = |folded: &String| self.links.as_it_stands(folded);
        match transmitter {
            Transmitter::Outlet(id) => {
                let entry = self.kit.gazetteer.entry(id);
                entry.map_or_else(|| id.clone(), |entry| listed_name(entry, self.tongue))
            }
            Transmitter::Publisher(name) => stands(name),
            Transmitter::Entity(id) => {
                let linked = &self.links.entity(id.at()).linked;
                name_in(linked, self.entry(linked), self.tongue)
            }
            Transmitter::Paper(described) => format!("“{}”", stands(described)),
            Transmitter::Anonymous { outlet, described } => {
                format!("“{}” ({})", stands(described), self.transmitter(outlet))
            }
            Transmitter::Untold(document) => self.document_named(*document),
        }
    }

    fn document_named(&self, number: u64) -> String {
        self.title_at(place(number))
    }

    /// What a document is called in answers: its title, its publisher, else its id.
    pub(crate) fn title_at(&self, at: At) -> String {
        let kept = &self.kept[at];
        let meta = &kept.document.meta;
        let publisher = publisher(kept).and_then(|publisher| self.publisher_name(&publisher));
        match (&meta.title, publisher) {
            (Some(title), Some(publisher)) => format!("“{title}” ({publisher})"),
            (Some(title), None) => format!("“{title}”"),
            (None, Some(publisher)) => publisher,
            (None, None) => self
                .tongue
                .fill("at", "document", &[("id", &kept.id.short())]),
        }
    }

    fn support(&self, claim: &Linked, reports: &[(At, usize)]) -> Support {
        let support = &claim.support;
        let confirmed = |at: &&(At, usize)| self.network.confirmed.contains(at);
        let seen = reports.iter().filter(confirmed).count();
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
            between: support
                .collapses
                .iter()
                .map(|c| self.between(support, c))
                .collect(),
        }
    }

    /// The pairs of documents whose chains a reason takes together.
    fn between(&self, support: &madar_link::Support, collapse: &Collapse) -> Vec<[DocumentId; 2]> {
        let behind = |transmitter: &Transmitter| -> Vec<u64> {
            let own = support.told.iter();
            let own = own.filter(|strand| strand.through.contains(transmitter));
            own.flat_map(|strand| strand.documents.clone()).collect()
        };
        let (these, those) = match collapse {
            Collapse::Copy { later, earlier, .. }
            | Collapse::Translation { later, earlier, .. }
            | Collapse::Retelling { later, earlier, .. }
            | Collapse::Quote { later, earlier, .. } => (vec![*later], vec![*earlier]),
            Collapse::Circle(documents) => (documents.clone(), documents.clone()),
            Collapse::SameOwner(a, b)
            | Collapse::LikeSources(a, b)
            | Collapse::LikePapers(a, b) => (behind(a), behind(b)),
            Collapse::OfficialAct(_) => return Vec::new(),
        };
        let pairs = these
            .iter()
            .flat_map(|&a| those.iter().map(move |&b| (a.min(b), a.max(b))));
        let pairs: BTreeSet<(u64, u64)> = pairs.filter(|(a, b)| a != b).collect();
        let id = |number: u64| self.kept.id(place(number));
        pairs.into_iter().map(|(a, b)| [id(a), id(b)]).collect()
    }

    fn reason(&self, collapse: &Collapse) -> String {
        let fill = |key: &str, (later, earlier): (&u64, &u64), more: &[(&str, u32)]| {
            let (later, earlier) = (self.document_named(*later), self.document_named(*earlier));
            let more: Vec<(&str, String)> = more
                .iter()
                .map(|(name, number)| (*name, number.to_string()))
                .collect();
            let mut with = vec![("later", &*later), ("earlier", &*earlier)];
            with.extend(more.iter().map(|(name, number)| (*name, &**number)));
            self.tongue.fill("reason", key, &with)
        };
        match collapse {
            Collapse::Copy {
                later,
                earlier,
                percent,
            } => fill("copy", (later, earlier), &[("percent", *percent)]),
            Collapse::Translation {
                later,
                earlier,
                shared,
                of,
            } => fill(
                "translation",
                (later, earlier),
                &[("shared", *shared), ("of", *of)],
            ),
            Collapse::Retelling {
                later,
                earlier,
                facts,
                of,
            } => fill(
                "retelling",
                (later, earlier),
                &[("facts", *facts), ("of", *of)],
            ),
            Collapse::Quote {
                later,
                earlier,
                words,
            } => fill("quote", (later, earlier), &[("words", *words)]),
            Collapse::Circle(documents) => {
                let names: Vec<String> =
                    documents.iter().map(|d| self.document_named(*d)).collect();
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
    let documents = support.perhaps.iter().flat_map(|s| &s.documents);
    let documents: BTreeSet<u64> = documents.copied().collect();
    if !documents.is_empty() {
        let articles = tongue.count(documents.len(), "article");
        let with = [("sum", &*told), ("articles", &articles)];
        told = tongue.fill("support", "perhaps", &with);
    }
    told
}
