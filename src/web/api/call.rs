//! A call, as an operation gets it.

use std::sync::Arc;

use actix_web::web::Data;
use serde::de::DeserializeOwned;

use super::caller::Caller;
use super::input;
use super::problem::{Kind, Problem};
use crate::code::text;
use crate::config::Setting;
use crate::desk::Worker;
use crate::domain::calendar::{Day, Instant, vietnam_day};
use crate::domain::ids::PaperId;
use crate::domain::serial::BatchNumber;
use crate::identity::Identity;
use crate::issuance::Issuer;
use crate::paperwork::Paperwork;
use crate::press::PrintSettings;
use crate::store::Store;
use crate::verification::Verifier;
use crate::web::desk::Decoding;
use crate::web::stream::Places;
use crate::web::words::Words;

/// A call, as an operation gets it.
#[derive(Clone)]
pub(in crate::web) struct Call {
    /// Whose program it is.
    pub(super) caller: Caller,
    /// The register.
    pub(super) store: Store,
    /// Knows who people are.
    pub(super) identity: Arc<Identity>,
    /// Answers scans.
    pub(super) verifier: Arc<Verifier>,
    /// Issues codes; none where this service has no signing key.
    pub(super) issuer: Option<Arc<Issuer>>,
    /// Makes official papers.
    pub(super) paperwork: Paperwork,
    /// What the service runs with.
    pub(super) settings: Arc<[Setting]>,
    /// How sheets are made.
    pub(super) printing: Arc<PrintSettings>,
    /// Places for what takes long.
    pub(super) places: Data<Places>,
    /// Turns at unpacking photos.
    pub(super) turns: Data<Decoding>,
    /// When.
    pub(super) at: Instant,
    /// The language of what is said.
    pub(super) words: Words,
    pub(super) asked: Arc<Asked>,
}

/// What was sent.
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    /// The parts of the path that name things.
    pub(super) things: Vec<String>,
    pub(super) query: String,
    /// What an address that leads here begins with.
    pub(super) base: String,
    pub(super) body: Vec<u8>,
    /// The idempotency key.
    pub(super) key: Option<String>,
    /// The versions that the call is about.
    pub(super) versions: Option<String>,
}

impl Call {
    /// The same, with everything done in a transaction.
    pub(super) fn within(&self, store: &Store) -> Self {
        let identity = Arc::new(self.identity.within(store));
        let paperwork = Paperwork { store: store.clone(), ..self.paperwork.clone() };
        Self { store: store.clone(), identity, paperwork, ..self.clone() }
    }

    /// What the audit trail calls whoever asks.
    pub(super) fn login(&self) -> &str {
        &self.caller.account().details.login
    }

    /// Whoever asks, as the desk knows them.
    pub(super) fn worker(&self) -> Worker {
        self.caller.worker(self.at)
    }

    /// The day, in Việt Nam.
    pub(super) fn today(&self) -> Day {
        vietnam_day(self.at)
    }

    /// The number of the thing that the path names.
    pub(super) fn number(&self) -> Result<i64, Problem> {
        self.name().parse().map_err(|_none| Kind::NotFound.into())
    }

    /// The name of the thing that the path names.
    pub(super) fn name(&self) -> &str {
        self.part(0)
    }

    /// The batch that the path names.
    pub(super) fn batch(&self) -> Result<BatchNumber, Problem> {
        text::read_batch(self.name()).map_err(|_none| Kind::NotFound.into())
    }

    /// What the path names at a place among its things, from 0.
    pub(super) fn part(&self, place: usize) -> &str {
        self.asked.things.get(place).map_or("", String::as_str)
    }

    /// The paper that the path names after the thing that it is about.
    pub(super) fn paper(&self) -> Result<PaperId, Problem> {
        self.part(1).parse().map(PaperId).map_err(|_none| Kind::NotFound.into())
    }

    pub(super) fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        input::query(self.words, &self.asked.query)
    }

    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        input::body(self.words, &self.asked.body)
    }

    /// What a parameter of the query chooses; none where it is left out.
    pub(super) fn chosen<T>(
        &self,
        name: &str,
        key: Option<String>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let none = || Problem::parameter(self.words, &format!("#/{name}"), "invalid");
        key.map(|key| read(&key).ok_or_else(none)).transpose()
    }

    /// A field that holds what it cannot.
    pub(super) fn invalid(&self, pointer: &str) -> Problem {
        Problem::field(self.words, pointer, "invalid")
    }
}
