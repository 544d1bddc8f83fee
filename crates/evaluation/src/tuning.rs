//! Fitting the numbers of the search over many bases and sizes.
//!
//! Numbers that were chosen with a question set in view say nothing about other questions. So these
//! come from the bases alone: phrasings and entries of each base are left out and asked (see
//! [`footnote_search::calibration`]), every base counts the same, and what is reported of a base
//! was fitted on the others.

use footnote_knowledge::{Entry, KnowledgeBase, Topic};
use footnote_search::calibration;
use footnote_search::choice::{self, Choice};
use footnote_search::evidence::{FEATURE_COUNT, FEATURE_SIGNS};
use footnote_search::logistic::{self, Example, Prior};
use footnote_search::tuning::Tuning;
use footnote_search::weights::{EvidenceWeights, VIEW_COUNT};

/// What every base counts, in examples.
const WEIGHT_OF_A_BASE: f64 = 500.0;

/// What a base of few entries counts: it has few to tell of.
const WEIGHT_OF_A_SMALL_BASE: f64 = 150.0;

/// From how many entries on a base is no small one.
const SMALL_BELOW: usize = 40;

/// To how many ways to ask an entry a base is cut down.
const SIZES: [usize; 5] = [1, 2, 3, 5, 10];

/// In a small part of a base, the ways to ask an entry.
const SMALL_PART_WAYS: usize = 6;

/// How many entries a small part of a base has, about.
const SMALL_PART: usize = 30;

/// How many other ways are asked of each entry.
const ASKED_WAYS: usize = 6;

/// How far weights that nothing decides are kept from growing.
const PRECISION: f64 = 0.3;

/// A base to learn from.
#[derive(Debug)]
pub struct Study {
    /// What it is called in reports.
    pub name: String,
    /// Bases of one family are left out together.
    pub family: String,
    /// The base.
    pub base: KnowledgeBase,
    /// Other ways to ask its entries, each with the place of the entry; none where the base has all
    /// of them, so that some are left out instead.
    pub others: Vec<(usize, String)>,
}

/// What the held-out phrasings and entries of a base told.
#[derive(Debug)]
pub struct Held {
    /// The name of the base.
    pub name: String,
    /// Its family.
    pub family: String,
    /// The evidence for each best candidate, and whether the question has an answer.
    pub examples: Vec<(Example<FEATURE_COUNT>, bool)>,
}

impl Study {
    /// The base, the same with fewer ways to ask an entry, and a small part of it.
    #[must_use]
    pub fn sizes(self) -> Vec<Self> {
        let entries = self.base.entries.len();
        let mut sizes: Vec<Self> =
            SIZES.iter().filter(|size| self.ways() > *size * entries).map(|size| self.cut(*size, 1)).collect();
        if entries >= 2 * SMALL_PART {
            sizes.push(self.cut(SMALL_PART_WAYS, entries / SMALL_PART));
        }
        sizes.push(self);
        sizes
    }

    /// One of `every` entries, each with at most so many ways to ask it, the question included.
    fn cut(&self, most: usize, every: usize) -> Self {
        let entries = self.base.entries.iter().step_by(every).map(|entry| Entry {
            phrasings: entry.phrasings.iter().take(most.saturating_sub(1)).cloned().collect(),
            ..(*entry).clone()
        });
        let topic = Topic { id: self.name.clone(), title: self.name.clone(), summary: None, group: None };
        let mut base = KnowledgeBase::from_entries(topic, entries.collect());
        base.synonyms = self.base.synonyms.clone();
        let part = if every > 1 { format!("{}-{most}-part", self.name) } else { format!("{}-{most}", self.name) };
        // What is known of a small part is left out of it in turn.
        let others = if every > 1 { Vec::new() } else { self.beyond(most) };
        Self { name: part, family: self.family.clone(), base, others }
    }

    fn ways(&self) -> usize {
        self.base.entries.iter().map(|entry| entry.phrasings.len() + 1).sum()
    }

    fn ways_per_entry(&self) -> f64 {
        in_floats(self.ways()) / in_floats(self.base.entries.len().max(1))
    }

