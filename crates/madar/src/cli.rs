//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use madar_case::{Right, Tongue};
use madar_read::{EntityKind, FactKind, Reader, Status};
use madar_text::Day;

use crate::exports::Form;

/// Reads reporting in Arabic, English and Russian into one sourced network: who is tied to whom,
/// and, for every line, who said so and how many independent chains stand behind it.
#[derive(Parser)]
#[command(name = "madar", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The case: a file, or postgres://… where several share it; without it, the only *.madar in the current folder
    #[arg(
        long,
        global = true,
        value_name = "CASE",
        env = "MADAR_CASE",
        hide_env_values = true
    )]
    pub(crate) case: Option<PathBuf>,
    /// Print JSON: one object to a line where the answer is a list
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Answer in Arabic (ar), English (en) or Russian (ru); what documents wrote stays as written
    #[arg(long = "in", global = true, value_name = "LANGUAGE", env = "MADAR_LANGUAGE",
          default_value = "en", value_parser = tongue)]
    pub(crate) tongue: Tongue,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read articles into the case: files, folders, "-" for standard input
    Read(ReadArgs),
    /// Tell what the case says: cast, ties and deals, meetings, money, contradictions, sources
    Brief(BriefArgs),
    /// Find people and things by name, in any of the three scripts
    Who {
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Find passages by their words in any form, or by a name in any of the three scripts
    Find(FindArgs),
    /// List what is dated, in order of time
    Timeline(AboutArgs),
    /// List what is said, one line to a claim
    Facts(FactsArgs),
    /// Show each chain of a claim, and why so many of them count as independent
    Chains {
        /// The claim's id, or the first digits of it
        #[arg(value_name = "CLAIM")]
        claim: String,
    },
    /// What falls if a source or a document falls: claims with no chain left, and what still stands
    Withdraw {
        /// An outlet, a person, a paper, an unnamed source as chains name it; or a document
        #[arg(value_name = "SOURCE|DOCUMENT")]
        what: String,
        #[command(flatten)]
        look: LookArgs,
    },
    /// How two people or things are tied, hop by hop, each with its passage and its chains
    Path {
        #[arg(value_name = "A")]
        a: String,
        #[arg(value_name = "B")]
        b: String,
        /// Follow ties that are only told to be denied, too
        #[arg(long)]
        denied: bool,
        #[command(flatten)]
        look: LookArgs,
    },
    /// Hold your own text against the case: what stands behind each sentence, what speaks against it
    Check {
        /// A file, or "-" for standard input
        #[arg(value_name = "DRAFT")]
        draft: PathBuf,
        #[command(flatten)]
        look: LookArgs,
    },
    /// What is undecided and matters most: two that may be one, claims on which something is open
    Review {
        /// How many questions are shown
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        limit: usize,
        /// Answer them one by one: s(ame), d(ifferent), c(onfirm), r(eject), q(uit), anything else for later
        #[arg(long, conflicts_with_all = ["json", "md"])]
        ask: bool,
        #[command(flatten)]
        look: LookArgs,
        #[command(flatten)]
        why: WhyArgs,
    },
    /// What another case tells otherwise, or this one when it is read again: gained, lost, changed, and why
    Diff {
        /// The later case file; without it, this case as this version of Madar would read it
        #[arg(value_name = "OTHER")]
        other: Option<PathBuf>,
        #[command(flatten)]
        look: LookArgs,
    },
    /// Watchlists in the case: add a snapshot of one, show them, compare two, take one out
    Lists {
        #[command(subcommand)]
        command: Option<ListsCommand>,
    },
    /// Hold the people and bodies of the case, or names, against the lists
    Screen(ScreenArgs),
    /// List the documents of the case, and what could not be read
    Documents,
    /// Read what arrives in folders and, with --online, in feeds, and tell what is new
    Watch(WatchArgs),
    /// What is new: claims, first confirmations, ties of whom you follow, hits on lists, changed articles
    Alerts(AlertsArgs),
    /// Follow a person or a thing: alerts tell first whom a new claim ties them to
    Follow {
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        why: WhyArgs,
    },
    /// Articles that their publishers have changed: their versions, and what each says otherwise
    Versions {
        /// Only the article of this document: its id or first digits of it, its path, or words of its title
        #[arg(value_name = "DOCUMENT")]
        document: Option<String>,
        #[command(flatten)]
        look: LookArgs,
    },
    /// Take a document out, with its facts and its words
    Forget {
        /// Its id or first digits of it, its path, or words of its title
        #[arg(value_name = "DOCUMENT")]
        document: String,
    },
    /// Read again what an older version, or the other reader, has read; decisions stand
    Reread {
        /// What finds names: fast or accurate; without it, as the case was read
        #[arg(long, value_name = "READER", value_parser = reader)]
        reader: Option<Reader>,
    },
    /// Decide that two names stand for one: a name, an id, or NAME@DOCUMENT for one of namesakes
    Same(PairArgs),
    /// Decide that two names do not stand for one
    Different(PairArgs),
    /// Decide what somebody or something is called
    Rename {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "NEW NAME")]
        new: String,
        #[command(flatten)]
        why: WhyArgs,
    },
    /// Note something of a person or a thing, for this desk
    Note {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        why: WhyArgs,
    },
    /// Give somebody a code name for everything that leaves the case: briefs, exports, pages
    Protect {
        #[arg(value_name = "NAME")]
        name: String,
        /// The code name
        #[arg(long = "as", value_name = "NAME")]
        code: String,
        #[command(flatten)]
        why: WhyArgs,
    },
    /// Decide that a fact is wrong, or all tellings of a claim: it leaves every answer
    Reject(FactArgs),
    /// Note that a fact, or each telling of a claim, was checked against its passage
    Confirm(FactArgs),
    /// Decide that a fact, or each telling of a claim, is told so: planned, alleged, denied
    Correct {
        #[command(flatten)]
        fact: FactArgs,
        /// asserted, planned, proposed, negotiated, conditional, alleged, denied or ended
        #[arg(long, value_name = "STATUS", value_parser = status)]
        status: Status,
    },
    /// Decide that two articles tell independently of each other, whatever is suspected
    Independent(ApartArgs),
    /// Decide what is named in a place of a document: of another kind, somebody else, nobody, or a name that is missing
    Mention(MentionArgs),
    /// Take a decision back, by its number; undoing that brings it back
    Undo {
        #[arg(value_name = "NUMBER")]
        number: i64,
        #[command(flatten)]
        why: WhyArgs,
    },
    /// List what was decided, by whom, when and why
    Decisions {
        /// Print what was decided on pairs as lines of a nomenklatura resolver file
        #[arg(long, conflicts_with = "json")]
        resolver: bool,
        /// Take over the decisions of a resolver file
        #[arg(long, value_name = "FILE", conflicts_with_all = ["resolver", "json"])]
        import: Option<PathBuf>,
    },
    /// Read apart from the case: each article of standard input (a line of JSON) or of files gives a line with its reading
    Bulk {
        /// Files, folders, or "-" for lines of standard input
        #[arg(value_name = "PATH", default_value = "-")]
        paths: Vec<PathBuf>,
        #[arg(long, value_name = "READER", default_value = "fast", env = "MADAR_READER", value_parser = reader)]
        reader: Reader,
    },
    /// Take in what madar bulk read, here or elsewhere
    Merge {
        /// Files of its lines, or "-" for standard input
        #[arg(value_name = "FILE", required = true)]
        paths: Vec<PathBuf>,
    },
    /// Hold the case against its log: every document, reading and decision as it was put in
    Verify,
    /// Put the case and the files that were read into one encrypted file
    Pack(PackArgs),
    /// Open a packed case; its sources come into a folder beside it
    Unpack(UnpackArgs),
    /// Copy a case without loss: a file, or postgres://…, into a new one of either kind
    Copy {
        #[arg(value_name = "FROM")]
        from: PathBuf,
        #[arg(value_name = "TO")]
        to: PathBuf,
    },
    /// A case that several people share in PostgreSQL: make one, say who may what; alone, show how it stands
    Team {
        #[command(subcommand)]
        command: Option<TeamCommand>,
    },
    /// Read what `madar read --queue` put aside, beside others who do the same, until nothing is left
    Work(WorkArgs),
    /// Carry the case into other tools: FollowTheMoney, Web Annotations, GraphML, GEXF, Neo4j, CSV, a dossier
    Export(ExportArgs),
    /// Read the bundled examples and brief them
    Demo(FormatArgs),
    /// Serve the case to a browser on this machine, with an API
    Serve(ServeArgs),
    /// Give the case as tools to a language model (MCP over standard input and output)
    Mcp,
    /// Take a PDF file or a workbook from standard input apart: what `read` runs in a process of its own
    #[command(hide = true)]
    TakeApart,
}

