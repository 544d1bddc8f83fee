//! A new entry by a form: from a message or an unanswered question to a draft.
//!
//! Whatever is written into the form is kept in the draft first and judged then, so that nobody
//! has to write it twice.

use footnote_curation::{Change, NewCitation, NewEntry, Standing};
use footnote_knowledge::drafts::id_for;
use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::plain::{on_one_line, without_controls};
use footnote_knowledge::{KnowledgeBase, MAX_QUESTION_CHARS, Source, Topic};

use super::curator::{Curator, EDITABLE, read};
use crate::discord::incoming::{Form, Press};
use crate::discord::response::{Outcome, Response};
use crate::discord::view::address::Key;
use crate::discord::view::draft;
use crate::discord::view::form::{self, EntryFields, MAX_PLACE};
use crate::discord::view::limits::truncate;

/// Offers the topics for a new entry. If there is only one, an entry that is not begun yet belongs
/// to it.
pub(super) async fn offer_topics(curator: &Curator<'_>, id: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &EDITABLE).await?;
    let (base, so_far) = (curator.context.base(), read(&draft));
    if let ([only], false) = (base.topics.as_slice(), matches!(so_far, Some(Change::AddEntry { .. }))) {
        return Ok(ask_for(curator, id, &Key::of(&only.id), so_far));
    }
    Ok(Response::update(draft::topics(curator.context.texts, id, base), Outcome::Draft))
}

/// Asks for an entry in the topic that was picked.
pub(super) async fn ask(curator: &Curator<'_>, press: &Press, id: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &EDITABLE).await?;
    let topic = topic(curator, &Key::picked(press))?;
    Ok(ask_for(curator, id, &Key::of(&topic.id), read(&draft)))
}

/// Asks for the entry of a draft again.
pub(super) async fn edit(curator: &Curator<'_>, id: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &EDITABLE).await?;
    match read(&draft) {
        Some(Change::AddEntry { topic, title, new }) => {
            let key = Key::of(&topic);
            Ok(ask_for(curator, id, &key, Some(Change::AddEntry { topic, title, new })))
        }
        _ => Err(curator.gone()),
    }
}

/// Takes the entry in a form, and shows it as members would see it.
pub(super) async fn write(curator: &Curator<'_>, form: &Form, id: &str, key: &str) -> Result<Response, Box<Response>> {
    let draft = curator.own_draft(id, &EDITABLE).await?;
    let so_far = read(&draft);
    let (topic, title) = match &so_far {
        // The base has this topic once it has the entry.
        Some(Change::AddEntry { topic, title: Some(title), .. }) if Key::of(key).names(topic) => {
            (topic.clone(), Some(title.clone()))
        }
        _ => (topic(curator, &Key::of(key))?.id.clone(), None),
    };
    let fields = EntryFields {
        question: form.text(form::QUESTION).to_owned(),
        answer: form.text(form::ANSWER).to_owned(),
        source: form.text(form::SOURCE).to_owned(),
        place: form.text(form::PLACE).to_owned(),
        claimant: form.text(form::CLAIMANT).to_owned(),
    };
    let new = entry(&fields, so_far.as_ref(), curator.context.base());
    let is_odd = has_odd_place(&new);
    let changed = curator.edit(draft, &Change::AddEntry { topic, title, new: Box::new(new) }).await?;
    if is_odd {
        let card = draft::odd_place(curator.context.texts, id);
        return Ok(Response::message(card, Outcome::Draft));
    }
    curator.show(&changed, Response::message).await
}

fn topic<'c>(curator: &'c Curator<'_>, key: &Key) -> Result<&'c Topic, Box<Response>> {
    let topics = &curator.context.base().topics;
    let found = topics.iter().find(|topic| key.names(&topic.id));
    found.ok_or_else(|| Box::new(Response::gone(curator.context.texts)))
}

/// The form for an entry in the topic with this key, with what the draft has so far.
fn ask_for(curator: &Curator<'_>, id: &str, topic: &Key, change: Option<Change>) -> Response {
    let (texts, base) = (curator.context.texts, curator.context.base());
    Response::form(form::entry(texts, base, (id, topic), &fields(change)))
}

