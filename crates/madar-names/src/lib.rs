//! Names of people and organisations in Arabic, Cyrillic and Latin letters: strings in, scores with
//! reasons out.
//!
//! A name is taken apart once ([`Name::new`]): folded, split, each [`Part`] given a role (given
//! name, surname, patronymic, particle, honorific, legal form, word of a trade …) and a sequence of
//! *sounds*. A sound is one letter's reading with its choices kept open (ج is *j*, *g* or *zh*), and
//! one table says what it costs to take one sound for another, so names in three scripts are
//! aligned directly, with no transliteration in between. [`compare`] aligns the parts of two names
//! in any order and weighs what agrees, what is missing and what contradicts. [`Index`] finds the
//! names worth comparing.
//!
//! ```
//! use madar_names::{Name, NameKind, SAME, compare};
//!
//! let arabic = Name::new("كيريل ديميترييف", NameKind::Person);
//! let russian = Name::new("Кирилл Дмитриев", NameKind::Person);
//! let other = Name::new("Dmitri Kirillov", NameKind::Person);
//!
//! assert!(compare(&arabic, &russian).score() >= SAME);
//! assert!(compare(&russian, &other).score() < SAME);
//! println!("{}", compare(&arabic, &russian).explain());
//! ```
//!
//! Screening a name against many; of two names [`score_from`] says as much:
//!
//! ```
//! use madar_names::{Against, Index, Name, NameKind, SAME};
//!
//! let listed = ["Геннадий Николаевич Тимченко", "Игорь Иванович Сечин"].map(|text| Name::new(text, NameKind::Person));
//! let mut index = Index::new();
//! listed.iter().enumerate().for_each(|(at, name)| index.insert(name, at));
//! let asked = Name::new("غينادي تيمتشينكو", NameKind::Person);
//! let mut against = Against::new(&asked);
//! let hits = index.candidates(&asked).into_iter().filter(|&at| against.score(&listed[at], SAME).is_some());
//! assert_eq!(hits.collect::<Vec<_>>(), [0]);
//! ```
//!
//! Of a name of which nobody says what it is the name of, [`Name::readings`] gives those that its words allow.
//!
//! [`Index::candidates`] gives at most 160 items for a name, those that share most first, so one query
//! is bounded however common the name is. The bound is on candidates, not on names alike: where more
//! than 160 names of a list are alike, not all are given. To keep an index of one's own, in a database
//! or a file, [`Name::keys`] gives the same keys as `u64`. They are hashes of what `data/*.toml` makes of
//! the name: stable within one version of this crate, to be made anew with the next.
//!
//! # How good it is
//!
//! One threshold, [`SAME`] = 0.70, for all scripts and kinds. On development pairs split by entity
//! (`results/names.md`) precision is .989 and recall .811; recall at 95 % precision .856, at 99 % .804.
//! Tools that document the same threshold, on the held-back pairs of the same collection: nomenklatura
//! logic-v2 .98 / .47 and .51, name-based .93 / .56 and .47, libmotiva .92 / .49 and .39. The pairs had a
//! filter that flatters comparing by sound. So `results/names-unbiased.md` has pairs drawn from the UN
//! and EU lists without any: there Arabic organisations against Latin are the weakest group.
//! `results/screening.md` takes a name out of its listed entry and looks for it in 16,600 entries;
//! `results/names-variants.md` alters listed names as people and clerks do, class by class, and counts
//! false alerts at each threshold. `crates/madar-lab/rivals` runs the others side by side.
//!
//! Two names may be alike and yet tell nothing: thousands are called *Mohammed Ali*. [`Likeness::evidence`]
//! says how surprising an agreement is among listed names, in tenths of bits, and whoever searches a long
//! list should ask for some of it (130 is one name in eight thousand; `madar-link` asks for 118).
//!
//! What it does not do: it knows no dates, countries or numbers of people (`madar-link` weighs those);
//! it does not guess which *Mohammed Ali* is meant; it finds acronyms only of the words in hand, not of
//! their translation; Chinese, Hebrew, Greek or Georgian letters agree only where they are equal.
//!
//! **Invariants.** Likeness is symmetric. Nothing here fails or panics: a poor name gives a poor
//! score. Arithmetic is in integers, so a score is the same on every machine. The crate never sees
//! a document; what is known of letters and words stands in `data/*.toml`.

mod fold;
mod script;

mod lexicon;
mod sounds;

mod align;
mod ear;
mod heard;
mod name;
mod part;
mod roles;

mod against;
mod compare;
mod evidence;
mod likeness;
mod pairing;
mod reach;
mod surprise;
mod weigh;

mod acronym;
mod index;
mod initials;
mod keys;
mod outline;
mod romanise;
mod taken;

pub use acronym::abbreviates;
pub use against::Against;
pub use compare::{compare, score, score_from, weighed_from};
pub use fold::fold;
pub use heard::heard_as;
pub use index::Index;
pub use likeness::{Likeness, Reason, SAME, Score, Side, Wanted, Weighed};
pub use name::{Name, NameKind};
pub use outline::Outline;
pub use part::{Part, PartRole};
pub use romanise::romanise;
pub use script::Script;
pub use taken::{Taken, taken_for};
