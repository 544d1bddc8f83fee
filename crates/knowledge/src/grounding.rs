//! Whether the documents that the answers cite really say so.
//!
//! A citation is a promise to the member who reads it. With the documents at hand, a program can
//! check it: each evidence phrase, number and name of an answer has to occur in a cited
//! paragraph. Only the owner of the documents has them; the bot runs without them.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::text::fold::fold;
use crate::text::numbers::in_digits;
use crate::text::{MONTHS, comparable};
use crate::{Citation, Entry, KnowledgeBase, Source};

/// The result of comparing a knowledge base with its documents.
#[derive(Debug)]
pub struct Grounding {
    /// What an entry says that its cited paragraphs do not, and paragraphs that no entry cites.
    pub diagnostics: Diagnostics,
    /// How much of each document is cited, in the order of the sources.
    pub coverage: Vec<Coverage>,
}

/// Which paragraphs of a document the entries rest on.
#[derive(Debug)]
pub struct Coverage {
    /// The source's id.
    pub source: String,
    /// How many paragraphs the document has.
    pub paragraphs: u32,
    /// The paragraphs that no entry cites and that are not listed as `unused`.
    pub uncited: Vec<u32>,
}

/// A document cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot read the document `{}` of the source `{id}`: each source needs a file ID.txt in the \
     folder given with --documents",
    path.display()
)]
pub struct DocumentError {
    path: PathBuf,
    id: String,
    #[source]
    source: io::Error,
}

/// Compares the base with the documents in `folder`: one `ID.txt` for each source. A document's
/// paragraphs are its non-blank lines.
///
/// # Errors
///
/// [`DocumentError`] if a source's document cannot be read.
pub fn ground(base: &KnowledgeBase, folder: &Path) -> Result<Grounding, DocumentError> {
    let mut documents = HashMap::new();
    for source in &base.sources {
        documents.insert(source.id.as_str(), Document::read(source, folder)?);
    }
    let ordinary = ordinary_words(base, &documents);
    let mut diagnostics = Vec::new();
    for entry in &base.entries {
        check_entry(entry, &documents, &ordinary, &mut diagnostics);
    }
    let mut coverage = Vec::new();
    for source in &base.sources {
        let covered = cover(base, source, &documents[source.id.as_str()]);
        report_coverage(source, &covered, &mut diagnostics);
        coverage.push(covered);
    }
    Ok(Grounding { diagnostics: Diagnostics::from(diagnostics), coverage })
}

/// Words that are no names wherever they stand.
const NEVER_NAMES: [&str; 2] = ["yes", "no"];

/// Words that begin with a small letter somewhere. At the start of a sentence, they are not
/// names.
fn ordinary_words(base: &KnowledgeBase, documents: &HashMap<&str, Document>) -> BTreeSet<String> {
    let answers = base.entries.iter().flat_map(|entry| small_words(&entry.answer.value));
    let documents = documents.values().flat_map(|document| document.small_words.iter().cloned());
    answers.chain(documents).chain(NEVER_NAMES.map(str::to_owned)).collect()
}

fn small_words(text: &str) -> impl Iterator<Item = String> {
    words(text).filter(|word| word.starts_with(char::is_lowercase)).map(fold)
}

struct Document {
    paragraphs: Vec<Paragraph>,
    /// The words that begin with a small letter, folded.
    small_words: BTreeSet<String>,
}

struct Paragraph {
    comparable: String,
    /// Its words, folded.
    words: BTreeSet<String>,
    numbers: BTreeSet<String>,
    dates: BTreeSet<(u8, &'static str)>,
}

impl Document {
    fn read(source: &Source, folder: &Path) -> Result<Self, DocumentError> {
        let path = folder.join(format!("{}.txt", source.id));
        let text =
            fs::read_to_string(&path).map_err(|error| DocumentError { path, id: source.id.clone(), source: error })?;
        let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).map(Paragraph::new).collect();
        Ok(Self { paragraphs, small_words: small_words(&text).collect() })
    }

    fn paragraph(&self, number: u32) -> Option<&Paragraph> {
        usize::try_from(number).ok()?.checked_sub(1).and_then(|index| self.paragraphs.get(index))
    }

    fn len(&self) -> u32 {
        u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX)
    }
}

impl Paragraph {
    fn new(text: &str) -> Self {
        Self {
            comparable: comparable(text),
            words: words(text).map(fold).collect(),
            numbers: in_digits(text),
            dates: dates(text),
        }
    }
}

