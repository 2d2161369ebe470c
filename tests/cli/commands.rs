//! The commands one by one, and their exit codes: 0 done, 2 usage, 3 refused.

use std::path::Path;

use ocop_stamp::clock::{Clock, SystemClock};
use ocop_stamp::domain::calendar::vietnam_day;

use crate::program::{folder, ocop, ocop_set, ocop_with, unread};

const ANNEX: &str = "Chủ thể;Sản phẩm;Nhóm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký\n\
    HTX Mẫu;Trà mẫu;2;4;MẪU/QĐ-UBND;UBND thành phố Hà Nội;05/02/2026\n";

/// A register with one product and a key.
pub(crate) fn office(folder: &Path) {
    assert_eq!(ocop(folder, "migrate").code, 0);
    assert_eq!(ocop(folder, "key new").code, 0);
    std::fs::write(folder.join("a.csv"), ANNEX).unwrap();
    assert_eq!(ocop(folder, "import a.csv").code, 0);
}

/// Takes the design that sheets usually have to its approval, by two people.
pub(crate) fn approve_design(folder: &Path) {
    let add = ["design", "add", "sen-25x35", "--granted-by", "Văn phòng Mẫu", "--basis", "58/QĐ"];
    for (by, command) in [
        ("Trần Thị Mẫu", &add[..]),
        ("Trần Thị Mẫu", &["design", "submit", "sen-25x35"]),
        ("Lê Văn Duyệt", &["design", "approve", "sen-25x35"]),
    ] {
        let done = ocop_with(folder, &[command, &["--by", by]].concat());
        assert_eq!(done.code, 0, "{}", done.err);
    }
}

#[test]
fn a_destruction_is_confirmed_by_somebody_who_is_named_and_did_not_record_it() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    for command in [
        "order place --product 1 --stamps 3 --self-paid",
        "order submit 1",
        "order approve 1 --by duyet",
        "issue 1",
        "stamp printed --batch 0001 --all",
    ] {
        let done = ocop(folder, command);
        assert_eq!(done.code, 0, "{command}: {}", done.err);
    }
    let first = ocop(folder, "--json destruction list 0001").json();
    assert_eq!(first["destructions"].as_array().unwrap().len(), 0);
    let spoil = ocop(folder, "stamp spoil --batch 0001 --all --reason rách");
    assert_eq!(spoil.code, 0, "{}", spoil.err);
    let today = vietnam_day(SystemClock.now()).format("%d/%m/%Y").to_string();
    let said = "destruction record 0001 --minutes 1 --place Kho --witnesses Chứng --reason rách";
    let said: Vec<&str> = said.split(' ').chain(["--on", &today]).collect();
    let unsaid = ocop_with(folder, &said);
    assert_eq!(unsaid.code, 2, "how many, or all of them, is said: {}", unsaid.err);
    let other = ocop_with(folder, &[&said[..], &["--count", "4"]].concat());
    assert_eq!(other.code, 3, "{}", other.err);
    let said = [&said[..], &["--count", "3"]].concat();
    // The same name, with its marks written on their own.
    let apart = ["--by", "Tra\u{302}\u{300}n Thi\u{323} Ma\u{302}\u{303}u"];
    let recorded = ocop_with(folder, &[&said[..], &apart].concat());
    assert_eq!(recorded.code, 0, "{}", recorded.err);
    let nobody = ocop(folder, "destruction confirm 1");
    assert_eq!(nobody.code, 3);
    assert!(nobody.err.contains("--by NAME"), "{}", nobody.err);
    let confirm = |by| ocop_with(folder, &["destruction", "confirm", "1", "--by", by]);
    assert_eq!(confirm("trần thị mẫu").code, 3, "whoever recorded it");
    assert_eq!(confirm(" ").code, 2);
    assert_eq!(confirm("Lê Văn Duyệt").code, 0);
}

