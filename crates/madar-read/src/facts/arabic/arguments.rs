//! Which phrase fills which role around an Arabic trigger, by the build of its sentence.

use std::ops::Range;

use madar_text::{Clitics, Lang};

use super::super::arguments::Site;
use super::super::pack::{Frame, Kinds, Place, TriggerKind};
use super::{Layout, has_object_pronoun};
use crate::arabic::without_pronoun;
use crate::facts::phrases::Phrase;
use crate::reading::{EntityKind, FactKind, MentionForm};
use crate::words::Word;

/// Words between a noun and its genitive: *the purchase of the {whole} company*.
const REACH_OF_GENITIVE: usize = 3;
/// Visible words between a trigger and a phrase beyond which the phrase belongs to something else.
const REACH: usize = 26;

/// Words for a part of what is owned, folded: يملك {خمس} الشركة.
const SHARES: [&str; 12] = [
    "حصه",
    "حصص",
    "نسبه",
    "نصف",
    "ثلث",
    "ثلثي",
    "ربع",
    "خمس",
    "عشر",
    "اسهم",
    "غالبيه",
    "معظم",
];

/// One way to read who acts: Arabic leaves the subject out when it goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    /// As the sentence is built.
    Own,
    /// The one of the verb before: وصل ويتكوف والتقى {بوتين}.
    Shared,
    /// The second noun behind the verb: أسس الشركة {كريم حداد}.
    Second,
}

pub(crate) const SUBJECTS: [Subject; 3] = [Subject::Own, Subject::Shared, Subject::Second];

/// Verbs that say how long something went on.
const LASTED: [&str; 6] = ["استمر", "استمرت", "دام", "دامت", "استغرق", "استغرقت"];

/// Words behind a noun among which such a verb stands.
const REACH_OF_LASTED: usize = 3;

