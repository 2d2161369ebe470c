//! Identities of records in the register. Each kind is its own type, so they cannot be mixed up.

use std::fmt;

macro_rules! record_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

record_id!(
    /// A person's account.
    AccountId
);
record_id!(
    /// A token of the API.
    TokenId
);
record_id!(
    /// An issuing authority.
    AuthorityId
);
record_id!(
    /// A version of a design.
    DesignId
);
record_id!(
    /// A decision about recognitions.
    JudgementId
);
record_id!(
    /// A destruction of stamps.
    DestructionId
);
record_id!(
    /// A download link.
    LinkId
);
record_id!(
    /// A hand-over of stamps.
    HandOverId
);
record_id!(
    /// An official paper.
    PaperId
);
record_id!(
    /// An inspection.
    InspectionId
);
record_id!(
    /// A funding plan.
    PlanId
);
record_id!(
    /// A production lot.
    LotId
);
record_id!(
    /// A stamp order.
    OrderId
);
record_id!(
    /// A producer.
    ProducerId
);
record_id!(
    /// A product.
    ProductId
);
record_id!(
    /// A recognition: one product in one decision.
    RecognitionId
);
record_id!(
    /// A consumer's report.
    ReportId
);
record_id!(
    /// A print shop.
    ShopId
);
