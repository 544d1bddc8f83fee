//! What a deletion would delete, so that it can be shown before.

use std::collections::HashSet;

use crate::cli::outcome::CommandError;
use crate::config::JournalConfig;
use crate::journal::key::MemberKey;
use crate::journal::{JournalError, Record, Store, Timestamp, has_text};
use footnote_knowledge::text::counted;
use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::plain::on_one_line;

/// What would be deleted.
#[derive(Debug, Default)]
pub(super) struct Deletion {
    /// Servers and questions: one that was also chosen an entry for is one question.
    questions: HashSet<(Option<String>, String)>,
    votes: u64,
    drafts: u64,
    picks: u64,
    counts: u64,
}

impl Deletion {
    pub(super) fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.votes + self.drafts + self.picks + self.counts == 0
    }

    /// The numbers of what there is, such as "2 questions and 1 vote".
    pub(super) fn summary(&self) -> String {
        let mut text = format!("{} and {}", counted(self.questions.len(), "question"), counted(self.votes, "vote"));
        for (number, what) in [(self.drafts, "draft"), (self.picks, "choice"), (self.counts, "figure")] {
            if number > 0 {
                text = format!("{text}, and {}", counted(number, what));
            }
        }
        text
    }

    fn add_question(&mut self, server: Option<&String>, question: &str) {
        self.questions.insert((server.cloned(), question.to_owned()));
    }
}

/// What is at least so many days old.
pub(super) async fn older_than(store: &Store, days: u32) -> Result<Deletion, CommandError> {
    let until = Timestamp::now().minus_days(days);
    let mut found = Deletion::default();
    let count = |record: &Record| {
        match record {
            Record::Gap { server, question, last_seen, .. } if *last_seen <= until => {
                found.add_question(server.as_ref(), question);
            }
            Record::Vote { at, .. } if *at <= until => found.votes += 1,
            Record::Draft { changed, .. } if *changed <= until => found.drafts += 1,
            Record::Pick { last_seen, .. } if *last_seen <= until => found.picks += 1,
            Record::Count { day, .. } if *day <= until => found.counts += 1,
            _ => {}
        }
        Ok(())
    };
    store.export(count).await?;
    Ok(found)
}

/// A question, however it is spelled, or a group or a suggestion by its name.
pub(super) async fn named(store: &Store, wanted: &str) -> Result<Deletion, CommandError> {
    let spelled = |text: &str| fold(&on_one_line(text));
    let folded = spelled(wanted);
    let is_wanted = |text: &str| spelled(text) == folded;
    let mut found = Deletion::default();
    let count = |record: &Record| {
        match record {
            Record::Gap { server, group: name, question, example, .. }
            | Record::Pick { server, name, question, example, .. }
                if name == wanted || is_wanted(question) || is_wanted(example) =>
            {
                found.add_question(server.as_ref(), question);
            }
            Record::Draft { change, .. } if has_text(change, &is_wanted) => found.drafts += 1,
            _ => {}
        }
        Ok(())
    };
    store.export(count).await?;
    Ok(found)
}

/// The votes of a member, and the drafts that are not in the base; none where there is no key, and
/// so no hash of a member.
pub(super) async fn made_by(store: &Store, config: &JournalConfig, member: u64) -> Result<Deletion, CommandError> {
    let key = MemberKey::find(&config.path, |name| std::env::var(name)).map_err(JournalError::from)?;
    let mut found = Deletion::default();
    let Some(key) = key else { return Ok(found) };
    let (voter, writer) = (key.hash(member).to_string(), key.author(member).to_string());
    let count = |record: &Record| {
        match record {
            Record::Vote { member, .. } if *member == voter => found.votes += 1,
            Record::Draft { author, state, .. } if *author == writer && ["open", "submitted"].contains(&&**state) => {
                found.drafts += 1;
            }
            _ => {}
        }
        Ok(())
    };
    store.export(count).await?;
    Ok(found)
}
