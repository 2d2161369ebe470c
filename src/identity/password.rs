//! Passwords: Argon2id with the parameters of OWASP ASVS 5.0, appendix C (19 MiB, two passes, one
//! lane), and no rule but that they are hard to guess (ASVS 6.2).

use std::collections::BTreeSet;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use super::IdentityError;
use super::guesses::{self, Guesses};
use crate::clock::Random;
use crate::vietnamese;

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

/// Guesses that a password takes at least of who makes them of Vietnamese words, as a power of ten:
/// six words that do not belong together take more, four take fewer.
const ORDERS_MIN: f64 = 11.5;
/// Letters of a word that tells whose a password is.
const TELLING_LETTERS_MIN: usize = 2;

/// Why a password would be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Too few or too many characters.
    #[error("it must have {LENGTH_MIN} to {LENGTH_MAX} characters")]
    Length,
    /// It is among those that are tried first.
    #[error("it is too easily guessed; several words that do not belong together are good")]
    Guessable,
    /// It is made from the login, the name or the organisation.
    #[error(
        "it is made from the login, the name or the organisation; choose words of another kind"
    )]
    Personal,
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
            Self::Personal => "personal",
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

/// What somebody who guesses knows of the person: the words of it without accents, alone and joined.
pub(super) struct About(BTreeSet<String>);

impl About {
    /// From texts about the person.
    pub(super) fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = BTreeSet::new();
        for text in texts {
            let folded = vietnamese::fold(&text.replace(|c: char| !c.is_alphanumeric(), " "));
            let words: Vec<&str> = folded.split_whitespace().collect();
            let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
            // Every row of words, as `thisen` of Phạm Thị Sen.
            for begin in 0..words.len() {
                for end in begin + 1..=words.len() {
                    let row: String = words.get(begin..end).unwrap_or_default().concat();
                    known.insert(row.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned());
                    known.insert(row);
                }
            }
            let last = words.last().copied().unwrap_or_default();
            known.insert(format!("{initials}{last}"));
            known.insert(format!("{last}{initials}"));
            known.insert(initials);
        }
        known.retain(|word| word.chars().count() >= TELLING_LETTERS_MIN);
        Self(known)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Letters of the longest of them.
    pub(super) fn longest(&self) -> usize {
        self.0.iter().map(|word| word.chars().count()).max().unwrap_or(0)
    }
}

