//! The file of `/gaps`: its questions as a topic file to fill in.

use super::super::payload::MAX_FILE;
use crate::journal::GapPage;
use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::drafts::{Unanswered, topic_file};

/// The file, with as many entries as there is room for.
pub(super) fn write(gaps: &GapPage, base: &KnowledgeBase) -> String {
    let questions = gaps.groups.iter().map(|group| Unanswered {
        name: &group.group,
        wordings: &group.wordings,
        asked: group.asked,
        last_asked: group.last_seen,
    });
    topic_file(questions, gaps.total, base, MAX_FILE)
}
