//! The metrics: their documentation, the page, and what `deploy/` makes of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use footnote::telemetry::metrics::declarations;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use super::{GUARD, PROBES, connection, page, wait_for_status};
use crate::support::bot::{Bot, Transport};
use crate::support::discord::{NO_WATCH, ask};
use crate::support::footnote::{HARBOUR, INN, Test};
use crate::support::generated::assert_generated;
use crate::support::http::HttpRequest;
use discord_double::{DiscordDouble, IncomingMessage, Interaction, OWNER_ID};

const HEAD: &str = "# Metrics

<!-- Generated from src/telemetry/metrics.rs by `just docs`; a test compares the two. -->

With `http.listen` set, `/metrics` shows these in Prometheus' text format. No label holds a name, \
an id or a question. [OPERATIONS.md](OPERATIONS.md#probes-and-metrics) says what to do with them; \
`deploy/` has alert rules and a dashboard.

| metric | kind | labels | meaning |
|---|---|---|---|
";

/// `docs/METRICS.md`.
fn reference() -> String {
    let mut text = HEAD.to_owned();
    for metric in declarations() {
        let labels: Vec<String> = metric.labels.iter().map(|label| format!("`{label}`")).collect();
        let kind: &str = metric.kind.into();
        writeln!(text, "| `{}` | {kind} | {} | {} |", metric.name, labels.join(", "), metric.meaning).unwrap();
    }
    text
}

#[test]
fn the_reference_follows_from_the_declared_metrics() {
    assert_generated("docs/METRICS.md", &reference());
}

/// What a page has, as the documentation lists it: name, kind, and labels.
fn shown(page: &str) -> BTreeSet<(String, String, BTreeSet<String>)> {
    let kinds = page.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    kinds.map(|(name, kind)| (name.to_owned(), kind.to_owned(), labels(page, name))).collect()
}

/// The labels of a metric's lines, without the bound of a bucket.
fn labels(page: &str, name: &str) -> BTreeSet<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix(name)).filter(|rest| rest.starts_with(['{', '_']));
    let pairs =
        lines.filter_map(|rest| rest.split_once('{')?.1.split_once('}')).flat_map(|(pairs, _)| pairs.split(','));
    pairs.filter_map(|pair| Some(pair.split_once('=')?.0.to_owned())).filter(|label| label != "le").collect()
}

fn documented() -> BTreeSet<(String, String, BTreeSet<String>)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/METRICS.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let code = |cell: &str| cell.trim_matches('`').to_owned();
        let labels = cells[3].split(", ").filter(|label| !label.is_empty()).map(code).collect();
        (code(cells[1]), cells[2].to_owned(), labels)
    })
    .collect()
}

/// Asks until a line of the page begins so.
async fn wait_for_line(probes: SocketAddr, start: &str) {
    let asking = async { while !page(probes, "/metrics").await.1.lines().any(|line| line.starts_with(start)) {} };
    timeout(GUARD, asking).await.unwrap_or_else(|_| panic!("no line begins with {start}"));
}

/// Answers probes, and reads no file again by itself.
fn quiet() -> String {
    PROBES.to_owned() + NO_WATCH
}

/// A server with a base of its own.
const SERVER: u64 = 1_287_650_000_000_000_077;

/// What `/metrics` shows after somebody has used everything that a transport has.
async fn used(transport: Transport) -> String {
    let folder = TempDir::new().unwrap();
    let discord = DiscordDouble::builder().heartbeat_interval(Duration::from_millis(200)).start().await;
    let config = format!("{}[[server]]\nid = \"{SERVER}\"\nknowledge = [\"knowledge\"]\n", quiet());
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, &config).await;
    let probes = bot.probes().await;
    bot.wait_for_log("found the application's owners").await;
    bot.wait_for_log("commands registered").await;
    wait_for_status(probes, "/readyz", 200).await;
    discord.interact(ask("ferry fare")).await;
    discord.interact(ask("ferry fare").in_guild(SERVER)).await;
    discord.interact(ask("does quill find the pier ugly")).await;
    discord.interact(Interaction::component("guess:1")).await;
    fs::write(folder.path().join("knowledge/inn.toml"), INN).unwrap();
    discord.interact(Interaction::command("reload").in_direct_message().by(OWNER_ID, "owner")).await;
    match transport {
        Transport::Gateway => {
            discord.talk(IncomingMessage::direct("ferry fare")).await;
            discord.shard(0).dispatch("INTERACTION_CREATE", &json!({"id": "1"}));
            bot.wait_for_log("cannot read an event").await;
            wait_for_line(probes, "footnote_gateway_latency_seconds{").await;
        }
        Transport::Webhook => {
            let address = bot.address().await;
            assert_eq!(HttpRequest::new("POST", "/interactions").status(address).await, 401);
        }
    }
    let (status, text) = page(probes, "/metrics").await;
    assert_eq!(status, 200);
    text
}

