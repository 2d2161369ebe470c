//! Passwords: Argon2id with the parameters of OWASP ASVS 5.0, appendix C (19 MiB, two passes, one
//! lane), and no rule but that they are hard to guess (ASVS 6.2).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use super::IdentityError;
use crate::clock::Random;

/// Fewest characters.
pub const LENGTH_MIN: usize = 12;
/// Most characters: more would be work for nothing.
pub const LENGTH_MAX: usize = 128;
/// Bytes of salt (RFC 9106, section 3.1).
const SALT_BYTES: usize = 16;
/// Letters and digits that are not taken for each other, for passwords that are read from paper.
const PLAIN: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Characters of a password that is given: 78 bits.
const GIVEN_CHARS: usize = 16;

/// Why a password would be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Too few or too many characters.
    #[error("it must have {LENGTH_MIN} to {LENGTH_MAX} characters")]
    Length,
    /// It is among those that are tried first, or made from the login or the name.
    #[error("it is too easily guessed; several words that do not belong together are good")]
    Guessable,
    /// It is the one it should replace.
    #[error("it must differ from the one before")]
    Same,
}

impl Weakness {
    /// The weakness's name in the text catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Guessable => "guessable",
            Self::Same => "same",
        }
    }
}

/// A password's hash, in PHC string format.
#[derive(Clone)]
pub(super) struct Hash(String);

impl Hash {
    /// Hashes a password with a new salt. Takes some tens of milliseconds and 19 MiB.
    pub(super) fn new(password: &str, random: &dyn Random) -> Result<Self, IdentityError> {
        let secret = random.secret()?;
        let (salt, _) = secret.split_at(SALT_BYTES);
        let hashed: PasswordHash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), salt)
            .map_err(|why| IdentityError::Hashing(why.to_string()))?;
        Ok(Self(hashed.to_string()))
    }

    /// A hash from the register.
    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    /// As the register keeps it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the hash of a password. Takes as long as making it.
    pub(super) fn matches(&self, password: &str) -> bool {
        // Longer ones were never taken, and cost more.
        let password = if password.chars().count() > LENGTH_MAX { "" } else { password };
        PasswordHash::new(&self.0)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }
}

/// Whether a password is hard to guess for somebody who knows whose it is.
pub(super) fn check(password: &str, about: &[&str]) -> Result<(), Weakness> {
    if !(LENGTH_MIN..=LENGTH_MAX).contains(&password.chars().count()) {
        return Err(Weakness::Length);
    }
    if zxcvbn::zxcvbn(password, about).score() < zxcvbn::Score::Three {
        return Err(Weakness::Guessable);
    }
    Ok(())
}

/// A password to be given to somebody, who must replace it: four groups of four.
pub(super) fn given(random: &dyn Random) -> Result<String, IdentityError> {
    let mut letters = Vec::with_capacity(GIVEN_CHARS);
    while letters.len() < GIVEN_CHARS {
        // Bytes beyond a multiple of the alphabet would make its first letters likelier.
        let even = 256 - 256 % PLAIN.len();
        let secret = random.secret()?.into_iter().map(usize::from).filter(|byte| *byte < even);
        let more = secret.filter_map(|byte| PLAIN.get(byte % PLAIN.len()).copied());
        letters.extend(more.map(char::from).take(GIVEN_CHARS - letters.len()));
    }
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{FixedRandom, SystemRandom};

    #[test]
    fn a_hash_matches_its_password_alone() {
        let hash = Hash::new("đồi chè, sông Hồng, 7", &SystemRandom).unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hash.matches("đồi chè, sông Hồng, 7"));
        assert!(!hash.matches("đồi chè, sông Hồng, 8"));
        assert!(!hash.matches(""));
        assert!(!Hash::stored("nonsense".into()).matches("nonsense"));
    }

    #[test]
    fn passwords_that_are_tried_first_are_refused() {
        let about = ["lan.nguyen", "Nguyễn Thị Lan"];
        assert_eq!(check("ngắn", &about), Err(Weakness::Length));
        assert_eq!(check(&"x".repeat(129), &about), Err(Weakness::Length));
        for bad in ["password1234", "123456789012", "qwertyuiop12", "lan.nguyenlan.nguyen"] {
            assert_eq!(check(bad, &about), Err(Weakness::Guessable), "{bad}");
        }
        assert_eq!(check("mưa rào trên mái ngói", &about), Ok(()));
    }

    #[test]
    fn given_passwords_are_plain_and_hard_to_guess() {
        let given = given(&SystemRandom).unwrap();
        assert_eq!(given.len(), 19);
        assert_eq!(check(&given, &[]), Ok(()));
        assert_eq!(super::given(&FixedRandom([0; 32])).unwrap(), "aaaa-aaaa-aaaa-aaaa");
    }
}
