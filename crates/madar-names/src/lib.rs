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
//! **Invariants.** Likeness is symmetric. Nothing here fails or panics: a poor name gives a poor
//! score. Arithmetic is in integers, so a score is the same on every machine. The crate never sees
//! a document; what is known of letters and words stands in `data/*.toml`.

mod fold;
mod script;

mod lexicon;
mod sounds;

mod align;
mod ear;
mod name;
mod part;
mod roles;

mod compare;
mod likeness;
mod pairing;
mod weigh;

mod acronym;
mod index;
mod initials;
mod romanise;

pub use acronym::abbreviates;
pub use compare::{compare, score};
pub use fold::fold;
pub use index::Index;
pub use likeness::{Likeness, Reason, SAME, Score, Side};
pub use name::{Name, NameKind};
pub use part::{Part, PartRole};
pub use romanise::romanise;
pub use script::Script;
