//! `calibration.toml`: what was learned from a base is kept beside it, and everyone who answers
//! from the base uses it.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use footnote_curation::{Approval, Change, Curation, Folders, Person, Settings};
use footnote_search::reply::Thresholds;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::bot::{Bot, Transport};
use crate::support::discord::{BotMessage, NO_JOURNAL, ask};
use crate::support::footnote::{HARBOUR, INN, Run, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, Interaction, OWNER_ID};

const FILE: &str = "knowledge/calibration.toml";
const QUESTION: &str = "price of a ticket for the ferry";

/// A folder with the small base.
fn harbour() -> TempDir {
    let folder = TempDir::new().unwrap();
    let _ = Test::at(folder.path()).with_base();
    folder
}

fn calibration(folder: &Path) -> String {
    fs::read_to_string(folder.join(FILE)).expect("the calibration was written")
}

fn check(folder: &Path) -> Run {
    Test::at(folder).args(["check"]).run()
}

/// The reply to a question, with its explanation.
fn asked(folder: &Path, options: &[&str], question: &str) -> Value {
    let test = Test::at(folder).args(["ask", "--json", "--explain"]).args(options.iter().copied());
    if options.contains(&"--batch") { test.stdin(question) } else { test.args([question]) }.run().json()
}

/// Where the weights of a reply come from.
fn origin(reply: &Value) -> &str {
    reply["explanation"]["weights"].as_str().unwrap()
}

/// The confidence that a bot logged for the last question.
fn logged_confidence(log: &str) -> f64 {
    let line = log.lines().rfind(|line| line.contains("confidence=")).expect("a question was logged");
    let (_, rest) = line.split_once("confidence=").unwrap();
    rest.split(' ').next().unwrap().parse().unwrap()
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.000_06
}

#[test]
fn a_check_writes_it_once_for_each_state_of_the_base_and_it_is_no_part_of_the_base() {
    let folder = harbour();
    let first = check(folder.path()).status(0);
    let written = calibration(folder.path());
    let second = check(folder.path()).status(0);
    assert_eq!(calibration(folder.path()), written);
    fs::write(folder.path().join("knowledge/inn.toml"), INN).unwrap();
    let third = check(folder.path()).status(0);
    assert_ne!(calibration(folder.path()), written);
    fs::remove_file(folder.path().join("knowledge/inn.toml")).unwrap();
    check(folder.path()).status(0);
    assert_eq!(calibration(folder.path()), written, "the same base gives the same weights");
    assert_snapshot!(first, second, "The base has another topic.", third);
}

#[test]
fn it_names_each_weight_and_says_what_it_is() {
    let folder = harbour();
    check(folder.path()).status(0);
    let text = calibration(folder.path());
    assert!(text.starts_with("# ") && text.contains("`footnote check`"), "{text}");
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["unanswerable"].as_float(), Some(0.2));
    assert_eq!(table["learned_from"].as_str().unwrap().len(), 64);
    let weights = table["weights"].as_table().unwrap();
    let names = footnote_search::evidence::FEATURE_NAMES;
    assert_eq!(weights.len(), names.len());
    for name in names {
        let weight = weights[name].as_float().unwrap();
        assert!(same(weight * 10_000.0, (weight * 10_000.0).round()), "{name} has four decimals: {weight}");
    }
}

#[test]
fn a_question_uses_what_there_is_and_a_batch_learns_what_is_missing() {
    let folder = harbour();
    assert_eq!(origin(&asked(folder.path(), &[], QUESTION)), "prior");
    let learned = asked(folder.path(), &["--batch"], QUESTION);
    assert_eq!(origin(&learned), "learned");
    assert!(!folder.path().join(FILE).exists(), "a question writes nothing");
    check(folder.path()).status(0);
    for options in [&[][..], &["--batch"]] {
        let known = asked(folder.path(), options, QUESTION);
        assert_eq!(origin(&known), "base");
        assert_eq!(known["confidence"], learned["confidence"], "learned or read, the weights are the same");
    }
    fs::write(folder.path().join("knowledge/inn.toml"), INN).unwrap();
    for options in [&[][..], &["--batch"]] {
        assert_eq!(origin(&asked(folder.path(), options, QUESTION)), "earlier_base");
    }
}

