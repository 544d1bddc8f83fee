//! Reads a request's body without letting it take unlimited memory or time.
//!
//! If a connection closes while the sender is still writing, the sender never reads the answer.
//! So a body that is too long is read for a while, without being kept, before it is refused.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use futures_util::StreamExt;
use tokio::time::timeout;

use super::refusal::Refusal;

/// The most bytes of a body. Discord's interactions have a few thousand; the texts of a modal or
/// a message can bring them to tens of thousands.
pub(super) const MAX_BODY: usize = 256 * 1024;

/// How many bytes of a too long body are read before its connection is closed.
const MAX_DISCARDED: usize = 8 * 1024 * 1024;

/// How long it may take to receive a body. Discord waits three seconds for the whole answer.
const READING_TIME: Duration = Duration::from_secs(5);

/// Reads a body of up to [`MAX_BODY`] bytes.
pub(super) async fn read(body: Body) -> Result<Vec<u8>, Refusal> {
    timeout(READING_TIME, collect(body)).await.unwrap_or(Err(Refusal::Slow))
}

async fn collect(body: Body) -> Result<Vec<u8>, Refusal> {
    let declared = body.size_hint().lower();
    let mut chunks = body.into_data_stream();
    if declared > MAX_BODY as u64 {
        return Err(discard(chunks).await);
    }
    let mut collected = Vec::with_capacity(usize::try_from(declared).unwrap_or_default());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::Broken)?;
        if collected.len() + chunk.len() > MAX_BODY {
            drop(collected);
            return Err(discard(chunks).await);
        }
        collected.extend_from_slice(&chunk);
    }
    Ok(collected)
}

async fn discard(mut chunks: BodyDataStream) -> Refusal {
    let mut discarded = 0;
    while discarded < MAX_DISCARDED
        && let Some(Ok(chunk)) = chunks.next().await
    {
        discarded += chunk.len();
    }
    Refusal::TooLong
}
