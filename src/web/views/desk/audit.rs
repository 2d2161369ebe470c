//! The audit trail.

use super::list::{Cell, Choice, Column, Field, Line, Shown};
use crate::domain::calendar::Day;
use crate::store::audit_list::{AuditColumn, AuditFilter, ListedEntry};
use crate::store::listing::Sort;
use crate::web::words::Words;

/// How an address asks for weighty acts alone.
pub(in crate::web) const WEIGHTY: &str = "quan-trong";

impl Shown for AuditFilter {
    const NAME: &'static str = "audit";
    const FIRST: Sort<AuditColumn> = Sort { column: AuditColumn::Time, is_descending: true };
    const COLUMNS: &'static [Column<AuditColumn>] = &[
        Column { name: "luc", label: "audit.at", by: Some(AuditColumn::Time) },
        Column { name: "", label: "audit.actor", by: None },
        Column { name: "", label: "audit.action", by: None },
        Column { name: "", label: "audit.object", by: None },
        Column { name: "", label: "audit.detail", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let actor = Field::words(words, "audit.actor", &self.actor);
        let weighty = Choice {
            value: WEIGHTY.to_owned(),
            label: words.say("audit.weighty"),
            is_chosen: self.is_weighty,
        };
        vec![
            Field { name: "ai", ..actor },
            Field::words(words, "audit.find", &self.words),
            Field::day(words, "ngay", "audit.day", self.day),
            Field::day(words, "tu", "list.from", self.from),
            Field::choice(words, "loai", "audit.action", "orders.any_state", [weighty]),
        ]
    }

    fn line(words: Words, _today: Day, listed: &ListedEntry) -> Line {
        let ListedEntry { id, entry, object } = listed;
        // Acts of commands have no name for people: their key says what they are.
        let named = words.said(&format!("act.{}", entry.action));
        let action =
            named.map_or_else(|| entry.action.clone(), |name| format!("{name} ({})", entry.action));
        Line {
            href: String::new(),
            id: id.to_string(),
            cells: vec![
                Cell::Moment(entry.at),
                Cell::Text(entry.actor.clone()),
                Cell::Text(action),
                Cell::Text(object.clone()),
                Cell::Text(entry.detail.clone()),
            ],
            acts: Vec::new(),
        }
    }
}
