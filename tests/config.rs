//! `config.toml` and the token.

use footnote::config::{Config, WatchConfig};
use tempfile::TempDir;

use crate::support::footnote::{Run, Test};
use crate::support::snapshot::assert_snapshot;

/// Somebody's Ed25519 public key.
const PUBLIC_KEY: &str = "67c6bd767ca099e79efac9fcce4d2022a63bf7dea780e7f3d813f694c1597089";

/// The configuration that results from a valid file.
fn config(text: &str) -> Config {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    Config::load(Some(&path)).unwrap()
}

/// The output of the program with this configuration.
fn with_config(text: &str) -> Run {
    Test::new().file("config.toml", text).args(["ask", "ferry fare"]).run()
}

#[test]
fn the_file_is_optional_unless_it_is_named() {
    Test::new().args(["ask", "ferry fare"]).run().status(0);
    assert_snapshot!(Test::new().args(["--config", "none.toml", "ask", "ferry fare"]).run().status(2));
}

#[test]
fn an_unknown_key_is_rejected_with_its_place_and_the_nearest_known_one() {
    assert_snapshot!(with_config("[answer]\nanswer_at = 0.6\nsugest_at = 0.3\n").status(2));
}

#[test]
fn every_problem_is_reported_at_once() {
    let text = r#"
        knowlege = "k"
        [answer]
        answer_at = 7
        [discord]
        api_proxy = "localhost"
        cooldown = { uses = 0, second = 1 }
        [journal]
        path = ""
        retention_days = 0
        enable = true
        [log]
        format = "xml"
        level = 3
    "#;
    assert_snapshot!(with_config(text).status(2));
}

#[test]
fn a_share_of_unanswerable_questions_is_never_the_whole() {
    assert!((config("[answer]\nunanswerable = 0.35\n").unanswerable - 0.35).abs() < f32::EPSILON);
    assert!(config("[answer]\nunanswerable = 0\n").unanswerable.abs() < f32::EPSILON);
    let refused = |share: &str| with_config(&format!("[answer]\nunanswerable = {share}\n")).status(2);
    assert_snapshot!(refused("1"), refused("-0.1"), refused("nan"), refused("\"few\""));
}

#[test]
fn a_proxy_is_an_address_with_a_host_and_nothing_else() {
    let with_proxy = |address: &str| with_config(&format!("[discord]\napi_proxy = \"{address}\"\n"));
    let refused = |address: &str| with_proxy(address).status(2);
    assert_snapshot!(
        refused("http://127.0.0.1:99999"),
        refused("http://:80"),
        refused("http://[::1"),
        refused("http://host?x=1"),
        refused("http://a:b@host"),
        refused("ftp://host"),
        refused("http://host/path"),
    );
    with_proxy("http://[::1]:8080/").status(0);
}

#[test]
fn the_webhook_needs_the_public_key() {
    assert_snapshot!(
        with_config("[discord]\ntransport = \"webhook\"\n").status(2),
        with_config("[discord]\ntransport = \"webhook\"\n[discord.webhook]\nlisten = \"[::1]:80\"\n").status(2),
    );
}

#[test]
fn an_invalid_public_key_is_refused_with_its_place() {
    let with_key = |key: &str| {
        with_config(&format!("[discord]\ntransport = \"webhook\"\n[discord.webhook]\npublic_key = \"{key}\"\n"))
    };
    with_key(PUBLIC_KEY).status(0);
    assert_snapshot!(
        with_key(&PUBLIC_KEY[1..]).status(2),
        with_key(&PUBLIC_KEY.replace('6', "g")).status(2),
        with_key(&"0".repeat(64)).status(2),
    );
}

#[test]
fn mistakes_in_an_unused_webhook_are_reported_too() {
    assert_snapshot!(
        with_config(
            "[discord.webhook]\nlisten = \"localhost:80\"\n\
             public_key = \"7\"\nport = 80\n"
        )
        .status(2),
        with_config("[discord]\ntransport = \"pigeon\"\n").status(2),
    );
}

#[test]
fn thresholds_have_to_be_in_order() {
    assert_snapshot!(with_config("[answer]\nanswer_at = 0.3\nsuggest_at = 0.5\n").status(2));
}

#[test]
fn watch_at_must_not_be_below_answer_at() {
    assert_snapshot!(
        with_config("[answer]\nanswer_at = 0.6\nwatch_at = 0.5\n").status(2),
        with_config("[answer]\nwatch_at = 2\n").status(2),
    );
    let strict = "[answer]\nanswer_at = 0.95\n[discord]\nwatch_channels = [7]\n";
    assert_eq!(config(strict).watch, WatchConfig { channels: vec![7], answer_at: 0.95 });
}

#[test]
fn watched_channels_are_ids_with_or_without_quotes() {
    let both = "[discord]\nwatch_channels = [\"1287650000000000020\", 1287650000000000021]\n";
    let channels = vec![1_287_650_000_000_000_020, 1_287_650_000_000_000_021];
    assert_eq!(config(both).watch, WatchConfig { channels, answer_at: 0.8 });
    let watching = |channels: &str| with_config(&format!("[discord]\nwatch_channels = {channels}\n")).status(2);
    assert_snapshot!(
        watching("[7, 0]"),
        watching("[7, -1]"),
        watching("[7, 1.5]"),
        watching("[7, 0xff]"),
        watching("[7, \"\"]"),
        watching("[7, \"+1\"]"),
        watching("[7, \"#questions\"]"),
        watching("[7, \"9223372036854775808\"]"),
        watching("\"7\""),
    );
}

