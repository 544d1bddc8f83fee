//! Where a citation can be read: an address that opens the document at the cited paragraph, or at
//! the words that support the answer.
//!
//! A [text fragment](https://wicg.github.io/scroll-to-text-fragment/) asks the browser to look for
//! a phrase. It comes after the fragment of the address, if there is one, and browsers that do not
//! know it only ignore it.

use std::fmt::Write;

use crate::Citation;

/// What stands for the number of the paragraph in a source's `paragraph_url`.
pub(crate) const PARAGRAPH: &str = "{paragraph}";

/// What divides directives for the browser from the fragment that the document knows.
const DIRECTIVES: &str = ":~:";

/// The longest phrase, in bytes as it is encoded. A few words find the place.
const MAX_PHRASE: usize = 200;

impl Citation {
    /// The address of the document, if it is online: at the paragraph if the source says how its
    /// paragraphs are addressed, and at the first evidence phrase if there is one.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        let address = self.address()?;
        let phrase = self.evidence.first().map(|phrase| encoded(&phrase.value)).unwrap_or_default();
        if phrase.is_empty() {
            return Some(address);
        }
        let joint = if address.contains(DIRECTIVES) {
            "&"
        } else if address.contains('#') {
            DIRECTIVES
        } else {
            "#:~:"
        };
        Some(format!("{address}{joint}text={phrase}"))
    }

    /// The address of the cited place, if it is online: the page and the anchor that the citation
    /// names, or the paragraph if the source says how they are addressed, or the document.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let pattern = self.source.paragraph_url.as_ref().zip(self.paragraph);
        if let (Some((pattern, number)), None, None) = (pattern, &self.url, &self.anchor) {
            return Some(pattern.replace(PARAGRAPH, &number.to_string()));
        }
        let page = self.url.as_deref().or(self.source.url.as_deref())?;
        match &self.anchor {
            Some(anchor) => Some(format!("{}#{anchor}", page.split('#').next().unwrap_or(page))),
            None => Some(page.to_owned()),
        }
    }
}

/// As many whole words of a phrase as there is room for. All but letters, digits, `.`, `_` and `~`
/// is percent-encoded: `-`, `&` and `,` mean something in a text fragment, and what encloses
/// addresses in Markdown must not end them.
fn encoded(phrase: &str) -> String {
    let mut encoded = String::new();
    for word in phrase.split_whitespace() {
        let mut next = if encoded.is_empty() { String::new() } else { "%20".to_owned() };
        for byte in word.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
                next.push(char::from(byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(next, "%{byte:02X}");
            }
        }
        if encoded.len() + next.len() > MAX_PHRASE {
            break;
        }
        encoded.push_str(&next);
    }
    encoded
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// The link of a citation of paragraph 7 with this evidence, of a source with these keys.
    fn link(keys: &str, evidence: &str) -> Option<String> {
        let folder = TempDir::new().expect("a temporary folder");
        let source = format!("[[source]]\nid = \"s\"\ntitle = \"S\"\nkind = \"news\"\n{keys}\n");
        let topic = format!(
            "title = \"T\"\n[[entry]]\nid = \"e\"\nquestion = \"Who?\"\nanswer = \"S.\"\n\
             standing = \"reported\"\n\
             citations = [{{ source = \"s\", paragraph = 7, evidence = [{evidence}] }}]\n"
        );
        fs::write(folder.path().join("sources.toml"), source).expect("a file can be written");
        fs::write(folder.path().join("topic.toml"), topic).expect("a file can be written");
        crate::load(folder.path()).expect("the base is valid").entries[0].citations[0].link()
    }

    #[test]
    fn a_link_opens_the_document_at_the_evidence() {
        let url = "url = \"https://a.example/b\"";
        assert_eq!(link(url, "\"30 m\", \"x\"").as_deref(), Some("https://a.example/b#:~:text=30%20m"));
        assert_eq!(link(url, "").as_deref(), Some("https://a.example/b"));
        assert_eq!(link("", "\"30 m\""), None);
    }

    #[test]
    fn what_means_something_in_a_text_fragment_is_encoded() {
        let found = link("url = \"https://a.example\"", "\"T-72 & 3,000 (naïve)\"");
        assert_eq!(found.as_deref(), Some("https://a.example#:~:text=T%2D72%20%26%203%2C000%20%28na%C3%AFve%29"));
    }

    #[test]
    fn a_fragment_that_is_there_stays() {
        let found = |url: &str| link(&format!("url = \"{url}\""), "\"30 m\"");
        assert_eq!(found("https://a.example#part").as_deref(), Some("https://a.example#part:~:text=30%20m"));
        assert_eq!(found("https://a.example#:~:text=a").as_deref(), Some("https://a.example#:~:text=a&text=30%20m"));
    }

    #[test]
    fn a_paragraph_with_an_address_of_its_own_is_opened() {
        let keys = "url = \"https://a.example\"\nparagraph_url = \"https://a.example#p{paragraph}\"";
        assert_eq!(link(keys, "\"30 m\"").as_deref(), Some("https://a.example#p7:~:text=30%20m"));
    }

    #[test]
    fn a_long_phrase_ends_after_a_whole_word() {
        let word = "ж".repeat(12);
        let phrase = encoded(&[word.as_str(); 8].join(" "));
        assert_eq!(phrase, [encoded(&word), encoded(&word)].join("%20"));
        assert!(phrase.len() <= MAX_PHRASE);
    }
}
