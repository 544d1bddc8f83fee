//! An effect that was shown is what then happens.

use std::collections::BTreeMap;
use std::fs;

use footnote_curation::{Asked, Change, Edit, Effect, NewCitation, NewEntry, PhrasingState, ShiftKind, Standing};
use footnote_knowledge::KnowledgeBase;
use footnote_search::calibration::Calibration;
use footnote_search::reply::{Answerer, Outcome};
use footnote_search::tuning::Tuning;
use proptest::prelude::*;

use crate::library::{Library, SOURCES, THRESHOLDS, UNANSWERABLE, approval, snapshot};

type Found = (Outcome, Option<String>);
type Replies = BTreeMap<String, Found>;

/// What the program does when it starts: the folder, and the weights beside it if they fit.
fn replies(library: &Library, questions: &[String]) -> Replies {
    let base = footnote_knowledge::load(&library.folder()).unwrap();
    let calibration = Calibration::read(&library.folder()).unwrap();
    let mut answerer = Answerer::new(base, THRESHOLDS);
    if let Some(found) = calibration {
        let origin = footnote_search::calibration::CalibrationOrigin::Base;
        answerer = answerer.calibrated(found.weights(), origin);
    }
    let reply = |question: &String| {
        let reply = answerer.reply(question);
        let best = reply.candidates.first().filter(|_| reply.outcome != Outcome::Unknown);
        (question.clone(), (reply.outcome, best.map(|candidate| candidate.entry.id.clone())))
    };
    questions.iter().map(reply).collect()
}

fn all_questions(base: &KnowledgeBase) -> Vec<String> {
    let phrasings = |entry: &footnote_knowledge::Entry| {
        let own = entry.phrasings.iter().map(|phrasing| phrasing.value.clone());
        own.chain([entry.question.clone()]).collect::<Vec<_>>()
    };
    base.entries.iter().flat_map(phrasings).collect()
}

fn difference(before: &Replies, after: &Replies) -> Vec<(String, Found, Found)> {
    let differs = |question: &&String| before[*question] != after[*question];
    before.keys().filter(differs).map(|text| (text.clone(), before[text].clone(), after[text].clone())).collect()
}

fn shown(effect: &Effect) -> Vec<(String, Found, Found)> {
    let found = |found: &footnote_curation::Found| (found.outcome, found.entry.clone());
    let mut shown: Vec<_> =
        effect.shifts.iter().map(|shift| (shift.question.clone(), found(&shift.before), found(&shift.after))).collect();
    shown.sort_by(|one, other| one.0.cmp(&other.0));
    shown
}

/// Shows a change, makes it, and compares what was shown with what the folder replies.
fn assert_true(library: &Library, change: &Change, asked: &[Asked]) -> Effect {
    let curation = library.curation();
    let before = snapshot(&curation);
    let Ok(preview) = before.preview(change, asked) else { return Effect::default() };
    if !preview.is_applicable() {
        return Effect::default();
    }
    let mut questions = all_questions(before.base());
    questions.extend(all_questions(preview.after().unwrap().base()));
    questions.extend(asked.iter().map(|asked| asked.question.clone()));
    let so_far = replies(library, &questions);
    let effect = preview.effect().clone();
    let applied = curation.apply(preview, &approval()).unwrap();
    let now = replies(library, &questions);
    assert_eq!(shown(&effect), difference(&so_far, &now), "{change:?}");
    if let Some(kept) = Calibration::read(&library.folder()).unwrap() {
        assert!(kept.is_carried_to(applied.snapshot.base(), &Tuning::default(), UNANSWERABLE));
    }
    effect
}

fn asked(question: &str, times: u64) -> Asked {
    Asked { question: question.to_owned(), times }
}

#[test]
fn an_effect_tells_what_is_answered_and_what_is_taken() {
    let library = Library::new();
    let asked = [asked("quando aprite domani", 3), asked("weather tomorrow", 9), asked("loan period", 2)];
    let effect = assert_true(&library, &Change::add_phrasing("library-hours", "quando aprite domani"), &asked);
    let answered: Vec<_> = effect.of_kind(ShiftKind::Answered).map(|shift| shift.question.as_str()).collect();
    assert_eq!(answered, ["quando aprite domani"]);
    let own = effect.of_kind(ShiftKind::Answered).next().unwrap().phrasing.clone().unwrap();
    assert_eq!((own.entry.as_str(), own.state), ("library-hours", PhrasingState::Added));

    // The same phrasing in two entries: the first one of the base takes it.
    let effect = assert_true(&library, &Change::add_phrasing("card-price", "loan period"), &asked);
    let taken: Vec<_> = effect.taken_by("card-price").collect();
    assert_eq!((taken.len(), taken[0].question.as_str(), taken[0].times), (1, "loan period", 2));
    assert_eq!((taken[0].before.entry.as_deref(), taken[0].kind), (Some("loan-period"), ShiftKind::Redirected));
    let summary = "1 question of members would find another entry, \
                   1 existing phrasing would now find this entry instead.";
    assert_eq!(effect.summary("card-price"), summary);
    // Nobody asks for a phrasing that is gone: what its words find now is shown.
    assert_true(&library, &Change::withdraw_phrasing("card-price", "annual subscription"), &[]);
}

