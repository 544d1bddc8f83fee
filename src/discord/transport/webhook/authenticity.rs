//! Whether Discord sent a request: it needs a signature over its timestamp and body, and a recent
//! timestamp.
//!
//! With the signature alone, a request that somebody intercepted could be sent again for ever.
//! Several spellings can mean the same signature; only Discord's own is accepted, so that no
//! altered request passes for the original.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName};
use serenity::interactions_endpoint::Verifier;

use super::refusal::Refusal;
use crate::config::PublicKey;

/// The headers of Discord's requests ([security and authorization][headers]).
///
/// [headers]:
/// https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
const SIGNATURE: HeaderName = HeaderName::from_static("x-signature-ed25519");
const TIMESTAMP: HeaderName = HeaderName::from_static("x-signature-timestamp");

/// The hexadecimal digits of an Ed25519 signature ([RFC
/// 8032](https://www.rfc-editor.org/rfc/rfc8032#section-5.1.6)).
const SIGNATURE_DIGITS: usize = 128;

/// How far a timestamp may be from now, in the past or the future.
const WINDOW: Duration = Duration::from_mins(5);

/// Distinguishes Discord's requests from others.
pub(super) struct Authenticator {
    verifier: Verifier,
}

impl Authenticator {
    /// Trusts the holder of this key's private half.
    pub(super) fn new(public_key: &PublicKey) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "PublicKey::parse makes the same check, and nothing else makes a PublicKey"
        )]
        let verifier = Verifier::try_new(public_key.to_bytes()).expect("a PublicKey is a valid Ed25519 key");
        Self { verifier }
    }

    /// Refuses a request that Discord did not send, or did not send within [`WINDOW`] of `now`.
    /// The cheapest checks come first.
    pub(super) fn check(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), Refusal> {
        let signature = only(headers, &SIGNATURE).filter(|text| is_signature(text)).ok_or(Refusal::Unsigned)?;
        let timestamp = only(headers, &TIMESTAMP).ok_or(Refusal::Unsigned)?;
        let sent = timestamp.parse().map(Duration::from_secs).map_err(|_| Refusal::Unsigned)?;
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        if now.abs_diff(sent) > WINDOW {
            return Err(Refusal::Untimely);
        }
        self.verifier.verify(signature, timestamp, body).map_err(|()| Refusal::Forged)
    }
}

/// The value of a header that occurs exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

fn is_signature(text: &str) -> bool {
    text.len() == SIGNATURE_DIGITS && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}
