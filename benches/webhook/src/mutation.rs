//! Requests that Discord did not sign. Most differ only slightly from one that it did sign.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, RngExt};

use super::signer::{SignedRequest, Signer, hexadecimal};

/// A way to alter a request so that it must be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// Another hexadecimal digit of the signature.
    SignatureDigit,
    /// A signature made of random bytes.
    SignatureRandom,
    /// One digit fewer or more.
    SignatureLength,
    /// Any byte in the signature.
    SignatureByte,
    /// The signature of another request by Discord.
    SignatureOfAnother,
    /// Everything is right, but signed with another key.
    OtherKey,
    /// Another second within the same five minutes.
    Timestamp,
    /// The timestamp takes the body's first byte, or gives its own last byte to the body.
    Boundary,
    /// One bit of the body.
    BodyBit,
    /// The end of the body is missing.
    BodyCut,
    /// The body has one more byte.
    BodyGrown,
    /// Two bytes of the body are swapped.
    BodySwapped,
    /// The body of another request by Discord.
    BodyOfAnother,
    /// One of the headers is missing.
    HeaderMissing,
    /// One of the headers occurs twice.
    HeaderTwice,
}

/// All kinds of alteration.
pub(crate) const MUTATIONS: [Mutation; 15] = [
    Mutation::SignatureDigit,
    Mutation::SignatureRandom,
    Mutation::SignatureLength,
    Mutation::SignatureByte,
    Mutation::SignatureOfAnother,
    Mutation::OtherKey,
    Mutation::Timestamp,
    Mutation::Boundary,
    Mutation::BodyBit,
    Mutation::BodyCut,
    Mutation::BodyGrown,
    Mutation::BodySwapped,
    Mutation::BodyOfAnother,
    Mutation::HeaderMissing,
    Mutation::HeaderTwice,
];

/// An altered request: headers as bytes, each any number of times.
#[derive(Clone, Debug)]
pub(crate) struct AlteredRequest {
    /// The values of X-Signature-Ed25519.
    pub(crate) signatures: Vec<Vec<u8>>,
    /// The values of X-Signature-Timestamp.
    pub(crate) timestamps: Vec<Vec<u8>>,
    pub(crate) body: Vec<u8>,
}

impl From<&SignedRequest> for AlteredRequest {
    fn from(request: &SignedRequest) -> Self {
        Self {
            signatures: vec![request.signature.clone().into_bytes()],
            timestamps: vec![request.timestamp.clone().into_bytes()],
            body: request.body.clone(),
        }
    }
}

/// Alters a request. `other` is an equally valid request with another body; `stranger` has
/// another key.
pub(crate) fn alter(
    request: &SignedRequest,
    other: &SignedRequest,
    stranger: &Signer,
    mutation: Mutation,
    random: &mut Xoshiro256PlusPlus,
) -> AlteredRequest {
    let mut altered = AlteredRequest::from(request);
    match mutation {
        Mutation::SignatureDigit
        | Mutation::SignatureRandom
        | Mutation::SignatureLength
        | Mutation::SignatureByte
        | Mutation::SignatureOfAnother => {
            altered.signatures = vec![alter_signature(request, other, mutation, random)];
        }
        Mutation::OtherKey => altered = AlteredRequest::from(&stranger.sign(request.body.clone())),
        Mutation::Timestamp => altered.timestamps = vec![another_second(&request.timestamp, random)],
        Mutation::Boundary => move_boundary(&mut altered, random),
        Mutation::BodyBit
        | Mutation::BodyCut
        | Mutation::BodyGrown
        | Mutation::BodySwapped
        | Mutation::BodyOfAnother => altered.body = alter_body(request, other, mutation, random),
        Mutation::HeaderMissing => header(&mut altered, random).clear(),
        Mutation::HeaderTwice => {
            let values = header(&mut altered, random);
            values.extend_from_within(..);
        }
    }
    altered
}

