//! Texts as people paste them, and the kind of each line: `kind: the line`, a blank line kept.

use madar_open::{Given, files, open};
use madar_text::{Block, Document};

fn opened(text: &str) -> Document {
    open(text.as_bytes(), &Given::default()).expect("plain text opens")
}

fn shown(document: &Document, block: &Block) -> String {
    let again = if block.repeats { " again" } else { "" };
    format!(
        "{}{again}: {}",
        block.kind.name(),
        block.span.of(&document.text)
    )
}

/// Each line is `kind: text`; the texts are opened and must come out with these kinds.
#[track_caller]
fn check(marked: &str) {
    let marked = marked.trim_matches('\n');
    let lines = marked.lines().map(str::trim);
    let text: Vec<&str> = lines
        .clone()
        .map(|l| l.split_once(": ").map_or("", |(_, text)| text))
        .collect();
    let document = opened(&text.join("\n"));
    let told: Vec<String> = document
        .blocks
        .iter()
        .map(|b| shown(&document, b))
        .collect();
    let wanted: Vec<&str> = lines.filter(|l| !l.is_empty()).collect();
    assert_eq!(told, wanted);
}

/// Heads, boxes and ends of pages in the styles of many houses, one file to a style.
#[test]
fn pages_as_they_are_pasted() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pasted");
    let stories = files(&folder).collect::<Vec<_>>();
    assert!(stories.len() >= 13);
    for path in stories {
        let path = path.expect("a file of this repository");
        eprintln!("{}", path.display());
        check(&std::fs::read_to_string(&path).expect("text"));
    }
}

#[test]
fn an_arabic_article_as_copied() {
    check(
        "title: صفقة الميناء.. خلاف بين الشركاء يؤجل البيع حتى الخريف

        kicker: الوزير يدعو إلى \"جولة جديدة\" من المفاوضات مع المستثمرين

        caption: وزير النقل سليم حداد خلال جولة في الميناء الجديد بالعاصمة. 12 مايو 2025 - Reuters
        caption again: وزير النقل سليم حداد خلال جولة في الميناء الجديد بالعاصمة. 12 مايو 2025 - Reuters
        dateline: دبي -الساحل

        paragraph: اجتمع أربعة من الشركاء في العاصمة، الأسبوع الماضي، لبحث مستقبل الميناء الجديد بعد انسحاب المصرف الممول.

        paragraph: وقال سليم حداد إن البيع لن يتم قبل الخريف، وإن الوزارة تدرس ثلاثة عروض مختلفة.

        heading: عرض مفاجئ

        paragraph: وتقدمت شركة من الخارج بعرض جديد بقيمة 40 مليون دولار، بحسب مصدرين في الوزارة.

        furniture: اقرأ أيضاً

        furniture: إضراب عمال الأرصفة.. النقابة ترفض \"شروط الإدارة\" والمفاوضات مستمرة

        furniture: قالت نقابة عمال الأرصفة إن شروط الإدارة لا تلبي مطالب العمال، فيما تستمر المفاوضات بين الجانبين.

        paragraph: كما طلبت الشركة ضمانات من الحكومة قبل توقيع العقد النهائي، وفق المصدرين.

        paragraph: ولم يرد المصرف على طلب للتعليق.

        furniture: تصنيفات

        furniture: اقتصاد

        furniture: قصص قد تهمك",
    );
}

