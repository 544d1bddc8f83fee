//! Members' votes on answers: one vote per member and answer, and the bot says thank you only
//! once nothing can lose it.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use footnote::journal::Record;
use footnote::journal::key::MemberKey;
use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::journal::{config_in, connect, database, no_variables, records};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, NO_JOURNAL, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble};

over_both_transports!(
    a_member_has_one_vote_on_an_answer_and_a_second_one_changes_it,
    a_vote_that_the_journal_cannot_store_is_not_acknowledged,
    without_a_journal_nobody_is_asked_for_a_vote,
    a_vote_shows_in_a_private_answer_and_never_in_a_public_one,
);

const ADA: u64 = 1_287_650_000_000_000_101;
const BESA: u64 = 1_287_650_000_000_000_102;

/// The votes by entry and member. Members are hashed, as in the journal.
async fn votes(folder: &Path) -> HashMap<(String, String), bool> {
    let mut votes = HashMap::new();
    for record in records(&config_in(folder)).await {
        if let Record::Vote { entry, member, helpful, .. } = record {
            votes.insert((entry, member), helpful);
        }
    }
    votes
}

fn key(folder: &Path) -> MemberKey {
    MemberKey::find(&database(folder), no_variables).expect("the key is readable").expect("the bot made one")
}

async fn a_member_has_one_vote_on_an_answer_and_a_second_one_changes_it(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, "").await;
    let ferry = discord.interact(ask("ferry fare")).await;
    let pier = discord.interact(ask("how long is the pier")).await;
    let vote = async |reply: &CallbackReply, label: &str, member: u64| {
        discord.interact(reply.press(label).by(member, if member == ADA { "ada" } else { "besa" })).await
    };
    assert_snapshot!(
        vote(&ferry, "👍", ADA).await,
        vote(&ferry, "👍", ADA).await,
        vote(&ferry, "👎", BESA).await,
        vote(&pier, "👍", BESA).await,
        vote(&ferry, "👍", BESA).await,
        vote(&ferry, "👎", ADA).await,
    );
    let log = bot.stop().await.log;

    let key = key(folder.path());
    let member = |entry: &str, id| (entry.to_owned(), key.hash(id).to_string());
    let expected = HashMap::from([
        (member("ferry-price", ADA), false),
        (member("ferry-price", BESA), true),
        (member("pier-length", BESA), true),
    ]);
    assert_eq!(votes(folder.path()).await, expected);
    let exported = Test::at(folder.path()).args(["journal", "export"]).run().status(0).stdout;
    let stored = String::from_utf8_lossy(&std::fs::read(database(folder.path())).unwrap()).into_owned();
    for id in [ADA, BESA] {
        let bytes = i64::try_from(id).unwrap().to_be_bytes();
        assert!(![&log, &exported, &stored].iter().any(|text| text.contains(&id.to_string())));
        assert!(!std::fs::read(database(folder.path())).unwrap().windows(8).any(|window| window == bytes));
    }
}

async fn a_vote_that_the_journal_cannot_store_is_not_acknowledged(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, "").await;
    let answer = discord.interact(ask("ferry fare")).await;
    let mut other = connect(&database(folder.path())).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let refused = discord.interact(answer.press("👍")).await;
    let others = discord.interact(answer.press("👎")).await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let noted = discord.interact(answer.press("👍")).await;
    assert_snapshot!("Another program writes into the journal.", refused, others, "It is done.", noted);
    assert_eq!(votes(folder.path()).await.into_values().collect::<Vec<_>>(), [true]);
}

async fn without_a_journal_nobody_is_asked_for_a_vote(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let with_journal = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("ferry fare")).await;
    with_journal.stop().await;
    let _bot = Bot::over(transport, Test::new(), &discord, NO_JOURNAL).await;
    let old_button = discord.interact(answer.press("👍")).await;
    assert_snapshot!(old_button, discord.interact(ask("ferry fare")).await);
}

