//! How the ledger lies in a case: each entry in as many bytes as every other, so that all of it is taken in at once.

use madar_read::{EntityKind, FactKind, MentionId, Status};
use madar_text::{Day, Lang, Stamp};

use crate::CaseError;
use crate::ledger::{ClaimEntry, Claims, DocumentEntry, EntityEntry};

/// Bytes of an entry.
const CLAIM: usize = 24;
const ENTITY: usize = 16;
const DOCUMENT: usize = 36;
/// Instead of the number of a mention or a second where there is none.
const NONE: u32 = u32::MAX;
const LANGS: [Lang; 4] = [Lang::Ar, Lang::En, Lang::Ru, Lang::Other];

pub(crate) fn pack_claims(claims: &Claims) -> Vec<u8> {
    let mut out = Vec::with_capacity(claims.entries.len() * CLAIM + claims.who.len() * 4);
    put(&mut out, number(claims.entries.len()));
    for (entry, end) in claims.entries.iter().zip(&claims.ends) {
        let (kind, status) = (
            place(&FactKind::ALL, entry.kind),
            place(&Status::ALL, entry.status),
        );
        out.extend([kind, status, u8::from(entry.disputes), 0]);
        let chains = [entry.k_lo, entry.k_hi].map(|k| u16::try_from(k).unwrap_or(u16::MAX));
        out.extend(chains.iter().flat_map(|k| k.to_le_bytes()));
        put(&mut out, entry.articles);
        put(&mut out, day_number(entry.days.map(|days| days.0)));
        put(&mut out, day_number(entry.days.map(|days| days.1)));
        put(&mut out, *end);
    }
    claims.who.iter().for_each(|&who| put(&mut out, who));
    out
}

pub(crate) fn unpack_claims(packed: &[u8]) -> Result<Claims, CaseError> {
    let (head, rest) = packed.split_at_checked(4).ok_or_else(damaged)?;
    let count = at(head, 0) as usize;
    let size = count.checked_mul(CLAIM).ok_or_else(damaged)?;
    let (entries, who) = rest.split_at_checked(size).ok_or_else(damaged)?;
    let mut out = Claims {
        entries: Vec::with_capacity(count),
        ends: Vec::with_capacity(count),
        who: who.chunks_exact(4).map(|who| at(who, 0)).collect(),
    };
    for entry in entries.chunks_exact(CLAIM) {
        let from = day(at(entry, 12));
        out.entries.push(ClaimEntry {
            kind: *FactKind::ALL
                .get(usize::from(entry[0]))
                .ok_or_else(damaged)?,
            status: *Status::ALL.get(usize::from(entry[1])).ok_or_else(damaged)?,
            disputes: entry[2] != 0,
            k_lo: u32::from(u16::from_le_bytes([entry[4], entry[5]])),
            k_hi: u32::from(u16::from_le_bytes([entry[6], entry[7]])),
            articles: at(entry, 8),
            days: from.zip(day(at(entry, 16))),
        });
        out.ends.push(at(entry, 20));
    }
    let whole =
        out.ends.is_sorted() && out.ends.last().map_or(0, |&end| end as usize) == out.who.len();
    whole.then_some(out).ok_or_else(damaged)
}

pub(crate) fn pack_entities(entities: &[EntityEntry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entities.len() * ENTITY);
    for entry in entities {
        let kind = place(&EntityKind::ALL, entry.kind);
        out.extend([kind, u8::from(entry.named), u8::from(entry.is_outlet), 0]);
        put(&mut out, entry.documents);
        put(&mut out, entry.mentions);
        put(&mut out, entry.claims);
    }
    out
}

pub(crate) fn unpack_entities(packed: &[u8]) -> Result<Vec<EntityEntry>, CaseError> {
    let one = |entry: &[u8]| {
        Ok(EntityEntry {
            kind: *EntityKind::ALL
                .get(usize::from(entry[0]))
                .ok_or_else(damaged)?,
            named: entry[1] != 0,
            is_outlet: entry[2] != 0,
            documents: at(entry, 4),
            mentions: at(entry, 8),
            claims: at(entry, 12),
        })
    };
    all(packed.chunks_exact(ENTITY), one)
}

