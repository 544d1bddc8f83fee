//! Every metric that the bot exports, declared once.
//!
//! Whatever is counted or measured goes through one of these declarations, from which
//! `docs/METRICS.md` is generated. After a change, run `just docs`; a test fails until you do.
//! Nothing here knows who is counted: no label holds a name, an id or a question.
//!
//! Unless [`install`] was called, recording does nothing.

use std::time::{SystemTime, UNIX_EPOCH};

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use strum::IntoStaticStr;

/// The bounds of the buckets for durations, in seconds. An answer takes milliseconds, and Discord
/// waits for three seconds.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0];
/// The bounds of the buckets for a confidence. The default thresholds are among them.
const CONFIDENCES: [f64; 12] = [0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// What a metric can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// A number that only grows.
    Counter,
    /// A number that is what it was last set to.
    Gauge,
    /// How often values fell into each of these ranges.
    Histogram,
}

/// The declaration of a metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its name on the page.
    pub name: &'static str,
    /// What it can be.
    pub kind: Kind,
    /// The names of its labels.
    pub labels: &'static [&'static str],
    /// What it says, in Markdown.
    pub meaning: &'static str,
    /// The bounds of a histogram's buckets.
    buckets: &'static [f64],
}

impl Metric {
    const fn counter(name: &'static str, labels: &'static [&'static str], meaning: &'static str) -> Self {
        Self { name, kind: Kind::Counter, labels, meaning, buckets: &[] }
    }

    const fn gauge(name: &'static str, labels: &'static [&'static str], meaning: &'static str) -> Self {
        Self { name, kind: Kind::Gauge, labels, meaning, buckets: &[] }
    }

    const fn histogram(
        name: &'static str,
        labels: &'static [&'static str],
        buckets: &'static [f64],
        meaning: &'static str,
    ) -> Self {
        Self { name, kind: Kind::Histogram, labels, meaning, buckets }
    }

    /// Adds to a counter. `values` has a value for each label.
    pub(crate) fn add(&self, amount: u64, values: &[&str]) {
        metrics::counter!(self.name, self.labelled(values)).increment(amount);
    }

    /// Sets a gauge. `values` has a value for each label.
    pub(crate) fn set(&self, value: f64, values: &[&str]) {
        metrics::gauge!(self.name, self.labelled(values)).set(value);
    }

    /// Moves a gauge without labels.
    pub(crate) fn step(&self, by: f64) {
        metrics::gauge!(self.name).increment(by);
    }

    /// Adds a value to a histogram. `values` has a value for each label.
    pub(crate) fn observe(&self, value: f64, values: &[&str]) {
        metrics::histogram!(self.name, self.labelled(values)).record(value);
    }

    fn labelled(&self, values: &[&str]) -> Vec<metrics::Label> {
        let pairs = self.labels.iter().zip(values);
        pairs.map(|(name, value)| metrics::Label::new(*name, (*value).to_owned())).collect()
    }
}

/// Declares the metrics, and the list of all of them.
macro_rules! metrics {
    ($($name:ident = $metric:expr;)*) => {
        $(pub(crate) static $name: Metric = $metric;)*

        /// All metrics, in the order of the documentation.
        #[must_use]
        pub fn declarations() -> Vec<Metric> {
            vec![$($name),*]
        }
    };
}

metrics! {
    INTERACTIONS = Metric::counter("footnote_interactions_total", &["kind", "command", "outcome"],
        "Interactions, and replies to messages. `kind` is `interaction` or `reply`; `command` \
         and `outcome` are those of the log's lines.");
    INTERACTIONS_FAILED = Metric::counter("footnote_interactions_failed_total", &["kind"],
        "Those of them whose response Discord did not accept.");
    INTERACTION_SECONDS = Metric::histogram("footnote_interaction_seconds", &["kind"], &SECONDS,
        "The time from the arrival until Discord accepted the response; with the webhook, until \
         the response was ready.");
    CONFIDENCE = Metric::histogram("footnote_confidence", &[], &CONFIDENCES,
        "The confidence of the best entry for each question.");

    READY = Metric::gauge("footnote_ready", &["part"],
        "Whether a part of the bot is ready, 1 or 0: `base`, `journal`, `discord`. `/readyz` \
         needs all of them.");
    GATEWAY_UP = Metric::gauge("footnote_gateway_up", &["shard"], "Whether a shard has a session, 1 or 0.");
    GATEWAY_SESSIONS = Metric::counter("footnote_gateway_sessions_total", &["shard", "how"],
        "Sessions that a shard began: `how` is `started` or `resumed`.");
    GATEWAY_LOST = Metric::counter("footnote_gateway_lost_total", &["shard", "reason"],
        "How often a shard lost its session, to resume it or to start another. `reason` is \
         `closed` (with a code), `broken`, `silent` (a heartbeat was not answered), `reconnect` \
         (as Discord asked) or `invalid` (as Discord said).");
    GATEWAY_LATENCY = Metric::gauge("footnote_gateway_latency_seconds", &["shard"],
        "The time between a shard's last heartbeat and Discord's acknowledgement.");
    UNREADABLE = Metric::counter("footnote_unreadable_total", &[],
        "Events and interactions from Discord that this version cannot read.");

    REST_REQUESTS = Metric::counter("footnote_rest_requests_total", &["route", "status"],
        "Requests to Discord's REST API, each attempt on its own. `status` is the HTTP status, \
         `2xx` for success, or `unreachable` without an answer; a success that made no sense is \
         also counted as `unreadable`. 429 is a rate limit.");

    WEBHOOK_REFUSED = Metric::counter("footnote_webhook_refused_total", &["reason"],
        "Requests that the webhook refused; the reasons are those of the line `requests \
         refused`.");
    WEBHOOK_CONNECTIONS = Metric::gauge("footnote_webhook_connections", &[], "Open connections to the webhook.");
    WEBHOOK_PLACES = Metric::gauge("footnote_webhook_places", &[],
        "How many connections to the webhook can be open at once.");
    WEBHOOK_FULL = Metric::counter("footnote_webhook_full_total", &[],
        "Connections that came while all places were taken. For each, one that did nothing was \
         closed.");

    JOURNAL_QUEUE = Metric::gauge("footnote_journal_queue", &["kind"],
        "What waits to be written to the journal: `gaps` and `votes`. Each queue has room for \
         1,024.");
    JOURNAL_DROPPED = Metric::counter("footnote_journal_dropped_total", &[],
        "Unanswered questions that the journal lost because it could not keep up.");
    JOURNAL_REFUSED = Metric::counter("footnote_journal_refused_total", &[],
        "New unanswered questions that were not stored because a member or a server was at its \
         limit.");
    JOURNAL_FAILURES = Metric::counter("footnote_journal_failures_total", &[],
        "Attempts to write the journal that failed.");

    BASE_INFO = Metric::gauge("footnote_base_info", &["version"],
        "1 for the base in use, 0 for earlier ones. `version` changes with everything that \
         search reads of it.");
    BASE_ENTRIES = Metric::gauge("footnote_base_entries", &[], "Entries of the base in use.");
    BASE_SOURCES = Metric::gauge("footnote_base_sources", &[], "Sources of the base in use.");
    BASE_BYTES = Metric::gauge("footnote_base_bytes", &[],
        "Bytes of the questions, phrasings and answers of the base in use.");
    BASE_LOADED = Metric::gauge("footnote_base_loaded_timestamp_seconds", &[],
        "When the base in use was loaded, as Unix time.");
    RELOADS = Metric::counter("footnote_reloads_total", &["result"],
        "Attempts to load the base anew: `loaded`, or `refused` because of an error in it.");

    BASES_HELD = Metric::gauge("footnote_bases_held", &[],
        "How many bases are loaded: that of `[knowledge]`, and those of servers with their own.");
    BASES_BYTES = Metric::gauge("footnote_bases_bytes", &[],
        "How many bytes they take in memory, all that search needs included.");
    BASE_LOADS = Metric::counter("footnote_base_loads_total", &["result"],
        "How often a server's own base was loaded because somebody asked there: `loaded`, or \
         `refused` because of an error in it.");
    BASES_LET_GO = Metric::counter("footnote_bases_let_go_total", &[],
        "How often a server's own base was let go to make room for another. If it grows as fast as \
         the loads, raise `memory.bases_mb`.");
    BASE_LOAD_SECONDS = Metric::histogram("footnote_base_load_seconds", &[], &SECONDS,
        "The time that it took to load a server's own base.");

    BUILD_INFO = Metric::gauge("footnote_build_info", &["version"], "1, with the version of the program.");
    STARTED = Metric::gauge("footnote_start_timestamp_seconds", &[], "When the program started, as Unix time.");
}

/// Records from now on, for the whole process. The handle renders the page.
#[must_use]
pub fn install() -> PrometheusHandle {
    let recorder = declarations()
        .iter()
        .filter(|metric| metric.kind == Kind::Histogram)
        .fold(PrometheusBuilder::new(), |builder, metric| {
            let name = Matcher::Full(metric.name.to_owned());
            let Ok(builder) = builder.set_buckets_for_metric(name, metric.buckets) else {
                unreachable!("every histogram is declared with buckets")
            };
            builder
        })
        .build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("metrics are already recorded");
    }
    for metric in declarations() {
        describe(&metric);
    }
    BUILD_INFO.set(1.0, &[env!("CARGO_PKG_VERSION")]);
    STARTED.set(unix_time(SystemTime::now()), &[]);
    handle
}

/// A counter that is there from the start, at zero, lets a monitor see its first step.
fn describe(metric: &Metric) {
    match metric.kind {
        Kind::Counter => metrics::describe_counter!(metric.name, metric.meaning),
        Kind::Gauge => metrics::describe_gauge!(metric.name, metric.meaning),
        Kind::Histogram => metrics::describe_histogram!(metric.name, metric.meaning),
    }
    if metric.kind == Kind::Counter && metric.labels.is_empty() {
        metric.add(0, &[]);
    }
}

/// A time as Unix seconds.
pub(crate) fn unix_time(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}
