//! What holds for whatever comes in: nothing panics, blocks stand in order on characters, and
//! every visible character of a plain text is in a block.

use madar_open::{Given, open, open_all, parse_stamp};
use madar_text::{Document, is_invisible};
use proptest::prelude::*;

fn origin(extension: &str) -> Given {
    Given {
        origin: Some(format!("a.{extension}")),
        ..Given::default()
    }
}

fn visible(c: char) -> bool {
    !c.is_whitespace() && !is_invisible(c)
}

/// Blocks are trimmed, not empty, in order, apart, and on characters.
fn check_blocks(document: &Document) {
    let mut last = 0;
    for block in &document.blocks {
        assert!(block.span.start >= last, "blocks overlap");
        assert!(!block.span.is_empty());
        assert_eq!(block.span, block.span.trim(&document.text));
        last = block.span.end;
    }
}

fn check_cover(document: &Document) {
    let held = document.blocks.iter().map(|b| b.span.of(&document.text));
    let held: usize = held
        .map(|text| text.chars().filter(|&c| visible(c)).count())
        .sum();
    let all = document.text.chars().filter(|&c| visible(c)).count();
    assert_eq!(held, all, "a visible character is in no block");
}

/// Lines as pages have them, in any order.
fn line() -> impl Strategy<Value = String> {
    const LINES: [&str; 34] = [
        "",
        " ",
        "اقرأ أيضاً",
        "تصنيفات",
        "دبي - الشرق",
        "دبي -الشرق",
        "صفقة الميناء تثير خلافاً بين الشركاء",
        "وقال الوزير إن البيع لن يتم قبل الخريف، وإن الوزارة تدرس ثلاثة عروض مختلفة قدمتها شركات.",
        "وزير النقل خلال جولة في الميناء. 12 مايو 2025 - Reuters",
        "بيروت، 6 آذار/مارس 2025",
        "Read more",
        "Tags: a, b",
        "Harbour sale splits partners",
        "LONDON, March 4, 2025 (Reuters) -",
        "By Ann Lee",
        "The partners met in the capital on Monday to discuss the sale of the harbour. They failed.",
        "Читайте также",
        "МОСКВА, 14 января. /ТАСС/",
        "Министр сообщил, что сделка завершится осенью.",
        "— Что дальше?",
        "• item",
        "12. item",
        "> quoted",
        "# heading",
        "- ",
        "***",
        "1",
        "\u{200F}\u{202B}",
        "\u{200F}نص\u{200F}",
        "\"",
        "(",
        ": : :",
        "© 2025",
        "https://a.example/b",
    ];
    prop_oneof![
        4 => prop::sample::select(LINES.as_slice()).prop_map(str::to_owned),
        1 => "\\PC{0,60}",
        1 => "[\\p{Arabic}\\p{Cyrillic}a-zA-Z0-9 .:,()/«»\"—-]{0,80}",
    ]
}

fn tag() -> impl Strategy<Value = String> {
    const PARTS: [&str; 36] = [
        "<p>",
        "</p>",
        "<div class='article'>",
        "</div>",
        "<article>",
        "</article>",
        "<h1>",
        "</h1>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<td>",
        "</table>",
        "<blockquote>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<a href='x'>",
        "</a>",
        "<br>",
        "<script>",
        "</script>",
        "<style>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<svg>",
        "<select>",
        "<p a=\"",
        "\">",
        "<",
        ">",
        "&amp;",
        "&#x0;",
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":1}</script>",
    ];
    prop_oneof![
        3 => prop::sample::select(PARTS.as_slice()).prop_map(str::to_owned),
        2 => line(),
    ]
}

/// Pieces of what wikis are written in.
fn markup() -> impl Strategy<Value = String> {
    const PARTS: [&str; 30] = [
        "{{",
        "}}",
        "{{{",
        "[[",
        "]]",
        "|",
        "||",
        "!!",
        "[https://a.example ",
        "]",
        "{|",
        "|-",
        "|+",
        "|}",
        "!",
        "\n",
        "== ",
        " ==",
        "* ",
        "'''",
        "<ref>",
        "</ref>",
        "<ref name=a />",
        "<nowiki>",
        "</nowiki>",
        "<!--",
        "-->",
        "&nbsp;",
        "Файл:",
        "__TOC__",
    ];
    prop_oneof![
        3 => prop::sample::select(PARTS.as_slice()).prop_map(str::to_owned),
        2 => line(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_open_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for extension in ["txt", "html", "md"] {
            if let Ok(document) = open(&bytes, &origin(extension)) {
                check_blocks(&document);
            }
        }
    }

    #[test]
    fn every_visible_character_is_in_a_block(lines in prop::collection::vec(line(), 0..40)) {
        let ends = ["\n", "\r\n", "\n\n"];
        for end in ends {
            if let Ok(document) = open(lines.join(end).as_bytes(), &Given::default()) {
                check_blocks(&document);
                check_cover(&document);
            }
        }
    }

    #[test]
    fn the_same_bytes_give_the_same_document(lines in prop::collection::vec(line(), 0..20)) {
        let text = lines.join("\n");
        let once = open(text.as_bytes(), &Given::default());
        prop_assert_eq!(once, open(text.as_bytes(), &Given::default()));
    }

    #[test]
    fn pages_of_any_tags_open(parts in prop::collection::vec(tag(), 0..60)) {
        let page = format!("<html>{}", parts.concat());
        if let Ok(document) = open(page.as_bytes(), &Given::default()) {
            check_blocks(&document);
            check_cover(&document);
        }
        if let Ok(document) = open(parts.concat().as_bytes(), &origin("md")) {
            check_blocks(&document);
            check_cover(&document);
        }
    }

    #[test]
    fn wikis_of_any_markup_open(parts in prop::collection::vec(markup(), 0..60)) {
        let text = parts.concat().replace('&', "&amp;").replace('<', "&lt;");
        let revision = format!("<revision><text>{text}</text></revision>");
        let wiki = format!("<mediawiki><page><title>Порт</title>{revision}</page></mediawiki>");
        for document in open_all(wiki.as_bytes(), &Given::default()) {
            let document = document.expect("a title is a text");
            check_blocks(&document);
            check_cover(&document);
        }
    }

    #[test]
    fn any_stamp_is_read_or_refused(text in "\\PC{0,40}") {
        let _ = parse_stamp(&text);
    }
}
