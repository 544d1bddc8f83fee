//! Weather on the way to the gateway, drawn from a seed: cut connections, halves of frames, delays,
//! close codes, sessions that are declared invalid, requests to reconnect.
//!
//! Whatever happens, each interaction that is sent in a session of which the bot knows is answered
//! exactly once, and no session is started beyond Discord's limit (the double checks that). If the
//! connection ends before the bot has read that a session began, nobody can resume it.
//! `FOOTNOTE_WEATHER=200 cargo test --test features weather -- --nocapture` tries that many seeds,
//! and `FOOTNOTE_WEATHER_FROM` says where to begin.

pub mod path;

use std::collections::HashMap;
use std::env;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::path::{Path, Random};
use crate::support::bot::Bot;
use crate::support::discord::{NO_JOURNAL, ask};
use crate::support::footnote::Test;
use discord_double::{DiscordDouble, RecordedRequest, Sent};

/// How many events a seed has.
const EVENTS: u64 = 1_000;
/// How many seeds are tried if nobody wants more, and how many at once.
const SEEDS: u64 = 2;
const AT_ONCE: usize = 16;
/// How many of a seed's events make the bot connect again. Each further one makes it wait longer.
const RECONNECTS: u64 = 6;

/// How a line begins that says that a session was started or resumed.
const SESSION: &str = "gateway::events: session ";

/// What makes the bot connect again.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// The connection is cut.
    Cut,
    /// It is cut in the middle of a frame.
    HalfFrame,
    /// It is closed with a code.
    Close(u16),
    /// The session is declared invalid: it can be resumed, or not.
    Invalid(bool),
    /// The bot is asked to reconnect.
    Reconnect,
    /// Nothing more arrives, not even answers to heartbeats.
    Silence,
}

const FAULTS: [Fault; 16] = [
    Fault::Cut,
    Fault::Cut,
    Fault::HalfFrame,
    Fault::HalfFrame,
    Fault::HalfFrame,
    Fault::Close(4000),
    Fault::Close(4001),
    Fault::Close(4005),
    Fault::Close(4007),
    Fault::Close(4008),
    Fault::Close(4009),
    Fault::Invalid(true),
    Fault::Invalid(false),
    Fault::Reconnect,
    Fault::Reconnect,
    Fault::Silence,
];

/// One bot in the weather of one seed.
struct Weather {
    seed: u64,
    random: Random,
    discord: DiscordDouble,
    path: Path,
    sent: Vec<Sent>,
    story: Vec<String>,
}

impl Weather {
    async fn begin(seed: u64) -> (Self, Bot) {
        let path = Path::bind().await;
        let url = format!("ws://{}", path.address());
        let builder = DiscordDouble::builder().gateway_urls(&url, &url);
        // Two sessions at first, so that the limit is met now and then.
        let builder = builder.session_starts(2, Duration::from_secs(9)).heartbeat_interval(Duration::from_secs(4));
        let discord = builder.start().await;
        path.lead_to(discord.address());
        let mut bot = Bot::start(Test::new(), &discord, NO_JOURNAL);
        bot.wait_for_log(SESSION).await;
        (Self { seed, random: Random::new(seed), discord, path, sent: Vec::new(), story: Vec::new() }, bot)
    }

    /// Lets one thing happen that does not end the connection.
    async fn breeze(&mut self) {
        match self.random.below(10) {
            0..4 => {
                let sent = self.discord.issue(&ask("ferry fare"));
                self.discord.shard(0).dispatch("INTERACTION_CREATE", &sent.payload);
                self.sent.push(sent);
            }
            4 | 5 => self.discord.shard(0).dispatch("SOMETHING_NEW", &json!({"number": self.random.below(1_000)})),
            6 => self.discord.shard(0).dispatch("INTERACTION_CREATE", &json!({"id": "1"})),
            7 => self.path.delay(Duration::from_millis(self.random.below(40))),
            8 => self.path.split(self.random.below(30)),
            _ => self.path.wait_for_bytes().await,
        }
    }

