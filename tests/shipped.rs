//! What the base that ships with the project promises beyond what `footnote check` finds.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::LazyLock;

use footnote_knowledge::text::fold::fold;
use footnote_knowledge::{Entry, KnowledgeBase, Source, SourceKind};

use crate::support::footnote::Test;

static BASE: LazyLock<KnowledgeBase> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    footnote_knowledge::load(&folder).expect("the shipped base is valid")
});

fn ids<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'a str> {
    entries.into_iter().map(|entry| entry.id.as_str()).collect()
}

/// The names of whoever makes a claim, and of the texts in which it stands.
fn names(entry: &Entry, by: &str) -> Vec<String> {
    let mut names: Vec<String> = by.split_whitespace().map(fold).collect();
    for source in entry.citations.iter().map(|citation| &citation.source) {
        let Source { title, author, publisher, called, .. } = &**source;
        let texts = [Some(title), author.as_ref(), publisher.as_ref()].into_iter().flatten().chain(called);
        names.extend(texts.map(|text| fold(text)));
        names.extend(author.iter().flat_map(|author| author.split_whitespace()).map(fold));
    }
    let means_them = |group: &&Vec<String>| group.iter().any(|word| names.contains(&fold(word)));
    let synonyms: Vec<String> =
        BASE.synonyms.groups.iter().filter(means_them).flatten().map(|word| fold(word)).collect();
    names.extend(synonyms);
    // The longest first, so that no part of a name stays.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// Every way to ask a claim, without the name of the claimant.
fn asked_without_claimant(entry: &Entry, by: &str) -> Vec<String> {
    let names = names(entry, by);
    let ways = std::iter::once(&entry.question).chain(entry.phrasings.iter().map(|phrasing| &phrasing.value));
    let without = |way: &String| {
        let mut text = fold(way);
        for name in &names {
            for form in [format!("according to {name}"), format!("{name}'s"), format!("{name}s"), name.clone()] {
                text = text.replace(&form, " ");
            }
        }
        text
    };
    let has_subject = |text: &String| text.split_whitespace().count() > 3;
    ways.map(without).filter(has_subject).collect()
}

#[test]
fn who_leaves_out_the_claimant_never_gets_a_claim_as_the_answer() {
    let claims = BASE.entries.iter().filter_map(|entry| Some((entry, entry.standing.claimed_by()?)));
    let questions: Vec<String> = claims.flat_map(|(entry, by)| asked_without_claimant(entry, by)).collect();
    assert!(questions.len() >= 200, "{}", questions.len());
    let run = Test::shipped().args(["ask", "--json", "--batch"]).stdin(questions.join("\n") + "\n").run().status(0);
    let replies = run.json_lines();
    assert_eq!(replies.len(), questions.len());
    let claims: Vec<String> = replies
        .iter()
        .filter(|reply| reply["outcome"] == "answer" && reply["answer"]["standing"] == "claim")
        .map(|reply| format!("{} -> {}", reply["question"], reply["answer"]["id"]))
        .collect();
    assert!(claims.is_empty(), "{} of {}:\n{}", claims.len(), questions.len(), claims.join("\n"));
}

#[test]
fn every_entry_leads_on_and_is_led_to() {
    let linked: BTreeSet<&str> =
        BASE.entries.iter().flat_map(|entry| &entry.related).map(|id| id.value.as_str()).collect();
    let unlinked = BASE.entries.iter().filter(|entry| !linked.contains(entry.id.as_str()));
    assert_eq!(ids(unlinked), [] as [&str; 0], "nothing links to these");
    assert_eq!(ids(BASE.entries.iter().filter(|entry| entry.related.len() != 3)), [] as [&str; 0]);
}

#[test]
fn a_claim_leads_to_the_other_sides_first() {
    let leads_there = |entry: &Entry| match (&entry.side_of, entry.related.first()) {
        (Some(dispute), Some(first)) => dispute.value == first.value,
        _ => true,
    };
    assert_eq!(ids(BASE.entries.iter().filter(|entry| !leads_there(entry))), [] as [&str; 0]);
}

#[test]
fn no_opinion_piece_links_only_to_itself() {
    let by_id: HashMap<&str, &Entry> = BASE.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let is_closed = |entry: &&Entry| {
        let topic = |id: &str| by_id.get(id).map(|other| other.topic);
        entry.standing.claimed_by().is_some()
            && entry.citations.iter().any(|citation| citation.source.kind == SourceKind::Opinion)
            && entry.related.iter().all(|id| topic(&id.value) == Some(entry.topic))
    };
    assert_eq!(ids(BASE.entries.iter().filter(is_closed)), [] as [&str; 0]);
}

#[test]
fn names_have_one_spelling_and_quotation_marks_are_straight() {
    let unwanted = ["Milosevic", "Thaci", "Bucpapaj", "Ceku", "Spasic", "Zelenskyy", "“", "”", "‘", "’"];
    let offences: Vec<String> = BASE
        .entries
        .iter()
        .flat_map(|entry| {
            let texts = [&entry.question, &entry.answer.value];
            let found = unwanted.iter().filter(move |word| texts.iter().any(|text| text.contains(**word)));
            found.map(|word| format!("{}: {word}", entry.id))
        })
        .collect();
    assert_eq!(offences, [] as [&str; 0]);
}
