//! Thousands of ways to write codes right and wrong, over HTTP: the look-up form and the printed address
//! answer as `code-format-1-forms.json` says, which another implementation wrote.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use ocop_stamp::accounting::{self, Said, Selection, StampError, moves};
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::batch::{Batch, Face, Intent, Profile};
use ocop_stamp::domain::serial::{BatchNumber, Serial};
use ocop_stamp::domain::stamp::{SignatureBytes, StampMove};
use ocop_stamp::signing::Keyring;
use ocop_stamp::store::{Store, batches, recognitions, stamps};

use super::desk;
use super::forms::{Code, Form, matrix};
use super::support::{Service, Settings, header, serve};

/// Browsers send these escaped; all else that is ASCII goes as it is.
const ESCAPED_IN_PATHS: &str = " \"<>`{}|\\^[]";

#[test]
fn every_form_is_answered_over_http_as_the_vectors_say() {
    let matrix = matrix();
    let app = register(&matrix.codes, &matrix.jwks.to_string());
    let mut disagreements = Vec::new();
    let mut asked_by_path = 0;
    for form in &matrix.forms {
        let mut said = vec![("form", by_form(&app, &form.text))];
        if let Some(path) = path_of(&form.text, &matrix.host) {
            asked_by_path += 1;
            said.push(("path", headline(&app, &path)));
        }
        for (how, headline) in said {
            if headline != form.online {
                let Form { what, text, online, .. } = form;
                disagreements
                    .push(format!("{what}: {text:?} by {how} is {headline}, not {online}"));
            }
        }
    }
    let (all, wrong) = (matrix.forms.len(), disagreements.len());
    assert!(wrong == 0, "{wrong} of {all} forms:\n{}", disagreements.join("\n"));
    assert!(asked_by_path > 1_000, "{asked_by_path}");
}

/// What a scan finds right, an act takes, and nothing else: one comparison decides both. Acts look at the
/// host too, as what is held in hand was printed with it.
#[test]
fn an_act_takes_exactly_the_codes_that_a_scan_finds_right() {
    let matrix = matrix();
    let app = register(&matrix.codes, &matrix.jwks.to_string());
    let (mut disagreements, mut foreign) = (Vec::new(), 0);
    for Form { what, text, online, .. } in &matrix.forms {
        let taken = taken(&app, text);
        if taken == "foreign_host" {
            foreign += 1;
            continue;
        }
        let agree = match &**online {
            "valid" | "unsigned" => taken == "moved",
            "mistyped" => taken == "unreadable",
            // Of stamps that there are; what is not in the register has no signature to compare.
            "wrong_signature" => taken == "wrong_signature" || taken == "never_issued",
            _ => taken == "never_issued",
        };
        if !agree {
            disagreements.push(format!("{what}: {text:?} is {online}, and an act says {taken}"));
        }
    }
    let (all, wrong) = (matrix.forms.len(), disagreements.len());
    assert!(wrong == 0, "{wrong} of {all} forms:\n{}", disagreements.join("\n"));
    assert!(foreign < all / 4, "{foreign} of {all}");
}

/// What becomes of a code that is to be cancelled: every stamp here is on goods.
fn taken(app: &Service, text: &str) -> String {
    let texts = [text.to_owned()];
    let batch = accounting::batch_of(&texts).unwrap_or_else(|| BatchNumber::new(1).unwrap());
    let said = Said { codes: Some(texts.into()), ..Said::default() };
    let selection = said.read(batch).unwrap();
    let look = |register: &mut _| moves::look(register, &selection, StampMove::Cancel);
    match app.store.read(look) {
        Ok((found, _)) if found.moved == 1 => "moved".to_owned(),
        Ok((found, _)) => found.items[0].why.key().to_owned(),
        // A batch that was never issued.
        Err(StampError::NoBatch(_)) => "never_issued".to_owned(),
        Err(other) => other.to_string(),
    }
}

