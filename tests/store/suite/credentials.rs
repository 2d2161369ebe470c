//! What a stolen password, session or phone opens, and what ends it.

use std::sync::Arc;

use chrono::TimeDelta;
use ocop_stamp::clock::{Clock, FixedRandom};
use ocop_stamp::domain::account::{Account, NewAccount, Pending};
use ocop_stamp::domain::api_token::NewApiToken;
use ocop_stamp::domain::assurance::Assurance;
use ocop_stamp::domain::audit::{Action, Entry, Subject};
use ocop_stamp::domain::calendar::Instant;
use ocop_stamp::domain::ids::TokenId;
use ocop_stamp::domain::role::{Right, Role};
use ocop_stamp::identity::{Identity, IdentityError, SignedIn};
use ocop_stamp::store::{Store, accounts, audit, outbox};
use ocop_stamp::token::Token;

use super::open;
use super::people::{Hands, PASSWORD, PLACE, code, doors, invited, signed_in, somebody};

const OTHER: &str = "thuyền nan vượt sóng bạc đầu";
pub(super) const THIEF: &str = "198.51.100.0";

/// Somebody with an authenticator app: the account, its secret, and a session through with everything.
pub(super) fn with_app(
    identity: &Identity,
    clock: &Hands,
    login: &str,
) -> (Account, String, SignedIn) {
    let account = invited(identity, login, Role::Approver);
    let (token, _) = signed_in(identity, login);
    let secret = identity.enrolment(&token).unwrap().secret;
    let through = identity.enrol(&token, &code(&secret, clock.now())).unwrap();
    clock.wait(TimeDelta::seconds(30));
    (account, secret, through)
}

/// With an address for letters.
fn with_address(identity: &Identity, login: &str) -> Account {
    let wanted = NewAccount {
        email: Some(format!("{login}@vi-du.example")),
        ..somebody(login, Role::Officer)
    };
    let account = identity.add(&wanted, "quan.tri").unwrap();
    let link = identity.invite(account.id, "quan.tri").unwrap();
    identity.accept(&link.token, PASSWORD).unwrap()
}

fn to_read() -> NewApiToken {
    NewApiToken { name: "phần mềm kho".into(), rights: [Right::SeeOrders].into(), days: 1 }
}

pub(super) fn goes_on(identity: &Identity, token: &Token) -> bool {
    identity.session(token).unwrap().is_some()
}

fn assurance(identity: &Identity, token: &Token, at: Instant) -> Assurance {
    identity.session(token).unwrap().unwrap().assurance(at)
}

fn refused<T: std::fmt::Debug>(outcome: &Result<T, IdentityError>) {
    assert!(matches!(outcome, Err(IdentityError::NotProven)), "{outcome:?}");
}

/// Every act upon what somebody is known by, with all that it asks for.
fn refused_everywhere(identity: &Identity, token: &Token, right_code: &str) {
    refused(&identity.enrolment(token));
    refused(&identity.enrol(token, right_code));
    refused(&identity.change_password(token, PASSWORD, OTHER, THIEF));
    refused(&identity.make_own_token(token, &to_read()));
    refused(&identity.revoke_own_token(token, TokenId(1)));
}

pub(super) fn trail(store: &Store, subject: impl Into<Subject>) -> Vec<Entry> {
    store.read(|register| audit::history(register, subject)).unwrap()
}

fn letters(store: &Store) -> Vec<(String, String)> {
    let all = store.read(|register| outbox::unsent(register, 100)).unwrap();
    all.into_iter().map(|letter| (letter.recipient, letter.subject)).collect()
}

