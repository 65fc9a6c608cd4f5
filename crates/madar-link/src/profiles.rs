//! Profiles: what linking knows of one thing that one document names. Mostly a referent of the reading;
//! a referent that holds two full names which contradict (*Brazos Meridian*, *Gordon Halvorsen* in
//! *Brazos Meridian chairman Gordon Halvorsen*) is two profiles, so that one bad mention pulls nobody
//! together.

use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Name, NameKind, PartRole, SAME, abbreviates, score};
use madar_read::{EntityKind, Mention, MentionForm, MentionId, Reading, Referent};
use madar_text::fold;
use rustc_hash::FxHashMap;

use crate::dependence::number;
use crate::digest::Digest;
use crate::spellings::{Called, Spelling, SpellingId, Spellings};

/// Kinds that may be one thing called differently by two readers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Sort {
    Person,
    Place,
    Thing,
    Paper,
    Group,
}

impl Sort {
    pub(crate) fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Sort::Person,
            EntityKind::Place => Sort::Place,
            EntityKind::Paper => Sort::Paper,
            EntityKind::Group => Sort::Group,
            _ => Sort::Thing,
        }
    }

    pub(crate) fn name_kind(self) -> NameKind {
        match self {
            Sort::Person => NameKind::Person,
            Sort::Thing => NameKind::Organisation,
            _ => NameKind::Other,
        }
    }
}

pub(crate) struct Profile {
    /// Its place among the digests, and its draft's there.
    pub(crate) document: u32,
    pub(crate) draft: u32,
    pub(crate) kind: EntityKind,
    /// Place in [`Profiles::spellings`].
    pub(crate) spelling: usize,
}

/// The profiles of a case.
pub(crate) struct Profiles<'a> {
    /// Of all documents, in order of their ids.
    pub(crate) digests: &'a [&'a Digest],
    pub(crate) list: Vec<Profile>,
    /// The first profile of each document, and the end.
    first: Vec<usize>,
    /// Those that somebody bears, in order of their ids.
    pub(crate) spellings: Vec<(SpellingId, &'a Spelling)>,
    /// Of each spelling, in order.
    pub(crate) bearers: Vec<Vec<usize>>,
}

impl<'a> Profiles<'a> {
    pub(crate) fn spelling(&self, profile: usize) -> &'a Spelling {
        self.spellings[self.list[profile].spelling].1
    }

    pub(crate) fn called(&self, spelling: usize) -> &'a Spelling {
        self.spellings[spelling].1
    }

    /// The profile of a draft.
    pub(crate) fn of(&self, document: usize, draft: u32) -> usize {
        self.first[document] + draft as usize
    }

    pub(crate) fn of_document(&self, document: usize) -> std::ops::Range<usize> {
        self.first[document]..self.first[document + 1]
    }

    /// The numbers of a profile's mentions, in order.
    pub(crate) fn mentions(&self, profile: usize) -> impl Iterator<Item = u32> {
        let Profile {
            document, draft, ..
        } = self.list[profile];
        let of = self.digests[document as usize].draft_of.iter().zip(0u32..);
        of.filter(move |(own, _)| **own == draft).map(|(_, at)| at)
    }
}

/// Two words at least for a person; anything for a thing.
pub(crate) fn is_full(name: &Name, sort: Sort) -> bool {
    let counts = |role: PartRole| !matches!(role, PartRole::Honorific | PartRole::Particle);
    sort != Sort::Person || name.parts().iter().filter(|p| counts(p.role)).count() >= 2
}

/// Likeness, in ten-thousandths, below which two full names contradict whatever else is known.
pub(crate) const CONTRADICTS: u16 = 4_500;

/// What a document names, with its mentions, in order.
pub(crate) fn drafts(reading: &Reading) -> Vec<(Called, Vec<MentionId>)> {
    let mut out = Vec::new();
    for referent in &reading.referents {
        for (sort, mentions) in parts(reading, referent) {
            out.push((called(reading, sort, &mentions), mentions));
        }
    }
    out
}

fn called(reading: &Reading, sort: Sort, mentions: &[MentionId]) -> Called {
    let all = || mentions.iter().map(|id| &reading.mentions[id.at()]);
    let is_name = |m: &&Mention| m.form != MentionForm::Description;
    let mut names: Vec<&str> = all().filter(is_name).map(|m| m.name.as_str()).collect();
    names.sort_by_key(|t| (std::cmp::Reverse(t.chars().count()), *t));
    names.dedup();
    Called {
        sort,
        named: all().any(|m| is_name(&m)),
        listed: all().find_map(|m| m.listed.clone()),
        names: names.into_iter().map(str::to_owned).collect(),
    }
}

