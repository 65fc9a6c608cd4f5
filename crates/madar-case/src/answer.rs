//! What a question is answered with: plain values that hold everything a line on screen needs.

use std::collections::BTreeSet;

use madar_read::{AmountKind, Approx, EntityKind, FactKind, Role, SourceKind, Status, TimeBasis};
use madar_text::{BlockKind, DocumentId, Lang, Span, Spot};

pub use crate::screening::{Hit, ScreenedEntity};
pub use crate::sentence::{Piece, Sentence};
use crate::tongue::Tongue;

/// Which document a line comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub id: DocumentId,
    pub title: Option<String>,
    /// By its usual English name where the outlet is known, else as stated.
    pub publisher: Option<String>,
    pub lang: Lang,
}

/// A document as the heading and `madar documents` list it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentLine {
    pub source: Source,
    /// Where it was read from.
    pub origin: Option<String>,
    pub address: Option<String>,
    pub author: Option<String>,
    pub date: Dated,
    /// Facts found in it.
    pub facts: usize,
    /// Outlet that the whole document retells.
    pub retells: Option<String>,
    /// Share of its words in which nothing was found, in thousandths.
    pub unread_permille: u16,
    /// Share of its words in languages that Madar does not read, in thousandths.
    pub foreign_permille: u16,
    /// Which version of its article it is, where the case has several.
    pub version: Option<DocumentVersion>,
    pub warnings: Vec<String>,
}

/// A document's place among the versions of an article that its publisher has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DocumentVersion {
    /// From 1, the earliest.
    pub number: usize,
    pub of: usize,
    /// The one that stands for the article.
    pub latest: DocumentId,
}

/// An article with all its versions, the earliest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    pub versions: Vec<DocumentLine>,
    /// What each version tells otherwise than the one before it; one fewer than the versions.
    pub changes: Vec<Differences>,
    /// Whether the versions themselves tell which came first.
    pub in_order: bool,
}

/// How the version of an article in which something is told stands to the latest one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edition {
    /// It is the latest, or the only one.
    Latest,
    /// An earlier one; the latest tells the same.
    Earlier,
    /// An earlier one; the latest does not tell it.
    NoLongerSaid,
}

impl Edition {
    pub fn name(self) -> &'static str {
        match self {
            Edition::Latest => "latest",
            Edition::Earlier => "earlier",
            Edition::NoLongerSaid => "no longer said",
        }
    }
}

/// When a document was published, and how that is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dated {
    /// `2025-03-04`, and who says so.
    On {
        day: String,
        basis: &'static str,
    },
    /// Inferred from the text: first and last day, and why.
    Between {
        earliest: String,
        latest: String,
        reason: String,
    },
    Unknown,
}

/// A passage and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    pub source: Source,
    pub text: String,
    /// Bytes of the document's text.
    pub span: Span,
    pub lang: Lang,
    pub block: BlockKind,
    /// Number of the block among those of its document, furniture counted, from 1.
    pub block_number: usize,
    /// Number among the blocks of running text, from 1; `None` in titles and captions.
    pub paragraph: Option<usize>,
    /// Page, cell or message, where the original has these.
    pub spot: Option<Spot>,
}

/// One transmitter of a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    pub name: String,
    pub kind: SourceKind,
    /// The whole article retells it; the sentence itself does not say so.
    pub inherited: bool,
}

/// One report of a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Telling {
    pub fact: String,
    pub passage: Passage,
    /// From the publisher inwards.
    pub chain: Vec<Link>,
    pub status: Status,
    /// The rule that found it.
    pub rule: String,
    pub edition: Edition,
}

/// How many independent chains stand behind a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    pub articles: usize,
    pub k_lo: u32,
    pub k_hi: u32,
    /// Chains that begin with a party to it.
    pub interested: usize,
    /// Tellings that a person has confirmed.
    pub confirmed: usize,
    /// *4 articles, 1 independent chain: all pass through The Wall Street Journal.*
    pub sentence: String,
    /// Transmitters on every chain, else the fewest whose failure leaves none.
    pub hangs_on: Vec<String>,
    /// Why chains were taken together.
    pub reasons: Vec<String>,
    /// To each reason the pairs of documents whose chains it takes together, where it is not the act itself.
    pub between: Vec<Vec<[DocumentId; 2]>>,
}

