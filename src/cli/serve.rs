//! `serve`: the bot on Discord, until a signal stops it.

use std::io;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{CommandError, Verdict, load_knowledge};
use crate::answer::Answerer;
use crate::config::{Config, Token, Transport};
use crate::discord::{App, gateway, webhook};

pub(super) fn run(config: &Config) -> Result<Verdict, CommandError> {
    let token = Token::from_environment(|name| std::env::var(name))?;
    let base = load_knowledge(config)?;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        entries = base.entries.len(),
        sources = base.sources.len(),
        "knowledge base loaded"
    );
    let app = App { answerer: Arc::new(Answerer::new(base, config.thresholds)) };
    let runtime = Runtime::new().map_err(CommandError::Io)?;
    let outcome = runtime.block_on(async {
        let stop = CancellationToken::new();
        cancel_on_signal(&stop).map_err(CommandError::Io)?;
        match &config.discord.transport {
            Transport::Gateway => gateway::run(app, &token, &config.discord, stop).await?,
            Transport::Webhook(webhook) => webhook::run(app, &token, &config.discord, webhook, stop).await?,
        }
        Ok(Verdict::Positive)
    });
    // Dropping the runtime would wait for blocking work without limit, such as a look-up at a silent name server.
    runtime.shutdown_background();
    outcome
}

/// SIGTERM is how container engines stop a program, SIGINT is Ctrl-C.
fn cancel_on_signal(stop: &CancellationToken) -> io::Result<()> {
    let signals = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
    for signal in signals {
        tokio::spawn(cancel_on(signal, stop.clone()));
    }
    Ok(())
}

async fn cancel_on(mut signal: Signal, stop: CancellationToken) {
    if signal.recv().await.is_some() {
        stop.cancel();
    }
}
