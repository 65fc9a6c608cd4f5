//! Markdown: its text without the markup, its headings, lists, quotes and tables as pieces, and
//! what its front matter says.

use madar_text::{BlockKind, Metadata, Published, PublishedBasis};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::line::Laid;
use crate::parse_stamp;

/// Reads Markdown with tables and YAML front matter.
pub(crate) fn read(text: &str) -> (Laid, Metadata) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut walk = Walk::default();
    for event in Parser::new_ext(text, options) {
        walk.take(event);
    }
    walk.flush();
    (walk.laid, walk.meta)
}

#[derive(Default)]
struct Walk {
    laid: Laid,
    meta: Metadata,
    words: String,
    /// What the open elements make of their text, innermost last.
    hints: Vec<Option<BlockKind>>,
    titled: bool,
    in_front_matter: bool,
    skipped: usize,
}

impl Walk {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_front_matter => self.front_matter(&text),
            Event::Text(text) | Event::Code(text) if self.skipped == 0 => {
                self.words.push_str(&text);
            }
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.flush(),
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak | Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let outer = self.hints.last().copied().flatten();
        let hint = match tag {
            Tag::MetadataBlock(_) => {
                self.in_front_matter = true;
                None
            }
            Tag::HtmlBlock => {
                self.skipped += 1;
                None
            }
            Tag::Heading { level, .. } => Some(self.heading(*level)),
            Tag::BlockQuote(_) => Some(BlockKind::Quote),
            Tag::Item => outer.or(Some(BlockKind::ListItem)),
            Tag::TableCell => Some(BlockKind::Cell),
            Tag::Image { .. } => Some(BlockKind::Caption),
            Tag::Paragraph | Tag::CodeBlock(_) => outer,
            _ => return,
        };
        self.flush();
        self.hints.push(hint);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::MetadataBlock(_) => self.in_front_matter = false,
            TagEnd::HtmlBlock => self.skipped -= 1,
            TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::Image
            | TagEnd::Paragraph
            | TagEnd::CodeBlock => {}
            _ => return,
        }
        self.flush();
        self.hints.pop();
    }

    /// The first heading of the first level is the title.
    fn heading(&mut self, level: HeadingLevel) -> BlockKind {
        if level == HeadingLevel::H1 && !self.titled {
            self.titled = true;
            return BlockKind::Title;
        }
        BlockKind::Heading
    }

    fn flush(&mut self) {
        let hint = self.hints.last().copied().flatten();
        self.laid.push(&std::mem::take(&mut self.words), hint);
    }

    /// `title: …`, `author: …`, `date: …`, `publisher: …`, `url: …`, one to a line.
    fn front_matter(&mut self, text: &str) {
        for line in text.lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            if value.is_empty() {
                continue;
            }
            match key.trim().to_ascii_lowercase().as_str() {
                "title" => self.meta.title = Some(value),
                "author" => self.meta.author = Some(value),
                "publisher" | "source" | "site" => self.meta.publisher = Some(value),
                "url" | "address" | "link" => self.meta.address = Some(value),
                "date" | "published" => {
                    let basis = PublishedBasis::Metadata;
                    self.meta.published =
                        parse_stamp(&value).map(|stamp| Published { stamp, basis });
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_its_meaning_stays() {
        let text = "---\ntitle: Harbour sold\ndate: 2025-03-04\npublisher: \"Harbour Times\"\n---\n\n\
            # Harbour **sold**\n\nThe [harbour](https://harbour.example) was\nsold on *Monday*.\n\n\
            - half of it\n- the crane\n\n> Nobody asked us.\n\n## What next\n\n| who | how much |\n|---|---|\n| bank | 40 |\n\n![The harbour](a.png)\n";
        let (laid, meta) = read(text);
        let told: Vec<_> = laid
            .pieces
            .iter()
            .map(|p| (p.hint, p.span.of(&laid.text)))
            .collect();
        use BlockKind::*;
        assert_eq!(
            told,
            [
                (Some(Title), "Harbour sold"),
                (None, "The harbour was sold on Monday."),
                (Some(ListItem), "half of it"),
                (Some(ListItem), "the crane"),
                (Some(Quote), "Nobody asked us."),
                (Some(Heading), "What next"),
                (Some(Cell), "who"),
                (Some(Cell), "how much"),
                (Some(Cell), "bank"),
                (Some(Cell), "40"),
                (Some(Caption), "The harbour"),
            ]
        );
        assert_eq!(meta.publisher.as_deref(), Some("Harbour Times"));
        assert!(meta.published.is_some());
    }
}
