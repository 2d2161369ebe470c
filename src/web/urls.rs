//! Every address of the service, and the links between them.

mod batches;
mod calls;
mod orders;
mod photos;
mod producers;
mod products;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub(super) use self::batches::*;
pub(super) use self::calls::*;
pub(super) use self::orders::*;
pub(super) use self::photos::*;
pub(super) use self::producers::*;
pub(super) use self::products::*;
use crate::code::receipt::Receipt;
use crate::code::text;
use crate::code::uri::{Scanned, ScannedSignature};
use crate::paperwork;
use crate::web::desk::forms::form_page;

/// What is escaped in a file's name.
const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The start page.
pub(super) const START: &str = "/";
/// Where the form leads.
pub(super) const LOOK_UP: &str = "/tra-cuu";
/// The published keys.
pub(super) const KEYS: &str = "/.well-known/ocop-keys.json";
/// Whether the service is well.
pub(super) const HEALTH: &str = "/healthz";
/// For crawlers.
pub(super) const ROBOTS: &str = "/robots.txt";

/// Where the files of a download link are. No stamp's path begins so with as few parts.
pub(super) const DOWNLOADS: &str = "/in";
/// The page of a link, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_PAGE: &str = "/{token}/";
/// The page of a link whose address lost its end, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_PAGE_BARE: &str = "/{token}";
/// The name of the archive of all files, beside them.
pub(in crate::web) const ARCHIVE: &str = "all.zip";
/// [`ARCHIVE`] of a link, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_ALL: &str = "/{token}/all.zip";
/// One file of a link, within [`DOWNLOADS`].
pub(super) const DOWNLOAD_FILE: &str = "/{token}/{file}";

/// Where anybody reports something.
pub(super) const REPORT: &str = "/phan-anh";
/// Where a receipt is typed.
pub(super) const FIND_RECEIPT: &str = "/phan-anh/xem";
/// What became of a report, for who has its receipt.
pub(super) const RECEIPT: &str = "/phan-anh/{receipt}";
/// Erases the contact that was left with a report.
pub(super) const WITHDRAW_CONTACT: &str = "/phan-anh/{receipt}/xoa-lien-he";

/// Where the QR symbol of an official paper leads.
pub(super) const PAPER: &str = "/giay/{token}";

/// The guides.
pub(super) const HELP: &str = "/tro-giup";
/// A guide.
pub(super) const GUIDE: &str = "/tro-giup/{guide}";
/// The guide of who scans a stamp.
pub(super) const SHOPPERS_GUIDE: &str = "/tro-giup/quet-tem";

