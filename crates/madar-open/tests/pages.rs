//! Saved pages and hostile ones: each fixture is written here as sites write theirs.

use std::time::{Duration, Instant};

use madar_open::{Given, open, parse_stamp};
use madar_text::{Document, Lang, PublishedBasis};

fn opened(html: &str) -> Document {
    open(html.as_bytes(), &Given::default()).expect("a page opens")
}

fn told(document: &Document) -> Vec<String> {
    let shown = document.blocks.iter().map(|block| {
        let again = if block.repeats { " again" } else { "" };
        format!(
            "{}{again}: {}",
            block.kind.name(),
            block.span.of(&document.text)
        )
    });
    shown.collect()
}

#[track_caller]
fn check(html: &str, expected: &[&str]) -> Document {
    let document = opened(html);
    assert_eq!(told(&document), expected);
    document
}

const JSON_LD: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Harbour sale splits partners | Harbour Times</title>
<link rel="canonical" href="https://www.harbourtimes.example/2025/03/sale">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},
{"@type":"NewsArticle","headline":"Harbour sale splits partners","datePublished":"2025-03-04T08:15:00+00:00",
"author":{"@type":"Person","name":"Ann Lee"},"publisher":{"@type":"Organization","name":"Harbour Times"}}]}</script>
<style>p { color: red }</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Harbour sale splits partners</h1>
<figure><img src="a.jpg"><figcaption>The harbour at dusk on Monday. Photo: Bo Kim</figcaption></figure>
<p>The four partners of the new harbour met in the capital on Monday to discuss its sale, after the bank withdrew its loan.</p>
<p>The minister, Salim Haddad, said the sale would not be closed before <strong>autumn</strong>, and that three offers were being studied.</p>
<h2>A late bid</h2>
<p>A company from abroad made an offer of 40 million dollars on Friday, according to two people in the ministry who know the talks.</p>
<blockquote><p>Nobody asked the dockers what they think of this sale, and nobody will.</p></blockquote>
<ul><li>Half of the harbour goes to the buyer in the first year.</li><li>The crane stays with the city for another ten years.</li></ul>
<p>The bank did not reply to a request for comment, and the ministry declined to say when the board will vote.</p>
</article><aside><h3>Most read</h3><ul><li><a href="/x">Dockers go on strike</a></li></ul></aside></main>
<footer>© 2025 Harbour Times</footer><script>track()</script></body></html>"#;

#[test]
fn a_page_with_json_ld() {
    let document = check(
        JSON_LD,
        &[
            "title: Harbour sale splits partners",
            "caption: The harbour at dusk on Monday. Photo: Bo Kim",
            "paragraph: The four partners of the new harbour met in the capital on Monday to discuss its sale, after the bank withdrew its loan.",
            "paragraph: The minister, Salim Haddad, said the sale would not be closed before autumn, and that three offers were being studied.",
            "heading: A late bid",
            "paragraph: A company from abroad made an offer of 40 million dollars on Friday, according to two people in the ministry who know the talks.",
            "quote: Nobody asked the dockers what they think of this sale, and nobody will.",
            "list item: Half of the harbour goes to the buyer in the first year.",
            "list item: The crane stays with the city for another ten years.",
            "paragraph: The bank did not reply to a request for comment, and the ministry declined to say when the board will vote.",
        ],
    );
    let meta = document.meta;
    assert_eq!(meta.title.as_deref(), Some("Harbour sale splits partners"));
    assert_eq!(meta.publisher.as_deref(), Some("Harbour Times"));
    assert_eq!(meta.author.as_deref(), Some("Ann Lee"));
    assert_eq!(
        meta.address.as_deref(),
        Some("https://www.harbourtimes.example/2025/03/sale")
    );
    let published = meta.published.expect("a date");
    assert_eq!(Some(published.stamp), parse_stamp("2025-03-04T08:15:00Z"));
    assert_eq!(published.basis, PublishedBasis::Metadata);
}

#[test]
fn what_the_user_says_comes_first() {
    let given = Given {
        publisher: Some("Bay Post".to_owned()),
        published: parse_stamp("2025-03-05"),
        origin: Some("a.html".to_owned()),
    };
    let meta = open(JSON_LD.as_bytes(), &given).expect("a page").meta;
    assert_eq!(meta.publisher.as_deref(), Some("Bay Post"));
    assert_eq!(meta.published.expect("a date").basis, PublishedBasis::Given);
    assert_eq!(meta.origin.as_deref(), Some("a.html"));
}

