//! What can be done, each act under one name in the register, in JSON and in text catalogues.

use super::{NewEntry, Subject};
use crate::domain::design::DesignMove;
use crate::domain::destruction::DestructionMove;
use crate::domain::order::OrderMove;
use crate::domain::recognition::EventKind;
use crate::domain::report::ReportStep;
use crate::domain::stamp::StampMove;

/// Names an enum's variants once: in code and in the register.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $key:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(
                #[doc = concat!("`", $key, "`.")]
                $variant,
            )+
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the register, in JSON and in text catalogues.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}
pub(super) use named;

named!(
    /// What was done. The names are the register's: add, never rename.
    Action {
        AddAccount = "account.add",
        CloseAccount = "account.close",
        ForgetSecondFactor = "account.forget_second_factor",
        InviteAccount = "account.invite",
        OpenAccount = "account.open",
        SetPassword = "account.password",
        GivePassword = "account.password_given",
        RevokeToken = "account.revoke_token",
        SetSecondFactor = "account.second_factor",
        SignIn = "account.sign_in",
        RefuseSignIn = "account.sign_in_refused",
        RefuseCode = "account.code_refused",
        RefuseConfirmation = "account.confirmation_refused",
        MakeToken = "account.token",
        AddAuthority = "authority.add",
        ImportAuthorities = "authority.import",
        UpdateAuthority = "authority.update",
        DestroyBatch = "batch.destroy",
        AddDesign = "design.add",
        ApproveDesign = "design.approve",
        RejectDesign = "design.reject",
        SubmitDesign = "design.submit",
        WithdrawDesign = "design.withdraw",
        ConfirmDestruction = "destruction.confirm",
        RecordDestruction = "destruction.record",
        RefuseDestruction = "destruction.refuse",
        WithdrawDestruction = "destruction.withdraw",
        FetchFile = "download.file",
        MakeLink = "download.link",
        WithdrawLink = "download.unlink",
        RecordInspection = "inspection.record",
        AssignJob = "job.assign",
        CloseJob = "job.close",
        DownloadJob = "job.download",
        HandOverJob = "job.hand_over",
        ReportJobPrinted = "job.printed",
        ReceiveJob = "job.receive",
        ReprintJob = "job.reprint",
        RecordJudgement = "judgement.record",
        EndRecall = "lot.end_recall",
        RecallLot = "lot.recall",
        AmendOrder = "order.amend",
        ApproveOrder = "order.approve",
        CancelOrder = "order.cancel",
        IssueOrder = "order.issue",
        PlaceOrder = "order.place",
        PrepareOrder = "order.prepare",
        RejectOrder = "order.reject",
        RequestChanges = "order.request_changes",
        SubmitOrder = "order.submit",
        TakeUpOrder = "order.take_up",
        MakePaper = "paper.make",
        AddPlan = "plan.add",
        UpdatePlan = "plan.update",
        AddProducer = "producer.add",
        UpdateProducer = "producer.update",
        AddProduct = "product.add",
        SetPhoto = "product.photo",
        RemovePhoto = "product.remove_photo",
        UpdateProduct = "product.update",
        ChangeRecognitionEnd = "recognition.extended",
        ReinstateRecognition = "recognition.reinstated",
        RevokeRecognition = "recognition.revoked",
        SuspendRecognition = "recognition.suspended",
        ImportAnnex = "register.import",
        AnswerReport = "report.answer",
        CloseReport = "report.close",
        EraseContacts = "report.erase_contacts",
        NoteReport = "report.note",
        SendReport = "report.send",
        TakeUpReport = "report.take_up",
        WithdrawContact = "report.withdraw_contact",
        AddShop = "shop.add",
        UpdateShop = "shop.update",
        ActivateStamps = "stamp.activate",
        CancelStamps = "stamp.cancel",
        DestroyStamps = "stamp.destroy",
        HandOverStamps = "stamp.hand_over",
        LoseStamps = "stamp.lose",
        PrintStamps = "stamp.printed",
        SpoilStamps = "stamp.spoil",
    }
);