/// Where one signs in.
pub(super) const SIGN_IN: &str = "/dang-nhap";
/// Where a code of the authenticator app is given.
pub(super) const CODE: &str = "/dang-nhap/ma";
/// Where an authenticator app is set up.
pub(super) const SECOND_FACTOR: &str = "/dang-nhap/ung-dung";
/// Where one's own password is changed.
pub(super) const PASSWORD: &str = "/mat-khau";
/// Where one shows again who one is.
pub(super) const CONFIRM: &str = "/xac-nhan";
/// Where one signs out.
pub(super) const SIGN_OUT: &str = "/dang-xuat";
/// Where an invitation leads.
pub(super) const INVITATION: &str = "/moi/{token}";
const INVITATIONS: &str = "/moi";
/// What waits for who is signed in.
pub(super) const WORK: &str = "/viec";
/// How things stand.
pub(super) const DASHBOARD: &str = "/bang-theo-doi";
/// Recognitions that end before long.
pub(super) const RENEWALS: &str = "/sap-het-han";
/// What was issued against what became of it.
pub(super) const RECONCILIATION: &str = "/doi-soat";
/// What the service runs with.
pub(super) const SETTINGS: &str = "/cai-dat";
/// Stamps that are to be destroyed, by batch.
pub(super) const DESTRUCTIONS: &str = "/tieu-huy";
/// Inspections.
pub(super) const INSPECTIONS: &str = "/kiem-tra";
/// A new inspection.
pub(super) const NEW_INSPECTION: &str = "/kiem-tra/moi";
/// All that the register knows of a stamp.
pub(super) const STAMP_FILE: &str = "/kiem-tra/tem";
/// An inspection.
pub(super) const INSPECTION: &str = "/kiem-tra/{inspection}";
/// Makes the minutes of an inspection.
pub(super) const INSPECTION_PAPERS: &str = "/kiem-tra/{inspection}/giay";
/// Minutes of an inspection.
pub(super) const INSPECTION_PAPER: &str = "/kiem-tra/{inspection}/giay/{paper}";
/// What consumers report.
pub(super) const REPORTS: &str = "/phan-anh-nhan-duoc";
/// One report.
pub(super) const ONE_REPORT: &str = "/phan-anh-nhan-duoc/{report}";
/// Takes a report up.
pub(super) const TAKE_UP_REPORT: &str = "/phan-anh-nhan-duoc/{report}/xem-xet";
/// Notes something on a report.
pub(super) const NOTE_REPORT: &str = "/phan-anh-nhan-duoc/{report}/ghi-chu";
/// Answers a report.
pub(super) const ANSWER_REPORT: &str = "/phan-anh-nhan-duoc/{report}/tra-loi";
/// Closes a report without an answer.
pub(super) const CLOSE_REPORT: &str = "/phan-anh-nhan-duoc/{report}/ket-thuc";
/// Accounts.
pub(super) const ACCOUNTS: &str = "/tai-khoan";
/// Print shops.
pub(super) const SHOPS: &str = "/co-so-in";
/// A print shop.
pub(super) const SHOP: &str = "/co-so-in/{shop}";
/// Funding plans.
pub(super) const PLANS: &str = "/kinh-phi";
/// A funding plan.
pub(super) const PLAN: &str = "/kinh-phi/{plan}";
/// Issuing authorities.
pub(super) const AUTHORITIES: &str = "/co-quan-cap";
/// An issuing authority.
pub(super) const AUTHORITY: &str = "/co-quan-cap/{authority}";
/// The audit trail.
pub(super) const AUDIT: &str = "/nhat-ky";
/// Makes a link by which somebody sets a password.
pub(super) const INVITE: &str = "/tai-khoan/{account}/moi";
/// Forgets the authenticator app of somebody who lost it, and makes a link by which they set a password.
pub(super) const RECOVER_ACCOUNT: &str = "/tai-khoan/{account}/go-ung-dung";
/// Closes an account.
pub(super) const CLOSE_ACCOUNT: &str = "/tai-khoan/{account}/khoa";
/// Opens an account again.
pub(super) const OPEN_ACCOUNT: &str = "/tai-khoan/{account}/mo";

/// One's own tokens of the API.
pub(super) const TOKENS: &str = "/ma-truy-cap";
/// Revokes a token.
pub(super) const REVOKE_TOKEN: &str = "/ma-truy-cap/{api_token}/thu-hoi";

/// The name under which an address says where one comes back to.
pub(super) const RETURN: &str = "tiep";

/// Longest address read; the longest code has under 200 characters.
pub(super) const LENGTH_MAX: usize = 2_000;

/// The part of an address before its secret: that of a download link, an invitation, a paper, a receipt.
fn before_secret(path: &str) -> Option<&'static str> {
    let begins = |with: &&str| path.strip_prefix(with).is_some_and(|rest| rest.starts_with('/'));
    [DOWNLOADS, INVITATIONS, REPORT, paperwork::ADDRESS].into_iter().find(|part| begins(part))
}

/// Whether an address holds a secret.
pub(super) fn is_secret(path: &str) -> bool {
    before_secret(path).is_some()
}

/// An address that leads on to a page of ours.
pub(super) fn with_return(path: &str, page: &str) -> String {
    format!("{path}?{RETURN}={}", utf8_percent_encode(page, NON_ALPHANUMERIC))
}

/// A page of ours that an address names to come back to; anything else is the page of work.
pub(super) fn return_to(page: Option<&str>) -> &str {
    // “//host” and “/\\host” are other hosts to a browser.
    let ours = |page: &&str| {
        let mut letters = page.chars();
        letters.next() == Some('/') && !letters.next().is_some_and(|c| matches!(c, '/' | '\\'))
    };
    page.filter(ours).filter(|page| !page.chars().any(char::is_control)).unwrap_or(WORK)
}

/// A query of those pairs that say something, ready for more to follow.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let said: Vec<_> = pairs.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
    form(&said)
}

