//! The topic of a new entry, by the name that somebody writes: one of the base, or a new one.

use footnote_knowledge::text::is_kebab_case;
use footnote_knowledge::{KnowledgeBase, Topic};

use crate::edit::error::ChangeError;

/// The topic of the base with this name, alone or after that of its group and a slash; `None` if
/// the base has none and could get it.
///
/// # Errors
///
/// [`ChangeError`] if there can be no topic of this name.
pub fn topic_named<'b>(base: &'b KnowledgeBase, name: &str) -> Result<Option<&'b Topic>, ChangeError> {
    let (group, id) = name.split_once('/').map_or((None, name), |(group, id)| (Some(group), id));
    if let Some(known) = base.topics.iter().find(|known| known.id == id) {
        if group.is_none() || group == known.group.as_deref() {
            return Ok(Some(known));
        }
        let known = known.file_name().trim_end_matches(".toml").to_owned();
        return Err(ChangeError::TopicElsewhere { known });
    }
    // These names belong to files that are no topics.
    if ["sources", "synonyms", "calibration"].contains(&id) {
        return Err(ChangeError::ReservedTopic { topic: id.to_owned() });
    }
    if !is_kebab_case(id) || group.is_some_and(|group| !is_kebab_case(group)) {
        return Err(ChangeError::TopicName { topic: name.to_owned() });
    }
    Ok(None)
}