#[test]
fn an_arabic_page_with_boxes_and_doubled_captions() {
    let html = r#"<html lang="ar" dir="rtl"><head><meta charset="utf-8">
<meta property="og:title" content="صفقة الميناء تثير خلافاً بين الشركاء"><meta property="og:site_name" content="الساحل نيوز">
<meta property="article:published_time" content="2025-12-02T10:30:00+03:00"></head><body>
<div class="menu"><a href="/">الرئيسية</a> <a href="/e">اقتصاد</a></div>
<div class="story"><h1>صفقة الميناء تثير خلافاً بين الشركاء</h1>
<div class="pic"><img src="a.jpg" alt="x"><p>وزير النقل سليم حداد خلال جولة في الميناء الجديد بالعاصمة. 12 مايو 2025 - Reuters</p>
<p>وزير النقل سليم حداد خلال جولة في الميناء الجديد بالعاصمة. 12 مايو 2025 - Reuters</p></div>
<p>دبي - الساحل</p>
<p>اجتمع أربعة من الشركاء في العاصمة، الأسبوع الماضي، لبحث مستقبل الميناء الجديد بعد انسحاب المصرف الممول، بحسب مصادر مطلعة على المحادثات.</p>
<p>وقال سليم حداد إن البيع لن يتم قبل الخريف، وإن الوزارة تدرس ثلاثة عروض مختلفة قدمتها شركات من الخارج، من دون أن يسميها.</p>
<h3>عرض مفاجئ</h3>
<p>وتقدمت شركة من الخارج بعرض جديد بقيمة 40 مليون دولار، بحسب مصدرين في الوزارة تحدثا شريطة عدم ذكر اسميهما.</p>
<div class="box"><p>اقرأ أيضاً</p><p><a href="/s">إضراب عمال الأرصفة.. النقابة ترفض "شروط الإدارة" والمفاوضات مستمرة</a></p>
<p>قالت نقابة عمال الأرصفة إن شروط الإدارة لا تلبي مطالب العمال، فيما تستمر المفاوضات بين الجانبين.</p></div>
<p>كما طلبت الشركة ضمانات من الحكومة قبل توقيع العقد النهائي، وفق المصدرين، وهو ما لم تعلق عليه الوزارة حتى الآن.</p>
</div></body></html>"#;
    let document = opened(html);
    let told = told(&document);
    assert_eq!(told[0], "title: صفقة الميناء تثير خلافاً بين الشركاء");
    let captions: Vec<&String> = told.iter().filter(|t| t.starts_with("caption")).collect();
    assert_eq!(captions.len(), 2, "{told:#?}");
    assert!(captions[1].starts_with("caption again: "));
    assert!(
        told.contains(&"dateline: دبي - الساحل".to_owned()),
        "{told:#?}"
    );
    assert!(told.contains(&"heading: عرض مفاجئ".to_owned()));
    let body = told.iter().filter(|t| t.starts_with("paragraph: "));
    assert_eq!(body.count(), 4, "{told:#?}");
    assert!(document.blocks.iter().all(|b| b.lang == Lang::Ar));
    assert_eq!(document.meta.publisher.as_deref(), Some("الساحل نيوز"));
}

#[test]
fn a_russian_page_in_windows_1251() {
    let html = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">\
        <title>Порт продали иностранцам - Вестник Камы</title><meta property=\"og:url\" content=\"https://vestnik.example/port\"></head>\
        <body><table><tr><td><h1>Порт продали иностранцам</h1><p>ПЕРМЬ, 4 июня 2025 года. /ТАСС/</p>\
        <p>Долю в новом порту купила иностранная компания, сообщил во вторник министр транспорта. По его словам, сделка завершится осенью.</p>\
        <p>Сумма сделки не раскрывается, однако два источника в министерстве оценили ее в сорок миллионов долларов, включая долги порта.</p>\
        <p>Читайте также: <a href=\"/d\">Докеры продолжат забастовку</a></p>\
        <p>Банк на запрос газеты не ответил, а в компании от комментариев отказались до завершения сделки с министерством.</p></td></tr></table></body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(html);
    let document = open(&bytes, &Given::default()).expect("a page");
    assert_eq!(
        told(&document),
        [
            "title: Порт продали иностранцам",
            "dateline: ПЕРМЬ, 4 июня 2025 года. /ТАСС/",
            "paragraph: Долю в новом порту купила иностранная компания, сообщил во вторник министр транспорта. По его словам, сделка завершится осенью.",
            "paragraph: Сумма сделки не раскрывается, однако два источника в министерстве оценили ее в сорок миллионов долларов, включая долги порта.",
            "furniture: Читайте также: Докеры продолжат забастовку",
            "paragraph: Банк на запрос газеты не ответил, а в компании от комментариев отказались до завершения сделки с министерством.",
        ]
    );
    assert_eq!(document.meta.publisher.as_deref(), Some("vestnik.example"));
    assert!(document.warnings.is_empty());
    let published = document.meta.published.expect("a date");
    assert_eq!(published.stamp.day.to_string(), "2025-06-04");
}