impl Action {
    /// The act on a subject, as it is written down.
    #[must_use]
    pub fn on(self, subject: impl Into<Subject>) -> NewEntry {
        NewEntry { action: self, subject: subject.into(), reason: None, facts: Vec::new() }
    }

    /// Whether it decides what cannot be undone, or who may decide.
    #[must_use]
    pub fn is_weighty(self) -> bool {
        matches!(
            self,
            Self::AddAccount
                | Self::CloseAccount
                | Self::ForgetSecondFactor
                | Self::InviteAccount
                | Self::OpenAccount
                | Self::SetPassword
                | Self::SetSecondFactor
                | Self::MakeToken
                | Self::DestroyBatch
                | Self::ApproveDesign
                | Self::ConfirmDestruction
                | Self::CloseJob
                | Self::RecordJudgement
                | Self::EndRecall
                | Self::RecallLot
                | Self::ApproveOrder
                | Self::IssueOrder
                | Self::RejectOrder
                | Self::AddPlan
                | Self::UpdatePlan
                | Self::ReinstateRecognition
                | Self::RevokeRecognition
                | Self::SuspendRecognition
                | Self::CancelStamps
        )
    }
}

impl From<StampMove> for Action {
    fn from(step: StampMove) -> Self {
        match step {
            StampMove::ReportPrinted => Self::PrintStamps,
            StampMove::HandOver => Self::HandOverStamps,
            StampMove::Activate => Self::ActivateStamps,
            StampMove::Spoil => Self::SpoilStamps,
            StampMove::Lose => Self::LoseStamps,
            StampMove::Destroy => Self::DestroyStamps,
            StampMove::Cancel => Self::CancelStamps,
        }
    }
}

impl From<OrderMove> for Action {
    fn from(step: OrderMove) -> Self {
        match step {
            OrderMove::Submit => Self::SubmitOrder,
            OrderMove::TakeUp => Self::TakeUpOrder,
            OrderMove::RequestChanges => Self::RequestChanges,
            OrderMove::Approve => Self::ApproveOrder,
            OrderMove::Reject => Self::RejectOrder,
            OrderMove::Cancel => Self::CancelOrder,
            OrderMove::Issue => Self::IssueOrder,
        }
    }
}

impl From<DesignMove> for Action {
    fn from(step: DesignMove) -> Self {
        match step {
            DesignMove::Submit => Self::SubmitDesign,
            DesignMove::Approve => Self::ApproveDesign,
            DesignMove::Reject => Self::RejectDesign,
            DesignMove::Withdraw => Self::WithdrawDesign,
        }
    }
}

impl From<DestructionMove> for Action {
    fn from(step: DestructionMove) -> Self {
        match step {
            DestructionMove::Confirm => Self::ConfirmDestruction,
            DestructionMove::Refuse => Self::RefuseDestruction,
            DestructionMove::Withdraw => Self::WithdrawDestruction,
        }
    }
}

impl From<EventKind> for Action {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::EndChanged(_) => Self::ChangeRecognitionEnd,
            EventKind::Suspended => Self::SuspendRecognition,
            EventKind::Reinstated => Self::ReinstateRecognition,
            EventKind::Revoked => Self::RevokeRecognition,
        }
    }
}

impl From<&ReportStep> for Action {
    fn from(step: &ReportStep) -> Self {
        match step {
            ReportStep::TakeUp => Self::TakeUpReport,
            ReportStep::Note(_) => Self::NoteReport,
            ReportStep::Answer(_) => Self::AnswerReport,
            ReportStep::Close(_) => Self::CloseReport,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_name_of_its_own() {
        for action in Action::ALL {
            assert_eq!(Action::from_key(action.key()), Some(*action));
        }
        assert_eq!(Action::from_key("stamp.copy"), None);
    }

    #[test]
    fn every_step_is_an_act_of_its_name() {
        for step in StampMove::ALL {
            assert_eq!(Action::from(step).key(), format!("stamp.{}", step.key()));
        }
    }
}
