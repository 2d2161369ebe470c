//! The program, serving a register with one batch of stamps in a process of its own.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use ocop_stamp::accounting::Selection;
use ocop_stamp::code::{text, uri};
use ocop_stamp::store::Store;
use serde_json::Value;
use tempfile::TempDir;

use crate::desk::{codes, issued, keyring, put_on_goods};

/// How often something is looked for that comes about by itself, every tenth of a second.
const TRIES: u32 = 300;

/// A process that serves, ended with the test.
pub(crate) struct Serving {
    pub(crate) dir: TempDir,
    /// What the first stamp's symbol leads to, and its serial alone.
    pub(crate) printed: String,
    pub(crate) typed: String,
    address: String,
    child: Child,
}

/// Makes a register at an address, with stamps on goods; returns the paths of the first.
pub(crate) fn stock(url: &str, stamps: u32) -> (String, String) {
    let store = Store::open_or_create(url).unwrap();
    let batch = issued(&store, stamps);
    put_on_goods(&store, &Selection::Batch(batch.number), "L1");
    let (serial, signature) = codes(&store, &batch)[0];
    let printed = uri::qr_text(&batch.intent.face, serial, &signature);
    let (_, path) = printed.split_once("://").unwrap().1.split_once('/').unwrap();
    (format!("/{path}"), format!("/T/{}", text::serial(serial)))
}

/// Serves a register of so many stamps from a folder of its own, or from a database elsewhere.
pub(crate) fn serve(url: Option<&str>, stamps: u32) -> Serving {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir_all(data.join("keys")).unwrap();
    fs::write(data.join("keys/ocop-keys.json"), keyring().to_jwks()).unwrap();
    let file = format!("sqlite:{}", data.join("register.db").display());
    let url = url.map_or(file, str::to_owned);
    let (printed, typed) = stock(&url, stamps);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let log = File::create(dir.path().join("log")).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_ocop"))
        .args(["serve", "--listen", &address])
        .current_dir(dir.path())
        .env_clear()
        .env("OCOP_DATA_DIR", &data)
        .env("OCOP_DATABASE_URL", &url)
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    let serving = Serving { dir, printed, typed, address, child };
    serving.until("it serves", || serving.health() == 200);
    serving
}

impl Serving {
    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.dir.path().join("data")
    }

    /// Status and JSON of what is answered at a path; status 0 where nothing is.
    pub(crate) fn ask(&self, path: &str) -> (u16, Value) {
        let headers = [("Accept", "application/json")];
        let (status, body) = self.get(path, &headers);
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build();
        let mut request = ureq::Agent::from(agent).get(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match request.call() {
            Ok(mut answer) => {
                (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
            }
            Err(_nobody) => (0, String::new()),
        }
    }

    pub(crate) fn health(&self) -> u16 {
        self.get("/healthz", &[]).0
    }

    /// The headline of the first stamp.
    pub(crate) fn headline(&self) -> String {
        self.ask(&self.printed).1["headline"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap()
    }

    /// Waits for something that comes about by itself.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..TRIES {
            if is_so() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("{what} never came about: {}", self.log());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // What has ended already needs no ending.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file's bytes, to be put elsewhere.
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}
