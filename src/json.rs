//! What other programs are told: the JSON of replies, of entries and of sources.
//!
//! `footnote ask --json`, the API and the tools of `footnote mcp` print the same.

use serde::Serialize;

use crate::relations::{linked_from, related, resting_on};
use footnote_knowledge::{Citation, CitedSource, Entry, KnowledgeBase, PartialDate, Source, SourceKind, Topic};
use footnote_search::reply::{Outcome, Reply};

/// The reply to a question.
#[derive(Debug, Serialize)]
pub struct ReplyJson<'a> {
    question: &'a str,
    outcome: Outcome,
    confidence: f64,
    answer: Option<AnswerJson<'a>>,
    candidates: Vec<CandidateJson<'a>>,
}

/// An entry with its citations.
#[derive(Debug, Serialize)]
pub struct AnswerJson<'a> {
    id: &'a str,
    question: &'a str,
    text: &'a str,
    standing: &'static str,
    claimed_by: Option<&'a str>,
    as_of: Option<PartialDate>,
    citations: Vec<CitationJson<'a>>,
    /// The address of its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

#[derive(Debug, Serialize)]
struct CitationJson<'a> {
    /// Which source it is in the list below the answer; paragraphs of one source share it.
    number: usize,
    source: &'a str,
    title: &'a str,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    kind: SourceKind,
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
    #[serde(flatten)]
    quoted: Option<QuotedJson<'a>>,
}

/// What a citation quotes, and where that can be read.
#[derive(Debug, Serialize)]
struct QuotedJson<'a> {
    evidence: Vec<&'a str>,
    address: Option<String>,
    credit: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct CandidateJson<'a> {
    id: &'a str,
    question: &'a str,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// An entry as others name it.
#[derive(Debug, Serialize)]
pub struct MentionJson<'a> {
    id: &'a str,
    question: &'a str,
}

/// Everything that is to be said about an entry.
#[derive(Debug, Serialize)]
pub struct EntryJson<'a> {
    #[serde(flatten)]
    answer: AnswerJson<'a>,
    topic: TopicMentionJson<'a>,
    image: Option<&'a str>,
    links: Vec<LinkJson<'a>>,
    related: Vec<MentionJson<'a>>,
    linked_from: Vec<MentionJson<'a>>,
}

#[derive(Debug, Serialize)]
struct TopicMentionJson<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct LinkJson<'a> {
    title: &'a str,
    url: &'a str,
}

/// A topic with its entries.
#[derive(Debug, Serialize)]
pub struct TopicJson<'a> {
    id: &'a str,
    title: &'a str,
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    entries: Vec<MentionJson<'a>>,
}

/// A source with the entries that rest on it.
#[derive(Debug, Serialize)]
pub struct SourceJson<'a> {
    id: &'a str,
    title: &'a str,
    kind: SourceKind,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<PartialDate>,
    url: Option<&'a str>,
    credit: Option<&'a str>,
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<MentionJson<'a>>>,
}

impl<'a> ReplyJson<'a> {
    /// The reply, without what the citations quote.
    #[must_use]
    pub fn new(question: &'a str, reply: &Reply<'a>) -> Self {
        Self::with(question, reply, AnswerJson::new)
    }

    /// The reply, with what each citation quotes and where.
    #[must_use]
    pub fn quoted(question: &'a str, reply: &Reply<'a>) -> Self {
        Self::with(question, reply, AnswerJson::quoted)
    }

    fn with(question: &'a str, reply: &Reply<'a>, answer: impl FnOnce(&'a Entry) -> AnswerJson<'a>) -> Self {
        let candidates = reply.candidates.iter().map(|candidate| CandidateJson {
            id: &candidate.entry.id,
            question: &candidate.entry.question,
            confidence: rounded(candidate.confidence),
            page: None,
        });
        Self {
            question,
            outcome: reply.outcome,
            confidence: rounded(reply.confidence()),
            answer: reply.shown().map(answer),
            candidates: candidates.collect(),
        }
    }
}

impl ReplyJson<'_> {
    /// The reply with the address of the page that each entry has.
    #[must_use]
    pub fn with_pages(mut self, page: impl Fn(&str) -> Option<String>) -> Self {
        if let Some(answer) = &mut self.answer {
            answer.page = page(answer.id);
        }
        for candidate in &mut self.candidates {
            candidate.page = page(candidate.id);
        }
        self
    }
}

impl<'a> AnswerJson<'a> {
    /// An entry, without what its citations quote.
    #[must_use]
    pub fn new(entry: &'a Entry) -> Self {
        Self::with(entry, false)
    }

    /// An entry, with what its citations quote.
    #[must_use]
    pub fn quoted(entry: &'a Entry) -> Self {
        Self::with(entry, true)
    }

