//! Sheets plate by plate: each as a gray page that is black where the plate has its ink.

use std::io;

use super::page::{Page, Plan, palette};
use super::source::Source;
use super::volume::Binding;
use super::{Face, Job, SheetError, SheetFault, check_sheets};
use crate::printing::pdf::font::Fonts;
use crate::printing::plate::Plate;

/// One sheet in its plates.
#[derive(Clone, Debug)]
pub struct SeparatedSheet {
    /// Its number, from 1.
    pub number: u64,
    /// Stamps on it.
    pub stamps: u64,
    /// Every plate as a PDF of one page, in gray.
    pub plates: Vec<(Plate, Vec<u8>)>,
}

/// Separates the sheets of a job, one after the other; `put` gets each. No output intent is needed.
///
/// # Errors
/// See [`SheetError`], and what `put` fails with. No sheet is put before the job as a whole is known
/// to be one that can be drawn.
pub fn separate<E>(
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    faces: impl Iterator<Item = Result<Face, E>>,
    mut put: impl FnMut(SeparatedSheet) -> Result<(), E>,
) -> Result<(), E>
where
    E: From<SheetError<E>>,
{
    check_sheets(job).map_err(SheetError::Fault)?;
    // The pages are looked at and thrown away: what they are printed with is not asked.
    let job = Job { intent: None, ..job.clone() };
    let plans = plans(&job, fonts).map_err(SheetError::Fault)?;
    let mut source = Source::new(&job, faces);
    loop {
        let sheets = source.next_chunk()?;
        if sheets.is_empty() {
            return Ok(source.check()?);
        }
        for (number, faces) in sheets {
            let mut plates = Vec::new();
            for (plate, plan) in &plans {
                let page = plan.page(number, &faces);
                let page =
                    page.map_err(|(serial, source)| SheetError::Symbol { serial, source })?;
                let pdf = file(plan, vec![page]).map_err(SheetError::Write)?;
                plates.push((plate.clone(), pdf));
            }
            let stamps = u64::try_from(faces.len()).unwrap_or(u64::MAX);
            put(SeparatedSheet { number, stamps, plates })?;
        }
    }
}

fn plans<'a>(job: &'a Job<'a>, fonts: &'a Fonts<'a>) -> Result<Vec<(Plate, Plan<'a>)>, SheetFault> {
    let marks = job.imposition.layout.marks;
    let plates = palette(job)?.plates(marks.register || marks.colour_bar);
    let plan = |plate: Plate| -> Result<_, SheetFault> {
        Ok((plate.clone(), Plan::on(job, fonts, plate)?))
    };
    let plans: Vec<(Plate, Plan<'a>)> = plates.into_iter().map(plan).collect::<Result<_, _>>()?;
    let whole = plans.iter().any(|(plate, plan)| *plate != Plate::Gray && plan.art.page.is_some());
    if whole { Err(SheetFault::WholeArt(job.design.name.clone())) } else { Ok(plans) }
}

/// A file of some pages.
pub(super) fn file(plan: &Plan<'_>, pages: Vec<Page>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut binding = Binding::new(plan, &mut bytes, 1, 1)?;
    for (number, page) in (1..).zip(pages) {
        binding.put(number, page)?;
    }
    binding.finish()?;
    Ok(bytes)
}