#[derive(Args)]
pub(crate) struct AlertsArgs {
    /// Take it as seen: next time only what is newer is told
    #[arg(long)]
    pub(crate) seen: bool,
    /// Since this day (2025-03-04), or since the state with this seal (madar verify gives it)
    #[arg(long, value_name = "DAY|SEAL")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    /// Show so many at most, what matters most first [default: 100, or all with --json]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "FORM")]
    pub(crate) form: Form,
    /// Where to: a folder for forms of several files (else madar-export), a file for the others (else standard output)
    #[arg(long, value_name = "PATH")]
    pub(crate) to: Option<PathBuf>,
    /// Only what this person or thing takes part in
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,
}

#[derive(Args)]
pub(crate) struct ApartArgs {
    /// A document: its id, or where it was read from
    #[arg(value_name = "DOCUMENT")]
    pub(crate) a: String,
    #[arg(value_name = "DOCUMENT")]
    pub(crate) b: String,
    #[command(flatten)]
    pub(crate) why: WhyArgs,
}

#[derive(Args)]
pub(crate) struct ReadArgs {
    /// Files, folders, or "-" for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Who published these documents, over what they say themselves
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// When they were published: 2025-03-04 or 2025-03-04T06:00:00-05:00
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// What reads: accurate, or fast, which is thirty times quicker and finds less; without it, as the case was
    /// read: a new case by the accurate one, more than 2,000 files by the fast one
    #[arg(long, value_name = "READER", env = "MADAR_READER", value_parser = reader)]
    pub(crate) reader: Option<Reader>,
    /// Read nothing yet: put the files into the queue of a shared case, from which madar work takes them
    #[arg(long)]
    pub(crate) queue: bool,
}

