//! Production lots (lô sản xuất) that stamps are activated onto.

use super::calendar::Day;
use super::ids::{LotId, ProductId};

/// A lot as the producer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLot {
    /// The product.
    pub product: ProductId,
    /// The producer's own lot code, unique within the product.
    pub code: String,
    /// Ngày sản xuất (NSX).
    pub made_on: Option<Day>,
    /// Hạn sử dụng (HSD).
    pub use_by: Option<Day>,
}

impl NewLot {
    /// Whether the goods are past their date on a day. They are good through it.
    #[must_use]
    pub fn is_past(&self, on: Day) -> bool {
        self.use_by.is_some_and(|use_by| use_by < on)
    }

    /// Whether stamps can be put on its goods on a day, as far as its dates tell.
    ///
    /// # Errors
    /// [`LotFault`]: what is wrong with the dates.
    pub fn takes_stamps(&self, on: Day) -> Result<(), LotFault> {
        match (self.made_on, self.use_by) {
            (Some(made_on), Some(use_by)) if use_by < made_on => Err(LotFault::Backwards),
            (_, Some(use_by)) if use_by < on => Err(LotFault::Past { use_by }),
            (Some(made_on), _) if on < made_on => Err(LotFault::NotMade { made_on }),
            _ => Ok(()),
        }
    }
}

/// Why no stamp can be put on the goods of a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LotFault {
    /// The dates are in the wrong order.
    #[error("it would expire before it was made")]
    Backwards,
    /// The goods are past their date.
    #[error("its goods are past their date: use by {use_by}")]
    Past {
        /// The last day on which they may be used.
        use_by: Day,
    },
    /// The goods are still to be made.
    #[error("its goods are still to be made: on {made_on}")]
    NotMade {
        /// The day on which they will be.
        made_on: Day,
    },
}

/// A lot in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Identity.
    pub id: LotId,
    /// What the producer said of it.
    pub details: NewLot,
    /// Set while its goods are being recalled.
    pub recall: Option<Recall>,
}

/// A recall of goods (thu hồi sản phẩm): never the withdrawal of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// Since when.
    pub since: Day,
    /// Why, in words for the public.
    pub reason: String,
    /// Whom to call.
    pub phone: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn lot(made_on: Option<u32>, use_by: Option<u32>) -> NewLot {
        let (made_on, use_by) = (made_on.map(day), use_by.map(day));
        NewLot { product: ProductId(1), code: "L1".into(), made_on, use_by }
    }

    #[test]
    fn goods_are_good_through_their_last_day() {
        let lot = lot(Some(1), Some(20));
        assert!(!lot.is_past(day(20)));
        assert!(lot.is_past(day(21)));
        assert_eq!(lot.takes_stamps(day(20)), Ok(()));
        assert_eq!(lot.takes_stamps(day(21)), Err(LotFault::Past { use_by: day(20) }));
    }

    #[test]
    fn dates_that_cannot_be_are_told_apart() {
        assert_eq!(lot(Some(10), Some(9)).takes_stamps(day(1)), Err(LotFault::Backwards));
        assert_eq!(lot(Some(10), Some(10)).takes_stamps(day(10)), Ok(()));
        let not_made = Err(LotFault::NotMade { made_on: day(10) });
        assert_eq!(lot(Some(10), None).takes_stamps(day(9)), not_made);
    }

    #[test]
    fn a_lot_without_dates_takes_stamps_and_is_never_past() {
        let lot = lot(None, None);
        assert_eq!(lot.takes_stamps(day(1)), Ok(()));
        assert!(!lot.is_past(Day::MAX));
    }
}
