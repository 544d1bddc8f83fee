//! Who does what to whom: the direction between two things that a text tells of.
//!
//! "Why did A attack B" and "why did B attack A" have the same words. A direction is a pair of
//! terms with the one that acts, gives or comes first in front: the subject and object of a verb,
//! also in the passive, and the two ends of from … to. It is read from the order of words alone, so
//! it is no grammar; it only has to be read the same way from a question and from the phrasings
//! that the question is compared with.

use crate::ids::TermId;
use footnote_knowledge::no_heap_bytes;

/// A word of a text as far as directions go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoleWord<'t> {
    /// The folded word.
    pub(crate) text: &'t str,
    /// Its term, if it is one that something can be done by or to.
    pub(crate) term: Option<TermId>,
    /// Whether it is a verb more often than not.
    pub(crate) is_verb: bool,
}

/// From the first to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Direction {
    pub(crate) from: TermId,
    pub(crate) to: TermId,
    /// Whether it leads from somewhere to somewhere else, instead of from somebody who acts to
    /// somebody else.
    pub(crate) is_path: bool,
}

impl Direction {
    /// The other way around.
    pub(crate) fn turned(self) -> Self {
        Self { from: self.to, to: self.from, ..self }
    }
}

/// How many words from a verb or preposition its nouns are looked for.
const REACH: usize = 4;

const PREPOSITIONS: [&str; 14] =
    ["about", "according", "after", "against", "at", "before", "by", "during", "for", "from", "in", "of", "to", "with"];

const FORMS_OF_BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "got"];

/// Behind one of these and somebody or something comes a verb: did they attack.
const AUXILIARIES: [&str; 12] =
    ["can", "could", "did", "do", "does", "may", "might", "must", "should", "will", "would", "shall"];

/// Marks words as verbs that are something else more often: attack, in "why did they attack".
pub(crate) fn mark_verbs_of_auxiliaries(words: &mut [RoleWord<'_>], can_be_verb: impl Fn(usize) -> bool) {
    for auxiliary in 0..words.len() {
        if !AUXILIARIES.contains(&words[auxiliary].text) {
            continue;
        }
        let behind = auxiliary + 1..words.len().min(auxiliary + 2 + REACH);
        let Some(subject) = behind.clone().find(|place| words[*place].term.is_some()) else { continue };
        if let Some(verb) = (subject + 1..behind.end).find(|place| words[*place].is_verb || can_be_verb(*place)) {
            words[verb].is_verb = true;
        }
    }
}

/// The directions that a text tells of.
pub(crate) fn directions(words: &[RoleWord<'_>]) -> Vec<Direction> {
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let pair = match word.text {
            // According to somebody leads nowhere.
            "to" | "into" if words[..place].last().is_none_or(|before| before.text != "according") => {
                ends(words, place)
            }
            "by" => agent(words, place),
            _ if word.is_verb && !has_agent(words, place) => subject_and_object(words, place),
            _ => None,
        };
        if let Some((from, to)) = pair
            && from != to
        {
            found.push(Direction { from, to, is_path: matches!(word.text, "to" | "into") });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// From X to Y, X to Y, and to Y from X.
fn ends(words: &[RoleWord<'_>], to: usize) -> Option<(TermId, TermId)> {
    let target = noun_after(words, to)?;
    if let Some(from) = words[to + 1..].iter().take(REACH).position(|word| word.text == "from") {
        return Some((noun_after(words, to + 1 + from)?, target));
    }
    let before = words[..to].iter().rev().take(REACH).position(|word| word.text == "from");
    let origin = match before {
        Some(distance) => noun_after(&words[..to], to - 1 - distance)?,
        // "int to string": right in front of it, and no verb.
        None => words[to.checked_sub(1)?].term.filter(|_| !words[to - 1].is_verb)?,
    };
    Some((origin, target))
}

/// X was done by Y, and the doing of X by Y: Y acts on X.
fn agent(words: &[RoleWord<'_>], by: usize) -> Option<(TermId, TermId)> {
    let agent = noun_after(words, by)?;
    let patient = words[..by].iter().rev().find(|word| word.term.is_some() && !word.is_verb)?.term?;
    Some((agent, patient))
}

/// Whether a verb is in the passive and says by whom.
fn has_agent(words: &[RoleWord<'_>], verb: usize) -> bool {
    let is_passive = words[..verb].iter().rev().take(3).any(|word| FORMS_OF_BE.contains(&word.text));
    let names_agent = words[verb + 1..].iter().take(REACH).any(|word| word.text == "by");
    is_passive && names_agent || words.get(verb + 1).is_some_and(|word| word.text == "by")
}

fn subject_and_object(words: &[RoleWord<'_>], verb: usize) -> Option<(TermId, TermId)> {
    let subject = words[..verb].iter().rev().take(REACH).find(|word| word.term.is_some() && !word.is_verb)?.term?;
    // Behind a preposition stands no object.
    let mut behind = words[verb + 1..].iter().take(REACH).take_while(|word| !PREPOSITIONS.contains(&word.text));
    let object = behind.find(|word| word.term.is_some() && !word.is_verb)?.term?;
    Some((subject, object))
}

fn noun_after(words: &[RoleWord<'_>], place: usize) -> Option<TermId> {
    words[place + 1..].iter().take(REACH).find(|word| word.term.is_some() && !word.is_verb)?.term
}

no_heap_bytes!(Direction);

#[cfg(test)]
mod tests {
    use super::*;

    /// Nouns are single capitals, verbs begin with a v.
    fn read(text: &str) -> Vec<Direction> {
        let words: Vec<RoleWord<'_>> = text
            .split(' ')
            .map(|text| {
                let noun = text.chars().next().filter(|c| c.is_uppercase()).map(|c| TermId::new(c as usize));
                let is_verb = text.starts_with('v');
                RoleWord { text, term: noun.or(is_verb.then(|| TermId::new(1))), is_verb }
            })
            .collect();
        directions(&words)
    }

    #[test]
    fn a_subject_stands_before_its_verb_and_an_object_behind_it() {
        assert_eq!(read("why did A v B"), read("A v the B"));
        assert_ne!(read("why did A v B"), read("why did B v A"));
    }

    #[test]
    fn behind_an_auxiliary_and_its_subject_comes_a_verb() {
        let word = |text, term: Option<usize>| RoleWord { text, term: term.map(TermId::new), is_verb: false };
        let mut words = [word("did", None), word("they", Some(1)), word("attack", Some(2)), word("base", Some(3))];
        mark_verbs_of_auxiliaries(&mut words, |place| place >= 2);
        assert_eq!(words.map(|word| word.is_verb), [false, false, true, false]);
    }

    #[test]
    fn the_passive_turns_them_around() {
        assert_eq!(read("why was B v by A"), read("why did A v B"));
        assert_eq!(read("the vs of B by A"), read("A v B"));
    }

    #[test]
    fn from_one_to_the_other_has_a_direction() {
        assert_eq!(read("how do i v from A to B"), read("v to B from A"));
        assert_eq!(read("A to B"), read("v A to B"));
        assert_ne!(read("from A to B"), read("from B to A"));
    }

    #[test]
    fn a_single_noun_has_none() {
        assert!(read("how do i v A").is_empty());
        assert!(read("who v A").is_empty());
    }
}
