//! A PostgreSQL server of the tests' own, in a temporary folder, gone when the tests end.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

/// Names a server to use instead of a private one; its user must be allowed to create databases.
const SERVER: &str = "TEST_DATABASE_URL";

/// Set where the tests must not be skipped.
const REQUIRED: &str = "OCOP_TEST_REQUIRE_POSTGRES";

/// The server runs while somebody holds the script's standard input open: it ends with the tests,
/// however they end. `$1` is the programs' folder, `$2` the data's; the rest starts a program as a
/// user that PostgreSQL accepts.
const KEEPER: &str = r#"
bin=$1; dir=$2; shift 2
"$@" "$bin/initdb" -D "$dir/data" -U ocop -A trust -E UTF8 --locale=C --no-sync >&2 || exit 1
"$@" "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" \
    -o "-k $dir -c listen_addresses= -c max_connections=300 -c fsync=off" start >&2 || exit 1
echo ready
read _
"$@" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >&2
rm -rf "$dir"
"#;

/// The user `nobody` of every Debian, for tests run by root.
const NOBODY: u32 = 65534;

struct Server {
    /// URL without a database's name, in two halves around it.
    url: (String, String),
    /// Ends the server when this process ends.
    _keeper: Option<Child>,
}

/// An empty database; `None` where there is no PostgreSQL.
pub(crate) fn new_database() -> Option<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("ocop_test_{}_{number}", std::process::id());
    execute(&server.named("postgres"), &format!("CREATE DATABASE {name}"));
    Some(server.named(&name))
}

