//! Whatever a text is, the analyzer reads it without a panic and keeps the promises that its
//! callers rely on.

#![no_main]

use std::sync::LazyLock;

use footnote_fuzz::shipped_base;
use footnote_search::analyzer::{Analyzer, Reading, Shape, Word, noise};
use libfuzzer_sys::fuzz_target;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&shipped_base().synonyms));

fuzz_target!(|text: &str| check(text));

fn check(text: &str) {
    let text = noise::strip(text);
    for part in noise::parts(&text) {
        assert!(text.contains(part), "{part:?}");
    }
    let reading = ANALYZER.read(&text);
    let Reading { words, compounds } = &reading;
    for word in words {
        check_word(&word.text);
        assert!(is_likelihood(word.likelihood), "{word:?}");
    }
    for compound in compounds {
        assert!(compound.words.start < compound.words.end && compound.words.end <= words.len(), "{reading:?}");
    }
    assert!(compounds.is_sorted_by(|one, next| one.words.end <= next.words.start), "{reading:?}");
    let terms = ANALYZER.terms(&reading);
    for term in &terms {
        assert!(!term.text.is_empty(), "{reading:?}");
        assert!(is_likelihood(term.likelihood), "{term:?}");
        assert!(term.words.start < term.words.end && term.words.end <= words.len(), "{term:?}");
    }
    assert_eq!(terms, ANALYZER.terms(&reading));
    if is_read_again(&reading) {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let again: Vec<String> = ANALYZER.read(&texts.join(" ")).words.into_iter().map(|word| word.text).collect();
        assert_eq!(again, texts);
    }
}

/// Whether the words of a text say all that it says. Numbers do not: "four" and "500" are read as 4
/// and 500, but reading those again gives 4500. Neither do capitals: R is r, and r is "are". Nor do
/// compounds and symbols, which depend on what stands next to them.
fn is_read_again(reading: &Reading) -> bool {
    let is_plain = |word: &Word| {
        let is_letter = |c: char| c.is_alphanumeric() && !c.is_numeric();
        word.shape == Shape::Letters && !word.is_capital && word.text.chars().all(is_letter)
    };
    reading.compounds.is_empty() && reading.words.iter().all(is_plain)
}

fn check_word(word: &str) {
    assert!(!word.is_empty());
    // Spaces join words when two texts are compared.
    assert!(!word.contains(char::is_whitespace), "{word:?}");
    assert!(word.chars().flat_map(char::to_lowercase).eq(word.chars()), "{word:?}");
}

fn is_likelihood(value: f32) -> bool {
    value > 0.0 && value <= 1.0
}
