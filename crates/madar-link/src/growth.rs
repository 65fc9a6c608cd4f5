//! How a case grows, step by step: which documents are stirred, which reports may then belong to other claims,
//! which claims rest on chains that have changed. Each step takes more rather than less; what is looked at and comes
//! out as it was changes nothing.

mod pairs;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use madar_read::{HopBasis, Kit, Reading, Status, Time};
use madar_text::DocumentId;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::alike::{ByKey, Comparison, Keys, Telling, group, may_tell};
use crate::claims::{self, Claim, ClaimId};
use crate::concepts::Concepts;
use crate::copies;
use crate::dependence::{self, Dependence, DependenceKind, Independent, Papers, Retold};
use crate::described::Described;
use crate::digest::{Digest, DocumentNumber};
use crate::entities::{Entities, EntityId, Standing};
use crate::hashed::hash;
use crate::known::{Grown, GrownEntity, Head, Library, Mark};
use crate::network::Decision;
use crate::reliance::Strand;
use crate::reports::{Desk, Report, reports};
use crate::spellings::{SpellingId, Spellings};
use crate::suspicion::Suspicion;
use crate::translations;
use crate::transmitters::{Transmitter, Transmitters, Unlisted};
use pairs::{Perhaps, stand_against};

/// The documents of a case with those that are new.
pub(crate) struct Growth<'a, L> {
    pub(crate) ids: &'a [DocumentId],
    pub(crate) numbers: &'a [DocumentNumber],
    pub(crate) digests: &'a [&'a Digest],
    pub(crate) decisions: &'a [Decision],
    /// Facts that a person rejected.
    pub(crate) rejected: BTreeSet<(DocumentId, u32)>,
    pub(crate) independent: &'a Independent,
    /// Pairs of documents of which a person said so, or no longer says so, since the case was last linked.
    pub(crate) turned: BTreeSet<(DocumentNumber, DocumentNumber)>,
    pub(crate) kit: &'a Kit,
    pub(crate) library: &'a L,
    /// Places of the new ones.
    pub(crate) fresh: BTreeSet<usize>,
    /// By place those that are read otherwise now, with their digests before.
    pub(crate) renewed: &'a BTreeMap<usize, Digest>,
}

/// A report by the place of its document and its own there.
type Spot = (usize, usize);

/// What became of what documents tell.
#[derive(Default)]
struct Stirred {
    /// By place what a document tells now.
    told: BTreeMap<usize, Rc<Vec<Report>>>,
    /// Reports that were not there, or not so.
    new: FxHashSet<Spot>,
    /// Reports as they were that are no longer there, or not so.
    old: Vec<(Report, Head)>,
    /// Claims all of whose reports are looked at again: one is no longer there, somebody is taken otherwise, or is left
    /// unnamed, so that what else its document names counts.
    shaken: FxHashSet<u64>,
}

/// Which reports are one claim, where that was told anew.
struct Grouped {
    /// Claims whose reports have changed, by number.
    changed: BTreeSet<u64>,
    /// Places of documents that tell such a claim.
    documents: BTreeSet<usize>,
    /// Numbers of claims that reports belonged to which belong to others now.
    left: BTreeSet<u64>,
    /// Claims of which all was looked at.
    seen: FxHashSet<u64>,
    /// Reports of which the first may tell what the second tells.
    perhaps: Vec<(Spot, Spot)>,
}