/// The fields of a form as a browser sends them.
pub(super) fn form(pairs: &[(&str, &str)]) -> String {
    let said = pairs.iter();
    let escaped = |value| utf8_percent_encode(value, NON_ALPHANUMERIC);
    said.flat_map(|(name, value)| {
        [name.to_string(), "=".into(), escaped(value).to_string(), "&".into()]
    })
    .collect()
}

/// Where all is told of a stamp of a serial.
pub(super) fn stamp_file(serial: &str) -> String {
    format!("{STAMP_FILE}?ma={}", utf8_percent_encode(serial, FILE_NAME))
}

/// Where something about a code is reported.
pub(super) fn report_on(code: &str, chosen: Option<&str>) -> String {
    let query = query(&[("ma", code), ("lang", chosen.unwrap_or_default())]);
    if query.is_empty() {
        REPORT.to_owned()
    } else {
        format!("{REPORT}?{}", query.trim_end_matches('&'))
    }
}

/// What became of the report of a receipt.
pub(super) fn receipt(receipt: Receipt, chosen: Option<&str>) -> String {
    keeping(&format!("{REPORT}/{receipt}"), chosen)
}

/// A new inspection that finds something on a stamp.
pub(super) fn inspection_of(serial: &str) -> String {
    format!("{NEW_INSPECTION}?ma={}", utf8_percent_encode(serial, FILE_NAME))
}

/// The address of one thing, where its pattern names it.
pub(super) fn of(pattern: &str, id: i64) -> String {
    match (pattern.split_once('{'), pattern.split_once('}')) {
        (Some((before, _)), Some((_, after))) => format!("{before}{id}{after}"),
        _ => pattern.to_owned(),
    }
}

/// Where an invitation leads, for its person alone.
pub(super) fn invitation(token: &str) -> String {
    format!("{INVITATIONS}/{token}")
}

/// A path as it may stand in the log.
pub(super) fn for_log(path: &str) -> &str {
    before_secret(path).unwrap_or(path)
}

/// The address of a file among those of a link, from the link's page.
pub(super) fn beside_page(file: &str) -> String {
    utf8_percent_encode(file, FILE_NAME).to_string()
}

/// Whether a path is that of a code: one of the four that are printed on stamps, in any letter case, or
/// one with parts added or lost, which is answered as a code that cannot be read; or a serial alone, as
/// people type it behind the address.
pub(super) fn is_code(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [t, _, ..] if t.eq_ignore_ascii_case("T") => true,
        [serial] => text::read_serial(serial).is_ok(),
        ["01", _, rest @ ..] | [_, "01", _, rest @ ..] => rest.len() > 1 && rest.contains(&"21"),
        _ => false,
    }
}

/// What the reader of a printed path probably meant as its serial.
pub(super) fn serial_part(path: &str) -> &str {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match parts.next() {
        Some(t) if t.trim().eq_ignore_ascii_case("T") => parts.next().unwrap_or_default(),
        _ => parts.next_back().unwrap_or_default(),
    }
}

/// The one address of a code; `None` where its signature was changed.
pub(super) fn of_code(scanned: &Scanned) -> Option<String> {
    let serial = text::serial(scanned.serial);
    let signature = match &scanned.signature {
        ScannedSignature::Absent => None,
        ScannedSignature::Bytes(bytes) => Some(text::signature(bytes)),
        ScannedSignature::Malformed => return None,
    };
    Some(match (scanned.gtin, signature) {
        (None, None) => format!("/T/{serial}"),
        (None, Some(signature)) => format!("/T/{serial}/{signature}"),
        (Some(gtin), None) => format!("/01/{gtin}/21/{serial}"),
        (Some(gtin), Some(signature)) => format!("/{signature}/01/{gtin}/21/{serial}"),
    })
}

/// The address of this page in another language, by its query alone, which stays as it is.
pub(super) fn in_language(tag: &str, query: &str) -> String {
    let is_language = |pair: &&str| *pair == "lang" || pair.starts_with("lang=");
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !is_language(pair));
    let pairs: Vec<&str> = kept.collect();
    let before = if pairs.is_empty() { "" } else { "&" };
    format!("?{}{before}lang={tag}", pairs.join("&"))
}

