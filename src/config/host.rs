//! Hosts in settings: texts that are parsed where they are read.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use crate::domain::host::Host;

/// The host that stands where none was chosen: nobody's, so that no stamp is printed with it.
#[expect(clippy::expect_used, reason = "a test reads the defaults, so this cannot fail later")]
pub(super) fn of_examples() -> Host {
    "verify.example.vn".parse().expect("the host of examples is a host")
}

pub(super) fn serialize<S: Serializer>(host: &Host, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(host.as_str())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Host, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}
