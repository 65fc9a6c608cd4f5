//! Conversations as WhatsApp exports them: lines of text, each message with its day, its time and who sent it, in the form of the
//! phone's language.
//!
//! `04/03/2025, 10:21 - Anna Belova: The port was sold.` · `[04.03.2025, 10:21:05] Анна: Порт продан.` ·
//! `‏٤‏/٣‏/٢٠٢٥، ١٠:٢١ ص - سامي: بيع الميناء`

use madar_text::{Day, Stamp};

use super::{Chat, MOST_MESSAGES, Message};
use crate::decode;

/// Lines at the head by which an export is known.
const HEAD: usize = 12;

pub(crate) fn is_whatsapp(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8_192)];
    let text = String::from_utf8_lossy(head);
    let lines: Vec<&str> = text.lines().take(HEAD).collect();
    let Some(first) = lines.first() else {
        return false;
    };
    let headed = lines.iter().filter(|line| header(line).is_some()).count();
    header(first).is_some()
        && (headed >= 2 || lines.len() < 3)
        && lines
            .iter()
            .filter_map(|line| header(line))
            .any(|h| h.sender.is_some())
}

/// The head of a message.
struct Header<'l> {
    /// Day, month and year in the order of the line.
    parts: [u16; 3],
    /// Absent in what the program itself says.
    sender: Option<&'l str>,
    rest: &'l str,
}

pub(super) fn chats(bytes: &[u8]) -> Vec<Chat> {
    let text = decode::decode(bytes).text;
    let month_first = month_first(&text);
    let mut out: Vec<Message> = Vec::new();
    let mut taken = false;
    for line in text.lines() {
        let Some(header) = header(line) else {
            if let Some(last) = out.last_mut().filter(|_| taken) {
                last.text.push('\n');
                last.text.push_str(line);
            }
            continue;
        };
        if out.len() == MOST_MESSAGES {
            break;
        }
        taken = header.sender.is_some();
        let Some(sender) = header.sender else {
            continue;
        };
        let said = header.rest.trim();
        let edited = EDITED.iter().find(|mark| said.ends_with(*mark));
        let said = edited.map_or(said, |mark| said[..said.len() - mark.len()].trim_end());
        out.push(Message {
            number: out.len() as u64 + 1,
            sender: sender.trim().to_owned(),
            sent: stamp(&header, month_first),
            edited: edited.map(|_| "later".to_owned()),
            text: if is_left_out(said) {
                String::new()
            } else {
                said.to_owned()
            },
            ..Message::default()
        });
    }
    vec![(None, out)]
}

const EDITED: [&str; 3] = [
    "<This message was edited>",
    "<Сообщение изменено>",
    "<تم تعديل هذه الرسالة>",
];

/// Pictures and films that the export leaves out, and words taken back.
fn is_left_out(text: &str) -> bool {
    const MARKS: [&str; 10] = [
        "<Media omitted>",
        "<Без медиафайлов>",
        "<تم استبعاد الوسائط>",
        "image omitted",
        "video omitted",
        "audio omitted",
        "sticker omitted",
        "This message was deleted",
        "Данное сообщение удалено",
        "تم حذف هذه الرسالة",
    ];
    text.chars().count() < 60 && MARKS.iter().any(|mark| text.contains(mark))
}

/// Whether days are written month first: only one of both can be above 12.
fn month_first(text: &str) -> bool {
    let (mut first, mut second) = (0_usize, 0_usize);
    for header in text.lines().filter_map(header).take(50_000) {
        first += usize::from(header.parts[0] > 12 && header.parts[0] < 32);
        second += usize::from(header.parts[1] > 12);
    }
    second > first
}

fn stamp(header: &Header<'_>, month_first: bool) -> Option<Stamp> {
    let [a, b, c] = header.parts;
    let (year, month, day) = match (a > 31, month_first) {
        (true, _) => (a, b, c),
        (false, true) => (c, a, b),
        (false, false) => (c, b, a),
    };
    let year = if year < 100 { year + 2000 } else { year };
    let day = Day::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
    // the time is that of the phone, wherever it was: only the day is kept
    Some(Stamp { day, second: None })
}

