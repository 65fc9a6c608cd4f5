//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): one to a telling, on its passage.
//! Their positions count code points, as that standard asks.

use std::collections::BTreeMap;
use std::io::{self, Write};

use madar_case::answer::{DocumentLine, Line, Telling};
use madar_case::{Tongue, Whole};
use madar_text::DocumentId;
use serde_json::{Value, json};

use super::tables::chain;

/// Code points of context on each side of a quote, so that it is found again in a changed page.
const CONTEXT: usize = 32;

pub(super) fn page(whole: &Whole, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let documents: BTreeMap<DocumentId, &DocumentLine> = whole
        .documents
        .iter()
        .map(|line| (line.source.id, line))
        .collect();
    let mut items = Vec::new();
    for line in &whole.lines {
        for telling in &line.tellings {
            let id = telling.passage.source.id;
            if let Some(text) = whole.texts.get(&id) {
                items.push(annotation(
                    line,
                    telling,
                    documents.get(&id).copied(),
                    text,
                    tongue,
                ));
            }
        }
    }
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:madar:annotations",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    });
    serde_json::to_writer_pretty(&mut *out, &page)?;
    writeln!(out)
}

fn annotation(
    line: &Line,
    telling: &Telling,
    document: Option<&DocumentLine>,
    text: &str,
    tongue: Tongue,
) -> Value {
    let (start, end) = (
        telling.passage.span.start as usize,
        telling.passage.span.end as usize,
    );
    let from = text[..start].chars().count();
    let long = text[start..end].chars().count();
    // the text as Madar read it: positions in it are none in the page that it came from
    let read = format!("urn:blake3:{}", telling.passage.source.id.hex());
    let mut value = json!({
        "id": format!("urn:madar:fact:{}", telling.fact),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": tongue.code(),
                "value": line.sentence.to_string(),
            },
            {"type": "TextualBody", "purpose": "tagging", "value": line.kind.name()},
            {"type": "TextualBody", "purpose": "tagging", "value": telling.status.name()},
            {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": chain(&telling.chain)},
            {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": line.support.sentence},
            {"id": format!("urn:madar:claim:{}", line.claim), "purpose": "linking"},
        ],
        "target": {
            "source": read,
            "selector": [
                {"type": "TextPositionSelector", "start": from, "end": from + long},
                {
                    "type": "TextQuoteSelector",
                    "exact": &text[start..end],
                    "prefix": last(&text[..start]),
                    "suffix": text[end..].chars().take(CONTEXT).collect::<String>(),
                },
            ],
        },
    });
    if let Some(address) = document.and_then(|document| document.address.as_ref()) {
        value["target"]["scope"] = json!(address);
    }
    value
}

fn last(before: &str) -> &str {
    let from = before
        .char_indices()
        .rev()
        .nth(CONTEXT - 1)
        .map_or(0, |(at, _)| at);
    &before[from..]
}

#[cfg(test)]
mod tests {
    use super::last;

    #[test]
    fn context_is_counted_in_letters() {
        assert_eq!(last("قال"), "قال");
        assert_eq!(last(&"ب".repeat(40)).chars().count(), 32);
    }
}
