//! What people call who did something and what it was done to, looked up for many entries at once.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::domain::audit::{Entry, Subject};
use crate::store::recognitions::PRODUCTS_MAX as IDS_MAX;
use crate::store::schema::{
    accounts, authorities, designs, destructions, funding_plans, judgements, lots, print_shops,
    producers, products,
};
use crate::store::{AnyConnection, StoreError};

/// Names by the number of what bears them.
type Names = BTreeMap<i64, String>;

/// Gives entries the names of people, subjects and lots, as they are now.
pub(super) fn fill(
    connection: &mut AnyConnection,
    mut entries: Vec<Entry>,
) -> Result<Vec<Entry>, StoreError> {
    let logins: BTreeSet<String> = entries.iter().map(|entry| entry.actor.clone()).collect();
    let people = people(connection, logins)?;
    let kinds: BTreeSet<&str> = entries.iter().map(|entry| entry.subject.kind()).collect();
    let mut named: BTreeMap<&str, Names> = BTreeMap::new();
    for kind in kinds {
        let of_kind = entries.iter().map(|it| it.subject).filter(|it| it.kind() == kind);
        let numbers = of_kind.map(Subject::number).collect();
        named.insert(kind, names(connection, kind, &numbers)?);
    }
    let on = entries.iter().filter_map(|entry| Some(entry.run?.lot?.0)).collect();
    let lots = names(connection, "lot", &on)?;
    for entry in &mut entries {
        entry.names.actor = people.get(&entry.actor).cloned();
        let of_kind = named.get(entry.subject.kind());
        entry.names.subject = of_kind.and_then(|of| of.get(&entry.subject.number())).cloned();
        entry.names.lot =
            entry.run.and_then(|run| run.lot).and_then(|lot| lots.get(&lot.0)).cloned();
    }
    Ok(entries)
}

/// The names of those logins that are accounts.
fn people(
    connection: &mut AnyConnection,
    logins: BTreeSet<String>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let logins: Vec<String> = logins.into_iter().collect();
    let mut people = BTreeMap::new();
    for part in logins.chunks(IDS_MAX) {
        let found: Vec<(String, String)> = accounts::table
            .filter(accounts::login.eq_any(part))
            .select((accounts::login, accounts::name))
            .load(connection)?;
        people.extend(found);
    }
    Ok(people)
}

fn names(
    connection: &mut AnyConnection,
    kind: &str,
    numbers: &BTreeSet<i64>,
) -> Result<Names, StoreError> {
    /// Loads one column of the rows of those numbers.
    macro_rules! of {
        ($table:ident . $name:ident, $part:expr) => {
            $table::table
                .filter($table::id.eq_any($part))
                .select(($table::id, $table::$name))
                .load::<(i64, String)>(connection)?
        };
    }
    let numbers: Vec<i64> = numbers.iter().copied().collect();
    let mut names = Names::new();
    for part in numbers.chunks(IDS_MAX) {
        let found = match kind {
            "account" => of!(accounts.name, part),
            "authority" => of!(authorities.name, part),
            "design" => versions(connection, part)?,
            "destruction" => of!(destructions.minutes, part),
            "judgement" => of!(judgements.number, part),
            "lot" => of!(lots.code, part),
            "plan" => of!(funding_plans.code, part),
            "producer" => of!(producers.name, part),
            "product" => of!(products.name, part),
            "shop" => of!(print_shops.name, part),
            // The others go by their number.
            _ => Vec::new(),
        };
        names.extend(found);
    }
    Ok(names)
}

fn versions(
    connection: &mut AnyConnection,
    numbers: &[i64],
) -> Result<Vec<(i64, String)>, StoreError> {
    let found: Vec<(i64, String, i32)> = designs::table
        .filter(designs::id.eq_any(numbers))
        .select((designs::id, designs::name, designs::version))
        .load(connection)?;
    Ok(found.into_iter().map(|(id, name, version)| (id, format!("{name}@{version}"))).collect())
}
