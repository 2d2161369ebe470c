//! The stamps of a job, dealt to sheets a bounded number at a time.

use std::ops::RangeInclusive;
use std::vec::IntoIter;

use super::{Face, Job, SheetError};
use crate::printing::imposition::Imposition;

/// Pages made at a time.
const CHUNK: usize = 32;

/// Sheets by their numbers from 1, each with its cells and what is printed in them.
pub(super) type Sheets = Vec<(u64, Vec<(u32, Face)>)>;

/// The stamps, cut into sheets.
pub(super) struct Source<'a, I> {
    faces: I,
    imposition: &'a Imposition,
    only: Option<RangeInclusive<u64>>,
    expected: u64,
    found: u64,
    /// Sheets of the block at hand that are still to be made.
    dealt: IntoIter<Vec<(u32, Face)>>,
    sheet: u64,
}

impl<'a, I, E> Source<'a, I>
where
    I: Iterator<Item = Result<Face, E>>,
{
    pub(super) fn new(job: &'a Job<'a>, faces: I) -> Self {
        Self {
            faces,
            imposition: job.imposition,
            only: job.only.clone(),
            expected: job.total,
            found: 0,
            dealt: Vec::new().into_iter(),
            sheet: 0,
        }
    }

    /// The stamps of the next few sheets; none at the end.
    pub(super) fn next_chunk(&mut self) -> Result<Sheets, SheetError<E>> {
        let mut sheets = Vec::with_capacity(CHUNK);
        while sheets.len() < CHUNK {
            let Some(faces) = self.next_sheet()? else { break };
            self.sheet += 1;
            if self.only.as_ref().is_none_or(|only| only.contains(&self.sheet)) {
                sheets.push((self.sheet, faces));
            }
        }
        if self.found > self.expected {
            self.check()?;
        }
        Ok(sheets)
    }

    fn next_sheet(&mut self) -> Result<Option<Vec<(u32, Face)>>, SheetError<E>> {
        if let Some(sheet) = self.dealt.next() {
            return Ok(Some(sheet));
        }
        let size = usize::try_from(self.imposition.block_stamps()).unwrap_or(usize::MAX);
        let block = self.faces.by_ref().take(size).collect::<Result<Vec<Face>, E>>();
        let block = block.map_err(SheetError::Faces)?;
        let stamps = u64::try_from(block.len()).unwrap_or(u64::MAX);
        self.found += stamps;
        self.dealt = self.imposition.block_of(stamps).deal(block).into_iter();
        Ok(self.dealt.next())
    }

    pub(super) fn check(&self) -> Result<(), SheetError<E>> {
        if self.found == self.expected {
            return Ok(());
        }
        Err(SheetError::Count { expected: self.expected, found: self.found })
    }
}
