//! Made-up people, companies, places and the articles that name them, each article with its reading. The
//! same number gives the same article.

use madar_read::{
    Amount, AmountId, AmountKind, EntityKind, Fact, FactKind, Hop, HopBasis, HopWho, Mention,
    MentionForm, MentionId, Participant, Publication, Quantity, Reading, Referent, ReferentId,
    Role, Status, Time, TimeBasis, TimeId, TimeKind,
};
use madar_text::{Block, BlockKind, BytesHash, Day, Document, Lang, Metadata, Span};
use madar_text::{Published, PublishedBasis, Stamp};

/// Syllables of names in the three scripts.
const SYLLABLES: [[&str; 3]; 40] = [
    ["ba", "ба", "با"],
    ["ko", "ко", "كو"],
    ["di", "ди", "دي"],
    ["ru", "ру", "رو"],
    ["ma", "ма", "ما"],
    ["li", "ли", "لي"],
    ["so", "со", "سو"],
    ["ta", "та", "تا"],
    ["ni", "ни", "ني"],
    ["fa", "фа", "فا"],
    ["shu", "шу", "شو"],
    ["gra", "гра", "غرا"],
    ["ven", "вен", "فين"],
    ["tor", "тор", "تور"],
    ["mir", "мир", "مير"],
    ["sal", "сал", "سال"],
    ["dan", "дан", "دان"],
    ["ber", "бер", "بير"],
    ["kha", "ха", "خا"],
    ["zu", "зу", "زو"],
    ["len", "лен", "لين"],
    ["rak", "рак", "راك"],
    ["pol", "пол", "بول"],
    ["yan", "ян", "يان"],
    ["nor", "нор", "نور"],
    ["gal", "гал", "غال"],
    ["kum", "кум", "كوم"],
    ["bri", "бри", "بري"],
    ["sta", "ста", "ستا"],
    ["lov", "лов", "لوف"],
    ["rin", "рин", "رين"],
    ["del", "дел", "ديل"],
    ["fos", "фос", "فوس"],
    ["tam", "там", "تام"],
    ["hub", "хуб", "هوب"],
    ["jar", "джар", "جار"],
    ["mun", "мун", "مون"],
    ["sik", "сик", "سيك"],
    ["vol", "вол", "فول"],
    ["zar", "зар", "زار"],
];
/// Given names; each is two syllables.
const GIVEN: u64 = 150;
/// Papers.
const PUBLISHERS: u64 = 300;
/// Articles that tell one story.
const TELL_A_STORY: usize = 5;
/// Facts of a story, and those that one article tells.
const FACTS: u64 = 6;
const TOLD: u64 = 4;
/// Sentences of an article that tell no fact, with two names each.
const BESIDE: u64 = 5;
/// Of a hundred articles, those that copy the words of the last one of their story and language.
const COPIES: u64 = 10;

const KINDS: [(FactKind, Role, Role); 6] = [
    (FactKind::Meeting, Role::Party, Role::Party),
    (FactKind::Payment, Role::Payer, Role::Payee),
    (FactKind::Deal, Role::Party, Role::Party),
    (FactKind::Role, Role::Holder, Role::Organisation),
    (FactKind::Communication, Role::From, Role::To),
    (FactKind::Ownership, Role::Owner, Role::Asset),
];

/// Everybody who can be named, the most named first.
pub(crate) struct World {
    entities: u64,
    articles: usize,
}

/// A sequence that looks random: splitmix64.
struct Dice(u64);

impl Dice {
    fn new(what: &[u64]) -> Self {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        for &part in what {
            dice.0 ^= part.wrapping_mul(0xD6E8_FEB8_6659_FD93);
            dice.0 = dice.throw();
        }
        dice
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.throw() % limit.max(1)
    }
}

impl World {
    /// Half as many people and things as articles, at least a hundred.
    pub(crate) fn new(articles: usize) -> Self {
        Self {
            entities: (articles as u64 / 2).max(100),
            articles,
        }
    }

    pub(crate) fn len(&self) -> usize {
        usize::try_from(self.entities).expect("it came from one")
    }

    /// The name of somebody in Latin letters; 0 is named most.
    pub(crate) fn name(&self, entity: usize) -> String {
        self.name_in(entity as u64, 0)
    }

    fn kind(&self, entity: u64) -> EntityKind {
        match entity % 20 {
            19 => EntityKind::Place,
            13..=18 => EntityKind::Company,
            _ => EntityKind::Person,
        }
    }

