//! Readings made from the annotation of a story instead of from its text: mentions with their names as
//! they stand there, facts, chains and statuses as the gold tells them. What linking makes of them is
//! what linking loses by itself.
//!
//! Names of transmitters that stand nowhere in an article (an agency in a credit line that was cut,
//! *a person familiar with the matter*) are put behind its last line, where nothing is read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use madar_read::{
    Amount, AmountId, AmountKind, EntityKind, Fact, FactKind, Hop, HopBasis, HopWho, Kit, Mention,
    MentionForm, MentionId, Quantity, Reading, Referent, ReferentId, Role, Status, Time, TimeBasis,
    TimeId, TimeKind,
};
use madar_text::{Day, Document, Lang, Span};

use crate::reading::given;
use crate::stories::{Article, Claim, Occurrence, Story, Telling, mention, occurrences};

/// An article with its reading, and for each fact the claims of the story that it tells.
pub(crate) struct Annotation {
    pub(crate) document: Document,
    pub(crate) reading: Reading,
    pub(crate) tells: Vec<BTreeSet<usize>>,
}

pub(crate) fn of_story(
    folder: &Path,
    article: &Article,
    story: &Story,
    kit: &Kit,
) -> anyhow::Result<Annotation> {
    let file = folder.join(&article.file);
    let given = given(
        &file,
        Some(article.publisher.clone()),
        Some(&article.published),
    )?;
    let mut document = madar_open::open(&std::fs::read(&file)?, &given)?;
    let read = madar_read::read(&document, kit);
    let lang = Lang::from_code(&article.lang);
    let found = occurrences(&document, lang, story, kit);
    let mut maker = Maker {
        story,
        kit,
        lang,
        found,
        mentions: BTreeMap::new(),
        text: document.text.clone(),
        read: &read,
    };
    maker.unambiguous();
    let mut facts = Vec::new();
    let (mut times, mut amounts) = (Vec::new(), Vec::new());
    for (number, claim) in story.claims.iter().enumerate() {
        for telling in claim.tellings.iter().filter(|t| t.article == article.id) {
            if let Some(fact) = maker.fact(claim, telling, &mut times, &mut amounts) {
                facts.push((fact, number));
            }
        }
    }
    facts.sort_by_key(|(draft, number)| (draft.passage, *number));
    let (mentions, referents, referent_of) = maker.collected();
    let place_of: BTreeMap<Key, MentionId> = maker
        .mentions
        .keys()
        .enumerate()
        .map(|(at, key)| (*key, MentionId::new(at)))
        .collect();
    document.text = std::mem::take(&mut maker.text);
    let tells = facts.iter().map(|(_, n)| BTreeSet::from([*n])).collect();
    let facts = facts
        .into_iter()
        .map(|(draft, _)| draft.fact(&place_of))
        .collect();
    let mut publication = read.publication.clone();
    publication.upstream = None;
    publication.credits.clear();
    let reading = Reading {
        publication,
        mentions,
        referents,
        referent_of,
        times,
        amounts,
        attributions: Vec::new(),
        facts,
        ..read.clone()
    };
    Ok(Annotation {
        document,
        reading,
        tells,
    })
}

/// Place of a mention and the thing of the story; described sources are things beyond the names.
type Key = (Span, usize);

struct Maker<'a> {
    story: &'a Story,
    kit: &'a Kit,
    lang: Lang,
    found: Vec<Occurrence>,
    mentions: BTreeMap<Key, Mention>,
    /// The article's text with what was put behind it.
    text: String,
    read: &'a Reading,
}

struct Draft {
    kind: FactKind,
    rule: String,
    status: Status,
    passage: Span,
    participants: Vec<(Role, Key)>,
    place: Option<Key>,
    chain: Vec<Source>,
    time: Option<TimeId>,
    amount: Option<AmountId>,
    stake: Option<AmountId>,
}

enum Source {
    Mention(Key),
    Anonymous(Span),
}

impl Draft {
    fn fact(self, place_of: &BTreeMap<Key, MentionId>) -> Fact {
        let hop = |source: &Source| Hop {
            who: match source {
                Source::Mention(key) => HopWho::Mention(place_of[key]),
                Source::Anonymous(span) => HopWho::Anonymous(*span),
            },
            basis: HopBasis::Stated,
        };
        Fact {
            kind: self.kind,
            participants: self
                .participants
                .iter()
                .map(|(role, key)| madar_read::Participant {
                    role: *role,
                    mention: place_of[key],
                })
                .collect(),
            time: self.time,
            duration: None,
            place: self.place.map(|key| place_of[&key]),
            amount: self.amount,
            stake: self.stake,
            detail: None,
            condition: None,
            status: self.status,
            passage: self.passage,
            trigger: self.passage,
            attribution: None,
            chain: self.chain.iter().map(hop).collect(),
            rule: self.rule,
        }
    }
}

