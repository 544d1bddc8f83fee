//! What is replaced in a text, and what stands there instead.

use std::ops::Range;

use crate::item::{Item, Notice, Reference};

/// A place of a text, and what stands there instead.
#[derive(Debug)]
pub(super) struct Splice {
    pub(super) at: Range<usize>,
    pub(super) instead: Instead,
}

/// What stands instead of something.
#[derive(Debug)]
pub(super) enum Instead {
    Text(String),
    /// A text, and what got lost, which is often the same.
    Lost(String, String),
    /// So many line ends, unless they are there already, and a text; and what got lost.
    Line {
        ends: usize,
        text: &'static str,
        lost: Option<String>,
    },
    /// A picture, with its description.
    Image(String, String),
    /// A reference to another place of the page; its text stays.
    Anchor(String),
    /// An address that only means something on the page; its text stays.
    Relative(String),
    /// Something else that is not as it was.
    Changed(String, String),
}

impl Instead {
    pub(super) fn lost(text: String, lost: Option<String>) -> Self {
        match lost {
            Some(lost) => Self::Lost(text, lost),
            None => Self::Text(text),
        }
    }

    /// Discord shows no picture that leads somewhere.
    pub(super) fn picture_within_link(alt: &str, url: &str) -> Self {
        let lost = format!("of a picture within a link, only the description is kept: {url}");
        let text = if alt.is_empty() { "picture" } else { alt };
        Self::Changed(text.to_owned(), lost)
    }

    /// Adds it to the answer of an item, and says what got lost.
    pub(super) fn put(&self, answer: &mut String, item: &mut Item, notices: &mut Vec<Notice>) {
        let place = item.place.clone();
        let mut changed = |text: String| notices.push(Notice::changed(&place, text));
        match self {
            Self::Text(text) => answer.push_str(text),
            Self::Lost(text, lost) => {
                answer.push_str(text);
                notices.push(Notice::common(&place, lost));
            }
            Self::Line { ends, text, lost } => {
                let above = answer.trim_end_matches([' ', '\n']);
                let there = answer[above.len()..].matches('\n').count();
                if !above.is_empty() {
                    answer.push_str(&"\n".repeat(ends.saturating_sub(there)));
                }
                answer.push_str(text);
                notices.extend(lost.iter().map(|lost| Notice::common(&place, lost)));
            }
            Self::Image(alt, url) if !is_absolute(url) => {
                answer.push_str(alt);
                let kept = if alt.trim().is_empty() { "nothing of it" } else { "its description" };
                changed(format!("the picture `{url}` has no full address: {kept} is kept"));
            }
            Self::Image(alt, url) if item.image.is_none() => {
                item.image = Some(url.clone());
                if !alt.trim().is_empty() {
                    changed(format!("the picture's description is left out: {alt}"));
                }
            }
            Self::Image(alt, url) => {
                let alt = if alt.is_empty() { "picture" } else { alt };
                answer.extend(["[", alt, "](", url, ")"]);
            }
            Self::Anchor(name) => {
                let lost = format!("the link to `{name}` leads to no entry: only its text is kept");
                item.refers_to.push(Reference { name: name.clone(), lost: Some(lost) });
            }
            Self::Relative(url) => changed(format!("the link `{url}` has no full address: its text is kept")),
            Self::Changed(text, what) => {
                answer.push_str(text);
                changed(what.clone());
            }
        }
    }
}

/// Whether an address means the same everywhere.
pub(super) fn is_absolute(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}
