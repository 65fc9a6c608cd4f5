//! Which spellings may be of one: names compared once for all who are called alike.

use std::collections::BTreeMap;

use madar_names::{Index, Name, PartRole, Reason, SAME, compare, score};

use crate::profiles::{CONTRADICTS, Profiles, Sort, Spelling};

/// Likeness, in ten-thousandths, that two parts of people's names need in one script: what differs in a
/// script that both are written in is seldom a matter of spelling. *Карпин* and *Карбин* reach 0.91,
/// *Ivanov* and *Ivanova* 0.91, *Hassan* and *Hussein* 0.85, *Sechin* and *Setchin* 1.00.
const SAME_PART_IN_ONE_SCRIPT: u16 = 9_300;
/// Names, fullest first, that are compared of one spelling.
pub(crate) const NAMES_COMPARED: usize = 4;

/// Two spellings with alike names; `a` is the smaller number.
pub(crate) struct Alike {
    pub(crate) score: u16,
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// Places among their full names.
    names: (usize, usize),
}

impl Alike {
    /// Pairs of one sort whose names are alike enough, the most alike first.
    pub(crate) fn pairs(profiles: &Profiles, sort: Sort) -> Vec<Alike> {
        let spellings = &profiles.spellings;
        let mut index: Index<(usize, usize)> = Index::new();
        let mut best: BTreeMap<(usize, usize), (u16, (usize, usize))> = BTreeMap::new();
        for (at, spelling) in spellings.iter().enumerate() {
            if spelling.sort != sort || !spelling.named {
                continue;
            }
            let names = || spelling.full_names().take(NAMES_COMPARED).enumerate();
            for (own, name) in names() {
                for (other, theirs) in index.candidates(name) {
                    let q = &spellings[other];
                    if q.listed.is_some() && spelling.listed.is_some() {
                        continue;
                    }
                    let Some(their_name) = q.full_names().nth(theirs) else {
                        continue;
                    };
                    let score = score(name, their_name).ten_thousandths();
                    if score >= SAME.ten_thousandths()
                        && !(sort == Sort::Person && parts_differ(name, their_name))
                    {
                        let slot = best.entry((other, at)).or_insert((0, (theirs, own)));
                        *slot = (*slot).max((score, (theirs, own)));
                    }
                }
            }
            for (own, name) in names() {
                index.insert(name, (at, own));
            }
        }
        let pair = |((a, b), (score, names))| Alike { score, a, b, names };
        let mut pairs: Vec<Alike> = best.into_iter().map(pair).collect();
        pairs.sort_by_key(|p| (std::cmp::Reverse(p.score), p.a, p.b));
        pairs
    }

    pub(crate) fn why(&self, profiles: &Profiles) -> String {
        let name = |spelling: usize, at| profiles.spellings[spelling].full_names().nth(at);
        let names = (name(self.a, self.names.0), name(self.b, self.names.1));
        match names {
            (Some(a), Some(b)) => compare(a, b).explain(),
            _ => String::new(),
        }
    }
}

impl Spelling {
    /// Who is called so in one document is who is called so in another: by a full name that is not too
    /// common to tell.
    pub(crate) fn joins_itself(&self) -> bool {
        if !self.named || self.sort == Sort::Group {
            return false;
        }
        let tells = |name: &Name| score(name, name) >= SAME;
        self.listed.is_some() || self.full_names().take(NAMES_COMPARED).any(tells)
    }
}

/// Whether two names of one script differ in a part, more than spelling explains.
pub(crate) fn parts_differ(a: &Name, b: &Name) -> bool {
    let differs = |reason: &Reason| match reason {
        Reason::Contradicts { .. } => true,
        Reason::SpelledOtherwise { score, .. } => score.ten_thousandths() < SAME_PART_IN_ONE_SCRIPT,
        _ => false,
    };
    a.script() == b.script() && compare(a, b).reasons().iter().any(differs)
}

/// Words of a name that tell something.
pub(crate) fn content(name: &Name) -> usize {
    let counts = |role: PartRole| {
        !matches!(
            role,
            PartRole::Honorific | PartRole::Particle | PartRole::OrgForm
        )
    };
    name.parts().iter().filter(|p| counts(p.role)).count()
}

/// The part of a full name by which it may be called alone: a person's last, a body's first.
pub(crate) fn partial_name(name: &Name, sort: Sort) -> Option<Name> {
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
    let first = |s: &Spelling| s.full_names().next().cloned();
    let (Some(p), Some(q)) = (first(a), first(b)) else {
        return false;
    };
    score(&p, &q).ten_thousandths() < CONTRADICTS || parts_differ(&p, &q)
}
