//! Whether the answers stand in the documents that they cite.
//!
//! A citation is a promise to the member who reads it. With the documents at hand it can be checked by machine: each
//! evidence phrase, number and name of an answer has to stand in a cited paragraph. Only the documents' owner has them;
//! the bot itself runs without.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Citation, Entry, KnowledgeBase, Source, comparable};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fold::fold;

/// What comparing a knowledge base with its documents found.
#[derive(Debug)]
pub struct Grounding {
    /// What does not stand where an entry says it does, and paragraphs that no entry cites.
    pub diagnostics: Diagnostics,
    /// How much of each document is covered, in the order of the sources.
    pub coverage: Vec<Coverage>,
}

/// Which paragraphs of a document the entries rest on.
#[derive(Debug)]
pub struct Coverage {
    /// The source's id.
    pub source: String,
    /// How many paragraphs the document has.
    pub paragraphs: u32,
    /// Those that no entry cites and that are not listed as `unused`.
    pub uncited: Vec<u32>,
}

/// A document cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the document `{}` of the source `{id}`: each source needs a file ID.txt in the folder given with --documents", path.display())]
pub struct DocumentError {
    path: PathBuf,
    id: String,
    #[source]
    source: io::Error,
}

/// Compares the base with the documents in `folder`, one `ID.txt` a source; a document's paragraphs are its non-blank
/// lines.
///
/// # Errors
///
/// [`DocumentError`] if a source's document cannot be read.
pub fn ground(base: &KnowledgeBase, folder: &Path) -> Result<Grounding, DocumentError> {
    let mut documents = HashMap::new();
    for source in &base.sources {
        documents.insert(source.id.as_str(), Document::read(source, folder)?);
    }
    let mut diagnostics = Vec::new();
    for entry in &base.entries {
        check_entry(entry, &documents, &mut diagnostics);
    }
    let mut coverage = Vec::new();
    for source in &base.sources {
        let covered = cover(base, source, &documents[source.id.as_str()]);
        report_coverage(source, &covered, &mut diagnostics);
        coverage.push(covered);
    }
    Ok(Grounding { diagnostics: Diagnostics::from(diagnostics), coverage })
}

struct Document {
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    comparable: String,
    folded: String,
    numbers: BTreeSet<String>,
}

impl Document {
    fn read(source: &Source, folder: &Path) -> Result<Self, DocumentError> {
        let path = folder.join(format!("{}.txt", source.id));
        let text =
            fs::read_to_string(&path).map_err(|error| DocumentError { path, id: source.id.clone(), source: error })?;
        let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).map(Paragraph::new).collect();
        Ok(Self { paragraphs })
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
        Self { comparable: comparable(text), folded: fold(text), numbers: numbers(text) }
    }
}

fn check_entry(entry: &Entry, documents: &HashMap<&str, Document>, diagnostics: &mut Vec<Diagnostic>) {
    let mut cited = Vec::new();
    for citation in &entry.citations {
        let document = &documents[citation.source.id.as_str()];
        match document.paragraph(citation.paragraph) {
            Some(paragraph) => {
                check_evidence(citation, paragraph, diagnostics);
                cited.push(paragraph);
            }
            None => diagnostics.push(no_such_paragraph(citation, document)),
        }
    }
    if cited.len() == entry.citations.len() {
        check_numbers(entry, &cited, diagnostics);
        check_names(entry, &cited, diagnostics);
    }
}

fn no_such_paragraph(citation: &Citation, document: &Document) -> Diagnostic {
    let message = format!("`{}` has no paragraph {}", citation.source.id, citation.paragraph);
    Diagnostic::error(citation.at.clone(), message)
        .help(format!("its paragraphs are its non-blank lines, 1 to {}", document.len()))
}

fn check_evidence(citation: &Citation, paragraph: &Paragraph, diagnostics: &mut Vec<Diagnostic>) {
    if citation.evidence.is_empty() {
        let message = "a citation without evidence cannot be checked";
        diagnostics.push(
            Diagnostic::warning(citation.at.clone(), message)
                .help("add evidence = [\"…\"] with a phrase that stands in the paragraph"),
        );
    }
    for phrase in &citation.evidence {
        if !paragraph.comparable.contains(&comparable(&phrase.value)) {
            let message = format!(
                "`{}` does not stand in paragraph {} of `{}`",
                phrase.value, citation.paragraph, citation.source.id
            );
            diagnostics.push(
                Diagnostic::error(phrase.at.clone(), message)
                    .help("copy a phrase of the paragraph letter by letter, or cite the paragraph that has it"),
            );
        }
    }
}

fn check_numbers(entry: &Entry, cited: &[&Paragraph], diagnostics: &mut Vec<Diagnostic>) {
    for number in numbers(&entry.answer.value) {
        if !cited.iter().any(|paragraph| paragraph.numbers.contains(&number)) {
            let message = format!("the answer says {number}, which no cited paragraph has");
            diagnostics.push(
                Diagnostic::error(entry.answer.at.clone(), message)
                    .help("cite the paragraph that has the number, or take it out of the answer"),
            );
        }
    }
}

