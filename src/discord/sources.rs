//! `/sources`: the documents that answers rest on, and which entries rest on each.

use std::sync::Arc;

use serenity::all::{CommandInteraction, ComponentInteraction, CreateCommand};
use serenity::async_trait;

use super::answers::{self, gone, picked};
use super::custom_id::{self, custom_id, key};
use super::feature::Feature;
use super::listing::{self, ALL, LIST, Listing, PICK};
use super::message::{self, Message};
use super::{App, Response, Summary, locale};
use footnote_knowledge::{Entry, Source};
use footnote_search::reply::{Answerer, wording};

const NAME: &str = "sources";

/// The verb of the menu of sources.
const CHOOSE: &str = "choose";

const MAX_TITLE: usize = 120;
const MAX_LINE: usize = 150;

/// How many documents a page shows.
const SOURCES_A_PAGE: usize = 6;

/// The command.
pub(super) struct Sources;

#[async_trait]
impl Feature for Sources {
    fn name(&self) -> &'static str {
        NAME
    }

    fn definition(&self) -> Option<CreateCommand> {
        Some(locale::command(NAME, "See which documents my answers rest on"))
    }

    async fn run(&self, app: &App, _command: &CommandInteraction) -> Response {
        Response { body: all(&app.answerer(), 0).response(), summary: Summary::of_feature(NAME, "list", None) }
    }

    async fn press(&self, app: &App, component: &ComponentInteraction, state: &str) -> Response {
        let (verb, state) = custom_id::split(state);
        let (source, page) = custom_id::split(state);
        let page = page.parse().unwrap_or_default();
        let answerer = app.answerer();
        let picked = picked(component).unwrap_or_default();
        let entry = custom_id::entry(answerer.base(), picked).filter(|_| verb == PICK);
        let message = match verb {
            ALL => Some(all(&answerer, source.parse().unwrap_or_default())),
            CHOOSE => with_listing(&answerer, picked, |listing| Some(listing.page(0))),
            LIST => with_listing(&answerer, source, |listing| Some(listing.page(page))),
            PICK => with_listing(&answerer, source, |listing| {
                let answer = answers::answer(app, &answerer, &entry?.question, entry?);
                Some(listing.entry(answer, page))
            }),
            _ => return super::unsupported(NAME),
        };
        let Some(message) = message else { return gone() };
        let outcome = if verb == PICK { "answer" } else { "list" };
        let summary = Summary::of_feature(NAME, outcome, entry.map(|entry| entry.id.as_str()));
        Response { body: message.update(), summary }
    }
}

fn all(answerer: &Answerer, page: usize) -> Message {
    let sources = &answerer.base().sources;
    let pages = sources.len().div_ceil(SOURCES_A_PAGE).max(1);
    let page = page.min(pages - 1);
    let shown: Vec<&Arc<Source>> = sources.iter().skip(page * SOURCES_A_PAGE).take(SOURCES_A_PAGE).collect();
    let paragraphs = shown.iter().map(|source| paragraph(source, entries(answerer, source).len()));
    let paragraphs: Vec<String> = paragraphs.collect();
    let option = |source: &&Arc<Source>| {
        let origin = wording::published_by(source);
        message::menu_option(&source.title, &key(&source.id), Some(&origin))
    };
    Message::new(message::embed("Sources", &paragraphs.join("\n\n"), message::BLUE))
        .menu(&custom_id(NAME, &[CHOOSE]), "Choose a document", shown.iter().map(option).collect())
        .buttons(listing::turns_of_all(NAME, page, pages))
        .private(true)
}

/// The title, what kind of text it is and whose, what is owed to the author, and how much rests on
/// it.
fn paragraph(source: &Source, entries: usize) -> String {
    let mut lines =
        vec![super::render::source_title(source, MAX_TITLE), message::line(&wording::published_by(source), MAX_LINE)];
    lines.extend(source.credit.as_deref().map(|credit| message::line(credit, MAX_LINE)));
    lines.push(if entries == 1 { "1 entry rests on it".to_owned() } else { format!("{entries} entries rest on it") });
    lines.join("\n")
}

fn entries<'a>(answerer: &'a Answerer, source: &Arc<Source>) -> Vec<&'a Entry> {
    let cites = |entry: &&Entry| entry.citations.iter().any(|citation| Arc::ptr_eq(&citation.source, source));
    answerer.base().entries.iter().filter(cites).collect()
}

fn with_listing(
    answerer: &Answerer,
    wanted: &str,
    show: impl FnOnce(&Listing<'_>) -> Option<Message>,
) -> Option<Message> {
    let source = answerer.base().sources.iter().find(|source| key(&source.id) == wanted)?;
    let summary = wording::published_by(source);
    let listing = Listing {
        feature: NAME,
        key: &source.id,
        title: &source.title,
        summary: &summary,
        entries: entries(answerer, source),
    };
    show(&listing)
}
