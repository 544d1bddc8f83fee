//! Mending typing errors: kforr is kfor, kosvo is kosovo, milosovic is milosevic.
//!
//! Candidates come from deletions: two words within n edits of each other share a form with at most n letters deleted
//! from each (the symmetric delete method of SymSpell, <https://github.com/wolfgarbe/SymSpell>), so a look-up takes a few
//! hashes, whatever the size of the vocabulary. Letters are deleted from the beginning of a word only, which keeps the forms of
//! long words few. What was found is then judged by how likely the slip is: doubled letters, swapped letters, neighbouring keys
//! and sound-alikes cost less than an arbitrary letter, for which a word may simply be another word, and a question about it
//! must not be answered.

use std::collections::HashMap;
use std::hash::Hasher;

use rustc_hash::{FxBuildHasher, FxHasher};

use super::analyzer::Word;

/// The longest word that is looked at, in characters: a longer one is no word that somebody mistyped.
const LONGEST: usize = 32;

/// From how many letters at the beginning of a word the forms are made.
const PREFIX: usize = 7;

/// How much of a mended word counts, at a slip of cost 1: it may have been another word after all.
const CERTAINTY_PER_SLIP: f32 = 0.88;

/// Knows the words of a base and finds the one that a misspelt word stands for. Immutable.
#[derive(Debug)]
pub(super) struct Speller {
    words: Vec<KnownWord>,
    numbers: HashMap<Box<str>, u32, FxBuildHasher>,
    /// The hash of each form of a word's beginning, with the word's number; sorted. Words that share a hash by chance are told
    /// apart when they are judged.
    forms: Vec<(u64, u32)>,
}

#[derive(Debug)]
struct KnownWord {
    letters: Box<[char]>,
    /// How often the base uses it.
    frequency: u32,
    /// Whether it is one of the language's small words, of which even three letters tell enough.
    is_function_word: bool,
}

impl Speller {
    /// Prepares the look-up for the words of a base and the language's function words.
    pub(super) fn new<'a>(
        base_words: impl Iterator<Item = (&'a str, u32)>,
        function_words: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut frequencies: HashMap<&str, (u32, bool), FxBuildHasher> = HashMap::default();
        for (word, frequency) in base_words {
            frequencies.entry(word).or_default().0 += frequency;
        }
        for word in function_words {
            frequencies.entry(word).or_default().1 = true;
        }
        let mut sorted: Vec<(&str, (u32, bool))> = frequencies.into_iter().collect();
        sorted.sort_unstable();
        let mut speller =
            Self { words: Vec::with_capacity(sorted.len()), numbers: HashMap::default(), forms: Vec::new() };
        for (number, (word, (frequency, is_function_word))) in (0..).zip(sorted) {
            let letters: Box<[char]> = word.chars().collect();
            for_each_form(&letters, |form| speller.forms.push((form, number)));
            speller.numbers.insert(word.into(), number);
            speller.words.push(KnownWord { letters, frequency, is_function_word });
        }
        speller.forms.sort_unstable();
        speller.forms.dedup();
        speller
    }

    /// The word itself if it is known or nothing is near it; otherwise the known word that was most likely meant.
    pub(super) fn correct(&self, word: Word) -> Word {
        if self.numbers.contains_key(&*word.text) {
            return word;
        }
        let letters: Vec<char> = word.text.chars().collect();
        let is_word = letters.len() > 2 && letters.len() <= LONGEST && letters.iter().all(|c| c.is_alphabetic());
        if !is_word {
            return word;
        }
        match self.most_likely(&letters) {
            Some((cost, known)) => {
                let certainty = word.certainty * CERTAINTY_PER_SLIP.powf(cost);
                Word { text: known.letters.iter().collect(), certainty }
            }
            None => word,
        }
    }

    /// The known word with the lowest slip cost, of equals the most frequent.
    fn most_likely(&self, letters: &[char]) -> Option<(f32, &KnownWord)> {
        let mut best: Option<(f32, &KnownWord)> = None;
        let mut costs = Vec::new();
        for candidate in self.candidates(letters) {
            let Some(cost) = slip_cost(letters, candidate, &mut costs) else { continue };
            let better = best.is_none_or(|(lowest, other)| {
                cost < lowest || ((cost - lowest).abs() < f32::EPSILON && candidate.frequency > other.frequency)
            });
            if better {
                best = Some((cost, candidate));
            }
        }
        best
    }

    /// The words that share a form with the letters, in their order.
    fn candidates(&self, letters: &[char]) -> impl Iterator<Item = &KnownWord> {
        let mut numbers: Vec<u32> = Vec::new();
        for_each_form(letters, |form| {
            let start = self.forms.partition_point(|(other, _)| *other < form);
            let found = self.forms[start..].iter().take_while(|(other, _)| *other == form);
            numbers.extend(found.map(|(_, number)| *number));
        });
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| &self.words[number as usize])
    }
}

/// Hands out the hashes of the beginning of a word and of its forms with as many letters deleted as slips are looked for in a
/// word of its length, some of them more than once.
fn for_each_form(letters: &[char], mut take: impl FnMut(u64)) {
    let beginning = &letters[..letters.len().min(PREFIX)];
    let none = beginning.len();
    take(hash_without(beginning, none, none));
    if letters.len() > LONGEST {
        return;
    }
    for first in 0..beginning.len() {
        take(hash_without(beginning, first, none));
        if most_edits(letters.len()) > 1 {
            for second in first + 1..beginning.len() {
                take(hash_without(beginning, first, second));
            }
        }
    }
}

