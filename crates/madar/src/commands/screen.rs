//! `madar screen`: every entity of a case, or names from a file, standard input or the command line,
//! against the lists of the case; and what a person decides on a hit.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context;
use madar_case::{Case, Days, Decision, Hit, HitDecision, Register, Screening, Verdict};
use madar_link::Profile;
use madar_names::{SAME, Score};
use madar_open::{ListFile, import_rows};
use madar_read::Kit;
use madar_text::Day;
use rayon::prelude::*;

use super::{Outcome, Shape, shown, today};
use crate::cli::ScreenArgs;
use crate::failure::Hinted;
use crate::formats::{hits, out};

/// Names screened together: enough for all cores, few enough that the first answers come at once.
const TOGETHER: usize = 2_048;

/// A name to be screened.
pub(crate) struct Asked {
    pub(crate) name: String,
    profile: Profile,
}

impl Asked {
    fn named(name: &str) -> Self {
        Self {
            profile: Profile::of_bare_name(name),
            name: name.to_owned(),
        }
    }
}

pub(super) fn run(path: &Path, args: &ScreenArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let mut case = Case::open(path)?;
    let register = case.register()?;
    if register.is_empty() {
        return Err(Hinted::new("no list is in the case", "madar lists add FILE").into());
    }
    if let Some((entry, verdict)) = decided(args) {
        return decide(&mut case, &register, args, entry, verdict);
    }
    let wanted = wanted(args)?;
    let form = if args.csv {
        hits::Form::Csv
    } else {
        hits::Form::of(shape)
    };
    if let Some(asked) = asked(args)? {
        let done = names(&register, &asked.names, &wanted, form)?;
        return Ok(if asked.is_whole {
            done
        } else {
            Outcome::Partly
        });
    }
    let kit = Kit::bundled();
    let screened = case.asked(&kit)?.screened(&register, &wanted);
    hits::screened(&mut out(), &screened, form)?;
    Ok(found(screened.iter().any(|entity| !entity.hits.is_empty())))
}

fn found(any: bool) -> Outcome {
    if any { Outcome::Done } else { Outcome::Nothing }
}

/// The names in their order, each as soon as those before it are done.
fn names(
    register: &Register,
    asked: &[Asked],
    wanted: &Screening,
    form: hits::Form,
) -> anyhow::Result<Outcome> {
    let mut out = out();
    let mut any = false;
    let all = Screening {
        dismissed: true,
        ..wanted.clone()
    };
    hits::begin(&mut out, form)?;
    for some in asked.chunks(TOGETHER) {
        let answers: Vec<(Vec<Hit>, usize)> = some
            .par_iter()
            .map(|asked| {
                // what was dismissed is counted, not told
                let mut hits = register.hits_of_name(&asked.name, &asked.profile, &all);
                let found = hits.len();
                hits.retain(|hit| wanted.dismissed || hit.verdict != Some(Verdict::Dismissed));
                let dismissed = found - hits.len();
                (hits, dismissed)
            })
            .collect();
        for (asked, (found, dismissed)) in some.iter().zip(&answers) {
            any |= !found.is_empty();
            hits::name(&mut out, &asked.name, found, *dismissed, form)?;
        }
    }
    Ok(found(any))
}

fn wanted(args: &ScreenArgs) -> anyhow::Result<Screening> {
    let day = |text: &Option<String>| -> anyhow::Result<Option<Day>> {
        let Some(text) = text else { return Ok(None) };
        let day = Day::parse(text).ok_or_else(|| {
            Hinted::new(format!("{text:?} is no date"), "write a day as 2025-03-04")
        });
        Ok(Some(day?))
    };
    let threshold = args.threshold.unwrap_or(SAME.as_f64());
    if !(0.0..=1.0).contains(&threshold) {
        return Err(Hinted::new(
            format!("{threshold} is no threshold"),
            "thresholds are from 0 to 1; 0.70 is where two names are taken for one",
        )
        .into());
    }
    let one = |day: Option<Day>| day.map(|day| (day, None)).into_iter().collect();
    Ok(Screening {
        threshold: score(threshold),
        list: args.list.clone(),
        dismissed: args.all,
        days: Days {
            events: one(day(&args.event)?),
            publications: one(day(&args.published)?),
            today: Some(day(&args.on)?.unwrap_or_else(today)),
        },
    })
}

