//! Who is named before a colon at the head of a title or of a turn of speech: `Песков: переговоры идут`,
//! `ترامب: سنبني الجدار`, *Report: port sold twice*.

use madar_text::BlockKind;

use super::super::pack::{Frame, Head};
use super::super::scene::{Hit, Scene};
use super::super::source::pick;
use super::{Content, Draft, blank_of};
use crate::reading::{EntityKind, SourceKind, Stance};

/// Words before the colon at most: a name with its title.
const HEAD: usize = 7;

pub(super) fn headed(scene: &Scene<'_>) -> Option<Draft> {
    let colon =
        (1..scene.len().min(HEAD + 1)).find(|&w| scene.is_punct(w) && scene.text(w) == ":")?;
    let clean = !(0..colon).any(|w| {
        scene.is_punct(w) && !matches!(scene.text(w), "-" | "\"" | "«" | "»" | "." | "“" | "”")
    });
    let said = scene.hits.iter().any(|h| h.from < colon);
    if !clean || said || scene.len() < colon + 3 {
        return None;
    }
    let source = pick(scene, 0, colon)?;
    let kind = source.mention.map(|id| scene.mention(id).kind);
    let title = scene.surface.document.blocks[scene.sentence.block].kind == BlockKind::Title;
    let named = match kind {
        Some(EntityKind::Person) => source.to == colon,
        // "LONDON: …" is a dateline, "Volgomor: a history" a heading
        Some(kind) => {
            title && (kind == EntityKind::PublicBody || source.kind == SourceKind::Outlet)
        }
        None => {
            title
                && (0..colon).any(|w| {
                    matches!(
                        scene.head(w),
                        Some(Head::Anonymous | Head::Paper | Head::Outlet)
                    )
                })
        }
    };
    let starts = source.from <= 4;
    if !named || !starts {
        return None;
    }
    scene.trim(colon + 1, scene.len())?;
    let hit = Hit {
        from: colon,
        to: colon + 1,
        cue: 0,
    };
    let mut draft = blank_of(hit, Frame::Verb, Stance::Says);
    draft.source = Some(source);
    draft.content = Content::Words(colon + 1, scene.len());
    draft.head = 0;
    Some(draft)
}
