//! What a page says in the vocabulary of [schema.org](https://schema.org), for search engines and
//! other programs. A claim is marked as one, with who makes it.

use footnote_knowledge::{CitedSource, Entry};
use serde_json::{Map, Value, json};

use super::article::summary;
use super::site::{Address, Site};

/// An entry as an [FAQPage](https://schema.org/FAQPage) of one question.
pub(super) fn entry(site: &Site, entry: &Entry) -> String {
    let citations: Vec<Value> = entry.cited().iter().map(source).collect();
    let mut answer = Map::new();
    answer.insert("@type".to_owned(), "Answer".into());
    answer.insert("text".to_owned(), summary(entry).into());
    if let Some(by) = entry.standing.claimed_by() {
        let claim = json!({
            "@type": "Claim",
            // Whether it is a person or a body, the base does not say.
            "author": {"@type": "Thing", "name": by},
            "appearance": citations.clone(),
        });
        answer.insert("about".to_owned(), claim);
    }
    answer.insert("citation".to_owned(), citations.into());
    let mut page = json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "isPartOf": {"@type": "WebSite", "name": site.title},
        "mainEntity": [{"@type": "Question", "name": entry.question, "acceptedAnswer": answer}],
    });
    if let Some(address) = site.absolute(Address::Entry(&entry.id)) {
        page["url"] = address.into();
    }
    embedded(&page)
}

/// The site itself.
pub(super) fn site(site: &Site) -> String {
    let mut data = json!({"@context": "https://schema.org", "@type": "WebSite", "name": site.title});
    if let Some(address) = site.absolute(Address::Home) {
        data["url"] = address.into();
    }
    embedded(&data)
}

fn source(cited: &CitedSource<'_>) -> Value {
    let source = cited.source;
    let mut work = Map::new();
    work.insert("@type".to_owned(), "CreativeWork".into());
    work.insert("name".to_owned(), source.title.as_str().into());
    let published = source.published.map(|date| date.to_string());
    for (key, value) in [
        ("author", source.author.clone()),
        ("publisher", source.publisher.clone()),
        ("creditText", source.credit.clone()),
        ("datePublished", published),
        ("url", source.url.clone()),
    ] {
        if let Some(value) = value {
            work.insert(key.to_owned(), value.into());
        }
    }
    work.into()
}

/// The data as the content of a script element, which nothing in it can end.
fn embedded(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
