//! Every address of work, what it needs and what answers there. The tests derive from it who must
//! be let in where.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route};

use super::guard::{Access, guard};
use crate::domain::order::OrderMove;
use crate::domain::recognition::EventKind;
use crate::domain::role::Right;
use crate::web::error::Error;
use crate::web::handlers::desk::{
    accounts, batches, destructions, home, inspections, orders, papers, products, sign_in,
};
use crate::web::urls;

/// An address with a method.
pub(in crate::web) struct Entry {
    /// The pattern of its path.
    pub(in crate::web) path: &'static str,
    /// How it is asked.
    pub(in crate::web) method: Method,
    /// What it needs.
    pub(in crate::web) access: Access,
    /// What answers.
    route: fn() -> Route,
}

const fn get(path: &'static str, access: Access, route: fn() -> Route) -> Entry {
    Entry { path, method: Method::GET, access, route }
}

const fn post(path: &'static str, access: Access, route: fn() -> Route) -> Entry {
    Entry { path, method: Method::POST, access, route }
}

/// The table. Entries of one path stand together.
#[rustfmt::skip]
pub(in crate::web) const ENTRIES: &[Entry] = &[
    get(urls::SIGN_IN, Access::Anyone, || web::to(sign_in::page)),
    post(urls::SIGN_IN, Access::Anyone, || web::to(sign_in::sign_in)),
    get(urls::CODE, Access::Password, || web::to(sign_in::code_page)),
    post(urls::CODE, Access::Password, || web::to(sign_in::give_code)),
    get(urls::SECOND_FACTOR, Access::Password, || web::to(sign_in::enrolment_page)),
    post(urls::SECOND_FACTOR, Access::Password, || web::to(sign_in::enrol)),
    get(urls::PASSWORD, Access::Password, || web::to(sign_in::password_page)),
    post(urls::PASSWORD, Access::Password, || web::to(sign_in::change_password)),
    get(urls::CONFIRM, Access::Needs(Right::SignedIn), || web::to(sign_in::confirm_page)),
    post(urls::CONFIRM, Access::Needs(Right::SignedIn), || web::to(sign_in::confirm)),
    post(urls::SIGN_OUT, Access::Password, || web::to(sign_in::sign_out)),
    get(urls::INVITATION, Access::Anyone, || web::to(sign_in::invitation_page)),
    post(urls::INVITATION, Access::Anyone, || web::to(sign_in::accept)),
    get(urls::WORK, Access::Needs(Right::SignedIn), || web::to(home::page)),
    get(urls::ORDERS, Access::Needs(Right::SeeOrders), || web::to(orders::list)),
    get(urls::NEW_ORDER, Access::Needs(Right::PlaceOrders), || web::to(orders::blank)),
    post(urls::NEW_ORDER, Access::Needs(Right::PlaceOrders), || web::to(orders::place)),
    get(urls::ORDER, Access::Needs(Right::SeeOrders), || web::to(orders::page)),
    post(urls::SUBMIT_ORDER, Access::Needs(Right::PlaceOrders), || orders::taking(OrderMove::Submit)),
    post(urls::CANCEL_ORDER, Access::Needs(Right::PlaceOrders), || orders::taking(OrderMove::Cancel)),
    post(urls::RETURN_ORDER, Access::Needs(Right::CheckOrders), || orders::taking(OrderMove::RequestChanges)),
    post(urls::APPROVE_ORDER, Access::Weighty(Right::ApproveOrders), || orders::taking(OrderMove::Approve)),
    post(urls::REJECT_ORDER, Access::Weighty(Right::ApproveOrders), || orders::taking(OrderMove::Reject)),
    post(urls::ISSUE_ORDER, Access::Weighty(Right::ApproveOrders), || web::to(orders::issue)),
    post(urls::ORDER_PAPERS, Access::Needs(Right::MakePapers), || web::to(papers::make_of_order)),
    get(urls::ORDER_PAPER, Access::Needs(Right::SeeOrders), || web::to(papers::of_order)),
    post(urls::BATCH_PAPERS, Access::Needs(Right::MakePapers), || web::to(papers::make_of_batch)),
    get(urls::BATCH_PAPER, Access::Needs(Right::SeeBatches), || web::to(papers::of_batch)),
    get(urls::PRODUCTS, Access::Needs(Right::SeeProducts), || web::to(products::list)),
    get(urls::PRODUCT, Access::Needs(Right::SeeProducts), || web::to(products::page)),
    post(urls::SUSPEND, Access::Weighty(Right::JudgeRecognitions), || products::entering(EventKind::Suspended)),
    post(urls::REINSTATE, Access::Weighty(Right::JudgeRecognitions), || products::entering(EventKind::Reinstated)),
    post(urls::REVOKE, Access::Weighty(Right::JudgeRecognitions), || products::entering(EventKind::Revoked)),
    get(urls::BATCHES, Access::Needs(Right::SeeBatches), || web::to(batches::list)),
    get(urls::BATCH, Access::Needs(Right::SeeBatches), || web::to(batches::page)),
    post(urls::ASSIGN_BATCH, Access::Needs(Right::AssignPrinting), || web::to(batches::assign)),
    post(urls::BATCH_PRINTED, Access::Needs(Right::Print), || web::to(batches::printed)),
    post(urls::HAND_BATCH_OVER, Access::Needs(Right::Print), || web::to(batches::hand_over)),
    post(urls::RECEIVE_BATCH, Access::Needs(Right::UseStamps), || web::to(batches::receive)),
    post(urls::ACTIVATE_BATCH, Access::Needs(Right::UseStamps), || web::to(batches::activate)),
    post(urls::CLOSE_BATCH, Access::Weighty(Right::JudgeStamps), || web::to(batches::close)),
    get(urls::DESTRUCTIONS, Access::Needs(Right::Reconcile), || web::to(destructions::list)),
    get(urls::DESTROY_BATCH, Access::Needs(Right::Reconcile), || web::to(destructions::page)),
    post(urls::DESTROY_BATCH, Access::Weighty(Right::JudgeStamps), || web::to(destructions::record)),
    get(urls::INSPECTIONS, Access::Needs(Right::SeeInspections), || web::to(inspections::list)),
    get(urls::NEW_INSPECTION, Access::Needs(Right::Inspect), || web::to(inspections::blank)),
    post(urls::NEW_INSPECTION, Access::Needs(Right::Inspect), || web::to(inspections::record)),
    get(urls::STAMP_FILE, Access::Needs(Right::SeeInspections), || web::to(inspections::stamp)),
    get(urls::INSPECTION, Access::Needs(Right::SeeInspections), || web::to(inspections::page)),
    post(urls::INSPECTION_PAPERS, Access::Needs(Right::Inspect), || web::to(inspections::make_paper)),
    get(urls::INSPECTION_PAPER, Access::Needs(Right::SeeInspections), || web::to(inspections::paper)),
    get(urls::ACCOUNTS, Access::Needs(Right::Administer), || web::to(accounts::list)),
    post(urls::ACCOUNTS, Access::Weighty(Right::Administer), || web::to(accounts::add)),
    post(urls::INVITE, Access::Weighty(Right::Administer), || web::to(accounts::invite)),
    post(urls::CLOSE_ACCOUNT, Access::Weighty(Right::Administer), || web::to(accounts::close)),
    post(urls::OPEN_ACCOUNT, Access::Weighty(Right::Administer), || web::to(accounts::open)),
];

/// Registers the table.
pub(in crate::web) fn configure(config: &mut ServiceConfig) {
    for entries in ENTRIES.chunk_by(|one, other| one.path == other.path) {
        let Some(first) = entries.first() else { continue };
        let resource = entries.iter().fold(web::resource(first.path), with);
        let other = web::to(async || Err::<&str, _>(Error::MethodNotAllowed));
        config.service(resource.default_service(other));
    }
}

fn with(resource: Resource, entry: &Entry) -> Resource {
    let access = entry.access;
    let route = (entry.route)().method(entry.method.clone());
    // A page that can be read, can be asked for its headers.
    let heads = (entry.method == Method::GET).then(|| (entry.route)().method(Method::HEAD));
    let guarded =
        |route: Route| route.wrap(from_fn(move |request, next| guard(access, request, next)));
    let resource = resource.route(guarded(route));
    heads.map(guarded).into_iter().fold(resource, Resource::route)
}
