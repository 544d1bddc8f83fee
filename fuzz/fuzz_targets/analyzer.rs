//! Whatever a text is, the analyzer reads it without a panic and keeps the promises that its
//! callers rely on.

#![no_main]

use std::sync::LazyLock;

use footnote_fuzz::shipped_base;
use footnote_search::analyzer::Analyzer;
use libfuzzer_sys::fuzz_target;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&shipped_base().synonyms));

fuzz_target!(|text: &str| check(text));

fn check(text: &str) {
    let words = ANALYZER.words(text);
    for word in &words {
        check_word(&word.text);
        assert!(is_likelihood(word.likelihood), "{word:?}");
    }
    let terms = ANALYZER.terms(&words);
    for term in &terms {
        assert!(!term.text.is_empty(), "{words:?}");
        assert!(is_likelihood(term.likelihood), "{term:?}");
    }
    assert_eq!(terms, ANALYZER.terms(&words));
    // Numbers are exempt: "four" and "500" are read as 4 and 500, but reading those again gives
    // 4500.
    if !words.iter().any(|word| word.text.contains(|c: char| c.is_ascii_digit())) {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(ANALYZER.words(&texts.join(" ")), words);
    }
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