    /// What the base tells about the order of candidates: phrasings that are left out in folds, and
    /// those beyond the first few. `relatives` is how many bases its family has.
    #[must_use]
    pub fn choices(&self, tuning: &Tuning, relatives: usize) -> Vec<SizedChoice> {
        // A fifth of the phrasings is left out.
        let mut choices = weighed(calibration::choices(&self.base, tuning), 0.8 * self.ways_per_entry());
        for known in SIZES.into_iter().filter(|known| self.ways() > known * self.base.entries.len()) {
            let cut = self.cut(known, 1);
            choices.extend(weighed(calibration::choices_of(&cut.base, &cut.others, tuning), cut.ways_per_entry()));
        }
        for choice in &mut choices {
            choice.weight /= in_floats(relatives.max(1));
        }
        choices
    }

    /// Ways to ask each entry beyond the first few, with the place of the entry.
    fn beyond(&self, known: usize) -> Vec<(usize, String)> {
        let entries = self.base.entries.iter().enumerate();
        let others = |(place, entry): (usize, &Entry)| {
            let others = entry.phrasings.iter().skip(known - 1).take(ASKED_WAYS);
            others.map(|phrasing| (place, phrasing.value.clone())).collect::<Vec<_>>()
        };
        entries.flat_map(others).collect()
    }

    /// What the base tells about confidence. `unanswerable` is the share of questions without an
    /// answer that is expected, 0 to 1.
    #[must_use]
    pub fn held(&self, tuning: &Tuning, unanswerable: f32) -> Held {
        let ranking = calibration::learn_ranking(&self.base, tuning);
        let mut examples = if self.others.is_empty() {
            calibration::examples(&self.base, tuning, &ranking, unanswerable)
        } else {
            calibration::examples_of(&self.base, &self.others, tuning, &ranking, unanswerable)
        };
        let all: f64 = examples.iter().map(|(example, _)| example.weight).sum();
        let is_small = self.base.entries.len() < SMALL_BELOW;
        let counts = if is_small { WEIGHT_OF_A_SMALL_BASE } else { WEIGHT_OF_A_BASE };
        let scale = if all > 0.0 { counts / all } else { 0.0 };
        for (example, _) in &mut examples {
            example.weight *= scale;
        }
        Held { name: self.name.clone(), family: self.family.clone(), examples }
    }
}

/// The choices of one base and size, which together count as much as those of any other. Each view
/// stands twice: by itself, and times the logarithm of how many phrasings there are over ten.
fn weighed(choices: Vec<Choice<VIEW_COUNT>>, ways_per_entry: f64) -> Vec<SizedChoice> {
    let beyond_ten = (ways_per_entry / 10.0).ln();
    let weight = WEIGHT_OF_A_BASE / in_floats(choices.len().max(1));
    let sized = |views: &[f64; VIEW_COUNT]| {
        std::array::from_fn(|place| match place.checked_sub(VIEW_COUNT) {
            None => views[place],
            Some(view) => views[view] * beyond_ten,
        })
    };
    let choice = |choice: Choice<VIEW_COUNT>| {
        let Choice { views, right, .. } = choice;
        Choice { views: views.iter().map(sized).collect(), right, weight }
    };
    choices.into_iter().map(choice).collect()
}

/// A choice whose weights depend on the number of phrasings.
pub type SizedChoice = Choice<{ 2 * VIEW_COUNT }>;

/// The weights of the views at ten phrasings an entry, and what they gain for each factor of e
/// beyond that.
#[must_use]
pub fn fit_ranking(choices: &[SizedChoice]) -> [f64; 2 * VIEW_COUNT] {
    choice::fit(choices, &Prior { mean: [0.0; 2 * VIEW_COUNT], precision: [1.0; 2 * VIEW_COUNT] })
}

#[expect(clippy::cast_precision_loss, reason = "a base has fewer than 2^52 phrasings")]
fn in_floats(count: usize) -> f64 {
    count as f64
}

/// The weights of a base whose own examples move the prior.
#[must_use]
pub fn calibrated(held: &Held, prior: &Prior<FEATURE_COUNT>) -> EvidenceWeights {
    let examples: Vec<Example<FEATURE_COUNT>> = held.examples.iter().map(|(example, _)| *example).collect();
    let all: f64 = examples.iter().map(|example| example.weight).sum();
    // As many as there are, not as many as the base counts among others.
    let scale = if all > 0.0 { in_floats(examples.len()) / all } else { 0.0 };
    let own = examples.into_iter().map(|example| Example { weight: example.weight * scale, ..example });
    logistic::fit_signed(&own.collect::<Vec<_>>(), prior, &FEATURE_SIGNS)
}

