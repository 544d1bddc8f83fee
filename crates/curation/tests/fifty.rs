//! Fifty phrasings, one after the other, as a moderator accepts them.

use footnote_curation::{Asked, Change};
use footnote_search::calibration::Calibration;
use footnote_search::lint::{confusions, lint};
use footnote_search::reply::Answerer;

use crate::library::{Library, THRESHOLDS, approval, snapshot};

const PHRASINGS: [(&str, [&str; 10]); 5] = [
    (
        "library-hours",
        [
            "may i visit on a saturday morning",
            "timetable of the doors",
            "hours of admission",
            "is the library shut during holidays",
            "earliest i can enter",
            "do you open before nine",
            "which weekdays is the library accessible",
            "closed at noon?",
            "library schedule this week",
            "how late is the building staffed",
        ],
    ),
    (
        "loan-period",
        [
            "maximum duration of borrowing",
            "how many days until i bring the novel back",
            "lending time for films",
            "deadline for giving back a magazine",
            "may i hold on to a dictionary for a month",
            "weeks allowed for a checked out title",
            "borrow limit in days",
            "keep the atlas how long",
            "term of a loan",
            "duration i may read it at home",
        ],
    ),
    (
        "late-fee",
        [
            "what does ada quill want for overdue items",
            "ada quill late surcharge",
            "how many cents does ada quill name",
            "ada quill on fines for tardy readers",
            "daily amount after the deadline according to ada quill",
            "does ada quill say lateness costs money",
            "ada quill penalty per day",
            "leaflet: sanctions for forgetting to return",
            "the leaflet about overdue fines",
            "ada quill punishes latecomers with how much",
        ],
    ),
    (
        "card-price",
        [
            "membership gratis?",
            "registration without payment",
            "enrolment fee for residents",
            "must newcomers pay to sign up",
            "cost of becoming a member",
            "pass for students at no charge",
            "how many euros for a reader's card",
            "subscription rate for adults",
            "is signing up free of charge",
            "replace my lost card, price",
        ],
    ),
    (
        "bicycles",
        [
            "bike parking",
            "spot for a tandem",
            "lock up a mountain bike outside",
            "cycle shelter by the doorway",
            "leaving two wheels under a roof",
            "e-bike charging and parking spot",
            "racks for cyclists",
            "put my tricycle somewhere dry",
            "chain a bike to the fence",
            "covered stands for scooters and bikes",
        ],
    ),
];

#[test]
fn fifty_phrasings_keep_check_clean_and_each_does_what_was_shown() {
    let library = Library::new();
    let curation = library.curation();
    let mut bicycles = crate::library::new_entry("bicycles");
    bicycles.standing = footnote_curation::Standing::Reported;
    bicycles.phrasings.extend(
        ["where to leave my two-wheeler", "cyclists arriving by bike", "park a racing bike"].map(str::to_owned),
    );
    let preview = snapshot(&curation).preview(&Change::add_entry("hours", bicycles), &[]).unwrap();
    let mut current = curation.apply(preview, &approval()).unwrap().snapshot;
    let mut fees = library.read("fees.toml");
    for (own, named) in [
        ("What does a late return cost?", "What does a late return cost, says Ada Quill?"),
        ("overdue charge", "overdue charge in the leaflet"),
        ("penalty for being late", "ada quill: penalty for being late"),
        ("how much is the fine", "how much is the fine for ada quill"),
        ("pay for a delayed book", "leaflet: pay for a delayed book"),
        ("money owed after the due date", "ada quill: money owed after the due date"),
    ] {
        fees = fees.replace(own, named);
    }
    std::fs::write(library.folder().join("fees.toml"), fees).unwrap();
    assert!(!curation.is_current(&current).unwrap());
    library.calibrate();
    current = snapshot(&curation);
    assert_eq!(current.warnings().to_string(), "");
    let asked: Vec<Asked> = PHRASINGS
        .iter()
        .flat_map(|(_, phrasings)| phrasings)
        .map(|question| Asked { question: (*question).to_owned(), times: 2 })
        .collect();
    let mut answered = 0;
    for number in 0..50 {
        let (entry, phrasings) = PHRASINGS[number % 5];
        let phrasing = phrasings[number / 5];
        let preview = current.preview(&Change::add_phrasing(entry, phrasing), &asked).unwrap();
        assert_eq!(preview.findings().to_string(), "", "{phrasing}");
        let effect = preview.effect().clone();
        answered += effect.of_kind(footnote_curation::ShiftKind::Answered).count();
        let before = current;
        current = curation.apply(preview, &approval()).unwrap().snapshot;
        // The folder, as a bot that starts now finds it.
        let base = footnote_knowledge::load(&library.folder()).unwrap();
        let weights = Calibration::read(&library.folder()).unwrap().unwrap().weights();
        let origin = footnote_search::calibration::CalibrationOrigin::Base;
        let now = Answerer::new(base, THRESHOLDS).calibrated(weights, origin);
        for Asked { question, .. } in &asked {
            let (then, now) = (before.answerer().reply(question), now.reply(question));
            let is_shown = effect.shifts.iter().find(|shift| shift.question == *question);
            let expected = is_shown.map_or(then.outcome, |shift| shift.after.outcome);
            assert_eq!(now.outcome, expected, "{question} after {phrasing}");
        }
    }
    assert!(answered >= 20, "{answered}");
    let base = footnote_knowledge::load(&library.folder()).unwrap();
    let searcher = footnote_search::Searcher::new(&base);
    let findings = lint(&base, &searcher).merged(confusions(&base));
    assert_eq!(findings.to_string(), "");
    assert_eq!(footnote_curation::history(&library.folder()).unwrap().len(), 51);
}
