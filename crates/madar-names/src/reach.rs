//! Whether two names could reach a score, told before their parts are paired: most that share a sound or two are far
//! from it, and how alike single parts are shows it.
//!
//! Every part brings at most what its likeliest counterpart would, had every part its own: that is set against
//! what stands against the names at least. Bounds only, never an answer: what passes is compared.

use crate::align::FULL;
use crate::evidence::{LEFT_OVER, brought, kept};
use crate::initials;
use crate::likeness::Wanted;
use crate::name::{MAX_CONTENT, Name};
use crate::pairing::{PAIRED, Parts, View, joined_likeness, joined_run, run};
use crate::part::{Part, PartRole};
use crate::surprise::{
    MOST_OF_ACRONYM, OF_THAT_LANGUAGE, WHOLE_ACROSS, joined_tell_at_most, tells_at_most, ways,
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
    /// Room for neighbours that could be one word on the other side.
    joined: &'a mut Vec<Joined>,
}

impl<'a> Reach<'a> {
    pub(crate) fn of(
        view: &'a View<'a>,
        wanted: &'a Wanted,
        joined: &'a mut Vec<Joined>,
    ) -> Reach<'a> {
        let bar = u32::from(wanted.score.ten_thousandths());
        let has_none = view.parts_a.len == 0 || view.parts_b.len == 0;
        let by_acronym = || bar <= ACRONYM && !view.is_person && may_be_acronym(view);
        Reach {
            view,
            wanted,
            bar,
            is_told: bar == 0 || has_none || view.a.has_words_of(view.b),
            any_score: bar > TOP || by_acronym(),
            joined,
        }
    }

    /// Whether two names could come to what is wanted, given how alike their parts are: never false where they do.
    /// Neighbours that could be one word on the other side are looked for where it hangs on them, and aligned where
    /// they could help: few are one word.
    pub(crate) fn may(self, singles: &Prospect, look: impl FnOnce(&mut Vec<Joined>)) -> bool {
        if self.is_told || self.suffices(singles, &[]) {
            return true;
        }
        self.joined.clear();
        look(self.joined);
        if !self.may_otherwise(singles) {
            return false;
        }
        if self.joined.is_empty() {
            return true;
        }
        self.joined.retain_mut(|joined| joined.align(self.view));
        self.may_otherwise(singles)
    }

    /// The same by neighbours that are one word on the other side and by acronyms.
    fn may_otherwise(&self, singles: &Prospect) -> bool {
        let mut prospect = *singles;
        let by_joined = !self.joined.is_empty() && {
            self.joined.iter().for_each(|joined| prospect.join(joined));
            self.suffices(&prospect, self.joined)
        };
        by_joined
            || !self.view.is_person
                && prospect.open_acronyms(self.view)
                && self.suffices(&prospect, self.joined)
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
#[derive(Clone, Copy, Default)]
pub(crate) struct Prospect {
    a: Side,
    b: Side,
}

/// The best that can become of each part of one name.
#[derive(Clone, Copy, Default)]
struct Side {
    /// The parts, as bits, that can be in a pair.
    open: u32,
    each: [Best; MAX_CONTENT],
}

/// The best that can become of a part, or of two neighbours joined; nothing for parts that are no pair.
#[derive(Clone, Copy, Default)]
pub(crate) struct Best {
    /// How alike its counterpart is, and how far the two agree, in thousandths.
    likeness: u16,
    agreed: u16,
    /// What it brings as evidence to the score, and what it tells, in tenths of bits.
    brought: u16,
    told: u16,
}

impl Best {
    /// Of two parts so alike, in thousandths.
    pub(crate) fn of(view: &View<'_>, a: &Part, b: &Part, likeness: u32) -> Best {
        if likeness < PAIRED {
            return Best::default();
        }
        Best {
            likeness: small(likeness),
            agreed: small(agreement(view, a, b, likeness)),
            brought: small(brought(a, b, likeness)),
            told: small(tells_at_most(a, b, likeness)),
        }
    }

    /// Of two neighbours, of which `first` is the first, and a part of the other name, so alike at most.
    pub(crate) fn of_joined(view: &View<'_>, first: &Part, one: &Part, likeness: u32) -> Best {
        if likeness == 0 {
            return Best::default();
        }
        Best {
            likeness: small(likeness),
            agreed: small(agreement(view, first, one, likeness)),
            brought: small(brought(first, one, likeness)),
            told: small(joined_tell_at_most(one, first, likeness)),
        }
    }

    /// In thousandths.
    pub(crate) fn likeness(self) -> u16 {
        self.likeness
    }

    /// The better of the two in each.
    fn or(self, other: Best) -> Best {
        Best {
            likeness: self.likeness.max(other.likeness),
            agreed: self.agreed.max(other.agreed),
            brought: self.brought.max(other.brought),
            told: self.told.max(other.told),
        }
    }
}

/// Thousandths and tenths of bits are small.
fn small(figure: u32) -> u16 {
    u16::try_from(figure).unwrap_or(u16::MAX)
}

/// What the parts of one name can become with one part of another.
#[derive(Clone, Copy)]
pub(crate) struct Hopes<'a> {
    pub(crate) each: &'a [Best],
    pub(crate) whole: Whole,
}