#[test]
fn a_paragraph_after_a_box_stays() {
    check(
        "title: صفقة الميناء تثير خلافاً بين الشركاء
        paragraph: اجتمع الشركاء في العاصمة لبحث مستقبل الميناء وصفقة البيع.
        furniture: اقرأ أيضاً
        furniture: الميناء الجديد يستقبل أول سفينة بعد سنوات من التأخير
        paragraph: رفض الوزير صفقة الميناء في اجتماع عقد مساء الأحد، وطلب من الشركاء تقديم عرض آخر.
        paragraph: وقال إن القرار نهائي.",
    );
    check(
        "title: Harbour sale splits partners
        paragraph: The partners met in the capital to discuss the sale.
        furniture: Read more
        furniture: First ship enters new harbour after years of delay
        paragraph: The minister rejected the harbour sale on Sunday and asked for another bid.
        paragraph: He said the decision was final.",
    );
    check(
        "title: Сделка с портом поссорила партнеров
        paragraph: Партнеры встретились в столице, чтобы обсудить продажу порта.
        furniture: Читайте также
        furniture: В новый порт вошло первое судно после долгих задержек
        paragraph: Министр отверг сделку в воскресенье и попросил партнеров о новом предложении.
        paragraph: Решение окончательное, сказал он.",
    );
}

#[test]
fn a_box_with_its_summary_goes_whole() {
    check(
        "title: Harbour sale splits partners
        paragraph: The partners met in the capital to discuss the sale.
        furniture: Related:
        furniture: Dockers reject wage offer as strike enters third week
        furniture: Dockers at the northern terminal turned down a wage offer on Friday, and their strike will enter a third week.
        paragraph: The minister rejected the sale on Sunday and asked for another bid.",
    );
    check(
        "title: Сделка с портом поссорила партнеров
        paragraph: Партнеры встретились в столице, чтобы обсудить продажу.
        furniture: Материалы по теме
        furniture: Докеры отказались от прибавки к зарплате и продолжат забастовку
        furniture: Профсоюз сообщил, что докеры считают прибавку к зарплате слишком малой и забастовку не прекратят.
        paragraph: Министр отверг сделку в воскресенье.",
    );
}

#[test]
fn phrases_on_the_headlines_line() {
    check(
        "title: Harbour sale splits partners
        paragraph: The partners met in the capital to discuss the sale.
        furniture: Read also: Dockers reject wage offer as strike goes on
        paragraph: Dockers were not asked for their view, the union said.",
    );
    check(
        "title: صفقة الميناء تثير خلافاً بين الشركاء
        paragraph: اجتمع الشركاء في العاصمة لبحث مستقبل الميناء.
        furniture: اقرأ أيضاً: عمال الأرصفة يرفضون عرض الإدارة
        paragraph: ولم يحضر عمال الأرصفة الاجتماع.",
    );
}

#[test]
fn the_path_to_a_page_is_furniture() {
    check(
        "furniture: الرئيسية > اقتصاد > موانئ
        title: بيع الميناء الجديد في الجنوب
        paragraph: بيع الميناء الاثنين، بحسب الوزارة.",
    );
}

#[test]
fn a_title_may_begin_like_a_box() {
    check(
        "title: Watch: Keeper saves penalty in Oslo
        paragraph: The keeper saved a penalty on Monday.",
    );
}

#[test]
fn a_heading_below_a_box_stays() {
    check(
        "title: Harbour sale splits partners
        paragraph: The partners met in the capital to discuss the sale.
        furniture: Read also
        furniture: Dockers reject wage offer as strike goes on
        heading: A late bid
        paragraph: A company from abroad made an offer on Monday.",
    );
}

#[test]
fn an_article_without_blank_lines() {
    check(
        "title: \"الساحل القابضة\" تتفاوض على حصة في الميناء
        dateline: بيروت - الديار، 6 آذار 2025
        paragraph: نفى رئيس مجلس الإدارة أن تكون مجموعته تتفاوض على شراء حصة في الميناء.
        paragraph: وقال: \"لم نفاوض أحداً\".",
    );
    check(
        "title: Envoy confirms talks with rebel leader
        dateline: OSLO, May 19, 2025 (AFP)
        paragraph: The envoy met the leader on May 15, a spokeswoman said.
        paragraph: \"No such plan exists,\" she said.",
    );
    check(
        "title: Порт продали иностранцам
        dateline: ПЕРМЬ. 4 июня. ИНТЕРФАКС
        paragraph: Долю в порту купила иностранная компания, сообщил министр.
        paragraph: Сумма сделки не раскрывается.",
    );
}

