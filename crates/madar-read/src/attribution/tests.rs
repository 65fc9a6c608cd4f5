//! Helpers for tests of attribution, and the examples of the packs.
//!
//! In an example `[Clara Duval]` is a person, `[o:Reuters]` an outlet, `[b:..]` a body, `[d:..]` a
//! description of a person; `{S:..}`, `{Q:..}`, `{C:..}` are source, cue and content.

use std::sync::OnceLock;

use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span, language};

use crate::read::Surface;
use crate::reading::{Attribution, EntityKind, Mention, MentionForm, Publication};
use crate::{Kit, referents};

pub(crate) fn kit() -> &'static Kit {
    static KIT: OnceLock<Kit> = OnceLock::new();
    KIT.get_or_init(Kit::bundled)
}

pub(crate) fn document(paragraphs: &[&str]) -> Document {
    let blocks: Vec<(BlockKind, &str)> = paragraphs
        .iter()
        .map(|p| (BlockKind::Paragraph, *p))
        .collect();
    document_of(&blocks)
}

pub(crate) fn document_of(parts: &[(BlockKind, &str)]) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (kind, part) in parts {
        let start = text.len();
        text.push_str(part);
        blocks.push(Block {
            span: Span::from_range(start..text.len()),
            kind: *kind,
            lang: language(part),
            repeats: false,
        });
        text.push('\n');
    }
    Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text,
        blocks,
        warnings: Vec::new(),
    }
}

/// A marked text without its marks, its mentions, and the spans by letter.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) spans: Vec<(char, Span)>,
}

pub(crate) fn marked(source: &str) -> Marked {
    let mut out = Marked {
        text: String::new(),
        mentions: Vec::new(),
        spans: Vec::new(),
    };
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' => {
                let letter = chars.next().expect("a letter after {");
                assert_eq!(chars.next(), Some(':'), "{source}");
                open.push((letter, out.text.len()));
            }
            '[' => {
                let mut rest = chars.clone();
                let letter = rest.next().filter(|l| l.is_ascii_lowercase());
                let kind = letter.filter(|_| rest.next() == Some(':'));
                if kind.is_some() {
                    chars.nth(1);
                }
                open.push((kind.unwrap_or('p'), out.text.len()));
            }
            '}' | ']' => {
                let (letter, start) = open.pop().expect("a mark is open");
                let span = Span::from_range(start..out.text.len());
                if c == '}' {
                    out.spans.push((letter, span));
                } else {
                    out.mentions.push(mention(letter, span, span.of(&out.text)));
                }
            }
            c => out.text.push(c),
        }
    }
    out.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    out
}

fn mention(letter: char, span: Span, name: &str) -> Mention {
    let (kind, form) = match letter {
        'o' => (EntityKind::Organization, MentionForm::Name),
        'b' => (EntityKind::PublicBody, MentionForm::Name),
        'd' => (EntityKind::Person, MentionForm::Description),
        'l' => (EntityKind::Place, MentionForm::Name),
        _ => (EntityKind::Person, MentionForm::Name),
    };
    Mention {
        span,
        kind,
        form,
        lang: Lang::En,
        name: name.to_owned(),
        listed: (letter == 'o').then(|| format!("outlets/{}", madar_text::fold(name))),
        of: None,
        noun: None,
    }
}

/// Attributions of a document with the mentions given.
pub(crate) fn attributions_with(
    document: &Document,
    mentions: &[Mention],
    publication: Publication,
) -> (Vec<Attribution>, Publication) {
    let kit = kit();
    let sentences = crate::words::words(document, kit);
    let referents = referents::referents(document, &sentences, mentions, kit);
    let surface = Surface {
        document,
        sentences: &sentences,
        mentions,
        times: &[],
        amounts: &[],
        referents: &referents,
        kit,
    };
    super::attributions(&surface, publication)
}

/// Whether the marked triple is among those found.
fn check_example(source: &str) -> Result<(), String> {
    let marked = marked(source);
    let text = &marked.text;
    let document = document(&[text]);
    let (found, _) = attributions_with(&document, &marked.mentions, Publication::default());
    let want = |letter| {
        marked
            .spans
            .iter()
            .find(|(l, _)| *l == letter)
            .map(|(_, s)| *s)
    };
    let hit = found.iter().any(|a| {
        Some(a.source.span) == want('S') && a.cue == want('Q') && Some(a.content) == want('C')
    });
    if hit {
        return Ok(());
    }
    let shown: Vec<String> = found
        .iter()
        .map(|a| {
            format!(
                "source {:?} cue {:?} content {:?}",
                a.source.span.of(text),
                a.cue.map(|c| c.of(text)),
                a.content.of(text)
            )
        })
        .collect();
    Err(format!("{source}\n  found {shown:#?}"))
}

#[test]
fn examples_of_the_packs_hold() {
    let pack = &kit().cues;
    let mut wrong = Vec::new();
    for lang in Lang::READ {
        for example in &pack.of(lang).expect("a language that is read").examples {
            wrong.extend(check_example(example).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
