//! Whether a request is somebody's new look at a stamp, as far as it says so itself; who looks again
//! is known by [`crate::verification`].

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};

use super::extract;
use crate::verification::Visitor;

/// Longest part of an agent that is looked at.
const AGENT_BYTES_MAX: usize = 512;

/// Sent when a part is asked for, or whether something changed: whoever sends it looked before.
const AGAIN: [HeaderName; 7] = [
    header::RANGE,
    header::IF_RANGE,
    header::IF_MATCH,
    header::IF_NONE_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_UNMODIFIED_SINCE,
    header::PRAGMA,
];

/// Sent with what a program fetches before, or instead of, a person.
const PURPOSES: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// Who looks.
#[derive(Clone)]
pub(super) struct Looker {
    network: String,
    agent: String,
    /// Whether the request may be a scan at all.
    is_new: bool,
}

impl Looker {
    pub(super) fn of(request: &HttpRequest, proxies: &[IpAddr], wants_json: bool) -> Self {
        let agent = request.headers().get(header::USER_AGENT);
        let agent = agent.map(header::HeaderValue::as_bytes).unwrap_or_default();
        let agent = agent.get(..AGENT_BYTES_MAX).unwrap_or(agent);
        Self {
            network: extract::wide_network(request, proxies),
            agent: String::from_utf8_lossy(agent).into_owned(),
            is_new: !wants_json && is_new(request),
        }
    }

    /// Who looks, for the count.
    pub(super) fn visitor(&self) -> Visitor<'_> {
        Visitor { network: &self.network, agent: &self.agent }
    }

    /// Who looks anew.
    pub(super) fn anew(&self) -> Option<Visitor<'_>> {
        self.is_new.then(|| self.visitor())
    }
}

/// A page that a person opens: not a part of it, not the same again, not ahead of time, not as a
/// picture or frame on somebody else's page.
fn is_new(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let says = |name: &str, words: &[&str]| {
        let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
        values
            .flat_map(|value| value.split([',', ';']))
            .any(|part| words.iter().any(|word| part.trim().eq_ignore_ascii_case(word)))
    };
    let is_ahead = PURPOSES.iter().any(|name| headers.contains_key(*name));
    // What browsers send when a page is loaded again.
    let is_reload = says("cache-control", &["max-age=0", "no-cache", "only-if-cached"]);
    let is_page = |name: &str, word: &str| !headers.contains_key(name) || says(name, &[word]);
    request.method() == Method::GET
        && !AGAIN.iter().any(|name| headers.contains_key(name))
        && !is_ahead
        && !is_reload
        && is_page("sec-fetch-dest", "document")
        && is_page("sec-fetch-mode", "navigate")
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn is_scan(headers: &[(&'static str, &'static str)]) -> bool {
        let mut request = TestRequest::get();
        for header in headers {
            request = request.append_header(*header);
        }
        Looker::of(&request.to_http_request(), &[], false).anew().is_some()
    }

    #[test]
    fn a_page_opened_by_a_person_may_be_a_scan() {
        let browser = [
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("Sec-Fetch-Dest", "document"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Site", "none"),
            ("Upgrade-Insecure-Requests", "1"),
        ];
        assert!(is_scan(&[]) && is_scan(&browser));
    }

    #[test]
    fn what_is_fetched_ahead_again_in_part_or_into_another_page_is_none() {
        for header in [
            ("Sec-Purpose", "prefetch"),
            ("Sec-Purpose", "prefetch;prerender"),
            ("Purpose", "prefetch"),
            ("X-Purpose", "preview"),
            ("X-Purpose", "instant"),
            ("X-Moz", "prefetch"),
            ("Range", "bytes=0-0"),
            ("If-Range", "\"x\""),
            ("If-None-Match", "\"x\""),
            ("If-Modified-Since", "Mon, 23 Nov 2026 05:00:00 GMT"),
            ("Cache-Control", "max-age=0"),
            ("Cache-Control", "no-cache"),
            ("Cache-Control", "no-store, No-Cache"),
            ("Pragma", "no-cache"),
            ("Sec-Fetch-Dest", "image"),
            ("Sec-Fetch-Dest", "iframe"),
            ("Sec-Fetch-Mode", "no-cors"),
        ] {
            assert!(!is_scan(&[header]), "{header:?}");
        }
    }

    #[test]
    fn only_reading_a_page_may_be_a_scan() {
        let head = TestRequest::default().method(Method::HEAD).to_http_request();
        assert!(Looker::of(&head, &[], false).anew().is_none());
        let program = TestRequest::get().to_http_request();
        assert!(Looker::of(&program, &[], true).anew().is_none());
    }
}
