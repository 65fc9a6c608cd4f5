//! Wire forms of what is kept to link a case again.

use madar_link::{
    Called, Common, Dependence, DependenceKind, Digest, Draft, Filed, Head, Kept, Keys, Mark, Pair,
    Report, Sort, Spelling, Stated, Together,
};
use madar_link::{EntityId, FactId, Transmitter};
use madar_names::{Outline, Script};
use madar_read::{EntityKind, FactKind, Role, Status};
use madar_text::{Day, Lang};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::linked::{pack, unpack};
use super::mirror::{Mirror, mirror_enum, mirror_struct};
use crate::CaseError;

mirror_enum!(SortWire from Sort { Person, Place, Thing, Paper, Group });
mirror_enum!(StatedWire from Stated { Outlet(String), Name(String), Nobody });
mirror_struct!(KeysWire from Keys { single: SmallVec<[u64; 2]>, pairs: SmallVec<[u64; 2]> });
mirror_struct!(HeadWire from Head {
    fact: u32,
    keys: Keys,
    denied: bool,
    who: SmallVec<[EntityId; 2]>,
    hops: SmallVec<[u64; 2]>,
    sourced: bool,
    fullness: u16,
    days: Option<(Day, Day)>,
    claim: u64,
});
mirror_struct!(MarkWire from Mark {
    entities: Vec<EntityId>,
    publisher: Option<String>,
    facts: u32,
    heads: Vec<Head>,
});
mirror_struct!(ReportWire from Report {
    id: FactId,
    document: u64,
    fact: u32,
    kind: FactKind,
    status: Status,
    participants: Vec<(Role, EntityId)>,
    place: Option<EntityId>,
    range: Option<(Day, Day)>,
    time: Option<String>,
    amount: Option<(i64, Option<String>)>,
    stake: Option<i64>,
    chain: Vec<Transmitter>,
    inherited: bool,
    rule: String,
    said: String,
    words: Vec<u32>,
    concepts: Vec<u16>,
    beside: Vec<EntityId>,
});
mirror_struct!(CalledWire from Called {
    sort: Sort,
    named: bool,
    listed: Option<String>,
    names: Vec<String>,
});
mirror_struct!(PairWire from Pair { with: u64, common: Common });
mirror_struct!(DependenceWire from Dependence { later: u64, earlier: u64, kind: DependenceKind });
mirror_enum!(ScriptWire from Script { Latin, Arabic, Cyrillic, Other });

#[derive(Serialize, Deserialize)]
pub(crate) struct DraftWire {
    first: (u32, u32),
    spelling: u64,
    kind: <EntityKind as Mirror>::Wire,
    mentions: u32,
    names: SmallVec<[(u32, u8, u32); 1]>,
    described: Vec<(String, u32)>,
}

/// Languages by number.
const LANGS: [Lang; 4] = [Lang::Ar, Lang::En, Lang::Ru, Lang::Other];

impl Mirror for Draft {
    type Wire = DraftWire;

    fn wire(&self) -> DraftWire {
        let number = |lang: Lang| LANGS.iter().position(|own| *own == lang);
        let number = |lang| number(lang).and_then(|at| u8::try_from(at).ok());
        let names = self.names.iter().map(|&(which, lang, count)| {
            (which, number(lang).expect("one of the languages"), count)
        });
        DraftWire {
            first: self.first,
            spelling: self.spelling,
            kind: self.kind.wire(),
            mentions: self.mentions,
            names: names.collect(),
            described: self.described.clone(),
        }
    }