/// The post or tie as the rule of a reading hands it on: *friends, colleagues* are two words.
fn rule(claim: &Claim) -> String {
    let word = claim.post.as_ref().or(claim.tie.as_ref());
    let word = word.or(claim.kinship.as_ref());
    word.map_or_else(
        || "annotation".to_owned(),
        |word| format!("en/{}/{}", claim.kind, word.replace([',', ';'], "/")),
    )
}

impl Maker<'_> {
    /// Marks every name that only one thing of the story goes by.
    fn unambiguous(&mut self) {
        for occurrence in &self.found {
            if let [thing] = occurrence.things[..] {
                let name = &self.story.names[thing];
                let made = mention(occurrence.span, &occurrence.form, name, self.lang, self.kit);
                self.mentions.insert((occurrence.span, thing), made);
            }
        }
    }

    /// The thing's mention in the passage, else the nearest before it, else any.
    fn mention_of(&mut self, thing: usize, passage: Span) -> Option<Key> {
        let those = self.found.iter().filter(|o| o.things.contains(&thing));
        let best = those.min_by_key(|o| {
            let far = match () {
                () if passage.contains(o.span) => 0,
                () if o.span.end <= passage.start => 1 + passage.start - o.span.end,
                () => u32::MAX / 2 + o.span.start,
            };
            (far, o.span)
        })?;
        let key = (best.span, thing);
        let name = &self.story.names[thing];
        let (form, lang, kit) = (best.form.clone(), self.lang, self.kit);
        self.mentions
            .entry(key)
            .or_insert_with(|| mention(key.0, &form, name, lang, kit));
        Some(key)
    }

    fn thing(&self, name: &str) -> Option<usize> {
        self.story.names.iter().position(|n| n.en == name)
    }

    /// `None` where the passage is not in the article or nobody who takes part is named in it.
    fn fact(
        &mut self,
        claim: &Claim,
        telling: &Telling,
        times: &mut Vec<Time>,
        amounts: &mut Vec<Amount>,
    ) -> Option<Draft> {
        let at = self.text.find(&telling.passage)?;
        let passage = Span::from_range(at..at + telling.passage.len());
        let kind = FactKind::named(&claim.kind)?;
        let mut wanted: Vec<(Role, &str)> = Vec::new();
        for (role, filled) in &claim.roles {
            let role = Role::named(role).unwrap_or(Role::Party);
            wanted.extend(filled.names().iter().map(|n| (role, n.as_str())));
        }
        for name in &claim.participants {
            if !wanted.iter().any(|(_, n)| n == name) {
                wanted.push((Role::Other, name));
            }
        }
        let mut participants = Vec::new();
        for (role, name) in wanted {
            if telling.understood.iter().any(|n| n == name) {
                continue;
            }
            let Some(thing) = self.thing(name) else {
                continue;
            };
            if let Some(key) = self.mention_of(thing, passage) {
                participants.push((role, key));
            }
        }
        if participants.is_empty() {
            return None;
        }
        let place = claim.place.as_deref().and_then(|p| self.thing(p));
        Some(Draft {
            kind,
            rule: rule(claim),
            status: Status::named(&claim.status)?,
            passage,
            participants,
            place: place.and_then(|thing| self.mention_of(thing, passage)),
            chain: self.chain(&telling.told_chain, passage),
            time: self.time(claim, passage, times),
            amount: self.amount(claim, passage, amounts),
            stake: self.stake(claim, passage, amounts),
        })
    }

    fn chain(&mut self, told: &[String], passage: Span) -> Vec<Source> {
        let hops = told.iter().skip(1);
        hops.map(|hop| {
            if let Some(described) = hop.strip_suffix(" (anonymous)") {
                return Source::Anonymous(self.behind(described));
            }
            if let Some(described) = hop.strip_suffix(" (document)") {
                let span = self.behind(described);
                let thing = self.story.names.len() + span.start as usize;
                let paper = Mention {
                    span,
                    kind: EntityKind::Paper,
                    form: MentionForm::Description,
                    lang: self.lang,
                    name: described.to_owned(),
                    listed: None,
                    of: None,
                    noun: None,
                };
                self.mentions.entry((span, thing)).or_insert(paper);
                return Source::Mention((span, thing));
            }
            let thing = self.thing(hop).unwrap_or(0);
            if let Some(key) = self.mention_of(thing, passage) {
                return Source::Mention(key);
            }
            let span = self.behind(hop);
            let name = &self.story.names[thing];
            let made = mention(span, hop, name, self.lang, self.kit);
            self.mentions.entry((span, thing)).or_insert(made);
            Source::Mention((span, thing))
        })
        .collect()
    }

    /// Words behind the text, put there once.
    fn behind(&mut self, words: &str) -> Span {
        let line = format!("\n{words}\n");
        let at = self.text.find(&line).unwrap_or_else(|| {
            self.text.push_str(&line);
            self.text.len() - line.len()
        });
        Span::from_range(at + 1..at + 1 + words.len())
    }

    /// The claim's time, if the passage tells any.
    fn time(&self, claim: &Claim, passage: Span, times: &mut Vec<Time>) -> Option<TimeId> {
        let value = claim.time.as_deref()?;
        let told = self.read.times.iter().find(|t| t.span.overlaps(passage))?;
        times.push(Time {
            span: told.span,
            kind: TimeKind::Date,
            value: value.to_owned(),
            range: range(value),
            modifier: None,
            basis: TimeBasis::Explicit,
        });
        Some(TimeId::new(times.len() - 1))
    }

    fn amount(&self, claim: &Claim, passage: Span, out: &mut Vec<Amount>) -> Option<AmountId> {
        let amount = claim.amount.as_ref()?;
        let told = self.told(AmountKind::Money, passage)?;
        out.push(Amount {
            value: Quantity::from_units(amount.value),
            currency: amount.currency.clone(),
            ..told
        });
        Some(AmountId::new(out.len() - 1))
    }

    fn stake(&self, claim: &Claim, passage: Span, out: &mut Vec<Amount>) -> Option<AmountId> {
        let percent: f64 = claim.stake.as_deref()?.trim_end_matches('%').parse().ok()?;
        let told = self.told(AmountKind::Percent, passage)?;
        #[allow(clippy::cast_possible_truncation)] // at most 100,000
        let value = Some(Quantity((percent * 1000.0).round() as i64));
        out.push(Amount { value, ..told });
        Some(AmountId::new(out.len() - 1))
    }

    fn told(&self, kind: AmountKind, passage: Span) -> Option<Amount> {
        let here = |a: &&Amount| a.kind == kind && a.span.overlaps(passage);
        self.read.amounts.iter().find(here).cloned()
    }

    fn collected(&self) -> (Vec<Mention>, Vec<Referent>, Vec<ReferentId>) {
        let mut by_thing: BTreeMap<usize, Vec<MentionId>> = BTreeMap::new();
        for (at, (_, thing)) in self.mentions.keys().enumerate() {
            by_thing.entry(*thing).or_default().push(MentionId::new(at));
        }
        let mentions: Vec<Mention> = self.mentions.values().cloned().collect();
        let mut of = vec![ReferentId::new(0); mentions.len()];
        let mut referents = Vec::new();
        for ids in by_thing.into_values() {
            for id in &ids {
                of[id.at()] = ReferentId::new(referents.len());
            }
            referents.push(referent(&mentions, &ids));
        }
        (mentions, referents, of)
    }
}