/// Whether a password is hard to guess for somebody who knows whose it is.
pub(super) fn check(password: &str, about: &About) -> Result<(), Weakness> {
    if !(LENGTH_MIN..=LENGTH_MAX).contains(&password.chars().count()) {
        return Err(Weakness::Length);
    }
    let Guesses { orders, by_person } = guesses::guesses(password, about);
    if orders < ORDERS_MIN {
        return Err(if by_person { Weakness::Personal } else { Weakness::Guessable });
    }
    let known: Vec<String> = about.0.iter().cloned().chain(guesses::phrases()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    if zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Three {
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

    fn lan() -> About {
        About::new(["lan.nguyen", "Nguyễn Thị Lan", "lan@chesen.example", "HTX Chè Sen"])
    }

    #[track_caller]
    fn refused(weakness: Weakness, passwords: &[&str]) {
        let taken: Vec<_> = passwords
            .iter()
            .filter(|password| check(password, &lan()) != Err(weakness))
            .map(|password| (password, check(password, &lan()), guesses::guesses(password, &lan())))
            .collect();
        assert!(taken.is_empty(), "{taken:?}");
    }

    #[test]
    fn passwords_that_are_tried_first_are_refused() {
        refused(Weakness::Length, &["ngắn", &"x".repeat(129)]);
        let common =
            ["password1234", "123456789012", "qwertyuiop12", "iloveyouvietnam", "aaaaaaaaaaaa"];
        refused(Weakness::Guessable, &common);
    }

    #[test]
    #[rustfmt::skip]
    fn what_people_make_passwords_of_in_vietnamese_is_refused() {
        refused(Weakness::Guessable, &[
            "vietnamvodich", "anhyeuemnhieu", "toiyeuvietnam1", "hoahongxanh99", "NguyenVanHung2026", "matkhau123456", "MatKhau@2026",
            "emyeuanhnhieulam", "hanoimuathu2025", "chucmungnammoi2026", "conyeumenhatdoi", "hochiminh1975", "dienbienphu1954",
            "tinhyeucuaanh", "vietnamquehuongtoi", "ocophanoi2026", "donvihanhchinh1", "Trần Thị Hương 1990", "giadinhhanhphuc",
            "doclaptudohanhphuc", "khongcogiquyhondoclaptudo", "tramnamtrongcoinguoita", "congtycophan123", "quantrihethong1",
            "yêu em nhiều lắm", "Việt Nam vô địch", "viet-nam-vo-dich", "V1etN@mV0D1ch!", "hcidovmanteiv", "minhthu20051999",
            "banhmithitnuong", "emnhoanhnhieulam", "bacgiang123456", "hoangsatruongsa", "mothaibabonnam", "caphesuada2024",
        ]);
    }

    #[test]
    #[rustfmt::skip]
    fn lines_and_names_that_everybody_knows_are_refused() {
        refused(Weakness::Guessable, &[
            "motconvitxoera2caicanh", "motconvitxoerahaicaicanh", "conmeomatrecaycau", "conmeomatreocaycau", "quehuonglachumkhengot",
            "tronggiothuthugianlau", "buontrongcuabechieuhom", "motbuoctoitroixanh", "sontungmtp050794",
            "concoicuametuyet", "bao giờ cho đến tháng mười", "con mèo trèo cây cau hỏi thăm chú chuột", "congchanhunuithaison",
            "congchanhunuithaison1", "Bầu ơi thương lấy bí cùng", "uongnuocnhonguon2024", "Nguyen Ai Quoc 1890", "trandaiquang1956",
        ]);
    }

    #[test]
    fn what_telex_and_vni_leave_of_them_is_refused() {
        let telex = [
            "vieetjnamvoodichj",
            "anhyeeuemnhieeuf",
            "maatjkhaaur2026",
            "toioyeeuvieetjnam",
            "haf nooij mufa thu",
        ];
        refused(Weakness::Guessable, &telex);
        refused(Weakness::Guessable, &["vie65tnamvo6di5ch", "anhye6uemnhie62u", "ma65tkha63u2026"]);
    }

    #[test]
    #[rustfmt::skip]
    fn what_is_made_of_the_login_the_name_or_the_organisation_is_refused() {
        refused(Weakness::Personal, &[
            "lan.nguyenlan.nguyen", "lan.nguyen2026", "LanNguyen@1990", "neyugn.nal2026", "nguyenthilan99", "Nguyễn Thị Lan 1",
            "htxchesen2026", "l4n.nguy3n!!!", "chesenchesen1", "HTX Chè Sen 123", "NTLan@123456", "lanchesen2026@",
        ]);
    }

    #[test]
    #[rustfmt::skip]
    fn words_that_do_not_belong_together_are_taken() {
        for good in [
            "mưa rào trên mái ngói", "mưa rào trên mái tôn", "mưa rào trên mái ngói lan.nguyen", "đồi chè, sông Hồng, 7 con cò",
            "trâu ruộng ghế mây trăng bút", "trau ruong ghe may trang but", "xe đạp cửa sổ bút chì mưa gió", "nuicaogiothoicuaxanhghe",
            "đàn vịt gặm bút chì ngoài ban công", "correct horse battery staple", "tY8#kd02-xPq1", "thuyền nan vượt sóng bạc đầu gió",
        ] {
            assert_eq!(check(good, &lan()), Ok(()), "{good}: {:?}", guesses::guesses(good, &lan()));
        }
    }

    #[test]
    fn given_passwords_are_plain_and_hard_to_guess() {
        let given = given(&SystemRandom).unwrap();
        assert_eq!(given.len(), 19);
        assert_eq!(check(&given, &About::new([])), Ok(()));
        assert_eq!(super::given(&FixedRandom([0; 32])).unwrap(), "aaaa-aaaa-aaaa-aaaa");
    }
}
