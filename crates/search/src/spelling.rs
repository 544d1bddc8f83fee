//! Correcting spelling: kforr is kfor, kosvo is kosovo, milosovic is milosevic.
//!
//! Candidates come from deletions: two words within n edits of each other share a form with at most
//! n letters deleted from each (the symmetric delete method of SymSpell,
//! <https://github.com/wolfgarbe/SymSpell>), so a look-up takes a few hashes, whatever the size of
//! the vocabulary. Letters are deleted from the beginning of a word only, which keeps the forms of
//! long words few. What was found is then judged by how likely the slip is: doubled letters,
//! swapped letters, neighbouring keys and similar sounds cost less than an arbitrary letter. With
//! that, a word may simply be another word, and a question about it must not be answered.

use footnote_knowledge::heap_bytes;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::analyzer::Word;
use crate::lexicon::Lexicon;
use crate::tuning::{SlipCost, SpellingTuning};

/// The longest word that is looked at, in characters: it bounds the work on one word, and a longer
/// one is no word that somebody mistyped.
const LONGEST: usize = 32;

/// Knows the words of a base and finds the one that a misspelt word stands for. Immutable.
#[derive(Debug)]
pub(crate) struct Speller {
    words: Vec<Spelling>,
    /// Every word, with whether it is one of the language's small ones.
    known: HashMap<Box<str>, bool, FxBuildHasher>,
    /// The hash of each form of a word's beginning, with the word's place; sorted. Words that share
    /// a hash by chance are told apart when they are judged.
    forms: Vec<(u32, u32)>,
    costs: Costs,
}

/// A word that may have been meant.
#[derive(Debug)]
struct Spelling {
    letters: Box<[char]>,
    /// How often the base uses it.
    frequency: u32,
    is_function_word: bool,
}

impl Speller {
    /// Prepares the look-up for the words of a base and the language's function words.
    pub(crate) fn new<'a>(
        lexicon: &'a Lexicon,
        function_words: impl Iterator<Item = &'a str>,
        tuning: SpellingTuning,
    ) -> Self {
        let mut frequencies: HashMap<&str, (u32, bool), FxBuildHasher> = HashMap::default();
        for word in lexicon.words() {
            frequencies.entry(&word.text).or_default().0 += word.frequency;
        }
        for word in function_words {
            frequencies.entry(word).or_default().1 = true;
        }
        let mut sorted: Vec<(&str, (u32, bool))> = frequencies.into_iter().collect();
        sorted.sort_unstable();
        let known = sorted.iter().map(|(word, (_, is_function_word))| (Box::from(*word), *is_function_word)).collect();
        let spelling = |(word, (frequency, is_function_word)): (&str, (u32, bool))| Spelling {
            letters: word.chars().collect(),
            frequency,
            is_function_word,
        };
        let words: Vec<Spelling> = sorted.into_iter().map(spelling).collect();
        let mut forms = Vec::new();
        for (place, word) in (0..).zip(&words) {
            for_each_form(&word.letters, &tuning, |form| forms.push((form, place)));
        }
        forms.sort_unstable();
        forms.dedup();
        forms.shrink_to_fit();
        Self { words, known, forms, costs: Costs::new(tuning) }
    }

    /// Whether it is one of the language's small words.
    pub(crate) fn is_function_word(&self, word: &str) -> bool {
        self.known.get(word).is_some_and(|is_function_word| *is_function_word)
    }

    /// The known word that was most likely meant; `None` if the word is known, or nothing is near
    /// it.
    pub(crate) fn correct(&self, word: &Word) -> Option<Word> {
        if self.known.contains_key(&*word.text) {
            return None;
        }
        let letters: Vec<char> = word.text.chars().take(LONGEST + 1).collect();
        let is_word = letters.len() > 2 && letters.len() <= LONGEST && letters.iter().all(|c| c.is_alphabetic());
        if !is_word {
            return None;
        }
        let (cost, meant) = self.most_likely(&letters)?;
        let likelihood = word.likelihood * self.costs.likelihood(cost);
        Some(Word { text: meant.letters.iter().collect(), likelihood, ..word.clone() })
    }

    /// The known word with the lowest slip cost; of equals the most frequent, then the first.
    fn most_likely(&self, letters: &[char]) -> Option<(SlipCost, &Spelling)> {
        let mut places: Vec<u32> = Vec::new();
        for_each_form(letters, &self.costs.tuning, |form| places.extend(self.words_with(form)));
        places.sort_unstable();
        places.dedup();
        let words = places.into_iter().map(|place| &self.words[place as usize]);
        let judged = words.filter_map(|word| Some((self.costs.slip(letters, word)?, word)));
        judged.min_by_key(|(cost, word)| (*cost, std::cmp::Reverse(word.frequency)))
    }

    fn words_with(&self, form: u32) -> impl Iterator<Item = u32> {
        let start = self.forms.partition_point(|(other, _)| *other < form);
        self.forms[start..].iter().take_while(move |(other, _)| *other == form).map(|(_, place)| *place)
    }
}

