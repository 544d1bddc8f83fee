//! The sources of an entry: a line for each below the answer, and each citation with what it
//! quotes.

use super::address::{Address, FollowUp, Key};
use super::limits::{MAX_LINE, length, truncate};
use super::listing::Page;
use super::markdown::{escape, line};
use super::message::{BLUE, Card};
use super::wording;
use crate::discord::texts::Texts;
use footnote_knowledge::{Citation, CitedSource, Entry, Source};

const MAX_FIELD_VALUE: usize = 1_024;
/// For each length of the description, in UTF-16 code units, how many full fields of sources still
/// fit into the 6,000 that a whole embed may have, with its title and the line above it.
const FIELDS_BESIDE: [(usize, usize); 3] = [(2_500, 3), (3_500, 2), (usize::MAX, 1)];
const MAX_SOURCE_TITLE: usize = 150;

/// The longest address that is linked, in UTF-16 code units. With the longest title, it leaves room
/// in a field for the rest of the line.
const MAX_LINK: usize = 400;

/// How many citations are on a page. Five full fields fit into an embed.
const CITATIONS_A_PAGE: usize = 5;

/// Discord requires a name for every field. An invisible one lets the list continue.
const NO_NAME: &str = "\u{200b}";

/// The numbered sources of an entry, in as many fields as they need and as fit beside the
/// description. Those that do not fit are counted.
pub(super) fn fields(texts: &Texts, entry: &Entry, description: &str) -> Vec<(String, String)> {
    let beside = FIELDS_BESIDE.iter().find(|(longest, _)| length(description) <= *longest);
    let most = beside.map_or(1, |(_, fields)| *fields);
    let cited = entry.cited();
    let lines = cited.iter().enumerate().map(|(index, source)| {
        let first = entry.citations.iter().find(|citation| citation.source.id == source.source.id);
        source_line(texts, index + 1, source, first)
    });
    filled(texts, lines.collect(), most)
}

fn filled(texts: &Texts, lines: Vec<String>, most: usize) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let count = lines.len();
    for (index, line) in lines.into_iter().enumerate() {
        let rest = format!("\n{}", texts.and_more(count - index));
        let room = match fields.last() {
            Some((_, value)) => MAX_FIELD_VALUE.saturating_sub(length(value) + length(&rest)),
            None => 0,
        };
        let is_last_field = fields.len() == most;
        match fields.last_mut() {
            Some((_, value)) if length(&line) < room => {
                value.push('\n');
                value.push_str(&line);
            }
            Some((_, value)) if is_last_field => {
                value.push_str(&rest);
                break;
            }
            previous => {
                let name = if previous.is_some() { NO_NAME.to_owned() } else { texts.sources_title() };
                fields.push((name, line));
            }
        }
    }
    fields
}

/// A source with its paragraphs; its title opens the document at its first citation.
fn source_line(texts: &Texts, number: usize, cited: &CitedSource<'_>, first: Option<&Citation>) -> String {
    let source = cited.source;
    let title = title(source, first, MAX_SOURCE_TITLE);
    let origin = line(&wording::origin(texts, cited), MAX_LINE);
    let credit = source.credit.as_deref().map(|credit| format!(" · {}", line(credit, MAX_LINE)));
    let line = format!("{number}\\. {title} · {origin}{}", credit.unwrap_or_default());
    truncate(&line, MAX_FIELD_VALUE - MAX_LINE).into_owned()
}

/// A source's title of at most `limit` UTF-16 code units, as a link if the document is online: to
/// what is cited, if that is given.
pub(super) fn title(source: &Source, cited: Option<&Citation>, limit: usize) -> String {
    let title = escape(&truncate(&source.title, limit));
    let addresses = [cited.and_then(Citation::link), cited.and_then(Citation::address), source.url.clone()];
    // A parenthesis would end the address.
    let addresses = addresses.into_iter().flatten().map(|url| url.replace('(', "%28").replace(')', "%29"));
    match addresses.into_iter().find(|address| length(address) <= MAX_LINK) {
        Some(address) => format!("[{title}]({address})"),
        None => format!("**{title}**"),
    }
}

