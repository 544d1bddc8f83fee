//! What `add` asks for on a terminal, and what it takes for an answer.

use crate::cli::arguments::base::AddArguments;
use crate::cli::asking::{asked, is_possible, say, typed};
use crate::cli::outcome::CommandError;
use footnote_curation::topic_named;
use footnote_knowledge::{KnowledgeBase, MAX_ANSWER_CHARS, MAX_QUESTION_CHARS, Topic};

/// How many topics or sources are named in a question.
const NAMED: usize = 20;

/// What can be answered anew, as it is named there.
const PARTS: [&str; 10] =
    ["question", "answer", "phrasings", "topic", "source", "paragraph", "evidence", "id", "claimed-by", "as-of"];

/// Asks for what the options do not say.
pub(super) fn ask_for_missing(entry: &mut AddArguments, base: &KnowledgeBase) -> Result<(), CommandError> {
    let is_typed = entry.question.is_none() || entry.answer.is_none();
    ask_for_question(entry)?;
    ask_for_answer(entry)?;
    if entry.phrasing.is_empty() && is_typed && is_possible() {
        ask_for_phrasings(entry)?;
    }
    ask_for_topic(entry, base)?;
    let has_default = base.sources.iter().any(|source| source.is_default);
    if entry.source.is_some() || !has_default || entry.paragraph.is_some() {
        ask_for_source(entry, base)?;
    }
    Ok(())
}

/// Asks which answer shall be another one, and for that. Nothing is said to give up.
pub(super) fn ask_for_another(entry: &mut AddArguments, base: &KnowledgeBase) -> Result<bool, CommandError> {
    let question = format!("What shall be different ({}; Enter for nothing)?", PARTS.join(", "));
    let part = asked(None, &question, |name| {
        let mut named = PARTS.into_iter().filter(|part| part.starts_with(name));
        match (name, named.next(), named.next()) {
            ("", ..) => Ok(None),
            (_, Some(part), None) => Ok(Some(part)),
            _ => Err(CommandError::NoPart { name: name.to_owned() }),
        }
    })?;
    let text = |question: &str| typed(question).map(|text| Some(text).filter(|text| !text.is_empty()));
    match part {
        None => return Ok(false),
        Some("question") => {
            entry.question = None;
            ask_for_question(entry)?;
        }
        Some("answer") => {
            entry.answer = None;
            ask_for_answer(entry)?;
        }
        Some("phrasings") => {
            entry.phrasing.clear();
            ask_for_phrasings(entry)?;
        }
        Some("topic") => {
            (entry.topic, entry.title) = (None, None);
            choose_topic(entry, base)?;
        }
        Some("source") => {
            entry.source = None;
            choose_source(entry, base)?;
        }
        Some("paragraph") => {
            let number = |text: &str| match (text, text.parse()) {
                ("", _) => Ok(None),
                (_, Ok(number)) => Ok(Some(number)),
                _ => Err(CommandError::NoNumber { text: text.to_owned() }),
            };
            entry.paragraph = asked(None, "The number of the paragraph:", number)?;
        }
        Some("evidence") => entry.evidence = lines("Phrases of that paragraph")?,
        Some("id") => entry.id = text("The id:")?,
        Some("claimed-by") => entry.claimed_by = text("Who claims it:")?,
        Some(_) => entry.as_of = text("Up to when it is known to be true:")?,
    }
    Ok(true)
}

fn ask_for_question(entry: &mut AddArguments) -> Result<(), CommandError> {
    let take = |text: &str| {
        if !text.chars().any(char::is_alphanumeric) {
            return Err(CommandError::NoWords { text: text.to_owned() });
        }
        fitting(text, "question", MAX_QUESTION_CHARS)
    };
    entry.question = Some(asked(entry.question.as_deref(), "The question in full:", take)?);
    Ok(())
}

fn ask_for_answer(entry: &mut AddArguments) -> Result<(), CommandError> {
    let take = |text: &str| match text {
        "" => Err(CommandError::Empty { what: "answer" }),
        text => fitting(text, "answer", MAX_ANSWER_CHARS),
    };
    entry.answer = Some(asked(entry.answer.as_deref(), "The answer:", take)?);
    Ok(())
}

