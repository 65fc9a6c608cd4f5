//! What a person settles. Each decision says what its maker had seen: when somebody else has decided
//! meanwhile, it is not taken, and the newer decisions come back to be looked at.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use madar_case::{
    Anchor, Asked, Decision, Entry, HitDecision, Meant, NamedAs, Naming, Note, Screened, Thing,
    Verdict, Who,
};
use madar_read::{EntityKind, Status};
use madar_text::DocumentId;
use serde::{Deserialize, Serialize};
use utoipa::openapi::{ArrayBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::Part;
use super::events::{Happened, tell};
use crate::asked::{Json, Query};
use crate::desk::{Desk, now};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Listed, Units};

/// One entry of the log.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Decided {
    number: i64,
    /// `same`, `different`, `rename`, `note`, `follow`, `protect`, `reject`, `confirm`, `correct`, `independent`, `mention`, `hit`
    /// or `undo`.
    decision: &'static str,
    /// Those it is about; documents by their titles, of `independent`.
    things: Vec<NameThere>,
    /// The passage, of decisions on facts and mentions.
    passage: Option<Placed>,
    /// What is named there, of decisions on mentions: `nothing`, `kind`, `means` or `missing`.
    naming: Option<&'static str>,
    /// The new name; the list and entry of a hit; the number of what is undone; the status of what was corrected.
    to: Option<String>,
    verdict: Option<&'static str>,
    by: Option<String>,
    at: Option<String>,
    why: Option<String>,
    undone: bool,
    /// Whether a decision on a fact still finds it.
    found: bool,
}

/// A name in a document.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct NameThere {
    name: String,
    document: Option<String>,
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Placed {
    document: String,
    /// Of the fact, or of what is named there; none where that stays as it is.
    kind: Option<&'static str>,
    text: String,
    start: u32,
    end: u32,
}

impl Decided {
    /// Names of protected people stay in the case, in the log of what was decided on them too.
    fn new(entry: &Entry, asked: &Asked<'_>) -> Self {
        let found = asked.holds(&entry.decision);
        let mut out = Self {
            number: entry.number,
            decision: "undo",
            things: Vec::new(),
            passage: None,
            naming: None,
            to: None,
            verdict: None,
            by: entry.note.by.clone(),
            at: entry.note.at.clone(),
            why: entry.note.why.as_deref().map(|why| asked.covered(why)),
            undone: entry.undone,
            found,
        };
        let named = |thing: &Thing| NameThere {
            name: asked.covered(&thing.name),
            document: Some(thing.document.hex()),
        };
        let placed = |anchor: &Anchor| {
            Some(Placed {
                document: anchor.document.hex(),
                kind: Some(anchor.kind.name()),
                text: asked.covered(&anchor.words),
                start: anchor.passage.start,
                end: anchor.passage.end,
            })
        };
        match &entry.decision {
            Decision::Same(a, b) => (out.decision, out.things) = ("same", vec![named(a), named(b)]),
            Decision::Apart(a, b) => {
                (out.decision, out.things) = ("different", vec![named(a), named(b)]);
            }
            Decision::Called(thing, name) => {
                (out.decision, out.things) = ("rename", vec![named(thing)]);
                out.to = Some(name.clone());
            }
            Decision::Noted(thing, text) => {
                (out.decision, out.things) = ("note", vec![named(thing)]);
                out.to = Some(asked.covered(text));
            }
            Decision::Followed(thing) => {
                (out.decision, out.things) = ("follow", vec![named(thing)]);
            }
            Decision::Protected(thing, code) => {
                (out.decision, out.things) = ("protect", vec![named(thing)]);
                out.to = Some(code.clone());
            }
            Decision::Wrong(anchor) => (out.decision, out.passage) = ("reject", placed(anchor)),
            Decision::Confirmed(anchor) => {
                (out.decision, out.passage) = ("confirm", placed(anchor));
            }
            Decision::Restated(anchor, status) => {
                (out.decision, out.passage) = ("correct", placed(anchor));
                out.to = Some(status.name().to_owned());
            }
            Decision::Independent(a, b) => {
                let titled = |id: &DocumentId| NameThere {
                    name: asked.document_called(*id),
                    document: Some(id.hex()),
                };
                (out.decision, out.things) = ("independent", vec![titled(a), titled(b)]);
            }
            Decision::Named(spot, naming) => {
                out.decision = "mention";
                let (what, kind, who) = match naming {
                    Naming::Nothing => ("nothing", None, None),
                    Naming::Kind(kind) => ("kind", Some(*kind), None),
                    Naming::Means { who, .. } => ("means", None, Some(who)),
                    Naming::Missing { kind, who } => ("missing", Some(*kind), Some(who)),
                };
                out.naming = Some(what);
                out.things = match who {
                    Some(Meant::Known(thing, _)) => vec![named(thing)],
                    Some(Meant::Called(name)) => vec![NameThere {
                        name: asked.covered(name),
                        document: None,
                    }],
                    None => Vec::new(),
                };
                out.passage = Some(Placed {
                    document: spot.document.hex(),
                    kind: kind.map(EntityKind::name),
                    text: asked.covered(&spot.words),
                    start: spot.span.start,
                    end: spot.span.end,
                });
            }
            Decision::Hit(hit) => {
                out.decision = "hit";
                out.things = vec![match &hit.who {
                    Screened::Thing(thing) => named(thing),
                    Screened::Name(name) => NameThere {
                        name: asked.covered(name),
                        document: None,
                    },
                }];
                out.to = Some(format!("{}:{}", hit.list, hit.entry));
                out.verdict = Some(hit.verdict.name());
            }
            Decision::Undo(number) => out.to = Some(number.to_string()),
        }
        out
    }
}

