//! Entities: what stands for one thing across documents and scripts, with its names and why they were
//! taken for one. The outcome does not depend on the order of reading.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::ops::Range;

use madar_read::{EntityKind, Kit, MentionId};
use madar_text::{DocumentId, Lang, Script, fold};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::clusters::{Clusters, Joined, Known, Pairs};
use crate::company::Company;
use crate::digest::{Digest, DocumentNumber, document_number};
use crate::hashed::hash;
use crate::network::{Decision, Place, Thing};
use crate::profiles::{Borne, Profiles, mended, most_common, profiles};
use crate::spellings::{Spelling, SpellingId, Spellings};

/// The beginning of a hash of an entity's first mention.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u64);

impl EntityId {
    /// The place of an entity whose number was counted through.
    pub fn at(self) -> usize {
        usize::try_from(self.0).expect("a place is a place")
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
    /// The first 12 hexadecimal digits of the same hash.
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
    /// In order.
    pub mentions: Vec<(DocumentNumber, MentionId)>,
    pub merges: Vec<Merge>,
}

/// What may change of an entity although its mentions are the same, as hashes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// What reports and claims take from it.
    pub taken: u64,
    /// Why its spellings were taken for one.
    pub joined: u64,
}

/// Who is who among the documents of a case.
pub(crate) struct Entities<'a> {
    pub(crate) ids: &'a [DocumentId],
    pub(crate) profiles: Profiles<'a>,
    borne: Borne,
    /// In order of their ids.
    groups: Vec<Group<'a>>,
    /// Of all groups.
    members: Vec<usize>,
    /// Of each profile.
    of: Vec<EntityId>,
}

/// The profiles of one entity.
struct Group<'a> {
    id: EntityId,
    /// Where its profiles stand in [`Entities::members`].
    members: Range<usize>,
    merges: Vec<Joined>,
    kind: EntityKind,
    named: bool,
    listed: Option<&'a str>,
}

