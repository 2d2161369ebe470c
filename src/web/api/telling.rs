//! Steps that tell what they did with stamps, beside the thing as it then is.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::kept;
use super::operation::{Answer, Described, Generators, NoQuery, Operation, Reply, is_about, step};
use super::problem::Problem;

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
