//! A print shop fetches its files by a link.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use chrono::{Days, TimeDelta};
use data_encoding::HEXLOWER;
use ocop_stamp::clock::SystemRandom;
use ocop_stamp::domain::calendar::Instant;
use ocop_stamp::domain::download::{DownloadLink, NewDownloadLink};
use ocop_stamp::domain::sheet::Printing;
use ocop_stamp::press::{self, Intent, PrintOrder};
use ocop_stamp::printing::{ErrorCorrection, Layout, LeftOut, Split};
use ocop_stamp::shipping;
use ocop_stamp::store::audit;
use sha2::{Digest, Sha256};
use ureq::Body;
use ureq::http::Response;

use super::desk;
use super::support::{Service, header, spawn_app};

/// A service with a printing and a link to it.
struct Shop {
    app: Service,
    link: DownloadLink,
    /// `/in/<token>/`
    page: String,
    /// The files as they were printed, by name.
    files: BTreeMap<String, Vec<u8>>,
}

fn shop() -> Shop {
    let app = spawn_app(false, false);
    let sheets = app.folder.path().join("sheets");
    let order = PrintOrder {
        batch: app.batch.number,
        layout: Layout::by_name("a4").unwrap().unwrap(),
        design: desk::design_for(&app.store, &app.batch, "sen-25x35"),
        level: ErrorCorrection::M,
        intent: Some(Intent::named("coated").unwrap()),
        split: Split::default(),
        lot: None,
        without: LeftOut::default(),
        out: sheets.clone(),
        office: "Văn phòng Điều phối".into(),
    };
    press::print(&app.store, &order, |_| ()).unwrap();
    let folder = fs::read_dir(sheets.join("0001")).unwrap().map(|entry| entry.unwrap());
    let read = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
    };
    let files: BTreeMap<String, Vec<u8>> = folder.map(read).collect();
    let (link, page) = link(&app, desk::noon(desk::today()), 7);
    Shop { app, link, page, files }
}

/// A link made at a moment, and the path of its page.
fn link(app: &Service, at: Instant, days: i64) -> (DownloadLink, String) {
    let printing = Printing { layout: "a4".into(), design: "sen-25x35".into() };
    let (recipient, expires_at) = ("Xưởng in <Mẫu>".into(), at + TimeDelta::days(days));
    let details = NewDownloadLink { batch: app.batch.number, printing, recipient, expires_at };
    let act = ocop_stamp::domain::act::Act { by: "Trần Thị Mẫu", at };
    let folder = app.folder.path().join("sheets");
    let (made, token) = shipping::link(&app.store, &SystemRandom, &folder, &details, act).unwrap();
    (made, format!("/in/{}/", token.reveal()))
}