impl<'a> Entities<'a> {
    /// `digests` are those of the documents, which come in order.
    pub(crate) fn new(
        ids: &'a [DocumentId],
        digests: &'a [&'a Digest],
        spellings: &'a mut Spellings,
        decisions: &[Decision],
    ) -> Self {
        let decided = decided_kinds(ids, digests, decisions);
        let borne = Borne::new(digests);
        let mended = mended(&borne, digests, spellings, &decided);
        let profiles = profiles(&borne, digests, spellings, &mended);
        // by profile, with which of two decisions is the later one
        let said = decided
            .iter()
            .enumerate()
            .map(|(later, &(document, draft, kind))| (profiles.of(document, draft), (later, kind)));
        let said: FxHashMap<usize, (usize, EntityKind)> = said.collect();
        let pairs = Pairs::new(&profiles);
        let bearers = Bearers::new(ids, &profiles, decisions);
        let apart = kept_apart(&bearers, decisions);
        let joined = decided_same(&bearers, decisions);
        let mut clusters = Clusters::new(&profiles, &pairs, &apart, &joined);
        clusters.join_listed();
        clusters.join_things();
        let company = Company::new(&profiles, clusters.companions(Known::Things));
        clusters.join_people(&company);
        clusters.join_misread();
        let company = Company::new(&profiles, clusters.companions(Known::PeopleToo));
        clusters.join_partial(&company);
        clusters.join_parts(&company);
        let joint = clusters.into_groups();
        let members = joint.members;
        let group = |range: &[usize]| {
            let range = range[0]..range[1];
            let members = &members[range.clone()];
            let kind = most_common(members.iter().map(|&member| profiles.list[member].kind));
            let called = || members.iter().map(|&m| &profiles.spelling(m).called);
            let kind = kind.unwrap_or(EntityKind::Organization);
            let decided = members.iter().filter_map(|member| said.get(member)).max();
            Group {
                id: id(ids, &profiles, members),
                kind: decided.map_or(kind, |(_, kind)| *kind),
                named: called().any(|called| called.named),
                listed: called().find_map(|called| called.listed.as_deref()),
                members: range,
                merges: Vec::new(),
            }
        };
        let mut groups: Vec<Group<'a>> = joint.first.par_windows(2).map(group).collect();
        for (at, merges) in joint.merges {
            groups[at].merges = merges;
        }
        groups.par_sort_unstable_by_key(|group| group.id);
        let mut of = vec![EntityId(0); profiles.list.len()];
        for group in &groups {
            let own = members[group.members.clone()].iter();
            own.for_each(|&member| of[member] = group.id);
        }
        Self {
            ids,
            profiles,
            borne,
            groups,
            members,
            of,
        }
    }

    /// Its profiles, in order.
    fn members(&self, group: &Group<'_>) -> &[usize] {
        &self.members[group.members.clone()]
    }

    /// The entity of each of a document's drafts.
    pub(crate) fn of_drafts(&self, document: usize) -> &[EntityId] {
        &self.of[self.profiles.of_document(document)]
    }

    /// The entity of a mention of a document, by its place.
    pub(crate) fn of(&self, document: usize, mention: MentionId) -> EntityId {
        let draft = self.profiles.digests[document].draft_of[mention.at()];
        self.of[self.profiles.of(document, draft)]
    }

    fn group(&self, id: EntityId) -> &Group<'a> {
        self.find(id).expect("ids are of this case")
    }

    /// `None` of those whom the case no longer knows.
    fn find(&self, id: EntityId) -> Option<&Group<'a>> {
        let at = self.groups.binary_search_by_key(&id, |group| group.id);
        at.ok().map(|at| &self.groups[at])
    }

    pub(crate) fn kind(&self, id: EntityId) -> EntityKind {
        self.group(id).kind
    }

    /// Whether any document names it. May be asked of those whom the case no longer knows.
    pub(crate) fn is_named(&self, id: EntityId) -> bool {
        self.find(id).is_none_or(|group| group.named)
    }

    /// Whether a document names it. May be asked of those whom the case no longer knows.
    pub(crate) fn is_named_in(&self, document: DocumentNumber, id: EntityId) -> bool {
        let own = self.find(id).map(|group| self.members(group));
        let own = own.into_iter().flatten();
        let mut own = own.map(|&member| self.ids[self.profiles.list[member].document as usize]);
        own.any(|own| document_number(own) == document)
    }

    pub(crate) fn listed(&self, id: EntityId) -> Option<&'a str> {
        self.group(id).listed
    }

    /// Those that are listed.
    pub(crate) fn all_listed(&self) -> impl Iterator<Item = (&'a str, EntityId)> {
        let listed = self.groups.iter();
        listed.filter_map(|group| Some((group.listed?, group.id)))
    }

    /// The documents that name it, by place; in order.
    pub(crate) fn documents(&self, id: EntityId) -> Vec<usize> {
        let members = self.members(self.group(id)).iter();
        let mut out: Vec<usize> = members
            .map(|&m| self.profiles.list[m].document as usize)
            .collect();
        out.dedup();
        out
    }

    /// How its profiles are called, each once.
    pub(crate) fn spellings(&self, id: EntityId) -> BTreeSet<usize> {
        let members = self.members(self.group(id)).iter();
        members.map(|&m| self.profiles.list[m].spelling).collect()
    }

    /// `counts_as` tells as whom somebody counts in claims.
    pub(crate) fn standing(
        &self,
        counts_as: impl Fn(EntityId) -> EntityId,
    ) -> impl Iterator<Item = (EntityId, Standing)> {
        self.groups.iter().map(move |group| {
            let standing = Standing {
                taken: hash(&(
                    group.kind as u8,
                    group.named,
                    group.listed,
                    counts_as(group.id).0,
                )),
                joined: self.joined(group),
            };
            (group.id, standing)
        })
    }

    fn joined(&self, group: &Group<'_>) -> u64 {
        let merges = group.merges.iter().map(|joined| joined.key(&self.profiles));
        hash(&merges.collect::<Vec<_>>())
    }

    pub(crate) fn of_profile(&self, profile: usize) -> EntityId {
        self.of[profile]
    }

    /// Spellings with those called so.
    pub(crate) fn borne_spellings(&self) -> impl Iterator<Item = (&'a Spelling, &[usize])> {
        let bearers = self.profiles.bearers.iter().map(Vec::as_slice);
        self.profiles
            .spellings
            .iter()
            .map(|(_, spelling)| *spelling)
            .zip(bearers)
    }

    /// Ids of the spellings of its drafts, as they stand there and as they are understood.
    pub(crate) fn borne(&self) -> FxHashSet<SpellingId> {
        let understood = self.profiles.spellings.iter().map(|(id, _)| id);
        self.borne.ids.iter().chain(understood).copied().collect()
    }

    /// All that is known of it.
    pub(crate) fn entity(&self, id: EntityId, kit: &Kit) -> Entity {
        let group = self.group(id);
        entity(self.ids, &self.profiles, group, self.members(group), kit)
    }
}

