//! What a person settles. Each decision says what its maker had seen: when somebody else has decided
//! meanwhile, it is not taken, and the newer decisions come back to be looked at.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use madar_case::{Anchor, Asked, Decision, Entry, HitDecision, Note, Screened, Thing, Verdict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Part;
use super::events::{Happened, tell};
use crate::desk::Desk;
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::Listed;

/// One entry of the log.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Decided {
    number: i64,
    /// `same`, `different`, `rename`, `protect`, `reject`, `confirm`, `hit` or `undo`.
    decision: &'static str,
    /// Those it is about.
    things: Vec<Named>,
    /// The passage, of decisions on facts.
    passage: Option<Placed>,
    /// The new name; the list and entry of a hit; the number of what is undone.
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
pub(crate) struct Named {
    name: String,
    document: Option<String>,
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Placed {
    document: String,
    kind: &'static str,
    text: String,
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
            to: None,
            verdict: None,
            by: entry.note.by.clone(),
            at: entry.note.at.clone(),
            why: entry.note.why.as_deref().map(|why| asked.covered(why)),
            undone: entry.undone,
            found,
        };
        let named = |thing: &Thing| Named {
            name: asked.covered(&thing.name),
            document: Some(thing.document.hex()),
        };
        let placed = |anchor: &Anchor| {
            Some(Placed {
                document: anchor.document.hex(),
                kind: anchor.kind.name(),
                text: asked.covered(&anchor.words),
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
            Decision::Protected(thing, code) => {
                (out.decision, out.things) = ("protect", vec![named(thing)]);
                out.to = Some(code.clone());
            }
            Decision::Wrong(anchor) => (out.decision, out.passage) = ("reject", placed(anchor)),
            Decision::Confirmed(anchor) => {
                (out.decision, out.passage) = ("confirm", placed(anchor));
            }
            Decision::Hit(hit) => {
                out.decision = "hit";
                out.things = vec![match &hit.who {
                    Screened::Thing(thing) => named(thing),
                    Screened::Name(name) => Named {
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
    Same([String; 2]),
    /// These two are not one.
    Different([String; 2]),
    Rename(Rename),
    /// This fact is wrong, or each telling of this claim.
    Reject(String),
    /// A person has seen that this fact is told so, or each telling of this claim.
    Confirm(String),
    /// The decision with this number no longer holds.
    Undo(i64),
    Hit(HitWish),
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Rename {
    who: String,
    to: String,
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
        Wish::Same([a, b]) => vec![Decision::Same(asked.thing(a)?, asked.thing(b)?)],
        Wish::Different([a, b]) => vec![Decision::Apart(asked.thing(a)?, asked.thing(b)?)],
        Wish::Rename(Rename { who, to }) => {
            if to.trim().is_empty() {
                return Err(Problem::wrong("a name is needed", "say what it is called"));
            }
            vec![Decision::Called(asked.thing(who)?, to.trim().to_owned())]
        }
        Wish::Reject(id) => each(id, Decision::Wrong)?,
        Wish::Confirm(id) => each(id, Decision::Confirmed)?,
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

/// The system's time, for the log.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
