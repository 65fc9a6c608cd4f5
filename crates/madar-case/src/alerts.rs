//! What is new in a case since a mark: not articles but what they changed. A claim that nobody told before, the first
//! independent confirmation of one, a tie of somebody who is followed to somebody new, a hit on a list, an article whose
//! publisher has changed what it says. Told from the documents that have come since: nothing is linked again.

use std::collections::{BTreeMap, BTreeSet};

use madar_link::{Profile, ProfileKind, Withdrawn};
use madar_read::EntityKind;

use crate::CaseError;
use crate::answer::{Alert, Alerts};
use crate::ask::Asked;
use crate::decisions::Decision;
use crate::marks::Arrived;
use crate::profile::Particulars;
use crate::screening::{Register, ScreenedEntity, Screening, is_screened};
use crate::view::{At, View, place};

/// What is to be told of what is new.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Watched {
    /// Only what this person or thing takes part in.
    pub about: Option<String>,
    /// How many at most.
    pub limit: Option<usize>,
}

impl Asked<'_> {
    /// What is new by what has arrived, what matters most first. Whoever is told of is screened against the lists of
    /// [`Asked::against`].
    ///
    /// # Errors
    /// When nobody in the case is called as asked for, or several are.
    pub fn alerts(
        &self,
        arrived: &Arrived,
        wanted: &Watched,
        screening: &Screening,
    ) -> Result<Alerts, CaseError> {
        let view = self.view();
        let about = wanted.about.as_deref();
        let about = about.map(|name| view.entity_named(name)).transpose()?;
        let documents = arrived.documents.iter();
        let new: BTreeSet<At> = documents.filter_map(|&id| view.document_at(id)).collect();
        let news = News {
            followed: self.followed(),
            view,
            new,
        };
        let mut out = Alerts::default();
        let limit = wanted.limit.unwrap_or(usize::MAX);
        if let Some(register) = self.register() {
            out.add(news.hits(register, arrived, screening, about), limit);
        }
        out.add(news.edited(about), limit);
        news.claims(about, limit, &mut out);
        out.some.sort_by_key(Alert::order);
        Ok(out)
    }

    /// Those who are followed, each once.
    fn followed(&self) -> BTreeSet<At> {
        let decided = self.decided().iter().filter_map(|decision| match decision {
            Decision::Followed(thing) => self.entity_of_thing(thing),
            _ => None,
        });
        decided.collect()
    }
}

impl Alerts {
    fn add(&mut self, found: Vec<Alert>, limit: usize) {
        self.all += found.len();
        let left = limit.saturating_sub(self.some.len());
        self.some.extend(found.into_iter().take(left));
    }
}

struct News<'a> {
    view: View<'a>,
    /// Documents that have arrived.
    new: BTreeSet<At>,
    followed: BTreeSet<At>,
}

