//! `config.toml` and the token.

use footnote::config::{Config, WatchConfig};
use tempfile::TempDir;

use crate::support::footnote::{Run, Test};

/// Somebody's Ed25519 public key.
const PUBLIC_KEY: &str = "67c6bd767ca099e79efac9fcce4d2022a63bf7dea780e7f3d813f694c1597089";

/// The configuration that a valid file comes to.
fn config(text: &str) -> Config {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    Config::load(Some(&path)).unwrap()
}

fn with_config(text: &str) -> Run {
    Test::new().file("config.toml", text).args(["ask", "ferry fare"]).run()
}

#[test]
fn the_file_is_optional_unless_it_is_named() {
    Test::new().args(["ask", "ferry fare"]).run().status(0);
    let run = Test::new().args(["--config", "none.toml", "ask", "ferry fare"]).run().status(2);
    run.stderr_has("cannot read this file").stderr_has("none.toml");
}

#[test]
fn an_unknown_key_is_rejected_with_its_place_and_the_nearest_known_one() {
    let run = with_config("[answer]\nanswer_at = 0.6\nsugest_at = 0.3\n").status(2);
    run.stderr_has("unknown key `sugest_at`")
        .stderr_has("--> config.toml:3:1")
        .stderr_has("did you mean `suggest_at`?");
}

#[test]
fn every_problem_is_reported_at_once() {
    let text = "knowlege = \"k\"\n[answer]\nanswer_at = 7\n[discord]\napi_proxy = \"localhost\"\ncooldown = { uses = 0, second = 1 }\n[journal]\npath = \"\"\nretention_days = 0\nenable = true\n[log]\nformat = \"xml\"\nlevel = 3\n";
    let run = with_config(text).status(2);
    run.stderr_has("did you mean `knowledge`?")
        .stderr_has("`answer_at` is 7, outside 0 to 1")
        .stderr_has("`localhost` is not the address of a proxy")
        .stderr_has("`uses` takes whole numbers from 1 upwards")
        .stderr_has("did you mean `seconds`?")
        .stderr_has("`path` is empty")
        .stderr_has("`retention_days` takes whole numbers from 1 upwards")
        .stderr_has("did you mean `enabled`?")
        .stderr_has("`xml` is not a value of `format`")
        .stderr_has("`level` is of the wrong type (integer)");
}

#[test]
fn a_proxy_is_an_address_with_a_host_and_nothing_else() {
    for address in [
        "http://127.0.0.1:99999",
        "http://:80",
        "http://[::1",
        "http://host?x=1",
        "http://a:b@host",
        "ftp://host",
        "http://host/path",
    ] {
        let run = with_config(&format!("[discord]\napi_proxy = \"{address}\"\n")).status(2);
        run.stderr_has(&format!("`{address}` is not the address of a proxy")).stderr_has("config.toml:2:13");
    }
    with_config("[discord]\napi_proxy = \"http://[::1]:8080/\"\n").status(0);
}

#[test]
fn the_webhook_needs_the_public_key() {
    let run = with_config("[discord]\ntransport = \"webhook\"\n").status(2);
    run.stderr_has("needs the application's public key").stderr_has("config.toml:2:13");
    let run = with_config("[discord]\ntransport = \"webhook\"\n[discord.webhook]\nlisten = \"[::1]:80\"\n").status(2);
    run.stderr_has("`public_key` is missing").stderr_has("config.toml:3:1").stderr_has("add public_key = ");
}

#[test]
fn a_public_key_that_is_none_is_refused_with_its_place() {
    let with_key = |key: &str| {
        with_config(&format!("[discord]\ntransport = \"webhook\"\n[discord.webhook]\npublic_key = \"{key}\"\n"))
    };
    with_key(PUBLIC_KEY).status(0);
    for key in [&PUBLIC_KEY[1..], &PUBLIC_KEY.replace('6', "g")] {
        let run = with_key(key).status(2);
        run.stderr_has(&format!("`{key}` is not 64 hexadecimal digits")).stderr_has("config.toml:4:14");
    }
    let zeros = "0".repeat(64);
    let run = with_key(&zeros).status(2);
    run.stderr_has(&format!("`{zeros}` is not an Ed25519 public key")).stderr_has("config.toml:4:14");
}

#[test]
fn mistakes_of_a_webhook_that_is_not_used_show_as_well() {
    let text = "[discord.webhook]\nlisten = \"localhost:80\"\npublic_key = \"7\"\nport = 80\n";
    let run = with_config(text).status(2);
    run.stderr_has("`localhost:80` is not an address to listen on")
        .stderr_has("`7` is not 64 hexadecimal digits")
        .stderr_has("unknown key `port`");
    with_config("[discord]\ntransport = \"pigeon\"\n").status(2).stderr_has("write one of gateway, webhook");
}

