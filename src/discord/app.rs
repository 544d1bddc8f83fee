//! What the running bot holds, and what it gives to one interaction.
//!
//! [`App`] is the process. A [`Context`] belongs to one call, press or post. It takes the newest
//! base at the beginning and keeps it to the end, even if an owner reloads the base meanwhile.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use super::bases::{BasesHeld, NoBase};
use super::foreign::Tongue;
use super::incoming::Locales;
use super::loaded::{LoadedBase, Newest};
use super::servers::{Common, Server, Servers};
use super::setup::Setup;
use super::texts::{Texts, Translations};
use crate::config::{DigestConfig, Links, Offering, ThreadConfig};
use crate::health::Health;
use crate::journal::{Asker, Event, Gap, Journal, Masked, Origin, Pick, PickKind, TakenBack};
use crate::language::Language;
use crate::telemetry::sample::Sample;
use footnote_knowledge::staleness::Age;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::reply::{Answerer, Outcome, Reply, Thresholds};

/// For how many menus the bot waits at once. Those beyond stay.
const MAX_WAITING_OFFERS: usize = 1_000;

/// An answer whose confidence is less than this above `answer_at` was only just sure enough. On
/// such answers a phrasing more decides.
const NARROW: f32 = 0.1;

/// The state of the process, which all interactions share.
#[derive(Debug)]
pub struct App {
    /// What each server has.
    pub(super) servers: Arc<Servers>,
    pub(super) links: Links,
    site: Option<String>,
    pub(super) translations: Translations,
    pub(super) stale_after: Option<Age>,
    pub(super) journal: Option<Journal>,
    /// Empty until Discord has told us who they are.
    owners: OnceLock<Owners>,
    /// Told when somebody who asked can be told of an answer.
    pub(super) answered: Arc<Notify>,
    pub(super) threads: ThreadConfig,
    pub(super) digest: Option<DigestConfig>,
    pub(super) offering: Offering,
    pub(super) offer_time: Duration,
    /// A permit for each menu that is waited for.
    pub(super) waiting_offers: Semaphore,
    pub(super) sample: Sample,
    pub(super) health: Arc<Health>,
}

/// The ids of the users who may use the owners' commands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owners(pub(super) Vec<u64>);

impl App {
    /// The state at the start.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        setup.health.base_is_loaded();
        let common = Common {
            folders: setup.folders,
            base_language: setup.base_language,
            unanswerable: setup.unanswerable,
            language: setup.language,
            cooldown: setup.cooldown,
            watch: setup.watch,
            helpers: setup.helpers,
            helper_role: setup.threads.helper_role,
            desk: setup.desk,
            allows_for: setup.offering.allows_for,
            settings: setup.settings,
            settings_leeway: setup.settings_leeway,
            bases_bytes: setup.bases_bytes,
        };
        Self {
            servers: Arc::new(Servers::new(LoadedBase::new(setup.answerer), common, setup.servers)),
            links: setup.links,
            site: setup.site,
            translations: Translations::new(setup.language),
            stale_after: setup.stale_after,
            journal: setup.journal,
            owners: OnceLock::new(),
            answered: Arc::default(),
            threads: setup.threads,
            digest: setup.digest,
            offering: setup.offering,
            offer_time: setup.offer_time,
            waiting_offers: Semaphore::new(MAX_WAITING_OFFERS),
            sample: Sample::new(setup.log_every),
            health: setup.health,
        }
    }

    /// Where the newest base is found of those who have none of their own.
    #[must_use]
    pub fn newest(&self) -> Newest {
        Newest(Arc::clone(&self.servers.newest))
    }

    /// Which bases are there.
    #[must_use]
    pub fn bases(&self) -> BasesHeld {
        self.servers.bases.held()
    }

    /// What a member with these languages reads there; without them, what everybody reads.
    pub(super) fn texts(&self, server: &Server, locales: Option<&Locales>) -> &Texts {
        match locales {
            Some(locales) => self.translations.for_member_in(server.language, locales),
            None => self.translations.of(server.language),
        }
    }

    /// What one call, press or post works with.
    ///
    /// # Errors
    ///
    /// [`NoBase`] if there is no base to answer from.
    pub(super) async fn context<'a>(&'a self, server: &Arc<Server>, texts: &'a Texts) -> Result<Context<'a>, NoBase> {
        let loaded = server.slot.base(&self.servers.bases).await?;
        Ok(Context { app: self, server: Arc::clone(server), loaded, texts })
    }

    /// What one post outside of servers works with.
    #[cfg(test)]
    pub(super) fn anywhere(&self) -> Context<'_> {
        let server = Arc::clone(self.servers.default());
        let loaded = self.servers.newest.load_full();
        Context { app: self, loaded, texts: self.texts(&server, None), server }
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
    /// What the server has where it happens.
    pub(super) server: Arc<Server>,
    pub(super) loaded: Arc<LoadedBase>,
    /// What the bot says, in the language of the member.
    pub(super) texts: &'a Texts,
}

