//! Addresses of orders for stamps.

/// Orders.
pub(in crate::web) const ORDERS: &str = "/don";
/// A new order.
pub(in crate::web) const NEW_ORDER: &str = "/don/moi";
/// An order.
pub(in crate::web) const ORDER: &str = "/don/{order}";
/// The form for a draft, or an order that was returned.
pub(in crate::web) const EDIT_ORDER: &str = "/don/{order}/sua";
/// Sends an order to the office.
pub(in crate::web) const SUBMIT_ORDER: &str = "/don/{order}/gui";
/// Takes an order up.
pub(in crate::web) const TAKE_ORDER_UP: &str = "/don/{order}/tham-dinh";
/// Withdraws an order.
pub(in crate::web) const CANCEL_ORDER: &str = "/don/{order}/huy";
/// Returns an order with a reason.
pub(in crate::web) const RETURN_ORDER: &str = "/don/{order}/tra-lai";
/// Approves an order.
pub(in crate::web) const APPROVE_ORDER: &str = "/don/{order}/duyet";
/// Rejects an order with a reason.
pub(in crate::web) const REJECT_ORDER: &str = "/don/{order}/tu-choi";
/// Issues the codes of an order.
pub(in crate::web) const ISSUE_ORDER: &str = "/don/{order}/cap-ma";
/// A stamp of an order in a design, as it will look.
pub(in crate::web) const ORDER_PROOF: &str = "/don/{order}/ban-in-thu/{file}";
/// Makes the slip of an order.
pub(in crate::web) const ORDER_PAPERS: &str = "/don/{order}/giay";
/// A paper of an order.
pub(in crate::web) const ORDER_PAPER: &str = "/don/{order}/giay/{paper}";
