//! What the running bot holds, and what it gives to one interaction.
//!
//! [`App`] is the process. A [`Context`] belongs to one call, press or post. It takes the newest
//! base at the beginning and keeps it to the end, even if an owner reloads the base meanwhile.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use tokio::sync::{Notify, Semaphore};

use super::cooldown::Cooldown;
use super::desk::Desk;
use super::foreign::{Detector, Tongue, Vocabulary};
use super::incoming::Locales;
use super::texts::{Texts, Translations};
use super::turn::Turn;
use crate::base::BaseFolders;
use crate::config::{Config, CooldownConfig, DigestConfig, Helpers, Links, Offering, ThreadConfig, WatchConfig};
use crate::health::Health;
use crate::journal::{Asker, Event, Gap, Journal, Masked, Origin, Pick, PickKind, TakenBack};
use crate::language::Language;
use crate::telemetry::metrics::{BASE_BYTES, BASE_ENTRIES, BASE_INFO, BASE_LOADED, BASE_SOURCES, unix_time};
use crate::telemetry::sample::Sample;
use footnote_knowledge::staleness::Age;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::calibration::fingerprint;
use footnote_search::reply::{Answerer, Outcome, Reply, Thresholds};
use footnote_search::tuning::Tuning;

/// For how many menus the bot waits at once. Those beyond stay.
const MAX_WAITING_OFFERS: usize = 1_000;

/// An answer whose confidence is less than this above `answer_at` was only just sure enough. On
/// such answers a phrasing more decides.
const NARROW: f32 = 0.1;

/// What the bot works with, decided when it starts.
#[derive(Debug)]
pub struct Setup {
    /// The base to answer from until another is loaded.
    pub answerer: Answerer,
    /// The folders that the base was loaded from.
    pub folders: BaseFolders,
    /// The language of the base; `None` if questions in other languages get no special reply.
    pub base_language: Option<Language>,
    /// How old the date of an entry may be before somebody should look at it again.
    pub stale_after: Option<Age>,
    /// The share of questions without an answer that a calibration expects, 0 to below 1.
    pub unanswerable: f32,
    /// Where votes and unanswered questions are kept, if anywhere.
    pub journal: Option<Journal>,
    /// The addresses that `/about` shows.
    pub links: Links,
    /// The address of the site on which each entry has a page, if there is one.
    pub site: Option<String>,
    /// What members read if neither their client nor their server says a language.
    pub language: Language,
    /// How often a member may use the bot, if there is a limit.
    pub cooldown: Option<CooldownConfig>,
    /// Where plain messages are answered.
    pub watch: WatchConfig,
    /// What the bot does in threads there.
    pub threads: ThreadConfig,
    /// Where the base is changed, if it is changed from Discord.
    pub desk: Option<Desk>,
    /// Where and when moderators get a digest, if they get one.
    pub digest: Option<DigestConfig>,
    /// How commands are offered.
    pub offering: Offering,
    /// After how long an offer that nobody uses loses its menu.
    pub offer_time: Duration,
    /// Who answers what the bot cannot.
    pub helpers: Helpers,
    /// Of interactions that succeeded, every so many-th is logged.
    pub log_every: NonZeroU32,
    /// Where each part reports whether it is ready.
    pub health: Arc<Health>,
}

impl Setup {
    /// A base from this folder, and nothing optional.
    #[must_use]
    pub fn new(answerer: Answerer, knowledge: impl Into<PathBuf>) -> Self {
        Self {
            answerer,
            folders: BaseFolders::new(knowledge, None),
            base_language: Config::default().base_language,
            stale_after: None,
            unanswerable: Config::default().unanswerable,
            journal: None,
            links: Links::default(),
            site: None,
            language: Language::default(),
            cooldown: None,
            watch: WatchConfig::default(),
            threads: ThreadConfig::default(),
            desk: None,
            digest: None,
            offering: Offering::default(),
            offer_time: Config::default().discord.offer_time,
            helpers: Helpers::default(),
            log_every: NonZeroU32::MIN,
            health: Arc::default(),
        }
    }
}

/// The state of the process, which all interactions share.
#[derive(Debug)]
pub struct App {
    /// The base that the next interaction gets. It is shared with a reload, which outlives its
    /// response.
    pub(super) newest: Arc<ArcSwap<LoadedBase>>,
    pub(super) folders: BaseFolders,
    /// How the next base that is loaded will be asked.
    pub(super) answering: Arc<ArcSwap<Answering>>,
    pub(super) links: Links,
    site: Option<String>,
    pub(super) translations: Translations,
    detector: Option<Detector>,
    pub(super) stale_after: Option<Age>,
    pub(super) journal: Option<Journal>,
    /// Empty until Discord has told us who they are.
    owners: OnceLock<Owners>,
    pub(super) turn: Turn,
    /// Told when somebody who asked can be told of an answer.
    pub(super) answered: Arc<Notify>,
    cooldown: Option<Cooldown>,
    pub(super) watch: WatchConfig,
    pub(super) threads: ThreadConfig,
    pub(super) desk: Option<Desk>,
    pub(super) digest: Option<DigestConfig>,
    pub(super) offering: Offering,
    pub(super) offer_time: Duration,
    /// A permit for each menu that is waited for.
    pub(super) waiting_offers: Semaphore,
    pub(super) helpers: Helpers,
    pub(super) sample: Sample,
    pub(super) health: Arc<Health>,
}

