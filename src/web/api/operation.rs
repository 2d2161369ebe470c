//! Operations: a typed question in, a typed answer out. What is the same for all stands here once:
//! reading bytes, idempotency keys, versions, writing the answer.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, ETAG, HeaderName, IF_MATCH, LOCATION};
use actix_web::web::{self, Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, Route};
use data_encoding::HEXLOWER;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::body::body;
use super::call::{Asked, Call};
use super::caller::Caller;
use super::files::FileAnswer;
use super::kept;
use super::problem::{Kind, Problem};
use crate::store::kept_answers::Kept;
use crate::web::AppState;
use crate::web::desk::{Decoding, beside};
use crate::web::error::Error;
use crate::web::extract::{self, Visitor};
use crate::web::stream::Places;

/// Hexadecimal digits of a version.
const VERSION_DIGITS: usize = 32;
/// The header with the key of a write.
pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Something that the API does.
pub(in crate::web) trait Operation: Sync {
    /// Does it.
    fn run(&self, call: &Call) -> Result<Reply, Problem>;
    /// Describes it.
    fn describe(&self, generators: &mut Generators) -> Described;
    /// Most bytes of the file that its body has, in Base64; none where it has no file.
    fn file_bytes_max(&self) -> Option<usize> {
        None
    }
}

/// What comes of an operation.
pub(in crate::web) enum Reply {
    /// JSON.
    Json(Answer),
    /// A file.
    File(FileAnswer),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Json(answer)
    }
}

/// What questions and answers look like: a field that may be left out of a question, is always in an
/// answer.
pub(in crate::web) struct Generators {
    /// Of questions.
    pub(super) asked: SchemaGenerator,
    /// Of answers.
    pub(super) answered: SchemaGenerator,
}

/// An operation, described.
pub(in crate::web) struct Described {
    pub(super) query: Option<Schema>,
    pub(super) body: Option<Schema>,
    /// The JSON that it answers; none where it answers files alone.
    pub(super) answer: Option<Schema>,
    /// Media types of files that it answers.
    pub(super) files: &'static [&'static str],
    pub(super) status: StatusCode,
    /// Whether it may be asked what it would do, and then answers 200.
    pub(super) may_be_shown: bool,
    /// Whether it is about a version of a thing.
    pub(super) about_version: bool,
    /// Whether it tells the version of a thing.
    pub(super) tells_version: bool,
}

/// Reads something: with what the address's query says.
pub(in crate::web) struct Read<Q, A>(pub(in crate::web) fn(&Call, Q) -> Result<A, Problem>);

/// Makes something: what was made, and where it is.
pub(in crate::web) struct Make<B, A>(pub(in crate::web) fn(&Call, B) -> Made<A>);

/// Makes something of the thing that the path names: what refuses where that is not there, and how it
/// is made.
pub(in crate::web) struct MakeOf<B, A>(
    pub(in crate::web) fn(&Call) -> Result<(), Problem>,
    pub(in crate::web) fn(&Call, B) -> Made<A>,
);

/// What was made, and where it is.
pub(in crate::web) type Made<A> = Result<(A, String), Problem>;

/// Does something that makes no thing with an address: what came of it.
pub(in crate::web) struct Do<B, A> {
    /// What is done.
    pub(in crate::web) act: fn(&Call, B) -> Result<A, Problem>,
    /// Most bytes of the file that is sent.
    pub(in crate::web) file_bytes_max: usize,
}

/// The same as [`Make`], with a secret that is told once: how it is made, and what of it is kept under the key.
pub(in crate::web) struct MakeSecret<B, A>(
    pub(in crate::web) fn(&Call, B) -> Made<A>,
    pub(in crate::web) fn(A) -> A,
);

/// Does something with the version of a thing that its reader has: how it is read, and what is done.
/// It is answered with the thing as it then is.
pub(in crate::web) struct Step<B, A>(
    pub(in crate::web) fn(&Call, NoQuery) -> Result<A, Problem>,
    pub(in crate::web) fn(&Call, B) -> Result<(), Problem>,
);

/// The same, where it takes transactions of its own.
pub(in crate::web) struct Long<B, A>(
    pub(in crate::web) fn(&Call, NoQuery) -> Result<A, Problem>,
    pub(in crate::web) fn(&Call, B) -> Result<(), Problem>,
);

/// A query that says nothing.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct NoQuery {}

/// An answer, written.
pub(in crate::web) struct Answer {
    status: StatusCode,
    location: Option<String>,
    body: String,
    /// What is kept of it, where that is not all.
    kept: Option<String>,
    /// The version of the thing that it tells of, where it says more than the thing.
    version: Option<String>,
}

