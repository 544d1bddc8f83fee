//! Apostrophes and quotation marks: typesetters use many characters for what is one key on a
//! keyboard.

/// Whether a character is used as an apostrophe.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '‛' | 'ʼ' | '´' | '`' | '′')
}

/// Text in a form for comparing phrases: lower case, one kind of quotation mark and apostrophe,
/// single spaces. With it, a phrase can be found in another text however either was typeset.
#[must_use]
pub fn comparable(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !result.is_empty() {
            result.push(' ');
        }
        for character in word.chars() {
            match character {
                '“' | '”' | '„' | '‟' | '«' | '»' | '″' => result.push('"'),
                '‚' | '‹' | '›' => result.push('\''),
                mark if is_apostrophe(mark) => result.push('\''),
                other => result.extend(other.to_lowercase()),
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::comparable;

    #[test]
    fn typeset_and_typed_phrases_are_one() {
        assert_eq!(comparable("The\u{a0}„Alliance’s“\n ‹role›"), "the \"alliance's\" 'role'");
    }
}
