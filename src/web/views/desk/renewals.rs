//! Recognitions that end before long.

use super::list::{Cell, Choice, Column, Field, Input, Line, Shown};
use super::products;
use crate::domain::calendar::Day;
use crate::domain::recognition::REMINDER_DAYS;
use crate::store::listing::Sort;
use crate::store::renewal_list::{Ending, RenewalColumn, RenewalFilter};
use crate::web::urls;
use crate::web::words::Words;

impl Shown for RenewalFilter {
    const NAME: &'static str = "renewals";
    const FIRST: Sort<RenewalColumn> = Sort { column: RenewalColumn::End, is_descending: false };
    const COLUMNS: &'static [Column<RenewalColumn>] = &[
        Column { name: "san-pham", label: "product.title", by: Some(RenewalColumn::Product) },
        Column { name: "chu-the", label: "parcel.producer", by: Some(RenewalColumn::Producer) },
        Column { name: "", label: "paper.decision", by: None },
        Column { name: "den", label: "paper.ends_on", by: Some(RenewalColumn::End) },
        Column { name: "", label: "renewals.left", by: None },
        Column { name: "", label: "judgement.open_orders", by: None },
        Column { name: "", label: "judgement.unused_stamps", by: None },
        Column { name: "", label: "products.standing", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |days: u16| Choice {
            value: days.to_string(),
            label: words.fill("renewals.days", [("days", &days.to_string())]).into(),
            is_chosen: days == self.within_days,
        };
        let choices = REMINDER_DAYS.into_iter().map(choice).collect();
        let (name, label) = ("trong", words.say("renewals.within"));
        vec![
            Field::words(words, "orders.find", &self.words),
            Field { name, label, input: Input::Choice(choices) },
        ]
    }

    fn line(words: Words, today: Day, ending: &Ending) -> Line {
        let listed = &ending.listed;
        let paper = listed.recognition.as_ref();
        let decision = paper.map(|it| it.paper.decision_number.clone()).unwrap_or_default();
        let left = u64::try_from((ending.ends_on - today).num_days()).unwrap_or_default();
        Line {
            href: urls::of(urls::PRODUCT, listed.product.id.0),
            id: listed.product.id.to_string(),
            cells: vec![
                Cell::Link(listed.product.details.name.clone()),
                Cell::Text(listed.producer.details.name.clone()),
                Cell::Text(decision),
                Cell::Day(ending.ends_on),
                Cell::Number(left),
                Cell::Number(ending.open_orders),
                Cell::Number(ending.unused_stamps),
                Cell::State(products::standing(words, paper, today)),
            ],
            acts: Vec::new(),
        }
    }
}
