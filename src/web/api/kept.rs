//! Idempotency keys (draft-ietf-httpapi-idempotency-key-header): what a program asks for twice under
//! one key is done once, and answered the same.
//!
//! The answer is kept in the transaction of the act. A refusal did nothing, so it is not kept: asked
//! again, it is judged anew.

use actix_web::http::Method;
use chrono::TimeDelta;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::call::Call;
use super::operation::Answer;
use super::problem::{Kind, Problem};
use crate::store::kept_answers::{self as answers, Keyed};
use crate::store::{AnyConnection, StoreError};

/// Most characters of a key.
const KEY_CHARS_MAX: usize = 255;
/// How long an answer is kept.
const KEPT_FOR: TimeDelta = TimeDelta::hours(48);
/// Who has worked on an answer for longer than this was broken off.
const WORKED_ON_FOR: TimeDelta = TimeDelta::minutes(10);
/// Most keys kept for an account.
const KEYS_MAX: i64 = 20_000;

/// Does something once: the act and its answer are on disk together, or neither.
pub(super) fn once(
    call: &Call,
    act: impl FnOnce(&Call) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    let keyed = keyed(call)?;
    call.store.together(|store| {
        let earlier = store.read(|register| earlier(register, call, &keyed))?;
        if let Some(answer) = earlier {
            return Ok(answer);
        }
        let answer = act(&call.within(store))?;
        store.write(|register| keep(register, call, &keyed, Some(&answer)))?;
        Ok(answer)
    })
}

/// Does once what takes transactions of its own. Broken off, it can be asked for again, and goes on
/// where it was.
pub(super) fn once_long(
    call: &Call,
    may_begin: impl FnOnce(&Call) -> Result<(), Problem>,
    act: impl FnOnce(&Call) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    let keyed = keyed(call)?;
    let earlier = call.store.together(|store| {
        let earlier = store.read(|register| earlier(register, call, &keyed))?;
        if earlier.is_none() {
            may_begin(&call.within(store))?;
            store.write(|register| keep(register, call, &keyed, None))?;
        }
        Ok::<_, Problem>(earlier)
    })?;
    if let Some(answer) = earlier {
        return Ok(answer);
    }
    let done = act(call);
    call.store.write(|register| match &done {
        Ok(answer) => keep(register, call, &keyed, Some(answer)),
        Err(_refused) => answers::forget(register, &keyed.key_sha256),
    })?;
    done
}

fn keyed(call: &Call) -> Result<Keyed, Problem> {
    let key = call.asked.key.as_deref().ok_or(Kind::KeyMissing)?;
    // The draft writes it as a string of a structured field, in quotation marks.
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    if key.is_empty() || key.len() > KEY_CHARS_MAX {
        return Err(Kind::KeyMissing.into());
    }
    let account = call.caller.account().id;
    let asked = &call.asked;
    Ok(Keyed {
        key_sha256: sha256(&[account.to_string().as_bytes(), key.as_bytes()]),
        account,
        request_sha256: sha256(&[asked.method.as_bytes(), asked.path.as_bytes(), &asked.body]),
    })
}

/// What was answered under the key, if the request is the same.
fn earlier(
    register: &mut AnyConnection,
    call: &Call,
    keyed: &Keyed,
) -> Result<Option<Answer>, Problem> {
    let Some(known) = answers::find(register, &keyed.key_sha256)? else {
        let full = answers::count(register, keyed.account)? >= KEYS_MAX;
        return if full { Err(Kind::TooMany.into()) } else { Ok(None) };
    };
    if known.request_sha256 != keyed.request_sha256 {
        return Err(Kind::KeyReused.into());
    }
    match known.answer {
        Some(answer) => Ok(Some(answer.into())),
        None if call.at - known.at < WORKED_ON_FOR => Err(Kind::InProgress.into()),
        None => Ok(None),
    }
}

fn keep(
    register: &mut AnyConnection,
    call: &Call,
    keyed: &Keyed,
    answer: Option<&Answer>,
) -> Result<(), StoreError> {
    answers::forget_before(register, call.at - KEPT_FOR)?;
    answers::put(register, keyed, answer.map(Answer::kept).as_ref(), call.at)
}

fn sha256(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    HEXLOWER.encode(&hash.finalize())
}

/// Whether a call of this method changes something, and so needs a key.
pub(super) fn is_needed(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}
