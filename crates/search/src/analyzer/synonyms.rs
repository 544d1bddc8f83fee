//! Words and phrases that mean the same across the whole base share one term.
//!
//! Joining both sides at analysis costs nothing when searching and needs no expansion of the
//! question. The price is that the members of a group can no longer be told apart, so a group holds
//! only what is interchangeable everywhere. What is so for one entry alone belongs in its
//! phrasings.

use footnote_knowledge::heap_bytes;
use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::term::Term;

/// From sequences of stems to the name of their group.
#[derive(Debug, Default)]
pub(super) struct SynonymTable {
    /// The phrases by their first stem, longest first.
    phrases: HashMap<Box<str>, Vec<Phrase>, FxBuildHasher>,
}

#[derive(Debug)]
struct Phrase {
    /// The stems behind the first one.
    rest: Vec<String>,
    /// The term that takes the phrase's place.
    group: Arc<str>,
}

impl SynonymTable {
    /// Adds phrases, as stems, that all mean the first of them.
    pub(super) fn add_group(&mut self, phrases: Vec<Vec<String>>) {
        let Some(group) = phrases.iter().find(|phrase| !phrase.is_empty()).map(|phrase| phrase.join(" ")) else {
            return;
        };
        for phrase in phrases {
            let mut stems = phrase.into_iter();
            let Some(first) = stems.next().map(Box::from) else { continue };
            let alternatives = self.phrases.entry(first).or_default();
            alternatives.push(Phrase { rest: stems.collect(), group: group.as_str().into() });
            alternatives.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    /// Replaces each phrase of the table, the longest at each place, by its group's term.
    pub(super) fn join(&self, terms: Vec<Term>) -> Vec<Term> {
        if !terms.iter().any(|term| self.phrases.contains_key(&*term.text)) {
            return terms;
        }
        let mut joined = Vec::with_capacity(terms.len());
        let mut position = 0;
        while let Some(term) = terms.get(position) {
            let rest = &terms[position + 1..];
            let found =
                self.phrases.get(&*term.text).and_then(|phrases| phrases.iter().find(|phrase| phrase.begins(rest)));
            let length = 1 + found.map_or(0, |phrase| phrase.rest.len());
            let words = &terms[position..position + length];
            let likelihood = words.iter().map(|word| word.likelihood).fold(1.0, f32::min);
            let text = found.map_or_else(|| term.text.clone(), |phrase| phrase.group.clone());
            let words = term.words.start..words.last().map_or(term.words.end, |last| last.words.end);
            joined.push(Term { text, kind: term.kind, likelihood, words });
            position += length;
        }
        joined
    }
}

impl Phrase {
    fn begins(&self, terms: &[Term]) -> bool {
        terms.len() >= self.rest.len() && self.rest.iter().zip(terms).all(|(stem, term)| **stem == *term.text)
    }
}

heap_bytes!(SynonymTable { phrases });
heap_bytes!(Phrase { rest, group });