/// The hash of where the first mention stands: it stays what it is when something else is read or corrected there.
fn id(ids: &[DocumentId], profiles: &Profiles<'_>, members: &[usize]) -> EntityId {
    let first = &profiles.list[members[0]];
    let document = first.document as usize;
    let (start, end) = profiles.digests[document].drafts[first.draft as usize].first;
    // in room that is made once, since a case has a million of them
    let hex = blake3::Hash::from_bytes(ids[document].0).to_hex();
    let mut key = Vec::with_capacity(2 * hex.len());
    key.extend(hex.as_bytes());
    write!(key, "{start}-{end}").expect("memory takes it");
    let hash = blake3::hash(&key);
    let number = hash.as_bytes().first_chunk().expect("a hash has 32 bytes");
    EntityId(u64::from_be_bytes(*number))
}

/// Who is called how, for those who are decided on.
struct Bearers<'a> {
    ids: &'a [DocumentId],
    profiles: &'a Profiles<'a>,
    /// By folded name, in order.
    called: FxHashMap<String, Vec<usize>>,
}

impl<'a> Bearers<'a> {
    fn new(ids: &'a [DocumentId], profiles: &'a Profiles<'a>, decisions: &[Decision]) -> Self {
        let things = decisions.iter().flat_map(|decision| match decision {
            Decision::Same(a, b) | Decision::Different(a, b) => vec![a, b],
            Decision::Means(_, thing) | Decision::Other(_, thing) => vec![thing],
            Decision::Reject { .. } | Decision::Kind(..) | Decision::Independent(..) => Vec::new(),
        });
        let wanted: FxHashSet<String> = things.map(|thing| fold(&thing.name)).collect();
        let mut called: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, (_, spelling)) in profiles.spellings.iter().enumerate() {
            if wanted.is_empty() {
                break;
            }
            let names = spelling.called.names.iter().map(|name| fold(name));
            let names: BTreeSet<String> = names.filter(|name| wanted.contains(name)).collect();
            for name in names {
                called
                    .entry(name)
                    .or_default()
                    .extend(&profiles.bearers[number]);
            }
        }
        called.values_mut().for_each(|all| all.sort_unstable());
        Self {
            ids,
            profiles,
            called,
        }
    }

    /// The profiles of all documents that bear its name.
    fn all(&self, thing: &Thing) -> &[usize] {
        self.called
            .get(&fold(&thing.name))
            .map_or(&[], Vec::as_slice)
    }

    /// Those of its document; where none is called so, those that are only described so.
    fn here(&self, thing: &Thing) -> Vec<usize> {
        let Ok(document) = self.ids.binary_search(&thing.document) else {
            return Vec::new();
        };
        let of = |at: &usize| self.profiles.list[*at].document as usize == document;
        let named: Vec<usize> = self.all(thing).iter().copied().filter(of).collect();
        if !named.is_empty() {
            return named;
        }
        let wanted = fold(&thing.name);
        let drafts = self.profiles.digests[document].drafts.iter().zip(0u32..);
        let described = drafts.filter(|(draft, _)| {
            draft.names.is_empty() && draft.described.iter().any(|(text, _)| fold(text) == wanted)
        });
        described
            .map(|(_, draft)| self.profiles.of(document, draft))
            .collect()
    }

    /// The profile that a mention is of.
    fn at(&self, place: &Place) -> Option<usize> {
        let document = self.ids.binary_search(&place.document).ok()?;
        let draft = draft_of(self.profiles.digests[document], place)?;
        Some(self.profiles.of(document, draft))
    }
}

fn draft_of(digest: &Digest, place: &Place) -> Option<u32> {
    digest.draft_of.get(place.mention.at()).copied()
}

/// Document, draft and the kind that a person says it is of; the latest word holds.
fn decided_kinds(
    ids: &[DocumentId],
    digests: &[&Digest],
    decisions: &[Decision],
) -> Vec<(usize, u32, EntityKind)> {
    let kind = |decision: &Decision| {
        let Decision::Kind(place, kind) = decision else {
            return None;
        };
        let document = ids.binary_search(&place.document).ok()?;
        Some((document, draft_of(digests[document], place)?, *kind))
    };
    decisions.iter().filter_map(kind).collect()
}

