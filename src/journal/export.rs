//! Everything in a journal, one record at a time, so that a large one needs no more memory than a
//! small one.

use std::io;

use futures_util::TryStreamExt;
use serde::Serialize;
use serde_json::Value;

use super::error::JournalError;
use super::link::Link;
use super::statement::{Connection, Row, server, statement};
use super::store::{Access, Store};
use super::timestamp::{SECONDS_A_DAY, Timestamp};
use super::vote_table::{VoteSummary, vote_summaries};

/// One record of the journal. In JSON, `record` says which kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// An unanswered question in one server.
    Gap {
        /// The server's id; `None` outside servers.
        server: Option<String>,
        /// The group of similar questions.
        group: String,
        /// The question in normalized form, which is the same for different spellings of it.
        question: String,
        /// The question as a member typed it.
        example: String,
        /// How many members it was the first wording of, since it was last marked as done.
        asked: u64,
        /// When it was asked for the first time.
        first_seen: Timestamp,
        /// When it was last asked.
        last_seen: Timestamp,
        /// When it was marked as done, if it has not been asked again since.
        done: Option<Timestamp>,
    },
    /// A member's vote on an entry's answer.
    Vote {
        /// The entry's id.
        entry: String,
        /// The server whose own base has it; `None` for the base of all that have none.
        #[serde(skip_serializing_if = "Option::is_none")]
        base: Option<String>,
        /// The keyed hash of the member's id.
        member: String,
        /// Whether it helped.
        helpful: bool,
        /// The server's id; `None` outside servers.
        server: Option<String>,
        /// When it was given.
        at: Timestamp,
    },
    /// A change of the base that a member has begun.
    Draft {
        /// Its id.
        id: String,
        /// The server's id.
        server: Option<String>,
        /// What is to be changed.
        change: Value,
        /// The keyed hash of the author's id; empty if nobody can tell any more.
        author: String,
        /// What the author is.
        role: String,
        /// What became of it: `open`, `submitted`, `approved`, `refused` or `withdrawn`.
        state: String,
        /// Why it was refused.
        reason: String,
        /// When it was begun.
        made: Timestamp,
        /// When it was last touched.
        changed: Timestamp,
    },
    /// What somebody who manages a server has changed there.
    Setting {
        /// The server's id.
        server: Option<String>,
        /// The name of the setting.
        setting: String,
        /// A word, or an id.
        value: String,
        /// When it was changed.
        changed: Timestamp,
    },
    /// All votes on an entry together.
    Votes(VoteSummary),
    /// What members said of a question and an entry, or that the entry was only just sure enough.
    Pick {
        /// The server's id; `None` outside servers.
        server: Option<String>,
        /// The name of the question with the entry, which all kinds share.
        name: String,
        /// What happened: `suggested`, `closest`, `instead`, `unhelpful` or `narrow`.
        kind: String,
        /// The question in normalized form.
        question: String,
        /// The question as a member typed it.
        example: String,
        /// The entry's id.
        entry: String,
        /// How often it happened.
        times: u64,
        /// When it happened for the first time.
        first_seen: Timestamp,
        /// When it last happened.
        last_seen: Timestamp,
        /// When a curator dealt with it.
        done: Option<Timestamp>,
    },
    /// A message that asks an unanswered question.
    Link {
        /// The server's id; `None` outside servers.
        server: Option<String>,
        /// The question in normalized form.
        question: String,
        /// The message.
        link: Link,
        /// The keyed hash of its author's id.
        asker: String,
        /// The entry that answers it, if its author is still to be told.
        entry: Option<String>,
    },
    /// How often something happened on a day.
    Count {
        /// The server's id; `None` outside servers.
        server: Option<String>,
        /// When the day began, in UTC.
        day: Timestamp,
        /// What happened, such as `answered`.
        event: String,
        /// The id of the entry that was shown, if any.
        entry: Option<String>,
        /// How often it happened.
        times: u64,
    },
}

/// An export ended before everything was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The receiver of the records failed.
    #[error("cannot write the export")]
    Write(#[from] io::Error),
}

type GapRow = (i64, String, String, String, i64, i64, i64, Option<i64>);
type VoteRow = (String, i64, Vec<u8>, bool, i64, i64);
type DraftRow = (String, i64, String, Vec<u8>, String, String, String, i64, i64);

type LinkRow = (i64, String, Vec<u8>, i64, i64, String);

impl From<LinkRow> for Record {
    fn from((at, question, asker, channel, message, entry): LinkRow) -> Self {
        let link = Link::of_row(at, channel, message);
        let (asker, entry) = (hex::encode(asker), Some(entry).filter(|entry| !entry.is_empty()));
        Self::Link { server: server(at), question, link, asker, entry }
    }
}

