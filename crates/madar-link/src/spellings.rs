//! Spellings: what profiles are called alike, compared once for all who are called so. Which two may be of one
//! depends on the two alone, so that what was found of them is kept, and a further one is held against those
//! that are known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use madar_names::{Name, NameKind, PartRole, Reason, SAME, Score, compare, score, score_from};
use madar_text::fold;

use crate::near::{Drawer, Filed, Files};
use crate::profiles::{CONTRADICTS, Sort, is_full};

/// Likeness, in ten-thousandths, that two parts of people's names need in one script: what differs in a
/// script that both are written in is seldom a matter of spelling. *Карпин* and *Карбин* reach 0.91,
/// *Ivanov* and *Ivanova* 0.91, *Hassan* and *Hussein* 0.85, *Sechin* and *Setchin* 1.00.
const SAME_PART_IN_ONE_SCRIPT: u16 = 9_300;
/// Names, fullest first, that are compared of one spelling.
const NAMES_COMPARED: usize = 4;
/// Likeness at which a person and a company of one name are one thing that a reading took wrongly.
const MISREAD: u32 = 9_500;

/// The beginning of a hash of what is called so.
pub type SpellingId = u64;

/// How profiles are called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Called {
    pub sort: Sort,
    pub named: bool,
    pub listed: Option<String>,
    /// Distinct names, fullest first.
    pub names: Vec<String>,
}

impl Called {
    pub(crate) fn id(&self) -> SpellingId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[self.sort as u8, u8::from(self.named)]);
        let listed = self.listed.iter().flat_map(|id| [id.as_str(), "\0"]);
        let names = self.names.iter().flat_map(|name| ["\0", name.as_str()]);
        for text in listed.chain(names) {
            hasher.update(text.as_bytes());
        }
        let hash = hasher.finalize();
        u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
    }
}

/// A spelling with what is known of it once for all.
#[derive(Clone, Debug)]
pub struct Spelling {
    pub called: Called,
    /// Those with one have one full name: a hash of it.
    pub family: Option<u64>,
    /// Who is called so in one document is who is called so in another.
    pub joins_itself: bool,
    /// One word that may be a part of a name.
    pub is_weak: bool,
    /// Under what its names are found.
    pub filed: Vec<Filed>,
    /// Other spellings, each with a greater id, and what the two have in common; in order.
    pub pairs: Vec<Pair>,
    /// Taken apart when that is needed.
    pub names: OnceLock<Vec<Name>>,
    pub others: OnceLock<Others>,
}

/// What else a spelling is compared by.
#[derive(Clone, Debug)]
pub struct Others {
    /// The name that a misreading would have had whole.
    any: Option<Name>,
    /// Of its full names the parts that may stand alone.
    parts: Vec<Option<Name>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Pair {
    pub with: SpellingId,
    pub common: Common,
}

/// What two spellings may have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Common {
    /// Names alike; which of the full names of the two, in the order of their ids. People's first names may
    /// contradict all the same.
    Alike {
        score: u16,
        names: (u8, u8),
        contradict: bool,
    },
    /// One name, read as two sorts of thing.
    Misread,
    /// The first one's name is a part of the second one's, and the other way round.
    PartOf,
    Holds,
    /// Both are one word that may be a part of a name, and alike.
    BothParts,
}

impl Spelling {
    fn new(called: Called) -> Self {
        let mut out = Self {
            family: None,
            joins_itself: false,
            is_weak: false,
            filed: Vec::new(),
            pairs: Vec::new(),
            names: OnceLock::new(),
            others: OnceLock::new(),
            called,
        };
        out.family = out
            .called
            .names
            .first()
            .filter(|_| out.called.named)
            .map(|name| {
                let hash = blake3::hash(fold(name).as_bytes());
                u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
            });
        out.joins_itself = out.tells_itself();
        let short = out.names().first().is_some_and(|name| content(name) == 1);
        out.is_weak = out.called.named && out.called.listed.is_none() && short;
        out.filed = out.files();
        out
    }

