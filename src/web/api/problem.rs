//! Errors of the API: problem details (RFC 9457). The type of each is a stable address, which leads to
//! what it means.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_LANGUAGE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder};
use schemars::JsonSchema;
use serde::Serialize;

use super::selection::MovedJson;
use crate::accounting::Moved;
use crate::store::StoreError;
use crate::web::error::Error;
use crate::web::urls;
use crate::web::words::Words;

/// Who found us busy may try again in so many seconds.
const RETRY_SECONDS: &str = "60";

/// What can be wrong with a request, each with its status and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    /// It cannot be read at all.
    Unreadable,
    /// Its address cannot be.
    BadQuery,
    /// A write without an idempotency key.
    KeyMissing,
    /// No token, or one that is not taken.
    Unauthenticated,
    /// The token, or its person, has no right to it.
    Forbidden,
    /// Not there, or another organisation's.
    NotFound,
    /// The address is not asked so.
    MethodNotAllowed,
    /// The rules do not allow it now.
    Refused,
    /// A request of the same key is being worked on.
    InProgress,
    /// The thing has changed since it was read.
    Changed,
    /// Too many bytes.
    TooLarge,
    /// An address longer than any of ours.
    TooLong,
    /// Not JSON.
    MediaType,
    /// A field is missing, unknown, or holds what it cannot.
    Invalid,
    /// The key stands for another request.
    KeyReused,
    /// It does not say which version it is about.
    VersionMissing,
    /// Too many wrong tokens, or keys.
    TooMany,
    /// Our own failure.
    Internal,
    /// Nothing can be asked just now.
    Busy,
}

impl Kind {
    /// Every kind, by status.
    pub(in crate::web) const ALL: [Self; 19] = [
        Self::Unreadable,
        Self::BadQuery,
        Self::KeyMissing,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Refused,
        Self::InProgress,
        Self::Changed,
        Self::TooLarge,
        Self::TooLong,
        Self::MediaType,
        Self::Invalid,
        Self::KeyReused,
        Self::VersionMissing,
        Self::TooMany,
        Self::Internal,
        Self::Busy,
    ];

    /// Its name, in its address and in the text catalogue.
    pub(in crate::web) fn key(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::BadQuery => "bad_query",
            Self::KeyMissing => "key_missing",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Refused => "refused",
            Self::InProgress => "in_progress",
            Self::Changed => "changed",
            Self::TooLarge => "too_large",
            Self::TooLong => "too_long",
            Self::MediaType => "media_type",
            Self::Invalid => "invalid",
            Self::KeyReused => "key_reused",
            Self::VersionMissing => "version_missing",
            Self::TooMany => "too_many",
            Self::Internal => "internal",
            Self::Busy => "busy",
        }
    }

    /// The status it is answered with.
    pub(in crate::web) fn status(self) -> StatusCode {
        match self {
            Self::Unreadable | Self::BadQuery | Self::KeyMissing => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused | Self::InProgress => StatusCode::CONFLICT,
            Self::Changed => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::VersionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Something wrong with a request.
#[derive(Debug)]
pub(in crate::web) struct Problem {
    kind: Kind,
    /// What exactly, in the asker's language; what the catalogue says of the kind, where none.
    detail: Option<String>,
    /// Why the rules do not allow it, by a stable name.
    reason: Option<&'static str>,
    /// Fields that are wrong.
    errors: Vec<FieldError>,
    /// What became of stamps that were to be moved: nothing yet, and why.
    stamps: Option<Box<MovedJson>>,
}

/// A field that is wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(in crate::web) struct FieldError {
    /// Where it is: a JSON pointer into the request (RFC 6901).
    pointer: String,
    /// What is wrong: `missing`, `unknown`, `duplicate` or `invalid`.
    code: &'static str,
    /// The same in words.
    detail: String,
}

/// Problem details (RFC 9457).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(in crate::web) struct ProblemJson {
    /// Which problem it is: an address that stays the same, and says more.
    r#type: String,
    /// The problem in short, in the language asked for.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong and what to do, in the language asked for.
    detail: String,
    /// Why the rules do not allow it, by a stable name; only of the type `refused`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    errors: Vec<FieldError>,
    /// The stamps that could be moved and those that cannot, each with why. Nothing was moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    stamps: Option<Box<MovedJson>>,
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self { kind, detail: None, reason: None, errors: Vec::new(), stamps: None }
    }
}

impl From<StoreError> for Problem {
    fn from(why: StoreError) -> Self {
        tracing::error!(error = &why as &dyn std::error::Error, "the register did not answer");
        Kind::Busy.into()
    }
}