impl<L: Library> Growth<'_, L> {
    pub(crate) fn grow(
        &self,
        marks: &mut [Mark],
        spellings: &mut Spellings,
        dependences: &mut Vec<Dependence>,
        known: &mut BTreeMap<EntityId, Standing>,
        contradictions: &mut BTreeSet<(u64, u64)>,
        perhaps: &mut BTreeSet<(u64, u64)>,
    ) -> (Grown, FxHashSet<SpellingId>) {
        let papers = Papers {
            numbers: self.numbers,
            digests: self.digests,
        };
        let entities = Entities::new(self.ids, self.digests, spellings, self.decisions);
        let described = Described::bundled();
        let transmitters = Transmitters::new(&papers, &entities, &described, self.kit);
        let comparison = Comparison::new(&entities, self.kit);
        let desk = Desk {
            entities: &entities,
            transmitters: &transmitters,
            concepts: &Concepts::bundled(),
        };
        let standing: BTreeMap<EntityId, Standing> =
            entities.standing(|id| comparison.counts_as(id)).collect();
        let taken_otherwise: FxHashSet<EntityId> = standing
            .iter()
            .filter(|(id, now)| known.get(id).is_some_and(|was| was.taken != now.taken))
            .map(|(&id, _)| id)
            .collect();
        let places = self.stirred(marks, &entities, &transmitters, &taken_otherwise);
        let before: BTreeMap<usize, Vec<EntityId>> = places
            .iter()
            .filter(|at| !self.fresh.contains(at))
            .map(|&at| (at, marks[at].entities.clone()))
            .collect();
        let mut stirred = Stirred::default();
        for &at in &places {
            self.tell(at, &mut marks[at], &desk, &comparison, &mut stirred);
        }
        let told_there = places.iter().flat_map(|&at| &marks[at].heads);
        let otherwise =
            told_there.filter(|head| head.who.iter().any(|id| taken_otherwise.contains(id)));
        stirred.shaken.extend(otherwise.map(|head| head.claim));
        let bodies = Bodies::new(self, &stirred);
        let grouped = self.group(marks, &stirred, &bodies, &comparison);
        let rests = Rests {
            papers: &papers,
            entities: &entities,
            transmitters: &transmitters,
            places: &places,
            before: &before,
            grouped: &grouped,
        };
        let mut turned = self.rest(&rests, marks, dependences);
        turned.extend(&self.turned);
        let against = self.contradictions(marks, &grouped, &bodies, &comparison, contradictions);
        let guessed = self.perhaps(marks, &grouped, &bodies, &comparison, perhaps);
        let perhaps = Perhaps::new(perhaps);
        let mut weigh = grouped.changed.clone();
        weigh.extend(common_claims(marks, &papers, &turned));
        weigh.extend(&against);
        weigh.extend(&guessed);
        weigh.extend(
            grouped
                .changed
                .iter()
                .flat_map(|&claim| perhaps.with(claim)),
        );
        weigh.extend(claims_about(marks, &taken_otherwise));
        let strongest = dependence::strongest(dependences.clone());
        let suspicion = Suspicion {
            papers: &papers,
            entities: &entities,
            dependences: &strongest,
            independent: self.independent,
            described: &described,
            kit: self.kit,
        };
        let (reports, claims) = weighed(marks, &weigh, &bodies, &suspicion, &perhaps);
        let mut change = Grown {
            against: stand_against(contradictions, &claims),
            perhaps: claims
                .iter()
                .map(|claim| (claim.id.number(), perhaps.with(claim.id.number())))
                .collect(),
            gone_claims: gone(marks, &grouped.left),
            gone_entities: known
                .keys()
                .filter(|id| !standing.contains_key(id))
                .copied()
                .collect(),
            documents: places.union(&grouped.documents).copied().collect(),
            told: stirred
                .told
                .iter()
                .map(|(at, told)| (*at, told.as_ref().clone()))
                .collect(),
            entities: Vec::new(),
            reports,
            claims,
        };
        let wanted = self.touched(
            marks, &before, &places, &stirred, &grouped, known, &standing,
        );
        change.entities = self.entities(marks, &entities, &wanted);
        *known = standing;
        let borne = entities.borne();
        (change, borne)
    }

    /// Places of documents where something that they name, or who tells it, may be another than before.
    fn stirred(
        &self,
        marks: &[Mark],
        entities: &Entities<'_>,
        transmitters: &Transmitters<'_>,
        taken_otherwise: &FxHashSet<EntityId>,
    ) -> BTreeSet<usize> {
        let mut out = self.fresh.clone();
        out.extend(self.renewed.keys());
        let mut published: (FxHashSet<&str>, FxHashSet<&str>) = Default::default();
        for (at, mark) in marks.iter().enumerate() {
            let publisher = publisher(transmitters, at);
            let is_old = !self.fresh.contains(&at);
            let was = mark.publisher.as_deref();
            if is_old && (was != publisher || mark.entities != entities.of_drafts(at)) {
                out.insert(at);
            }
            published.0.extend(was.filter(|_| is_old));
            published.1.extend(publisher);
        }
        if out.len() == marks.len() {
            return out;
        }
        for &id in taken_otherwise {
            out.extend(entities.documents(id));
        }
        out.extend(self.rejected_otherwise(marks));
        // a body may be a publisher that has come or gone
        let turned = published.0.symmetric_difference(&published.1);
        let turned: BTreeSet<String> = turned.map(|&name| name.to_owned()).collect();
        if !turned.is_empty() {
            let turned = Unlisted::new(turned);
            for (spelling, bearers) in entities.borne_spellings() {
                if turned.called(spelling).is_some() {
                    for &bearer in bearers {
                        out.extend(entities.documents(entities.of_profile(bearer)));
                    }
                }
            }
        }
        out
    }

    /// Documents of whose facts others are rejected than before.
    fn rejected_otherwise(&self, marks: &[Mark]) -> Vec<usize> {
        let rejected = &self.rejected;
        let is_other = |&(at, mark): &(usize, &Mark)| {
            let id = self.ids[at];
            let now = rejected.range((id, 0)..=(id, u32::MAX));
            let mut told = mark.heads.iter().map(|head| head.fact);
            now.clone().count() + mark.heads.len() != mark.facts as usize
                || told.any(|fact| rejected.contains(&(id, fact)))
        };
        let all = marks.iter().enumerate();
        all.filter(is_other).map(|(at, _)| at).collect()
    }

    /// What a document tells now, against what it told.
    fn tell(
        &self,
        at: usize,
        mark: &mut Mark,
        desk: &Desk<'_, '_>,
        comparison: &Comparison<'_>,
        stirred: &mut Stirred,
    ) {
        let id = self.ids[at];
        let rejected = &self.rejected;
        let (now, facts) = self.library.told(id, |told| {
            let now = reports(at, told, desk, |fact| rejected.contains(&(id, fact)));
            let heads = now
                .iter()
                .map(|report| head(report, comparison.keys(report), told.reading));
            let heads: Vec<Head> = heads.collect();
            let now: Vec<(Report, Head)> = now.into_iter().zip(heads).collect();
            (now, told.reading.facts.len())
        });
        let was = match self.fresh.contains(&at) {
            true => Vec::new(),
            false => self.library.reports(id),
        };
        let mut before: BTreeMap<u32, (Report, Head)> = was
            .into_iter()
            .zip(std::mem::take(&mut mark.heads))
            .map(|(report, head)| (report.fact, (report, head)))
            .collect();
        let mut told = Vec::with_capacity(now.len());
        for (number, (report, mut head)) in now.into_iter().enumerate() {
            match before.remove(&report.fact) {
                Some((was, old)) if was == report && old.keys == head.keys => {
                    head.claim = old.claim;
                    if comparison.is_thin(&report) {
                        stirred.shaken.insert(old.claim);
                    }
                }
                other => {
                    stirred.old.extend(other);
                    stirred.new.insert((at, number));
                }
            }
            mark.heads.push(head);
            told.push(report);
        }
        stirred.old.extend(before.into_values());
        let old = stirred.old.iter().map(|(_, head)| head.claim);
        stirred.shaken.extend(old);
        mark.entities = desk.entities.of_drafts(at).to_vec();
        mark.publisher = publisher(desk.transmitters, at).map(str::to_owned);
        mark.facts = u32::try_from(facts).expect("a reading holds fewer facts");
        stirred.told.insert(at, Rc::new(told));
    }

    /// Puts the reports into claims anew that what is stirred may reach.
    fn group(
        &self,
        marks: &mut [Mark],
        stirred: &Stirred,
        bodies: &Bodies<'_, L>,
        comparison: &Comparison<'_>,
    ) -> Grouped {
        let spots: Vec<Spot> = marks
            .iter()
            .enumerate()
            .flat_map(|(at, mark)| (0..mark.heads.len()).map(move |number| (at, number)))
            .collect();
        let keys = |&(at, number): &Spot| &marks[at].heads[number].keys;
        let by_key = ByKey::new(spots.iter().map(keys));
        let mut tellings: FxHashMap<u32, Rc<Telling>> = FxHashMap::default();
        let mut telling = |spot: u32| -> Rc<Telling> {
            let make = || Rc::new(bodies.with(spots[spot as usize], |r| comparison.telling(r)));
            Rc::clone(tellings.entry(spot).or_insert_with(make))
        };
        let is_open = |&(at, number): &Spot| {
            stirred.new.contains(&(at, number))
                || stirred.shaken.contains(&marks[at].heads[number].claim)
        };
        let mut open: BTreeSet<u32> = (0u32..)
            .zip(&spots)
            .filter(|(_, spot)| is_open(spot))
            .map(|(at, _)| at)
            .collect();
        let mut more: FxHashMap<u64, isize> = FxHashMap::default();
        for spot in &stirred.new {
            keys(spot)
                .single
                .iter()
                .for_each(|&key| *more.entry(key).or_default() += 1);
        }
        for (report, head) in &stirred.old {
            head.keys
                .single
                .iter()
                .for_each(|&key| *more.entry(key).or_default() -= 1);
            let was = comparison.telling(report);
            let near = by_key.candidates(&head.keys).into_iter();
            open.extend(near.filter(|&other| comparison.alike(&was, &telling(other)).is_some()));
        }
        open.extend(by_key.turned(&more));
        let mut reached: BTreeSet<u32> = open.clone();
        let mut pairs: Vec<(i32, u32, u32)> = Vec::new();
        let mut perhaps: Vec<(Spot, Spot)> = Vec::new();
        while let Some(spot) = open.pop_first() {
            let own = telling(spot);
            for other in by_key.candidates(keys(&spots[spot as usize])) {
                if other == spot {
                    continue;
                }
                let theirs = telling(other);
                if let Some(score) = comparison.alike(&own, &theirs) {
                    pairs.push((score, spot, other));
                    if reached.insert(other) {
                        open.insert(other);
                    }
                    continue;
                }
                let may = may_tell(&own, &theirs);
                let (own, other) = (spots[spot as usize], spots[other as usize]);
                perhaps.extend(may.first.then_some((own, other)));
                perhaps.extend(may.second.then_some((other, own)));
            }
        }
        let mut order: Vec<u32> = reached.into_iter().collect();
        order.sort_by_cached_key(|&spot| {
            bodies.with(spots[spot as usize], |report| (report.id, report.document))
        });
        let place: FxHashMap<u32, usize> = order.iter().copied().zip(0..).collect();
        let pairs = pairs
            .into_iter()
            .map(|(score, a, b)| (score, place[&a], place[&b]));
        let pairs: Vec<(i32, usize, usize)> = pairs.filter(|(_, a, b)| a < b).collect();
        let held: Vec<Rc<Telling>> = order.iter().map(|&spot| telling(spot)).collect();
        let held: Vec<&Telling> = held.iter().map(Rc::as_ref).collect();
        let groups = group(&held, pairs, comparison);
        let groups: Vec<Vec<Spot>> = groups
            .into_iter()
            .map(|group| {
                group
                    .into_iter()
                    .map(|at| spots[order[at] as usize])
                    .collect()
            })
            .collect();
        let mut out = regroup(marks, stirred, &groups, bodies);
        let seen = order.iter().map(|&spot| spots[spot as usize]);
        out.seen = seen
            .map(|(at, number)| marks[at].heads[number].claim)
            .collect();
        out.perhaps = perhaps;
        out
    }

    /// Which documents rest on which, where that may have changed; gives the pairs of which something else is
    /// known now.
    fn rest(
        &self,
        rests: &Rests<'_>,
        marks: &[Mark],
        dependences: &mut Vec<Dependence>,
    ) -> BTreeSet<(DocumentNumber, DocumentNumber)> {
        let papers = rests.papers;
        let (copied, copies) = copies::copies(papers, &self.fresh);
        let before: translations::Before<'_> = rests
            .before
            .iter()
            .map(|(at, drafts)| {
                let digest = self.renewed.get(at).unwrap_or(self.digests[*at]);
                (*at, (digest, drafts.as_slice()))
            })
            .collect();
        let (translated, translations) =
            translations::translations(papers, rests.entities, rests.places, &before);
        let (retold, retellings) = retellings(rests, marks);
        let stays = |d: &Dependence| {
            let looked_at = match d.kind {
                DependenceKind::Copy { .. } | DependenceKind::Quote { .. } => &copied,
                DependenceKind::Translation { .. } => &translated,
                DependenceKind::Retelling { .. } => &retold,
            };
            ![d.later, d.earlier]
                .iter()
                .any(|&d| looked_at.contains(&papers.at(d)))
        };
        let before: BTreeSet<Dependence> = dependences.iter().copied().collect();
        let stay = dependences.iter().filter(|d| stays(d)).copied();
        let found = copies.into_iter().chain(translations).chain(retellings);
        let now: BTreeSet<Dependence> = stay.chain(found).collect();
        let turned = before.symmetric_difference(&now);
        let turned = turned.map(|d| (d.later, d.earlier)).collect();
        *dependences = now.into_iter().collect();
        turned
    }

    /// Entities of which something is told otherwise now.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a finished value of a step"
    )]
    fn touched(
        &self,
        marks: &[Mark],
        before: &BTreeMap<usize, Vec<EntityId>>,
        places: &BTreeSet<usize>,
        stirred: &Stirred,
        grouped: &Grouped,
        known: &BTreeMap<EntityId, Standing>,
        standing: &BTreeMap<EntityId, Standing>,
    ) -> BTreeSet<EntityId> {
        let mut out: BTreeSet<EntityId> = before.values().flatten().copied().collect();
        out.extend(places.iter().flat_map(|&at| &marks[at].entities));
        out.extend(stirred.old.iter().flat_map(|(_, head)| &head.who));
        let changed = grouped.documents.iter().flat_map(|&at| &marks[at].heads);
        out.extend(changed.flat_map(|head| &head.who));
        let other = standing
            .iter()
            .filter(|(id, now)| known.get(id) != Some(now));
        out.extend(other.map(|(id, _)| *id));
        out.retain(|id| standing.contains_key(id));
        out
    }

    fn entities(
        &self,
        marks: &[Mark],
        entities: &Entities<'_>,
        wanted: &BTreeSet<EntityId>,
    ) -> Vec<GrownEntity> {
        let sought: FxHashSet<EntityId> = wanted.iter().copied().collect();
        let mut claims: FxHashMap<EntityId, Vec<u64>> = FxHashMap::default();
        for (_, head) in all_heads(marks) {
            for id in head.who.iter().filter(|id| sought.contains(id)) {
                claims.entry(*id).or_default().push(head.claim);
            }
        }
        let one = |&id: &EntityId| {
            let mut own = claims.remove(&id).unwrap_or_default();
            own.sort_unstable();
            own.dedup();
            GrownEntity {
                entity: entities.entity(id, self.kit),
                claims: own,
            }
        };
        wanted.iter().map(one).collect()
    }
}

