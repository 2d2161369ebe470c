use std::collections::BTreeSet;

use super::json::VerdictJson;
use super::{error, samples, start, verdict};
use crate::domain::language::Language;
use crate::domain::verdict::{Headline, Verdict};
use crate::web::assets;
use crate::web::error::Error;
use crate::web::extract::Visitor;
use crate::web::words::Words;

const LANGUAGES: [Language; 2] = [Language::Vietnamese, Language::English];
const CONTACT: Option<&str> = Some("024 0000 0000");

fn visitor(language: Language) -> Visitor {
    Visitor { words: Words::of(language), chosen: Some(language.tag()), wants_json: false }
}

fn page(language: Language, of: &Verdict) -> String {
    verdict(visitor(language), of, "AB12-CD34", false, CONTACT).unwrap()
}

fn json(language: Language, of: &Verdict) -> String {
    serde_json::to_string_pretty(&VerdictJson::new(Words::of(language), of)).unwrap()
}

fn errors() -> [Error; 5] {
    [
        Error::NotFound,
        Error::MethodNotAllowed("GET, HEAD".into()),
        Error::BadQuery("missing field".into()),
        Error::TooLong,
        Error::Internal("broken", "the cause".into()),
    ]
}

/// Everything the service can show, by name.
fn everything() -> Vec<(String, String)> {
    let mut shown = vec![];
    for language in LANGUAGES {
        let tag = language.tag();
        for (name, sample) in samples::all() {
            shown.push((format!("{name}-{tag}.html"), page(language, &sample)));
            shown.push((format!("{name}-{tag}.json"), json(language, &sample)));
        }
        shown.push((format!("start-{tag}.html"), start(visitor(language), CONTACT).unwrap()));
        for failure in errors() {
            let page = error(visitor(language), &failure, "/", CONTACT).unwrap();
            shown.push((format!("error-{}-{tag}.html", failure.key()), page));
        }
    }
    shown
}

#[test]
fn every_headline_has_a_sample() {
    let samples = samples::all();
    for (headline, (name, sample)) in Headline::ALL.into_iter().zip(samples) {
        assert_eq!((headline.key(), headline), (name, sample.headline()));
    }
}

#[test]
fn every_page_is_the_same_each_time_and_says_all_it_should() {
    let keys = messages("vi").into_keys().collect::<Vec<_>>();
    for ((name, page), (_, again)) in everything().into_iter().zip(everything()) {
        assert_eq!(page, again, "{name}");
        assert!(!page.contains("%{"), "{name}: a place was not filled");
        for key in &keys {
            let bare = [format!(">{key}<"), format!("\"{key}\"")];
            let missing = key.contains('.') && bare.iter().any(|key| page.contains(key));
            assert!(!missing, "{name}: no text for {key}");
        }
    }
}

#[test]
fn nothing_ever_passes_judgement_on_the_goods() {
    for (name, page) in everything() {
        let page = page.to_lowercase();
        for word in
            ["hàng thật", "hàng giả", "hàng nhái", "genuine", "fake", "counterfeit", "authentic"]
        {
            assert!(!page.contains(word), "{name} says “{word}”");
        }
    }
}

fn messages(locale: &str) -> std::collections::BTreeMap<String, String> {
    let messages = crate::_rust_i18n_backend().messages_for_locale(locale).unwrap();
    messages.into_iter().map(|(key, text)| (key.into_owned(), text.into_owned())).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (vietnamese, english) = (messages("vi"), messages("en"));
    assert!(vietnamese.keys().eq(english.keys()));
    for (key, text) in &vietnamese {
        assert_eq!(
            places(text),
            places(&english[key]).union(&places(text)).cloned().collect(),
            "{key}"
        );
    }
}

fn places(text: &str) -> BTreeSet<String> {
    let starts = text.split("%{").skip(1);
    starts.map(|rest| rest.split('}').next().unwrap().to_owned()).collect()
}

#[test]
fn a_page_with_its_style_weighs_at_most_20_kilobytes() {
    for (name, page) in everything() {
        let bytes = page.len() + assets::STYLESHEET.bytes.len() + assets::ICON.bytes.len();
        assert!(bytes <= 20 * 1024, "{name}: {bytes} bytes");
    }
}

#[test]
fn no_page_needs_script_or_strangers() {
    for (name, page) in everything().into_iter().filter(|(name, _)| name.ends_with("html")) {
        for banned in ["<script", "style=", "http://", "https://", "onclick"] {
            let allowed = banned == "http://" && page.contains("http://www.w3.org");
            assert!(allowed || !page.contains(banned), "{name}: {banned}");
        }
    }
}

