//! What the owners of the application do to the running bot: only they, one thing at a time, and
//! without Discord having to wait.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{Permissions, UserId};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::message::{self, Message};
use super::payload::File;
use super::text::{length, truncate, without_controls};
use super::{App, Response, Summary};
use footnote_knowledge::diagnostic::Diagnostics;

/// To whom Discord offers the owners' commands in a server: administrators, and whom these allow
/// it. An owner who is none of them uses the commands in a direct message to the bot.
pub(super) const OFFERED_TO: Permissions = Permissions::empty();

/// How long a response waits for the work. Discord waits [three
/// seconds](https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback)
/// for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The most of a report that stands in the message; the rest of it is in the file.
const MAX_REPORT: usize = 1_800;
const MAX_REPORT_LINE: usize = 200;

/// The file that has the whole report.
const REPORT_FILE: &str = "problems.txt";

/// What an owner reads whose command comes while another is at work.
pub(super) const BUSY: &str = "A reload or a check is running already. Please try again when it is done.";

const NOT_KNOWN_YET: &str = "I don't know yet who owns this application. Please try again in a minute.";
const FOR_OWNERS: &str = "Only the owners of this application may do that.";

/// What became of some work.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Work<T> {
    /// It is done.
    Done(T),
    /// It goes on after the response.
    GoesOn,
    /// It was not begun: other work is not done yet.
    Busy,
    /// It ended by a panic.
    Broken,
}

/// The right to work, which one has at a time. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Turn(Arc<Semaphore>);

impl Default for Turn {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Turn {
    /// Does the work, which may block, on a thread of its own, and waits a while for its result.
    /// The turn ends with the work, however it ends.
    pub(super) async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Work<T> {
        let Ok(turn) = Arc::clone(&self.0).try_acquire_owned() else { return Work::Busy };
        let task = spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        match timeout(PATIENCE, task).await {
            Ok(Ok(result)) => Work::Done(result),
            Ok(Err(error)) => {
                tracing::error!(%error, "an owner's work broke off");
                Work::Broken
            }
            Err(_) => Work::GoesOn,
        }
    }
}

/// The response for who may not command the bot; none for an owner.
pub(super) fn refuse_others(app: &App, command: &str, user: UserId) -> Option<Response> {
    let (text, outcome) = match app.owners.get() {
        Some(owners) if owners.include(user) => return None,
        Some(_) => (FOR_OWNERS, "refused"),
        None => (NOT_KNOWN_YET, "owners_unknown"),
    };
    Some(notice(command, text, outcome))
}

/// A notice for who gave the command.
pub(super) fn notice(command: &str, text: &str, outcome: &'static str) -> Response {
    Response { body: Message::notice(text).response(), summary: Summary::of_feature(command, outcome, None) }
}

/// A message with problems: as many of their lines as there is room for, and all of them in a file
/// where that is not all.
pub(super) fn report(title: &str, introduction: &str, problems: &Diagnostics) -> Message {
    let rendered = problems.render(false);
    let whole: Vec<String> = rendered.lines().map(without_controls).collect();
    let mut block = String::new();
    let mut fits = true;
    for line in &whole {
        let line = within_block(&truncate(line, MAX_REPORT_LINE));
        fits = length(&block) + length(&line) < MAX_REPORT;
        if !fits {
            break;
        }
        block.push_str(&line);
        block.push('\n');
    }
    let text = format!("{introduction}\n```\n{block}```");
    let message = Message::new(message::embed(title, &text, message::AMBER)).private(true);
    let is_whole = fits && whole.iter().all(|line| length(line) <= MAX_REPORT_LINE);
    if is_whole { message } else { message.attach(File::new(REPORT_FILE, whole.join("\n"))) }
}

/// A line that does not end the code block in which it stands: no two backticks are next to each
/// other.
fn within_block(line: &str) -> String {
    line.replace("``", "`\u{200b}`").replace("``", "`\u{200b}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        let turn = Turn::default();
        assert_eq!(turn.work(|| -> u8 { panic!("a test's panic") }).await, Work::Broken);
        assert_eq!(turn.work(|| 1).await, Work::Done(1));
    }

    #[test]
    fn no_run_of_backticks_ends_the_block() {
        for count in 0..9 {
            assert!(!within_block(&"`".repeat(count)).contains("``"), "{count}");
        }
        assert_eq!(within_block("`one`"), "`one`");
    }
}