/// A page of an entry's citations, counted from 0, each with its evidence.
pub(in crate::discord) fn card(texts: &Texts, entry: &Entry, page: usize) -> Card {
    let page = Page::of(entry.citations.len(), CITATIONS_A_PAGE, page);
    let numbered = (page.offset() + 1..).zip(page.items(&entry.citations));
    let card = Card::new(&entry.question, &texts.sources_quoted(), BLUE);
    let card = numbered.fold(card, |card, (number, citation)| {
        let place = citation
            .paragraph
            .map_or_else(String::new, |paragraph| format!(" · {}", texts.paragraphs(1, &paragraph.to_string())));
        card.field(&format!("{number}{place}"), quoted(texts, citation))
    });
    let turn = |page| Address::FollowUp(FollowUp::MoreSources(Key::of(&entry.id), page));
    card.buttons(page.turns(texts, turn)).private(true)
}

/// A citation: its document, what it says there, who published it and what they require.
fn quoted(texts: &Texts, citation: &Citation) -> String {
    let source = &citation.source;
    let mut lines = vec![title(source, Some(citation), MAX_SOURCE_TITLE)];
    lines.extend(citation.evidence.iter().map(|phrase| format!("> {}", texts.quoted(&line(&phrase.value, MAX_LINE)))));
    lines.push(line(&wording::published_by(texts, source), MAX_LINE));
    lines.extend(source.credit.as_deref().map(|credit| line(credit, MAX_LINE)));
    truncate(&lines.join("\n"), MAX_FIELD_VALUE).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::{json, labels};
    use super::*;
    use crate::discord::fixture::entry;
    use crate::discord::texts::english;

    #[test]
    fn sources_without_room_are_counted() {
        let source = &*entry("rope-colour").citations[0].source;
        let lines = (1..=100).map(|paragraph| {
            let cited = CitedSource { source, paragraphs: vec![paragraph] };
            source_line(english(), paragraph as usize, &cited, None)
        });
        let fields = filled(english(), lines.collect(), 3);
        assert_eq!(fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Sources", NO_NAME, NO_NAME]);
        assert!(fields.iter().all(|(_, value)| length(value) <= MAX_FIELD_VALUE));
        let (_, last) = &fields[2];
        let counted: usize = fields.iter().map(|(_, value)| value.matches(" · paragraph ").count()).sum();
        assert!(last.ends_with(&format!("\n… and {} more", 100 - counted)), "{last}");
    }

    #[test]
    fn each_citation_is_quoted_page_by_page() {
        let mut entry = entry("bell-weight").clone();
        let embed = &json(&card(english(), &entry, 0))["embeds"][0];
        assert_eq!(embed["title"], "How heavy is the bell?");
        let field = |number: usize| (embed["fields"][number]["name"].clone(), embed["fields"][number]["value"].clone());
        assert_eq!(field(0), ("1 · paragraph 4".into(), "**The Quay Almanac**\n> “two tons”\noverview".into()));
        assert_eq!(
            field(1),
            (
                "2 · paragraph 5".into(),
                "[Letters \\*from\\* the Quay](https://quay.example#:~:text=three%20tons)\n\
                 > “three tons”\nAda Quill · opinion piece\nBy kind permission"
                    .into()
            )
        );
        entry.citations = [entry.citations.clone(), entry.citations.clone(), entry.citations.clone()].concat();
        let second = card(english(), &entry, 1);
        assert_eq!(json(&second)["embeds"][0]["fields"][0]["name"], "6 · paragraph 5");
        assert_eq!(labels(&second), [["Previous page"]]);
    }

    #[test]
    fn an_address_with_parentheses_is_linked_and_one_that_is_too_long_is_not() {
        let url = |path: &str| title(&source(&format!("https://quay.example/{path}")), None, 10);
        assert_eq!(url("a_(b)"), "[Letters \\*…](https://quay.example/a_%28b%29)");
        assert_eq!(url(&"x".repeat(MAX_LINK)), "**Letters \\*…**");
    }

    /// The letters, at this address.
    fn source(url: &str) -> Source {
        let letters = &entry("rope-colour").citations[0].source;
        let (id, title) = (letters.id.clone(), letters.title.clone());
        Source {
            id,
            title,
            kind: letters.kind,
            author: None,
            publisher: None,
            called: Vec::new(),
            published: None,
            url: Some(url.to_owned()),
            paragraph_url: None,
            is_default: false,
            review_by: None,
            credit: None,
            note: None,
            unused: Vec::new(),
            at: letters.at.clone(),
        }
    }
}
