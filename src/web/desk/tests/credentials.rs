//! Every address in every state of a session: what of an account changes, and what does not.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use chrono::TimeDelta;

use super::super::guard::Access;
use super::super::table::{ENTRIES, Entry};
use super::{House, PASSWORD, code, cookie, house, leads_to, now};
use crate::clock::SystemRandom;
use crate::domain::account::{Account, NewAccount, Pending};
use crate::domain::api_token::NewApiToken;
use crate::domain::calendar::vietnam_day;
use crate::domain::ids::AccountId;
use crate::domain::role::{Organisation, Right, Role};
use crate::store::audit_list::{AuditColumn, AuditFilter};
use crate::store::listing::{Listing, Sort, Viewer};
use crate::store::{StoreError, accounts, api_tokens, sessions};
use crate::token::Token;
use crate::web::urls;

const NEW_PASSWORD: &str = "thuyền nan vượt sóng bạc đầu";
const SECRET: [u8; 20] = [7; 20];
/// The secret of an app that is being set up.
const NEXT_SECRET: [u8; 20] = [8; 20];

/// A state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Owes(Pending),
    /// Through, and confirmed long ago.
    Full,
    /// Through, and confirmed a moment ago.
    Reauthenticated,
}

const STATES: [State; 5] = [
    State::Owes(Pending::Code),
    State::Owes(Pending::OwnPassword),
    State::Owes(Pending::FirstEnrolment),
    State::Full,
    State::Reauthenticated,
];

/// Pages by which something changes that people are known by. An address that is not here changes
/// nothing of it, in no state.
const CHANGES: [&str; 9] = [
    urls::SECOND_FACTOR,
    urls::PASSWORD,
    urls::TOKENS,
    urls::REVOKE_TOKEN,
    urls::ACCOUNTS,
    urls::INVITE,
    urls::RECOVER_ACCOUNT,
    urls::CLOSE_ACCOUNT,
    urls::OPEN_ACCOUNT,
];

/// Somebody who tries everything, in a session of each state.
struct Walker<'a> {
    house: &'a House,
    account: Account,
    hash: String,
    /// The number of a token of the API.
    bearer: Cell<i64>,
}

impl<'a> Walker<'a> {
    fn new(house: &'a House, role: Role) -> Self {
        let identity = &house.state.identity;
        let wanted = NewAccount {
            login: format!("walker.{}", role.key()),
            name: "Đào Thị Mơ".into(),
            role,
            organisation: Organisation::Office,
            email: None,
        };
        let account = identity.add(&wanted, "quan-tri").unwrap();
        let link = identity.invite(account.id, "quan-tri").unwrap().token;
        identity.accept(&link, PASSWORD).unwrap();
        let known = house.state.store.read(|c| accounts::credentials(c, account.id)).unwrap();
        let hash = known.unwrap().password_hash.unwrap();
        Self { house, account, hash, bearer: Cell::new(0) }
    }

    /// A session in a state, of an account that is as it was; and where an entry is about them, a token
    /// of the API to revoke, an account to open.
    fn stand(&self, state: State, entry: &Entry) -> Token {
        let (id, token) = (self.account.id, Token::new(&SystemRandom).unwrap());
        let owes = |owed| state == State::Owes(owed);
        let secret = Some(&SECRET[..]).filter(|_| !owes(Pending::FirstEnrolment));
        let at = if state == State::Full { now() - TimeDelta::minutes(10) } else { now() };
        let stood = self.house.state.store.write(|c| {
            accounts::set_password(c, id, &self.hash, owes(Pending::OwnPassword))?;
            accounts::set_second_factor(c, id, secret, 0)?;
            let closed_at = (entry.path == urls::OPEN_ACCOUNT).then_some(now());
            accounts::set_disabled(c, AccountId(self.house.bystander), closed_at)?;
            sessions::delete_of(c, id)?;
            sessions::insert(c, &token.sha256(), id, !owes(Pending::Code), at)?;
            sessions::set_enrolment(c, &token.sha256(), &NEXT_SECRET)
        });
        stood.unwrap();
        if entry.path == urls::REVOKE_TOKEN {
            let rights = [Right::SignedIn].into();
            let wanted = NewApiToken { name: "kho".into(), rights, days: 1 };
            let made = self.house.state.identity.make_token(&self.account, &wanted, "x").unwrap();
            self.bearer.set(made.0.id.0);
        }
        token
    }

