//! What a request asks for, read so that no oddity of a browser or chat app stands in the way of an
//! answer.

use std::net::{IpAddr, SocketAddr};

use actix_web::http::header::{self, Accept, AcceptLanguage, Header, HeaderName};
use actix_web::web::Query;
use actix_web::{HttpRequest, mime};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::desk::cookies;
use super::error::Error;
use super::words::Words;
use crate::domain::language::Language;

/// Who is asking: in which language, and whether for a person or a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visitor {
    /// The words to answer with.
    pub(super) words: Words,
    /// The tag of a language chosen by link, which further links keep.
    pub(super) chosen: Option<&'static str>,
    /// Whether JSON is wanted.
    pub(super) wants_json: bool,
}

#[derive(Deserialize)]
struct LanguageQuery {
    lang: Option<String>,
}

impl Visitor {
    /// Reads the visitor's wishes; what cannot be read is no wish.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let chosen = chosen_language(request.query_string());
        let language = chosen
            .or_else(|| remembered_language(request))
            .unwrap_or_else(|| preferred_language(request));
        Self {
            words: Words::of(language),
            chosen: chosen.map(Language::tag),
            wants_json: wants_json(request),
        }
    }
}

/// Reads a query string.
pub(super) fn query<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Error> {
    Query::from_query(request.query_string())
        .map(Query::into_inner)
        .map_err(|why| Error::BadQuery(why.to_string()))
}

/// The language that an address names.
pub(super) fn chosen_language(query: &str) -> Option<Language> {
    if query.is_empty() {
        return None;
    }
    let query = Query::<LanguageQuery>::from_query(query).ok()?;
    query.lang.as_deref().and_then(Language::from_tag)
}

/// What an address begins with that leads to where a request was sent: `https://ocop.example`.
pub(super) fn origin(request: &HttpRequest) -> String {
    let here = request.connection_info();
    format!("{}://{}", here.scheme(), here.host())
}

/// Where a request comes from, as coarsely as attempts are counted: an IPv4 address, or the network
/// of an IPv6 address (/64).
pub(super) fn network(request: &HttpRequest, proxies: &[IpAddr]) -> String {
    match address(request, proxies) {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Some(address) => address.to_string(),
        None => "–".to_owned(),
    }
}

/// Where a request comes from, as coarsely as visitors are told apart: the first 24 bits of an IPv4
/// address, the first 48 of an IPv6 address.
pub(super) fn wide_network(request: &HttpRequest, proxies: &[IpAddr]) -> String {
    match address(request, proxies) {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Some(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        None => "–".to_owned(),
    }
}

/// The address a request comes from: the last one on its way that is no known proxy. What is said of the way
/// before that was written by whoever is there.
fn address(request: &HttpRequest, proxies: &[IpAddr]) -> Option<IpAddr> {
    let mut at = request.peer_addr()?.ip().to_canonical();
    let lines = request.headers().get_all("x-forwarded-for").rev();
    let hops = lines.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    for hop in hops {
        if !proxies.contains(&at) {
            break;
        }
        // Beyond what cannot be read nothing is known.
        let Some(before) = hop_address(hop.trim()) else { break };
        at = before;
    }
    Some(at)
}

/// An address as proxies write it: some with the port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse().ok().map(|it: SocketAddr| it.ip());
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let address: IpAddr = hop.parse().ok().or_else(with_port).or_else(bracketed)?;
    Some(address.to_canonical())
}

fn remembered_language(request: &HttpRequest) -> Option<Language> {
    // Most who scan have no cookie at all.
    request.headers().get(header::COOKIE)?;
    request.cookie(cookies::LANGUAGE).and_then(|cookie| Language::from_tag(cookie.value()))
}

/// English only for a browser that ranks it above Vietnamese.
fn preferred_language(request: &HttpRequest) -> Language {
    if !mentions(request, header::ACCEPT_LANGUAGE, "en") {
        return Language::default();
    }
    let ranked = AcceptLanguage::parse(request).map(|accepted| accepted.ranked());
    let ranked = ranked.unwrap_or_default().into_iter();
    let mut known = ranked.filter_map(|tag| Language::from_tag(tag.item()?.as_str()));
    known.next().unwrap_or_default()
}

fn wants_json(request: &HttpRequest) -> bool {
    if !mentions(request, header::ACCEPT, "json") {
        // Who sends JSON is a program.
        let sends_json = mentions(request, header::CONTENT_TYPE, "json");
        return sends_json && !mentions(request, header::ACCEPT, "html");
    }
    let ranked = Accept::parse(request).map(|accepted| accepted.ranked()).unwrap_or_default();
    let first = ranked.iter().find(|kind| is_json(kind) || is_page(kind));
    first.is_some_and(is_json)
}

fn is_json(kind: &mime::Mime) -> bool {
    kind.type_() == mime::APPLICATION
        && (kind.subtype() == mime::JSON || kind.suffix() == Some(mime::JSON))
}

fn is_page(kind: &mime::Mime) -> bool {
    kind.type_() == mime::STAR || kind.type_() == mime::TEXT
}

