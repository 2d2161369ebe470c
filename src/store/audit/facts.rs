//! Facts as they lie in their column: JSON, each with its name and its typed values.

use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::domain::audit::{Fact, FactName, Value};
use crate::domain::calendar::{Day, Instant};

#[derive(Serialize, Deserialize)]
struct Stored {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    is: Option<StoredValue>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    was: Option<StoredValue>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredValue {
    Count(u64),
    Number(i64),
    Day(Day),
    Moment(Instant),
    Text(String),
    Word(String),
}

/// Facts as a text; none where there are none.
pub(super) fn write(facts: &[Fact]) -> Result<Option<String>, StoreError> {
    if facts.is_empty() {
        return Ok(None);
    }
    let stored: Vec<Stored> = facts.iter().map(Stored::from).collect();
    serde_json::to_string(&stored).map(Some).map_err(|why| StoreError::Failed(why.into()))
}

/// Facts of a text.
pub(super) fn read(text: Option<&str>) -> Result<Vec<Fact>, StoreError> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let corrupt = || StoreError::Corrupt("facts of an act");
    let stored: Vec<Stored> = serde_json::from_str(text).or(Err(corrupt()))?;
    let fact = |it: Stored| {
        let name = FactName::from_key(&it.name).ok_or_else(corrupt)?;
        Ok(Fact { name, value: it.is.map(Value::from), before: it.was.map(Value::from) })
    };
    stored.into_iter().map(fact).collect()
}

impl From<&Fact> for Stored {
    fn from(fact: &Fact) -> Self {
        let stored = |value: &Option<Value>| value.clone().map(StoredValue::from);
        Self {
            name: fact.name.key().to_owned(),
            is: stored(&fact.value),
            was: stored(&fact.before),
        }
    }
}

impl From<Value> for StoredValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Count(count) => Self::Count(count),
            Value::Number(number) => Self::Number(number),
            Value::Day(day) => Self::Day(day),
            Value::Moment(at) => Self::Moment(at),
            Value::Text(text) => Self::Text(text),
            Value::Word(word) => Self::Word(word),
        }
    }
}

impl From<StoredValue> for Value {
    fn from(value: StoredValue) -> Self {
        match value {
            StoredValue::Count(count) => Self::Count(count),
            StoredValue::Number(number) => Self::Number(number),
            StoredValue::Day(day) => Self::Day(day),
            StoredValue::Moment(at) => Self::Moment(at),
            StoredValue::Text(text) => Self::Text(text),
            StoredValue::Word(word) => Self::Word(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::vietnam_midnight;

    #[test]
    fn facts_are_read_as_they_were_written() {
        let day = Day::from_ymd_opt(2026, 11, 30).unwrap();
        let facts = vec![
            FactName::Stamps.is(2_000_u64),
            FactName::Order.is(Value::Number(12)),
            FactName::DueOn.is(day),
            FactName::Until.is(vietnam_midnight(day)),
            FactName::Minutes.is("01/BB-“BG”"),
            FactName::Role.is_word("officer"),
            FactName::Name.became(Some("Mứt dừa"), None).unwrap(),
        ];
        let text = write(&facts).unwrap();
        assert_eq!(read(text.as_deref()).unwrap(), facts);
        assert_eq!(write(&[]).unwrap(), None);
        assert!(read(Some(r#"[{"name":"unheard_of"}]"#)).is_err());
    }
}
