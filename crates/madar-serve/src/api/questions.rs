//! What nobody has decided and matters most.

use axum::extract::State;
use madar_case::answer::{Doubt, Review};
use serde::Serialize;
use utoipa::ToSchema;

use super::Part;
use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Line, Listed, Named};

/// Something undecided. With `same`, `different`, `confirm`, `reject` or `independent` it is answered.
#[derive(Serialize, ToSchema)]
pub(crate) struct Question {
    /// `one`: two that may be one; `claim`: a claim on which something is open.
    question: &'static str,
    /// The two, of `one`.
    pair: Option<Pair>,
    claim: Option<Line>,
    /// How many tellings an answer can move.
    changes: usize,
    reasons: Vec<String>,
}

/// Two that may be one.
#[derive(Serialize, ToSchema)]
struct Pair {
    a: Named,
    b: Named,
    /// How alike their names are, 0 to 1.
    score: f64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Questions {
    #[serde(flatten)]
    listed: Listed<Question>,
    /// Whether all of the case was looked at; of a large one it is what most articles tell, and those who are named
    /// most. `madar review` looks at all.
    whole: bool,
    seen: i64,
}

impl From<&Review> for Question {
    fn from(review: &Review) -> Self {
        let (question, pair, claim) = match &review.doubt {
            Doubt::One(pair) => {
                let (a, b, score) = ((&pair.a).into(), (&pair.b).into(), pair.score.as_f64());
                ("one", Some(Pair { a, b, score }), None)
            }
            Doubt::Claim(line) => ("claim", None, Some(Line::from(&**line))),
        };
        Self {
            question,
            pair,
            claim,
            changes: review.changes,
            reasons: review.reasons.clone(),
        }
    }
}

/// What is undecided, the questions first whose answer moves most
#[utoipa::path(get, path = "/questions", tag = "decisions", params(Part),
    responses((status = 200, body = Questions)))]
pub(crate) async fn questions(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Questions>, Problem> {
    let questions = shared.ask(tongue, move |told, laid| {
        let (questions, whole) = told.review();
        Ok(Questions {
            listed: part.of(questions.iter().collect(), Question::from),
            whole: *whole,
            seen: laid.seen(),
        })
    });
    Ok(Json(questions.await?))
}