/// How a base is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answering {
    /// The confidence from which the bot answers, and those from which it offers.
    pub thresholds: Thresholds,
    /// The share of questions without an answer that a calibration expects, 0 to below 1.
    pub unanswerable: f32,
}

/// A base with its index, and the time it was loaded.
#[derive(Debug)]
pub struct LoadedBase {
    /// The base, ready to be asked.
    pub answerer: Answerer,
    pub(super) loaded_at: SystemTime,
    vocabulary: Vocabulary,
    /// Changes with everything that search reads of the base.
    pub(super) version: String,
}

/// How many digits of a base's fingerprint tell it from its other versions.
const VERSION_DIGITS: usize = 12;

/// Where the newest base of a running bot is found, by those who show it elsewhere.
#[derive(Debug, Clone)]
pub struct Newest(Arc<ArcSwap<LoadedBase>>);

impl Newest {
    /// A base that stays the newest.
    #[must_use]
    pub fn only(answerer: Answerer) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(LoadedBase::new(answerer))))
    }

    /// The newest base; it stays as it is even if another replaces it.
    #[must_use]
    pub fn load(&self) -> Arc<LoadedBase> {
        self.0.load_full()
    }
}

impl LoadedBase {
    pub(super) fn new(answerer: Answerer) -> Self {
        let (base, loaded_at) = (answerer.base(), SystemTime::now());
        let mut version = fingerprint(base, &Tuning::default());
        version.truncate(VERSION_DIGITS);
        BASE_INFO.set(1.0, &[&version]);
        BASE_ENTRIES.set(count(base.entries.len()), &[]);
        BASE_SOURCES.set(count(base.sources.len()), &[]);
        BASE_BYTES.set(count(base.entries.iter().map(text_length).sum()), &[]);
        BASE_LOADED.set(unix_time(loaded_at), &[]);
        let vocabulary = Vocabulary::of(base);
        Self { answerer, loaded_at, vocabulary, version }
    }

    /// How many entries and sources it has.
    pub(super) fn size(&self) -> (usize, usize) {
        let base = self.answerer.base();
        (base.entries.len(), base.sources.len())
    }

    /// Tells the metrics that this base has been replaced by another.
    pub(super) fn retire(&self, successor: &Self) {
        if self.version != successor.version {
            BASE_INFO.set(0.0, &[&self.version]);
        }
    }
}

/// The bytes of an entry's question, phrasings and answer.
fn text_length(entry: &Entry) -> usize {
    let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.len());
    entry.question.len() + phrasings.sum::<usize>() + entry.answer.value.len()
}

#[expect(clippy::cast_precision_loss, reason = "no base has so many entries that it matters")]
fn count(number: usize) -> f64 {
    number as f64
}

/// The ids of the users who may use the owners' commands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Owners(pub(super) Vec<u64>);

impl App {
    /// The state at the start.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        setup.health.base_is_loaded();
        let answering = Answering { thresholds: setup.answerer.thresholds(), unanswerable: setup.unanswerable };
        Self {
            newest: Arc::new(ArcSwap::from_pointee(LoadedBase::new(setup.answerer))),
            folders: setup.folders,
            answering: Arc::new(ArcSwap::from_pointee(answering)),
            links: setup.links,
            site: setup.site,
            translations: Translations::new(setup.language),
            detector: setup.base_language.map(Detector::new),
            stale_after: setup.stale_after,
            journal: setup.journal,
            owners: OnceLock::new(),
            turn: Turn::default(),
            answered: Arc::default(),
            cooldown: setup.cooldown.map(Cooldown::new),
            watch: setup.watch,
            threads: setup.threads,
            desk: setup.desk,
            digest: setup.digest,
            offering: setup.offering,
            offer_time: setup.offer_time,
            waiting_offers: Semaphore::new(MAX_WAITING_OFFERS),
            helpers: setup.helpers,
            sample: Sample::new(setup.log_every),
            health: setup.health,
        }
    }

    /// Where its newest base is found.
    #[must_use]
    pub fn newest(&self) -> Newest {
        Newest(Arc::clone(&self.newest))
    }

    /// What one post works with, of whose author no language is known.
    pub(super) fn context(&self) -> Context<'_> {
        self.speaking(self.translations.configured())
    }

    /// What one interaction of a member with these languages works with.
    pub(super) fn context_for(&self, locales: &Locales) -> Context<'_> {
        self.speaking(self.translations.for_member(locales))
    }

    fn speaking<'a>(&'a self, texts: &'a Texts) -> Context<'a> {
        Context { app: self, loaded: self.newest.load_full(), texts }
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

    /// What to say to a question in another language than the base's, and the base's language, if
    /// the base has no sure answer to it. What is said is in the language of the question, if the
    /// bot speaks it.
    pub(super) fn in_other_language(&self, question: &str, reply: &Reply<'_>) -> Option<(&Texts, Language)> {
        let detector = self.app.detector.as_ref().filter(|_| reply.outcome != Outcome::Answer)?;
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
        self.app.helpers.help_in(server)
    }

    /// The address of the site on which each entry has a page, if there is one.
    pub(super) fn site(&self) -> Option<&str> {
        self.app.site.as_deref()
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
            Some(entry) if reply.confidence() < self.answerer().thresholds().answer_at + NARROW => {
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
            let context = app.context();
            let reply = context.answerer().reply(question);
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
