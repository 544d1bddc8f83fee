//! What speaks for a candidate and against it, by name.
//!
//! The order of candidates says which entry is nearest; the evidence says whether it is near
//! enough. Each piece is a number that a curator can understand, and all of them together are what
//! [`crate::confidence`] turns into a probability and what `ask --explain` shows.

mod names;

use serde::Serialize;

use crate::classifier::FLOOR;
use crate::ids::TermId;
use crate::model::Model;
use crate::profile::Profile;
use crate::query::{Meaning, Query, Unit, UnitKind};
use crate::ranking::Ranked;
use crate::roles::Direction;
use crate::tuning::ConfidenceTuning;

pub use names::{FEATURE_COUNT, FEATURE_NAMES};

/// What keeps an entry from being given as the answer, however much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Objection {
    /// The question names somebody or something that the entry does not.
    Name,
    /// The question has a number that the entry has not.
    Number,
    /// The question has a symbol that the entry has not.
    Symbol,
    /// One of them is negated and the other is not.
    Negation,
    /// The question has the opposite of a word of the entry, or another particle behind its verb.
    Opposite,
    /// The entry tells it the other way around.
    Direction,
    /// The only word that they have in common was corrected first.
    Corrected,
    /// Another entry fits as well.
    Tie,
    /// The question has no subject: it is a number alone, or only function words.
    Subject,
    /// They have too little in common to single out an entry.
    Vague,
    /// Most of what the question is about is not in the entry.
    Open,
    /// A short question wants something done that the entry does not tell of.
    Action,
}

impl Objection {
    /// Whether the entry is not even near: another is as near, or it tells the reverse.
    #[must_use]
    pub fn keeps_apart(self) -> bool {
        matches!(self, Self::Tie | Self::Subject | Self::Vague | Self::Direction)
    }

    /// What a curator reads.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Name => "the question names something that the entry does not",
            Self::Number => "the question has a number that the entry does not",
            Self::Symbol => "the question has a symbol that the entry does not",
            Self::Negation => "one of them is negated and the other is not",
            Self::Opposite => "the question has the opposite of a word of the entry",
            Self::Direction => "the entry tells it the other way around",
            Self::Corrected => "the only word that they have in common was corrected first",
            Self::Tie => "another entry fits as well",
            Self::Open => "most of what the question is about is not in the entry",
            Self::Action => "the question wants something done that the entry does not tell of",
            Self::Subject => "the question has no subject",
            Self::Vague => "they have too little in common to single out an entry",
        }
    }
}

/// What is known about a candidate for a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) features: [f32; FEATURE_COUNT],
    pub(crate) objections: Vec<Objection>,
    /// Whether question and entry have more in common than the subject of the whole base.
    pub(crate) is_specific: bool,
    /// Whether they have any word of content in common.
    pub(crate) is_related: bool,
    /// For each unit of the question, how far the entry explains it, 0 to 1.
    pub(crate) explained: Vec<f32>,
}

impl Evidence {
    /// What stands against a confidence: where all else speaks for the entry, few words in common
    /// are enough.
    pub(crate) fn at(mut self, confidence: f32, tuning: &ConfidenceTuning) -> Self {
        if confidence >= tuning.sure_enough && self.is_related && !self.objections.contains(&Objection::Subject) {
            self.objections.retain(|objection| *objection != Objection::Vague);
            self.is_specific = true;
        }
        self
    }
}