/// Takes a line apart, if a message begins with it.
fn header(line: &str) -> Option<Header<'_>> {
    let mut at = Cursor { rest: line };
    at.skip_signs();
    let bracket = at.take('[');
    at.skip_signs();
    let a = at.number()?;
    let sign = ['/', '.', '-'].into_iter().find(|&sign| at.take(sign))?;
    let b = at.number()?;
    if !at.take(sign) {
        return None;
    }
    let c = at.number()?;
    // *04.03.25 г., 10:21*
    at.skip_word("г.");
    if !(at.take(',') || at.take('،') || at.take(' ')) {
        return None;
    }
    at.skip_spaces();
    let hours = at.number()?;
    if !(at.take(':') || at.take('.')) {
        return None;
    }
    let minutes = at.number()?;
    let seconds = if at.take(':') { at.number()? } else { 0 };
    at.skip_spaces();
    let _ = ["PM", "pm", "p.m.", "م", "AM", "am", "a.m.", "ص"]
        .iter()
        .any(|word| at.skip_word(word));
    at.skip_spaces();
    let closed = if bracket {
        at.take(']')
    } else {
        at.take('-') || at.take('–')
    };
    if !closed || hours > 24 || minutes > 59 || seconds > 59 {
        return None;
    }
    at.skip_spaces();
    let colon = at
        .rest
        .find(": ")
        .or_else(|| at.rest.strip_suffix(':').map(str::len));
    let sender = colon
        .map(|end| &at.rest[..end])
        .filter(|name| name.chars().count() <= 60 && !name.contains('"'));
    let rest = sender.map_or(at.rest, |sender| {
        &at.rest[(sender.len() + 2).min(at.rest.len())..]
    });
    Some(Header {
        parts: [a, b, c],
        sender,
        rest,
    })
}

struct Cursor<'l> {
    rest: &'l str,
}

impl Cursor<'_> {
    fn skip_signs(&mut self) {
        self.rest = self.rest.trim_start_matches(madar_text::is_invisible);
    }

    fn skip_spaces(&mut self) {
        self.rest = self
            .rest
            .trim_start_matches(|c: char| c.is_whitespace() || madar_text::is_invisible(c));
    }

    fn take(&mut self, sign: char) -> bool {
        self.skip_signs();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let bare = self
            .rest
            .trim_start_matches(|c: char| c.is_whitespace() || madar_text::is_invisible(c));
        let rest = bare.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Up to four digits of any script.
    fn number(&mut self) -> Option<u16> {
        self.skip_signs();
        let mut out = 0_u16;
        let mut digits = 0;
        while let Some(c) = self.rest.chars().next() {
            let digit = match c {
                '٠'..='٩' => u32::from(c) - u32::from('٠'),
                '۰'..='۹' => u32::from(c) - u32::from('۰'),
                _ => match c.to_digit(10) {
                    Some(digit) => digit,
                    None => break,
                },
            };
            digits += 1;
            if digits > 4 {
                return None;
            }
            out = out * 10 + u16::try_from(digit).expect("a digit is below 10");
            self.rest = &self.rest[c.len_utf8()..];
        }
        (digits > 0).then_some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_phones_in_three_languages() {
        let check = |line: &str, expect: Option<(&str, &str, &str)>| {
            let found = header(line).map(|h| {
                let day = stamp(&h, false)
                    .map(|s| s.day.to_string())
                    .unwrap_or_default();
                (day, h.sender.unwrap_or("-").to_owned(), h.rest.to_owned())
            });
            let found = found
                .as_ref()
                .map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str()));
            assert_eq!(found, expect, "{line}");
        };
        check(
            "04/03/2025, 10:21 - Anna Belova: Sold: all of it",
            Some(("2025-03-04", "Anna Belova", "Sold: all of it")),
        );
        check(
            "[04.03.2025, 10:21:05] Анна: Порт продан.",
            Some(("2025-03-04", "Анна", "Порт продан.")),
        );
        check(
            "04.03.25, 10:21 - Анна: Порт",
            Some(("2025-03-04", "Анна", "Порт")),
        );
        check(
            "\u{200F}٤\u{200F}/٣\u{200F}/٢٠٢٥، ١٠:٢١ ص - سامي: بيع الميناء",
            Some(("2025-03-04", "سامي", "بيع الميناء")),
        );
        check(
            "[4/3/25, 10:21:05\u{202F}PM] \u{200E}Sami: image omitted",
            Some(("2025-03-04", "Sami", "image omitted")),
        );
        check(
            "04/03/2025, 10:21 - Messages are encrypted",
            Some(("2025-03-04", "-", "Messages are encrypted")),
        );
        check("The port was sold on 04/03/2025, 10:21 - they say", None);
        check("10:21 - Anna: no day", None);
    }
}
