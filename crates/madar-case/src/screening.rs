//! The lists of a case, ready to be screened against: every entry once with its history, what was
//! decided on hits, and the entities of the case held against them.

use std::collections::BTreeMap;

use madar_link::{Listing, Match, Profile, Screen, Status, compare, listings};
use madar_names::{SAME, Score};
use madar_read::EntityKind;
use madar_text::{Day, ListEntry, fold};

use crate::answer::Dated;
use crate::decisions::{Decision, HitDecision, Screened, Verdict};
use crate::profile::Particulars;
use crate::view::{At, View, place};
use crate::{Asked, Case, CaseError};

/// All entries of all lists of a case.
pub struct Register {
    listings: Vec<Listing>,
    screen: Screen,
    decisions: Vec<HitDecision>,
}

/// Which hits are wanted, and on which days their standing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Screening {
    pub threshold: Score,
    /// Only this list.
    pub list: Option<String>,
    /// Hits that were dismissed too.
    pub dismissed: bool,
    pub days: Days,
}

impl Screening {
    /// Hits at the usual threshold, on no day in particular.
    pub fn usual() -> Self {
        Self {
            threshold: SAME,
            list: None,
            dismissed: false,
            days: Days::default(),
        }
    }
}

/// The days on which it matters whether somebody was listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Days {
    /// Of events, with the claims that tell them.
    pub events: Vec<(Day, Option<String>)>,
    /// Of publication, with the documents.
    pub publications: Vec<(Day, Option<String>)>,
    pub today: Option<Day>,
}

/// A match with a list's entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    pub list: String,
    pub entry: ListEntry,
    /// Day of the latest snapshot that has the entry.
    pub snapshot: Day,
    /// Day of the latest snapshot of the list, where that no longer has it.
    pub gone: Option<Day>,
    pub matched: Match,
    pub events: Vec<DatedStatus>,
    pub publications: Vec<DatedStatus>,
    pub today: Option<Status>,
    pub verdict: Option<Verdict>,
}

/// A standing on the day of something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DatedStatus {
    pub status: Status,
    /// The claim or document.
    pub of: Option<String>,
}

/// An entity of the case with its hits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScreenedEntity {
    pub entity: String,
    pub kind: EntityKind,
    pub name: String,
    pub hits: Vec<Hit>,
}

impl Case {
    /// The lists of the case, the entries of `only` alone where they are given.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn register(&self) -> Result<Register, CaseError> {
        self.register_of(&|_, _| true)
    }

    /// The lists of the case, with the entries that `wanted` picks by list and id.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn register_of(
        &self,
        wanted: &dyn Fn(&str, &ListEntry) -> bool,
    ) -> Result<Register, CaseError> {
        let mut held = Vec::new();
        for snapshot in self.snapshots()? {
            let entries = self.snapshot_entries(snapshot.number)?;
            held.push((snapshot.list, snapshot.day, entries));
        }
        let snapshots: Vec<madar_link::Snapshot<'_>> = held
            .iter()
            .map(|(list, day, entries)| madar_link::Snapshot {
                list,
                day: *day,
                entries,
            })
            .collect();
        let mut listings = listings(&snapshots);
        listings.retain(|listing| wanted(&listing.list, &listing.entry));
        let log = self.decisions()?.into_iter();
        let decisions = log.filter_map(|(_, decision)| match decision {
            Decision::Hit(decision) => Some(decision),
            _ => None,
        });
        Ok(Register::new(listings, decisions.collect()))
    }
}

impl Register {
    pub fn new(listings: Vec<Listing>, decisions: Vec<HitDecision>) -> Self {
        let profiles = listings.iter().map(|held| Profile::of_entry(&held.entry));
        Self {
            screen: Screen::new(profiles.collect()),
            listings,
            decisions,
        }
    }

    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    pub fn is_empty(&self) -> bool {
        self.listings.is_empty()
    }

