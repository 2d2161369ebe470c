//! Whether the service is well.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use actix_web::web::Data;

use super::ask;
use crate::verification::Verifier;
use crate::web::AppState;

/// 200 while the register answers, 503 when it does not.
pub(in crate::web) async fn answer(state: Data<AppState>) -> HttpResponse {
    if ask(&state, Verifier::is_reachable).await == Some(true) {
        HttpResponse::Ok().content_type(ContentType::plaintext()).body("ok\n")
    } else {
        let mut response = HttpResponse::ServiceUnavailable();
        response.content_type(ContentType::plaintext()).body("register unreachable\n")
    }
}
