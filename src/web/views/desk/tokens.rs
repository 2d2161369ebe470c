//! One's own tokens of the API.

use std::borrow::Cow;

use askama::Template;

use super::{Frame, State, moment};
use crate::domain::api_token::{ApiToken, DAYS_MAX, DECIDING_DAYS_MAX};
use crate::domain::calendar::Instant;
use crate::domain::role::Right;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A form for a token, as it was filled in.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) name: String,
    pub(in crate::web) days: String,
    pub(in crate::web) scope: String,
}

#[derive(Template)]
#[template(path = "desk/tokens.html")]
struct TokensPage<'a> {
    frame: Frame,
    tokens: Vec<TokenLine>,
    scopes: Vec<Choice>,
    days: Vec<Choice>,
    typed: &'a Typed,
    /// The token that is shown this once.
    secret: Option<String>,
    problem: Option<String>,
    api: &'static str,
}

struct TokenLine {
    name: String,
    rights: String,
    made: String,
    expires: String,
    used: String,
    state: State,
    revoke: Option<String>,
}

struct Choice {
    value: String,
    label: Cow<'static, str>,
    is_chosen: bool,
}

/// The list, with a form for another.
pub(in crate::web) fn list(
    frame: Frame,
    actor: &Actor,
    tokens: &[ApiToken],
    now: Instant,
    typed: &Typed,
    secret: Option<String>,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    render(&TokensPage {
        tokens: tokens.iter().map(|it| line(words, it, now)).collect(),
        scopes: scopes(words, actor, typed),
        days: days(words, typed),
        typed,
        secret,
        problem,
        api: urls::API_PAGE,
        frame,
    })
}

/// What a token may be for, as far as it makes a difference for this person.
fn scopes(words: Words, actor: &Actor, typed: &Typed) -> Vec<Choice> {
    let has = |wanted: fn(Right) -> bool| {
        Right::ALL.into_iter().any(|right| actor.may(right) && wanted(right))
    };
    let all = [
        ("doc", true),
        ("lam", has(|right| right.changes() && !right.decides())),
        ("quyet_dinh", has(Right::decides)),
    ];
    let choice = |(value, _): (&str, bool)| Choice {
        value: value.to_owned(),
        label: words.say(&format!("tokens.scope.{value}")),
        is_chosen: typed.scope == value || typed.scope.is_empty() && value == "doc",
    };
    all.into_iter().filter(|(_, makes_sense)| *makes_sense).map(choice).collect()
}

fn days(words: Words, typed: &Typed) -> Vec<Choice> {
    let choice = |days: u32| Choice {
        value: days.to_string(),
        label: match days {
            DECIDING_DAYS_MAX => words.say("tokens.one_day"),
            _ => words.fill("tokens.days", [("days", &days.to_string())]).into(),
        },
        is_chosen: typed.days == days.to_string() || typed.days.is_empty() && days == 90,
    };
    [DECIDING_DAYS_MAX, 7, 30, 90, DAYS_MAX].into_iter().map(choice).collect()
}

fn line(words: Words, token: &ApiToken, now: Instant) -> TokenLine {
    let (class, key) = match token {
        ApiToken { revoked_at: Some(_), .. } => ("calm", "revoked"),
        _ if token.is_good(now) => ("fine", "good"),
        _ => ("calm", "ended"),
    };
    let of_use = token.rights.iter().filter(|right| **right != Right::SignedIn);
    let rights: Vec<_> = of_use.map(|right| words.say(&format!("right.{}", right.key()))).collect();
    TokenLine {
        name: token.name.clone(),
        rights: rights.join(", "),
        made: moment(words, token.created_at),
        expires: moment(words, token.expires_at),
        used: token
            .used_at
            .map_or_else(|| words.say("tokens.never").into_owned(), |at| moment(words, at)),
        state: State { class, label: words.say(&format!("tokens.state.{key}")) },
        revoke: token.is_good(now).then(|| urls::of(urls::REVOKE_TOKEN, token.id.0)),
    }
}
