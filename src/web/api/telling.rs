//! Steps that tell what they did with stamps, beside the thing as it then is.

use actix_web::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::input::Line;
use super::kept;
use super::operation::{
    Answer, Described, Generators, NoQuery, Operation, Reply, answering, is_about, step,
};
use super::problem::Problem;
use super::selection::OutcomeJson;
use crate::desk::effect::Effect;
use crate::store::{Store, StoreError};

/// What becomes of a thing, where there is nothing more to say.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Deed {
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    pub(super) preview: bool,
}

/// The same, with why.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct DeedWithReason {
    /// Why, for those whom it concerns to read.
    pub(super) reason: Line,
    /// Whether to tell what would be done, and do nothing.
    #[serde(default)]
    pub(super) preview: bool,
}

/// Does something, or takes back what it did.
pub(super) fn tried<T, E: From<StoreError>>(
    call: &Call,
    preview: bool,
    act: impl FnOnce(&Store) -> Result<T, E>,
) -> Result<T, E> {
    if preview { call.store.taken_back(act) } else { call.store.together(act) }
}

/// Does an act, or takes it back and tells what it would do.
pub(super) fn attempted<E: From<StoreError>>(
    call: &Call,
    preview: bool,
    act: impl FnOnce(&Store) -> Result<Effect, E>,
) -> Result<OutcomeJson, E> {
    let effect = tried(call, preview, act)?;
    Ok(OutcomeJson::of(&effect, preview))
}

/// Does something with the version of a thing that its reader has: how it is read, and what is done. It is
/// answered with the thing as it then is, and with what was done.
pub(in crate::web) struct Telling<B, A, R>(
    pub(in crate::web) fn(&Call, NoQuery) -> Result<A, Problem>,
    pub(in crate::web) fn(&Call, B) -> Result<R, Problem>,
);

/// A thing as it is, and what was done with it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{A}{R}")]
struct Told<A, R> {
    #[serde(flatten)]
    thing: A,
    #[serde(flatten)]
    done: R,
}

impl<B, A, R> Operation for Telling<B, A, R>
where
    B: DeserializeOwned + JsonSchema,
    A: Serialize + JsonSchema,
    R: Serialize + JsonSchema,
{
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let done = kept::once(call, |call| {
            // Read first: what is not there, is so whatever was sent.
            is_about(call, &(self.0)(call, NoQuery {})?)?;
            let done = (self.1)(call, call.body()?)?;
            let thing = (self.0)(call, NoQuery {})?;
            let alone = Answer::of(&thing)?;
            Ok(Answer::of(&Told { thing, done })?.about(&alone))
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let answer = Some(generators.answered.subschema_for::<Told<A, R>>());
        Described { answer, ..step::<B, A>(generators) }
    }
}

/// Makes something that may be shown first: what refuses where the thing that the path names is not there, and
/// how it is made, or what would be made.
pub(in crate::web) struct MakeOrShow<B, A>(
    pub(in crate::web) fn(&Call) -> Result<(), Problem>,
    pub(in crate::web) fn(&Call, B) -> MadeOrShown<A>,
);

/// What was made, and where it is; nowhere where it is only what would be made.
pub(in crate::web) type MadeOrShown<A> = Result<(A, Option<String>), Problem>;

impl<B: DeserializeOwned + JsonSchema, A: Serialize + JsonSchema> Operation for MakeOrShow<B, A> {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        let done = kept::once(call, |call| {
            // Asked first: what is not there, is so whatever was sent.
            (self.0)(call)?;
            match (self.1)(call, call.body()?)? {
                (made, Some(location)) => Answer::created(&made, location),
                (shown, None) => Answer::of(&shown),
            }
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        let body = Some(generators.asked.subschema_for::<B>());
        let status = StatusCode::CREATED;
        Described { body, status, may_be_shown: true, ..answering::<A>(generators) }
    }
}