/// Takes the database away, or gives it back: for everybody, at once.
pub(crate) fn set_reachable(url: &str, reachable: bool) {
    let name = url.split('?').next().and_then(|url| url.rsplit('/').next()).unwrap();
    let admin = server().unwrap().named("postgres");
    execute(&admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {reachable}"));
    if !reachable {
        let all = format!("pg_stat_activity WHERE datname = '{name}'");
        execute(&admin, &format!("SELECT pg_terminate_backend(pid) FROM {all}"));
    }
}

/// A server that one test has to itself: to stop it, freeze it, and start it again.
pub(crate) struct Cluster {
    bin: PathBuf,
    dir: PathBuf,
    by_root: bool,
}

impl Cluster {
    /// A new one, running; `None` where there is no PostgreSQL.
    pub(crate) fn start() -> Option<Self> {
        let bin = programs()?;
        let dir = tempfile::Builder::new().prefix("ocop-pg-").tempdir().unwrap().keep();
        let by_root = std::fs::metadata(&dir).unwrap().uid() == 0;
        if by_root {
            // PostgreSQL refuses to be run by root.
            chown(&dir, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let cluster = Self { bin, dir, by_root };
        let data = cluster.dir.join("data");
        let made = cluster
            .command("initdb")
            .arg("-D")
            .arg(data)
            .args(["-U", "ocop", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            .status();
        assert!(made.unwrap().success());
        cluster.run();
        Some(cluster)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://ocop@/postgres?host={}", self.dir.display())
    }

    /// Starts it.
    pub(crate) fn run(&self) {
        let dir = self.dir.display();
        let options = format!("-k {dir} -c listen_addresses= -c fsync=off");
        self.control(&["-w", "-o", &options, "start"]);
    }

    /// Ends it, with all connections.
    pub(crate) fn stop(&self) {
        self.control(&["-w", "-m", "immediate", "stop"]);
    }

    /// Stops its processes where they are: it takes connections, and says nothing.
    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Lets its processes go on.
    pub(crate) fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Ends its processes at once, even frozen.
    pub(crate) fn kill(&self) {
        let killed = self.signal("-KILL");
        while killed.iter().any(|pid| is_running(pid)) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        for left in ["data/postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"] {
            std::fs::remove_file(self.dir.join(left)).unwrap();
        }
    }

    /// The server first, so that it makes no more processes.
    fn signal(&self, signal: &str) -> Vec<String> {
        let file = std::fs::read_to_string(self.dir.join("data/postmaster.pid")).unwrap();
        let server = file.lines().next().unwrap().to_owned();
        let send = |pid: &str| Command::new("kill").args([signal, pid]).status().unwrap();
        // Once it has ended, its processes are no longer known as its own.
        let mut all = children(&server);
        assert!(send(&server).success());
        all.extend(children(&server));
        for pid in &all {
            // One may have ended by itself.
            let _ = send(pid);
        }
        all.push(server);
        all
    }

    fn control(&self, arguments: &[&str]) {
        let mut command = self.command("pg_ctl");
        command.arg("-D").arg(self.dir.join("data")).arg("-l").arg(self.dir.join("log"));
        let log = || std::fs::read_to_string(self.dir.join("log"));
        assert!(command.args(arguments).status().unwrap().success(), "{arguments:?}: {:?}", log());
    }

    /// A program of the server's, as a user that it accepts.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new("env");
        if self.by_root {
            let id = NOBODY.to_string();
            command.args(["setpriv", "--reuid", &id, "--regid", &id, "--clear-groups"]);
        }
        command.arg(self.bin.join(program)).current_dir(&self.dir);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may be stopped already.
        if self.dir.join("data/postmaster.pid").exists() {
            self.signal("-KILL");
        }
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// Whether a process runs; one that has ended may wait for somebody to ask how.
fn is_running(pid: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    !status.is_empty() && !status.contains("State:\tZ")
}

/// Processes that a process has started.
fn children(parent: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let names = processes.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let of_parent = |pid: &String| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| line.strip_prefix("PPid:").map(str::trim) == Some(parent))
    };
    names.filter(|name| name.parse::<u32>().is_ok()).filter(of_parent).collect()
}

/// Whether the tests may not be skipped.
pub(crate) fn is_required() -> bool {
    std::env::var(REQUIRED).is_ok_and(|value| value == "1")
}

/// Whether there is a server to test with.
pub(crate) fn is_available() -> bool {
    server().is_some()
}

impl Server {
    fn named(&self, database: &str) -> String {
        format!("{}{database}{}", self.url.0, self.url.1)
    }
}

fn server() -> Option<&'static Server> {
    static SERVER_OF_ALL: OnceLock<Option<Server>> = OnceLock::new();
    SERVER_OF_ALL.get_or_init(|| given().or_else(|| programs().map(|bin| start(&bin)))).as_ref()
}

fn given() -> Option<Server> {
    let url = std::env::var(SERVER).ok()?;
    let (base, options) = url.split_once('?').map_or((url.as_str(), None), |(b, o)| (b, Some(o)));
    let (server, _database) = base.rsplit_once('/').unwrap();
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    Some(Server { url: (format!("{server}/"), options), _keeper: None })
}

/// The folder with the newest server's programs.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    versions.sort();
    std::env::split_paths(&path)
        .chain(versions.into_iter().rev())
        .find(|bin| ["initdb", "pg_ctl", "postgres"].iter().all(|name| bin.join(name).exists()))
}

fn start(bin: &Path) -> Server {
    let dir = tempfile::Builder::new().prefix("ocop-pg-").tempdir().unwrap().keep();
    let mut command = Command::new("sh");
    command.args(["-c", KEEPER, "sh"]).arg(bin).arg(&dir);
    if std::fs::metadata(&dir).unwrap().uid() == 0 {
        // PostgreSQL refuses to be run by root.
        chown(&dir, Some(NOBODY), Some(NOBODY)).unwrap();
        let id = NOBODY.to_string();
        command.args(["setpriv", "--reuid", &id, "--regid", &id, "--clear-groups"]);
    } else {
        command.arg("env");
    }
    // In a group of its own, so that Ctrl+C leaves it time to clear up.
    command.current_dir(&dir).process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut keeper = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line).unwrap();
    if line.trim() != "ready" {
        let said = keeper.wait_with_output().unwrap().stderr;
        panic!("PostgreSQL did not start: {}", String::from_utf8_lossy(&said));
    }
    let host = dir.display();
    Server { url: ("postgres://ocop@/".into(), format!("?host={host}")), _keeper: Some(keeper) }
}

fn execute(url: &str, sql: &str) {
    PgConnection::establish(url).unwrap().batch_execute(sql).unwrap();
}
