//! Keys: making them, keeping them, signing and checking. The only room that names the Ed25519
//! library, so that the algorithm's rules are kept in one place.

mod jwks;
pub mod key_file;
pub mod keyring;
pub mod signer;

pub use keyring::{Keyring, PublicKey, SignatureCheck};
pub use signer::{FileKey, Signer, SigningError};
