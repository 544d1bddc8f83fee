//! How many questions per second the webhook answers, and how many signatures per second could be
//! verified in that time.
//!
//! Each round measures all three rates one after the other, so that other load on the machine
//! affects them equally.

use std::hint::black_box;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ed25519_dalek::{Signature, VerifyingKey};
use footnote::config::PublicKeyError;
use footnote::discord::App;
use footnote::discord::webhook::Endpoint;
use footnote_search::reply::Answerer;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::client::{self, Client};
use super::signer::{self, SignedRequest, Signer};

/// The key's byte.
const KEY: u8 = 7;

/// The rates of a round, all per second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// Signatures verified, with no other work.
    pub(crate) verified: f64,
    /// Questions answered in this process, without Discord's form around them.
    pub(crate) replied: f64,
    /// Questions answered over the socket.
    pub(crate) answered: f64,
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ThroughputError {
    #[error("the webhook's key cannot be made")]
    Key(#[from] PublicKeyError),
    #[error("the webhook cannot be reached on loopback")]
    Socket(#[from] io::Error),
    #[error("a signature of our own does not verify")]
    Signature(#[from] ed25519_dalek::SignatureError),
    #[error("the webhook gave no answer to the question, but: {0}")]
    NoAnswer(String),
    #[error("the webhook did not start")]
    NotStarted,
}

/// Measures some rounds, after one that is discarded.
pub(crate) fn measure(
    app: &Arc<App>,
    answerer: &Answerer,
    question: &str,
    requests: u32,
    rounds: u32,
) -> Result<Vec<Round>, ThroughputError> {
    let discord = Signer::new(KEY);
    let webhook = Webhook::start(Endpoint::new(Arc::clone(app), &discord.public_key()?))?;
    let mut client = Client::connect(webhook.address)?;
    let mut first = 0;
    let mut round = || {
        // They are signed again each time, because a timestamp is valid for five minutes.
        // Each has an id of its own, because an interaction is answered once.
        let numbers = first..first + u64::from(requests);
        first = numbers.end;
        let signed: Vec<_> = numbers.map(|number| discord.sign(signer::ask(question, number))).collect();
        Ok(Round {
            verified: verify(&discord.verifying_key(), &signed)?,
            replied: reply(answerer, question, requests),
            answered: ask(&mut client, &signed)?,
        })
    };
    round()?;
    let measured = (0..rounds).map(|_| round()).collect();
    drop(client);
    webhook.stop();
    measured
}

fn verify(key: &VerifyingKey, signed: &[SignedRequest]) -> Result<f64, ThroughputError> {
    let message = |request: &SignedRequest| [request.timestamp.as_bytes(), &request.body].concat();
    let prepared: Result<Vec<(Vec<u8>, Signature)>, ed25519_dalek::SignatureError> =
        signed.iter().map(|request| Ok((message(request), request.signature.parse()?))).collect();
    let prepared = prepared?;
    let started = Instant::now();
    for (message, signature) in &prepared {
        ed25519_dalek::Verifier::verify(key, message, signature)?;
    }
    Ok(rate(prepared.len(), started))
}

fn reply(answerer: &Answerer, question: &str, times: u32) -> f64 {
    let started = Instant::now();
    for _ in 0..times {
        black_box(answerer.reply(black_box(question)));
    }
    rate(times as usize, started)
}

fn ask(client: &mut Client, signed: &[SignedRequest]) -> Result<f64, ThroughputError> {
    let requests: Vec<Vec<u8>> = signed.iter().map(client::write_out).collect();
    let started = Instant::now();
    let last = client.ask(&requests)?;
    let rate = rate(requests.len(), started);
    let answer: Value = serde_json::from_slice(&last).unwrap_or_default();
    if answer["data"]["embeds"][0]["title"].is_string() {
        Ok(rate)
    } else {
        Err(ThroughputError::NoAnswer(String::from_utf8_lossy(&last).into_owned()))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a run has far fewer requests than an f64 can count")]
fn rate(count: usize, started: Instant) -> f64 {
    count as f64 / started.elapsed().as_secs_f64()
}

/// A webhook on its own thread.
struct Webhook {
    address: SocketAddr,
    stop: CancellationToken,
    thread: JoinHandle<io::Result<()>>,
}

impl Webhook {
    fn start(endpoint: Endpoint) -> Result<Self, ThroughputError> {
        let stop = CancellationToken::new();
        let (started, addresses) = mpsc::channel();
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await?;
                // If nobody waits for the address any more, nobody will ask anything either.
                let _ = started.send(listener.local_addr()?);
                endpoint.serve(listener, &stopped, Duration::ZERO).await;
                Ok(())
            })
        });
        let address = addresses.recv().map_err(|_| ThroughputError::NotStarted)?;
        Ok(Self { address, stop, thread })
    }

    fn stop(self) {
        self.stop.cancel();
        // If something went wrong there, the answers have shown it.
        let _ = self.thread.join();
    }
}

/// Prints the rounds, and the ratio of verification to answers.
pub(crate) fn print(out: &mut impl Write, rounds: &[Round]) -> io::Result<()> {
    writeln!(
        out,
        "a second, on the same core       verified   replied  answered  \
        verified/answered"
    )?;
    for (index, round) in rounds.iter().enumerate() {
        print_row(out, &format!("round {}", index + 1), *round)?;
    }
    let median = |rate: fn(&Round) -> f64| {
        let mut rates: Vec<f64> = rounds.iter().map(rate).collect();
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    };
    let medians = Round {
        verified: median(|round| round.verified),
        replied: median(|round| round.replied),
        answered: median(|round| round.answered),
    };
    print_row(out, "median", medians)
}

fn print_row(out: &mut impl Write, name: &str, round: Round) -> io::Result<()> {
    let Round { verified, replied, answered } = round;
    writeln!(out, "  {name:<29}{verified:>10.0}{replied:>10.0}{answered:>10.0}{:>19.2}", verified / answered)
}