/// The evidence for a candidate. `rival` is the score of the best other one.
pub(crate) fn evidence(model: &Model, query: &Query, candidate: &Ranked, rival: Option<f32>) -> Evidence {
    let profile = model.profile(candidate.entry);
    let explained: Vec<Explained> = query.units.iter().map(|unit| explain(model, profile, unit)).collect();
    let pairs = || query.units.iter().zip(&explained).filter(|(unit, _)| !unit.is_optional);
    let all: f32 = query.weight();
    let share = |part: &dyn Fn(&Explained) -> f32| pairs().map(|(unit, by)| unit.weight * part(by)).sum::<f32>() / all;
    let open = |unit: &Unit, by: &Explained| unit.weight * (1.0 - by.best());
    let widest = pairs().map(|(unit, by)| open(unit, by)).fold(0.0, f32::max);
    let enough = specific_from(model.entry_count());
    let nearest = nearest_phrasing(model, query, profile);
    let mut objections = objections(model, query, profile, &explained, nearest);
    if rival.is_some_and(|rival| (candidate.score - rival).abs() < model.tuning.confidence.tie) {
        objections.push(Objection::Tie);
    }
    let lacks_subject = lacks_subject(query, profile);
    if lacks_subject {
        objections.push(Objection::Subject);
    }
    let is_specific = !lacks_subject && is_specific(model, query, &explained);
    if !lacks_subject && !is_specific {
        objections.push(Objection::Vague);
    }
    let is_subject = |pair: &(&Unit, &Explained)| pair.0.kind != UnitKind::Cue;
    let subject: f32 = pairs().filter(is_subject).map(|(unit, _)| unit.weight).sum();
    let in_entry: f32 = pairs().filter(is_subject).map(|(unit, by)| unit.weight * by.best()).sum();
    if in_entry < model.tuning.confidence.least_explained * subject {
        objections.push(Objection::Open);
    }
    let has = |objection| f32::from(u8::from(objections.contains(&objection)));
    let content = query.units.iter().filter(|unit| unit.kind != UnitKind::Cue).count();
    let scarcity = scarcity(model);
    let exact =
        query.exact == Some(candidate.entry) || (query.exact.is_none() && query.verbatim == Some(candidate.entry));
    let features = [
        1.0,
        candidate.class,
        candidate.support.min(1.0),
        candidate.similarity,
        (candidate.score - rival.unwrap_or(FLOOR)).clamp(-WIDEST_MARGIN, WIDEST_MARGIN) / WIDEST_MARGIN,
        candidate.share.clamp(-WIDEST_MARGIN, WIDEST_MARGIN) / WIDEST_MARGIN,
        share(&|by| by.best()),
        share(&|by| by.own),
        pairs().map(|(unit, by)| open(unit, by)).sum::<f32>().min(3.0 * enough) / enough,
        widest / enough,
        nearest.shared,
        nearest.rest,
        1.0 - (all / enough).min(1.0),
        f32::from(u8::from(content <= 1)),
        pairs().map(|(unit, _)| unit.weight * (1.0 - unit.likelihood)).sum::<f32>() / all,
        f32::from(u8::from(pairs().any(|(unit, by)| unit.is_action && by.best() < EXPLAINED_FROM))),
        has(Objection::Name),
        has(Objection::Number).max(has(Objection::Symbol)),
        has(Objection::Negation),
        has(Objection::Opposite),
        has(Objection::Direction),
        f32::from(u8::from(query.asks_for_number && profile.lacks_number)).max(cue_missing(query, profile)),
        scarcity,
        scarcity * candidate.class,
        f32::from(u8::from(exact)),
        long(query.words.len()),
    ];
    let objections = if exact { Vec::new() } else { objections };
    let is_specific = exact || is_specific;
    let is_subject = |kind: UnitKind| !matches!(kind, UnitKind::Cue | UnitKind::Number);
    let is_common = |(unit, by): (&Unit, &Explained)| is_subject(unit.kind) && by.best() >= EXPLAINED_FROM;
    let is_related = exact || query.units.iter().zip(&explained).any(is_common);
    Evidence {
        features,
        objections,
        is_specific,
        is_related,
        explained: explained.iter().map(|by| by.best()).collect(),
    }
}

/// Whether a question has no subject that an entry could be about: it is a number alone, or only
/// function words.
fn lacks_subject(query: &Query, profile: &Profile) -> bool {
    let content = || query.units.iter().filter(|unit| unit.kind != UnitKind::Cue);
    let mut needed = content().filter(|unit| !unit.is_optional).peekable();
    if needed.peek().is_some() {
        return needed.all(|unit| unit.kind == UnitKind::Number);
    }
    // Where only function words are left, the kind of answer decides: who are you, how are you.
    let asks_otherwise = |unit: &Unit| matches!(unit.meaning, Meaning::Known(cue) if !profile.has_own(cue));
    content().next().is_none() || query.units.iter().any(|unit| unit.kind == UnitKind::Cue && asks_otherwise(unit))
}

/// Whether question and entry have more in common than the subject of the whole base.
fn is_specific(model: &Model, query: &Query, explained: &[Explained]) -> bool {
    let content = || query.units.iter().zip(explained).filter(|(unit, _)| unit.kind != UnitKind::Cue);
    let needed = content().filter(|(unit, _)| !unit.is_optional).count();
    let is_counted = |unit: &Unit| needed == 0 || !unit.is_optional;
    let counted = content().filter(|(unit, _)| is_counted(unit));
    let in_common = counted.filter(|(_, by)| by.best() >= EXPLAINED_FROM);
    let in_common: f32 = in_common.map(|(unit, by)| unit.weight * by.best()).sum();
    let tuning = &model.tuning.confidence;
    let least = if needed < 2 { tuning.least_of_one_word } else { tuning.least_in_common };
    in_common >= least * specific_from(model.entry_count())
}

