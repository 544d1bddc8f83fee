//! Footnote's autocomplete while a question is typed. Every letter is a request, so every prefix
//! is timed.

use std::convert::Infallible;
use std::io::{self, Write};

use footnote_search::Searcher;

use crate::input::Input;
use crate::percentile::Sorted;
use crate::table::{Table, micros};
use crate::timing::Fastest;

/// As many as Discord shows at most ([application command option
/// choice](https://discord.com/developers/docs/interactions/application-commands)).
const MAX_CHOICES: usize = 25;

/// How often each prefix is timed. The first time is a warm-up, and the fastest counts. There are
/// many prefixes, so each is timed less often than a question.
const PASSES: usize = 3;

/// The time for each prefix.
pub(crate) fn measure(input: &Input) -> Sorted {
    let searcher = Searcher::new(&input.base);
    let prefixes: Vec<&str> = input.questions.iter().flat_map(|question| prefixes(&question.text)).collect();
    let mut fastest = Fastest::new(prefixes.len());
    for _ in 0..PASSES {
        let Ok(()) = fastest.pass(&prefixes, |typed| Ok::<_, Infallible>(searcher.complete(typed, MAX_CHOICES)));
    }
    Sorted::new(fastest.into_times())
}

/// The content of the field after each character.
fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(start, character)| &text[..start + character.len_utf8()])
}

/// Prints how long a request takes.
pub(crate) fn print(out: &mut impl Write, times: &Sorted) -> io::Result<()> {
    let mut table = Table::new(1, ["autocomplete", "prefixes", "p50, µs", "p99, µs", "slowest, µs"]);
    let [p50, p99, slowest] = [50, 99, 100].map(|percent| micros(times.percentile(percent)));
    table.push(["Footnote".to_owned(), times.len().to_string(), p50, p99, slowest]);
    write!(out, "\n{table}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_typed_letter_by_letter() {
        assert_eq!(prefixes("U Çk").collect::<Vec<_>>(), ["U", "U ", "U Ç", "U Çk"]);
        assert_eq!(prefixes("").next(), None);
    }
}
