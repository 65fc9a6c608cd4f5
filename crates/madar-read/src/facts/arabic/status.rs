//! How an Arabic passage holds a fact: cues before its trigger are counted in words that no name
//! takes up and no insertion holds, back over the verb that governs a noun (نفى أورلوف، في بيان، {دفع}) and over
//! أن (يعتزم أورلوف أن {يزور}).

use madar_text::{Clitics, Lang, Span};

use super::super::arguments::Site;
use super::super::pack::{Aspect, Cue, TriggerKind};
use super::super::status::{REACH_OF_QUESTION, is_by_letter, is_content, strongest, turns};
use super::{is_comma, is_copula};
use crate::reading::Status;
use crate::words::Word;

/// Words between أن and the verb that it introduces.
const REACH_OF_THAT: usize = 4;

/// Words between two commas before أن that tell of who says so, at most.
const LONGEST_ASIDE: usize = 12;

/// Words that only colour the verb behind them.
const AUXILIARIES: [&str; 9] = ["لم", "لن", "لا", "ما", "قد", "سوف", "ليس", "ليست", "ايضا"];

impl Site<'_> {
    pub(crate) fn arabic_status(&self) -> Status {
        // العقوبات التي فرضها: what a relative clause tells is taken for granted.
        let relative = self
            .layout
            .and_then(|layout| layout.relative_verb(&self.trigger));
        if relative.is_some() && self.kind == TriggerKind::Noun {
            return Status::Asserted;
        }
        let before = self.words_before();
        let words = &self.sentence.words;
        let facts = &self.surface.kit.facts;
        let seen = |at: usize| {
            self.layout
                .is_some_and(|l| l.sees(&self.trigger, at, false))
        };
        let end = self.trigger.end;
        // How many words behind the trigger before a comma.
        let open = words[end..].iter().take_while(|w| !is_comma(w)).count();
        let holds = |cue: &Cue, at: usize| {
            let near = if cue.question {
                let from = at + cue.words.len();
                let open = |w: &Word| is_comma(w) || matches!(w.fold.as_str(), "؛" | ";" | ":");
                at < self.trigger.start
                    && self.trigger.start - at <= REACH_OF_QUESTION
                    && !words[from..self.trigger.start.max(from)].iter().any(open)
            } else if cue.content {
                is_content(self.surface, self.sentence, cue, at, &self.trigger)
            } else if cue.clause {
                seen(at) && self.hangs_on(at)
            } else if cue.after {
                at >= end && at - end < open.min(cue.near + 1)
            } else {
                let gap = before.iter().find(|(word, _)| *word == at);
                gap.is_some_and(|(_, gap)| *gap <= cue.near)
            };
            near && self.says(cue, at) && turns(words, cue, end)
        };
        let by_letter = self.kind == TriggerKind::Noun
            && is_by_letter(self.surface, self.sentence, self.trigger.start);
        let mut found: Vec<Status> = Vec::new();
        let mut except = false;
        for (at, word) in words.iter().enumerate() {
            for cue in facts.cues_at(Lang::Ar, word) {
                let other = cue.nouns && self.kind != TriggerKind::Noun
                    || cue.status == Status::Denied && by_letter;
                if !other && holds(cue, at) {
                    except |= cue.except || cue.clause && self.is_unless(at);
                    found.push(cue.status);
                }
            }
        }
        let future = |at: usize| words[at].clitics.has(Clitics::FUTURE);
        if future(self.trigger.start) || before.iter().any(|&(at, _)| future(at)) {
            found.push(Status::Planned);
        }
        strongest(&found, except)
    }

    /// The clause that says under which condition: from its cue to the next comma.
    pub(crate) fn arabic_condition(&self) -> Option<Span> {
        let words = &self.sentence.words;
        let facts = &self.surface.kit.facts;
        let seen = |at: usize| self.layout.is_none_or(|l| l.sees(&self.trigger, at, false));
        let opens = |at: &usize| {
            let mut cues = facts.cues_at(Lang::Ar, &words[*at]);
            cues.any(|c| c.status == Status::Conditional && seen(*at) && self.says(c, *at))
        };
        let at = (0..words.len()).find(opens)?;
        let ends = |w: &Word| is_comma(w) || matches!(w.fold.as_str(), "." | "؛" | ";");
        let end = (at + 1..words.len()).find(|&i| ends(&words[i]))?;
        Some(words[at].host.to(words[end.max(at + 1) - 1].span))
    }

    /// لن تبيع إذا {لم} توافق المحكمة: she may sell; and the court may agree.
    fn is_unless(&self, at: usize) -> bool {
        let words = &self.sentence.words;
        let mut own = words[at..].iter().take_while(|w| !is_comma(w));
        let mut negated =
            || own.any(|w| matches!(w.fold.as_str(), "لم" | "لن" | "لا" | "ليس" | "ليست"));
        let inside = at < self.trigger.start && !words[at..self.trigger.start].iter().any(is_comma);
        inside || at >= self.trigger.end && negated()
    }

    /// Whether what the trigger tells hangs on the condition at `at`: no أن stands between (أبلغ الشركة {أنه إذا}).
    fn hangs_on(&self, at: usize) -> bool {
        let gap = self.trigger.end..at;
        !gap.clone().any(|i| {
            let word = &self.sentence.words[i];
            word.fold.starts_with("ان") && self.stops(word) || word.fold == "بان"
        })
    }

    fn says(&self, cue: &Cue, at: usize) -> bool {
        let words = &self.sentence.words;
        let all = cue.words.iter().enumerate().all(|(i, key)| {
            let word = words.get(at + i);
            word.is_some_and(|w| w.fold == *key || w.lemma == *key)
        });
        if !all || self.phrases.iter().any(|p| (p.from..p.to).contains(&at)) {
            return false;
        }
        // ما إذا is *whether*.
        let before = at.checked_sub(1).map(|i| &words[i].fold);
        if before.is_some_and(|w| cue.not_behind.contains(w)) {
            return false;
        }
        // لا يزال is *still*.
        let after = words.get(at + cue.words.len());
        if after.is_some_and(|w| cue.not_before.contains(&w.fold)) {
            return false;
        }
        // قد before an imperfect is *may*, before a perfect nothing.
        let may = words[at].fold == "قد" && cue.words.len() == 1;
        let next = words
            .get(at + 1)
            .map(|w| w.fold.as_str())
            .unwrap_or_default();
        let imperfect = self.surface.kit.facts.arabic_verb(next) == Some(Aspect::Imperfect)
            || next.starts_with('ي') && next.chars().count() >= 4;
        !may || imperfect
    }

    /// تدرس واشنطن {رفع} العقوبات: what looks like a past tense right behind who does what another verb tells is a noun
    /// that hangs on that verb.
    fn is_governed(&self, at: usize) -> bool {
        let facts = &self.surface.kit.facts;
        let word = &self.sentence.words[at];
        let past = facts.arabic_verb(&word.fold) == Some(Aspect::Perfect);
        let Some(layout) = self
            .layout
            .filter(|_| past && word.clitics == Clitics::NONE)
        else {
            return false;
        };
        // back over who does it, and with whom: ناقش ديفيس {مع فولكوفا} رفع
        let mut end = at;
        while let Some(phrase) = self.phrases.iter().find(|p| p.to == end) {
            end = phrase.outer_from.min(phrase.head_from);
        }
        let verb = end.checked_sub(1).filter(|_| end < at);
        verb.is_some_and(|verb| {
            let known = facts.arabic_verb(&self.sentence.words[verb].fold);
            layout.is_verb(verb) && known.is_some()
        })
    }

    /// ذكر دبلوماسي{، طلب عدم الكشف عن هويته،} أن: what is told of who says so holds nothing of what he says.
    fn aside_before(&self, that: usize) -> std::ops::Range<usize> {
        let words = &self.sentence.words;
        let comma = |at: &usize| is_comma(&words[*at]);
        let low = that.saturating_sub(LONGEST_ASIDE);
        let Some(close) = that.checked_sub(1).filter(comma) else {
            return 0..0;
        };
        let open = (low..close).rev().find(comma);
        open.map_or(0..0, |open| open..close)
    }

    /// The words before the trigger that may hold it, each with how many words of no name stand
    /// between.
    fn words_before(&self) -> Vec<(usize, usize)> {
        let Some(layout) = self.layout else {
            return Vec::new();
        };
        let words = &self.sentence.words;
        let mut out = Vec::new();
        let (mut gap, mut skipped) = (0, 0);
        // A noun is held by the verb that governs it, a verb by one before أن.
        let mut verbs = usize::from(self.kind == TriggerKind::Noun);
        let mut governed = self.kind == TriggerKind::Noun;
        let mut verb = (self.kind == TriggerKind::Verb).then_some(self.trigger.start);
        let mut aside = 0..0;
        for at in (0..self.trigger.start).rev() {
            if aside.contains(&at)
                || !layout.sees(&self.trigger, at, true)
                || self.phrases.iter().any(|p| (p.from..p.to).contains(&at))
            {
                continue;
            }
            let word = &words[at];
            if is_comma(word) || word.is_quote() {
                continue;
            }
            // أن, not إن: what stands before it holds what stands behind.
            let shown = word.host.of(&self.surface.document.text);
            if verb.is_some() && matches!(shown, "أن" | "بأن") {
                verbs += 1;
                verb = None;
                aside = self.aside_before(at);
                continue;
            }
            let auxiliary = AUXILIARIES.contains(&word.fold.as_str());
            // Behind أن a subject may stand before the verb: أن تكون المجموعة تتفاوض.
            if verb.is_some() && verbs == 0 && !auxiliary && !is_copula(word) {
                skipped += 1;
                if layout.is_verb(at) || self.stops(word) || skipped > REACH_OF_THAT {
                    break;
                }
                if at + 1 == self.trigger.start {
                    out.push((at, gap));
                }
                continue;
            }
            if self.stops(word) {
                break;
            }
            out.push((at, gap));
            if layout.is_verb(at) && !is_copula(word) && !self.is_governed(at) {
                if verbs == 0 {
                    break;
                }
                verbs -= 1;
                verb = Some(at);
                // لم {تدفع} أي مبلغ: what holds the verb that governs a noun stands right before it
                if std::mem::take(&mut governed) {
                    gap = 0;
                    continue;
                }
            } else if is_copula(word) && verb.is_some() {
                verb = Some(at);
            }
            gap += usize::from(!auxiliary);
        }
        out
    }
}