fn alter_signature(
    request: &SignedRequest,
    other: &SignedRequest,
    mutation: Mutation,
    random: &mut Xoshiro256PlusPlus,
) -> Vec<u8> {
    let mut signature = request.signature.clone().into_bytes();
    let place = random.random_range(0..signature.len());
    match mutation {
        Mutation::SignatureDigit => signature[place] = another(signature[place], random, digit),
        Mutation::SignatureByte => {
            // A header may contain any byte from the space on, except DEL. A space at its ends is
            // not part of the value.
            let inner = place.clamp(1, signature.len() - 2);
            signature[inner] = another(signature[inner], random, |random| match random.random_range(0x20..=0xff) {
                0x7f => b' ',
                byte => byte,
            });
        }
        Mutation::SignatureLength if random.random() => {
            signature.remove(place);
        }
        Mutation::SignatureLength => signature.insert(place, digit(random)),
        Mutation::SignatureOfAnother => signature = other.signature.clone().into_bytes(),
        _ => {
            let mut bytes = [0; 64];
            random.fill_bytes(&mut bytes);
            signature = hexadecimal(&bytes).into_bytes();
        }
    }
    signature
}

fn alter_body(
    request: &SignedRequest,
    other: &SignedRequest,
    mutation: Mutation,
    random: &mut Xoshiro256PlusPlus,
) -> Vec<u8> {
    let mut body = request.body.clone();
    let place = random.random_range(0..body.len() - 1);
    match mutation {
        Mutation::BodyBit => body[place] ^= 1 << random.random_range(0..8),
        Mutation::BodyCut => body.truncate(place),
        Mutation::BodyGrown => body.insert(place, random.random()),
        Mutation::BodySwapped => {
            // Swapping two equal bytes would not change the body.
            let mut places = (place..body.len() - 1).chain(0..place);
            let place = places.find(|&place| body[place] != body[place + 1]).unwrap_or_default();
            body.swap(place, place + 1);
        }
        _ => body.clone_from(&other.body),
    }
    body
}

fn another_second(timestamp: &str, random: &mut Xoshiro256PlusPlus) -> Vec<u8> {
    let seconds: u64 = timestamp.parse().unwrap_or_default();
    let away = random.random_range(1..=250);
    let other = if random.random() { seconds + away } else { seconds.saturating_sub(away) };
    other.to_string().into_bytes()
}

/// The signature stays right for the whole text.
fn move_boundary(altered: &mut AlteredRequest, random: &mut Xoshiro256PlusPlus) {
    let Some(timestamp) = altered.timestamps.first_mut() else { return };
    if random.random() {
        timestamp.push(altered.body.remove(0));
    } else if let Some(last) = timestamp.pop() {
        altered.body.insert(0, last);
    }
}

fn header<'a>(altered: &'a mut AlteredRequest, random: &mut Xoshiro256PlusPlus) -> &'a mut Vec<Vec<u8>> {
    if random.random() { &mut altered.signatures } else { &mut altered.timestamps }
}

fn digit(random: &mut Xoshiro256PlusPlus) -> u8 {
    b"0123456789abcdef"[random.random_range(0..16)]
}

/// A byte from the source that differs from this one.
fn another(byte: u8, random: &mut Xoshiro256PlusPlus, source: impl Fn(&mut Xoshiro256PlusPlus) -> u8) -> u8 {
    loop {
        let drawn = source(random);
        if drawn != byte {
            return drawn;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signer::ask;
    use rand::SeedableRng;

    #[test]
    fn every_mutation_changes_the_request() {
        let (discord, stranger) = (Signer::new(7), Signer::new(8));
        let (request, other) = (discord.sign(ask("when", 1)), discord.sign(ask("when", 2)));
        let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
        let original = format!("{:?}", AlteredRequest::from(&request));
        for mutation in MUTATIONS {
            for _ in 0..200 {
                let altered = alter(&request, &other, &stranger, mutation, &mut random);
                assert_ne!(format!("{altered:?}"), original, "{mutation:?}");
            }
        }
    }
}
