//! Which letters of one name are taken for which of the other: what costs are learned from
//! (`madar-lab names-costs`). Left to others: what the costs then say (`align`).

use std::sync::LazyLock;

use crate::align::{Run, steps};
use crate::name::Name;
use crate::pairing::{Pairing, View, run};
use crate::part::{Part, PartRole};
use crate::sounds::Sounds;

/// A sound of the first name and the sound of the second that it is taken for, each as `data/sounds.toml`
/// writes it (*dj/g:4/zh:4* is ج); none where the other name lacks it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    pub a: Option<&'static str>,
    pub b: Option<&'static str>,
    /// What taking one for the other costs by `sounds.toml` alone, where both are there.
    pub written_cost: Option<u32>,
}

/// What is taken for what in the parts of two names that belong together, by the costs of
/// `data/sounds.toml` alone: what was learned earlier does not teach itself.
///
/// ```
/// use madar_names::{Name, NameKind, taken_for};
/// let name = |text| Name::new(text, NameKind::Person);
/// let taken = taken_for(&name("Джабаров"), &name("Jabarov"));
/// assert!(taken.iter().any(|taken| taken.a == Some("dj") && taken.b == Some("dj/y:4/zh:6/kh:25/h:25")));
/// ```
pub fn taken_for(a: &Name, b: &Name) -> Vec<Taken> {
    static WRITTEN: LazyLock<Sounds> = LazyLock::new(Sounds::as_written);
    let table: &'static Sounds = &WRITTEN;
    let view = View::of(a, b);
    let pairing = Pairing::of(&view, &view.grid());
    let mut all = Vec::new();
    for pair in pairing.pairs() {
        let (x, y) = (view.parts_a.get(pair.a.0), view.parts_b.get(pair.b.0));
        if pair.a.1 + pair.b.1 > 2 || pair.is_acronym || !is_heard(x, y) {
            continue;
        }
        let whole: (Run<'_>, Run<'_>) = (run(a, x), run(b, y));
        all.extend(
            steps(table, &whole.0, &whole.1)
                .into_iter()
                .map(|(x, y)| Taken {
                    a: x.map(|sound| table.written(sound)),
                    b: y.map(|sound| table.written(sound)),
                    written_cost: x.zip(y).map(|(x, y)| table.swap(x, y)),
                }),
        );
    }
    all
}

/// Whether two parts belong together by their sounds, not as words of one meaning or forms of one name.
fn is_heard(a: &Part, b: &Part) -> bool {
    let is_word = |part: &Part| !matches!(part.role, PartRole::Number | PartRole::Initial);
    is_word(a) && is_word(b) && a.meaning.is_none() && b.meaning.is_none()
}
