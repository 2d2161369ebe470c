//! Official papers about stamps: what kinds there are, and how they are numbered.

use super::act::Done;
use super::calendar::Day;
use super::ids::PaperId;

/// The issuing office, as its papers name it.
pub const OFFICE: &str = "Văn phòng Điều phối Chương trình xây dựng nông thôn mới thành phố Hà Nội";

/// A kind of paper. What it is about is the thing its kind says, one paper at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// Phiếu đề nghị in tem, about an order.
    OrderSlip,
    /// Biên bản bàn giao tem, about a hand-over.
    HandOver,
    /// Bảng đối soát, quyết toán tem, about a batch.
    Reconciliation,
    /// Biên bản tiêu hủy tem, about a destruction.
    Destruction,
    /// Biên bản kiểm tra, about an inspection.
    Inspection,
}

impl PaperKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::OrderSlip,
        Self::HandOver,
        Self::Reconciliation,
        Self::Destruction,
        Self::Inspection,
    ];

    /// The kind's name in the register and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::OrderSlip => "order_slip",
            Self::HandOver => "hand_over",
            Self::Reconciliation => "reconciliation",
            Self::Destruction => "destruction",
            Self::Inspection => "inspection",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Ký hiệu: what follows the number (Nghị định 30/2020/NĐ-CP, Annex I, part II, 3).
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::OrderSlip => "PĐN-OCOP",
            Self::HandOver => "BB-BGT",
            Self::Reconciliation => "BĐS-OCOP",
            Self::Destruction => "BB-THT",
            Self::Inspection => "BB-KT",
        }
    }
}

/// A paper in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Identity.
    pub id: PaperId,
    /// Its kind.
    pub kind: PaperKind,
    /// Its number within its kind and the year of its day.
    pub number: u32,
    /// The thing it is about.
    pub subject: i64,
    /// The day it bears.
    pub day: Day,
    /// Who had it made, and when.
    pub made: Done,
    /// Whether no later paper took its place.
    pub stands: bool,
    /// What its page tells, by name.
    pub figures: Vec<(String, String)>,
}

impl Paper {
    /// Số, ký hiệu: `12/BB-BGT`.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.kind, self.number)
    }
}

/// Số, ký hiệu of a number of a kind.
#[must_use]
pub fn reference(kind: PaperKind, number: u32) -> String {
    format!("{number}/{}", kind.symbol())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_and_a_symbol_of_its_own() {
        for kind in PaperKind::ALL {
            assert_eq!(PaperKind::from_key(kind.key()), Some(kind));
            let namesakes = PaperKind::ALL.into_iter().filter(|it| it.symbol() == kind.symbol());
            assert_eq!(namesakes.count(), 1);
        }
        assert_eq!(reference(PaperKind::HandOver, 12), "12/BB-BGT");
    }
}
