//! Wikis as MediaWiki exports them (`<mediawiki><page><revision><text>`): each page a document by its latest revision.
//! What the markup of wikis hides is `wikitext`'s business. *Redirects, and pages that are programs and not texts
//! (templates, modules, messages), are left out.*

use std::io::BufRead;

use madar_text::{Document, Metadata, Published, PublishedBasis, Stamp};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::decode;
use crate::lists::resolved;
use crate::open::document_of;
use crate::zipped::MAX_MEMBERS;
use crate::{Given, OpenError, parse_stamp, wikitext};

/// Bytes of a page's text at most: the largest that MediaWiki saves has 2 MB.
const MOST_TEXT: usize = 4 << 20;
/// Elements within elements; deeper ones are read past.
const MAX_DEPTH: usize = 16;
/// Bytes of the head in which the first element stands.
const HEAD: usize = 1_024;
/// Namespaces whose pages are programs: messages, templates, modules, gadgets and their definitions.
const PROGRAMS: [&str; 5] = ["8", "10", "828", "2300", "2302"];
/// What the text of a page is written in where it is a text.
const WIKITEXT: &str = "wikitext";

/// Whether the bytes begin as an export does.
pub(crate) fn is_export(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let head = head.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace());
    head.starts_with("<mediawiki") || head.starts_with("<?xml") && head.contains("<mediawiki")
}

/// A document to a page, in their order.
pub(crate) fn read(bytes: &[u8], given: &Given) -> Vec<Result<Document, OpenError>> {
    let text = decode::decode(bytes).text;
    let mut out = Vec::new();
    let read = each(text.as_bytes(), &mut || (), &mut |page, site| {
        out.push(document(&page, site, given));
        out.len() < MAX_MEMBERS
    });
    if let Err(reason) = read {
        out.push(Err(packed(given, reason)));
    } else if out.len() == MAX_MEMBERS {
        let reason = format!("the wiki has more than {MAX_MEMBERS} pages: the rest is not read");
        out.push(Err(packed(given, reason)));
    }
    if out.is_empty() {
        out.push(Err(packed(given, NO_PAGE.to_owned())));
    }
    out
}

/// Why a wiki gave nothing.
pub(crate) const NO_PAGE: &str = "no page of the wiki has a text";

/// Hands over page by page those that are texts, until `put` wants no more; memory holds one. `done` is told where a revision
/// or a page has ended.
///
/// # Errors
/// In words, when the XML is broken; what stood before it was handed over.
pub(crate) fn each(
    from: impl BufRead,
    done: &mut dyn FnMut(),
    put: &mut dyn FnMut(Page, &Site) -> bool,
) -> Result<(), String> {
    let mut reader = Reader::from_reader(from);
    reader.config_mut().check_end_names = false;
    let mut export = Export::default();
    let mut held = Vec::new();
    loop {
        held.clear();
        let event = reader.read_event_into(&mut held);
        match event.map_err(|error| format!("it is damaged, what follows is not read: {error}"))? {
            Event::Eof => return Ok(()),
            Event::Start(start) => export.start(start.local_name().as_ref()),
            Event::Empty(start) => {
                export.start(start.local_name().as_ref());
                export.end();
            }
            Event::End(end) => {
                let page = export.end().filter(Page::is_text);
                if page.is_some_and(|page| !put(page, &export.site)) {
                    return Ok(());
                }
                if matches!(end.local_name().as_ref(), b"revision" | b"page") {
                    done();
                }
            }
            Event::Text(text) => export.say(&String::from_utf8_lossy(&text)),
            Event::CData(text) => export.say(&String::from_utf8_lossy(&text)),
            Event::GeneralRef(entity) => export.say(&resolved(&entity)),
            _ => {}
        }
    }
}

fn packed(given: &Given, reason: String) -> OpenError {
    let name = given.name();
    OpenError::Packed { name, reason }
}

/// What the export says of the wiki.
#[derive(Clone, Default)]
pub(crate) struct Site {
    name: String,
    /// The address of its main page.
    base: String,
}

#[derive(Default)]
pub(crate) struct Page {
    title: String,
    namespace: String,
    redirects: bool,
    latest: Revision,
}

