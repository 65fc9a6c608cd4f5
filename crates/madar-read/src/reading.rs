//! What a document says, as one value: the types that the steps of reading hand on and that
//! `madar-link` takes up. Facts point to mentions, never to entities.

use madar_text::{Day, Lang, Span};

use crate::ids::{AmountId, AttributionId, MentionId, ReferentId, TimeId};

/// Kinds of things that can be named (`DESIGN.md` section 5).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum EntityKind {
    Person,
    Organization,
    Company,
    PublicBody,
    Asset,
    Place,
    Paper,
    Group,
}

impl EntityKind {
    pub const ALL: [EntityKind; 8] = [
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Company,
        EntityKind::PublicBody,
        EntityKind::Asset,
        EntityKind::Place,
        EntityKind::Paper,
        EntityKind::Group,
    ];

    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "Person",
            EntityKind::Organization => "Organization",
            EntityKind::Company => "Company",
            EntityKind::PublicBody => "PublicBody",
            EntityKind::Asset => "Asset",
            EntityKind::Place => "Place",
            EntityKind::Paper => "Paper",
            EntityKind::Group => "Group",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// A body that can act: company, public body, other organisation.
    pub fn is_body(self) -> bool {
        matches!(
            self,
            EntityKind::Organization | EntityKind::Company | EntityKind::PublicBody
        )
    }

    /// Who can meet, pay, own or speak.
    pub fn is_actor(self) -> bool {
        self.is_body() || matches!(self, EntityKind::Person | EntityKind::Group)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum MentionForm {
    /// A full or partial proper name: *Kirill Dmitriev*, *Dmitriev*.
    Name,
    /// A short form or acronym: *CIA*, *Exxon*.
    Alias,
    /// A definite description: *the Russian president*.
    Description,
}

/// A span that names or describes something. Nested mentions are of other things.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    pub span: Span,
    pub kind: EntityKind,
    pub form: MentionForm,
    pub lang: Lang,
    /// The name as a dictionary would list it: nominative in Russian, without proclitics in
    /// Arabic, without article and possessive in English.
    pub name: String,
    /// Id in the gazetteers (`outlets/wsj`, `places/us`, `bodies/cia`) when the form is listed
    /// there and is not ambiguous.
    pub listed: Option<String>,
    /// For a description: the country or body that it names (*the {Russian} president*), as a
    /// gazetteer id, and the post or class noun in its dictionary form.
    pub of: Option<String>,
    pub noun: Option<String>,
}

impl Mention {
    /// Whether it names what it stands for, if only by an adjective: the {Swedish} envoy.
    pub fn is_naming(&self) -> bool {
        self.form != MentionForm::Description || self.is_adjective()
    }

    /// A country that an adjective names: the {Swedish} envoy.
    pub fn is_adjective(&self) -> bool {
        self.form == MentionForm::Description && self.listed.is_some()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum TimeKind {
    Date,
    Relative,
    Duration,
    Set,
}

/// What a time was resolved against.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum TimeBasis {
    /// The expression says it all: *15 August 2025*.
    Explicit,
    /// The day on which the document was published.
    Document,
    /// An earlier time of the text.
    Text,
    /// Nothing: a duration, *recently*.
    None,
}

impl TimeBasis {
    pub fn name(self) -> &'static str {
        match self {
            TimeBasis::Explicit => "explicit",
            TimeBasis::Document => "document date",
            TimeBasis::Text => "earlier in the text",
            TimeBasis::None => "none",
        }
    }
}

/// `mod` of TIMEX3.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum TimeMod {
    Start,
    Mid,
    End,
    Before,
    After,
    Approx,
}

/// A time expression. `value` follows TIMEX3: `2025-04-02`, `2025-10`, `2025-W48`, `198X`, `P9M`,
/// `PT3H`, `PXW`, `PAST_REF`, ISO intervals `1950/1953`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Time {
    pub span: Span,
    pub kind: TimeKind,
    pub value: String,
    /// First and last day that the value can mean, inclusive; `None` for durations and sets.
    pub range: Option<(Day, Day)>,
    pub modifier: Option<TimeMod>,
    pub basis: TimeBasis,
}

