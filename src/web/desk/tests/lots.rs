//! Recalls of goods on the page of their lot.

use actix_web::body::to_bytes;

use super::{house, now};
use crate::accounting;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, Subject, Value};
use crate::domain::ids::LotId;
use crate::domain::role::{Organisation, Role};
use crate::domain::serial::BatchNumber;
use crate::store::{audit, lot_list};

#[actix_web::test]
async fn who_changes_what_is_told_of_a_recall_starts_from_what_is_told() {
    let house = house();
    let lot = house
        .state
        .store
        .read(|it| lot_list::get(it, Organisation::Office, LotId(house.lot)))
        .unwrap()
        .unwrap();
    let (said, act) = (("Vỡ nắp.", Some("024 0000 0000")), Act { by: "phe-duyet", at: now() });
    let details = lot.lot.details;
    accounting::recall(&house.state.store, details.product, &details.code, said, act).unwrap();
    let path = format!("/lo-san-xuat/{}", house.lot);
    let response = house.get(&path, &house.own[&Role::Approver]).await;
    let bytes = to_bytes(response.into_body()).await.unwrap();
    let page = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(page.contains(">Vỡ nắp.</textarea>"), "{page}");
    assert!(page.contains("value=\"024 0000 0000\""), "{page}");
    assert!(page.contains("Vỡ nắp.; điện thoại: 024 0000 0000"), "the history keeps both: {page}");
}

#[actix_web::test]
async fn the_trail_is_read_in_the_language_of_its_reader() {
    let house = house();
    let act = Act { by: "kiem-toan", at: now() };
    let entry = Action::ReprintJob
        .on(Subject::Batch(BatchNumber::new(house.batch).unwrap()))
        .because("lem mực")
        .with(FactName::Order.is(Value::Number(7)))
        .with(FactName::Stamps.is(1_284_u64));
    house.state.store.write(|register| audit::record(register, act, &entry)).unwrap();
    for (language, words) in [
        ("vi", ["Đề nghị in lại", "Lô tem 0001", "lem mực; đơn số 7; 1.284 tem"]),
        ("en", ["Reprint asked for", "Batch 0001", "lem mực; order 7; 1,284 stamps"]),
    ] {
        let path = format!("/nhat-ky?loai=job.reprint&lang={language}");
        let response = house.get(&path, &house.own[&Role::Auditor]).await;
        let bytes = to_bytes(response.into_body()).await.unwrap();
        let page = String::from_utf8(bytes.to_vec()).unwrap();
        for said in words {
            assert!(page.contains(said), "{said} is not in {page}");
        }
        assert!(!page.contains("job.reprint</td>"), "{page}");
    }
}