/// The log of decisions, the latest first
#[utoipa::path(get, path = "/decisions", tag = "decisions", params(Part),
    responses((status = 200, body = Listed<Decided>)))]
pub(crate) async fn list(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Listed<Decided>>, Problem> {
    let listed = shared.ask(tongue, move |told, laid| {
        let latest: Vec<&Entry> = laid.log.iter().rev().collect();
        Ok(part.of(latest, |entry| Decided::new(entry, &told.asked)))
    });
    Ok(Json(listed.await?))
}

/// What somebody wants to settle. Entities are given by id or name, a name of one document as
/// `NAME@DOCUMENT`, claims and facts by id.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Wish {
    /// These two are one.
    Same(TwoNames),
    /// These two are not one.
    Different(TwoNames),
    Rename(Rename),
    Note(NoteWish),
    /// Alerts tell first whom new claims tie this one to.
    Follow(String),
    /// This fact is wrong, or each telling of this claim.
    Reject(String),
    /// A person has seen that this fact is told so, or each telling of this claim.
    Confirm(String),
    /// This fact is told, but of another status; or each telling of this claim.
    Correct(Correct),
    /// What the two documents of each pair tell, each has from elsewhere, whatever is suspected; ids of documents.
    Independent(Vec<Two>),
    /// What is named in a place of a document.
    Mention(Mention),
    /// The decision with this number no longer holds.
    Undo(i64),
    Hit(HitWish),
}

/// Two of the case, each by id or name.
#[derive(Deserialize)]
pub(super) struct TwoNames([String; 2]);

impl PartialSchema for TwoNames {
    fn schema() -> RefOr<Schema> {
        let two = ArrayBuilder::new().items(String::schema());
        let two = two.min_items(Some(2)).max_items(Some(2));
        two.description(Some("Two of the case, each by id or name"))
            .into()
    }
}

impl ToSchema for TwoNames {}