impl Time {
    /// The days that it can be put on; *once* and *now* are some time, but no day.
    pub fn days(&self) -> Option<(Day, Day)> {
        let year = self.value.get(..4)?;
        let decade = year.strip_suffix('X').unwrap_or(year);
        let begins = decade.bytes().all(|b| b.is_ascii_digit());
        let ends = matches!(self.value.as_bytes().get(4), None | Some(b'-' | b'/'));
        self.range.filter(|_| begins && ends)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum AmountKind {
    Money,
    Percent,
    Count,
    Ordinal,
}

impl AmountKind {
    pub fn name(self) -> &'static str {
        match self {
            AmountKind::Money => "money",
            AmountKind::Percent => "percent",
            AmountKind::Count => "count",
            AmountKind::Ordinal => "ordinal",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Approx {
    About,
    UpTo,
    AtLeast,
    MoreThan,
    LessThan,
}

impl Approx {
    pub fn name(self) -> &'static str {
        match self {
            Approx::About => "about",
            Approx::UpTo => "up to",
            Approx::AtLeast => "at least",
            Approx::MoreThan => "more than",
            Approx::LessThan => "less than",
        }
    }
}

/// A number of thousandths: exact for what news writes, from 0.001 to nine quadrillion.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Quantity(pub i64);

impl Quantity {
    /// `None` when it does not fit.
    pub fn from_units(units: i64) -> Option<Self> {
        units.checked_mul(1000).map(Quantity)
    }

    /// For wire formats that know only floating point.
    pub fn as_f64(self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // news amounts stay far below 2^53 thousandths
        let thousandths = self.0 as f64;
        thousandths / 1000.0
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 1000, (self.0 % 1000).abs());
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{rest:03}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Amount {
    pub span: Span,
    pub kind: AmountKind,
    /// `None` for *billions of dollars*.
    pub value: Option<Quantity>,
    /// ISO 4217 for money.
    pub currency: Option<String>,
    /// Dictionary form of the counted noun for counts (*site*, *موقع*, *танкер*).
    pub unit: Option<String>,
    pub approx: Option<Approx>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum SourceKind {
    /// A named person or body.
    Named,
    /// One that publishes.
    Outlet,
    /// *a European security official*: belongs to the outlet that cites it.
    Anonymous,
    /// *draft contracts seen by the paper*.
    Paper,
    Group,
    /// An evidential without a source: *reportedly*.
    Unspecified,
}

impl SourceKind {
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Named => "named",
            SourceKind::Outlet => "outlet",
            SourceKind::Anonymous => "anonymous",
            SourceKind::Paper => "paper",
            SourceKind::Group => "group",
            SourceKind::Unspecified => "unspecified",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub span: Span,
    pub kind: SourceKind,
    /// The mention that the span is or stands for.
    pub mention: Option<MentionId>,
    /// Found in an earlier clause or sentence: the cue has no subject of its own.
    pub implicit: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Directness {
    Direct,
    Indirect,
    Mixed,
}

/// How the source holds the content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Stance {
    Says,
    Believes,
    Denies,
    /// *accuses*, *alleges*, *reportedly*.
    Alleges,
}

/// Source, cue and content in one passage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribution {
    pub source: Source,
    /// `None` when a quotation goes on without a cue of its own.
    pub cue: Option<Span>,
    pub content: Span,
    pub directness: Directness,
    pub stance: Stance,
    /// The outlet to which the source spoke: *told {The Wall Street Journal}*.
    pub told: Option<MentionId>,
    /// The attribution in whose content this one stands.
    pub outer: Option<AttributionId>,
    /// Transmitters from the publisher inwards, the publisher itself left out, as the text states
    /// them. The first hop is the nearest to the reader.
    pub chain: Vec<Hop>,
}

/// One transmitter of a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hop {
    pub who: HopWho,
    pub basis: HopBasis,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HopWho {
    /// An outlet, a named person, a body or a paper.
    Mention(MentionId),
    /// An unnamed source: the span of its description.
    Anonymous(Span),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HopBasis {
    /// The sentence says so, with this cue.
    Stated,
    /// The whole document retells this outlet; the sentence itself does not say so.
    Inherited,
}

/// Kinds of facts (`DESIGN.md` section 5).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum FactKind {
    Role,
    Family,
    Associate,
    Membership,
    Ownership,
    Deal,
    Payment,
    Meeting,
    Visit,
    Sanction,
    Licence,
    Proposal,
    Communication,
    Investigation,
    Event,
    Tie,
}

impl FactKind {
    pub const ALL: [FactKind; 16] = [
        FactKind::Role,
        FactKind::Family,
        FactKind::Associate,
        FactKind::Membership,
        FactKind::Ownership,
        FactKind::Deal,
        FactKind::Payment,
        FactKind::Meeting,
        FactKind::Visit,
        FactKind::Sanction,
        FactKind::Licence,
        FactKind::Proposal,
        FactKind::Communication,
        FactKind::Investigation,
        FactKind::Event,
        FactKind::Tie,
    ];

    /// Whether it is how people and bodies stand to each other, and nothing that happens between them.
    pub fn is_bond(self) -> bool {
        matches!(
            self,
            FactKind::Role | FactKind::Family | FactKind::Associate | FactKind::Membership
        )
    }

    pub fn name(self) -> &'static str {
        match self {
            FactKind::Role => "Role",
            FactKind::Family => "Family",
            FactKind::Associate => "Associate",
            FactKind::Membership => "Membership",
            FactKind::Ownership => "Ownership",
            FactKind::Deal => "Deal",
            FactKind::Payment => "Payment",
            FactKind::Meeting => "Meeting",
            FactKind::Visit => "Visit",
            FactKind::Sanction => "Sanction",
            FactKind::Licence => "Licence",
            FactKind::Proposal => "Proposal",
            FactKind::Communication => "Communication",
            FactKind::Investigation => "Investigation",
            FactKind::Event => "Event",
            FactKind::Tie => "Tie",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// The closed roles of participants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Role {
    Party,
    Holder,
    Organisation,
    Agent,
    Client,
    Member,
    Owner,
    Asset,
    Payer,
    Payee,
    Visitor,
    Host,
    Authority,
    Target,
    Grantee,
    From,
    To,
    Investigator,
    Subject,
    Other,
}

impl Role {
    pub const ALL: [Role; 20] = [
        Role::Party,
        Role::Holder,
        Role::Organisation,
        Role::Agent,
        Role::Client,
        Role::Member,
        Role::Owner,
        Role::Asset,
        Role::Payer,
        Role::Payee,
        Role::Visitor,
        Role::Host,
        Role::Authority,
        Role::Target,
        Role::Grantee,
        Role::From,
        Role::To,
        Role::Investigator,
        Role::Subject,
        Role::Other,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Role::Party => "party",
            Role::Holder => "holder",
            Role::Organisation => "organisation",
            Role::Agent => "agent",
            Role::Client => "client",
            Role::Member => "member",
            Role::Owner => "owner",
            Role::Asset => "asset",
            Role::Payer => "payer",
            Role::Payee => "payee",
            Role::Visitor => "visitor",
            Role::Host => "host",
            Role::Authority => "authority",
            Role::Target => "target",
            Role::Grantee => "grantee",
            Role::From => "from",
            Role::To => "to",
            Role::Investigator => "investigator",
            Role::Subject => "subject",
            Role::Other => "other",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// How the passage holds the fact, always relative to who says so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Status {
    Asserted,
    Planned,
    Proposed,
    Negotiated,
    Conditional,
    Alleged,
    Denied,
    Ended,
}

impl Status {
    pub const ALL: [Status; 8] = [
        Status::Asserted,
        Status::Planned,
        Status::Proposed,
        Status::Negotiated,
        Status::Conditional,
        Status::Alleged,
        Status::Denied,
        Status::Ended,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Planned => "planned",
            Status::Proposed => "proposed",
            Status::Negotiated => "negotiated",
            Status::Conditional => "conditional",
            Status::Alleged => "alleged",
            Status::Denied => "denied",
            Status::Ended => "ended",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Participant {
    pub role: Role,
    pub mention: MentionId,
}

/// One thing that one passage says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    pub kind: FactKind,
    /// At least one; in order of their place in the text.
    pub participants: Vec<Participant>,
    pub time: Option<TimeId>,
    pub duration: Option<TimeId>,
    pub place: Option<MentionId>,
    pub amount: Option<AmountId>,
    pub stake: Option<AmountId>,
    /// The words that say which post, which kinship, what measure, purpose or condition.
    pub detail: Option<Span>,
    pub condition: Option<Span>,
    pub status: Status,
    /// The clause that says it. For a fact of a description it is that description.
    pub passage: Span,
    pub trigger: Span,
    /// The innermost attribution in whose content the passage stands.
    pub attribution: Option<AttributionId>,
    /// From the publisher inwards, the publisher left out; inherited hops first.
    pub chain: Vec<Hop>,
    /// Which rule of which language pack found it: `ar/meeting/التقى`.
    pub rule: String,
}

impl Fact {
    /// How much it tells, for choosing the fullest of several tellings: participants first, then what is said
    /// of them.
    pub fn fullness(&self) -> u16 {
        let said = [
            self.time.is_some(),
            self.duration.is_some(),
            self.place.is_some(),
            self.amount.is_some(),
            self.stake.is_some(),
            self.detail.is_some(),
            self.condition.is_some(),
        ];
        let said = said.into_iter().map(u16::from).sum::<u16>();
        let participants = u16::try_from(self.participants.len()).unwrap_or(u16::MAX);
        participants.saturating_mul(8).saturating_add(said)
    }
}

/// The mentions of one document that stand for one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Referent {
    pub kind: EntityKind,
    /// In order of the text; at least one.
    pub mentions: Vec<MentionId>,
    /// The fullest name, in its dictionary form; the best description where there is no name.
    pub name: String,
    pub named: bool,
    pub listed: Option<String>,
}

/// When the document was published, for resolving *last October*.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anchor {
    pub earliest: Day,
    pub latest: Day,
    pub basis: AnchorBasis,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnchorBasis {
    /// Given by the user, stated by the page or by the dateline.
    Stated,
    /// From the times that the text names; the reason in English, with the words of the text.
    Inferred(String),
}

/// Where the text itself stands in the chain of reporting.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Publication {
    /// Outlet id (`outlets/wsj`) of the publisher, from metadata, dateline or byline.
    pub publisher: Option<String>,
    /// The publisher as written, when no outlet is known for it.
    pub publisher_name: Option<String>,
    /// The outlet that the whole document retells, with the passages that show it.
    pub upstream: Option<Upstream>,
    /// Agencies credited in byline, dateline or at the foot, by their ids; who sent a message that was passed on, as written
    /// where no outlet is known by that name.
    pub credits: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upstream {
    pub outlet: MentionId,
    /// Attributions to that outlet, out of all attributions.
    pub attributions: u32,
    pub of: u32,
}

/// Which model finds names; all else is the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reader {
    /// A linear model: for archives.
    #[default]
    Fast,
    /// A small transformer: for cases.
    Accurate,
}

impl Reader {
    pub const ALL: [Reader; 2] = [Reader::Fast, Reader::Accurate];

    pub fn name(self) -> &'static str {
        match self {
            Reader::Fast => "fast",
            Reader::Accurate => "accurate",
        }
    }

    /// The version of the reader: the package's own, a hash of its code, packs, tables and models, and
    /// which model finds names. Readings made by another version may differ.
    pub fn version(self) -> &'static str {
        match self {
            Reader::Fast => env!("MADAR_READ_VERSION"),
            Reader::Accurate => concat!(env!("MADAR_READ_VERSION"), "-accurate"),
        }
    }
}

/// What a document says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// What made this reading.
    pub reader: Reader,
    /// `None` when neither the document nor its text says when.
    pub anchor: Option<Anchor>,
    pub publication: Publication,
    pub sentences: Vec<Span>,
    pub mentions: Vec<Mention>,
    pub times: Vec<Time>,
    pub amounts: Vec<Amount>,
    pub attributions: Vec<Attribution>,
    pub facts: Vec<Fact>,
    pub referents: Vec<Referent>,
    /// For each mention the referent it belongs to.
    pub referent_of: Vec<ReferentId>,
    /// Share of the text, in thousandths, that stands in blocks of a language Madar reads.
    pub readable_permille: u16,
    /// Sentences in which nothing was found, out of all sentences.
    pub empty_sentences: u32,
    pub warnings: Vec<String>,
}