fn hash_without(letters: &[char], first: usize, second: usize) -> u64 {
    let mut hasher = FxHasher::default();
    for (_, letter) in letters.iter().enumerate().filter(|(place, _)| *place != first && *place != second) {
        hasher.write_u32(u32::from(*letter));
    }
    hasher.finish()
}

/// Two slips in a long word leave enough of it; in a short one they make another word. A word and its misspelling may
/// fall on both sides of the boundary, so it lies below the length from which two slips are allowed.
fn most_edits(length: usize) -> usize {
    match length {
        0..=6 => 1,
        _ => 2,
    }
}

/// The highest cost at which a word of this many letters is taken for a slip.
fn allowed_cost(typed: &[char], known: &KnownWord) -> f32 {
    match typed.len() {
        0..=4 if known.is_function_word => 1.0,
        0..=3 => 0.0,
        4 => 0.9,
        5 => 1.0,
        6 | 7 => 1.5,
        _ => 2.3,
    }
}

/// What it costs to have typed `typed` for the known word, `None` where that is too unlikely. An optimal string alignment
/// distance with weighted edits.
/// `costs` is memory to work in.
fn slip_cost(typed: &[char], known: &KnownWord, costs: &mut Vec<f32>) -> Option<f32> {
    let meant = &known.letters;
    if meant.len() < 3 || meant.len().abs_diff(typed.len()) > most_edits(typed.len()) {
        return None;
    }
    let width = meant.len() + 1;
    costs.clear();
    costs.resize((typed.len() + 1) * width, 0.0);
    for column in 1..width {
        costs[column] = costs[column - 1] + gap_cost(meant, column - 1);
    }
    for row in 1..=typed.len() {
        costs[row * width] = costs[(row - 1) * width] + gap_cost(typed, row - 1);
        for column in 1..width {
            let (above, here) = ((row - 1) * width + column, row * width + column);
            let inserted = costs[above] + gap_cost(typed, row - 1);
            let left_out = costs[here - 1] + gap_cost(meant, column - 1);
            let replaced = costs[above - 1] + replacement_cost(typed[row - 1], meant[column - 1]);
            costs[here] = inserted.min(left_out).min(replaced);
            if row > 1 && column > 1 && typed[row - 1] == meant[column - 2] && typed[row - 2] == meant[column - 1] {
                costs[here] = costs[here].min(costs[above - width - 2] + SWAP_COST);
            }
        }
    }
    let mut cost = costs[costs.len() - 1];
    if typed[0] != meant[0] {
        cost += FIRST_LETTER_COST;
    }
    (cost <= allowed_cost(typed, known)).then_some(cost)
}

const SWAP_COST: f32 = 0.8;
const DOUBLING_COST: f32 = 0.6;
const LIKELY_REPLACEMENT_COST: f32 = 0.9;
const UNLIKELY_REPLACEMENT_COST: f32 = 1.4;
/// People rarely miss the first letter; a word that differs there is often another word.
const FIRST_LETTER_COST: f32 = 0.4;

/// A letter too many or too few; a doubled one is the most common slip of all.
fn gap_cost(letters: &[char], index: usize) -> f32 {
    let doubled = index > 0 && letters[index - 1] == letters[index];
    if doubled { DOUBLING_COST } else { 1.0 }
}

fn replacement_cost(typed: char, meant: char) -> f32 {
    if typed == meant {
        0.0
    } else if sound_alike(typed, meant) || neighbours(typed, meant) {
        LIKELY_REPLACEMENT_COST
    } else {
        UNLIKELY_REPLACEMENT_COST
    }
}

fn sound_alike(a: char, b: char) -> bool {
    const GROUPS: [&str; 6] = ["aeiouy", "ckqsz", "vwf", "bp", "dt", "gj"];
    GROUPS.iter().any(|group| group.contains(a) && group.contains(b))
}

/// Whether two keys touch on the QWERTY layout.
fn neighbours(a: char, b: char) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |key: char| ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(key).map(|column| (row, column)));
    match (place(a), place(b)) {
        (Some((row_a, column_a)), Some((row_b, column_b))) => match row_a.abs_diff(row_b) {
            0 => column_a.abs_diff(column_b) == 1,
            1 => {
                let (upper, lower) = if row_a < row_b { (column_a, column_b) } else { (column_b, column_a) };
                upper == lower || upper == lower + 1
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correct(typed: &str) -> String {
        let base = ["kfor", "kosovo", "milosevic", "arrive", "deploy", "most", "coast", "war", "recognise", "thaci"];
        let speller = Speller::new(base.into_iter().map(|word| (word, 1)), ["when", "what", "how"].into_iter());
        speller.correct(Word { text: typed.to_owned(), certainty: 1.0 }).text
    }

    #[test]
    fn slips_are_mended() {
        let slips = [
            ("kforr", "kfor"),
            ("kfro", "kfor"),
            ("kosvo", "kosovo"),
            ("kosova", "kosovo"),
            ("milosovic", "milosevic"),
            ("arive", "arrive"),
            ("wen", "when"),
            ("wat", "what"),
            ("recgonise", "recognise"),
            ("thachi", "thaci"),
        ];
        for (typed, meant) in slips {
            assert_eq!(correct(typed), meant);
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in ["cost", "wars", "champions", "car", "asdfgh", "destroy", "for"] {
            assert_eq!(correct(word), word);
        }
    }

    #[test]
    fn a_known_word_is_never_changed() {
        assert_eq!(correct("most"), "most");
        assert_eq!(correct("war"), "war");
    }
}
