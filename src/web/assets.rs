//! Files served as they are, compiled in. The address holds a hash of the bytes, so that a copy may
//! be kept for ever.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// A file and where it is found.
#[derive(Debug)]
pub(super) struct Asset {
    /// Its bytes.
    pub(super) bytes: &'static [u8],
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its address.
    pub(super) url: String,
}

/// The stylesheet of every page.
pub(super) static STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/static/ocop.css");
    Asset::new("ocop.css", "text/css; charset=utf-8", bytes)
});

/// The further stylesheet of the pages of work.
pub(super) static DESK_STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/static/desk.css");
    Asset::new("desk.css", "text/css; charset=utf-8", bytes)
});

/// The camera as a scanner, for the one page of work that has a script.
pub(super) static SCAN_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/static/scan.js");
    Asset::new("scan.js", "text/javascript; charset=utf-8", bytes)
});

/// The mark in the browser's tab.
pub(super) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/static/icon.svg");
    Asset::new("icon.svg", "image/svg+xml", bytes)
});

/// The stylesheet of a designer's proof.
pub(super) static PROOF_STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/static/proof.css");
    Asset::new("proof.css", "text/css; charset=utf-8", bytes)
});

/// What keeps a designer's proof up to date.
pub(super) static PROOF_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/static/proof.js");
    Asset::new("proof.js", "text/javascript; charset=utf-8", bytes)
});

/// Every file of the service.
pub(super) fn all() -> [&'static Asset; 4] {
    [&STYLESHEET, &DESK_STYLESHEET, &SCAN_SCRIPT, &ICON]
}

/// The media type of a PNG picture.
pub(super) const PNG: &str = "image/png";

/// Hex digits of the hash: enough to tell versions apart.
const HASH_DIGITS: usize = 16;

impl Asset {
    /// A file under its name.
    pub(super) fn new(name: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        let mut hash = HEXLOWER.encode(&Sha256::digest(bytes));
        hash.truncate(HASH_DIGITS);
        Self { bytes, media_type, url: format!("/static/{hash}/{name}") }
    }

    /// Width and height of a PNG picture, in dots, as its head says.
    pub(super) fn png_size(&self) -> Option<(u32, u32)> {
        let number = |at: usize| {
            let bytes = self.bytes.get(at..at + 4)?;
            Some(u32::from_be_bytes(bytes.try_into().ok()?))
        };
        number(16).zip(number(20))
    }
}