/// Spellings that drafts bear, as they stand there.
pub(crate) struct Borne {
    pub(crate) ids: Vec<SpellingId>,
    /// Of each of these its mentions, and the first of their kinds.
    counts: Vec<(usize, EntityKind)>,
    /// Of each draft, documents in order, its place in `ids`.
    of: Vec<u32>,
}

impl Borne {
    pub(crate) fn new(digests: &[&Digest]) -> Self {
        let mut known: FxHashMap<SpellingId, u32> = FxHashMap::default();
        let mut ids = Vec::new();
        let mut counts: Vec<(usize, EntityKind)> = Vec::new();
        let drafts = digests.iter().flat_map(|digest| &digest.drafts);
        let of = drafts.map(|draft| {
            let at = *known.entry(draft.spelling).or_insert_with(|| {
                ids.push(draft.spelling);
                counts.push((0, draft.kind));
                number(ids.len() - 1)
            });
            let (mentions, kind) = &mut counts[at as usize];
            *mentions += draft.mentions as usize;
            *kind = draft.kind.min(*kind);
            at
        });
        Self {
            of: of.collect(),
            ids,
            counts,
        }
    }
}

/// The profiles of all documents, whose digests come in order.
pub(crate) fn profiles<'a>(
    borne: &Borne,
    digests: &'a [&'a Digest],
    spellings: &'a Spellings,
    mended: &Mended,
) -> Profiles<'a> {
    let understood = |id: &SpellingId| mended.get(id).map_or(*id, |(id, _)| *id);
    let mut ids: Vec<SpellingId> = borne.ids.iter().map(understood).collect();
    ids.sort_unstable();
    ids.dedup();
    let place = |id: &SpellingId| {
        let at = ids.binary_search(&understood(id));
        (at.expect("it is among them"), mended.get(id).map(|m| m.1))
    };
    let places: Vec<(usize, Option<EntityKind>)> = borne.ids.iter().map(place).collect();
    let mut count = vec![0; ids.len()];
    borne
        .of
        .iter()
        .for_each(|&at| count[places[at as usize].0] += 1);
    let mut bearers: Vec<Vec<usize>> = count.into_iter().map(Vec::with_capacity).collect();
    let mut list = Vec::with_capacity(borne.of.len());
    let mut first = Vec::with_capacity(digests.len() + 1);
    for (digest, document) in digests.iter().zip(0u32..) {
        first.push(list.len());
        for (draft, own) in digest.drafts.iter().zip(0u32..) {
            let (spelling, kind) = places[borne.of[list.len()] as usize];
            bearers[spelling].push(list.len());
            list.push(Profile {
                document,
                draft: own,
                kind: kind.unwrap_or(draft.kind),
                spelling,
            });
        }
    }
    first.push(list.len());
    let spelled = |&id: &SpellingId| (id, spellings.get(id));
    Profiles {
        digests,
        list,
        first,
        spellings: ids.iter().map(spelled).collect(),
        bearers,
    }
}

/// The most frequent; of equal ones the first in the order of kinds.
pub(crate) fn most_common(kinds: impl Iterator<Item = EntityKind>) -> Option<EntityKind> {
    let mut counts = [0u32; EntityKind::ALL.len()];
    for kind in kinds {
        counts[kind as usize] += 1;
    }
    let told = EntityKind::ALL
        .into_iter()
        .filter(|kind| counts[*kind as usize] > 0);
    told.max_by_key(|&kind| (counts[kind as usize], std::cmp::Reverse(kind)))
}

/// One group of mentions that can stand for one thing, by its fullest name.
struct Part {
    sort: Sort,
    head: Name,
    mentions: Vec<MentionId>,
}

