//! One table at a time: checks what types alone cannot express.

use std::sync::Arc;

use super::known_sources::Sources;
use crate::diagnostic::{Diagnostic, Location};
use crate::format::{self, Key};
use crate::link::PARAGRAPH;
use crate::text::{comparable, is_kebab_case, is_web_address, kebab_case};
use crate::toml_file::{Located, TableReader};
use crate::{
    Citation, Entry, Link, MAX_ANSWER_CHARS, MAX_EVIDENCE_WORDS, MAX_LINKS, MAX_QUESTION_CHARS, PartialDate, Source,
    SourceKind, Standing,
};

/// The longest text of a link: what a button of Discord can say.
const MAX_LINK_TITLE: usize = 80;

/// What the entries of a topic have unless they say otherwise.
#[derive(Default)]
pub(super) struct Defaults {
    source: Option<Arc<Source>>,
    standing: Option<Located<String>>,
    claimed_by: Option<Located<String>>,
    as_of: Option<PartialDate>,
}

/// Reads a table and checks what types alone cannot express.
pub(super) struct Checked<'a> {
    pub(super) table: &'a TableReader<'a>,
}

impl Checked<'_> {
    fn error(&self, at: &Location, message: String, help: impl Into<String>) {
        self.table.report(Diagnostic::error(at.clone(), message).help(help));
    }

    fn warn(&self, at: &Location, message: String, help: impl Into<String>) {
        self.table.report(Diagnostic::warning(at.clone(), message).help(help));
    }

    /// A text that may be left out.
    fn line(&self, key: &Key) -> Option<Located<String>> {
        self.table.optional_text(key.name, key.example)
    }

    fn prose(&self, key: &Key) -> Option<Located<String>> {
        self.table.optional_prose(key.name, key.example)
    }

    fn lines(&self, key: &Key) -> Vec<Located<String>> {
        self.table.texts(key.name, key.example)
    }

    /// An id. If there is none, the advice is one made from the text of another key.
    fn id(&self, named_by: &str) -> Option<Located<String>> {
        let slug = self.table.text_if_valid(named_by).map(|text| kebab_case(&text));
        let example = slug.filter(|slug| !slug.is_empty()).map(|slug| format!("\"{slug}\""));
        let id = self.table.text("id", example.as_deref().unwrap_or(format::ID.example))?;
        if is_kebab_case(&id.value) {
            return Some(id);
        }
        let slug = kebab_case(&id.value);
        let example = if slug.is_empty() { format::ID.example.to_owned() } else { format!("\"{slug}\"") };
        let help = format!("use lower-case letters, digits and single hyphens: {example}");
        self.error(&id.at, format!("`{}` is not kebab-case", id.value), help);
        None
    }

    /// A source, or its id if at least that could be read.
    pub(super) fn source(&self) -> Result<Source, Option<String>> {
        let id = self.id("title");
        let title = self.table.text("title", format::SOURCE_TITLE.example);
        let kind = self.kind();
        let text = |key: &Key| self.line(key).map(|text| text.value);
        let prose = |key: &Key| self.prose(key).map(|text| text.value);
        let (author, publisher) = (text(&format::AUTHOR), text(&format::PUBLISHER));
        let (credit, note) = (prose(&format::CREDIT), prose(&format::NOTE));
        let date = self.date(&format::PUBLISHED);
        let called = self.lines(&format::CALLED).into_iter().map(|name| name.value).collect();
        let (url, paragraph_url) = (self.address(&format::URL), self.paragraph_url());
        let unused = self.table.ordinals("unused", format::UNUSED.example);
        let unused = unused.into_iter().map(|number| number.value).collect();
        let is_default = self.table.flag("default").unwrap_or(false);
        let review_by = self.date(&format::REVIEW_BY);
        match (id, title, kind) {
            (Some(Located { value: id, at }), Some(Located { value: title, .. }), Some(kind)) => Ok(Source {
                id,
                title,
                kind,
                author,
                publisher,
                called,
                published: date,
                url,
                paragraph_url,
                credit,
                note,
                unused,
                is_default,
                review_by,
                at,
            }),
            (id, ..) => Err(id.map(|id| id.value)),
        }
    }

    fn kind(&self) -> Option<SourceKind> {
        let kind = self.table.text("kind", format::KIND.example)?;
        let found = SourceKind::ALL.into_iter().find(|candidate| candidate.name() == kind.value);
        if found.is_none() {
            let help = format!("write one of {}", SourceKind::NAMES.join(", "));
            self.error(&kind.at, format!("`{}` is not a kind of source", kind.value), help);
        }
        found
    }

    /// A web address. Without encryption it is accepted with a warning, because some pages have
    /// nothing else.
    fn address(&self, key: &Key) -> Option<String> {
        let url = self.line(key)?;
        self.checked_address(url)
    }

    fn checked_address(&self, url: Located<String>) -> Option<String> {
        if !is_web_address(&url.value) {
            let help = "write it as the browser shows it, beginning with https://, without \
                    blanks, names and passwords";
            self.error(&url.at, format!("`{}` is not a web address", url.value), help);
            return None;
        }
        if url.value.starts_with("http:") {
            let help = "write https:// if the page has it: then nobody can change it on the way";
            self.warn(&url.at, format!("`{}` is not encrypted", url.value), help);
        }
        Some(url.value)
    }

    fn paragraph_url(&self) -> Option<String> {
        let url = self.line(&format::PARAGRAPH_URL)?;
        if !url.value.contains(PARAGRAPH) {
            let message = format!("`{}` has no {PARAGRAPH}", url.value);
            let example = format::PARAGRAPH_URL.example;
            let help = format!("write {PARAGRAPH} where the paragraph's number belongs: {example}");
            self.error(&url.at, message, help);
            return None;
        }
        self.checked_address(url)
    }

    fn date(&self, key: &Key) -> Option<PartialDate> {
        let date = self.table.optional_text(key.name, key.example)?;
        match date.value.parse() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let help = format!("write {} = \"2025\", \"2025-03\" or \"2025-03-27\"", key.name);
                self.error(&date.at, error.to_string(), help);
                None
            }
        }
    }

    pub(super) fn defaults(&self, sources: &Sources) -> Defaults {
        let source = self.table.optional_text("source", &sources.example());
        Defaults {
            source: source.and_then(|id| sources.find(&id, self.table)),
            standing: self.line(&format::STANDING),
            claimed_by: self.line(&format::CLAIMED_BY),
            as_of: self.date(&format::AS_OF),
        }
    }

    /// An entry, or its id if at least that could be read.
    pub(super) fn entry(&self, topic: usize, sources: &Sources, defaults: &Defaults) -> Result<Entry, Option<String>> {
        let id = self.id("question");
        let question = self.table.text("question", format::QUESTION.example);
        let question = question.map(|question| self.within(question, "question", MAX_QUESTION_CHARS));
        let answer = self.table.prose("answer", format::ANSWER.example);
        let answer = answer.map(|answer| self.within(answer, "answer", MAX_ANSWER_CHARS));
        let standing = self.standing(answer.as_ref(), defaults);
        let side_of = self.side_of(standing.as_ref());
        let phrasings = self.lines(&format::PHRASINGS);
        let keywords = self.lines(&format::KEYWORDS).into_iter().map(|word| word.value).collect();
        let (image, links) = (self.address(&format::IMAGE), self.links());
        let as_of = self.date(&format::AS_OF).or(defaults.as_of);
        let review_by = self.date(&format::REVIEW_BY);
        let pinned = self.table.flag("pinned").unwrap_or(false);
        let related = self.lines(&format::RELATED);
        let citations = self.citations(sources, defaults);
        match (id, question, answer, standing) {
            (Some(id), Some(question), Some(answer), Some(standing)) => Ok(Entry {
                id: id.value,
                topic,
                question: question.value,
                phrasings,
                keywords,
                answer,
                image,
                links,
                standing,
                side_of,
                as_of,
                review_by,
                pinned,
                related,
                citations,
                at: id.at,
            }),
            (id, ..) => Err(id.map(|id| id.value)),
        }
    }

    fn links(&self) -> Vec<Link> {
        let tables = self.table.tables("links", &format::LINK.names());
        if let Some(extra) = tables.get(MAX_LINKS) {
            let message = format!("an answer has at most {MAX_LINKS} links");
            self.error(extra.at(), message, "put the others into the answer: [title](https://…)");
        }
        let link = |table: &TableReader<'_>| {
            let checked = Checked { table };
            let title = table.text("title", format::LINK_TITLE.example);
            let url = table.text("url", format::LINK_URL.example).and_then(|url| checked.checked_address(url));
            let title = checked.within(title?, "title", MAX_LINK_TITLE);
            Some(Link { title: title.value, url: url? })
        };
        tables.iter().filter_map(link).collect()
    }

    fn within(&self, text: Located<String>, key: &str, limit: usize) -> Located<String> {
        let length = text.value.chars().count();
        if length > limit {
            let message = format!("`{key}` has {length} characters; at most {limit} are allowed");
            self.error(&text.at, message, format!("shorten it by {}", length - limit));
        }
        text
    }

    fn standing(&self, answer: Option<&Located<String>>, defaults: &Defaults) -> Option<Standing> {
        let own = self.line(&format::STANDING);
        let claimed_by = self.line(&format::CLAIMED_BY);
        // Who makes the claims of a topic says nothing about an entry of it that is no claim.
        let inherited = defaults.claimed_by.clone();
        let Some(standing) = own.or_else(|| defaults.standing.clone()) else {
            if let Some(claimed_by) = claimed_by {
                let message = "`claimed_by` does not go with standing = \"reported\"".to_owned();
                self.error(&claimed_by.at, message, "remove it, or write standing = \"claim\"");
            }
            return Some(Standing::Reported);
        };
        match standing.value.as_str() {
            "claim" => self.claim(&standing.at, claimed_by.or(inherited), answer),
            name @ ("reported" | "disputed") => {
                if let Some(claimed_by) = claimed_by {
                    let message = format!("`claimed_by` does not go with standing = \"{name}\"");
                    self.error(&claimed_by.at, message, "remove it, or write standing = \"claim\"");
                }
                Some(if name == "reported" { Standing::Reported } else { Standing::Disputed })
            }
            other => {
                let help = "write one of reported, claim, disputed";
                self.error(&standing.at, format!("`{other}` is not a standing"), help);
                None
            }
        }
    }

    fn claim(&self, at: &Location, by: Option<Located<String>>, answer: Option<&Located<String>>) -> Option<Standing> {
        let Some(by) = by else {
            self.error(
                at,
                "this claim has no `claimed_by`".to_owned(),
                "add claimed_by = \"…\" with the person or body that makes the claim",
            );
            return None;
        };
        if let Some(answer) = answer.filter(|answer| !names(&answer.value, &by.value)) {
            let message = format!("the answer does not name {}, whose claim it is", by.value);
            self.error(&answer.at, message, format!("tell it as a claim: \"{} says that …\"", by.value));
        }
        Some(Standing::Claim { by: by.value })
    }

    /// The dispute of which the entry is one side, which only a claim can be.
    fn side_of(&self, standing: Option<&Standing>) -> Option<Located<String>> {
        let side_of = self.line(&format::SIDE_OF)?;
        if let Some(name @ ("reported" | "disputed")) = standing.map(Standing::name) {
            let message = format!("`side_of` does not go with standing = \"{name}\"");
            self.error(&side_of.at, message, "remove it, or write standing = \"claim\"");
        }
        Some(side_of)
    }

    fn citations(&self, sources: &Sources, defaults: &Defaults) -> Vec<Citation> {
        let tables = self.table.tables("citations", &format::CITATION.names());
        let default = || defaults.source.clone().or_else(|| sources.unnamed());
        if tables.is_empty() {
            if let Some(source) = default().filter(|_| !self.table.has("citations")) {
                let at = self.table.at().clone();
                return vec![Citation { source, paragraph: None, anchor: None, url: None, evidence: Vec::new(), at }];
            }
            let example = format!("[{{ source = {}, paragraph = 1, evidence = [\"…\"] }}]", sources.example());
            self.table.report_empty_list("citations", &example);
        }
        tables.iter().filter_map(|table| (Checked { table }).citation(sources, default())).collect()
    }

    fn citation(&self, sources: &Sources, default: Option<Arc<Source>>) -> Option<Citation> {
        let example = sources.example();
        let source = match default {
            Some(source) if !self.table.has("source") => Some(source),
            _ => self.table.text("source", &example).and_then(|id| sources.find(&id, self.table)),
        };
        let paragraph = self.table.optional_ordinal("paragraph", "1").map(|paragraph| paragraph.value);
        let anchor =
            self.line(&format::ANCHOR).map(|anchor| anchor.map(|text| text.trim_start_matches('#').to_owned()));
        let url = self.address(&format::CITATION_URL);
        let evidence = self.lines(&format::EVIDENCE);
        for phrase in &evidence {
            let words = phrase.value.split_whitespace().count();
            if words > MAX_EVIDENCE_WORDS {
                let message = format!(
                    "this evidence has {words} words; at most \
                    {MAX_EVIDENCE_WORDS} are allowed"
                );
                self.error(&phrase.at, message, "give the shortest phrase that supports the answer");
            }
        }
        let at = self.table.at().clone();
        let source = source?;
        if let Some(anchor) = anchor.as_ref().filter(|_| url.is_none() && source.url.is_none()) {
            let message = format!("`{}` has no address that the anchor could belong to", source.id);
            self.error(&anchor.at, message, "add url = \"https://…\" to the source or to the citation");
        }
        Some(Citation { source, paragraph, anchor: anchor.map(|anchor| anchor.value), url, evidence, at })
    }
}

/// Whether a text names a person or body: by the whole name, or by its last word, as surnames are
/// used.
fn names(text: &str, name: &str) -> bool {
    let surname = name.split_whitespace().next_back().filter(|word| word.starts_with(char::is_uppercase));
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    comparable(text).contains(&comparable(name))
        || surname.is_some_and(|surname| words(text).iter().any(|word| word == surname))
}