/// How far an entry explains a unit.
#[derive(Debug, Clone, Copy, Default)]
struct Explained {
    /// By its question, phrasings and keywords, 0 to 1.
    own: f32,
    /// By its answer, 0 to 1.
    answer: f32,
}

/// A word of the answer explains one of the question less surely than a word of its phrasings.
const ANSWER_EXPLAINS: f32 = 0.7;

/// A wider margin tells no more.
const WIDEST_MARGIN: f32 = 8.0;

/// How strongly a word is related to another that says the same of somebody: Serb, Serbian.
const SAME_FAMILY: f32 = 0.6;

/// From where on a unit counts as explained.
const EXPLAINED_FROM: f32 = 0.45;

impl Explained {
    fn best(self) -> f32 {
        self.own.max(ANSWER_EXPLAINS * self.answer)
    }

    /// Whether a name or number is there at all: in the answer is enough.
    fn is_there(self) -> bool {
        self.own.max(self.answer) >= EXPLAINED_FROM
    }
}

fn explain(model: &Model, profile: &Profile, unit: &Unit) -> Explained {
    let mut explained = Explained::default();
    let mut take = |term: TermId, strength: f32| {
        let strength = strength * unit.likelihood;
        if strength > explained.own && profile.has_own(term) {
            explained.own = strength;
        }
        if strength > explained.answer && profile.answers_with(term) {
            explained.answer = strength;
        }
    };
    match &unit.meaning {
        Meaning::Known(id) => {
            take(*id, 1.0);
            // Names and numbers have no relatives.
            if unit.kind == UnitKind::Word {
                for related in &model.index.term(*id).relatives {
                    take(related.term, related.strength);
                }
            }
        }
        Meaning::AnyOf(alternatives) => alternatives.iter().for_each(|related| take(related.term, related.strength)),
    }
    explained
}

fn objections(
    model: &Model,
    query: &Query,
    profile: &Profile,
    explained: &[Explained],
    nearest: Nearest,
) -> Vec<Objection> {
    let mut objections = Vec::new();
    let has_weight = |unit: &Unit, least: f32| unit.weight >= least * specific_from(model.entry_count());
    let ConfidenceTuning {
        telling_name,
        telling_number,
        most_of_question: most,
        least_action,
        short_question: longest,
        ..
    } = model.tuning.confidence;
    let mut object = |is_so: bool, objection| {
        if is_so && !objections.contains(&objection) {
            objections.push(objection);
        }
    };
    for (unit, by) in query.units.iter().zip(explained).filter(|(unit, _)| !unit.is_optional) {
        match unit.kind {
            // Where English does not tell names from words, the word has to be most of the
            // question.
            _ if !model.is_english && matches!(unit.meaning, Meaning::AnyOf(_)) => {
                object(by.best() < EXPLAINED_FROM && unit.weight >= most * query.weight(), Objection::Name);
            }
            // What nearly every entry is about goes without saying.
            UnitKind::Name => {
                object(has_weight(unit, telling_name) && !by.is_there() && !profile.takes_names, Objection::Name);
            }
            UnitKind::Number => {
                object(has_weight(unit, telling_number) && !by.is_there() && !profile.takes_numbers, Objection::Number);
            }
            UnitKind::Symbol => object(!by.is_there(), Objection::Symbol),
            UnitKind::Word | UnitKind::Cue => {}
        }
        let is_opposite = |term: TermId| profile.has_own(term);
        let mut opposites = unit.english.into_iter().flat_map(|word| model.index.opposites(word));
        object(by.own < EXPLAINED_FROM && opposites.any(is_opposite), Objection::Opposite);
    }
    let [plain, negated] = nearest.by_polarity;
    let is_near_negated = negated >= EXPLAINED_FROM && plain < model.tuning.confidence.as_near_without * negated;
    let enough = profile.weights().len() >= model.tuning.confidence.enough_phrasings;
    let is_left_open = |(unit, by): (&Unit, &Explained)| {
        unit.is_action && by.best() < EXPLAINED_FROM && unit.weight >= least_action * query.weight()
    };
    let is_short = query.words.len() <= longest;
    object(is_short && query.units.iter().zip(explained).any(is_left_open), Objection::Action);
    // What the entry does not explain may say the same as its negation: my card is broken.
    let needed =
        || query.units.iter().zip(explained).filter(|(unit, _)| !unit.is_optional && unit.kind != UnitKind::Cue);
    let says_all = needed().all(|(_, by)| by.own >= EXPLAINED_FROM);
    let differs = if query.is_negated { enough && profile.negated == 0.0 } else { says_all && is_near_negated };
    object(differs, Objection::Negation);
    let other_particle = query.particles.iter().any(|(verb, particle)| {
        let mut known = profile.particles_of(*verb).peekable();
        known.peek().is_some() && known.all(|other| other != *particle)
    });
    object(other_particle, Objection::Opposite);
    let is_name = |term: TermId| model.index.term(term).is_name;
    let is_turned = query.directions.iter().any(|direction| {
        let counts = direction.is_path || is_name(direction.from) || is_name(direction.to);
        counts && tells(model, profile, direction.turned()) && !tells(model, profile, *direction)
    });
    object(is_turned, Objection::Direction);
    let content = query.units.iter().zip(explained).filter(|(unit, _)| unit.kind != UnitKind::Cue && !unit.is_optional);
    let common: Vec<&Unit> = content.filter(|(_, by)| by.best() >= EXPLAINED_FROM).map(|(unit, _)| unit).collect();
    let is_only_corrected = matches!(common[..], [unit] if unit.likelihood < 1.0);
    object(is_only_corrected, Objection::Corrected);
    objections
}