/// A cheap look before a header is taken apart: most need not be.
fn mentions(request: &HttpRequest, name: HeaderName, what: &str) -> bool {
    let value = request.headers().get(name).map(header::HeaderValue::as_bytes).unwrap_or_default();
    value.windows(what.len()).any(|part| part.eq_ignore_ascii_case(what.as_bytes()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn visitor(uri: &str, name: &'static str, value: &'static str) -> Visitor {
        Visitor::of(&TestRequest::with_uri(uri).insert_header((name, value)).to_http_request())
    }

    #[test]
    fn vietnamese_is_spoken_unless_english_is_preferred() {
        let tag = |accepted| visitor("/", "Accept-Language", accepted).words.tag();
        for accepted in ["", "vi", "vi-VN,vi;q=0.9,en;q=0.8", "fr", "en;q=0.5, vi;q=0.6", "%%;en"] {
            assert_eq!(tag(accepted), "vi", "{accepted}");
        }
        for accepted in ["en", "en-GB,en;q=0.9", "fr, en;q=0.9, vi;q=0.1", "de, en"] {
            assert_eq!(tag(accepted), "en", "{accepted}");
        }
    }

    #[test]
    fn a_link_outranks_the_browser_and_odd_links_do_no_harm() {
        let tag = |uri| visitor(uri, "Accept-Language", "en").words.tag();
        assert_eq!(tag("/?lang=vi"), "vi");
        assert_eq!(tag("/?fbclid=x&lang=vi"), "vi");
        assert_eq!(tag("/?lang=xx"), "en");
        assert_eq!(tag("/?lang=vi&lang=en"), "en");
    }

    #[test]
    fn only_a_known_proxy_is_believed_where_a_request_comes_from() {
        let request = |peer: &str| {
            let peer = format!("{peer}:9").parse().unwrap();
            let forwarded = ("X-Forwarded-For", "198.51.100.9, 203.0.113.7");
            TestRequest::default().peer_addr(peer).insert_header(forwarded).to_http_request()
        };
        let proxy = "10.0.0.1".parse().unwrap();
        assert_eq!(network(&request("10.0.0.1"), &[proxy]), "203.0.113.7");
        assert_eq!(network(&request("10.0.0.2"), &[proxy]), "10.0.0.2");
        assert_eq!(network(&request("[2001:db8:1:2:3::4]"), &[]), "2001:db8:1:2::/64");
        assert_eq!(network(&request("[::ffff:10.0.0.1]"), &[proxy]), "203.0.113.7");
        assert_eq!(wide_network(&request("10.0.0.1"), &[proxy]), "203.0.113.0/24");
        assert_eq!(wide_network(&request("[2001:db8:1:2:3::4]"), &[]), "2001:db8:1::/48");
        assert_eq!(wide_network(&request("[::ffff:10.0.0.2]"), &[]), "10.0.0.0/24");
    }

    #[test]
    fn a_header_of_the_visitors_own_before_the_proxys_is_not_believed() {
        let request = TestRequest::default()
            .peer_addr("10.0.0.1:9".parse().unwrap())
            .append_header(("X-Forwarded-For", "198.51.100.9"))
            .append_header(("X-Forwarded-For", "203.0.113.7"))
            .to_http_request();
        assert_eq!(network(&request, &["10.0.0.1".parse().unwrap()]), "203.0.113.7");
    }

    #[test]
    fn of_several_proxies_in_a_row_the_visitor_is_before_the_first() {
        let proxies = ["10.0.0.1".parse().unwrap(), "10.9.9.9".parse().unwrap()];
        for (said, from) in [
            ("203.0.113.7, 10.9.9.9", "203.0.113.7"),
            ("198.51.100.9, 203.0.113.7, 10.9.9.9", "203.0.113.7"),
            ("10.9.9.9, 203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:4711, 10.9.9.9:80", "203.0.113.7"),
            ("[2001:db8::1]:4711", "2001:db8:0:0::/64"),
            ("[2001:db8::1]", "2001:db8:0:0::/64"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("203.0.113.7, unknown", "10.0.0.1"),
            ("10.9.9.9", "10.9.9.9"),
            ("", "10.0.0.1"),
        ] {
            let request = TestRequest::default()
                .peer_addr("10.0.0.1:9".parse().unwrap())
                .insert_header(("X-Forwarded-For", said))
                .to_http_request();
            assert_eq!(network(&request, &proxies), from, "{said}");
        }
    }

    #[test]
    fn json_is_for_those_who_ask_for_it_first() {
        let json = |accepted| visitor("/", "Accept", accepted).wants_json;
        for accepted in
            ["application/json", "application/json, text/html;q=0.5", "application/problem+json"]
        {
            assert!(json(accepted), "{accepted}");
        }
        for accepted in [
            "",
            "*/*",
            "text/html",
            "text/html, application/json;q=0.9",
            "application/xhtml+xml,*/*",
        ] {
            assert!(!json(accepted), "{accepted}");
        }
    }
}
