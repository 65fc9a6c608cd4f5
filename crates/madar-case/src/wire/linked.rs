//! Wire forms of what linking found: derived, so they lie in a compact form (postcard) that only the version
//! that wrote them reads.

use madar_link::{
    ClaimId, Collapse, Entity, EntityId, FactId, Merge, NameUse, Strand, Support, Transmitter,
};
use madar_read::{EntityKind, FactKind, MentionId, Role, Status};
use madar_text::{Lang, Script};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::mirror::{Mirror, mirror_enum, mirror_newtype, mirror_struct};
use crate::CaseError;
use crate::links::{LinkedClaim, LinkedEntity, Places, Publisher, taking_part};
use crate::view::{At, place};

mirror_newtype!(FactId as [u8; 32], EntityId as u64,);
mirror_enum!(ScriptWire from Script { Latin, Arabic, Cyrillic, Other });
mirror_struct!(NameUseWire from NameUse {
    text: String,
    lang: Lang,
    script: Script,
    count: u32,
    documents: u32,
});
mirror_struct!(MergeWire from Merge { a: String, b: String, why: String });
mirror_enum!(PublisherWire from Publisher { Listed(String), Stated(String) });
mirror_struct!(StrandWire from Strand { documents: Vec<u64>, through: Vec<Transmitter> });
mirror_struct!(SupportWire from Support {
    k_lo: u32,
    k_hi: u32,
    articles: u32,
    languages: u32,
    common_links: Vec<Transmitter>,
    suspected_links: Vec<Transmitter>,
    cut: Vec<Transmitter>,
    interested: u32,
    collapses: Vec<Collapse>,
    told: Vec<Strand>,
    perhaps: Vec<Strand>,
    suspected: Vec<Strand>,
    bounded: bool,
});

#[derive(Serialize, Deserialize)]
pub(crate) enum TransmitterWire {
    Outlet(String),
    Publisher(String),
    Entity(u64),
    Anonymous(Box<TransmitterWire>, String),
    Paper(String),
    Untold(u64),
}

impl Mirror for Transmitter {
    type Wire = TransmitterWire;

    fn wire(&self) -> TransmitterWire {
        match self {
            Transmitter::Outlet(id) => TransmitterWire::Outlet(id.clone()),
            Transmitter::Publisher(name) => TransmitterWire::Publisher(name.clone()),
            Transmitter::Entity(id) => TransmitterWire::Entity(id.0),
            Transmitter::Anonymous { outlet, described } => {
                TransmitterWire::Anonymous(Box::new(outlet.wire()), described.clone())
            }
            Transmitter::Paper(described) => TransmitterWire::Paper(described.clone()),
            Transmitter::Untold(document) => TransmitterWire::Untold(*document),
        }
    }