/// The entry in a form, for a draft that was this change. Only what nobody can see is left out of
/// what was written.
fn entry(fields: &EntryFields, so_far: Option<&Change>, base: &KnowledgeBase) -> NewEntry {
    let question = on_one_line(&fields.question);
    let claimant = on_one_line(&fields.claimant);
    let (paragraph, evidence) = place(&fields.place);
    let written = on_one_line(&fields.source);
    let source = source(base, &written).map_or(written, |source| source.id.clone());
    let (id, phrasings) = match so_far {
        Some(Change::AddEntry { new, .. }) if new.question == question => (new.id.clone(), new.phrasings.clone()),
        Some(Change::AddEntry { new, .. }) => (id_for(&question, base), new.phrasings.clone()),
        Some(Change::AddPhrasing { phrasing, .. }) => (id_for(&question, base), vec![phrasing.clone()]),
        _ => (id_for(&question, base), Vec::new()),
    };
    let asks_the_same = |phrasing: &String| fold(phrasing) == fold(&question);
    NewEntry {
        id,
        phrasings: phrasings.into_iter().filter(|phrasing| !asks_the_same(phrasing)).collect(),
        question,
        answer: fields.answer.lines().map(without_controls).collect::<Vec<_>>().join("\n").trim().to_owned(),
        standing: if claimant.is_empty() { Standing::Reported } else { Standing::Claim { by: claimant } },
        side_of: None,
        as_of: None,
        citations: vec![NewCitation { source, paragraph, anchor: None, url: None, evidence }],
    }
}

/// The entry of a draft that was this change, as far as it is written.
pub(super) fn begun(so_far: Option<Change>, base: &KnowledgeBase) -> Box<NewEntry> {
    match so_far {
        Some(Change::AddEntry { new, .. }) => new,
        so_far => {
            let new = entry(&fields(so_far.clone()), so_far.as_ref(), base);
            Box::new(NewEntry { citations: Vec::new(), ..new })
        }
    }
}

/// What a form is filled with for a draft of this change.
fn fields(change: Option<Change>) -> EntryFields {
    match change {
        // The words may be many more than a question has. They stay among the phrasings.
        Some(Change::AddPhrasing { phrasing, .. }) => {
            let question = truncate(&phrasing, MAX_QUESTION_CHARS).into_owned();
            EntryFields { question, ..EntryFields::default() }
        }
        Some(Change::AddEntry { new, .. }) => {
            let claimant = if let Standing::Claim { by } = new.standing { by } else { String::new() };
            let citation = new.citations.into_iter().next();
            let place = citation.as_ref().map(written_place).unwrap_or_default();
            let source = citation.map(|citation| citation.source).unwrap_or_default();
            EntryFields { question: new.question, answer: new.answer, source, place, claimant }
        }
        _ => EntryFields::default(),
    }
}

/// The source with this key, or with this title.
fn source<'b>(base: &'b KnowledgeBase, written: &str) -> Option<&'b Source> {
    let key = Key::of(written);
    let mut sources = base.sources.iter().map(AsRef::as_ref);
    let by_key = sources.clone().find(|source: &&Source| key.names(&source.id) || Key::of(&source.id) == key);
    let title = fold(written);
    by_key.or_else(|| sources.find(|source| fold(&source.title) == title))
}

/// A paragraph and phrases from it, from `3: three crowns; a head`. What is not written so is one
/// phrase of no paragraph.
fn place(text: &str) -> (Option<u32>, Vec<String>) {
    let number = |text: &str| text.trim().parse().ok().filter(|number: &u32| *number > 0);
    let (head, phrases) = text.split_once(':').unwrap_or((text, ""));
    match number(head) {
        Some(paragraph) => {
            let phrases = phrases.split([';', '\n']).map(on_one_line).filter(|phrase| !phrase.is_empty());
            (Some(paragraph), phrases.collect())
        }
        None => (None, Some(on_one_line(text)).filter(|text| !text.is_empty()).into_iter().collect()),
    }
}

