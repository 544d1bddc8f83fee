//! `/reload`: reads the knowledge base from its folder again, and shows how it went.

use async_trait::async_trait;

use super::command::{Audience, Command, Definition};
use super::owners::{self, Notices};
use crate::discord::app::Context;
use crate::discord::incoming::Call;
use crate::discord::reload::{Reloaded, Reloader};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::markdown::escape;
use crate::discord::view::message::{BLUE, Card};
use crate::discord::view::report;
use footnote_knowledge::LoadError;
use footnote_knowledge::text::counted;

static DEFINITION: Definition =
    Definition::typed("reload", "Reload my knowledge base (for the application's owners)", Audience::Owners);

const STAYS: &str = "Nothing has changed: I still use the previous base.";
const NOTICES: Notices = Notices {
    goes_on: "Still loading. `/about` shows when the new base is in use. If it has an error, I \
        keep the current base, and `footnote check` shows what is wrong.",
    broken: "The reload crashed; see the log. I still use the previous base.",
};

pub(super) struct Reload;

#[async_trait]
impl Command for Reload {
    fn definition(&self) -> &Definition {
        &DEFINITION
    }

    async fn run(&self, context: &Context<'_>, call: &Call) -> Response {
        let reloader = Reloader::of(context.app);
        owners::respond(
            context,
            call,
            NOTICES,
            move || reloader.load(),
            |result| match result {
                Ok(done) => success(&done),
                Err(error) => failure(&error),
            },
        )
        .await
    }
}

/// What an owner reads about the new base.
fn success(reloaded: &Reloaded) -> Response {
    let ((entries, sources), (entries_before, sources_before)) = (reloaded.now.size(), reloaded.before.size());
    let warnings = match reloaded.warnings {
        0 => "No warnings.".to_owned(),
        some => format!("{}: `/check` shows what to fix.", counted(some, "warning")),
    };
    let text = format!(
        "{} from {} (before: {entries_before} from {sources_before}). \
             It took {} ms. {warnings}",
        counted(entries, "entry"),
        counted(sources, "source"),
        reloaded.milliseconds,
    );
    Response::message(Card::new("Knowledge base reloaded", &text, BLUE).private(true), Outcome::Reloaded)
}

fn failure(error: &LoadError) -> Response {
    let card = match error {
        LoadError::Invalid { diagnostics, .. } => {
            let title = format!("Not reloaded: {}", diagnostics.totals());
            report::card(&title, STAYS, diagnostics)
        }
        LoadError::Folder { .. } => Card::notice(&format!("{}\n\n{STAYS}", escape(&error.to_string()))),
    };
    Response::message(card, Outcome::NotReloaded)
}