#[test]
fn a_password_alone_changes_nothing_of_an_account_with_an_app() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (account, secret, through) = with_app(&identity, &clock, "duyet");
    let before = register.store.read(|c| accounts::credentials(c, account.id)).unwrap().unwrap();
    let (thief, _) = signed_in(&identity, "duyet");
    assert_eq!(assurance(&identity, &thief, clock.now()), Assurance::Pending(Pending::Code));
    refused_everywhere(&identity, &thief, &code(&secret, clock.now()));
    refused(&identity.confirm(&thief, PASSWORD, &code(&secret, clock.now()), THIEF));
    let after = register.store.read(|c| accounts::credentials(c, account.id)).unwrap().unwrap();
    assert_eq!(before.totp_secret, after.totp_secret);
    assert_eq!(before.password_hash, after.password_hash);
    assert!(goes_on(&identity, &through.session), "its person goes on undisturbed");
}

#[test]
fn a_session_that_was_stolen_long_ago_must_show_everything_again() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (_, secret, through) = with_app(&identity, &clock, "duyet");
    clock.wait(TimeDelta::minutes(10));
    assert_eq!(assurance(&identity, &through.session, clock.now()), Assurance::Full);
    refused_everywhere(&identity, &through.session, &code(&secret, clock.now()));
    let now = code(&secret, clock.now());
    for (password, code) in [("mưa rào trên mái tôn", &*now), (PASSWORD, ""), (PASSWORD, "000000")]
    {
        let wrong = identity.confirm(&through.session, password, code, THIEF);
        assert!(matches!(wrong, Err(IdentityError::Wrong | IdentityError::WrongCode)));
    }
    let again = identity.confirm(&through.session, PASSWORD, &now, PLACE).unwrap();
    assert_eq!(assurance(&identity, &again, clock.now()), Assurance::Reauthenticated);
    identity.change_password(&again, PASSWORD, OTHER, PLACE).unwrap();
}

#[test]
fn what_is_owed_is_given_soon_or_the_password_is_asked_for_again() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    invited(&identity, "duyet", Role::Approver);
    let (stolen, _) = signed_in(&identity, "duyet");
    let secret = identity.enrolment(&stolen).unwrap().secret;
    clock.wait(TimeDelta::minutes(10));
    assert!(!goes_on(&identity, &stolen));
    refused(&identity.enrol(&stolen, &code(&secret, clock.now())));
}

#[test]
fn a_new_password_ends_whatever_else_was_opened_by_the_old_one() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let account = invited(&identity, "sen", Role::Officer);
    let thief = identity.sign_in_on("sen", PASSWORD, THIEF, None).unwrap();
    let (_, bearer) = identity.make_own_token(&thief.session, &to_read()).unwrap();
    let link = identity.invite(account.id, "quan.tri").unwrap().token;
    let (mine, _) = signed_in(&identity, "sen");
    let mine = identity.change_password(&mine, PASSWORD, OTHER, PLACE).unwrap();
    assert!(goes_on(&identity, &mine.session));
    assert!(!goes_on(&identity, &thief.session));
    assert!(matches!(identity.bearer(&bearer, THIEF), Err(IdentityError::Wrong)));
    assert!(matches!(identity.accept(&link, PASSWORD), Err(IdentityError::NoInvitation)));
    // The thief's browser is no longer one that is known as theirs.
    for _ in 0..200 {
        let _slowed_down = identity.sign_in("sen", PASSWORD, &format!("network {}", clock.now()));
        clock.wait(TimeDelta::milliseconds(1));
    }
    let known = identity.sign_in_on("sen", OTHER, "elsewhere", thief.device);
    assert!(matches!(known, Err(IdentityError::TooMany)));
    identity.sign_in_on("sen", OTHER, "elsewhere", mine.device).unwrap();
}

#[test]
fn another_app_ends_whatever_else_was_open() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (_, secret, stolen) = with_app(&identity, &clock, "duyet");
    let (_, bearer) = identity.make_own_token(&stolen.session, &to_read()).unwrap();
    let (owing, _) = signed_in(&identity, "duyet");
    let (mine, _) = signed_in(&identity, "duyet");
    let now = code(&secret, clock.now());
    let mine = identity.give_code(&mine, &now, PLACE, None).unwrap().session;
    clock.wait(TimeDelta::seconds(30));
    let new = identity.enrolment(&mine).unwrap().secret;
    assert_ne!(new, secret);
    let mine = identity.enrol(&mine, &code(&new, clock.now())).unwrap().session;
    assert!(goes_on(&identity, &mine));
    assert!(!goes_on(&identity, &stolen.session));
    clock.wait(TimeDelta::seconds(30));
    refused(&identity.give_code(&owing, &code(&new, clock.now()), PLACE, None));
    assert!(matches!(identity.bearer(&bearer, PLACE), Err(IdentityError::Wrong)));
}

