//! What speaks against giving an entry as the answer, rule by rule.
//!
//! A confidence weighs; an objection does not. Whether question and entry contradict each other, or
//! have too little in common to tell, decides by itself, however much speaks for the entry.

use serde::Serialize;

use super::comparison::{Comparison, EXPLAINED_FROM, Explained};
use super::nearest::Nearest;
use crate::ids::TermId;
use crate::model::Model;
use crate::profile::Profile;
use crate::query::{Meaning, Unit, UnitKind};
use crate::roles::Direction;

/// What keeps an entry from being given as the answer, however much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Objection {
    /// The question names somebody or something that the entry does not.
    Name,
    /// The question names somebody or something that the whole base does not.
    Stranger,
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
    /// The entry is somebody's claim, and the question does not name them.
    Claimant,
}

impl Objection {
    /// Whether the entry is not even near: another is as near, or it tells the reverse.
    #[must_use]
    pub fn keeps_apart(self) -> bool {
        matches!(self, Self::Stranger | Self::Tie | Self::Subject | Self::Vague | Self::Direction)
    }

    /// What a curator reads.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Name => "the question names something that the entry does not",
            Self::Stranger => "the question names something that no entry does",
            Self::Number => "the question has a number that the entry does not",
            Self::Symbol => "the question has a symbol that the entry does not",
            Self::Negation => "one of them is negated and the other is not",
            Self::Opposite => "the question has the opposite of a word of the entry",
            Self::Direction => "the entry tells it the other way around",
            Self::Corrected => "the only word that they have in common was corrected first",
            Self::Tie => "another entry fits as well",
            Self::Open => "most of what the question is about is not in the entry",
            Self::Action => "the question wants something done that the entry does not tell of",
            Self::Claimant => "it is somebody's claim, and the question does not name them",
            Self::Subject => "the question has no subject",
            Self::Vague => "they have too little in common to single out an entry",
        }
    }
}

/// All that speaks against the entry itself, by what question and entry say.
pub(super) fn objections(comparison: &Comparison<'_>, nearest: &Nearest) -> Vec<Objection> {
    let rules: [(bool, Objection); 13] = [
        (lacks_name(comparison), Objection::Name),
        (names_stranger(comparison), Objection::Stranger),
        (lacks_number(comparison), Objection::Number),
        (lacks_symbol(comparison), Objection::Symbol),
        (says_opposite(comparison) || has_other_particle(comparison), Objection::Opposite),
        (leaves_action_open(comparison), Objection::Action),
        (differs_in_negation(comparison, nearest), Objection::Negation),
        (is_turned_around(comparison), Objection::Direction),
        (is_only_corrected(comparison), Objection::Corrected),
        (comparison.lacks_subject(), Objection::Subject),
        (!comparison.lacks_subject() && !comparison.is_specific(nearest), Objection::Vague),
        (comparison.leaves_most_open(), Objection::Open),
        (comparison.is_unnamed_claim(), Objection::Claimant),
    ];
    rules.into_iter().filter(|(is_so, _)| *is_so).map(|(_, objection)| objection).collect()
}

/// What nearly every entry is about goes without saying, and so weighs too little here.
fn lacks_name(comparison: &Comparison<'_>) -> bool {
    let tuning = &comparison.model.tuning.confidence;
    comparison.required().any(|(unit, by)| {
        // Where English does not tell names from words, the word has to be most of the question.
        if !comparison.model.is_english && matches!(unit.meaning, Meaning::AnyOf(_)) {
            return by.best() < EXPLAINED_FROM && unit.weight >= tuning.most_of_question * comparison.query.weight();
        }
        is_lacking_name(comparison, unit, by)
    })
}

fn is_lacking_name(comparison: &Comparison<'_>, unit: &Unit, by: Explained) -> bool {
    unit.kind == UnitKind::Name
        && comparison.weighs(unit, comparison.model.tuning.confidence.telling_name)
        && !by.is_there()
        && !comparison.profile.takes_names
}

