//! Whether two names could reach a score, told before they are compared: most that share a sound or two are far
//! from it, and to see that costs a tenth of comparing them.
//!
//! Every part brings at most what its likeliest counterpart would, had every part its own: that is set against
//! what stands against the names at least. Bounds only, never an answer: what passes is compared.

use crate::align::FULL;
use crate::evidence::{LEFT_OVER, brought, kept};
use crate::initials;
use crate::likeness::Wanted;
use crate::name::{MAX_CONTENT, Name};
use crate::pairing::{Grid, PAIRED, Parts, View};
use crate::part::Part;
use crate::surprise::{
    MOST_OF_ACRONYM, OF_THAT_LANGUAGE, WHOLE_ACROSS, joined_tell_at_most, tells_at_most,
};
use crate::weigh::{ACRONYM, Sums, TOP, agreement};

/// What two names must reach, and what is known of whether they can.
pub(crate) struct Reach<'a> {
    view: &'a View<'a>,
    wanted: &'a Wanted,
    /// The least score, in ten-thousandths.
    bar: u32,
    /// Names of the same words, or without any, are scored by rules of their own.
    is_told: bool,
    /// Acronyms and the top are so too: no score of theirs is out of reach.
    any_score: bool,
    /// Neighbours that could be one word on the other side, once somebody has looked.
    joined: Option<Vec<Joined>>,
}

impl<'a> Reach<'a> {
    pub(crate) fn of(view: &'a View<'a>, wanted: &'a Wanted) -> Reach<'a> {
        let bar = u32::from(wanted.score.ten_thousandths());
        let has_none = view.parts_a.len == 0 || view.parts_b.len == 0;
        let by_acronym = || bar <= ACRONYM && !view.is_person && may_be_acronym(view);
        Reach {
            view,
            wanted,
            bar,
            is_told: bar == 0 || has_none || view.a.has_words_of(view.b),
            any_score: bar > TOP || by_acronym(),
            joined: None,
        }
    }

    /// Whether two names could come to what is wanted, given how alike their parts are at most: never false where
    /// they do. Neighbours that could be one word on the other side are asked for once, if at all.
    pub(crate) fn may(&mut self, most: &Grid, joined: impl FnOnce() -> Vec<Joined>) -> bool {
        if self.is_told {
            return true;
        }
        let mut prospect = Prospect::of(self.view, most);
        if self.suffices(&prospect, &[]) {
            return true;
        }
        let all = self.joined.take().unwrap_or_else(joined);
        let by_joined = !all.is_empty() && {
            all.iter().for_each(|joined| prospect.join(joined));
            self.suffices(&prospect, &all)
        };
        let may = by_joined
            || !self.view.is_person
                && prospect.open_acronyms(self.view)
                && self.suffices(&prospect, &all);
        self.joined = Some(all);
        may
    }

    fn suffices(&self, prospect: &Prospect, joined: &[Joined]) -> bool {
        // evidence is told sooner, and keeps more away
        (self.wanted.evidence == 0 || prospect.tells(self.view, joined, self.wanted))
            && (self.any_score || prospect.reaches(self.view, joined, self.bar))
    }
}

/// Whether one name is a single word with no more letters than the other has words.
fn may_be_acronym(view: &View<'_>) -> bool {
    let fits = |short: &Parts<'_>, long: &Name| {
        short.len == 1 && usize::from(short.get(0).length) <= long.parts().len()
    };
    fits(&view.parts_a, view.b) || fits(&view.parts_b, view.a)
}

/// The best that can become of two names.
struct Prospect {
    a: Side,
    b: Side,
}

/// The best that can become of each part of one name.
#[derive(Default)]
struct Side {
    /// The parts, as bits, that can be in a pair.
    open: u32,
    each: [Best; MAX_CONTENT],
}

/// The best that can become of a part, or of two neighbours joined.
#[derive(Clone, Copy, Default)]
struct Best {
    /// How alike its counterpart is, and how far the two agree, in thousandths.
    likeness: u32,
    agreed: u32,
    /// What it brings as evidence to the score, and what it tells, in tenths of bits.
    brought: u32,
    told: u32,
}

