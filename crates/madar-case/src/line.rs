//! A claim of the network as one line: its best telling, its sentence, its chains.

use std::collections::BTreeSet;

use madar_read::{AmountId, Fact, Status, TimeId};
use madar_text::{BlockKind, Span};

use crate::answer::{AmountTold, Edition, Line, Party, Passage, Sentence, Telling, TimeTold};
use crate::measure;
use crate::tell;
use crate::view::{At, View};

/// A fact by its document and its place in that document's reading.
pub(crate) type FactAt = (At, usize);

impl View<'_> {
    /// The claim as one line.
    pub(crate) fn line(&self, claim: At) -> Line {
        let best = self.reports(claim)[0];
        self.line_of(claim, best)
    }

    /// The claim as one of its tellings tells it.
    pub(crate) fn line_of(&self, claim: At, best: FactAt) -> Line {
        self.line_as(claim, best, self.claim(claim).status)
    }

    /// The same, held so.
    pub(crate) fn line_as(&self, claim: At, best: FactAt, status: Status) -> Line {
        let held = self.claim(claim);
        let reports = self.reports(claim);
        let (document, _) = best;
        let fact = self.fact(best);
        let parties = fact
            .participants
            .iter()
            .map(|p| self.party(document, p.role, p.mention));
        let ids = |claims: &[At]| claims.iter().map(|&at| self.claim(at).id.clone()).collect();
        let words = |span: Option<Span>| span.map(|span| whole_words(self.text(document), span));
        let mut line = Line {
            claim: held.id.clone(),
            kind: held.kind,
            status,
            sentence: Sentence::default(),
            trigger: fact.trigger.of(self.text(document)).to_owned(),
            parties: distinct(parties),
            time: fact.time.map(|id| self.time(document, id)),
            duration: fact.duration.map(|id| self.time(document, id)),
            place: fact
                .place
                .map(|id| self.party(document, madar_read::Role::Other, id)),
            amount: fact.amount.map(|id| self.amount(document, id)),
            stake: fact.stake.map(|id| self.amount(document, id)),
            detail: words(fact.detail),
            condition: words(fact.condition),
            support: held.support.clone(),
            no_longer_said: self.is_no_longer_said(claim),
            tellings: self.tellings(&reports),
            differences: held.differences.clone(),
            against: ids(&held.against),
            perhaps: ids(&held.perhaps),
        };
        let plain = |told: Option<AmountId>| {
            told.map(|id| {
                let amount = &self.kept[document].reading.amounts[id.at()];
                let words = amount.span.of(self.text(document));
                measure::amount(amount, self.tongue).unwrap_or_else(|| format!("“{words}”"))
            })
        };
        let words = tell::Words {
            amount: plain(fact.amount),
            stake: plain(fact.stake),
            detail_names_party: self.detail_names_party(document, fact),
        };
        line.sentence = tell::sentence(&line, &words, self.tongue);
        if line.no_longer_said {
            let with = [("sum", &*line.support.sentence)];
            line.support.sentence = self.tongue.fill("support", "no_longer_said", &with);
        }
        line
    }

    /// The fullest telling first, after what the latest versions of articles tell what only earlier ones do; of equals
    /// the one of the smallest document and place.
    fn reports(&self, claim: At) -> Vec<FactAt> {
        let mut reports = self.claim(claim).reports.clone();
        reports.sort_by_cached_key(|&at| {
            let replaced = self.edition(claim, at.0) != Edition::Latest;
            (replaced, std::cmp::Reverse(self.fact(at).fullness()), at)
        });
        reports
    }

    /// Whether its best telling says on which days it was.
    pub(crate) fn is_dated(&self, claim: At) -> bool {
        self.claims_ledger().entries[claim].days.is_some()
    }

    /// *Brazos's chairman* names the organisation already.
    fn detail_names_party(&self, document: At, fact: &Fact) -> bool {
        let mentions = &self.kept[document].reading.mentions;
        let Some(detail) = fact.detail else {
            return false;
        };
        fact.participants
            .iter()
            .any(|party| detail.contains(mentions[party.mention.at()].span))
    }

    fn party(&self, document: At, role: madar_read::Role, mention: madar_read::MentionId) -> Party {
        let entity = self.entity(self.entity_of(document, mention));
        Party {
            role,
            entity: entity.id.clone(),
            name: entity.name.clone(),
        }
    }

    pub(crate) fn time(&self, document: At, id: TimeId) -> TimeTold {
        let time = &self.kept[document].reading.times[id.at()];
        TimeTold {
            value: time.value.clone(),
            words: time.span.of(self.text(document)).to_owned(),
            basis: time.basis,
            from: time.range.map(|(from, _)| from.to_string()),
            to: time.range.map(|(_, to)| to.to_string()),
        }
    }

    pub(crate) fn amount(&self, document: At, id: AmountId) -> AmountTold {
        let amount = &self.kept[document].reading.amounts[id.at()];
        AmountTold {
            kind: amount.kind,
            value: amount.value.map(|value| value.to_string()),
            currency: amount.currency.clone(),
            unit: amount.unit.clone(),
            approx: amount.approx,
            words: amount.span.of(self.text(document)).to_owned(),
        }
    }

    /// One telling to a document and a chain, in the order of `reports`. What the latest version of an article tells
    /// too is not told again by an earlier one.
    fn tellings(&self, reports: &[FactAt]) -> Vec<Telling> {
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for &at in reports {
            let telling = self.telling(at);
            if telling.edition == Edition::Earlier {
                continue;
            }
            let names: Vec<String> = telling.chain.iter().map(|link| link.name.clone()).collect();
            if seen.insert((at.0, names)) {
                out.push(telling);
            }
        }
        out
    }

    /// Those of a claim's reports that stand at these places among them.
    pub(crate) fn tellings_at(&self, claim: At, places: &[usize]) -> Vec<Telling> {
        let reports = &self.claim(claim).reports;
        let mut reports: Vec<FactAt> = places.iter().map(|&place| reports[place]).collect();
        reports.sort_by_key(|&at| (std::cmp::Reverse(self.fact(at).fullness()), at));
        self.tellings(&reports)
    }

    pub(crate) fn telling(&self, at: FactAt) -> Telling {
        let fact = self.fact(at);
        Telling {
            fact: self.fact_id(at),
            passage: self.passage(at.0, fact.passage),
            chain: self.chain(at.0, &fact.chain),
            status: fact.status,
            rule: fact.rule.clone(),
            edition: self.edition_of(at),
        }
    }

    /// How the document of a fact stands to the latest version of its article.
    fn edition_of(&self, at: FactAt) -> Edition {
        let told = self.links.places(at.0).facts[at.1];
        told.map_or(Edition::Latest, |(_, claim)| self.edition(claim, at.0))
    }

    /// The words of a span with their place.
    pub(crate) fn passage(&self, document: At, span: Span) -> Passage {
        let held = &self.kept[document];
        let blocks = &held.document.blocks;
        let number = blocks
            .iter()
            .position(|block| block.span.overlaps(span))
            .unwrap_or(0);
        let block = blocks.get(number);
        let kind = block.map_or(BlockKind::Paragraph, |block| block.kind);
        let running = |kind| {
            matches!(
                kind,
                BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem
            )
        };
        let before = blocks
            .iter()
            .take(number + 1)
            .filter(|block| running(block.kind))
            .count();
        Passage {
            source: self.source(document),
            text: span.of(&held.document.text).to_owned(),
            span,
            lang: block.map_or(held.document.lang(), |block| block.lang),
            block: kind,
            block_number: number + 1,
            paragraph: running(kind).then_some(before),
            spot: held.document.spot(span.start).cloned(),
        }
    }
}

/// The words of a span, with the letter that Arabic drops where ل and ال meet: of للملياردير the span is
/// لملياردير, the words are الملياردير.
fn whole_words(text: &str, span: Span) -> String {
    let words = span.of(text);
    let before = &text[..span.start as usize];
    let contracted = words.starts_with('ل') && before.ends_with('ل');
    if contracted {
        return format!("ا{words}");
    }
    words.to_owned()
}

/// Two mentions of one entity in one role are one party.
fn distinct(parties: impl Iterator<Item = Party>) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for party in parties {
        if !out
            .iter()
            .any(|p| p.entity == party.entity && p.role == party.role)
        {
            out.push(party);
        }
    }
    out
}
