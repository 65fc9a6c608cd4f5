//! `madar lists`: snapshots of watchlists kept, shown, compared, taken out.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
use madar_case::{Case, NewSnapshot, Snapshot, SnapshotKept};
use madar_link::changes;
use madar_open::{Import, ListFile, import_list};
use madar_read::Kit;
use madar_text::Day;

use super::{Outcome, Shape, screen, shown, today};
use crate::cli::{ListsAdd, ListsCommand, ListsDiff};
use crate::failure::Hinted;
use crate::formats::{hits, out, text::visible};

/// Broken records told one by one on standard error.
const BROKEN_TOLD: usize = 10;

pub(super) fn run(
    case: &Path,
    command: Option<&ListsCommand>,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    match command {
        None | Some(ListsCommand::Show) => show(case, shape),
        Some(ListsCommand::Add(args)) => add(case, args, shape),
        Some(ListsCommand::Diff(args)) => diff(case, args, shape),
        Some(ListsCommand::Remove { number }) => remove(case, *number),
    }
}

fn add(case: &Path, args: &ListsAdd, shape: Shape) -> anyhow::Result<Outcome> {
    let mut files = Vec::new();
    for path in &args.files {
        let file = File::open(path).with_context(|| format!("cannot open {:?}", shown(path)))?;
        files.push(ListFile::new(shown(path), file));
    }
    let import = import_list(files).map_err(|error| {
        let hint = error.hint();
        Hinted::new(error.to_string(), hint)
    })?;
    tell_broken(&import);
    let given = args.date.as_deref().map(|text| {
        Day::parse(text)
            .ok_or_else(|| Hinted::new(format!("{text:?} is no date"), "write --date 2026-02-27"))
    });
    let (day, basis) = match (given.transpose()?, import.day) {
        (Some(day), _) => (day, "given with --date"),
        (None, Some(day)) => (day, "the list itself"),
        (None, None) => (today(), "the day it was added"),
    };
    let list = list_name(args, import.list.as_deref());
    let hash = hash(&args.files)?;
    let mut case = Case::open_or_create(case)?;
    let kept = case.keep_snapshot(&NewSnapshot {
        hash: &hash,
        list: &list,
        day,
        basis,
        source: args.source.as_deref(),
        format: &import.format,
        broken: u64::try_from(import.broken_count).unwrap_or(u64::MAX),
        entries: &import.entries,
    })?;
    let number = match kept {
        SnapshotKept::New(number) => number,
        SnapshotKept::Same(number) => {
            eprintln!("these files are in the case already");
            number
        }
    };
    let snapshots = case.snapshots()?;
    let own: Vec<Snapshot> = snapshots
        .into_iter()
        .filter(|s| s.number == number)
        .collect();
    hits::snapshots(&mut out(), &own, shape)?;
    Ok(if import.broken_count > 0 {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

/// Says on standard error which records could not be read.
pub(super) fn tell_broken(import: &Import) {
    for broken in import.broken.iter().take(BROKEN_TOLD) {
        eprintln!(
            "madar: {}: {}",
            visible(&broken.place),
            visible(&broken.reason)
        );
    }
    if import.broken_count > BROKEN_TOLD {
        eprintln!(
            "madar: {} more records could not be read",
            import.broken_count - BROKEN_TOLD
        );
    }
}

/// What the list is called: as the user says, as its format says, as the file is named.
fn list_name(args: &ListsAdd, known: Option<&str>) -> String {
    if let Some(list) = &args.list {
        return list.clone();
    }
    let stem = args.files.first().and_then(|path| path.file_stem());
    let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default();
    match known {
        // the two lists of OFAC come in one format; the files of the second begin so
        Some("OFAC") if stem.to_lowercase().starts_with("cons") => "OFAC consolidated".to_owned(),
        Some("OFAC") => "OFAC SDN".to_owned(),
        Some(list) => list.to_owned(),
        None => stem,
    }
}

/// BLAKE3 over the hashes of the files, in the order of these: the order of naming does not matter.
fn hash(files: &[PathBuf]) -> anyhow::Result<String> {
    let mut each = Vec::new();
    for path in files {
        let mut hasher = blake3::Hasher::new();
        let file = File::open(path).with_context(|| format!("cannot open {:?}", shown(path)))?;
        hasher.update_reader(file)?;
        each.push(*hasher.finalize().as_bytes());
    }
    each.sort_unstable();
    let mut all = blake3::Hasher::new();
    for hash in each {
        all.update(&hash);
    }
    Ok(all.finalize().to_hex().to_string())
}

fn show(case: &Path, shape: Shape) -> anyhow::Result<Outcome> {
    let held = Case::open(case)?.snapshots()?;
    if held.is_empty() {
        eprintln!("no list is in the case");
        eprintln!("hint: madar lists add FILE … takes OFAC, UN, EU, UK lists, FollowTheMoney, CSV");
        return Ok(Outcome::Nothing);
    }
    hits::snapshots(&mut out(), &held, shape)?;
    Ok(Outcome::Done)
}

/// What changed between two snapshots, and who of the case is hit by that.
fn diff(path: &Path, args: &ListsDiff, shape: Shape) -> anyhow::Result<Outcome> {
    let case = Case::open(path)?;
    let held = case.snapshots()?;
    let of_list: Vec<&Snapshot> = held.iter().filter(|s| s.list == args.list).collect();
    let pick = |number: Option<i64>, from_end: usize| match number {
        Some(number) => of_list.iter().find(|s| s.number == number),
        None => of_list
            .len()
            .checked_sub(from_end)
            .and_then(|at| of_list.get(at)),
    };
    let (Some(before), Some(after)) = (pick(args.from, 2), pick(args.to, 1)) else {
        return Err(Hinted::new(
            format!("the case does not have two snapshots of {:?}", args.list),
            "madar lists shows the lists; add a later file with madar lists add FILE --list NAME",
        )
        .into());
    };
    let (old, new) = (
        case.snapshot_entries(before.number)?,
        case.snapshot_entries(after.number)?,
    );
    let changed = changes(&old, &new);
    hits::changes(&mut out(), before, after, &changed, shape)?;
    let ids: std::collections::BTreeSet<&str> =
        changed.iter().map(|(_, entry)| entry.id.as_str()).collect();
    let register =
        case.register_of(&|list, entry| list == args.list && ids.contains(entry.id.as_str()))?;
    let kit = Kit::bundled();
    let wanted = screen::wanted_today();
    let mut screened = case.asked(&kit)?.screened(&register, &wanted);
    screened.retain(|entity| !entity.hits.is_empty());
    hits::entities(&mut out(), &screened, shape)?;
    Ok(if changed.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

fn remove(case: &Path, number: i64) -> anyhow::Result<Outcome> {
    let mut case = Case::open(case)?;
    case.remove_snapshot(number)?;
    eprintln!("snapshot {number} is out of the case; what was decided on its entries stands");
    Ok(Outcome::Done)
}