#[test]
fn thresholds_have_to_be_in_order() {
    with_config("[answer]\nanswer_at = 0.3\nsuggest_at = 0.5\n")
        .status(2)
        .stderr_has("suggest_at (0.5) is above answer_at (0.3)");
}

#[test]
fn what_nobody_asked_for_is_not_answered_sooner_than_a_question() {
    let run = with_config("[answer]\nanswer_at = 0.6\nwatch_at = 0.5\n").status(2);
    run.stderr_has("watch_at (0.5) is below answer_at (0.6)").stderr_has("config.toml:3:12");
    with_config("[answer]\nwatch_at = 2\n").status(2).stderr_has("`watch_at` is 2, outside 0 to 1");
    let strict = "[answer]\nanswer_at = 0.95\n[discord]\nwatch_channels = [7]\n";
    assert_eq!(config(strict).watch, WatchConfig { channels: vec![7], answer_at: 0.95 });
}

#[test]
fn watched_channels_are_ids_in_quotes_or_without() {
    let both = "[discord]\nwatch_channels = [\"1287650000000000020\", 1287650000000000021]\n";
    let channels = vec![1_287_650_000_000_000_020, 1_287_650_000_000_000_021];
    assert_eq!(config(both).watch, WatchConfig { channels, answer_at: 0.8 });
    for id in ["0", "-1", "1.5", "0xff", "\"\"", "\"+1\"", "\"#questions\"", "\"9223372036854775808\""] {
        let run = with_config(&format!("[discord]\nwatch_channels = [7, {id}]\n")).status(2);
        run.stderr_has("`watch_channels` takes ids")
            .stderr_has("config.toml:2:22")
            .stderr_has("write watch_channels = ");
    }
    with_config("[discord]\nwatch_channels = \"7\"\n").status(2).stderr_has("`watch_channels` is of the wrong type");
}

#[test]
fn a_webhook_cannot_watch_channels() {
    let table = format!("[discord.webhook]\npublic_key = \"{PUBLIC_KEY}\"\n");
    let text = |channels: &str| format!("[discord]\ntransport = \"webhook\"\nwatch_channels = {channels}\n{table}");
    let run = with_config(&text("[\"7\"]")).status(2);
    run.stderr_has("`watch_channels` needs the gateway").stderr_has("config.toml:3:19");
    with_config(&text("[]")).status(0);
}

#[test]
fn the_knowledge_folder_is_relative_to_the_file_and_the_command_line_wins() {
    let test = || Test::new().file("elsewhere/config.toml", "knowledge = \"../knowledge\"\n");
    test().args(["--config", "elsewhere/config.toml", "ask", "ferry fare"]).run().status(0);
    let run = test().args(["--config", "elsewhere/config.toml", "--knowledge", "none", "ask", "ferry fare"]).run();
    run.status(2).stderr_has("`none`");
}

#[test]
fn the_shipped_file_documents_every_key_with_its_default() {
    let shipped = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config.toml")).unwrap();
    let documented = shipped
        .replace("# api_proxy", "api_proxy")
        .replace("# source_code", "source_code")
        .replace("# public_key", "public_key")
        .replace("64 hexadecimal digits", PUBLIC_KEY);
    let keys = [
        "knowledge",
        "answer_at",
        "suggest_at",
        "watch_at",
        "watch_channels",
        "api_proxy",
        "source_code",
        "transport",
        "listen",
        "public_key",
        "enabled",
        "path",
        "retention_days",
        "format",
        "level",
    ];
    for key in keys.map(|key| format!("{key} =")) {
        assert!(documented.contains(&format!("\n{key}")), "{key}");
    }
    with_config(&documented).status(0);
    let defaults = Config::default();
    let path = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config.toml"));
    let mut shipped = Config::load(Some(path)).unwrap();
    shipped.knowledge = defaults.knowledge.clone();
    let folder = path.parent().unwrap();
    if let Some(journal) = &mut shipped.journal {
        journal.path = journal.path.strip_prefix(folder).unwrap().to_owned();
    }
    assert_eq!(shipped, defaults);
}

#[test]
fn serving_needs_a_token() {
    Test::new().args(["serve"]).run().status(2).stderr_has("DISCORD_TOKEN").stderr_has("DISCORD_TOKEN_FILE");
}

#[test]
fn a_token_file_that_cannot_be_read_is_named() {
    let run = Test::new().env("DISCORD_TOKEN_FILE", "no/such/file").args(["serve"]).run().status(2);
    run.stderr_has("no/such/file").stderr_has("No such file");
}

#[test]
fn a_token_that_is_none_is_refused_without_showing_it() {
    let run = Test::new().env("DISCORD_TOKEN", "Bot s3cret value").args(["serve"]).run().status(2);
    assert!(!run.stderr.contains("s3cret"), "{}", run.stderr);
    run.stderr_has("DISCORD_TOKEN does not hold a bot token");
}
