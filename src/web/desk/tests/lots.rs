//! Recalls of goods on the page of their lot.

use actix_web::body::to_bytes;

use super::{house, now};
use crate::accounting;
use crate::domain::act::Act;
use crate::domain::ids::LotId;
use crate::domain::role::{Organisation, Role};
use crate::store::lot_list;

#[actix_web::test]
async fn who_changes_what_is_told_of_a_recall_starts_from_what_is_told() {
    let house = house();
    let lot = house
        .state
        .store
        .read(|it| lot_list::get(it, Organisation::Office, LotId(house.lot)))
        .unwrap()
        .unwrap();
    let (said, act) =
        (Some(("Vỡ nắp.", Some("024 0000 0000"))), Act { by: "phe-duyet", at: now() });
    let details = lot.lot.details;
    accounting::recall(&house.state.store, details.product, &details.code, said, act).unwrap();
    let path = format!("/lo-san-xuat/{}", house.lot);
    let response = house.get(&path, &house.own[&Role::Approver]).await;
    let bytes = to_bytes(response.into_body()).await.unwrap();
    let page = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(page.contains(">Vỡ nắp.</textarea>"), "{page}");
    assert!(page.contains("value=\"024 0000 0000\""), "{page}");
    assert!(page.contains("Vỡ nắp. (024 0000 0000)"), "the history keeps both: {page}");
}
