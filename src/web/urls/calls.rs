//! Every address of the API.

/// The API in words, for people.
pub(in crate::web) const API_PAGE: &str = "/api/v1";
/// The calls about one kind of thing, in words.
pub(in crate::web) const API_ABOUT: &str = "/api/v1/about/{about}";
/// The API as an `OpenAPI` document.
pub(in crate::web) const API_DOCUMENT: &str = "/api/v1/openapi.json";
/// Whose token it is.
pub(in crate::web) const API_ME: &str = "/api/v1/me";
/// Orders, and a new one.
pub(in crate::web) const API_ORDERS: &str = "/api/v1/orders";
/// What stamps can be ordered for.
pub(in crate::web) const API_ORDERABLE: &str = "/api/v1/orders/orderable";
/// An order.
pub(in crate::web) const API_ORDER: &str = "/api/v1/orders/{order}";
/// Sends an order to the office.
pub(in crate::web) const API_SUBMIT_ORDER: &str = "/api/v1/orders/{order}/submit";
/// Changes what an order asks for.
pub(in crate::web) const API_AMEND_ORDER: &str = "/api/v1/orders/{order}/amend";
/// Takes an order up.
pub(in crate::web) const API_TAKE_ORDER_UP: &str = "/api/v1/orders/{order}/take-up";
/// Withdraws an order.
pub(in crate::web) const API_CANCEL_ORDER: &str = "/api/v1/orders/{order}/cancel";
/// Returns an order with a reason.
pub(in crate::web) const API_RETURN_ORDER: &str = "/api/v1/orders/{order}/request-changes";
/// Approves an order.
pub(in crate::web) const API_APPROVE_ORDER: &str = "/api/v1/orders/{order}/approve";
/// Rejects an order with a reason.
pub(in crate::web) const API_REJECT_ORDER: &str = "/api/v1/orders/{order}/reject";
/// Issues the codes of an order.
pub(in crate::web) const API_ISSUE_ORDER: &str = "/api/v1/orders/{order}/issue";
/// Proofs of an order.
pub(in crate::web) const API_ORDER_PROOFS: &str = "/api/v1/orders/{order}/proofs";
/// A stamp of an order in a design, as it will look.
pub(in crate::web) const API_ORDER_PROOF: &str = "/api/v1/orders/{order}/proofs/{file}";
/// Papers of an order.
pub(in crate::web) const API_ORDER_PAPERS: &str = "/api/v1/orders/{order}/papers";
/// A paper of an order.
pub(in crate::web) const API_ORDER_PAPER: &str = "/api/v1/orders/{order}/papers/{paper}";
/// Producers.
pub(in crate::web) const API_PRODUCERS: &str = "/api/v1/producers";
/// A producer.
pub(in crate::web) const API_PRODUCER: &str = "/api/v1/producers/{producer}";
/// The photo of a product.
pub(in crate::web) const API_PRODUCT_PHOTO: &str = "/api/v1/products/{product}/photo";
/// Shows no photo with a product any more.
pub(in crate::web) const API_REMOVE_PHOTO: &str = "/api/v1/products/{product}/remove-photo";
/// Products.
pub(in crate::web) const API_PRODUCTS: &str = "/api/v1/products";
/// A product.
pub(in crate::web) const API_PRODUCT: &str = "/api/v1/products/{product}";
/// Suspends the recognition that a product stands by.
pub(in crate::web) const API_SUSPEND: &str = "/api/v1/products/{product}/suspend";
/// Gives a product's right to the mark back.
pub(in crate::web) const API_REINSTATE: &str = "/api/v1/products/{product}/reinstate";
/// Revokes the recognition that a product stands by.
pub(in crate::web) const API_REVOKE: &str = "/api/v1/products/{product}/revoke";
/// Enters a decision about many products.
pub(in crate::web) const API_JUDGEMENTS: &str = "/api/v1/judgements";
/// Batches.
pub(in crate::web) const API_BATCHES: &str = "/api/v1/batches";
/// A batch.
pub(in crate::web) const API_BATCH: &str = "/api/v1/batches/{batch}";
/// Gives a batch to a print shop.
pub(in crate::web) const API_ASSIGN_BATCH: &str = "/api/v1/batches/{batch}/assign";
/// Reports a batch printed.
pub(in crate::web) const API_BATCH_PRINTED: &str = "/api/v1/batches/{batch}/printed";
/// Hands printed stamps over.
pub(in crate::web) const API_HAND_BATCH_OVER: &str = "/api/v1/batches/{batch}/hand-over";
/// Confirms a hand-over.
pub(in crate::web) const API_RECEIVE_BATCH: &str = "/api/v1/batches/{batch}/receive";
/// Puts stamps on goods of a lot.
pub(in crate::web) const API_ACTIVATE_BATCH: &str = "/api/v1/batches/{batch}/activate";
/// Reports stamps spoiled or lost.
pub(in crate::web) const API_REPORT_STAMPS: &str = "/api/v1/batches/{batch}/report";
/// Asks to print spoiled stamps anew.
pub(in crate::web) const API_REPRINT_BATCH: &str = "/api/v1/batches/{batch}/reprint";
/// Cancels codes.
pub(in crate::web) const API_CANCEL_STAMPS: &str = "/api/v1/batches/{batch}/cancel";
/// Closes the account of a batch.
pub(in crate::web) const API_CLOSE_BATCH: &str = "/api/v1/batches/{batch}/close";
/// Papers of a batch.
pub(in crate::web) const API_BATCH_PAPERS: &str = "/api/v1/batches/{batch}/papers";
/// A paper of a batch.
pub(in crate::web) const API_BATCH_PAPER: &str = "/api/v1/batches/{batch}/papers/{paper}";
/// What of a batch is to be destroyed, and was.
pub(in crate::web) const API_BATCH_DESTRUCTIONS: &str = "/api/v1/batches/{batch}/destructions";
/// Sheets of a batch.
pub(in crate::web) const API_SHEETS: &str = "/api/v1/batches/{batch}/sheets";
/// A file of a printing.
pub(in crate::web) const API_SHEET_FILE: &str =
    "/api/v1/batches/{batch}/sheets/{layout}/{design}/{file}";