#[test]
fn names_are_shown_as_text_whatever_is_in_them() {
    let samples = samples::all();
    let (_, sample) = samples.iter().find(|(name, _)| *name == "markup_in_names").unwrap();
    let page = page(Language::Vietnamese, sample);
    assert!(
        page.contains("&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;Mẫu&#34;"),
        "{page}"
    );
}

#[test]
fn a_consumer_reads_what_the_office_wants_to_say() {
    let vietnamese = |name: &str| {
        let found = samples::all().into_iter().find(|(of, _)| *of == name).unwrap();
        page(Language::Vietnamese, &found.1)
    };
    let said = [
        ("valid", "Sản phẩm được công nhận OCOP 5 sao, có giá trị đến 20/08/2028."),
        ("valid", "Đây là lần đầu tiên mã này được quét."),
        ("valid", "Chưa có ảnh"),
        ("valid", "Chưa cung cấp"),
        ("expired", "đã hết hiệu lực từ 02/11/2026."),
        ("expired", "Tem được kích hoạt ngày 20/10/2026, khi Giấy chứng nhận còn hiệu lực."),
        ("suspended", "đang bị tạm đình chỉ từ 15/09/2026."),
        ("revoked", "theo Quyết định số 3763/QĐ-UBND ngày 05/10/2026."),
        ("recalled", "thuộc lô L2026-10A. Liên hệ HTX Mẫu Thử Nghiệm A, điện thoại 024 0000 0000,"),
        ("recalled_without_phone", "Liên hệ HTX Mẫu Thử Nghiệm A để được hướng dẫn."),
        ("seen_often", "đã được quét 2.000 lần, lần đầu lúc 01:30 ngày 02/11/2026."),
        ("stars_changed", "<h1>Tem in 5 sao, sản phẩm nay 4 sao</h1>"),
        (
            "stars_changed",
            "hiện chỉ được công nhận 4 sao, theo Quyết định số 0001/QĐ-UBND ngày 05/10/2026.",
        ),
        ("too_few_stars", "Hạng này không được sử dụng nhãn hiệu OCOP."),
        (
            "revoked_later",
            "theo Quyết định số 3763/QĐ-UBND ngày 20/11/2026, có hiệu lực từ 28/11/2026.",
        ),
        ("revoked_unsigned", "thu hồi từ ngày 28/11/2026 theo Quyết định số 3763/QĐ-UBND."),
        ("past_date", "thuộc lô L2026-10A chỉ được sử dụng đến hết ngày 10/11/2026"),
        ("not_yet", "số 0000/QĐ-UBND ngày 20/11/2026 có hiệu lực từ 28/11/2026."),
        ("not_yet", "4 sao · Chưa có hiệu lực"),
        ("unsigned", "Hãy quét mã QR trên tem"),
        ("keyboard", "Hãy tắt bộ gõ tiếng Việt (Telex, VNI)"),
        ("keyboard", "value=\"1A6A-MFCC-K0VV\""),
        ("keyboard_alone", "value=\"AB12-CD34\""),
        ("renamed", "<h2 class=\"name\">Miến dong mẫu thử nghiệm</h2>"),
        ("renamed", "nay là Miến dong mẫu tên mới"),
        ("renamed", "HTX Mẫu Thử Nghiệm A – nay là HTX Mẫu Tên Mới"),
        ("renamed", "Miến dong mẫu theo quyết định"),
        ("many_concerns", "<li>Hết thời hạn công nhận OCOP</li>"),
        ("many_concerns", "Đã bị thu hồi Giấy chứng nhận"),
        ("many_concerns", "Hết thời hạn công nhận OCOP"),
        ("mistyped", "value=\"AB12-CD34\""),
        ("expired", "4 sao · Hết hiệu lực"),
        ("recalled", "href=\"tel:02400000000\""),
        ("unknown", "1A6A-MFCC-K0VV"),
    ];
    for (name, text) in said {
        assert!(vietnamese(name).contains(text), "{name} does not say “{text}”");
    }
}

#[test]
fn the_pages_look_as_they_did() {
    let kept = ["valid-vi.html", "recalled-en.html", "mistyped-vi.html", "error-not_found-vi.html"];
    let kept_json = ["valid-vi.json", "many_concerns-en.json", "unknown-vi.json"];
    for (name, shown) in everything() {
        if kept.contains(&&*name) || kept_json.contains(&&*name) {
            // The style's address changes with the style.
            let shown = shown.replace(&assets::STYLESHEET.url, "/static/HASH/ocop.css");
            insta::assert_snapshot!(name, shown);
        }
    }
}