impl Shop {
    fn volume(&self) -> (String, &[u8]) {
        let name = "0001-a4-sen-25x35-001.pdf";
        (format!("{}{name}", self.page), &self.files[name])
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> (Response<Body>, Vec<u8>) {
        let mut response = self.app.ask("GET", path, headers);
        let body = response.body_mut().read_to_vec().unwrap();
        (response, body)
    }

    fn audit(&self) -> Vec<String> {
        let link = self.link.id;
        let entries = self.app.store.read(|register| audit::history(register, link)).unwrap();
        entries.iter().map(ToString::to_string).collect()
    }
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[test]
fn the_page_lists_every_file_with_its_sum_and_each_is_the_one_that_was_printed() {
    let shop = shop();
    let (status, page) = shop.app.page(&shop.page);
    assert_eq!(status, 200);
    assert!(page.contains("<h1>Tệp in của lô tem 0001</h1>"), "{page}");
    assert!(page.contains("Dành cho Xưởng in &#60;Mẫu&#62;."), "{page}");
    assert!(page.contains("đến 12:00 ngày 30/11/2026"), "{page}");
    assert!(page.contains("Tờ 1 đến 1, 5 tem"), "{page}");
    assert_eq!(shop.files.len(), 4, "volume, ticket, codes, manifest");
    for (name, bytes) in &shop.files {
        let sum = sha256(bytes);
        assert!(page.contains(&format!("href=\"{name}\"")), "{name}");
        assert!(page.contains(&sum), "{name}");
        let (response, body) = shop.get(&format!("{}{name}", shop.page), &[]);
        assert_eq!(response.status(), 200);
        assert!(body == *bytes, "{name}");
        assert_eq!(header(&response, "etag"), format!("\"{sum}\""));
        assert_eq!(header(&response, "accept-ranges"), "bytes");
        let kept_as = format!("attachment; filename=\"{name}\"");
        assert_eq!(header(&response, "content-disposition"), kept_as);
    }
    assert!(shop.app.page(&format!("{}?lang=en", shop.page)).1.contains("Print files of batch"));
}

#[test]
fn an_address_that_lost_its_end_leads_to_the_page() {
    let shop = shop();
    let response = shop.app.get(shop.page.trim_end_matches('/'));
    assert_eq!((response.status().as_u16(), header(&response, "location")), (308, &*shop.page));
}

#[test]
fn what_a_link_leads_to_is_neither_kept_nor_indexed_nor_told_to_other_sites() {
    let shop = shop();
    let (volume, _) = shop.volume();
    let all = format!("{}all.zip", shop.page);
    for path in [&shop.page, &volume, &all, "/in/0", "/in/0/x"] {
        let response = shop.app.get(path);
        assert_eq!(header(&response, "cache-control"), "private, no-store", "{path}");
        assert_eq!(header(&response, "x-robots-tag"), "noindex", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{path}");
    }
}

#[test]
fn a_download_in_two_parts_gives_the_same_bytes() {
    let shop = shop();
    let (path, bytes) = shop.volume();
    let half = bytes.len() / 2;
    let (first, start) = shop.get(&path, &[("Range", &format!("bytes=0-{}", half - 1))]);
    assert_eq!(first.status(), 206);
    let range = format!("bytes 0-{}/{}", half - 1, bytes.len());
    assert_eq!(header(&first, "content-range"), range);
    let resumed = [("Range", &*format!("bytes={half}-")), ("If-Range", header(&first, "etag"))];
    let (second, end) = shop.get(&path, &resumed);
    assert_eq!(second.status(), 206);
    assert!([start, end].concat() == bytes);
}

#[test]
fn a_download_of_another_file_is_not_carried_on() {
    let shop = shop();
    let (path, bytes) = shop.volume();
    let stale = [("Range", "bytes=100-"), ("If-Range", "\"0123\"")];
    let (whole, body) = shop.get(&path, &stale);
    assert_eq!(whole.status(), 200);
    assert!(body == bytes);
    let (beyond, _) = shop.get(&path, &[("Range", "bytes=999999999-")]);
    assert_eq!(beyond.status(), 416);
    assert_eq!(header(&beyond, "content-range"), format!("bytes */{}", bytes.len()));
    let (known, body) = shop.get(&path, &[("If-None-Match", header(&whole, "etag"))]);
    assert_eq!((known.status().as_u16(), body.len()), (304, 0));
}

#[test]
fn a_head_tells_length_and_sum_and_fetches_nothing() {
    let shop = shop();
    let (path, bytes) = shop.volume();
    let response = shop.app.ask("HEAD", &path, &[]);
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-length"), bytes.len().to_string());
    assert_eq!(header(&response, "etag"), format!("\"{}\"", sha256(bytes)));
    let all = shop.app.ask("HEAD", &format!("{}all.zip", shop.page), &[]);
    assert_eq!(header(&all, "content-type"), "application/zip");
    assert_eq!(shop.audit().len(), 1, "only that the link was made");
}

#[test]
fn the_archive_holds_exactly_the_files_and_is_always_the_same() {
    let shop = shop();
    let all = format!("{}all.zip", shop.page);
    let (response, bytes) = shop.get(&all, &[]);
    let kept_as = "attachment; filename=\"0001-a4-sen-25x35.zip\"";
    assert_eq!(header(&response, "content-disposition"), kept_as);
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut found = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        found.insert(file.name().unwrap().into_owned(), content);
    }
    assert!(found == shop.files);
    assert!(shop.get(&all, &[]).1 == bytes);
}

#[test]
fn a_link_that_is_wrong_ended_or_withdrawn_opens_nothing_alike() {
    let shop = shop();
    let week_ago = desk::noon(desk::today() - Days::new(7));
    let (_, expired) = link(&shop.app, week_ago, 7);
    let (withdrawn, revoked) = link(&shop.app, desk::noon(desk::today()), 7);
    shipping::unlink(&shop.app.store, withdrawn.id, desk::act()).unwrap();
    let unknown = format!("/in/{}/", "0".repeat(32));
    let mut pages = Vec::new();
    for page in
        [unknown, expired, revoked, "/in/x/".into(), shop.page.to_uppercase().replace("IN", "in")]
    {
        for path in [page.clone(), format!("{page}all.zip"), format!("{page}x.pdf")] {
            let (status, text) = shop.app.page(&path);
            assert_eq!(status, 404, "{path}");
            pages.push(text);
        }
    }
    assert!(pages[0].contains("<h1>Liên kết không mở được</h1>"), "{}", pages[0]);
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[test]
fn nothing_but_files_of_the_printing_can_be_fetched() {
    let shop = shop();
    fs::write(shop.app.folder.path().join("sheets/0001/secret.pdf"), "x").unwrap();
    let names = [
        "secret.pdf",
        "0001-a4-sen-25x35-002.pdf",
        "..%2F..%2Fregister.db",
        "%2e%2e%2f%2e%2e%2fregister.db",
        "..%5C..%5Cregister.db",
        "..",
        "%2Fetc%2Fpasswd",
        "0001-a4-sen-25x35-001.pdf%00",
        "./0001-a4-sen-25x35-001.pdf/..",
    ];
    for name in names {
        let (response, body) = shop.get(&format!("{}{name}", shop.page), &[]);
        assert_eq!(response.status(), 404, "{name}");
        assert!(!body.starts_with(b"SQLite") && body != b"x", "{name}");
    }
}

#[test]
fn a_file_that_was_changed_is_not_given_out() {
    let shop = shop();
    let (path, bytes) = shop.volume();
    let file = shop.app.folder.path().join("sheets/0001/0001-a4-sen-25x35-001.pdf");
    fs::write(file, &bytes[1..]).unwrap();
    let (response, page) = shop.get(&path, &[]);
    assert_eq!(response.status(), 500);
    let page = String::from_utf8(page).unwrap();
    assert!(!page.contains("sheets/"), "no path of ours is told: {page}");
}

#[test]
fn every_download_is_noted_once_for_whom_it_was_and_not_from_where() {
    let shop = shop();
    let (path, _) = shop.volume();
    shop.get(&path, &[]);
    shop.get(&path, &[("Range", "bytes=100-")]);
    shop.get(&format!("{}all.zip", shop.page), &[]);
    let noted = shop.audit();
    assert_eq!(
        noted[1..],
        ["download.file: file: 0001-a4-sen-25x35-001.pdf", "download.file: file: all.zip"]
    );
    assert!(!noted.iter().any(|said| said.contains("127.0.0.1")));
}
