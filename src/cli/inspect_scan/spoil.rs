//! Marking what came out unusable.

use super::{Looked, page_name};
use crate::accounting::{self, Moved, Selection, StampError};
use crate::app::App;
use crate::cli::error::CliError;
use crate::code::text;
use crate::domain::act::Act;
use crate::domain::stamp::StampMove;
use crate::inspection::CellState;

/// Marks the unreadable and the blank stamps, one by one; doing it again changes nothing.
pub(super) fn spoil(
    app: &App,
    looked: &[Looked<'_>],
    reason: &str,
    act: Act<'_>,
) -> Result<Moved, CliError> {
    looked.iter().try_for_each(check)?;
    let mut all = Moved::default();
    for cell in looked.iter().flat_map(|it| &it.report.cells).filter(|it| it.state.is_spoiled()) {
        let one = Selection::Range(cell.serial..=cell.serial);
        match accounting::step(&app.store, &one, StampMove::Spoil, reason, act) {
            Ok(done) => {
                all.moved += done.moved;
                all.already += done.already;
                all.left += done.left;
            }
            Err(StampError::Left(_, left)) => all.left += left.left,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(all)
}

/// A picture that shows half of a sheet, or is too bad to say anything, marks nothing.
fn check(looked: &Looked<'_>) -> Result<(), CliError> {
    let image = page_name(looked.image, looked.page);
    if !looked.report.is_whole() {
        return Err(CliError::refused(format!(
            "{image}: not every stamp of the sheet is in the picture, so none was marked: scan \
             the whole sheet"
        )));
    }
    let unclear = looked.report.count(CellState::Unclear);
    let spoiled = looked.report.cells.iter().filter(|cell| cell.state.is_spoiled()).count();
    if 2 * (spoiled + unclear) > looked.report.cells.len() {
        let (batch, sheet) = (text::batch(looked.batch), looked.sheet);
        return Err(CliError::refused(format!(
            "{image}: over half of the sheet cannot be read, which may be the picture's fault, so \
             none was marked: scan it again; for a sheet that is all spoiled, use `ocop stamp \
             spoil --batch {batch} --sheet {sheet} --reason TEXT`"
        )));
    }
    if unclear > 0 {
        return Err(CliError::refused(format!(
            "{image}: the picture does not show {unclear} stamps well enough (it is out of focus \
             there, a lamp or flash is mirrored, or nothing near them can be read), so none was \
             marked: take it again, in focus, without flash and from aside; what is spoiled is \
             marked with `ocop stamp spoil SERIAL`"
        )));
    }
    Ok(())
}