#[test]
fn only_what_search_reads_makes_it_stale() {
    let folder = harbour();
    check(folder.path()).status(0);
    let change = |from: &str, to: &str| {
        assert!(HARBOUR.contains(from), "{from}");
        fs::write(folder.path().join("knowledge/harbour.toml"), HARBOUR.replace(from, to)).unwrap();
        asked(folder.path(), &[], QUESTION)
    };
    for (from, to) in [("as_of = \"2024-05\"\n", ""), ("title = \"The harbour\"", "title = \"Harbour\"")] {
        assert_eq!(origin(&change(from, to)), "base", "{from}");
    }
    for (from, to) in [("\"ferry tariff\"", "\"ferry fee\""), ("\"beacon\"", "\"lantern\""), ("3 crowns:", "4 crowns:")]
    {
        assert_eq!(origin(&change(from, to)), "earlier_base", "{from}");
    }
    let synonyms = "[[group]]\nwords = [\"ferry\", \"packet\"]\n";
    let test = Test::at(folder.path()).with_base().file("knowledge/synonyms.toml", synonyms);
    let reply = test.args(["ask", "--json", "--explain", QUESTION]).run().json();
    assert_eq!(origin(&reply), "earlier_base");
}

#[test]
fn another_share_of_unanswerable_questions_makes_it_stale() {
    let folder = harbour();
    check(folder.path()).status(0);
    fs::write(folder.path().join("config.toml"), "[answer]\nunanswerable = 0.5\n").unwrap();
    let stale = asked(folder.path(), &[], QUESTION);
    assert_eq!(origin(&stale), "earlier_base");
    check(folder.path()).status(0);
    assert!(calibration(folder.path()).contains("\nunanswerable = 0.5\n"));
    let renewed = asked(folder.path(), &[], QUESTION);
    assert_eq!(origin(&renewed), "base");
    let confidence = |reply: &Value| reply["confidence"].as_f64().unwrap();
    assert!(confidence(&renewed) < confidence(&stale), "more questions without an answer leave more doubt");
}

#[test]
fn a_broken_file_is_named_with_the_way_out_and_a_check_replaces_it() {
    let folder = harbour();
    check(folder.path()).status(0);
    let sound = calibration(folder.path());
    let broken = |text: &str| {
        fs::write(folder.path().join(FILE), text).unwrap();
        Test::at(folder.path()).args(["ask", QUESTION]).run().status(2)
    };
    let merged = sound.replace("[weights]\n", "[weights]\n<<<<<<< HEAD\n");
    let infinite = sound.replacen("\"support\" = ", "\"support\" = inf #", 1);
    assert_snapshot!(
        broken(&merged).with_comment("after a merge"),
        broken(&infinite).with_comment("with a weight that is not a number"),
        broken("").with_comment("when it is empty"),
        check(folder.path()).status(0),
    );
    assert_eq!(calibration(folder.path()), sound);
    fs::remove_file(folder.path().join(FILE)).unwrap();
    fs::create_dir(folder.path().join(FILE)).unwrap();
    let run = Test::at(folder.path()).args(["ask", QUESTION]).run().status(2);
    assert!(run.stderr.contains("cannot read `knowledge/calibration.toml`"), "{}", run.stderr);
}

#[test]
fn the_weights_of_another_version_count_as_none() {
    let folder = harbour();
    check(folder.path()).status(0);
    let sound = calibration(folder.path());
    for other in [sound.replacen("\"support\"", "\"backing\"", 1), sound.clone() + "\"novelty\" = 1.0\n"] {
        fs::write(folder.path().join(FILE), other).unwrap();
        assert_eq!(origin(&asked(folder.path(), &[], QUESTION)), "prior");
    }
    check(folder.path()).status(0);
    assert_eq!(calibration(folder.path()), sound);
}

