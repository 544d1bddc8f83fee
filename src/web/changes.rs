//! When answers were changed, for readers and for those who follow a site: the record that each
//! approved change leaves beside the base, and a feed of it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use footnote_curation::{Change, HistoryError, Record, history};
use footnote_knowledge::text::plain::without_controls;
use footnote_knowledge::{KnowledgeBase, Topic};
use maud::{Markup, PreEscaped, html};
use percent_encoding::utf8_percent_encode;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::article::summary;
use super::site::{Address, ENCODED, Site};
use crate::base::BaseFolders;

/// How many changes the feed has.
const NEWEST: usize = 50;

/// The feed's file.
pub(super) const FEED: &str = "feed.xml";

/// What was changed for readers: new answers and other answers, not other ways to ask for them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The last one first.
    newest: Vec<Changed>,
    /// The place of each entry's last change among them.
    by_entry: HashMap<String, usize>,
    /// When each file of the base was last saved, by its name in lower case, in the same form.
    saved: HashMap<String, String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Changed {
    id: String,
    entry: String,
    /// In UTC, as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) has it.
    time: String,
    reason: String,
    is_new: bool,
}

impl Changes {
    /// Those of a base in all its folders.
    ///
    /// # Errors
    ///
    /// [`HistoryError`] if a record cannot be read.
    pub fn read(folders: &BaseFolders) -> Result<Self, HistoryError> {
        let records: Result<Vec<Vec<Record>>, HistoryError> = folders.all().map(history).collect();
        Ok(Self { saved: saved(folders), ..Self::of(records?.into_iter().flatten()) })
    }

    fn of(records: impl Iterator<Item = Record>) -> Self {
        let changed = |record: Record| {
            let is_new = match record.change {
                Change::AddEntry { .. } => true,
                Change::EditEntry { .. } => false,
                Change::AddPhrasing { .. } | Change::WithdrawPhrasing { .. } => return None,
            };
            let entry = record.change.entry().to_owned();
            Some(Changed { id: record.id, entry, time: record.time, reason: record.reason, is_new })
        };
        let mut newest: Vec<Changed> = records.filter_map(changed).collect();
        newest.sort_by(|one, other| other.time.cmp(&one.time));
        let mut by_entry = HashMap::new();
        for (place, changed) in newest.iter().enumerate() {
            by_entry.entry(changed.entry.clone()).or_insert(place);
        }
        Self { newest, by_entry, saved: HashMap::new() }
    }

    /// The day on which an answer was last changed, such as `2025-03-27`, if it was.
    pub(super) fn day(&self, entry: &str) -> Option<&str> {
        let changed = &self.newest[*self.by_entry.get(entry)?];
        changed.time.split('T').next()
    }

    /// The day on which the file of a topic was last saved, as far as the files tell.
    pub(super) fn day_of_file(&self, topic: &Topic) -> Option<&str> {
        self.saved.get(&topic.file_name().to_lowercase())?.split('T').next()
    }
}

/// When somebody last saved each file of the base. Of several layers, the last time counts.
fn saved(folders: &BaseFolders) -> HashMap<String, String> {
    let layers = folders.now().read().unwrap_or_default();
    let files = layers.iter().flat_map(|layer| layer.files().map(|file| (layer.name_of(file), file)));
    let mut saved: HashMap<String, String> = HashMap::new();
    for (name, file) in files {
        if let Some(time) = time_of(&file.path) {
            let newest = saved.entry(name.to_lowercase()).or_default();
            *newest = time.max(std::mem::take(newest));
        }
    }
    saved
}

fn time_of(file: &Path) -> Option<String> {
    let time = OffsetDateTime::from(fs::metadata(file).ok()?.modified().ok()?);
    time.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}

/// The [feed](https://www.rfc-editor.org/rfc/rfc4287) of what was changed, the last change first;
/// `None` if nobody knows where the site is, because each part of a feed has a whole address, or
/// when anything was changed, because a feed has a time even if nothing is in it.
pub(super) fn feed(site: &Site, base: &KnowledgeBase, changes: &Changes) -> Option<String> {
    let (home, own) = (site.absolute(Address::Home)?, site.absolute(Address::File(FEED))?);
    let shown = changes.newest.iter().filter_map(|changed| Some((changed, base.entry(&changed.entry)?)));
    let shown: Vec<_> = shown.take(NEWEST).collect();
    let last = shown.first().map(|(changed, _)| *changed).or(changes.newest.first());
    let updated = last.map(|changed| &changed.time).or_else(|| changes.saved.values().max())?;
    let feed = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { (without_controls(&site.title)) }
            id { (own) }
            updated { (updated) }
            author { name { (without_controls(&site.title)) } }
            (link("self", &own))
            (link("alternate", &home))
            @for (changed, entry) in shown {
                @let page = site.absolute(Address::Entry(&entry.id)).unwrap_or_default();
                entry {
                    title {
                        @if !changed.is_new { "Changed: " }
                        (without_controls(&entry.question))
                    }
                    id { (own) "#" (utf8_percent_encode(&changed.id, ENCODED)) }
                    updated { (changed.time) }
                    (link("alternate", &page))
                    summary {
                        (summary(entry))
                        @if !changed.reason.trim().is_empty() {
                            " (" (without_controls(changed.reason.trim())) ")"
                        }
                    }
                }
            }
        }
    };
    Some(feed.into_string())
}

/// A link as XML has it: maud writes `link` as HTML does, which has no end for it.
fn link(relation: &str, address: &str) -> Markup {
    html! {
        (PreEscaped("<link rel=\"")) (relation) (PreEscaped("\" href=\"")) (address) (PreEscaped("\"/>"))
    }
}
