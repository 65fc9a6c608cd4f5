//! Whom a description means of those that the text has named, weighed: a log-linear model over them and nobody, by hashed
//! features (mention ranking, Durrett and Klein 2013). What the rules say is evidence among other; what is
//! looked at stands in `scene`. `madar-lab train-referents` makes the weights.

use madar_text::Span;

use crate::slots::Slots;

/// Slots of the table.
pub const SLOTS: usize = 1 << SLOT_BITS;
pub(super) const SLOT_BITS: u32 = 17;
/// Weights to a natural logarithm.
pub const STEPS: i32 = 256;

/// By how much the likeliest must lead the next, or nobody: with the rules it is then right in seven of ten answers on
/// texts that it was not made from, as the rules are without it.
const LEAD: i32 = STEPS * 3 / 2;

/// The weights, for all languages.
pub(crate) struct Recall {
    slots: Slots,
    weights: Vec<i16>,
}

impl Recall {
    /// Reads what [`to_bytes`] wrote; from no bytes, a model that says nothing.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        let raw = zstd::decode_all(bytes).expect("the model is part of the program");
        let (count, rest) = raw
            .split_first_chunk()
            .expect("a model has all its numbers");
        let count = u32::from_le_bytes(*count) as usize;
        let (slots, weights) = rest.split_at(4 * count);
        let slots = slots.as_chunks().0.iter();
        let weights = weights.as_chunks().0.iter();
        Some(Self {
            slots: Slots::new(SLOTS, slots.map(|&four| u32::from_le_bytes(four) as usize)),
            weights: weights.map(|&two| i16::from_le_bytes(two)).collect(),
        })
    }

    fn score(&self, row: &[u32]) -> i32 {
        let used = row.iter().filter_map(|&slot| self.slots.row(slot));
        used.map(|row| i32::from(self.weights[row as usize])).sum()
    }

    /// The root of whom it means, where one leads clearly.
    pub(super) fn answer(&self, question: &Question) -> Option<usize> {
        let scored = question
            .candidates
            .iter()
            .map(|c| (self.score(&c.row), c.root));
        let mut scored: Vec<(i32, usize)> = scored.collect();
        scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
        let &(best, root) = scored.first()?;
        let next = scored.get(1).map_or(i32::MIN, |&(score, _)| score);
        let next = next.max(self.score(&question.nobody));
        (best.saturating_sub(next) >= LEAD).then_some(root)
    }
}

/// zstd over the number of slots that are used, which, ascending, then their weights.
///
/// # Panics
/// Never: memory takes all bytes.
pub fn to_bytes(weights: &[(u32, i16)]) -> Vec<u8> {
    let count = u32::try_from(weights.len()).expect("slots are few");
    let mut raw = count.to_le_bytes().to_vec();
    raw.extend(weights.iter().flat_map(|(slot, _)| slot.to_le_bytes()));
    raw.extend(weights.iter().flat_map(|(_, weight)| weight.to_le_bytes()));
    zstd::encode_all(&raw[..], 19).expect("memory takes all bytes")
}

/// What the model is asked of one description.
pub(super) struct Question {
    pub(super) candidates: Vec<Candidate>,
    /// Features of its meaning none of them.
    pub(super) nobody: Vec<u32>,
}

pub(super) struct Candidate {
    pub(super) root: usize,
    pub(super) row: Vec<u32>,
}

/// A question as a model learns from it.
pub struct Asked {
    pub description: Span,
    /// Whom it may mean: by which names, and the features.
    pub candidates: Vec<(Vec<Span>, Vec<u32>)>,
    pub nobody: Vec<u32>,
    /// Whom the rules take it for, by its place among the candidates.
    pub rules: Option<usize>,
}

#[cfg(test)]
mod tests {
    use madar_text::Lang;

    use super::*;
    use crate::Kit;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = Recall::from_bytes(&to_bytes(&[(3, 256), (70, -7), (99, i16::MIN)]));
        let model = model.expect("not empty");
        assert_eq!(model.score(&[3, 4, 70]), 249);
        assert_eq!(model.score(&[99]), i32::from(i16::MIN));
        assert!(Recall::from_bytes(&[]).is_none());
    }

    /// Who holds a post, as the document names him, and where.
    fn posts(text: &str, lang: Lang) -> Vec<String> {
        let reading = crate::read(&crate::facts::tests::document(text, lang), &Kit::bundled());
        let shown = |p: &crate::Participant| {
            let referent = &reading.referents[reading.referent_of[p.mention.at()].at()];
            referent.name.clone()
        };
        let facts = reading.facts.iter();
        let posts = facts.filter(|f| f.kind == crate::FactKind::Role);
        let mut out: Vec<String> = posts
            .map(|f| {
                f.participants
                    .iter()
                    .map(shown)
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .collect();
        out.sort_unstable();
        out
    }

    #[test]
    fn a_description_means_who_was_told_of_so() {
        let sued = "Baltpolis, an insurer, sued Credo Bank in Riga. Oleg Vinnik runs";
        let of = |body: &str| posts(&format!("{sued} {body}."), Lang::En);
        assert_eq!(of("the insurer"), ["Oleg Vinnik, Baltpolis"]);
        assert_eq!(of("the lender"), ["Oleg Vinnik, Credo Bank"]);
        assert_eq!(of("an insurer"), ["Oleg Vinnik, insurer"]);
        let text = "«Балтполис», крупный страховщик, подал в суд на «Кредо». Страховщика возглавляет Олег Винник.";
        assert_eq!(posts(text, Lang::Ru), ["Балтполис, Олег Винник"]);
    }

    #[test]
    fn a_description_with_a_country_means_only_who_is_of_it() {
        let met = |text: &str| -> Vec<String> {
            let document = crate::facts::tests::document(text, Lang::En);
            let reading = crate::read(&document, &Kit::bundled());
            let facts = reading.facts.iter();
            let owners = facts.filter(|f| f.kind == crate::FactKind::Ownership);
            let first = owners.map(|f| reading.referent_of[f.participants[0].mention.at()]);
            first
                .map(|r| reading.referents[r.at()].name.clone())
                .collect()
        };
        let beside =
            "Rodion Vasilenkov, a Russian businessman, met the banker Gordon Halvorsen in Muscat.";
        let russian = met(&format!(
            "{beside} The Russian businessman owns Pomor Lines."
        ));
        assert_eq!(russian, ["Rodion Vasilenkov"]);
        let swiss = met(&format!("{beside} The Swiss businessman owns Pomor Lines."));
        assert_eq!(swiss, ["Swiss businessman"]);
    }
}
