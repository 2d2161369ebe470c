//! The list of issuing authorities, with the days they were in office.

use super::account::{PassedOver, Preview, Row, RowRead, Why};
use super::column::Column;
use super::error::IntakeError;
use super::heading::Headings;
use super::problem::ProblemKind;
use super::row::RowReader;
use super::{field, limits, read_sheets, section};
use crate::domain::recognition::{Authority, AuthorityLevel};

const COLUMNS: [Column; 4] =
    [Column::Authority, Column::Level, Column::ActiveFrom, Column::ActiveTo];

/// Reads a list of authorities (CSV or XLSX): Cơ quan công nhận, Cấp, Từ ngày, Đến ngày.
///
/// # Errors
/// [`IntakeError`] when the file as a whole cannot be read.
pub fn read(bytes: &[u8]) -> Result<Preview<Authority>, IntakeError> {
    let is_list = |headings: &Headings<'_>| headings.place(Column::Authority).is_some();
    read_sheets(bytes, (&COLUMNS, &[Column::Authority]), is_list, rows)
}

fn rows(headings: &Headings<'_>) -> Vec<Row<Authority>> {
    let told = |row: &super::table::Row, read| {
        let sheet = headings.sheet.map(str::to_owned);
        Row { sheet, number: row.number, read }
    };
    let passed = |row, why| RowRead::PassedOver(PassedOver { why, text: section::text_of(row) });
    let above = headings.above.iter().map(|row| told(row, passed(row, Why::AboveHeadings)));
    let below = headings.rows.iter().map(|row| {
        if let Some(why) = section::unread(row) {
            return told(row, passed(row, why));
        }
        let mut reader = RowReader::new(row, headings);
        let authority = authority(&mut reader);
        let read = match reader.finish(authority) {
            Ok(authority) => RowRead::Entry(Box::new(authority)),
            Err(problems) => RowRead::Refused(problems),
        };
        told(row, read)
    });
    above.chain(below).collect()
}

fn authority(reader: &mut RowReader<'_>) -> Option<Authority> {
    let name = reader.require_name(Column::Authority, limits::NAME_LETTERS);
    let level = level(reader, name.as_deref());
    let active_from = reader.read(Column::ActiveFrom, field::day);
    let active_to = reader.read(Column::ActiveTo, field::day);
    if active_from.zip(active_to).is_some_and(|(from, to)| to < from) {
        reader.report(Column::ActiveTo, ProblemKind::EndBeforeSignature);
    }
    Some(Authority { name: name?, level: level?, active_from, active_to })
}

fn level(reader: &mut RowReader<'_>, name: Option<&str>) -> Option<AuthorityLevel> {
    if reader.cell(Column::Level).is_some() {
        return reader.read(Column::Level, field::level);
    }
    let level = field::level_of_authority(name?);
    if level.is_none() {
        reader.report(Column::Level, ProblemKind::AuthorityLevel);
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Day;

    #[test]
    fn authorities_are_read_with_their_days_in_office() {
        let file = "Cơ quan cấp;Từ ngày;Đến ngày\nUBND huyện Gia Lâm;;30/06/2025\n";
        let list = read(file.as_bytes()).unwrap();
        assert_eq!(list.problems().count(), 0);
        assert_eq!(
            list.entries(),
            [Authority {
                name: "UBND huyện Gia Lâm".into(),
                level: AuthorityLevel::District,
                active_from: None,
                active_to: Day::from_ymd_opt(2025, 6, 30),
            }]
        );
    }

    #[test]
    fn a_faulty_authority_is_left_out_and_reported() {
        let file =
            "Cơ quan cấp;Cấp;Từ ngày;Đến ngày\nUBND xã A;;;\nBộ B;bộ;02/01/2025;01/01/2025\n";
        let list = read(file.as_bytes()).unwrap();
        assert_eq!(list.entries(), []);
        let faults: Vec<_> = list.problems().map(|p| (p.row, p.column.as_str(), p.kind)).collect();
        assert_eq!(
            faults,
            [
                (2, "Cấp", ProblemKind::AuthorityLevel),
                (3, "Đến ngày", ProblemKind::EndBeforeSignature),
            ]
        );
    }
}
