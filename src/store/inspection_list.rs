//! Inspections as they are looked through. The office's alone: who works elsewhere sees none.

use diesel::prelude::*;

use super::inspections;
use super::listing::{Listing, Sort, Viewer, Window};
use super::schema::{inspection_findings as findings, inspections as rows};
use super::{AnyConnection, StoreError};
use crate::domain::calendar::Day;
use crate::domain::ids::InspectionId;
use crate::domain::inspection::{FindingKind, Inspection};
use crate::domain::role::Organisation;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InspectionFilter {
    /// With such a finding.
    pub finding: Option<FindingKind>,
    /// With these words in who was inspected, where or by whom, however accented.
    pub words: String,
    /// On this day or later.
    pub from: Option<Day>,
    /// On this day or before.
    pub to: Option<Day>,
}

/// What they are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InspectionColumn {
    /// The day.
    Day,
    /// Who was inspected.
    Inspected,
    /// The commune or ward.
    Commune,
}

/// What an inspection is found and sorted by.
#[derive(Queryable)]
struct Face {
    id: i64,
    day: Day,
    inspected: String,
    commune: String,
    place: String,
    team: String,
}

impl Listing for InspectionFilter {
    type Column = InspectionColumn;
    type Line = Inspection;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        Ok(u64::try_from(self.found(connection, viewer)?.len()).unwrap_or(u64::MAX))
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<InspectionColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<Inspection>, StoreError> {
        let mut found = self.found(connection, viewer)?;
        found.sort_by_cached_key(|face| {
            let day = (column == InspectionColumn::Day).then_some(face.day);
            let name = match column {
                InspectionColumn::Day => "",
                InspectionColumn::Inspected => &face.inspected,
                InspectionColumn::Commune => &face.commune,
            };
            (day, vietnamese::sort_key(name), face.id)
        });
        if is_descending {
            found.reverse();
        }
        let at = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        let part = found.into_iter().skip(at(offset)).take(at(limit));
        let ids: Vec<InspectionId> = part.map(|face| InspectionId(face.id)).collect();
        inspections::some(connection, &ids)
    }
}

impl InspectionFilter {
    /// Words are looked for here: an office inspects some hundred times a year.
    fn found(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
    ) -> Result<Vec<Face>, StoreError> {
        if viewer.organisation != Organisation::Office {
            return Ok(Vec::new());
        }
        let mut query = rows::table
            .select((
                rows::id,
                rows::inspected_on,
                rows::inspected,
                rows::commune,
                rows::place,
                rows::team,
            ))
            .into_boxed();
        if let Some(kind) = self.finding {
            let such = findings::table.filter(findings::kind.eq(kind.key()));
            query = query.filter(rows::id.eq_any(such.select(findings::inspection_id)));
        }
        if let Some(from) = self.from {
            query = query.filter(rows::inspected_on.ge(from));
        }
        if let Some(to) = self.to {
            query = query.filter(rows::inspected_on.le(to));
        }
        let mut all: Vec<Face> = query.load(connection)?;
        let words = vietnamese::fold(&self.words);
        if !words.trim().is_empty() {
            all.retain(|face| {
                let said = [&*face.inspected, &face.commune, &face.place, &face.team].join(" ");
                let said = vietnamese::fold(&said);
                words.split_whitespace().all(|word| said.contains(word))
            });
        }
        Ok(all)
    }
}