impl Context<'_> {
    pub(super) fn answerer(&self) -> &Answerer {
        &self.loaded.answerer
    }

    pub(super) fn base(&self) -> &KnowledgeBase {
        self.loaded.answerer.base()
    }

    /// The reply to a question.
    pub(super) fn reply(&self, question: &str) -> Reply<'_> {
        self.answerer().reply_from(question, self.thresholds())
    }

    /// From which confidence on the bot says what here.
    fn thresholds(&self) -> Thresholds {
        self.server.thresholds.unwrap_or_else(|| self.answerer().thresholds())
    }

    /// What everybody reads here, whose language nobody knows.
    pub(super) fn public_texts(&self) -> &Texts {
        self.app.texts(&self.server, None)
    }

    /// What to say to a question in another language than the base's, and the base's language, if
    /// the base has no sure answer to it. What is said is in the language of the question, if the
    /// bot speaks it.
    pub(super) fn in_other_language(&self, question: &str, reply: &Reply<'_>) -> Option<(&Texts, Language)> {
        let detector = self.server.detector.as_ref().filter(|_| reply.outcome != Outcome::Answer)?;
        let texts = match detector.foreign(question, &self.loaded.vocabulary)? {
            // Croatian and Serbian in Latin letters look the same here.
            Tongue::Spoken(language) if !(language.is_like(self.texts.language) && language == Language::Croatian) => {
                self.app.translations.of(language)
            }
            Tongue::Spoken(_) | Tongue::Other => self.texts,
        };
        Some((texts, detector.base()))
    }

    /// Whether people answer what the bot cannot, in this server.
    pub(super) fn has_helpers(&self, server: Option<u64>) -> bool {
        self.server.helpers.help_in(server)
    }

    /// The address of the site on which each entry has a page, if there is one. It shows only the
    /// base that servers without one of their own share.
    pub(super) fn site(&self) -> Option<&str> {
        self.app.site.as_deref().filter(|_| self.server.slot.server.is_none())
    }

    /// Whether members can vote on answers.
    pub(super) fn keeps_votes(&self) -> bool {
        self.app.journal.is_some()
    }

    /// Records how a question that the bot was asked ended. It is kept if the base has no answer to
    /// it, or only entries that may be one; if the member says that one is,
    /// [`Self::take_back_gap`] takes it back. It is also kept, with its entry, if the answer was
    /// only just sure enough. Never waits.
    pub(super) fn note_reply(&self, question: &str, reply: &Reply<'_>, asker: Asker, origin: Option<Origin>) {
        self.count_reply(question, reply, asker);
        match reply.answer() {
            None => self.note_gap(question, asker, origin),
            Some(entry) if reply.confidence() < self.thresholds().answer_at + NARROW => {
                self.note_pick(question, false, entry, PickKind::Narrow, asker);
            }
            Some(_) => {}
        }
    }

    /// Counts how a question ended. Never waits.
    pub(super) fn count_reply(&self, question: &str, reply: &Reply<'_>, asker: Asker) {
        let Some(journal) = &self.app.journal else { return };
        let event = match reply.outcome {
            Outcome::Answer => Event::Answered,
            Outcome::Closest => Event::Closest,
            Outcome::Suggest => Event::Suggested,
            Outcome::Unknown => Event::Unknown,
        };
        let shown = reply.shown().map(|entry| entry.id.as_str());
        let subject = shown.map_or_else(|| self.answerer().normalized(question), str::to_owned);
        journal.count(event, shown, &subject, asker);
    }

    /// Counts a question that got no answer without being asked of the bot. Never waits.
    pub(super) fn count_unknown(&self, question: &str, asker: Asker) {
        if let Some(journal) = &self.app.journal {
            journal.count(Event::Unknown, None, &self.answerer().normalized(question), asker);
        }
    }

    /// Records that an entry was chosen for a question, or not wanted for it. Never waits.
    pub(super) fn note_pick(&self, question: &str, is_cut_off: bool, entry: &Entry, kind: PickKind, asker: Asker) {
        let Some(journal) = &self.app.journal else { return };
        let question = Masked::of(question);
        let normalized = self.answerer().normalized(question.as_str());
        if let Some(pick) = Pick::new(&question, &normalized, &entry.id, kind, asker, is_cut_off) {
            journal.record_pick(pick);
        }
    }

    /// Records a question in the journal, with the message that asks it. Never waits.
    pub(super) fn note_gap(&self, question: &str, asker: Asker, origin: Option<Origin>) {
        let Some(journal) = &self.app.journal else { return };
        let question = Masked::of(question);
        let normalized = self.answerer().normalized(question.as_str());
        let terms = self.answerer().subject(question.as_str());
        if let Some(gap) = Gap::new(&question, &normalized, &terms, asker) {
            journal.record_gap(gap.asked_in(origin));
        }
    }

    /// Takes a question back that was recorded, because the member has found what they asked for.
    /// Never waits.
    pub(super) fn take_back_gap(&self, question: &str, is_cut_off: bool, asker: Asker) {
        let Some(journal) = &self.app.journal else { return };
        let normalized = self.answerer().normalized(Masked::of(question).as_str());
        if let Some(gap) = TakenBack::new(&normalized, asker, is_cut_off) {
            journal.take_back_gap(gap);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tempfile::TempDir;

    use crate::discord::fixture::{MEMBER, SERVER, journal, setup};
    use crate::journal::{Asker, Page};

    #[tokio::test]
    async fn a_question_without_an_answer_is_a_gap_and_so_is_one_that_only_has_candidates() {
        let folder = TempDir::new().expect("a temporary folder");
        let written = journal(&folder).await;
        for (answer_at, suggest_at, question, outcome) in [
            (0.0, 0.0, "height of the crane", "answer"),
            (2.0, 0.0, "the bell", "suggest"),
            (2.0, 2.0, "who painted the moat", "unknown"),
        ] {
            let app = setup(answer_at, suggest_at, |setup| setup.journal = Some(written.clone()));
            let context = app.anywhere();
            let reply = context.reply(question);
            assert_eq!(reply.outcome.name(), outcome);
            context.note_reply(question, &reply, Asker { member: MEMBER, server: Some(SERVER) }, None);
        }
        written.close().await;
        let journal = journal(&folder).await;
        let gaps = journal.store().gaps(Some(SERVER), &Page::first(9)).await.expect("it can be read");
        let questions: Vec<&str> = gaps.groups.iter().flat_map(|group| &group.wordings).map(String::as_str).collect();
        assert_eq!(BTreeSet::from_iter(questions), BTreeSet::from(["the bell", "who painted the moat"]));
    }
}
