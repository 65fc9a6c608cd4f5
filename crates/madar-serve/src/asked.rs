//! What a request asks, taken out of it: where it cannot be understood, the answer says so in the form of all others.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Problem;

/// The parameters behind the `?`.
pub(crate) struct Query<T>(pub(crate) T);

/// A body of JSON.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let taken = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        let refused = |refused: QueryRejection| {
            let error = refused.body_text();
            let error = error.trim_start_matches("Failed to deserialize query string: ");
            Problem::new(
                refused.status(),
                error,
                "/api/v1/openapi.json has every parameter",
            )
        };
        taken
            .map(|axum::extract::Query(taken)| Self(taken))
            .map_err(refused)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let taken = axum::Json::<T>::from_request(request, state).await;
        let refused = |refused: JsonRejection| {
            let hint = "/api/v1/openapi.json has what belongs in the body";
            Problem::new(refused.status(), refused.body_text(), hint)
        };
        taken.map(|axum::Json(taken)| Self(taken)).map_err(refused)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// What any request may be answered with instead, beside what its own description says.
pub(crate) const ALWAYS: [(StatusCode, &str); 6] = [
    (StatusCode::BAD_REQUEST, "it cannot be understood"),
    (StatusCode::UNAUTHORIZED, "a token is needed"),
    (
        StatusCode::FORBIDDEN,
        "another site asks, or for another machine",
    ),
    (
        StatusCode::TOO_MANY_REQUESTS,
        "too many requests in a second",
    ),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "another program is writing the case",
    ),
    (
        StatusCode::GATEWAY_TIMEOUT,
        "the answer took longer than a minute",
    ),
];
/// The same of requests with a body.
pub(crate) const WITH_BODY: [(StatusCode, &str); 3] = [
    (StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"),
    (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "the body is of another type",
    ),
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        "the body is not of the form that is described",
    ),
];