fn check_names(entry: &Entry, cited: &[&Paragraph], diagnostics: &mut Vec<Diagnostic>) {
    let mut described = String::new();
    for citation in &entry.citations {
        let source = &citation.source;
        let texts = [Some(&source.title), source.author.as_ref(), source.publisher.as_ref()];
        for text in texts.into_iter().flatten() {
            described.push_str(&fold(text));
            described.push(' ');
        }
    }
    for name in capitalised_words(&entry.answer.value) {
        let folded = fold(&name);
        let stands = described.contains(&folded) || cited.iter().any(|paragraph| paragraph.folded.contains(&folded));
        if !stands {
            let message = format!("the answer says `{name}`, which no cited paragraph has");
            diagnostics.push(
                Diagnostic::warning(entry.answer.at.clone(), message)
                    .help("cite the paragraph that has the name, or take it out of the answer"),
            );
        }
    }
}

/// Words with a capital letter that do not begin a sentence or a list item: names, as far as spelling tells.
fn capitalised_words(answer: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let plain = answer.replace(['*', '_', '`'], "");
    for sentence in plain.split(['.', '!', '?', ':', '\n', '“', '"', '(']) {
        for word in sentence.split_whitespace().filter(|word| *word != "-" && *word != "•").skip(1) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            if word.chars().next().is_some_and(char::is_uppercase) {
                names.insert(word.to_owned());
            }
        }
    }
    names
}

/// The numbers of a text without their thousands separators: 50,000 and 50 000 are both 50000.
fn numbers(text: &str) -> BTreeSet<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = BTreeSet::new();
    let mut position = 0;
    while position < characters.len() {
        if !characters[position].is_ascii_digit() {
            position += 1;
            continue;
        }
        let mut number = String::new();
        let mut grouped = false;
        while position < characters.len() {
            if characters[position].is_ascii_digit() {
                number.push(characters[position]);
                position += 1;
            } else if separates_thousands(&characters, position) && (grouped || number.len() <= 3) {
                grouped = true;
                position += 1;
            } else if is_decimal_point(&characters, position) {
                number.push('.');
                position += 1;
            } else {
                break;
            }
        }
        found.insert(number);
    }
    found
}

fn separates_thousands(characters: &[char], position: usize) -> bool {
    let separator = matches!(characters[position], ',' | '\u{202f}' | '\u{a0}' | ' ' | '’' | '\'');
    separator && characters[position + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3
}

fn is_decimal_point(characters: &[char], position: usize) -> bool {
    characters[position] == '.' && characters.get(position + 1).is_some_and(char::is_ascii_digit)
}

fn cover(base: &KnowledgeBase, source: &Source, document: &Document) -> Coverage {
    let cited: BTreeSet<u32> = base
        .entries
        .iter()
        .flat_map(|entry| &entry.citations)
        .filter(|citation| citation.source.id == source.id)
        .map(|citation| citation.paragraph)
        .collect();
    let uncited = (1..=document.len()).filter(|number| !cited.contains(number) && !source.unused.contains(number));
    Coverage { source: source.id.clone(), paragraphs: document.len(), uncited: uncited.collect() }
}

fn report_coverage(source: &Source, coverage: &Coverage, diagnostics: &mut Vec<Diagnostic>) {
    for number in source.unused.iter().filter(|&&number| number > coverage.paragraphs) {
        let message = format!("`unused` names paragraph {number}, but `{}` has {}", source.id, coverage.paragraphs);
        diagnostics.push(Diagnostic::error(source.at.clone(), message).help("remove the number"));
    }
    if !coverage.uncited.is_empty() {
        let list: Vec<String> = coverage.uncited.iter().map(u32::to_string).collect();
        let message = format!("no entry cites paragraph {} of `{}`", list.join(", "), source.id);
        diagnostics.push(
            Diagnostic::warning(source.at.clone(), message)
                .help("write entries for what they state, or list them in `unused` where they state nothing"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_without_their_separators() {
        let found = numbers("50,000 or 50 000 of 4,600 on 12 June 1999; 4.6 per cent, 1,500,000 in all, paragraph 7.");
        let expected = ["12", "1500000", "1999", "4.6", "4600", "50000", "7"];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_year_after_a_day_is_not_one_number() {
        assert_eq!(numbers("June 12 1999").into_iter().collect::<Vec<_>>(), ["12", "1999"]);
    }

    #[test]
    fn names_are_capitalised_words_inside_sentences() {
        let found =
            capitalised_words("The **Alliance**’s leaders met in Washington. They agreed:\n- Withdraw from Kosovo");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["Alliance", "Kosovo", "Washington"]);
    }
}
