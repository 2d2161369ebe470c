//! Guesses at passwords and codes: slowed down, told to the trail, and nobody else's trouble.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use ocop_stamp::clock::Clock;
use ocop_stamp::domain::audit::{Action, Subject};
use ocop_stamp::domain::role::Role;
use ocop_stamp::identity::IdentityError;
use ocop_stamp::token::Token;

use super::credentials::{THIEF, goes_on, trail, with_app};
use super::open;
use super::people::{PASSWORD, PLACE, code, doors, invited, signed_in};

#[test]
fn who_has_the_password_cannot_use_up_the_codes_of_its_person() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (_, secret, through) = with_app(&identity, &clock, "duyet");
    let guess = |network: &str| {
        let thief = identity.sign_in_on("duyet", PASSWORD, network, None);
        thief.and_then(|thief| identity.give_code(&thief.session, "000000", network, None))
    };
    let tried = (0..500).map(|n| guess(&format!("network {}", n % 100)));
    let looked_at = tried.filter(|it| matches!(it, Err(IdentityError::WrongCode))).count();
    assert!(looked_at <= 32, "{looked_at} codes were looked at");
    let device = through.device.as_ref().map(|it| Token::read(&it.reveal()).unwrap());
    let mine = identity.sign_in_on("duyet", PASSWORD, "network 1", device).unwrap();
    let now = code(&secret, clock.now());
    let mine = identity.give_code(&mine.session, &now, "network 1", through.device).unwrap();
    assert!(goes_on(&identity, &mine.session));
}

#[test]
fn who_tries_to_confirm_a_stolen_session_blocks_no_other_session() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    let (stolen, _) = signed_in(&identity, "sen");
    let (mine, _) = signed_in(&identity, "sen");
    clock.wait(TimeDelta::minutes(10));
    let tried = (0..100).map(|_| identity.confirm(&stolen, "đoán mò mật khẩu", "", THIEF));
    let looked_at = tried.filter(|it| matches!(it, Err(IdentityError::Wrong))).count();
    assert_eq!(looked_at, 8);
    identity.confirm(&mine, PASSWORD, "", PLACE).unwrap();
}

#[test]
fn wrong_passwords_and_codes_are_on_the_trail_and_cannot_flood_it() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (account, _, through) = with_app(&identity, &clock, "duyet");
    for network in 0..200 {
        let network = format!("network {network}");
        let _refused = identity.sign_in("duyet", "đoán mò mật khẩu", &network);
        let _refused = identity.sign_in("nobody.here", "đoán mò mật khẩu", &network);
        let _refused = identity.confirm(&through.session, PASSWORD, "000000", &network);
    }
    let device = through.device.as_ref().map(|it| Token::read(&it.reveal()).unwrap());
    let owing = identity.sign_in_on("duyet", PASSWORD, PLACE, device).unwrap().session;
    for _ in 0..20 {
        let _refused = identity.give_code(&owing, "000000", PLACE, None);
    }
    let entries = trail(&register.store, account.id);
    for (action, fewest) in
        [(Action::RefuseSignIn, 2), (Action::RefuseCode, 2), (Action::RefuseConfirmation, 3)]
    {
        let count = entries.iter().filter(|it| it.action == action).count();
        assert!((fewest..=4).contains(&count), "{action:?}: {count}");
    }
    let unknown = trail(&register.store, Subject::Register);
    assert!((1..=4).contains(&unknown.len()), "{unknown:?}");
    let shown = format!("{entries:?}{unknown:?}");
    assert!(!shown.contains("nobody.here") && !shown.contains("network"), "{shown}");
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_log_of_a_refusal_has_neither_where_it_came_from_nor_what_was_typed() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    let written = Written::default();
    let writer = written.clone();
    let log = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(log, || {
        let _refused = identity.sign_in("sen", "đoán mò mật khẩu", "203.0.113.77");
        let _refused = identity.sign_in("mat-khau-cua-sen", "x", "203.0.113.77");
        let _refused = identity.bearer("ocop_00000000000000000000000000000000", "203.0.113.77");
    });
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("somebody was refused") && log.contains("a token was not taken"), "{log}");
    for secret in ["203.0.113", "mat-khau-cua-sen", "đoán"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn a_sign_in_is_told_once_all_that_is_owed_was_shown() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (account, secret, _) = with_app(&identity, &clock, "duyet");
    let told = || {
        let entries = trail(&register.store, account.id);
        let count = |action| entries.iter().filter(|it| it.action == action).count();
        (count(Action::GivePassword), count(Action::SignIn))
    };
    assert_eq!(told(), (1, 1), "signed in once, by setting the app up");
    let owing = identity.sign_in("duyet", PASSWORD, PLACE).unwrap();
    assert_eq!(told(), (2, 1), "the password alone is no sign-in");
    assert!(identity.give_code(&owing, "000000", PLACE, None).is_err());
    assert_eq!(told(), (2, 1));
    identity.give_code(&owing, &code(&secret, clock.now()), PLACE, None).unwrap();
    assert_eq!(told(), (2, 2));

    let officer = invited(&identity, "sen", Role::Officer);
    signed_in(&identity, "sen");
    let entries = trail(&register.store, officer.id);
    let of = |action| entries.iter().filter(|it| it.action == action).count();
    assert_eq!((of(Action::GivePassword), of(Action::SignIn)), (0, 1), "nothing else is owed");
    let given = identity.give_password(officer.id, "quan.tri").unwrap();
    let owing = identity.sign_in("sen", &given, PLACE).unwrap();
    identity.change_password(&owing, &given, "bảy con chim sẻ đậu dây điện", PLACE).unwrap();
    let entries = trail(&register.store, officer.id);
    let of = |action| entries.iter().filter(|it| it.action == action).count();
    assert_eq!((of(Action::GivePassword), of(Action::SignIn)), (1, 2));
}
