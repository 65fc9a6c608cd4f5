//! Cases of any size without reading anything: made-up articles with their readings, in which some people
//! stand in a tenth of all and most in a few, stories are told by several papers in three languages, and some
//! papers copy. What it takes to link such a case, to add to it and to ask it.

mod invented;
mod pages;
mod typed;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use madar_case::{Case, Part, Said, Search, Ties, Wanted};
use madar_read::Kit;
use rustix::time::{ClockId, clock_gettime};

use invented::World;

/// Articles added to a case that is linked.
const ADDED: usize = 10;
/// Questions are asked of so many people, from the most to the least named.
const ASKED: usize = 5;
/// Claims of a list, as many as the command line shows.
const LINES: usize = 100;
/// Passages of a search, as many as the command line shows.
const PASSAGES: usize = 101;

pub(crate) struct Options<'a> {
    /// Sizes of cases, each a column.
    pub(crate) articles: &'a [usize],
    /// Where the last case is kept; without it, in a file that goes.
    pub(crate) case: Option<PathBuf>,
    /// The case there is asked and added to.
    pub(crate) kept: bool,
    /// The program by which the pages of the last case are served and timed.
    pub(crate) serve: Option<PathBuf>,
    pub(crate) out: Option<&'a Path>,
}

pub(crate) fn run(options: &Options<'_>) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let mut columns = Vec::new();
    let mut pages = String::new();
    for (at, &articles) in options.articles.iter().enumerate() {
        let last = at + 1 == options.articles.len();
        let kept = options.case.clone().filter(|_| last);
        let own = std::env::temp_dir().join(format!("madar-scale-{}.madar", std::process::id()));
        let path = kept.as_ref().unwrap_or(&own);
        let begun = if options.kept {
            Begun::Kept
        } else {
            Begun::Here
        };
        columns.push(one(articles, path, begun, &kit)?);
        if let Some(madar) = options.serve.as_ref().filter(|_| last) {
            let world = World::new(articles);
            let people = people(&world);
            let claim = Case::open(path)?.asked(&kit)?;
            let claim = claim.claims(&Wanted::default(), Part::first(1))?.some.pop();
            let claim = claim.map(|line| line.claim);
            pages = format!(
                "{TYPED}{}{PAGES}{}",
                typed::table(madar, path, &people, claim.as_deref())?,
                pages::table(madar, path)?
            );
        }
        if kept.is_none() {
            std::fs::remove_file(&own).context("a case of its own")?;
        }
    }
    let mut table = table(&columns);
    table.push_str(&pages);
    print!("{table}");
    if let Some(out) = options.out {
        std::fs::write(out, &table)?;
    }
    Ok(())
}

const TYPED: &str = "\n## Questions typed\n\nOf the last of these cases, each a process of its own, by the clock: the \
                     slowest of five people, each the fastest of five times.\n\n";
const PAGES: &str = "\n## Pages\n\nThe last of these cases in `madar serve`, started anew for each page and left alone \
                     until it is at rest: how long what the page asks is waited for by the clock, how long it takes \
                     the processor, and once more.\n\n";

/// What was measured of one case, by what it is.
type Column = Vec<(&'static str, String)>;

fn table(columns: &[Column]) -> String {
    let mut out = String::from(
        "# Scale\n\n`cargo run --release -p madar-lab -- scale`: made-up articles with their readings (nothing is read), \
         half as many people and things as articles; the famous stand in very many. *Asked*: the slowest of five \
         questions, about people from the most to the least named, each with the case opened anew. *Linking* writes \
         what it found into the case file. Seconds of processor time, all threads together, but where the clock is named.\n\n",
    );
    let Some(first) = columns.first() else {
        return out;
    };
    for (row, (what, _)) in first.iter().enumerate() {
        let values: Vec<&str> = columns
            .iter()
            .map(|column| column[row].1.as_str())
            .collect();
        writeln!(out, "| {what} | {} |", values.join(" | ")).expect("a string takes it");
        if row == 0 {
            writeln!(out, "|---|{}", "---|".repeat(columns.len())).expect("a string takes it");
        }
    }
    out
}

/// Where a case comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    Here,
    /// It was made and linked before, of so many articles or some more.
    Kept,
}