#[test]
fn the_tour_from_an_empty_folder_to_an_activated_stamp() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    let product = ocop(folder, "--json product list tra mau").json();
    assert_eq!(product["products"][0]["name"], "Trà mẫu");
    let place = "--json order place --product 1 --stamps 3 --self-paid --key k";
    let order = ocop(folder, place).json();
    assert_eq!(order["state"], "draft");
    assert_eq!(ocop(folder, place).json(), order, "asked twice under one key, ordered once");
    assert_eq!(ocop(folder, "order submit 1").code, 0);
    assert_eq!(ocop(folder, "order approve 1 --by duyet").code, 0);
    let batch = ocop(folder, "--json issue 1").json();
    assert_eq!((&batch["batch"], &batch["stamps"]), (&"0001".into(), &3.into()));
    assert_eq!(ocop(folder, "--json issue 1").json(), batch, "issued once");
    approve_design(folder);
    let sheet = ocop(folder, "--json sheet 0001 --out prints").json();
    assert_eq!(sheet["volumes"][0]["stamps"], 3);
    let printed = ocop(folder, "--json stamp printed --batch 0001 --all").json();
    assert_eq!(printed["moved"], 3);
    let handed = ocop(folder, "--json stamp hand-over --batch 0001 --all").json();
    assert_eq!(handed["moved"], 3);
    let activate = "--json stamp activate --batch 0001 --sheet 1 --lot L1 --made-on 01/11/2026";
    assert_eq!(ocop(folder, activate).json()["moved"], 3);
    assert_eq!(ocop(folder, activate).json()["already"], 3, "repeating changes nothing");
    let first = sheet["volumes"][0]["first_serial"].as_str().unwrap();
    let cancel = ocop(folder, &format!("--json stamp cancel {first} --reason thử"));
    assert_eq!(cancel.json()["moved"], 1);
    let tally = ocop(folder, "--json stamp tally 0001").json();
    assert_eq!((&tally["activated"], &tally["cancelled"]), (&2.into(), &1.into()));
}

#[test]
fn refusals_exit_with_3_and_say_what_to_do() {
    let folder = folder();
    let folder = folder.path();
    let missing = ocop(folder, "order list");
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("ocop migrate"), "{}", missing.err);
    office(folder);
    let plan = ["order", "place", "--product", "1", "--stamps", "2001", "--plan", "KH 249/2021"];
    let over = ocop_with(folder, &plan);
    assert_eq!(over.code, 3);
    assert!(over.err.contains("2000 more stamps"), "{}", over.err);
    assert_eq!(ocop(folder, "issue 7").code, 3);
    assert_eq!(ocop(folder, "verify 0001-0000-000d").code, 3);
    let error = ocop(folder, "--json sheet 0009");
    assert_eq!(error.code, 3);
    assert!(error.out.starts_with(r#"{"error":"refused""#), "{}", error.out);
}

#[test]
fn a_serial_that_a_vietnamese_keyboard_spoilt_is_told_with_those_that_were_meant() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    let typed = ocop(folder, "verify 0002-0ÁPC-AV95");
    assert_eq!(typed.code, 3);
    assert!(typed.err.contains("turn the Vietnamese keyboard"), "{}", typed.err);
    assert!(typed.err.contains("perhaps 0002-0APC-AV95 was meant"), "{}", typed.err);
    let told = |arguments| -> serde_json::Value {
        serde_json::from_str(&ocop(folder, arguments).out).unwrap()
    };
    let typed = told("--json verify 0002-0ÁPC-AV95");
    assert_eq!(typed["suggestions"], serde_json::json!(["0002-0APC-AV95"]), "{typed}");
    let hopeless = ocop(folder, "verify 0002-ÁÁÁÁ-AV95");
    assert!(!hopeless.err.contains("perhaps"), "{}", hopeless.err);
    let wrong = told("--json verify 0002-0APC-AV96");
    assert_eq!(wrong["suggestions"], serde_json::json!([]), "{wrong}");
}

#[test]
fn whoever_has_read_enough_of_an_answer_ends_nothing_else() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    for arguments in ["product list", "--json product list", "key publish"] {
        let answer = unread(folder, arguments);
        assert_eq!((answer.code, &*answer.err), (0, ""), "{arguments}");
    }
    assert_eq!(unread(folder, "--json product show 99").code, 3);
}

#[test]
fn wrong_usage_exits_with_2() {
    let folder = folder();
    assert_eq!(ocop(folder.path(), "order place --product 1 --stamps 5").code, 2);
    assert_eq!(ocop(folder.path(), "print").code, 2);
}