    fn name_in(&self, entity: u64, script: usize) -> String {
        let mut dice = Dice::new(&[1, entity]);
        let mut word = |syllables: u64, only: Option<u64>| -> String {
            let mut own = only.map(|seed| Dice::new(&[2, seed]));
            let mut throw = || match &mut own {
                Some(own) => own.below(SYLLABLES.len() as u64),
                None => dice.below(SYLLABLES.len() as u64),
            };
            let letters: String = (0..syllables)
                .map(|_| SYLLABLES[usize::try_from(throw()).expect("few")][script])
                .collect();
            let mut letters = letters.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        };
        match self.kind(entity) {
            EntityKind::Person => {
                let given = Dice::new(&[3, entity]).below(GIVEN);
                format!("{} {}", word(2, Some(given)), word(3, None))
            }
            EntityKind::Company => format!("{} {}", word(3, None), word(2, None)),
            _ => word(4, None),
        }
    }

    /// Somebody, the famous far more often: every second one is of the first per cent or so.
    fn somebody(&self, dice: &mut Dice) -> u64 {
        // the product of two even throws, squared again for a long tail
        let even = dice.below(1 << 20);
        let tilted = (even * dice.below(1 << 20)) >> 20;
        let tilted = (tilted * dice.below(1 << 20)) >> 20;
        (tilted * self.entities) >> 20
    }

    /// An article with its reading.
    pub(crate) fn article(&self, number: usize) -> (Document, Reading) {
        let stories = (self.articles / TELL_A_STORY).max(1) as u64;
        let mut dice = Dice::new(&[4, number as u64]);
        let story = dice.below(stories);
        let mut of_story = Dice::new(&[5, story]);
        let cast: Vec<u64> = (0..5).map(|_| self.somebody(&mut of_story)).collect();
        let script = usize::try_from(dice.below(3)).expect("three scripts");
        // who copies takes the words that all copies of the story in the language have
        let words = if dice.below(100) < COPIES {
            Dice::new(&[6, story, script as u64])
        } else {
            Dice::new(&[7, number as u64])
        };
        let mut writer = Writer::new(self, script, words);
        let first = dice.below(FACTS);
        for fact in (0..TOLD).map(|at| (first + at) % FACTS) {
            writer.tell(story, fact, &cast, &mut dice);
        }
        for _ in 0..BESIDE {
            let pair = [self.somebody(&mut dice), self.somebody(&mut dice)];
            writer.name_beside(pair);
        }
        let publisher = dice.below(PUBLISHERS);
        let after = i8::try_from(dice.below(3)).expect("below three");
        writer.done(number, publisher, story_day(story, after))
    }
}

fn empty() -> Reading {
    Reading {
        reader: madar_read::Reader::Fast,
        anchor: None,
        publication: Publication {
            publisher: None,
            publisher_name: None,
            upstream: None,
            credits: Vec::new(),
        },
        sentences: Vec::new(),
        mentions: Vec::new(),
        times: Vec::new(),
        amounts: Vec::new(),
        attributions: Vec::new(),
        facts: Vec::new(),
        referents: Vec::new(),
        referent_of: Vec::new(),
        readable_permille: 1000,
        empty_sentences: 0,
        warnings: Vec::new(),
    }
}

fn story_day(story: u64, after: i8) -> Day {
    let mut dice = Dice::new(&[8, story]);
    let (year, month, day) = (dice.below(12), dice.below(12), dice.below(25));
    let small = |n: u64| i8::try_from(n).expect("below 25");
    let year = 2014 + i16::from(small(year));
    Day::new(year, 1 + small(month), 1 + small(day) + after)
}

/// Writes the text and what is read in it at once.
struct Writer<'a> {
    world: &'a World,
    script: usize,
    words: Dice,
    text: String,
    reading: Reading,
    /// Who the referents are.
    who: Vec<u64>,
}

impl<'a> Writer<'a> {
    fn new(world: &'a World, script: usize, words: Dice) -> Self {
        Self {
            world,
            script,
            words,
            text: String::new(),
            reading: empty(),
            who: Vec::new(),
        }
    }

    fn lang(&self) -> Lang {
        [Lang::En, Lang::Ru, Lang::Ar][self.script]
    }

    fn put(&mut self, words: &str) -> Span {
        if !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::from_range(start..self.text.len())
    }

    /// So many words that say nothing.
    fn fill(&mut self, count: u64) {
        for _ in 0..count {
            let word: String = (0..1 + self.words.below(3))
                .map(|_| {
                    let at = self.words.below(SYLLABLES.len() as u64);
                    SYLLABLES[usize::try_from(at).expect("few")][self.script]
                })
                .collect();
            self.put(&word);
        }
    }