#[test]
fn a_token_is_made_and_revoked_by_who_showed_everything_and_other_sessions_end() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    invited(&identity, "sen", Role::Officer);
    let (other, _) = signed_in(&identity, "sen");
    let (mine, _) = signed_in(&identity, "sen");
    let (token, bearer) = identity.make_own_token(&mine, &to_read()).unwrap();
    assert!(goes_on(&identity, &mine) && !goes_on(&identity, &other));
    let (_, second) = identity.make_own_token(&mine, &to_read()).unwrap();
    assert!(identity.bearer(&bearer, PLACE).is_ok(), "a program goes on beside another");
    clock.wait(TimeDelta::minutes(10));
    refused(&identity.revoke_own_token(&mine, token.id));
    let mine = identity.confirm(&mine, PASSWORD, "", PLACE).unwrap();
    identity.revoke_own_token(&mine, token.id).unwrap();
    assert!(matches!(identity.bearer(&bearer, PLACE), Err(IdentityError::Wrong)));
    assert!(identity.bearer(&second, PLACE).is_ok());
}

#[test]
fn every_change_is_told_to_its_person() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let account = with_address(&identity, "sen");
    assert_eq!(
        letters(&register.store).len(),
        1,
        "the first password; no letter says who is invited"
    );
    let (token, _) = signed_in(&identity, "sen");
    clock.wait(TimeDelta::seconds(1));
    let token = identity.change_password(&token, PASSWORD, OTHER, PLACE).unwrap().session;
    let (made, _) = identity.make_own_token(&token, &to_read()).unwrap();
    identity.revoke_own_token(&token, made.id).unwrap();
    let secret = identity.enrolment(&token).unwrap().secret;
    identity.enrol(&token, &code(&secret, clock.now())).unwrap();
    clock.wait(TimeDelta::seconds(1));
    identity.invite(account.id, "quan.tri").unwrap();
    identity.give_password(account.id, "quan.tri").unwrap();
    identity.forget_second_factor(account.id, "quan.tri").unwrap();
    identity.set_open(account.id, false, "quan.tri").unwrap();
    identity.set_open(account.id, true, "quan.tri").unwrap();
    let letters = letters(&register.store);
    assert!(letters.iter().all(|(to, _)| to == "sen@vi-du.example"));
    let told: Vec<&str> = letters.iter().map(|(_, about)| &**about).collect();
    for about in ["Mật khẩu", "mã truy cập", "liên kết", "được gắn", "được gỡ", "bị khóa", "mở lại"]
    {
        assert!(told.iter().any(|it| it.contains(about)), "{about}: {told:?}");
    }
    let on_trail = trail(&register.store, account.id);
    let changes = on_trail.iter().filter(|it| it.action != Action::SignIn);
    assert_eq!(letters.len() + 2, changes.count());
}

#[test]
fn who_lost_their_phone_gets_a_password_with_which_the_old_one_sets_up_nothing() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (account, _, through) = with_app(&identity, &clock, "duyet");
    let (owing, _) = signed_in(&identity, "duyet");
    let given = identity.forget_second_factor(account.id, "quan.tri").unwrap();
    assert!(!goes_on(&identity, &through.session) && !goes_on(&identity, &owing));
    assert!(matches!(identity.sign_in("duyet", PASSWORD, THIEF), Err(IdentityError::Wrong)));
    let token = identity.sign_in("duyet", &given, PLACE).unwrap();
    assert_eq!(assurance(&identity, &token, clock.now()), Assurance::Pending(Pending::OwnPassword));
    refused(&identity.enrolment(&token));
    let token = identity.change_password(&token, &given, OTHER, PLACE).unwrap().session;
    let owed = assurance(&identity, &token, clock.now());
    assert_eq!(owed, Assurance::Pending(Pending::FirstEnrolment));
}

