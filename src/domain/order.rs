//! Stamp orders (đơn đề nghị cấp tem) and their way from draft to issue.

use super::calendar::{Day, Instant};
use super::ids::{OrderId, ProductId};
use super::quota::Funding;
use super::serial::BatchNumber;

/// Most stamps in one order, hence in one batch: the serial's format holds more, a person's
/// overview does not.
pub const STAMPS_MAX: u32 = 1_000_000;

/// How many stamps an order asks for: 1 to [`STAMPS_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

impl Quantity {
    /// That many stamps; `None` outside 1 to [`STAMPS_MAX`].
    #[must_use]
    pub fn new(stamps: u32) -> Option<Self> {
        (1..=STAMPS_MAX).contains(&stamps).then_some(Self(stamps))
    }

    /// How many stamps.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// Bản nháp.
    Draft,
    /// Đã gửi.
    Submitted,
    /// Đang thẩm định: somebody of the office has taken it up.
    UnderReview,
    /// Yêu cầu bổ sung.
    ChangesRequested,
    /// Đã duyệt.
    Approved,
    /// Bị từ chối.
    Rejected,
    /// Hủy đơn.
    Cancelled,
    /// Đã phát hành mã.
    Issued,
}

impl OrderState {
    /// Every state, in the order an order passes through them.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::UnderReview,
        Self::ChangesRequested,
        Self::Approved,
        Self::Rejected,
        Self::Cancelled,
        Self::Issued,
    ];

    /// The states in which somebody still has to do something about an order that was sent.
    pub const OPEN: [Self; 4] =
        [Self::Submitted, Self::UnderReview, Self::ChangesRequested, Self::Approved];

    /// The state's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::UnderReview => "under_review",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Issued => "issued",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The state after a move. Repeating the move that led here changes nothing, so that a request
    /// can be sent again.
    ///
    /// # Errors
    /// [`InvalidMove`] where the move does not start here.
    pub fn after(self, step: OrderMove) -> Result<Self, InvalidMove> {
        use OrderMove as M;
        use OrderState as S;
        match (self, step) {
            (S::Draft | S::Submitted, M::Submit) => Ok(S::Submitted),
            // Who asked for changes knows the order: it goes back to them, not to the end of the line.
            (S::ChangesRequested | S::UnderReview, M::Submit)
            | (S::Submitted | S::UnderReview, M::TakeUp) => Ok(S::UnderReview),
            (S::Submitted | S::UnderReview | S::ChangesRequested, M::RequestChanges) => {
                Ok(S::ChangesRequested)
            }
            (S::Submitted | S::UnderReview | S::Approved, M::Approve) => Ok(S::Approved),
            (S::Submitted | S::UnderReview | S::Rejected, M::Reject) => Ok(S::Rejected),
            (S::Approved | S::Issued, M::Issue) => Ok(S::Issued),
            (
                S::Draft
                | S::Submitted
                | S::UnderReview
                | S::ChangesRequested
                | S::Approved
                | S::Cancelled,
                M::Cancel,
            ) => Ok(S::Cancelled),
            (from, step) => Err(InvalidMove { from, step }),
        }
    }

    /// Whether what it asks for can be changed: while it is with whoever asks.
    #[must_use]
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::ChangesRequested)
    }
}

/// What can be done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderMove {
    /// Send it to the office.
    Submit,
    /// Look into it: who sent it sees that it is being looked at.
    TakeUp,
    /// Send it back with a reason.
    RequestChanges,
    /// Approve it.
    Approve,
    /// Refuse it with a reason.
    Reject,
    /// Withdraw it before its codes are issued.
    Cancel,
    /// Issue its codes.
    Issue,
}

impl OrderMove {
    /// Whether whoever is refused must be told why.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::RequestChanges | Self::Reject)
    }

    /// The move's name in the register's history and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::TakeUp => "take_up",
            Self::RequestChanges => "request_changes",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Cancel => "cancel",
            Self::Issue => "issue",
        }
    }
}

/// A move that does not start from the order's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order that is “{}” cannot take the step “{}”", from.key(), step.key())]
pub struct InvalidMove {
    /// Where the order stands.
    pub from: OrderState,
    /// What was asked.
    pub step: OrderMove,
}

