//! `journal`: shows curators unanswered questions and votes, and deletes them.

mod deletion;

use std::io::{self, Write};

use tokio::runtime::Runtime;

use super::arguments::base::Consent;
use super::arguments::{JournalArguments, JournalCommand};
use super::outcome::{CommandError, Verdict};
use super::terminal::write_json;
use crate::config::{Config, DatabaseUrl, JournalConfig};
use crate::journal::key::MemberKey;
use crate::journal::{GapGroup, JournalError, Page, PageStart, Store, Timestamp};
use deletion::Deletion;
use footnote_knowledge::text::counted;
use footnote_knowledge::text::plain::on_one_line;

pub(super) fn run(arguments: &JournalArguments, config: &Config) -> Result<Verdict, CommandError> {
    let config = config.journal.as_ref().ok_or(CommandError::NoJournal)?;
    let runtime = Runtime::new().map_err(CommandError::Io)?;
    runtime.block_on(async {
        let store = match &arguments.command {
            JournalCommand::Copy { .. } => Store::in_file(&config.path).await?,
            _ => Store::open(config).await?,
        };
        let outcome = execute(&arguments.command, config, &store).await;
        store.close().await;
        outcome
    })
}

/// Does something with the journal that exists.
pub(super) fn with_store<T>(
    config: &Config,
    work: impl AsyncFnOnce(&Store) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let config = config.journal.as_ref().ok_or(CommandError::NoJournal)?;
    Runtime::new().map_err(CommandError::Io)?.block_on(async {
        let store = Store::open(config).await?;
        let done = work(&store).await;
        store.close().await;
        done
    })
}

async fn execute(command: &JournalCommand, config: &JournalConfig, store: &Store) -> Result<Verdict, CommandError> {
    let mut out = anstream::stdout().lock();
    let mut verdict = Verdict::Positive;
    match command {
        JournalCommand::Gaps { json, server, limit: None, .. } => list(&mut out, store, *server, *json).await?,
        JournalCommand::Gaps { json, server, limit: Some(limit), after } => {
            let from = after.clone().map_or(PageStart::First, PageStart::After);
            list_page(&mut out, store, *server, &Page { from, limit: *limit }, *json).await?;
        }
        JournalCommand::Copy { to } => copy(&mut out, store, to).await?,
        JournalCommand::Export => store.export(|record| write_json(&mut out, record)).await?,
        JournalCommand::Purge { older_than, consent } => {
            if may_delete(&mut out, *consent, &deletion::older_than(store, *older_than).await?)? {
                purge(&mut out, store, *older_than).await?;
            }
        }
        JournalCommand::Delete { question, consent } => {
            let question = question.join(" ");
            if may_delete(&mut out, *consent, &deletion::named(store, &question).await?)? {
                verdict = delete(&mut out, store, &question).await?;
            }
        }
        JournalCommand::Forget { member, consent } => {
            if may_delete(&mut out, *consent, &deletion::made_by(store, config, *member).await?)? {
                forget(&mut out, store, config, *member).await?;
            }
        }
    }
    out.flush().map_err(CommandError::Io)?;
    Ok(verdict)
}

/// Whether to delete what was found: if somebody agrees, or if it is said on the command line.
fn may_delete(out: &mut impl Write, consent: Consent, found: &Deletion) -> Result<bool, CommandError> {
    let what = found.summary();
    if consent.dry_run {
        writeln!(out, "would delete {what}").map_err(CommandError::Io)?;
        return Ok(false);
    }
    if found.is_empty() {
        // Nothing can get lost, and the command says itself that there is nothing.
        return Ok(true);
    }
    let agreed = consent.given(&format!("Delete {what}? This cannot be undone."))?;
    if !agreed {
        writeln!(out, "nothing is deleted").map_err(CommandError::Io)?;
    }
    Ok(agreed)
}

/// Somebody who wants a question to be gone must not take a misspelling for success.
async fn delete(out: &mut impl Write, store: &Store, question: &str) -> Result<Verdict, CommandError> {
    let deleted = store.delete(question).await?;
    let (text, verdict) = match deleted {
        0 => ("no such question: `footnote journal gaps` lists them".to_owned(), Verdict::Negative),
        _ => (format!("deleted {}", counted(deleted, "question")), Verdict::Positive),
    };
    writeln!(out, "{text}").map_err(CommandError::Io)?;
    Ok(verdict)
}

