//! Steps whose body takes long to read: it is read before the register is written to.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::kept;
use super::operation::{Answer, Described, Generators, NoQuery, Operation, Reply, Step, is_about};
use super::problem::Problem;

/// Does something with the version of a thing that its reader has, and with what is made first of what
/// was sent.
pub(in crate::web) struct Prepared<B, P, A> {
    /// How the thing is read.
    pub(in crate::web) get: fn(&Call, NoQuery) -> Result<A, Problem>,
    /// What is made of what was sent.
    pub(in crate::web) prepare: fn(&Call, B) -> Result<P, Problem>,
    /// What is done.
    pub(in crate::web) act: fn(&Call, P) -> Result<(), Problem>,
    /// Most bytes of the file that is sent.
    pub(in crate::web) file_bytes_max: usize,
}

impl<B, P, A> Operation for Prepared<B, P, A>
where
    B: DeserializeOwned + JsonSchema,
    A: Serialize + JsonSchema,
{
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        // Read first: what is not there, is so whatever was sent.
        (self.get)(call, NoQuery {})?;
        let prepared = (self.prepare)(call, call.body()?)?;
        let done = kept::once(call, |call| {
            is_about(call, &(self.get)(call, NoQuery {})?)?;
            (self.act)(call, prepared)?;
            Answer::of(&(self.get)(call, NoQuery {})?)
        });
        done.map(Reply::Json)
    }

    fn describe(&self, generators: &mut Generators) -> Described {
        Step::<B, A>(self.get, |_, _| Ok(())).describe(generators)
    }

    fn file_bytes_max(&self) -> Option<usize> {
        Some(self.file_bytes_max)
    }
}
