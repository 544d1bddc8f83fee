//! Hundreds of servers in one process, within a bound of memory.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use footnote::base::BaseFolders;
use footnote::config::Config;
use footnote::discord::{App, Call, Interaction, OptionValue, Outcome, Setup, respond};
use footnote_knowledge::load;
use footnote_search::Weights;
use footnote_search::calibration::Calibration;
use footnote_search::reply::Answerer;
use footnote_search::tuning::Tuning;
use tempfile::TempDir;

use super::{INN_SERVER, VAULT_SERVER, VAULT_SOURCES, at, config, files};
use crate::support::bot::{Bot, Transport};
use crate::support::discord::BotMessage;
use crate::support::footnote::{HARBOUR, SOURCES, Test};
use discord_double::DiscordDouble;

const THINGS: [&str; 20] = [
    "anchor", "barrel", "bridge", "candle", "carpet", "castle", "engine", "fountain", "garden", "hammer", "island",
    "kettle", "ladder", "lantern", "mirror", "orchard", "pillow", "rudder", "saddle", "tunnel",
];
const DEEDS: [(&str, &str); 10] = [
    ("clean", "cleaning"),
    ("paint", "painting"),
    ("borrow", "borrowing"),
    ("repair", "repairing"),
    ("measure", "measuring"),
    ("insure", "insuring"),
    ("decorate", "decorating"),
    ("inspect", "inspecting"),
    ("replace", "replacing"),
    ("photograph", "photographing"),
];

/// A base of 200 entries that only its own server has.
fn write_base(folder: &Path, server: u64) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("sources.toml"), SOURCES).unwrap();
    for (deed, doing) in DEEDS {
        let mut topic = format!("title = \"{doing}\"\n");
        for thing in THINGS {
            write!(
                topic,
                "[[entry]]\nid = \"{deed}-{thing}\"\nquestion = \"How do I {deed} the {thing}?\"\n\
                 phrasings = [\"{doing} the {thing}\", \
                 \"who helps me {deed} a {thing}\", \
                 \"rules for {doing} any {thing}\", \"{thing} {deed} advice\", \
                 \"what does it take to {deed} the {thing}\"]\n\
                 answer = \"Server {server} says how to {deed} the {thing}.\"\n\
                 citations = [{{ source = \"almanac\", evidence = [\"{thing}\"], \
                 paragraph = 1 }}]\n"
            )
            .unwrap();
        }
        fs::write(folder.join(format!("{deed}.toml")), topic).unwrap();
    }
    let (base, tuning) = (load(folder).unwrap(), Tuning::default());
    let unanswerable = Config::default().unanswerable;
    Calibration::new(&Weights::prior(&tuning), &base, &tuning, unanswerable).write(folder).unwrap();
}

/// A process with so many servers.
fn process(folder: &Path, servers: u64, megabytes: u64) -> App {
    let mut text = format!("knowledge = \"shared\"\nmemory.bases_mb = {megabytes}\n");
    text.push_str("discord.cooldown.enabled = false\n");
    for server in 1..=servers {
        write_base(&folder.join(server.to_string()), server);
        write!(text, "[[server]]\nid = \"{server}\"\nknowledge = [\"{server}\"]\n").unwrap();
    }
    fs::create_dir_all(folder.join("shared")).unwrap();
    fs::write(folder.join("shared/sources.toml"), SOURCES).unwrap();
    fs::write(folder.join("shared/harbour.toml"), HARBOUR).unwrap();
    let path = folder.join("config.toml");
    fs::write(&path, text).unwrap();
    let config = Config::load(Some(&path)).unwrap();
    let folders: BaseFolders = config.folders();
    let answerer = Answerer::new(folders.load().unwrap(), config.thresholds);
    App::new(Setup {
        folders,
        servers: config.servers,
        bases_bytes: config.bases_bytes,
        ..Setup::new(answerer, folder.join("shared"))
    })
}

/// Asks a server something, and checks that the answer is that server's own.
async fn ask(app: &App, server: u64, number: usize) -> Duration {
    let ((deed, _), thing) = (DEEDS[number % DEEDS.len()], THINGS[number / DEEDS.len() % THINGS.len()]);
    let question = OptionValue::Text(format!("what does it take to {deed} the {thing}"));
    let options = vec![("question".to_owned(), question)];
    let call = Call { command: "ask".to_owned(), member: 7, server: Some(server), options, ..Call::default() };
    let interaction = Interaction::Call(call);
    loop {
        let started = Instant::now();
        let response = respond(app, &interaction).await;
        let took = started.elapsed();
        // A machine that is busy may take longer than a member waits.
        if response.summary.outcome == Outcome::BaseLate {
            continue;
        }
        let shown = format!("{response:?}");
        assert_eq!(response.summary.entry.as_deref(), Some(format!("{deed}-{thing}").as_str()), "{shown}");
        assert!(shown.contains(&format!("Server {server} says")), "{shown}");
        return took;
    }
}