#[test]
fn weights_that_were_learned_stay_in_force_through_changes() {
    let library = Library::new();
    library.calibrate();
    let learned = Calibration::read(&library.folder()).unwrap().unwrap();
    let tuning = Tuning::default();
    for phrasing in ["where do the late fees go, ada quill", "ada quill on dues"] {
        assert_true(&library, &Change::add_phrasing("late-fee", phrasing), &[asked("dues", 1)]);
        let kept = Calibration::read(&library.folder()).unwrap().unwrap();
        assert_eq!(kept.weights(), learned.weights());
        let now = footnote_knowledge::load(&library.folder()).unwrap();
        assert!(!kept.fits(&now, &tuning, UNANSWERABLE), "what was learned was learned from another state");
        assert!(kept.is_carried_to(&now, &tuning, UNANSWERABLE));
        assert!(!kept.is_carried_to(&now, &tuning, 0.25));
    }
}

const WORDS: [&str; 24] = [
    "ferry", "harbour", "crane", "ticket", "open", "close", "price", "when", "who", "not", "tide", "2024", "berth",
    "rent", "dog", "where", "how many", "captain", "c++", "night", "Bergen", "repair", "storm", "fish",
];

fn text() -> impl Strategy<Value = String> {
    let word =
        prop_oneof![8 => proptest::sample::select(WORDS.to_vec()).prop_map(str::to_owned), 1 => "[a-zåß中ю]{1,6}"];
    proptest::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

fn entry(number: usize) -> impl Strategy<Value = NewEntry> {
    (text(), proptest::collection::vec(text(), 0..6), text()).prop_map(move |(question, phrasings, answer)| NewEntry {
        id: format!("entry-{number}"),
        question: format!("{question}?"),
        phrasings,
        answer,
        standing: Standing::Reported,
        side_of: None,
        as_of: None,
        citations: vec![NewCitation::of_paragraph("leaflet", 1, vec![])],
    })
}

fn change(entries: usize) -> impl Strategy<Value = Change> {
    let id = (0..entries).prop_map(|number| format!("entry-{number}"));
    prop_oneof![
        3 => (id.clone(), text()).prop_map(|(id, phrasing)| Change::add_phrasing(id, &phrasing)),
        1 => (id.clone(), text()).prop_map(|(id, question)| {
            Change::edit_entry(id, Edit { question: Some(question), ..Edit::default() })
        }),
        1 => (id, text()).prop_map(|(id, answer)| {
            Change::edit_entry(id, Edit { answer: Some(answer), ..Edit::default() })
        }),
        1 => entry(entries).prop_map(|entry| Change::add_entry("harbour", entry)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn over_random_bases(
        entries in (2..6_usize).prop_flat_map(|count| (0..count).map(entry).collect::<Vec<_>>()),
        changes in proptest::collection::vec(change(2), 1..4),
        asked in proptest::collection::vec((text(), 1..9_u64), 0..12),
        is_calibrated in any::<bool>(),
    ) {
        let library = Library::new();
        fs::remove_file(library.folder().join("hours.toml")).unwrap();
        fs::remove_file(library.folder().join("fees.toml")).unwrap();
        fs::write(library.folder().join("sources.toml"), SOURCES).unwrap();
        let first = format!(
            "title = \"Harbour\"\n[[entry]]\nid = \"first\"\n\
             question = \"Is there {}?\"\nanswer = \"Yes.\"\n\
             standing = \"reported\"\ncitations = [{{ source = \"leaflet\", paragraph = 1 }}]\n",
            WORDS[entries.len()],
        );
        fs::write(library.folder().join("harbour.toml"), first).unwrap();
        let asked: Vec<Asked> = asked.into_iter().map(|(question, times)| Asked { question, times }).collect();
        for entry in entries {
            assert_true(&library, &Change::add_entry("harbour", entry), &asked);
        }
        if is_calibrated {
            library.calibrate();
        }
        for change in &changes {
            assert_true(&library, change, &asked);
        }
        // Every other phrasing is withdrawn again.
        let base = footnote_knowledge::load(&library.folder()).unwrap();
        for entry in base.entries.iter().step_by(2) {
            if let Some(phrasing) = entry.phrasings.first() {
                assert_true(&library, &Change::withdraw_phrasing(&entry.id, &phrasing.value), &asked);
            }
        }
    }
}
