//! `result.json` of Telegram's desktop client: one conversation, or all of an account.

use std::fmt;
use std::io::Read;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use super::{Chat, MOST_MESSAGES, Message};
use crate::large::Ration;
use crate::parse_stamp;

/// Bytes of the head by which an export is known.
const HEAD: usize = 4_096;

pub(crate) fn is_telegram(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    let chat =
        head.contains("\"messages\"") && head.contains("\"type\"") && head.contains("\"name\"");
    let account = head.contains("\"chats\"") || head.contains("\"personal_information\"");
    head.starts_with('{')
        && (chat && head.contains("\"id\"") || account && head.contains("\"about\""))
}

/// The conversations with their names and messages.
///
/// # Errors
/// In words, when the JSON is broken.
pub(super) fn chats(bytes: &[u8]) -> Result<Vec<Chat>, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole: Value =
        serde_json::from_slice(bytes).map_err(|error| format!("the export is damaged: {error}"))?;
    let list = whole.pointer("/chats/list").and_then(Value::as_array);
    let one = std::slice::from_ref(&whole);
    let mut left = MOST_MESSAGES;
    let chats = list.map_or(one, Vec::as_slice).iter().filter_map(|chat| {
        let told = chat.get("messages")?.as_array()?;
        let name = chat.get("name").and_then(Value::as_str).map(str::to_owned);
        let kind = chat.get("type").and_then(Value::as_str);
        let channel = name.as_deref().filter(|_| is_channel(kind));
        let messages = told.iter().filter_map(|told| message(told, channel));
        let messages: Vec<Message> = messages.take(left).collect();
        left -= messages.len();
        Some((name, messages))
    });
    Ok(chats.collect())
}

fn is_channel(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| kind.ends_with("channel"))
}

/// Hands over message by message, with the name of its conversation, until `put` wants no more; memory holds one.
///
/// # Errors
/// In words, when the JSON is broken or a message is too large.
pub(crate) fn each(
    from: impl Read,
    ration: &Ration,
    put: &mut dyn FnMut(Option<&str>, Message) -> bool,
) -> Result<(), String> {
    let mut from = serde_json::Deserializer::from_reader(from);
    let read = Conversations { ration, put }.deserialize(&mut from);
    read.map_err(|error| format!("the export is damaged: {error}"))
}

/// A conversation, a list of them, or what holds such a list.
struct Conversations<'a> {
    ration: &'a Ration,
    put: &'a mut dyn FnMut(Option<&str>, Message) -> bool,
}

impl<'de> DeserializeSeed<'de> for Conversations<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Conversations<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a conversation")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let Self { ration, put } = self;
        let (mut name, mut kind) = (None, None);
        while let Some(key) = fields.next_key::<String>()? {
            ration.renew();
            match &*key {
                "name" => name = fields.next_value::<Option<String>>()?,
                "type" => kind = fields.next_value::<Option<String>>()?,
                "messages" => {
                    let name = name.as_deref();
                    let channel = name.filter(|_| is_channel(kind.as_deref()));
                    fields.next_value_seed(Messages {
                        name,
                        channel,
                        ration,
                        put: &mut *put,
                    })?;
                }
                "chats" | "list" => fields.next_value_seed(Conversations {
                    ration,
                    put: &mut *put,
                })?,
                _ => {
                    ration.lift();
                    fields.next_value::<IgnoredAny>()?;
                    ration.renew();
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let Self { ration, put } = self;
        while all
            .next_element_seed(Conversations {
                ration,
                put: &mut *put,
            })?
            .is_some()
        {}
        Ok(())
    }
}

struct Messages<'a> {
    name: Option<&'a str>,
    channel: Option<&'a str>,
    ration: &'a Ration,
    put: &'a mut dyn FnMut(Option<&str>, Message) -> bool,
}

impl<'de> DeserializeSeed<'de> for Messages<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Messages<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        while let Some(told) = all.next_element::<Value>()? {
            self.ration.renew();
            if let Some(message) = message(&told, self.channel)
                && !(self.put)(self.name, message)
            {
                return Err(A::Error::custom("nobody wants more"));
            }
        }
        Ok(())
    }
}

/// `channel` is who speaks in a channel, whoever signs. What the service itself says is none.
fn message(told: &Value, channel: Option<&str>) -> Option<Message> {
    let fields = told.as_object()?;
    if text(fields, "type").as_deref() == Some("service") {
        return None;
    }
    let unix = text(fields, "date_unixtime").and_then(|seconds| {
        let moment = jiff::Timestamp::from_second(seconds.parse().ok()?).ok()?;
        parse_stamp(&moment.to_string())
    });
    let sender = channel.map(str::to_owned).or_else(|| text(fields, "from"));
    Some(Message {
        number: fields.get("id").and_then(Value::as_u64).unwrap_or(0),
        sender: sender
            .or_else(|| text(fields, "from_id"))
            .unwrap_or_default(),
        sent: unix.or_else(|| parse_stamp(&text(fields, "date")?)),
        edited: text(fields, "edited"),
        replies_to: fields.get("reply_to_message_id").and_then(Value::as_u64),
        forwarded: text(fields, "forwarded_from").filter(|from| Some(from.as_str()) != channel),
        address: None,
        text: words(fields.get("text").unwrap_or(&Value::Null)),
    })
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    let value = fields.get(name)?.as_str()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// A text, or a list of texts and of parts that have one.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts
            .iter()
            .map(|part| match part {
                Value::String(text) => text.as_str(),
                part => part.get("text").and_then(Value::as_str).unwrap_or_default(),
            })
            .collect(),
        _ => String::new(),
    }
}