/// Two neighbours of one name that could be one part of the other.
pub(crate) struct Joined {
    /// Whether the two are of the first name.
    two_of_a: bool,
    /// The first of the two, and the one.
    two: usize,
    one: usize,
    best: Best,
}

impl Joined {
    /// Two neighbours and a part of the other name that are so alike at most, in thousandths.
    pub(crate) fn of(
        view: &View<'_>,
        two_of_a: bool,
        two: usize,
        one: usize,
        likeness: u32,
    ) -> Joined {
        let (first, other) = if two_of_a {
            (view.parts_a.get(two), view.parts_b.get(one))
        } else {
            (view.parts_b.get(two), view.parts_a.get(one))
        };
        Joined {
            two_of_a,
            two,
            one,
            best: Best {
                likeness,
                agreed: agreement(view, first, other, likeness),
                brought: brought(first, other, likeness),
                told: joined_tell_at_most(other, first, likeness),
            },
        }
    }
}

impl Side {
    fn open(&mut self, at: usize, best: Best) {
        self.open |= 1 << at;
        let known = &mut self.each[at];
        known.likeness = known.likeness.max(best.likeness);
        known.agreed = known.agreed.max(best.agreed);
        known.brought = known.brought.max(best.brought);
        known.told = known.told.max(best.told);
    }

    /// Whether each part could have a counterpart that is the same altogether; words that any organisation may
    /// add aside.
    fn may_be_whole(&self, parts: &Parts<'_>, name: &Name) -> bool {
        let is_near =
            |at: usize| self.each[at].likeness >= WHOLE_ACROSS || parts.get(at).is_generic;
        name.own_acronym().is_some() || (0..parts.len).all(is_near)
    }
}

impl Prospect {
    /// Of single parts.
    fn of(view: &View<'_>, most: &Grid) -> Prospect {
        let mut prospect = Prospect {
            a: Side::default(),
            b: Side::default(),
        };
        for (i, row) in most.iter().enumerate().take(view.parts_a.len) {
            for (j, &likeness) in row.iter().enumerate().take(view.parts_b.len) {
                let likeness = u32::from(likeness);
                if likeness >= PAIRED {
                    let (a, b) = (view.parts_a.get(i), view.parts_b.get(j));
                    let best = Best {
                        likeness,
                        agreed: agreement(view, a, b, likeness),
                        brought: brought(a, b, likeness),
                        told: tells_at_most(a, b, likeness),
                    };
                    prospect.a.open(i, best);
                    prospect.b.open(j, best);
                }
            }
        }
        prospect
    }

    /// What all pairs are worth together at most, by what a single one is: every part of a name is given a share
    /// such that no pair is worth more than the parts in it, so all pairs are worth no more than all shares.
    fn together(
        &self,
        view: &View<'_>,
        joined: &[Joined],
        single: impl Fn(&Best, &Part) -> u32,
    ) -> u32 {
        let mut shares =
            [(&self.a, &view.parts_a), (&self.b, &view.parts_b)].map(|(side, parts)| {
                let mut shares = [0; MAX_CONTENT];
                for (at, share) in shares.iter_mut().enumerate().take(parts.len) {
                    *share = single(&side.each[at], parts.get(at));
                }
                shares
            });
        for joined in joined {
            let (own, other) = if joined.two_of_a { (0, 1) } else { (1, 0) };
            let (two, one) = if joined.two_of_a {
                (&view.parts_a, &view.parts_b)
            } else {
                (&view.parts_b, &view.parts_a)
            };
            let (first, second) = (joined.two, joined.two + 1);
            let worth = |part: &Part| single(&joined.best, part);
            let worth = worth(two.get(first))
                .max(worth(two.get(second)))
                .min(worth(one.get(joined.one)));
            let share = &mut shares[other][joined.one];
            *share = worth.max(*share);
            let lacking = worth.saturating_sub(shares[own][first] + shares[own][second]);
            // a part in the middle has neighbours on both sides to be joined with
            let at = if second + 1 < two.len { second } else { first };
            shares[own][at] += lacking;
        }
        shares.iter().map(|all| all.iter().sum()).min().unwrap_or(0)
    }

