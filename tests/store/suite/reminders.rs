use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use chrono::TimeDelta;
use ocop_stamp::domain::account::NewAccount;
use ocop_stamp::domain::annex::AnnexEntry;
use ocop_stamp::domain::ids::ProducerId;
use ocop_stamp::domain::role::{Organisation, Role};
use ocop_stamp::mail::{Guard, Mailer, Server};
use ocop_stamp::reminders::{self, Sent};
use ocop_stamp::store::{Store, accounts, outbox};

use super::open;
use crate::desk::{day, enter, entry, noon, today};

/// A mail server that takes every letter (RFC 5321).
struct PostOffice {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

fn post_office() -> PostOffice {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters = Arc::new(Mutex::new(Vec::new()));
    let taken = letters.clone();
    thread::spawn(move || listener.incoming().for_each(|it| serve(it.unwrap(), &taken)));
    PostOffice { port, letters }
}

fn serve(mut stream: TcpStream, taken: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut say = |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
    say("220 here");
    while let Some(Ok(line)) = lines.next() {
        match line.split(' ').next().unwrap() {
            "DATA" => {
                say("354 go on");
                let letter = lines.by_ref().map(Result::unwrap).take_while(|line| line != ".");
                taken.lock().unwrap().push(letter.collect::<Vec<_>>().join("\n"));
                say("250 taken");
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 fine"),
        }
    }
}

fn mailer(port: u16) -> Mailer {
    let (host, from) = ("127.0.0.1".into(), (Some("OCOP Hà Nội".into()), "ocop@example.vn".into()));
    Mailer::new(&Server { host, port, guard: Guard::Nothing, login: None, from }).unwrap()
}

fn person(store: &Store, login: &str, role: Role, organisation: Organisation) {
    let email = Some(format!("{login}@example.vn"));
    let account =
        NewAccount {
            login: login.into(), name: "Phạm Thị Sen".into(), role, organisation, email
        };
    store.write(|register| accounts::insert(register, &account, noon(today()))).unwrap();
}

/// One recognition that ends in 30 days, its producer's person, an officer, and an auditor.
fn prepare(store: &Store) {
    enter(store, &AnnexEntry { ends_on: day(2026, 12, 23), ..entry("Trà sen") });
    person(store, "chu.the", Role::Producer, Organisation::Producer(ProducerId(1)));
    person(store, "can.bo", Role::Officer, Organisation::Office);
    person(store, "kiem.toan", Role::Auditor, Organisation::Office);
}

#[test]
fn a_reminder_survives_a_restart_and_a_server_that_is_away_and_comes_once() {
    let Some(register) = open() else { return };
    prepare(&register.store);
    let now = noon(today());
    assert_eq!(reminders::write(&register.store, now).unwrap(), 2);
    assert_eq!(reminders::write(&register.store, now).unwrap(), 0, "written once");

    // The program is started anew.
    let store = Store::open(&register.url).unwrap();
    let away = reminders::send(&store, &mailer(1), now).unwrap();
    assert_eq!(away, Sent { sent: 0, refused: 2 });
    let office = post_office();
    let mailer = mailer(office.port);
    assert_eq!(reminders::send(&store, &mailer, now).unwrap(), Sent::default(), "too early");
    let unsent = store.read(|register| outbox::unsent(register, 9)).unwrap();
    assert!(unsent.iter().all(|it| it.attempts == 1 && it.last_error.is_some()), "{unsent:?}");
    let later = now + TimeDelta::minutes(1);
    assert_eq!(reminders::send(&store, &mailer, later).unwrap(), Sent { sent: 2, refused: 0 });
    assert_eq!(
        reminders::send(&store, &mailer, later + TimeDelta::days(9)).unwrap(),
        Sent::default()
    );

    let letters = office.letters.lock().unwrap();
    assert_eq!(letters.len(), 2);
    for to in ["chu.the@example.vn", "can.bo@example.vn"] {
        assert_eq!(
            letters.iter().filter(|it| it.contains(&format!("To: {to}"))).count(),
            1,
            "{letters:?}"
        );
    }
    for id in ["<renewal.1.30.", "<renewals.2026-11-23."] {
        let told = letters.iter().filter(|it| it.contains(&format!("Message-ID: {id}")));
        assert_eq!(told.count(), 1, "{letters:?}");
    }
}

#[test]
fn each_threshold_reminds_again_and_one_that_is_refused_for_ever_is_given_up() {
    let Some(register) = open() else { return };
    let store = &register.store;
    prepare(store);
    let written = |day| reminders::write(store, noon(day)).unwrap();
    assert_eq!(written(day(2026, 6, 1)), 0, "205 days before");
    assert_eq!(written(day(2026, 6, 26)), 2, "180 days before");
    assert_eq!(written(day(2026, 9, 24)), 2, "90 days before");
    assert_eq!(written(day(2026, 11, 22)), 1, "31 days before: the officer's week");
    assert_eq!(written(day(2026, 11, 23)), 2, "30 days before");
    assert_eq!(written(day(2026, 12, 24)), 0, "it has ended");
    let mut at = noon(today());
    for _ in 0..40 {
        reminders::send(store, &mailer(1), at).unwrap();
        at += TimeDelta::days(1);
    }
    let unsent = store.read(|register| outbox::unsent(register, 9)).unwrap();
    assert_eq!(unsent.len(), 7);
    let given_up = unsent.iter().filter(|it| it.next_attempt_at.is_none());
    assert!(given_up.clone().all(|it| it.attempts == reminders::ATTEMPTS_MAX));
    assert_eq!(given_up.count(), 7);
}

#[test]
fn an_officer_is_told_once_a_week_of_all_that_ends_and_not_of_each() {
    let Some(register) = open() else { return };
    let store = &register.store;
    person(store, "can.bo", Role::Officer, Organisation::Office);
    let written = |day| reminders::write(store, noon(day)).unwrap();
    assert_eq!(written(day(2026, 11, 23)), 0, "nothing ends");
    for number in 1..=23 {
        let name = format!("Trà sen số {number}");
        enter(store, &AnnexEntry { ends_on: day(2026, 12, number), ..entry(&name) });
    }
    assert_eq!(written(day(2026, 11, 23)), 1, "Monday");
    assert_eq!(written(day(2026, 11, 29)), 0, "Sunday of the same week");
    assert_eq!(written(day(2026, 11, 30)), 1, "the next Monday");
    let unsent = store.read(|register| outbox::unsent(register, 9)).unwrap();
    let letter = unsent.iter().find(|it| it.key.contains("2026-11-23")).unwrap();
    assert_eq!(letter.subject, "23 Giấy chứng nhận OCOP sắp hết hiệu lực");
    assert!(letter.body.contains("- trong 90 ngày tới: 23\n"), "{}", letter.body);
    assert!(letter.body.contains("- 01/12/2026: Trà sen số 1 ("), "{}", letter.body);
    assert!(letter.body.contains("- và 3 sản phẩm khác\n"), "{}", letter.body);
}