    /// Sends all that any form asks for, right in every part; what is on the trail afterwards, and
    /// where it leads.
    async fn send(&self, path: &str, method: &Method, token: &Token, state: State) -> Sent {
        let secret = if path.starts_with(urls::SECOND_FACTOR) { NEXT_SECRET } else { SECRET };
        let (key, code) = (token.derived("form"), code(&secret, now()));
        let form: BTreeMap<&str, &str> = BTreeMap::from([
            ("khoa", &*key),
            ("mat_khau", PASSWORD),
            ("mat_khau_moi", NEW_PASSWORD),
            ("ma", &*code),
            ("ten", "nguoi.moi"),
            ("ho_ten", "Người Mới"),
            ("vai_tro", "officer"),
            ("pham_vi", "doc"),
            ("so_ngay", "1"),
            ("ly_do", "x"),
        ]);
        let before = (self.told(), self.known_by());
        let request = TestRequest::with_uri(path).method(method.clone()).cookie(cookie(token));
        let request = if method == Method::GET { request } else { request.set_form(form) };
        let answer = self.house.answer(request).await;
        let status = answer.status();
        let cell = format!("{state:?} {method} {path}: {status}");
        assert!(!status.is_server_error(), "{cell}");
        let trail = self.trail(before.0);
        let changes = before.1 != self.known_by();
        Sent { cell, leads_to: leads_to(&answer), status, trail, changes }
    }

    /// What is on the trail after so many entries.
    fn trail(&self, after: u64) -> Vec<&'static str> {
        let sort = Sort { column: AuditColumn::Time, is_descending: false };
        let window = (i64::try_from(after).unwrap(), i64::MAX);
        let filter = AuditFilter::default();
        let found =
            self.house.state.store.read(|c| filter.part(c, viewer(), sort, window)).unwrap();
        found.into_iter().map(|it| it.action.key()).collect()
    }

    fn told(&self) -> u64 {
        self.house.state.store.read(|c| AuditFilter::default().count(c, viewer())).unwrap()
    }

    /// All by which anybody is known.
    fn known_by(&self) -> Vec<String> {
        let all = self.house.state.store.read(|c| {
            let all = accounts::list(c)?;
            all.iter()
                .map(|account| {
                    let known = accounts::credentials(c, account.id)?.unwrap_or_default();
                    let tokens = api_tokens::of_account(c, account.id)?;
                    let tokens: Vec<_> = tokens.iter().map(|it| (it.id, it.revoked_at)).collect();
                    Ok::<_, StoreError>(format!(
                        "{} {:?} {:?} {:?} {} {tokens:?}",
                        account.id,
                        account.disabled_at,
                        known.password_hash,
                        known.totp_secret,
                        account.password_is_temporary,
                    ))
                })
                .collect()
        });
        all.unwrap()
    }
}

fn viewer() -> Viewer {
    Viewer { organisation: Organisation::Office, today: vietnam_day(now()) }
}

/// What became of a request.
struct Sent {
    cell: String,
    leads_to: String,
    status: StatusCode,
    /// Entries of the trail since.
    trail: Vec<&'static str>,
    /// Whether something is other by which somebody is known.
    changes: bool,
}

/// The one act that is open to who owes something, and where they are led from every other.
fn given_at(owed: Pending) -> &'static str {
    match owed {
        Pending::Code => urls::CODE,
        Pending::OwnPassword => urls::PASSWORD,
        Pending::FirstEnrolment => urls::SECOND_FACTOR,
    }
}

/// What is about a session: whoever is nobody yet may ask the others.
fn about_sessions() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().filter(|entry| entry.access != Access::Anyone)
}

#[actix_web::test]
async fn every_page_changes_of_an_account_in_each_state_what_that_allows() {
    let house = house();
    let mut changing = BTreeSet::new();
    for role in [Role::Approver, Role::Administrator] {
        let walker = Walker::new(&house, role);
        for entry in about_sessions().filter(|entry| entry.operation().is_none()) {
            let path = house.path(entry);
            for state in STATES {
                let token = walker.stand(state, entry);
                let path = path.replace("999", &walker.bearer.get().to_string());
                let sent = walker.send(&path, &entry.method, &token, state).await;
                expect(entry, state, &sent);
                if sent.changes {
                    changing.insert(entry.path);
                }
            }
        }
    }
    // Each of them can be seen to change something; an invitation does so where it is used.
    let expected = CHANGES.into_iter().filter(|path| *path != urls::INVITE);
    assert_eq!(changing, expected.collect());
}

