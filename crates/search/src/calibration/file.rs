//! The weights that were learned from a base, in a file beside its entries: `calibration.toml`.
//!
//! Learning them takes several times as long as indexing the base, so it is done once for each
//! state of the base. Anyone who asks a single question only reads the file. The file says what the
//! weights were learned from, and names each of them, so that a change of the base or of the
//! program shows.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use footnote_knowledge::{CALIBRATION_FILE, KnowledgeBase};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::evidence::FEATURE_NAMES;
use crate::tuning::Tuning;
use crate::weights::{VIEW_NAMES, Weights};

/// What a reader of the file should know.
const COMMENT: &str = "\
# How much each piece of evidence counts in this base, learned from the base itself. If the base has
# changed, `footnote check` and `footnote serve` renew this file. Keep it with the base, and do not
# edit it.
";

/// With how many decimals a weight is used and written. More would differ between machines.
const DECIMALS: i32 = 4;

/// Where the weights come from with which evidence is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CalibrationOrigin {
    /// They were learned from this base earlier, and read.
    Base,
    /// They were learned from another state of this base, with other numbers of the search or with
    /// another share of questions without an answer, and read.
    EarlierBase,
    /// They were learned from this base just now.
    Learned,
    /// They hold for bases in general.
    Prior,
}

impl CalibrationOrigin {
    /// What a curator reads.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Base => "learned from this base (calibration.toml)",
            Self::EarlierBase => {
                "learned from an earlier state of this base (calibration.toml); \
                 `footnote check` renews them"
            }
            Self::Learned => "learned from this base just now",
            Self::Prior => "those of bases in general; `footnote check` learns them from this base",
        }
    }
}

/// Weights, and what they were learned from.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    weights: Weights,
    /// See [`fingerprint`].
    fingerprint: String,
    /// The states of the base for which the weights stay in force although they were not learned
    /// from them.
    carried_to: Vec<String>,
    unanswerable: f32,
}

/// `calibration.toml` cannot be used or written.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The system does not let us read it.
    #[error(
        "cannot read `{}`: make it readable, or delete it and run `footnote check`, which writes \
         it anew",
        path.display()
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// It is not what the program wrote.
    #[error(
        "`{}` is broken ({reason}): run `footnote check`, which writes it anew, or delete it",
        path.display()
    )]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line if it is known.
        reason: String,
    },
    /// The folder or the disk does not take it.
    #[error(
        "cannot write `{}`: without it, each start of the bot learns the weights anew, and \
         `footnote ask` uses those of bases in general",
        path.display()
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

/// The content of the file.
#[derive(Deserialize)]
struct Content {
    learned_from: String,
    #[serde(default)]
    carried_to: Vec<String>,
    unanswerable: f32,
    ranking: BTreeMap<String, f64>,
    weights: BTreeMap<String, f64>,
}

impl Calibration {
    /// Weights that were learned from a base. `unanswerable` is the share of questions without an
    /// answer that was expected, 0 to below 1. The weights are rounded as in the file, so that
    /// whoever learned them and whoever reads them have the same.
    #[must_use]
    pub fn new(weights: &Weights, base: &KnowledgeBase, tuning: &Tuning, unanswerable: f32) -> Self {
        let weights = Self::kept(weights);
        Self { weights, fingerprint: fingerprint(base, tuning), carried_to: Vec::new(), unanswerable }
    }

    /// Weights that stay in force although the base has changed: a reviewed change shall do what it
    /// was shown to do, and newly learned weights would do a little more. They fit the state before
    /// the change and the one after it, so that the file can be written first. `earlier` is the
    /// calibration from which they come, if it is known.
    #[must_use]
    pub fn carried(
        weights: &Weights,
        earlier: Option<&Self>,
        (before, after): (&KnowledgeBase, &KnowledgeBase),
        tuning: &Tuning,
        unanswerable: f32,
    ) -> Self {
        let weights = Self::kept(weights);
        let carried_to = [before, after].map(|base| fingerprint(base, tuning)).to_vec();
        let fingerprint = earlier.map(|earlier| earlier.fingerprint.clone()).unwrap_or_default();
        Self { weights, fingerprint, carried_to, unanswerable }
    }

    /// Weights with as many decimals as the file keeps.
    #[must_use]
    pub fn kept(weights: &Weights) -> Weights {
        Weights { ranking: weights.ranking.map(rounded), evidence: weights.evidence.map(rounded) }
    }

    /// The weights, with four decimals.
    #[must_use]
    pub fn weights(&self) -> Weights {
        self.weights
    }

    /// Whether it was learned from this very base with the same numbers.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "the share is read and written, never calculated")]
    pub fn fits(&self, base: &KnowledgeBase, tuning: &Tuning, unanswerable: f32) -> bool {
        self.unanswerable == unanswerable && self.fingerprint == fingerprint(base, tuning)
    }

    /// Whether it was [carried](Self::carried) to this base.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "the share is read and written, never calculated")]
    pub fn is_carried_to(&self, base: &KnowledgeBase, tuning: &Tuning, unanswerable: f32) -> bool {
        self.unanswerable == unanswerable && self.carried_to.contains(&fingerprint(base, tuning))
    }

