//! Symbols that are words of their own, and emoticons, which are none.

/// The symbols of which operators are made.
pub(super) const OPERATORS: &str = "!$%&*+-/:<=>?@\\^|~#.";

/// The operator that a run of symbols is, without the punctuation behind it.
pub(super) fn operator(run: &str, is_alone: bool) -> Option<&str> {
    let trimmed = run.trim_end_matches(['?', '!', '.', ',', ';', ':']);
    let word = if trimmed.is_empty() { run } else { trimmed };
    let is_punctuation = word.chars().all(|c| matches!(c, '.' | '?' | '!' | '-' | '~' | '*' | '>')) && word != "->";
    let count = word.chars().count();
    if !is_alone {
        // Between words, only what is nothing but an operator: a&&b, x:=1.
        let is_operator = count > 1
            && word.chars().all(|c| "&|=<>+*%^:-!".contains(c))
            && word.contains(['&', '|', '=', '<', '>', '%', '^']);
        return is_operator.then_some(word);
    }
    match word {
        "::" | "!" | "!=" | "**" | "*" | "??" | "?." if word == run && is_alone => {
            (!matches!(word, "!")).then_some(word)
        }
        _ if is_punctuation || word == ":" || word == "/" => None,
        _ => Some(word),
    }
}

/// The bytes of the longest emoticon.
const LONGEST_EMOTICON: usize = 5;

/// The bytes of an emoticon at the beginning of the text: :) ;-( <3.
pub(super) fn emoticon_length(text: &str) -> Option<usize> {
    // Without a limit, a long text without spaces would be read again for each of its characters.
    let mut places = text.char_indices().take(LONGEST_EMOTICON + 1);
    let end = places.find(|(_, c)| c.is_whitespace()).map_or(text.len(), |(end, _)| end);
    if end > LONGEST_EMOTICON {
        return None;
    }
    let word = &text[..end];
    if word == "<3" {
        return Some(end);
    }
    let eyes = word.strip_prefix([':', ';', '=', '8'])?;
    let mouth = eyes.trim_start_matches(['-', '\'', '^', 'o']);
    let is_mouth = !mouth.is_empty() && mouth.chars().all(|c| ")(][DPpOo3|*".contains(c)) && mouth != "=";
    is_mouth.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn symbols_alone_are_words_and_punctuation_is_none() {
        assert_eq!(read("what does := do?"), ["what", "does", ":=", "do"]);
        assert_eq!(read("& and &&?"), ["&", "and", "&&"]);
        assert_eq!(read("what is == vs. ===?"), ["what", "is", "==", "vs", "==="]);
        assert_eq!(read("why -> here"), ["why", "->", "here"]);
        assert_eq!(read("a&&b what is @"), ["a", "&&", "b", "what", "is", "@"]);
        assert_eq!(read("well... what?! - no -- yes :) <3 ;-)"), ["well", "what", "no", "yes"]);
    }
}
