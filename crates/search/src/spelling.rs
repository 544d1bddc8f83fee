//! Mending typing errors: kforr is kfor, kosvo is kosovo, milosovic is milosevic.
//!
//! Candidates come from deletions: two words within n edits of each other share a form with at most
//! n letters deleted from each (the symmetric delete method of SymSpell,
//! <https://github.com/wolfgarbe/SymSpell>), so a look-up takes a few hashes, whatever the size of
//! the vocabulary. Letters are deleted from the beginning of a word only, which keeps the forms of
//! long words few. What was found is then judged by how likely the slip is: doubled letters,
//! swapped letters, neighbouring keys and sound-alikes cost less than an arbitrary letter, for
//! which a word may simply be another word, and a question about it must not be answered.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::analyzer::Word;
use super::lexicon::Lexicon;

/// The longest word that is looked at, in characters: a longer one is no word that somebody
/// mistyped.
const LONGEST: usize = 32;

/// From how many letters at the beginning of a word the forms are made.
const PREFIX: usize = 7;

/// How much of a mended word counts, at a slip of cost 1: it may have been another word after all.
const CERTAINTY_PER_SLIP: f32 = 0.88;

/// What a slip costs, in tenths of an arbitrary letter too many.
type Cost = u32;

const GAP_COST: Cost = 10;
/// A doubled letter too many or too few is the most common slip of all.
const DOUBLING_COST: Cost = 6;
const SWAP_COST: Cost = 8;
const LIKELY_REPLACEMENT_COST: Cost = 9;
const UNLIKELY_REPLACEMENT_COST: Cost = 14;
/// People rarely miss the first letter; a word that differs there is often another word.
const FIRST_LETTER_COST: Cost = 4;

/// Knows the words of a base and finds the one that a misspelt word stands for. Immutable.
#[derive(Debug)]
pub(super) struct Speller {
    words: Vec<KnownWord>,
    known: HashSet<Box<str>, FxBuildHasher>,
    forms: Forms,
}

#[derive(Debug)]
struct KnownWord {
    letters: Box<[char]>,
    letter_set: LetterSet,
    /// How often the base uses it.
    frequency: u32,
    /// Whether it is one of the language's small words, of which even three letters tell enough.
    is_function_word: bool,
}

impl Speller {
    /// Prepares the look-up for the words of a base and the language's function words.
    pub(super) fn new<'a>(lexicon: &'a Lexicon, function_words: impl Iterator<Item = &'a str>) -> Self {
        let mut frequencies: HashMap<&str, (u32, bool), FxBuildHasher> = HashMap::default();
        for word in lexicon.words() {
            frequencies.entry(&word.text).or_default().0 += word.frequency;
        }
        for word in function_words {
            frequencies.entry(word).or_default().1 = true;
        }
        let mut sorted: Vec<(&str, (u32, bool))> = frequencies.into_iter().collect();
        sorted.sort_unstable();
        let mut words = Vec::with_capacity(sorted.len());
        let mut known = HashSet::default();
        let mut forms = Vec::new();
        for (number, (word, (frequency, is_function_word))) in (0..).zip(sorted) {
            let letters: Box<[char]> = word.chars().collect();
            for_each_form(&letters, |form| forms.push((form, number)));
            known.insert(word.into());
            words.push(KnownWord { letter_set: LetterSet::of(&letters), letters, frequency, is_function_word });
        }
        Self { words, known, forms: Forms::new(forms) }
    }

    /// The known word that was most likely meant; `None` where the word is known, or nothing is
    /// near it.
    pub(super) fn correct(&self, word: &Word) -> Option<Word> {
        if self.known.contains(&*word.text) {
            return None;
        }
        let letters: Vec<char> = word.text.chars().take(LONGEST + 1).collect();
        let is_word = letters.len() > 2 && letters.len() <= LONGEST && letters.iter().all(|c| c.is_alphabetic());
        if !is_word {
            return None;
        }
        let (cost, meant) = self.most_likely(&letters)?;
        let certainty = word.certainty * CERTAINTY_PER_SLIP.powf(in_letters(cost));
        Some(Word { text: meant.letters.iter().collect(), certainty })
    }

    /// The known word with the lowest slip cost, of equals the most frequent.
    fn most_likely(&self, letters: &[char]) -> Option<(Cost, &KnownWord)> {
        let letter_set = LetterSet::of(letters);
        let mut best: Option<(Cost, &KnownWord)> = None;
        for candidate in self.candidates(letters) {
            if candidate.letter_set.differs_too_much(letter_set, most_edits(letters.len())) {
                continue;
            }
            let Some(cost) = slip_cost(letters, candidate) else { continue };
            let is_better = best.is_none_or(|(lowest, other)| {
                cost < lowest || (cost == lowest && candidate.frequency > other.frequency)
            });
            if is_better {
                best = Some((cost, candidate));
            }
        }
        best
    }

    /// The words that share a form with the letters, in their order.
    fn candidates(&self, letters: &[char]) -> impl Iterator<Item = &KnownWord> {
        let mut numbers: Vec<u32> = Vec::new();
        for_each_form(letters, |form| numbers.extend(self.forms.words_with(form)));
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| &self.words[number as usize])
    }
}

