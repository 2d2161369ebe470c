//! Designs that sheets may be printed with: an approved version from the register, with the right to
//! the mark on the day.

use crate::domain::calendar::Day;
use crate::domain::design::{
    DesignFile, DesignRef, DesignState, DesignVersion, MarkRight, NewDesign, NoRight,
};
use crate::domain::ids::DesignId;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;
use crate::printing::{Design, DesignError};
use crate::store::{AnyConnection, Store, StoreError, designs, printings};

/// The file of a design that names the others.
const TOML: &str = "design.toml";

/// A design that may be printed. Made by [`approved`] only.
#[derive(Clone, Debug)]
pub struct ApprovedDesign {
    design: Design,
    pub(super) id: DesignId,
    /// The version that the printing had when this one was chosen.
    pub(super) instead_of: Option<DesignId>,
}

/// Why sheets may not be printed with a design.
#[derive(Debug, thiserror::Error)]
pub enum UnprintableDesign {
    /// The register has no such design, or no approved version of it.
    #[error(
        "the register has no approved design {wanted}; there is {known}: enter a folder or one that \
         comes with the program by `ocop design add`, then `ocop design submit` and `approve` it"
    )]
    NoDesign {
        /// What was asked for.
        wanted: DesignRef,
        /// Names of approved ones.
        known: String,
    },
    /// The version is not approved.
    #[error("design {design} is “{}”, not approved: {}", .state.key(), advice(*.state))]
    NotApproved {
        /// The version.
        design: DesignRef,
        /// Where it stands.
        state: DesignState,
    },
    /// The mark may not be printed.
    #[error("design {design}: {because}")]
    Right {
        /// The version.
        design: DesignRef,
        /// Why not.
        #[source]
        because: NoRight,
    },
    /// Part of a printing was asked for in another version than it has.
    #[error(
        "batch {batch} was printed in this layout with design {printed}: its sheets again have that \
         version; with {wanted}, print the whole batch anew"
    )]
    OtherVersion {
        /// The batch.
        batch: String,
        /// The version it has.
        printed: DesignRef,
        /// The version that was asked for.
        wanted: DesignRef,
    },
    /// Somebody else printed the same with another version meanwhile, or the version was withdrawn.
    #[error("design {0} was replaced or withdrawn while the files were written: print again")]
    Changed(DesignRef),
    /// What is stored is no design.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn advice(state: DesignState) -> &'static str {
    match state {
        DesignState::Draft => "`ocop design submit` it, and have it approved",
        DesignState::Submitted => "somebody else than who submitted it says `ocop design approve`",
        DesignState::Approved => "try again",
        DesignState::Rejected | DesignState::Withdrawn => {
            "print the batch with an approved version, NAME@VERSION (`ocop design history`)"
        }
    }
}

impl ApprovedDesign {
    /// The design itself.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }
}

/// The design that a batch is printed with in a layout: the version that is asked for; by name
/// alone the one it has been printed with, or else the latest approved one.
///
/// # Errors
/// [`UnprintableDesign`]: above all where the version is not approved, or the right to the mark has
/// ended by that day.
pub fn approved(
    store: &Store,
    batch: BatchNumber,
    layout: &str,
    wanted: &DesignRef,
    on: Day,
) -> Result<ApprovedDesign, UnprintableDesign> {
    store.read(|register| {
        let printing = Printing { layout: layout.to_owned(), design: wanted.name.clone() };
        let instead_of = printings::design(register, batch, &printing)?;
        let version = match (wanted.version, instead_of) {
            (None, Some(printed)) => designs::get(register, printed)?,
            (None, None) => latest(register, &wanted.name)?,
            (Some(_), _) => designs::find(register, wanted)?,
        };
        let Some(version) = version else {
            let known = designs::approved_names(register)?;
            let known = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(UnprintableDesign::NoDesign { wanted: wanted.clone(), known });
        };
        let (design, state) = (version.reference(), version.state);
        if state != DesignState::Approved {
            return Err(UnprintableDesign::NotApproved { design, state });
        }
        if let Err(because) = version.right.check(on) {
            return Err(UnprintableDesign::Right { design, because });
        }
        let design = stored(register, &version)?;
        Ok(ApprovedDesign { design, id: version.id, instead_of })
    })
}

