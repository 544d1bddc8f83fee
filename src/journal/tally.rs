//! How often questions end in what way, counted in memory and written now and then.
//!
//! An answered question must not cost a write, so the counts of some seconds become one
//! transaction; a crash loses them. Who asked is known only here, for ten minutes, to notice who
//! asks again.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;
use strum::IntoStaticStr;

use super::gap::{Asker, server_column};
use super::pick::{Pick, pick_name};
use super::timestamp::Timestamp;

/// Somebody who asks the same within this time did not get what they wanted.
const AGAIN_WITHIN: Duration = Duration::from_mins(10);
/// How many members, and how many of their choices, are remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(4_096).expect("it is more than none");
/// How many counts may wait for the database. Those of further entries are lost.
const MAX_WAITING: usize = 50_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// A question got an answer.
    Answered,
    /// A question got the nearest entry.
    Closest,
    /// Entries were offered for a question.
    Suggested,
    /// A question got nothing.
    Unknown,
    /// A member asked the same again within ten minutes.
    AskedAgain,
    /// A group of unanswered questions was marked as done.
    GapClosed,
}

impl Event {
    /// The word that the journal stores.
    pub(super) fn label(self) -> &'static str {
        self.into()
    }
}

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Tallied {
    pub(super) server: i64,
    /// In UTC, counted from 1 January 1970.
    pub(super) day: i64,
    pub(super) event: Event,
    /// The id of the entry; empty if there is none.
    pub(super) entry: String,
}

/// The counts that are not written yet, and who asked what just now.
#[derive(Debug)]
pub(super) struct Tallies {
    state: Mutex<State>,
    /// Is held while counts are taken out and written.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct State {
    counts: HashMap<Tallied, i64>,
    /// What each member asked last in a server.
    asked: LruCache<(u64, i64), (Instant, String)>,
    /// The members' choices, by their names and kinds.
    picked: LruCache<(u64, i64, String, &'static str), Instant>,
}

impl Default for Tallies {
    fn default() -> Self {
        let (asked, picked) = (LruCache::new(REMEMBERED), LruCache::new(REMEMBERED));
        let state = Mutex::new(State { counts: HashMap::new(), asked, picked });
        Self { state, writing: tokio::sync::Mutex::default() }
    }
}

impl Tallies {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps others from writing counts, or from reading them while they are in memory and in the
    /// database at once.
    pub(super) async fn pause(&self) -> impl Sized + '_ {
        self.writing.lock().await
    }

    /// Counts the outcome of a question, with the entry that was shown, if any. `subject` is the
    /// same for questions that ask for the same; the question also counts as asked again if its
    /// member asked for that last.
    pub(super) fn count(&self, event: Event, entry: Option<&str>, subject: &str, asker: Asker, now: Instant) {
        let (server, day) = (server_column(asker), Timestamp::now().day());
        let mut state = self.state();
        let last = state.asked.put((asker.member, server), (now, subject.to_owned()));
        let is_again = last.is_some_and(|(at, last)| last == subject && now.duration_since(at) < AGAIN_WITHIN);
        for event in [Some(event), is_again.then_some(Event::AskedAgain)].into_iter().flatten() {
            state.add(Tallied { server, day, event, entry: entry.unwrap_or_default().to_owned() }, 1);
        }
    }

    /// Whether a pick is not the same as one that its member has just made.
    pub(super) fn is_new(&self, pick: &Pick, now: Instant) -> bool {
        let name = pick_name(&pick.normalized, &pick.entry);
        let key = (pick.asker.member, server_column(pick.asker), name, pick.kind.label());
        let last = self.state().picked.put(key, now);
        last.is_none_or(|at| now.duration_since(at) >= AGAIN_WITHIN)
    }

    /// Takes the counts out, to be written, and forgets who asked longer ago than is needed.
    pub(super) fn take(&self, now: Instant) -> Vec<(Tallied, i64)> {
        let mut state = self.state();
        let is_old = |at: Instant| now.duration_since(at) >= AGAIN_WITHIN;
        while state.asked.peek_lru().is_some_and(|(_, (at, _))| is_old(*at)) {
            state.asked.pop_lru();
        }
        while state.picked.peek_lru().is_some_and(|(_, at)| is_old(*at)) {
            state.picked.pop_lru();
        }
        let mut counts: Vec<_> = state.counts.drain().collect();
        // Always in the same order, so that two replicas do not wait for each other.
        counts.sort_unstable();
        counts
    }

    /// The counts that are not written yet.
    pub(super) fn unwritten(&self) -> Vec<(Tallied, i64)> {
        self.state().counts.iter().map(|(tallied, times)| (tallied.clone(), *times)).collect()
    }

    /// Puts counts back that could not be written.
    pub(super) fn put_back(&self, counts: Vec<(Tallied, i64)>) {
        let mut state = self.state();
        for (tallied, times) in counts {
            state.add(tallied, times);
        }
    }
}

impl State {
    fn add(&mut self, tallied: Tallied, times: i64) {
        if self.counts.len() < MAX_WAITING || self.counts.contains_key(&tallied) {
            *self.counts.entry(tallied).or_default() += times;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: Asker = Asker { member: 7, server: Some(1) };

    #[test]
    fn who_asks_the_same_within_ten_minutes_asks_again_and_is_forgotten_later() {
        let (tallies, start) = (Tallies::default(), Instant::now());
        let ask = |seconds, subject, asker| {
            tallies.count(Event::Answered, Some("ferry"), subject, asker, start + Duration::from_secs(seconds));
        };
        ask(0, "ferry", ADA);
        ask(1, "ferry", Asker { member: 8, ..ADA });
        ask(2, "ferry", Asker { server: None, ..ADA });
        ask(599, "ferry", ADA);
        ask(1_300, "ferry", ADA);
        ask(1_301, "pier", ADA);
        ask(1_302, "ferry", ADA);
        let counts = tallies.take(start + Duration::from_secs(1_901));
        let again = counts.iter().filter(|(tallied, _)| tallied.event == Event::AskedAgain).map(|(_, times)| times);
        assert_eq!(again.sum::<i64>(), 1, "{counts:?}");
        assert_eq!(tallies.state().asked.len(), 1);
        assert!(tallies.take(start).is_empty());
        tallies.put_back(counts.clone());
        assert_eq!(tallies.take(start), counts);
    }
}
