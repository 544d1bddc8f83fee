//! How a base meets words that it has not seen: each phrasing is asked with that phrasing taken out
//! of the index.
//!
//! The figures are low by nature, since good phrasings bring words that no other has. They compare
//! searches on one base, and tell little across bases.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::Judged;
use footnote_knowledge::KnowledgeBase;
use footnote_search::reply::{MAX_CANDIDATES, Reply, Thresholds};
use footnote_search::tuning::Tuning;
use footnote_search::{Held, Searcher};

/// Asks every phrasing of the base, on all cores; calls `done` after each.
#[must_use]
pub fn leave_one_out(base: &KnowledgeBase, thresholds: Thresholds, done: impl Fn() + Sync) -> Vec<Judged> {
    let held: Vec<Held> = (0..base.entries.len())
        .flat_map(|entry| (0..base.entries[entry].phrasings.len()).map(move |phrasing| Held { entry, phrasing }))
        .collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut judged: Vec<(usize, Judged)> = thread::scope(|scope| {
        let work = || {
            let mut judged = Vec::new();
            while let Some((number, held)) = take(&next, &held) {
                judged.push((number, ask(base, held, thresholds)));
                done();
            }
            judged
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        // A panic of a worker is one of this function.
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    judged.sort_by_key(|(number, _)| *number);
    judged.into_iter().map(|(_, judged)| judged).collect()
}

fn take(next: &AtomicUsize, held: &[Held]) -> Option<(usize, Held)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    held.get(number).map(|held| (number, *held))
}

fn ask(base: &KnowledgeBase, held: Held, thresholds: Thresholds) -> Judged {
    let entry = &base.entries[held.entry];
    let question = &entry.phrasings[held.phrasing].value;
    let hits = Searcher::without(base, held, &Tuning::default()).search(question, MAX_CANDIDATES);
    let reply = Reply::new(base, &hits, thresholds);
    Judged::new(question, true, &reply, |candidate| candidate.id == entry.id)
}
