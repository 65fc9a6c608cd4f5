//! A claim as a line, with its tellings, chains and support.

use madar_case::answer::{self, AmountTold, Link as Linked, TimeTold};
use madar_read::Approx;
use madar_text::Spot;
use serde::Serialize;
use utoipa::ToSchema;

/// A sentence in pieces, so that whoever shows it can isolate names and words of the text.
#[derive(Serialize, ToSchema, Clone)]
#[serde(tag = "is", content = "text", rename_all = "lowercase")]
pub(crate) enum Piece {
    /// Madar's own words.
    Plain(String),
    /// The name of an entity.
    Name(String),
    /// Words of the text, to be set in quotation marks.
    Words(String),
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Sentence(pub(crate) Vec<Piece>);

impl From<&answer::Sentence> for Sentence {
    fn from(sentence: &answer::Sentence) -> Self {
        let piece = |piece: &answer::Piece| match piece {
            answer::Piece::Plain(text) => Piece::Plain(text.clone()),
            answer::Piece::Name(text) => Piece::Name(text.clone()),
            answer::Piece::Words(text) => Piece::Words(text.clone()),
        };
        Self(sentence.0.iter().map(piece).collect())
    }
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Party {
    #[schema(example = "holder")]
    pub(crate) role: &'static str,
    pub(crate) entity: String,
    pub(crate) name: String,
}

impl From<&answer::Party> for Party {
    fn from(party: &answer::Party) -> Self {
        Self {
            role: party.role.name(),
            entity: party.entity.clone(),
            name: party.name.clone(),
        }
    }
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Time {
    /// TIMEX3: `2025-03-04`, `2025-10`, `198X`, `P6M`.
    #[schema(example = "2025-03-04")]
    pub(crate) value: String,
    /// The words of the text.
    pub(crate) words: String,
    /// First and last day that it can mean.
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// What it was counted from.
    pub(crate) basis: &'static str,
}

impl From<&TimeTold> for Time {
    fn from(time: &TimeTold) -> Self {
        Self {
            value: time.value.clone(),
            words: time.words.clone(),
            from: time.from.clone(),
            to: time.to.clone(),
            basis: time.basis.name(),
        }
    }
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Amount {
    pub(crate) kind: &'static str,
    /// The number; absent for *billions*.
    pub(crate) value: Option<String>,
    /// ISO 4217.
    pub(crate) currency: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) approx: Option<&'static str>,
    pub(crate) words: String,
}

impl From<&AmountTold> for Amount {
    fn from(amount: &AmountTold) -> Self {
        Self {
            kind: amount.kind.name(),
            value: amount.value.clone(),
            currency: amount.currency.clone(),
            unit: amount.unit.clone(),
            approx: amount.approx.map(Approx::name),
            words: amount.words.clone(),
        }
    }
}

/// One transmitter of a chain.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Link {
    pub(crate) name: String,
    #[schema(example = "anonymous")]
    pub(crate) kind: &'static str,
    /// The whole article retells it; the sentence itself does not say so.
    pub(crate) inherited: bool,
}

impl From<&Linked> for Link {
    fn from(link: &Linked) -> Self {
        Self {
            name: link.name.clone(),
            kind: link.kind.name(),
            inherited: link.inherited,
        }
    }
}

#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Source {
    /// 64 hexadecimal digits.
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: &'static str,
}

impl From<&answer::Source> for Source {
    fn from(source: &answer::Source) -> Self {
        Self {
            id: source.id.hex(),
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            language: source.lang.code(),
        }
    }
}

/// A passage and where it stands.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Passage {
    pub(crate) document: Source,
    pub(crate) text: String,
    /// Bytes of the document's text.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) language: &'static str,
    pub(crate) block: &'static str,
    pub(crate) block_number: usize,
    /// Number among the blocks of running text; absent in titles and captions.
    pub(crate) paragraph: Option<usize>,
    /// Of a PDF file, from 1.
    pub(crate) page: Option<u32>,
    /// Of a table: `Payments!B7`.
    pub(crate) cell: Option<String>,
    /// Of a conversation, by the number that its export gives it.
    pub(crate) message: Option<u64>,
}

impl From<&answer::Passage> for Passage {
    fn from(passage: &answer::Passage) -> Self {
        let (mut page, mut cell, mut message) = (None, None, None);
        match &passage.spot {
            Some(Spot::Page(number)) => page = Some(*number),
            Some(Spot::Cell(name)) => cell = Some(name.clone()),
            Some(Spot::Message(number)) => message = Some(*number),
            None => {}
        }
        Self {
            document: (&passage.source).into(),
            text: passage.text.clone(),
            start: passage.span.start,
            end: passage.span.end,
            language: passage.lang.code(),
            block: passage.block.name(),
            block_number: passage.block_number,
            paragraph: passage.paragraph,
            page,
            cell,
            message,
        }
    }
}

