//! A PostgreSQL server of the tests' own: in a folder that goes with it, on a socket, without a network; or, for tests of
//! encryption, on a port of this machine, too.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, Weak};

/// A server; it stops with its last holder.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    /// Of the socket's name, and where it listens if it does.
    port: u16,
}

/// The server of all tests of a file. `None`, said aloud, where PostgreSQL is absent; under CI that is a failure.
pub(crate) fn cluster() -> Option<Arc<Cluster>> {
    static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
    let mut shared = SHARED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(running) = shared.upgrade() {
        return Some(running);
    }
    let started = Arc::new(Cluster::start(programs_or_word()?, 5432, ""));
    *shared = Arc::downgrade(&started);
    Some(started)
}

/// A server that also listens on a port of this machine.
pub(crate) fn listening_cluster() -> Option<Cluster> {
    let programs = programs_or_word()?;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    Some(Cluster::start(programs, port, "127.0.0.1"))
}

fn programs_or_word() -> Option<PathBuf> {
    let found = programs();
    if found.is_none() {
        skipped("PostgreSQL is absent (apt install postgresql)");
    }
    found
}

/// Says that a test is not made here; under CI that is a failure.
pub(crate) fn skipped(why: &str) {
    let here = std::env::var_os("CI").is_none_or(|ci| ci.is_empty());
    assert!(here, "{why}: under CI that is a failure");
    eprintln!("SKIPPED: {why}");
}

/// Where `initdb` is: in the path, or where Debian has it.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        let mut own: Vec<PathBuf> = versions
            .map(|one| one.unwrap().path().join("bin"))
            .collect();
        own.sort();
        folders.extend(own.into_iter().rev());
    }
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists())
}

pub(crate) fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

impl Cluster {
    fn start(programs: PathBuf, port: u16, listens: &str) -> Self {
        let cluster = Self {
            folder: tempfile::tempdir().unwrap(),
            programs,
            port,
        };
        if is_root() {
            // the server refuses to run as root
            let folder = cluster.folder.path();
            let given = Command::new("chown").arg("postgres").arg(folder).status();
            assert!(given.unwrap().success());
        }
        let data = cluster.data();
        let data = data.to_str().unwrap();
        let new = [
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ];
        cluster.run("initdb", &new);
        cluster.up(listens);
        cluster
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn up(&self, listens: &str) {
        let (data, folder) = (self.data(), self.folder.path().display());
        let port = self.port;
        let options = format!("-c listen_addresses={listens} -p {port} -k {folder} -F");
        let log = format!("{folder}/log");
        let data = data.to_str().unwrap();
        self.run(
            "pg_ctl",
            &["-D", data, "-l", &log, "-o", &options, "-w", "-s", "start"],
        );
    }

    fn down(&self) {
        let data = self.data();
        self.run(
            "pg_ctl",
            &[
                "-D",
                data.to_str().unwrap(),
                "-m",
                "immediate",
                "-w",
                "-s",
                "stop",
            ],
        );
    }

    fn run(&self, program: &str, args: &[&str]) {
        let program = self.programs.join(program);
        let mut command = match is_root() {
            true => {
                let mut as_postgres = Command::new("runuser");
                as_postgres.args(["-u", "postgres", "--"]).arg(program);
                as_postgres
            }
            false => Command::new(program),
        };
        let log = std::fs::File::create(self.folder.path().join("said")).unwrap();
        let status = command
            .args(args)
            .current_dir(self.folder.path())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .status()
            .unwrap();
        assert!(status.success(), "{args:?}: {}", self.said());
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("said")).unwrap_or_default()
    }

    /// What a statement of the server's own master answers.
    pub(crate) fn sql(&self, database: &str, statement: &str) -> String {
        let own = self.programs.join("psql");
        let output = Command::new(if own.exists() { own } else { "psql".into() })
            .args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "postgres",
                "-d",
                database,
            ])
            .arg("-h")
            .arg(self.folder.path())
            .args(["-p", &self.port.to_string(), "-c", statement])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{statement}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The address of a database as this user.
    pub(crate) fn address(&self, user: &str, database: &str) -> String {
        let folder = self.folder.path().display();
        format!("postgres:///{database}?user={user}&host={folder}")
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.data().join("postmaster.pid").exists() {
            self.down();
        }
    }
}
