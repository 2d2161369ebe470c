//! Running the program in a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// What the program answered.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    /// The one JSON object on standard output.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        serde_json::from_str(&self.out).unwrap()
    }
}

/// Runs `ocop` with arguments separated by spaces, in a folder, with no settings but these.
pub(crate) fn ocop(folder: &Path, arguments: &str) -> Answer {
    run(Command::new(env!("CARGO_BIN_EXE_ocop")).args(arguments.split(' ')).current_dir(folder))
}

/// The same with arguments that hold spaces.
pub(crate) fn ocop_with(folder: &Path, arguments: &[&str]) -> Answer {
    run(Command::new(env!("CARGO_BIN_EXE_ocop")).args(arguments).current_dir(folder))
}

/// The same with one more setting, in the environment.
pub(crate) fn ocop_set(folder: &Path, (name, value): (&str, &str), arguments: &str) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop"));
    answer(alone(command.args(arguments.split(' ')).current_dir(folder)).env(name, value))
}

/// What is answered into a pipe that nobody reads.
pub(crate) fn unread(folder: &Path, arguments: &str) -> Answer {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocop"));
    run(command.args(arguments.split(' ')).current_dir(folder).stdout(writer))
}

fn run(command: &mut Command) -> Answer {
    answer(alone(command))
}

/// A command that finds no settings but these.
fn alone(command: &mut Command) -> &mut Command {
    command.env_clear().env("OCOP_KEYS_PASSPHRASE", "correct horse battery");
    command.env("OCOP_STAMPS_HOST", "tem.ocop-mau.vn")
}

fn answer(command: &mut Command) -> Answer {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Answer {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}
