//! `result.json` of Telegram's desktop client: one conversation, or all of an account.

use serde_json::{Map, Value};

use super::{Chat, MOST_MESSAGES, Message};
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
        let is_channel = chat
            .get("type")
            .and_then(Value::as_str)
            .is_some_and(|kind| kind.ends_with("channel"));
        let messages = told
            .iter()
            .filter_map(Value::as_object)
            .filter(|m| text(m, "type").as_deref() != Some("service"));
        let messages: Vec<Message> = messages
            .take(left)
            .map(|fields| message(fields, name.as_deref().filter(|_| is_channel)))
            .collect();
        left -= messages.len();
        Some((name, messages))
    });
    Ok(chats.collect())
}

/// `channel` is who speaks in a channel, whoever signs.
fn message(fields: &Map<String, Value>, channel: Option<&str>) -> Message {
    let unix = text(fields, "date_unixtime").and_then(|seconds| {
        let moment = jiff::Timestamp::from_second(seconds.parse().ok()?).ok()?;
        parse_stamp(&moment.to_string())
    });
    let sender = channel.map(str::to_owned).or_else(|| text(fields, "from"));
    Message {
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
    }
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