/// The same without telling which part.
#[derive(Clone, Copy, Default)]
pub(crate) struct Whole {
    /// The parts, as bits, that can be in a pair.
    open: u32,
    /// The best of each figure.
    best: Best,
}

impl Whole {
    pub(crate) fn of(each: &[Best]) -> Whole {
        let mut whole = Whole::default();
        for (at, &best) in each.iter().enumerate() {
            whole.open |= u32::from(best.likeness > 0) << at;
            whole.best = whole.best.or(best);
        }
        whole
    }
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
    pub(crate) fn new(two_of_a: bool, two: usize, one: usize, best: Best) -> Joined {
        Joined {
            two_of_a,
            two,
            one,
            best,
        }
    }

    /// Finds how alike they are; false where that is too little.
    fn align(&mut self, view: &View<'_>) -> bool {
        let (name, other) = if self.two_of_a {
            (view.a, view.b)
        } else {
            (view.b, view.a)
        };
        let (first, second) = (name.part(self.two), name.part(self.two + 1));
        let one = other.part(self.one);
        let likeness = joined_likeness(&joined_run(name, first, second), &run(other, one), 0);
        self.best = Best::of_joined(view, first, one, likeness);
        likeness > 0
    }
}

impl Side {
    fn open(&mut self, at: usize, best: Best) {
        self.open |= 1 << at;
        self.each[at] = self.each[at].or(best);
    }

    /// Whether each part could have a counterpart that is the same altogether; words that any organisation may
    /// add aside.
    fn may_be_whole(&self, parts: &Parts<'_>, name: &Name) -> bool {
        let is_near = |at: usize| {
            u32::from(self.each[at].likeness) >= WHOLE_ACROSS || parts.get(at).is_generic
        };
        name.own_acronym().is_some() || (0..parts.len).all(is_near)
    }
}