/// A place as [`place`] reads it.
fn written_place(citation: &NewCitation) -> String {
    let Some(paragraph) = citation.paragraph else { return citation.evidence.join(" ") };
    let joined = |between: &str| citation.evidence.join(between);
    if citation.evidence.is_empty() {
        return paragraph.to_string();
    }
    let spaced = format!("{paragraph}: {}", joined("; "));
    let fits = spaced.chars().count() <= MAX_PLACE;
    if fits { spaced } else { format!("{paragraph}:{}", joined(";")) }
}

/// Whether the place in the source could not be read.
fn has_odd_place(new: &NewEntry) -> bool {
    new.citations.iter().any(|citation| citation.paragraph.is_none() && !citation.evidence.is_empty())
}

#[cfg(test)]
mod tests {
    //! Any text in the form of an entry: nothing breaks the base's file, is cut or gets lost.

    use footnote_curation::{Asking, Preview, Snapshot};
    use footnote_knowledge::Layer;
    use footnote_search::Weights;
    use footnote_search::reply::Thresholds;
    use footnote_search::tuning::Tuning;
    use proptest::prelude::*;
    use serde_json::Value;
    use tempfile::TempDir;

    use super::*;
    use crate::discord::fixture::{QUAY, SOURCES, base};
    use crate::discord::texts::english;
    use crate::discord::view::draft::Seat;
    use crate::discord::view::message::tests::json;
    use crate::discord::view::message::texts;

    const WORDS: &str = "who paints the crane";

    fn snapshot() -> Snapshot {
        let folder = TempDir::new().expect("a temporary folder");
        let layer = Layer::read(folder.path()).expect("it is empty");
        let layer = layer.with_file("sources.toml", SOURCES.to_owned()).with_file("quay.toml", QUAY.to_owned());
        let thresholds = Thresholds { answer_at: 0.5, closest_at: 0.5, suggest_at: 0.2 };
        let asking = Asking { thresholds, unanswerable: 0.5, weights: Weights::prior(&Tuning::default()) };
        Snapshot::new(vec![layer], asking).expect("the base is valid")
    }

    fn begun() -> Change {
        Change::add_phrasing("", WORDS)
    }