fn check_entry(
    entry: &Entry,
    documents: &HashMap<&str, Document>,
    ordinary: &BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut cited = Vec::new();
    let mut is_known = true;
    for citation in &entry.citations {
        let document = &documents[citation.source.id.as_str()];
        let Some(number) = citation.paragraph else {
            // The source as a whole: the answer may rest on any paragraph.
            let whole: Vec<&Paragraph> = document.paragraphs.iter().collect();
            check_evidence(citation, &whole, diagnostics);
            cited.extend(whole);
            continue;
        };
        if let Some(paragraph) = document.paragraph(number) {
            check_evidence(citation, &[paragraph], diagnostics);
            cited.push(paragraph);
        } else {
            diagnostics.push(no_such_paragraph(citation, number, document));
            is_known = false;
        }
    }
    if is_known {
        check_numbers(entry, &cited, diagnostics);
        check_dates(entry, &cited, diagnostics);
        check_names(entry, &cited, ordinary, diagnostics);
    }
}

fn no_such_paragraph(citation: &Citation, number: u32, document: &Document) -> Diagnostic {
    let message = format!("`{}` has no paragraph {number}", citation.source.id);
    Diagnostic::error(citation.at.clone(), message)
        .help(format!("its paragraphs are its non-blank lines, 1 to {}", document.len()))
}

fn check_evidence(citation: &Citation, paragraphs: &[&Paragraph], diagnostics: &mut Vec<Diagnostic>) {
    if citation.evidence.is_empty() && citation.paragraph.is_some() {
        let message = "a citation without evidence cannot be checked";
        diagnostics.push(
            Diagnostic::warning(citation.at.clone(), message)
                .help("add evidence = [\"…\"] with a phrase from the paragraph"),
        );
    }
    for phrase in &citation.evidence {
        let wanted = comparable(&phrase.value);
        if !paragraphs.iter().any(|paragraph| stands_in(&wanted, &paragraph.comparable)) {
            let place = citation.paragraph.map_or_else(String::new, |number| format!("paragraph {number} of "));
            let message = format!("`{}` is not in {place}`{}`", phrase.value, citation.source.id);
            let help = "copy a phrase from the paragraph letter by letter, or cite the paragraph \
                        that has it";
            diagnostics.push(Diagnostic::error(phrase.at.clone(), message).help(help));
        }
    }
}

/// A number of an answer stands in a cited paragraph, or is in the date of a cited source.
fn check_numbers(entry: &Entry, cited: &[&Paragraph], diagnostics: &mut Vec<Diagnostic>) {
    let published = entry.citations.iter().filter_map(|citation| citation.source.published);
    let dates: BTreeSet<String> = published.flat_map(|date| in_digits(&date.spelled_out())).collect();
    for number in in_digits(&entry.answer.value) {
        let is_cited = cited.iter().any(|paragraph| paragraph.numbers.contains(&number));
        if !is_cited && !dates.contains(&number) {
            diagnostics.push(unsupported(entry, Diagnostic::error, &number, "number"));
        }
    }
}

/// A day belongs to its month: 12 June does not follow from 12 March and 17 June.
fn check_dates(entry: &Entry, cited: &[&Paragraph], diagnostics: &mut Vec<Diagnostic>) {
    for (day, month) in dates(&entry.answer.value) {
        if !cited.iter().any(|paragraph| paragraph.dates.contains(&(day, month))) {
            diagnostics.push(unsupported(entry, Diagnostic::error, &format!("{day} {month}"), "date"));
        }
    }
}

fn check_names(entry: &Entry, cited: &[&Paragraph], ordinary: &BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) {
    let mut known: BTreeSet<String> = cited.iter().flat_map(|paragraph| paragraph.words.iter().cloned()).collect();
    for citation in &entry.citations {
        let source = &citation.source;
        let texts = [Some(&source.title), source.author.as_ref(), source.publisher.as_ref()];
        known.extend(texts.into_iter().flatten().flat_map(|text| words(text)).map(fold));
    }
    for name in capitalised_words(&entry.answer.value, ordinary) {
        if !words(&name).all(|part| known.iter().any(|word| is_form_of(&fold(part), word))) {
            diagnostics.push(unsupported(entry, Diagnostic::warning, &format!("`{name}`"), "name"));
        }
    }
}

/// The problem that an answer says something that no cited paragraph says.
fn unsupported(entry: &Entry, severity: fn(Location, String) -> Diagnostic, said: &str, what: &str) -> Diagnostic {
    severity(entry.answer.at.clone(), format!("the answer says {said}, but no cited paragraph does"))
        .help(format!("cite the paragraph that has the {what}, or take it out of the answer"))
}