/// Where the base knows nothing of whom or what is named, nothing in it is near. A word that
/// nobody knows may be slang as well.
fn names_stranger(comparison: &Comparison<'_>) -> bool {
    let least = comparison.model.tuning.confidence.least_stranger * comparison.query.weight();
    let is_one = |unit: &Unit| unit.is_proper && matches!(unit.meaning, Meaning::AnyOf(_)) && unit.weight >= least;
    let mut lacking = comparison.required().filter(|(unit, by)| is_lacking_name(comparison, unit, *by));
    lacking.any(|(unit, _)| is_one(unit))
}

fn lacks_number(comparison: &Comparison<'_>) -> bool {
    let least = comparison.model.tuning.confidence.telling_number;
    comparison.required().any(|(unit, by)| {
        unit.kind == UnitKind::Number
            && !comparison.is_foreign(unit)
            && comparison.weighs(unit, least)
            && !by.is_there()
            && !comparison.profile.takes_numbers
    })
}

fn lacks_symbol(comparison: &Comparison<'_>) -> bool {
    let lacks = |unit: &Unit| unit.kind == UnitKind::Symbol && !comparison.is_foreign(unit);
    comparison.required().any(|(unit, by)| lacks(unit) && !by.is_there())
}

fn says_opposite(comparison: &Comparison<'_>) -> bool {
    comparison.required().any(|(unit, by)| {
        let mut opposites = unit.english.into_iter().flat_map(|word| comparison.model.index.opposites(word));
        by.own < EXPLAINED_FROM && opposites.any(|term| comparison.profile.has_own(term))
    })
}

/// Whether a verb has another particle than all phrasings give it: log in, log out.
fn has_other_particle(comparison: &Comparison<'_>) -> bool {
    comparison.query.particles.iter().any(|(verb, particle)| {
        let mut known = comparison.profile.particles_of(*verb).peekable();
        known.peek().is_some() && known.all(|other| other != *particle)
    })
}

fn leaves_action_open(comparison: &Comparison<'_>) -> bool {
    let (query, tuning) = (comparison.query, &comparison.model.tuning.confidence);
    let is_short = query.words.len() <= tuning.short_question;
    let least = tuning.least_action * query.weight();
    is_short
        && comparison.pairs().any(|(unit, by)| unit.is_action && by.best() < EXPLAINED_FROM && unit.weight >= least)
}

fn differs_in_negation(comparison: &Comparison<'_>, nearest: &Nearest) -> bool {
    let tuning = &comparison.model.tuning.confidence;
    if comparison.query.is_negated {
        let has_enough = comparison.profile.weights().len() >= tuning.enough_phrasings;
        return has_enough && comparison.profile.negated == 0.0;
    }
    // Whether it is so is also answered by that it is not so.
    if comparison.query.asks_whether {
        return false;
    }
    let [plain, negated] = nearest.by_polarity;
    let is_near_negated = negated >= EXPLAINED_FROM && plain < tuning.as_near_without * negated;
    // What the entry does not explain may say the same as its negation: my card is broken.
    let says_all = comparison.content().all(|(_, by)| by.own >= EXPLAINED_FROM);
    says_all && is_near_negated
}

fn is_turned_around(comparison: &Comparison<'_>) -> bool {
    let Comparison { model, query, profile, .. } = *comparison;
    let is_name = |term: TermId| model.index.term(term).is_name;
    query.directions.iter().any(|direction| {
        let counts = direction.is_path || is_name(direction.from) || is_name(direction.to);
        counts && tells(model, profile, direction.turned()) && !tells(model, profile, *direction)
    })
}

/// How strongly a word is related to another that says the same of somebody: Serb, Serbian.
const SAME_FAMILY: f32 = 0.6;

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

fn is_only_corrected(comparison: &Comparison<'_>) -> bool {
    let mut common = comparison.content().filter(|(_, by)| by.best() >= EXPLAINED_FROM);
    let first = common.next();
    common.next().is_none() && first.is_some_and(|(unit, _)| unit.likelihood < 1.0)
}