pub(crate) fn pack_documents(documents: &[DocumentEntry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(documents.len() * DOCUMENT);
    for entry in documents {
        out.extend([place(&LANGS, entry.lang), 0, 0, 0]);
        put(&mut out, day_number(entry.day));
        out.extend(entry.publisher.to_le_bytes());
        put(&mut out, entry.retells.map_or(NONE, |mention| mention.0));
        out.extend(entry.article.to_le_bytes());
        put(&mut out, day_number(entry.stands.map(|stamp| stamp.day)));
        let second = entry.stands.and_then(|stamp| stamp.second);
        put(&mut out, second.unwrap_or(NONE));
    }
    out
}

pub(crate) fn unpack_documents(packed: &[u8]) -> Result<Vec<DocumentEntry>, CaseError> {
    let one = |entry: &[u8]| {
        let retells = at(entry, 16);
        Ok(DocumentEntry {
            lang: *LANGS.get(usize::from(entry[0])).ok_or_else(damaged)?,
            day: day(at(entry, 4)),
            publisher: long(entry, 8),
            retells: (retells != NONE).then_some(MentionId(retells)),
            article: long(entry, 20),
            stands: day(at(entry, 28)).map(|day| Stamp {
                day,
                second: Some(at(entry, 32)).filter(|&second| second != NONE),
            }),
        })
    };
    all(packed.chunks_exact(DOCUMENT), one)
}

/// All entries, in room that is made once.
fn all<'a, T>(
    packed: std::slice::ChunksExact<'a, u8>,
    one: impl Fn(&'a [u8]) -> Result<T, CaseError>,
) -> Result<Vec<T>, CaseError> {
    let mut out = Vec::with_capacity(packed.len());
    for entry in packed {
        out.push(one(entry)?);
    }
    Ok(out)
}

/// The place of a value among all.
fn place<T: Copy + PartialEq>(all: &[T], one: T) -> u8 {
    let at = all.iter().position(|other| *other == one);
    u8::try_from(at.expect("all are among them")).expect("few values")
}

/// Year, month and day as one number; 0 for none.
fn day_number(day: Option<Day>) -> u32 {
    let part = |n: i16| u32::try_from(n).unwrap_or(0);
    day.map_or(0, |day| {
        (part(day.year) * 100 + part(day.month.into())) * 100 + part(day.day.into())
    })
}

fn day(number: u32) -> Option<Day> {
    let year = i16::try_from(number / 10_000).ok()?;
    let part = |n: u32| i8::try_from(n % 100).ok();
    (number > 0).then_some(Day::new(year, part(number / 100)?, part(number)?))
}

fn put(out: &mut Vec<u8>, number: u32) {
    out.extend(number.to_le_bytes());
}

fn at(bytes: &[u8], place: usize) -> u32 {
    let four = bytes[place..]
        .first_chunk()
        .expect("entries are long enough");
    u32::from_le_bytes(*four)
}

fn long(bytes: &[u8], place: usize) -> u64 {
    u64::from(at(bytes, place)) | u64::from(at(bytes, place + 4)) << 32
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a case holds fewer things")
}

fn damaged() -> CaseError {
    CaseError::Damaged("what was linked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let days = Some((Day::new(2025, 3, 4), Day::new(2025, 12, 31)));
        let entry = |kind, days| ClaimEntry {
            kind,
            status: Status::Denied,
            k_lo: 1,
            k_hi: 3,
            articles: 70_000,
            days,
            disputes: true,
        };
        let claims = Claims {
            entries: vec![entry(FactKind::Deal, days), entry(FactKind::Tie, None)],
            ends: vec![2, 5],
            who: vec![7, 8, 1, 2, 70_000],
        };
        let packed = pack_claims(&claims);
        assert_eq!(unpack_claims(&packed).unwrap(), claims);
        assert!(unpack_claims(&packed[..packed.len() - 4]).is_err());
        assert!(unpack_claims(&[]).is_err());
        let documents = vec![DocumentEntry {
            lang: Lang::Ru,
            day: None,
            publisher: u64::MAX - 5,
            retells: Some(MentionId(3)),
            article: u64::MAX - 9,
            stands: Some(Stamp {
                day: Day::new(2025, 3, 4),
                second: Some(86_399),
            }),
        }];
        assert_eq!(
            unpack_documents(&pack_documents(&documents)).unwrap(),
            documents
        );
        let entities = vec![EntityEntry {
            kind: EntityKind::Paper,
            named: true,
            is_outlet: false,
            documents: 1,
            mentions: 2,
            claims: 3,
        }];
        assert_eq!(
            unpack_entities(&pack_entities(&entities)).unwrap(),
            entities
        );
    }
}
