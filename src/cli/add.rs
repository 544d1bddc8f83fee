//! `add`: a new entry, with what it does to the others before it is written.

mod answers;
mod command;

use std::time::SystemTime;

use super::arguments::base::AddArguments;
use super::asking;
use super::outcome::{CommandError, Verdict};
use crate::config::Config;
use footnote_curation::{
    Approval, Change, ChangeError, Curation, NewCitation, NewEntry, Person, Preview, Settings, ShiftKind, Snapshot,
    Standing,
};
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::drafts::id_for;
use footnote_knowledge::text::plain::on_one_line;

/// How many of the phrasings that find another entry are shown.
const SHOWN: usize = 10;

/// `places` are the options that say where the configuration and the base are.
pub(super) fn run(arguments: &AddArguments, config: &Config, places: &[String]) -> Result<Verdict, CommandError> {
    let mut entry = arguments.clone();
    let added = add(&mut entry, config);
    // What was typed is not lost, whatever came of it.
    if asking::is_possible() && entry != *arguments && !matches!(added, Ok(Verdict::Positive)) {
        asking::say(&format!("To go on from here later:\n{}", command::line(places, &entry)))?;
    }
    added
}

fn add(entry: &mut AddArguments, config: &Config) -> Result<Verdict, CommandError> {
    // Whoever works on the files commits them too.
    let settings = Settings { commits: None, ..Settings::new(config.folders().to_change()) };
    let curation = Curation::new(settings);
    let snapshot = curation.snapshot(config.thresholds, config.unanswerable)?;
    answers::ask_for_missing(entry, snapshot.base())?;
    let preview = loop {
        match preview(&snapshot, entry) {
            Err(error) if asking::is_possible() => {
                error.print();
                if !answers::ask_for_another(entry, snapshot.base())? {
                    say("nothing is written")?;
                    return Ok(Verdict::Negative);
                }
            }
            preview => break preview?,
        }
    };
    let new = preview.change().entry().to_owned();
    show(&preview, &new)?;
    if !entry.consent.given("Add it?")? {
        say("nothing is written")?;
        return Ok(if entry.consent.dry_run { Verdict::Positive } else { Verdict::Negative });
    }
    let approval = Approval {
        author: Person::with_role("curator"),
        approver: None,
        reason: String::new(),
        time: SystemTime::now(),
    };
    curation.apply(preview, &approval)?;
    say(&format!("added `{new}`"))?;
    Ok(Verdict::Positive)
}

fn say(text: &str) -> Result<(), CommandError> {
    asking::say_on(anstream::stdout(), text)
}

/// The entry as it would be written. One that the base cannot have is shown up to what is wrong
/// with it.
fn preview(snapshot: &Snapshot, entry: &AddArguments) -> Result<Preview, CommandError> {
    let preview = snapshot.preview(&change(entry, snapshot.base())?, &[]).map_err(|error| match error {
        ChangeError::UnknownTopic { topic } => CommandError::NoTopic { topic },
        error => error.into(),
    })?;
    if !preview.is_applicable() {
        say(&preview.difference())?;
        return Err(CommandError::Unfit { findings: preview.findings().clone() });
    }
    Ok(preview)
}

fn show(preview: &Preview, entry: &str) -> Result<(), CommandError> {
    say(&preview.difference())?;
    let taken: Vec<_> = preview.effect().taken_by(entry).collect();
    for shift in taken.iter().take(SHOWN) {
        let from = shift.before.entry.as_deref().unwrap_or("no entry");
        say(&format!("takes “{}” from {from}", shift.question))?;
    }
    if taken.len() > SHOWN {
        say(&format!("and {} more", taken.len() - SHOWN))?;
    }
    // No questions of members are asked here, so that only phrasings can be spoken of.
    let is_lost = preview.effect().of_kind(ShiftKind::Unanswered).next().is_some();
    let effect = if taken.is_empty() && !is_lost {
        "No existing phrasing is affected.".to_owned()
    } else {
        preview.effect().summary(entry)
    };
    for text in [effect, preview.findings().render(false)] {
        if !text.trim().is_empty() {
            say(&text)?;
        }
    }
    Ok(())
}

/// What is to be written, once nothing is missing.
fn change(entry: &AddArguments, base: &KnowledgeBase) -> Result<Change, CommandError> {
    let said = |text: &Option<String>, what: &str| {
        text.clone().ok_or_else(|| CommandError::NotSaid { question: what.to_owned() })
    };
    let question = said(&entry.question, "the question")?;
    let citation = entry.source.clone().map(|source| NewCitation {
        source,
        paragraph: entry.paragraph,
        anchor: None,
        url: None,
        evidence: entry.evidence.clone(),
    });
    let new = NewEntry {
        id: entry.id.clone().unwrap_or_else(|| id_for(&question, base)),
        question,
        phrasings: entry.phrasing.iter().map(|phrasing| on_one_line(phrasing)).collect(),
        answer: said(&entry.answer, "the answer")?,
        standing: entry.claimed_by.clone().map_or(Standing::Reported, |by| Standing::Claim { by }),
        side_of: None,
        as_of: entry.as_of.clone(),
        // An entry without citations cites the default source.
        citations: citation.into_iter().collect(),
    };
    let topic = said(&entry.topic, "the topic")?;
    Ok(match &entry.title {
        Some(title) => Change::add_topic(topic, title, new),
        None => Change::add_entry(topic, new),
    })
}