    fn unwire(wire: DraftWire) -> Self {
        let lang = |number: u8| LANGS.get(usize::from(number)).copied();
        let names = wire.names.into_iter();
        Draft {
            first: wire.first,
            spelling: wire.spelling,
            kind: EntityKind::unwire(wire.kind),
            mentions: wire.mentions,
            names: names
                .map(|(which, number, count)| (which, lang(number).unwrap_or(Lang::Other), count))
                .collect(),
            described: wire.described,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) enum KeptWire {
    Named(u32),
    Days(<Day as Mirror>::Wire, <Day as Mirror>::Wire),
    Sum(i64),
}

impl Mirror for Kept {
    type Wire = KeptWire;

    fn wire(&self) -> KeptWire {
        match self {
            Kept::Named(mention) => KeptWire::Named(*mention),
            Kept::Days(from, to) => KeptWire::Days(from.wire(), to.wire()),
            Kept::Sum(sum) => KeptWire::Sum(*sum),
        }
    }

    fn unwire(wire: KeptWire) -> Self {
        match wire {
            KeptWire::Named(mention) => Kept::Named(mention),
            KeptWire::Days(from, to) => Kept::Days(Day::unwire(from), Day::unwire(to)),
            KeptWire::Sum(sum) => Kept::Sum(sum),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) enum CommonWire {
    Alike(u16, (u8, u8), bool),
    Misread,
    PartOf,
    Holds,
    BothParts,
}

impl Mirror for Common {
    type Wire = CommonWire;

    fn wire(&self) -> CommonWire {
        match *self {
            Common::Alike {
                score,
                names,
                contradict,
            } => CommonWire::Alike(score, names, contradict),
            Common::Misread => CommonWire::Misread,
            Common::PartOf => CommonWire::PartOf,
            Common::Holds => CommonWire::Holds,
            Common::BothParts => CommonWire::BothParts,
        }
    }

    fn unwire(wire: CommonWire) -> Self {
        match wire {
            CommonWire::Alike(score, names, contradict) => Common::Alike {
                score,
                names,
                contradict,
            },
            CommonWire::Misread => Common::Misread,
            CommonWire::PartOf => Common::PartOf,
            CommonWire::Holds => Common::Holds,
            CommonWire::BothParts => Common::BothParts,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) enum DependenceKindWire {
    Copy(u32),
    Translation(u32, u32),
    Retelling(u32, u32),
    Quote(u32),
}

impl Mirror for DependenceKind {
    type Wire = DependenceKindWire;

    fn wire(&self) -> DependenceKindWire {
        match *self {
            DependenceKind::Copy { percent } => DependenceKindWire::Copy(percent),
            DependenceKind::Translation { shared, of } => {
                DependenceKindWire::Translation(shared, of)
            }
            DependenceKind::Retelling { facts, of } => DependenceKindWire::Retelling(facts, of),
            DependenceKind::Quote { words } => DependenceKindWire::Quote(words),
        }
    }

    fn unwire(wire: DependenceKindWire) -> Self {
        match wire {
            DependenceKindWire::Copy(percent) => DependenceKind::Copy { percent },
            DependenceKindWire::Translation(shared, of) => {
                DependenceKind::Translation { shared, of }
            }
            DependenceKindWire::Retelling(facts, of) => DependenceKind::Retelling { facts, of },
            DependenceKindWire::Quote(words) => DependenceKind::Quote { words },
        }
    }
}

#[derive(Serialize, Deserialize)]
struct DigestWire {
    drafts: <Vec<Draft> as Mirror>::Wire,
    draft_of: Vec<u32>,
    sentences: Vec<u32>,
    parties: Vec<u32>,
    order: <Vec<Kept> as Mirror>::Wire,
    lang: Option<<Lang as Mirror>::Wire>,
    published: Option<(<Day as Mirror>::Wire, Option<u32>)>,
    publisher: StatedWire,
    article: Option<u64>,
}

/// All but the words, which lie beside it as they are.
pub(crate) fn pack_digest(digest: &Digest) -> Vec<u8> {
    pack(&DigestWire {
        drafts: digest.drafts.wire(),
        draft_of: digest.draft_of.clone(),
        sentences: digest.sentences.0.clone(),
        parties: digest.parties.0.clone(),
        order: digest.order.wire(),
        lang: digest.lang.map(|lang| lang.wire()),
        published: digest.published.map(|(day, second)| (day.wire(), second)),
        publisher: digest.publisher.wire(),
        article: digest.article,
    })
}

pub(crate) fn pack_words(digest: &Digest) -> Vec<u8> {
    digest
        .words
        .iter()
        .flat_map(|hash| hash.to_le_bytes())
        .collect()
}

pub(crate) fn unpack_digest(packed: &[u8], words: &[u8]) -> Result<Digest, CaseError> {
    let wire: DigestWire = unpack(packed)?;
    let words = words.chunks_exact(4);
    Ok(Digest {
        drafts: Vec::unwire(wire.drafts),
        draft_of: wire.draft_of,
        sentences: Together(wire.sentences),
        parties: Together(wire.parties),
        order: Vec::unwire(wire.order),
        lang: wire.lang.map(Lang::unwire),
        published: wire
            .published
            .map(|(day, second)| (Day::unwire(day), second)),
        publisher: Stated::unwire(wire.publisher),
        article: wire.article,
        words: words
            .map(|hash| u32::from_le_bytes(hash.try_into().expect("chunks of four")))
            .collect(),
    })
}

pub(crate) fn pack_mark(mark: &Mark) -> Vec<u8> {
    pack(&mark.wire())
}

pub(crate) fn unpack_mark(packed: &[u8]) -> Result<Mark, CaseError> {
    Ok(Mark::unwire(unpack(packed)?))
}

pub(crate) fn pack_reports(reports: &[Report]) -> Vec<u8> {
    pack(&reports.iter().map(Mirror::wire).collect::<Vec<_>>())
}

pub(crate) fn unpack_reports(packed: &[u8]) -> Result<Vec<Report>, CaseError> {
    Ok(Vec::unwire(unpack(packed)?))
}

pub(crate) fn pack_dependences(all: &[Dependence]) -> Vec<u8> {
    pack(&all.iter().map(Mirror::wire).collect::<Vec<_>>())
}

pub(crate) fn unpack_dependences(packed: &[u8]) -> Result<Vec<Dependence>, CaseError> {
    Ok(Vec::unwire(unpack(packed)?))
}

#[derive(Serialize, Deserialize)]
struct FiledWire {
    drawer: u8,
    which: u8,
    keys: SmallVec<[u64; 6]>,
    outline: (u128, u128, ScriptWire, bool),
}

#[derive(Serialize, Deserialize)]
struct SpellingWire {
    called: CalledWire,
    family: Option<u64>,
    joins_itself: bool,
    is_weak: bool,
    filed: Vec<FiledWire>,
    pairs: Vec<PairWire>,
}

pub(crate) fn pack_spelling(spelling: &Spelling) -> Vec<u8> {
    let filed = spelling.filed.iter().map(|filed| FiledWire {
        drawer: filed.drawer,
        which: filed.which,
        keys: filed.keys.clone(),
        outline: (
            filed.outline.sure,
            filed.outline.possible,
            filed.outline.script.wire(),
            filed.outline.is_person,
        ),
    });
    pack(&SpellingWire {
        called: spelling.called.wire(),
        family: spelling.family,
        joins_itself: spelling.joins_itself,
        is_weak: spelling.is_weak,
        filed: filed.collect(),
        pairs: spelling.pairs.wire(),
    })
}

pub(crate) fn unpack_spelling(packed: &[u8]) -> Result<Spelling, CaseError> {
    let wire: SpellingWire = unpack(packed)?;
    let filed = wire.filed.into_iter().map(|filed| Filed {
        drawer: filed.drawer,
        which: filed.which,
        keys: filed.keys,
        outline: Outline {
            sure: filed.outline.0,
            possible: filed.outline.1,
            script: Script::unwire(filed.outline.2),
            is_person: filed.outline.3,
        },
    });
    Ok(Spelling {
        called: Called::unwire(wire.called),
        family: wire.family,
        joins_itself: wire.joins_itself,
        is_weak: wire.is_weak,
        filed: filed.collect(),
        pairs: Vec::unwire(wire.pairs),
        names: std::sync::OnceLock::new(),
        others: std::sync::OnceLock::new(),
    })
}
