//! Referents: which mentions of a document stand for one thing. Full names first; then parts of
//! them (*Dmitriev*), acronyms, descriptions beside a name (*{the envoy}, {Karim Haddad}*), and
//! descriptions that came up beside a name before. What stays unsure stays apart.

mod appositions;
mod family;
mod introduced;
mod meant;
pub mod recalled;
mod scene;
pub(crate) mod vectors;

pub(crate) use introduced::is_of_trade;

use std::collections::BTreeSet;

use madar_text::{Document, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::Sentence;
use appositions::join_appositions;
use family::Family;
use meant::join_descriptions;

use crate::{Kit, MentionId, Referent, ReferentId};

pub(crate) struct Referents {
    pub(crate) list: Vec<Referent>,
    /// For each mention its referent.
    pub(crate) of: Vec<ReferentId>,
}

/// Groups mentions, first by name, then by description.
pub(crate) fn referents(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
) -> Referents {
    let mut groups = named(document, sentences, mentions, kit);
    join_descriptions(sentences, mentions, kit, &mut groups);
    collect(mentions, &mut groups)
}

/// Mentions that names, and what stands beside them, say to be one.
fn named(document: &Document, sentences: &[Sentence], mentions: &[Mention], kit: &Kit) -> Groups {
    let mut groups = Groups::new(mentions.len());
    let family = Family {
        document,
        sentences,
        mentions,
        kit,
    };
    join_names(mentions, &family, &mut groups);
    join_acronyms(mentions, &mut groups);
    join_appositions(document, sentences, mentions, kit, &mut groups);
    groups
}

/// What the model of descriptions is asked of a text.
pub(crate) fn asked(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
) -> Vec<recalled::Asked> {
    let mut groups = named(document, sentences, mentions, kit);
    meant::asked(sentences, mentions, kit, &mut groups)
}

/// The same where it is known for some mentions what they stand for.
pub(crate) fn referents_given(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    things: &[Option<ReferentId>],
    kit: &Kit,
) -> Referents {
    let mut groups = Groups::new(mentions.len());
    let mut first: FxHashMap<ReferentId, usize> = FxHashMap::default();
    for (at, thing) in things.iter().enumerate() {
        if let Some(thing) = thing {
            groups.join(*first.entry(*thing).or_insert(at), at);
        }
    }
    if things.contains(&None) {
        join_appositions(document, sentences, mentions, kit, &mut groups);
        join_descriptions(sentences, mentions, kit, &mut groups);
    }
    collect(mentions, &mut groups)
}

/// Disjoint sets of mentions.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(len: usize) -> Self {
        Self {
            parent: (0..len).collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// Titles that stand inside a name without being part of it.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The kind, all bodies being of one: a company is called an organisation too.
fn sort(kind: EntityKind) -> EntityKind {
    if kind.is_body() {
        EntityKind::Organization
    } else {
        kind
    }
}

fn is_outlet(mention: &Mention, kit: &Kit) -> bool {
    let id = mention.listed.as_deref();
    let entry = id.and_then(|id| kit.gazetteer.entry(id));
    entry.is_some_and(|entry| entry.is_outlet())
}

fn same_sort(a: EntityKind, b: EntityKind) -> bool {
    sort(a) == sort(b)
}

/// Same gazetteer entry or same folded name; then a shorter name that is part of exactly one longer.
fn join_names(mentions: &[Mention], family: &Family<'_>, groups: &mut Groups) {
    let mut listed: FxHashMap<&str, usize> = FxHashMap::default();
    let mut exact: FxHashMap<(String, EntityKind), usize> = FxHashMap::default();
    let mut full: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.form == MentionForm::Description {
            continue;
        }
        if let Some(id) = mention.listed.as_deref() {
            let first = *listed.entry(id).or_insert(at);
            groups.join(first, at);
        }
        let words = parts(&mention.name);
        if words.is_empty() {
            continue;
        }
        let first = *exact
            .entry((words.join(" "), sort(mention.kind)))
            .or_insert(at);
        let clash = mentions[first].listed.is_some()
            && mention.listed.is_some()
            && mentions[first].listed != mention.listed;
        if !clash {
            groups.join(first, at);
        }
        // A name that comes a thousand times is looked at once.
        if first == at || clash {
            full.push((at, words));
        }
    }
    join_parts(mentions, &full, family, groups);
}

/// *Dmitriev* is Kirill Dmitriev if no other full name of the document holds the word, or only those of his kin.
fn join_parts(
    mentions: &[Mention],
    full: &[(usize, Vec<String>)],
    family: &Family<'_>,
    groups: &mut Groups,
) {
    let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashSet<(usize, &[String])> = FxHashSet::default();
    for (at, (id, words)) in full.iter().enumerate() {
        if !seen.insert((groups.root(*id), words)) {
            continue;
        }
        for word in words {
            by_word.entry(word).or_default().push(at);
        }
    }
    for (at, words) in full {
        let mention = &mentions[*at];
        let Some(word) = words.first() else { continue };
        let longer = by_word
            .get(word.as_str())
            .into_iter()
            .flatten()
            .filter(|&&other| {
                let (id, long) = &full[other];
                long.len() > words.len()
                    && same_sort(mentions[*id].kind, mention.kind)
                    && fits(mention.kind, words, long)
            });
        let mut roots: Vec<usize> = longer.map(|&other| groups.root(full[other].0)).collect();
        roots.sort_unstable();
        roots.dedup();
        let alone = words.len() == 1 && mention.kind == EntityKind::Person;
        match roots[..] {
            [only] => groups.join(only, *at),
            [_, _, ..] if alone => {
                if let Some(first) = family.principal(&roots, *at) {
                    groups.join(first, *at);
                }
            }
            _ => {}
        }
    }
}

/// Words that tell a son from his father: a name without them is no part of one with them.
pub(crate) const GENERATIONS: &[&str] = &[
    "جونيور",
    "الابن",
    "الاب",
    "jr",
    "junior",
    "sr",
    "senior",
    "младший",
    "старший",
    "ii",
    "iii",
];

/// A part of a person's name is its last words or, if it is one word, its first; a part of
/// another name is its beginning (*Exxon* of *Exxon Mobil*).
fn fits(kind: EntityKind, part: &[String], whole: &[String]) -> bool {
    let generation = |name: &[String]| {
        name.last()
            .is_some_and(|w| GENERATIONS.contains(&w.as_str()))
    };
    if kind == EntityKind::Person && generation(part) != generation(whole) {
        return false;
    }
    if kind == EntityKind::Person {
        whole.ends_with(part)
            || part.len() == 1 && whole.first() == part.first()
            || part.len() >= 2 && part.iter().all(|p| whole.contains(p))
    } else {
        whole.starts_with(part) && part.iter().map(String::len).sum::<usize>() > 3
    }
}

fn join_acronyms(mentions: &[Mention], groups: &mut Groups) {
    let is_short = |m: &Mention| {
        m.form != MentionForm::Description
            && m.name.chars().count() <= 6
            && m.name.chars().filter(|c| c.is_uppercase()).count() >= 2
    };
    // Each name once, by the initials of its words: an acronym begins with one of them.
    let mut seen = FxHashSet::default();
    let mut by_initial: FxHashMap<char, Vec<usize>> = FxHashMap::default();
    for (at, long) in mentions.iter().enumerate() {
        let several = long.form == MentionForm::Name
            && long.kind != EntityKind::Person
            && long.name.split_whitespace().count() >= 2;
        if !several || !seen.insert(long.name.as_str()) {
            continue;
        }
        let folded = fold(&long.name);
        let cores = folded
            .split(' ')
            .flat_map(|word| [Some(word), word.strip_prefix("ال")]);
        let initials: BTreeSet<char> = cores.flatten().filter_map(|w| w.chars().next()).collect();
        for initial in initials {
            by_initial.entry(initial).or_default().push(at);
        }
    }
    let mut known: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for (at, short) in mentions.iter().enumerate().filter(|(_, m)| is_short(m)) {
        let long = *known.entry(short.name.as_str()).or_insert_with(|| {
            let initial = fold(&short.name).chars().find(|c| c.is_alphanumeric());
            let mut near = by_initial.get(&initial?)?.iter().copied();
            near.find(|&long| madar_names::abbreviates(&short.name, &mentions[long].name))
        });
        if let Some(long) = long {
            groups.join(long, at);
        }
    }
}

fn collect(mentions: &[Mention], groups: &mut Groups) -> Referents {
    let mut order: FxHashMap<usize, usize> = FxHashMap::default();
    let mut members: Vec<Vec<MentionId>> = Vec::new();
    let mut of = Vec::with_capacity(mentions.len());
    for at in 0..mentions.len() {
        let root = groups.root(at);
        let next = members.len();
        let group = *order.entry(root).or_insert(next);
        if group == next {
            members.push(Vec::new());
        }
        members[group].push(MentionId::new(at));
        of.push(ReferentId::new(group));
    }
    let list = members
        .into_iter()
        .map(|ids| referent(mentions, ids))
        .collect();
    Referents { list, of }
}

fn referent(mentions: &[Mention], ids: Vec<MentionId>) -> Referent {
    let shown = ids.iter().map(|id| &mentions[id.at()]);
    // The longest name in the document's words; among equals the first.
    let rank = |m: &Mention| {
        (
            m.form != MentionForm::Description,
            m.form == MentionForm::Name,
            m.name.chars().count(),
        )
    };
    let best = shown
        .clone()
        .reduce(|best, m| if rank(m) > rank(best) { m } else { best });
    let best = best.expect("a referent has a mention");
    let named = best.is_naming();
    let kinds: Vec<EntityKind> = shown
        .clone()
        .filter(|m| m.is_naming() == named)
        .map(|m| m.kind)
        .collect();
    let kind = most_common(&kinds);
    let listed = shown.clone().find_map(|m| m.listed.clone());
    Referent {
        kind,
        name: best.name.clone(),
        named,
        listed,
        mentions: ids,
    }
}

fn most_common(kinds: &[EntityKind]) -> EntityKind {
    let count = |kind: EntityKind| kinds.iter().filter(|&&k| k == kind).count();
    let best = EntityKind::ALL
        .into_iter()
        .rev()
        .max_by_key(|&kind| count(kind));
    best.expect("there are kinds")
}