    /// Makes the bot connect again, and waits until it has.
    async fn gust(&mut self, bot: &mut Bot, fault: Fault) {
        self.discord.wait_until_ready().await;
        let before = bot.logged(SESSION);
        self.story.push(format!("{fault:?} after {} interactions", self.sent.len()));
        let shard = self.discord.shard(0);
        match fault {
            Fault::Cut => self.path.cut(),
            Fault::HalfFrame => {
                self.path.cut_in_next_frame();
                let sent = self.discord.issue(&ask("ferry fare"));
                shard.dispatch("INTERACTION_CREATE", &sent.payload);
                self.sent.push(sent);
            }
            Fault::Close(code) => shard.close(code),
            Fault::Invalid(resumable) => shard.invalidate_session(resumable),
            Fault::Reconnect => shard.request_reconnect(),
            Fault::Silence => shard.fall_silent(),
        }
        if let Fault::Close(4007 | 4009) = fault {
            self.discord.shard(0).forget();
        }
        bot.wait_for_logs(SESSION, before + 1).await;
    }

    /// Asserts that each interaction was answered once.
    async fn end(self, bot: Bot) {
        if let Some(last) = self.sent.last() {
            // The events are in order. Answers may overtake each other, but those that are on their
            // way are finished when the bot stops.
            self.discord.wait_for(|request| request.is_callback() && request.path.contains(&last.id)).await;
        }
        let ended = bot.stop().await;
        let mut answers: HashMap<String, usize> = HashMap::new();
        for request in self.discord.requests().iter().filter(|request| RecordedRequest::is_callback(request)) {
            let id = request.path.split('/').nth(2).unwrap_or_default().to_owned();
            *answers.entry(id).or_default() += 1;
        }
        let count = |sent: &Sent| answers.get(&sent.id).copied().unwrap_or_default();
        let wrong: Vec<String> = self
            .sent
            .iter()
            .filter(|sent| count(sent) != 1)
            .map(|sent| format!("{}: {}", sent.id, count(sent)))
            .collect();
        assert!(
            wrong.is_empty(),
            "seed {}: of {} interactions, these were not answered once: {wrong:?}\n{}\n{}",
            self.seed,
            self.sent.len(),
            self.story.join("\n"),
            ended.log
        );
        assert_eq!(ended.status, Some(0), "seed {}: {}", self.seed, ended.log);
        let beyond = self.discord.take_violations();
        assert!(beyond.is_empty(), "seed {}: {beyond:?}\n{}", self.seed, self.story.join("\n"));
    }
}

async fn weather(seed: u64) {
    let (mut weather, mut bot) = Weather::begin(seed).await;
    for number in 1..=EVENTS {
        if number.is_multiple_of(EVENTS / RECONNECTS) {
            let fault = FAULTS[usize::try_from(weather.random.below(FAULTS.len() as u64)).unwrap()];
            weather.gust(&mut bot, fault).await;
        } else {
            weather.breeze().await;
        }
    }
    weather.end(bot).await;
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|value| value.parse().expect("a number"))
}

#[tokio::test]
async fn in_any_weather_each_interaction_is_answered_exactly_once() {
    let (first, count) =
        (number("FOOTNOTE_WEATHER_FROM").unwrap_or_default(), number("FOOTNOTE_WEATHER").unwrap_or(SEEDS));
    let (places, mut seeds) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for seed in first..first + count {
        let places = Arc::clone(&places);
        seeds.spawn(async move {
            let _place = places.acquire().await.expect("it is never closed");
            weather(seed).await;
            if count > SEEDS {
                println!("seed {seed} is fine");
            }
        });
    }
    let mut failed = Vec::new();
    while let Some(ended) = seeds.join_next().await {
        failed.extend(ended.err().map(|error| error.to_string()));
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