#[test]
fn a_page_without_an_article_gives_its_text() {
    check(
        "<html><body><h1>Port notice</h1><div>The port is closed on Monday.<br>It opens on Tuesday.</div></body></html>",
        &[
            "title: Port notice",
            "paragraph: The port is closed on Monday.",
            "paragraph: It opens on Tuesday.",
        ],
    );
    assert!(
        open(
            b"<html><body><script>x()</script></body></html>",
            &Given::default()
        )
        .is_err()
    );
}

/// Pages made to break or to stall a parser; each must come out in a few seconds.
#[test]
fn hostile_pages_neither_crash_nor_hang() {
    let many = |part: &str| part.repeat(60_000);
    let words = "<p>The port was sold on Monday, the ministry said.</p>";
    let hostile = [
        format!("<html>{}{words}{}", many("<div>"), many("</div>")),
        format!("<html>{}{words}", many("<b><i>")),
        format!("<html>{}{words}", many("<span><div></span>")),
        format!("<html>{}{words}", many("<table><tr><td><div>")),
        format!("<html>{}{words}", many("<a href=x><p>")),
        format!("<html>{}{words}", many("<ul><li>")),
        format!("<html>{}{words}", many("<li>")),
        format!("<html>{}{words}", many("<p>x")),
        format!("<html>{}{words}", many("<blockquote><p>x")),
        format!("<html>{}{words}", many("<button>")),
        format!("<html>{}{words}", many("<svg><math>")),
        format!("<html>{}{words}", many("</p></br>")),
        format!("<html>{words}{}", many("<p class=\"")),
        format!("<html>{words}{}", many("<!--")),
        format!("<html>{words}{}", many("<")),
        format!("<html>{words}<div {}>x</div>", many("a=b ")),
        format!("<html>{words}<div class='{}'>x</div>", many("article ")),
        format!("<html>{words}<script>{}", many("</scrip")),
        format!("<html>{words}{}", many("<select><option>")),
        format!("<html>{words}{}", many("<form><input>")),
        format!("<html>{words}{}", many("<h1>x</h2>")),
        format!(
            "<html>{words}<script type='application/ld+json'>{}</script>",
            many("[")
        ),
        format!("<html>{words}{}", many("<frameset></body></html>")),
        format!("<html>{words}{}", many("<x-y-z>")),
    ];
    for html in &hostile {
        let start = Instant::now();
        let document = opened(html);
        assert!(document.text.contains("sold"), "{}", &html[..60]);
        let took = start.elapsed();
        eprintln!("{took:?}: {}", html.chars().take(80).collect::<String>());
        assert!(took < Duration::from_secs(20), "{took:?}: {}", &html[..60]);
    }
}

/// Texts made to stall the finding of heads and boxes.
#[test]
fn hostile_texts_do_not_hang() {
    let many = |part: &str| part.repeat(100_000);
    let words = "The port was sold on Monday, the ministry said.\n";
    let hostile = [
        format!("{}{words}", many("port of five words here\n")),
        format!("{}{words}", many("port\n")),
        format!("{}{words}", many("Read more\n")),
        format!(
            "{}{words}",
            many("Read more\nDockers reject the offer of the bank again\n")
        ),
        format!("{}{words}", many("Tags\nport\n")),
        format!("{}{words}", many("OSLO, May 5, 2025\n")),
        format!("{words}{}", many("Advertisement\nport\n")),
        format!("{words}{}", many("port. ")),
        format!("{words}{}", many("2025 May 5 ")),
        format!("{words}{}", many("(port - ")),
    ];
    for text in &hostile {
        let start = Instant::now();
        let document = open(text.as_bytes(), &Given::default()).expect("a text opens");
        assert!(document.text.contains("sold"));
        let took = start.elapsed();
        eprintln!("{took:?}: {}", &text[..30]);
        assert!(took < Duration::from_secs(20), "{took:?}: {}", &text[..30]);
    }
    let markdown = Given {
        origin: Some("a.md".to_owned()),
        ..Given::default()
    };
    for part in ["> ", "* ", "[", "![", "`", "|", "<p>", "**a", "# ", "- - "] {
        let start = Instant::now();
        let text = format!("{words}\n{}", many(part));
        open(text.as_bytes(), &markdown).expect("a text opens");
        let took = start.elapsed();
        eprintln!("{took:?}: {part}");
        assert!(took < Duration::from_secs(20), "{took:?}: {part}");
    }
}
