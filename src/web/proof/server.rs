//! Addresses of the proof, and what answers there.

use std::io;
use std::net::{IpAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, ContentType, ETAG, IF_NONE_MATCH,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{self, Data, Path};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

use super::{ProofSource, page};
use crate::web::Signals;
use crate::web::assets::{self, Asset};
use crate::web::extract::Visitor;
use crate::web::handlers::files;

/// One designer looks at it.
const WORKERS: usize = 2;
/// A designer who stops the program does not wait.
const SHUTDOWN_SECONDS: u64 = 1;

const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'none'";

pub(super) fn server(
    listener: TcpListener,
    source: ProofSource,
    signals: Signals,
) -> io::Result<Server> {
    let source = Data::new(source);
    let server = HttpServer::new(move || {
        let headers = DefaultHeaders::new()
            .add((CONTENT_SECURITY_POLICY, CONTENT_POLICY))
            .add((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .add((REFERRER_POLICY, "no-referrer"))
            .add((CACHE_CONTROL, "no-cache"));
        let mut app = App::new()
            .app_data(Data::clone(&source))
            .wrap(headers)
            .route("/", web::get().to(proof))
            .route("/{version}/{name}", web::get().to(file));
        let own: [&'static Asset; 3] =
            [&assets::PROOF_STYLESHEET, &assets::PROOF_SCRIPT, &assets::ICON];
        for asset in own {
            app = app.route(&asset.url, web::get().to(async || files::asset(asset)));
        }
        app
    });
    let server = server.workers(WORKERS).shutdown_timeout(SHUTDOWN_SECONDS);
    let server = if signals == Signals::Ignore { server.disable_signals() } else { server };
    Ok(server.listen(listener)?.run())
}

/// The page, or that it is still the same.
async fn proof(request: HttpRequest, source: Data<ProofSource>) -> HttpResponse {
    if !is_local(&request) {
        return HttpResponse::MisdirectedRequest().finish();
    }
    let visitor = Visitor::of(&request);
    let Ok(current) = web::block(move || (source.get_ref())()).await else {
        return HttpResponse::InternalServerError().finish();
    };
    let tag = format!("\"{}-{}\"", current.version, visitor.words.tag());
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(tag.as_str()) {
        return HttpResponse::NotModified().insert_header((ETAG, tag)).finish();
    }
    match page::render(visitor, &current) {
        Ok(html) => HttpResponse::Ok()
            .content_type(ContentType::html())
            .insert_header((ETAG, tag))
            .insert_header((VARY, "accept-language"))
            .insert_header((CONTENT_LANGUAGE, visitor.words.tag()))
            .body(html),
        Err(error) => {
            tracing::error!(%error, "the proof page could not be made");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A file of the page's present version.
async fn file(
    request: HttpRequest,
    path: Path<(String, String)>,
    source: Data<ProofSource>,
) -> HttpResponse {
    if !is_local(&request) {
        return HttpResponse::MisdirectedRequest().finish();
    }
    let Ok(current) = web::block(move || (source.get_ref())()).await else {
        return HttpResponse::InternalServerError().finish();
    };
    let (version, name) = path.into_inner();
    let found = current.files.iter().find(|file| file.name == name);
    match found.filter(|_| version == current.version) {
        Some(file) => HttpResponse::Ok()
            .content_type(file.media_type)
            .insert_header((CACHE_CONTROL, "private, max-age=31536000, immutable"))
            .body(file.bytes.to_vec()),
        None => HttpResponse::NotFound().finish(),
    }
}

/// Whether the page was asked for by an address of this machine: a page of somebody else's that
/// gives its own name this address is not.
fn is_local(request: &HttpRequest) -> bool {
    let connection = request.connection_info();
    let host = connection.host();
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