impl From<GapRow> for Record {
    fn from((id, group, question, example, asked, first_seen, last_seen, done): GapRow) -> Self {
        Self::Gap {
            server: server(id),
            group,
            question,
            example,
            asked: asked.cast_unsigned(),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
            done: done.map(Timestamp),
        }
    }
}

impl From<VoteRow> for Record {
    fn from((entry, base, member, helpful, id, at): VoteRow) -> Self {
        let (base, server, member) = (server(base), server(id), hex::encode(member));
        Self::Vote { entry, base, member, helpful, server, at: Timestamp(at) }
    }
}

impl From<DraftRow> for Record {
    fn from((id, at, change, author, role, state, reason, made, changed): DraftRow) -> Self {
        Self::Draft {
            id,
            server: server(at),
            change: serde_json::from_str(&change).unwrap_or_default(),
            author: hex::encode(author),
            role,
            state,
            reason,
            made: Timestamp(made),
            changed: Timestamp(changed),
        }
    }
}

type SettingRow = (i64, String, String, i64);

impl From<SettingRow> for Record {
    fn from((id, setting, value, changed): SettingRow) -> Self {
        Self::Setting { server: server(id), setting, value, changed: Timestamp(changed) }
    }
}

type PickRow = (i64, String, String, String, String, String, i64, i64, i64, Option<i64>);
type CountRow = (i64, i64, String, String, i64);

impl From<PickRow> for Record {
    fn from((id, name, kind, question, example, entry, times, first_seen, last_seen, done): PickRow) -> Self {
        Self::Pick {
            server: server(id),
            name,
            kind,
            question,
            example,
            entry,
            times: times.cast_unsigned(),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
            done: done.map(Timestamp),
        }
    }
}

impl From<CountRow> for Record {
    fn from((id, day, event, entry, times): CountRow) -> Self {
        let entry = Some(entry).filter(|entry| !entry.is_empty());
        let day = Timestamp(day * SECONDS_A_DAY);
        Self::Count { server: server(id), day, event, entry, times: times.cast_unsigned() }
    }
}

impl Store {
    /// Passes everything to `receive`, from one state of the database: gaps, votes, drafts,
    /// settings, the summary of votes on each entry, picks, counts, then links, each in a fixed
    /// order.
    ///
    /// # Errors
    ///
    /// [`ExportError`] if the journal cannot be read or `receive` fails. What was passed until
    /// then is not complete.
    pub async fn export(&self, mut receive: impl FnMut(&Record) -> io::Result<()>) -> Result<(), ExportError> {
        let received = self.transaction(Access::Read, async |connection| {
            let gaps = "SELECT server, group_key, question, example, asked, first_seen, last_seen,
                 done_at FROM gaps ORDER BY server, question";
            if let Err(error) = pass::<GapRow>(connection, gaps, &mut receive).await? {
                return Ok(Err(error));
            }
            let votes = "SELECT entry, base, member, helpful, server, voted_at
                 FROM votes ORDER BY entry, base, member";
            if let Err(error) = pass::<VoteRow>(connection, votes, &mut receive).await? {
                return Ok(Err(error));
            }
            let drafts = "SELECT id, server, change, author, author_role, state, reason, made_at,
                 changed_at FROM drafts ORDER BY server, made_at, id";
            if let Err(error) = pass::<DraftRow>(connection, drafts, &mut receive).await? {
                return Ok(Err(error));
            }
            let settings = "SELECT server, setting, value, changed_at
                 FROM server_settings ORDER BY server, setting";
            if let Err(error) = pass::<SettingRow>(connection, settings, &mut receive).await? {
                return Ok(Err(error));
            }
            let mut summaries = vote_summaries(connection).await?.into_iter().map(Record::Votes);
            if let Err(error) = summaries.try_for_each(|summary| receive(&summary)) {
                return Ok(Err(error));
            }
            let picks = "SELECT server, name, kind, question, example, entry, times, first_seen,
                 last_seen, done_at FROM picks ORDER BY server, name, kind";
            if let Err(error) = pass::<PickRow>(connection, picks, &mut receive).await? {
                return Ok(Err(error));
            }
            let counts = "SELECT server, day, event, entry, times
                 FROM counts ORDER BY server, day, event, entry";
            if let Err(error) = pass::<CountRow>(connection, counts, &mut receive).await? {
                return Ok(Err(error));
            }
            let links = "SELECT server, question, asker, channel, message, entry
                 FROM gap_links ORDER BY server, question, message";
            pass::<LinkRow>(connection, links, &mut receive).await
        });
        Ok(received.await??)
    }
}

/// Passes the rows of a statement on, until `receive` fails.
async fn pass<R: Row + Into<Record>>(
    connection: &mut Connection,
    select: &'static str,
    receive: &mut impl FnMut(&Record) -> io::Result<()>,
) -> sqlx::Result<io::Result<()>> {
    let mut rows = statement(select).fetch::<R>(connection);
    while let Some(row) = rows.try_next().await? {
        if let Err(error) = receive(&row.into()) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}