/// Numbers without a pattern, the same in every run.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// The memory of this process in bytes, where the system tells.
fn resident() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * 4_096
}

async fn run(servers: u64, megabytes: u64, questions: usize) -> App {
    let folder = TempDir::new().unwrap();
    let app = process(folder.path(), servers, megabytes);
    let before = resident();
    for server in 1..=servers {
        ask(&app, server, 0).await;
    }
    let (mut seed, mut there, mut loaded) = (42, Vec::new(), Vec::new());
    for _ in 0..questions {
        let (server, number) = (random(&mut seed) % servers + 1, random(&mut seed));
        let loads = app.bases().loads;
        let took = ask(&app, server, usize::try_from(number % 200).unwrap()).await;
        let held = app.bases();
        assert!(held.bytes <= megabytes * 1_000_000, "{held:?}");
        if held.loads == loads { there.push(took) } else { loaded.push(took) }
    }
    let held = app.bases();
    println!(
        "{servers} servers, {megabytes} MB: {held:?}, resident {} MB more than without; \
         {} questions to loaded bases: p50 {:?}, p99 {:?}; {} with loading: p50 {:?}, p99 {:?}",
        resident().saturating_sub(before) / 1_000_000,
        there.len(),
        percentile(&mut there, 50),
        percentile(&mut there, 99),
        loaded.len(),
        percentile(&mut loaded, 50),
        percentile(&mut loaded, 99),
    );
    assert!(percentile(&mut there, 99) < Duration::from_millis(50), "{:?}", percentile(&mut there, 99));
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_servers_share_a_bound_of_memory() {
    let app = run(3, 3, 30).await;
    let held = app.bases();
    assert!(held.count < 4 && held.loads > 3, "not all of them fit: {held:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: three hundred servers with ten thousand questions"]
async fn hundreds_of_servers_share_a_bound_of_memory() {
    let servers = std::env::var("FOOTNOTE_TEST_SERVERS").map_or(300, |number| number.parse().unwrap());
    let questions = std::env::var("FOOTNOTE_TEST_QUESTIONS").map_or(10_000, |number| number.parse().unwrap());
    run(servers, 200, questions).await;
}

/// A topic so large that two bases with it are too much for one megabyte.
fn large_topic() -> String {
    let entry = |number: usize| {
        let name = format!("locker{number}");
        format!(
            "[[entry]]\nid = \"{name}\"\nquestion = \"Who rents {name}?\"\n\
             phrasings = [\"tenant of {name}\", \"{name} lease\", \"renting {name} for a year\", \
             \"{name} rent\", \"is {name} taken\"]\n\
             answer = \"Nobody rents {name}.\"\nstanding = \"reported\"\n\
             citations = [{{ source = \"ledger\", paragraph = 3, evidence = [\"{name}\"] }}]\n"
        )
    };
    "title = \"The lockers\"\n".to_owned() + &(0..300).map(entry).collect::<String>()
}

/// The title of the answer, as soon as the base is there.
async fn answered(discord: &DiscordDouble, server: u64, question: &str) -> String {
    loop {
        let reply = discord.interact(at(server, crate::support::discord::ask(question))).await;
        if !reply.text().contains("try again in a moment") {
            return reply.title().to_owned();
        }
    }
}

#[tokio::test]
async fn bases_that_nobody_asks_are_let_go_if_there_is_no_room() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let test = files(Test::at(folder.path()))
        .file("servers/vault/lockers.toml", large_topic())
        .file("servers/inn/sources.toml", VAULT_SOURCES)
        .file("servers/inn/lockers.toml", large_topic());
    let mut bot = Bot::over(Transport::Gateway, test, &discord, &config("[memory]\nbases_mb = 1\n")).await;
    let let_go = |server: u64| format!("knowledge base let go server={server} ");
    for round in 1..=2 {
        let vault = answered(&discord, VAULT_SERVER, "ferry fare").await;
        assert_eq!(vault, "How much does the vault ferry cost?");
        if round == 2 {
            bot.wait_for_log(&let_go(INN_SERVER)).await;
        }
        let inn = answered(&discord, INN_SERVER, "when does the inn open").await;
        assert_eq!(inn, "When does the inn open?");
        bot.wait_for_logs(&let_go(VAULT_SERVER), round).await;
    }
    let ended = bot.stop().await;
    let loaded = format!("knowledge base loaded server={VAULT_SERVER} ");
    assert!(ended.log.matches(&loaded).count() >= 2, "it was loaded again: {}", ended.log);
}
