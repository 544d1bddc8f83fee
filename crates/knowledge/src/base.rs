//! What the bot knows: entries that answer one question each, and the sources they rest on.
//!
//! A [`KnowledgeBase`] that is [loaded](fn@crate::load) exists only if every file of its folder was
//! valid; one for measuring can be [made of entries](KnowledgeBase::from_entries). It never changes
//! afterwards. Everything above this module reads it and nothing writes to it, so it can be shared
//! between threads without a lock.

use crate::memory::{self, HeapBytes};
use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::PartialDate;
use crate::diagnostic::Location;
use crate::toml_file::Located;

/// The longest question of an entry, in characters. Questions are also choices of Discord's
/// autocomplete, whose names have 1 to 100 characters ([application command option
/// choice][choice]).
///
/// [choice]: https://discord.com/developers/docs/interactions/application-commands
pub const MAX_QUESTION_CHARS: usize = 100;

/// The longest answer of an entry, in characters: what fits, with some room, into an embed's
/// description, which has 4,096 ([embed limits][limits]).
///
/// [limits]: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
pub const MAX_ANSWER_CHARS: usize = 4_000;

/// The most links below an answer: as many as a row of buttons takes.
pub const MAX_LINKS: usize = 5;

/// The most words an evidence phrase may have: enough to find the place, too few to copy a
/// sentence.
pub const MAX_EVIDENCE_WORDS: usize = 8;

/// Everything that the bot knows.
#[derive(Debug)]
pub struct KnowledgeBase {
    /// The topics, in the order of their file names.
    pub topics: Vec<Topic>,
    /// All entries, topic by topic, in the order of the files. A search hit is an index into this
    /// list.
    pub entries: Vec<Entry>,
    /// The sources, in the order of `sources.toml`.
    pub sources: Vec<Arc<Source>>,
    /// The words that mean the same across the whole base.
    pub synonyms: Synonyms,
    index_of: HashMap<String, usize>,
}

impl KnowledgeBase {
    /// A base of one topic, without sources and synonyms, for measuring search on other data than a
    /// knowledge folder. Nothing that [`load`](fn@crate::load) promises of entries is checked here.
    /// If several entries have the same id, [`Self::entry`] finds the first. All get the topic.
    #[must_use]
    pub fn from_entries(topic: Topic, mut entries: Vec<Entry>) -> Self {
        for entry in &mut entries {
            entry.topic = 0;
        }
        Self::new(vec![topic], entries, Vec::new(), Synonyms::default())
    }

    pub(crate) fn new(topics: Vec<Topic>, entries: Vec<Entry>, sources: Vec<Arc<Source>>, synonyms: Synonyms) -> Self {
        let mut index_of = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            index_of.entry(entry.id.clone()).or_insert(index);
        }
        Self { topics, entries, sources, synonyms, index_of }
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.index_of.get(id).map(|&index| &self.entries[index])
    }
}

/// One topic file.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The name of its file, without `.toml`.
    pub id: String,
    /// The name that members see.
    pub title: String,
    /// One sentence about its entries.
    pub summary: Option<String>,
    /// The name of the sub-folder with its file, if it is in one.
    pub group: Option<String>,
}

impl Topic {
    /// A title for a topic of this name, which may have that of its group before it: “Opening
    /// hours” for `rooms/opening-hours`.
    #[must_use]
    pub fn title_for(name: &str) -> String {
        title_from(name.rsplit('/').next().unwrap_or(name).trim())
    }

    /// The name of its group as members see it: `house-rules` as “House rules”.
    #[must_use]
    pub fn group_title(&self) -> Option<String> {
        self.group.as_deref().map(title_from)
    }

    /// The path of its file in the folder of the base, with `/` between the parts.
    #[must_use]
    pub fn file_name(&self) -> String {
        let group = self.group.as_ref().map_or_else(String::new, |group| format!("{group}/"));
        format!("{group}{}.toml", self.id)
    }
}

