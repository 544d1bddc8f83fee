//! The limits that Discord puts on messages, choices, files and the definitions of commands.
//!
//! They are checked here (by `limits.json`) in addition to Discord's description of its API. That
//! file does not know the sum over all embeds, counts characters where Discord counts UTF-16
//! units, says nothing about duplicate custom ids, and may not be available.

use std::sync::LazyLock;

use serde_json::Value;

use crate::body::UploadedFile;
use crate::schema::{Schemas, Violation, items};

/// The most bytes of a file, for applications and servers without a higher limit.
const MAX_FILE: usize = 10 * 1024 * 1024;

static LIMITS: LazyLock<Schemas> =
    LazyLock::new(|| Schemas::new(serde_json::from_str(include_str!("limits.json")).expect("limits.json is JSON")));

/// What is wrong with a `callback`, a `message` or a bulk overwrite of `commands`.
pub(crate) fn check(what: &str, body: &Value) -> Vec<Violation> {
    LIMITS.check(&format!("/$defs/{what}"), body)
}

/// Contradictions between the files of a message and what the message says about them. A whole
/// number in `attachments` is the number of a file; a string is the id of a file that the message
/// already had.
pub(crate) fn check_files(path: &str, attachments: &Value, files: &[UploadedFile]) -> Vec<Violation> {
    let named: Vec<u64> = items(attachments).iter().filter_map(|attachment| attachment["id"].as_u64()).collect();
    let lacking = named.iter().filter(|number| files.iter().all(|file| file.number != **number));
    let lacking = lacking.map(|number| format!("Attachment {number} comes with no file."));
    let unnamed = files.iter().filter(|file| attachments.is_array() && !named.contains(&file.number));
    let unnamed = unnamed.map(|file| format!("File {} is in no attachment.", file.number));
    let bad = files.iter().filter(|file| file.name.is_empty() || file.content.len() > MAX_FILE);
    let bad = bad.map(|_| "A file needs a name and has at most 10 MiB.".to_owned());
    lacking.chain(unnamed).chain(bad).map(|message| Violation::new(path, message)).collect()
}

/// Whether a new message would show nothing at all, which Discord refuses with its own code.
pub(crate) fn is_empty_message(message: &Value) -> bool {
    let parts = ["embeds", "components", "attachments", "sticker_ids"];
    let has_text = message["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    !has_text && parts.iter().all(|part| items(&message[part]).is_empty()) && message["poll"].is_null()
}
