//! What a service manager is told, if there is one: systemd sets `NOTIFY_SOCKET`
//! ([`sd_notify(3)`](https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html)).
//! Without it, nothing here does anything.

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio::time::interval;

use crate::health::{Health, Lack};

/// How often to look whether there is something to tell.
const PERIOD: Duration = Duration::from_secs(1);

/// Tells when the bot is ready for the first time, what is missing whenever that changes, and that
/// the process still moves. Never ends.
pub(super) async fn report(health: Arc<Health>) {
    // A watchdog wants a sign twice in its time.
    let watchdog = sd_notify::watchdog_enabled();
    let mut ticks = interval(watchdog.map_or(PERIOD, |limit| PERIOD.min(limit / 2)));
    let (mut was_ready, mut last) = (false, None);
    loop {
        ticks.tick().await;
        if watchdog.is_some() {
            notify(&[NotifyState::Watchdog]);
        }
        let lacks = health.lacks();
        if last.as_ref() == Some(&lacks) {
            continue;
        }
        let status = if lacks.is_empty() { "ready".to_owned() } else { words(&lacks) };
        notify(&[NotifyState::Status(&status)]);
        if lacks.is_empty() && !was_ready {
            notify(&[NotifyState::Ready]);
            was_ready = true;
        }
        last = Some(lacks);
    }
}

fn words(lacks: &[Lack]) -> String {
    lacks.iter().map(Lack::to_string).collect::<Vec<_>>().join("; ")
}

/// Tells that the bot stops.
pub(super) fn stopping() {
    notify(&[NotifyState::Stopping]);
}

fn notify(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "cannot reach the service manager");
    }
}
