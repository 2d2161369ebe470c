//! What the service runs with.

use std::borrow::Cow;

use askama::Template;

use super::Frame;
use crate::config::{Setting, SettingValue};
use crate::web::views::pages::render;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "desk/settings.html")]
struct SettingsPage {
    frame: Frame,
    sections: Vec<Section>,
}

struct Section {
    name: &'static str,
    title: Cow<'static, str>,
    settings: Vec<Shown>,
}

struct Shown {
    name: &'static str,
    variable: String,
    value: Cow<'static, str>,
    /// Whether the value is said in words, as of a secret.
    is_said: bool,
    explained: Cow<'static, str>,
}

/// Every setting, section by section.
pub(in crate::web) fn page(frame: Frame, settings: &[Setting]) -> askama::Result<String> {
    let words = frame.words;
    let sections = settings.chunk_by(|one, other| one.section == other.section);
    let section = |all: &[Setting]| {
        let name = all.first()?.section;
        let title = words.say(&format!("settings.section.{name}"));
        Some(Section { name, title, settings: all.iter().map(|it| shown(words, it)).collect() })
    };
    render(&SettingsPage { sections: sections.filter_map(section).collect(), frame })
}

fn shown(words: Words, it: &Setting) -> Shown {
    let said = |key: &str| (words.say(&format!("settings.{key}")), true);
    let (value, is_said) = match &it.value {
        SettingValue::Text(text) => (Cow::Owned(text.clone()), false),
        SettingValue::Number(number) => (Cow::Owned(number.to_string()), false),
        SettingValue::Switch(true) => (Cow::Borrowed("true"), false),
        SettingValue::Switch(false) => (Cow::Borrowed("false"), false),
        SettingValue::Unset | SettingValue::Secret { is_set: false } => said("unset"),
        SettingValue::Secret { is_set: true } => said("secret_set"),
    };
    let explained = words.say(&format!("settings.of.{}.{}", it.section, it.name));
    Shown { name: it.name, variable: it.variable(), value, is_said, explained }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::domain::language::Language;
    use crate::web::words::Words;

    #[test]
    fn every_setting_is_explained_in_both_languages() {
        for language in [Language::Vietnamese, Language::English] {
            for setting in Config::default().shown() {
                let key = format!("settings.of.{}.{}", setting.section, setting.name);
                assert!(Words::of(language).said(&key).is_some(), "{language:?}: {key}");
                let key = format!("settings.section.{}", setting.section);
                assert!(Words::of(language).said(&key).is_some(), "{language:?}: {key}");
            }
        }
    }
}