    fn with(entry: &'a Entry, quotes: bool) -> Self {
        let cited = entry.cited().into_iter().zip(1..);
        let citations = cited.flat_map(|(CitedSource { source, paragraphs }, number)| {
            // A source that is cited as a whole is one citation, without a paragraph.
            let whole = paragraphs.is_empty().then_some(None);
            let places = whole.into_iter().chain(paragraphs.into_iter().map(Some));
            places.map(move |paragraph| CitationJson {
                number,
                source: &source.id,
                title: &source.title,
                author: source.author.as_deref(),
                publisher: source.publisher.as_deref(),
                kind: source.kind,
                url: source.url.as_deref(),
                paragraph,
                quoted: quotes.then(|| QuotedJson::new(entry, source, paragraph)),
            })
        });
        Self {
            id: &entry.id,
            question: &entry.question,
            text: &entry.answer.value,
            standing: entry.standing.name(),
            claimed_by: entry.standing.claimed_by(),
            as_of: entry.as_of,
            citations: citations.collect(),
            page: None,
        }
    }
}

impl<'a> QuotedJson<'a> {
    fn new(entry: &'a Entry, source: &'a Source, paragraph: Option<u32>) -> Self {
        // A source that is cited as a whole may be cited at several parts of its page.
        let is_meant = |citation: &&Citation| citation.source.id == source.id && citation.paragraph == paragraph;
        let citations: Vec<&Citation> = entry.citations.iter().filter(is_meant).collect();
        let evidence = citations.iter().flat_map(|citation| &citation.evidence);
        Self {
            evidence: evidence.map(|phrase| phrase.value.as_str()).collect(),
            address: citations.iter().find_map(|citation| citation.link()),
            credit: source.credit.as_deref(),
        }
    }
}

impl<'a> MentionJson<'a> {
    fn new(entry: &'a Entry) -> Self {
        Self { id: &entry.id, question: &entry.question }
    }
}

impl<'a> EntryJson<'a> {
    /// An entry of this base.
    #[must_use]
    pub fn new(base: &'a KnowledgeBase, entry: &'a Entry) -> Self {
        let topic = &base.topics[entry.topic];
        let link = |link: &'a footnote_knowledge::Link| LinkJson { title: &link.title, url: &link.url };
        Self {
            answer: AnswerJson::quoted(entry),
            topic: TopicMentionJson { id: &topic.id, title: &topic.title },
            image: entry.image.as_deref(),
            links: entry.links.iter().map(link).collect(),
            related: related(base, entry).into_iter().map(MentionJson::new).collect(),
            linked_from: linked_from(base, entry).into_iter().map(MentionJson::new).collect(),
        }
    }
}

impl EntryJson<'_> {
    /// The entry with the address of its page, if it has one.
    #[must_use]
    pub fn with_page(mut self, page: Option<String>) -> Self {
        self.answer.page = page;
        self
    }
}

impl<'a> TopicJson<'a> {
    /// All topics of a base.
    #[must_use]
    pub fn all(base: &'a KnowledgeBase) -> Vec<Self> {
        let topic = |(index, topic): (usize, &'a Topic)| Self {
            id: &topic.id,
            title: &topic.title,
            summary: topic.summary.as_deref(),
            group: topic.group_title(),
            entries: base.entries.iter().filter(|entry| entry.topic == index).map(MentionJson::new).collect(),
        };
        base.topics.iter().enumerate().map(topic).collect()
    }
}

impl<'a> SourceJson<'a> {
    /// All sources of a base, each with what rests on it.
    #[must_use]
    pub fn all(base: &'a KnowledgeBase) -> Vec<Self> {
        base.sources.iter().map(|source| Self::new(base, source)).collect()
    }

    /// All sources of a base, without what rests on them.
    #[must_use]
    pub fn listed(base: &'a KnowledgeBase) -> Vec<Self> {
        base.sources.iter().map(|source| Self::alone(source)).collect()
    }

    /// A source of this base, with what rests on it.
    #[must_use]
    pub fn new(base: &'a KnowledgeBase, source: &'a Source) -> Self {
        Self { entries: Some(resting_on(base, source).map(MentionJson::new).collect()), ..Self::alone(source) }
    }

    fn alone(source: &'a Source) -> Self {
        Self {
            id: &source.id,
            title: &source.title,
            kind: source.kind,
            author: source.author.as_deref(),
            publisher: source.publisher.as_deref(),
            published: source.published,
            url: source.url.as_deref(),
            credit: source.credit.as_deref(),
            note: source.note.as_deref(),
            entries: None,
        }
    }
}

/// A confidence is not precise enough for more than four decimals.
#[must_use]
pub fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 10_000.0).round() / 10_000.0
}
