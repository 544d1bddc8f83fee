//! The format of a knowledge folder: every key, declared once.
//!
//! The loader reads these keys and no others, and what it advises shows their examples. The tables
//! in docs/KNOWLEDGE.md and the [schemas](crate::schema) for editors are made from the same list,
//! so that they cannot say anything else.

use crate::base::{MAX_ANSWER_CHARS, MAX_LINKS, MAX_QUESTION_CHARS, SourceKind};

/// A table in one of the files.
#[derive(Debug)]
pub struct Table {
    /// How it is written: `[[entry]]`, or the name of a file for its root.
    pub name: &'static str,
    /// What it describes, in Markdown.
    pub meaning: &'static str,
    /// The keys that it may have, in the order in which they are usually written.
    pub keys: &'static [Key],
}

impl Table {
    /// The names of its keys.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Which values it takes.
    pub values: Values,
    /// Whether it must be there.
    pub is_required: bool,
    /// A value in TOML, for messages and documents.
    pub example: &'static str,
    /// What it is for, in Markdown.
    pub meaning: &'static str,
}

/// The values that a key takes.
#[derive(Debug)]
pub enum Values {
    /// Text on one line, with the longest length in characters, if there is a limit.
    Line(Option<usize>),
    /// Text that may have line breaks, with the longest length in characters.
    Prose(Option<usize>),
    /// An id in kebab-case.
    Id,
    /// A date: a year, a month or a day.
    Date,
    /// A web address.
    Address,
    /// `true` or `false`.
    Flag,
    /// A whole number from 1 on.
    Ordinal,
    /// A list of whole numbers from 1 on.
    Ordinals,
    /// A list of texts on one line each.
    Lines,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A table.
    Table(&'static Table),
    /// A list of tables, with how many there can be at most, if there is a limit.
    Tables(&'static Table, Option<usize>),
}

const fn required(name: &'static str, values: Values, example: &'static str, meaning: &'static str) -> Key {
    Key { name, values, is_required: true, example, meaning }
}

const fn optional(name: &'static str, values: Values, example: &'static str, meaning: &'static str) -> Key {
    Key { name, values, is_required: false, example, meaning }
}

pub(crate) const ID: Key = required(
    "id",
    Values::Id,
    "\"opening-hours\"",
    "kebab-case, unique in the whole base; do not use it again for something else",
);

pub(crate) const SOURCE_TITLE: Key = required(
    "title",
    Values::Line(None),
    "\"House Rules of the City Library\"",
    "the document's title; members read it below each answer, so better not over 100 characters",
);
pub(crate) const KIND: Key = required(
    "kind",
    Values::Choice(&SourceKind::NAMES),
    "\"rules\"",
    "what kind of text it is; members read it beside the title",
);
pub(crate) const AUTHOR: Key = optional("author", Values::Line(None), "\"Ada Quill\"", "who wrote it");
pub(crate) const PUBLISHER: Key = optional("publisher", Values::Line(None), "\"City Library\"", "who published it");
pub(crate) const CALLED: Key = optional(
    "called",
    Values::Lines,
    "[\"the house rules\"]",
    "what else members call the text; a question that uses such a name names a claim's origin",
);
pub(crate) const PUBLISHED: Key = optional(
    "published",
    Values::Date,
    "\"2025-03\"",
    "when it was published, as far as it is known: a year, a month or a day",
);
pub(crate) const URL: Key = optional(
    "url",
    Values::Address,
    "\"https://library.example/rules\"",
    "where it can be read; better https than http",
);
pub(crate) const PARAGRAPH_URL: Key = optional(
    "paragraph_url",
    Values::Address,
    "\"https://library.example/rules#p{paragraph}\"",
    "the address of a paragraph, if each has one, with `{paragraph}` for its number",
);
pub(crate) const CREDIT: Key = optional(
    "credit",
    Values::Prose(None),
    "\"By kind permission of Ada Quill\"",
    "an attribution that is shown wherever the source is",
);
pub(crate) const NOTE: Key =
    optional("note", Values::Prose(None), "\"The spring edition.\"", "what curators should know about the document");
pub(crate) const UNUSED: Key =
    optional("unused", Values::Ordinals, "[1]", "paragraphs that state nothing, such as titles and bylines");
pub(crate) const IS_DEFAULT: Key = optional(
    "default",
    Values::Flag,
    "true",
    "entries without `citations` cite this source as a whole; at most one source can have it",
);

pub(crate) const REVIEW_BY: Key = optional(
    "review_by",
    Values::Date,
    "\"2027-03\"",
    "when you want to look at it again, at the latest; `footnote check --stale`, `/stats` and the \
     digest remind you, members never see it",
);

/// A document that answers cite.
pub static SOURCE: Table = Table {
    name: "[[source]]",
    meaning: "A document that answers cite.",
    keys: &[
        ID,
        SOURCE_TITLE,
        KIND,
        AUTHOR,
        PUBLISHER,
        CALLED,
        PUBLISHED,
        URL,
        PARAGRAPH_URL,
        CREDIT,
        NOTE,
        UNUSED,
        IS_DEFAULT,
        REVIEW_BY,
    ],
};

pub(crate) const SOURCES: Key =
    required("source", Values::Tables(&SOURCE, None), "a [[source]] table for each document", "the documents");

/// The root of `sources.toml`.
pub static SOURCES_FILE: Table =
    Table { name: "sources.toml", meaning: "The documents that answers cite.", keys: &[SOURCES] };

pub(crate) const SOURCE_ID: Key = optional(
    "source",
    Values::Id,
    "\"house-rules\"",
    "the id of the source; without it, the default of the topic or of the base",
);
pub(crate) const PARAGRAPH: Key = optional(
    "paragraph",
    Values::Ordinal,
    "4",
    "the number of the paragraph: paragraphs are the document's non-blank lines, counted from 1",
);
pub(crate) const ANCHOR: Key = optional(
    "anchor",
    Values::Line(None),
    "\"opening-hours\"",
    "instead of a paragraph, the part of the source's page: what stands behind # in its address",
);
pub(crate) const CITATION_URL: Key = optional(
    "url",
    Values::Address,
    "\"https://library.example/rules/hours\"",
    "instead of a paragraph, the address of the very page, if it is not the source's own",
);
pub(crate) const EVIDENCE: Key = optional(
    "evidence",
    Values::Lines,
    "[\"9:00 to 18:00\"]",
    "phrases of one to eight words from the paragraph that support the answer",
);

/// A place in a source that supports an answer.
pub static CITATION: Table = Table {
    name: "citations",
    meaning: "A place in a source that supports an answer.",
    keys: &[SOURCE_ID, PARAGRAPH, ANCHOR, CITATION_URL, EVIDENCE],
};

pub(crate) const QUESTION: Key = required(
    "question",
    Values::Line(Some(MAX_QUESTION_CHARS)),
    "\"When is the library open?\"",
    "the full question; Discord offers it while a member types",
);
pub(crate) const PHRASINGS: Key = optional(
    "phrasings",
    Values::Lines,
    "[\"library opening times\", \"what time do they close\"]",
    "other ways to ask it; they decide which questions find the entry",
);
pub(crate) const KEYWORDS: Key =
    optional("keywords", Values::Lines, "[\"schedule\"]", "words that members may use but that appear nowhere above");
pub(crate) const ANSWER: Key = required(
    "answer",
    Values::Prose(Some(MAX_ANSWER_CHARS)),
    "\"From 9:00 to 18:00, Monday to Friday.\"",
    "Discord's Markdown; short answers are read, long ones are not",
);
pub(crate) const IMAGE: Key = optional(
    "image",
    Values::Address,
    "\"https://library.example/map.png\"",
    "a picture that is shown below the answer",
);
pub(crate) const LINK_TITLE: Key =
    required("title", Values::Line(Some(80)), "\"Map of the rooms\"", "what the button says");
pub(crate) const LINK_URL: Key = required("url", Values::Address, "\"https://library.example/map\"", "where it leads");

/// A link below an answer.
pub static LINK: Table = Table { name: "links", meaning: "A link below an answer.", keys: &[LINK_TITLE, LINK_URL] };

pub(crate) const LINKS: Key = optional(
    "links",
    Values::Tables(&LINK, Some(MAX_LINKS)),
    "[{ title = \"Map of the rooms\", url = \"https://library.example/map\" }]",
    "up to five links below the answer",
);
pub(crate) const STANDING: Key = optional(
    "standing",
    Values::Choice(&["reported", "claim", "disputed"]),
    "\"reported\"",
    "`reported`: a source reports it, which is the default; `claim`: only one side says it; \
     `disputed`: the sources differ",
);
pub(crate) const CLAIMED_BY: Key = optional(
    "claimed_by",
    Values::Line(None),
    "\"Ada Quill\"",
    "for a claim, which must have it: who makes it; the answer must name them",
);
pub(crate) const SIDE_OF: Key = optional(
    "side_of",
    Values::Id,
    "\"pier-disputed\"",
    "for a claim: the id of the disputed entry that tells it beside what others say",
);
pub(crate) const AS_OF: Key = optional(
    "as_of",
    Values::Date,
    "\"2025-03\"",
    "for facts that change: the date up to which the answer is known to be true",
);
pub(crate) const PINNED: Key =
    optional("pinned", Values::Flag, "true", "Discord offers the question before a member types anything");
pub(crate) const RELATED: Key = optional(
    "related",
    Values::Lines,
    "[\"library-fees\"]",
    "ids of entries on related questions; they are offered below the answer",
);
pub(crate) const CITATIONS: Key = optional(
    "citations",
    Values::Tables(&CITATION, None),
    "[{ source = \"house-rules\", paragraph = 4, evidence = [\"9:00 to 18:00\"] }]",
    "the places that support the answer; required unless a default source is named",
);

/// A question with its answer.
pub static ENTRY: Table = Table {
    name: "[[entry]]",
    meaning: "A question with its answer.",
    keys: &[
        ID, QUESTION, PHRASINGS, KEYWORDS, ANSWER, IMAGE, LINKS, STANDING, CLAIMED_BY, SIDE_OF, AS_OF, REVIEW_BY,
        PINNED, RELATED, CITATIONS,
    ],
};

/// What the entries of a topic have unless they say otherwise.
pub static DEFAULTS: Table = Table {
    name: "[defaults]",
    meaning: "What the entries of the topic have unless they say otherwise.",
    keys: &[SOURCE_ID, STANDING, CLAIMED_BY, AS_OF],
};

pub(crate) const TOPIC_TITLE: Key = required(
    "title",
    Values::Line(None),
    "\"Opening hours\"",
    "the name that members see; better not over 100 characters",
);
pub(crate) const SUMMARY: Key = optional(
    "summary",
    Values::Prose(None),
    "\"When the library is open and when books are due.\"",
    "one sentence about its entries",
);
pub(crate) const TOPIC_DEFAULTS: Key = optional(
    "defaults",
    Values::Table(&DEFAULTS),
    "{ source = \"house-rules\" }",
    "what its entries have unless they say otherwise",
);
pub(crate) const ENTRIES: Key =
    required("entry", Values::Tables(&ENTRY, None), "an [[entry]] table for each question", "its questions");

/// The root of a topic file.
pub static TOPIC: Table = Table {
    name: "a topic file",
    meaning: "A topic with its entries.",
    keys: &[TOPIC_TITLE, SUMMARY, TOPIC_DEFAULTS, ENTRIES],
};

pub(crate) const WORDS: Key = required(
    "words",
    Values::Lines,
    "[\"library\", \"lending library\"]",
    "two or more words or phrases that mean the same in every entry",
);

/// Words that mean the same.
pub static GROUP: Table = Table { name: "[[group]]", meaning: "Words that mean the same everywhere.", keys: &[WORDS] };

pub(crate) const WRITTEN: Key =
    required("written", Values::Lines, "[\"wat\", \"wot\"]", "single words of letters and digits");
pub(crate) const MEANS: Key = required("means", Values::Line(None), "\"what\"", "what they stand for");

/// What people type in haste.
pub static SHORTHAND: Table =
    Table { name: "[[shorthand]]", meaning: "What people type in haste.", keys: &[WRITTEN, MEANS] };

pub(crate) const KEEP: Key = optional(
    "keep",
    Values::Lines,
    "[\"id\", \"get\"]",
    "small words that name something in this base; above the tables",
);
pub(crate) const GROUPS: Key =
    optional("group", Values::Tables(&GROUP, None), "a [[group]] table", "words that mean the same");
pub(crate) const SHORTHANDS: Key =
    optional("shorthand", Values::Tables(&SHORTHAND, None), "a [[shorthand]] table", "hasty spellings");

/// The root of `synonyms.toml`.
pub static SYNONYMS_FILE: Table =
    Table { name: "synonyms.toml", meaning: "Words that mean the same.", keys: &[KEEP, GROUPS, SHORTHANDS] };