    /// The calibration in a knowledge folder. `None` if there is none, or one of a version of the
    /// program with other evidence, whose weights mean nothing here.
    ///
    /// # Errors
    ///
    /// [`CalibrationError`] if the file cannot be read or is broken.
    pub fn read(folder: &Path) -> Result<Option<Self>, CalibrationError> {
        let path = folder.join(CALIBRATION_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CalibrationError::Read { path, source }),
        };
        Self::from_toml(&text).map_err(|reason| CalibrationError::Broken { path, reason })
    }

    fn from_toml(text: &str) -> Result<Option<Self>, String> {
        let Content { learned_from, carried_to, unanswerable, ranking, weights } =
            toml::from_str(text).map_err(|error| reason(&error, text))?;
        if !has_exactly(&weights, &FEATURE_NAMES) || !has_exactly(&ranking, &VIEW_NAMES) {
            return Ok(None);
        }
        if let Some((name, weight)) = ranking.iter().chain(&weights).find(|(_, weight)| !weight.is_finite()) {
            return Err(format!("the weight of `{name}` is {weight}"));
        }
        let weights = Weights {
            ranking: VIEW_NAMES.map(|name| rounded(ranking[name])),
            evidence: FEATURE_NAMES.map(|name| rounded(weights[name])),
        };
        Ok(Some(Self { weights, fingerprint: learned_from, carried_to, unanswerable }))
    }

    /// Writes it into a knowledge folder. A reader finds the old file or the new one, never a part.
    ///
    /// # Errors
    ///
    /// [`CalibrationError::Write`]; then the folder is as it was.
    pub fn write(&self, folder: &Path) -> Result<(), CalibrationError> {
        let path = folder.join(CALIBRATION_FILE);
        // The loader reads no hidden files. Two programs that write at once have two files.
        let unfinished = folder.join(format!(".{CALIBRATION_FILE}.{}", std::process::id()));
        let written = write_through(&unfinished, &self.to_toml()).and_then(|()| fs::rename(&unfinished, &path));
        written.map_err(|source| {
            // If even this fails, a hidden file is left over, which nobody reads.
            let _ = fs::remove_file(&unfinished);
            CalibrationError::Write { path, source }
        })
    }

    /// The content of the file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let Self { weights, fingerprint, carried_to, unanswerable } = self;
        let carried: String = carried_to.iter().flat_map(|state| ["  \"", state, "\",\n"]).collect();
        let carried = if carried.is_empty() { carried } else { format!("carried_to = [\n{carried}]\n") };
        let head = format!("{COMMENT}learned_from = \"{fingerprint}\"\n{carried}unanswerable = {unanswerable:?}\n");
        head + &table("ranking", &VIEW_NAMES, &weights.ranking) + &table("weights", &FEATURE_NAMES, &weights.evidence)
    }
}

fn has_exactly(weights: &BTreeMap<String, f64>, names: &[&str]) -> bool {
    weights.len() == names.len() && names.iter().all(|name| weights.contains_key(*name))
}

fn table(title: &str, names: &[&str], weights: &[f64]) -> String {
    let lines = names.iter().zip(weights).map(|(name, weight)| format!("\"{name}\" = {weight:?}\n"));
    format!("\n[{title}]\n{}", lines.collect::<String>())
}

fn write_through(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn reason(error: &toml::de::Error, text: &str) -> String {
    let message = error.message().lines().collect::<Vec<_>>().join(" ");
    match error.span() {
        Some(span) if span.start > 0 => {
            let line = text[..span.start.min(text.len())].lines().count().max(1);
            format!("line {line}: {message}")
        }
        _ => message,
    }
}

fn rounded(weight: f64) -> f64 {
    let factor = 10.0_f64.powi(DECIMALS);
    // Adding zero turns −0 into 0.
    (weight * factor).round() / factor + 0.0
}

/// What weights depend on, as 64 hexadecimal digits: everything that search reads of a base, in the
/// order of its entries, and the numbers of the search. The same on every machine.
#[must_use]
pub fn fingerprint(base: &KnowledgeBase, tuning: &Tuning) -> String {
    let mut hash = Sha256::new();
    let mut texts = |texts: &mut dyn Iterator<Item = &str>| {
        for text in texts {
            // The length first: where a text ends must not be open to debate.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.update(u64::MAX.to_le_bytes());
    };
    for entry in &base.entries {
        let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
        texts(&mut std::iter::once(entry.question.as_str()).chain(phrasings));
        texts(&mut entry.keywords.iter().map(String::as_str));
        texts(&mut std::iter::once(entry.answer.value.as_str()));
        let claim = entry.standing.claimed_by().into_iter();
        texts(&mut claim.chain(entry.side_of.iter().map(|id| id.value.as_str())));
        texts(&mut entry.citations.iter().map(|citation| citation.source.id.as_str()));
    }
    for source in &base.sources {
        let names = [&source.author, &source.publisher].into_iter().flatten().chain(&source.called);
        texts(&mut std::iter::once(&source.title).chain(names).map(String::as_str));
    }
    for group in &base.synonyms.groups {
        texts(&mut group.iter().map(String::as_str));
    }
    for (short, long) in &base.synonyms.shorthand {
        texts(&mut [short.as_str(), long].into_iter());
    }
    texts(&mut base.synonyms.keep.iter().map(String::as_str));
    texts(&mut std::iter::once(format!("{tuning:?}").as_str()));
    hash.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
