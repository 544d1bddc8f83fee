//! What somebody most likely meant by what they wrote.

/// A value of the wrong type as the right one, if that is plain: `first` is the character that an
/// example of the right type begins with. `"yes"` may be meant as `true`, `"4"` as `4`, and one
/// text as a list of one.
pub(super) fn meant(written: &str, first: char) -> Option<String> {
    let bare = written.trim_matches(['"', '\'']);
    match first {
        '[' if written.starts_with(['"', '\'']) => Some(format!("[{written}]")),
        't' | 'f' => match bare.to_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some("true".to_owned()),
            "false" | "no" | "off" | "0" => Some("false".to_owned()),
            _ => None,
        },
        digit if digit.is_ascii_digit() => {
            bare.trim().parse::<u32>().ok().filter(|&number| number > 0).map(|number| number.to_string())
        }
        _ => None,
    }
}

/// The known word that a misspelt one most likely stands for: the nearest by Damerau-Levenshtein
/// distance, if that is at most a third of the word's length. Capitals make no difference alone.
#[must_use]
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let allowed = (word.chars().count() / 3).max(1);
    let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let singular = singular.or_else(|| word.strip_suffix('s').map(str::to_owned));
    if let Some(known) = known.iter().find(|known| singular.as_deref() == Some(**known)) {
        return Some(known);
    }
    if let Some(known) = known.iter().find(|known| known.eq_ignore_ascii_case(word)) {
        return Some(known);
    }
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
