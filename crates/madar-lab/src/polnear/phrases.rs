//! Where English phrases begin and end: verb groups, noun phrases with their appositions, quotations.

use madar_read::words::{Tense, Word};
use madar_text::{Span, TokenKind};

/// Words of a verb group before its verb.
const HELPERS: &[&str] = &[
    "has",
    "have",
    "had",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "do",
    "does",
    "did",
    "will",
    "would",
    "could",
    "can",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "not",
    "n't",
    "never",
    "also",
    "later",
    "then",
    "now",
    "once",
    "still",
    "already",
    "since",
    "further",
    "again",
    "just",
    "even",
    "often",
    "first",
    "earlier",
    "himself",
    "herself",
    "themselves",
    "always",
    "soon",
    "long",
    "didn't",
    "doesn't",
    "don't",
    "hasn't",
    "haven't",
    "hadn't",
    "won't",
    "wouldn't",
    "can't",
    "cannot",
    "couldn't",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "'s",
    "’s",
    "'ve",
    "’ve",
    "'d",
    "’d",
    "'ll",
];

/// A word that belongs to the group of the verb after it.
pub(super) fn is_helper(word: &Word) -> bool {
    let fold = word.fold.as_str();
    HELPERS.contains(&fold) || fold.len() > 4 && fold.ends_with("ly") && !word.capital
}

const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// *in a statement*, *Friday*, *Thursday morning* right after a cue: the end of those words.
pub(super) fn setting(words: &[Word], at: usize) -> Option<usize> {
    if words
        .get(at)
        .is_some_and(|w| DAYS.contains(&w.fold.as_str()))
    {
        let part = words.get(at + 1).map_or("", |w| w.fold.as_str());
        let part = matches!(part, "morning" | "evening" | "night" | "afternoon");
        return Some(at + 1 + usize::from(part));
    }
    let fold = |at: usize| words.get(at).map_or("", |w| w.fold.as_str());
    let article = matches!(fold(at + 1), "a" | "the");
    let noun = at + 1 + usize::from(article);
    (fold(at) == "in" && article && fold(noun) == "statement").then_some(noun + 1)
}

const PRONOUNS: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "who",
    "which",
    "that",
    "many",
    "some",
    "others",
    "both",
    "everyone",
    "nobody",
    "anyone",
    "somebody",
    "someone",
    "everybody",
];

/// The pronoun that is the subject of a verb group `from..to`.
pub(super) fn pronoun_beside(
    words: &[Word],
    from: usize,
    to: usize,
    content: Span,
) -> Option<&Word> {
    let is = |w: &&Word| PRONOUNS.contains(&w.fold.as_str());
    let before = from.checked_sub(1).map(|at| &words[at]);
    if let Some(before) = before.filter(is) {
        return Some(before);
    }
    let own = |w: &&Word| matches!(w.fold.as_str(), "he" | "she" | "they" | "i" | "we");
    let after = words.get(to).filter(|w| content.end <= w.span.start);
    after.filter(own)
}

/// Words at which a noun phrase certainly begins behind.
const OPENERS: &[&str] = &[
    "that",
    "and",
    "but",
    "as",
    "because",
    "while",
    "when",
    "where",
    "if",
    "although",
    "though",
    "than",
    "after",
    "before",
    "since",
    "until",
    "whether",
    "so",
    "or",
    "what",
    "who",
    "which",
    "in",
    "on",
    "at",
    "by",
    "from",
    "to",
    "with",
    "for",
    "about",
    "into",
    "over",
    "under",
    "against",
    "during",
    "like",
    "through",
    "according",
    "including",
    "yet",
    "even",
    "then",
    "is",
    "are",
    "was",
    "were",
    "be",
    "has",
    "have",
    "had",
    "said",
    "says",
    "told",
    "there",
    "here",
    "not",
    "also",
    "later",
    "earlier",
    "however",
    "meanwhile",
    "still",
    "indeed",
    "perhaps",
    "nor",
];

/// Words at which a clause begins.
const CLAUSES: &[&str] = &[
    "that",
    "but",
    "because",
    "while",
    "when",
    "where",
    "if",
    "although",
    "though",
    "than",
    "since",
    "until",
    "whether",
    "so",
    "what",
    "who",
    "which",
    "yet",
    "then",
    "there",
    "however",
    "meanwhile",
    "as",
    "after",
    "before",
    "said",
    "says",
    "told",
    "had",
    "has",
    "have",
    "is",
    "are",
    "was",
    "were",
];

/// The first word of the noun phrase in which the word at `at` stands. A phrase that runs from the head of
/// its clause (*{developers and supporters in the capital} say*) is taken whole; else it begins behind the
/// last small word.
pub(super) fn phrase_start(words: &[Word], at: usize, outside: &impl Fn(&Word) -> bool) -> usize {
    let whole = run_start(words, at, outside, CLAUSES);
    let small = |w: &Word| {
        OPENERS.contains(&w.fold.as_str()) || w.fold.ends_with("ly") || w.fold.ends_with("ing")
    };
    if whole < at && at - whole <= 14 && !small(&words[whole]) {
        return whole;
    }
    run_start(words, at, outside, OPENERS)
}

