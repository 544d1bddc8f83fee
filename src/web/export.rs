//! The site as files for any web server.

use std::collections::BTreeSet;

use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::reply::Answerer;
use maud::{PreEscaped, html};
use serde_json::json;

use super::assets::{ALL, SEARCH};
use super::changes::{Changes, FEED, feed};
use super::pages;
use super::site::{Address, Form, Site};

/// A file of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its path, with slashes and relative to the root.
    pub path: String,
    /// Its content.
    pub content: String,
}

/// All files of a site, in the order in which they can be put in place: a page only after what it
/// loads.
#[must_use]
pub fn files(site: &Site, answerer: &Answerer, changes: &Changes) -> Vec<ExportedFile> {
    let base = answerer.base();
    let file = |path: &str, content: String| ExportedFile { path: path.to_owned(), content };
    let page = |path: &str, content: String| ExportedFile { path: format!("{path}index.html"), content };
    let mut files: Vec<ExportedFile> = ALL
        .iter()
        .filter(|asset| asset.name != SEARCH.name)
        .map(|asset| file(asset.name, asset.content.to_owned()))
        .collect();
    files.push(file("search.json", index(answerer)));
    for entry in &base.entries {
        files.push(page(&format!("e/{}/", entry.id), pages::entry(site, base, entry, changes)));
    }
    for source in &base.sources {
        let content = pages::source(site, base, &source.id);
        files.extend(content.map(|content| page(&format!("s/{}/", source.id), content)));
    }
    for topic in &base.topics {
        let content = pages::topic(site, base, &topic.id);
        files.extend(content.map(|content| page(&format!("t/{}/", topic.id), content)));
    }
    files.push(page("topics/", pages::topics(site, base)));
    files.push(page("sources/", pages::sources(site, base)));
    files.push(file("404.html", pages::missing(&site.links_anywhere())));
    files.extend(sitemap(site, base).map(|map| file("sitemap.xml", map)));
    files.extend(feed(site, base, changes).map(|feed| file(FEED, feed)));
    files.push(file("robots.txt", robots(site)));
    files.push(page("", pages::home(site, base)));
    files
}

/// What the search in the browser reads: of each entry the id, the question, and the words of its
/// other phrasings, each once.
fn index(answerer: &Answerer) -> String {
    let row = |entry: &Entry| {
        let phrasings = entry.phrasings.iter().map(|phrasing| phrasing.value.as_str());
        let texts = phrasings.chain(entry.keywords.iter().map(String::as_str));
        let normalized: Vec<String> = texts.map(|text| answerer.normalized(text)).collect();
        let words: BTreeSet<&str> = normalized.iter().flat_map(|text| text.split(' ')).collect();
        json!([entry.id, entry.question, Vec::from_iter(words).join(" ")])
    };
    json!({"entries": answerer.base().entries.iter().map(row).collect::<Vec<_>>()}).to_string()
}

/// The [list of all pages](https://www.sitemaps.org/protocol.html); `None` if nobody knows where
/// the site is.
pub(super) fn sitemap(site: &Site, base: &KnowledgeBase) -> Option<String> {
    site.public_url.as_ref()?;
    let fixed = [Address::Home, Address::Topics, Address::Sources];
    let topics = base.topics.iter().map(|topic| Address::Topic(&topic.id));
    let sources = base.sources.iter().map(|source| Address::Source(&source.id));
    let entries = base.entries.iter().map(|entry| Address::Entry(&entry.id));
    let addresses = fixed.into_iter().chain(topics).chain(sources).chain(entries);
    let map = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @for address in addresses.filter_map(|address| site.absolute(address)) { url { loc { (address) } } }
        }
    };
    Some(map.into_string())
}

/// What [robots](https://www.rfc-editor.org/rfc/rfc9309) may read: all pages, but no replies.
pub(super) fn robots(site: &Site) -> String {
    let mut rules = "User-agent: *\n".to_owned();
    if site.form == Form::Served {
        rules.push_str("Disallow: /suggest\nDisallow: /api/\nDisallow: /?q=\n");
    }
    rules.push_str("Allow: /\n");
    if let Some(address) = site.absolute(Address::File("sitemap.xml")) {
        rules = format!("{rules}\nSitemap: {address}\n");
    }
    rules
}
