//! Serials: the number that names one stamp.

use std::ops::RangeInclusive;

/// Bits of the batch number.
const BATCH_BITS: u32 = 20;
/// Bits of the number within the batch.
const ITEM_BITS: u32 = 35;

/// Number of a batch: 20 bits, shown as the serial's first group of four symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchNumber(u32);

impl BatchNumber {
    /// Greatest number.
    pub const MAX: Self = Self((1 << BATCH_BITS) - 1);

    /// The batch of that number; `None` beyond 20 bits.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        (number <= Self::MAX.0).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// The serial of that item of the batch; `None` beyond 35 bits.
    #[must_use]
    pub fn serial(self, item: u64) -> Option<Serial> {
        (item >> ITEM_BITS == 0).then(|| Serial((u64::from(self.0) << ITEM_BITS) | item))
    }

    /// Every serial the batch could hold; its stamps lie side by side in the register.
    #[must_use]
    pub fn serials(self) -> RangeInclusive<Serial> {
        let first = u64::from(self.0) << ITEM_BITS;
        Serial(first)..=Serial(first | ((1 << ITEM_BITS) - 1))
    }
}

/// The 55 data bits of a serial: batch number, then the number within the batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(u64);

impl Serial {
    /// Bits of an item number.
    pub const ITEM_BITS: u32 = ITEM_BITS;

    /// The serial with those bits; `None` beyond 55.
    #[must_use]
    pub fn new(bits: u64) -> Option<Self> {
        (bits >> (BATCH_BITS + ITEM_BITS) == 0).then_some(Self(bits))
    }

    /// The 55 bits.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The batch it belongs to.
    #[must_use]
    pub fn batch(self) -> BatchNumber {
        // 55 bits less 35 always leave 20.
        BatchNumber(u32::try_from(self.0 >> ITEM_BITS).unwrap_or(BatchNumber::MAX.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_remembers_its_batch() {
        let batch = BatchNumber::new(1_048_575).unwrap();
        let serial = batch.serial(34_359_738_367).unwrap();
        assert_eq!(serial.batch(), batch);
        assert_eq!(serial.bits(), (1 << 55) - 1);
        assert!(batch.serials().contains(&serial));
        assert_eq!(batch.serial(1 << 35), None);
        assert_eq!(Serial::new(1 << 55), None);
        assert_eq!(BatchNumber::new(1 << 20), None);
    }
}