    /// What TOML, Markdown and Discord treat as something else than text, among ordinary words.
    fn text(max: usize) -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-z ]{1,12}",
            2 => any::<String>(),
            1 => proptest::sample::select(vec![
                "\"\"\"", "'''", "\\", "\\u0000", "\0", "\r\n", "\n[[entry]]\nid = 1\n", "# ", "```", "@everyone",
                "\u{202e}", "\u{feff}", "<@7>", "{ $x }", "]", "=", ";", ":", "🤔", "👩\u{200d}👧",
            ])
            .prop_map(str::to_owned),
        ];
        let all = proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat());
        prop_oneof![8 => all, 1 => Just("w ".repeat(max))].prop_map(move |text| text.chars().take(max).collect())
    }

    fn place_text() -> impl Strategy<Value = String> {
        prop_oneof![text(MAX_PLACE), (any::<u32>(), text(900)).prop_map(|(number, text)| format!("{number}:{text}"))]
    }

    fn filled() -> impl Strategy<Value = EntryFields> {
        let source = prop_oneof![Just("almanac".to_owned()), Just("letters *from* the quay".to_owned()), text(100)];
        (text(100), text(4_000), source, place_text(), text(100)).prop_map(
            |(question, answer, source, place, claimant)| EntryFields { question, answer, source, place, claimant },
        )
    }

    /// All of a text that can be seen, without spaces.
    fn seen(text: &str) -> String {
        without_controls(text).split_whitespace().collect()
    }

    fn values(form: &Value) -> Vec<(String, String)> {
        let components = form["components"].as_array().into_iter().flatten();
        let value = |label: &Value| {
            let field = &label["component"];
            let picked = field["options"].as_array().into_iter().flatten().find(|option| option["default"] == true);
            let text = field["value"].as_str().or(picked.and_then(|option| option["value"].as_str()));
            (field["custom_id"].as_str().unwrap_or_default().to_owned(), text.unwrap_or_default().to_owned())
        };
        components.map(value).collect()
    }

    /// What the bot would say of a draft, in one message.
    fn assert_shown(preview: &Preview) -> Result<(), TestCaseError> {
        for seat in [Seat::Author, Seat::Reviewer { is_author: true }] {
            let card = json(&draft::card(english(), "00ff00ff00ff00ff", preview, seat, true));
            let all: usize = card["embeds"].as_array().expect("it has embeds").iter().map(texts).sum();
            prop_assert!(all <= 6_000, "{} units", all);
            let answer = preview.entry().map(|entry| entry.answer.value.as_str());
            let described = card["embeds"][0]["description"].as_str().unwrap_or_default();
            // Of the longest answer there is not room for all below a long name, and it shows.
            let is_full = described.ends_with('…') && described.encode_utf16().count() > 4_000;
            prop_assert!(is_full || answer.is_none_or(|answer| described.contains(answer)), "{}", described);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn any_text_becomes_a_draft_of_which_nothing_is_lost(filled in filled()) {
            let new = entry(&filled, Some(&begun()), base());
            prop_assert_eq!(seen(&new.question), seen(&filled.question));
            prop_assert_eq!(seen(&new.answer), seen(&filled.answer));
            let words = || vec![WORDS.to_owned()];
            prop_assert_eq!(&new.phrasings, &if fold(&new.question) == fold(WORDS) { vec![] } else { words() });
            let change = Change::add_entry("quay", new.clone());
            let stored = serde_json::to_string(&change).expect("it is JSON");
            prop_assert_eq!(serde_json::from_str::<Change>(&stored).ok(), Some(change.clone()));

            // The form that edits it has all of it, and makes the same draft of it.
            let again = fields(Some(change.clone()));
            prop_assert_eq!(&entry(&again, Some(&change), base()), &new);
            let form = form::entry(english(), base(), ("00ff00ff00ff00ff", &Key::of("quay")), &again);
            let given: Vec<String> = values(&form).into_iter().map(|(_, text)| text).collect();
            let is_known = source(base(), &again.source).is_some();
            let picked = if is_known { again.source.clone() } else { String::new() };
            prop_assert_eq!(given, vec![again.question, again.answer, picked, again.place, again.claimant]);

            // The file has it word for word, and everything else as it was.
            let snapshot = snapshot();
            match snapshot.preview(&change, &[]) {
                Ok(preview) => {
                    assert_shown(&preview)?;
                    let removed = preview.difference().lines().any(|line| line.starts_with('-'));
                    prop_assert!(!removed, "{}", preview.difference());
                    if let Some(entry) = preview.entry() {
                        prop_assert_eq!(&entry.question, &new.question);
                        prop_assert_eq!(&entry.answer.value, &new.answer);
                        prop_assert!(preview.after().is_some_and(|after| after.base().entries.len() == 3));
                    }
                }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }

    #[test]
    fn a_place_in_a_source_is_a_paragraph_with_phrases() {
        let place = |text: &str| {
            let (paragraph, evidence) = place(text);
            (paragraph, evidence.join("|"))
        };
        assert_eq!(place(" 3 : 3 crowns;  a head\nboth"), (Some(3), "3 crowns|a head|both".to_owned()));
        assert_eq!(place("3"), (Some(3), String::new()));
        assert_eq!(place(""), (None, String::new()));
        assert_eq!(place("three: crowns"), (None, "three: crowns".to_owned()));
        assert_eq!(place("0: crowns"), (None, "0: crowns".to_owned()));
    }

    #[test]
    fn a_source_is_found_by_its_id_or_its_title() {
        let found = |text: &str| source(base(), text).map(|source| source.id.as_str());
        assert_eq!(found("letters"), Some("letters"));
        assert_eq!(found("the QUAY almanac"), Some("almanac"));
        assert_eq!(found("Almanach"), None);
    }
}
