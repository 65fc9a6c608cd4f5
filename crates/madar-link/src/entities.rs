//! Entities: what stands for one thing across documents and scripts, with its names and why they were
//! taken for one. The outcome does not depend on the order of reading.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{EntityKind, Kit, MentionForm, MentionId};
use madar_text::{Lang, Script, fold};

use crate::clusters::{Clusters, Known};
use crate::company::Company;

use crate::network::{Decision, Thing, Told};
use crate::profiles::{Profiles, Spelling, profiles};

/// Index into [`crate::Network::entities`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

impl EntityId {
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// One spelling of a name, how often and in how many documents it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameUse {
    pub text: String,
    pub lang: Lang,
    pub script: Script,
    pub count: u32,
    pub documents: u32,
}

/// Why two spellings were taken for one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merge {
    pub a: String,
    pub b: String,
    pub why: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    pub id: EntityId,
    /// Stable across runs: the first 12 hexadecimal digits of a hash of its first mention.
    pub key: String,
    pub kind: EntityKind,
    /// The fullest, most used name; the best description where there is no name.
    pub name: String,
    /// Most used first.
    pub names: Vec<NameUse>,
    /// Descriptions it goes by: *the Russian president*.
    pub described: Vec<String>,
    pub named: bool,
    pub listed: Option<String>,
    /// Document numbers and mentions, in order.
    pub mentions: Vec<(u32, MentionId)>,
    pub merges: Vec<Merge>,
}

/// The entities with the way from a mention to its entity.
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    of: Vec<Vec<EntityId>>,
}

impl Entities {
    /// The entity of a mention of a document.
    pub(crate) fn of(&self, document: u32, mention: MentionId) -> EntityId {
        self.of[document as usize][mention.at()]
    }
}

