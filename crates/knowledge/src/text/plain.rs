//! Text that shows what it says, without characters that move a cursor, break a line or change
//! the direction of writing.
//!
//! Questions come from anyone, and many people may edit a base. A control character can recolour
//! a terminal or overwrite earlier lines, and a direction character can make `gnp.exe` look like
//! `exe.png`. Everything that shows such text cleans it here, so that every reader is protected
//! equally.

/// The character as a reader may see it: a space for control characters and line breaks, nothing
/// for characters that are invisible and mislead.
///
/// Joiners, variation selectors and tags stay, because scripts and emoji need them.
#[must_use]
pub fn visible(character: char) -> Option<char> {
    match character {
        hidden if is_directional(hidden) || is_hidden(hidden) => None,
        control if is_control(control) => Some(' '),
        other => Some(other),
    }
}

/// Whether a character controls the device or the lines instead of being shown, or overrides the
/// direction of the text after it. Marks that only tell the direction of their neighbours do not
/// count, because Hebrew and Arabic texts need them.
#[must_use]
pub fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The explicit and implicit directional marks of the [Unicode Bidirectional
/// Algorithm](https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
fn is_directional(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Spaces without width, invisible operators, deprecated controls of shaping and digits, and the
/// marks of annotations between lines.
fn is_hidden(character: char) -> bool {
    matches!(character, '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}')
        || matches!(character, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The text with only [`visible`] characters. Line breaks and tabs become spaces too.
#[must_use]
pub fn without_controls(text: &str) -> String {
    text.chars().filter_map(visible).collect()
}

/// The text on one line: only [`visible`] characters, with runs of spaces reduced to one.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    without_controls(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_direction_characters_are_removed() {
        assert_eq!(without_controls("a\nb\u{2028}c\u{202e}d\u{2066}e\u{2069}"), "a b cde");
        assert_eq!(on_one_line(" a\r\n\tb\u{200f}\u{7}c "), "a b c");
    }

    #[test]
    fn control_characters_of_terminals_are_removed() {
        assert_eq!(without_controls("\u{1b}[31mred\u{9b}2J\u{7f}"), " [31mred 2J ");
    }

    #[test]
    fn invisible_characters_are_removed_unless_scripts_or_emoji_need_them() {
        assert_eq!(without_controls("a\u{200b}b\u{feff}c\u{2062}d"), "abcd");
        let needed = "👩\u{200d}👧 ✔\u{fe0f} نمی\u{200c}خواهم Thaçi";
        assert_eq!(without_controls(needed), needed);
    }

    #[test]
    fn direction_marks_of_a_script_are_not_controls() {
        assert!(!is_control('\u{200f}') && !is_control('\u{200b}'));
        assert!(['\u{1b}', '\u{9b}', '\n', '\u{2028}', '\u{202e}', '\u{2066}'].into_iter().all(is_control));
    }
}
