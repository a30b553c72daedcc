//! From what went wrong to a status and a problem code. An answer says nothing about mailboxes, dossiers or people.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sluis_wire::api::Problem;

use crate::files;
use crate::folder::hex;
use crate::store;

/// Why a request was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal(pub Problem);

impl Refusal {
    fn status(self) -> StatusCode {
        match self.0 {
            Problem::Malformed => StatusCode::BAD_REQUEST,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Forbidden | Problem::SetUp => StatusCode::FORBIDDEN,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Conflict => StatusCode::CONFLICT,
            Problem::Refused | Problem::WorkWrong => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<sluis_wire::Error> for Refusal {
    fn from(error: sluis_wire::Error) -> Self {
        Self(match error {
            sluis_wire::Error::TooLong { .. } => Problem::TooLarge,
            _ => Problem::Malformed,
        })
    }
}

impl From<sluis_directory::error::Error> for Refusal {
    fn from(error: sluis_directory::error::Error) -> Self {
        use sluis_directory::error::Error;
        match error {
            Error::Frame(error) => error.into(),
            Error::WrongPlace { .. } | Error::WrongParent | Error::Behind { .. } => {
                Self(Problem::Conflict)
            }
            _ => Self(Problem::Refused),
        }
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self(match error {
            store::Error::Conflict => Problem::Conflict,
            store::Error::NotFound => Problem::NotFound,
            store::Error::Full | store::Error::Closed => Problem::Busy,
            store::Error::Newer { .. } | store::Error::Backend(_) => Problem::Internal,
        })
    }
}

impl From<files::Error> for Refusal {
    fn from(error: files::Error) -> Self {
        tracing::error!(%error, "the folder of files");
        Self(Problem::Internal)
    }
}

impl IntoResponse for Refusal {
    /// `application/problem+json` (RFC 9457). The request id is random: it lets a person and an operator speak of one answer, no more.
    fn into_response(self) -> Response {
        let id = hex(&crate::chance::bytes::<8>());
        if self.0 == Problem::Internal {
            tracing::error!(
                request_id = id,
                "a request failed through no fault of its caller"
            );
        }
        let (status, code) = (self.status(), self.0.code());
        let body = format!(
            r#"{{"type":"about:blank","status":{},"code":"{}","request_id":"{id}"}}"#,
            status.as_u16(),
            code
        );
        let headers = [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/problem+json"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (status, headers, body).into_response()
    }
}