#[derive(Subcommand)]
pub(crate) enum TeamCommand {
    /// Make the case that --case names: its tables and the roles of its members
    Create,
    /// Give a user of the database a right, in place of another
    Add {
        #[arg(value_name = "NAME")]
        name: String,
        /// read: ask; decide: also put documents and decisions in; administer: also take out, and give rights
        #[arg(long = "as", value_name = "RIGHT", value_parser = right)]
        right: Right,
    },
    /// Take all rights in the case from a user of the database
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

fn right(name: &str) -> Result<Right, String> {
    Right::named(name).ok_or_else(|| "read, decide or administer".to_owned())
}

#[derive(Args)]
pub(crate) struct WorkArgs {
    /// What reads: fast or accurate; without it, as the case was read
    #[arg(long, value_name = "READER", env = "MADAR_READER", value_parser = reader)]
    pub(crate) reader: Option<Reader>,
    /// Wait for more when nothing is left
    #[arg(long)]
    pub(crate) stay: bool,
}

#[derive(Args)]
pub(crate) struct WatchArgs {
    /// Folders; lists of feeds (FEEDS.opml) and addresses of feeds, with --online
    #[arg(value_name = "FOLDER|FEEDS|ADDRESS", required = true)]
    pub(crate) what: Vec<String>,
    /// Look once and end, for a timetable
    #[arg(long)]
    pub(crate) once: bool,
    /// Use the network: fetch the feeds with this machine's curl
    #[arg(long)]
    pub(crate) online: bool,
    /// Fetch the page of each entry of a feed too, and read that instead of the entry
    #[arg(long, requires = "online")]
    pub(crate) full: bool,
    /// Ask a feed every so many minutes; fewer than 5 only of your own servers, with --private
    #[arg(long, value_name = "MINUTES", default_value_t = 15)]
    pub(crate) every: u32,
    /// Fetch from this machine and from private networks too
    #[arg(long, requires = "online")]
    pub(crate) private: bool,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    /// What reads: accurate or fast; without it, as the case was read, a new case by the accurate one
    #[arg(long, value_name = "READER", env = "MADAR_READER", value_parser = reader)]
    pub(crate) reader: Option<Reader>,
}

fn reader(name: &str) -> Result<Reader, String> {
    let found = Reader::ALL.into_iter().find(|reader| reader.name() == name);
    found.ok_or_else(|| "fast or accurate".to_owned())
}

#[derive(Subcommand)]
pub(crate) enum ListsCommand {
    /// Add the files of one list: OFAC, UN, EU, UK, FollowTheMoney lines, CSV with a header
    Add(ListsAdd),
    /// Show the snapshots in the case
    Show,
    /// What the later of two snapshots of a list changed, and who of the case is hit by that
    Diff(ListsDiff),
    /// Take a snapshot out
    Remove {
        /// Its number, as madar lists shows it
        #[arg(value_name = "NUMBER")]
        number: i64,
    },
}

#[derive(Args)]
pub(crate) struct ListsAdd {
    /// The files of one list, read together
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// What the list is called; without it, by its format
    #[arg(long, value_name = "NAME")]
    pub(crate) list: Option<String>,
    /// The day on which the list stood so, as 2026-02-27, over what the files say
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Where you have it from, to be told with each snapshot
    #[arg(long, value_name = "WORDS")]
    pub(crate) source: Option<String>,
}

#[derive(Args)]
pub(crate) struct ListsDiff {
    #[arg(value_name = "LIST")]
    pub(crate) list: String,
    /// Number of the earlier snapshot; without it, the last but one
    #[arg(long, value_name = "NUMBER")]
    pub(crate) from: Option<i64>,
    /// Number of the later snapshot; without it, the last
    #[arg(long, value_name = "NUMBER")]
    pub(crate) to: Option<i64>,
}

#[derive(Args)]
pub(crate) struct ScreenArgs {
    /// Names to screen, "-" for standard input; without any, everybody in the case
    #[arg(value_name = "NAME")]
    pub(crate) name: Vec<String>,
    /// A file of names, one a line, or CSV with a header ("-" for standard input)
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    pub(crate) names: Option<PathBuf>,
    /// Scores from which on a match is a hit
    #[arg(long, value_name = "SCORE")]
    pub(crate) threshold: Option<f64>,
    /// Only this list
    #[arg(long, value_name = "LIST")]
    pub(crate) list: Option<String>,
    /// Also whether it was listed on the day of an event
    #[arg(long, value_name = "DATE")]
    pub(crate) event: Option<String>,
    /// Also whether it was listed on the day of a publication
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<String>,
    /// What counts as today; without it, the system's date
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Print CSV, one row to a hit
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// Show hits that were dismissed too
    #[arg(long)]
    pub(crate) all: bool,
    /// Decide that NAME is this entry: its id, or LIST:ID
    #[arg(
        long,
        value_name = "ENTRY",
        requires = "name",
        conflicts_with = "dismiss"
    )]
    pub(crate) confirm: Option<String>,
    /// Decide that NAME is not this entry
    #[arg(long, value_name = "ENTRY", requires = "name")]
    pub(crate) dismiss: Option<String>,
}

