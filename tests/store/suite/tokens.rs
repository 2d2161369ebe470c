use chrono::TimeDelta;
use ocop_stamp::domain::api_token::NewApiToken;
use ocop_stamp::domain::audit::{Action, NewEntry, Subject};
use ocop_stamp::domain::ids::TokenId;
use ocop_stamp::domain::role::{Right, Role};
use ocop_stamp::identity::IdentityError;
use ocop_stamp::store::kept_answers::{self, Kept, Keyed};
use ocop_stamp::store::{Store, StoreError, audit};

use super::open;
use super::people::{doors, invited};
use crate::desk::{act, noon, today};

const PLACE: &str = "203.0.113.0";

fn wanted(rights: &[Right], days: u32) -> NewApiToken {
    NewApiToken { name: "phần mềm kho".into(), rights: rights.iter().copied().collect(), days }
}

#[test]
fn a_token_is_taken_until_it_ends_or_is_revoked() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let account = invited(&identity, "can.bo", Role::Officer);
    let make = |days| identity.make_token(&account, &wanted(&[Right::SeeOrders], days), "can.bo");
    let (short, first) = make(1).unwrap();
    let (long, second) = make(30).unwrap();
    let (who, token) = identity.bearer(&first, PLACE).unwrap();
    assert_eq!((who.id, token.id, token.rights.len()), (account.id, short.id, 1));
    assert!(identity.tokens(account.id).unwrap()[1].used_at.is_some());
    clock.wait(TimeDelta::days(1));
    assert!(matches!(identity.bearer(&first, PLACE), Err(IdentityError::Wrong)));
    assert!(identity.bearer(&second, PLACE).is_ok());
    identity.revoke_token(account.id, long.id, "can.bo").unwrap();
    assert!(matches!(identity.bearer(&second, PLACE), Err(IdentityError::Wrong)));
    let none = identity.revoke_token(account.id, TokenId(999), "can.bo");
    assert!(matches!(none, Err(IdentityError::NoToken(_))));
}

#[test]
fn a_token_ends_with_the_account_and_does_not_come_back_with_it() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    let account = invited(&identity, "can.bo", Role::Officer);
    let (_, secret) =
        identity.make_token(&account, &wanted(&[Right::SeeOrders], 1), "can.bo").unwrap();
    identity.set_open(account.id, false, "quan.tri").unwrap();
    identity.set_open(account.id, true, "quan.tri").unwrap();
    assert!(matches!(identity.bearer(&secret, PLACE), Err(IdentityError::Wrong)));
}

#[test]
fn nobody_makes_a_token_for_more_than_they_may() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    let account = invited(&identity, "can.bo", Role::Officer);
    for rights in [&[][..], &[Right::ApproveOrders], &[Right::SeeOrders, Right::Administer]] {
        let made = identity.make_token(&account, &wanted(rights, 1), "can.bo");
        assert!(matches!(made, Err(IdentityError::TokenRights)), "{rights:?}");
    }
    for days in [0, 366] {
        let made = identity.make_token(&account, &wanted(&[Right::SeeOrders], days), "can.bo");
        assert!(matches!(made, Err(IdentityError::TokenLife)), "{days}");
    }
}

fn note(store: &Store, what: &str) -> Result<(), StoreError> {
    store.write(|register| audit::record(register, act(), &noted(what)))
}

fn noted(what: &str) -> NewEntry {
    Action::ImportAnnex.on(Subject::Register).because(what)
}

fn notes(store: &Store) -> Vec<String> {
    let all = store.read(|register| audit::history(register, Subject::Register)).unwrap();
    all.into_iter().filter_map(|entry| entry.reason).collect()
}

#[test]
fn acts_done_together_are_kept_together_or_not_at_all() {
    let Some(register) = open() else { return };
    let store = &register.store;
    let refused: Result<(), StoreError> = store.together(|store| {
        note(store, "one")?;
        assert_eq!(notes(store), ["one"], "it is seen by what follows");
        Err(StoreError::Corrupt("nothing"))
    });
    assert!(refused.is_err() && notes(store).is_empty());
    store
        .together(|store| {
            note(store, "one")?;
            let refused: Result<(), StoreError> = store.write(|register| {
                audit::record(register, act(), &noted("two"))?;
                // A statement that fails, which PostgreSQL does not forget of itself.
                kept_answers::put(register, &keyed("short"), None, noon(today()))
            });
            assert!(refused.is_err());
            note(store, "three")
        })
        .unwrap();
    assert_eq!(notes(store), ["one", "three"], "what was refused within is taken back alone");
}

fn keyed(key: &str) -> Keyed {
    Keyed {
        key_sha256: key.into(),
        account: ocop_stamp::domain::ids::AccountId(1),
        request_sha256: "b".repeat(64),
    }
}

#[test]
fn an_answer_is_kept_until_it_is_old() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    let account = invited(&identity, "can.bo", Role::Officer).id;
    let keyed = Keyed { account, ..keyed(&"a".repeat(64)) };
    let answer = Kept {
        status: 201,
        location: Some("/x".into()),
        body: "{}".into(),
        version: Some("\"1\"".into()),
    };
    let at = noon(today());
    let find =
        || register.store.read(|register| kept_answers::find(register, &keyed.key_sha256)).unwrap();
    register
        .store
        .write(|register| {
            kept_answers::put(register, &keyed, None, at)?;
            assert_eq!(kept_answers::count(register, account)?, 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(find().unwrap().answer, None, "it is worked on");
    register.store.write(|it| kept_answers::put(it, &keyed, Some(&answer), at)).unwrap();
    assert_eq!(find().unwrap().answer, Some(answer));
    register.store.write(|it| kept_answers::forget_before(it, at)).unwrap();
    assert!(find().is_some());
    let later = at + TimeDelta::seconds(1);
    register.store.write(|it| kept_answers::forget_before(it, later)).unwrap();
    assert_eq!(find(), None);
}
