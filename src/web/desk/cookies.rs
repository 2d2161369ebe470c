//! The cookies: who is signed in, on which device, and which language they chose.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::domain::account;
use crate::identity::DEVICE_DAYS;
use crate::token::Token;
use crate::web::urls;

/// `__Host-`: no other host can set it, and it goes to this one alone, over TLS or to the machine
/// itself (RFC 6265bis, section 4.1.3.2).
const SESSION: &str = "__Host-ocop";
/// The language chosen by link, remembered.
pub(in crate::web) const LANGUAGE: &str = "ocop-lang";
/// A choice of language is remembered so long.
const LANGUAGE_DAYS: i64 = 365;

/// The device that somebody signed in on before; it goes to the form for signing in alone. The name
/// goes on with what tells logins apart, as several people work at one computer.
const DEVICE: &str = "__Secure-ocop-device-";
/// Bytes of a login's SHA-256 that tell it from the others of a computer.
const LOGIN_BYTES: usize = 8;

/// The token a request brings.
pub(in crate::web) fn token(request: &HttpRequest) -> Option<Token> {
    request.cookie(SESSION).and_then(|cookie| Token::read(cookie.value()))
}

/// What a browser keeps while somebody is signed in.
pub(in crate::web) fn signed_in(token: &Token) -> Cookie<'static> {
    guarded(token.reveal())
}

/// The device that a request comes from, where somebody signed in on it before under that login.
pub(in crate::web) fn device(request: &HttpRequest, login: &str) -> Option<Token> {
    let name = device_name(&account::login(login)?);
    request.cookie(&name).and_then(|cookie| Token::read(cookie.value()))
}

/// What a browser keeps for the next time somebody signs in under a login.
pub(in crate::web) fn known_device(device: &Token, login: &str) -> Cookie<'static> {
    let login = account::login(login).unwrap_or_default();
    Cookie::build(device_name(&login), device.reveal())
        .path(urls::SIGN_IN)
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(DEVICE_DAYS))
        .finish()
}

/// What takes it away again.
pub(in crate::web) fn signed_out() -> Cookie<'static> {
    let mut cookie = guarded(String::new());
    cookie.make_removal();
    cookie
}

/// What remembers a language.
pub(in crate::web) fn language(tag: &'static str) -> Cookie<'static> {
    Cookie::build(LANGUAGE, tag)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(LANGUAGE_DAYS))
        .finish()
}

fn device_name(login: &str) -> String {
    let digest = Sha256::digest(login);
    let short = digest.iter().take(LOGIN_BYTES).copied().collect::<Vec<u8>>();
    format!("{DEVICE}{}", HEXLOWER.encode(&short))
}

fn guarded(value: String) -> Cookie<'static> {
    Cookie::build(SESSION, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::clock::FixedRandom;

    #[test]
    fn a_shared_computer_is_known_to_each_who_signed_in_on_it() {
        let (lan, minh) = (token(1), token(2));
        let request = TestRequest::default()
            .cookie(known_device(&lan, "lan"))
            .cookie(known_device(&minh, "minh"))
            .to_http_request();
        let found = |login| device(&request, login).map(|device| device.reveal());
        assert_eq!(found(" Lan "), Some(lan.reveal()), "however the login is typed");
        assert_eq!(found("minh"), Some(minh.reveal()));
        assert_eq!(found("hoa"), None);
        assert_eq!(found("có dấu"), None);
    }

    #[test]
    fn the_cookie_of_a_device_does_not_name_who_signed_in() {
        let cookie = known_device(&token(1), "lan.nguyen");
        assert!(cookie.name().starts_with("__Secure-ocop-device-"), "{}", cookie.name());
        assert!(!cookie.name().contains("lan"), "{}", cookie.name());
        assert_eq!(cookie.secure(), Some(true));
    }

    fn token(seed: u8) -> Token {
        Token::new(&FixedRandom([seed; 32])).unwrap()
    }
}
