//! What members ask on Discord in vain, and the command line that shows it.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::bot::Bot;
use crate::support::footnote::Test;
use discord_double::{DiscordDouble, GUILD_ID, Interaction};

/// Only a question word for word is answered, and nothing suggested.
const STRICT: &str = "[answer]\nanswer_at = 1.0\nsuggest_at = 1.0\n";

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

#[tokio::test]
async fn unanswered_questions_are_listed_alike_ones_together_the_most_asked_first() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, STRICT);
    discord.interact(ask("Who feeds the gulls?")).await;
    let mentioning = "who painted the TOWN HALL <@1287650000000000099>";
    for question in ["Who painted the town hall?", "town hall: who painted it??", mentioning] {
        discord.interact(ask(question)).await;
    }
    discord.interact(ask("Who feeds the gulls?").in_guild(77)).await;
    discord.interact(ask("When does the bakery open?").in_direct_message()).await;
    discord.interact(ask("ferry fare")).await;
    assert_eq!(bot.stop().await.status, Some(0));

    let run = Test::at(folder.path()).args(["journal", "gaps"]).run().status(0);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("    3×  Who painted the town hall?"), "{}", run.stdout);
    assert_eq!(lines[1], "        town hall: who painted it??");
    assert!(lines[2].starts_with("    2×  Who feeds the gulls?"), "{}", run.stdout);
    assert!(lines[3].starts_with("    1×  When does the bakery open?"), "{}", run.stdout);
    assert_eq!(&lines[4..], ["3 unanswered questions"]);

    let here = ["journal", "gaps", "--json", "--server", &GUILD_ID.to_string()].map(str::to_owned);
    let groups = Test::at(folder.path()).args(here.iter().map(String::as_str)).run().status(0).json_lines();
    let asked: Vec<(&Value, &Value)> = groups.iter().map(|group| (&group["wordings"][0], &group["asked"])).collect();
    assert_eq!(asked, [(&json!("Who painted the town hall?"), &json!(3)), (&json!("Who feeds the gulls?"), &json!(1))]);
    let elsewhere = Test::at(folder.path()).args(["journal", "gaps", "--server", "77"]).run().status(0);
    elsewhere.stdout_has("1×  Who feeds the gulls?").stdout_has("1 unanswered question\n");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_bot_answers_on_a_full_disk_and_writes_the_journal_when_there_is_room_again() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    // A limit on the size of files stands for the full disk: beyond it, each write fails.
    let test = Test::at(folder.path()).with_base().started_by(["env", "--ignore-signal=XFSZ"]);
    let mut bot = Bot::start(test, &discord, &format!("{STRICT}[log]\nlevel = \"debug\"\n"));
    discord.interact(ask("Who feeds the gulls?")).await;
    bot.wait_for_log("unanswered questions written to the journal").await;
    limit_file_size(&bot, "1:");
    let reply = discord.interact(ask("Who painted the town hall?")).await;
    assert!(reply.embeds()[0]["description"].as_str().unwrap().starts_with("I don't know."));
    bot.wait_for_log("cannot write the journal").await;
    let answer = discord.interact(ask("ferry fare")).await;
    assert_eq!(answer.embeds()[0]["title"], "How much does the ferry cost?");
    limit_file_size(&bot, "unlimited:");
    bot.wait_for_log("the journal can be written again").await;
    discord.interact(ask("When does the bakery open?")).await;
    assert_eq!(bot.stop().await.status, Some(0));
    let run = Test::at(folder.path()).args(["journal", "gaps"]).run().status(0);
    run.stdout_has("gulls").stdout_has("town hall").stdout_has("bakery").stdout_has("3 unanswered questions");
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
    let off = format!("{STRICT}[journal]\nenabled = false\n");
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &off);
    discord.interact(ask("Who feeds the gulls?")).await;
    assert_eq!(bot.stop().await.status, Some(0));
    assert!(!folder.path().join("data").exists());
    let run = Test::at(folder.path()).args(["journal", "gaps"]).run().status(2);
    run.stderr_has("there is no journal: journal.enabled is false");
}

fn serve_with(path: &str) -> Test {
    let config = format!("[journal]\npath = \"{path}\"\n");
    Test::new().file("config.toml", config).env("DISCORD_TOKEN", "some.token.here").args(["serve"])
}

#[test]
fn a_journal_that_cannot_be_created_stops_the_start_with_the_way_out() {
    let run = serve_with("no/such/folder/footnote.db").run().status(2);
    run.stderr_has("no/such/folder/footnote.db")
        .stderr_has("journal.path")
        .stderr_has("journal.enabled = false")
        .stderr_has("because: No such file or directory");
    serve_with("knowledge").run().status(2).stderr_has("`knowledge`").stderr_has("Is a directory");
}

#[test]
fn a_file_that_is_no_database_stops_the_start_and_stays_as_it_is() {
    let list = "A shopping list and no database, however long you look at it.\n".repeat(20);
    let test = serve_with("list.txt").file("list.txt", &list).keep();
    let path = test.path().join("list.txt");
    test.run().status(2).stderr_has("`list.txt` is not a journal, or is damaged").stderr_has("move it away");
    assert_eq!(std::fs::read_to_string(path).unwrap(), list);
}
