//! What the log says, and that a collector of logs can read it to the last line.

use serde_json::Value;
use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{NO_JOURNAL, ask};
use crate::support::footnote::Test;
use discord_double::{DiscordDouble, Interaction};

const JSON: &str = "[log]\nformat = \"json\"\n";

over_both_transports!(
    every_line_about_an_interaction_has_its_id,
    only_a_sample_of_the_successes_is_logged,
    the_first_line_names_what_is_in_use,
);

/// The lines, each of which has to be an object.
fn lines(log: &str) -> Vec<Value> {
    log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect()
}

async fn every_line_about_an_interaction_has_its_id(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let debug = format!("{JSON}level = \"debug\"\n");
    let bot = Bot::over(transport, Test::new(), &discord, &debug).await;
    let first = discord.interact(ask("ferry fare")).await.sent;
    let second = discord.interact(ask("how long is the pier")).await.sent;
    let lines = lines(&bot.stop().await.log);
    for (sent, question) in [(first, "ferry fare"), (second, "how long is the pier")] {
        let about: Vec<&Value> = lines.iter().filter(|line| line["span"]["id"] == sent.id).collect();
        let messages: Vec<&Value> = about.iter().map(|line| &line["message"]).collect();
        assert!(messages.iter().any(|message| **message == "interaction"), "{messages:?}");
        assert!(about.iter().any(|line| line["question"] == question), "{about:?}");
    }
    let answers = lines.iter().filter(|line| line["message"] == "interaction");
    for confidence in answers.map(|line| line["confidence"].to_string()) {
        assert!(confidence.len() <= "0.1234".len(), "{confidence}");
    }
    for line in &lines {
        let times = line.as_object().unwrap().iter().filter(|(key, _)| *key == "ms" || key.ends_with("_ms"));
        assert!(times.clone().all(|(_, time)| time.is_u64()), "{line}");
    }
    assert!(lines.iter().any(|line| line["message"] == "calibrated on the base" && line["ms"].is_u64()));
}

async fn only_a_sample_of_the_successes_is_logged(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, &format!("{JSON}sample = 3\n")).await;
    for _ in 0..7 {
        discord.interact(Interaction::command("about")).await;
    }
    let lines = lines(&bot.stop().await.log);
    assert_eq!(lines.iter().filter(|line| line["message"] == "interaction").count(), 3);
}

async fn the_first_line_names_what_is_in_use(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, JSON).await;
    bot.wait_for_log("starting").await;
    let log = bot.stop().await.log;
    let first = &lines(&log)[0];
    let folder = folder.path().canonicalize().unwrap();
    assert_eq!(first["message"], "starting");
    for (key, file) in [("config", "config.toml"), ("knowledge", "knowledge"), ("journal", "data/footnote.db")] {
        assert_eq!(first[key], folder.join(file).display().to_string());
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_first_line() {
    let test = Test::new().env("FOOTNOTE_LOG_FORMAT", "json").env("DISCORD_TOKEN", "a.token");
    let journal = "FOOTNOTE_JOURNAL_ENABLED";
    let nowhere = test.env(journal, "false").env("FOOTNOTE_DISCORD_API_PROXY", "http://127.0.0.1:9");
    let mut bot = Bot::spawn(nowhere);
    bot.wait_for_log("cannot ask Discord for its gateway").await;
    let log = bot.stop().await.log;
    let lines = lines(&log);
    assert_eq!((&lines[0]["config"], &lines[0]["journal"]), (&"none".into(), &"off".into()));
    let retry = lines.iter().find(|line| !line["retry_in_ms"].is_null()).unwrap();
    assert!(retry["retry_in_ms"].is_u64(), "{retry}");
}

/// The last line of a run that fails, after lines that are all JSON.
#[track_caller]
fn last_line(log: &str) -> Value {
    let last = lines(log).pop().expect("a line");
    assert_eq!((&last["message"], &last["level"]), (&"stopped by an error".into(), &"ERROR".into()));
    last
}

#[tokio::test]
async fn the_last_line_is_json_too() {
    let discord = DiscordDouble::start().await;
    let config = Bot::config(Transport::Gateway, &discord) + NO_JOURNAL + JSON;
    let refused = Test::new().file("config.toml", &config).env("DISCORD_TOKEN", "wrong.token");
    let ended = Bot::spawn(refused).ended().await;
    assert_eq!(ended.status, Some(2));
    assert!(last_line(&ended.log)["error"].as_str().unwrap().contains("does not accept the bot token"));

    let broken = Test::new().file("config.toml", format!("{JSON}levle = 1\n")).args(["serve"]).run().status(2);
    let problems = last_line(&broken.stderr)["problems"].as_str().unwrap().to_owned();
    assert_eq!(problems, "config.toml:3: unknown key `levle`");

    let no_token = Test::new().env("FOOTNOTE_LOG_FORMAT", "json").args(["serve"]).run().status(2);
    assert!(last_line(&no_token.stderr)["error"].as_str().unwrap().contains("DISCORD_TOKEN_FILE"));

    // People who run it by hand read text.
    let by_hand = Test::new().env("FOOTNOTE_LOG_FORMAT", "json").args(["ask"]).run();
    assert!(!by_hand.stderr.contains('{'), "{}", by_hand.stderr);
}
