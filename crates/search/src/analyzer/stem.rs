//! Inflected and derived forms of a word share a stem: deployed and deployment are deploy.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// The stem of a folded word, the same for both spellings of English.
pub(crate) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(&american_spelling(word)).into_owned()
}

/// British endings become American ones, as Snowball's English stemmer knows those: recognise is
/// recognize, defence is defense, neighbour is neighbor. It need not be right for every word, only
/// the same for every text.
pub(super) fn american_spelling(word: &str) -> Cow<'_, str> {
    const ENDINGS: [(&str, &str); 12] = [
        ("isations", "izations"),
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("ences", "enses"),
        ("ence", "ense"),
        ("oured", "ored"),
        ("ours", "ors"),
        ("our", "or"),
        ("ouring", "oring"),
    ];
    const SHORTEST: usize = 6;
    if word.len() < SHORTEST {
        return Cow::Borrowed(word);
    }
    for (british, american) in ENDINGS {
        if let Some(stem) = word.strip_suffix(british) {
            return Cow::Owned(format!("{stem}{american}"));
        }
    }
    Cow::Borrowed(word)
}
