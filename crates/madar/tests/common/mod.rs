//! What the tests of the binary share.
#![allow(dead_code)] // each test file uses some of it

pub(crate) mod cluster;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use assert_cmd::Command;
use serde_json::Value;

use self::cluster::{Cluster, cluster};

/// A folder of its own, with a case in it.
pub(crate) struct Desk {
    pub(crate) folder: tempfile::TempDir,
    /// Where the desk's cases are in a database instead of the folder.
    shared: Option<Shared>,
}

/// Cases in a database, by the names that they would have in the folder.
struct Shared {
    cluster: Arc<Cluster>,
    number: usize,
    made: Mutex<Vec<String>>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            // tests/shared.rs runs the tests of other files once more
            shared: match module_path!().starts_with("shared::") {
                true => Shared::new(),
                false => None,
            },
        }
    }

    /// Whether its cases are no files.
    pub(crate) fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The binary, run in the folder.
    pub(crate) fn madar(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("madar").unwrap();
        command
            .args(match &self.shared {
                Some(_) => without_case(args),
                None => args.to_vec(),
            })
            .current_dir(self.folder.path())
            .env("MADAR_READER", "fast")
            .env_remove("MADAR_CASE")
            .env_remove("NO_COLOR");
        if let Some(shared) = &self.shared {
            command.env("MADAR_CACHE", self.path("mirrors"));
            command.env("MADAR_CASE", shared.address(args));
        }
        command
    }

    /// Standard output of a run that must succeed.
    pub(crate) fn told(&self, args: &[&str]) -> String {
        let output = self.madar(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Standard output of a question, which may be answered with nothing.
    pub(crate) fn asked(&self, args: &[&str]) -> String {
        let output = self.madar(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{args:?}: {said}"
        );
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn json(&self, args: &[&str]) -> Vec<Value> {
        let told = self.asked(args);
        told.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// Without `--case NAME`, which ends the arguments where it stands.
fn without_case<'a>(args: &'a [&'a str]) -> Vec<&'a str> {
    let named = args.iter().position(|arg| *arg == "--case");
    let kept = args.iter().enumerate();
    let kept = kept.filter(|(at, _)| named.is_none_or(|named| *at != named && *at != named + 1));
    kept.map(|(_, arg)| *arg).collect()
}

impl Shared {
    fn new() -> Option<Self> {
        static DESKS: AtomicUsize = AtomicUsize::new(0);
        let cluster = cluster()?;
        let number = DESKS.fetch_add(1, Ordering::Relaxed);
        cluster.sql("postgres", &format!("CREATE DATABASE desk{number}"));
        Some(Self {
            cluster,
            number,
            made: Mutex::default(),
        })
    }

    /// Of the case that is named, made if it is new; else of the last one.
    fn address(&self, args: &[&str]) -> String {
        let mut made = self.made.lock().unwrap();
        let named = args.iter().position(|arg| *arg == "--case");
        let name = named.map(|at| args[at + 1].trim_end_matches(".madar"));
        let Some(name) = name.or(made.last().map(String::as_str)).map(str::to_owned) else {
            return String::new();
        };
        let database = format!("desk{}", self.number);
        let address = format!(
            "{}&case={name}",
            self.cluster.address("postgres", &database)
        );
        if !made.contains(&name) {
            let mut create = Command::cargo_bin("madar").unwrap();
            let created = create
                .args(["team", "create", "--case", &address])
                .output()
                .unwrap();
            assert!(created.status.success(), "{}", stderr(&created));
        }
        made.retain(|other| *other != name);
        made.push(name);
        address
    }
}

pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles")
}

/// The examples, by name.
pub(crate) fn example(name: &str) -> String {
    examples().join(name).display().to_string()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) const SHORT: &str = "Harbour chief met envoy in Muscat\n\
    MUSCAT, March 4, 2025 — Harbour Post\n\n\
    Gordon Halvorsen met Rodion Vasilenkov in Muscat on March 3, Curtis Weller said.\n";