#[derive(Args)]
pub(crate) struct ServeArgs {
    /// Where to listen; any address but this machine's own needs a token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: std::net::IpAddr,
    /// The port; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 7117)]
    pub(crate) port: u16,
    /// Whoever shows it may look and decide
    #[arg(
        long,
        value_name = "TOKEN",
        env = "MADAR_TOKEN",
        hide_env_values = true
    )]
    pub(crate) token: Option<String>,
    /// Requests answered in a second; 0 answers all
    #[arg(long, value_name = "N", default_value_t = madar_serve::RATE)]
    pub(crate) rate: u32,
}

#[derive(Args)]
pub(crate) struct PairArgs {
    #[arg(value_name = "A")]
    pub(crate) a: String,
    #[arg(value_name = "B")]
    pub(crate) b: String,
    #[command(flatten)]
    pub(crate) why: WhyArgs,
}

#[derive(Args)]
pub(crate) struct FactArgs {
    /// The id of a fact or of a claim
    #[arg(value_name = "FACT")]
    pub(crate) fact: String,
    #[command(flatten)]
    pub(crate) why: WhyArgs,
}

#[derive(Args)]
pub(crate) struct MentionArgs {
    /// The document: the first digits of its id, its path, or words of its title
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: String,
    /// The words as they stand there
    #[arg(value_name = "WORDS")]
    pub(crate) words: String,
    #[command(flatten)]
    pub(crate) naming: NamingArgs,
    /// Which of several places with these words, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) nth: Option<u32>,
    #[command(flatten)]
    pub(crate) why: WhyArgs,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
pub(crate) struct NamingArgs {
    /// Nothing is named there
    #[arg(long, conflicts_with_all = ["kind", "is", "called", "missing"])]
    pub(crate) nothing: bool,
    /// It is of this kind: Person, Organization, Company, PublicBody, Asset, Place, Paper or Group
    #[arg(long, value_name = "KIND", value_parser = entity_kind)]
    pub(crate) kind: Option<EntityKind>,
    /// It is this one of the case, by name or id
    #[arg(long, value_name = "NAME", conflicts_with = "called")]
    pub(crate) is: Option<String>,
    /// It is one whom the case does not know, called so
    #[arg(long, value_name = "NAME")]
    pub(crate) called: Option<String>,
    /// It is a name, and was not read as one; with --kind
    #[arg(long, requires = "kind")]
    pub(crate) missing: bool,
}

#[derive(Args)]
pub(crate) struct WhyArgs {
    /// Why, for the log
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    /// Who decides, for the log
    #[arg(long, value_name = "NAME", env = "MADAR_USER")]
    pub(crate) by: Option<String>,
}

#[derive(Args)]
pub(crate) struct AboutArgs {
    /// Only what this person or thing takes part in
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,
}

#[derive(Args)]
pub(crate) struct FactsArgs {
    /// Only this kind: role, family, deal, meeting, payment, sanction, licence …
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub(crate) kind: Option<FactKind>,
    /// Only this status: asserted, planned, proposed, negotiated, conditional, alleged, denied, ended
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(crate) status: Option<Status>,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    /// Show so many at most, of each kind the most important ones first [default: 100, or all with --json]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
}

#[derive(Args)]
pub(crate) struct BriefArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Args)]
pub(crate) struct FindArgs {
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// Only where something of this kind is told
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub(crate) kind: Option<FactKind>,
    /// Only where something is held so
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(crate) status: Option<Status>,
    /// Only where something is told that stands on so many independent chains at least
    #[arg(long, value_name = "NUMBER")]
    pub(crate) chains: Option<u32>,
    /// Only in documents published from this day on
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) since: Option<Day>,
    /// Only in documents published until this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Option<Day>,
    /// Only of this publisher, or what comes through it
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Show so many passages at most
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    pub(crate) limit: usize,
}

