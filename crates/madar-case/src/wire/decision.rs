//! Wire form of decisions: a line of JSON to an entry of the log, as the case keeps it.

use madar_read::{EntityKind, FactKind, Role, Status};
use madar_text::{DocumentId, Span, TextHash};
use serde::{Deserialize, Serialize};

use crate::anchor::Anchor;
use crate::decisions::{Decision, HitDecision, Note, Screened, Thing, Verdict};
use crate::spot::{Meant, Naming, Spot};

#[derive(Serialize, Deserialize)]
struct EntryWire {
    #[serde(flatten)]
    decision: DecisionWire,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum DecisionWire {
    Same([ThingWire; 2]),
    Apart([ThingWire; 2]),
    Called(ThingWire, String),
    Noted(ThingWire, String),
    Followed(ThingWire),
    Protected(ThingWire, String),
    Wrong(AnchorWire),
    Confirmed(AnchorWire),
    Restated(AnchorWire, String),
    /// Ids of documents.
    Independent([String; 2]),
    Named(SpotWire, NamingWire),
    Hit(HitWire),
    Undo(i64),
}

#[derive(Serialize, Deserialize)]
struct HitWire {
    /// The document that names it; without one, whoever goes by the name.
    document: Option<String>,
    name: String,
    list: String,
    entry: String,
    confirmed: bool,
}

#[derive(Serialize, Deserialize)]
struct AnchorWire {
    document: String,
    text: String,
    kind: String,
    passage: [u32; 2],
    words: String,
    trigger: [u32; 2],
    parties: Vec<(String, u32)>,
}

#[derive(Serialize, Deserialize)]
struct SpotWire {
    document: String,
    text: String,
    span: [u32; 2],
    words: String,
}

#[derive(Serialize, Deserialize)]
enum NamingWire {
    Nothing,
    Kind(String),
    Means {
        who: MeantWire,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not: Option<ThingWire>,
    },
    Missing {
        kind: String,
        who: MeantWire,
    },
}

#[derive(Serialize, Deserialize)]
enum MeantWire {
    Known(ThingWire, Option<String>),
    Called(String),
}

#[derive(Serialize, Deserialize)]
struct ThingWire {
    document: String,
    name: String,
}

/// An entry as it is written.
pub(crate) fn written_entry(decision: &Decision, note: &Note) -> String {
    let entry = EntryWire {
        decision: wire(decision),
        by: note.by.clone(),
        at: note.at.clone(),
        why: note.why.clone(),
    };
    serde_json::to_string(&entry).expect("wire structs have string keys")
}

/// An entry as it was written; `None` when it is damaged.
pub(crate) fn read_entry(json: &str) -> Option<(Decision, Note)> {
    let wire: EntryWire = serde_json::from_str(json).ok()?;
    let note = Note {
        by: wire.by,
        at: wire.at,
        why: wire.why,
    };
    Some((unwire(wire.decision)?, note))
}

fn wire(decision: &Decision) -> DecisionWire {
    let thing = wire_thing;
    match decision {
        Decision::Same(a, b) => DecisionWire::Same([thing(a), thing(b)]),
        Decision::Apart(a, b) => DecisionWire::Apart([thing(a), thing(b)]),
        Decision::Wrong(fact) => DecisionWire::Wrong(wire_anchor(fact)),
        Decision::Called(a, name) => DecisionWire::Called(thing(a), name.clone()),
        Decision::Followed(a) => DecisionWire::Followed(thing(a)),
        Decision::Noted(a, text) => DecisionWire::Noted(thing(a), text.clone()),
        Decision::Protected(a, code) => DecisionWire::Protected(thing(a), code.clone()),
        Decision::Confirmed(fact) => DecisionWire::Confirmed(wire_anchor(fact)),
        Decision::Restated(fact, status) => {
            DecisionWire::Restated(wire_anchor(fact), status.name().to_owned())
        }
        Decision::Independent(a, b) => DecisionWire::Independent([a.hex(), b.hex()]),
        Decision::Named(spot, naming) => DecisionWire::Named(wire_spot(spot), wire_naming(naming)),
        Decision::Hit(hit) => DecisionWire::Hit(hit_wire(hit)),
        Decision::Undo(number) => DecisionWire::Undo(*number),
    }
}

fn wire_thing(thing: &Thing) -> ThingWire {
    ThingWire {
        document: thing.document.hex(),
        name: thing.name.clone(),
    }
}

fn unwire_thing(wire: ThingWire) -> Option<Thing> {
    Some(Thing {
        document: DocumentId::from_hex(&wire.document)?,
        name: wire.name,
    })
}

fn wire_spot(spot: &Spot) -> SpotWire {
    SpotWire {
        document: spot.document.hex(),
        text: DocumentId(spot.text.0).hex(),
        span: [spot.span.start, spot.span.end],
        words: spot.words.clone(),
    }
}

fn unwire_spot(wire: SpotWire) -> Option<Spot> {
    Some(Spot {
        document: DocumentId::from_hex(&wire.document)?,
        text: TextHash::from_hex(&wire.text)?,
        span: unwire_span(wire.span)?,
        words: wire.words,
    })
}

fn unwire_span([start, end]: [u32; 2]) -> Option<Span> {
    (start <= end).then(|| Span::new(start, end))
}

fn wire_naming(naming: &Naming) -> NamingWire {
    let whom = |who: &Meant| match who {
        Meant::Known(thing, name) => MeantWire::Known(wire_thing(thing), name.clone()),
        Meant::Called(name) => MeantWire::Called(name.clone()),
    };
    match naming {
        Naming::Nothing => NamingWire::Nothing,
        Naming::Kind(kind) => NamingWire::Kind(kind.name().to_owned()),
        Naming::Means { who, not } => NamingWire::Means {
            who: whom(who),
            not: not.as_ref().map(wire_thing),
        },
        Naming::Missing { kind, who } => NamingWire::Missing {
            kind: kind.name().to_owned(),
            who: whom(who),
        },
    }
}

fn unwire_naming(wire: NamingWire) -> Option<Naming> {
    let whom = |who: MeantWire| {
        Some(match who {
            MeantWire::Known(thing, name) => Meant::Known(unwire_thing(thing)?, name),
            MeantWire::Called(name) => Meant::Called(name),
        })
    };
    Some(match wire {
        NamingWire::Nothing => Naming::Nothing,
        NamingWire::Kind(kind) => Naming::Kind(EntityKind::named(&kind)?),
        NamingWire::Means { who, not } => Naming::Means {
            who: whom(who)?,
            not: match not {
                Some(not) => Some(unwire_thing(not)?),
                None => None,
            },
        },
        NamingWire::Missing { kind, who } => Naming::Missing {
            kind: EntityKind::named(&kind)?,
            who: whom(who)?,
        },
    })
}

fn hit_wire(hit: &HitDecision) -> HitWire {
    let (document, name) = match &hit.who {
        Screened::Thing(thing) => (Some(thing.document.hex()), &thing.name),
        Screened::Name(name) => (None, name),
    };
    HitWire {
        document,
        name: name.clone(),
        list: hit.list.clone(),
        entry: hit.entry.clone(),
        confirmed: hit.verdict == Verdict::Confirmed,
    }
}

fn hit_unwire(wire: HitWire) -> Option<HitDecision> {
    let who = match &wire.document {
        Some(document) => Screened::Thing(Thing {
            document: DocumentId::from_hex(document)?,
            name: wire.name,
        }),
        None => Screened::Name(wire.name),
    };
    Some(HitDecision {
        who,
        list: wire.list,
        entry: wire.entry,
        verdict: if wire.confirmed {
            Verdict::Confirmed
        } else {
            Verdict::Dismissed
        },
    })
}

fn unwire(wire: DecisionWire) -> Option<Decision> {
    let thing = unwire_thing;
    Some(match wire {
        DecisionWire::Same([a, b]) => Decision::Same(thing(a)?, thing(b)?),
        DecisionWire::Apart([a, b]) => Decision::Apart(thing(a)?, thing(b)?),
        DecisionWire::Wrong(fact) => Decision::Wrong(unwire_anchor(fact)?),
        DecisionWire::Called(a, name) => Decision::Called(thing(a)?, name),
        DecisionWire::Followed(a) => Decision::Followed(thing(a)?),
        DecisionWire::Noted(a, text) => Decision::Noted(thing(a)?, text),
        DecisionWire::Protected(a, code) => Decision::Protected(thing(a)?, code),
        DecisionWire::Confirmed(fact) => Decision::Confirmed(unwire_anchor(fact)?),
        DecisionWire::Restated(fact, status) => {
            Decision::Restated(unwire_anchor(fact)?, Status::named(&status)?)
        }
        DecisionWire::Independent([a, b]) => {
            Decision::Independent(DocumentId::from_hex(&a)?, DocumentId::from_hex(&b)?)
        }
        DecisionWire::Named(spot, naming) => {
            Decision::Named(unwire_spot(spot)?, unwire_naming(naming)?)
        }
        DecisionWire::Hit(hit) => Decision::Hit(hit_unwire(hit)?),
        DecisionWire::Undo(number) => Decision::Undo(number),
    })
}

fn wire_anchor(fact: &Anchor) -> AnchorWire {
    let span = |span: Span| [span.start, span.end];
    let party = |(role, start): &(Role, u32)| (role.name().to_owned(), *start);
    AnchorWire {
        document: fact.document.hex(),
        text: DocumentId(fact.text.0).hex(),
        kind: fact.kind.name().to_owned(),
        passage: span(fact.passage),
        words: fact.words.clone(),
        trigger: span(fact.trigger),
        parties: fact.parties.iter().map(party).collect(),
    }
}

fn unwire_anchor(wire: AnchorWire) -> Option<Anchor> {
    let span = unwire_span;
    let party = |(role, start): (String, u32)| Some((Role::named(&role)?, start));
    Some(Anchor {
        document: DocumentId::from_hex(&wire.document)?,
        text: TextHash::from_hex(&wire.text)?,
        kind: FactKind::named(&wire.kind)?,
        passage: span(wire.passage)?,
        words: wire.words,
        trigger: span(wire.trigger)?,
        parties: wire.parties.into_iter().map(party).collect::<Option<_>>()?,
    })
}