    /// The hits of a name that stands alone, as it was typed.
    pub fn hits_of_name(&self, name: &str, profile: &Profile, wanted: &Screening) -> Vec<Hit> {
        let folded = fold(name);
        self.hits(profile, wanted, &|who| match who {
            Screened::Name(decided) => fold(decided) == folded,
            Screened::Thing(_) => false,
        })
    }

    /// `is` tells whether a decision is on what the profile is of.
    fn hits(
        &self,
        profile: &Profile,
        wanted: &Screening,
        is: &dyn Fn(&Screened) -> bool,
    ) -> Vec<Hit> {
        // the later of two decisions holds
        let mut decided: BTreeMap<(&str, &str), Verdict> = BTreeMap::new();
        for decision in self.decisions.iter().filter(|decision| is(&decision.who)) {
            decided.insert((&decision.list, &decision.entry), decision.verdict);
        }
        let mut found = self.screen.hits(profile, wanted.threshold);
        let looked_at = if decided.is_empty() {
            &[]
        } else {
            &self.listings[..]
        };
        for (at, listing) in looked_at.iter().enumerate() {
            // what was confirmed stays a hit, whatever the score of today
            let verdict = decided.get(&(listing.list.as_str(), listing.entry.id.as_str()));
            if verdict == Some(&Verdict::Confirmed) && !found.iter().any(|(known, _)| *known == at)
            {
                found.extend(compare(profile, &self.screen.profiles()[at]).map(|m| (at, m)));
            }
        }
        let hits = found.into_iter().map(|(at, matched)| {
            let listing = &self.listings[at];
            let key = (listing.list.as_str(), listing.entry.id.as_str());
            hit(listing, matched, wanted, decided.get(&key).copied())
        });
        hits.filter(|hit| wanted.list.as_ref().is_none_or(|list| *list == hit.list))
            .filter(|hit| wanted.dismissed || hit.verdict != Some(Verdict::Dismissed))
            .collect()
    }

    /// The entry that `named` means: `LIST:ID`, or an id that only one list has.
    ///
    /// # Errors
    /// When no entry or more than one is meant.
    pub fn entry_named(&self, named: &str) -> Result<&Listing, CaseError> {
        let full = |held: &&Listing| {
            let rest = named.strip_prefix(held.list.as_str());
            rest.and_then(|rest| rest.strip_prefix(':')) == Some(held.entry.id.as_str())
        };
        let found: Vec<&Listing> = self
            .listings
            .iter()
            .filter(|held| held.entry.id == named || full(held))
            .collect();
        match found[..] {
            [one] => Ok(one),
            [] => Err(CaseError::Unknown {
                what: "entry",
                name: named.to_owned(),
            }),
            _ => Err(CaseError::Ambiguous {
                name: named.to_owned(),
                candidates: found
                    .iter()
                    .map(|held| format!("{}:{}", held.list, held.entry.id))
                    .collect(),
            }),
        }
    }
}

fn hit(listing: &Listing, matched: Match, wanted: &Screening, verdict: Option<Verdict>) -> Hit {
    let dated = |days: &[(Day, Option<String>)]| -> Vec<DatedStatus> {
        let each = days.iter().map(|(day, of)| DatedStatus {
            status: listing.status(*day),
            of: of.clone(),
        });
        each.collect()
    };
    let has = listing.held.iter().rev().find(|(_, has)| *has);
    let last = listing.held.last().expect("an entry comes from a snapshot");
    Hit {
        list: listing.list.clone(),
        entry: listing.entry.clone(),
        snapshot: has.unwrap_or(last).0,
        gone: (!last.1).then_some(last.0),
        matched,
        events: dated(&wanted.days.events),
        publications: dated(&wanted.days.publications),
        today: wanted.days.today.map(|day| listing.status(day)),
        verdict,
    }
}