#[test]
fn a_suspended_product_gets_no_stamps_until_it_is_reinstated() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    let suspend = ["product", "suspend", "1", "--decision", "58", "--reason", "Kiểm tra"];
    let suspended = ocop_with(folder, &suspend);
    assert!(suspended.out.contains("Tạm đình chỉ từ"), "{}{}", suspended.out, suspended.err);
    let place = "order place --product 1 --stamps 5 --self-paid";
    let refused = ocop(folder, place);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("suspended"), "{}", refused.err);
    assert_eq!(ocop(folder, "product reinstate 1").code, 3, "nobody says why");
    assert_eq!(ocop(folder, "product reinstate 1 --reason Đạt").code, 0);
    assert_eq!(ocop(folder, place).code, 0);
}

#[test]
fn an_annex_with_errors_names_row_and_column_and_imports_the_rest() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    let rows = format!("{ANNEX}HTX Mẫu;Chè mẫu;9;4;MẪU/QĐ-UBND;UBND thành phố Hà Nội;05/02/2026\n");
    std::fs::write(folder.join("b.csv"), rows.replace("Trà mẫu", "Mật mẫu")).unwrap();
    let checked = ocop(folder, "import --check b.csv");
    assert_eq!(checked.code, 3);
    assert!(checked.out.contains("ô C3, dòng 3, cột “Nhóm” (“9”)"), "{}", checked.out);
    assert!(ocop(folder, "product list mat mau").out.is_empty(), "--check imports nothing");
    let imported = ocop(folder, "import b.csv");
    assert_eq!(imported.code, 3);
    assert!(imported.out.contains("1 new"), "{}", imported.out);
    assert!(ocop(folder, "product list mat mau").out.contains("Mật mẫu – HTX Mẫu"));
}

#[test]
fn print_files_are_checked_without_a_register() {
    let folder = folder();
    let folder = folder.path();
    let sheets = ocop(folder, "demo --dir d --stamps 3 --no-serve --json").json();
    let pdf = sheets["pdf"][0].as_str().unwrap();
    let clean = ocop(folder, &format!("--json preflight {pdf}"));
    assert_eq!(clean.json()["files"][0]["pages"], 1, "{}", clean.out);
    assert_eq!(clean.json()["files"][0]["warnings"], 0, "{}", clean.out);
    let refused = ocop(folder, &format!("preflight --standard x1a {pdf}"));
    assert_eq!(refused.code, 3);
    assert!(refused.out.contains("error   layers.forbidden"), "{}", refused.out);
    std::fs::write(folder.join("a.csv"), ANNEX).unwrap();
    let unreadable = ocop(folder, &format!("--json preflight a.csv {pdf}"));
    assert_eq!(unreadable.code, 1);
    let answer: serde_json::Value = serde_json::from_str(&unreadable.out).unwrap();
    assert!(answer["files"][0]["error"].as_str().unwrap().starts_with("not a PDF file"));
    assert_eq!(answer["files"][1]["errors"], 0);
}

#[test]
fn every_command_has_help() {
    let folder = folder();
    let help = ocop(folder.path(), "--help").out;
    for command in
        "demo serve migrate key import product order issue sheet inspect-scan stamp lot verify \
         preflight"
            .split(' ')
    {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        let own = ocop(folder.path(), &format!("{command} --help"));
        assert!(own.code == 0 && own.out.contains("Usage: ocop"), "{command}");
    }
}

#[test]
fn a_token_is_shown_once_and_none_that_may_decide_is_made_here() {
    let folder = folder();
    let folder = folder.path();
    assert_eq!(ocop(folder, "migrate").code, 0);
    for (login, role) in [("lan", "officer"), ("hoa", "approver")] {
        let add = ["account", "add", login, "--name", "Nguyễn Thị", "--role", role];
        assert_eq!(ocop_with(folder, &add).code, 0);
    }
    let made = ocop(folder, "--json account token new lan --name kho --read-only").json();
    assert!(made["token"].as_str().unwrap().starts_with("ocop_"), "{made}");
    let listed = ocop(folder, "--json account token list lan").json();
    assert_eq!(listed["tokens"][0]["name"], "kho");
    assert!(listed["tokens"][0]["token"].is_null(), "{listed}");
    let deciding = "account token new hoa --name x --right approve_orders --days 1";
    assert_eq!(ocop(folder, deciding).code, 3);
    assert_eq!(ocop(folder, "account token revoke lan 1").code, 0);
    let listed = ocop(folder, "--json account token list lan").json();
    assert!(listed["tokens"][0]["revoked_at"].is_string(), "{listed}");
}