impl<Q: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for Read<Q, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        Ok(Answer::of(&(self.0)(call, call.query()?)?)?.into())
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let query = Some(Q::json_schema(&mut generators.asked));
        Described { query, tells_version: true, ..answering::<A>(generators) }
    }
}

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for Make<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let body = call.body()?;
        let done = kept::once(call, |call| {
            let (made, location) = (self.0)(call, body)?;
            Answer::created(&made, location)
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let body = Some(generators.asked.subschema_for::<B>());
        Described { body, status: StatusCode::CREATED, ..answering::<A>(generators) }
    }
}

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for MakeOf<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let done = kept::once(call, |call| {
            // Asked first: what is not there, is so whatever was sent.
            (self.0)(call)?;
            let (made, location) = (self.1)(call, call.body()?)?;
            Answer::created(&made, location)
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        Make(self.1).describe(generators)
    }
}

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for Do<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let body = call.body()?;
        kept::once(call, |call| Answer::of(&(self.act)(call, body)?)).map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let body = Some(generators.asked.subschema_for::<B>());
        Described { body, ..answering::<A>(generators) }
    }

    fn file_bytes_max(&self) -> Option<usize> {
        Some(self.file_bytes_max)
    }
}

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for MakeSecret<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let body = call.body()?;
        let done = kept::once(call, |call| {
            let (made, location) = (self.0)(call, body)?;
            let answer = Answer::created(&made, location.clone())?;
            let kept = Answer::created(&(self.1)(made), location)?.body;
            Ok(Answer { kept: Some(kept), ..answer })
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let body = Some(generators.asked.subschema_for::<B>());
        Described { body, status: StatusCode::CREATED, ..answering::<A>(generators) }
    }
}

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for Step<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let done = kept::once(call, |call| {
            // Read first: what is not there, is so whatever was sent.
            is_about(call, &(self.0)(call, NoQuery {})?)?;
            (self.1)(call, call.body()?)?;
            Answer::of(&(self.0)(call, NoQuery {})?)
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        step::<B, A>(generators)
    }
}

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for Long<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let may_begin = |call: &Call| is_about(call, &(self.0)(call, NoQuery {})?);
        let done = kept::once_long(call, may_begin, |call| {
            (self.1)(call, call.body()?)?;
            Answer::of(&(self.0)(call, NoQuery {})?)
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        step::<B, A>(generators)
    }
}

pub(super) fn answering<A: JsonSchema>(generators: &mut Generators) -> Described {
    Described {
        query: None,
        body: None,
        answer: Some(generators.answered.subschema_for::<A>()),
        files: &[],
        status: StatusCode::OK,
        may_be_shown: false,
        about_version: false,
        tells_version: true,
    }
}

pub(super) fn step<B: JsonSchema, A: JsonSchema>(generators: &mut Generators) -> Described {
    let body = Some(generators.asked.subschema_for::<B>());
    Described { body, about_version: true, ..answering::<A>(generators) }
}

/// Refuses a call about another version of a thing than the one there is.
pub(super) fn is_about<A: Serialize>(call: &Call, thing: &A) -> Result<(), Problem> {
    let versions = call.asked.versions.as_deref().ok_or(Kind::VersionMissing)?;
    let there = Answer::of(thing)?.version();
    let named = versions.split(',').map(str::trim).any(|named| named == "*" || named == there);
    if named { Ok(()) } else { Err(Kind::Changed.into()) }
}

impl Answer {
    pub(super) fn of(answer: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_string(answer)
            .map_err(|why| Problem::internal("an answer could not be written", &why))?;
        Ok(Self { status: StatusCode::OK, location: None, body, kept: None, version: None })
    }

    /// The same, about the version of a thing that it says more than.
    pub(super) fn about(self, thing: &Self) -> Self {
        Self { version: Some(thing.version()), ..self }
    }

    pub(super) fn created(made: &impl Serialize, location: String) -> Result<Self, Problem> {
        let status = StatusCode::CREATED;
        Ok(Self { status, location: Some(location), ..Self::of(made)? })
    }

    /// The version of what it says: an entity tag (RFC 9110, section 8.8.3).
    fn version(&self) -> String {
        if let Some(version) = &self.version {
            return version.clone();
        }
        let mut hash = HEXLOWER.encode(&Sha256::digest(&self.body));
        hash.truncate(VERSION_DIGITS);
        format!("\"{hash}\"")
    }

    /// As it is kept under a key.
    pub(super) fn kept(&self) -> Kept {
        let body = self.kept.as_ref().unwrap_or(&self.body).clone();
        let (location, version) = (self.location.clone(), self.version.clone());
        Kept { status: self.status.as_u16(), location, body, version }
    }

    fn response(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.content_type(ContentType::json()).insert_header((ETAG, self.version()));
        if let Some(location) = &self.location {
            response.insert_header((LOCATION, location.as_str()));
        }
        response.body(self.body)
    }
}

impl From<Kept> for Answer {
    fn from(kept: Kept) -> Self {
        let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
        let Kept { location, body, version, .. } = kept;
        Self { status, location, body, kept: None, version }
    }
}

/// What answers where an operation is.
pub(in crate::web) fn route(operation: &'static dyn Operation) -> Route {
    web::to(
        move |request: HttpRequest,
              state: Data<AppState>,
              places: Data<Places>,
              turns: Data<Decoding>,
              payload: Payload| {
            answer(operation, request, (state, places, turns), payload)
        },
    )
}

async fn answer(
    operation: &'static dyn Operation,
    request: HttpRequest,
    (state, places, turns): (Data<AppState>, Data<Places>, Data<Decoding>),
    payload: Payload,
) -> Result<HttpResponse, Error> {
    let caller = request.extensions().get::<Caller>().cloned().ok_or(Error::NotSignedIn)?;
    let body = body(&request, payload, operation).await?;
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let asked = Asked {
        base: extract::origin(&request),
        method: request.method().to_string(),
        path: request.path().to_owned(),
        things: request.match_info().iter().map(|(_, it)| it.to_owned()).collect(),
        query: request.query_string().to_owned(),
        body,
        key: text(KEY).map(str::to_owned),
        versions: text(IF_MATCH).map(str::to_owned),
    };
    let call = Call {
        caller,
        store: state.store.clone(),
        identity: state.identity.clone(),
        verifier: state.verifier.clone(),
        issuer: state.issuer.clone(),
        paperwork: state.paperwork.clone(),
        printing: state.printing.clone(),
        settings: state.settings.clone(),
        places: places.clone(),
        turns,
        at: state.clock.now(),
        words: Visitor::of(&request).words,
        asked: Arc::new(asked),
    };
    match beside(move || operation.run(&call)).await?? {
        Reply::Json(answer) => Ok(answer.response()),
        Reply::File(file) => file.response(&request, &places).await,
    }
}