async fn list(out: &mut impl Write, store: &Store, server: Option<u64>, json: bool) -> Result<(), CommandError> {
    let groups = store.all_gaps(server).await?;
    for group in &groups {
        if json { write_json(out, group) } else { write_group(out, group) }.map_err(CommandError::Io)?;
    }
    if json { Ok(()) } else { write_total(out, groups.len() as u64) }.map_err(CommandError::Io)
}

async fn list_page(
    out: &mut impl Write,
    store: &Store,
    server: Option<u64>,
    page: &Page,
    json: bool,
) -> Result<(), CommandError> {
    let shown = store.gaps(server, page).await?;
    for group in &shown.groups {
        if json { write_json(out, group) } else { write_group(out, group) }.map_err(CommandError::Io)?;
    }
    if json {
        return Ok(());
    }
    let seen = shown.before + shown.groups.len() as u64;
    match shown.groups.last().filter(|_| seen < shown.total) {
        Some(last) => writeln!(out, "{} more: --after {}", shown.total - seen, last.key()),
        None if shown.groups.is_empty() => writeln!(out, "no unanswered questions here"),
        None => write_total(out, shown.total),
    }
    .map_err(CommandError::Io)
}

async fn copy(out: &mut impl Write, store: &Store, to: &str) -> Result<(), CommandError> {
    let copied = store.copy_to(&DatabaseUrl::parse(to)?).await?;
    writeln!(
        out,
        "copied {}, {}, {} and {}{}{}",
        counted(copied.gaps, "question"),
        counted(copied.votes, "vote"),
        counted(copied.askers, "asker"),
        counted(copied.quotas, "daily count"),
        and_also(copied.drafts, "draft"),
        and_also(copied.links, "link"),
    )
    .and_then(|()| match (copied.picks, copied.counts) {
        (0, 0) => Ok(()),
        (picks, counts) => {
            writeln!(out, "copied {} and {}", counted(picks, "choice"), counted(counts, "figure"))
        }
    })
    .map_err(CommandError::Io)
}

/// The number of something, for the end of a sentence; nothing if there is none.
fn and_also(count: u64, noun: &str) -> String {
    if count == 0 { String::new() } else { format!(", and {}", counted(count, noun)) }
}

/// How often and when it was asked, the most frequent wording, and the other wordings below it.
fn write_group(out: &mut impl Write, group: &GapGroup) -> io::Result<()> {
    let mut wordings = group.wordings.iter().map(|wording| on_one_line(wording));
    let first = wordings.next().unwrap_or_default();
    writeln!(out, "{:>5}×  {first}  (last {})", group.asked, group.last_seen)?;
    wordings.try_for_each(|wording| writeln!(out, "        {wording}"))
}

fn write_total(out: &mut impl Write, total: u64) -> io::Result<()> {
    match total {
        0 => writeln!(out, "no unanswered questions"),
        _ => writeln!(out, "{}", counted(total, "unanswered question")),
    }
}

async fn purge(out: &mut impl Write, store: &Store, days: u32) -> Result<(), CommandError> {
    let purged = store.purge(Timestamp::now().minus_days(days)).await?;
    let drafts = and_also(purged.drafts, "draft");
    writeln!(out, "deleted {} and {}{drafts}", counted(purged.gaps, "question"), counted(purged.votes, "vote"))
        .and_then(|()| match (purged.picks, purged.counts) {
            (0, 0) => Ok(()),
            (picks, counts) => {
                writeln!(out, "deleted {} and {}", counted(picks, "choice"), counted(counts, "figure"))
            }
        })
        .map_err(CommandError::Io)
}

/// Without a key there are no votes. With the wrong key no votes would be found, and that must
/// not look like success.
async fn forget(out: &mut impl Write, store: &Store, config: &JournalConfig, member: u64) -> Result<(), CommandError> {
    let key = MemberKey::find(&config.path, |name| std::env::var(name)).map_err(JournalError::from)?;
    let deleted = match key {
        Some(key) => {
            store.claim_for(&key).await?;
            store.forget(member, &key).await?
        }
        None => store.refuse_votes().await.map(|()| 0)?,
    };
    writeln!(out, "deleted {}", counted(deleted, "vote")).map_err(CommandError::Io)
}
