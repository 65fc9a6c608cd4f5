//! Cases of any size without reading anything: made-up articles with their readings, in which some people
//! stand in a tenth of all and most in a few, stories are told by several papers in three languages, and some
//! papers copy. What it takes to link such a case, to add to it and to ask it.

mod invented;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use madar_case::{Case, Said, Ties, Wanted};
use madar_read::Kit;

use invented::World;

/// Articles added to a case that is linked.
const ADDED: usize = 10;
/// Questions are asked of so many people, from the most to the least named.
const ASKED: usize = 5;

pub(crate) struct Options<'a> {
    pub(crate) articles: usize,
    /// Where the case is kept; without it, in a file that goes.
    pub(crate) case: Option<PathBuf>,
    pub(crate) out: Option<&'a Path>,
}

pub(crate) fn run(options: &Options<'_>) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let own = std::env::temp_dir().join(format!("madar-scale-{}.madar", std::process::id()));
    let path = options.case.clone().unwrap_or_else(|| own.clone());
    let world = World::new(options.articles);
    let mut table = Table::default();
    let mut case = Case::open_or_create(&path)?;
    let mut mentions = 0;
    table.timed("keeping the documents", || {
        for number in 0..options.articles {
            let (document, reading) = world.article(number);
            mentions += reading.mentions.len();
            case.add(&document, &reading, Said::ByDocument)?;
        }
        Ok(())
    })?;
    table.say(&format!(
        "{} articles, {mentions} mentions, {} people and things",
        options.articles,
        world.len()
    ));
    table.timed("linking", || {
        case.asked(&kit)?.facts(&none())?;
        Ok(())
    })?;
    questions(&case, &kit, &world, &mut table)?;
    for number in options.articles..options.articles + ADDED {
        let (document, reading) = world.article(number);
        case.add(&document, &reading, Said::ByDocument)?;
    }
    let first = world.name(0);
    table.timed("after ten more articles", || {
        case.asked(&kit)?.who(&first);
        Ok(())
    })?;
    let size = std::fs::metadata(&path).context("the case is there")?.len();
    table.say(&format!("case file: {} MB", size >> 20));
    drop(case);
    if options.case.is_none() {
        std::fs::remove_file(&own).context("a case of its own")?;
    }
    print!("{}", table.text);
    if let Some(out) = options.out {
        std::fs::write(out, &table.text)?;
    }
    Ok(())
}

/// Facts of nobody: only what comes before the answer takes time.
fn none() -> Wanted {
    Wanted {
        kind: Some(madar_read::FactKind::Tie),
        ..Wanted::default()
    }
}

/// Each question of people of all degrees of fame; the slowest counts.
fn questions(case: &Case, kit: &Kit, world: &World, table: &mut Table) -> anyhow::Result<()> {
    let step = world.len() / (2 * ASKED);
    let people: Vec<String> = (0..ASKED).map(|at| world.name(at * step)).collect();
    let mut slowest = |what: &str, ask: &dyn Fn(usize) -> anyhow::Result<()>| {
        let mut most = Duration::ZERO;
        for at in 0..ASKED {
            let start = Instant::now();
            ask(at)?;
            most = most.max(start.elapsed());
        }
        table.time(what, most);
        anyhow::Ok(())
    };
    slowest("who", &|at| {
        case.asked(kit)?.who(&people[at]);
        Ok(())
    })?;
    slowest("facts --about", &|at| {
        let wanted = Wanted {
            about: Some(people[at].clone()),
            ..Wanted::default()
        };
        // a name that two people bear is no mistake of the case
        drop(case.asked(kit)?.facts(&wanted));
        Ok(())
    })?;
    let wanted = Wanted {
        about: Some(people[ASKED - 1].clone()),
        ..Wanted::default()
    };
    let some = case.asked(kit)?.facts(&wanted).unwrap_or_default();
    if let Some(line) = some.first() {
        slowest("chains", &|_| {
            case.asked(kit)?.chains(&line.claim)?;
            Ok(())
        })?;
    }
    slowest("path", &|at| {
        let asked = case.asked(kit)?;
        drop(asked.path(&people[at], &people[(at + 1) % ASKED], Ties::Told));
        Ok(())
    })?;
    slowest("find", &|at| {
        case.asked(kit)?.find(&people[at]);
        Ok(())
    })
}

#[derive(Default)]
struct Table {
    text: String,
}

impl Table {
    fn timed(
        &mut self,
        what: &str,
        run: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let start = Instant::now();
        run()?;
        self.time(what, start.elapsed());
        Ok(())
    }

    fn time(&mut self, what: &str, took: Duration) {
        eprintln!("{what}: {took:.1?}");
        let line = format!("| {what} | {:.3} s |", took.as_secs_f64());
        writeln!(self.text, "{line}").expect("a string takes what is written to it");
    }

    fn say(&mut self, told: &str) {
        eprintln!("{told}");
        self.text += &format!("| {told} | |\n");
    }
}
