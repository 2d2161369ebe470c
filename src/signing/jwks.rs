//! The key set's JSON: RFC 7517 with the curve of RFC 8037. The members `nbf` and `exp` are those of
//! `OpenID` Federation; `name` and `compromised_since` are ours.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::PublicKey;
use super::keyring::{BadJwks, BadPublicKey, Validity};
use crate::domain::calendar::Instant;

/// Names of the signature algorithm (RFC 8037, RFC 9864).
const ALGORITHMS: [&str; 2] = ["EdDSA", "Ed25519"];

#[derive(Serialize)]
struct JwkSet {
    keys: Vec<Jwk>,
}

/// A set whose keys may be of any type.
#[derive(Deserialize)]
struct AnySet {
    keys: Vec<Kind>,
}

/// What tells what a key is for; the rest is read where it is one of ours.
#[derive(Deserialize)]
struct Kind {
    kty: Option<Value>,
    crv: Option<Value>,
    alg: Option<Value>,
    #[serde(rename = "use")]
    usage: Option<Value>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

#[derive(Serialize)]
struct Jwk {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    #[serde(flatten)]
    facts: Facts,
}

#[derive(Serialize, Deserialize)]
struct Facts {
    kid: String,
    name: String,
    x: String,
    nbf: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    compromised_since: Option<i64>,
}

pub(super) fn write(keys: &[PublicKey]) -> String {
    let set = JwkSet { keys: keys.iter().map(jwk).collect() };
    // Strings and integers always serialise.
    serde_json::to_string_pretty(&set).unwrap_or_default()
}

fn jwk(key: &PublicKey) -> Jwk {
    Jwk {
        kty: "OKP",
        crv: "Ed25519",
        alg: "EdDSA",
        usage: "sig",
        facts: Facts {
            kid: key.id.clone(),
            name: key.name.clone(),
            x: BASE64URL_NOPAD.encode(key.as_bytes()),
            nbf: key.validity.not_before.timestamp(),
            exp: key.validity.not_after.timestamp(),
            compromised_since: key.validity.compromised_since.map(|at| at.timestamp()),
        },
    }
}

/// Reads a set. Keys of other types and for other uses are no business of ours, and skipped.
pub(super) fn read(json: &str) -> Result<Vec<PublicKey>, BadJwks> {
    let set: AnySet = serde_json::from_str(json).map_err(BadJwks::Json)?;
    set.keys.into_iter().filter(Kind::is_ours).map(|key| public_key(key.rest)).collect()
}

impl Kind {
    fn is_ours(&self) -> bool {
        let is = |member: &Option<Value>, names: &[&str]| {
            member.as_ref().and_then(Value::as_str).is_some_and(|said| names.contains(&said))
        };
        let may_be = |member: &Option<Value>, names| member.is_none() || is(member, names);
        is(&self.kty, &["OKP"])
            && is(&self.crv, &["Ed25519"])
            && may_be(&self.alg, &ALGORITHMS)
            && may_be(&self.usage, &["sig"])
    }
}

fn public_key(rest: serde_json::Map<String, Value>) -> Result<PublicKey, BadJwks> {
    let named = rest.get("kid").and_then(Value::as_str).unwrap_or("without kid").to_owned();
    let facts: Facts = serde_json::from_value(Value::Object(rest))
        .map_err(|why| BadJwks::Member { id: named, why })?;
    let id = facts.kid;
    let moment = |seconds| Instant::from_timestamp(seconds, 0).ok_or(BadJwks::Time(id.clone()));
    let validity = Validity {
        not_before: moment(facts.nbf)?,
        not_after: moment(facts.exp)?,
        compromised_since: facts.compromised_since.map(moment).transpose()?,
    };
    let bytes = BASE64URL_NOPAD.decode(facts.x.as_bytes()).ok();
    let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
    let key = bytes
        .ok_or(BadPublicKey::NotAKey)
        .and_then(|bytes| PublicKey::from_bytes(&facts.name, &bytes, validity))
        .map_err(|why| BadJwks::Key { id: id.clone(), why })?;
    if key.id != id {
        return Err(BadJwks::Id { id, computed: key.id });
    }
    Ok(key)
}