fn one(articles: usize, path: &Path, begun: Begun, kit: &Kit) -> anyhow::Result<Column> {
    let world = World::new(articles);
    let mut column = Column::new();
    let mut say = |what: &'static str, value: String| {
        eprintln!("{articles}: {what}: {value}");
        column.push((what, value));
    };
    let mut case = Case::open_or_create(path)?;
    case.clock("2025-03-04T06:00:00Z".to_owned());
    say("articles", articles.to_string());
    say("people and things", world.len().to_string());
    if begun == Begun::Here {
        let mut mentions = 0;
        let start = worked();
        for number in 0..articles {
            let (document, reading) = world.article(number);
            mentions += reading.mentions.len();
            case.add(&document, &reading, Said::ByDocument)?;
        }
        say("mentions", mentions.to_string());
        say("keeping the articles", seconds(worked() - start));
    }
    let linking = timed(|| {
        case.asked(kit)?;
        Ok(())
    })?;
    say("linking", seconds(linking));
    for (what, took) in questions(&case, kit, &world)? {
        say(what, seconds(took));
    }
    let first = world.name(0);
    let held = case.captures()?.count()?;
    // what is new from here on are the articles that are added
    let mark = case.mark()?;
    case.see(&mark)?;
    let begun = Instant::now();
    let adding = timed(|| {
        for number in held..held + ADDED {
            let (document, reading) = world.article(number);
            case.add(&document, &reading, Said::ByDocument)?;
        }
        case.asked(kit)?.who(&first);
        Ok(())
    })?;
    let waited = begun.elapsed();
    say("ten articles more, and who", seconds(adding));
    say("the same by the clock", seconds(waited));
    let size = std::fs::metadata(path).context("the case is there")?.len();
    say("case file, MB", (size >> 20).to_string());
    Ok(column)
}

fn seconds(took: Duration) -> String {
    format!("{:.3} s", took.as_secs_f64())
}

fn timed(run: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    let start = worked();
    run()?;
    Ok(worked() - start)
}

/// Processor time that this process has had: what else the machine does makes no difference.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// People of all degrees of fame.
fn people(world: &World) -> Vec<String> {
    let step = world.len() / (2 * ASKED);
    (0..ASKED).map(|at| world.name(at * step)).collect()
}

/// Each question of people of all degrees of fame; the slowest counts.
fn questions(
    case: &Case,
    kit: &Kit,
    world: &World,
) -> anyhow::Result<Vec<(&'static str, Duration)>> {
    let people = people(world);
    let slowest = |ask: &dyn Fn(usize) -> anyhow::Result<()>| -> anyhow::Result<Duration> {
        let mut most = Duration::ZERO;
        for at in 0..ASKED {
            most = most.max(timed(|| ask(at))?);
        }
        Ok(most)
    };
    let about = |at: usize| Wanted {
        about: Some(people[at].clone()),
        ..Wanted::default()
    };
    let some = case.asked(kit)?.claims(&about(ASKED - 1), Part::first(1));
    let claim = some.ok().and_then(|found| found.some.into_iter().next());
    let claim = claim.map(|line| line.claim);
    let who = slowest(&|at| {
        case.asked(kit)?.who(&people[at]);
        Ok(())
    })?;
    let facts = slowest(&|at| {
        // a name that two people bear is no mistake of the case
        drop(case.asked(kit)?.claims(&about(at), Part::first(LINES)));
        Ok(())
    })?;
    let chains = slowest(&|_| {
        if let Some(claim) = &claim {
            case.asked(kit)?.chains(claim)?;
        }
        Ok(())
    })?;
    let path = slowest(&|at| {
        let asked = case.asked(kit)?;
        drop(asked.path(&people[at], &people[(at + 1) % ASKED], Ties::Told));
        Ok(())
    })?;
    let find = slowest(&|at| {
        case.asked(kit)?.search(&Search {
            text: people[at].clone(),
            limit: Some(PASSAGES),
            ..Search::default()
        });
        Ok(())
    })?;
    Ok(vec![
        ("who", who),
        ("facts --about", facts),
        ("chains", chains),
        ("path", path),
        ("find", find),
    ])
}