/// What the dependences of a case rest on.
struct Rests<'a> {
    papers: &'a Papers<'a>,
    entities: &'a Entities<'a>,
    transmitters: &'a Transmitters<'a>,
    places: &'a BTreeSet<usize>,
    before: &'a BTreeMap<usize, Vec<EntityId>>,
    grouped: &'a Grouped,
}

fn all_heads(marks: &[Mark]) -> impl Iterator<Item = (Spot, &Head)> {
    marks.iter().enumerate().flat_map(|(at, mark)| {
        let heads = mark.heads.iter().enumerate();
        heads.map(move |(number, head)| ((at, number), head))
    })
}

fn publisher<'t>(transmitters: &'t Transmitters<'_>, at: usize) -> Option<&'t str> {
    match transmitters.publisher(at) {
        Transmitter::Publisher(name) => Some(name),
        _ => None,
    }
}

fn head(report: &Report, keys: Keys, reading: &Reading) -> Head {
    let fact = &reading.facts[report.fact as usize];
    let time = fact.time.map(|id| &reading.times[id.at()]);
    let who = report.participants.iter().map(|(_, entity)| *entity);
    let mut who: SmallVec<[EntityId; 2]> = who.chain(report.place).collect();
    who.sort_unstable();
    who.dedup();
    Head {
        fact: report.fact,
        keys,
        denied: report.status == Status::Denied,
        who,
        hops: report.chain.iter().skip(1).map(hash).collect(),
        sourced: fact.chain.iter().any(|hop| hop.basis == HopBasis::Stated),
        fullness: fact.fullness(),
        days: time.and_then(Time::days),
        claim: 0,
    }
}

