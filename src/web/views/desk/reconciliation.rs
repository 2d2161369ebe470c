//! What was issued against what became of it, summed up.

use super::list::{Cell, Choice, Column, Field, Input, Line, Shown};
use crate::code::text;
use crate::domain::calendar::Day;
use crate::store::listing::Sort;
use crate::store::reconciliation_list::{
    Group, GroupAccount, Grouping, ReconciliationColumn, ReconciliationFilter,
};
use crate::web::urls;
use crate::web::words::Words;

impl Shown for ReconciliationFilter {
    const NAME: &'static str = "reconciliation";
    const FIRST: Sort<ReconciliationColumn> =
        Sort { column: ReconciliationColumn::Group, is_descending: false };
    const COLUMNS: &'static [Column<ReconciliationColumn>] = &[
        Column {
            name: "nhom",
            label: "reconciliation.group",
            by: Some(ReconciliationColumn::Group),
        },
        Column { name: "", label: "reconciliation.about", by: None },
        Column { name: "", label: "reconciliation.batches", by: None },
        Column { name: "cap", label: "account.issued", by: Some(ReconciliationColumn::Issued) },
        Column { name: "", label: "account.in_print", by: None },
        Column { name: "", label: "reconciliation.void_in_print", by: None },
        Column { name: "", label: "account.handed_over", by: None },
        Column { name: "", label: "account.activated", by: None },
        Column { name: "", label: "account.unused", by: None },
        Column { name: "", label: "reconciliation.void_after", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |by: Grouping| Choice {
            value: by.key().to_owned(),
            label: words.say(&format!("reconciliation.by.{}", by.key())),
            is_chosen: by == self.by,
        };
        let choices = Grouping::ALL.into_iter().map(choice).collect();
        let (label, shop) = (words.say("reconciliation.group_by"), "role.print_shop");
        vec![
            Field { name: "theo", label, input: Input::Choice(choices) },
            Field::words(words, "orders.find", &self.words),
            Field { name: "co_so_in", ..Field::words(words, shop, &self.shop_words) },
            Field::day(words, "tu", "reconciliation.from", self.from),
            Field::day(words, "den", "reconciliation.to", self.to),
        ]
    }

    fn line(words: Words, _today: Day, it: &GroupAccount) -> Line {
        let (name, about) = named(words, &it.group);
        let tally = &it.tally;
        Line {
            href: href(&it.group),
            id: String::new(),
            cells: vec![
                Cell::Link(name),
                Cell::Text(about),
                Cell::Number(it.batches),
                Cell::Number(tally.issued()),
                Cell::Number(tally.in_print()),
                Cell::Number(tally.void_in_print()),
                Cell::Number(tally.handed_over()),
                Cell::Number(tally.activated()),
                Cell::Number(tally.unused_at_producer()),
                Cell::Number(tally.void_after_hand_over()),
            ],
            acts: Vec::new(),
        }
    }
}

fn named(words: Words, group: &Group) -> (String, String) {
    match group {
        Group::Batch(number, product, producer) => {
            (text::batch(*number), format!("{product} · {producer}"))
        }
        Group::Product(_, name, producer) => (name.clone(), producer.clone()),
        Group::Producer(_, name) | Group::PrintShop(Some((_, name))) => {
            (name.clone(), String::new())
        }
        Group::PrintShop(None) => (words.say("reconciliation.no_shop").into_owned(), String::new()),
        Group::Month(first) => (first.format("%m/%Y").to_string(), String::new()),
        Group::All => (words.say("reconciliation.by.all").into_owned(), String::new()),
    }
}

/// A batch leads to its page, a sum to what it is made of.
fn href(group: &Group) -> String {
    let by = ("theo", Grouping::Batch.key());
    let (first, last);
    let narrowed: &[(&str, &str)] = match group {
        Group::Batch(number, ..) => return urls::of(urls::BATCH, number.get().into()),
        Group::Product(_, name, _) | Group::Producer(_, name) => &[by, ("tim", name)],
        Group::PrintShop(Some((_, name))) => &[by, ("co_so_in", name)],
        Group::PrintShop(None) | Group::All => &[by],
        Group::Month(day) => {
            let end = day.checked_add_months(chrono::Months::new(1)).and_then(|it| it.pred_opt());
            (first, last) = (day.to_string(), end.unwrap_or(*day).to_string());
            &[by, ("tu", &first), ("den", &last)]
        }
    };
    let query = urls::query(narrowed);
    format!("{}?{}", urls::RECONCILIATION, query.trim_end_matches('&'))
}