impl Prospect {
    /// Of the parts of one name with each part of the other; `is_first` where that one is the first of the two.
    pub(crate) fn open<'h>(&mut self, is_first: bool, hopes: impl Iterator<Item = Hopes<'h>>) {
        let Prospect { a, b } = self;
        let (own, other) = if is_first { (a, b) } else { (b, a) };
        for (at, hopes) in hopes.take(MAX_CONTENT).enumerate() {
            let Hopes { each, whole } = hopes;
            own.open |= whole.open;
            for (known, best) in own.each.iter_mut().zip(each) {
                *known = known.or(*best);
            }
            other.open |= u32::from(whole.open != 0) << at;
            other.each[at] = whole.best;
        }
    }

    /// What all pairs are worth together at most, by what a single one is to a part: every part of a name is given a
    /// share such that no pair is worth more than the parts in it, so all pairs are worth no more than all shares.
    fn together(
        &self,
        view: &View<'_>,
        joined: &[Joined],
        single: impl Fn(&Best, &Parts<'_>, usize) -> u32,
    ) -> u32 {
        let (parts_a, parts_b) = (&view.parts_a, &view.parts_b);
        let share = |side: &Side, parts: &Parts<'_>, at: usize| single(&side.each[at], parts, at);
        if joined.is_empty() {
            let all = |side: &Side, parts: &Parts<'_>| -> u32 {
                (0..parts.len).map(|at| share(side, parts, at)).sum()
            };
            return all(&self.a, parts_a).min(all(&self.b, parts_b));
        }
        let (mut a, mut b) = ([0; MAX_CONTENT], [0; MAX_CONTENT]);
        (0..parts_a.len).for_each(|at| a[at] = share(&self.a, parts_a, at));
        (0..parts_b.len).for_each(|at| b[at] = share(&self.b, parts_b, at));
        for joined in joined {
            let (of_two, two, of_one, one) = if joined.two_of_a {
                (&mut a, parts_a, &mut b, parts_b)
            } else {
                (&mut b, parts_b, &mut a, parts_a)
            };
            let (first, second) = (joined.two, joined.two + 1);
            let worth = |parts: &Parts<'_>, at: usize| single(&joined.best, parts, at);
            let worth = worth(two, first)
                .max(worth(two, second))
                .min(worth(one, joined.one));
            of_one[joined.one] = worth.max(of_one[joined.one]);
            let lacking = worth.saturating_sub(of_two[first] + of_two[second]);
            // a part in the middle has neighbours on both sides to be joined with
            let at = if second + 1 < two.len { second } else { first };
            of_two[at] += lacking;
        }
        let sum = |shares: &[u32; MAX_CONTENT], parts: &Parts<'_>| -> u32 {
            shares[..parts.len].iter().sum()
        };
        sum(&a, parts_a).min(sum(&b, parts_b))
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
            let evidence = self.together(view, joined, |best, _, _| u32::from(best.brought));
            bar = (bar * 100).div_ceil(kept(evidence.saturating_sub(left * LEFT_OVER)));
        }
        let is_above = |best: &Best| u32::from(best.agreed) * 10 >= bar;
        let each = &self.a.each[..view.parts_a.len];
        if !each.iter().any(is_above) && !joined.iter().any(|j| is_above(&j.best)) {
            return false;
        }
        // by how much what agrees exceeds the bar, in weights times ten-thousandths
        let above = self.together(view, joined, |best, parts, at| {
            match (u32::from(best.agreed) * 10).checked_sub(bar) {
                Some(above) => parts.get(at).weight() * above,
                None => 0,
            }
        });
        let against = u64::from(Sums::at_least_against(view, open)) * u64::from(bar);
        u64::from(above) * 100 >= against
    }

    /// Whether the evidence could be enough.
    fn tells(&self, view: &View<'_>, joined: &[Joined], wanted: &Wanted) -> bool {
        let told = if view.is_person {
            // each pair but the first takes something away, the second twice as much as each further one
            let more = self.together(view, joined, |best, _, _| {
                u32::from(best.told).saturating_sub(OF_THAT_LANGUAGE)
            });
            let most = |side: &Side| side.each.iter().map(|best| best.told).max();
            let of_joined = joined.iter().map(|joined| joined.best.told).max();
            let one = most(&self.a).min(most(&self.b)).max(of_joined);
            let [of_one, of_more] = self.ways_at_least(view);
            let one = u32::from(one.unwrap_or(0)).saturating_sub(of_one);
            one.max(more.saturating_sub(of_more))
        } else {
            self.together(view, joined, |best, _, _| u32::from(best.told))
        };
        told >= wanted.evidence
            || wanted.or_whole
                && self.a.may_be_whole(&view.parts_a, view.a)
                && self.b.may_be_whole(&view.parts_b, view.b)
    }

    /// What being chosen among more parts takes away at least, from one pair and from several.
    fn ways_at_least(&self, view: &View<'_>) -> [u32; 2] {
        let of = |parts: &Parts<'_>| {
            let may_be_left = |&at: &usize| parts.get(at).role == PartRole::Patronymic;
            parts.len - (0..parts.len).filter(may_be_left).count()
        };
        let of = of(&view.parts_a).max(of(&view.parts_b));
        let open = self.a.open.count_ones().min(self.b.open.count_ones());
        // few ways lead to one part or to nearly all, more to half of them
        let several = ways(of, 2).min(ways(of, (open as usize).max(2)));
        [ways(of, 1), several]
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
            agreed: small(FULL),
            told: small(MOST_OF_ACRONYM),
            ..Best::default()
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