fn fitting(text: &str, what: &'static str, most: usize) -> Result<String, CommandError> {
    let length = text.chars().count();
    if length > most { Err(CommandError::TooLong { what, length, most }) } else { Ok(text.to_owned()) }
}

fn ask_for_phrasings(entry: &mut AddArguments) -> Result<(), CommandError> {
    entry.phrasing = lines("Other ways to ask it")?;
    Ok(())
}

/// Lines up to an empty one.
fn lines(what: &str) -> Result<Vec<String>, CommandError> {
    say(&format!("{what}, one on each line; an empty line ends them:"))?;
    let mut lines = Vec::new();
    loop {
        let line = typed("-")?;
        if line.is_empty() {
            return Ok(lines);
        }
        lines.push(line);
    }
}

/// The only topic is not asked for.
fn ask_for_topic(entry: &mut AddArguments, base: &KnowledgeBase) -> Result<(), CommandError> {
    if let (None, [only]) = (&entry.topic, base.topics.as_slice())
        && entry.title.is_none()
    {
        entry.topic = Some(only.id.clone());
        return Ok(());
    }
    choose_topic(entry, base)
}

fn choose_topic(entry: &mut AddArguments, base: &KnowledgeBase) -> Result<(), CommandError> {
    let usual = base.topics.first().map(|topic| topic.id.as_str());
    let hint = usual.map_or_else(String::new, |usual| format!(" [{usual}]"));
    let named = listed(base.topics.iter().map(|topic| topic.id.as_str()));
    let question = format!("The topic ({named}){hint}:");
    let take = |text: &str| {
        let name = usual.filter(|_| text.is_empty() && is_possible()).unwrap_or(text);
        topic_named(base, name).map(|known| (name.to_owned(), known)).map_err(CommandError::from)
    };
    loop {
        let (name, known) = asked(entry.topic.take().as_deref(), &question, take)?;
        if known.is_none() && entry.title.is_none() {
            entry.title = title_of_new(&name)?;
        }
        if known.is_some() || entry.title.is_some() {
            entry.topic = Some(name);
            return Ok(());
        }
    }
}

/// The title of a topic that the base does not have; nothing if another one was meant.
fn title_of_new(topic: &str) -> Result<Option<String>, CommandError> {
    let unknown = CommandError::NoTopic { topic: topic.to_owned() };
    if !is_possible() {
        return Err(unknown);
    }
    let usual = Topic::title_for(topic);
    let question = format!(
        "`{topic}` would be a new topic. Its title (such as {usual}; Enter for another \
         topic):"
    );
    Ok(Some(typed(&question)?).filter(|title| !title.is_empty()))
}

/// A default source, or the only one, is not asked for.
fn ask_for_source(entry: &mut AddArguments, base: &KnowledgeBase) -> Result<(), CommandError> {
    if let (None, Some(usual)) = (&entry.source, usual_source(base)) {
        entry.source = Some(usual.to_owned());
        return Ok(());
    }
    choose_source(entry, base)
}

fn choose_source(entry: &mut AddArguments, base: &KnowledgeBase) -> Result<(), CommandError> {
    let ids = || base.sources.iter().map(|source| source.id.as_str());
    if base.sources.is_empty() {
        return Err(CommandError::NoSources);
    }
    let (known, usual) = (listed(ids()), usual_source(base));
    let hint = usual.map_or_else(String::new, |usual| format!(" [{usual}]"));
    let take = |text: &str| {
        let name = usual.filter(|_| text.is_empty() && is_possible()).unwrap_or(text);
        let no_source = || CommandError::NoSource { source_id: name.to_owned(), known: known.clone() };
        ids().find(|id| *id == name).map(str::to_owned).ok_or_else(no_source)
    };
    entry.source = Some(asked(entry.source.as_deref(), &format!("The source ({known}){hint}:"), take)?);
    Ok(())
}

fn usual_source(base: &KnowledgeBase) -> Option<&str> {
    let default = base.sources.iter().find(|source| source.is_default);
    let usual = default.or(match base.sources.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    usual.map(|source| source.id.as_str())
}

/// The first of some names, and how many more there are.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let first = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if more == 0 { first } else { format!("{first} and {more} more") }
}
