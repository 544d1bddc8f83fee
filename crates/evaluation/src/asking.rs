//! Many questions, judged as they are answered: those of sets, and the phrasings of a base that has
//! to do without them.
//!
//! The work goes on in threads of its own and the results come through a channel. So whoever waits
//! for them can show each at once, and can stop at any time with what there is.
//!
//! What a base does with words that it has not seen, and with questions that it nearly knows, can
//! be asked of the base itself. Phrasings are left out in [`PARTS`] folds, and entries in as many
//! groups; a model is trained without each. With so many folds, few entries miss more than one
//! phrasing at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use footnote_knowledge::KnowledgeBase;
use footnote_search::reply::{MAX_CANDIDATES, Reply, Thresholds};
use footnote_search::tuning::Tuning;
use footnote_search::{Held, Searcher, Weights};

use crate::judged::{Judged, judge_reply};
use crate::question_set::Question;

/// In how many folds phrasings are left out, and in how many groups entries.
pub const PARTS: usize = 10;

/// So many results wait for whoever takes them before the work pauses.
const WAITING: usize = 256;

/// What is to be asked.
#[derive(Debug, Default)]
pub struct Plan {
    parts: Vec<Part>,
    questions: usize,
}

/// What is asked of one model.
#[derive(Debug)]
enum Part {
    /// Questions of sets, with the number of the first.
    Set(usize, Vec<Question>),
    /// What a model is trained without, and the phrasings that it is asked.
    LeftOut(Held, Vec<Phrasing>),
}

/// A phrasing that is asked.
#[derive(Debug, Clone, Copy)]
struct Phrasing {
    /// Its number among all questions.
    number: usize,
    /// The place of its entry in the base.
    entry: usize,
    /// Its place among the phrasings of the entry.
    place: usize,
}

impl Plan {
    /// Asks these questions too, of the whole base.
    #[must_use]
    pub fn with_questions(mut self, questions: Vec<Question>) -> Self {
        let first = self.questions;
        self.questions += questions.len();
        self.parts.push(Part::Set(first, questions));
        self
    }

    /// Asks every phrasing of the base too, with every [`PARTS`]th phrasing left out, that one
    /// among them.
    #[must_use]
    pub fn with_phrasings_left_out(self, base: &KnowledgeBase) -> Self {
        self.with_left_out(base, Held::Fold)
    }

    /// Asks every phrasing of the base too, with every [`PARTS`]th entry left out, its own among
    /// them: a question that has no answer any more.
    #[must_use]
    pub fn with_entries_left_out(self, base: &KnowledgeBase) -> Self {
        self.with_left_out(base, Held::Group)
    }

    fn with_left_out(mut self, base: &KnowledgeBase, held: impl Fn(usize, usize) -> Held) -> Self {
        let in_entry = |(entry, phrasings): (usize, usize)| (0..phrasings).map(move |place| (entry, place));
        let counts = base.entries.iter().map(|entry| entry.phrasings.len()).enumerate();
        let all: Vec<(usize, usize)> = counts.flat_map(in_entry).collect();
        let first = self.questions;
        self.questions += all.len();
        let numbered = (first..).zip(all);
        let phrasings: Vec<Phrasing> =
            numbered.map(|(number, (entry, place))| Phrasing { number, entry, place }).collect();
        for part in 0..PARTS {
            let held = held(part, PARTS);
            // The first way to ask an entry is its question.
            let is_held = |phrasing: &&Phrasing| match held {
                Held::Group(..) => held.holds_entry(phrasing.entry),
                Held::Fold(..) => held.holds(phrasing.entry, phrasing.place + 1),
            };
            let asked: Vec<Phrasing> = phrasings.iter().filter(is_held).copied().collect();
            if !asked.is_empty() {
                self.parts.push(Part::LeftOut(held, asked));
            }
        }
        self
    }

    /// How many questions are asked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.questions
    }

    /// Whether there is nothing to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.questions == 0
    }
}

/// Questions that are being asked. Dropping it abandons what is not yet asked.
#[derive(Debug)]
pub struct Asking {
    results: Receiver<(usize, Judged)>,
    work: Option<JoinHandle<()>>,
}

/// What has come of waiting for a result.
#[derive(Debug)]
pub enum Step {
    /// A question was judged. The number is its place in the plan; results come in any order.
    Judged(usize, Box<Judged>),
    /// Nothing yet.
    Waiting,
    /// All questions are judged.
    Done,
}

impl Asking {
    /// Starts to ask, on all cores. `weigh` gives the weights of the evidence for the base; those
    /// that are learned from all of it also serve where a part is left out.
    #[must_use]
    pub fn start(
        base: Arc<KnowledgeBase>,
        plan: Plan,
        thresholds: Thresholds,
        weigh: impl FnOnce(&KnowledgeBase) -> Weights + Send + 'static,
    ) -> Self {
        let (sender, results) = sync_channel(WAITING);
        let work = thread::spawn(move || {
            let asker = Asker { weights: weigh(&base), base: &base, thresholds };
            asker.ask_all(&plan.parts, &sender);
        });
        Self { results, work: Some(work) }
    }

    /// Waits for the next result, at most so long.
    ///
    /// # Panics
    ///
    /// If the work has panicked.
    #[must_use]
    pub fn next_within(&mut self, time: Duration) -> Step {
        match self.results.recv_timeout(time) {
            Ok((number, judged)) => Step::Judged(number, Box::new(judged)),
            Err(RecvTimeoutError::Timeout) => Step::Waiting,
            Err(RecvTimeoutError::Disconnected) => {
                if let Some(Err(panic)) = self.work.take().map(JoinHandle::join) {
                    std::panic::resume_unwind(panic);
                }
                Step::Done
            }
        }
    }
}

struct Asker<'a> {
    base: &'a KnowledgeBase,
    weights: Weights,
    thresholds: Thresholds,
}

impl Asker<'_> {
    /// Asks all parts, as many at a time as there are cores, until nobody takes the results.
    fn ask_all(&self, parts: &[Part], results: &SyncSender<(usize, Judged)>) {
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
                if self.ask(part, results).is_none() {
                    return;
                }
            }
        };
        let workers = thread::available_parallelism().map_or(1, usize::from).min(parts.len());
        thread::scope(|scope| (0..workers).for_each(|_| _ = scope.spawn(work)));
    }

    /// Asks a part; `None` if nobody takes the results any more.
    fn ask(&self, part: &Part, results: &SyncSender<(usize, Judged)>) -> Option<()> {
        match part {
            Part::Set(first, questions) => {
                let searcher = Searcher::new(self.base).calibrated(self.weights);
                for (number, question) in (*first..).zip(questions) {
                    let judged = judge_reply(&self.reply(&searcher, &question.text), question, self.base);
                    results.send((number, judged)).ok()?;
                }
            }
            Part::LeftOut(held, phrasings) => {
                let searcher = Searcher::without(self.base, *held, &Tuning::default()).calibrated(self.weights);
                for phrasing in phrasings {
                    let entry = &self.base.entries[phrasing.entry];
                    let text = &entry.phrasings[phrasing.place].value;
                    let has_answer = !held.holds_entry(phrasing.entry);
                    let reply = self.reply(&searcher, text);
                    let judged = Judged::new(text, has_answer, &reply, self.base, |other| other.id == entry.id);
                    results.send((phrasing.number, judged)).ok()?;
                }
            }
        }
        Some(())
    }

    fn reply(&self, searcher: &Searcher, question: &str) -> Reply<'_> {
        Reply::new(self.base, &searcher.search(question, MAX_CANDIDATES), self.thresholds)
    }
}