fn run_start(
    words: &[Word],
    at: usize,
    outside: &impl Fn(&Word) -> bool,
    openers: &[&str],
) -> usize {
    let mut from = at;
    while from > 0 && outside(&words[from - 1]) {
        let word = &words[from - 1];
        let fold = word.fold.as_str();
        let hyphen = matches!(fold, "-" | "/" | "’" | "'" | "&" | "$")
            // "Mr. Roe", "(D-Wis.)"
            || fold == "." && !word.spaced;
        let verb = matches!(word.tense, Some(Tense::Past | Tense::Present)) && !word.capital;
        let stops = word.kind == TokenKind::Punct && !hyphen
            || openers.contains(&fold)
            || verb
            || PRONOUNS.contains(&fold)
                && !matches!(fold, "many" | "some" | "others" | "both" | "that");
        if stops {
            break;
        }
        from -= 1;
    }
    while from < at
        && matches!(
            words[from].fold.as_str(),
            "of" | "-" | "’" | "'" | "and" | "or" | "."
        )
    {
        from += 1;
    }
    from
}

/// One past the last word of a noun phrase that ends at least at `end`; `until` is the cue after it.
pub(super) fn phrase_end(
    words: &[Word],
    end: usize,
    until: Option<usize>,
    outside: &impl Fn(&Word) -> bool,
) -> usize {
    let comma = |at: usize| words.get(at).is_some_and(|w| w.fold == ",");
    let end = past_bracket(words, end, outside);
    if let Some(until) = until {
        if end >= until || !words[end..until].iter().all(outside) {
            return end;
        }
        // "Roe, who leads the party, said": set apart, part of the source only if it tells who
        let apart = comma(end) && comma(until - 1) && until - end > 2;
        let tells = words
            .get(end + 1)
            .is_some_and(|w| w.fold != "who" && w.fold != "which");
        if apart {
            return if tells { until } else { end };
        }
        let clean = words[end..until]
            .iter()
            .all(|w| w.kind != TokenKind::Punct || w.fold == "-");
        let short = until - end <= 12;
        return if clean && short {
            trimmed(words, end, until)
        } else {
            end
        };
    }
    let mut to = end;
    while to < words.len() && outside(&words[to]) {
        let word = &words[to];
        let short = word.fold == "." && !word.spaced && to + 1 < words.len();
        if word.kind == TokenKind::Punct
            && !short
            && !matches!(word.fold.as_str(), "," | "-" | "'" | "’" | "/")
        {
            break;
        }
        // a comma is crossed when an apposition follows that runs to the end
        if word.fold == "," && !opens_apposition(words, to + 1) {
            break;
        }
        to += 1;
    }
    trimmed(words, end, to)
}

/// Past *(D-Wis.)*.
fn past_bracket(words: &[Word], end: usize, outside: &impl Fn(&Word) -> bool) -> usize {
    if words.get(end).is_none_or(|w| w.fold != "(") {
        return end;
    }
    let close = (end..words.len().min(end + 10)).find(|&at| words[at].fold == ")");
    let close = close.filter(|&close| words[end..=close].iter().all(outside));
    close.map_or(end, |close| close + 1)
}

fn opens_apposition(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else {
        return false;
    };
    matches!(
        word.fold.as_str(),
        "a" | "an" | "the" | "who" | "whose" | "one" | "his" | "her"
    ) || !word.capital
        && word.kind == TokenKind::Word
        && !OPENERS.contains(&word.fold.as_str())
        && word.tense.is_none()
        && !word.fold.ends_with("ing")
        && !word.fold.ends_with("ly")
}

/// Without times and marks at the end.
fn trimmed(words: &[Word], least: usize, mut to: usize) -> usize {
    while to > least && (words[to - 1].kind == TokenKind::Punct || is_helper(&words[to - 1])) {
        to -= 1;
    }
    to
}

/// Words behind a comma with which something of the author's own begins.
const ASIDES: &[&str] = &[
    "but",
    "which",
    "who",
    "whose",
    "while",
    "although",
    "though",
    "he",
    "she",
    "they",
    "we",
    "even",
    "according",
    "despite",
    "compared",
    "the",
    "a",
    "an",
    "up",
    "down",
    "both",
    "where",
];

/// The end of reported words without what the author adds behind a comma: *…, {which opened in May}*.
pub(super) fn without_aside(words: &[Word], from: usize, to: usize) -> usize {
    let aside = |&at: &usize| {
        let next = words[at + 1].fold.as_str();
        let adding = next.ends_with("ing") && !matches!(next, "including" | "during" | "according");
        words[at].fold == "," && (ASIDES.contains(&next) || adding)
    };
    let cut = (from + 3..to.saturating_sub(1)).find(aside);
    cut.unwrap_or(to)
}

/// A span with the quotation marks that open right before it and close right after it.
pub(super) fn with_quotes(text: &str, span: Span) -> Span {
    let (mut from, mut to) = (span.start as usize, span.end as usize);
    let before = text[..from].chars().next_back();
    let opens = before.filter(|c| matches!(c, '"' | '“' | '‘' | '«' | '\''));
    if text[..from].ends_with("''") {
        from -= 2;
    } else if let Some(mark) = opens {
        from -= mark.len_utf8();
    }
    let inside = &text[from..to];
    let odd = inside.matches('"').count() % 2 == 1;
    let open = inside.matches('“').count() > inside.matches('”').count();
    let single = inside.starts_with('‘') || inside.starts_with('\'') && !inside.starts_with("''");
    let doubled = inside.matches("''").count() % 2 == 1;
    if odd || open || single || doubled {
        let rest = &text[to..];
        let marks: usize = rest
            .chars()
            .take_while(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | '-' | '—'))
            .map(char::len_utf8)
            .sum();
        let close = rest[marks..].chars().next();
        if doubled && rest[marks..].starts_with("''") {
            to += marks + 2;
        } else if let Some(close) = close.filter(|c| matches!(c, '"' | '”' | '’' | '\'')) {
            to += marks + close.len_utf8();
        }
    }
    Span::from_range(from..to)
}