/// An order as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// For which product.
    pub product: ProductId,
    /// How many stamps.
    pub quantity: Quantity,
    /// Who pays.
    pub funding: Funding,
    /// The asker's own key: asking twice under one key makes one order.
    pub idempotency_key: Option<String>,
    /// The day the stamps are wanted by.
    pub wanted_on: Option<Day>,
    /// The batch whose spoiled stamps it replaces (in lại): nobody pays twice for those.
    pub replaces: Option<BatchNumber>,
}

impl NewOrder {
    /// An order for stamps, and nothing more said.
    #[must_use]
    pub fn new(product: ProductId, quantity: Quantity, funding: Funding) -> Self {
        Self { product, quantity, funding, idempotency_key: None, wanted_on: None, replaces: None }
    }
}

/// An order in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Identity.
    pub id: OrderId,
    /// What was asked.
    pub request: NewOrder,
    /// Where it stands.
    pub state: OrderState,
    /// When it was entered.
    pub created_at: Instant,
    /// Who placed it; `None` where the register did not keep it yet.
    pub placed_by: Option<String>,
    /// Who sent it last.
    pub submitted_by: Option<String>,
    /// Who of the office took it up first, or asked for changes.
    pub taken_up_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

impl Order {
    /// Who may not approve it: who placed it, and who sent it.
    pub fn asked_by(&self) -> impl Iterator<Item = &str> {
        self.placed_by.iter().chain(&self.submitted_by).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_goes_from_draft_to_issued() {
        let steps = [OrderMove::Submit, OrderMove::Approve, OrderMove::Issue];
        let end = steps.into_iter().try_fold(OrderState::Draft, OrderState::after);
        assert_eq!(end, Ok(OrderState::Issued));
    }

    #[test]
    fn an_order_under_review_goes_back_and_forth_until_it_is_decided_on() {
        let steps = [
            (OrderMove::Submit, OrderState::Submitted),
            (OrderMove::TakeUp, OrderState::UnderReview),
            (OrderMove::RequestChanges, OrderState::ChangesRequested),
            (OrderMove::Submit, OrderState::UnderReview),
            (OrderMove::Submit, OrderState::UnderReview),
            (OrderMove::TakeUp, OrderState::UnderReview),
            (OrderMove::Approve, OrderState::Approved),
        ];
        let mut state = OrderState::Draft;
        for (step, after) in steps {
            state = state.after(step).unwrap_or(state);
            assert_eq!(state, after, "{step:?}");
        }
        assert_eq!(OrderState::UnderReview.after(OrderMove::Reject), Ok(OrderState::Rejected));
        assert_eq!(OrderState::UnderReview.after(OrderMove::Cancel), Ok(OrderState::Cancelled));
    }

    #[test]
    fn only_what_was_sent_is_taken_up() {
        for state in OrderState::ALL {
            let can = matches!(state, OrderState::Submitted | OrderState::UnderReview);
            assert_eq!(state.after(OrderMove::TakeUp).is_ok(), can, "{state:?}");
        }
    }

    #[test]
    fn nothing_moves_once_the_codes_are_issued() {
        for step in [OrderMove::Submit, OrderMove::Approve, OrderMove::Reject, OrderMove::Cancel] {
            assert!(OrderState::Issued.after(step).is_err(), "{step:?}");
        }
    }

    #[test]
    fn a_rejected_order_cannot_be_approved_or_issued() {
        assert!(OrderState::Rejected.after(OrderMove::Approve).is_err());
        assert!(OrderState::Rejected.after(OrderMove::Issue).is_err());
    }

    #[test]
    fn a_repeated_step_changes_nothing() {
        assert_eq!(OrderState::Approved.after(OrderMove::Approve), Ok(OrderState::Approved));
        assert_eq!(OrderState::Issued.after(OrderMove::Issue), Ok(OrderState::Issued));
    }

    #[test]
    fn quantities_end_at_a_million() {
        assert_eq!(Quantity::new(0), None);
        assert_eq!(Quantity::new(1_000_001), None);
        assert_eq!(Quantity::new(1_000_000).map(Quantity::get), Some(1_000_000));
    }
}
