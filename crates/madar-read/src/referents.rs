//! Referents.
use crate::{Kit, Mention, Referent, ReferentId, words::Sentence};
use madar_text::Document;
pub(crate) struct Referents {
    pub(crate) list: Vec<Referent>,
    pub(crate) of: Vec<ReferentId>,
}
pub(crate) fn referents(_: &Document, _: &[Sentence], mentions: &[Mention], _: &Kit) -> Referents {
    let list = mentions
        .iter()
        .enumerate()
        .map(|(i, m)| Referent {
            kind: m.kind,
            mentions: vec![crate::MentionId::new(i)],
            name: m.name.clone(),
            named: true,
            listed: m.listed.clone(),
        })
        .collect();
    Referents {
        list,
        of: (0..mentions.len()).map(ReferentId::new).collect(),
    }
}
