//! The route table.

use actix_web::guard::{Any, Get, Guard, Head, fn_guard};
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route, Scope};

use super::assets;
use super::desk::table;
use super::error::Error;
use super::guides;
use super::handlers::{
    files, guide, health, keys, lookup, paper, parcel, photo, reports, start, verdict,
};
use super::urls;
use crate::code::uri;

/// Every address and what answers there. Printed codes come in more spellings than a pattern holds:
/// their handler answers all paths of their shape, before any pattern is looked at, and all others
/// that nothing answers.
pub(super) fn configure(config: &mut ServiceConfig) {
    let others = fn_guard(|request| !urls::is_code(&uri::plain(request.head().uri.path())));
    config
        .service(web::scope("").guard(others).configure(pages))
        .default_service(web::to(verdict::answer));
}

fn pages(config: &mut ServiceConfig) {
    config
        .service(read_only(urls::START).route(web::route().guard(reading()).to(start::page)))
        .service(read_only(urls::LOOK_UP).route(web::route().guard(reading()).to(lookup::answer)))
        .service(read_only(urls::KEYS).route(web::route().guard(reading()).to(keys::answer)))
        .service(read_only(urls::HEALTH).route(web::route().guard(reading()).to(health::answer)))
        .service(read_only(urls::PAPER).route(web::route().guard(reading()).to(paper::page)))
        .service(read_only(urls::PHOTO).route(web::route().guard(reading()).to(photo::answer)))
        .configure(reporting)
        .service(downloads())
        .service(
            read_only(urls::SHOPPERS_GUIDE).route(web::route().guard(reading()).to(guide::page)),
        )
        .configure(table::configure)
        .service(read_only(urls::ROBOTS).route(web::route().guard(reading()).to(files::robots)));
    let pictures = guides::PICTURES.iter().map(|(_, picture)| picture);
    for asset in assets::all().into_iter().chain(pictures) {
        let served = web::route().guard(reading()).to(async || files::asset(asset));
        config.service(read_only(&asset.url).route(served));
    }
}

/// What anybody reports. The address where a receipt is typed stands before that of a receipt.
fn reporting(config: &mut ServiceConfig) {
    config
        .service(
            resource(urls::REPORT, "GET, HEAD, POST")
                .route(web::route().guard(reading()).to(reports::blank))
                .route(web::post().to(reports::send)),
        )
        .service(
            read_only(urls::FIND_RECEIPT).route(web::route().guard(reading()).to(reports::find)),
        )
        .service(read_only(urls::RECEIPT).route(web::route().guard(reading()).to(reports::page)))
        .service(
            resource(urls::WITHDRAW_CONTACT, "POST")
                .route(web::post().to(reports::withdraw_contact)),
        );
}

fn downloads() -> Scope {
    let get = |path, route: Route| read_only(path).route(route.guard(reading()));
    web::scope(urls::DOWNLOADS)
        .service(get(urls::DOWNLOAD_PAGE, web::route().to(parcel::page)))
        .service(get(urls::DOWNLOAD_PAGE_BARE, web::route().to(parcel::lead)))
        .service(get(urls::DOWNLOAD_ALL, web::route().to(parcel::all)))
        .service(get(urls::DOWNLOAD_FILE, web::route().to(parcel::file)))
}

fn reading() -> impl Guard {
    Any(Get()).or(Head())
}

fn read_only(path: &str) -> Resource {
    resource(path, "GET, HEAD")
}

fn resource(path: &str, allowed: &'static str) -> Resource {
    let other = async move || Err::<&str, _>(Error::MethodNotAllowed(allowed.to_owned()));
    web::resource(path).default_service(web::to(other))
}
