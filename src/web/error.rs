//! What can go wrong between a request and its answer. A verdict is never among it.

use std::borrow::Cow;

use actix_web::http::StatusCode;

use super::api::problem::Problem;
use super::words::Words;

/// A request that has no answer of its own.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// No such address.
    #[error("no such address")]
    NotFound,
    /// The address is asked in these ways alone.
    #[error("the address is asked with {0} alone")]
    MethodNotAllowed(String),
    /// The query string cannot be read.
    #[error("the query cannot be read: {0}")]
    BadQuery(String),
    /// The address is longer than any of ours.
    #[error("the address is too long")]
    TooLong,
    /// A link that opens nothing: unknown, ended or withdrawn alike, or no file of its printing.
    #[error("no such download")]
    NoDownload,
    /// An invitation that opens nothing: used, ended, or never made.
    #[error("no such invitation")]
    NoInvitation,
    /// A paper's address that leads to none.
    #[error("no such paper")]
    NoPaper,
    /// A receipt that no report has.
    #[error("no such receipt")]
    NoReceipt,
    /// A form for a program that holds what it cannot: why, in its language.
    #[error("the form holds what it cannot: {0}")]
    Unfit(String),
    /// Something that anyone may do, done too often from one place.
    #[error("too often")]
    TooMany,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The person's role has no right to it.
    #[error("the role has no right to it")]
    Forbidden,
    /// Another site sent the form.
    #[error("another site sent the form")]
    CrossSite,
    /// The form is of another session.
    #[error("the form is of another session")]
    OldForm,
    /// The form cannot be read.
    #[error("the form cannot be read: {0}")]
    BadForm(String),
    /// The form, or the file in it, holds more bytes than it may.
    #[error("the form holds more than {0} bytes")]
    LargeForm(usize),
    /// Nothing can be given out just now.
    #[error("too busy")]
    Busy,
    /// What is wrong with a call of the API.
    #[error("a call was refused: {0:?}")]
    Call(Box<Problem>),
    /// Our own failure; the cause is for the log only.
    #[error("{0}")]
    Internal(&'static str, #[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// The error's name in the text catalogue.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::MethodNotAllowed(_) => "method_not_allowed",
            Self::BadQuery(_) => "bad_query",
            Self::TooLong => "too_long",
            Self::NoDownload => "no_download",
            Self::NoInvitation => "no_invitation",
            Self::NoPaper => "no_paper",
            Self::NoReceipt => "no_receipt",
            Self::Unfit(_) => "unfit",
            Self::TooMany => "too_many",
            Self::NotSignedIn => "not_signed_in",
            Self::Forbidden => "forbidden",
            Self::CrossSite => "cross_site",
            Self::OldForm => "old_form",
            Self::BadForm(_) => "bad_form",
            Self::LargeForm(_) => "large_form",
            Self::Busy => "busy",
            Self::Call(_) | Self::Internal(..) => "internal",
        }
    }

    /// What it is and what to do, in words.
    pub(super) fn said(&self, words: Words) -> Cow<'static, str> {
        let key = format!("error.{}.text", self.key());
        match self {
            Self::Unfit(said) => Cow::Owned(said.clone()),
            Self::LargeForm(most) => words.fill(&key, [("most", &*words.size(*most))]).into(),
            _ => words.say(&key),
        }
    }

    /// The status it is answered with.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound
            | Self::NoDownload
            | Self::NoInvitation
            | Self::NoPaper
            | Self::NoReceipt => StatusCode::NOT_FOUND,
            Self::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::OldForm => StatusCode::CONFLICT,
            Self::BadQuery(_) | Self::BadForm(_) => StatusCode::BAD_REQUEST,
            Self::LargeForm(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Call(problem) => problem.kind().status(),
            Self::Internal(..) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Call(Box::new(problem))
    }
}

/// The page itself is made by [`super::problem`], which knows the visitor.
impl actix_web::ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }
}
