//! Wire forms of a reading.

use madar_read::{
    Amount, AmountId, AmountKind, Anchor, AnchorBasis, Approx, Attribution, AttributionId,
    Directness, EntityKind, Fact, FactKind, Hop, HopBasis, HopWho, Mention, MentionForm, MentionId,
    Participant, Publication, Quantity, Reader, Reading, Referent, ReferentId, Role, Source,
    SourceKind, Stance, Status, Time, TimeBasis, TimeId, TimeKind, TimeMod, Upstream,
};
use madar_text::{Day, Lang, Span};

use super::mirror::{Mirror, mirror_enum, mirror_newtype, mirror_struct};

mirror_newtype!(
    MentionId as u32,
    TimeId as u32,
    AmountId as u32,
    AttributionId as u32,
    ReferentId as u32,
    Quantity as i64,
);
mirror_enum!(EntityKindWire from EntityKind {
    Person, Organization, Company, PublicBody, Asset, Place, Paper, Group,
});
mirror_enum!(MentionFormWire from MentionForm { Name, Alias, Description });
mirror_struct!(MentionWire from Mention {
    span: Span,
    kind: EntityKind,
    form: MentionForm,
    lang: Lang,
    name: String,
    listed: Option<String>,
    of: Option<String>,
    noun: Option<String>,
});
mirror_enum!(TimeKindWire from TimeKind { Date, Relative, Duration, Set });
mirror_enum!(TimeBasisWire from TimeBasis { Explicit, Document, Text, None });
mirror_enum!(TimeModWire from TimeMod { Start, Mid, End, Before, After, Approx });
mirror_struct!(TimeWire from Time {
    span: Span,
    kind: TimeKind,
    value: String,
    range: Option<(Day, Day)>,
    modifier: Option<TimeMod>,
    basis: TimeBasis,
});
mirror_enum!(AmountKindWire from AmountKind { Money, Percent, Count, Ordinal });
mirror_enum!(ApproxWire from Approx { About, UpTo, AtLeast, MoreThan, LessThan });
mirror_struct!(AmountWire from Amount {
    span: Span,
    kind: AmountKind,
    value: Option<Quantity>,
    currency: Option<String>,
    unit: Option<String>,
    approx: Option<Approx>,
});
mirror_enum!(SourceKindWire from SourceKind {
    Named, Outlet, Anonymous, Paper, Group, Unspecified,
});
mirror_struct!(SourceWire from Source {
    span: Span,
    kind: SourceKind,
    mention: Option<MentionId>,
    implicit: bool,
});
mirror_enum!(DirectnessWire from Directness { Direct, Indirect, Mixed });
mirror_enum!(StanceWire from Stance { Says, Believes, Denies, Alleges });
mirror_enum!(HopWhoWire from HopWho { Mention(MentionId), Anonymous(Span) });
mirror_enum!(HopBasisWire from HopBasis { Stated, Inherited });
mirror_struct!(HopWire from Hop { who: HopWho, basis: HopBasis });
mirror_struct!(AttributionWire from Attribution {
    source: Source,
    cue: Option<Span>,
    content: Span,
    directness: Directness,
    stance: Stance,
    told: Option<MentionId>,
    outer: Option<AttributionId>,
    chain: Vec<Hop>,
});
mirror_enum!(FactKindWire from FactKind {
    Role, Family, Associate, Membership, Ownership, Deal, Payment, Meeting, Visit, Sanction,
    Licence, Proposal, Communication, Investigation, Event, Tie,
});
mirror_enum!(RoleWire from Role {
    Party, Holder, Organisation, Agent, Client, Member, Owner, Asset, Payer, Payee, Visitor, Host,
    Authority, Target, Grantee, From, To, Investigator, Subject, Other,
});
mirror_enum!(StatusWire from Status {
    Asserted, Planned, Proposed, Negotiated, Conditional, Alleged, Denied, Ended,
});
mirror_struct!(ParticipantWire from Participant { role: Role, mention: MentionId });
mirror_struct!(FactWire from Fact {
    kind: FactKind,
    participants: Vec<Participant>,
    time: Option<TimeId>,
    duration: Option<TimeId>,
    place: Option<MentionId>,
    amount: Option<AmountId>,
    stake: Option<AmountId>,
    detail: Option<Span>,
    condition: Option<Span>,
    status: Status,
    passage: Span,
    trigger: Span,
    attribution: Option<AttributionId>,
    chain: Vec<Hop>,
    rule: String,
});
mirror_struct!(ReferentWire from Referent {
    kind: EntityKind,
    mentions: Vec<MentionId>,
    name: String,
    named: bool,
    listed: Option<String>,
});
mirror_enum!(AnchorBasisWire from AnchorBasis { Stated, Inferred(String) });
mirror_struct!(AnchorWire from Anchor { earliest: Day, latest: Day, basis: AnchorBasis });
mirror_struct!(UpstreamWire from Upstream { outlet: MentionId, attributions: u32, of: u32 });
mirror_struct!(PublicationWire from Publication {
    publisher: Option<String>,
    publisher_name: Option<String>,
    upstream: Option<Upstream>,
    credits: Vec<String>,
});
mirror_enum!(ReaderWire from Reader { Fast, Accurate });
mirror_struct!(ReadingWire from Reading {
    reader: Reader,
    anchor: Option<Anchor>,
    publication: Publication,
    sentences: Vec<Span>,
    mentions: Vec<Mention>,
    times: Vec<Time>,
    amounts: Vec<Amount>,
    attributions: Vec<Attribution>,
    facts: Vec<Fact>,
    referents: Vec<Referent>,
    referent_of: Vec<ReferentId>,
    readable_permille: u16,
    empty_sentences: u32,
    warnings: Vec<String>,
});
