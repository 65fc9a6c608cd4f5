//! Why a request is not answered, with what to do next: the same words as on the command line.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use madar_case::{CaseError, TeamError};
use serde::Serialize;
use utoipa::ToSchema;

/// What a failed request gets.
#[derive(Serialize, ToSchema, Debug)]
pub(crate) struct Problem {
    /// What is wrong, naming the thing in hand.
    #[schema(example = "no claim is named \"ffff\"")]
    pub(crate) error: String,
    /// What to do next.
    pub(crate) hint: String,
    #[serde(skip)]
    status: StatusCode,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>, hint: &str) -> Self {
        Self {
            error: error.into(),
            hint: hint.to_owned(),
            status,
        }
    }

    pub(crate) fn not_found(what: &str, name: &str) -> Self {
        let error = format!("no {what} is named {name:?}");
        Self::new(
            StatusCode::NOT_FOUND,
            error,
            "ids change when decisions do: look it up again",
        )
    }

    pub(crate) fn is_unauthorized(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }

    pub(crate) fn wrong(error: impl Into<String>, hint: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error, hint)
    }
}

impl From<CaseError> for Problem {
    fn from(error: CaseError) -> Self {
        let status = match &error {
            CaseError::Unknown { .. } | CaseError::Absent(_) => StatusCode::NOT_FOUND,
            CaseError::NotNamed(_)
            | CaseError::Named(_)
            | CaseError::CutsThrough { .. }
            | CaseError::OneDocument => StatusCode::BAD_REQUEST,
            CaseError::Ambiguous { .. } => StatusCode::CONFLICT,
            CaseError::Busy
            | CaseError::Team(TeamError::Busy | TeamError::Lost | TeamError::Unreachable { .. }) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            CaseError::Team(TeamError::NotAllowed(_)) => StatusCode::FORBIDDEN,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let hint = match &error {
            // an older version may have kept readings in a shape of its own
            CaseError::Damaged(_) => {
                "did another version of Madar read it? madar reread reads it again; else restore it from a copy"
            }
            _ => error.hint(),
        };
        Self::new(status, error.to_string(), hint)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}
