//! One file to a command. Each loads what it needs, asks the case, hands the answer to a format.

mod alerts;
mod answers;
mod brief;
mod bulk;
mod check;
mod copy;
mod decide;
mod demo;
mod diff;
mod documents;
mod export;
mod forget;
mod lists;
mod mention;
mod pack;
mod path;
mod read;
mod reread;
mod review;
mod screen;
mod serve;
mod team;
mod verify;
mod versions;
mod watch;
mod withdraw;
mod work;

pub(crate) use demo::Told;
pub(crate) use read::ReadLine;

use std::path::Path;
use std::process::ExitCode;

use madar_case::{Case, Ties, Tongue};

use crate::case_file::{case_file, new_case};
use crate::cli::{Cli, Command, LookArgs};
use crate::formats::items::Look;

/// How a command ended, when it did not fail outright.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    Done,
    /// Done, and the answer is no.
    Nothing,
    /// Some of it failed, and was told.
    Partly,
}

impl Outcome {
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Partly => 2,
        })
    }
}

/// Whether an answer comes as text for people, in their language, or as JSON, worded in English.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Text(Tongue),
    Json,
}

impl Shape {
    pub(crate) fn tongue(self) -> Tongue {
        match self {
            Shape::Text(tongue) => tongue,
            Shape::Json => Tongue::En,
        }
    }
}

pub(crate) fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let shape = if cli.json {
        Shape::Json
    } else {
        Shape::Text(cli.tongue)
    };
    let case = || case_file(cli.case.clone());
    match cli.command {
        Command::Read(args) => read::run(&case()?, &args, shape),
        Command::Brief(args) => brief::run(&case()?, &args, shape),
        Command::Who { name } => answers::who(&case()?, &name, shape),
        Command::Find(args) => answers::find(&case()?, &args, shape),
        Command::Timeline(args) => answers::timeline(&case()?, &args, shape),
        Command::Facts(args) => answers::facts(&case()?, &args, shape),
        Command::Chains { claim } => answers::chains(&case()?, &claim, shape),
        Command::Withdraw { what, look } => withdraw::run(&case()?, &what, &look, shape),
        Command::Path { a, b, denied, look } => {
            let ties = if denied { Ties::DeniedToo } else { Ties::Told };
            path::run(&case()?, [&a, &b], ties, &look, shape)
        }
        Command::Check { draft, look } => check::run(&case()?, &draft, &look, shape),
        Command::Review {
            limit,
            ask,
            look,
            why,
        } => {
            if ask {
                review::ask(&case()?, &why, cli.tongue)
            } else {
                review::run(&case()?, limit, &look, shape)
            }
        }
        Command::Diff { other, look } => diff::run(&case()?, other.as_deref(), &look, shape),
        Command::Documents => documents::run(&case()?, shape),
        Command::Watch(args) => watch::run(&case()?, &args, shape),
        Command::Alerts(args) => alerts::run(&case()?, &args, shape),
        Command::Follow { name, why } => decide::follow(&case()?, &name, &why),
        Command::Versions { document, look } => {
            versions::run(&case()?, document.as_deref(), &look, shape)
        }
        Command::Lists { command } => lists::run(&case()?, command.as_ref(), shape),
        Command::Screen(args) => screen::run(&case()?, &args, shape),
        Command::Forget { document } => forget::run(&case()?, &document),
        Command::Reread { reader } => reread::run(&case()?, reader),
        Command::Same(args) => decide::same(&case()?, &args),
        Command::Different(args) => decide::different(&case()?, &args),
        Command::Rename { name, new, why } => decide::rename(&case()?, &name, &new, &why),
        Command::Note { name, text, why } => decide::note(&case()?, &name, &text, &why),
        Command::Protect { name, code, why } => decide::protect(&case()?, &name, &code, &why),
        Command::Reject(args) => decide::reject(&case()?, &args),
        Command::Confirm(args) => decide::confirm(&case()?, &args),
        Command::Correct { fact, status } => decide::correct(&case()?, &fact, status),
        Command::Independent(args) => decide::independent(&case()?, &args),
        Command::Mention(args) => mention::run(&case()?, &args),
        Command::Undo { number, why } => decide::undo(&case()?, number, &why),
        Command::Decisions { resolver, import } => match import {
            Some(file) => decide::import(&case()?, &file),
            None if resolver => decide::resolver(&case()?),
            None => decide::list(&case()?, shape),
        },
        Command::Bulk { paths, reader } => bulk::bulk(&paths, reader),
        Command::Merge { paths } => bulk::merge(&case()?, &paths),
        Command::Verify => verify::run(&case()?, shape),
        Command::Pack(args) => pack::pack(&case()?, &args),
        Command::Unpack(args) => pack::unpack(&new_case(cli.case)?, &args),
        Command::Copy { from, to } => copy::run(&from, &to),
        Command::Team { command } => team::run(&case()?, command.as_ref(), shape),
        Command::Work(args) => work::run(&case()?, &args, shape),
        Command::Export(args) => export::run(&case()?, &args, shape),
        Command::Demo(format) => demo::run(&format, shape),
        Command::Serve(args) => serve::run(&case()?, args),
        Command::Mcp => serve::mcp(&case()?),
        Command::TakeApart => {
            madar_open::take_apart()?;
            Ok(Outcome::Done)
        }
    }
}

impl LookArgs {
    fn look(&self) -> Look {
        if self.md {
            Look::Markdown
        } else {
            Look::Terminal
        }
    }
}

/// Opens a case to ask it, and says when some of it was read by an older version.
fn open(path: &Path) -> anyhow::Result<Case> {
    let mut case = Case::open(path)?;
    case.clock(now());
    let outdated = case.outdated()?;
    if outdated > 0 {
        eprintln!("{outdated} documents were read by another version of Madar");
        eprintln!("hint: madar reread brings them up to date");
    }
    Ok(case)
}

/// The system's time, for logs.
fn now() -> String {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    now.to_string()
}

/// The system's date, which no crate below this one looks at.
fn today() -> madar_text::Day {
    let now = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now());
    madar_text::Day::new(now.year(), now.month(), now.day())
}

/// A path as messages name it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
