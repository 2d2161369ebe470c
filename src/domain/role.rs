//! Roles of people, and what each may do.

use std::fmt;

use super::ids::{ProducerId, ShopId};

/// What a person is to the register. A person has one role, in one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Chủ thể OCOP: one of a producer's people.
    Producer,
    /// Cơ sở in: one of a print shop's people.
    PrintShop,
    /// Cán bộ.
    Officer,
    /// Người phê duyệt.
    Approver,
    /// Kiểm tra viên.
    Inspector,
    /// Reads everything, changes nothing.
    Auditor,
    /// Quản trị.
    Administrator,
}

/// What a page or a call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// To be signed in.
    SignedIn,
    /// See orders, and how each stands.
    SeeOrders,
    /// Place, send and withdraw orders.
    PlaceOrders,
    /// Check orders, and return them with a reason.
    CheckOrders,
    /// Approve or reject orders, and issue their codes.
    ApproveOrders,
    /// See products and their recognitions.
    SeeProducts,
    /// Enter decisions, keep producers and products.
    KeepRegister,
    /// Suspend, reinstate and revoke recognitions.
    JudgeRecognitions,
    /// See batches, and how their stamps stand.
    SeeBatches,
    /// Give batches to print shops.
    AssignPrinting,
    /// Download sheets, report printed and spoiled stamps, hand over.
    Print,
    /// Confirm receipt, activate stamps.
    UseStamps,
    /// Report those stamps spoiled or lost that one has.
    ReportStamps,
    /// Recall lots, cancel stamps, confirm destructions, close batches with a difference.
    JudgeStamps,
    /// Record that stamps were destroyed, for somebody else to confirm.
    RecordDestructions,
    /// Reconcile: see what was issued against what became of it.
    Reconcile,
    /// Make official papers of what one sees.
    MakePapers,
    /// See inspections, and all that the register knows of a stamp.
    SeeInspections,
    /// Record inspections.
    Inspect,
    /// See what consumers report.
    SeeReports,
    /// Work on what consumers report, and answer it.
    AnswerReports,
    /// Read the audit trail, and what the service runs with.
    ReadAudit,
    /// Keep accounts, print shops, funding plans, authorities.
    Administer,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 23] = [
        Self::SignedIn,
        Self::SeeOrders,
        Self::PlaceOrders,
        Self::CheckOrders,
        Self::ApproveOrders,
        Self::SeeProducts,
        Self::KeepRegister,
        Self::JudgeRecognitions,
        Self::SeeBatches,
        Self::AssignPrinting,
        Self::Print,
        Self::UseStamps,
        Self::ReportStamps,
        Self::JudgeStamps,
        Self::RecordDestructions,
        Self::Reconcile,
        Self::MakePapers,
        Self::SeeInspections,
        Self::Inspect,
        Self::SeeReports,
        Self::AnswerReports,
        Self::ReadAudit,
        Self::Administer,
    ];

    /// The right's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SeeOrders => "see_orders",
            Self::PlaceOrders => "place_orders",
            Self::CheckOrders => "check_orders",
            Self::ApproveOrders => "approve_orders",
            Self::SeeProducts => "see_products",
            Self::KeepRegister => "keep_register",
            Self::JudgeRecognitions => "judge_recognitions",
            Self::SeeBatches => "see_batches",
            Self::AssignPrinting => "assign_printing",
            Self::Print => "print",
            Self::UseStamps => "use_stamps",
            Self::ReportStamps => "report_stamps",
            Self::JudgeStamps => "judge_stamps",
            Self::RecordDestructions => "record_destructions",
            Self::Reconcile => "reconcile",
            Self::MakePapers => "make_papers",
            Self::SeeInspections => "see_inspections",
            Self::Inspect => "inspect",
            Self::SeeReports => "see_reports",
            Self::AnswerReports => "answer_reports",
            Self::ReadAudit => "read_audit",
            Self::Administer => "administer",
        }
    }

    /// The right of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.key() == key)
    }

    /// Whether it is to decide what cannot be undone, for which people must show again who they are.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(
            self,
            Self::ApproveOrders | Self::JudgeRecognitions | Self::JudgeStamps | Self::Administer
        )
    }

    /// Whether using it changes something.
    #[must_use]
    pub fn changes(self) -> bool {
        !matches!(
            self,
            Self::SignedIn
                | Self::SeeOrders
                | Self::SeeProducts
                | Self::SeeBatches
                | Self::Reconcile
                | Self::SeeInspections
                | Self::SeeReports
                | Self::ReadAudit
        )
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Producer,
        Self::PrintShop,
        Self::Officer,
        Self::Approver,
        Self::Inspector,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The role's name in the register, on the command line and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::PrintShop => "print_shop",
            Self::Officer => "officer",
            Self::Approver => "approver",
            Self::Inspector => "inspector",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Whether the role has a right. What it then sees is bounded by its [`Organisation`].
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        use Right as R;
        if right == R::SignedIn {
            return true;
        }
        match self {
            Self::Producer => matches!(
                right,
                R::SeeOrders
                    | R::PlaceOrders
                    | R::SeeProducts
                    | R::SeeBatches
                    | R::UseStamps
                    | R::ReportStamps
                    | R::Reconcile
                    | R::MakePapers
            ),
            Self::PrintShop => {
                matches!(
                    right,
                    R::SeeBatches | R::Print | R::ReportStamps | R::Reconcile | R::MakePapers
                )
            }
            Self::Officer => matches!(
                right,
                R::SeeOrders
                    | R::CheckOrders
                    | R::SeeProducts
                    | R::KeepRegister
                    | R::SeeBatches
                    | R::AssignPrinting
                    | R::RecordDestructions
                    | R::Reconcile
                    | R::MakePapers
                    | R::SeeInspections
                    | R::SeeReports
                    | R::AnswerReports
            ),
            Self::Approver => matches!(
                right,
                R::SeeOrders
                    | R::ApproveOrders
                    | R::SeeProducts
                    | R::JudgeRecognitions
                    | R::SeeBatches
                    | R::JudgeStamps
                    | R::RecordDestructions
                    | R::Reconcile
                    | R::MakePapers
                    | R::SeeInspections
                    | R::SeeReports
            ),
            Self::Inspector => matches!(
                right,
                R::SeeProducts | R::SeeBatches | R::SeeInspections | R::Inspect | R::SeeReports
            ),
            Self::Auditor => !right.changes(),
            Self::Administrator => matches!(right, R::Administer | R::ReadAudit),
        }
    }

    /// Whether a password alone is not enough: whoever can cause stamps to be issued, or accounts to
    /// be made.
    #[must_use]
    pub fn needs_second_factor(self) -> bool {
        matches!(self, Self::Approver | Self::Administrator)
    }
}