/// Hands out the hashes of the beginning of a word and of its forms with as many letters deleted as
/// slips are looked for in a word of its length, some of them more than once.
fn for_each_form(letters: &[char], tuning: &SpellingTuning, mut take: impl FnMut(u32)) {
    let beginning = &letters[..letters.len().min(tuning.prefix)];
    let none = beginning.len();
    take(hash_without(beginning, none, none));
    if letters.len() > LONGEST {
        return;
    }
    for first in 0..beginning.len() {
        take(hash_without(beginning, first, none));
        if most_slips(letters.len(), tuning) > 1 {
            for second in first + 1..beginning.len() {
                take(hash_without(beginning, first, second));
            }
        }
    }
}

/// A multiplicative hash, whose highest bits are the best.
fn hash_without(letters: &[char], first: usize, second: usize) -> u32 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let kept = letters.iter().enumerate().filter(|(place, _)| *place != first && *place != second);
    let mixed = kept.fold(0_u64, |hash, (_, letter)| {
        (hash.rotate_left(5) ^ u64::from(u32::from(*letter))).wrapping_mul(MULTIPLIER)
    });
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// Two slips in a long word leave enough of it; in a short one they make another word.
fn most_slips(length: usize, tuning: &SpellingTuning) -> usize {
    if length < tuning.two_slips_from { 1 } else { 2 }
}

/// What slips cost.
#[derive(Debug)]
struct Costs {
    tuning: SpellingTuning,
    /// For each letter from a to z that was typed and each that was meant.
    replacements: [[SlipCost; LATIN_LETTERS]; LATIN_LETTERS],
}

const LATIN_LETTERS: usize = 26;

impl Costs {
    fn new(tuning: SpellingTuning) -> Self {
        let mut replacements = [[tuning.unlikely_replacement; LATIN_LETTERS]; LATIN_LETTERS];
        for (typed, costs) in ('a'..='z').zip(&mut replacements) {
            for (meant, cost) in ('a'..='z').zip(costs) {
                if typed == meant {
                    *cost = 0;
                } else if sound_similar(typed, meant) || are_neighbours(typed, meant) {
                    *cost = tuning.likely_replacement;
                }
            }
        }
        Self { tuning, replacements }
    }

    /// How likely a word was meant that lies so far from what was typed, above 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "costs are small")]
    fn likelihood(&self, cost: SlipCost) -> f32 {
        self.tuning.likelihood_per_slip.powf(cost as f32 / self.tuning.gap as f32)
    }

    /// The highest cost at which what was typed is taken for a slip.
    fn allowed(&self, typed: &[char], meant: &Spelling) -> SlipCost {
        if typed.len() <= 4 && meant.is_function_word {
            return self.tuning.allowed_of_function_word;
        }
        self.tuning.allowed[typed.len().min(self.tuning.allowed.len() - 1)]
    }