fn expect(entry: &Entry, state: State, sent: &Sent) {
    let (cell, trail) = (&sent.cell, &sent.trail);
    let is_change = CHANGES.contains(&entry.path) && entry.method == Method::POST;
    let is_barred = sent.status == StatusCode::FORBIDDEN;
    match state {
        State::Owes(owed) => {
            let is_given = entry.path == given_at(owed);
            assert!(is_given || trail.is_empty() && !sent.changes, "{cell}: {trail:?}");
            let is_left = entry.path == urls::SIGN_OUT;
            let is_led = sent.leads_to.split('?').next() == Some(given_at(owed));
            assert!(is_given || is_left || is_led, "{cell}: {}", sent.leads_to);
        }
        State::Full => {
            let is_told = trail.iter().any(|it| it.starts_with("account."));
            assert!(!sent.changes && !is_told, "{cell}: {trail:?}");
            let is_led = sent.leads_to.starts_with(urls::CONFIRM);
            assert!(!is_change || is_barred || is_led, "{cell}: {}", sent.leads_to);
        }
        State::Reauthenticated => {
            assert!(!sent.changes || is_change, "{cell}");
            let is_told = trail.iter().any(|it| it.starts_with("account."));
            assert!(is_told || !is_change || is_barred, "{cell}: {trail:?}");
        }
    }
}

#[actix_web::test]
async fn a_call_by_a_session_reads_where_nothing_is_owed_and_changes_nothing() {
    let house = house();
    let walker = Walker::new(&house, Role::Administrator);
    for entry in about_sessions().filter(|entry| entry.operation().is_some()) {
        let path = house.path(entry);
        for state in STATES {
            let token = walker.stand(state, entry);
            let sent = walker.send(&path, &entry.method, &token, state).await;
            assert!(!sent.changes && sent.trail.is_empty(), "{}: {:?}", sent.cell, sent.trail);
            let may_look = entry.method == Method::GET && !matches!(state, State::Owes(_));
            let is_known = sent.status != StatusCode::UNAUTHORIZED;
            assert_eq!(is_known, may_look, "{}", sent.cell);
        }
    }
}

#[actix_web::test]
async fn a_token_is_not_taken_while_its_person_owes_something() {
    let house = house();
    let walker = Walker::new(&house, Role::Administrator);
    let [me] = [urls::API_ME].map(|path| ENTRIES.iter().find(|it| it.path == path).unwrap());
    for state in STATES {
        walker.stand(state, me);
        let rights = [Right::SignedIn].into();
        let wanted = NewApiToken { name: "kho".into(), rights, days: 1 };
        let identity = &house.state.identity;
        let (_, bearer) = identity.make_token(&walker.account, &wanted, "x").unwrap();
        let bearer = ("Authorization", format!("Bearer {bearer}"));
        let asked = TestRequest::get().uri(urls::API_ME).insert_header(bearer);
        let is_taken = house.answer(asked).await.status() == StatusCode::OK;
        // Whoever made it had given a code: that one is owed by another session.
        let is_owed = matches!(state, State::Owes(Pending::OwnPassword | Pending::FirstEnrolment));
        assert_eq!(is_taken, !is_owed, "{state:?}");
    }
}

#[actix_web::test]
async fn who_gives_what_is_owed_goes_on_from_state_to_state() {
    let house = house();
    let walker = Walker::new(&house, Role::Approver);
    for (owed, method) in [
        (Pending::Code, Method::POST),
        (Pending::OwnPassword, Method::POST),
        (Pending::FirstEnrolment, Method::POST),
    ] {
        let at = |path: &str| ENTRIES.iter().find(|it| it.path == path).unwrap();
        let token = walker.stand(State::Owes(owed), at(urls::WORK));
        let sent = walker.send(given_at(owed), &method, &token, State::Owes(owed)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.cell);
        assert_eq!(sent.leads_to, urls::WORK, "{}", sent.cell);
        let ended = house.state.identity.session(&token).unwrap();
        assert_eq!(ended, None, "the session goes on under a new token");
    }
}