impl Problem {
    /// What the rules do not allow: why by a stable name, and in words.
    pub(super) fn refused(reason: &'static str, detail: String) -> Self {
        Self { detail: Some(detail), reason: Some(reason), ..Kind::Refused.into() }
    }

    /// More was sent than is read: which limit it is.
    pub(super) fn too_large(words: Words, file: Option<usize>, body: usize) -> Self {
        let (key, most) = file.map_or(("body", body), |file| ("file", file));
        let said = words.fill(&format!("api.too_large.{key}"), [("most", &*words.size(most))]);
        Self::from(Kind::TooLarge).saying(said)
    }

    /// The same, in these words.
    pub(super) fn saying(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }

    /// The same, with the stamps that keep others from being moved.
    pub(super) fn with_stamps(self, found: &Moved) -> Self {
        Self { stamps: Some(Box::new(MovedJson::of(found))), ..self }
    }

    /// Our own failure. Why is for the log.
    pub(super) fn internal(what: &'static str, cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(what, cause, "a call failed");
        Kind::Internal.into()
    }

    /// A field of the body that holds what it cannot.
    pub(super) fn field(words: Words, pointer: &str, code: &'static str) -> Self {
        Self { errors: vec![FieldError::new(words, pointer, code)], ..Kind::Invalid.into() }
    }

    /// A part of the address's query that holds what it cannot.
    pub(super) fn parameter(words: Words, pointer: &str, code: &'static str) -> Self {
        Self { kind: Kind::BadQuery, ..Self::field(words, pointer, code) }
    }

    /// Which it is.
    pub(in crate::web) fn kind(&self) -> Kind {
        self.kind
    }

    fn json(&self, words: Words) -> ProblemJson {
        let say = |part| words.say(&format!("api.problem.{}.{part}", self.kind.key()));
        ProblemJson {
            r#type: address(self.kind),
            title: say("title").into_owned(),
            status: self.kind.status().as_u16(),
            detail: self.detail.clone().unwrap_or_else(|| say("text").into_owned()),
            reason: self.reason,
            errors: self.errors.clone(),
            stamps: self.stamps.clone(),
        }
    }
}

impl FieldError {
    fn new(words: Words, pointer: &str, code: &'static str) -> Self {
        let detail = words.say(&format!("api.field.{code}")).into_owned();
        Self { pointer: pointer.to_owned(), code, detail }
    }
}

/// The address that stands for a kind of problem.
pub(in crate::web) fn address(kind: Kind) -> String {
    format!("{}#{}", urls::API_PAGE, kind.key())
}

/// The answer to a request that failed.
pub(in crate::web) fn answer(words: Words, error: &Error) -> HttpResponse {
    let kind = kind(error);
    let mut response = HttpResponse::build(kind.status());
    response.insert_header((CONTENT_LANGUAGE, words.tag()));
    hints(&mut response, kind, error);
    let json = match error {
        Error::Call(problem) => problem.json(words),
        _ => Problem::from(kind).json(words),
    };
    // Strings and integers always serialise.
    let body = serde_json::to_string(&json).unwrap_or_default();
    response.content_type("application/problem+json").body(body)
}

/// Headers by which a program knows what to do.
fn hints(response: &mut HttpResponseBuilder, kind: Kind, error: &Error) {
    if kind == Kind::Unauthenticated {
        response.insert_header((WWW_AUTHENTICATE, "Bearer realm=\"ocop\""));
    }
    if let Error::MethodNotAllowed(allowed) = error {
        response.insert_header((ALLOW, allowed.as_str()));
    }
    if matches!(kind, Kind::TooMany | Kind::Busy | Kind::InProgress) {
        response.insert_header((RETRY_AFTER, RETRY_SECONDS));
    }
}

fn kind(error: &Error) -> Kind {
    match error {
        Error::Call(problem) => problem.kind(),
        Error::NotFound
        | Error::NoDownload
        | Error::NoInvitation
        | Error::NoPaper
        | Error::NoReceipt => Kind::NotFound,
        Error::Unfit(_) => Kind::Invalid,
        Error::TooMany => Kind::TooMany,
        Error::MethodNotAllowed(_) => Kind::MethodNotAllowed,
        Error::BadQuery(_) => Kind::BadQuery,
        Error::BadForm(_) => Kind::Unreadable,
        Error::LargeForm(_) => Kind::TooLarge,
        Error::TooLong => Kind::TooLong,
        Error::NotSignedIn => Kind::Unauthenticated,
        Error::Forbidden | Error::CrossSite | Error::OldForm => Kind::Forbidden,
        Error::Busy => Kind::Busy,
        Error::Internal(..) => Kind::Internal,
    }
}
