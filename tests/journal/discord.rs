//! Unanswered questions on Discord, and the command line that shows them.

use footnote::journal::Record;
use tempfile::TempDir;

use super::{config_in, records};
use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, NEAREST, NO_JOURNAL, SOMEONE_ELSE, STRICT, UNSURE, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, GUILD_ID};

#[tokio::test]
async fn similar_unanswered_questions_are_listed_together_most_asked_first() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, STRICT);
    discord.interact(ask("Who feeds the gulls?")).await;
    let mentioning = "who painted the TOWN HALL <@1287650000000000099>";
    for (question, member) in [("Who painted the town hall?", 1), ("town hall: who painted it??", 2), (mentioning, 3)] {
        discord.interact(ask(question).by(member, "asker")).await;
    }
    discord.interact(ask("Who feeds the gulls?").in_guild(77)).await;
    discord.interact(ask("When does the bakery open?").in_direct_message()).await;
    discord.interact(ask("ferry fare")).await;
    assert_eq!(bot.stop().await.status, Some(0));

    let gaps = |options: &[&str]| {
        Test::at(folder.path()).args(["journal", "gaps"]).args(options.iter().copied()).run().status(0)
    };
    let here = GUILD_ID.to_string();
    assert_snapshot!(
        gaps(&[]),
        "Those of the server where the bot was asked:",
        gaps(&["--json", "--server", &here]).spread(),
        "Those of another server:",
        gaps(&["--server", "77"]),
    );
}

/// The unanswered questions in a folder's journal as they were typed, and how often they were
/// asked.
async fn gaps_in(folder: &TempDir) -> Vec<(String, u64)> {
    let gap = |record| match record {
        Record::Gap { example, asked, .. } => Some((example, asked)),
        _ => None,
    };
    let mut gaps: Vec<_> = records(&config_in(folder.path())).await.into_iter().filter_map(gap).collect();
    gaps.sort();
    gaps
}

#[tokio::test]
async fn candidates_that_are_left_alone_leave_a_gap_and_a_choice_takes_it_back() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, UNSURE);
    let choose = |offered: &CallbackReply| offered.pick("Choose a question", "How long is the pier?");
    let long = format!("something about the pier {}", "please and thank you all ".repeat(9));
    discord.interact(ask("anything about the pier")).await;
    let chosen = discord.interact(ask("something about the pier")).await;
    discord.interact(choose(&chosen)).await;
    let cut_off = discord.interact(ask(&long)).await;
    discord.interact(choose(&cut_off)).await;
    let private = discord.interact(ask("pier, please").option("private", true).by(SOMEONE_ELSE, "arta")).await;
    discord.interact(choose(&private).by(SOMEONE_ELSE, "arta")).await;
    let in_passing = discord.interact(ask("what about the pier")).await;
    discord.interact(choose(&in_passing).by(SOMEONE_ELSE, "arta")).await;
    let twice = discord.interact(ask("tell me about the pier")).await;
    discord.interact(ask("tell me about the pier").by(SOMEONE_ELSE, "arta")).await;
    discord.interact(choose(&twice)).await;
    assert_eq!(bot.stop().await.status, Some(0));
    // Somebody else's choice does not tell what the member wanted.
    // The questions are similar, so the member counts once for them.
    let left = [("anything about the pier", 1), ("tell me about the pier", 1), ("what about the pier", 0)];
    let left: Vec<(String, u64)> = left.iter().map(|&(question, asked)| (question.to_owned(), asked)).collect();
    assert_eq!(gaps_in(&folder).await, left);
}

#[tokio::test]
async fn the_nearest_entry_leaves_a_gap_unless_it_or_another_one_is_what_was_meant() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, NEAREST);
    let ask_and_vote = async |question: &str, vote: &str| {
        let nearest = discord.interact(ask(question)).await;
        assert_eq!(nearest.title(), "How much does the ferry cost?");
        discord.interact(nearest.press(vote)).await
    };
    discord.interact(ask("something about the ferry and the pier")).await;
    ask_and_vote("something about the ferry", "That's it").await;
    ask_and_vote("is the price of the ferry fair, on the pier", "Not what I meant").await;
    let others = ask_and_vote("is the ferry on the pier", "Not what I meant").await;
    discord.interact(others.pick("Choose a question", "How long is the pier?")).await;
    assert_eq!(bot.stop().await.status, Some(0));
    let left = ["is the price of the ferry fair, on the pier", "something about the ferry and the pier"];
    assert_eq!(gaps_in(&folder).await, left.map(|question| (question.to_owned(), 1)));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_bot_answers_on_a_full_disk_and_writes_the_journal_when_there_is_room_again() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    // A limit on the size of files stands in for a full disk: beyond it, each write fails.
    let test = Test::at(folder.path()).with_base().started_by(["env", "--ignore-signal=XFSZ"]);
    let mut bot = Bot::start(test, &discord, &format!("{STRICT}[log]\nlevel = \"debug\"\n"));
    discord.interact(ask("Who feeds the gulls?")).await;
    bot.wait_for_log("unanswered questions written to the journal").await;
    limit_file_size(&bot, "1:");
    let reply = discord.interact(ask("Who painted the town hall?")).await;
    assert!(reply.text().starts_with("I don't know."), "{}", reply.body);
    bot.wait_for_log("cannot write the journal").await;
    let answer = discord.interact(ask("ferry fare")).await;
    assert_eq!(answer.title(), "How much does the ferry cost?");
    limit_file_size(&bot, "unlimited:");
    bot.wait_for_log("the journal is writable again").await;
    discord.interact(ask("When does the bakery open?")).await;
    assert_eq!(bot.stop().await.status, Some(0));
    // Those that were asked in the same second come in any order.
    let list = Test::at(folder.path()).args(["journal", "gaps"]).run().status(0).stdout;
    for part in ["feeds the gulls?", "painted the town hall?", "does the bakery open?", "3 unanswered questions\n"] {
        assert!(list.contains(part), "no {part:?} in:\n{list}");
    }
}

#[cfg(target_os = "linux")]
fn limit_file_size(bot: &Bot, limit: &str) {
    let arguments = ["--pid", &bot.id(), &format!("--fsize={limit}")].map(str::to_owned);
    let status = std::process::Command::new("prlimit").args(arguments).status().expect("prlimit can be run");
    assert!(status.success());
}

#[tokio::test]
async fn without_a_journal_nothing_is_kept() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let off = format!("{STRICT}{NO_JOURNAL}");
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &off);
    discord.interact(ask("Who feeds the gulls?")).await;
    assert_eq!(bot.stop().await.status, Some(0));
    assert!(!folder.path().join("data").exists());
    Test::at(folder.path()).args(["journal", "gaps"]).run().status(2);
}

fn serve_with(path: &str) -> Test {
    let config = format!("[journal]\npath = \"{path}\"\n");
    Test::new().file("config.toml", config).env("DISCORD_TOKEN", "some.token.here").args(["serve"])
}

#[test]
fn a_journal_that_cannot_be_created_stops_the_start_with_the_way_out() {
    assert_snapshot!(serve_with("no/such/folder/footnote.db").run().status(2), serve_with("knowledge").run().status(2),);
}

#[test]
fn a_file_that_is_not_a_database_stops_the_start_and_stays_unchanged() {
    let list = "A shopping list and no database, however long you look at it.\n".repeat(20);
    let test = serve_with("list.txt").file("list.txt", &list).keep();
    let path = test.path().join("list.txt");
    assert_snapshot!(test.run().status(2));
    assert_eq!(std::fs::read_to_string(path).unwrap(), list);
}