impl Site<'_> {
    pub(crate) fn arabic(
        &self,
        layout: &Layout,
        place: &Place,
        kinds: Kinds,
        used: &[usize],
    ) -> Option<usize> {
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        let verb = self.kind == TriggerKind::Verb;
        let passive = verb && self.is_arabic_passive();
        match place {
            Place::Subject if passive => ["من قبل", "من جانب", "على يد", "من"]
                .into_iter()
                .find_map(|word| self.under(layout, &madar_text::fold(word), &fits)),
            Place::Object if passive => self.verb_subject(layout).filter(fits),
            Place::Subject if verb => self.verb_subject(layout).filter(fits),
            Place::Subject => self.arabic_noun_subject(layout, &fits),
            Place::Object => self.arabic_object(layout, &fits),
            Place::Genitive => self.arabic_genitive(layout).filter(fits),
            Place::Possessor | Place::Apposition | Place::Lead => None,
            Place::Head => self.head(layout).filter(fits),
            Place::Pronoun => self.pronoun_behind(layout).filter(fits),
            Place::Preposition(word, _) => self.under(layout, word, &fits),
            Place::Case(_) => None,
        }
    }

    /// سافر للقاء بوتين: what a noun with ل tells is meant to be.
    pub(crate) fn is_purpose(&self, kind: FactKind) -> bool {
        let act = matches!(
            kind,
            FactKind::Meeting | FactKind::Visit | FactKind::Deal | FactKind::Payment
        );
        // لجلسة أخرى {استمرت} ثلاث ساعات: what lasted so long has come about.
        let mut behind = self.sentence.words[self.trigger.end..].iter();
        let lasted = behind
            .by_ref()
            .take(REACH_OF_LASTED)
            .any(|w| LASTED.contains(&w.fold.as_str()));
        let noun = self.kind == TriggerKind::Noun;
        act && noun && !lasted && self.trigger_word().clitics.has(Clitics::LI)
    }

    /// مبعوث الرئيس {لمفاوضات} روسيا وأوكرانيا: what a post is for does not happen.
    pub(crate) fn is_in_title(&self, kind: FactKind) -> bool {
        let titled = |phrase: &Phrase| {
            let described = phrase
                .mentions
                .iter()
                .any(|id| self.surface.mentions[id.at()].form == MentionForm::Description);
            let before = phrase
                .from
                .checked_sub(1)
                .map(|at| &self.sentence.words[at]);
            let post = before.is_some_and(|w| self.surface.kit.nouns.is_noun(Lang::Ar, w));
            let person = phrase.kind == EntityKind::Person;
            phrase.to == self.trigger.start && person && (described || post)
        };
        self.layout.is_some()
            && self.kind == TriggerKind::Noun
            && kind == FactKind::Meeting
            && self.trigger_word().clitics.has(Clitics::LI)
            && self.phrases.iter().any(titled)
    }

    fn trigger_word(&self) -> &Word {
        &self.sentence.words[self.trigger.start]
    }

    /// A damma on the first letter or after the prefix: مُنح، تُبلَّغ، أُدرج.
    pub(crate) fn is_arabic_passive(&self) -> bool {
        let shown = self.trigger_word().host.of(&self.surface.document.text);
        shown.chars().nth(1) == Some('\u{64f}')
            && shown.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c))
    }

    fn verb_subject(&self, layout: &Layout) -> Option<usize> {
        let at = self.trigger.start;
        match self.subject_reading {
            Subject::Own => layout.subject(at),
            Subject::Shared => layout.shared(at),
            Subject::Second => {
                let first = layout.subject(at).filter(|&p| self.phrases[p].from > at)?;
                let right = self.arabic_right(layout, true);
                right.into_iter().find(|&p| p > first && self.bare(p))
            }
        }
    }

    /// Who does what a noun tells: *the sanctions that {X} imposed*; {X} held a meeting; *{X}, and he
    /// is a former employee of*; the nearest bare noun before it.
    fn arabic_noun_subject(&self, layout: &Layout, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        if self.subject_reading != Subject::Own {
            return None;
        }
        let relative = layout
            .relative_verb(&self.trigger)
            .and_then(|v| layout.subject(v));
        // تحقق {النيابة} في بيع مروحيات: who looks into a sale sells nothing
        let looks_into = |v: usize| {
            let word = &self.sentence.words[v];
            let facts = &self.surface.kit.facts;
            let mut told = facts.triggers(Lang::Ar, &word.fold).iter();
            told.any(|t| {
                let frame = facts.frame(Lang::Ar, t.frame);
                let plain = t.rest.is_empty() && frame.within.is_empty() && frame.needs.is_empty();
                plain && frame.kind == FactKind::Investigation
            })
        };
        let governor = self.governor(layout);
        if governor.is_some_and(looks_into) {
            return None;
        }
        let governed = governor.and_then(|v| layout.subject(v));
        let about = layout.antecedent(self.trigger.start);
        [relative, governed, about]
            .into_iter()
            .flatten()
            .find(fits)
            .or_else(|| {
                self.arabic_left(layout, true)
                    .into_iter()
                    .filter(|&at| self.bare(at))
                    .find(fits)
            })
    }

    /// The verb that governs a noun trigger in its own clause.
    fn governor(&self, layout: &Layout) -> Option<usize> {
        let verb = layout.governor(self.trigger.start)?;
        let between = verb + 1..self.trigger.start;
        let open = between.clone().all(|at| {
            !layout.same_level(at, self.trigger.start)
                || !self.ends_arabic(&self.sentence.words[at])
        });
        open.then_some(verb)
    }

    fn arabic_object(&self, layout: &Layout, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        let at = self.trigger.start;
        let subject = (self.kind == TriggerKind::Verb)
            .then(|| self.verb_subject(layout))
            .flatten();
        if self.kind == TriggerKind::Verb && has_object_pronoun(self.surface, self.trigger_word()) {
            // التقاه بوتين: the one whom the clause before was about.
            let about = layout.antecedent(at).or_else(|| layout.shared(at));
            let about = about.filter(|&p| self.may_be_him(p)).or_else(|| {
                let before = (0..self.phrases.len()).filter(|&p| self.phrases[p].to <= at);
                before.rev().find(|&p| self.may_be_him(p))
            });
            return about.filter(|p| Some(*p) != subject).filter(fits);
        }
        let right = self.arabic_right(layout, true);
        let mut bare = right
            .into_iter()
            .filter(|&p| self.bare(p) && Some(p) != subject && !self.is_among(p));
        if self.subject_reading == Subject::Shared {
            // What may be the subject is the object only right behind the verb.
            return bare.next().filter(|&p| self.adjacent(p)).filter(fits);
        }
        let after = |p: usize| {
            let own = subject
                .map_or(0, |s| self.phrases[s].to)
                .min(self.phrases[p].from);
            layout.reaches(
                self.surface,
                self.sentence,
                own.max(self.trigger.end),
                self.phrases[p].from,
            )
        };
        if self.kind == TriggerKind::Noun {
            return bare.find(fits);
        }
        bare.take_while(|&p| after(p)).find(fits)
    }

    /// باع مستثمرون {بينهم} «بلاك روك» حصصهم: who is named as one of the subject.
    fn is_among(&self, phrase: usize) -> bool {
        let before = self.sentence.words[..self.phrases[phrase].from]
            .iter()
            .rev();
        let before = before.filter(|w| !w.is_quote()).take(2);
        let among = ["بينهم", "بينها", "منهم", "منها", "ابرزهم", "ابرزها"];
        let listed = before.clone().any(|w| among.contains(&w.fold.as_str()));
        listed || self.phrases[phrase].joined && phrase > 0 && self.is_among(phrase - 1)
    }

    /// تعاقب{ه}: a masculine pronoun on the verb means no company, state or body.
    fn may_be_him(&self, phrase: usize) -> bool {
        let fold = &self.trigger_word().fold;
        let masculine = fold.ends_with('ه') && !fold.ends_with("ها");
        !masculine || self.phrases[phrase].kind == EntityKind::Person
    }

    /// Only class nouns, titles and signs stand between the trigger and the phrase.
    fn adjacent(&self, phrase: usize) -> bool {
        let kit = self.surface.kit;
        let gap =
            &self.sentence.words[self.trigger.end..self.phrases[phrase].from.max(self.trigger.end)];
        gap.iter().all(|w| {
            w.is_quote()
                || SHARES.contains(&w.lemma.as_str())
                || w.clitics.preposition().is_none()
                    && (kit.nouns.is_noun(Lang::Ar, w) || kit.classes.of(Lang::Ar, w).is_some())
        })
    }

    /// No preposition governs the phrase, or one that governs the trigger and what depends on it.
    fn bare(&self, at: usize) -> bool {
        let phrase = &self.phrases[at];
        phrase.marker.is_none()
            || phrase.from >= self.trigger.end && phrase.outer_from <= self.trigger.start
    }

    fn arabic_genitive(&self, layout: &Layout) -> Option<usize> {
        if self.pronoun && self.is_of_several() {
            return self.several_before(layout);
        }
        if self.pronoun {
            let governed = self.governor(layout).and_then(|v| layout.subject(v));
            return governed.or_else(|| layout.antecedent(self.trigger.start));
        }
        let at = *self.arabic_right(layout, true).first()?;
        let phrase = &self.phrases[at];
        let gap = &self.sentence.words[self.trigger.end..phrase.from];
        let marked = gap.iter().any(|w| {
            w.clitics.preposition().is_some()
                || w.clitics.has(Clitics::AND)
                || self.surface.kit.facts.is_preposition(Lang::Ar, &w.fold)
        });
        let signs = gap.iter().filter(|w| w.is_quote()).count();
        (self.bare(at) && !marked && gap.len() - signs <= REACH_OF_GENITIVE).then_some(at)
    }

    /// اجتماعهما، لقائهم.
    fn is_of_several(&self) -> bool {
        let word = &self.trigger_word().fold;
        word.ends_with("هما") || word.ends_with("هم")
    }

    /// Whom a dual or plural pronoun means: {ترمب} ونظيره بوتين بعد اجتماعهما, the nearest list before it.
    fn several_before(&self, layout: &Layout) -> Option<usize> {
        let left = self.arabic_left(layout, false);
        let mut at = left.into_iter().find(|&at| self.phrases[at].joined)?;
        while at > 0 && self.phrases[at].joined {
            at -= 1;
        }
        Some(at)
    }

    /// Whether a time belongs to what the trigger tells: none behind a verb that opens another clause;
    /// a length that a verb of lasting gives (اجتماع استمر {ساعتين}) belongs to a noun.
    pub(crate) fn may_take_time(&self, time: &Range<usize>, lasts: bool) -> bool {
        let Some(layout) = self.layout else {
            return true;
        };
        let words = &self.sentence.words;
        let (from, to) = (self.trigger.end, time.start);
        let behind = time.start >= self.trigger.end;
        let other = behind && (from..to).any(|at| layout.opens_clause(self.sentence, at));
        let lasting = [
            "استمر",
            "استمرت",
            "دام",
            "دامت",
            "استغرق",
            "استغرقت",
            "امتد",
            "امتدت",
        ];
        let told = behind
            && (from..to)
                .rev()
                .take(REACH_OF_GENITIVE)
                .any(|at| lasting.contains(&words[at].fold.as_str()));
        let before = !behind && lasts && {
            (time.end..self.trigger.start).any(|at| layout.opens_clause(self.sentence, at))
        };
        let of_what_is_told = lasts && told && self.kind == TriggerKind::Verb;
        !(other || before || of_what_is_told)
    }

    /// What an adjective or participle stands behind, and whom a noun tells something of: {وردان
    /// للتجارة} المملوكة لـ; {X}، وهو صديق; كان {X} صديق.
    fn head(&self, layout: &Layout) -> Option<usize> {
        let start = self.trigger.start;
        let beside = self.described_before();
        beside.or_else(|| layout.antecedent(start)).or_else(|| {
            let was = layout.copula(self.sentence, start)?;
            layout.subject(was)
        })
    }

    /// What stands right before an adjective or participle: {وردان للتجارة} المملوكة لـ.
    pub(crate) fn described_before(&self) -> Option<usize> {
        let start = self.trigger.start;
        let before = self.phrases.iter().rposition(|p| p.to <= start);
        before.filter(|&at| {
            let gap = &self.sentence.words[self.phrases[at].to..start];
            // شركة «زمرة» المسجلة في {دبي} والمملوكة لـ: no place behind its preposition
            let somewhere =
                self.phrases[at].kind == EntityKind::Place && self.phrases[at].marker.is_some();
            !somewhere
                && gap.len() <= 4
                && gap.iter().all(|w| {
                    w.is_quote()
                        || matches!(w.fold.as_str(), "هو" | "هي" | "،")
                        || w.clitics.has(Clitics::ARTICLE) && w.clitics.preposition().is_none()
                })
        })
    }

    /// Whom a pronoun on a noun right behind the subject means: whom the sentence has named before.
    fn pronoun_behind(&self, layout: &Layout) -> Option<usize> {
        if self.kind == TriggerKind::Noun {
            // للاشتباه في تلقيه أموالاً: the nearest person before.
            let left = self.arabic_left(layout, false);
            return left
                .into_iter()
                .find(|&at| self.phrases[at].kind == EntityKind::Person);
        }
        let subject = layout.subject(self.trigger.start)?;
        let from = self
            .trigger
            .end
            .max(self.phrases[subject].to.min(self.sentence.words.len()));
        let mut near = self.sentence.words[from..].iter().take(3);
        if !near.any(|w| !without_pronoun(&w.fold).is_empty() && w.fold.ends_with(['ه', 'ا', 'م']))
        {
            return None;
        }
        let person = |at: &usize| {
            let phrase = &self.phrases[*at];
            *at != subject && phrase.kind == EntityKind::Person && phrase.marker.is_none()
        };
        (0..self.phrases.len())
            .filter(|&at| self.phrases[at].to <= self.trigger.start)
            .find(person)
            .or_else(|| {
                (0..self.phrases.len())
                    .rev()
                    .find(|&at| self.phrases[at].from >= self.sentence.words.len())
                    .filter(person)
            })
    }

    /// Whether what the frame asks for beside its roles is there: a word behind the trigger in its
    /// clause, a verb that governs it.
    pub(crate) fn has_what_is_needed(&self, frame: &Frame) -> bool {
        let Some(layout) = self.layout else {
            return true;
        };
        if !frame.needs_governor.is_empty() {
            let verb = layout.governor(self.trigger.start);
            let held =
                verb.is_some_and(|v| frame.needs_governor.contains(&self.sentence.words[v].fold));
            return held;
        }
        let words = &self.sentence.words;
        let is = |at: usize, key: &str| {
            words
                .get(at)
                .is_some_and(|w| w.fold == key || w.lemma == key)
        };
        if frame.within.is_empty() {
            return true;
        }
        let from = self.trigger.end;
        let clause = (from..words.len())
            .take(REACH)
            .take_while(|&at| !self.ends_arabic(&words[at]));
        let mut clause = clause.chain(self.trigger.start.saturating_sub(3)..self.trigger.start);
        clause.any(|at| {
            let mut lists = frame.within.iter();
            lists.any(|list| list.iter().enumerate().all(|(i, key)| is(at + i, key)))
        })
    }

    fn under(&self, layout: &Layout, word: &str, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        let marked = |at: &usize| self.phrases[*at].marker.as_deref() == Some(word);
        let right = self.arabic_right(layout, false);
        let found = right
            .into_iter()
            .filter(|at| self.phrases[*at].outer_from >= self.trigger.start)
            .filter(marked)
            .filter(|&at| !self.is_taken(word, self.phrases[at].outer_from))
            .filter(|&at| word != "ل" || !self.follows_participle(self.phrases[at].outer_from))
            .find(fits);
        // Before a noun stand the places of its clause, and what its verb has.
        if self.kind == TriggerKind::Noun && !matches!(word, "في" | "خلال") {
            return found;
        }
        found.or_else(|| {
            let left = self.arabic_left(layout, false);
            left.into_iter().filter(marked).find(fits)
        })
    }

    /// The last member of the list that goes on behind insertions: شركة «X» التي يملكها Y، {وشركة «Z»}.
    pub(crate) fn list_end(&self, layout: &Layout, from: usize) -> usize {
        let level = self.phrases[from].from;
        let mut last = from;
        for at in from + 1..self.phrases.len() {
            let phrase = &self.phrases[at];
            if phrase.from >= self.sentence.words.len() {
                break;
            }
            if !layout.same_level(phrase.from, level) {
                continue;
            }
            let kit = self.surface.kit;
            let gap = (self.phrases[last].to..phrase.from).filter(|&w| layout.same_level(w, level));
            let gap: Vec<&Word> = gap.map(|w| &self.sentence.words[w]).collect();
            let and = self.sentence.words[phrase.from].clitics.has(Clitics::AND)
                || gap.iter().any(|w| w.clitics.has(Clitics::AND));
            let links = gap.iter().all(|w| {
                w.is_quote() || super::is_comma(w) || kit.classes.of(Lang::Ar, w).is_some()
            });
            let crossed = phrase.from - self.phrases[last].to > gap.len();
            if !(and && links && crossed && phrase.kind == self.phrases[from].kind) {
                break;
            }
            last = at;
        }
        last
    }

    /// أصدر {المكتب} {التابع لوزارة} الخزانة ترخيصاً: what a participle behind a name leads to is no part of the clause.
    fn follows_participle(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|i| !self.trigger.contains(i));
        let Some(before) = before else {
            return false;
        };
        let word = &self.sentence.words[before];
        word.clitics.has(Clitics::ARTICLE)
            && word.clitics.preposition().is_none()
            && crate::mentions::is_participle(&word.lemma)
            && self.phrases.iter().any(|p| p.to == before)
    }

    /// Whether a noun nearer to the preposition at `to` takes it: in مفاوضات للاستحواذ على الميناء the
    /// purchase has على.
    fn is_taken(&self, preposition: &str, to: usize) -> bool {
        let facts = &self.surface.kit.facts;
        (self.trigger.end..to).any(|at| {
            let word = &self.sentence.words[at];
            let inside = self.phrases.iter().any(|p| (p.from..p.to).contains(&at));
            let list = facts.triggers(Lang::Ar, &word.lemma);
            // It takes the first such phrase behind it, no more.
            let served = self.phrases.iter().any(|p| {
                p.marker.as_deref() == Some(preposition) && p.outer_from > at && p.outer_from < to
            });
            let own = self
                .within
                .iter()
                .any(|list| *list == [word.lemma.as_str()]);
            // باعت {حصتها} في المصفاة: what holds of a share holds of the whole.
            let share =
                facts.is_share(Lang::Ar, &word.fold) || facts.is_share(Lang::Ar, &word.lemma);
            !inside
                && !own
                && !share
                && !served
                && list.iter().any(|t| {
                    let slots = &facts.frame(Lang::Ar, t.frame).slots;
                    let mut places = slots.iter().flat_map(|s| &s.places);
                    t.kind == TriggerKind::Noun
                        && t.rest.is_empty()
                        && places.any(|p| matches!(p, Place::Preposition(w, _) if w == preposition))
                })
        })
    }

    fn ends_arabic(&self, word: &Word) -> bool {
        matches!(word.fold.as_str(), "." | ";" | "؛" | ":" | "!" | "?" | "؟")
            || self.surface.kit.facts.breaks(Lang::Ar, &word.fold) && !super::is_relative(word)
    }

    /// Phrases behind the trigger that it sees, to where another clause begins.
    pub(crate) fn arabic_right(&self, layout: &Layout, bare: bool) -> Vec<usize> {
        let words = &self.sentence.words;
        let mut seen = 0;
        let mut end = words.len();
        for (at, word) in words.iter().enumerate().skip(self.trigger.end) {
            if !layout.sees(&self.trigger, at, bare) {
                continue;
            }
            seen += 1;
            if seen > REACH || self.ends_arabic(word) || layout.opens_clause(self.sentence, at) {
                end = at;
                break;
            }
        }
        let from = self.phrases.partition_point(|p| p.from < self.trigger.end);
        (from..self.phrases.len())
            .take_while(|&at| self.phrases[at].from < end)
            .filter(|&at| layout.sees(&self.trigger, self.phrases[at].from, bare))
            .collect()
    }

    /// Phrases before the trigger that it sees, nearest first, to where its clause begins: a noun
    /// reaches back over the verb that governs it.
    fn arabic_left(&self, layout: &Layout, bare: bool) -> Vec<usize> {
        let words = &self.sentence.words;
        let governor = (self.kind == TriggerKind::Noun)
            .then(|| layout.governor(self.trigger.start))
            .flatten();
        let mut seen = 0;
        let mut start = 0;
        for at in (0..self.trigger.start).rev() {
            if !layout.sees(&self.trigger, at, bare) {
                continue;
            }
            seen += 1;
            let other = layout.is_verb(at) && Some(at) != governor;
            if seen > REACH || self.ends_arabic(&words[at]) || other {
                start = at + 1;
                break;
            }
        }
        // وقدم قائمة: what stands before a verb that goes on belongs to the one before.
        let goes_on = self.kind == TriggerKind::Verb
            && layout.opens_clause(self.sentence, self.trigger.start)
            && layout.governor(self.trigger.start).is_some();
        let to = self.phrases.partition_point(|p| p.to <= self.trigger.start);
        (0..to)
            .rev()
            .take_while(|&at| self.phrases[at].from >= start && !goes_on)
            .filter(|&at| layout.sees(&self.trigger, self.phrases[at].from, bare))
            .collect()
    }
}
