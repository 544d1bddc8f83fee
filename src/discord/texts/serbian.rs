//! Serbian in Latin letters, from Serbian in Cyrillic letters.
//!
//! Each Cyrillic letter has one Latin form, so this needs no dictionary. The other way around it
//! would: `nj` in "injekcija" is two letters, and names in Latin letters have to stay.

/// The letters in small and their Latin forms.
const LETTERS: [(char, &str); 30] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('ђ', "đ"),
    ('е', "e"),
    ('ж', "ž"),
    ('з', "z"),
    ('и', "i"),
    ('ј', "j"),
    ('к', "k"),
    ('л', "l"),
    ('љ', "lj"),
    ('м', "m"),
    ('н', "n"),
    ('њ', "nj"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('ћ', "ć"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "h"),
    ('ц', "c"),
    ('ч', "č"),
    ('џ', "dž"),
    ('ш', "š"),
];

/// The text with Latin letters for each Cyrillic one. All else stays: keys, commands, addresses.
/// No word of it is all in capitals: a pair of letters has only its first one in a capital.
pub(super) fn in_latin_letters(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for character in text.chars() {
        let small = character.to_lowercase().next().unwrap_or(character);
        match LETTERS.iter().find(|(letter, _)| *letter == small) {
            None => latin.push(character),
            Some((_, form)) if character == small => latin.push_str(form),
            Some((_, form)) => {
                let mut form = form.chars();
                latin.extend(form.next().into_iter().flat_map(char::to_uppercase));
                latin.push_str(form.as_str());
            }
        }
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::in_latin_letters;

    #[test]
    fn letters_are_rewritten_and_names_and_addresses_stay() {
        assert_eq!(
            in_latin_letters("Његов џеп: `/ask` на <https://example.org/q>, Љиљана { $count }"),
            "Njegov džep: `/ask` na <https://example.org/q>, Ljiljana { $count }"
        );
    }
}
