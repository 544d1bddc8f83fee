//! `add`: a new entry, with what it does to the others before it is written.

use std::io::{self, IsTerminal, Write};
use std::time::SystemTime;

use super::arguments::base::AddArguments;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_curation::{
    Approval, Change, ChangeError, Curation, NewCitation, NewEntry, Person, Settings, ShiftKind, Standing,
};
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::drafts::id_for;
use footnote_knowledge::text::plain::{on_one_line, without_controls};

/// How many of the phrasings that find another entry are shown.
const SHOWN: usize = 10;

pub(super) fn run(arguments: &AddArguments, config: &Config) -> Result<Verdict, CommandError> {
    // Whoever works on the files commits them too.
    let settings = Settings { commits: None, ..Settings::new(config.folders().to_change()) };
    let curation = Curation::new(settings);
    let snapshot = curation.snapshot(config.thresholds, config.unanswerable)?;
    let change = change(arguments, snapshot.base())?;
    let preview = snapshot.preview(&change, &[]).map_err(|error| match error {
        ChangeError::UnknownTopic { topic } => CommandError::NoTopic { topic },
        error => error.into(),
    })?;
    let mut out = anstream::stdout().lock();
    let mut say = |text: &str| {
        let lines: Vec<String> = text.lines().map(without_controls).collect();
        writeln!(out, "{}", lines.join("\n")).map_err(CommandError::Io)
    };
    say(&preview.difference())?;
    let taken: Vec<_> = preview.effect().taken_by(change.entry()).collect();
    for shift in taken.iter().take(SHOWN) {
        let from = shift.before.entry.as_deref().unwrap_or("no entry");
        say(&format!("takes “{}” from {from}", shift.question))?;
    }
    if taken.len() > SHOWN {
        say(&format!("and {} more", taken.len() - SHOWN))?;
    }
    if !preview.is_applicable() {
        return Err(CommandError::Unfit { findings: preview.findings().clone() });
    }
    // No questions of members are asked here, so that only phrasings can be spoken of.
    let is_lost = preview.effect().of_kind(ShiftKind::Unanswered).next().is_some();
    let effect = if taken.is_empty() && !is_lost {
        "No existing phrasing is affected.".to_owned()
    } else {
        preview.effect().summary(change.entry())
    };
    for text in [effect, preview.findings().render(false)] {
        if !text.trim().is_empty() {
            say(&text)?;
        }
    }
    if !arguments.consent.given("Add it?")? {
        say("nothing is written")?;
        return Ok(if arguments.consent.dry_run { Verdict::Positive } else { Verdict::Negative });
    }
    let approval = Approval {
        author: Person::with_role("curator"),
        approver: None,
        reason: String::new(),
        time: SystemTime::now(),
    };
    curation.apply(preview, &approval)?;
    say(&format!("added `{}`", change.entry()))?;
    Ok(Verdict::Positive)
}

/// The entry that the options and the answers on a terminal make.
fn change(arguments: &AddArguments, base: &KnowledgeBase) -> Result<Change, CommandError> {
    let question = asked(arguments.question.as_deref(), "The question in full:")?;
    let answer = asked(arguments.answer.as_deref(), "The answer:")?;
    let mut phrasings = arguments.phrasing.clone();
    if phrasings.is_empty() && io::stdin().is_terminal() {
        anstream::eprintln!("Other ways to ask it, one on each line; an empty line ends them:");
        while let Some(phrasing) = typed("")?.filter(|line| !line.is_empty()) {
            phrasings.push(phrasing);
        }
    }
    let cited = |source| NewCitation {
        source,
        paragraph: arguments.paragraph,
        anchor: None,
        url: None,
        evidence: arguments.evidence.clone(),
    };
    let has_default = base.sources.iter().any(|source| source.is_default);
    let citations = match &arguments.source {
        Some(source) => vec![cited(source.clone())],
        // An entry without citations cites the default source anyway.
        None if has_default && arguments.paragraph.is_none() => Vec::new(),
        None => vec![cited(default_source(base)?)],
    };
    let new = NewEntry {
        id: arguments.id.clone().unwrap_or_else(|| id_for(&question, base)),
        question,
        phrasings: phrasings.iter().map(|phrasing| on_one_line(phrasing)).collect(),
        answer,
        standing: arguments.claimed_by.clone().map_or(Standing::Reported, |by| Standing::Claim { by }),
        side_of: None,
        as_of: arguments.as_of.clone(),
        citations,
    };
    let topic = match (&arguments.topic, base.topics.as_slice()) {
        (Some(topic), _) => topic.clone(),
        (None, [only]) => only.id.clone(),
        (None, topics) => {
            let ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
            asked(None, &format!("The topic ({}):", ids.join(", ")))?
        }
    };
    Ok(match &arguments.title {
        Some(title) => Change::add_topic(topic, title, new),
        None => Change::add_entry(topic, new),
    })
}

fn default_source(base: &KnowledgeBase) -> Result<String, CommandError> {
    let default = base.sources.iter().find(|source| source.is_default);
    match (default, base.sources.as_slice()) {
        (Some(source), _) => Ok(source.id.clone()),
        (None, [only]) => Ok(only.id.clone()),
        (None, sources) => {
            let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
            asked(None, &format!("The source ({}):", ids.join(", ")))
        }
    }
}

/// What an option says, or what is typed on a terminal.
fn asked(option: Option<&str>, question: &str) -> Result<String, CommandError> {
    let missing = || CommandError::NotSaid { question: question.trim_end_matches(':').to_owned() };
    match option {
        Some(text) => Ok(text.trim().to_owned()),
        None if io::stdin().is_terminal() => typed(question)?.filter(|line| !line.is_empty()).ok_or_else(missing),
        None => Err(missing()),
    }
}

/// A line, or nothing at the end of the input.
fn typed(question: &str) -> Result<Option<String>, CommandError> {
    anstream::eprint!("{question} ");
    io::stderr().flush().map_err(CommandError::Io)?;
    let mut line = String::new();
    let length = io::stdin().read_line(&mut line).map_err(CommandError::Io)?;
    Ok((length > 0).then(|| on_one_line(&line)))
}
