//! Addresses of batches of stamps, and of the lots that they are put on.

/// Makes a paper of a batch.
pub(in crate::web) const BATCH_PAPERS: &str = "/lo-tem/{batch}/giay";
/// A paper of a batch.
pub(in crate::web) const BATCH_PAPER: &str = "/lo-tem/{batch}/giay/{paper}";
/// Batches.
pub(in crate::web) const BATCHES: &str = "/lo-tem";
/// A batch.
pub(in crate::web) const BATCH: &str = "/lo-tem/{batch}";
/// Gives a batch to a print shop.
pub(in crate::web) const ASSIGN_BATCH: &str = "/lo-tem/{batch}/giao-in";
/// Sheets of a batch.
pub(in crate::web) const SHEETS: &str = "/lo-tem/{batch}/to-in";
/// A file of a printing.
pub(in crate::web) const SHEET_FILE: &str = "/lo-tem/{batch}/to-in/{layout}/{design}/{file}";
/// Reports stamps spoiled or lost.
pub(in crate::web) const REPORT_STAMPS: &str = "/lo-tem/{batch}/bao-hong";
/// Asks to print spoiled stamps anew.
pub(in crate::web) const REPRINT_BATCH: &str = "/lo-tem/{batch}/in-lai";
/// Cancels codes.
pub(in crate::web) const CANCEL_STAMPS: &str = "/lo-tem/{batch}/huy-ma";
/// Reports a batch printed.
pub(in crate::web) const BATCH_PRINTED: &str = "/lo-tem/{batch}/da-in";
/// Hands printed stamps over.
pub(in crate::web) const HAND_BATCH_OVER: &str = "/lo-tem/{batch}/ban-giao";
/// Confirms a hand-over.
pub(in crate::web) const RECEIVE_BATCH: &str = "/lo-tem/{batch}/nhan";
/// Where many stamps of a batch are scanned.
pub(in crate::web) const SCAN_STAMPS: &str = "/lo-tem/{batch}/quet";
/// Shows what would become of stamps.
pub(in crate::web) const PREVIEW_STAMPS: &str = "/lo-tem/{batch}/xem-truoc";
/// Production lots.
pub(in crate::web) const LOTS: &str = "/lo-san-xuat";
/// A production lot.
pub(in crate::web) const LOT: &str = "/lo-san-xuat/{lot}";
/// Recalls the goods of a lot.
pub(in crate::web) const RECALL_LOT: &str = "/lo-san-xuat/{lot}/thu-hoi-san-pham";
/// Ends the recall of a lot's goods.
pub(in crate::web) const END_RECALL: &str = "/lo-san-xuat/{lot}/ket-thuc-thu-hoi";
/// Puts stamps on goods of a lot.
pub(in crate::web) const ACTIVATE_BATCH: &str = "/lo-tem/{batch}/kich-hoat";
/// Closes the account of a batch.
pub(in crate::web) const CLOSE_BATCH: &str = "/lo-tem/{batch}/quyet-toan";
/// Stamps of a batch that are to be destroyed.
pub(in crate::web) const DESTROY_BATCH: &str = "/lo-tem/{batch}/tieu-huy";
/// Confirms a destruction.
pub(in crate::web) const CONFIRM_DESTRUCTION: &str = "/tieu-huy/{destruction}/xac-nhan";
/// Refuses a destruction.
pub(in crate::web) const REFUSE_DESTRUCTION: &str = "/tieu-huy/{destruction}/tu-choi";
/// Withdraws a destruction.
pub(in crate::web) const WITHDRAW_DESTRUCTION: &str = "/tieu-huy/{destruction}/rut";