async fn a_vote_shows_in_a_private_answer_and_never_in_a_public_one(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, "").await;
    let private = discord.interact(ask("how long is the pier").option("private", true)).await;
    let helpful = discord.interact(private.press("👍")).await;
    let changed = discord.interact(helpful.press("👎")).await;
    let again = discord.interact(changed.press("👎")).await;
    let rows = |reply: &CallbackReply| reply.body["data"]["components"].as_array().map(Vec::len);
    assert_eq!(rows(&again), rows(&changed), "the menu of the others is there once");
    assert_eq!(votes(folder.path()).await.into_values().collect::<Vec<_>>(), [false]);
    let other = discord.interact(changed.pick("Choose a question", "Does Quill find the pier ugly?")).await;
    let public = discord.interact(ask("ferry fare")).await;
    let thanks = discord.interact(public.press("👍")).await;
    assert_eq!(discord.message(&public.message.as_ref().unwrap()["id"]), public.message);
    assert_snapshot!(helpful, changed, other, thanks);
}

const KILLS: u64 = 5;
const VOTERS: u64 = 16;

/// A vote that the bot acknowledged.
struct Acknowledged {
    member: u64,
    helpful: bool,
}

#[tokio::test]
async fn neither_a_vote_nor_its_change_is_lost_when_the_bot_is_killed() {
    let folder = TempDir::new().unwrap();
    let next_member = Arc::new(AtomicU64::new(BESA + 1));
    let mut answer = None;
    let mut acknowledged: HashMap<u64, Vec<bool>> = HashMap::new();
    for round in 0..KILLS {
        let votes_before_the_kill = RandomState::new().build_hasher().finish() % 40 + 1;
        let discord = Arc::new(DiscordDouble::start().await);
        let bot = Bot::over(Transport::Webhook, Test::at(folder.path()).with_base(), &discord, "").await;
        if answer.is_none() {
            answer = Some(discord.interact(ask("ferry fare")).await);
        }
        let (sender, mut votes_taken) = mpsc::unbounded_channel();
        for _ in 0..VOTERS {
            let voter = vote_until_killed(
                Arc::clone(&discord),
                answer.clone().unwrap(),
                Arc::clone(&next_member),
                sender.clone(),
            );
            tokio::spawn(voter);
        }
        drop(sender);
        let (mut count, mut bot) = (0, Some(bot));
        while let Some(Acknowledged { member, helpful }) = votes_taken.recv().await {
            acknowledged.entry(member).or_default().push(helpful);
            count += 1;
            if count == votes_before_the_kill {
                bot.take().expect("it is killed once").kill().await;
            }
        }
        assert!(bot.is_none(), "only {count} votes in round {round}");
        check(folder.path(), &acknowledged, round).await;
    }
}

/// Votes as one member after another, first that the answer helped and then that it did not,
/// until the bot is gone.
async fn vote_until_killed(
    discord: Arc<DiscordDouble>,
    answer: CallbackReply,
    next_member: Arc<AtomicU64>,
    taken: mpsc::UnboundedSender<Acknowledged>,
) {
    loop {
        let member = next_member.fetch_add(1, Ordering::Relaxed);
        for (label, helpful) in [("👍", true), ("👎", false)] {
            let sent = discord.send(answer.press(label).by(member, "voter")).await;
            let Ok(reply) = discord.wait_for_answer(&sent).await else { return };
            assert!(!reply.body.to_string().contains("could not"), "{}", reply.body);
            if taken.send(Acknowledged { member, helpful }).is_err() {
                return;
            }
        }
    }
}

async fn check(folder: &Path, acknowledged: &HashMap<u64, Vec<bool>>, round: u64) {
    let mut connection = connect(&database(folder)).await;
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(sound, "ok");
    let (key, stored) = (key(folder), votes(folder).await);
    for (&member, votes) in acknowledged {
        let found = stored.get(&("ferry-price".to_owned(), key.hash(member).to_string()));
        let found = found.unwrap_or_else(|| panic!("the vote of {member} is lost in round {round}"));
        // After the first vote, the second may have been committed although its acknowledgement
        // was not read.
        assert!(votes.len() == 1 || !found, "the second vote of {member} is lost in round {round}");
    }
}