/// A referent's mentions, apart where its names contradict.
fn parts(reading: &Reading, referent: &Referent) -> Vec<(Sort, Vec<MentionId>)> {
    let mention = |id: &MentionId| &reading.mentions[id.at()];
    let mut by_name: BTreeMap<&str, Vec<MentionId>> = BTreeMap::new();
    let mut described: Vec<MentionId> = Vec::new();
    for id in &referent.mentions {
        if mention(id).form == MentionForm::Description {
            described.push(*id);
        } else {
            by_name.entry(&mention(id).name).or_default().push(*id);
        }
    }
    if by_name.len() == 1 {
        let ids = by_name.into_values().flatten();
        let mut mentions: Vec<MentionId> = ids.collect();
        let kind = most_common(mentions.iter().map(|id| mention(id).kind));
        mentions.extend(described);
        mentions.sort_unstable();
        return vec![(Sort::of(kind.unwrap_or(referent.kind)), mentions)];
    }
    let mut names: Vec<(&str, Vec<MentionId>)> = by_name.into_iter().collect();
    let words = |name: &str| name.split_whitespace().count();
    names.sort_by_key(|(name, _)| {
        (
            std::cmp::Reverse((words(name), name.chars().count())),
            *name,
        )
    });
    let mut parts: Vec<Part> = Vec::new();
    for (text, ids) in names {
        let kind = most_common(ids.iter().map(|id| mention(id).kind));
        let sort = Sort::of(kind.unwrap_or(referent.kind));
        let name = Name::new(text, sort.name_kind());
        match parts.iter_mut().find(|p| belongs(&name, sort, p)) {
            Some(part) => part.mentions.extend(ids),
            None => parts.push(Part {
                sort,
                head: name,
                mentions: ids,
            }),
        }
    }
    let near = |id: MentionId, part: &Part| {
        let own = mention(&id).span;
        let far = part
            .mentions
            .iter()
            .map(|m| mention(m).span.start.abs_diff(own.start));
        (Sort::of(mention(&id).kind) != part.sort, far.min())
    };
    for id in described {
        let nearest = (0..parts.len()).min_by_key(|&at| near(id, &parts[at]));
        if let Some(at) = nearest {
            parts[at].mentions.push(id);
        }
    }
    if parts.is_empty() {
        return vec![(Sort::of(referent.kind), referent.mentions.clone())];
    }
    let sorted = |mut part: Part| {
        part.mentions.sort_unstable();
        (part.sort, part.mentions)
    };
    parts.into_iter().map(sorted).collect()
}

/// Whether a name that the reading put to others can go with the fullest of them.
fn belongs(name: &Name, sort: Sort, part: &Part) -> bool {
    let alike = score(name, &part.head).ten_thousandths();
    if sort == part.sort && sort != Sort::Person {
        return true; // the reading knows why: an acronym, a translated name, a short form
    }
    if sort != part.sort {
        let short = abbreviates(name.text(), part.head.text());
        return alike >= SAME.ten_thousandths() || short || is_part(name, &part.head);
    }
    // a single word that is no part of the name is a nickname: the reading knows why
    !is_full(name, sort) || is_part(name, &part.head) || alike >= CONTRADICTS
}

/// Each word of the shorter name stands in the longer one.
fn is_part(name: &Name, head: &Name) -> bool {
    let words = |n: &Name| {
        fold(n.text())
            .split_whitespace()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    words(name).is_subset(&words(head))
}

/// Spellings that are read as those of another sort, with the kind that their bearers are then of.
pub(crate) type Mended = FxHashMap<SpellingId, (SpellingId, EntityKind)>;

/// A full name that the case mostly holds for another sort of thing is of that sort: one reading of
/// *Brazos Meridian* as a person among five of it as a company. What a person says of a draft (its document, its number
/// and the kind) goes before what the case mostly holds. What spellings it needs are added.
pub(crate) fn mended(
    borne: &Borne,
    digests: &[&Digest],
    spellings: &mut Spellings,
    decided: &[(usize, u32, EntityKind)],
) -> Mended {
    let mut told: FxHashMap<u64, (Sort, EntityKind)> = FxHashMap::default();
    for &(document, draft, kind) in decided {
        let own = &digests[document].drafts[draft as usize];
        if let Some(family) = spellings.get(own.spelling).family {
            told.insert(family, (Sort::of(kind), kind));
        }
    }
    let mut votes: FxHashMap<u64, BTreeMap<Sort, (usize, EntityKind)>> = FxHashMap::default();
    for (&id, &(mentions, kind)) in borne.ids.iter().zip(&borne.counts) {
        let spelling = spellings.get(id);
        if let Some(family) = spelling.family {
            let slot = votes.entry(family).or_default();
            let slot = slot.entry(spelling.called.sort).or_insert((0, kind));
            slot.0 += mentions;
            slot.1 = slot.1.min(kind);
        }
    }
    votes.retain(|_, sorts| sorts.len() > 1);
    let mut out = Mended::default();
    let mut wanted = Vec::new();
    for &id in &borne.ids {
        let spelling = spellings.get(id);
        let Some(sorts) = spelling.family.and_then(|family| votes.get(&family)) else {
            continue;
        };
        let own = sorts.get(&spelling.called.sort).map_or(0, |v| v.0);
        let best = sorts
            .iter()
            .max_by_key(|(sort, v)| (v.0, std::cmp::Reverse(**sort)));
        let best = best.filter(|(_, v)| v.0 > own);
        let best = best.map(|(sort, (_, kind))| (*sort, *kind));
        let said = spelling.family.and_then(|family| told.get(&family));
        let best = said.copied().or(best);
        if let Some((sort, kind)) = best.filter(|(sort, _)| *sort != spelling.called.sort) {
            let called = Called {
                sort,
                ..spelling.called.clone()
            };
            out.insert(id, (called.id(), kind));
            wanted.push((called.id(), called));
        }
    }
    spellings.add(wanted);
    out
}