fn kept_apart(bearers: &Bearers<'_>, decisions: &[Decision]) -> BTreeSet<(usize, usize)> {
    let mut apart = BTreeSet::new();
    for decision in decisions {
        let (xs, ys) = match decision {
            // Two spellings that are not one name are not one anywhere; of one name, these two bearers.
            Decision::Different(a, b) if fold(&a.name) == fold(&b.name) => {
                (bearers.here(a), bearers.here(b))
            }
            Decision::Different(a, b) => (bearers.all(a).to_vec(), bearers.all(b).to_vec()),
            Decision::Other(place, thing) => {
                (bearers.at(place).into_iter().collect(), bearers.here(thing))
            }
            _ => continue,
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
fn decided_same(bearers: &Bearers<'_>, decisions: &[Decision]) -> Vec<(usize, usize)> {
    let mut joined = Vec::new();
    for decision in decisions {
        let (xs, ys) = match decision {
            Decision::Same(a, b) => (bearers.here(a), bearers.here(b)),
            Decision::Means(place, thing) => {
                (bearers.at(place).into_iter().collect(), bearers.here(thing))
            }
            _ => continue,
        };
        for &x in &xs {
            for &y in ys.iter().filter(|&&y| y != x) {
                joined.push((x, y));
            }
        }
    }
    joined
}

fn entity(
    ids: &[DocumentId],
    profiles: &Profiles<'_>,
    group: &Group<'_>,
    members: &[usize],
    kit: &Kit,
) -> Entity {
    let mut uses = Uses::default();
    let mut described: BTreeMap<&str, u32> = BTreeMap::new();
    for &member in members {
        let profile = &profiles.list[member];
        let draft = &profiles.digests[profile.document as usize].drafts[profile.draft as usize];
        let names = &profiles.spelling(member).called.names;
        for &(which, lang, count) in &draft.names {
            let number = (profile.spelling, which, lang);
            uses.add(number, &names[which as usize], count, profile.document);
        }
        for (text, count) in &draft.described {
            *described.entry(text).or_default() += count;
        }
    }
    let mut names: Vec<NameUse> = uses.all.into_iter().map(|(one, _)| one).collect();
    names.sort_by(|a, b| (b.count, &a.text, a.lang).cmp(&(a.count, &b.text, b.lang)));
    let mut described: Vec<(u32, &str)> = described.into_iter().map(|(d, n)| (n, d)).collect();
    described.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let described: Vec<String> = described.into_iter().map(|(_, d)| d.to_owned()).collect();
    let entry = group.listed.and_then(|id| kit.gazetteer.entry(id));
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
    let mention = |&member: &usize| {
        let document = document_number(ids[profiles.list[member].document as usize]);
        let mentions = profiles.mentions(member);
        mentions.map(move |at| (document, MentionId(at)))
    };
    let mut mentions: Vec<_> = members.iter().flat_map(mention).collect();
    mentions.sort_unstable();
    Entity {
        id: group.id,
        key: format!("{:016x}", group.id.0)[..12].to_owned(),
        kind: group.kind,
        name,
        named: group.named,
        names,
        described,
        listed: group.listed.map(str::to_owned),
        mentions,
        merges: group
            .merges
            .iter()
            .map(|joined| joined.told(profiles))
            .collect(),
    }
}

/// How often an entity is called by which name.
#[derive(Default)]
struct Uses<'a> {
    /// Each with the document that had it last.
    all: Vec<(NameUse, u32)>,
    by_text: FxHashMap<(&'a str, Lang), usize>,
    /// By spelling and the number of the name there: of ten thousand members few are called by a further name.
    by_number: FxHashMap<(usize, u32, Lang), usize>,
}

impl<'a> Uses<'a> {
    /// Documents come in order.
    fn add(&mut self, number: (usize, u32, Lang), text: &'a str, count: u32, document: u32) {
        let lang = number.2;
        let all = &mut self.all;
        let new = || {
            let one = NameUse {
                script: Script::of_text(text).unwrap_or(Script::Other),
                text: text.to_owned(),
                documents: 0,
                lang,
                count: 0,
            };
            all.push((one, u32::MAX));
            all.len() - 1
        };
        let by_text = &mut self.by_text;
        let at = self.by_number.entry(number);
        let at = *at.or_insert_with(|| *by_text.entry((text, lang)).or_insert_with(new));
        let (one, last) = &mut self.all[at];
        one.count += count;
        one.documents += u32::from(*last != document);
        *last = document;
    }
}

/// Words of a name, those behind a hyphen too: *Laptev-Gaz* is as full as لابتيف غاز.
fn parts(name: &str) -> usize {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).count()
}
