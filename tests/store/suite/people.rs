use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use ocop_stamp::clock::{Clock, SystemRandom};
use ocop_stamp::domain::account::{Account, NewAccount, Pending};
use ocop_stamp::domain::assurance::Assurance;
use ocop_stamp::domain::calendar::Instant;
use ocop_stamp::domain::ids::ProducerId;
use ocop_stamp::domain::role::{Organisation, Role};
use ocop_stamp::identity::{Identity, IdentityError, Session};
use ocop_stamp::store::Store;
use ocop_stamp::token::Token;
use totp_rs::{Algorithm, Builder};

use super::open;
use crate::desk::{noon, today};

pub(super) const PASSWORD: &str = "mưa rào trên mái ngói";
pub(super) const PLACE: &str = "203.0.113.0";

/// A clock that goes on when it is told to.
pub(super) struct Hands(Mutex<Instant>);

impl Clock for Hands {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

impl Hands {
    pub(super) fn wait(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }
}

pub(super) fn doors(store: &Store) -> (Identity, Arc<Hands>) {
    let clock = Arc::new(Hands(Mutex::new(noon(today()))));
    let identity = Identity::new(store.clone(), clock.clone(), Arc::new(SystemRandom)).unwrap();
    (identity, clock)
}

pub(super) fn somebody(login: &str, role: Role) -> NewAccount {
    let name = "Phạm Thị Sen".to_owned();
    NewAccount { login: login.into(), name, role, organisation: Organisation::Office, email: None }
}

/// An account whose person has chosen a password.
pub(super) fn invited(identity: &Identity, login: &str, role: Role) -> Account {
    let account = identity.add(&somebody(login, role), "quan.tri").unwrap();
    let invitation = identity.invite(account.id, "quan.tri").unwrap();
    identity.accept(&invitation.token, PASSWORD).unwrap()
}

pub(super) fn signed_in(identity: &Identity, login: &str) -> (Token, Session) {
    let token = identity.sign_in(login, PASSWORD, PLACE).unwrap();
    let session = identity.session(&token).unwrap().unwrap();
    (token, session)
}

pub(super) fn code(secret: &str, at: Instant) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret);
    let at = u64::try_from(at.timestamp()).unwrap();
    totp.build_noncompliant().generate(at).to_string()
}

#[test]
fn an_invitation_sets_a_password_once() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let account = identity.add(&somebody("sen", Role::Officer), "quan.tri").unwrap();
    assert!(matches!(identity.sign_in("sen", "", PLACE), Err(IdentityError::Wrong)));
    let first = identity.invite(account.id, "quan.tri").unwrap().token;
    let second = identity.invite(account.id, "quan.tri").unwrap().token;
    let refused = identity.accept(&first, PASSWORD);
    assert!(matches!(refused, Err(IdentityError::NoInvitation)), "a later link replaces it");
    assert!(matches!(identity.accept(&second, "ngắn"), Err(IdentityError::Weak(_))));
    identity.accept(&second, PASSWORD).unwrap();
    assert!(matches!(identity.accept(&second, PASSWORD), Err(IdentityError::NoInvitation)));
    signed_in(&identity, " SEN ");
    let late = identity.invite(account.id, "quan.tri").unwrap().token;
    clock.wait(TimeDelta::days(7));
    assert!(matches!(identity.accept(&late, PASSWORD), Err(IdentityError::NoInvitation)));
}

#[test]
fn a_wrong_password_and_an_unknown_login_are_refused_alike() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    let wrong = identity.sign_in("sen", "mưa rào trên mái tôn", PLACE).unwrap_err();
    let unknown = identity.sign_in("not.here", PASSWORD, PLACE).unwrap_err();
    assert_eq!(wrong.to_string(), unknown.to_string());
}

#[test]
fn who_guesses_from_elsewhere_does_not_lock_anybody_out() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    let guess = || identity.sign_in("sen", "mật khẩu đoán mò", "198.51.100.0");
    let refused: Vec<IdentityError> = (0..9).map(|_| guess().unwrap_err()).collect();
    assert!(matches!(refused[8], IdentityError::TooMany));
    signed_in(&identity, "sen");
}

#[test]
fn who_signed_in_before_comes_in_while_many_networks_guess_at_the_account() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    invited(&identity, "dao", Role::Officer);
    let before = identity.sign_in_on("sen", PASSWORD, PLACE, None).unwrap().device.unwrap();
    let other = identity.sign_in_on("dao", PASSWORD, PLACE, None).unwrap().device.unwrap();
    let refused = (0..200).filter(|network| {
        let from = format!("network {network}");
        let guess = identity.sign_in("sen", "mật khẩu đoán mò", &from);
        matches!(guess, Err(IdentityError::TooMany))
    });
    assert!(refused.count() > 100, "guesses are slowed down wherever they come from");
    let stranger = identity.sign_in_on("sen", PASSWORD, "elsewhere", None);
    assert!(matches!(stranger, Err(IdentityError::TooMany)));
    let anothers = identity.sign_in_on("sen", PASSWORD, "elsewhere", Some(other));
    assert!(matches!(anothers, Err(IdentityError::TooMany)), "a device of another account");
    let again = identity.sign_in_on("sen", PASSWORD, "network 1", Some(before)).unwrap();
    assert!(identity.session(&again.session).unwrap().is_some());
}