    pub(crate) fn names(&self) -> &[Name] {
        self.names.get_or_init(|| {
            let kind = self.called.sort.name_kind();
            let names = self.called.names.iter();
            names.map(|text| Name::new(text, kind)).collect()
        })
    }

    pub(crate) fn shown(&self) -> String {
        self.called.names.first().cloned().unwrap_or_default()
    }

    /// The names that can stand alone: two words at least for a person, any for another thing.
    pub(crate) fn full_names(&self) -> impl Iterator<Item = &Name> {
        let sort = self.called.sort;
        self.names().iter().filter(move |name| is_full(name, sort))
    }

    fn compared(&self) -> impl Iterator<Item = (usize, &Name)> {
        self.full_names().take(NAMES_COMPARED).enumerate()
    }

    /// By a full name that is not too common to tell.
    fn tells_itself(&self) -> bool {
        if !self.called.named || self.called.sort == Sort::Group {
            return false;
        }
        let tells = |name: &Name| score(name, name) >= SAME;
        self.called.listed.is_some() || self.compared().any(|(_, name)| tells(name))
    }

    fn others(&self) -> &Others {
        self.others.get_or_init(|| {
            let first = self.names().first();
            let first = first.filter(|name| self.called.named && content(name) >= 2);
            let sort = self.called.sort;
            Others {
                any: first.map(|name| Name::new(name.text(), NameKind::Other)),
                parts: self
                    .compared()
                    .map(|(_, name)| partial_name(name, sort))
                    .collect(),
            }
        })
    }

    fn files(&self) -> Vec<Filed> {
        let Called { sort, named, .. } = self.called;
        let sort = sort as Drawer;
        let mut out = Vec::new();
        if !named {
            return out;
        }
        for (at, name) in self.compared() {
            if self.called.sort != Sort::Group {
                out.push(Filed::new(ALIKE + sort, at, name));
            }
        }
        for (at, part) in self.others().parts.iter().enumerate() {
            out.extend(part.iter().map(|part| Filed::new(WHOLE + sort, at, part)));
        }
        out.extend(
            self.others()
                .any
                .iter()
                .map(|name| Filed::new(ANY + sort, 0, name)),
        );
        if let Some(name) = self.names().first().filter(|_| self.is_weak) {
            out.push(Filed::new(PART + sort, 0, name));
        }
        out
    }
}

/// The drawers in which names are filed, each a row of them by sort: to be found alike, by their parts, as parts
/// of others, and misread.
const ALIKE: Drawer = 0;
const WHOLE: Drawer = 8;
const PART: Drawer = 16;
const ANY: Drawer = 24;
/// Drawers to a row.
const ROW: Drawer = 8;
const SORTS: Drawer = 5;

/// The drawers in which what lies in one may find something.
fn asks(drawer: Drawer) -> impl Iterator<Item = Drawer> {
    let (row, sort) = (drawer / ROW * ROW, drawer % ROW);
    (0..SORTS)
        .filter_map(move |other| match row {
            ANY => (other != sort).then_some(ANY + other),
            _ if other != sort => None,
            WHOLE => Some(PART + sort),
            _ => Some(drawer),
        })
        .chain((row == PART).then_some(WHOLE + sort))
}

/// Spellings by id.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    all: BTreeMap<SpellingId, Spelling>,
    /// Those that came, or whose pairs have changed; and those that went.
    pub changed: BTreeSet<SpellingId>,
    pub gone: BTreeSet<SpellingId>,
}