/// Whether an entry tells a direction, in these words or in others of their families.
fn tells(model: &Model, profile: &Profile, direction: Direction) -> bool {
    let forms = |term: TermId| {
        let relatives = model.index.term(term).relatives.iter();
        let close = relatives.filter(|related| related.strength >= SAME_FAMILY).map(|related| related.term);
        std::iter::once(term).chain(close)
    };
    forms(direction.from)
        .any(|from| forms(direction.to).any(|to| profile.has_direction(Direction { from, to, ..direction })))
}

/// 1 where the question wants a kind of answer (who, when, where, why) that no phrasing asks for.
fn cue_missing(query: &Query, profile: &Profile) -> f32 {
    let missing = query.units.iter().any(|unit| {
        unit.kind == UnitKind::Cue
            && matches!(&*unit.text, "who" | "when" | "where" | "why")
            && matches!(unit.meaning, Meaning::Known(term) if !profile.has_own(term))
    });
    f32::from(u8::from(missing)) / 2.0
}

/// How near the nearest phrasing is.
#[derive(Debug, Clone, Copy, Default)]
struct Nearest {
    /// The weight that it shares with the question, of what either has, 0 to 1.
    shared: f32,
    /// The share of its own weight that the question does not have, 0 to 1.
    rest: f32,
    /// What the nearest of those without a negation shares, and of those with one.
    by_polarity: [f32; 2],
}

fn nearest_phrasing(model: &Model, query: &Query, profile: &Profile) -> Nearest {
    let asked_weight = query.weight();
    // What the question has of each of the entry's own terms, by the place of the term.
    let mut common: Vec<(usize, f32)> = Vec::with_capacity(query.units.len());
    for unit in &query.units {
        if let Meaning::Known(term) = unit.meaning
            && let Some(place) = profile.place_of(term)
        {
            common.push((place, model.index.term(term).weight.min(unit.weight * unit.likelihood)));
        }
    }
    common.sort_unstable_by_key(|(place, _)| *place);
    let mut shared = vec![0.0_f32; profile.weights().len()];
    for (place, weight) in common {
        for &phrasing in profile.phrasings_with(place) {
            shared[phrasing as usize] += weight;
        }
    }
    let mut nearest = Nearest { shared: 0.0, rest: 1.0, by_polarity: [0.0; 2] };
    let phrasings = shared.into_iter().zip(profile.weights()).zip(profile.negations());
    for ((shared, weight), is_negated) in phrasings.filter(|((shared, _), _)| *shared > 0.0) {
        let union = asked_weight + weight - shared;
        let shared_of_both = shared / union.max(shared);
        let same = &mut nearest.by_polarity[usize::from(*is_negated)];
        *same = same.max(shared_of_both);
        if shared_of_both > nearest.shared {
            (nearest.shared, nearest.rest) = (shared_of_both, 1.0 - shared / weight);
        }
    }
    nearest
}

/// How long a question is, 0 to 1 for one of twenty words or more.
#[expect(clippy::cast_precision_loss, reason = "at most twenty")]
fn long(words: usize) -> f32 {
    words.min(20) as f32 / 20.0
}

/// The weight that singles out one entry: weights are about logarithms of rarity.
#[expect(clippy::cast_precision_loss, reason = "the number of entries is far below 2^24")]
fn specific_from(entry_count: usize) -> f32 {
    (1.0 + entry_count as f32).ln()
}

/// How little the phrasings of a base can teach, 0 (a hundred an entry) to about 1 (a single one).
fn scarcity(model: &Model) -> f32 {
    (1.0 - model.phrasings_per_entry.max(1.0).ln() / 100.0_f32.ln()).max(0.0)
}
