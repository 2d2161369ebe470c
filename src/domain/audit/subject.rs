//! What an act is about.

use crate::domain::ids::{
    AccountId, AuthorityId, DesignId, DestructionId, InspectionId, JudgementId, LinkId, LotId,
    OrderId, PaperId, PlanId, ProducerId, ProductId, ReportId, ShopId,
};
use crate::domain::serial::BatchNumber;

/// Declares the kinds of subjects, each with its name and the identity it holds.
macro_rules! subjects {
    ($($(#[$doc:meta])* $variant:ident($id:ident) = $key:literal,)+) => {
        /// What an act is about. The names of kinds are the register's: add, never rename.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Subject {
            /// The register as a whole: imports, and who was not let in under a name nobody has.
            Register,
            /// Stamps of a batch.
            Stamps(BatchNumber),
            /// A batch with its print job.
            Batch(BatchNumber),
            $($(#[$doc])* $variant($id),)+
        }

        impl Subject {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] =
                &["register", "stamps", "batch", $($key),+];

            /// The name of its kind in the register, in JSON and in text catalogues.
            #[must_use]
            pub fn kind(self) -> &'static str {
                match self {
                    Self::Register => "register",
                    Self::Stamps(_) => "stamps",
                    Self::Batch(_) => "batch",
                    $(Self::$variant(_) => $key,)+
                }
            }

            /// Its number among those of its kind.
            #[must_use]
            pub fn number(self) -> i64 {
                match self {
                    Self::Register => 0,
                    Self::Stamps(batch) | Self::Batch(batch) => batch.get().into(),
                    $(Self::$variant(id) => id.0,)+
                }
            }

            /// The subject of that kind and number.
            #[must_use]
            pub fn of(kind: &str, number: i64) -> Option<Self> {
                let batch = || u32::try_from(number).ok().and_then(BatchNumber::new);
                match kind {
                    "register" => Some(Self::Register),
                    "stamps" => batch().map(Self::Stamps),
                    "batch" => batch().map(Self::Batch),
                    $($key => Some(Self::$variant($id(number))),)+
                    _ => None,
                }
            }
        }

        $(
            impl From<$id> for Subject {
                fn from(id: $id) -> Self {
                    Self::$variant(id)
                }
            }
        )+
    };
}

subjects! {
    /// An account.
    Account(AccountId) = "account",
    /// An issuing authority.
    Authority(AuthorityId) = "authority",
    /// A version of a design.
    Design(DesignId) = "design",
    /// A destruction of stamps.
    Destruction(DestructionId) = "destruction",
    /// An inspection.
    Inspection(InspectionId) = "inspection",
    /// A decision about recognitions.
    Judgement(JudgementId) = "judgement",
    /// A download link.
    Link(LinkId) = "link",
    /// A production lot.
    Lot(LotId) = "lot",
    /// An order.
    Order(OrderId) = "order",
    /// An official paper.
    Paper(PaperId) = "paper",
    /// A funding plan.
    Plan(PlanId) = "plan",
    /// A producer.
    Producer(ProducerId) = "producer",
    /// A product, with its recognitions.
    Product(ProductId) = "product",
    /// A consumer's report.
    Report(ReportId) = "report",
    /// A print shop.
    Shop(ShopId) = "shop",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_subject_is_read_as_it_was_written() {
        for kind in Subject::KINDS {
            let subject = Subject::of(kind, 7).unwrap();
            assert_eq!(subject.kind(), *kind);
            assert_eq!(Subject::of(kind, subject.number()), Some(subject));
        }
        assert_eq!(Subject::of("stamp", 7), None);
        assert_eq!(Subject::of("batch", 1 << 20), None, "no batch has that number");
    }
}
