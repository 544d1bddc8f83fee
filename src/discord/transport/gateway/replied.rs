//! Which posts got a reply a short while ago, so that an edit of the post can change the reply.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lru::LruCache;
use tokio::sync::Mutex as AsyncMutex;

use super::super::reading::DISCORD_EPOCH_MS;

/// For how long after a message its edits count.
const EDIT_TIME: Duration = Duration::from_mins(2);

/// How many posts are remembered.
const MOST: NonZeroUsize = NonZeroUsize::new(4_096).expect("it is not 0");

/// The posts with a reply.
#[derive(Debug)]
pub(super) struct Replied(Mutex<Ids>);

#[derive(Debug)]
struct Ids {
    by_post: LruCache<u64, Arc<AsyncMutex<Reply>>>,
    by_reply: LruCache<u64, Arc<AsyncMutex<Reply>>>,
}

/// The reply to a post. Whoever sends or changes it holds its lock meanwhile.
#[derive(Debug, Default)]
pub(super) struct Reply {
    /// Its id, once Discord has said it, and until a button changes it.
    pub(super) id: Option<u64>,
    /// The text of the post that it answers.
    pub(super) text: String,
    /// Whether the post opened a thread.
    pub(super) is_opening: bool,
}

impl Default for Replied {
    fn default() -> Self {
        Self(Mutex::new(Ids { by_post: LruCache::new(MOST), by_reply: LruCache::new(MOST) }))
    }
}

impl Replied {
    fn lock(&self) -> MutexGuard<'_, Ids> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of a post's reply, new if there is none.
    pub(super) fn begin(&self, post: u64) -> Arc<AsyncMutex<Reply>> {
        Arc::clone(self.lock().by_post.get_or_insert(post, Arc::default))
    }

    /// The place of a post's reply, if it got one.
    pub(super) fn of(&self, post: u64) -> Option<Arc<AsyncMutex<Reply>>> {
        self.lock().by_post.get(&post).cloned()
    }

    /// Notes that a reply has this id.
    pub(super) fn note(&self, reply: u64, place: &Arc<AsyncMutex<Reply>>) {
        self.lock().by_reply.put(reply, Arc::clone(place));
    }

    /// Keeps the reply of this id as it is: a button has changed it, which an edit must not undo.
    pub(super) async fn settle(&self, reply: u64) {
        let place = self.lock().by_reply.pop(&reply);
        if let Some(place) = place {
            place.lock().await.id = None;
        }
    }
}

/// Whether a message is so new that its edits count.
pub(super) fn is_new(message: u64, now: SystemTime) -> bool {
    let written = Duration::from_millis(DISCORD_EPOCH_MS + (message >> 22));
    now.duration_since(UNIX_EPOCH).is_ok_and(|now| now.saturating_sub(written) < EDIT_TIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_counts_for_two_minutes() {
        let written = Duration::from_millis(DISCORD_EPOCH_MS) + Duration::from_secs(1_000);
        let message = 1_000_000 << 22;
        let at = |later| UNIX_EPOCH + written + Duration::from_secs(later);
        assert!(is_new(message, at(0)) && is_new(message, at(119)) && !is_new(message, at(121)));
    }

    #[tokio::test]
    async fn a_reply_that_a_button_changed_stays_as_it_is() {
        let replied = Replied::default();
        for (post, reply) in [(1, 9), (2, 8)] {
            let place = replied.begin(post);
            place.lock().await.id = Some(reply);
            replied.note(reply, &place);
        }
        replied.settle(9).await;
        let id = async |post| replied.of(post).expect("it has a reply").lock().await.id;
        assert_eq!((id(1).await, id(2).await), (None, Some(8)));
    }
}
