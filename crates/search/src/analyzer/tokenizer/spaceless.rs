//! Scripts that are written without blanks between words.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaceless {
    Han,
    Hiragana,
    Katakana,
    SouthEastAsian,
}

pub(super) fn is_spaceless(character: char) -> bool {
    spaceless_script(character).is_some()
}

/// The script of a character that is written without blanks between words
/// ([Unicode blocks](https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt)).
pub(super) fn spaceless_script(character: char) -> Option<Spaceless> {
    match character {
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' => {
            Some(Spaceless::Han)
        }
        '\u{3041}'..='\u{309f}' => Some(Spaceless::Hiragana),
        '\u{30a1}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Some(Spaceless::Katakana),
        '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Some(Spaceless::SouthEastAsian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn scripts_without_blanks_are_read_in_pairs() {
        assert_eq!(read("重置密码"), ["重置", "置密", "密码"]);
        assert_eq!(read("バスは"), ["バス", "は"]);
        assert_ne!(read("バス"), read("パス"));
    }
}
