//! Secrets that are handed out once: in the address of a link, in a cookie. The register has their
//! SHA-256 alone.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::clock::{NoRandomness, Random};

/// Bytes of a token: 128 bits, which nobody guesses.
const TOKEN_BYTES: usize = 16;

/// A secret of 128 bits, written as 32 hexadecimal digits.
pub struct Token([u8; TOKEN_BYTES]);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new(random: &dyn Random) -> Result<Self, NoRandomness> {
        let secret = random.secret()?;
        let mut token = [0; TOKEN_BYTES];
        token.iter_mut().zip(secret).for_each(|(byte, random)| *byte = random);
        Ok(Self(token))
    }

    /// Reads a token as it was handed out.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As it is handed out.
    #[must_use]
    pub fn reveal(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// As the register has it: 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0))
    }

    /// Another secret that follows from this one for a purpose: who has it, cannot come back to the
    /// token.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> String {
        let hash = Sha256::new().chain_update(purpose).chain_update([0]).chain_update(self.0);
        HEXLOWER.encode(&hash.finalize())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedRandom;

    #[test]
    fn a_token_reads_back_and_shows_itself_nowhere_else() {
        let token = Token::new(&FixedRandom([7; 32])).unwrap();
        let text = token.reveal();
        assert_eq!(Token::read(&text).unwrap().sha256(), token.sha256());
        assert!(!format!("{token:?}").contains(&text[..8]));
        assert_ne!(token.derived("form"), token.derived("other"));
        assert!(Token::read("07").is_none());
    }
}