#[derive(Args)]
pub(crate) struct PackArgs {
    /// The file to be made
    #[arg(value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Encrypt to this age key instead of a passphrase; several may open it
    #[arg(long, value_name = "KEY")]
    pub(crate) to: Vec<String>,
    /// Read the passphrase from this file, else from MADAR_PASSPHRASE, else from the terminal
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct UnpackArgs {
    /// A file that madar pack made
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Open it with the age key in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) identity: Option<PathBuf>,
    /// Read the passphrase from this file, else from MADAR_PASSPHRASE, else from the terminal
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct LookArgs {
    /// Print Markdown
    #[arg(long, conflicts_with = "json")]
    pub(crate) md: bool,
}

#[derive(Args)]
pub(crate) struct FormatArgs {
    /// Print Markdown
    #[arg(long, conflicts_with_all = ["json", "html"])]
    pub(crate) md: bool,
    /// Print one self-contained HTML page
    #[arg(long, conflicts_with = "json")]
    pub(crate) html: bool,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day is written 2025-03-04".to_owned())
}

fn tongue(code: &str) -> Result<Tongue, String> {
    Tongue::named(code).ok_or_else(|| "the languages are ar, en, ru".to_owned())
}

fn kind(name: &str) -> Result<FactKind, String> {
    FactKind::named(name).ok_or_else(|| {
        let all = FactKind::ALL.map(|kind| kind.name().to_lowercase());
        format!("the kinds are {}", all.join(", "))
    })
}

fn entity_kind(name: &str) -> Result<EntityKind, String> {
    let is = |kind: &EntityKind| kind.name().eq_ignore_ascii_case(name);
    EntityKind::ALL.into_iter().find(is).ok_or_else(|| {
        let all = EntityKind::ALL.map(EntityKind::name);
        format!("the kinds are {}", all.join(", "))
    })
}

fn status(name: &str) -> Result<Status, String> {
    Status::named(&name.to_lowercase()).ok_or_else(|| {
        let all = Status::ALL.map(Status::name);
        format!("the statuses are {}", all.join(", "))
    })
}