/// Whether a name is the word or a form of it, as Serb is of Serbs. A short name has to be the
/// same.
fn is_form_of(name: &str, word: &str) -> bool {
    const SHORTEST: usize = 4;
    const ENDING: usize = 3;
    let (shorter, longer) = if name.len() < word.len() { (name, word) } else { (word, name) };
    name == word || (shorter.len() >= SHORTEST && longer.starts_with(shorter) && longer.len() - shorter.len() <= ENDING)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a text contains a phrase as whole words.
fn stands_in(phrase: &str, text: &str) -> bool {
    let continues = |c: Option<char>, edge: Option<char>| {
        c.is_some_and(char::is_alphanumeric) && edge.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        !continues(before, phrase.chars().next()) && !continues(after, phrase.chars().next_back())
    })
}

/// The days with their months, such as 12 June or June 12.
fn dates(text: &str) -> BTreeSet<(u8, &'static str)> {
    let words: Vec<&str> = words(text).collect();
    let day = |word: &str| word.parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    let month = |word: &str| MONTHS.into_iter().find(|month| *month == word);
    let pairs = words.windows(2).filter_map(|pair| match (day(pair[0]), month(pair[1])) {
        (Some(day), Some(month)) => Some((day, month)),
        _ => Some((day(pair[1])?, month(pair[0])?)),
    });
    pairs.collect()
}

/// Words with a capital letter: names, as far as spelling tells. At the start of a sentence or a
/// list item any word is capitalised, so there an ordinary word is not a name.
fn capitalised_words(answer: &str, ordinary: &BTreeSet<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let plain = answer.replace(['*', '_', '`'], "");
    for sentence in plain.split(['.', '!', '?', ':', '\n', '“', '"', '(']) {
        let items = sentence.split_whitespace().filter(|word| *word != "-" && *word != "•");
        for (place, word) in items.enumerate() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            let is_any_word = place == 0 && ordinary.contains(&fold(word));
            if word.starts_with(char::is_uppercase) && !is_any_word {
                names.insert(word.to_owned());
            }
        }
    }
    names
}

fn cover(base: &KnowledgeBase, source: &Source, document: &Document) -> Coverage {
    let cited: BTreeSet<u32> = base
        .entries
        .iter()
        .flat_map(|entry| &entry.citations)
        .filter(|citation| citation.source.id == source.id)
        .filter_map(|citation| citation.paragraph)
        .collect();
    let uncited = (1..=document.len()).filter(|number| !cited.contains(number) && !source.unused.contains(number));
    Coverage { source: source.id.clone(), paragraphs: document.len(), uncited: uncited.collect() }
}

fn report_coverage(source: &Source, coverage: &Coverage, diagnostics: &mut Vec<Diagnostic>) {
    for number in source.unused.iter().filter(|&&number| number > coverage.paragraphs) {
        let message =
            format!("`unused` names paragraph {number}, but `{}` has only {}", source.id, coverage.paragraphs);
        diagnostics.push(Diagnostic::error(source.at.clone(), message).help("remove the number"));
    }
    if !coverage.uncited.is_empty() {
        let list: Vec<String> = coverage.uncited.iter().map(u32::to_string).collect();
        let message = format!("no entry cites paragraph {} of `{}`", list.join(", "), source.id);
        let help = "write entries for what they state, or list them in `unused` if they state \
                    nothing";
        diagnostics.push(Diagnostic::warning(source.at.clone(), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_found_as_whole_words() {
        assert!(stands_in("us base", "the us base, they say"));
        assert!(!stands_in("us base", "because of the us based unit"));
        assert!(!stands_in("9 june", "on 19 june 1999"));
    }

    #[test]
    fn a_date_is_a_day_with_its_month() {
        let found = dates("On June 12, 1999 and 24 March; in May 2023.");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(12, "June"), (24, "March")]);
    }

    #[test]
    fn a_name_may_be_inflected_but_not_hidden_in_a_word() {
        assert!(is_form_of("serb", "serbs") && is_form_of("albanians", "albanian"));
        assert!(!is_form_of("us", "because") && !is_form_of("us", "use"));
    }

    #[test]
    fn names_are_capitalised_words_that_are_not_ordinary() {
        let ordinary = ["the", "withdraw"].map(str::to_owned).into();
        let answer = "The **Alliance**’s leaders met. Clinton agreed:\n- Withdraw from Kosovo";
        let found = capitalised_words(answer, &ordinary);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["Alliance", "Clinton", "Kosovo"]);
    }
}
