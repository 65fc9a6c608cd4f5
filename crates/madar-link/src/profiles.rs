//! Profiles: what linking knows of one thing that one document names. Mostly a referent of the reading;
//! a referent that holds two full names which contradict (*Brazos Meridian*, *Gordon Halvorsen* in
//! *Brazos Meridian chairman Gordon Halvorsen*) is two profiles, so that one bad mention pulls nobody
//! together.

use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Name, NameKind, PartRole, SAME, abbreviates, score};
use madar_read::{EntityKind, Mention, MentionForm, MentionId, Reading, Referent};
use madar_text::fold;
use rustc_hash::FxHashMap;

use crate::network::Told;

/// Kinds that may be one thing called differently by two readers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) enum Sort {
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

    fn name_kind(self) -> NameKind {
        match self {
            Sort::Person => NameKind::Person,
            Sort::Thing => NameKind::Organisation,
            _ => NameKind::Other,
        }
    }
}

pub(crate) struct Profile {
    pub(crate) document: u32,
    /// In order of the text.
    pub(crate) mentions: Vec<MentionId>,
    pub(crate) kind: EntityKind,
    /// Place in [`Profiles::spellings`].
    pub(crate) spelling: usize,
}

/// What many profiles are called alike: compared once for all of them.
#[derive(Debug)]
pub(crate) struct Spelling {
    pub(crate) sort: Sort,
    pub(crate) named: bool,
    pub(crate) listed: Option<String>,
    /// Distinct names, fullest first.
    pub(crate) names: Vec<Name>,
    /// Those called so, in order.
    pub(crate) bearers: Vec<usize>,
}

/// The profiles of a case.
pub(crate) struct Profiles {
    pub(crate) list: Vec<Profile>,
    pub(crate) spellings: Vec<Spelling>,
    /// For each document the profile of each mention.
    pub(crate) of: Vec<Vec<usize>>,
}

impl Profiles {
    pub(crate) fn spelling(&self, profile: usize) -> &Spelling {
        &self.spellings[self.list[profile].spelling]
    }
}

impl Spelling {
    pub(crate) fn shown(&self) -> String {
        let first = self.names.first();
        first.map_or_else(String::new, |n| n.text().to_owned())
    }

    /// The names that can stand alone: two words at least for a person, any for another thing.
    pub(crate) fn full_names(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|n| is_full(n, self.sort))
    }
}

/// Two words at least for a person; anything for a thing.
pub(crate) fn is_full(name: &Name, sort: Sort) -> bool {
    let counts = |role: PartRole| !matches!(role, PartRole::Honorific | PartRole::Particle);
    sort != Sort::Person || name.parts().iter().filter(|p| counts(p.role)).count() >= 2
}

/// Likeness, in ten-thousandths, below which two full names contradict whatever else is known.
pub(crate) const CONTRADICTS: u16 = 4_500;

/// A profile before it is known who is called alike.
struct Draft {
    document: u32,
    mentions: Vec<MentionId>,
    kind: EntityKind,
    sort: Sort,
    named: bool,
    listed: Option<String>,
    /// Distinct names, fullest first.
    names: Vec<String>,
}

/// The profiles of all documents, in order.
pub(crate) fn profiles(told: &[Told<'_>]) -> Profiles {
    let mut drafts = Vec::new();
    let mut of = Vec::with_capacity(told.len());
    for (number, document) in told.iter().enumerate() {
        let number = u32::try_from(number).expect("a case holds fewer documents");
        let mut own = vec![0; document.reading.mentions.len()];
        for referent in &document.reading.referents {
            for (sort, mentions) in parts(document.reading, referent) {
                for mention in &mentions {
                    own[mention.at()] = drafts.len();
                }
                drafts.push(draft(document.reading, number, sort, mentions));
            }
        }
        of.push(own);
    }
    mend_kinds(&mut drafts);
    let mut out = Profiles {
        list: Vec::with_capacity(drafts.len()),
        spellings: Vec::new(),
        of,
    };
    let mut known: FxHashMap<(Sort, bool, Option<String>, Vec<String>), usize> =
        FxHashMap::default();
    for draft in drafts {
        let key = (draft.sort, draft.named, draft.listed, draft.names);
        let spelling = *known
            .entry(key)
            .or_insert_with_key(|(sort, named, listed, names)| {
                let names = names.iter().map(|text| Name::new(text, sort.name_kind()));
                out.spellings.push(Spelling {
                    sort: *sort,
                    named: *named,
                    listed: listed.clone(),
                    names: names.collect(),
                    bearers: Vec::new(),
                });
                out.spellings.len() - 1
            });
        out.spellings[spelling].bearers.push(out.list.len());
        out.list.push(Profile {
            document: draft.document,
            mentions: draft.mentions,
            kind: draft.kind,
            spelling,
        });
    }
    out
}

fn draft(reading: &Reading, document: u32, sort: Sort, mentions: Vec<MentionId>) -> Draft {
    let all = || mentions.iter().map(|id| &reading.mentions[id.at()]);
    let is_name = |m: &&Mention| m.form != MentionForm::Description;
    let named = all().any(|m| is_name(&m));
    let mut names: Vec<&str> = all().filter(is_name).map(|m| m.name.as_str()).collect();
    names.sort_by_key(|t| (std::cmp::Reverse(t.chars().count()), *t));
    names.dedup();
    let fits = |m: &&Mention| Sort::of(m.kind) == sort && is_name(m) == named;
    let kind = most_common(all().filter(fits).map(|m| m.kind));
    Draft {
        document,
        kind: kind.unwrap_or(EntityKind::Organization),
        sort,
        named,
        listed: all().find_map(|m| m.listed.clone()),
        names: names.into_iter().map(str::to_owned).collect(),
        mentions,
    }
}

/// The most frequent; of equal ones the first in the order of kinds.
fn most_common(kinds: impl Iterator<Item = EntityKind>) -> Option<EntityKind> {
    let mut counts: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_default() += 1;
    }
    let best = counts
        .into_iter()
        .max_by_key(|&(kind, n)| (n, std::cmp::Reverse(kind)));
    best.map(|(kind, _)| kind)
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

/// A full name that the case mostly holds for another sort of thing is of that sort: one reading of
/// *Brazos Meridian* as a person among five of it as a company.
fn mend_kinds(drafts: &mut [Draft]) {
    let mut votes: FxHashMap<String, BTreeMap<Sort, (usize, EntityKind)>> = FxHashMap::default();
    for draft in drafts.iter().filter(|p| p.named) {
        for name in draft.names.iter().take(1) {
            let sorts = votes.entry(fold(name)).or_default();
            let slot = sorts.entry(draft.sort).or_insert((0, draft.kind));
            slot.0 += draft.mentions.len();
            slot.1 = slot.1.min(draft.kind);
        }
    }
    votes.retain(|_, sorts| sorts.len() > 1);
    for draft in drafts.iter_mut().filter(|p| p.named) {
        let Some(sorts) = draft.names.first().and_then(|name| votes.get(&fold(name))) else {
            continue;
        };
        let own = sorts.get(&draft.sort).map_or(0, |v| v.0);
        let best = sorts
            .iter()
            .max_by_key(|(sort, v)| (v.0, std::cmp::Reverse(**sort)));
        if let Some((sort, (_, kind))) = best.filter(|(_, v)| v.0 > own) {
            draft.sort = *sort;
            draft.kind = *kind;
        }
    }
}
