//! How the time for a question grows with the base: Footnote on made-up bases of growing size.

use std::convert::Infallible;
use std::io::{self, Write};
use std::time::Duration;

use footnote_evaluation::{SetError, training_set};
use footnote_knowledge::KnowledgeBase;
use footnote_search::Searcher;
use rand_distr::ZipfError;

use crate::comparison::{BUILDS, PASSES};
use crate::memory;
use crate::percentile::Sorted;
use crate::synthetic::{PHRASINGS_PER_ENTRY, Synthetic};
use crate::table::{Table, micros, millis};
use crate::timing::{Fastest, timed};

/// In phrasings. Each is about half a power of ten larger than the one before.
const SIZES: [usize; 5] = [2_000, 6_320, 20_000, 63_200, 200_000];
const QUESTIONS: usize = 1_000;

/// A made-up base cannot be created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GrowthError {
    #[error("cannot make up words")]
    Words(#[from] ZipfError),
    #[error(
        "cannot write a made-up training set to the folder for temporary files: \
         set TMPDIR to one that can be written"
    )]
    Write(#[from] io::Error),
    #[error(transparent)]
    Load(#[from] SetError),
}

/// What was measured at one size.
#[derive(Debug)]
pub(crate) struct Measured {
    phrasings: usize,
    build: Duration,
    /// The most memory that the process has had so far, in KiB.
    peak: Option<usize>,
    times: Sorted,
}

pub(crate) fn measure() -> Result<Vec<Measured>, GrowthError> {
    SIZES.into_iter().map(measure_at).collect()
}

fn measure_at(phrasings: usize) -> Result<Measured, GrowthError> {
    let Synthetic { phrasings, questions } = Synthetic::new(phrasings / PHRASINGS_PER_ENTRY, QUESTIONS)?;
    let base = load(&phrasings)?;
    // One at a time, since two would make the peak twice as high.
    let builds = (1..BUILDS).map(|_| timed(|| Searcher::new(&base)).1);
    let build = builds.min().unwrap_or(Duration::MAX);
    let (searcher, time) = timed(|| Searcher::new(&base));
    let build = build.min(time);
    let peak = memory::peak();
    let mut fastest = Fastest::new(questions.len());
    // The first pass is a warm-up. A question's fastest time is always from another pass.
    for _ in 0..=PASSES {
        let Ok(()) = fastest.pass(&questions, |question| Ok::<_, Infallible>(searcher.search(question, 1)));
    }
    Ok(Measured { phrasings: phrasings.len(), build, peak, times: Sorted::new(fastest.into_times()) })
}

/// Through a file, because that is how labelled phrasings become a base.
fn load(phrasings: &[(usize, String)]) -> Result<KnowledgeBase, GrowthError> {
    let mut file = tempfile::NamedTempFile::new()?;
    let mut writer = io::BufWriter::new(&mut file);
    for (entry, text) in phrasings {
        writeln!(writer, "{}", serde_json::json!({ "q": text, "entry": entry.to_string() }))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(training_set::load(file.path())?)
}

/// Prints the sizes one below the other, with the growth from the size above.
pub(crate) fn print(out: &mut impl Write, sizes: &[Measured]) -> io::Result<()> {
    writeln!(out)?;
    writeln!(out, "Footnote on made-up bases, {QUESTIONS} questions each; × is to the row above")?;
    writeln!(out)?;
    let mut table = Table::new(0, ["phrasings", "×", "build, ms", "×", "peak, MiB", "p50, µs", "×", "p99, µs", "×"]);
    let mut above = None;
    for size in sizes {
        let growth =
            |of: fn(&Measured) -> f64| above.map_or_else(String::new, |above| format!("{:.1}", of(size) / of(above)));
        table.push([
            size.phrasings.to_string(),
            growth(Measured::size),
            millis(size.build),
            growth(|size| size.build.as_secs_f64()),
            size.peak.map_or_else(String::new, |peak| (peak / 1_024).to_string()),
            micros(size.times.percentile(50)),
            growth(|size| size.times.percentile(50).as_secs_f64()),
            micros(size.times.percentile(99)),
            growth(|size| size.times.percentile(99).as_secs_f64()),
        ]);
        above = Some(size);
    }
    write!(out, "{table}")
}

impl Measured {
    #[expect(clippy::cast_precision_loss, reason = "numbers of phrasings are far below 2^52")]
    fn size(&self) -> f64 {
        self.phrasings as f64
    }
}