#[test]
fn papers_are_made_listed_and_saved_and_inspections_recorded_once() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    assert_eq!(ocop(folder, "order place --product 1 --stamps 3 --self-paid").code, 0);
    let made = ocop(folder, "--json paper make --order 1").json();
    assert_eq!(made["reference"], "1/PĐN-OCOP");
    let listed = ocop(folder, "--json paper list --order 1").json();
    assert_eq!(listed["papers"].as_array().unwrap().len(), 1);
    assert_eq!(ocop(folder, "paper save 1 --order 1 --to slip.pdf").code, 0);
    assert!(std::fs::read(folder.join("slip.pdf")).unwrap().starts_with(b"%PDF"));
    assert_eq!(ocop(folder, "paper save 2 --order 1").code, 3);
    assert_eq!(ocop(folder, "paper list").code, 2, "of what?");
    let add = "--json inspection add --on 20/03/2026 --commune Mẫu --place chợ --inspected Quầy \
               --team Soát --key k";
    let one = ocop(folder, add).json();
    assert_eq!(ocop(folder, add).json(), one, "the same key is the same inspection");
    let odd = format!("{add} --finding rách:0001");
    assert_eq!(ocop(folder, &odd).code, 3);
    let found = ocop(folder, "--json inspection list quay").json();
    assert_eq!(found["inspections"], serde_json::json!([one]));
}

#[test]
fn codes_are_issued_only_for_a_host_that_can_be_printed() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    for command in [
        "order place --product 1 --stamps 3 --self-paid",
        "order submit 1",
        "order approve 1 --by b",
    ] {
        assert_eq!(ocop(folder, command).code, 0, "{command}");
    }
    for host in ["https://tem.vn", "", "tem hanoi", "tem.vn/", "HàNộI.VN", "localhost", "10.0.0.1"]
    {
        let refused = ocop_set(folder, ("OCOP_STAMPS_HOST", host), "issue 1");
        assert_ne!(refused.code, 0, "{host}");
        let told = refused.err.to_lowercase();
        assert!(told.contains("stamps.host"), "{host}: {told}");
    }
    for host in ["verify.example.vn", "tem.test", "may.local"] {
        let refused = ocop_set(folder, ("OCOP_STAMPS_HOST", host), "issue 1");
        assert_eq!(refused.code, 3, "{host}: {}", refused.err);
        assert!(refused.err.contains("stamps.host"), "{host}: {}", refused.err);
    }
    assert_eq!(ocop(folder, "issue 1").code, 0);
}

#[test]
fn settings_that_nobody_can_be_answered_by_are_refused_by_name_before_anything_is_done() {
    let folder = folder();
    let folder = folder.path();
    office(folder);
    for (setting, variable, wrong) in [
        ("mail.from", "OCOP_MAIL_FROM", "OCOP"),
        ("mail.guard", "OCOP_MAIL_GUARD", "ssl"),
        ("mail.host", "OCOP_MAIL_HOST", "smtp://hanoi.gov.vn"),
        ("server.report_contact", "OCOP_SERVER_REPORT_CONTACT", "024 …"),
        ("sheets.error_correction", "OCOP_SHEETS_ERROR_CORRECTION", "X"),
        ("sheets.sheets_per_volume", "OCOP_SHEETS_SHEETS_PER_VOLUME", "0"),
        ("stamps.profile", "OCOP_STAMPS_PROFILE", "short"),
        ("log.filter", "OCOP_LOG_FILTER", "infoo"),
    ] {
        let refused = ocop_set(folder, (variable, wrong), "remind");
        assert_ne!(refused.code, 0, "{setting}");
        // Figment names a variable by its own letters.
        let told = refused.err.to_lowercase();
        assert!(told.contains(setting), "{setting}: {told}");
    }
    // Addresses of examples are right in their form, and nobody's.
    let serve = "serve --listen 127.0.0.1:0";
    for (setting, variable, example, command) in [
        ("mail.from", "OCOP_MAIL_HOST", "smtp.hanoi.gov.vn", "remind"),
        ("mail.host", "OCOP_MAIL_HOST", "smtp.example.vn", "remind"),
        ("server.report_contact", "OCOP_SERVER_REPORT_CONTACT", "bao@example.vn", serve),
        ("sheets.layout", "OCOP_SHEETS_LAYOUT", "khong-co", serve),
    ] {
        let refused = ocop_set(folder, (variable, example), command);
        assert_eq!(refused.code, 3, "{setting}: {}", refused.err);
        assert!(refused.err.contains(setting), "{setting}: {}", refused.err);
    }
}
