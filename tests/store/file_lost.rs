//! What becomes of the file while it is served: noticed, said, and nothing answered from it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use diesel::connection::SimpleConnection;
use ocop_stamp::store::{Store, StoreError};

use crate::serving::{Serving, bytes, serve, stock};

/// More than the pages that a connection keeps.
const STAMPS: u32 = 2_000;

/// Serves, does something to the file, and expects that it is noticed.
fn noticed(what: &str, harm: impl FnOnce(&Path)) -> Serving {
    let mut serving = serve(None, STAMPS);
    let register = serving.data().join("register.db");
    assert_eq!(serving.headline(), "valid");
    harm(&register);
    for path in [&serving.printed, &serving.typed] {
        let (status, answer) = serving.ask(path);
        assert_eq!(status, 503, "{what}: {answer} {}", serving.log());
        assert_eq!(answer["headline"], "register_unreachable", "{what}");
        assert!(answer["product"].is_null(), "{what}");
    }
    assert_eq!(serving.ask(&serving.printed).1["by_keys"]["signature"], "right", "{what}");
    assert_eq!(serving.health(), 503, "{what}");
    let log = serving.log();
    assert_eq!(log.matches("register_file").count(), 1, "{what}: {log}");
    assert!(serving.is_running(), "{what}: {log}");
    serving
}

/// Writes into the file that is there, as `cp` does.
fn write_over(register: &Path, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).truncate(true).open(register).unwrap();
    file.write_all(bytes).unwrap();
}

/// The register of other stamps.
fn other(stamps: u32) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    stock(&format!("sqlite:{}", path.display()), stamps);
    bytes(&path)
}

#[test]
fn a_register_that_is_cut_off_is_noticed_and_nobody_crashes() {
    for left in [0, 100, 4_096, 40_000] {
        noticed(&format!("cut to {left} bytes"), |register| {
            let file = OpenOptions::new().write(true).open(register).unwrap();
            file.set_len(left).unwrap();
        });
    }
}

#[test]
fn a_register_that_is_replaced_is_noticed() {
    let (smaller, larger) = (other(10), other(4_000));
    for (what, there) in [("smaller", &smaller), ("larger", &larger), ("garbage", &vec![7; 9_000])]
    {
        noticed(what, |register| {
            let beside = register.with_extension("new");
            fs::write(&beside, there).unwrap();
            fs::rename(beside, register).unwrap();
        });
        noticed(&format!("{what}, written over it"), |register| write_over(register, there));
    }
}

#[test]
fn an_older_copy_of_the_register_in_its_place_is_noticed() {
    noticed("a copy", |register| {
        let copy = bytes(register);
        fs::remove_file(register).unwrap();
        fs::write(register, copy).unwrap();
    });
}

#[test]
fn a_register_that_is_taken_away_is_noticed_and_answers_when_it_is_back() {
    let serving = noticed("moved", |register| {
        fs::rename(register, register.with_extension("away")).unwrap();
    });
    let register = serving.data().join("register.db");
    assert!(!register.exists(), "nothing was made in its place");
    fs::rename(register.with_extension("away"), &register).unwrap();
    assert_eq!((serving.headline(), serving.health()), ("valid".to_owned(), 200));
    noticed("removed", |register| fs::remove_file(register).unwrap());
}

#[test]
fn a_folder_that_is_moved_is_noticed() {
    noticed("the folder", |register| {
        let data = register.parent().unwrap();
        fs::rename(data, data.with_extension("away")).unwrap();
    });
}

#[test]
fn a_write_ahead_log_that_is_removed_is_noticed() {
    for suffix in ["db-wal", "db-shm"] {
        noticed(suffix, |register| {
            fs::remove_file(register.with_extension(suffix)).unwrap();
        });
    }
}

#[test]
fn a_write_ahead_log_that_is_cut_off_is_noticed() {
    for left in [0, 31, 8_000] {
        noticed(&format!("a log of {left} bytes"), |register| {
            // Something that is in the log alone.
            stock(&format!("sqlite:{}", register.display()), 50);
            let log = OpenOptions::new().write(true).open(register.with_extension("db-wal"));
            let log = log.unwrap();
            assert!(log.metadata().unwrap().len() > 8_000);
            log.set_len(left).unwrap();
        });
    }
}

#[test]
fn a_write_ahead_log_that_is_written_over_is_noticed() {
    noticed("a log of zeros", |register| {
        stock(&format!("sqlite:{}", register.display()), 50);
        let path = register.with_extension("db-wal");
        let log = OpenOptions::new().write(true).open(&path).unwrap();
        let bytes = usize::try_from(log.metadata().unwrap().len()).unwrap();
        (&log).write_all(&vec![0; bytes]).unwrap();
    });
}

#[test]
fn the_index_of_the_log_that_is_cut_off_is_noticed_and_nobody_crashes() {
    noticed("the index", |register| {
        let index = OpenOptions::new().write(true).open(register.with_extension("db-shm"));
        index.unwrap().set_len(0).unwrap();
    });
}

#[test]
fn rights_that_are_taken_away_make_no_answer_untrue() {
    let mut serving = serve(None, 10);
    let register = serving.data().join("register.db");
    fs::set_permissions(&register, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever has the file open may go on reading it, and root may open it.
    let headline = serving.headline();
    assert!(["valid", "register_unreachable"].contains(&headline.as_str()), "{headline}");
    assert_eq!(serving.health() == 200, headline == "valid");
    assert!(serving.is_running());
}

#[test]
fn a_register_that_others_write_to_and_pack_is_the_same() {
    let serving = serve(None, STAMPS);
    let register = serving.data().join("register.db");
    let url = format!("sqlite:{}", register.display());
    let size = || fs::metadata(&register).unwrap().len();
    for _ in 0..3 {
        stock(&url, 3_000);
        assert_eq!((serving.headline(), serving.health()), ("valid".to_owned(), 200));
    }
    let store = Store::open(&url).unwrap();
    let run = |statements: &str| {
        let done: Result<(), StoreError> =
            store.read(|register| Ok(register.batch_execute(statements)?));
        done.unwrap();
        assert_eq!((serving.headline(), serving.health()), ("valid".to_owned(), 200));
        size()
    };
    let before = run("CREATE TABLE heap (bytes BLOB); INSERT INTO heap VALUES (zeroblob(9000000));
        PRAGMA wal_checkpoint(TRUNCATE);");
    let after = run("DROP TABLE heap; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    assert!(after < before, "it was packed");
    assert_eq!(
        (serving.headline(), serving.health()),
        ("valid".to_owned(), 200),
        "{}",
        serving.log()
    );
}