#[tokio::test]
async fn the_page_has_exactly_what_is_documented() {
    let (gateway, webhook) = (used(Transport::Gateway).await, used(Transport::Webhook).await);
    let both: BTreeSet<_> = shown(&gateway).union(&shown(&webhook)).cloned().collect();
    assert_eq!(both, documented());
    for line in [
        r#"footnote_interactions_total{kind="interaction",command="ask",outcome="answer"} 3"#,
        r#"footnote_interactions_total{kind="interaction",command="other",outcome="unsupported"} 1"#,
        r#"footnote_interactions_total{kind="interaction",command="reload",outcome="reloaded"} 1"#,
        r#"footnote_interaction_seconds_count{kind="interaction"} 5"#,
        r#"footnote_rest_requests_total{route="commands",status="2xx"} 1"#,
        r#"footnote_ready{part="journal"} 1"#,
        r#"footnote_journal_queue{kind="votes"} 0"#,
        "footnote_base_entries 5",
        "footnote_base_sources 2",
    ] {
        for page in [&gateway, &webhook] {
            assert!(page.lines().any(|found| found == line), "no {line} in\n{page}");
        }
    }
    for line in [
        r#"footnote_gateway_up{shard="0"} 1"#,
        r#"footnote_gateway_sessions_total{shard="0",how="started"} 1"#,
        r#"footnote_interactions_total{kind="reply",command="direct",outcome="answer"} 1"#,
        r#"footnote_rest_requests_total{route="callback",status="2xx"} 5"#,
        "footnote_unreadable_total 1",
        "footnote_confidence_count 4",
    ] {
        assert!(gateway.lines().any(|found| found == line), "no {line} in\n{gateway}");
    }
    let refused = r#"footnote_webhook_refused_total{reason="unsigned"} 1"#;
    assert!(webhook.lines().any(|found| found == refused), "no {refused} in\n{webhook}");
}

#[tokio::test]
async fn failures_are_counted() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &quiet());
    let probes = bot.probes().await;
    bot.wait_for_log("found the application's owners").await;
    let mut other = connection(folder.path()).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let answer = discord.interact(ask("does quill find the pier ugly")).await;
    discord.interact(answer.press("👍")).await;
    fs::write(folder.path().join("knowledge/harbour.toml"), HARBOUR.replace("answer =", "answre =")).unwrap();
    discord.interact(Interaction::command("reload").in_direct_message().by(OWNER_ID, "owner")).await;
    discord.refuse_next("POST", "/interactions", 404, 10_062, "Unknown interaction");
    discord.send(ask("ferry fare")).await;
    bot.wait_for_log("interaction failed").await;
    let (_, text) = page(probes, "/metrics").await;
    for line in [
        r#"footnote_reloads_total{result="refused"} 1"#,
        r#"footnote_interactions_failed_total{kind="interaction"} 1"#,
        r#"footnote_rest_requests_total{route="callback",status="404"} 1"#,
        r#"footnote_ready{part="journal"} 0"#,
    ] {
        assert!(text.lines().any(|found| found == line), "no {line} in\n{text}");
    }
    let failures = text.lines().find_map(|line| line.strip_prefix("footnote_journal_failures_total "));
    assert!(failures.is_some_and(|count| count != "0"), "{text}");
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The names in a text that look like those of our metrics, without what a histogram adds.
fn mentioned(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let names = words.filter(|word| word.starts_with("footnote_"));
    names
        .map(|name| ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_deployed_uses_only_metrics_that_exist() {
    let declared: BTreeSet<String> = declarations().iter().map(|metric| metric.name.to_owned()).collect();
    let deploy = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy");
    let mut seen = BTreeSet::new();
    for file in ["grafana", "prometheus"].iter().flat_map(|folder| files(&deploy.join(folder))) {
        let names = mentioned(&fs::read_to_string(&file).unwrap());
        let unknown: Vec<&String> = names.difference(&declared).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", file.display());
        seen.extend(names);
    }
    assert!(seen.len() > 12, "the alert rules and the dashboard use most of them: {seen:?}");
    let board = fs::read_to_string(deploy.join("grafana/footnote.json")).unwrap();
    let board: Value = serde_json::from_str(&board).unwrap();
    let panels = board["panels"].as_array().unwrap();
    assert!(panels.iter().all(|panel| panel["targets"][0]["expr"].is_string()), "a panel without a query");
}
