//! What a reader may write as one word or as several, in its parts: e-mail, lastUsedColor,
//! lua54.

use super::shape::is_version;

/// Hyphenated, these make one word with what follows; by themselves they would be noise.
const PREFIXES: [&str; 4] = ["de", "re", "co", "pre"];

/// The parts of a chunk, as they are written.
pub(super) struct Parts {
    pub(super) words: Vec<String>,
    /// Whether they can also be written as one word.
    pub(super) is_compound: bool,
}

impl Parts {
    pub(super) fn of(chunk: &str) -> Self {
        let mut parts = Self { words: Vec::new(), is_compound: false };
        let is_number = chunk.starts_with(|c: char| c.is_ascii_digit());
        if is_number
            && chunk.bytes().all(|b| b.is_ascii_digit() || b".,".contains(&b) || b == b' ' || b == 0xa0 || b == 0xc2)
        {
            parts.words.push(chunk.to_owned());
            return parts;
        }
        if let Some(acronym) = acronym(chunk) {
            parts.words.push(acronym);
            return parts;
        }
        for piece in chunk.split(['-', '\u{2010}', '\u{2011}', '_']) {
            let prefixed = parts.words.last().is_some_and(|last| PREFIXES.contains(&last.to_lowercase().as_str()));
            if prefixed && let Some(last) = parts.words.last_mut() {
                last.push_str(&without_apostrophes(piece));
                continue;
            }
            parts.is_compound |= !parts.words.is_empty();
            parts.push_piece(piece);
        }
        parts
    }

    fn push_piece(&mut self, piece: &str) {
        let piece = without_apostrophes(piece);
        if is_version(piece.trim_start_matches(['v', 'V'])) || piece.starts_with("0x") || piece.starts_with("0X") {
            if let Some(hex) = piece.get(2..).filter(|_| piece.starts_with("0x") || piece.starts_with("0X")) {
                self.words.push(hex.to_owned());
                self.is_compound = true;
                return;
            }
            self.words.push(piece);
            return;
        }
        for dotted in split_dots(&piece) {
            self.is_compound |= !self.words.is_empty() && dotted.len() < piece.len();
            let start = self.words.len();
            self.words.extend(split_case_and_digits(dotted));
            self.is_compound |= self.words.len() > start + 1;
        }
    }

    pub(super) fn append(&mut self, symbols: &str) {
        if let Some(last) = self.words.last_mut() {
            last.push_str(symbols);
        }
    }

    pub(super) fn prepend(&mut self, prefix: &str) {
        if let Some(first) = self.words.first_mut() {
            first.insert_str(0, prefix);
        }
    }
}

/// Dots part letters, not numbers.
fn split_dots(piece: &str) -> Vec<&str> {
    if piece.bytes().all(|b| b.is_ascii_digit() || b".,v".contains(&b)) {
        return vec![piece];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (place, _) in piece.match_indices('.') {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if is_digit(piece[..place].chars().next_back()) && is_digit(piece[place + 1..].chars().next()) {
            continue;
        }
        parts.push(&piece[start..place]);
        start = place + 1;
    }
    parts.push(&piece[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Parts a word where a small letter meets a capital, and letters meet digits: maxJobs, lua54.
/// What begins with digits keeps its ending, since that may be a unit.
fn split_case_and_digits(word: &str) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    let mut parts = vec![String::new()];
    for (place, &character) in characters.iter().enumerate() {
        let last = parts.last().and_then(|part| part.chars().next_back());
        let next = characters.get(place + 1);
        let is_break = last.is_some_and(|last| {
            let camel = last.is_lowercase() && character.is_uppercase();
            let acronym_ends = last.is_uppercase()
                && character.is_uppercase()
                && next.is_some_and(|next| next.is_lowercase())
                && place + 2 < characters.len();
            let to_digit = last.is_alphabetic() && character.is_ascii_digit();
            let from_digit = last.is_ascii_digit() && character.is_alphabetic() && parts.len() > 1;
            camel || acronym_ends || to_digit || from_digit
        });
        if is_break {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    // v2 is a number with its mark.
    if parts.len() == 2 && parts[0].eq_ignore_ascii_case("v") {
        return vec![parts.concat()];
    }
    parts
}

/// Drops a possessive s, and the apostrophe of a contraction: don't is dont.
fn without_apostrophes(piece: &str) -> String {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | '´' | '`' | 'ʼ' | '＇');
    let mut kept = piece;
    if let Some(stem) = piece.strip_suffix(['s', 'S'])
        && let Some(stem) = stem.strip_suffix(is_apostrophe)
    {
        kept = stem;
    }
    kept.replace(is_apostrophe, "")
}

/// Single letters with dots between them: U.S., U.N.M.I.K.
fn acronym(chunk: &str) -> Option<String> {
    let chunk = chunk.strip_suffix("'s").or_else(|| chunk.strip_suffix("’s")).unwrap_or(chunk);
    let parts: Vec<&str> = chunk.split('.').collect();
    let is_letter = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    (parts.len() > 1 && parts.iter().all(is_letter)).then(|| parts.concat())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{joined, read};

    #[test]
    fn compounds_are_read_in_parts_and_kept_whole() {
        for (text, parts, whole) in [
            ("e-mail", vec!["e", "mail"], "email"),
            ("Wi-Fi", vec!["wi", "fi"], "wifi"),
            ("lastUsedColor", vec!["last", "used", "color"], "lastusedcolor"),
            ("last_used_color", vec!["last", "used", "color"], "lastusedcolor"),
            ("lua54", vec!["lua", "54"], "lua54"),
            ("ABC7", vec!["abc", "7"], "abc7"),
            ("QR-2040", vec!["qr", "2040"], "qr2040"),
            ("node.js", vec!["node", "js"], "nodejs"),
            ("--dry-run", vec!["dry", "run"], "dryrun"),
        ] {
            assert_eq!(read(text), parts, "{text}");
            assert_eq!(joined(text), [whole], "{text}");
        }
        assert_eq!(joined("plain words only"), Vec::<String>::new());
        assert_eq!(read("0x80070005"), ["80070005"]);
    }
}
