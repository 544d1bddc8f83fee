//! The statements behind the weekly digest: who sends it, and which entries it names.
//!
//! All replicas look whether a digest is due. One of them claims it for a short while; only when it
//! is sent is it settled. So a process that dies meanwhile leaves it to the others.

use footnote_evaluation::proportion::Proportion;
use futures_util::FutureExt;

use super::error::JournalError;
use super::statement::statement;
use super::store::{Access, Store};
use super::timestamp::Timestamp;

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestClaim {
    /// The caller sends it. It is about what happened after this time, if one was sent before.
    Granted(Option<Timestamp>),
    /// Another process is sending it, or has just failed to.
    Taken,
    /// It was sent, or there was nothing to say.
    Settled,
}

/// An entry that did not help.
#[derive(Debug, Clone, PartialEq)]
pub struct BadlyVoted {
    /// The entry's id. The base may not have it any more.
    pub entry: String,
    /// How many members found it helpful.
    pub helpful: u64,
    /// How many voted.
    pub votes: u64,
    /// The share of those who found it helpful, with a 95% interval.
    pub rate: Proportion,
}

impl Store {
    /// Claims the digest of a channel that is due since `due`, until `until`.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn claim_digest(
        &self,
        channel: u64,
        due: Timestamp,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<DigestClaim, JournalError> {
        let channel = channel.cast_signed();
        let claim = self.transaction(Access::Write, async |connection| {
            let claim = statement(
                "INSERT INTO digests (channel, settled_at, claimed_until) VALUES ($1, 0, $2)
                 ON CONFLICT (channel) DO UPDATE SET claimed_until = excluded.claimed_until
                 WHERE digests.settled_at < $3 AND digests.claimed_until <= $4",
            );
            let claim = claim.bind(channel).bind(until.0).bind(due.0).bind(now.0);
            let is_granted = claim.execute(connection).await? > 0;
            let settled = statement("SELECT settled_at FROM digests WHERE channel = $1").bind(channel);
            let (settled,) = settled.fetch_one::<(i64,)>(connection).await?;
            Ok((is_granted, settled))
        });
        Ok(match self.promptly(claim.boxed()).await? {
            (true, settled) => DigestClaim::Granted((settled > 0).then_some(Timestamp(settled))),
            (false, settled) if settled < due.0 => DigestClaim::Taken,
            (false, _) => DigestClaim::Settled,
        })
    }

    /// Settles the digest of a channel, as of `at`.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn settle_digest(&self, channel: u64, at: Timestamp) -> Result<(), JournalError> {
        let settled = self.transaction(Access::Write, async |connection| {
            let settle = statement(
                "UPDATE digests SET settled_at = $1, claimed_until = 0
                 WHERE channel = $2",
            );
            settle.bind(at.0).bind(channel.cast_signed()).execute(connection).await
        });
        self.patiently(settled.boxed()).await.map(drop)
    }

    /// Lets nobody claim the digest of a channel until then.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be written.
    pub async fn postpone_digest(&self, channel: u64, until: Timestamp) -> Result<(), JournalError> {
        let postponed = self.transaction(Access::Write, async |connection| {
            let postpone = statement("UPDATE digests SET claimed_until = $1 WHERE channel = $2");
            postpone.bind(until.0).bind(channel.cast_signed()).execute(connection).await
        });
        self.patiently(postponed.boxed()).await.map(drop)
    }

    /// The entries that somebody in a server has found not helpful after `since` and that helped
    /// at most half of those who voted. The worst come first: those of which even the upper end of
    /// the interval is low.
    ///
    /// # Errors
    ///
    /// [`JournalError`] if the database cannot be read.
    pub async fn badly_voted(&self, server: u64, since: Timestamp) -> Result<Vec<BadlyVoted>, JournalError> {
        let votes = self.transaction(Access::Read, async |connection| {
            let votes = statement(
                "SELECT entry, COUNT(CASE WHEN helpful THEN 1 END), COUNT(*)
                 FROM votes WHERE server = $1
                 GROUP BY entry HAVING MAX(CASE WHEN helpful THEN 0 ELSE voted_at END) > $2",
            );
            let votes = votes.bind(server.cast_signed()).bind(since.0);
            votes.fetch_all::<(String, i64, i64)>(connection).await
        });
        let votes = self.promptly(votes.boxed()).await?.into_iter();
        let mut bad: Vec<BadlyVoted> = votes
            .filter(|(_, helpful, votes)| 2 * helpful <= *votes)
            .map(|(entry, helpful, votes)| {
                let count = |number: i64| usize::try_from(number).unwrap_or_default();
                let rate = Proportion::new(count(helpful), count(votes));
                BadlyVoted { entry, helpful: helpful.cast_unsigned(), votes: votes.cast_unsigned(), rate }
            })
            .collect();
        bad.sort_by(|one, other| {
            let by_rate = one.rate.high.total_cmp(&other.rate.high);
            by_rate.then_with(|| one.entry.cmp(&other.entry))
        });
        Ok(bad)
    }
}