    /// What it costs to have typed `typed` for a word, `None` if that is too unlikely. An optimal
    /// string alignment distance with weighted edits, row by row.
    fn slip(&self, typed: &[char], word: &Spelling) -> Option<SlipCost> {
        let meant = &word.letters;
        if meant.len() < 3 || meant.len().abs_diff(typed.len()) > most_slips(typed.len(), &self.tuning) {
            return None;
        }
        let allowed = self.allowed(typed, word);
        let first_letter = if typed[0] == meant[0] { 0 } else { self.tuning.first_letter };
        let mut before_last = [0; LONGEST + 3];
        let mut last = [0; LONGEST + 3];
        let mut row = [0; LONGEST + 3];
        for column in 1..=meant.len() {
            last[column] = last[column - 1] + self.gap(meant, column - 1);
        }
        for typed_end in 1..=typed.len() {
            let left_over = self.gap(typed, typed_end - 1);
            row[0] = last[0] + left_over;
            let mut lowest = row[0];
            for column in 1..=meant.len() {
                let inserted = last[column] + left_over;
                let left_out = row[column - 1] + self.gap(meant, column - 1);
                let replaced = last[column - 1] + self.replacement(typed[typed_end - 1], meant[column - 1]);
                let mut cost = inserted.min(left_out).min(replaced);
                if is_swap(&typed[..typed_end], &meant[..column]) {
                    cost = cost.min(before_last[column - 2] + self.tuning.swap);
                }
                row[column] = cost;
                lowest = lowest.min(cost);
            }
            // The cheapest way to the end leads over this row, or by a swap over the one before.
            if lowest > allowed + self.tuning.swap {
                return None;
            }
            (before_last, last, row) = (last, row, before_last);
        }
        let cost = last[meant.len()] + first_letter;
        (cost <= allowed).then_some(cost)
    }

    fn gap(&self, letters: &[char], index: usize) -> SlipCost {
        let is_doubled = index > 0 && letters[index - 1] == letters[index];
        if is_doubled { self.tuning.doubling } else { self.tuning.gap }
    }

    fn replacement(&self, typed: char, meant: char) -> SlipCost {
        match (latin_index(typed), latin_index(meant)) {
            (Some(typed), Some(meant)) => self.replacements[typed][meant],
            _ if typed == meant => 0,
            _ => self.tuning.unlikely_replacement,
        }
    }
}

/// Whether the last two letters are those of the other, the other way round.
fn is_swap(typed: &[char], meant: &[char]) -> bool {
    matches!((typed, meant), ([.., a, b], [.., c, d]) if a == d && b == c)
}

/// The place of a letter from a to z.
fn latin_index(letter: char) -> Option<usize> {
    letter.is_ascii_lowercase().then(|| letter as usize - 'a' as usize)
}

fn sound_similar(a: char, b: char) -> bool {
    const GROUPS: [&str; 6] = ["aeiouy", "ckqsz", "vwf", "bp", "dt", "gj"];
    GROUPS.iter().any(|group| group.contains(a) && group.contains(b))
}

/// Whether two keys touch on the QWERTY layout.
fn are_neighbours(a: char, b: char) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |key: char| ROWS.iter().enumerate().find_map(|(row, keys)| keys.find(key).map(|column| (row, column)));
    let (Some((row_a, column_a)), Some((row_b, column_b))) = (place(a), place(b)) else { return false };
    match row_a.abs_diff(row_b) {
        0 => column_a.abs_diff(column_b) == 1,
        1 => {
            let (upper, lower) = if row_a < row_b { (column_a, column_b) } else { (column_b, column_a) };
            upper == lower || upper == lower + 1
        }
        _ => false,
    }
}

heap_bytes!(Speller { words, known, forms } but costs);
heap_bytes!(Spelling { letters } but frequency, is_function_word);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::LexiconBuilder;

    fn correct(typed: &str) -> String {
        let mut lexicon = LexiconBuilder::default();
        for word in ["kfor", "kosovo", "milosevic", "arrive", "deploy", "most", "coast", "war", "recognise", "thaci"] {
            lexicon.add(&Word::plain(word));
        }
        let lexicon = lexicon.finish(|_| None);
        let speller = Speller::new(&lexicon, ["when", "what", "how"].into_iter(), SpellingTuning::default());
        let typed = Word::plain(typed);
        speller.correct(&typed).unwrap_or(typed).text
    }

    #[test]
    fn slips_are_corrected() {
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
