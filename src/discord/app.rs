//! What the running bot holds, and what it gives to one interaction.
//!
//! [`App`] is the process. A [`Context`] belongs to one call, press or post. It takes the newest
//! base at the beginning and keeps it to the end, even if an owner reloads the base meanwhile.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use arc_swap::ArcSwap;

use super::cooldown::Cooldown;
use super::turn::Turn;
use crate::config::{CooldownConfig, WatchConfig};
use crate::journal::{Gap, Journal};
use footnote_knowledge::KnowledgeBase;
use footnote_search::reply::{Answerer, Outcome, Reply};

/// What the bot works with, decided when it starts.
#[derive(Debug)]
pub struct Setup {
    /// The base to answer from until another is loaded.
    pub answerer: Answerer,
    /// The folder that the base was loaded from.
    pub knowledge: PathBuf,
    /// Where votes and unanswered questions are kept, if anywhere.
    pub journal: Option<Journal>,
    /// The address of the program's source code, if it is shown.
    pub source_code: Option<String>,
    /// How often a member may use the bot, if there is a limit.
    pub cooldown: Option<CooldownConfig>,
    /// Where plain messages are answered.
    pub watch: WatchConfig,
}

impl Setup {
    /// A base from this folder, and nothing optional.
    #[must_use]
    pub fn new(answerer: Answerer, knowledge: impl Into<PathBuf>) -> Self {
        Self {
            answerer,
            knowledge: knowledge.into(),
            journal: None,
            source_code: None,
            cooldown: None,
            watch: WatchConfig::default(),
        }
    }
}

/// The state of the process, which all interactions share.
#[derive(Debug)]
pub struct App {
    /// The base that the next interaction gets. It is shared with a reload, which outlives its
    /// response.
    pub(super) newest: Arc<ArcSwap<LoadedBase>>,
    pub(super) knowledge: Arc<Path>,
    pub(super) source_code: Option<String>,
    pub(super) journal: Option<Journal>,
    /// Empty until Discord has told us who they are.
    owners: OnceLock<Owners>,
    pub(super) turn: Turn,
    cooldown: Option<Cooldown>,
    pub(super) watch: WatchConfig,
}

/// A base with its index, and the time it was loaded.
#[derive(Debug)]
pub(super) struct LoadedBase {
    pub(super) answerer: Answerer,
    pub(super) loaded_at: SystemTime,
}

impl LoadedBase {
    pub(super) fn new(answerer: Answerer) -> Self {
        Self { answerer, loaded_at: SystemTime::now() }
    }
}

/// The ids of the users who may use the owners' commands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owners(pub(super) Vec<u64>);

impl App {
    /// The state at the start.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self {
            newest: Arc::new(ArcSwap::from_pointee(LoadedBase::new(setup.answerer))),
            knowledge: setup.knowledge.into(),
            source_code: setup.source_code,
            journal: setup.journal,
            owners: OnceLock::new(),
            turn: Turn::default(),
            cooldown: setup.cooldown.map(Cooldown::new),
            watch: setup.watch,
        }
    }

    /// What one interaction works with.
    pub(super) fn context(&self) -> Context<'_> {
        Context { app: self, loaded: self.newest.load_full() }
    }

    /// Counts a member's use of the bot.
    ///
    /// # Errors
    ///
    /// How many seconds to wait, at least 1, if the member has no use left.
    pub(super) fn count_use(&self, member: u64) -> Result<(), u64> {
        self.cooldown.as_ref().map_or(Ok(()), |cooldown| cooldown.count(member))
    }

    /// Remembers who owns the application.
    pub(super) fn know_owners(&self, owners: Owners) {
        tracing::info!(count = owners.0.len(), "found the application's owners");
        // A later session reports the same owners.
        let _ = self.owners.set(owners);
    }

    /// Whether this user is an owner; `None` while the owners are unknown.
    pub(super) fn is_owner(&self, user: u64) -> Option<bool> {
        self.owners.get().map(|owners| owners.0.contains(&user))
    }
}

/// What one call, press or post works with: the process, and one base from beginning to end.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) app: &'a App,
    pub(super) loaded: Arc<LoadedBase>,
}

impl Context<'_> {
    pub(super) fn answerer(&self) -> &Answerer {
        &self.loaded.answerer
    }

    pub(super) fn base(&self) -> &KnowledgeBase {
        self.loaded.answerer.base()
    }

    /// Whether members can vote on answers.
    pub(super) fn keeps_votes(&self) -> bool {
        self.app.journal.is_some()
    }

    /// Records a question in the journal if the base has no answer to it. Never waits.
    pub(super) fn note_gap(&self, question: &str, reply: &Reply<'_>, server: Option<u64>) {
        let Some(journal) = self.app.journal.as_ref().filter(|_| reply.outcome == Outcome::Unknown) else { return };
        let (normalized, terms) = (self.answerer().normalized(question), self.answerer().subject(question));
        if let Some(gap) = Gap::new(question, &normalized, &terms, server) {
            journal.record_gap(gap);
        }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use crate::discord::fixture::{SERVER, journal, setup};
    use crate::journal::Page;

    #[tokio::test]
    async fn only_an_unanswered_question_is_a_gap() {
        let folder = TempDir::new().expect("a temporary folder");
        let written = journal(&folder).await;
        let app = setup(0.5, 0.2, |setup| setup.journal = Some(written.clone()));
        let context = app.context();
        let mut outcomes = Vec::new();
        for question in ["height of the crane", "the bell", "who painted the moat"] {
            let reply = context.answerer().reply(question);
            outcomes.push(reply.outcome.name());
            context.note_gap(question, &reply, Some(SERVER));
        }
        assert_eq!(outcomes, ["answer", "suggest", "unknown"]);
        written.close().await;
        let journal = journal(&folder).await;
        let gaps = journal.store().gaps(Some(SERVER), Page { offset: 0, limit: 9 }).await.expect("it can be read");
        let questions: Vec<&str> = gaps.groups.iter().flat_map(|group| &group.wordings).map(String::as_str).collect();
        assert_eq!(questions, ["who painted the moat"]);
    }
}