impl News<'_> {
    /// New claims, new ties, first confirmations.
    fn claims(&self, about: Option<At>, limit: usize, out: &mut Alerts) {
        let view = &self.view;
        let mut touched = self.touched();
        if let Some(one) = about {
            touched.retain(|&claim| self.takes_part(one, claim));
        }
        let (old, mut fresh): (Vec<At>, Vec<At>) =
            touched.into_iter().partition(|&claim| self.was_told(claim));
        // what an article tells no longer is told of where it changed
        if !view.versions().is_empty() {
            fresh.retain(|&claim| !view.is_no_longer_said(claim));
        }
        let confirmed: Vec<(At, (u32, u32))> = old
            .into_iter()
            .filter_map(|claim| Some((claim, self.before_confirmation(claim)?)))
            .collect();
        let ties: BTreeMap<At, Vec<(At, At)>> = fresh
            .iter()
            .map(|&claim| (claim, self.new_ties(claim)))
            .filter(|(_, ties)| !ties.is_empty())
            .collect();
        let cast = view.cast(&fresh, None);
        let mut ordered = view.by_importance(&fresh, &cast);
        ordered.sort_by_key(|claim| !ties.contains_key(claim));
        out.all += confirmed.len() + ordered.len();
        let told = confirmed
            .into_iter()
            .map(|(claim, before)| Alert::Confirmed {
                before,
                line: Box::new(view.line(claim)),
            });
        let new = ordered.into_iter().map(|claim| {
            let line = Box::new(view.line(claim));
            match ties.get(&claim) {
                Some(ties) => Alert::Tie {
                    ties: ties
                        .iter()
                        .map(|&(a, b)| (view.named(a), view.named(b)))
                        .collect(),
                    line,
                },
                None => Alert::Claim(line),
            }
        });
        let left = limit.saturating_sub(out.some.len());
        out.some.extend(told.chain(new).take(left));
    }

    /// Nothing was there before.
    fn is_all(&self) -> bool {
        self.new.len() == self.view.documents_ledger().len()
    }

    /// Claims that documents tell which have arrived, in order.
    fn touched(&self) -> Vec<At> {
        let links = self.view.links;
        if self.is_all() {
            return (0..links.claims()).collect();
        }
        let facts = self.new.iter().flat_map(|&at| &links.places(at).facts);
        let touched: BTreeSet<At> = facts.flatten().map(|(_, claim)| *claim).collect();
        touched.into_iter().collect()
    }

    fn takes_part(&self, one: At, claim: At) -> bool {
        let who = self.view.claims_ledger().who(claim);
        who.iter().any(|&at| at as At == one)
    }

    /// Whether a document that was there before tells it.
    fn was_told(&self, claim: At) -> bool {
        if self.is_all() {
            return false;
        }
        let mut reports = self.view.links.claim(claim).reports.iter();
        reports.any(|(document, _)| !self.new.contains(document))
    }

    /// On how many chains it stood before, where it is confirmed only now.
    fn before_confirmation(&self, claim: At) -> Option<(u32, u32)> {
        let support = &self.view.links.claim(claim).linked.support;
        if support.k_lo < 2 {
            return None;
        }
        let new = self.new.iter().map(|&at| at as u64).collect();
        let left = support.without(&Withdrawn::Documents(new));
        // an earlier telling may rest on one that came later; told it was
        let before = (left.k_lo.max(1), left.k_hi.max(1));
        (before.0 < 2).then_some(before)
    }

    /// Whom a new claim ties to somebody followed with whom nothing tied him before.
    fn new_ties(&self, claim: At) -> Vec<(At, At)> {
        let mut out = Vec::new();
        if !self.followed.iter().any(|&one| self.takes_part(one, claim)) {
            return out;
        }
        let who = &self.view.links.claim(claim).who;
        for &one in who.iter().filter(|one| self.followed.contains(one)) {
            for &other in who.iter().filter(|&&other| other != one) {
                if !self.were_tied(one, other) {
                    out.push((one, other));
                }
            }
        }
        out
    }

    fn were_tied(&self, one: At, other: At) -> bool {
        let links = self.view.links;
        let (own, theirs) = (&links.entity(one).claims, &links.entity(other).claims);
        let (few, many) = if own.len() < theirs.len() {
            (own, theirs)
        } else {
            (theirs, own)
        };
        let mut shared = few.iter().filter(|claim| many.binary_search(claim).is_ok());
        shared.any(|&claim| {
            let who = &links.claim(claim).who;
            // a place is nobody who takes part
            who.contains(&one) && who.contains(&other) && self.was_told(claim)
        })
    }

    /// Articles that have changed what they tell.
    fn edited(&self, about: Option<At>) -> Vec<Alert> {
        let versions = self.view.versions();
        let mut pairs = BTreeSet::new();
        for &at in &self.new {
            let Some((all, place)) = versions.of(at) else {
                continue;
            };
            let beside = [place.checked_sub(1), Some(place + 1)]
                .into_iter()
                .flatten();
            for other in beside.filter_map(|place| all.get(place).map(|&at| (place, at))) {
                pairs.insert(if other.0 < place {
                    (other.1, at)
                } else {
                    (at, other.1)
                });
            }
        }
        let mut out = Vec::new();
        for (earlier, later) in pairs {
            let mut changes = self.view.changes(earlier, later);
            // what it tells anew is a claim of its own, or confirms one
            changes.gained.clear();
            if let Some(one) = about {
                let id = &self.view.entity(one).id;
                let names =
                    |line: &crate::answer::Line| line.parties.iter().any(|p| p.entity == *id);
                changes.lost.retain(|moved| names(&moved.line));
                changes
                    .changed
                    .retain(|changed| names(&changed.before) || names(&changed.after));
            }
            if changes.lost.len() + changes.changed.len() > 0 {
                out.push(Alert::Edited {
                    document: Box::new(self.view.document_line(later)),
                    changes,
                });
            }
        }
        out
    }

    /// Hits on lists that were none before: of somebody who is named only now, or so only now, and of whoever is on a
    /// list only now.
    fn hits(
        &self,
        register: &Register,
        arrived: &Arrived,
        wanted: &Screening,
        about: Option<At>,
    ) -> Vec<Alert> {
        let view = &self.view;
        let named = self
            .new
            .iter()
            .flat_map(|&at| &view.links.places(at).entity_of);
        let named: BTreeSet<At> = named.copied().collect();
        let everybody = 0..view.links.entities();
        let looked_at: Vec<At> = match (about, arrived.listed.is_empty()) {
            (Some(one), _) => vec![one],
            (None, false) => everybody.collect(),
            (None, true) => named.iter().copied().collect(),
        };
        let told = Particulars::default();
        let mut out = Vec::new();
        for at in looked_at {
            let held = view.entity(at);
            if !is_screened(held.kind) || !held.named {
                continue;
            }
            let mut hits = view.hits(at, &told, register, wanted);
            if hits.is_empty() {
                continue;
            }
            let known: Option<BTreeSet<(String, String)>> = named
                .contains(&at)
                .then(|| self.hit_before(at, register, wanted));
            hits.retain(|hit| {
                let key = (hit.list.clone(), hit.entry.id.clone());
                let by_list = arrived.listed.contains(&key);
                by_list || known.as_ref().is_some_and(|known| !known.contains(&key))
            });
            if !hits.is_empty() {
                out.push(Alert::Hit(ScreenedEntity {
                    entity: held.id.clone(),
                    kind: held.kind,
                    name: held.name.clone(),
                    hits,
                }));
            }
        }
        out
    }

    /// The entries that the names hit by which it was called before.
    fn hit_before(
        &self,
        entity: At,
        register: &Register,
        wanted: &Screening,
    ) -> BTreeSet<(String, String)> {
        let view = &self.view;
        let mut now: BTreeMap<&str, u32> = BTreeMap::new();
        for &(document, mention) in view.places_of(entity) {
            let document = place(document);
            if self.new.contains(&document) {
                let mention = &view.kept[document].reading.mentions[mention.at()];
                *now.entry(mention.name.as_str()).or_default() += 1;
            }
        }
        let mut all: BTreeMap<&str, u32> = BTreeMap::new();
        for name in &view.links.entity(entity).linked.names {
            *all.entry(name.text.as_str()).or_default() += name.count;
        }
        let kind = match view.entity(entity).kind {
            EntityKind::Person => ProfileKind::Person,
            _ => ProfileKind::Thing,
        };
        let before = all
            .into_iter()
            .filter(|(name, times)| now.get(name).copied().unwrap_or(0) < *times);
        let hits = before.flat_map(|(name, _)| {
            let profile = Profile::named(kind, [(name, false)]);
            register.hits_of_name(name, &profile, wanted)
        });
        hits.map(|hit| (hit.list, hit.entry.id)).collect()
    }
}

impl Alert {
    /// What is told first.
    fn order(&self) -> u8 {
        match self {
            Alert::Hit(_) => 0,
            Alert::Tie { .. } => 1,
            Alert::Confirmed { .. } => 2,
            Alert::Edited { .. } => 3,
            Alert::Claim(_) => 4,
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Alert::Hit(_) => "list hit",
            Alert::Tie { .. } => "new tie",
            Alert::Confirmed { .. } => "confirmed",
            Alert::Edited { .. } => "edited",
            Alert::Claim(_) => "new claim",
        }
    }
}
