//! A bot that is killed while members vote, a server that loses power, and two replicas behind a
//! load balancer of which one dies: what was acknowledged is there.
//!
//! A few rounds run always. `FOOTNOTE_KILLS=50` sets how often each bot is killed.

use std::collections::BTreeSet;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use discord_double::{DiscordDouble, Interaction};
use footnote::journal::key::MemberKey;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Fixture, no_variables, on_both_databases, records};
use crate::support::bot::{Bot, Transport};
use crate::support::discord::ask;
use crate::support::http::signed;
use crate::support::postgres::skipped;
use footnote::journal::Record;

const GUARD: Duration = Duration::from_mins(1);
const VOTERS: usize = 24;
const UNLIMITED: &str = "cooldown = { enabled = false }\n[log]\nsample = 1000\n";

on_both_databases!(no_acknowledged_vote_is_lost_when_the_bot_is_killed);

fn kills() -> usize {
    std::env::var("FOOTNOTE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

/// A button with which members vote, and the number of the next member.
struct Ballot {
    discord: DiscordDouble,
    button: Interaction,
    next: AtomicU64,
}

impl Ballot {
    /// Takes the button from a bot on this address.
    async fn new(discord: DiscordDouble) -> Self {
        let button = discord.interact(ask("ferry fare")).await.press("👍");
        Self { discord, button, next: AtomicU64::new(1_000) }
    }

    /// One member votes. Returns who, and whether the vote was acknowledged; `None` if the request
    /// was not answered.
    async fn vote(&self, address: SocketAddr) -> Option<(u64, bool)> {
        let member = self.next.fetch_add(1, Ordering::Relaxed);
        let body = self.discord.issue(&self.button.clone().by(member, "voter")).payload.to_string();
        let answer = signed(body).send(address).await.ok().filter(|answer| answer.status == 200)?;
        Some((member, String::from_utf8_lossy(&answer.body).contains("Thank you")))
    }
}

/// Members vote until `stop` says so. Returns those whose vote was acknowledged, and how many
/// requests were not answered.
async fn vote_until(
    ballot: Arc<Ballot>,
    address: SocketAddr,
    stop: watch::Receiver<bool>,
    count: Arc<AtomicU64>,
) -> (Vec<u64>, u64) {
    let mut voters = JoinSet::new();
    for _ in 0..VOTERS {
        let (ballot, stop, count) = (Arc::clone(&ballot), stop.clone(), Arc::clone(&count));
        voters.spawn(async move {
            let (mut acknowledged, mut unanswered) = (Vec::new(), 0);
            while !*stop.borrow() {
                match ballot.vote(address).await {
                    Some((member, true)) => {
                        acknowledged.push(member);
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    Some((_, false)) => {}
                    None => unanswered += 1,
                }
            }
            (acknowledged, unanswered)
        });
    }
    let mut all = (Vec::new(), 0);
    while let Some(voter) = voters.join_next().await {
        let (acknowledged, unanswered) = voter.expect("a voter does not panic");
        all.0.extend(acknowledged);
        all.1 += unanswered;
    }
    all
}

/// Waits until so many votes were acknowledged.
async fn wait_for(count: &AtomicU64, wanted: u64) {
    let waiting = async {
        while count.load(Ordering::Relaxed) < wanted {
            tokio::task::yield_now().await;
        }
    };
    timeout(GUARD, waiting).await.expect("votes are acknowledged");
}

/// The votes of these members that are not in the journal.
async fn missing(fixture: &Fixture, acknowledged: &[u64]) -> Vec<u64> {
    let votes = records(&fixture.config).await.into_iter().filter_map(|record| match record {
        Record::Vote { member, .. } => Some(member),
        _ => None,
    });
    let stored: BTreeSet<String> = votes.collect();
    let key = MemberKey::find(&fixture.config.path, no_variables).expect("it can be read").expect("there is one");
    acknowledged.iter().copied().filter(|member| !stored.contains(&key.hash(*member).to_string())).collect()
}

async fn no_acknowledged_vote_is_lost_when_the_bot_is_killed(fixture: Fixture) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(Transport::Webhook, fixture.test().with_base(), &discord, UNLIMITED).await;
    let ballot = Arc::new(Ballot::new(discord).await);
    let (mut acknowledged, rounds) = (Vec::new(), kills());
    for round in 0..rounds {
        let address = bot.address().await;
        let (stop, stopped) = watch::channel(false);
        let count = Arc::new(AtomicU64::new(0));
        let voting = tokio::spawn(vote_until(Arc::clone(&ballot), address, stopped, Arc::clone(&count)));
        // Each round is killed at another moment.
        wait_for(&count, 60 + 17 * (round as u64 % 7)).await;
        bot.kill().await;
        stop.send(true).expect("somebody votes");
        acknowledged.extend(voting.await.expect("nobody panics").0);
        bot = Bot::over(Transport::Webhook, fixture.test().with_base(), &ballot.discord, UNLIMITED).await;
    }
    assert_eq!(bot.stop().await.status, Some(0));
    let missing = missing(&fixture, &acknowledged).await;
    let place = fixture.config.url.as_ref().map_or("SQLite", |_| "PostgreSQL");
    let (votes, lost) = (acknowledged.len(), missing.len());
    println!("{place}: killed {rounds} times, {votes} votes acknowledged, {lost} lost");
    assert_eq!(missing, [0_u64; 0]);
}

/// nginx in the foreground, ended with this value, in front of two replicas.
struct Nginx {
    process: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The test is over either way.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn nginx_program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("nginx")).find(|program| program.is_file())
}

impl Nginx {
    /// The configuration is the one of docs/OPERATIONS.md, without TLS.
    async fn start(program: &Path, replicas: &[SocketAddr]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        drop(listener);
        let servers = replicas.iter().map(|replica| format!("server {replica} max_fails=1 fail_timeout=2s;\n"));
        let servers: Vec<String> = servers.collect();
        let servers = servers.concat();
        let root = folder.path().display();
        let config = format!(
            "daemon off; master_process off; pid {root}/pid; error_log {root}/error.log;\n\
             events {{ worker_connections 512; }}\n\
             http {{ access_log off;\n\
             client_body_temp_path {root}/body; proxy_temp_path {root}/proxy; fastcgi_temp_path {root}/f;\n\
             uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n\
             upstream footnote {{ {servers} }}\n\
             server {{ listen {address}; location = /interactions {{\n\
                 proxy_pass http://footnote; proxy_request_buffering on; client_max_body_size 256k;\n\
                 proxy_next_upstream error timeout non_idempotent; proxy_connect_timeout 1s;\n\
             }} }} }}\n"
        );
        fs::write(folder.path().join("nginx.conf"), config).expect("it can be written");
        let process = Command::new(program)
            .args(["-p", &root.to_string(), "-c", "nginx.conf", "-e", "error.log"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let listens = async { while tokio::net::TcpStream::connect(address).await.is_err() {} };
        timeout(GUARD, listens).await.expect("nginx listens");
        Self { process, address, _folder: folder }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_replicas_behind_nginx_lose_nothing_and_leave_nobody_unanswered_when_one_is_killed() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    let Some(program) = nginx_program() else {
        skipped("two replicas behind nginx, because nginx is not installed");
        return;
    };
    let discord = DiscordDouble::start().await;
    let mut doomed = Bot::over(Transport::Webhook, fixture.test().with_base(), &discord, UNLIMITED).await;
    let other = Fixture::at(fixture.config.url.clone().expect("it is on a server"));
    let mut left = Bot::over(Transport::Webhook, other.test().with_base(), &discord, UNLIMITED).await;
    let nginx = Nginx::start(&program, &[doomed.address().await, left.address().await]).await;
    let ballot = Arc::new(Ballot::new(discord).await);
    let (stop, stopped) = watch::channel(false);
    let count = Arc::new(AtomicU64::new(0));
    let voting = tokio::spawn(vote_until(Arc::clone(&ballot), nginx.address, stopped, Arc::clone(&count)));
    wait_for(&count, 200).await;
    doomed.kill().await;
    wait_for(&count, count.load(Ordering::Relaxed) + 200).await;
    // What somebody asks now is in the list that the other replica shows.
    let question = ballot.discord.issue(&ask("who feeds gulls").by(1, "asker")).payload.to_string();
    assert_eq!(signed(question).send(nginx.address).await.expect("an answer").status, 200);
    stop.send(true).expect("somebody votes");
    let (acknowledged, unanswered) = voting.await.expect("nobody panics");
    assert_eq!(unanswered, 0, "of {} requests", acknowledged.len());
    assert_eq!(left.stop().await.status, Some(0));
    let missing = missing(&fixture, &acknowledged).await;
    println!(
        "two replicas, one killed: {} votes acknowledged, {} lost, {unanswered} unanswered",
        acknowledged.len(),
        missing.len()
    );
    assert_eq!(missing, [0_u64; 0]);
    assert_eq!(super::asked(&fixture.config).await.len(), 1);
}