/// Whom a person works for. It bounds what is seen: a producer's people see what is the producer's,
/// a print shop's people what the shop was given to print, the office everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Organisation {
    /// The issuing office, and those who check it.
    Office,
    /// A producer.
    Producer(ProducerId),
    /// A print shop.
    PrintShop(ShopId),
}

impl fmt::Display for Organisation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office => out.write_str("office"),
            Self::Producer(id) => write!(out, "producer {id}"),
            Self::PrintShop(id) => write!(out, "print shop {id}"),
        }
    }
}

impl Organisation {
    /// Whether people of a role can work there.
    #[must_use]
    pub fn suits(self, role: Role) -> bool {
        match role {
            Role::Producer => matches!(self, Self::Producer(_)),
            Role::PrintShop => matches!(self, Self::PrintShop(_)),
            _ => self == Self::Office,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_both_places_and_approves_orders_or_prints_and_receives() {
        for role in Role::ALL {
            for (one, other) in [
                (Right::PlaceOrders, Right::ApproveOrders),
                (Right::CheckOrders, Right::ApproveOrders),
                (Right::Print, Right::UseStamps),
                (Right::Administer, Right::ApproveOrders),
            ] {
                assert!(!(role.may(one) && role.may(other)), "{role:?}: {one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn an_auditor_reads_everything_and_changes_nothing() {
        for right in Right::ALL {
            assert_eq!(Role::Auditor.may(right), !right.changes(), "{right:?}");
        }
    }

    #[test]
    fn somebody_has_every_right() {
        for right in Right::ALL {
            assert!(Role::ALL.into_iter().any(|role| role.may(right)), "{right:?}");
        }
    }

    #[test]
    fn a_role_works_in_the_organisation_it_belongs_to() {
        let homes = [
            Organisation::Office,
            Organisation::Producer(ProducerId(1)),
            Organisation::PrintShop(ShopId(1)),
        ];
        for role in Role::ALL {
            assert_eq!(homes.into_iter().filter(|home| home.suits(role)).count(), 1, "{role:?}");
        }
    }
}
