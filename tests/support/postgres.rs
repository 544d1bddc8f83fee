//! A PostgreSQL server for the tests, if the machine has its programs: one for the whole process,
//! and a database for each test.
//!
//! The server is a child of a shell that waits for the end of its own standard input, which is a
//! pipe from this process. However this process ends, the pipe closes; then the shell ends the
//! server and removes its folder.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, mpsc};
use std::time::Duration;

use footnote::config::DatabaseUrl;
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

const GUARD: Duration = Duration::from_mins(1);
/// The name with which everyone connects, and its password.
pub const USER: &str = "footnote";
pub const PASSWORD: &str = "s3cret-of-the-tests";

/// Runs the server $1 in the folder $2, ends and starts it when it is told to, and ends it without
/// a trace at the end of standard input. QUIT ends it as a crash does: it writes nothing any more.
const WATCH: &str = r#"
trap '' INT TERM HUP
postgres=$1 folder=$2; shift 2
start() { "$postgres" -D "$folder/data" "$@" </dev/null 2>&1 & server=$!; }
crash() { kill -QUIT "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
start "$@"
while read -r command; do
  case $command in
    crash) crash; echo 'it is down' ;;
    start) start "$@" ;;
  esac
done
crash
rm -rf "$folder"
"#;

const READY: &str = "database system is ready to accept connections";
const DOWN: &str = "it is down";

/// A running server.
pub struct Server {
    port: u16,
    /// While it is open, the server runs.
    commands: ChildStdin,
    log: Mutex<mpsc::Receiver<String>>,
}

/// Says, once and to whoever runs the tests, what is not tested here.
pub fn skipped(what: &str) {
    // Unlike a macro's, this output is not captured.
    let _ = writeln!(io::stderr(), "skipped: {what}");
}

/// The server that the tests share; `None` if PostgreSQL is not installed.
pub fn shared() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let server = Server::start(&["-c", "fsync=off", "-c", "full_page_writes=off"]);
        if server.is_none() {
            skipped("everything about PostgreSQL, because initdb and postgres are not installed");
        }
        server
    });
    server.as_ref()
}

/// A new database; `None` if PostgreSQL is not installed.
pub async fn database() -> Option<DatabaseUrl> {
    let server = shared()?;
    Some(server.database().await)
}

impl Server {
    /// A server of its own with these options, for a test that ends it.
    pub fn start(options: &[&str]) -> Option<Self> {
        let (initdb, postgres) = (program("initdb")?, program("postgres")?);
        let folder = TempDir::new().expect("a temporary folder").keep();
        let owner = owner(&folder);
        let mut run = Command::new(initdb);
        run.args([
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            "--auth=scram-sha-256",
            "--username",
            USER,
            "--pwfile",
        ]);
        let password = folder.join("password");
        fs::write(&password, PASSWORD).expect("the password can be written");
        let data = folder.join("data");
        as_owner(&mut run, owner, &folder, &[&password]).arg(&password).arg("-D").arg(&data);
        let made = run.output().expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = free_port();
        let mut shell = Command::new("sh");
        shell.args(["-c", WATCH, "watch"]).arg(postgres).arg(&folder).args(["-p", &port.to_string(), "-k", ""]);
        shell.args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "shared_buffers=32MB"]);
        shell.args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = as_owner(&mut shell, owner, &folder, &[]).spawn().expect("a shell starts");
        let commands = shell.stdin.take().expect("standard input is piped");
        let lines = BufReader::new(shell.stdout.take().expect("standard output is piped"));
        let (sender, log) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                // Nobody reads most of them.
                let _ = sender.send(line);
            }
            // The shell has ended.
            let _ = shell.wait();
        });
        wait_for_line(&log, READY);
        Some(Self { port, commands, log: Mutex::new(log) })
    }

    /// The address of one of its databases.
    pub fn url(&self, name: &str) -> String {
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{name}", self.port)
    }

    /// A new database.
    pub async fn database(&self) -> DatabaseUrl {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("journal_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await.expect("the server answers");
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut connection).await.expect("a database can be made");
        connection.close().await.expect("the connection ends");
        DatabaseUrl::parse(&self.url(&name)).expect("it is an address")
    }

    /// Ends the server as a loss of power would.
    pub fn crash(&mut self) {
        self.tell("crash", DOWN);
    }

    /// Starts it again on the same port and data.
    pub fn restart(&mut self) {
        self.tell("start", READY);
    }

    fn tell(&mut self, command: &str, done: &str) {
        writeln!(self.commands, "{command}").expect("the shell runs");
        wait_for_line(&self.log.lock().expect("nobody panicked"), done);
    }
}

fn wait_for_line(log: &mpsc::Receiver<String>, wanted: &str) {
    let mut seen = String::new();
    while !seen.contains(wanted) {
        let line = log.recv_timeout(GUARD);
        seen += &line.unwrap_or_else(|error| panic!("no {wanted:?} in the log of PostgreSQL: {error}\n{seen}"));
        seen.push('\n');
    }
}

/// PostgreSQL does not run as root, so root's server belongs to the user that its package made.
fn owner(folder: &Path) -> Option<(u32, u32)> {
    let is_root = fs::metadata(folder).expect("it was made just now").uid() == 0;
    let id = |option: &str| {
        let found = Command::new("id").args([option, "postgres"]).output().expect("id can be run");
        String::from_utf8_lossy(&found.stdout).trim().parse().expect("there is a user postgres")
    };
    is_root.then(|| (id("-u"), id("-g")))
}

fn as_owner<'c>(
    command: &'c mut Command,
    owner: Option<(u32, u32)>,
    folder: &Path,
    files: &[&Path],
) -> &'c mut Command {
    command.current_dir(folder);
    if let Some((user, group)) = owner {
        for path in files.iter().copied().chain([folder]) {
            chown(path, Some(user), Some(group)).expect("root can give it away");
        }
        command.uid(user).gid(group);
    }
    command
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}

/// A program of PostgreSQL: where packages put it, the newest version first, or in PATH.
pub fn program(name: &str) -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    versions.sort_by_key(|path| std::cmp::Reverse(number(path)));
    let packaged = versions.into_iter().map(|version| version.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    packaged
        .chain(env::split_paths(&path).collect::<Vec<_>>())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}
