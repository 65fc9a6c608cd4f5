//! The ledger of a case: of each claim, entity and document the few numbers that lists are put in order and filtered
//! by. A list of a hundred thousand claims is ordered, and a path among them sought, without taking one in hand.

use madar_link::{Head, Known, article_number, document_number};
use madar_read::gazetteer::Entry;
use madar_read::{EntityKind, FactKind, HopBasis, Kit, MentionId, Status, Time};
use madar_text::{Day, Lang, Stamp};

use crate::documents::Documents;
use crate::keep::Kept;
use crate::links::{LinkedClaim, LinkedEntity, Links, Publisher, Rows, as_told, publisher};
use crate::numbers::Numbers;
use crate::view::At;

/// By number of the claim, the entity, the document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) claims: Claims,
    pub(crate) entities: Vec<EntityEntry>,
    pub(crate) documents: Vec<DocumentEntry>,
}

/// Claims with those whom each ties.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Claims {
    pub(crate) entries: Vec<ClaimEntry>,
    /// Where those whom it ties end in `who`.
    pub(crate) ends: Vec<u32>,
    pub(crate) who: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ClaimEntry {
    pub(crate) kind: FactKind,
    pub(crate) status: Status,
    pub(crate) k_lo: u32,
    pub(crate) k_hi: u32,
    pub(crate) articles: u32,
    /// On which its best telling puts it.
    pub(crate) days: Option<(Day, Day)>,
    /// It denies what somebody says. That the paper itself tells of something that did not happen (*declined to
    /// comment*, *took no part*) disputes nothing.
    pub(crate) disputes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct EntityEntry {
    pub(crate) kind: EntityKind,
    pub(crate) named: bool,
    pub(crate) is_outlet: bool,
    pub(crate) documents: u32,
    pub(crate) mentions: u32,
    pub(crate) claims: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DocumentEntry {
    pub(crate) lang: Lang,
    /// When it was published, or the first day on which it may have been.
    pub(crate) day: Option<Day>,
    /// The beginning of a hash of who publishes it; 0 where nothing says so.
    pub(crate) publisher: u64,
    /// The mention of whom it retells as a whole.
    pub(crate) retells: Option<MentionId>,
    /// The article that it is a version of; 0 where nothing says so.
    pub(crate) article: u64,
    /// Of when its text is: when it was last changed, saved or published.
    pub(crate) stands: Option<Stamp>,
}

/// What of one telling a claim's entry rests on.
pub(crate) struct ToldSo {
    pub(crate) fullness: u16,
    pub(crate) at: (At, usize),
    pub(crate) days: Option<(Day, Day)>,
    pub(crate) sourced: bool,
}

impl Claims {
    /// The claims of what is in hand.
    pub(crate) fn in_hand(links: &Links, kept: &Documents) -> Self {
        let mut out = Self::default();
        for at in 0..links.claims() {
            let held = links.claim(at);
            let told = held.reports.iter();
            let told = told.map(|&at| ToldSo::of_fact(&kept[at.0], at));
            out.push(
                ClaimEntry::new(held, told),
                held.who.iter().map(|&who| small(who)),
            );
        }
        out
    }

    pub(crate) fn who(&self, claim: At) -> &[u32] {
        let from = claim.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.who[from as usize..self.ends[claim] as usize]
    }

    fn push(&mut self, entry: ClaimEntry, who: impl Iterator<Item = u32>) {
        self.entries.push(entry);
        self.who.extend(who);
        self.ends.push(small(self.who.len()));
    }
}

impl ClaimEntry {
    pub(crate) fn new(held: &LinkedClaim, told: impl Iterator<Item = ToldSo>) -> Self {
        let linked = &held.linked;
        let loose = matches!(linked.kind, FactKind::Event | FactKind::Communication);
        let mut sourced = false;
        let mut best: Option<ToldSo> = None;
        for one in told {
            sourced |= one.sourced;
            let order = |told: &ToldSo| (std::cmp::Reverse(told.fullness), told.at);
            if best.as_ref().is_none_or(|held| order(&one) < order(held)) {
                best = Some(one);
            }
        }
        Self {
            kind: linked.kind,
            status: linked.status,
            k_lo: linked.support.k_lo,
            k_hi: linked.support.k_hi,
            articles: linked.support.articles,
            days: best.and_then(|best| best.days),
            disputes: linked.status == Status::Denied
                && (!loose || !held.against.is_empty() || sourced),
        }
    }
}

impl ToldSo {
    pub(crate) fn of_head(head: &Head, document: At) -> Self {
        Self {
            fullness: head.fullness,
            at: (document, head.fact as usize),
            days: head.days,
            sourced: head.sourced,
        }
    }

    fn of_fact(kept: &Kept, at: (At, usize)) -> Self {
        let fact = &kept.reading.facts[at.1];
        let time = fact.time.map(|id| &kept.reading.times[id.at()]);
        Self {
            fullness: fact.fullness(),
            at,
            days: time.and_then(Time::days),
            sourced: fact.chain.iter().any(|hop| hop.basis == HopBasis::Stated),
        }
    }
}

impl EntityEntry {
    pub(crate) fn new(held: &LinkedEntity, kit: &Kit) -> Self {
        let linked = &held.linked;
        let entry = linked.listed.as_deref();
        let entry = entry.and_then(|id| kit.gazetteer.entry(id));
        Self {
            kind: linked.kind,
            named: linked.named,
            is_outlet: entry.is_some_and(Entry::is_outlet),
            documents: small(held.documents),
            mentions: small(linked.mentions.len()),
            claims: small(held.claims.len()),
        }
    }
}

impl DocumentEntry {
    pub(crate) fn new(kept: &Kept) -> Self {
        let published = kept.document.meta.published.as_ref();
        let published = published.map(|published| published.stamp.day);
        let anchor = kept.reading.anchor.as_ref().map(|anchor| anchor.earliest);
        let upstream = kept.reading.publication.upstream.as_ref();
        let meta = &kept.document.meta;
        let stamps = [
            meta.published.as_ref().map(|published| published.stamp),
            meta.updated,
            meta.capture.as_ref().map(|capture| capture.at),
        ];
        Self {
            lang: kept.document.lang(),
            day: published.or(anchor),
            publisher: publisher(kept).map_or(0, |publisher| publisher.number()),
            retells: upstream.map(|upstream| upstream.outlet),
            article: article_number(&as_told(kept)).unwrap_or(0),
            stands: stamps.into_iter().flatten().max(),
        }
    }
}

impl Publisher {
    fn number(&self) -> u64 {
        let (sort, name) = match self {
            Publisher::Listed(id) => ("listed", id),
            Publisher::Stated(name) => ("stated", name),
        };
        let hash = blake3::hash(format!("{sort} {name}").as_bytes());
        u64::from_le_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
    }
}

/// The entities of what is in hand.
pub(crate) fn entities_in_hand(links: &Links, kit: &Kit) -> Vec<EntityEntry> {
    let entry = |at| EntityEntry::new(links.entity(at), kit);
    (0..links.entities()).map(entry).collect()
}

impl Ledger {
    /// The ledger of the file with what has come; `was` are the numbers that its own entries are places of.
    pub(crate) fn changed(&self, was: Option<&Numbers>, now: &Numbers, new: &NewEntries) -> Self {
        let no_numbers: &[u64] = &[];
        let was = |of: fn(&Numbers) -> &[u64]| was.map_or(no_numbers, of);
        let (old, all) = (was(|n| &n.entities), &now.entities);
        let entities = merged(old, &self.entities, all, &new.entities);
        let moved: Vec<Option<u32>> = old
            .iter()
            .map(|number| all.binary_search(number).ok().map(small))
            .collect();
        let (old, all) = (was(|n| &n.documents), &now.documents);
        let documents = merged(old, &self.documents, all, &new.documents);
        Self {
            claims: self.changed_claims(was(|n| &n.claims), now, new, &moved),
            entities,
            documents,
        }
    }

    fn changed_claims(
        &self,
        was: &[u64],
        now: &Numbers,
        new: &NewEntries,
        moved: &[Option<u32>],
    ) -> Claims {
        let mut out = Claims::default();
        let place = |number: &u64| {
            let at = now.entities.binary_search(number);
            small(at.expect("who takes part is there"))
        };
        let mut old = 0;
        let mut fresh = 0;
        for number in &now.claims {
            while new.claims.get(fresh).is_some_and(|(own, ..)| own < number) {
                fresh += 1;
            }
            while was.get(old).is_some_and(|own| own < number) {
                old += 1;
            }
            match new.claims.get(fresh).filter(|(own, ..)| own == number) {
                Some((_, entry, who)) => out.push(*entry, who.iter().map(place)),
                None => {
                    let who = self.claims.who(old).iter();
                    let who = who.filter_map(|&at| moved[at as usize]);
                    out.push(self.claims.entries[old], who);
                }
            }
        }
        out
    }
}

/// Entries of what has changed, by number, in order.
#[derive(Default)]
pub(crate) struct NewEntries {
    /// With the numbers of those whom it ties.
    pub(crate) claims: Vec<(u64, ClaimEntry, Vec<u64>)>,
    pub(crate) entities: Vec<(u64, EntityEntry)>,
    pub(crate) documents: Vec<(u64, DocumentEntry)>,
}

impl NewEntries {
    /// Of the claims and entities that have changed, and the documents that have come; each in order.
    pub(crate) fn of(
        known: &Known,
        rows: &Rows,
        documents: Vec<(u64, DocumentEntry)>,
        kit: &Kit,
    ) -> Self {
        let told = |&(document, fact): &(At, usize)| {
            let at = known
                .ids
                .binary_search_by_key(&(document as u64), |id| document_number(*id));
            let heads = &known.marks[at.expect("numbers are of this case")].heads;
            let own = heads.binary_search_by_key(&fact, |head| head.fact as usize);
            ToldSo::of_head(&heads[own.expect("a claim's reports are told")], document)
        };
        let claim = |held: &LinkedClaim| {
            let entry = ClaimEntry::new(held, held.reports.iter().map(told));
            let who = held.who.iter().map(|&who| who as u64).collect();
            (held.linked.id.number(), entry, who)
        };
        let entity = |held: &LinkedEntity| (held.linked.id.0, EntityEntry::new(held, kit));
        Self {
            claims: rows.claims.iter().map(claim).collect(),
            entities: rows.entities.iter().map(entity).collect(),
            documents,
        }
    }
}

/// The old entries of those that are still there, with the new ones over them; numbers in order.
fn merged<T: Copy>(old: &[u64], held: &[T], now: &[u64], new: &[(u64, T)]) -> Vec<T> {
    let (mut at, mut fresh) = (0, 0);
    let mut out = Vec::with_capacity(now.len());
    for number in now {
        while new.get(fresh).is_some_and(|(own, _)| own < number) {
            fresh += 1;
        }
        while old.get(at).is_some_and(|own| own < number) {
            at += 1;
        }
        out.push(match new.get(fresh).filter(|(own, _)| own == number) {
            Some((_, entry)) => *entry,
            None => held[at],
        });
    }
    out
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a case holds fewer things")
}