#[derive(Default)]
struct Revision {
    /// As written: `2025-03-04T06:00:00Z`, in the order of time.
    timestamp: String,
    model: String,
    text: String,
    /// Whether some of its text was left out.
    cut: bool,
}

impl Page {
    fn is_text(&self) -> bool {
        let model = &self.latest.model;
        let written = model.is_empty() || model == WIKITEXT;
        written && !self.redirects && !PROGRAMS.contains(&self.namespace.trim())
    }
}

#[derive(Default)]
struct Export {
    site: Site,
    /// Names of the open elements.
    open: Vec<&'static str>,
    depth: usize,
    page: Page,
    revision: Revision,
}

/// The elements that something is read of; others have no name.
const ELEMENTS: [&str; 10] = [
    "sitename",
    "base",
    "page",
    "title",
    "ns",
    "redirect",
    "revision",
    "timestamp",
    "model",
    "text",
];

impl Export {
    fn start(&mut self, name: &[u8]) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return;
        }
        let known = ELEMENTS.iter().find(|known| known.as_bytes() == name);
        let name = known.copied().unwrap_or_default();
        match name {
            "page" => self.page = Page::default(),
            "revision" => self.revision = Revision::default(),
            "redirect" => self.page.redirects = true,
            _ => {}
        }
        self.open.push(name);
    }

    /// The page that ends, if one does.
    fn end(&mut self) -> Option<Page> {
        let named = self.depth <= MAX_DEPTH;
        self.depth = self.depth.saturating_sub(1);
        if !named {
            return None;
        }
        match self.open.pop()? {
            "revision" => {
                let revision = std::mem::take(&mut self.revision);
                // of two of one moment the later in the file
                if revision.timestamp.trim() >= self.page.latest.timestamp.trim() {
                    self.page.latest = revision;
                }
                None
            }
            "page" => Some(std::mem::take(&mut self.page)),
            _ => None,
        }
    }

    fn say(&mut self, words: &str) {
        let [.., within, name] = self.open[..] else {
            return;
        };
        let field = match (within, name) {
            (_, "sitename") => &mut self.site.name,
            (_, "base") => &mut self.site.base,
            ("page", "title") => &mut self.page.title,
            ("page", "ns") => &mut self.page.namespace,
            ("revision", "timestamp") => &mut self.revision.timestamp,
            ("revision", "model") => &mut self.revision.model,
            ("revision", "text") => &mut self.revision.text,
            _ => return,
        };
        match field.len() + words.len() <= MOST_TEXT {
            true => field.push_str(words),
            false => self.revision.cut = true,
        }
    }
}

pub(crate) fn document(page: &Page, site: &Site, given: &Given) -> Result<Document, OpenError> {
    let (title, revision) = (page.title.trim(), &page.latest);
    let origin = given.origin.as_deref().unwrap_or("-");
    let given = Given {
        origin: Some(format!("{origin} › {title}")),
        ..given.clone()
    };
    let laid = wikitext::lay(title, &revision.text);
    let stamp: Option<Stamp> = parse_stamp(revision.timestamp.trim());
    let stated = Metadata {
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        publisher: Some(site.name.trim().to_owned()).filter(|name| !name.is_empty()),
        published: stamp.map(|stamp| Published {
            stamp,
            basis: PublishedBasis::Metadata,
        }),
        address: address(site.base.trim(), title),
        ..Metadata::default()
    };
    let bytes = [&page.title, &revision.timestamp, &revision.text].map(String::as_str);
    let cut = revision
        .cut
        .then(|| format!("more than {MOST_TEXT} bytes of text: the rest of the page is not read"));
    let warnings = cut.into_iter().collect();
    document_of(bytes.join("\n").as_bytes(), laid, stated, &given, warnings)
}

