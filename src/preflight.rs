//! Checking print files: the rules of PDF/X-1a and PDF/X-4, of PDF/VT-1, and of the craft, on
//! anybody's PDF. Bytes in, report out; no files, no clock. `docs/PREFLIGHT.md` lists the rules.
//!
//! A file from outside may be broken or hostile: everything read is limited ([`limits`]), and where
//! a limit was reached the report says so ([`Rule::CheckCutShort`]).

mod active;
mod boxes;
mod colour;
mod content;
mod craft;
mod dates;
mod document;
mod filters;
mod findings;
mod fonts;
mod guard;
mod halftones;
mod identity;
mod inks;
mod intent;
mod layers;
pub mod limits;
mod matrix;
mod operators;
mod pictures;
mod reach;
mod read;
mod report;
mod rule;
mod scope;
mod space;
mod state;
mod structure;
mod trailer;
mod transparency;
mod vt;
mod xmp;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use thiserror::Error;

use self::document::{Check, Document};
use self::findings::Findings;

pub use self::report::{
    Against, Boxes, Finding, FontFacts, IntentFacts, PageBox, PageRun, Place, Report, Standard,
};
pub use self::rule::{Rule, Severity};

/// Why a file could not be checked.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PreflightError {
    /// No page can be read.
    #[error("not a PDF file, or too damaged to be read: export it again")]
    Unreadable,
    /// It opens with a password only.
    #[error("the file needs a password: save it without security settings")]
    Password,
    /// Its objects are packed so densely that they do not fit into memory.
    #[error("the file unpacks to more than {} MiB: export it again", limits::DECODED_BYTES_MAX >> 20)]
    TooLarge,
}

/// Checks a file.
///
/// # Errors
/// [`PreflightError`] where there is nothing to check.
pub fn check(bytes: &[u8], against: Against) -> Result<Report, PreflightError> {
    guard::packed_objects(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PreflightError::Password,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => PreflightError::Unreadable,
    })?;
    let mut document = Document::new(bytes, &pdf);
    if document.pages.is_empty() {
        return Err(PreflightError::Unreadable);
    }
    document.intent_colours = intent::colours(&document);
    let mut check = Check {
        against,
        standard: document.standard(against),
        findings: Findings::default(),
        fonts: fonts::Fonts::default(),
        report: Report {
            claims: document.claims(),
            pages: document.pages.len(),
            intent: intent::facts(&document),
            ..Report::default()
        },
        document: &document,
    };
    structure::check(&mut check);
    identity::check(&mut check);
    intent::check(&mut check);
    boxes::check(&mut check);
    layers::check(&mut check);
    active::check(&mut check);
    reach::check(&mut check);
    content::check(&mut check);
    vt::check(&mut check);
    Ok(check.finish())
}

impl Check<'_> {
    fn finish(self) -> Report {
        let Self { standard, findings, mut report, .. } = self;
        (report.findings, report.unlisted) = findings.finish();
        report.standard = standard;
        report.fonts.sort();
        report
    }
}
