//! Which interactions were answered a short while ago.
//!
//! Somebody who could read a request could send it again as long as its timestamp is current. It
//! would be answered and counted again.

use std::collections::HashSet;
use std::mem;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// For how long an interaction is remembered, at least: as long as its timestamp is valid.
const MEMORY: Duration = Duration::from_mins(5);

/// How many are remembered, at least, however many arrive: a few megabytes.
const CROWD: usize = 100_000;

/// The ids of the interactions that were answered lately.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    newer: HashSet<u64>,
    older: HashSet<u64>,
    since: Option<Instant>,
}

impl Seen {
    /// Remembers an interaction; `false` if it is remembered already.
    pub(super) fn is_new(&self, id: u64, now: Instant) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *state.since.get_or_insert(now);
        if now.duration_since(since) >= MEMORY || state.newer.len() >= CROWD {
            state.older = mem::take(&mut state.newer);
            state.since = Some(now);
        }
        !state.older.contains(&id) && state.newer.insert(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_is_new_once_in_five_minutes() {
        let (seen, start) = (Seen::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(seen.is_new(1, at(0)) && !seen.is_new(1, at(0)) && seen.is_new(2, at(299)));
        assert!(!seen.is_new(2, at(598)));
        assert!(seen.is_new(3, at(598)) && seen.is_new(4, at(900)));
        assert!(seen.is_new(1, at(900)), "it is forgotten after ten minutes");
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let (seen, now) = (Seen::default(), Instant::now());
        for id in 0..3 * CROWD as u64 {
            seen.is_new(id, now);
        }
        let state = seen.0.lock().expect("no test panicked with it");
        assert!(state.newer.len() + state.older.len() <= 2 * CROWD);
        drop(state);
        assert!(!seen.is_new(3 * CROWD as u64 - 1, now));
    }
}
