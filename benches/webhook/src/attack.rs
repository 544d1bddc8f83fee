//! Sends many requests that Discord did not sign to the webhook's own routes.
//!
//! A socket would add nothing but time: hyper reads it, and the verdict is the same. Each batch
//! also has a request that Discord did sign, so that a webhook that refused everything would
//! fail.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode};
use footnote::config::PublicKeyError;
use footnote::discord::App;
use footnote::discord::webhook::Endpoint;
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use tower::ServiceExt;

use super::mutation::{AlteredRequest, MUTATIONS, alter};
use super::signer::{self, SignedRequest, Signer};

/// How many altered requests come from one signed request. They are few enough that its timestamp
/// stays recent.
const BATCH: u64 = 1_000;

/// The result of the attack.
#[derive(Debug)]
pub(crate) struct Survived {
    /// How many altered requests were tried.
    pub(crate) tried: u64,
    /// How many of them were refused, by kind of alteration.
    pub(crate) refused: BTreeMap<String, u64>,
    pub(crate) answered: u64,
    pub(crate) elapsed: Duration,
}

/// Why the attack ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttackError {
    #[error("the webhook's key cannot be made")]
    Key(#[from] PublicKeyError),
    #[error("no runtime can be started")]
    Runtime(#[from] io::Error),
    #[error("an alteration made no request: {0}")]
    Request(#[from] axum::http::Error),
    #[error("a request altered by {mutation} got the status {status}: {request:?}")]
    NotRefused {
        /// How it was altered.
        mutation: String,
        /// The status that it got instead of 401.
        status: StatusCode,
        /// The request.
        request: AlteredRequest,
    },
    #[error("a request that was signed rightly got the status {0}")]
    NotAnswered(StatusCode),
}

/// Tries this many altered requests. Stops at the first that is not refused with 401.
pub(crate) fn run(app: &Arc<App>, question: &str, mutations: u64, seed: u64) -> Result<Survived, AttackError> {
    let attacker = Attacker::new(app, question, seed)?;
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(attacker.attack(mutations))
}

struct Attacker {
    router: Router,
    discord: Signer,
    stranger: Signer,
    question: String,
    random: Xoshiro256PlusPlus,
    survived: Survived,
}

impl Attacker {
    fn new(app: &Arc<App>, question: &str, seed: u64) -> Result<Self, AttackError> {
        let discord = Signer::new(7);
        Ok(Self {
            router: Endpoint::new(Arc::clone(app), &discord.public_key()?).router(),
            discord,
            stranger: Signer::new(8),
            question: question.to_owned(),
            random: Xoshiro256PlusPlus::seed_from_u64(seed),
            survived: Survived { tried: 0, refused: BTreeMap::new(), answered: 0, elapsed: Duration::ZERO },
        })
    }

    async fn attack(mut self, mutations: u64) -> Result<Survived, AttackError> {
        let started = Instant::now();
        while self.survived.tried < mutations {
            let number = self.survived.tried;
            let request = self.discord.sign(signer::ask(&self.question, number));
            let other = self.discord.sign(signer::ask(&self.question, number + BATCH));
            self.expect_answer(&request).await?;
            for mutation in MUTATIONS.into_iter().cycle().take(batch_size(mutations - number)) {
                let altered = alter(&request, &other, &self.stranger, mutation, &mut self.random);
                self.expect_refusal(&format!("{mutation:?}"), altered).await?;
            }
        }
        self.survived.elapsed = started.elapsed();
        Ok(self.survived)
    }

    async fn expect_answer(&mut self, request: &SignedRequest) -> Result<(), AttackError> {
        let status = self.status(&AlteredRequest::from(request)).await?;
        if status != StatusCode::OK {
            return Err(AttackError::NotAnswered(status));
        }
        self.survived.answered += 1;
        Ok(())
    }

    async fn expect_refusal(&mut self, mutation: &str, request: AlteredRequest) -> Result<(), AttackError> {
        let status = self.status(&request).await?;
        if status != StatusCode::UNAUTHORIZED {
            return Err(AttackError::NotRefused { mutation: mutation.to_owned(), status, request });
        }
        self.survived.tried += 1;
        *self.survived.refused.entry(mutation.to_owned()).or_default() += 1;
        Ok(())
    }

    async fn status(&self, request: &AlteredRequest) -> Result<StatusCode, AttackError> {
        let mut built = Request::post("/interactions").body(Body::from(request.body.clone()))?;
        let headers = [("x-signature-ed25519", &request.signatures), ("x-signature-timestamp", &request.timestamps)];
        for (name, values) in headers {
            for value in values {
                let value = HeaderValue::from_bytes(value).map_err(axum::http::Error::from)?;
                built.headers_mut().append(name, value);
            }
        }
        let Ok(response) = self.router.clone().oneshot(built).await;
        Ok(response.status())
    }
}

fn batch_size(left: u64) -> usize {
    usize::try_from(left.min(BATCH)).unwrap_or(usize::MAX)
}

/// Prints how many were tried and what happened to them.
pub(crate) fn print(out: &mut impl Write, survived: &Survived) -> io::Result<()> {
    let Survived { tried, refused, answered, elapsed } = survived;
    writeln!(out, "\n{tried} altered requests in {:.1} s: none accepted", elapsed.as_secs_f64())?;
    for (mutation, count) in refused {
        writeln!(out, "  {mutation:<20}{count:>10} refused")?;
    }
    writeln!(out, "  {:<20}{answered:>10} answered", "unaltered")
}