#[test]
fn a_base_of_a_single_entry_is_calibrated_too() {
    let folder = TempDir::new().unwrap();
    let almanac = SOURCES.split("[[source]]").nth(1).expect("the almanac comes first");
    let test = Test::at(folder.path()).file("knowledge/sources.toml", format!("[[source]]{almanac}"));
    test.file("knowledge/inn.toml", INN).args(["check"]).run().status(0);
    let reply = asked(folder.path(), &[], "When does the inn open?");
    assert_eq!((origin(&reply), reply["outcome"].as_str()), ("base", Some("answer")));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_takes_no_file_costs_a_line_and_no_answer() {
    // A limit on the size of files stands in for a folder that cannot be written, even by root.
    const FULL: [&str; 4] = ["env", "--ignore-signal=XFSZ", "prlimit", "--fsize=0"];
    let folder = harbour();
    let run = Test::at(folder.path()).started_by(FULL).args(["check"]).run().status(0);
    assert_snapshot!(run);
    let discord = DiscordDouble::start().await;
    let bot = Test::at(folder.path()).started_by(FULL);
    let bot = Bot::over(Transport::Webhook, bot, &discord, NO_JOURNAL).await;
    assert_eq!(discord.interact(ask("ferry fare")).await.title(), "How much does the ferry cost?");
    let log = bot.stop().await.log;
    assert!(log.contains("WARN") && log.contains("calibration not kept"), "{log}");
    let mut files: Vec<_> = fs::read_dir(folder.path().join("knowledge")).unwrap().collect();
    files.retain(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("calibration"));
    assert!(files.is_empty(), "nothing is left over: {files:?}");
}

#[tokio::test]
async fn a_question_has_the_same_confidence_on_the_terminal_and_on_discord() {
    let question = "what does one pay for the boat over";
    let discord = DiscordDouble::start().await;
    let folder = harbour();
    check(folder.path()).status(0);
    let on_terminal = asked(folder.path(), &[], question)["confidence"].as_f64().unwrap();
    let bot = Bot::over(Transport::Webhook, Test::at(folder.path()), &discord, "").await;
    discord.interact(ask(question)).await;
    let log = bot.stop().await.log;
    assert!(same(logged_confidence(&log), on_terminal), "{on_terminal} in:\n{log}");
    assert!(!log.contains("calibrated on the base"), "{log}");

    let without_check = harbour();
    let bot = Bot::over(Transport::Webhook, Test::at(without_check.path()), &discord, "").await;
    discord.interact(ask(question)).await;
    let log = bot.stop().await.log;
    assert!(same(logged_confidence(&log), on_terminal), "{on_terminal} in:\n{log}");
    assert!(log.contains("calibrated on the base"), "{log}");
    assert_eq!(calibration(without_check.path()), calibration(folder.path()), "serve and check write the same");
}

#[tokio::test]
async fn a_bot_renews_it_when_it_starts_and_when_it_reloads() {
    let discord = DiscordDouble::start().await;
    let folder = harbour();
    fs::write(folder.path().join(FILE), "<<<<<<<").unwrap();
    let mut bot = Bot::over(Transport::Webhook, Test::at(folder.path()), &discord, "").await;
    bot.wait_for_log("found the application's owners").await;
    let at_start = calibration(folder.path());
    assert!(at_start.contains("[weights]"), "{at_start}");
    fs::write(folder.path().join("knowledge/inn.toml"), INN).unwrap();
    discord.interact(Interaction::command("reload").in_direct_message().by(OWNER_ID, "owner")).await;
    bot.wait_for_log("knowledge base reloaded").await;
    assert_ne!(calibration(folder.path()), at_start);
    assert_eq!(origin(&asked(folder.path(), &[], QUESTION)), "base");
    let log = bot.stop().await.log;
    assert!(log.contains("replaced the calibration"), "{log}");
    assert_eq!(log.matches("calibrated on the base").count(), 2, "{log}");
}

#[test]
fn the_one_of_the_shipped_base_is_up_to_date() {
    let run = Test::empty().with_shipped_base().args(["check"]).run();
    assert!(
        run.stdout.contains("calibration.toml is up to date"),
        "run `cargo run --release -- check` in the project's folder:\n{}",
        run.stdout
    );
}

/// A reviewed change shall do what it was shown to do, so the weights with which it was shown stay
/// in force until somebody checks the base.
#[tokio::test]
async fn weights_that_a_change_carried_stay_in_force_until_the_next_check() {
    let question = "what does one pay for the boat over";
    let folder = harbour();
    check(folder.path()).status(0);
    let learned = calibration(folder.path());
    let curation = Curation::new(Settings::new(Folders::one(folder.path().join("knowledge"))));
    let snapshot = curation.snapshot(Thresholds::default(), 0.2).unwrap();
    let preview = snapshot.preview(&Change::add_phrasing("ferry-price", "sum due at the landing"), &[]).unwrap();
    let author = Person::with_role("curator");
    let approval = Approval { author, approver: None, reason: String::new(), time: SystemTime::now() };
    let shown = curation.apply(preview, &approval).unwrap().snapshot;
    let shown = f64::from(shown.answerer().reply(question).confidence());
    let carried = calibration(folder.path());
    assert_ne!(carried, learned);

    let discord = DiscordDouble::start().await;
    let bot = Bot::over(Transport::Webhook, Test::at(folder.path()), &discord, "").await;
    discord.interact(ask(question)).await;
    let log = bot.stop().await.log;
    assert!(same(logged_confidence(&log), shown), "{shown} in:\n{log}");
    assert!(!log.contains("calibrated on the base"), "{log}");
    assert_eq!(calibration(folder.path()), carried);
    let reply = asked(folder.path(), &[], question);
    assert_eq!(origin(&reply), "earlier_base");
    assert!(same(reply["confidence"].as_f64().unwrap(), shown), "{reply}");
    check(folder.path());
    assert_eq!(origin(&asked(folder.path(), &[], question)), "base");
}
