//! The bytes that a call brings, and how many they may be.

use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Payload;

use super::kept;
use super::operation::Operation;
use super::problem::{Kind, Problem};
use crate::web::error::Error;
use crate::web::extract::Visitor;

/// Most bytes of a body without a file.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// Most bytes of the body of an operation: a file in Base64, and room for what is said beside it.
fn body_bytes_max(operation: &dyn Operation) -> usize {
    let file = operation.file_bytes_max().map_or(0, base64_chars);
    file.saturating_add(BODY_BYTES_MAX)
}

/// Characters of so many bytes in Base64.
pub(super) const fn base64_chars(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// The bytes that were sent; none with a call that only reads.
pub(super) async fn body(
    request: &HttpRequest,
    payload: Payload,
    operation: &dyn Operation,
) -> Result<Vec<u8>, Error> {
    let refuse = |kind: Kind| Error::from(Problem::from(kind));
    if !kept::is_needed(request.method()) {
        return Ok(Vec::new());
    }
    let read = payload.to_bytes_limited(body_bytes_max(operation)).await;
    let words = Visitor::of(request).words;
    let told = operation.file_bytes_max();
    let too_large = Problem::too_large(words, told, BODY_BYTES_MAX);
    let read = read.map_err(|_limit| Error::from(too_large))?;
    let body = read.map_err(|_broken| refuse(Kind::Unreadable))?;
    let is_json = request.content_type().eq_ignore_ascii_case("application/json");
    if !(is_json || body.is_empty() && !request.headers().contains_key(CONTENT_TYPE)) {
        return Err(refuse(Kind::MediaType));
    }
    Ok(body.to_vec())
}