/// The latest approved version of a name; where there is none, the latest.
fn latest(register: &mut AnyConnection, name: &str) -> Result<Option<DesignVersion>, StoreError> {
    let mut all = designs::versions(register, name)?;
    let approved = all.iter().rposition(|it| it.state == DesignState::Approved);
    Ok(match approved {
        Some(index) => Some(all.swap_remove(index)),
        None => all.pop(),
    })
}

/// A version of a design as the register has it, whatever was decided on it; by name alone the one
/// that new sheets would be printed with.
///
/// # Errors
/// [`UnprintableDesign`].
pub fn in_register(store: &Store, wanted: &DesignRef) -> Result<Option<Design>, UnprintableDesign> {
    store.read(|register| {
        let version = match wanted.version {
            Some(_) => designs::find(register, wanted)?,
            None => latest(register, &wanted.name)?,
        };
        version.map(|version| stored(register, &version)).transpose()
    })
}

/// Reads a version, and checks that its files are those that were added.
fn stored(
    register: &mut AnyConnection,
    version: &DesignVersion,
) -> Result<Design, UnprintableDesign> {
    let files = designs::files(register, version.id)?;
    let (toml, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|it| it.path == TOML);
    let (Some(toml), Some(art)) = (toml.into_iter().next(), others.into_iter().next()) else {
        return Err(StoreError::Corrupt("design files").into());
    };
    let toml = String::from_utf8(toml.bytes).or(Err(StoreError::Corrupt("design files")))?;
    let design = Design::new(&version.name, &toml, &art.bytes)?;
    if design.sha256 != version.sha256 {
        return Err(StoreError::Corrupt("design files").into());
    }
    Ok(design.numbered(version.version))
}

/// A design as it is added to the register, with the right that its file names.
#[must_use]
pub fn new_design(design: &Design) -> NewDesign {
    let mark = design.data.mark.clone();
    let file =
        |path: &str, bytes: &[u8]| DesignFile { path: path.to_owned(), bytes: bytes.to_vec() };
    NewDesign {
        name: design.name.clone(),
        sha256: design.sha256.clone(),
        right: MarkRight {
            version: mark.version,
            basis: mark.basis,
            granted_by: mark.granted_by,
            until: mark.until,
        },
        files: vec![file(TOML, design.toml().as_bytes()), file(&design.data.art, design.art())],
    }
}

/// Notes that a printing has the design, unless it has it already.
pub(super) fn record(
    register: &mut AnyConnection,
    batch: BatchNumber,
    layout: &str,
    approved: &ApprovedDesign,
) -> Result<(), UnprintableDesign> {
    let version = designs::get(register, approved.id)?;
    let version = version.ok_or(StoreError::Corrupt("design"))?;
    let printing = Printing { layout: layout.to_owned(), design: version.name.clone() };
    let printed = printings::design(register, batch, &printing)?;
    let moved_on = printed != approved.instead_of && printed != Some(approved.id);
    if moved_on || version.state != DesignState::Approved {
        return Err(UnprintableDesign::Changed(version.reference()));
    }
    if printed != Some(approved.id) {
        printings::insert(register, batch, layout, approved.id)?;
    }
    Ok(())
}

/// Refuses part of a printing in another version than the rest of it has.
pub(super) fn same_as_printed(
    store: &Store,
    batch: &str,
    approved: &ApprovedDesign,
) -> Result<(), UnprintableDesign> {
    let Some(printed) = approved.instead_of.filter(|printed| *printed != approved.id) else {
        return Ok(());
    };
    store.read(|register| {
        let mut reference = |id| -> Result<DesignRef, StoreError> {
            let version = designs::get(register, id)?.ok_or(StoreError::Corrupt("design"))?;
            Ok(version.reference())
        };
        let (printed, wanted) = (reference(printed)?, reference(approved.id)?);
        Err(UnprintableDesign::OtherVersion { batch: batch.to_owned(), printed, wanted })
    })
}
