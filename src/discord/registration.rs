//! Registering the commands while the bot already works, the same for both transports.
//!
//! Answers do not depend on it: Discord has the commands of the last start. So a failure is logged
//! and tried again a few times, and then left to the next start.

use std::time::Duration;

use serenity::all::{ApplicationId, Http};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::commands::{self, Registration};
use super::rest::RequestError;

/// How often it is tried.
const TRIES: u32 = 5;
/// The pause after the first failure; after each further one it is longer by as much.
const PAUSE: Duration = Duration::from_secs(2);

/// Registers the commands, or says why not, unless `stop` is cancelled before.
pub(super) async fn run(http: &Http, application: ApplicationId, stop: &CancellationToken) {
    tokio::select! {
        () = try_again_and_again(http, application) => {}
        () = stop.cancelled() => {}
    }
}

async fn try_again_and_again(http: &Http, application: ApplicationId) {
    for attempt in 1..=TRIES {
        match commands::register(http, application).await.map_err(RequestError::from) {
            Ok(Registration::Unchanged) => return tracing::info!("commands are registered already"),
            Ok(Registration::Overwritten) => return tracing::info!("commands registered"),
            Err(error) => {
                tracing::error!(attempt, %error, "cannot register the commands");
                if !error.is_passing() {
                    return;
                }
            }
        }
        sleep(PAUSE * attempt).await;
    }
}
