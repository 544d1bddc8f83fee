//! What is around every page: its head, the search, and the ways to all other pages.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::assets::{ICON, SEARCH, STYLE, WORD_SEARCH};
use super::changes::FEED;
use super::shared::MAX_QUESTION;
use super::site::{Address, Form, Links};

/// What a browser may load for a page: only what comes from where the page is, and no script or
/// style inside the page. JSON-LD is data that no browser runs, so it needs no exception.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/// The longest description that search engines and messengers show, in characters.
const MAX_DESCRIPTION: usize = 200;

/// What the head of a page says of it.
#[derive(Debug)]
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Where it is found; `None` for one that should not be found.
    pub(super) address: Option<Address<'a>>,
    /// A picture for those who show a link to it.
    pub(super) image: Option<&'a str>,
    pub(super) linked_data: Option<String>,
    /// What stands in the search field.
    pub(super) question: &'a str,
}

impl<'a> Head<'a> {
    /// A page that is found at this address.
    pub(super) fn of(title: &'a str, description: &'a str, address: Address<'a>) -> Self {
        Self { title, description, address: Some(address), image: None, linked_data: None, question: "" }
    }

    /// A page that should not be found by search engines.
    pub(super) fn unlisted(title: &'a str, description: &'a str) -> Self {
        Self { address: None, ..Self::of(title, description, Address::Home) }
    }
}

/// A page with this content.
pub(super) fn page(links: &Links<'_>, head: &Head<'_>, content: &Markup) -> String {
    let site = links.site;
    let is_home = head.address == Some(Address::Home);
    let title = if is_home { site.title.clone() } else { format!("{} · {}", head.title, site.title) };
    let script = match site.form {
        Form::Served => &SEARCH,
        Form::Files => &WORD_SEARCH,
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                @if site.form == Form::Files { meta http-equiv="Content-Security-Policy" content=(POLICY); }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                (described(links, head))
                link rel="icon" type="image/svg+xml" href=(links.to(Address::File(&ICON.path())));
                link rel="stylesheet" href=(links.to(Address::File(&STYLE.path())));
                script src=(links.to(Address::File(&script.path()))) defer {}
                @if let Some(data) = &head.linked_data {
                    script type="application/ld+json" { (PreEscaped(data)) }
                }
            }
            body {
                a .skip href="#main" { "Skip to the content" }
                header {
                    nav aria-label="Pages" {
                        a .site href=(links.to(Address::Home)) aria-current=[is_home.then_some("page")] { (site.title) }
                        @for (address, name) in [(Address::Topics, "Topics"), (Address::Sources, "Sources")] {
                            @let is_here = head.address == Some(address);
                            a href=(links.to(address)) aria-current=[is_here.then_some("page")] { (name) }
                        }
                    }
                    (search(links, head.question))
                }
                main #main { (content) }
                footer {
                    p {
                        "Every answer names its sources. "
                        "A claim is what somebody says, not what is established."
                    }
                }
            }
        }
    };
    page.into_string()
}

fn described(links: &Links<'_>, head: &Head<'_>) -> Markup {
    let (site, description) = (links.site, shortened(head.description));
    let kind = if matches!(head.address, Some(Address::Entry(_))) { "article" } else { "website" };
    html! {
        meta name="description" content=(description);
        @match head.address {
            None => meta name="robots" content="noindex";,
            Some(address) => {
                @if let Some(address) = site.absolute(address) {
                    link rel="canonical" href=(address);
                    meta property="og:url" content=(address);
                    link rel="alternate" type="application/atom+xml" title="What was changed"
                        href=(links.to(Address::File(FEED)));
                }
            }
        }
        meta property="og:type" content=(kind);
        meta property="og:site_name" content=(site.title);
        meta property="og:title" content=(head.title);
        meta property="og:description" content=(description);
        @if let Some(image) = head.image { meta property="og:image" content=(image); }
        meta name="twitter:card" content="summary";
    }
}

fn search(links: &Links<'_>, question: &str) -> Markup {
    let is_served = links.site.form == Form::Served;
    let index = if is_served { "suggest" } else { "search.json" };
    html! {
        // Without a script, files cannot be searched.
        form role="search" action=(links.to(Address::Home)) method="get" hidden[!is_served]
            data-index=(links.to(Address::File(index))) data-root=(links.to(Address::Home)) {
            label for="q" { "Ask a question" }
            div .field {
                input #q name="q" type="search" value=(question) maxlength=(MAX_QUESTION) autocomplete="off"
                    enterkeyhint="search" spellcheck="true";
                button type="submit" { "Ask" }
            }
            div #found {}
            p #count role="status" {}
        }
        @if !is_served {
            noscript { p { "The search needs JavaScript. The topics list every question." } }
        }
    }
}

/// As many whole words of a text as a description shows.
fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_DESCRIPTION {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() + 2 > MAX_DESCRIPTION {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    short.trim_end().to_owned() + " …"
}

/// A number of things: "1 question", "2 questions".
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
