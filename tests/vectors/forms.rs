//! `code-format-1-forms.json`: a small register, and thousands of ways to write its codes right and
//! wrong, with what a reader says of each.

use serde::Deserialize;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Matrix {
    format: u32,
    /// The host in its addresses.
    pub(crate) host: String,
    /// The published keys.
    pub(crate) jwks: serde_json::Value,
    /// The codes that were issued, of batches 1, 2, 3, … in this order.
    pub(crate) codes: Vec<Code>,
    /// The forms.
    pub(crate) forms: Vec<Form>,
}

/// An issued code.
#[derive(Deserialize)]
pub(crate) struct Code {
    /// Its batch.
    pub(crate) batch: u32,
    /// Its number within the batch.
    pub(crate) item: u64,
    /// The key that signed it.
    pub(crate) key: String,
    /// The product's number.
    pub(crate) gtin: Option<String>,
    /// What the QR text carries.
    pub(crate) profile: String,
    /// The signature, in hexadecimal.
    pub(crate) signature: String,
}

/// A text, and what it is answered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    /// What was done.
    pub(crate) what: String,
    /// The text.
    pub(crate) text: String,
    /// With the keys alone.
    pub(crate) result: String,
    /// With the register, where every issued stamp is on goods: a headline.
    pub(crate) online: String,
    /// Why it is mistyped.
    pub(crate) why: Option<String>,
}

/// Reads the file.
pub(crate) fn matrix() -> Matrix {
    let matrix: Matrix = serde_json::from_str(include_str!("code-format-1-forms.json")).unwrap();
    assert_eq!(matrix.format, 1);
    assert!(matrix.forms.len() >= 3_000, "{}", matrix.forms.len());
    matrix
}