/// What the look-up form leads to.
fn by_form(app: &Service, text: &str) -> String {
    let mut query = String::from("/tra-cuu?ma=");
    for byte in text.bytes() {
        let _ = write!(query, "%{byte:02X}");
    }
    let response = app.ask("GET", &query, &[("Accept", "application/json")]);
    match response.status().as_u16() {
        303 => headline(app, header(&response, "location")),
        _ => headline(app, &query),
    }
}

fn headline(app: &Service, path: &str) -> String {
    let mut response = app.ask("GET", path, &[("Accept", "application/json")]);
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_string().unwrap();
    let body: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
    match body["headline"].as_str() {
        Some(headline) => headline.to_owned(),
        // No code, and no page either: who sent it there is told so, on a page to type one.
        None if status == 404 => "mistyped".into(),
        None => format!("{status} {body}"),
    }
}

/// What a browser asks for, where a text is an address of ours and nothing else.
fn path_of(text: &str, host: &str) -> Option<String> {
    let start = format!("https://{host}/");
    let is_ours = text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(&start));
    // The start page is an answer of its own.
    if !is_ours || text.len() == start.len() || text.chars().any(char::is_control) {
        return None;
    }
    let path = text.get(start.len() - 1..)?.split('#').next()?;
    let mut escaped = String::new();
    for c in path.chars() {
        if c.is_ascii() && !ESCAPED_IN_PATHS.contains(c) {
            escaped.push(c);
            continue;
        }
        for byte in c.to_string().bytes() {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    Some(escaped)
}

/// A register with these codes, every stamp on goods.
fn register(codes: &[Code], jwks: &str) -> Service {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("register.db").display());
    let store = Store::open_or_create(&url).unwrap();
    let issued: Vec<_> = codes.iter().map(|code| issue(&store, code)).collect();
    let keyring = Keyring::from_jwks(jwks).unwrap();
    let (batch, stamp) = issued.into_iter().next().unwrap();
    let settings = Settings { keyring, lookups_may_block: false, https_only: false };
    serve(folder, store, (batch, vec![stamp]), settings)
}

fn issue(store: &Store, code: &Code) -> (Batch, (Serial, SignatureBytes)) {
    let gtin = code.gtin.as_ref().map(|gtin| gtin.parse().unwrap());
    // One GTIN is of one product.
    let name = match &code.gtin {
        Some(gtin) => format!("Sản phẩm mẫu {gtin}"),
        None => format!("Sản phẩm mẫu {} {}", code.batch, code.item),
    };
    let product = desk::enter(store, &AnnexEntry { gtin, ..desk::entry(&name) });
    let order = desk::approved(store, &desk::self_paid(product, 1));
    let recognitions = store.read(|it| recognitions::of_product(it, product)).unwrap();
    let intent = Intent {
        order,
        product,
        recognition: recognitions[0].id,
        quantity: ocop_stamp::domain::order::Quantity::new(1).unwrap(),
        key_id: code.key.clone(),
        seed: desk::SEED,
        face: Face {
            host: "verify.example.vn".into(),
            profile: Profile::from_key(&code.profile).unwrap(),
            gtin,
            product_name: name,
            producer_name: "Công ty TNHH Gốm sứ Quang Vinh".into(),
            stars: recognitions[0].paper.stars,
            commune: None,
        },
    };
    let signature: SignatureBytes =
        HEXLOWER.decode(code.signature.as_bytes()).unwrap().try_into().unwrap();
    let at = desk::noon(desk::today());
    let (batch, serial) = store
        .write(|it| {
            let batch = batches::insert(it, &intent, at)?.unwrap();
            assert_eq!(batch.number.get(), code.batch);
            let serial = batch.number.serial(code.item).unwrap();
            stamps::insert(it, &[serial], &[signature])?;
            batches::set_issued(it, batch.number, at)?;
            Ok::<_, ocop_stamp::store::StoreError>((batch, serial))
        })
        .unwrap();
    desk::put_on_goods(store, &Selection::Batch(batch.number), "L1");
    (batch, (serial, signature))
}
