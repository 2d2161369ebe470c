//! The audit trail.

use super::acts;
use super::list::{Cell, Choice, Column, Field, Line, Shown};
use crate::domain::audit::{Action, Entry};
use crate::domain::calendar::Day;
use crate::store::audit_list::{AuditColumn, AuditFilter};
use crate::store::listing::Sort;
use crate::vietnamese;
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
        let one = |(action, name): (Action, String)| Choice {
            value: action.key().to_owned(),
            label: name.into(),
            is_chosen: self.action == Some(action),
        };
        let mut acts = acts::names(words);
        acts.sort_by_cached_key(|(_, name)| vietnamese::sort_key(name));
        let kinds: Vec<Choice> =
            std::iter::once(weighty).chain(acts.into_iter().map(one)).collect();
        vec![
            Field { name: "ai", ..actor },
            Field::words(words, "audit.find", &self.words),
            Field::day(words, "ngay", "audit.day", self.day),
            Field::day(words, "tu", "list.from", self.from),
            Field::choice(words, "loai", "audit.action", "orders.any_state", kinds),
        ]
    }

    fn line(words: Words, _today: Day, entry: &Entry) -> Line {
        Line {
            href: String::new(),
            id: entry.id.to_string(),
            cells: vec![
                Cell::Moment(entry.at),
                Cell::Text(acts::actor(entry)),
                Cell::Text(acts::action(words, entry.action).into_owned()),
                match acts::place(entry) {
                    Some(place) => Cell::Way(acts::subject(words, entry), place),
                    None => Cell::Text(acts::subject(words, entry)),
                },
                Cell::Text(acts::detail(words, entry)),
            ],
            acts: Vec::new(),
        }
    }
}
