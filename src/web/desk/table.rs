//! Every address of work, pages and API alike, what it needs and what answers there. The tests derive from it who must
//! be let in where.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, FormConfig, ServiceConfig};
use actix_web::{Resource, Route};

use super::guard::{Access, guard};
use crate::desk::keeping::Kind;
use crate::domain::account::Pending::{Code, FirstEnrolment, OwnPassword};
use crate::domain::assurance::Need;
use crate::domain::destruction::DestructionMove;
use crate::domain::order::OrderMove;
use crate::domain::recognition::EventKind;
use crate::domain::report::ReportStep;
use crate::domain::role::Right;
use crate::intake::limits::FILE_BYTES;
use crate::photos as photo_files;
use crate::web::api::files::{Fetch, PDF};
use crate::web::api::lists::List;
use crate::web::api::operation::{self, Do, Long, Make, MakeOf, MakeSecret, Operation, Read, Step};
use crate::web::api::prepared::Prepared;
use crate::web::api::telling::Telling;
use crate::web::api::{
    self, accounts as account_calls, annexes as annex_calls, audit as audit_calls,
    batches as batch_calls, catalogue as catalogue_calls, destructions as destruction_calls,
    inspections as inspection_calls, judgements as judgement_calls, keeping, lots as lot_calls, me,
    numbers, orders as order_calls, papers as paper_calls, producers as producer_calls,
    products as product_calls, proofs as proof_calls, reports as report_calls,
    settings as setting_calls, sheets as sheet_calls, todo as todo_calls,
};
use crate::web::error::Error;
use crate::web::handlers::desk::{
    accounts, annexes, api_pages, audit, batches, dashboard, destructions, guides, home,
    inspections, judgements, lots, orders, papers, photos, producer_edits, producers,
    product_edits, products, proofs, reconciliation, records, renewals, reports, settings, sheets,
    sign_in, stamps, tokens,
};
use crate::web::urls;
use crate::web::views::desk::stamps::Form;

/// An address with a method.
pub(in crate::web) struct Entry {
    /// The pattern of its path.
    pub(in crate::web) path: &'static str,
    /// How it is asked.
    pub(in crate::web) method: Method,
    /// What it needs.
    pub(in crate::web) access: Access,
    /// What answers.
    answers: Answers,
}

/// What answers at an address.
#[derive(Clone, Copy)]
enum Answers {
    /// A page, or what its forms do.
    Page(fn() -> Route),
    /// An operation of the API, with its name in the document.
    Call(&'static str, &'static dyn Operation),
}

impl Entry {
    /// The operation of the API that answers, if one does, and its name.
    pub(in crate::web) fn operation(&self) -> Option<(&'static str, &'static dyn Operation)> {
        match self.answers {
            Answers::Page(_) => None,
            Answers::Call(name, operation) => Some((name, operation)),
        }
    }
}

const fn get(path: &'static str, access: Access, route: fn() -> Route) -> Entry {
    Entry { path, method: Method::GET, access, answers: Answers::Page(route) }
}

const fn post(path: &'static str, access: Access, route: fn() -> Route) -> Entry {
    Entry { path, method: Method::POST, access, answers: Answers::Page(route) }
}

/// A call that reads.
const fn read(
    path: &'static str,
    access: Access,
    name: &'static str,
    operation: &'static dyn Operation,
) -> Entry {
    Entry { path, method: Method::GET, access, answers: Answers::Call(name, operation) }
}

/// A call that does something.
const fn act(
    path: &'static str,
    access: Access,
    name: &'static str,
    operation: &'static dyn Operation,
) -> Entry {
    Entry { path, method: Method::POST, access, answers: Answers::Call(name, operation) }
}