#[test]
fn a_given_password_must_be_replaced_by_ones_own() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    let account = identity.add(&somebody("sen", Role::Officer), "quan.tri").unwrap();
    let given = identity.give_password(account.id, "quan.tri").unwrap();
    let token = identity.sign_in("sen", &given, PLACE).unwrap();
    let session = identity.session(&token).unwrap().unwrap();
    assert_eq!(session.pending(), Some(Pending::OwnPassword));
    let same = identity.change_password(&token, &given, &given, PLACE);
    assert!(matches!(same, Err(IdentityError::Weak(_))));
    let next = identity.change_password(&token, &given, PASSWORD, PLACE).unwrap().session;
    assert_eq!(identity.session(&token).unwrap(), None, "the token is another");
    assert_eq!(identity.session(&next).unwrap().unwrap().pending(), None);
    assert!(matches!(identity.sign_in("sen", &given, PLACE), Err(IdentityError::Wrong)));
}

#[test]
fn an_approver_sets_up_an_app_and_gives_each_code_once() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    invited(&identity, "duyet", Role::Approver);
    let (token, session) = signed_in(&identity, "duyet");
    assert_eq!(session.pending(), Some(Pending::FirstEnrolment));
    let secret = identity.enrolment(&token).unwrap().secret;
    let wrong = identity.enrol(&token, "000000");
    assert!(matches!(wrong, Err(IdentityError::WrongCode)));
    let now = code(&secret, clock.now());
    let token = identity.enrol(&token, &now).unwrap().session;
    assert_eq!(identity.session(&token).unwrap().unwrap().pending(), None);

    let (token, session) = signed_in(&identity, "duyet");
    assert_eq!(session.pending(), Some(Pending::Code));
    let again = identity.give_code(&token, &now, PLACE, None);
    assert!(matches!(again, Err(IdentityError::WrongCode)), "a code is good once");
    clock.wait(TimeDelta::seconds(30));
    let next = code(&secret, clock.now());
    let token = identity.give_code(&token, &next, PLACE, None).unwrap().session;
    assert_eq!(identity.session(&token).unwrap().unwrap().pending(), None);
}

#[test]
fn a_session_ends_when_it_is_left_or_old_or_signed_out_or_its_account_closed() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let account = invited(&identity, "sen", Role::Officer);
    let (left, _) = signed_in(&identity, "sen");
    clock.wait(TimeDelta::minutes(59));
    assert!(identity.session(&left).unwrap().is_some());
    clock.wait(TimeDelta::minutes(59));
    assert!(identity.session(&left).unwrap().is_some(), "it was used meanwhile");
    clock.wait(TimeDelta::minutes(60));
    assert_eq!(identity.session(&left).unwrap(), None);

    let (old, _) = signed_in(&identity, "sen");
    for _ in 0..13 {
        assert!(identity.session(&old).unwrap().is_some());
        clock.wait(TimeDelta::minutes(55));
    }
    clock.wait(TimeDelta::minutes(10));
    assert_eq!(identity.session(&old).unwrap(), None);

    let (token, _) = signed_in(&identity, "sen");
    identity.sign_out(&token).unwrap();
    assert_eq!(identity.session(&token).unwrap(), None);

    let (token, _) = signed_in(&identity, "sen");
    identity.set_open(account.id, false, "quan.tri").unwrap();
    assert_eq!(identity.session(&token).unwrap(), None);
    assert!(matches!(identity.sign_in("sen", PASSWORD, PLACE), Err(IdentityError::Wrong)));
    identity.set_open(account.id, true, "quan.tri").unwrap();
    signed_in(&identity, "sen");
}

#[test]
fn a_weighty_act_asks_again_who_one_is() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    let (token, session) = signed_in(&identity, "sen");
    assert_eq!(session.assurance(clock.now()), Assurance::Reauthenticated);
    clock.wait(TimeDelta::minutes(10));
    assert_eq!(session.assurance(clock.now()), Assurance::Full);
    let wrong = identity.confirm(&token, "mưa rào trên mái tôn", "", PLACE);
    assert!(matches!(wrong, Err(IdentityError::Wrong)));
    let token = identity.confirm(&token, PASSWORD, "", PLACE).unwrap();
    let session = identity.session(&token).unwrap().unwrap();
    assert_eq!(session.assurance(clock.now()), Assurance::Reauthenticated);
}

#[test]
fn people_belong_to_an_organisation_of_their_kind() {
    let Some(register) = open() else { return };
    let (identity, _) = doors(&register.store);
    let lost = NewAccount {
        organisation: Organisation::Producer(ProducerId(99)),
        ..somebody("sen", Role::Producer)
    };
    let office = somebody("sen", Role::Producer);
    for wrong in [lost, office] {
        let refused = identity.add(&wrong, "quan.tri");
        assert!(matches!(refused, Err(IdentityError::Organisation("producer"))));
    }
    let made = identity.add(&somebody("sen", Role::Officer), "quan.tri").unwrap();
    assert_eq!(identity.add(&somebody("sen", Role::Officer), "quan.tri").unwrap(), made);
    let other = identity.add(&somebody("sen", Role::Auditor), "quan.tri");
    assert!(matches!(other, Err(IdentityError::LoginTaken(_))));
}