#[test]
fn a_webhook_cannot_watch_channels() {
    let table = format!("[discord.webhook]\npublic_key = \"{PUBLIC_KEY}\"\n");
    let text = |channels: &str| format!("[discord]\ntransport = \"webhook\"\nwatch_channels = {channels}\n{table}");
    assert_snapshot!(with_config(&text("[\"7\"]")).status(2));
    with_config(&text("[]")).status(0);
}

#[test]
fn the_knowledge_folder_is_relative_to_the_file_and_the_command_line_wins() {
    let ask = |options: &[&str]| {
        let test = Test::new().file("elsewhere/config.toml", "knowledge = \"../knowledge\"\n");
        test.args(["--config", "elsewhere/config.toml"]).args(options.iter().copied()).args(["ask", "ferry fare"]).run()
    };
    ask(&[]).status(0);
    let table = "[knowledge]\npath = \"../knowledge\"\n";
    let in_a_table = Test::new().file("elsewhere/config.toml", table);
    in_a_table.args(["--config", "elsewhere/config.toml", "ask", "ferry fare"]).run().status(0);
    assert_snapshot!(ask(&["--knowledge", "none"]).status(2));
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
        "watch",
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
    assert_snapshot!(Test::new().args(["serve"]).run().status(2));
}

#[test]
fn a_token_file_that_cannot_be_read_is_named() {
    assert_snapshot!(Test::new().env("DISCORD_TOKEN_FILE", "no/such/file").args(["serve"]).run().status(2));
}

#[test]
fn an_invalid_token_is_refused_without_showing_it() {
    let run = Test::new().env("DISCORD_TOKEN", "Bot s3cret value").args(["serve"]).run().status(2);
    assert!(!run.stderr.contains("s3cret"), "{}", run.stderr);
    assert_snapshot!(run);
}

#[test]
fn a_variable_overrides_its_key_and_config_says_where_each_value_comes_from() {
    let file = "[answer]\nanswer_at = 0.9\n[discord]\nsource_code = \"https://example.org/x\"\n\
        [log]\nlevel = \"warn\"\n";
    let test = || {
        Test::new()
            .file("config.toml", file)
            .env("FOOTNOTE_LOG_FORMAT", "json")
            .env("FOOTNOTE_ANSWER_ANSWER_AT", "0.95")
            .env("FOOTNOTE_JOURNAL_ENABLED", "false")
            .env("FOOTNOTE_JOURNAL_PATH", "  ")
            .env("FOOTNOTE_JOURNAL_KEY", "another key of thirty-two letters")
            .env("FOOTNOTE_DISCORD_WATCH_CHANNELS", "[7, \"8\"]")
            .env("FOOTNOTE_LOG_LEVLE", "debug")
            .env("FOOTNOTE_SERVICE_HOST", "10.0.0.1")
    };
    let shown = test().args(["config"]).run().status(0);
    let again = Test::new().file("config.toml", &shown.stdout).args(["config"]).run().status(0);
    let values = |text: &str| {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(|line| line.split("  #").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values(&shown.stdout), values(&again.stdout), "what it shows has the same effect");
    assert_snapshot!(shown, test().args(["--knowledge", "elsewhere", "config"]).run().status(0));
}

#[test]
fn every_key_can_come_from_the_environment() {
    let webhook = ("FOOTNOTE_DISCORD_WEBHOOK_PUBLIC_KEY", PUBLIC_KEY);
    for key in footnote::config::declarations() {
        let value = key.example.trim_matches('"').replace("64 hexadecimal digits", PUBLIC_KEY);
        let variable = footnote::config::variable(key.path);
        let run = Test::new().env(webhook.0, webhook.1).env(&variable, &value).args(["config"]).run().status(0);
        assert!(run.stdout.contains(&format!("  # {variable}\n")), "{variable}: {}", run.stdout);
    }
}

#[test]
fn a_mistake_in_a_variable_is_shown_like_one_in_the_file() {
    let with = |variable: &str, value: &str| Test::new().env(variable, value).args(["ask", "ferry fare"]).run();
    assert_snapshot!(
        with("FOOTNOTE_ANSWER_ANSWER_AT", "seven").status(2),
        with("FOOTNOTE_LOG_FORMAT", "xml").status(2),
        with("FOOTNOTE_ANSWER_SUGGEST_AT", "0.9").status(2),
        with("FOOTNOTE_DISCORD_WATCH_CHANNELS", "7").status(2),
    );
}

#[test]
fn a_token_in_the_file_is_never_shown_and_gets_advice() {
    for text in [
        "[discord]\ntoken = \"MTIz.s3cret.value\"\nanswer = 1\n",
        "discord = { token = \"MTIz.s3cret.value\" }\n",
        "[discord]\ntoken = MTIz.s3cret.value\n",
    ] {
        let run = with_config(text).status(2);
        assert!(!run.stderr.contains("s3cret") && run.stderr.contains("DISCORD_TOKEN"), "{}", run.stderr);
    }
    // Some of the token stands where nobody looks for one, so nothing else of the file is shown.
    for rest in ["\"\"\"\ns3cret\n\"\"\"", "\ns3cret", "[\n  s3cret\n]"] {
        let run = with_config(&format!("lisen = 1\n[discord]\ntoken = {rest}\n")).status(2);
        assert!(!run.stderr.contains("s3cret") && run.stderr.contains("DISCORD_TOKEN"), "{}", run.stderr);
    }
    assert_snapshot!(
        with_config("[discord]\ntoken = \"MTIz.s3cret.value\"\n").status(2),
        with_config(
            "[discord]\ntoken = \"MTIz.s3cret.value\"\n\n[web]\nlistn = \"x\"\nlisten = \
            \"8080\"\n"
        )
        .status(2),
    );
}
