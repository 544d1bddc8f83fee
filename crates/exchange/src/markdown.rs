//! Markdown as people publish it, as the Markdown that Discord shows.
//!
//! Discord knows no HTML, no tables, no pictures within a text, no references and no deep headings,
//! and it shows each end of a line as one. So a page is parsed once, and what differs is replaced
//! in its text; everything else stays as it was typed. What gets lost is named.

mod document;
mod elements;
mod fence;
mod flow;
mod html;
mod page;
mod prepared;
mod splice;

pub(crate) use fence::{Fence, Open};
pub(crate) use flow::Flow;
pub(crate) use page::{has_questions, read};

use crate::item::{Item, Notice};
use document::Document;

/// The answer of an item, made fit for Discord.
pub(crate) struct Adapted {
    document: Document,
}

/// Reads an answer that is a text of its own.
pub(crate) fn adapted(text: &str, flow: Flow) -> Adapted {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Adapted { document: Document::new(text, flow) }
}

impl Adapted {
    /// Sets the item's answer and picture, and says what got lost.
    pub(crate) fn put_into(&self, item: &mut Item, notices: &mut Vec<Notice>) {
        let whole = 0..self.document.text().len();
        self.document.put_into(whole, item, notices);
    }
}
