//! The route table.

use actix_web::Resource;
use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::web::{self, ServiceConfig};

use super::assets;
use super::error::Error;
use super::handlers::{files, health, keys, lookup, parcel, start, verdict};
use super::urls;

/// Every address and what answers there. Printed codes come in more spellings than a pattern holds,
/// so they are read by the handler of all other paths.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(read_only(urls::START).route(web::route().guard(reading()).to(start::page)))
        .service(read_only(urls::LOOK_UP).route(web::route().guard(reading()).to(lookup::answer)))
        .service(read_only(urls::KEYS).route(web::route().guard(reading()).to(keys::answer)))
        .service(read_only(urls::HEALTH).route(web::route().guard(reading()).to(health::answer)))
        .service(
            read_only(urls::DOWNLOAD_PAGE).route(web::route().guard(reading()).to(parcel::page)),
        )
        .service(
            read_only(urls::DOWNLOAD_PAGE_BARE)
                .route(web::route().guard(reading()).to(parcel::lead)),
        )
        .service(read_only(urls::DOWNLOAD_ALL).route(web::route().guard(reading()).to(parcel::all)))
        .service(
            read_only(urls::DOWNLOAD_FILE).route(web::route().guard(reading()).to(parcel::file)),
        )
        .service(read_only(urls::ROBOTS).route(web::route().guard(reading()).to(files::robots)))
        .default_service(web::to(verdict::answer));
    for asset in assets::all() {
        let served = web::route().guard(reading()).to(async || files::asset(asset));
        config.service(read_only(&asset.url).route(served));
    }
}

fn reading() -> impl Guard {
    Any(Get()).or(Head())
}

fn read_only(path: &str) -> Resource {
    web::resource(path).default_service(web::to(async || Err::<&str, _>(Error::MethodNotAllowed)))
}