impl Asked<'_> {
    /// Every person and body of the case with its hits, those with the best hit first. Places, papers
    /// and what has no name are not screened.
    pub fn screened(&self, register: &Register, wanted: &Screening) -> Vec<ScreenedEntity> {
        let view = self.view();
        let told = Particulars::default();
        let mut out: Vec<ScreenedEntity> = Vec::new();
        for (at, held) in view.entities() {
            if !is_screened(held.kind) || !held.named {
                continue;
            }
            let mut hits = view.hits(at, &told, register, wanted);
            if !hits.is_empty() {
                let mut wanted = wanted.clone();
                wanted.days.events.extend(view.events(view.claims_of(at)));
                wanted.days.publications.extend(view.publications(at));
                hits = view.hits(at, &told, register, &wanted);
            }
            out.push(ScreenedEntity {
                entity: held.id.clone(),
                kind: held.kind,
                name: held.name.clone(),
                hits,
            });
        }
        let best = |held: &ScreenedEntity| held.hits.first().map(|hit| hit.matched.score);
        out.sort_by(|a, b| {
            best(b)
                .cmp(&best(a))
                .then_with(|| (&a.name, &a.entity).cmp(&(&b.name, &b.entity)))
        });
        out
    }

    /// What a decision on the one called `name` points to: an entity of the case where exactly that is
    /// its name or id, else the name itself.
    pub fn screened_as(&self, name: &str) -> Screened {
        let view = self.view();
        let folded = fold(name);
        for (at, held) in view.entities() {
            if !is_screened(held.kind) {
                continue;
            }
            // what is decided speaks of what stands in the texts
            let mut mentions = view.places_of(at).iter().map(|&(document, mention)| {
                let kept = &self.kept[place(document)];
                (kept.id, &kept.reading.mentions[mention.at()])
            });
            let is = held.id == name || fold(&held.name) == folded;
            let own = mentions.find(|(_, m)| is || fold(&m.name) == folded);
            if let Some((document, mention)) = own {
                return Screened::Thing(crate::Thing {
                    document,
                    name: mention.name.clone(),
                });
            }
        }
        Screened::Name(name.to_owned())
    }
}

/// People, bodies, companies, assets; places, papers and groups of others are no parties.
pub(crate) fn is_screened(kind: EntityKind) -> bool {
    !matches!(
        kind,
        EntityKind::Place | EntityKind::Paper | EntityKind::Group
    )
}

impl View<'_> {
    /// The hits of an entity by all that is known of it.
    pub(crate) fn hits(
        &self,
        entity: At,
        told: &Particulars,
        register: &Register,
        wanted: &Screening,
    ) -> Vec<Hit> {
        let profile = self.profile(entity, told);
        register.hits(&profile, wanted, &|who| match who {
            Screened::Thing(thing) => {
                let folded = fold(&thing.name);
                let document = self.document_at(thing.document);
                let mut named = self.mentions_of(entity, document).into_iter().flatten();
                named.any(|mention| fold(&mention.name) == folded)
            }
            Screened::Name(name) => {
                let folded = fold(name);
                self.names_of(entity)
                    .into_iter()
                    .any(|own| fold(own) == folded)
            }
        })
    }

    /// Days of dated claims.
    fn events(&self, claims: &[At]) -> Vec<(Day, Option<String>)> {
        let mut days: Vec<(Day, Option<String>)> = Vec::new();
        for &claim in claims {
            let line = self.line(claim);
            let from = line.time.as_ref().and_then(|time| time.from.as_deref());
            if let Some(day) = from.and_then(Day::parse) {
                days.push((day, Some(line.claim)));
            }
        }
        days.sort();
        days
    }

    /// Days on which the documents that name the entity were published, where they are known.
    fn publications(&self, entity: At) -> Vec<(Day, Option<String>)> {
        let places = self.places_of(entity).iter();
        let mut documents: Vec<At> = places.map(|&(document, _)| place(document)).collect();
        documents.sort_unstable();
        documents.dedup();
        let lines = self.document_lines(documents.into_iter());
        let mut days: Vec<(Day, Option<String>)> = lines
            .into_iter()
            .filter_map(|line| match &line.date {
                Dated::On { day, .. } => Some((Day::parse(day)?, Some(line.source.id.short()))),
                _ => None,
            })
            .collect();
        days.sort();
        days
    }
}
