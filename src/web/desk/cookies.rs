//! The cookies: who is signed in, on which device, and which language they chose.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

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

/// The device that somebody signed in on before; it goes to the form for signing in alone.
const DEVICE: &str = "__Secure-ocop-device";

/// The token a request brings.
pub(in crate::web) fn token(request: &HttpRequest) -> Option<Token> {
    request.cookie(SESSION).and_then(|cookie| Token::read(cookie.value()))
}

/// What a browser keeps while somebody is signed in.
pub(in crate::web) fn signed_in(token: &Token) -> Cookie<'static> {
    guarded(token.reveal())
}

/// The device that a request comes from, where somebody signed in on it before.
pub(in crate::web) fn device(request: &HttpRequest) -> Option<Token> {
    request.cookie(DEVICE).and_then(|cookie| Token::read(cookie.value()))
}

/// What a browser keeps for the next time somebody signs in.
pub(in crate::web) fn known_device(device: &Token) -> Cookie<'static> {
    Cookie::build(DEVICE, device.reveal())
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

fn guarded(value: String) -> Cookie<'static> {
    Cookie::build(SESSION, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}
