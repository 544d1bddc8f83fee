//! The words around an answer, in the member's language: how it stands and where it comes from.
//!
//! The terminal says the same in English (`footnote_search::reply::wording`).

use crate::discord::texts::Texts;
use footnote_knowledge::{CitedSource, Entry, PartialDate, Source, SourceKind, Standing};

/// The line above a claim or a dispute: "Claim by Petrit Latifi — opinion piece"; none above what
/// is reported.
pub(super) fn standing(texts: &Texts, entry: &Entry) -> Option<String> {
    match &entry.standing {
        Standing::Reported => None,
        Standing::Claim { by } => Some(texts.claim_by(by, &kinds(texts, entry))),
        Standing::Disputed if has_one_source(entry) => Some(texts.disputed_within_source()),
        Standing::Disputed => Some(texts.disputed()),
    }
}

fn has_one_source(entry: &Entry) -> bool {
    let mut ids = entry.citations.iter().map(|citation| &citation.source.id);
    let first = ids.next();
    ids.all(|id| Some(id) == first)
}

/// The kinds of the cited sources, each once, in the order of the citations.
fn kinds(texts: &Texts, entry: &Entry) -> String {
    let mut kinds: Vec<String> = Vec::new();
    for citation in &entry.citations {
        let kind = kind(texts, citation.source.kind);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.join(", ")
}

fn kind(texts: &Texts, kind: SourceKind) -> String {
    match kind {
        SourceKind::Overview => texts.kind_overview(),
        SourceKind::News => texts.kind_news(),
        SourceKind::Analysis => texts.kind_analysis(),
        SourceKind::Opinion => texts.kind_opinion(),
        SourceKind::Rules => texts.kind_rules(),
        SourceKind::Documentation => texts.kind_documentation(),
        SourceKind::Announcement => texts.kind_announcement(),
        SourceKind::Wiki => texts.kind_wiki(),
        SourceKind::Staff => texts.kind_staff(),
    }
}

/// The line that dates a changing fact: "As of March 2025".
pub(super) fn as_of(texts: &Texts, entry: &Entry) -> Option<String> {
    entry.as_of.map(|as_of| texts.as_of(&date(texts, as_of)))
}

/// Who published the source, and the paragraphs:
/// "Petrit Latifi, Balkan Academia · opinion piece · paragraphs 5, 7".
pub(super) fn origin(texts: &Texts, cited: &CitedSource<'_>) -> String {
    let published_by = published_by(texts, cited.source);
    let numbers: Vec<String> = cited.paragraphs.iter().map(u32::to_string).collect();
    if numbers.is_empty() {
        return published_by;
    }
    format!("{published_by} · {}", texts.paragraphs(numbers.len(), &numbers.join(", ")))
}

/// Who published the source: "Petrit Latifi, Balkan Academia · opinion piece · 2025".
pub(super) fn published_by(texts: &Texts, source: &Source) -> String {
    let mut parts = Vec::with_capacity(3);
    let people: Vec<&str> =
        [&source.author, &source.publisher].into_iter().filter_map(|name| name.as_deref()).collect();
    if !people.is_empty() {
        parts.push(people.join(", "));
    }
    parts.push(kind(texts, source.kind));
    parts.extend(source.published.map(|published| date(texts, published)));
    parts.join(" · ")
}

/// The date as people write it: "27 March 2025", "March 2025", "2025".
fn date(texts: &Texts, date: PartialDate) -> String {
    match (date.year(), date.month(), date.day()) {
        (year, Some(month), Some(day)) => texts.day(day, month, year),
        (year, Some(month), None) => texts.month(month, year),
        (year, None, _) => texts.year(year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::fixture::{base, entry};
    use crate::discord::texts::english;
    use footnote_search::reply::wording;

    #[test]
    fn in_english_it_is_what_the_terminal_says() {
        let texts = english();
        for entry in &base().entries {
            assert_eq!(standing(texts, entry), wording::standing(entry));
            assert_eq!(as_of(texts, entry), wording::as_of(entry));
            for cited in entry.cited() {
                assert_eq!(origin(texts, &cited), wording::origin(&cited));
            }
        }
        for written in ["2025", "2025-03", "2025-12-27", "1999-01-01"] {
            let written: PartialDate = written.parse().expect("it is a date");
            assert_eq!(date(texts, written), written.spelled_out());
        }
        let fixed = [texts.unknown(), texts.closest(), texts.suggest()];
        assert_eq!(fixed, [wording::UNKNOWN, wording::CLOSEST, wording::SUGGEST]);
        assert!(standing(texts, entry("rope-colour")).is_some());
    }
}
