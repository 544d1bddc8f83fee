//! The state of buttons and menus, which lies in their custom ids: so they work after a restart and
//! in every replica.
//!
//! A custom id names the feature that made it, and then what that feature wants to know again,
//! separated by colons. It has at most [100
//! characters](https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id).

use std::borrow::Cow;

use super::text::{length, prefix};
use footnote_knowledge::{Entry, KnowledgeBase};

/// The most characters of a custom id, counted in UTF-16 code units.
const MAX_CUSTOM_ID: usize = 100;

/// The longest id of an entry, topic or source that stands in a custom id as it is, in UTF-16 code
/// units.
const MAX_KEY: usize = 40;

/// Joins a feature's name and its state. The last part is cut off where there is no room for all of
/// it.
pub(super) fn custom_id(feature: &str, parts: &[&str]) -> String {
    let mut id = feature.to_owned();
    for part in parts {
        id.push(':');
        id.push_str(part);
    }
    id.truncate(prefix(&id, MAX_CUSTOM_ID).len());
    id
}

/// Takes the feature's name off a custom id.
pub(super) fn split(custom_id: &str) -> (&str, &str) {
    custom_id.split_once(':').unwrap_or((custom_id, ""))
}

/// What stands for an id of the base in a custom id: itself, or where it is too long or has a
/// colon, its beginning and a checksum. A topic's id is the name of a file, which may be anything.
pub(super) fn key(id: &str) -> Cow<'_, str> {
    if length(id) <= MAX_KEY && !id.contains(':') {
        return Cow::Borrowed(id);
    }
    let beginning = prefix(id, MAX_KEY - CHECKSUM_DIGITS - 1).replace(':', "");
    Cow::Owned(format!("{beginning}{CHECKSUM_MARK}{:016x}", checksum(id)))
}

/// The entry that a key stands for.
pub(super) fn entry<'b>(base: &'b KnowledgeBase, wanted: &str) -> Option<&'b Entry> {
    // Ids of entries have no such mark, so that what has none needs no search through all of them.
    let shortened = || base.entries.iter().find(|entry| key(&entry.id) == wanted);
    base.entry(wanted).or_else(|| wanted.contains(CHECKSUM_MARK).then(shortened)?)
}

const CHECKSUM_DIGITS: usize = 16;
const CHECKSUM_MARK: char = '~';

/// FNV-1a in 64 bits ([RFC 9923](https://www.rfc-editor.org/rfc/rfc9923)): it stays the same from
/// version to version, as a custom id must.
fn checksum(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_is_cut_off_between_characters_where_there_is_no_room() {
        assert_eq!(custom_id("answer", &["show", "ferry-price"]), "answer:show:ferry-price");
        let cut = custom_id("answer", &["no", "ferry-fares-", &"🤔".repeat(100)]);
        assert_eq!(length(&cut), MAX_CUSTOM_ID - 1);
        assert!(cut.ends_with('🤔'));
    }

    #[test]
    fn a_long_id_gets_a_key_of_its_own_that_stays_short() {
        let (one, other) = (format!("{}-one", "long-".repeat(20)), format!("{}-other", "long-".repeat(20)));
        assert_eq!(key("ferry-price"), "ferry-price");
        assert_ne!(key(&one), key(&other));
        assert_eq!(length(&key(&one)), MAX_KEY);
        assert!(length(&key(&"🤔".repeat(30))) <= MAX_KEY);
    }

    #[test]
    fn a_key_has_no_colon() {
        assert_ne!(key("a:b"), key("ab"));
        assert!(!key("a:b").contains(':'));
    }
}