/// Everything at the usual threshold, as things stand today.
pub(super) fn wanted_today() -> Screening {
    Screening {
        threshold: SAME,
        list: None,
        dismissed: false,
        days: Days {
            today: Some(today()),
            ..Days::default()
        },
    }
}

fn score(threshold: f64) -> Score {
    // looked up, so that no float is turned into an integer: 0.7 is 7,000 ten-thousandths
    let fits = (0..=10_000).find(|&n| f64::from(n) / 10_000.0 >= threshold - 1e-9);
    Score::from_ten_thousandths(fits.unwrap_or(10_000))
}

/// Names to be screened.
struct Names {
    names: Vec<Asked>,
    /// Whether every record of their file could be read.
    is_whole: bool,
}

impl Names {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Names {
            names: names.map(Asked::named).collect(),
            is_whole: true,
        }
    }
}

/// The names to be screened; `None` where the case itself is.
fn asked(args: &ScreenArgs) -> anyhow::Result<Option<Names>> {
    if let Some(path) = &args.names {
        return Ok(Some(read_names(path)?));
    }
    match &args.name[..] {
        [] => Ok(None),
        [only] if only == "-" => Ok(Some(read_names(Path::new("-"))?)),
        names => Ok(Some(Names::of(names.iter().map(String::as_str)))),
    }
}

/// One name a line, or a table with a header that has a column of names.
fn read_names(path: &Path) -> anyhow::Result<Names> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("cannot read {:?}", shown(path)))?;
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.lines().next().unwrap_or_default();
    if first.contains([',', ';', '\t'])
        && let Ok(table) = import_rows(ListFile::new(shown(path), text.as_bytes()))
    {
        super::lists::tell_broken(&table);
        let rows = table.entries.iter().map(|entry| Asked {
            name: entry.caption().to_owned(),
            profile: Profile::of_entry(entry),
        });
        return Ok(Names {
            names: rows.collect(),
            is_whole: table.broken_count == 0,
        });
    }
    // *SECHIN, Igor* is a name, and no name has a semicolon or a tab
    if first.contains([';', '\t']) {
        return Err(Hinted::new(
            format!("no column of {:?} is called a name", shown(path)),
            "head the column of names with \"name\", or give one name a line",
        )
        .into());
    }
    let header = first.trim().eq_ignore_ascii_case("name");
    Ok(Names::of(
        text.lines().skip(usize::from(header)).map(str::trim),
    ))
}

fn decided(args: &ScreenArgs) -> Option<(&str, Verdict)> {
    match (&args.confirm, &args.dismiss) {
        (Some(entry), _) => Some((entry, Verdict::Confirmed)),
        (None, Some(entry)) => Some((entry, Verdict::Dismissed)),
        (None, None) => None,
    }
}

fn decide(
    case: &mut Case,
    register: &Register,
    args: &ScreenArgs,
    entry: &str,
    verdict: Verdict,
) -> anyhow::Result<Outcome> {
    let [name] = &args.name[..] else {
        return Err(Hinted::new(
            "a decision is on one name",
            "madar screen NAME --dismiss ENTRY, with the name in quotation marks",
        )
        .into());
    };
    let listing = register.entry_named(entry)?;
    let kit = Kit::bundled();
    let who = case.asked(&kit)?.screened_as(name);
    let decision = Decision::Hit(HitDecision {
        who,
        list: listing.list.clone(),
        entry: listing.entry.id.clone(),
        verdict,
    });
    let number = case.decide(&decision, &super::decide::noted(None, None))?;
    let is = match verdict {
        Verdict::Confirmed => "is",
        Verdict::Dismissed => "is not",
    };
    eprintln!(
        "decision {number}: {name} {is} {}:{} ({}); madar undo {number} takes it back",
        listing.list,
        listing.entry.id,
        listing.entry.caption()
    );
    Ok(Outcome::Done)
}
