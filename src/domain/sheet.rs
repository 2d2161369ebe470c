//! Printed sheets (tờ in): a fixed run of a batch's serials.

use super::serial::Serial;

/// Which stamps one sheet of a batch carries in one layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Number within the batch, from 1.
    pub number: u32,
    /// First serial.
    pub first: Serial,
    /// Last serial.
    pub last: Serial,
    /// How many stamps.
    pub stamps: u32,
}