/// The table. Entries of one path stand together.
#[rustfmt::skip]
pub(in crate::web) const ENTRIES: &[Entry] = &[
    get(urls::SIGN_IN, Access::Anyone, || web::to(sign_in::page)),
    post(urls::SIGN_IN, Access::Anyone, || web::to(sign_in::sign_in)),
    get(urls::CODE, Access::Own(Need::Owed(Code)), || web::to(sign_in::code_page)),
    post(urls::CODE, Access::Own(Need::Owed(Code)), || web::to(sign_in::give_code)),
    get(urls::SECOND_FACTOR, Access::Own(Need::Change(FirstEnrolment)), || web::to(sign_in::enrolment_page)),
    post(urls::SECOND_FACTOR, Access::Own(Need::Change(FirstEnrolment)), || web::to(sign_in::enrol)),
    get(urls::PASSWORD, Access::Own(Need::Change(OwnPassword)), || web::to(sign_in::password_page)),
    post(urls::PASSWORD, Access::Own(Need::Change(OwnPassword)), || web::to(sign_in::change_password)),
    get(urls::CONFIRM, Access::Needs(Right::SignedIn), || web::to(sign_in::confirm_page)),
    post(urls::CONFIRM, Access::Needs(Right::SignedIn), || web::to(sign_in::confirm)),
    post(urls::SIGN_OUT, Access::Own(Need::Session), || web::to(sign_in::sign_out)),
    get(urls::INVITATION, Access::Anyone, || web::to(sign_in::invitation_page)),
    post(urls::INVITATION, Access::Anyone, || web::to(sign_in::accept)),
    get(urls::HELP, Access::Anyone, || web::to(guides::all)),
    get(urls::GUIDE, Access::Anyone, || web::to(guides::page)),
    get(urls::WORK, Access::Needs(Right::SignedIn), || web::to(home::page)),
    get(urls::ORDERS, Access::Needs(Right::SeeOrders), || web::to(orders::all)),
    get(urls::NEW_ORDER, Access::Needs(Right::PlaceOrders), || web::to(orders::blank)),
    post(urls::NEW_ORDER, Access::Needs(Right::PlaceOrders), || web::to(orders::place)),
    get(urls::ORDER, Access::Needs(Right::SeeOrders), || web::to(orders::page)),
    get(urls::EDIT_ORDER, Access::Needs(Right::PlaceOrders), || web::to(orders::edit)),
    post(urls::EDIT_ORDER, Access::Needs(Right::PlaceOrders), || web::to(orders::amend)),
    post(urls::SUBMIT_ORDER, Access::Needs(Right::PlaceOrders), || orders::taking(OrderMove::Submit)),
    post(urls::TAKE_ORDER_UP, Access::Needs(Right::CheckOrders), || orders::taking(OrderMove::TakeUp)),
    post(urls::CANCEL_ORDER, Access::Needs(Right::PlaceOrders), || orders::taking(OrderMove::Cancel)),
    post(urls::RETURN_ORDER, Access::Needs(Right::CheckOrders), || orders::taking(OrderMove::RequestChanges)),
    post(urls::APPROVE_ORDER, Access::Weighty(Right::ApproveOrders), || orders::taking(OrderMove::Approve)),
    post(urls::REJECT_ORDER, Access::Weighty(Right::ApproveOrders), || orders::taking(OrderMove::Reject)),
    post(urls::ISSUE_ORDER, Access::Weighty(Right::ApproveOrders), || web::to(orders::issue)),
    get(urls::ORDER_PROOF, Access::Needs(Right::SeeOrders), || web::to(proofs::stamp)),
    post(urls::ORDER_PAPERS, Access::Needs(Right::MakePapers), || web::to(papers::make_of_order)),
    get(urls::ORDER_PAPER, Access::Needs(Right::SeeOrders), || web::to(papers::of_order)),
    post(urls::BATCH_PAPERS, Access::Needs(Right::MakePapers), || web::to(papers::make_of_batch)),
    get(urls::BATCH_PAPER, Access::Needs(Right::SeeBatches), || web::to(papers::of_batch)),
    get(urls::PRODUCTS, Access::Needs(Right::SeeProducts), || web::to(products::all)),
    get(urls::PRODUCERS, Access::Needs(Right::SeeProducts), || web::to(producers::all)),
    get(urls::NEW_PRODUCER, Access::Needs(Right::KeepRegister), || web::to(producer_edits::blank)),
    post(urls::NEW_PRODUCER, Access::Needs(Right::KeepRegister), || web::to(producer_edits::add)),
    get(urls::PRODUCER, Access::Needs(Right::SeeProducts), || web::to(producers::page)),
    get(urls::EDIT_PRODUCER, Access::Needs(Right::KeepRegister), || web::to(producer_edits::page)),
    post(urls::EDIT_PRODUCER, Access::Needs(Right::KeepRegister), || web::to(producer_edits::change)),
    get(urls::NEW_PRODUCT, Access::Needs(Right::KeepRegister), || web::to(product_edits::blank)),
    post(urls::NEW_PRODUCT, Access::Needs(Right::KeepRegister), || web::to(product_edits::add)),
    get(urls::ANNEX, Access::Needs(Right::KeepRegister), || web::to(annexes::blank)),
    post(urls::ANNEX, Access::Needs(Right::KeepRegister), || web::to(annexes::read)),
    get(urls::ANNEX_TEMPLATE, Access::Needs(Right::KeepRegister), || web::to(annexes::template)),
    get(urls::PRODUCT, Access::Needs(Right::SeeProducts), || web::to(products::page)),
    get(urls::EDIT_PRODUCT, Access::Needs(Right::KeepRegister), || web::to(product_edits::page)),
    post(urls::EDIT_PRODUCT, Access::Needs(Right::KeepRegister), || web::to(product_edits::change)),
    post(urls::PRODUCT_PHOTO, Access::Needs(Right::KeepRegister), || web::to(photos::show)),
    post(urls::REMOVE_PHOTO, Access::Needs(Right::KeepRegister), || web::to(photos::remove)),
    post(urls::SUSPEND, Access::Weighty(Right::JudgeRecognitions), || products::entering(EventKind::Suspended)),
    post(urls::REINSTATE, Access::Weighty(Right::JudgeRecognitions), || products::entering(EventKind::Reinstated)),
    post(urls::REVOKE, Access::Weighty(Right::JudgeRecognitions), || products::entering(EventKind::Revoked)),
    get(urls::JUDGE, Access::Weighty(Right::JudgeRecognitions), || web::to(judgements::blank)),
    post(urls::JUDGE, Access::Weighty(Right::JudgeRecognitions), || web::to(judgements::record)),
    get(urls::PREVIEW_JUDGEMENT, Access::Needs(Right::JudgeRecognitions), || web::to(judgements::products_first)),
    post(urls::PREVIEW_JUDGEMENT, Access::Weighty(Right::JudgeRecognitions), || web::to(judgements::preview)),
    get(urls::DASHBOARD, Access::Needs(Right::Reconcile), || web::to(dashboard::page)),
    get(urls::RENEWALS, Access::Needs(Right::SeeProducts), || web::to(renewals::all)),
    get(urls::BATCHES, Access::Needs(Right::SeeBatches), || web::to(batches::all)),
    get(urls::BATCH, Access::Needs(Right::SeeBatches), || web::to(batches::page)),
    post(urls::ASSIGN_BATCH, Access::Needs(Right::AssignPrinting), || batches::taking(Form::Assign)),
    get(urls::SHEETS, Access::Needs(Right::Print), || web::to(sheets::page)),
    post(urls::SHEETS, Access::Needs(Right::Print), || web::to(sheets::make)),
    get(urls::SHEET_FILE, Access::Needs(Right::Print), || web::to(sheets::fetch)),
    post(urls::REPORT_STAMPS, Access::Needs(Right::ReportStamps), || batches::taking(Form::Report)),
    post(urls::REPRINT_BATCH, Access::Needs(Right::Print), || batches::taking(Form::Reprint)),
    post(urls::CANCEL_STAMPS, Access::Weighty(Right::JudgeStamps), || batches::taking(Form::Cancel)),
    post(urls::BATCH_PRINTED, Access::Needs(Right::Print), || batches::taking(Form::Printed)),
    post(urls::HAND_BATCH_OVER, Access::Needs(Right::Print), || batches::taking(Form::HandOver)),
    get(urls::SCAN_STAMPS, Access::Needs(Right::ReportStamps), || web::to(stamps::scan)),
    get(urls::PREVIEW_STAMPS, Access::Needs(Right::ReportStamps), || web::to(stamps::scan_first)),
    post(urls::PREVIEW_STAMPS, Access::Needs(Right::ReportStamps), || web::to(stamps::preview)),
    post(urls::RECEIVE_BATCH, Access::Needs(Right::UseStamps), || batches::taking(Form::Receive)),
    post(urls::ACTIVATE_BATCH, Access::Needs(Right::UseStamps), || batches::taking(Form::Activate)),
    post(urls::CLOSE_BATCH, Access::Weighty(Right::JudgeStamps), || batches::taking(Form::Close)),
    get(urls::LOTS, Access::Needs(Right::SeeProducts), || web::to(lots::all)),
    get(urls::LOT, Access::Needs(Right::SeeProducts), || web::to(lots::page)),
    post(urls::RECALL_LOT, Access::Weighty(Right::JudgeStamps), || web::to(lots::recall)),
    post(urls::END_RECALL, Access::Weighty(Right::JudgeStamps), || web::to(lots::end_recall)),
    get(urls::RECONCILIATION, Access::Needs(Right::Reconcile), || web::to(reconciliation::all)),
    get(urls::DESTRUCTIONS, Access::Needs(Right::Reconcile), || web::to(destructions::all)),
    get(urls::DESTROY_BATCH, Access::Needs(Right::Reconcile), || web::to(destructions::page)),
    post(urls::DESTROY_BATCH, Access::Needs(Right::RecordDestructions), || web::to(destructions::record)),
    post(urls::CONFIRM_DESTRUCTION, Access::Weighty(Right::JudgeStamps), || destructions::taking(DestructionMove::Confirm)),
    post(urls::REFUSE_DESTRUCTION, Access::Weighty(Right::JudgeStamps), || destructions::taking(DestructionMove::Refuse)),
    post(urls::WITHDRAW_DESTRUCTION, Access::Needs(Right::RecordDestructions), || destructions::taking(DestructionMove::Withdraw)),
    get(urls::INSPECTIONS, Access::Needs(Right::SeeInspections), || web::to(inspections::all)),
    get(urls::NEW_INSPECTION, Access::Needs(Right::Inspect), || web::to(inspections::blank)),
    post(urls::NEW_INSPECTION, Access::Needs(Right::Inspect), || web::to(inspections::record)),
    get(urls::STAMP_FILE, Access::Needs(Right::SeeInspections), || web::to(inspections::stamp)),
    get(urls::INSPECTION, Access::Needs(Right::SeeInspections), || web::to(inspections::page)),
    post(urls::INSPECTION_PAPERS, Access::Needs(Right::Inspect), || web::to(inspections::make_paper)),
    get(urls::INSPECTION_PAPER, Access::Needs(Right::SeeInspections), || web::to(inspections::paper)),
    get(urls::REPORTS, Access::Needs(Right::SeeReports), || web::to(reports::all)),
    get(urls::ONE_REPORT, Access::Needs(Right::SeeReports), || web::to(reports::page)),
    post(urls::TAKE_UP_REPORT, Access::Needs(Right::AnswerReports), || reports::taking(|_| ReportStep::TakeUp)),
    post(urls::NOTE_REPORT, Access::Needs(Right::AnswerReports), || reports::taking(ReportStep::Note)),
    post(urls::ANSWER_REPORT, Access::Needs(Right::AnswerReports), || reports::taking(ReportStep::Answer)),
    post(urls::CLOSE_REPORT, Access::Needs(Right::AnswerReports), || reports::taking(ReportStep::Close)),
    get(urls::SHOPS, Access::Needs(Right::Administer), || records::all(Kind::Shop)),
    post(urls::SHOPS, Access::Weighty(Right::Administer), || records::adding(Kind::Shop)),
    get(urls::SHOP, Access::Needs(Right::Administer), || records::one(Kind::Shop)),
    post(urls::SHOP, Access::Weighty(Right::Administer), || records::changing(Kind::Shop)),
    get(urls::PLANS, Access::Needs(Right::Administer), || records::all(Kind::Plan)),
    post(urls::PLANS, Access::Weighty(Right::Administer), || records::adding(Kind::Plan)),
    get(urls::PLAN, Access::Needs(Right::Administer), || records::one(Kind::Plan)),
    post(urls::PLAN, Access::Weighty(Right::Administer), || records::changing(Kind::Plan)),
    get(urls::AUTHORITIES, Access::Needs(Right::Administer), || records::all(Kind::Authority)),
    post(urls::AUTHORITIES, Access::Weighty(Right::Administer), || records::adding(Kind::Authority)),
    get(urls::AUTHORITY, Access::Needs(Right::Administer), || records::one(Kind::Authority)),
    post(urls::AUTHORITY, Access::Weighty(Right::Administer), || records::changing(Kind::Authority)),
    get(urls::SETTINGS, Access::Needs(Right::ReadAudit), || web::to(settings::page)),
    get(urls::AUDIT, Access::Needs(Right::ReadAudit), || web::to(audit::all)),
    get(urls::ACCOUNTS, Access::Needs(Right::Administer), || web::to(accounts::all)),
    post(urls::ACCOUNTS, Access::Weighty(Right::Administer), || web::to(accounts::add)),
    post(urls::INVITE, Access::Weighty(Right::Administer), || web::to(accounts::invite)),
    post(urls::RECOVER_ACCOUNT, Access::Weighty(Right::Administer), || web::to(accounts::recover)),
    post(urls::CLOSE_ACCOUNT, Access::Weighty(Right::Administer), || web::to(accounts::close)),
    post(urls::OPEN_ACCOUNT, Access::Weighty(Right::Administer), || web::to(accounts::open)),
    get(urls::TOKENS, Access::Needs(Right::SignedIn), || web::to(tokens::list)),
    post(urls::TOKENS, Access::Weighty(Right::SignedIn), || web::to(tokens::make)),
    post(urls::REVOKE_TOKEN, Access::Weighty(Right::SignedIn), || web::to(tokens::revoke)),
    get(urls::API_PAGE, Access::Anyone, || web::to(api_pages::page)),
    get(urls::API_ABOUT, Access::Anyone, || web::to(api_pages::about)),
    get(urls::API_DOCUMENT, Access::Anyone, || web::to(api_pages::document)),
    read(urls::API_ME, Access::Needs(Right::SignedIn), "get_me", &Read(me::get)),
    read(urls::API_ORDERS, Access::Needs(Right::SeeOrders), "list_orders", &List(order_calls::list, order_calls::line)),
    act(urls::API_ORDERS, Access::Needs(Right::PlaceOrders), "place_order", &Make(order_calls::place)),
    read(urls::API_ORDERABLE, Access::Needs(Right::PlaceOrders), "list_orderable", &Read(order_calls::orderable)),
    read(urls::API_ORDER, Access::Needs(Right::SeeOrders), "get_order", &Read(order_calls::get)),
    act(urls::API_SUBMIT_ORDER, Access::Needs(Right::PlaceOrders), "submit_order", &Step(order_calls::get, order_calls::submit)),
    act(urls::API_AMEND_ORDER, Access::Needs(Right::PlaceOrders), "amend_order", &Step(order_calls::get, order_calls::amend)),
    act(urls::API_TAKE_ORDER_UP, Access::Needs(Right::CheckOrders), "take_order_up", &Step(order_calls::get, order_calls::take_up)),
    act(urls::API_CANCEL_ORDER, Access::Needs(Right::PlaceOrders), "cancel_order", &Step(order_calls::get, order_calls::cancel)),
    act(urls::API_RETURN_ORDER, Access::Needs(Right::CheckOrders), "return_order", &Step(order_calls::get, order_calls::send_back)),
    act(urls::API_APPROVE_ORDER, Access::Weighty(Right::ApproveOrders), "approve_order", &Step(order_calls::get, order_calls::approve)),
    act(urls::API_REJECT_ORDER, Access::Weighty(Right::ApproveOrders), "reject_order", &Step(order_calls::get, order_calls::reject)),
    act(urls::API_ISSUE_ORDER, Access::Weighty(Right::ApproveOrders), "issue_order", &Long(order_calls::get, order_calls::issue)),
    read(urls::API_ORDER_PROOFS, Access::Needs(Right::SeeOrders), "list_order_proofs", &Read(proof_calls::of_order)),
    read(urls::API_ORDER_PROOF, Access::Needs(Right::SeeOrders), "get_order_proof", &Fetch(proof_calls::file, proof_calls::KINDS)),
    read(urls::API_ORDER_PAPERS, Access::Needs(Right::SeeOrders), "list_order_papers", &Read(paper_calls::of_order)),
    act(urls::API_ORDER_PAPERS, Access::Needs(Right::MakePapers), "make_order_paper", &MakeOf(paper_calls::order_is_there, paper_calls::make_of_order)),
    read(urls::API_ORDER_PAPER, Access::Needs(Right::SeeOrders), "get_order_paper", &Fetch(paper_calls::file_of_order, PDF)),
    read(urls::API_PRODUCTS, Access::Needs(Right::SeeProducts), "list_products", &List(product_calls::list, product_calls::line)),
    act(urls::API_PRODUCTS, Access::Needs(Right::KeepRegister), "add_product", &Make(catalogue_calls::add)),
    read(urls::API_PRODUCT, Access::Needs(Right::SeeProducts), "get_product", &Read(product_calls::get)),
    act(urls::API_PRODUCT, Access::Needs(Right::KeepRegister), "change_product", &Step(product_calls::get, catalogue_calls::change)),
    read(urls::API_PRODUCT_PHOTO, Access::Needs(Right::SeeProducts), "get_product_photo", &Fetch(catalogue_calls::photo, catalogue_calls::JPEG)),
    act(urls::API_PRODUCT_PHOTO, Access::Needs(Right::KeepRegister), "show_product_photo", &Prepared { get: product_calls::get, prepare: catalogue_calls::picture, act: catalogue_calls::show_photo, file_bytes_max: photo_files::BYTES_MAX }),
    act(urls::API_REMOVE_PHOTO, Access::Needs(Right::KeepRegister), "remove_product_photo", &Step(product_calls::get, catalogue_calls::remove_photo)),
    read(urls::API_PRODUCERS, Access::Needs(Right::SeeProducts), "list_producers", &List(producer_calls::list, producer_calls::line)),
    act(urls::API_PRODUCERS, Access::Needs(Right::KeepRegister), "add_producer", &Make(producer_calls::add)),
    read(urls::API_PRODUCER, Access::Needs(Right::SeeProducts), "get_producer", &Read(producer_calls::get)),
    act(urls::API_PRODUCER, Access::Needs(Right::KeepRegister), "change_producer", &Step(producer_calls::get, producer_calls::change)),
    act(urls::API_SUSPEND, Access::Weighty(Right::JudgeRecognitions), "suspend_product", &Step(product_calls::get, product_calls::suspend)),
    act(urls::API_REINSTATE, Access::Weighty(Right::JudgeRecognitions), "reinstate_product", &Step(product_calls::get, product_calls::reinstate)),
    act(urls::API_REVOKE, Access::Weighty(Right::JudgeRecognitions), "revoke_product", &Step(product_calls::get, product_calls::revoke)),
    act(urls::API_JUDGEMENTS, Access::Weighty(Right::JudgeRecognitions), "record_judgement", &Make(judgement_calls::record)),
    read(urls::API_BATCHES, Access::Needs(Right::SeeBatches), "list_batches", &List(batch_calls::list, batch_calls::line)),
    read(urls::API_BATCH, Access::Needs(Right::SeeBatches), "get_batch", &Read(batch_calls::get)),
    act(urls::API_ASSIGN_BATCH, Access::Needs(Right::AssignPrinting), "assign_batch", &Step(batch_calls::get, batch_calls::assign)),
    act(urls::API_BATCH_PRINTED, Access::Needs(Right::Print), "report_batch_printed", &Telling(batch_calls::get, batch_calls::printed)),
    act(urls::API_HAND_BATCH_OVER, Access::Needs(Right::Print), "hand_batch_over", &Telling(batch_calls::get, batch_calls::hand_over)),
    act(urls::API_RECEIVE_BATCH, Access::Needs(Right::UseStamps), "receive_batch", &Telling(batch_calls::get, batch_calls::receive)),
    act(urls::API_ACTIVATE_BATCH, Access::Needs(Right::UseStamps), "activate_stamps", &Telling(batch_calls::get, batch_calls::activate)),
    act(urls::API_REPORT_STAMPS, Access::Needs(Right::ReportStamps), "report_stamps", &Telling(batch_calls::get, batch_calls::report)),
    act(urls::API_REPRINT_BATCH, Access::Needs(Right::Print), "reprint_batch", &Step(batch_calls::get, batch_calls::reprint)),
    act(urls::API_CANCEL_STAMPS, Access::Weighty(Right::JudgeStamps), "cancel_stamps", &Telling(batch_calls::get, batch_calls::cancel)),
    act(urls::API_CLOSE_BATCH, Access::Weighty(Right::JudgeStamps), "close_batch", &Step(batch_calls::get, batch_calls::close)),
    read(urls::API_REPORTS, Access::Needs(Right::SeeReports), "list_reports", &List(report_calls::list, report_calls::line)),
    read(urls::API_REPORT, Access::Needs(Right::SeeReports), "get_report", &Read(report_calls::get)),
    act(urls::API_TAKE_UP_REPORT, Access::Needs(Right::AnswerReports), "take_up_report", &Step(report_calls::get, report_calls::take_up)),
    act(urls::API_NOTE_REPORT, Access::Needs(Right::AnswerReports), "note_report", &Step(report_calls::get, report_calls::note)),
    act(urls::API_ANSWER_REPORT, Access::Needs(Right::AnswerReports), "answer_report", &Step(report_calls::get, report_calls::answer)),
    act(urls::API_CLOSE_REPORT, Access::Needs(Right::AnswerReports), "close_report", &Step(report_calls::get, report_calls::close)),
    read(urls::API_LOTS, Access::Needs(Right::SeeProducts), "list_lots", &List(lot_calls::list, lot_calls::line)),
    read(urls::API_LOT, Access::Needs(Right::SeeProducts), "get_lot", &Read(lot_calls::get)),
    act(urls::API_RECALL_LOT, Access::Weighty(Right::JudgeStamps), "recall_lot", &Step(lot_calls::get, lot_calls::recall)),
    act(urls::API_END_RECALL, Access::Weighty(Right::JudgeStamps), "end_recall", &Step(lot_calls::get, lot_calls::end_recall)),
    read(urls::API_BATCH_PAPERS, Access::Needs(Right::SeeBatches), "list_batch_papers", &Read(paper_calls::of_batch)),
    act(urls::API_BATCH_PAPERS, Access::Needs(Right::MakePapers), "make_batch_paper", &MakeOf(paper_calls::batch_is_there, paper_calls::make_of_batch)),
    read(urls::API_BATCH_PAPER, Access::Needs(Right::SeeBatches), "get_batch_paper", &Fetch(paper_calls::file_of_batch, PDF)),
    read(urls::API_BATCH_DESTRUCTIONS, Access::Needs(Right::Reconcile), "get_batch_destructions", &Read(destruction_calls::of_batch)),
    act(urls::API_BATCH_DESTRUCTIONS, Access::Needs(Right::RecordDestructions), "record_destruction", &MakeOf(paper_calls::batch_is_there, destruction_calls::record)),
    read(urls::API_SHEETS, Access::Needs(Right::Print), "get_sheets", &Read(sheet_calls::get)),
    act(urls::API_SHEETS, Access::Needs(Right::Print), "make_sheets", &Long(sheet_calls::get, sheet_calls::make)),
    read(urls::API_SHEET_FILE, Access::Needs(Right::Print), "get_sheet_file", &Fetch(sheet_calls::file, sheet_calls::FILES)),
    read(urls::API_DESTRUCTIONS, Access::Needs(Right::Reconcile), "list_destructions", &List(destruction_calls::list, destruction_calls::line)),
    read(urls::API_DESTRUCTION, Access::Needs(Right::Reconcile), "get_destruction", &Read(destruction_calls::get)),
    act(urls::API_CONFIRM_DESTRUCTION, Access::Weighty(Right::JudgeStamps), "confirm_destruction", &Step(destruction_calls::get, destruction_calls::confirm)),
    act(urls::API_REFUSE_DESTRUCTION, Access::Weighty(Right::JudgeStamps), "refuse_destruction", &Step(destruction_calls::get, destruction_calls::refuse)),
    act(urls::API_WITHDRAW_DESTRUCTION, Access::Needs(Right::RecordDestructions), "withdraw_destruction", &Step(destruction_calls::get, destruction_calls::withdraw)),
    read(urls::API_RECONCILIATION, Access::Needs(Right::Reconcile), "reconcile", &List(numbers::sums, numbers::sum)),
    read(urls::API_DASHBOARD, Access::Needs(Right::Reconcile), "get_dashboard", &Read(numbers::dashboard)),
    read(urls::API_RENEWALS, Access::Needs(Right::SeeProducts), "list_renewals", &List(numbers::renewals, numbers::ending)),
    act(urls::API_ANNEXES, Access::Needs(Right::KeepRegister), "enter_annex", &Do { act: annex_calls::enter, file_bytes_max: FILE_BYTES }),
    act(urls::API_CHECK_ANNEX, Access::Needs(Right::KeepRegister), "check_annex", &Do { act: annex_calls::check, file_bytes_max: FILE_BYTES }),
    read(urls::API_INSPECTIONS, Access::Needs(Right::SeeInspections), "list_inspections", &List(inspection_calls::list, inspection_calls::line)),
    act(urls::API_INSPECTIONS, Access::Needs(Right::Inspect), "record_inspection", &Make(inspection_calls::record)),
    read(urls::API_INSPECTION, Access::Needs(Right::SeeInspections), "get_inspection", &Read(inspection_calls::get)),
    read(urls::API_STAMP, Access::Needs(Right::SeeInspections), "get_stamp", &Read(inspection_calls::stamp)),
    read(urls::API_INSPECTION_PAPERS, Access::Needs(Right::SeeInspections), "list_inspection_papers", &Read(paper_calls::of_inspection)),
    act(urls::API_INSPECTION_PAPERS, Access::Needs(Right::Inspect), "make_inspection_paper", &MakeOf(paper_calls::inspection_is_there, paper_calls::make_of_inspection)),
    read(urls::API_INSPECTION_PAPER, Access::Needs(Right::SeeInspections), "get_inspection_paper", &Fetch(paper_calls::file_of_inspection, PDF)),
    read(urls::API_ACCOUNTS, Access::Needs(Right::Administer), "list_accounts", &List(account_calls::list, account_calls::line)),
    act(urls::API_ACCOUNTS, Access::Weighty(Right::Administer), "add_account", &Make(account_calls::add)),
    read(urls::API_ACCOUNT, Access::Needs(Right::Administer), "get_account", &Read(account_calls::get)),
    act(urls::API_INVITE, Access::Weighty(Right::Administer), "invite_account", &MakeSecret(account_calls::invite, account_calls::without_link)),
    act(urls::API_RECOVER_ACCOUNT, Access::Weighty(Right::Administer), "recover_account", &MakeSecret(account_calls::recover, account_calls::without_link)),
    act(urls::API_CLOSE_ACCOUNT, Access::Weighty(Right::Administer), "close_account", &Step(account_calls::get, account_calls::close)),
    act(urls::API_OPEN_ACCOUNT, Access::Weighty(Right::Administer), "open_account", &Step(account_calls::get, account_calls::open)),
    read(urls::API_PRINT_SHOPS, Access::Needs(Right::Administer), "list_print_shops", &Read(keeping::shops)),
    act(urls::API_PRINT_SHOPS, Access::Weighty(Right::Administer), "add_print_shop", &Make(keeping::add_shop)),
    read(urls::API_PRINT_SHOP, Access::Needs(Right::Administer), "get_print_shop", &Read(keeping::shop)),
    act(urls::API_PRINT_SHOP, Access::Weighty(Right::Administer), "change_print_shop", &Step(keeping::shop, keeping::change_shop)),
    read(urls::API_PLANS, Access::Needs(Right::Administer), "list_plans", &Read(keeping::plans)),
    act(urls::API_PLANS, Access::Weighty(Right::Administer), "add_plan", &Make(keeping::add_plan)),
    read(urls::API_PLAN, Access::Needs(Right::Administer), "get_plan", &Read(keeping::plan)),
    act(urls::API_PLAN, Access::Weighty(Right::Administer), "change_plan", &Step(keeping::plan, keeping::change_plan)),
    read(urls::API_AUTHORITIES, Access::Needs(Right::Administer), "list_authorities", &Read(keeping::authorities)),
    act(urls::API_AUTHORITIES, Access::Weighty(Right::Administer), "add_authority", &Make(keeping::add_authority)),
    read(urls::API_AUTHORITY, Access::Needs(Right::Administer), "get_authority", &Read(keeping::authority)),
    act(urls::API_AUTHORITY, Access::Weighty(Right::Administer), "change_authority", &Step(keeping::authority, keeping::change_authority)),
    read(urls::API_AUDIT, Access::Needs(Right::ReadAudit), "list_audit", &List(audit_calls::list, audit_calls::line)),
    read(urls::API_WAITING, Access::Needs(Right::SignedIn), "list_todo", &Read(todo_calls::all)),
    read(urls::API_SETTINGS, Access::Needs(Right::ReadAudit), "list_settings", &Read(setting_calls::all)),
];

