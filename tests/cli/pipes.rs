//! Answers that cannot be written: the program says so, or ends quietly where nobody reads.

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

use crate::program::{folder, unread};

#[test]
fn no_command_minds_that_nobody_reads_its_answer() {
    let folder = folder();
    for command in [
        "layout list",
        "--json layout list",
        "design list",
        "key list",
        "import --template annex.csv",
        "preflight none.pdf",
        "order list",
        "--json order list",
    ] {
        let told = unread(folder.path(), command);
        assert!(!told.err.contains("panicked"), "{command}: {}", told.err);
        assert!(!told.err.contains("cannot be written"), "{command}: {}", told.err);
        assert!(matches!(told.code, 0 | 1 | 3), "{command}: {}", told.code);
    }
}

#[test]
fn an_answer_that_finds_no_room_is_a_failure() {
    let folder = folder();
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop"));
    command.args(["layout", "list"]).current_dir(folder.path()).env_clear();
    let ended = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    let ended = ended.wait_with_output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(told.starts_with("failed: the answer cannot be written"), "{told}");
}

#[test]
fn an_error_that_nobody_reads_keeps_its_exit_code() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop"));
    command.args(["order", "list"]).current_dir(folder.path()).env_clear();
    let status = command.stdout(Stdio::null()).stderr(writer).status().unwrap();
    assert!(matches!(status.code(), Some(1 | 3)), "{status}");
}