impl Support {
    /// The pairs of documents whose chains are taken together, each once.
    pub fn apart(&self) -> impl Iterator<Item = [DocumentId; 2]> {
        let pairs: BTreeSet<[DocumentId; 2]> = self.between.iter().flatten().copied().collect();
        pairs.into_iter()
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    pub role: Role,
    pub entity: String,
    pub name: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeTold {
    /// TIMEX3: `2025-03-04`, `P6M`.
    pub value: String,
    /// The words of the text.
    pub words: String,
    /// What it was counted from.
    pub basis: TimeBasis,
    /// First day that it can mean, for putting things in order.
    pub from: Option<String>,
    /// Last day that it can mean.
    pub to: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AmountTold {
    pub kind: AmountKind,
    /// The number without trailing zeros; `None` for *billions*.
    pub value: Option<String>,
    pub currency: Option<String>,
    pub unit: Option<String>,
    pub approx: Option<Approx>,
    /// The words of the text.
    pub words: String,
}

/// A claim as one line of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub claim: String,
    pub kind: FactKind,
    pub status: Status,
    /// What is claimed, in the language of the answer.
    pub sentence: Sentence,
    /// The word that says it, as it stands in the text.
    pub trigger: String,
    pub parties: Vec<Party>,
    pub time: Option<TimeTold>,
    pub duration: Option<TimeTold>,
    pub place: Option<Party>,
    pub amount: Option<AmountTold>,
    pub stake: Option<AmountTold>,
    /// Which post, kinship, measure or purpose, in the words of the text.
    pub detail: Option<String>,
    pub condition: Option<String>,
    pub support: Support,
    /// Only earlier versions of articles tell it.
    pub no_longer_said: bool,
    /// The best one first; of each document at least one.
    pub tellings: Vec<Telling>,
    /// Points on which its tellings differ.
    pub differences: Vec<Difference>,
    /// Claims that say the opposite.
    pub against: Vec<String>,
    /// Claims that may be the same: one of the two leaves somebody unnamed.
    pub perhaps: Vec<String>,
}

/// A point on which tellings of one claim differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// `time`, `amount`, `stake`, `participants`.
    pub what: &'static str,
    pub values: Vec<String>,
}

/// A name as some script writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameSeen {
    pub name: String,
    pub lang: Lang,
    pub times: usize,
}

/// One of the cast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub entity: String,
    pub kind: EntityKind,
    pub name: String,
    /// In all scripts seen, most frequent first.
    pub names: Vec<NameSeen>,
    /// Posts, kin and associates.
    pub ties: Vec<Line>,
    /// How many more of them there are.
    pub more_ties: usize,
    pub documents: usize,
    pub mentions: usize,
    pub facts: usize,
    /// Publishers that name it.
    pub told_by: Vec<String>,
    /// Why names of several documents or scripts were taken for one.
    pub reasons: Vec<String>,
    /// Entries of the lists of the case that may mean it; empty where there are no lists.
    pub hits: Vec<Hit>,
}

/// Lines of one subject, the most important first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    pub subject: Subject,
    pub lines: Vec<Line>,
    /// How many more there are.
    pub more: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Subject {
    Deals,
    Meetings,
    Timeline,
    Money,
    Sanctions,
    Proposals,
    Other,
}

impl Subject {
    /// As JSON names it and as the words of each language are keyed.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Deals => "deals",
            Subject::Meetings => "meetings",
            Subject::Timeline => "timeline",
            Subject::Money => "money",
            Subject::Sanctions => "sanctions",
            Subject::Proposals => "proposals",
            Subject::Other => "other",
        }
    }
}

/// A sum of money that a text names without saying who pays whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// In plain words: *about 300 billion USD*.
    pub told: String,
    pub amount: AmountTold,
    /// The sentence that names it first, and its chain from the publisher inwards.
    pub passage: Passage,
    pub chain: Vec<Link>,
    /// How many documents name it.
    pub documents: usize,
}

/// What is said beside what is said against it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispute {
    /// Absent when only the denial is in the case.
    pub said: Option<Line>,
    pub denied: Line,
}

/// The user's own text held against the case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    pub sentences: Vec<CheckedSentence>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedSentence {
    pub text: String,
    /// Bytes of the text.
    pub span: Span,
    /// That of the fact that stands worst.
    pub standing: Standing,
    pub facts: Vec<CheckedFact>,
}

/// A fact of the text and what the case tells of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedFact {
    /// As Madar understood it.
    pub read_as: Sentence,
    pub standing: Standing,
    pub told: Vec<Line>,
    /// Claims that cannot be so if it is.
    pub against: Vec<Line>,
    /// Claims that tell it with another status.
    pub otherwise: Vec<Line>,
}

/// How a fact of the user's text stands in the case, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// A claim says that it is not so.
    Contradicted,
    /// Nobody tells it.
    Unsupported,
    /// Told only as planned, alleged or the like.
    ToldOtherwise,
    /// On one independent chain.
    SingleSource,
    /// On two independent chains or more, whatever is suspected.
    Supported,
    /// No fact was found in the sentence.
    NothingRead,
}

impl Standing {
    pub fn name(self) -> &'static str {
        match self {
            Standing::Contradicted => "contradicted",
            Standing::Unsupported => "unsupported",
            Standing::ToldOtherwise => "told otherwise",
            Standing::SingleSource => "single source",
            Standing::Supported => "supported",
            Standing::NothingRead => "nothing read",
        }
    }
}

/// Something undecided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Review {
    pub doubt: Doubt,
    /// How many tellings an answer can move.
    pub changes: usize,
    pub reasons: Vec<String>,
    /// The commands that answer it.
    pub answers: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Two that may be one.
    One(Maybe),
    /// A claim on which something is open.
    Claim(Box<Line>),
}