/// The same page in another language; or where a page answers a form that is sent to an address which
/// cannot be read, the page on which that form stands.
pub(super) fn in_language_at(path: &str, tag: &str, query: &str) -> String {
    let switch = in_language(tag, query);
    let of_receipt = path.strip_suffix(WITHDRAW_CONTACT.trim_start_matches(RECEIPT));
    format!("{}{switch}", form_page(path).or(of_receipt).unwrap_or_default())
}

/// The query of a look-up.
pub(super) fn looking_up(typed: &str) -> String {
    format!("ma={}", utf8_percent_encode(typed, NON_ALPHANUMERIC))
}

/// The address of a guide.
pub(super) fn guide(name: &str) -> String {
    format!("{HELP}/{name}")
}

/// Whether a path is that of a page, or of one below it.
pub(super) fn is_at(path: &str, page: &str) -> bool {
    path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// An address that keeps a language the visitor chose.
pub(super) fn keeping(url: &str, chosen: Option<&str>) -> String {
    chosen.map_or_else(|| url.to_owned(), |tag| format!("{url}?lang={tag}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::desk::table::ENTRIES;

    #[test]
    fn one_comes_back_to_pages_of_ours_alone() {
        for ours in ["/don/7", "/viec", "/don?trang=2"] {
            assert_eq!(return_to(Some(ours)), ours);
        }
        for other in ["", "don", "//x.example", "/\\x.example", "https://x.example/", "/a\r\nb"] {
            assert_eq!(return_to(Some(other)), WORK, "{other:?}");
        }
        assert_eq!(return_to(None), WORK);
    }

    #[test]
    fn only_paths_of_the_printed_shapes_are_codes() {
        for path in ["/T/x", "/t/x/", "/T/x/sig", "/01/1/21/x", "/sig/01/1/21/x", "//T//x"] {
            assert!(is_code(path), "{path}");
        }
        for path in ["/T/x/y/z", "/01/1/10/L/21/x", "/sig/01/1/21/x/11/2", "/ T/x"] {
            assert!(is_code(path), "{path}");
        }
        for path in
            ["/", "/T", "/T/", "/x", "/01/1/21", "/a/b/01/1/21/x", "/02/1/21/x", "/don/01/x"]
        {
            assert!(!is_code(path), "{path}");
        }
    }

    #[test]
    fn a_serial_behind_the_address_is_a_code() {
        for path in ["/000105B6R2NY", "/0001-05B6-R2NY", "/0001-05b6-r2ny/"] {
            assert!(is_code(path), "{path}");
        }
        for path in ["/000105B6R2NZ", "/0001-05B6", "/000105B6R2NY/x", "/favicon.ico"] {
            assert!(!is_code(path), "{path}");
        }
        for entry in ENTRIES {
            assert!(!is_code(entry.path), "{} would be a stamp's", entry.path);
        }
        for path in [HEALTH, ROBOTS, LOOK_UP, KEYS, REPORT] {
            assert!(!is_code(path), "{path} would be a stamp's");
        }
    }

    #[test]
    fn no_address_of_a_download_is_that_of_a_stamp() {
        for path in ["/in/0123", "/in/0123/", "/in/0123/all.zip", "/in/01/21"] {
            assert!(!is_code(path), "{path}");
            assert_eq!(for_log(path), "/in");
        }
        assert!(is_code("/in/01/1/21/x"), "four parts after the first are a stamp's");
        assert_eq!(for_log("/T/x"), "/T/x");
    }

    #[test]
    fn the_serial_is_found_in_every_shape() {
        for path in ["/T/AB", "/t/AB/sig", "/01/1/21/AB", "/sig/01/1/21/AB/"] {
            assert_eq!(serial_part(path), "AB", "{path}");
        }
    }

    #[test]
    fn what_was_asked_for_survives_a_change_of_language() {
        assert_eq!(in_language("en", &looking_up("a&b c")), "?ma=a%26b%20c&lang=en");
        assert_eq!(in_language("vi", ""), "?lang=vi");
        let list = "tim=ch%C3%A8&lang=vi&sap=-ten&trang=2";
        assert_eq!(in_language("en", list), "?tim=ch%C3%A8&sap=-ten&trang=2&lang=en");
    }
}