pub(crate) fn entities(told: &[Told<'_>], decisions: &[Decision], kit: &Kit) -> Entities {
    let profiles = profiles(told);
    let apart = kept_apart(&profiles, decisions, told);
    let joined = decided_same(&profiles, decisions, told);
    let mut clusters = Clusters::new(&profiles, &apart, &joined);
    clusters.join_listed();
    clusters.join_things();
    let company = Company::new(told, &profiles, clusters.companions(Known::Things));
    clusters.join_people(&company);
    clusters.join_misread();
    let company = Company::new(told, &profiles, clusters.companions(Known::PeopleToo));
    clusters.join_partial(&company);
    let mut entity_of_profile = vec![EntityId(0); profiles.list.len()];
    let mut list = Vec::new();
    for (number, (members, merges)) in clusters.into_groups().into_iter().enumerate() {
        let id = EntityId(u32::try_from(number).expect("fewer entities than mentions"));
        for &member in &members {
            entity_of_profile[member] = id;
        }
        list.push(entity(told, &profiles, id, &members, merges, kit));
    }
    let of = profiles
        .of
        .iter()
        .map(|own| own.iter().map(|&p| entity_of_profile[p]).collect())
        .collect();
    Entities { list, of }
}

fn kept_apart(
    profiles: &Profiles,
    decisions: &[Decision],
    told: &[Told<'_>],
) -> BTreeSet<(usize, usize)> {
    let mut apart = BTreeSet::new();
    for decision in decisions {
        let Decision::Different(a, b) = decision else {
            continue;
        };
        // Two spellings that are not one name are not one anywhere; of one name, these two bearers.
        let (xs, ys) = if fold(&a.name) == fold(&b.name) {
            (bearers(profiles, told, a), bearers(profiles, told, b))
        } else {
            (all_bearers(profiles, a), all_bearers(profiles, b))
        };
        for &x in &xs {
            for &y in ys.iter().filter(|&&y| y != x) {
                apart.insert((x.min(y), x.max(y)));
            }
        }
    }
    apart
}

/// Decisions come first: what a person joined stays joined, and what then contradicts stays out.
fn decided_same(
    profiles: &Profiles,
    decisions: &[Decision],
    told: &[Told<'_>],
) -> Vec<(usize, usize)> {
    let mut joined = Vec::new();
    for decision in decisions {
        let Decision::Same(a, b) = decision else {
            continue;
        };
        for x in bearers(profiles, told, a) {
            for y in bearers(profiles, told, b) {
                joined.push((x, y));
            }
        }
    }
    joined
}

/// The profiles of its document that bear its name.
fn bearers(profiles: &Profiles, told: &[Told<'_>], thing: &Thing) -> Vec<usize> {
    let here = |at: &usize| told[profiles.list[*at].document as usize].id == thing.document;
    let all = all_bearers(profiles, thing).into_iter();
    all.filter(here).collect()
}

/// The profiles of all documents that bear its name.
fn all_bearers(profiles: &Profiles, thing: &Thing) -> Vec<usize> {
    let wanted = fold(&thing.name);
    let bears = |s: &&Spelling| s.names.iter().any(|n| fold(n.text()) == wanted);
    let those = profiles.spellings.iter().filter(bears);
    let mut all: Vec<usize> = those.flat_map(|s| s.bearers.iter().copied()).collect();
    all.sort_unstable();
    all
}

fn entity(
    told: &[Told<'_>],
    profiles: &Profiles,
    id: EntityId,
    members: &[usize],
    merges: Vec<Merge>,
    kit: &Kit,
) -> Entity {
    let mut uses: BTreeMap<(String, Lang), (u32, BTreeSet<u32>)> = BTreeMap::new();
    let mut described: BTreeMap<String, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for &member in members {
        let profile = &profiles.list[member];
        let reading = told[profile.document as usize].reading;
        for mention in &profile.mentions {
            let mention = &reading.mentions[mention.at()];
            if mention.form == MentionForm::Description {
                *described.entry(mention.name.clone()).or_default() += 1;
            } else {
                let slot = uses
                    .entry((mention.name.clone(), mention.lang))
                    .or_default();
                slot.0 += 1;
                slot.1.insert(profile.document);
            }
        }
        *kinds.entry(profile.kind).or_default() += 1;
    }
    let mut names: Vec<NameUse> = uses
        .into_iter()
        .map(|((text, lang), (count, documents))| NameUse {
            script: Script::of_text(&text).unwrap_or(Script::Other),
            documents: u32::try_from(documents.len()).expect("fewer documents"),
            text,
            lang,
            count,
        })
        .collect();
    names.sort_by(|a, b| (b.count, &a.text).cmp(&(a.count, &b.text)));
    let mut described: Vec<(u32, String)> = described.into_iter().map(|(d, n)| (n, d)).collect();
    described.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let described: Vec<String> = described.into_iter().map(|(_, d)| d).collect();
    let listed = members
        .iter()
        .find_map(|&m| profiles.spelling(m).listed.clone());
    let entry = listed.as_deref().and_then(|id| kit.gazetteer.entry(id));
    let fullest = names.iter().max_by_key(|n| {
        (
            parts(&n.text).min(3),
            n.script == Script::Latin,
            n.count,
            std::cmp::Reverse(n.text.clone()),
        )
    });
    let name = entry
        .map(|e| e.names[0].clone())
        .filter(|n| !n.is_empty())
        .or_else(|| fullest.map(|n| n.text.clone()))
        .or_else(|| described.first().cloned())
        .unwrap_or_default();
    let kind = kinds
        .iter()
        .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)));
    let mentions: Vec<(u32, MentionId)> = members
        .iter()
        .map(|&m| &profiles.list[m])
        .flat_map(|p| p.mentions.iter().map(|&mention| (p.document, mention)))
        .collect();
    let (document, first) = mentions[0];
    let key = format!("{}{}", told[document as usize].id.hex(), first.0);
    let key = blake3::hash(key.as_bytes()).to_hex()[..12].to_owned();
    Entity {
        id,
        key,
        kind: kind.map_or(EntityKind::Organization, |(kind, _)| *kind),
        name,
        named: !names.is_empty(),
        names,
        described,
        listed,
        mentions,
        merges,
    }
}

/// Words of a name, those behind a hyphen too: *Laptev-Gaz* is as full as لابتيف غاز.
fn parts(name: &str) -> usize {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).count()
}