/// Batches with stamps that are to be destroyed.
pub(in crate::web) const API_DESTRUCTIONS: &str = "/api/v1/destructions";
/// A destruction.
pub(in crate::web) const API_DESTRUCTION: &str = "/api/v1/destructions/{destruction}";
/// Confirms a destruction.
pub(in crate::web) const API_CONFIRM_DESTRUCTION: &str =
    "/api/v1/destructions/{destruction}/confirm";
/// Refuses a destruction.
pub(in crate::web) const API_REFUSE_DESTRUCTION: &str = "/api/v1/destructions/{destruction}/refuse";
/// Withdraws a destruction.
pub(in crate::web) const API_WITHDRAW_DESTRUCTION: &str =
    "/api/v1/destructions/{destruction}/withdraw";
/// Inspections.
pub(in crate::web) const API_INSPECTIONS: &str = "/api/v1/inspections";
/// An inspection.
pub(in crate::web) const API_INSPECTION: &str = "/api/v1/inspections/{inspection}";
/// Papers of an inspection.
pub(in crate::web) const API_INSPECTION_PAPERS: &str = "/api/v1/inspections/{inspection}/papers";
/// A paper of an inspection.
pub(in crate::web) const API_INSPECTION_PAPER: &str =
    "/api/v1/inspections/{inspection}/papers/{paper}";
/// All that the register knows of a stamp.
pub(in crate::web) const API_STAMP: &str = "/api/v1/stamps/{stamp}";
/// Enters the annex of a decision.
pub(in crate::web) const API_ANNEXES: &str = "/api/v1/annexes";
/// Checks the annex of a decision.
pub(in crate::web) const API_CHECK_ANNEX: &str = "/api/v1/annexes/check";
/// Recognitions that end before long.
pub(in crate::web) const API_RENEWALS: &str = "/api/v1/renewals";
/// How things stand, in numbers.
pub(in crate::web) const API_DASHBOARD: &str = "/api/v1/dashboard";
/// Sums by product and print shop.
pub(in crate::web) const API_RECONCILIATION: &str = "/api/v1/reconciliation";
/// What consumers report.
pub(in crate::web) const API_REPORTS: &str = "/api/v1/reports";
/// A report.
pub(in crate::web) const API_REPORT: &str = "/api/v1/reports/{report}";
/// Takes a report up.
pub(in crate::web) const API_TAKE_UP_REPORT: &str = "/api/v1/reports/{report}/take-up";
/// Notes something on a report.
pub(in crate::web) const API_NOTE_REPORT: &str = "/api/v1/reports/{report}/note";
/// Answers a report.
pub(in crate::web) const API_ANSWER_REPORT: &str = "/api/v1/reports/{report}/answer";
/// Closes a report without an answer.
pub(in crate::web) const API_CLOSE_REPORT: &str = "/api/v1/reports/{report}/close";
/// Accounts.
pub(in crate::web) const API_ACCOUNTS: &str = "/api/v1/accounts";
/// An account.
pub(in crate::web) const API_ACCOUNT: &str = "/api/v1/accounts/{account}";
/// Makes a link by which somebody sets a password.
pub(in crate::web) const API_INVITE: &str = "/api/v1/accounts/{account}/invite";
/// Forgets the authenticator app of somebody who lost it, and makes a link by which they set a password.
pub(in crate::web) const API_RECOVER_ACCOUNT: &str = "/api/v1/accounts/{account}/recover";
/// Closes an account.
pub(in crate::web) const API_CLOSE_ACCOUNT: &str = "/api/v1/accounts/{account}/close";
/// Opens an account again.
pub(in crate::web) const API_OPEN_ACCOUNT: &str = "/api/v1/accounts/{account}/open";
/// Print shops.
pub(in crate::web) const API_PRINT_SHOPS: &str = "/api/v1/print-shops";
/// A print shop.
pub(in crate::web) const API_PRINT_SHOP: &str = "/api/v1/print-shops/{shop}";
/// Funding plans.
pub(in crate::web) const API_PLANS: &str = "/api/v1/plans";
/// A funding plan.
pub(in crate::web) const API_PLAN: &str = "/api/v1/plans/{plan}";
/// Issuing authorities.
pub(in crate::web) const API_AUTHORITIES: &str = "/api/v1/authorities";
/// An issuing authority.
pub(in crate::web) const API_AUTHORITY: &str = "/api/v1/authorities/{authority}";
/// What waits for who asks.
pub(in crate::web) const API_WAITING: &str = "/api/v1/todo";
/// What the service runs with.
pub(in crate::web) const API_SETTINGS: &str = "/api/v1/settings";
/// The audit trail.
pub(in crate::web) const API_AUDIT: &str = "/api/v1/audit";
/// Production lots.
pub(in crate::web) const API_LOTS: &str = "/api/v1/lots";
/// A production lot.
pub(in crate::web) const API_LOT: &str = "/api/v1/lots/{lot}";
/// Recalls the goods of a lot.
pub(in crate::web) const API_RECALL_LOT: &str = "/api/v1/lots/{lot}/recall";
/// Ends the recall of a lot's goods.
pub(in crate::web) const API_END_RECALL: &str = "/api/v1/lots/{lot}/end-recall";
