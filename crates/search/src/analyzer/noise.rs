//! What stands in a message and is no part of its question: Discord's markup, links, code fences.
//!
//! Members paste logs, mention channels and end with an emoji. Each of these would be an unknown
//! word, and an unknown word is the strongest sign that a base has no answer. So they go before
//! anything is read. A message of several sentences or lines is also cut into parts: the part that
//! asks decides, and what is told around it costs nothing.

/// The fewest words that a part needs to be read on its own.
const FEWEST_WORDS: usize = 2;

/// The most parts of a message that are read; a question has been asked by then.
const MOST_PARTS: usize = 24;

/// The text without markup, links and code fences. A text that is nothing but a fence keeps what is
/// in it, since there may be an error message to go by.
#[must_use]
pub fn strip(text: &str) -> String {
    if is_plain(text) {
        let mut kept = String::with_capacity(text.len() + 1);
        kept.push_str(text);
        kept.push('\n');
        return kept;
    }
    let (outside, inside) = part_fences(text);
    let outside = strip_inline(&outside);
    if outside.chars().any(char::is_alphanumeric) || inside.is_empty() { outside } else { strip_inline(&inside) }
}

/// Whether a text can have none of these, as most cannot.
fn is_plain(text: &str) -> bool {
    let has_mark = text.bytes().any(|byte| matches!(byte, b'<' | b'`' | b':'));
    // The end of "www.".
    !has_mark && !text.as_bytes().windows(2).any(|pair| pair.eq_ignore_ascii_case(b"w."))
}

/// What stands outside of code fences and what stands inside, each joined by line breaks.
fn part_fences(text: &str) -> (String, String) {
    let (mut outside, mut inside) = (String::with_capacity(text.len()), String::new());
    for (number, piece) in text.split("```").enumerate() {
        if number % 2 == 0 {
            outside.push_str(piece);
            outside.push('\n');
        } else {
            // The first line of a fence may name its language.
            let code = piece.split_once('\n').map_or(piece, |(_, code)| code);
            inside.push_str(code);
            inside.push('\n');
        }
    }
    (outside, inside)
}

/// Takes out links and Discord's
/// [message formatting](https://discord.com/developers/docs/reference#message-formatting): mentions
/// of members, roles and channels, custom emoji, timestamps and commands.
fn strip_inline(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['<', 'h', 'w', 'H', 'W']) {
        let (before, from) = rest.split_at(place);
        kept.push_str(before);
        let at_word_start = !kept.ends_with(char::is_alphanumeric);
        let length = markup_length(from).or_else(|| at_word_start.then(|| link_length(from)).flatten());
        if let Some(length) = length {
            kept.push(' ');
            rest = &from[length..];
        } else {
            let first = from.chars().next().map_or(1, char::len_utf8);
            kept.push_str(&from[..first]);
            rest = &from[first..];
        }
    }
    kept.push_str(rest);
    kept
}

/// The bytes that the markup at the beginning of the text takes up, if there is one.
fn markup_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>')?;
    let inner = &inner[..end];
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let is_markup = match inner.as_bytes().first()? {
        b'@' => is_id(inner[1..].trim_start_matches(['!', '&'])),
        b'#' => is_id(&inner[1..]),
        b'/' => inner.rsplit_once(':').is_some_and(|(_, id)| is_id(id)),
        b't' if inner.starts_with("t:") => {
            inner[2..].split(':').next().is_some_and(|time| is_id(time.trim_start_matches('-')))
        }
        b':' => emoji(&inner[1..], is_name, is_id),
        b'a' if inner.starts_with("a:") => emoji(&inner[2..], is_name, is_id),
        // A link in angle brackets shows no preview.
        b'h' => inner.starts_with("http://") || inner.starts_with("https://"),
        _ => inner.starts_with("id:") && is_name(&inner[3..]),
    };
    is_markup.then_some(end + 2)
}

fn emoji(text: &str, is_name: impl Fn(&str) -> bool, is_id: impl Fn(&str) -> bool) -> bool {
    text.split_once(':').is_some_and(|(name, id)| is_name(name) && is_id(id))
}

/// The bytes of the link at the beginning of the text, if there is one.
fn link_length(text: &str) -> Option<usize> {
    const SCHEMES: [&str; 3] = ["http://", "https://", "www."];
    let starts = |scheme: &&str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = SCHEMES.iter().find(|scheme| starts(scheme))?;
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(text.len());
    (end > scheme.len()).then_some(end)
}

/// The sentences and lines of a text, in their order; empty where there is only one.
#[must_use]
pub fn parts(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    let before_end = text.trim().trim_end_matches(['?', '!', '.']);
    if before_end.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'?' | b'!' | b'.' | b';' | b'\n')) {
        return parts;
    }
    for line in text.lines() {
        let mut start = 0;
        let mut characters = line.char_indices().peekable();
        while let Some((place, character)) = characters.next() {
            let ends = matches!(character, '?' | '!' | '.' | ';' | '。' | '？' | '！');
            let is_end =
                ends && characters.peek().is_none_or(|(_, next)| next.is_whitespace() || !character.is_ascii());
            if is_end {
                let end = place + character.len_utf8();
                parts.push(line[start..end].trim());
                start = end;
            }
        }
        parts.push(line[start..].trim());
    }
    parts.retain(|part| part.split_whitespace().count() >= FEWEST_WORDS || !part.is_ascii());
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    if parts.len() < 2 && parts.first().is_none_or(|part| part.len() + 1 >= text.trim().len()) {
        return Vec::new();
    }
    parts.truncate(MOST_PARTS);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        strip(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn markup_of_discord_is_no_part_of_a_question() {
        for markup in [
            "<:cat:123456789>",
            "<a:cat_2:123>",
            "<#123>",
            "<@123>",
            "<@!123>",
            "<@&123>",
            "<t:1700:R>",
            "<t:1700>",
            "</ask:1>",
            "</a b:1>",
        ] {
            assert_eq!(words(&format!("{markup} how do I join{markup}?")), "how do I join ?", "{markup}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for text in ["a < b and c > d", "List<String> in Java", "what does <= do", "<3 you", "<kbd>", "how, when"] {
            assert_eq!(words(text), text);
        }
    }

    #[test]
    fn links_go_with_and_without_a_scheme() {
        assert_eq!(words("see https://example.org/a?b=c how"), "see how");
        assert_eq!(words("WWW.example.org how <https://example.org>"), "how");
        assert_eq!(words("(http://a.b) how"), "( how");
        assert_eq!(words("what is http and www. when"), "what is http and www. when");
    }

    #[test]
    fn a_fence_is_left_out_unless_it_is_all_there_is() {
        assert_eq!(words("why this\n```rust\nlet a = 1;\n```\nerror?"), "why this error?");
        assert_eq!(words("```\nconnection refused\n```"), "connection refused");
        assert_eq!(words("an open ```fence"), "an open");
    }

    #[test]
    fn a_message_falls_into_sentences_and_lines() {
        assert_eq!(parts("how do I join?"), Vec::<&str>::new());
        assert_eq!(parts("I am new here. How do I join? thanks"), ["I am new here.", "How do I join?"]);
        assert_eq!(parts("version 2.4.1 is out. what changed"), ["version 2.4.1 is out.", "what changed"]);
        assert_eq!(parts("first line\nsecond line"), ["first line", "second line"]);
        assert_eq!(parts("你好。如何加入？"), ["你好。", "如何加入？"]);
    }
}
