//! What is known of one entry beside its postings: what a question has to agree with.
//!
//! Postings say how much an entry is about a word. A profile says what its own words are, in which
//! combinations, whether it is asked for with a negation, and who does what to whom in it.

use crate::ids::TermId;
use crate::roles::Direction;
use footnote_knowledge::heap_bytes;

/// A particle behind a verb, by its place in the list of all.
pub(crate) type Particle = u8;

/// The facts about an entry. Immutable.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// The terms of its question, phrasings and keywords, rising.
    own: Box<[TermId]>,
    /// The terms of its answer, rising.
    answer: Box<[TermId]>,
    /// For each of its own terms, one after the other, the places of the phrasings that have it.
    having: Box<[u32]>,
    /// Where the phrasings of each of its own terms end in `having`.
    ends: Box<[u32]>,
    /// What the terms of each phrasing weigh together.
    weights: Box<[f32]>,
    /// The share of its phrasings with a negation, 0 to 1.
    pub(crate) negated: f32,
    /// Which phrasings have one, in their order.
    negations: Box<[bool]>,
    /// Who does what to whom in its phrasings, rising.
    directions: Box<[Direction]>,
    /// Its verbs with the particle behind each, rising: sign and up.
    particles: Box<[(TermId, Particle)]>,
    /// Whether its answer has words and no number among them.
    pub(crate) lacks_number: bool,
    /// Whether its phrasings name now this, now that: then another name changes nothing.
    pub(crate) takes_names: bool,
    /// The same of numbers.
    pub(crate) takes_numbers: bool,
}

/// Collects the facts about an entry.
#[derive(Debug, Default)]
pub(crate) struct ProfileBuilder {
    profile: (Vec<TermId>, Vec<TermId>, Vec<TermId>, Vec<u32>),
    negations: Vec<bool>,
    directions: Vec<Direction>,
    particles: Vec<(TermId, Particle)>,
    lacks_number: bool,
    names: Vec<TermId>,
    numbers: Vec<TermId>,
}

impl ProfileBuilder {
    /// Adds the names and numbers of a phrasing, each once.
    pub(crate) fn add_details(&mut self, names: impl Iterator<Item = TermId>, numbers: impl Iterator<Item = TermId>) {
        self.names.extend(names);
        self.numbers.extend(numbers);
    }

    /// Adds terms of a keyword.
    pub(crate) fn add_own(&mut self, terms: &[TermId]) {
        self.profile.0.extend_from_slice(terms);
    }

    /// Adds a phrasing, by its terms, rising.
    pub(crate) fn add_phrasing(
        &mut self,
        terms: &[TermId],
        is_negated: bool,
        directions: Vec<Direction>,
        particles: Vec<(TermId, Particle)>,
    ) {
        self.add_own(terms);
        self.profile.2.extend_from_slice(terms);
        self.profile.3.push(u32::try_from(self.profile.2.len()).unwrap_or(u32::MAX));
        self.negations.push(is_negated);
        self.directions.extend(directions);
        self.particles.extend(particles);
    }

    /// Adds the terms of the answer.
    pub(crate) fn add_answer(&mut self, terms: Vec<TermId>, lacks_number: bool) {
        self.profile.1 = terms;
        self.lacks_number = lacks_number;
    }

    #[expect(clippy::cast_precision_loss, reason = "an entry has fewer than 2^24 phrasings")]
    /// `weight` is how much a term tells.
    pub(crate) fn finish(self, weight: impl Fn(TermId) -> f32) -> Profile {
        let (own, answer, phrasings, ends) = self.profile;
        let phrasing_count = ends.len();
        let own = sorted(own);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let phrasings = || starts.clone().zip(&ends).map(|(start, end)| &phrasings[start as usize..*end as usize]);
        let weights = phrasings().map(|terms| terms.iter().map(|term| weight(*term)).sum()).collect();
        let (having, ends) = transposed(phrasings(), &own);
        Profile {
            negated: self.negations.iter().filter(|is| **is).count() as f32 / phrasing_count.max(1) as f32,
            negations: self.negations.into(),
            having,
            ends,
            weights,
            own,
            answer: sorted(answer),
            directions: sorted(self.directions),
            particles: sorted(self.particles),
            lacks_number: self.lacks_number,
            takes_names: is_open(self.names, phrasing_count),
            takes_numbers: is_open(self.numbers, phrasing_count),
        }
    }
}

/// Whether details of a kind differ from phrasing to phrasing: at least four stand in a single one
/// each, and such are in one of so many.
fn is_open(mut details: Vec<TermId>, phrasing_count: usize) -> bool {
    const ONE_IN: usize = 8;
    const LEAST: usize = 4;
    details.sort_unstable();
    let single = details.chunk_by(|a, b| a == b).filter(|run| run.len() == 1).count();
    single >= LEAST && single * ONE_IN >= phrasing_count
}

/// For each of the terms in `own`, the places of the phrasings that have it, and where these end.
fn transposed<'p>(phrasings: impl Iterator<Item = &'p [TermId]>, own: &[TermId]) -> (Box<[u32]>, Box<[u32]>) {
    let of_phrasing = |(phrasing, terms): (u32, &'p [TermId])| {
        terms.iter().filter_map(move |term| Some((own.binary_search(term).ok()?, phrasing)))
    };
    let mut pairs: Vec<(usize, u32)> = (0..).zip(phrasings).flat_map(of_phrasing).collect();
    pairs.sort_unstable();
    let end = |place: usize| u32::try_from(pairs.partition_point(|(other, _)| *other <= place)).unwrap_or(u32::MAX);
    let ends = (0..own.len()).map(end).collect();
    (pairs.into_iter().map(|(_, phrasing)| phrasing).collect(), ends)
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Box<[T]> {
    items.sort_unstable();
    items.dedup();
    items.into()
}

impl Profile {
    /// Whether the entry is asked for with the term.
    pub(crate) fn has_own(&self, term: TermId) -> bool {
        self.own.binary_search(&term).is_ok()
    }

    /// Whether the answer has the term.
    pub(crate) fn answers_with(&self, term: TermId) -> bool {
        self.answer.binary_search(&term).is_ok()
    }

    /// The place of a term among those of the question, the phrasings and the keywords.
    pub(crate) fn place_of(&self, term: TermId) -> Option<usize> {
        self.own.binary_search(&term).ok()
    }

    /// The phrasings that have the term at a place.
    pub(crate) fn phrasings_with(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.having[start as usize..self.ends[place] as usize]
    }

    /// What the terms of each phrasing weigh together.
    pub(crate) fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Whether each phrasing has a negation.
    pub(crate) fn negations(&self) -> &[bool] {
        &self.negations
    }

    /// Whether the two are told in this direction.
    pub(crate) fn has_direction(&self, direction: Direction) -> bool {
        self.directions.binary_search(&direction).is_ok()
    }

    /// The particles that stand behind a verb.
    pub(crate) fn particles_of(&self, verb: TermId) -> impl Iterator<Item = Particle> {
        let start = self.particles.partition_point(|(other, _)| *other < verb);
        self.particles[start..].iter().take_while(move |(other, _)| *other == verb).map(|(_, particle)| *particle)
    }
}

heap_bytes!(Profile {
    own, answer, having, ends, weights, negations, directions, particles
} but negated, lacks_number, takes_names, takes_numbers);
