//! The base that the tests change: a small library, with comments.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use footnote_curation::{Applied, Approval, Change, Curation, Folders, NewCitation, NewEntry, Person, Settings};
use footnote_curation::{Snapshot, Standing};
use footnote_search::calibration::{Calibration, calibrate};
use footnote_search::reply::Thresholds;
use footnote_search::tuning::Tuning;
use tempfile::TempDir;

pub(crate) const SOURCES: &str = r#"# What we may cite.
[[source]]
id = "house-rules"
title = "House Rules of the City Library"
kind = "overview"
author = "Ada Quill"

[[source]]
id = "leaflet"
title = "The Leaflet"
kind = "news"
"#;

pub(crate) const HOURS: &str = r#"# Everything about time.
title = "Opening hours"

# Asked every day.
[[entry]]
id = "library-hours"
question = "When is the library open?"
phrasings = [
  "library opening times",
  # From the desk:
  "what time do you close", # closing counts too
  "is the reading room open on monday",
  "until when can i come in the evening",
  "opening days of the building"
]
answer = "The library is open from 9:00 to 18:00, Monday to Friday." # since the spring
standing = "reported"
citations = [
  { source = "house-rules", paragraph = 4, evidence = ["9:00 to 18:00"] }, # checked
]

[[entry]]
id = "loan-period"
question = "How long can I keep a book?"
phrasings = ["loan period", "return date", "books due when", "weeks to borrow", "longest loan"]
answer = """
Four weeks.
Films: one week."""
standing = "reported"
citations = [{ source = "house-rules", paragraph = 7, evidence = ["four weeks"] }]
# The end.
"#;

pub(crate) const FEES: &str = r#"title = "Fees"

[[entry]]
id = "late-fee"
question = "What does a late return cost?"
phrasings = [
  "overdue charge",
  "penalty for being late",
  "how much is the fine",
  "pay for a delayed book",
  "money owed after the due date",
]
answer = "20 cents a day, says Ada Quill."
standing = "claim"
claimed_by = "Ada Quill"
citations = [{ source = "leaflet", paragraph = 2, evidence = ["20 cents"] }]

[[entry]]
id = "card-price"
question = "What does a library card cost?"
phrasings = [
  "price of membership",
  "is the card free",
  "annual subscription",
  "how expensive is joining",
  "do children pay for a pass",
]
answer = "A card is free for everyone in the city."
standing = "reported"
citations = [{ source = "house-rules", paragraph = 2, evidence = ["free"] }]
"#;

/// Has no answer in the base, and by thresholds that any base can reach, all may happen.
pub(crate) const THRESHOLDS: Thresholds = Thresholds { answer_at: 0.5, closest_at: 0.25, suggest_at: 0.1 };
pub(crate) const UNANSWERABLE: f32 = 0.5;

pub(crate) fn write_base(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in [("sources.toml", SOURCES), ("hours.toml", HOURS), ("fees.toml", FEES)] {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// A base in a folder of its own.
pub(crate) struct Library {
    root: TempDir,
}

impl Library {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        write_base(&root.path().join("knowledge"));
        Self { root }
    }

    /// With weights that were learned from it.
    pub(crate) fn calibrated() -> Self {
        let library = Self::new();
        library.calibrate();
        library
    }

    pub(crate) fn calibrate(&self) {
        let base = footnote_knowledge::load(&self.folder()).unwrap();
        let tuning = Tuning::default();
        let weights = calibrate(&base, &tuning, UNANSWERABLE);
        Calibration::new(&weights, &base, &tuning, UNANSWERABLE).write(&self.folder()).unwrap();
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("knowledge")
    }

    pub(crate) fn overlay(&self) -> PathBuf {
        self.root.path().join("knowledge.d")
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder().join(name)).unwrap()
    }

    pub(crate) fn curation(&self) -> Curation {
        Curation::new(Settings::new(Folders::one(self.folder())))
    }

    pub(crate) fn overlaid(&self) -> Curation {
        Curation::new(Settings::new(Folders::layered(vec![self.folder()], self.overlay())))
    }
}

pub(crate) fn snapshot(curation: &Curation) -> Snapshot {
    curation.snapshot(THRESHOLDS, UNANSWERABLE).unwrap()
}

pub(crate) fn approval() -> Approval {
    Approval {
        author: Person { role: "curator".to_owned(), member: Some("80351110224678912".to_owned()) },
        approver: Some(Person::with_role("moderator")),
        reason: "asked three times".to_owned(),
        time: SystemTime::UNIX_EPOCH + Duration::from_hours(484_194),
    }
}

pub(crate) fn make(curation: &Curation, change: &Change) -> Applied {
    let preview = snapshot(curation).preview(change, &[]).unwrap();
    curation.apply(preview, &approval()).unwrap()
}

pub(crate) fn new_entry(id: &str) -> NewEntry {
    NewEntry {
        id: id.to_owned(),
        question: "Where can I park my bicycle?".to_owned(),
        phrasings: vec!["bike rack".to_owned(), "is there a \"stand\" for cycles".to_owned()],
        answer: "Beside the entrance,\nunder the roof.".to_owned(),
        standing: Standing::Claim { by: "Ada Quill".to_owned() },
        side_of: None,
        as_of: Some("2025-03".to_owned()),
        citations: vec![NewCitation::of_paragraph("leaflet", 9, vec!["beside the entrance".to_owned()])],
    }
}