/// Notes which reports are one claim now.
fn regroup<L: Library>(
    marks: &mut [Mark],
    stirred: &Stirred,
    groups: &[Vec<Spot>],
    bodies: &Bodies<'_, L>,
) -> Grouped {
    let mut involved: FxHashMap<u64, usize> = FxHashMap::default();
    let was = |marks: &[Mark], (at, number): Spot| marks[at].heads[number].claim;
    for &spot in groups.iter().flatten() {
        involved.insert(was(marks, spot), 0);
    }
    for (_, head) in &stirred.old {
        involved.insert(head.claim, 0);
    }
    let heads = all_heads(marks).map(|(_, head)| head);
    for head in heads.chain(stirred.old.iter().map(|(_, head)| head)) {
        if let Some(count) = involved.get_mut(&head.claim) {
            *count += 1;
        }
    }
    let mut out = Grouped {
        changed: BTreeSet::new(),
        documents: BTreeSet::new(),
        left: BTreeSet::new(),
        seen: FxHashSet::default(),
        perhaps: Vec::new(),
    };
    for group in groups {
        let first = group
            .iter()
            .map(|&spot| bodies.with(spot, |report| report.id))
            .min();
        let number = ClaimId(first.expect("no group is empty")).number();
        let same = |&spot: &Spot| !stirred.new.contains(&spot) && was(marks, spot) == number;
        if group.iter().all(same) && involved.get(&number) == Some(&group.len()) {
            continue;
        }
        out.changed.insert(number);
        for &(at, place) in group {
            let head = &mut marks[at].heads[place];
            out.left.insert(std::mem::replace(&mut head.claim, number));
            out.documents.insert(at);
        }
    }
    out.left
        .extend(stirred.old.iter().map(|(_, head)| head.claim));
    out.left.remove(&0);
    out.left.retain(|claim| !out.changed.contains(claim));
    out
}

