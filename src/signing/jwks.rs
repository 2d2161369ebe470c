//! The key set's JSON: RFC 7517 with the curve of RFC 8037. The members `nbf` and `exp` are those of
//! `OpenID` Federation; `name` and `compromised_since` are ours.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::PublicKey;
use super::keyring::{BadJwks, BadPublicKey, Validity};
use crate::domain::calendar::Instant;

#[derive(Serialize, Deserialize)]
struct JwkSet {
    keys: Vec<Jwk>,
}

#[derive(Serialize, Deserialize)]
struct Jwk {
    kty: String,
    crv: String,
    kid: String,
    name: String,
    alg: String,
    #[serde(rename = "use")]
    usage: String,
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
        kty: "OKP".into(),
        crv: "Ed25519".into(),
        kid: key.id.clone(),
        name: key.name.clone(),
        alg: "EdDSA".into(),
        usage: "sig".into(),
        x: BASE64URL_NOPAD.encode(key.as_bytes()),
        nbf: key.validity.not_before.timestamp(),
        exp: key.validity.not_after.timestamp(),
        compromised_since: key.validity.compromised_since.map(|at| at.timestamp()),
    }
}

pub(super) fn read(json: &str) -> Result<Vec<PublicKey>, BadJwks> {
    let set: JwkSet = serde_json::from_str(json).map_err(BadJwks::Json)?;
    set.keys.into_iter().map(public_key).collect()
}

fn public_key(jwk: Jwk) -> Result<PublicKey, BadJwks> {
    let id = jwk.kid;
    if (jwk.kty.as_str(), jwk.crv.as_str()) != ("OKP", "Ed25519") {
        return Err(BadJwks::Type { id, found: format!("{} {}", jwk.kty, jwk.crv) });
    }
    let moment = |seconds| Instant::from_timestamp(seconds, 0).ok_or(BadJwks::Time(id.clone()));
    let validity = Validity {
        not_before: moment(jwk.nbf)?,
        not_after: moment(jwk.exp)?,
        compromised_since: jwk.compromised_since.map(moment).transpose()?,
    };
    let bytes = BASE64URL_NOPAD.decode(jwk.x.as_bytes()).ok();
    let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
    let key = bytes
        .ok_or(BadPublicKey::NotAKey)
        .and_then(|bytes| PublicKey::from_bytes(&jwk.name, &bytes, validity))
        .map_err(|why| BadJwks::Key { id: id.clone(), why })?;
    if key.id != id {
        return Err(BadJwks::Id { id, computed: key.id });
    }
    Ok(key)
}