    /// Names somebody, by the surname where the full name stands already.
    fn name(&mut self, entity: u64) -> MentionId {
        let full = self.world.name_in(entity, self.script);
        let kind = self.world.kind(entity);
        let referent = self.who.iter().position(|&known| known == entity);
        let surname = full.split(' ').next_back().unwrap_or_default().to_owned();
        let again = referent.is_some() && kind == EntityKind::Person;
        let name = if again { surname } else { full.clone() };
        let span = self.put(&name);
        let id = MentionId::new(self.reading.mentions.len());
        self.reading.mentions.push(Mention {
            span,
            kind,
            form: MentionForm::Name,
            lang: self.lang(),
            name,
            listed: None,
            of: None,
            noun: None,
        });
        let at = referent.unwrap_or(self.who.len());
        if referent.is_none() {
            self.who.push(entity);
            self.reading.referents.push(Referent {
                kind,
                mentions: Vec::new(),
                name: full,
                named: true,
                listed: None,
            });
        }
        self.reading.referents[at].mentions.push(id);
        self.reading.referent_of.push(ReferentId::new(at));
        id
    }

    fn tell(&mut self, story: u64, fact: u64, cast: &[u64], dice: &mut Dice) {
        let mut of_fact = Dice::new(&[9, story, fact]);
        let number = usize::try_from(fact).expect("few facts");
        let (kind, one, other) = KINDS[number];
        let pair = [cast[number % 5], cast[(number + 1) % 5]];
        let start = self.text.len();
        let a = self.name(pair[0]);
        let trigger = self.put(["told", "сказал", "قال"][self.script]);
        let b = self.name(pair[1]);
        self.fill(6);
        let day = story_day(story, i8::try_from(of_fact.below(2)).expect("below two"));
        let time = (of_fact.below(2) == 0).then(|| self.time(day));
        let sum = 1_000 * (1 + of_fact.below(900)) * 1_000;
        let money = matches!(kind, FactKind::Payment | FactKind::Deal);
        let amount = money.then(|| self.money(i64::try_from(sum).expect("below a billion")));
        let chain = match dice.below(3) {
            0 => {
                let span = self.put(["two officials", "два чиновника", "مسؤولان"][self.script]);
                vec![HopWho::Anonymous(span)]
            }
            1 => vec![HopWho::Mention(self.name(cast[4]))],
            _ => Vec::new(),
        };
        let hop = |who| Hop {
            who,
            basis: HopBasis::Stated,
        };
        let sentence = self.end(start);
        let participant = |role, mention| Participant { role, mention };
        self.reading.facts.push(Fact {
            kind,
            participants: vec![participant(one, a), participant(other, b)],
            time,
            duration: None,
            place: None,
            amount,
            stake: None,
            detail: (kind == FactKind::Role).then_some(trigger),
            condition: None,
            status: Status::Asserted,
            passage: sentence,
            trigger,
            attribution: None,
            chain: chain.into_iter().map(hop).collect(),
            rule: "made up".to_owned(),
        });
    }

    fn name_beside(&mut self, pair: [u64; 2]) {
        let start = self.text.len();
        self.fill(4);
        self.name(pair[0]);
        self.fill(5);
        self.name(pair[1]);
        self.fill(3);
        self.end(start);
    }

    fn time(&mut self, day: Day) -> TimeId {
        let value = day.to_string();
        let span = self.put(&value);
        self.reading.times.push(Time {
            span,
            kind: TimeKind::Date,
            value,
            range: Some((day, day)),
            modifier: None,
            basis: TimeBasis::Explicit,
        });
        TimeId::new(self.reading.times.len() - 1)
    }

    fn money(&mut self, thousandths: i64) -> AmountId {
        let span = self.put(&format!("${}", thousandths / 1000));
        self.reading.amounts.push(Amount {
            span,
            kind: AmountKind::Money,
            value: Some(Quantity(thousandths)),
            currency: Some("USD".to_owned()),
            unit: None,
            approx: None,
        });
        AmountId::new(self.reading.amounts.len() - 1)
    }

    fn end(&mut self, start: usize) -> Span {
        self.text.push('.');
        let from = start + usize::from(self.text[start..].starts_with(' '));
        let sentence = Span::from_range(from..self.text.len());
        self.reading.sentences.push(sentence);
        sentence
    }

    fn done(mut self, number: usize, publisher: u64, day: Day) -> (Document, Reading) {
        let publisher = format!("Paper {publisher}");
        self.reading.publication.publisher_name = Some(publisher.clone());
        let block = Block {
            span: Span::from_range(0..self.text.len()),
            kind: BlockKind::Paragraph,
            lang: self.lang(),
            repeats: false,
        };
        let stamp = Stamp { day, second: None };
        let basis = PublishedBasis::Given;
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&(number as u64).to_le_bytes());
        let document = Document {
            bytes: BytesHash(bytes),
            meta: Metadata {
                title: Some(format!("Story {number}")),
                publisher: Some(publisher),
                published: Some(Published { stamp, basis }),
                ..Metadata::default()
            },
            text: self.text,
            blocks: vec![block],
            places: Vec::new(),
            warnings: Vec::new(),
        };
        (document, self.reading)
    }
}