    fn unwire(wire: TransmitterWire) -> Self {
        match wire {
            TransmitterWire::Outlet(id) => Transmitter::Outlet(id),
            TransmitterWire::Publisher(name) => Transmitter::Publisher(name),
            TransmitterWire::Entity(id) => Transmitter::Entity(EntityId(id)),
            TransmitterWire::Anonymous(outlet, described) => Transmitter::Anonymous {
                outlet: Box::new(Transmitter::unwire(*outlet)),
                described,
            },
            TransmitterWire::Paper(described) => Transmitter::Paper(described),
            TransmitterWire::Untold(document) => Transmitter::Untold(document),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) enum CollapseWire {
    Copy([u64; 2], u32),
    Translation([u64; 2], [u32; 2]),
    Retelling([u64; 2], [u32; 2]),
    Circle(Vec<u64>),
    SameOwner(TransmitterWire, TransmitterWire),
    LikeSources(TransmitterWire, TransmitterWire),
    LikePapers(TransmitterWire, TransmitterWire),
    OfficialAct(u64),
    Quote([u64; 2], u32),
}

impl Mirror for Collapse {
    type Wire = CollapseWire;

    fn wire(&self) -> CollapseWire {
        match self {
            Collapse::Copy {
                later,
                earlier,
                percent,
            } => CollapseWire::Copy([*later, *earlier], *percent),
            Collapse::Translation {
                later,
                earlier,
                shared,
                of,
            } => CollapseWire::Translation([*later, *earlier], [*shared, *of]),
            Collapse::Retelling {
                later,
                earlier,
                facts,
                of,
            } => CollapseWire::Retelling([*later, *earlier], [*facts, *of]),
            Collapse::Circle(documents) => CollapseWire::Circle(documents.clone()),
            Collapse::SameOwner(a, b) => CollapseWire::SameOwner(a.wire(), b.wire()),
            Collapse::LikeSources(a, b) => CollapseWire::LikeSources(a.wire(), b.wire()),
            Collapse::LikePapers(a, b) => CollapseWire::LikePapers(a.wire(), b.wire()),
            Collapse::OfficialAct(entity) => CollapseWire::OfficialAct(entity.0),
            Collapse::Quote {
                later,
                earlier,
                words,
            } => CollapseWire::Quote([*later, *earlier], *words),
        }
    }

    fn unwire(wire: CollapseWire) -> Self {
        let of = Transmitter::unwire;
        match wire {
            CollapseWire::Copy([later, earlier], percent) => Collapse::Copy {
                later,
                earlier,
                percent,
            },
            CollapseWire::Translation([later, earlier], [shared, of]) => Collapse::Translation {
                later,
                earlier,
                shared,
                of,
            },
            CollapseWire::Retelling([later, earlier], [facts, of]) => Collapse::Retelling {
                later,
                earlier,
                facts,
                of,
            },
            CollapseWire::Circle(documents) => Collapse::Circle(documents),
            CollapseWire::SameOwner(a, b) => Collapse::SameOwner(of(a), of(b)),
            CollapseWire::LikeSources(a, b) => Collapse::LikeSources(of(a), of(b)),
            CollapseWire::LikePapers(a, b) => Collapse::LikePapers(of(a), of(b)),
            CollapseWire::OfficialAct(id) => Collapse::OfficialAct(EntityId(id)),
            CollapseWire::Quote([later, earlier], words) => Collapse::Quote {
                later,
                earlier,
                words,
            },
        }
    }
}

#[derive(Serialize, Deserialize)]
struct LinkedEntityWire {
    key: String,
    kind: <EntityKind as Mirror>::Wire,
    name: String,
    names: <Vec<NameUse> as Mirror>::Wire,
    described: Vec<String>,
    named: bool,
    listed: Option<String>,
    mentions: Vec<(u64, u32)>,
    merges: <Vec<Merge> as Mirror>::Wire,
    claims: Vec<u64>,
    documents: u32,
    publishers: <Vec<Publisher> as Mirror>::Wire,
}

#[derive(Serialize, Deserialize)]
struct LinkedClaimWire {
    id: [u8; 32],
    kind: <FactKind as Mirror>::Wire,
    status: <Status as Mirror>::Wire,
    participants: Vec<(<Role as Mirror>::Wire, u64)>,
    support: <Support as Mirror>::Wire,
    differences: Vec<(u8, Vec<String>)>,
    reports: Vec<(u64, u32)>,
    against: Vec<u64>,
    perhaps: Vec<u64>,
}

#[derive(Serialize, Deserialize)]
struct PlacesWire {
    entity_of: Vec<u64>,
    facts: Vec<Option<([u8; 32], u64)>>,
}

/// What tellings of one claim may differ in.
const DIFFERENCES: [&str; 4] = ["time", "amount", "stake", "participants"];

pub(crate) fn pack_entity(held: &LinkedEntity) -> Vec<u8> {
    let linked = &held.linked;
    let mentions = linked.mentions.iter();
    pack(&LinkedEntityWire {
        key: linked.key.clone(),
        kind: linked.kind.wire(),
        name: linked.name.clone(),
        names: linked.names.wire(),
        described: linked.described.clone(),
        named: linked.named,
        listed: linked.listed.clone(),
        mentions: mentions
            .map(|&(document, mention)| (document, mention.0))
            .collect(),
        merges: linked.merges.wire(),
        claims: held.claims.iter().map(|&claim| claim as u64).collect(),
        documents: small(held.documents),
        publishers: held.publishers.wire(),
    })
}

pub(crate) fn unpack_entity(packed: &[u8], id: u64) -> Result<LinkedEntity, CaseError> {
    let wire: LinkedEntityWire = unpack(packed)?;
    let mentions = wire.mentions.into_iter();
    Ok(LinkedEntity {
        linked: Entity {
            id: EntityId(id),
            key: wire.key,
            kind: EntityKind::unwire(wire.kind),
            name: wire.name,
            names: Vec::unwire(wire.names),
            described: wire.described,
            named: wire.named,
            listed: wire.listed,
            mentions: mentions
                .map(|(document, mention)| (document, MentionId(mention)))
                .collect(),
            merges: Vec::unwire(wire.merges),
        },
        claims: places(&wire.claims),
        documents: wire.documents as usize,
        publishers: Vec::unwire(wire.publishers),
    })
}

pub(crate) fn pack_claim(held: &LinkedClaim) -> Vec<u8> {
    let linked = &held.linked;
    let participants = linked.participants.iter();
    let differences = linked.differences.iter().map(|difference| {
        let what = DIFFERENCES.iter().position(|what| *what == difference.what);
        let what = u8::try_from(what.expect("one of the four")).expect("one of the four");
        (what, difference.values.clone())
    });
    let reports = held.reports.iter();
    pack(&LinkedClaimWire {
        id: linked.id.0.0,
        kind: linked.kind.wire(),
        status: linked.status.wire(),
        participants: participants
            .map(|(role, entity)| (role.wire(), entity.0))
            .collect(),
        support: linked.support.wire(),
        differences: differences.collect(),
        reports: reports
            .map(|&(document, fact)| (document as u64, small(fact)))
            .collect(),
        against: held.against.iter().map(|&claim| claim as u64).collect(),
        perhaps: held.perhaps.iter().map(|&claim| claim as u64).collect(),
    })
}

pub(crate) fn unpack_claim(packed: &[u8]) -> Result<LinkedClaim, CaseError> {
    let wire: LinkedClaimWire = unpack(packed)?;
    let participants = wire.participants.into_iter();
    let differences = wire.differences.into_iter().map(|(what, values)| {
        let what = DIFFERENCES.get(usize::from(what)).copied();
        madar_link::Difference {
            what: what.unwrap_or_default(),
            values,
        }
    });
    let reports = wire.reports.into_iter();
    let linked = madar_link::Claim {
        id: ClaimId(FactId(wire.id)),
        kind: FactKind::unwire(wire.kind),
        status: Status::unwire(wire.status),
        participants: participants
            .map(|(role, entity)| (Role::unwire(role), EntityId(entity)))
            .collect(),
        tellings: Vec::new(),
        support: Support::unwire(wire.support),
        differences: differences.collect(),
    };
    Ok(LinkedClaim {
        who: taking_part(&linked),
        linked,
        reports: reports
            .map(|(document, fact)| (place(document), fact as usize))
            .collect(),
        against: places(&wire.against),
        perhaps: places(&wire.perhaps),
    })
}

pub(crate) fn pack_places(places: &Places) -> Vec<u8> {
    let facts = places.facts.iter();
    pack(&PlacesWire {
        entity_of: places.entity_of.iter().map(|&id| id as u64).collect(),
        facts: facts
            .map(|fact| fact.map(|(id, claim)| (id.0, claim as u64)))
            .collect(),
    })
}

pub(crate) fn unpack_places(packed: &[u8]) -> Result<Places, CaseError> {
    let wire: PlacesWire = unpack(packed)?;
    let facts = wire.facts.into_iter();
    Ok(Places {
        entity_of: places(&wire.entity_of),
        facts: facts
            .map(|fact| fact.map(|(id, claim)| (FactId(id), place(claim))))
            .collect(),
    })
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a case holds fewer things")
}

fn places(all: &[u64]) -> Vec<At> {
    all.iter().copied().map(place).collect()
}

pub(crate) fn pack(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).expect("wire structs are plain")
}

pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T, CaseError> {
    postcard::from_bytes(packed).map_err(|_| CaseError::Damaged("what was linked"))
}
