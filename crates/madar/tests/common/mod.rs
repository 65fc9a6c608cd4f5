//! What the tests of the binary share.
#![allow(dead_code)] // each test file uses some of it

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// A folder of its own, with a case in it.
pub(crate) struct Desk {
    pub(crate) folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
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
            .args(args)
            .current_dir(self.folder.path())
            .env("MADAR_READER", "fast")
            .env_remove("MADAR_CASE")
            .env_remove("NO_COLOR");
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