fn referent(mentions: &[Mention], ids: &[MentionId]) -> Referent {
    let all = || ids.iter().map(|id| &mentions[id.at()]);
    let rank = |m: &&Mention| {
        (
            m.form != MentionForm::Description,
            m.name.chars().count(),
            std::cmp::Reverse(m.span),
        )
    };
    let best = all().max_by_key(rank).expect("a referent has a mention");
    Referent {
        kind: best.kind,
        name: best.name.clone(),
        named: best.form != MentionForm::Description,
        listed: all().find_map(|m| m.listed.clone()),
        mentions: ids.to_vec(),
    }
}

/// First and last day of a value as the gold writes it: `2025-03`, `198X`, `2025-W09`, `2022/2024-03`.
fn range(value: &str) -> Option<(Day, Day)> {
    if let Some((from, to)) = value.split_once('/') {
        let open = (Day::new(1900, 1, 1), Day::new(2100, 1, 1));
        let first = if from == ".." { open } else { range(from)? };
        let last = if to == ".." { open } else { range(to)? };
        return Some((first.0, last.1));
    }
    if let Some(day) = Day::parse(value).filter(|_| value.len() == 10) {
        return Some((day, day));
    }
    if let Some(decade) = value.strip_suffix('X') {
        let year: i16 = decade.parse().ok()?;
        return Some((Day::new(year * 10, 1, 1), Day::new(year * 10 + 9, 12, 31)));
    }
    let (year, rest) = value.split_once('-').unwrap_or((value, ""));
    let year: i16 = year.parse().ok()?;
    if let Some(week) = rest.strip_prefix('W') {
        let monday =
            jiff::civil::ISOWeekDate::new(year, week.parse().ok()?, jiff::civil::Weekday::Monday);
        let monday = monday.ok()?.date();
        let day = |date: jiff::civil::Date| Day::new(date.year(), date.month(), date.day());
        let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
        return Some((day(monday), day(sunday)));
    }
    if rest.is_empty() {
        return Some((Day::new(year, 1, 1), Day::new(year, 12, 31)));
    }
    let month: i8 = rest.parse().ok()?;
    let last = jiff::civil::Date::new(year, month, 1).ok()?.days_in_month();
    Some((Day::new(year, month, 1), Day::new(year, month, last)))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn values_become_days() {
        let check = |value: &str, from: &str, to: &str| {
            let (a, b) = range(value).unwrap();
            assert_eq!((a.to_string().as_str(), b.to_string().as_str()), (from, to));
        };
        check("2025-02", "2025-02-01", "2025-02-28");
        check("2025-W09", "2025-02-24", "2025-03-02");
        check("198X", "1980-01-01", "1989-12-31");
        check("../2024-03", "1900-01-01", "2024-03-31");
        check("2022/2024-03", "2022-01-01", "2024-03-31");
        assert_eq!(range("soon"), None);
    }
}