/// Documents that openly have from others what they tell, among those that share a claim of which something has
/// changed. Gives the documents that were looked at.
fn retellings(rests: &Rests<'_>, marks: &[Mark]) -> (BTreeSet<usize>, Vec<Dependence>) {
    let looked_at: BTreeSet<usize> = rests
        .places
        .union(&rests.grouped.documents)
        .copied()
        .collect();
    let own = looked_at.iter().flat_map(|&at| &marks[at].heads);
    let shared: FxHashSet<u64> = own.map(|head| head.claim).collect();
    let mut tellers: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for ((at, _), head) in all_heads(marks) {
        if shared.contains(&head.claim) {
            tellers.entry(head.claim).or_default().insert(at);
        }
    }
    tellers.retain(|_, those| those.len() > 1);
    let mut retold = Retold {
        facts: marks
            .iter()
            .map(|mark| dependence::number(mark.heads.len()))
            .collect(),
        from: FxHashMap::default(),
    };
    let involved: BTreeSet<usize> = tellers.values().flatten().copied().collect();
    for &at in &involved {
        for hop in marks[at].heads.iter().flat_map(|head| &head.hops) {
            *retold.from.entry((at, *hop)).or_default() += 1;
        }
    }
    let mut found = BTreeSet::new();
    for those in tellers.values() {
        for &later in those {
            for &earlier in those.iter().filter(|&&earlier| earlier != later) {
                if looked_at.contains(&later) || looked_at.contains(&earlier) {
                    let publisher = hash(rests.transmitters.publisher(earlier));
                    let papers = rests.papers;
                    found.extend(dependence::retelling(
                        papers, &retold, later, earlier, publisher,
                    ));
                }
            }
        }
    }
    (looked_at, found.into_iter().collect())
}