    /// Whether the score could be `bar`, in ten-thousandths.
    fn reaches(&self, view: &View<'_>, joined: &[Joined], bar: u32) -> bool {
        let mut bar = bar;
        let open = (self.a.open, self.b.open);
        if view.is_person && open != (view.parts_a.all(), view.parts_b.all()) {
            // not every part has its counterpart: evidence decides what the score keeps
            let parts = view.parts_a.len + view.parts_b.len;
            let paired = open.0.count_ones() + open.1.count_ones();
            let left = u32::try_from(parts).unwrap_or(0).saturating_sub(paired);
            let evidence = self.together(view, joined, |best, _| best.brought);
            bar = (bar * 100).div_ceil(kept(evidence.saturating_sub(left * LEFT_OVER)));
        }
        let is_above = |best: &Best| best.agreed * 10 >= bar;
        let each = &self.a.each[..view.parts_a.len];
        if !each.iter().any(is_above) && !joined.iter().any(|j| is_above(&j.best)) {
            return false;
        }
        // by how much what agrees exceeds the bar, in weights times ten-thousandths
        let above = self.together(view, joined, |best, part| {
            part.weight() * (best.agreed * 10).saturating_sub(bar)
        });
        let against = u64::from(Sums::at_least_against(view, open)) * u64::from(bar);
        u64::from(above) * 100 >= against
    }

    /// Whether the evidence could be enough.
    fn tells(&self, view: &View<'_>, joined: &[Joined], wanted: &Wanted) -> bool {
        // of two persons' names the first pair is free of what each further one takes away at least
        let less = if view.is_person { OF_THAT_LANGUAGE } else { 0 };
        let told = less + self.together(view, joined, |best, _| best.told.saturating_sub(less));
        told >= wanted.evidence
            || wanted.or_whole
                && self.a.may_be_whole(&view.parts_a, view.a)
                && self.b.may_be_whole(&view.parts_b, view.b)
    }

    /// Opens neighbours that could be one word on the other side.
    fn join(&mut self, joined: &Joined) {
        let (two, one) = if joined.two_of_a {
            (&mut self.a, &mut self.b)
        } else {
            (&mut self.b, &mut self.a)
        };
        let only_likeness = Best {
            likeness: joined.best.likeness,
            ..Best::default()
        };
        two.open(joined.two, only_likeness);
        two.open(joined.two + 1, only_likeness);
        one.open(joined.one, only_likeness);
    }

    /// Opens what an acronym could stand for, which words is found out later: here all of them. False if there
    /// is none.
    fn open_acronyms(&mut self, view: &View<'_>) -> bool {
        let stands = |name: &Name, at: usize, other: &Name| {
            initials::run_of(name.letters(at), other, 0).is_some()
        };
        let of_acronym = Best {
            likeness: 0,
            agreed: FULL,
            brought: 0,
            told: MOST_OF_ACRONYM,
        };
        let open_all = |side: &mut Side, parts: &Parts<'_>| {
            (0..parts.len).for_each(|at| side.open(at, of_acronym));
        };
        let mut any = false;
        for i in (0..view.parts_a.len).filter(|&i| stands(view.a, i, view.b)) {
            self.a.open(i, of_acronym);
            open_all(&mut self.b, &view.parts_b);
            any = true;
        }
        for j in (0..view.parts_b.len).filter(|&j| stands(view.b, j, view.a)) {
            self.b.open(j, of_acronym);
            open_all(&mut self.a, &view.parts_a);
            any = true;
        }
        for (name, side) in [(view.a, &mut self.a), (view.b, &mut self.b)] {
            if let Some((short, (at, len))) = name.own_acronym() {
                // what a name says twice counts neither for nor against it
                side.open |= 1 << short | ((1 << len) - 1) << at;
                any = true;
            }
        }
        any
    }
}