/// A title from the name of a file or a folder: "Opening hours" for `opening-hours`.
pub(crate) fn title_from(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One question with its answer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Kebab-case, unique in the whole base.
    pub id: String,
    /// The index of its topic in [`KnowledgeBase::topics`].
    pub topic: usize,
    /// The question in full, at most [`MAX_QUESTION_CHARS`] long.
    pub question: String,
    /// Other ways to ask it.
    pub phrasings: Vec<Located<String>>,
    /// Words that a question may use and that appear in neither the question nor the phrasings.
    pub keywords: Vec<String>,
    /// The answer in Discord's Markdown, at most [`MAX_ANSWER_CHARS`] long.
    pub answer: Located<String>,
    /// The address of a picture that belongs to the answer.
    pub image: Option<String>,
    /// Where to read or do more, at most [`MAX_LINKS`].
    pub links: Vec<Link>,
    /// How well the sources support the answer.
    pub standing: Standing,
    /// For a claim: the id of the disputed entry that tells it beside what the others say.
    pub side_of: Option<Located<String>>,
    /// For facts that change: the last date on which the answer is known to be true.
    pub as_of: Option<PartialDate>,
    /// When curators want to look at it again, at the latest.
    pub review_by: Option<PartialDate>,
    /// Whether it is offered before anything is typed.
    pub pinned: bool,
    /// Ids of entries on related questions.
    pub related: Vec<Located<String>>,
    /// The paragraphs that the answer rests on; at least one.
    pub citations: Vec<Citation>,
    /// Where its id is.
    pub at: Location,
}

impl Entry {
    /// The sources of its citations, each once with all paragraphs that are cited of it, in the
    /// order in which they are first cited.
    #[must_use]
    pub fn cited(&self) -> Vec<CitedSource<'_>> {
        let mut cited: Vec<CitedSource<'_>> = Vec::new();
        for Citation { source, paragraph, .. } in &self.citations {
            match cited.iter_mut().find(|other| other.source.id == source.id) {
                Some(CitedSource { paragraphs, .. }) => paragraphs.extend(paragraph),
                None => cited.push(CitedSource { source, paragraphs: paragraph.iter().copied().collect() }),
            }
        }
        for CitedSource { paragraphs, .. } in &mut cited {
            paragraphs.sort_unstable();
            paragraphs.dedup();
        }
        cited
    }
}

/// A link below an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is called, at most 80 characters.
    pub title: String,
    /// Where it leads; http or https.
    pub url: String,
}

/// A source and what an entry cites of it.
#[derive(Debug, Clone)]
pub struct CitedSource<'a> {
    /// The source.
    pub source: &'a Source,
    /// The numbers of the paragraphs, rising; none if the source is cited as a whole, or by a part
    /// of its page.
    pub paragraphs: Vec<u32>,
}

/// How well the sources support an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A source reports it as fact.
    Reported,
    /// One side's claim. The answer names who makes it.
    Claim {
        /// The person or body whose claim it is.
        by: String,
    },
    /// The sources contradict each other, or one contradicts itself.
    Disputed,
}

impl Standing {
    /// Its name in TOML and JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Claim { .. } => "claim",
            Self::Disputed => "disputed",
        }
    }

    /// Who makes the claim, if it is one.
    #[must_use]
    pub fn claimed_by(&self) -> Option<&str> {
        match self {
            Self::Claim { by } => Some(by),
            Self::Reported | Self::Disputed => None,
        }
    }
}

/// A place in a source that supports an answer.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The source.
    pub source: Arc<Source>,
    /// The number of the paragraph. Paragraphs are the source's non-blank lines, counted from 1.
    pub paragraph: Option<u32>,
    /// The part of the source's page: what stands behind `#` in its address.
    pub anchor: Option<String>,
    /// The address of the very page, if it is not the source's own; http or https.
    pub url: Option<String>,
    /// Phrases of at most [`MAX_EVIDENCE_WORDS`] words that occur in the paragraph.
    pub evidence: Vec<Located<String>>,
    /// Where the citation is.
    pub at: Location,
}

