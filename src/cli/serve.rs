//! `serve`: the bot on Discord, until a signal stops it.

mod service;
mod watch;

use std::io;
use std::path::{Path, absolute};
use std::sync::Arc;

use footnote_search::reply::Answerer;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use self::watch::Watch;
use super::outcome::{CommandError, Verdict};
use crate::calibration::Renewal;
use crate::config::{Config, DiscordConfig, JournalConfig, Token, Transport};
use crate::discord::gateway::{self, Patience};
use crate::discord::{App, Desk, Overrides, Reloaders, Setup, start_tls, webhook};
use crate::health::Health;
use crate::http;
use crate::journal::Journal;
use crate::telemetry::metrics;
use crate::web;

/// `named` is the configuration file that the command line names.
pub(super) fn run(config: &Config, named: Option<&Path>) -> Result<Verdict, CommandError> {
    let token = Token::from_environment(|name| std::env::var(name))?;
    start_tls();
    let runtime = Runtime::new().map_err(CommandError::Io)?;
    let outcome = runtime.block_on(serve(config, named, &token));
    // Dropping the runtime would wait without limit for blocking work, such as a look-up at a
    // name server that does not respond.
    runtime.shutdown_background();
    outcome
}

async fn serve(config: &Config, named: Option<&Path>, token: &Token) -> Result<Verdict, CommandError> {
    log_start(config, named);
    let health = Arc::new(Health::default());
    // Probes are answered first: a large base takes a while to load.
    if let Some(listen) = config.http.listen {
        http::start(listen, Arc::clone(&health), metrics::install()).await?;
    }
    tokio::spawn(service::report(Arc::clone(&health)));
    // Changes are noticed from here on, so none is missed while the base is loaded.
    let watch = Watch::start(config, named).map_err(CommandError::Io)?;
    let desk = config.curation.clone().map(|curation| Desk::new(curation, config.folders()));
    if let Some(curation) = &config.curation
        && (config.journal.is_none()
            || curation.server.is_none() && !config.servers.iter().any(|server| server.owns_folder))
    {
        tracing::warn!("curation.enabled has no effect without curation.server and the journal");
    }
    if let Some(desk) = &desk {
        desk.recover();
    }
    let answerer = load(config)?;
    let stop = CancellationToken::new();
    stop_on_signal(&stop, &health).map_err(CommandError::Io)?;
    let journal = open_journal(config.journal.as_ref()).await?;
    health.journal_is_open(journal.clone());
    if let Some(journal) = journal.clone() {
        let stop = stop.clone();
        tokio::spawn(async move {
            journal.wait_for_fault().await;
            stop.cancel();
        });
    }
    if config.discord.helpers.lacks_server() {
        tracing::warn!("discord.helpers.channel has no effect without discord.helpers.server");
    }
    if config.digest.is_some() && config.journal.is_none() {
        tracing::warn!("digest.channel has no effect without the journal");
    }
    let app = App::new(Setup {
        answerer,
        folders: config.folders(),
        base_language: config.base_language,
        stale_after: config.stale_after,
        unanswerable: config.unanswerable,
        journal: journal.clone(),
        links: config.discord.links.clone(),
        site: config.web.public_url.clone(),
        language: config.discord.language,
        cooldown: config.discord.cooldown,
        watch: config.watch.clone(),
        threads: config.threads.clone(),
        desk,
        digest: config.digest,
        offering: config.discord.offering,
        offer_time: config.discord.offer_time,
        helpers: config.discord.helpers,
        settings: config.discord.settings.clone(),
        settings_leeway: config.discord.settings_leeway,
        servers: config.servers.clone(),
        bases_bytes: config.bases_bytes,
        log_every: config.log.sample,
        health,
    });
    tokio::spawn(watch.run(Reloaders::of(&app)));
    if let Some(journal) = &journal {
        let overrides = Overrides::of(&app, journal);
        // Nobody is answered before what is known of the settings counts.
        overrides.try_to_read().await;
        tokio::spawn(overrides.follow());
    }
    let readers = match config.web.listen {
        Some(listen) => Some(web::start(listen, &config.web, app.newest(), config.folders(), stop.clone()).await?),
        None => None,
    };
    let served = carry(app, token, &config.discord, stop).await;
    service::stopping();
    if let (Some(readers), Ok(())) = (readers, &served) {
        // It was told to stop too. A panic in it is in the log.
        let _ = readers.await;
    }
    if let Some(journal) = &journal {
        journal.close().await;
    }
    served?;
    match journal.and_then(|journal| journal.take_fault()) {
        Some(fault) => Err(fault.into()),
        None => Ok(Verdict::Positive),
    }
}

/// The first line names what is in use: many a mystery is another file than the operator thinks.
fn log_start(config: &Config, named: Option<&Path>) {
    let file = Config::file(named).map_or_else(|| "none".to_owned(), |file| full(&file));
    let journal = match &config.journal {
        None => "off".to_owned(),
        Some(JournalConfig { url: Some(url), .. }) => url.to_string(),
        Some(JournalConfig { path, .. }) => full(path),
    };
    let (version, knowledge) = (env!("CARGO_PKG_VERSION"), full(&config.knowledge));
    tracing::info!(version, config = file, knowledge, journal, "starting");
}

/// A path that says the same in every folder.
fn full(path: &Path) -> String {
    absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn load(config: &Config) -> Result<Answerer, CommandError> {
    let folders = config.folders();
    let base = folders.load()?;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        entries = base.entries.len(),
        sources = base.sources.len(),
        "knowledge base loaded"
    );
    let calibration = Renewal::of(&base, &folders.now(), config.unanswerable);
    calibration.log();
    Ok(calibration.weighing.answerer(base, config.thresholds))
}

async fn carry(app: App, token: &Token, config: &DiscordConfig, stop: CancellationToken) -> Result<(), CommandError> {
    match &config.transport {
        Transport::Gateway => gateway::run(app, token, config, Patience::default(), stop).await?,
        Transport::Webhook(webhook) => webhook::run(app, token, config, webhook, stop).await?,
    }
    Ok(())
}

async fn open_journal(config: Option<&JournalConfig>) -> Result<Option<Journal>, CommandError> {
    let Some(config) = config else { return Ok(None) };
    Ok(Some(Journal::open(config, |name| std::env::var(name)).await?))
}

/// Container engines stop a program with SIGTERM; Ctrl-C sends SIGINT.
fn stop_on_signal(stop: &CancellationToken, health: &Arc<Health>) -> io::Result<()> {
    let signals = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
    for signal in signals {
        tokio::spawn(stop_on(signal, stop.clone(), Arc::clone(health)));
    }
    Ok(())
}

async fn stop_on(mut signal: Signal, stop: CancellationToken, health: Arc<Health>) {
    if signal.recv().await.is_some() {
        health.stop();
        service::stopping();
        stop.cancel();
    }
}