/// One report of a claim.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Telling {
    pub(crate) fact: String,
    pub(crate) status: &'static str,
    /// From the publisher inwards.
    pub(crate) chain: Vec<Link>,
    pub(crate) passage: Passage,
    /// The rule that found it.
    pub(crate) rule: String,
    /// Of the article it is told in: `latest`, `earlier`, `no longer said`.
    #[schema(example = "latest")]
    pub(crate) edition: &'static str,
}

impl From<&answer::Telling> for Telling {
    fn from(telling: &answer::Telling) -> Self {
        Self {
            fact: telling.fact.clone(),
            status: telling.status.name(),
            chain: telling.chain.iter().map(Link::from).collect(),
            passage: (&telling.passage).into(),
            rule: telling.rule.clone(),
            edition: telling.edition.name(),
        }
    }
}

/// How many independent chains stand behind a claim. A count of articles is never shown without it.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Support {
    pub(crate) articles: usize,
    pub(crate) k_lo: u32,
    pub(crate) k_hi: u32,
    /// Chains that begin with a party to it.
    pub(crate) interested: usize,
    /// Tellings that a person has confirmed.
    pub(crate) confirmed: usize,
    #[schema(
        example = "4 articles, 1 independent chain: all pass through The Wall Street Journal"
    )]
    pub(crate) sentence: String,
    /// Transmitters on every chain, else the fewest whose failure leaves none.
    pub(crate) hangs_on: Vec<String>,
    /// Why chains were taken together.
    pub(crate) reasons: Vec<String>,
    /// To each reason the pairs of documents, by id, whose chains it takes together.
    pub(crate) between: Vec<Vec<[String; 2]>>,
}

impl From<&answer::Support> for Support {
    fn from(support: &answer::Support) -> Self {
        Self {
            articles: support.articles,
            k_lo: support.k_lo,
            k_hi: support.k_hi,
            interested: support.interested,
            confirmed: support.confirmed,
            sentence: support.sentence.clone(),
            hangs_on: support.hangs_on.clone(),
            reasons: support.reasons.clone(),
            between: support
                .between
                .iter()
                .map(|pairs| pairs.iter().map(|pair| pair.map(|id| id.hex())).collect())
                .collect(),
        }
    }
}

/// A point on which tellings of one claim differ.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Difference {
    pub(crate) what: &'static str,
    pub(crate) values: Vec<String>,
}

impl From<&answer::Difference> for Difference {
    fn from(difference: &answer::Difference) -> Self {
        Self {
            what: difference.what,
            values: difference.values.clone(),
        }
    }
}

/// A claim.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Line {
    pub(crate) claim: String,
    #[schema(example = "Deal")]
    pub(crate) kind: &'static str,
    #[schema(example = "negotiated")]
    pub(crate) status: &'static str,
    /// What is claimed, in the language of the answer.
    pub(crate) sentence: String,
    pub(crate) pieces: Sentence,
    pub(crate) trigger: String,
    pub(crate) parties: Vec<Party>,
    pub(crate) time: Option<Time>,
    pub(crate) duration: Option<Time>,
    pub(crate) place: Option<Party>,
    pub(crate) amount: Option<Amount>,
    pub(crate) stake: Option<Amount>,
    pub(crate) detail: Option<String>,
    pub(crate) condition: Option<String>,
    pub(crate) support: Support,
    /// Only earlier versions of articles tell it.
    pub(crate) no_longer_said: bool,
    pub(crate) tellings: Vec<Telling>,
    pub(crate) differences: Vec<Difference>,
    /// Claims that say the opposite.
    pub(crate) against: Vec<String>,
    /// Claims that may be the same: one of the two leaves somebody unnamed. Their chains count in *k_hi*.
    pub(crate) may_be: Vec<String>,
}

impl From<&answer::Line> for Line {
    fn from(line: &answer::Line) -> Self {
        Self {
            claim: line.claim.clone(),
            kind: line.kind.name(),
            status: line.status.name(),
            sentence: line.sentence.to_string(),
            pieces: (&line.sentence).into(),
            trigger: line.trigger.clone(),
            parties: line.parties.iter().map(Party::from).collect(),
            time: line.time.as_ref().map(Time::from),
            duration: line.duration.as_ref().map(Time::from),
            place: line.place.as_ref().map(Party::from),
            amount: line.amount.as_ref().map(Amount::from),
            stake: line.stake.as_ref().map(Amount::from),
            detail: line.detail.clone(),
            condition: line.condition.clone(),
            support: (&line.support).into(),
            no_longer_said: line.no_longer_said,
            tellings: line.tellings.iter().map(Telling::from).collect(),
            differences: line.differences.iter().map(Difference::from).collect(),
            against: line.against.clone(),
            may_be: line.perhaps.clone(),
        }
    }
}