#[expect(clippy::cast_precision_loss, reason = "costs are small")]
fn in_letters(cost: Cost) -> f32 {
    cost as f32 / GAP_COST as f32
}

/// The hash of each form of a word's beginning, with the word's number; sorted. Words that share a
/// hash by chance are told apart when they are judged.
#[derive(Debug)]
struct Forms {
    sorted: Vec<(u32, u32)>,
    /// Where the hashes with each value of the highest bits begin, and one more for the end: hashes
    /// are spread evenly, so that these bits lead next to the place.
    starts: Vec<u32>,
    /// By how many bits a hash is shifted to get the highest.
    shift: u32,
}

impl Forms {
    fn new(mut forms: Vec<(u32, u32)>) -> Self {
        forms.sort_unstable();
        forms.dedup();
        let bits = forms.len().max(2).ilog2();
        let shift = u32::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (form, _) in &forms {
            starts[(form >> shift) as usize + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        Self { sorted: forms, starts, shift }
    }

    fn words_with(&self, form: u32) -> impl Iterator<Item = u32> {
        let bucket = (form >> self.shift) as usize;
        let bucket = &self.sorted[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        bucket.iter().filter(move |(other, _)| *other == form).map(|(_, number)| *number)
    }
}

/// Hands out the hashes of the beginning of a word and of its forms with as many letters deleted as
/// slips are looked for in a word of its length, some of them more than once.
fn for_each_form(letters: &[char], mut take: impl FnMut(u32)) {
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

/// A multiplicative hash, whose highest bits are the best.
fn hash_without(letters: &[char], first: usize, second: usize) -> u32 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let kept = letters.iter().enumerate().filter(|(place, _)| *place != first && *place != second);
    let mixed = kept.fold(0_u64, |hash, (_, letter)| {
        (hash.rotate_left(5) ^ u64::from(u32::from(*letter))).wrapping_mul(MULTIPLIER)
    });
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// Which letters a word has, a bit each; those outside a to z share a few.
#[derive(Debug, Clone, Copy)]
struct LetterSet(u32);

impl LetterSet {
    fn of(letters: &[char]) -> Self {
        const OTHERS: u32 = u32::BITS - LATIN_LETTERS;
        let bit = |letter: &char| {
            let latin = latin_index(*letter).and_then(|index| u32::try_from(index).ok());
            latin.unwrap_or(LATIN_LETTERS + u32::from(*letter) % OTHERS)
        };
        Self(letters.iter().fold(0, |set, letter| set | 1 << bit(letter)))
    }

    /// Whether it takes more edits than these to get from one set to the other: an edit takes one
    /// letter away and adds another.
    fn differs_too_much(self, other: Self, edits: usize) -> bool {
        (self.0 ^ other.0).count_ones() as usize > 2 * edits
    }
}

/// Two slips in a long word leave enough of it; in a short one they make another word. A word and
/// its misspelling may fall on both sides of the boundary, so it lies below the length from which
/// two slips are allowed.
fn most_edits(length: usize) -> usize {
    match length {
        0..=6 => 1,
        _ => 2,
    }
}

/// The highest cost at which a word of this many letters is taken for a slip.
fn allowed_cost(typed: &[char], known: &KnownWord) -> Cost {
    match typed.len() {
        0..=4 if known.is_function_word => 10,
        0..=3 => 0,
        4 => 9,
        5 => 10,
        6 | 7 => 15,
        _ => 23,
    }
}

/// What it costs to have typed `typed` for the known word, `None` where that is too unlikely. An
/// optimal string alignment distance with weighted edits, row by row.
fn slip_cost(typed: &[char], known: &KnownWord) -> Option<Cost> {
    let meant = &known.letters;
    if meant.len() < 3 || meant.len().abs_diff(typed.len()) > most_edits(typed.len()) {
        return None;
    }
    let allowed = allowed_cost(typed, known);
    let first_letter = if typed[0] == meant[0] { 0 } else { FIRST_LETTER_COST };
    let mut before_last = [0; LONGEST + 3];
    let mut last = [0; LONGEST + 3];
    let mut row = [0; LONGEST + 3];
    for column in 1..=meant.len() {
        last[column] = last[column - 1] + gap_cost(meant, column - 1);
    }
    for typed_end in 1..=typed.len() {
        let left_over = gap_cost(typed, typed_end - 1);
        row[0] = last[0] + left_over;
        let mut lowest = row[0];
        for column in 1..=meant.len() {
            let inserted = last[column] + left_over;
            let left_out = row[column - 1] + gap_cost(meant, column - 1);
            let replaced = last[column - 1] + replacement_cost(typed[typed_end - 1], meant[column - 1]);
            let mut cost = inserted.min(left_out).min(replaced);
            if is_swap(&typed[..typed_end], &meant[..column]) {
                cost = cost.min(before_last[column - 2] + SWAP_COST);
            }
            row[column] = cost;
            lowest = lowest.min(cost);
        }
        // The cheapest way to the end leads over this row, or by a swap over the one before.
        if lowest > allowed + SWAP_COST {
            return None;
        }
        (before_last, last, row) = (last, row, before_last);
    }
    let cost = last[meant.len()] + first_letter;
    (cost <= allowed).then_some(cost)
}

/// Whether the last two letters are those of the other, the other way round.
fn is_swap(typed: &[char], meant: &[char]) -> bool {
    matches!((typed, meant), ([.., a, b], [.., c, d]) if a == d && b == c)
}

fn gap_cost(letters: &[char], index: usize) -> Cost {
    let is_doubled = index > 0 && letters[index - 1] == letters[index];
    if is_doubled { DOUBLING_COST } else { GAP_COST }
}

fn replacement_cost(typed: char, meant: char) -> Cost {
    if typed == meant {
        return 0;
    }
    match (latin_index(typed), latin_index(meant)) {
        (Some(typed), Some(meant)) => REPLACEMENT_COSTS[typed][meant],
        _ => UNLIKELY_REPLACEMENT_COST,
    }
}

const LATIN_LETTERS: u32 = 26;

/// The place of a letter from a to z.
fn latin_index(letter: char) -> Option<usize> {
    letter.is_ascii_lowercase().then(|| letter as usize - 'a' as usize)
}

/// For each letter that was typed and each that was meant.
static REPLACEMENT_COSTS: LazyLock<[[Cost; LATIN_LETTERS as usize]; LATIN_LETTERS as usize]> = LazyLock::new(|| {
    let mut costs = [[UNLIKELY_REPLACEMENT_COST; LATIN_LETTERS as usize]; LATIN_LETTERS as usize];
    for (typed, costs) in ('a'..='z').zip(&mut costs) {
        for (meant, cost) in ('a'..='z').zip(costs) {
            if sound_alike(typed, meant) || neighbours(typed, meant) {
                *cost = LIKELY_REPLACEMENT_COST;
            }
        }
    }
    costs
});

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
        let mut lexicon = Lexicon::default();
        for word in ["kfor", "kosovo", "milosevic", "arrive", "deploy", "most", "coast", "war", "recognise", "thaci"] {
            lexicon.meet(word);
        }
        let speller = Speller::new(&lexicon, ["when", "what", "how"].into_iter());
        let typed = Word { text: typed.to_owned(), certainty: 1.0 };
        speller.correct(&typed).unwrap_or(typed).text
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