/// Where the page lies, by the address of the wiki's main page.
fn address(base: &str, title: &str) -> Option<String> {
    let folder = base.get(..=base.rfind(['/', '='])?)?;
    if !folder.starts_with("http") || title.is_empty() {
        return None;
    }
    let mut out = folder.to_owned();
    for byte in title.replace(' ', "_").bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-_.~:/()!,'".contains(&b) => out.push(b.into()),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open_all;
    use madar_text::BlockKind;

    const EXPORT: &str = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="ru">
  <siteinfo><sitename>Портовая вики</sitename><base>https://wiki.port.example/wiki/Main_Page</base></siteinfo>
  <page><title>Карпин, Олег</title><ns>0</ns>
    <revision><timestamp>2025-03-04T06:00:00Z</timestamp><model>wikitext</model>
      <text>'''Олег Карпин''' возглавляет [[Морбанк|«Морбанк»]].&lt;ref&gt;Отчёт, 2024&lt;/ref&gt;
{{Персона|имя={{lang|ru|Олег}}}}
== Связи ==
* Знаком с [[Ясин, Антон]]ом.
[[Категория:Банкиры]]</text></revision>
    <revision><timestamp>2024-01-01T00:00:00Z</timestamp><text>Старый текст.</text></revision>
  </page>
  <page><title>ميناء الجنوب</title><ns>0</ns><revision><timestamp>2025-03-05T00:00:00Z</timestamp>
    <text>يملك '''ميناء الجنوب''' [[بنك البحر|البنك]].</text></revision></page>
  <page><title>South Port</title><ns>0</ns><redirect title="ميناء الجنوب" /><revision><text>#REDIRECT [[ميناء الجنوب]]</text></revision></page>
  <page><title>Шаблон:Персона</title><ns>10</ns><revision><text>{{{имя}}} is a person of note.</text></revision></page>
</mediawiki>"#;

    fn opened(export: &str) -> Vec<Result<Document, OpenError>> {
        let given = Given {
            origin: Some("dump.xml".to_owned()),
            ..Given::default()
        };
        open_all(export.as_bytes(), &given)
    }

    #[test]
    fn each_page_is_a_document_by_its_latest_revision() {
        let pages: Vec<Document> = opened(EXPORT).into_iter().map(Result::unwrap).collect();
        let [karpin, port] = &pages[..] else {
            panic!("{pages:?}");
        };
        let told: Vec<_> = karpin
            .blocks
            .iter()
            .map(|block| (block.kind, block.span.of(&karpin.text)))
            .collect();
        use BlockKind::*;
        assert_eq!(
            told,
            [
                (Title, "Карпин, Олег"),
                (Paragraph, "Олег Карпин возглавляет «Морбанк»."),
                (Heading, "Связи"),
                (ListItem, "Знаком с Ясин, Антоном."),
            ]
        );
        let meta = &karpin.meta;
        assert_eq!(meta.publisher.as_deref(), Some("Портовая вики"));
        assert_eq!(meta.origin.as_deref(), Some("dump.xml › Карпин, Олег"));
        let day = meta.published.as_ref().map(|p| p.stamp.day.to_string());
        assert_eq!(day.as_deref(), Some("2025-03-04"));
        let address = "https://wiki.port.example/wiki/%D0%9A%D0%B0%D1%80%D0%BF%D0%B8%D0%BD,_%D0%9E%D0%BB%D0%B5%D0%B3";
        assert_eq!(meta.address.as_deref(), Some(address));
        assert!(
            port.text.contains("يملك ميناء الجنوب البنك."),
            "{}",
            port.text
        );
    }

    #[test]
    fn a_page_without_words_fails_alone() {
        let export = EXPORT.replace("يملك '''ميناء الجنوب''' [[بنك البحر|البنك]].", "{{empty}}");
        let export = export.replace("ميناء الجنوب</title>", "77</title>");
        let pages = opened(&export);
        assert!(pages[0].is_ok() && pages[1].is_err(), "{pages:?}");
    }

    #[test]
    fn what_is_cut_short_or_nested_deep_is_read_as_far_as_it_goes() {
        let half = &EXPORT[..EXPORT.find("ميناء").unwrap()];
        assert!(opened(half)[0].is_ok());
        let deep = "<a>".repeat(100_000);
        let bomb = EXPORT.replace("</siteinfo>", &format!("{deep}</siteinfo>"));
        opened(&bomb);
    }
}
