//! Conversations as Telegram and WhatsApp export them. Each message is a document of its own: whoever sent it publishes it, at its
//! moment, and what it forwards is credited as a paper credits an agency. So two channels that forward a third are one chain, as two
//! papers that retell a third are.

use madar_text::{BlockKind, Document, Metadata, Published, PublishedBasis, Spot, Stamp};

use crate::line::{Laid, Piece};
use crate::open::document_of;
use crate::{Given, OpenError, plain};

mod telegram;
mod whatsapp;

pub(crate) use telegram::{each as each_of_telegram, is_telegram};
pub(crate) use whatsapp::is_whatsapp;

/// Messages of one export at most.
const MOST_MESSAGES: usize = 200_000;

/// A conversation by its name, where it has one, with its messages.
type Chat = (Option<String>, Vec<Message>);

/// One message of a conversation.
#[derive(Debug, PartialEq, Eq, Default)]
pub(crate) struct Message {
    /// The number that the export gives it, or its place from 1.
    number: u64,
    sender: String,
    sent: Option<Stamp>,
    edited: Option<String>,
    replies_to: Option<u64>,
    /// From whom it was forwarded.
    forwarded: Option<String>,
    address: Option<String>,
    text: String,
}

/// The messages with words, each a document.
pub(crate) fn read(bytes: &[u8], given: &Given) -> Vec<Result<Document, OpenError>> {
    let told = if is_telegram(bytes) {
        telegram::chats(bytes)
    } else {
        Ok(whatsapp::chats(bytes))
    };
    let chats = match told {
        Ok(chats) => chats,
        Err(reason) => {
            let name = given.name();
            return vec![Err(OpenError::Packed { name, reason })];
        }
    };
    let mut out = Vec::new();
    for (chat, messages) in chats {
        out.extend(
            messages
                .iter()
                .filter(|message| has_words(message))
                .map(|message| document(message, chat.as_deref(), given)),
        );
    }
    if out.is_empty() {
        out.push(Err(OpenError::NotAnArticle { name: given.name() }));
    }
    out
}

/// Pictures and the like have none.
pub(crate) fn has_words(message: &Message) -> bool {
    message.text.chars().filter(|c| c.is_alphabetic()).count() > 1
}

pub(crate) fn document(
    message: &Message,
    chat: Option<&str>,
    given: &Given,
) -> Result<Document, OpenError> {
    let origin = given.origin.as_deref().unwrap_or("-");
    let place = [origin]
        .into_iter()
        .chain(chat)
        .collect::<Vec<_>>()
        .join(" › ");
    let given = Given {
        origin: Some(format!("{place} › message {}", message.number)),
        ..given.clone()
    };
    let mut laid = Laid::default();
    laid.stands_at(Spot::Message(message.number));
    let mut notes = Vec::new();
    if let Some(from) = &message.forwarded {
        laid.push(
            &format!("Forwarded from: {from}"),
            Some(BlockKind::Dateline),
        );
        notes.push(format!("forwarded from {from}"));
    }
    for Piece { span, hint } in plain::lay(message.text.clone()).pieces {
        laid.push(span.of(&message.text), hint);
    }
    notes.extend(
        message
            .edited
            .as_ref()
            .map(|moment| format!("edited {moment}")),
    );
    notes.extend(
        message
            .replies_to
            .map(|number| format!("in reply to message {number}")),
    );
    let published = message.sent.map(|stamp| Published {
        stamp,
        basis: PublishedBasis::Metadata,
    });
    let stated = Metadata {
        publisher: Some(message.sender.clone()).filter(|sender| !sender.is_empty()),
        author: None,
        title: chat.map(|chat| format!("{chat}, message {}", message.number)),
        published,
        address: message.address.clone(),
        ..Metadata::default()
    };
    let identity = format!(
        "{}\n{}\n{}\n{}",
        message.number,
        message.sender,
        message.edited.as_deref().unwrap_or_default(),
        message.text
    );
    document_of(identity.as_bytes(), laid, stated, &given, notes)
}