impl Spellings {
    /// As they were written down.
    pub fn kept(all: impl Iterator<Item = (SpellingId, Spelling)>) -> Self {
        Self {
            all: all.collect(),
            ..Self::default()
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (SpellingId, &Spelling)> {
        self.all.iter().map(|(id, spelling)| (*id, spelling))
    }

    /// # Panics
    /// If it is not among them.
    pub fn get(&self, id: SpellingId) -> &Spelling {
        &self.all[&id]
    }

    /// Takes in those that are not known, with the pairs that they make.
    pub(crate) fn add(&mut self, called: Vec<(SpellingId, Called)>) {
        let mut fresh = Vec::new();
        for (id, called) in called {
            self.all.entry(id).or_insert_with(|| {
                fresh.push(id);
                Spelling::new(called)
            });
        }
        if fresh.is_empty() {
            return;
        }
        fresh.sort_unstable();
        self.changed.extend(&fresh);
        self.gone.retain(|id| fresh.binary_search(id).is_err());
        let list: Vec<(SpellingId, &Spelling)> = self.iter().collect();
        let filed = |at: usize| list[at].1.filed.iter().map(move |filed| (at, filed));
        let at = |id: &SpellingId| list.binary_search_by_key(id, |(id, _)| *id);
        let places: Vec<usize> = fresh.iter().map(|id| at(id).expect("just added")).collect();
        let asked = || {
            let own = places.iter().flat_map(|&at| filed(at));
            own.flat_map(|(at, name)| asks(name.drawer).map(move |drawer| (at, name, drawer)))
        };
        let files = Files::new(
            (0..list.len()).flat_map(filed),
            asked().map(|(_, name, drawer)| (name, drawer)),
        );
        let mut found: BTreeMap<(SpellingId, SpellingId), Vec<Common>> = BTreeMap::new();
        for (own, name, drawer) in asked() {
            for (other, which) in files.near(name, drawer) {
                // of two that are both new the one that comes later asks
                let is_new = places.binary_search(&other).is_ok();
                if other == own || is_new && other > own {
                    continue;
                }
                let (one, two) = (list[own].1, list[other].1);
                let which = (usize::from(name.which), usize::from(which));
                if let Some(common) = common([name.drawer, drawer], (one, which.0), (two, which.1))
                {
                    let (pair, common) = match own < other {
                        true => ((list[own].0, list[other].0), common),
                        false => ((list[other].0, list[own].0), common.turned()),
                    };
                    found.entry(pair).or_default().push(common);
                }
            }
        }
        for ((a, b), mut all) in found {
            // of several ways to be alike the best
            all.sort_unstable();
            let best = all.iter().rposition(|c| matches!(c, Common::Alike { .. }));
            let mut at = 0;
            all.retain(|c| {
                at += 1;
                !matches!(c, Common::Alike { .. }) || best == Some(at - 1)
            });
            all.dedup();
            self.changed.insert(a);
            let pairs = &mut self.all.get_mut(&a).expect("it was found").pairs;
            pairs.extend(all.into_iter().map(|common| Pair { with: b, common }));
            pairs.sort_unstable();
        }
    }

    /// Leaves out those that nobody bears any more.
    pub(crate) fn retain(&mut self, borne: impl Fn(SpellingId) -> bool) {
        let gone = self.all.keys().filter(|id| !borne(**id));
        let gone: BTreeSet<SpellingId> = gone.copied().collect();
        if gone.is_empty() {
            return;
        }
        self.all.retain(|id, _| !gone.contains(id));
        for (id, spelling) in &mut self.all {
            let had = spelling.pairs.len();
            spelling.pairs.retain(|pair| !gone.contains(&pair.with));
            if spelling.pairs.len() < had {
                self.changed.insert(*id);
            }
        }
        self.changed.retain(|id| !gone.contains(id));
        self.gone.extend(gone);
    }
}

impl Common {
    /// The same of the two the other way round.
    fn turned(self) -> Self {
        match self {
            Common::Alike {
                score,
                names: (a, b),
                contradict,
            } => Common::Alike {
                score,
                names: (b, a),
                contradict,
            },
            Common::Misread => Common::Misread,
            Common::PartOf => Common::Holds,
            Common::Holds => Common::PartOf,
            Common::BothParts => Common::BothParts,
        }
    }
}

/// What two spellings have in common by one name of each; theirs lie in these drawers.
fn common(
    [drawer, other]: [Drawer; 2],
    (a, x): (&Spelling, usize),
    (b, y): (&Spelling, usize),
) -> Option<Common> {
    let part_of = |weak: &Spelling, whole: &Spelling, at: usize| {
        let (name, part) = (
            weak.names().first()?,
            whole.others().parts.get(at)?.as_ref()?,
        );
        score_from(name, part, SAME)?;
        (!parts_differ(name, part)).then_some(())
    };
    match drawer / ROW * ROW {
        ANY => {
            let (one, two) = (a.others().any.as_ref()?, b.others().any.as_ref()?);
            score_from(one, two, Score::from_ten_thousandths(MISREAD))?;
            Some(Common::Misread)
        }
        PART if other / ROW * ROW == PART => {
            let person = a.called.sort == Sort::Person;
            let (one, two) = (a.names().first()?, b.names().first().filter(|_| person)?);
            score_from(one, two, SAME)?;
            (!parts_differ(one, two)).then_some(Common::BothParts)
        }
        PART => part_of(a, b, y).map(|()| Common::PartOf),
        WHOLE => part_of(b, a, x).map(|()| Common::Holds),
        _ => {
            if a.called.listed.is_some() && b.called.listed.is_some() {
                return None;
            }
            let (one, two) = (a.full_names().nth(x)?, b.full_names().nth(y)?);
            let score = score_from(one, two, SAME)?;
            let person = a.called.sort == Sort::Person;
            if person && parts_differ(one, two) {
                return None;
            }
            if a.called.sort == Sort::Place && says_more(one, two) {
                return None;
            }
            let place = |at| u8::try_from(at).expect("few names are compared");
            Some(Common::Alike {
                score: score.ten_thousandths(),
                names: (place(x), place(y)),
                contradict: person && names_contradict(a, b),
            })
        }
    }
}

/// Why two spellings are alike by these of their full names.
pub(crate) fn why(a: &Spelling, b: &Spelling, names: (u8, u8)) -> String {
    let name = |spelling: &Spelling, at: u8| spelling.full_names().nth(usize::from(at)).cloned();
    match (name(a, names.0), name(b, names.1)) {
        (Some(a), Some(b)) => compare(&a, &b).explain(),
        _ => String::new(),
    }
}

/// Whether two names of one script differ in a part, more than spelling explains.
fn parts_differ(a: &Name, b: &Name) -> bool {
    let differs = |reason: &Reason| match reason {
        Reason::Contradicts { .. } => true,
        Reason::SpelledOtherwise { score, .. } => score.ten_thousandths() < SAME_PART_IN_ONE_SCRIPT,
        _ => false,
    };
    a.script() == b.script() && compare(a, b).reasons().iter().any(differs)
}

/// Whether one of two names has a part that the other lacks: *London Bridge* is in *London*, and another place.
fn says_more(a: &Name, b: &Name) -> bool {
    let lacks = |reason: &Reason| matches!(reason, Reason::Missing { .. });
    compare(a, b).reasons().iter().any(lacks)
}

/// Words of a name that tell something.
fn content(name: &Name) -> usize {
    let counts = |role: PartRole| {
        !matches!(
            role,
            PartRole::Honorific | PartRole::Particle | PartRole::OrgForm
        )
    };
    name.parts().iter().filter(|p| counts(p.role)).count()
}

/// The part of a full name by which it may be called alone: a person's last, a body's first.
fn partial_name(name: &Name, sort: Sort) -> Option<Name> {
    let (person, thing) = (sort == Sort::Person, sort == Sort::Thing);
    if content(name) < 2 || !(person || thing) {
        return None;
    }
    let mut words = name.text().split_whitespace();
    let word = if person {
        words.next_back()
    } else {
        words.next()
    };
    Some(Name::new(word?, name.kind()))
}

/// Full names of two people that cannot be one's.
pub(crate) fn names_contradict(a: &Spelling, b: &Spelling) -> bool {
    let (Some(p), Some(q)) = (a.full_names().next(), b.full_names().next()) else {
        return false;
    };
    score(p, q).ten_thousandths() < CONTRADICTS || parts_differ(p, q)
}