#[test]
fn who_lost_their_phone_can_be_invited_anew() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (account, _, through) = with_app(&identity, &clock, "duyet");
    let invited = identity.recover(account.id, "quan.tri").unwrap();
    assert!(!invited.account.has_second_factor && !goes_on(&identity, &through.session));
    assert!(matches!(identity.sign_in("duyet", PASSWORD, THIEF), Err(IdentityError::Wrong)));
    identity.accept(&invited.token, OTHER).unwrap();
    let (token, at) = (identity.sign_in("duyet", OTHER, PLACE).unwrap(), clock.now());
    let owed = assurance(&identity, &token, at);
    assert_eq!(owed, Assurance::Pending(Pending::FirstEnrolment));
}

#[test]
fn a_password_that_an_administrator_resets_does_not_open_an_account_with_an_app() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (account, secret, _) = with_app(&identity, &clock, "duyet");
    let link = identity.invite(account.id, "quan.tri").unwrap().token;
    identity.accept(&link, OTHER).unwrap();
    let token = identity.sign_in("duyet", OTHER, PLACE).unwrap();
    assert_eq!(assurance(&identity, &token, clock.now()), Assurance::Pending(Pending::Code));
    refused(&identity.enrolment(&token));
    let given = identity.give_password(account.id, "quan.tri").unwrap();
    let token = identity.sign_in("duyet", &given, PLACE).unwrap();
    refused(&identity.change_password(&token, &given, PASSWORD, PLACE));
    let now = code(&secret, clock.now());
    let token = identity.give_code(&token, &now, PLACE, None).unwrap().session;
    identity.change_password(&token, &given, PASSWORD, PLACE).unwrap();
}

#[test]
fn an_enrolment_is_made_by_chance_and_kept_until_its_session_ends() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    invited(&identity, "duyet", Role::Approver);
    let (token, _) = signed_in(&identity, "duyet");
    let first = identity.enrolment(&token).unwrap();
    assert_eq!(identity.enrolment(&token).unwrap(), first, "asked for again, it is the same");
    assert!(matches!(identity.enrol(&token, "000000"), Err(IdentityError::WrongCode)));
    assert_eq!(identity.enrolment(&token).unwrap(), first, "a slip of the finger changes nothing");
    let (other, _) = signed_in(&identity, "duyet");
    assert_ne!(identity.enrolment(&other).unwrap(), first);
    // Chance alone makes it: the same chance, the same secret, whatever the session.
    let same = Arc::new(FixedRandom([7; 32]));
    let fixed = Identity::new(register.store.clone(), clock, same).unwrap();
    let (third, _) = signed_in(&identity, "duyet");
    assert_eq!(fixed.enrolment(&third).unwrap().secret, "A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH");
    assert!(!format!("{:?}", identity.session(&third).unwrap()).contains("7, 7"));
}

#[test]
fn a_code_that_is_given_twice_at_a_time_is_taken_once() {
    let Some(register) = open() else { return };
    let (identity, clock) = doors(&register.store);
    let (_, secret, _) = with_app(&identity, &clock, "duyet");
    let sessions: Vec<Token> = (0..4).map(|_| signed_in(&identity, "duyet").0).collect();
    let now = code(&secret, clock.now());
    let taken = std::thread::scope(|scope| {
        let give = |token| identity.give_code(token, &now, PLACE, None).is_ok();
        let all: Vec<_> = sessions.iter().map(|token| scope.spawn(move || give(token))).collect();
        all.into_iter().filter_map(|it| it.join().ok()).filter(|it| *it).count()
    });
    assert_eq!(taken, 1);
}
