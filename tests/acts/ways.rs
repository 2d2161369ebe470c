//! The three ways: the form of a page, a call of the API, a command.

use std::process::Command;

use serde_json::Value;
use ureq::Agent;

use crate::house::Copy;
use crate::{Act, On};

/// What came of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Done,
    /// Refused, by the stable name of why.
    Refused(String),
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

/// Where the acts on a thing are: pages, and calls.
fn places(copy: &Copy<'_>, on: On) -> (String, String) {
    let batch = copy.house.batch.number.get();
    let product = copy.house.batch.intent.product.0;
    match on {
        On::Batch => (format!("/lo-tem/{batch}"), "/api/v1/batches/0001".to_owned()),
        On::Lot => {
            let lot = copy.lot();
            (format!("/lo-san-xuat/{lot}"), format!("/api/v1/lots/{lot}"))
        }
        On::Order(order) => (format!("/don/{order}"), format!("/api/v1/orders/{order}")),
        On::Product => (format!("/san-pham/{product}"), format!("/api/v1/products/{product}")),
        On::Destruction => ("/tieu-huy/1".to_owned(), "/api/v1/destructions/1".to_owned()),
    }
}

fn call(copy: &Copy<'_>, act: &Act, body: &Value) -> (u16, Value) {
    let (_, base) = places(copy, act.on);
    let bearer = &copy.house.person(act.role).bearer;
    let mut answer = agent()
        .post(copy.url(&format!("{base}/{}", act.call.0)))
        .header("Authorization", format!("Bearer {bearer}"))
        .header("Idempotency-Key", format!("{}{}", act.name.replace(' ', "-"), body["preview"]))
        .header("If-Match", "*")
        .header("Accept-Language", "vi")
        .send_json(body)
        .unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap())
}

pub(crate) fn by_api(copy: &Copy<'_>, act: &Act) -> Answer {
    answered(act, call(copy, act, &act.call.1))
}

fn answered(act: &Act, (status, answer): (u16, Value)) -> Answer {
    match status {
        200 | 201 => Answer::Done,
        422 => Answer::Refused("unclear".into()),
        409 => Answer::Refused(answer["reason"].as_str().unwrap().to_owned()),
        _ => panic!("{}: {status} {answer}", act.name),
    }
}

fn post(copy: &Copy<'_>, act: &Act, more: &[(&str, &str)]) -> (u16, String) {
    let session = &copy.house.person(act.role).session;
    let (base, _) = places(copy, act.on);
    let key = session.derived("form");
    let fields = act.page.1.iter().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<(&str, &str)> =
        fields.chain([("khoa", key.as_str())]).chain(more.iter().copied()).collect();
    let mut answer = agent()
        .post(copy.url(&format!("{base}/{}", act.page.0)))
        .header("Cookie", format!("__Host-ocop={}", session.reveal()))
        .header("Accept-Language", "vi")
        .send_form(fields)
        .unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}

/// How many stamps a page offers to move; none where it offers nothing.
fn offered(page: &str) -> Option<String> {
    let (_, after) = page.split_once("name=\"da_xem\" value=\"")?;
    Some(after.split('"').next().unwrap().to_owned())
}

pub(crate) fn by_page(copy: &Copy<'_>, act: &Act) -> Answer {
    let (mut status, mut page) = post(copy, act, &[]);
    if status == 200 {
        let seen = offered(&page).unwrap_or_else(|| panic!("{}: {page}", act.name));
        (status, page) = post(copy, act, &[("da_xem", &seen)]);
    }
    match status {
        303 => Answer::Done,
        // A page says it in words: those of the API.
        422 => {
            let (_, answer) = call(copy, act, &act.call.1);
            let said = answer["detail"].as_str().unwrap_or_default();
            assert!(page.contains(said) && !said.is_empty(), "{}: {answer} {page}", act.name);
            match answer["reason"].as_str() {
                Some(reason) => Answer::Refused(reason.to_owned()),
                None => Answer::Refused("unclear".into()),
            }
        }
        _ => panic!("{}: {status} {page}", act.name),
    }
}

fn run(copy: &Copy<'_>, act: &Act, more: &[&str]) -> (i32, Value) {
    let by = act.role.key();
    let output = Command::new(env!("CARGO_BIN_EXE_ocop"))
        .args(&act.command)
        .args(more)
        .args(["--json", "--by", by, "--database-url"])
        .arg(format!("sqlite:{}", copy.folder.path().join("register.db").display()))
        .current_dir(copy.folder.path())
        .env_clear()
        .output()
        .unwrap();
    let (out, err) = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()).into();
    let code = output.status.code().unwrap();
    let answer = serde_json::from_str(&out);
    (code, answer.unwrap_or_else(|why| panic!("{}: {why}: {out}{err}", act.name)))
}

pub(crate) fn by_command(copy: &Copy<'_>, act: &Act) -> Answer {
    told(act, run(copy, act, &[]))
}

fn told(act: &Act, (code, answer): (i32, Value)) -> Answer {
    match code {
        0 => Answer::Done,
        3 => {
            let reason = answer["reason"].as_str();
            Answer::Refused(reason.unwrap_or_else(|| panic!("{}: {answer}", act.name)).to_owned())
        }
        _ => panic!("{}: {code} {answer}", act.name),
    }
}

/// Whether a page shows what the act would do before it does it. An order is looked at as it is, in the
/// version that is decided on; a batch can be given to another shop again.
pub(crate) fn is_shown_first(act: &Act) -> bool {
    !matches!(act.on, On::Order(_)) && act.call.0 != "assign"
}

/// Why a preview is refused, by every way that has one.
pub(crate) fn refusal_of_preview(copy: &Copy<'_>, act: &Act) -> String {
    let mut body = act.call.1.clone();
    body["preview"] = true.into();
    let api = answered(act, call(copy, act, &body));
    let command = told(act, run(copy, act, &["--preview"]));
    assert_eq!(api, command, "{}", act.name);
    match api {
        Answer::Refused(why) => why,
        Answer::Done => panic!("{}: shown", act.name),
    }
}

pub(crate) fn preview_by_api(copy: &Copy<'_>, act: &Act) -> Value {
    let mut body = act.call.1.clone();
    body["preview"] = true.into();
    let (status, answer) = call(copy, act, &body);
    assert_eq!(status, 200, "{}: {answer}", act.name);
    answer
}

pub(crate) fn preview_by_command(copy: &Copy<'_>, act: &Act) -> Value {
    let (code, answer) = run(copy, act, &["--preview"]);
    assert_eq!(code, 0, "{}: {answer}", act.name);
    answer
}

pub(crate) fn preview_by_page(copy: &Copy<'_>, act: &Act) {
    let (status, page) = post(copy, act, &[]);
    assert_eq!(status, 200, "{}: {page}", act.name);
    assert!(offered(&page).is_some(), "{}: {page}", act.name);
}