/// Two documents, by id.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Two {
    a: String,
    b: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Correct {
    /// The id of a fact or a claim.
    fact: String,
    /// `asserted`, `planned`, `proposed`, `negotiated`, `conditional`, `alleged`, `denied` or `ended`.
    status: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Mention {
    document: String,
    /// Where the words begin and end in the text as the document's answer gives it.
    start: u32,
    end: u32,
    #[serde(default)]
    units: Units,
    is: Wanted,
    /// `Person`, `Organization`, `Company`, `PublicBody`, `Asset`, `Place`, `Paper` or `Group`; for `kind` and
    /// `missing`.
    kind: Option<String>,
    /// Who is meant, by id or name; for `means` and `missing`.
    who: Option<String>,
    /// What somebody is called whom the case does not know; for `means` and `missing`.
    called: Option<String>,
}

#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    /// Nothing is named there.
    Nothing,
    /// What is named there is of another kind.
    Kind,
    /// What is named there is somebody or something else.
    Means,
    /// Something is named there that reading has missed.
    Missing,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Rename {
    who: String,
    to: String,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct NoteWish {
    who: String,
    text: String,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct HitWish {
    who: String,
    list: String,
    entry: String,
    /// It is the one listed; else it is not.
    is: bool,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Wished {
    /// `seen` of the answer on which the decision rests.
    #[schema(example = 0)]
    seen: i64,
    decide: Wish,
    why: Option<String>,
    by: Option<String>,
}

/// What was settled.
#[derive(Serialize, ToSchema)]
struct Settled {
    numbers: Vec<i64>,
    seen: i64,
    /// It changes nothing: an earlier decision stands against it.
    stands_against: bool,
}

/// Somebody decided meanwhile.
#[derive(Serialize, ToSchema)]
pub(crate) struct Moved {
    error: String,
    hint: String,
    seen: i64,
    /// What was decided since, the latest first.
    newer: Vec<Decided>,
}

/// Settle something
#[utoipa::path(post, path = "/decisions", tag = "decisions", request_body = Wished,
    responses((status = 201, body = Settled), (status = 404, body = Problem), (status = 409, body = Moved)))]
pub(crate) async fn decide(
    State(shared): State<Shared>,
    Json(wished): Json<Wished>,
) -> Result<Response, Problem> {
    let seen = wished.seen;
    let settled = shared.work(move |desk| {
        let note = Note {
            by: wished.by,
            at: Some(now()),
            why: wished.why.filter(|why| !why.trim().is_empty()),
        };
        settle(desk, seen, &wished.decide, &note)
    });
    match settled.await? {
        Some(settled) => {
            tell(&shared, &Happened::Decided { seen: settled.seen });
            Ok((StatusCode::CREATED, Json(settled)).into_response())
        }
        None => {
            let moved = shared.work(move |desk| newer(desk, seen)).await?;
            Ok((StatusCode::CONFLICT, Json(moved)).into_response())
        }
    }
}

/// `None` when somebody has decided since `seen`.
fn settle(desk: &Desk, seen: i64, wish: &Wish, note: &Note) -> Result<Option<Settled>, Problem> {
    let laid = desk.laid()?;
    if laid.seen() != seen {
        return Ok(None);
    }
    let asked = &laid.told(madar_case::Tongue::En).asked;
    let decisions = decisions(asked, wish)?;
    let Some(numbers) = desk.open()?.decide_after(seen, &decisions, note)? else {
        return Ok(None);
    };
    let after = desk.laid()?;
    let stands_against = match &decisions[..] {
        [Decision::Same(a, b)] => !after.told(madar_case::Tongue::En).asked.are_one(a, b),
        [Decision::Apart(a, b)] => after.told(madar_case::Tongue::En).asked.are_one(a, b),
        _ => false,
    };
    Ok(Some(Settled {
        seen: numbers.last().copied().unwrap_or(seen),
        numbers,
        stands_against,
    }))
}

fn decisions(asked: &Asked<'_>, wish: &Wish) -> Result<Vec<Decision>, Problem> {
    let each = |id: &str, decision: fn(Anchor) -> Decision| -> Result<Vec<Decision>, Problem> {
        let told = asked.told(id)?.into_iter();
        Ok(told.map(|told| decision(told.anchor)).collect())
    };
    Ok(match wish {
        Wish::Same(TwoNames([a, b])) => vec![Decision::Same(asked.thing(a)?, asked.thing(b)?)],
        Wish::Different(TwoNames([a, b])) => {
            vec![Decision::Apart(asked.thing(a)?, asked.thing(b)?)]
        }
        Wish::Rename(Rename { who, to }) => {
            let who = asked.thing(who)?;
            if to.trim().is_empty() {
                return Err(Problem::wrong("a name is needed", "say what it is called"));
            }
            vec![Decision::Called(who, to.trim().to_owned())]
        }
        Wish::Note(NoteWish { who, text }) => {
            let who = asked.thing(who)?;
            if text.trim().is_empty() {
                return Err(Problem::wrong(
                    "a note is needed",
                    "say what is to be known",
                ));
            }
            vec![Decision::Noted(who, text.trim().to_owned())]
        }
        Wish::Follow(who) => vec![Decision::Followed(asked.thing(who)?)],
        Wish::Reject(id) => each(id, Decision::Wrong)?,
        Wish::Confirm(id) => each(id, Decision::Confirmed)?,
        Wish::Correct(Correct { fact, status }) => {
            let told = asked.told(fact)?.into_iter();
            let status = Status::named(status).ok_or_else(|| {
                let error = format!("{status:?} is no status");
                Problem::wrong(error, "asserted, planned, denied, …")
            })?;
            told.map(|told| Decision::Restated(told.anchor, status))
                .collect()
        }
        Wish::Independent(pairs) => {
            let document = |id: &String| {
                DocumentId::from_hex(id).ok_or_else(|| Problem::not_found("document", id))
            };
            let pairs = pairs.iter().map(|Two { a, b }| {
                let (a, b) = (document(a)?, document(b)?);
                Ok::<_, Problem>(asked.independent(a, b)?)
            });
            pairs.collect::<Result<_, _>>()?
        }
        Wish::Mention(mention) => vec![named(asked, mention)?],
        Wish::Undo(number) => vec![Decision::Undo(*number)],
        Wish::Hit(hit) => vec![Decision::Hit(HitDecision {
            who: asked.screened_as(&hit.who),
            list: hit.list.clone(),
            entry: hit.entry.clone(),
            verdict: if hit.is {
                Verdict::Confirmed
            } else {
                Verdict::Dismissed
            },
        })],
    })
}

/// What is named in a place, as a decision.
fn named(asked: &Asked<'_>, wish: &Mention) -> Result<Decision, Problem> {
    let unknown = || Problem::not_found("document", &wish.document);
    let document = DocumentId::from_hex(&wish.document).ok_or_else(unknown)?;
    let page = asked.page(document)?;
    let span = wish.units.bytes(&page.document.text, wish.start, wish.end);
    let span = span.ok_or_else(|| {
        Problem::wrong(
            "no words stand there",
            "give start and end in the units that you name",
        )
    })?;
    let kind = || {
        let named = wish.kind.as_deref().and_then(EntityKind::named);
        named.ok_or_else(|| {
            Problem::wrong(
                "it is not said of which kind it is",
                "Person, Company, Place, …",
            )
        })
    };
    let who = || match (&wish.who, &wish.called) {
        (Some(name), None) => Ok(Who::Known(name)),
        (None, Some(name)) if !name.trim().is_empty() => Ok(Who::Called(name.trim())),
        _ => Err(Problem::wrong(
            "it is not said who is meant",
            "give who, by id or name, or called, a new name",
        )),
    };
    let wanted = match wish.is {
        Wanted::Nothing => NamedAs::Nothing,
        Wanted::Kind => NamedAs::Kind(kind()?),
        Wanted::Means => NamedAs::Means(who()?),
        Wanted::Missing => NamedAs::Missing(kind()?, who()?),
    };
    Ok(asked.naming(document, span, &wanted)?)
}

fn newer(desk: &Desk, seen: i64) -> Result<Moved, Problem> {
    let laid = desk.laid()?;
    let since = laid.log.iter().rev().filter(|entry| entry.number > seen);
    Ok(Moved {
        error: "somebody decided meanwhile".to_owned(),
        hint: "look at the newer decisions, then decide again with their number".to_owned(),
        seen: laid.seen(),
        newer: since
            .map(|entry| Decided::new(entry, &laid.told(madar_case::Tongue::En).asked))
            .collect(),
    })
}
