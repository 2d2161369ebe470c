//! Files served as they are.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ContentType};

use crate::web::assets::Asset;

/// Crawlers may know the start page; codes are nobody's business but their holder's.
const ROBOTS: &str = "User-agent: *\nAllow: /$\nDisallow: /\n";

/// A stylesheet or picture.
pub(in crate::web) fn asset(asset: &Asset) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(asset.media_type)
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.bytes)
}

/// What crawlers may read.
pub(in crate::web) async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .body(ROBOTS)
}
