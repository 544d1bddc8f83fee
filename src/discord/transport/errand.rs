//! What a press leads to on Discord besides its response: a thread gets its tag and is closed, the
//! people who help are notified.
//!
//! It is done after the response, which takes the button away: so it is done once at most, and
//! whoever pressed is told if it failed.

use super::interaction::Callback;
use super::rest::{RequestError, Rest};
use crate::config::ThreadConfig;
use crate::discord::response::Errand;
use crate::discord::view::thread;

/// The most tags of a forum's post ([thread
/// object](https://discord.com/developers/docs/resources/channel#channel-object)).
const MOST_TAGS: usize = 5;

/// Does it. A failure is logged and told to the member.
pub(super) async fn run(rest: &Rest, config: &ThreadConfig, errand: &Errand, callback: &Callback) {
    let (done, regret) = match errand {
        Errand::Solve { thread, regret } => (solve(rest, config, *thread).await, regret),
        Errand::CallHelpers { thread, role, text, message, regret } => {
            (rest.tell(*thread, &thread::call(text, *role, *message)).await, regret)
        }
    };
    let Err(error) = done else { return };
    tracing::warn!(%error, "cannot finish what a button started");
    let Some(application) = callback.application_id else { return };
    if let Err(error) = rest.whisper(application.0, &callback.token, regret).await {
        tracing::debug!(%error, "cannot tell the member so");
    }
}

async fn solve(rest: &Rest, config: &ThreadConfig, id: u64) -> Result<(), RequestError> {
    let tags = match &config.solved_tag {
        Some(name) => tags(rest, id, name).await?,
        None => None,
    };
    if tags.is_none() && !config.closes_solved {
        return Ok(());
    }
    rest.mark(id, tags, config.closes_solved).await
}

/// The tags of a forum's post with this one; `None` if it has it, or if its forum does not.
async fn tags(rest: &Rest, id: u64, name: &str) -> Result<Option<Vec<u64>>, RequestError> {
    let thread = rest.find_channel(id).await?;
    let Some(parent) = thread.parent_id else { return Ok(None) };
    let available = rest.find_channel(parent.0).await?.available_tags.unwrap_or_default();
    let Some(tag) = available.iter().find(|tag| is_named(&tag.name, name)) else { return Ok(None) };
    let mut tags: Vec<u64> = thread.applied_tags.into_iter().flatten().map(|id| id.0).collect();
    if tags.contains(&tag.id.0) {
        return Ok(None);
    }
    tags.truncate(MOST_TAGS - 1);
    tags.push(tag.id.0);
    Ok(Some(tags))
}

/// Whether a tag has this name, whatever the case.
pub(super) fn is_named(tag: &str, name: &str) -> bool {
    tag.trim().to_lowercase() == name.to_lowercase()
}