/// Claims in which one of these takes part: what is told may be the same, and yet who acts another kind of body.
fn claims_about(marks: &[Mark], those: &FxHashSet<EntityId>) -> BTreeSet<u64> {
    let heads = all_heads(marks).map(|(_, head)| head);
    let about = heads.filter(|head| head.who.iter().any(|id| those.contains(id)));
    about.map(|head| head.claim).collect()
}

/// Claims that both documents of a pair tell.
fn common_claims(
    marks: &[Mark],
    papers: &Papers<'_>,
    pairs: &BTreeSet<(DocumentNumber, DocumentNumber)>,
) -> BTreeSet<u64> {
    let of = |number: DocumentNumber| -> BTreeSet<u64> {
        let heads = marks[papers.at(number)].heads.iter();
        heads.map(|head| head.claim).collect()
    };
    let both = |&(a, b): &(DocumentNumber, DocumentNumber)| {
        of(a).intersection(&of(b)).copied().collect::<Vec<_>>()
    };
    pairs.iter().flat_map(both).collect()
}

/// These claims with their support, and their reports.
fn weighed<L: Library>(
    marks: &[Mark],
    wanted: &BTreeSet<u64>,
    bodies: &Bodies<'_, L>,
    suspicion: &Suspicion<'_>,
    perhaps: &Perhaps<'_>,
) -> (Vec<Report>, Vec<Claim>) {
    let sought: FxHashSet<u64> = wanted.iter().copied().collect();
    let further: FxHashSet<u64> = wanted
        .iter()
        .flat_map(|&claim| perhaps.with(claim))
        .collect();
    let mut strands: FxHashMap<u64, BTreeSet<Strand>> = FxHashMap::default();
    let mut all: Vec<(Report, u64)> = Vec::new();
    for (spot, head) in all_heads(marks) {
        if sought.contains(&head.claim) {
            all.push((bodies.with(spot, Report::clone), head.claim));
        }
        if further.contains(&head.claim) {
            let strand = bodies.with(spot, Strand::of);
            strands.entry(head.claim).or_default().insert(strand);
        }
    }
    all.sort_by_key(|(report, _)| (report.id, report.document));
    let mut groups: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, (_, claim)) in all.iter().enumerate() {
        groups.entry(*claim).or_default().push(at);
    }
    let reports: Vec<Report> = all.into_iter().map(|(report, _)| report).collect();
    let groups = groups.into_iter().map(|(claim, tellings)| {
        let others = perhaps.with(claim).into_iter();
        let others: BTreeSet<&Strand> = others.flat_map(|other| &strands[&other]).collect();
        (tellings, others.into_iter().cloned().collect())
    });
    let claims = claims::claims(&reports, groups.collect(), suspicion);
    (reports, claims)
}

/// Claims to which no report belongs any more.
fn gone(marks: &[Mark], left: &BTreeSet<u64>) -> Vec<u64> {
    let mut left: FxHashSet<u64> = left.iter().copied().collect();
    for (_, head) in all_heads(marks) {
        left.remove(&head.claim);
    }
    let mut left: Vec<u64> = left.into_iter().collect();
    left.sort_unstable();
    left
}

/// Reports, fetched when they are needed.
struct Bodies<'a, L> {
    growth: &'a Growth<'a, L>,
    held: RefCell<FxHashMap<usize, Rc<Vec<Report>>>>,
}

impl<'a, L: Library> Bodies<'a, L> {
    fn new(growth: &'a Growth<'a, L>, stirred: &Stirred) -> Self {
        let told = stirred.told.iter().map(|(at, told)| (*at, Rc::clone(told)));
        Self {
            growth,
            held: RefCell::new(told.collect()),
        }
    }

    fn with<T>(&self, (at, number): Spot, look: impl FnOnce(&Report) -> T) -> T {
        let fetch = || Rc::new(self.growth.library.reports(self.growth.ids[at]));
        let own = Rc::clone(self.held.borrow_mut().entry(at).or_insert_with(fetch));
        look(&own[number])
    }
}