#[test]
fn kickers_stand_above_a_title() {
    check(
        "kicker: EXCLUSIVE
        title: Harbour sale splits partners over price
        byline: By Ann Lee and Bo Kim
        paragraph: The partners met in the capital on Monday.",
    );
    check(
        "kicker: خاص
        title: صفقة الميناء تثير خلافاً بين الشركاء
        byline: بقلم سليم حداد
        paragraph: اجتمع الشركاء في العاصمة الاثنين.",
    );
}

#[test]
fn a_page_copied_as_a_whole() {
    check(
        "furniture: Home
        furniture: World
        furniture: Business
        furniture: Sport
        furniture: Culture
        title: Harbour sale splits partners over price
        furniture: Share
        dateline: Tuesday, December 2, 2025
        furniture: 3 min read
        paragraph: The partners met in the capital on Monday.
        furniture: Advertisement
        paragraph: They will meet again in March, two of them said.
        furniture: Tags: harbour, trade
        furniture: Follow us on Telegram
        furniture: © 2025 Harbour Times. All rights reserved",
    );
}

#[test]
fn what_follows_the_article_is_furniture() {
    check(
        "title: Порт продали иностранцам
        paragraph: Долю в порту купила иностранная компания, сообщил министр.
        paragraph: Сумма сделки не раскрывается.
        furniture: Теги
        furniture: порт
        furniture: торговля
        furniture: Самое читаемое
        furniture: Докеры продолжат забастовку
        furniture: Профсоюз сообщил о продолжении забастовки.",
    );
}

#[test]
fn running_text_ends_a_false_rest() {
    check(
        "title: Harbour sale splits partners over price
        furniture: Trending
        furniture: Dockers go on strike
        paragraph: The partners met in the capital on Monday to discuss the price of the harbour, which one of them wants to sell.
        paragraph: They will meet again in March, two of them said, once the bank has made up its mind about the loan.",
    );
}

#[test]
fn lists_and_questions() {
    check(
        "title: What the harbour deal says
        paragraph: The draft, seen by this paper, has three parts.
        list item: • A sale of half the harbour
        list item: • A loan from the bank
        list item: 3. A new board
        heading: What next?
        paragraph: The board meets in March.",
    );
    check(
        "title: Министр: «Порт мы не отдадим»
        paragraph: Министр ответил на вопросы газеты.
        paragraph: — Что дальше?
        paragraph: — Мы ждем решения суда.",
    );
}

#[test]
fn one_line_is_a_paragraph() {
    check("paragraph: Ann Lee met Bo Kim in Oslo");
    check("paragraph: التقى سليم حداد الوزير في عدن");
}

#[test]
fn bylines_and_credits_at_the_end() {
    check(
        "title: Harbour sold
        paragraph: The harbour was sold on Monday, the ministry said.
        byline: Reporting by Ann Lee; Editing by Bo Kim",
    );
    check(
        "title: بيع الميناء
        paragraph: بيع الميناء الاثنين، بحسب الوزارة.
        dateline: المصدر: رويترز",
    );
}

#[test]
fn a_dateline_dates_the_document() {
    let text = "بيع الميناء\nبيروت - الديار، 6 آذار 2025\nبيع الميناء أمس.\n";
    let published = opened(text).meta.published.expect("a date");
    assert_eq!(published.stamp.day.to_string(), "2025-03-06");
    let text = "Harbour sold\n\nOSLO, 4 March 2025 (AP) — The harbour was sold.\n";
    let document = opened(text);
    let published = document.meta.published.expect("a date");
    assert_eq!(published.stamp.day.to_string(), "2025-03-04");
    let text = "Harbour sold\n\nThe harbour at dusk, 4 March 2025. REUTERS/Ann Lee\n\nThe harbour was sold.\n";
    assert_eq!(opened(text).meta.published, None);
}
