//! What the register has that everybody is let into, or not.

use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;

use super::super::table::Entry;
use super::{House, now, papers, reports};
use crate::clock::{Clock, SystemRandom};
use crate::code::text;
use crate::domain::account::NewAccount;
use crate::domain::act::Act;
use crate::domain::annex::{AnnexEntry, Said};
use crate::domain::batch::Profile;
use crate::domain::calendar::{Day, default_end};
use crate::domain::design::{DesignMove, MarkRight, NewDesign};
use crate::domain::ids::{ProductId, ShopId};
use crate::domain::lot::NewLot;
use crate::domain::order::{NewOrder, OrderMove};
use crate::domain::print_shop::ShopDetails;
use crate::domain::producer::{Contact, NewProducer, ProducerKind};
use crate::domain::product::ProductGroup;
use crate::domain::recognition::{AuthorityLevel, Stars};
use crate::domain::role::{Organisation, Role};
use crate::domain::serial::BatchNumber;
use crate::identity::Identity;
use crate::issuance::{Issuer, ordering};
use crate::press::PrintSettings;
use crate::press::approved::new_design;
use crate::press::library::Library;
use crate::printing::{Design, ErrorCorrection, Split};
use crate::register::{designs, shops};
use crate::signing::FileKey;
use crate::signing::keyring::Validity;
use crate::store::{Store, lots};

/// A row of an annex, for a product of a producer.
pub(super) fn entry(producer: &str) -> AnnexEntry {
    let signed_on = Day::from_ymd_opt(2026, 3, 4).unwrap();
    AnnexEntry {
        producer: NewProducer {
            kind: ProducerKind::Cooperative,
            name: producer.into(),
            tax_code: None,
            address: None,
            contact: Contact::default(),
        },
        product_name: format!("Chè của {producer}"),
        group: ProductGroup::Drinks,
        gtin: None,
        net_quantity: None,
        stars: Stars::new(4).unwrap(),
        potential_five_star: false,
        decision_number: "1/QĐ-UBND".into(),
        authority: "UBND thành phố Hà Nội".into(),
        authority_level: AuthorityLevel::City,
        signed_on,
        effective_on: signed_on,
        ends_on: default_end(signed_on).unwrap(),
        said: Said::default(),
    }
}

/// What issues codes.
pub(super) fn issuer(store: &Store, clock: Arc<dyn Clock>) -> Issuer {
    let key = FileKey::from_secret("stamps", &[7; 32]);
    let validity = Validity {
        not_before: now() - TimeDelta::days(1),
        not_after: now() + TimeDelta::days(1),
        compromised_since: None,
    };
    Issuer {
        store: store.clone(),
        public_key: key.public_key(validity),
        signer: Arc::new(key),
        clock,
        random: Arc::new(SystemRandom),
        host: "verify.example.vn".parse().unwrap(),
        profile: Profile::Signed,
    }
}

/// A batch of codes for an order of its own.
pub(super) fn issued(store: &Store, clock: Arc<dyn Clock>, wanted: &NewOrder) -> BatchNumber {
    let act = |by| Act { by, at: now() };
    let order = ordering::place(store, wanted, act("chu-the")).unwrap().id;
    ordering::step(store, order, OrderMove::Submit, "", act("chu-the")).unwrap();
    ordering::step(store, order, OrderMove::Approve, "", act("phe-duyet")).unwrap();
    issuer(store, clock).issue(order, "phe-duyet", &|_| ()).unwrap().number
}

/// Takes a design that comes with the program to its approval, by two people.
pub(super) fn approve_design(store: &Store) {
    let design = new_design(&Design::by_name("sen-25x35").unwrap().unwrap());
    let right = MarkRight {
        version: "1.0".into(),
        basis: "58/QĐ-VPĐP".into(),
        granted_by: Some("Văn phòng Điều phối Trung ương".into()),
        until: Day::from_ymd_opt(2027, 12, 31),
    };
    let (one, other) = (Act { by: "can-bo", at: now() }, Act { by: "phe-duyet", at: now() });
    let added = designs::add(store, &NewDesign { right, ..design }, "", one).unwrap().reference();
    designs::step(store, &added, DesignMove::Submit, "", one).unwrap();
    designs::step(store, &added, DesignMove::Approve, "", other).unwrap();
}

/// How sheets are made.
pub(super) fn printing(folder: &Path) -> PrintSettings {
    PrintSettings {
        library: Library::in_folder(folder),
        layout: "a4".into(),
        design: "sen-25x35".into(),
        level: ErrorCorrection::M,
        split: Split { sheets: 500, stamps: None, bytes: None },
        folder: folder.into(),
        office: "Văn phòng".into(),
    }
}

/// A production lot.
pub(super) fn lot(store: &Store, product: ProductId) -> i64 {
    let lot = NewLot { product, code: "L0".into(), made_on: None, use_by: None };
    store.write(|register| lots::put(register, &lot)).unwrap().id.0
}

/// An account that nobody works with.
pub(super) fn bystander(identity: &Identity) -> i64 {
    let wanted = NewAccount {
        login: "bystander".into(),
        name: "Người Ngoài".into(),
        role: Role::Officer,
        organisation: Organisation::Office,
        email: None,
    };
    identity.add(&wanted, "quan-tri").unwrap().id.0
}

pub(super) fn shop(store: &Store, name: &str) -> ShopId {
    let details = ShopDetails {
        name: name.into(),
        address: None,
        phone: None,
        licence_number: "1/GP".into(),
        licence_issuer: None,
        licence_ends_on: None,
        is_active: true,
    };
    shops::add(store, &details, Act { by: "can-bo", at: now() }).unwrap().id
}

impl House {
    /// The address of an entry, about the things of this house.
    pub(super) fn path(&self, entry: &Entry) -> String {
        let batch = BatchNumber::new(self.batch).map(text::batch).unwrap();
        let is_call = entry.operation().is_some();
        let batch = if is_call { batch } else { self.batch.to_string() };
        let path = entry.path.replace("{order}", &self.order.to_string());
        path.replace("{product}", &self.product.to_string())
            .replace("{producer}", &self.producer.to_string())
            .replace("{batch}", &batch)
            .replace("{inspection}", &papers::inspected(self).to_string())
            .replace("{paper}", &papers::made(self, &path).to_string())
            .replace("{lot}", &self.lot.to_string())
            .replace("{guide}", "bat-dau")
            .replace("{report}", &reports::sent(self, "01").to_string())
            .replace("{receipt}", "PA-0000-0000-0000")
            .replace("{shop}", "1")
            .replace("{plan}", "1")
            .replace("{authority}", "1")
            .replace("{account}", &self.bystander.to_string())
            .replace("{layout}/{design}/{file}", "a4/sen-25x35/x.pdf")
            .replace("{file}", "sen-25x35.pdf")
            .replace("{stamp}", &papers::stamp(self))
            .replace("{api_token}", "999")
            .replace("{token}", &"0".repeat(32))
    }
}