/// Two that may be one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Maybe {
    pub a: Named,
    pub b: Named,
    /// How alike their names are.
    pub score: madar_names::Score,
}

/// What one case tells otherwise than another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Differences {
    pub gained: Vec<Moved>,
    pub lost: Vec<Moved>,
    pub changed: Vec<Changed>,
    /// Facts that are told alike.
    pub same: usize,
}

/// A fact that only one of two cases tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    pub line: Line,
    pub telling: Telling,
    pub why: Why,
}

/// A fact that two cases tell differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    pub before: Line,
    pub after: Line,
    pub telling: Telling,
    /// `participants`, `time`, `amount`, `status`, `chains`: the earlier value, then the later one.
    pub what: Vec<Difference>,
    pub why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Why {
    DocumentNew,
    DocumentGone,
    /// Another version of the reader.
    ReadOtherwise,
    /// Names are held together otherwise.
    JoinedOtherwise,
    /// Other chains stand behind it.
    OtherSupport,
    Rejected,
    NoLongerRejected,
    /// The publisher has changed the article.
    Edited,
}

impl Why {
    pub fn name(self) -> &'static str {
        match self {
            Why::DocumentNew => "document new",
            Why::DocumentGone => "document gone",
            Why::ReadOtherwise => "read otherwise",
            Why::JoinedOtherwise => "joined otherwise",
            Why::OtherSupport => "other support",
            Why::Rejected => "rejected",
            Why::NoLongerRejected => "no longer rejected",
            Why::Edited => "edited",
        }
    }
}

/// What is new, the most important kinds first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Alerts {
    pub some: Vec<Alert>,
    /// How many there are.
    pub all: usize,
}

/// Something new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Alert {
    /// Nobody told it before.
    Claim(Box<Line>),
    /// Now it stands on two independent chains at least, whatever is suspected.
    Confirmed {
        line: Box<Line>,
        /// *k_lo* and *k_hi* without what has come.
        before: (u32, u32),
    },
    /// Somebody followed is tied to somebody new.
    Tie {
        line: Box<Line>,
        ties: Vec<(Named, Named)>,
    },
    /// Somebody may mean an entry of a list who did not before.
    Hit(ScreenedEntity),
    /// A publisher has changed an article: facts that it no longer tells, or tells otherwise.
    Edited {
        document: Box<DocumentLine>,
        changes: Differences,
    },
}

/// A passage that a search found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub passage: Passage,
    /// The words that were looked for, as bytes of the passage's text.
    pub hits: Vec<Span>,
    /// Ids of claims that it tells, those that pass the filters.
    pub claims: Vec<String>,
}

/// Somebody or something, by id and name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    pub entity: String,
    pub name: String,
}

/// How two are tied, the path with the strongest weakest hop first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    pub from: Named,
    pub to: Named,
    pub paths: Vec<Path>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    pub hops: Vec<Hop>,
    /// Place of the hop that bears least.
    pub weakest: usize,
}

/// Two that claims tie directly.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hop {
    pub from: Named,
    pub to: Named,
    /// The strongest first.
    pub ties: Vec<Line>,
    /// How many more there are.
    pub more: usize,
}

/// What is taken away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gone {
    /// A transmitter, by its name.
    Source(String),
    Document(Source),
}

/// What falls with a source or a document. Each list has the most important first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawal {
    pub gone: Gone,
    /// No chain is left.
    pub falls: Fallen,
    /// None is left if what is suspected holds.
    pub may_fall: Fallen,
    /// They stand on fewer chains.
    pub weaker: Fallen,
    /// Claims that lose nothing.
    pub untouched: usize,
}

/// Claims that lose the same way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fallen {
    /// The weightiest, as many as were asked for.
    pub shown: Vec<Shaken>,
    pub all: usize,
}

/// A claim with less support than before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shaken {
    pub line: Line,
    /// *k_lo* and *k_hi*.
    pub before: (u32, u32),
    pub after: (u32, u32),
    /// The tellings that still stand.
    pub left: Vec<Telling>,
}

/// An outlet on which chains turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin {
    pub name: String,
    pub articles: usize,
    pub claims: usize,
    /// Claims all of whose chains pass through it.
    pub turns_on_it: usize,
    pub sentence: String,
    /// Titles or publishers of documents that retell it as a whole.
    pub retold_by: Vec<String>,
}

/// What a good researcher would hand an editor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brief {
    /// The language in which it is worded.
    pub tongue: Tongue,
    /// The name that was asked for and who it was taken for.
    pub about: Option<Member>,
    pub documents: Vec<DocumentLine>,
    pub cast: Vec<Member>,
    pub more_cast: usize,
    pub sections: Vec<Section>,
    pub disputes: Vec<Dispute>,
    /// Sums of money that no claim tells.
    pub sums: Vec<Sum>,
    pub more_sums: usize,
    pub origins: Vec<Origin>,
}
