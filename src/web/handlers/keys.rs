//! The public keys, with which anyone checks a stamp without asking us.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;

use crate::web::AppState;

/// The JWK set (RFC 7517). Kept for minutes only, since a key may be found compromised.
pub(in crate::web) async fn answer(state: Data<AppState>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/jwk-set+json")
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(state.verifier.jwks().to_owned())
}
