//! `madar verify`: whether the case is as its log says, and its sources as they were read.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use madar_case::{Case, Verified};
use serde_json::json;

use super::{Outcome, Shape, open};
use crate::formats::{out, text};

/// What became of the files that were read, where they are still in their places.
#[derive(Default)]
struct Sources {
    unchanged: usize,
    changed: Vec<String>,
    /// Moved, taken away, or read from standard input.
    gone: usize,
}

pub(super) fn run(case: &Path, shape: Shape) -> anyhow::Result<Outcome> {
    let case = open(case)?;
    let found = case.verify()?;
    let sources = sources(&case)?;
    let mut out = out();
    match shape {
        Shape::Json => writeln!(out, "{}", as_json(&found, &sources))?,
        Shape::Text(tongue) => {
            let counts = [
                ("documents", tongue.count(found.documents, "document")),
                ("decisions", tongue.count(found.decisions, "decision")),
                ("entries", tongue.count(found.entries, "entry")),
            ];
            let with = counts.each_ref().map(|(slot, told)| (*slot, told.as_str()));
            writeln!(out, "{}", tongue.fill("verify", "sum", &with))?;
            if let Some(seal) = &found.seal {
                writeln!(out, "{}", tongue.fill("verify", "seal", &[("seal", seal)]))?;
            }
            for finding in &found.findings {
                let what = tongue.say("fault", finding.what.name());
                writeln!(out, "! {what}: {}", text::visible(&finding.which))?;
            }
            let (same, gone) = (sources.unchanged.to_string(), sources.gone.to_string());
            let with = [("same", &*same), ("gone", &gone)];
            writeln!(out, "{}", tongue.fill("verify", "sources", &with))?;
            for path in &sources.changed {
                let path = text::visible(path);
                writeln!(
                    out,
                    "{}",
                    tongue.fill("verify", "changed", &[("path", &path)])
                )?;
            }
            if found.findings.is_empty() {
                writeln!(out, "{}", tongue.say("verify", "clean"))?;
            }
        }
    }
    out.flush()?;
    Ok(if found.findings.is_empty() {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

/// A file that was saved over since is no fault of the case.
fn sources(case: &Case) -> anyhow::Result<Sources> {
    let mut out = Sources::default();
    for (hash, origin) in case.sources()? {
        let bytes = origin.as_ref().and_then(|path| std::fs::read(path).ok());
        match (bytes, origin) {
            (Some(bytes), _) if *blake3::hash(&bytes).as_bytes() == hash.0 => out.unchanged += 1,
            (Some(_), Some(path)) => out.changed.push(path),
            _ => out.gone += 1,
        }
    }
    Ok(out)
}

/// The files that were read and lie unchanged in their places, each with the hash of its bytes.
pub(super) fn unchanged_sources(
    case: &Case,
) -> anyhow::Result<impl Iterator<Item = (String, PathBuf, Vec<u8>)>> {
    let sources = case.sources()?.into_iter();
    Ok(sources.filter_map(|(hash, origin)| {
        let path = PathBuf::from(origin?);
        let bytes = std::fs::read(&path).ok()?;
        let own = blake3::hash(&bytes);
        (*own.as_bytes() == hash.0).then(|| (own.to_hex().to_string(), path, bytes))
    }))
}

fn as_json(found: &Verified, sources: &Sources) -> serde_json::Value {
    let findings = found.findings.iter();
    let findings = findings.map(|one| json!({"what": one.what.name(), "which": one.which}));
    json!({
        "documents": found.documents,
        "decisions": found.decisions,
        "entries": found.entries,
        "seal": found.seal,
        "findings": findings.collect::<Vec<_>>(),
        "sources": {
            "unchanged": sources.unchanged,
            "changed": sources.changed,
            "gone": sources.gone,
        },
    })
}
