//! The wire form of `frames.toml` and `status.toml`: what people write, before anything is looked up.

use serde::Deserialize;

/// The wire form of `frames.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FramesFile {
    pub(super) prepositions: Vec<String>,
    #[serde(default)]
    pub(super) breaks: Vec<String>,
    /// Verbs that tell no fact and yet begin a clause (Arabic).
    #[serde(default)]
    pub(super) verbs: Vec<String>,
    /// Class nouns that decline in place of the name behind them.
    #[serde(default)]
    pub(super) classes: Vec<String>,
    /// English: what stands between a subject and its verb.
    #[serde(default)]
    pub(super) helpers: Vec<String>,
    /// Verbs beside which a description tells of their subject (*is*, *become*, *стал*), of their
    /// object (*appoint*, *назначить*).
    #[serde(default)]
    pub(super) copulas: Vec<String>,
    #[serde(default)]
    pub(super) naming: Vec<String>,
    /// Those of them that give nobody the post yet: *nominated*.
    #[serde(default)]
    pub(super) nominating: Vec<String>,
    /// Kin as several, with one of them: *brothers=brother*.
    #[serde(default)]
    pub(super) many_kin: Vec<String>,
    #[serde(default)]
    pub(super) accounts: Vec<String>,
    #[serde(default)]
    pub(super) accusing: Vec<String>,
    #[serde(default)]
    pub(super) leaving: Vec<String>,
    #[serde(default)]
    pub(super) post_words: Vec<String>,
    /// Verbs that tell no event by themselves: *say*, *be*, *seem*.
    #[serde(default)]
    pub(super) quiet: Vec<String>,
    /// Verbs of speaking: a clause with one is a Communication.
    #[serde(default)]
    pub(super) talk: Vec<String>,
    /// Nouns that nobody owns though they are somebody's: *Orlov's rival Cedar Holding*, *his speech*.
    #[serde(default)]
    pub(super) not_owned: Vec<String>,
    /// Words by which a description tells where somebody lives, learned or was born: *a banker educated at Harvard*.
    #[serde(default)]
    pub(super) whence: Vec<String>,
    /// Words that set what follows against what was said: *whereas*.
    #[serde(default)]
    pub(super) against: Vec<String>,
    /// English: verbs whose object does what *to* leads to: *asked X to pay*.
    #[serde(default)]
    pub(super) control: Vec<String>,
    /// English: posts that nobody holds with a person: *chief executive of Morgan*.
    #[serde(default)]
    pub(super) of_bodies: Vec<String>,
    /// Those of them that states have too: *the president*.
    #[serde(default)]
    pub(super) of_states: Vec<String>,
    /// Posts that are facts without a body beside them (*президент Орлов*); all of them if empty.
    #[serde(default)]
    pub(super) offices: Vec<String>,
    /// Posts that nobody holds in a state: *a Russian businessman* is only from there.
    #[serde(default)]
    pub(super) private: Vec<String>,
    /// What somebody is to a body without holding a post in it: a fan of the club, its champion, a resident.
    #[serde(default)]
    pub(super) no_posts: Vec<String>,
    /// Posts whose holder is sent somewhere: *envoy to Sudan* is nobody of Sudan's.
    #[serde(default)]
    pub(super) envoys: Vec<String>,
    /// Who is to get a post, or wants it: *the nominee for governor*.
    #[serde(default)]
    pub(super) seekers: Vec<String>,
    /// Nouns for a part of a company: what holds of the part holds of the company.
    #[serde(default)]
    pub(super) shares: Vec<String>,
    #[serde(default)]
    pub(super) frame: Vec<FrameFile>,
    #[serde(default)]
    pub(super) cast: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    pub(super) relation: Vec<RelationFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameFile {
    pub(super) kind: String,
    /// What its rule is called, if not by its first trigger.
    #[serde(default)]
    pub(super) name: Option<String>,
    /// Believed whatever a model holds of it: *owns X {through} Y*.
    #[serde(default)]
    pub(super) sure: bool,
    #[serde(default)]
    pub(super) verbs: Vec<String>,
    #[serde(default)]
    pub(super) nouns: Vec<String>,
    pub(super) roles: Vec<String>,
    #[serde(default)]
    pub(super) place: Vec<String>,
    #[serde(default)]
    pub(super) amount: bool,
    #[serde(default)]
    pub(super) stake: bool,
    #[serde(default)]
    pub(super) status: Option<String>,
    /// Says nothing without a sum: *push* and *pay* are one word in Arabic.
    #[serde(default)]
    pub(super) needs_amount: bool,
    /// News with one participant and nothing else: *Haddad was present*.
    #[serde(default)]
    pub(super) alone: bool,
    /// Less than two participants are none: *X and Y hold a meeting*.
    #[serde(default)]
    pub(super) several: bool,
    /// Found beside what another frame finds at the same trigger, not instead of it.
    #[serde(default)]
    pub(super) beside: bool,
    /// One of these words must stand near: *placed X under {sanctions}*.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// One of these must stand behind the trigger in its clause (Arabic).
    #[serde(default)]
    pub(super) within: Vec<String>,
    /// Says nothing without what is proposed, which becomes its detail (Arabic).
    #[serde(default)]
    pub(super) content: bool,
    /// A verb that must govern the noun (Arabic): تولى رئاسة.
    #[serde(default)]
    pub(super) needs_governor: Vec<String>,
    pub(super) example: String,
    pub(super) gives: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationFile {
    pub(super) kind: String,
    pub(super) nouns: Vec<String>,
    pub(super) of: String,
    pub(super) holder: String,
    pub(super) example: String,
    pub(super) gives: String,
}

/// The wire form of `status.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusFile {
    /// Words that open what is said: *that*, أن, что.
    pub(super) that: Vec<String>,
    pub(super) cue: Vec<CueFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueFile {
    pub(super) status: String,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) near: Option<usize>,
    #[serde(default)]
    pub(super) after: bool,
    #[serde(default)]
    pub(super) clause: bool,
    #[serde(default)]
    pub(super) except: bool,
    #[serde(default)]
    pub(super) nouns: bool,
    #[serde(default)]
    pub(super) content: bool,
    #[serde(default)]
    pub(super) not_before: Vec<String>,
    #[serde(default)]
    pub(super) not_behind: Vec<String>,
    #[serde(default)]
    pub(super) question: bool,
    #[serde(default)]
    pub(super) behind: Vec<String>,
    #[serde(default)]
    pub(super) but: Vec<String>,
    #[serde(default)]
    pub(super) void: Vec<String>,
}