/// A document that answers rest on.
#[derive(Debug)]
pub struct Source {
    /// Kebab-case, unique; also the name of the document's file without `.txt`.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// What kind of text it is.
    pub kind: SourceKind,
    /// Who wrote it, if known.
    pub author: Option<String>,
    /// Who published it, if known.
    pub publisher: Option<String>,
    /// What members call it, beside its title, its author and its publisher.
    pub called: Vec<String>,
    /// When it was published, if known.
    pub published: Option<PartialDate>,
    /// Where it can be read; http or https.
    pub url: Option<String>,
    /// Where one of its paragraphs can be read; http or https, with `{paragraph}` for the number.
    pub paragraph_url: Option<String>,
    /// An attribution that the author requires wherever the source is shown.
    pub credit: Option<String>,
    /// What a reader should know about the document.
    pub note: Option<String>,
    /// Paragraphs that state nothing, such as titles and bylines.
    pub unused: Vec<u32>,
    /// Whether entries without citations cite it.
    pub is_default: bool,
    /// When curators want to look at it again, at the latest.
    pub review_by: Option<PartialDate>,
    /// Where its id is.
    pub at: Location,
}

/// What kind of text a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A summary of a subject.
    Overview,
    /// A news report.
    News,
    /// An examination that draws its own conclusions.
    Analysis,
    /// An opinion piece.
    Opinion,
    /// Rules that apply in a place.
    Rules,
    /// A manual, or other texts on how something works.
    Documentation,
    /// What somebody announced.
    Announcement,
    /// A wiki, which its readers write.
    Wiki,
    /// What those who run the place say.
    Staff,
}

impl SourceKind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Overview,
        Self::News,
        Self::Analysis,
        Self::Opinion,
        Self::Rules,
        Self::Documentation,
        Self::Announcement,
        Self::Wiki,
        Self::Staff,
    ];

    pub(crate) const NAMES: [&str; 9] =
        ["overview", "news", "analysis", "opinion", "rules", "documentation", "announcement", "wiki", "staff"];

    /// Its name in TOML and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The kind as members read it: a noun phrase.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::News => "news report",
            Self::Analysis => "analysis",
            Self::Opinion => "opinion piece",
            Self::Rules => "rules",
            Self::Documentation => "documentation",
            Self::Announcement => "announcement",
            Self::Wiki => "wiki",
            Self::Staff => "staff",
        }
    }
}

/// The content of `synonyms.toml`.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    /// Words and phrases that mean the same everywhere.
    pub groups: Vec<Vec<String>>,
    /// Hasty spellings and the words they stand for, such as (`wat`, `what`).
    pub shorthand: Vec<(String, String)>,
    /// Function words that name a subject in this base: `id`, `get`.
    pub keep: Vec<String>,
}

heap_bytes!(Topic { id, title, summary, group });
heap_bytes!(Link { title, url });
heap_bytes!(Entry {
    id, question, phrasings, keywords, answer, image, links, standing, side_of, related, citations
} but topic, as_of, review_by, pinned, at);
heap_bytes!(Citation { anchor, url, evidence } but source, paragraph, at);
heap_bytes!(Source {
    id, title, author, publisher, called, url, paragraph_url, credit, note, unused
} but kind, published, review_by, is_default, at);
heap_bytes!(Synonyms { groups, shorthand, keep });

impl HeapBytes for Standing {
    fn heap_bytes(&self) -> usize {
        match self {
            Self::Claim { by } => by.heap_bytes(),
            Self::Reported | Self::Disputed => 0,
        }
    }
}

/// With the texts of its files, which diagnostics quote.
impl HeapBytes for KnowledgeBase {
    fn heap_bytes(&self) -> usize {
        let Self { topics, entries, sources, synonyms, index_of } = self;
        let places = entries.iter().map(|entry| &entry.at).chain(sources.iter().map(|source| &source.at));
        let lists = topics.heap_bytes() + entries.heap_bytes() + sources.heap_bytes();
        lists + synonyms.heap_bytes() + index_of.heap_bytes() + memory::files(places)
    }
}