/// The weights of the evidence, from the bases that are kept.
#[must_use]
pub fn fit_confidence(held: &[Held], is_kept: impl Fn(&Held) -> bool) -> EvidenceWeights {
    let kept = held.iter().filter(|one| is_kept(one)).flat_map(|one| &one.examples);
    let examples: Vec<Example<FEATURE_COUNT>> = kept.map(|(example, _)| *example).collect();
    let prior = Prior { mean: [0.0; FEATURE_COUNT], precision: [PRECISION; FEATURE_COUNT] };
    logistic::fit_signed(&examples, &prior, &FEATURE_SIGNS)
}

/// How well a confidence tells right from wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// The expected calibration error over ten bins, 0 to 1.
    pub error: f64,
    /// The share of what has an answer that is answered rightly at the threshold, 0 to 1.
    pub right: f64,
    /// The share of all questions that is answered wrongly at the threshold, 0 to 1.
    pub wrong: f64,
    /// The share of what has no answer that is not answered at the threshold, 0 to 1.
    pub refused: f64,
}

/// The figures of weights on examples, each with whether it has an answer.
#[must_use]
pub fn figures(examples: &[(Example<FEATURE_COUNT>, bool)], weights: &EvidenceWeights, answer_at: f64) -> Figures {
    let mut bins = [(0.0, 0.0); 10];
    let (mut right, mut wrong, mut refused) = (0.0, 0.0, 0.0);
    let sum = |of: bool| examples.iter().filter(|(_, is)| *is == of).map(|(example, _)| example.weight).sum::<f64>();
    let (with, without) = (sum(true), sum(false));
    for (example, is_answerable) in examples {
        let confidence = logistic::probability(weights, &example.features);
        let bin = &mut bins[bin_of(confidence)];
        bin.0 += example.weight * confidence;
        bin.1 += if example.is_right { example.weight } else { 0.0 };
        let is_answered = confidence >= answer_at;
        right += if is_answered && example.is_right { example.weight } else { 0.0 };
        wrong += if is_answered && !example.is_right { example.weight } else { 0.0 };
        refused += if !is_answered && !is_answerable { example.weight } else { 0.0 };
    }
    let error = bins.iter().map(|(told, was)| (told - was).abs()).sum::<f64>() / (with + without);
    Figures { error, right: right / with, wrong: wrong / (with + without), refused: refused / without }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a confidence lies between 0 and 1")]
fn bin_of(confidence: f64) -> usize {
    ((confidence * 10.0) as usize).min(9)
}

/// The lowest threshold at which at most this share of all questions is answered wrongly, given
/// each example with its confidence.
#[must_use]
pub fn lowest_threshold(examples: &[(Example<FEATURE_COUNT>, f64)], wrong_at_most: f64) -> f64 {
    let mut sorted: Vec<&(Example<FEATURE_COUNT>, f64)> = examples.iter().collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let all: f64 = examples.iter().map(|(example, _)| example.weight).sum();
    let mut wrong = 0.0;
    let mut threshold = 1.0;
    for (example, confidence) in sorted {
        wrong += if example.is_right { 0.0 } else { example.weight };
        if wrong > wrong_at_most * all {
            break;
        }
        threshold = *confidence;
    }
    threshold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(feature: f64, is_right: bool) -> Example<FEATURE_COUNT> {
        let mut features = [0.0; FEATURE_COUNT];
        features[0] = feature;
        Example { features, is_right, weight: 1.0 }
    }

    #[test]
    fn the_threshold_lies_where_too_much_would_be_wrong() {
        let told = [
            (example(0.0, true), 0.9),
            (example(0.0, true), 0.8),
            (example(0.0, false), 0.7),
            (example(0.0, true), 0.6),
        ];
        assert!((lowest_threshold(&told, 0.0) - 0.8).abs() < f64::EPSILON);
        assert!((lowest_threshold(&told, 0.25) - 0.6).abs() < f64::EPSILON);
    }

    #[test]
    fn figures_count_by_weight() {
        let mut weights = [0.0; FEATURE_COUNT];
        weights[0] = 1.0;
        let examples = [
            (example(9.0, true), true),
            (example(-9.0, false), true),
            (example(9.0, false), false),
            (example(-9.0, false), false),
        ];
        let figures = figures(&examples, &weights, 0.5);
        assert!((figures.right - 0.5).abs() < 1e-9 && (figures.refused - 0.5).abs() < 1e-9);
        assert!((figures.wrong - 0.25).abs() < 1e-9 && figures.error < 0.3);
    }
}
