//! How a base meets words that it has not seen: each phrasing is asked with that phrasing taken out
//! of the index.
//!
//! The figures are low by nature, since good phrasings bring words that no other has. They compare
//! searches on one base, and tell little across bases.

use std::thread;

use footnote_knowledge::KnowledgeBase;
use footnote_search::reply::{MAX_CANDIDATES, Reply, Thresholds};
use footnote_search::tuning::Tuning;
use footnote_search::{Held, Searcher};

use crate::judged::Judged;

/// Asks every phrasing of the base, on all cores; calls `done` after each.
#[must_use]
pub fn leave_one_out(base: &KnowledgeBase, thresholds: Thresholds, done: impl Fn() + Sync) -> Vec<Judged> {
    let held: Vec<Held> = (0..base.entries.len())
        .flat_map(|entry| (0..base.entries[entry].phrasings.len()).map(move |phrasing| Held { entry, phrasing }))
        .collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share_of = |worker: usize| {
        let mine = held.iter().skip(worker).step_by(workers);
        let ask_one = |held: &Held| {
            let judged = ask(base, *held, thresholds);
            done();
            judged
        };
        mine.map(ask_one).collect::<Vec<Judged>>()
    };
    let mut shares: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || share_of(worker))).collect();
        // A panic of a worker is one of this function.
        let joined = threads.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.map(Vec::into_iter).collect()
    });
    (0..held.len()).filter_map(|number| shares[number % workers].next()).collect()
}

fn ask(base: &KnowledgeBase, held: Held, thresholds: Thresholds) -> Judged {
    let entry = &base.entries[held.entry];
    let question = &entry.phrasings[held.phrasing].value;
    let hits = Searcher::without(base, held, &Tuning::default()).search(question, MAX_CANDIDATES);
    let reply = Reply::new(base, &hits, thresholds);
    Judged::new(question, true, &reply, |candidate| candidate.id == entry.id)
}
