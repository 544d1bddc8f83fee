//! The reply to a question that had no answer when it was asked, and has one now.

use serde_json::Value;

use super::entry::{self, Reader};
use crate::journal::Link;
use footnote_knowledge::{Entry, KnowledgeBase};

/// The message that tells whoever asked, in Discord's form.
pub(in crate::discord) fn message(base: &KnowledgeBase, entry: &Entry, link: &Link, reader: &Reader<'_>) -> Value {
    let card = entry::card(base, &entry.question, entry, reader).above(&reader.texts.now_answered());
    card.news(link.channel, link.message)
}