/// Most bytes of a form: a thousand scanned addresses, escaped as browsers do.
const FORM_BYTES_MAX: usize = 256 * 1024;

/// Registers the table.
pub(in crate::web) fn configure(config: &mut ServiceConfig) {
    config.app_data(FormConfig::default().limit(FORM_BYTES_MAX));
    for entries in ENTRIES.chunk_by(|one, other| one.path == other.path) {
        let Some(first) = entries.first() else { continue };
        let resource = entries.iter().fold(web::resource(first.path), with);
        let allowed = allowed(entries);
        let other = web::to(move || {
            let error = Error::MethodNotAllowed(allowed.clone());
            async { Err::<&str, _>(error) }
        });
        config.service(resource.default_service(other));
    }
}

/// The methods of a path's entries, as the header of a refusal names them.
fn allowed(entries: &[Entry]) -> String {
    let name = |entry: &Entry| match entry.method {
        Method::GET => "GET, HEAD".to_owned(),
        _ => entry.method.to_string(),
    };
    entries.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn with(resource: Resource, entry: &Entry) -> Resource {
    let (access, answers) = (entry.access, entry.answers);
    let guarded = |method: Method| match answers {
        Answers::Page(route) => {
            let route = route().method(method);
            route.wrap(from_fn(move |request, next| guard(access, request, next)))
        }
        Answers::Call(_, operation) => {
            let route = operation::route(operation).method(method);
            route.wrap(from_fn(move |request, next| api::guard::guard(access, request, next)))
        }
    };
    let resource = resource.route(guarded(entry.method.clone()));
    // A page that can be read, can be asked for its headers.
    if entry.method == Method::GET { resource.route(guarded(Method::HEAD)) } else { resource }
}
