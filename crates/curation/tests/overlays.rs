//! A base that may not be written to gets an overlay, which may be merged into it later.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use footnote_curation::{Change, Curation, Disk, Edit, Merged, RealDisk, history};
use footnote_knowledge::{KnowledgeBase, Layer, load_layers};
use footnote_search::calibration::fingerprint;
use footnote_search::tuning::Tuning;

use crate::library::{FEES, HOURS, Library, make, new_entry, snapshot};

fn layered(library: &Library) -> KnowledgeBase {
    let layers = [Layer::read(&library.folder()).unwrap(), Layer::read_if_any(&library.overlay()).unwrap()];
    load_layers(&layers).unwrap_or_else(|error| panic!("{error:?}"))
}

fn print_of(base: &KnowledgeBase) -> String {
    fingerprint(base, &Tuning::default())
}

fn overlaid() -> Library {
    let library = Library::calibrated();
    let curation = library.overlaid();
    make(&curation, &Change::add_phrasing("library-hours", "are you open today"));
    make(&curation, &Change::withdraw_phrasing("library-hours", "opening days of the building"));
    let edit = Edit { answer: Some("10 cents a day, says Ada Quill.".to_owned()), ..Edit::default() };
    make(&curation, &Change::edit_entry("late-fee", edit));
    let mut entry = new_entry("bicycles");
    "Ada Quill says beside the entrance.".clone_into(&mut entry.answer);
    make(&curation, &Change::add_topic("around", "Around the building", entry.clone()));
    "bicycles-inside".clone_into(&mut entry.id);
    "May I bring a bicycle inside, by Ada Quill?".clone_into(&mut entry.question);
    make(&curation, &Change::add_entry("hours", entry));
    library
}

#[test]
fn an_overlay_has_what_was_changed_and_the_base_stays_as_it_was() {
    let library = overlaid();
    assert_eq!((library.read("hours.toml").as_str(), library.read("fees.toml").as_str()), (HOURS, FEES));
    assert!(!library.folder().join("CHANGES.jsonl").exists() && !library.folder().join(".curation.lock").exists());
    let fees = fs::read_to_string(library.overlay().join("fees.toml")).unwrap();
    let entry = FEES.split("\n\n").nth(1).unwrap().replace("20 cents a day", "10 cents a day");
    assert_eq!(fees, entry + "\n");
    let hours = fs::read_to_string(library.overlay().join("hours.toml")).unwrap();
    assert!(hours.starts_with("# Asked every day.\n[[entry]]\nid = \"library-hours\"\n"), "{hours}");
    assert!(hours.contains("\"what time do you close\", # closing counts too"), "{hours}");
    let base = layered(&library);
    let topics: Vec<_> = base.topics.iter().map(|topic| topic.title.as_str()).collect();
    assert_eq!(topics, ["Around the building", "Fees", "Opening hours"]);
    let ids: Vec<_> = base.entries.iter().map(|entry| entry.id.as_str()).collect();
    let expected = ["bicycles", "late-fee", "card-price", "library-hours", "loan-period", "bicycles-inside"];
    assert_eq!(ids, expected);
    assert_eq!(history(&library.overlay()).unwrap().len(), 5);
    assert_eq!(snapshot(&library.overlaid()).base().entries.len(), 6);
}

#[test]
fn a_topic_of_a_group_is_changed_in_its_sub_folder() {
    let library = Library::new();
    fs::create_dir(library.folder().join("money")).unwrap();
    fs::rename(library.folder().join("fees.toml"), library.folder().join("money/fees.toml")).unwrap();
    make(&library.curation(), &Change::add_phrasing("card-price", "what do i pay for a card"));
    assert!(library.read("money/fees.toml").contains("what do i pay for a card"));

    let edit = Edit { answer: Some("10 cents a day, says Ada Quill.".to_owned()), ..Edit::default() };
    make(&library.overlaid(), &Change::edit_entry("late-fee", edit));
    assert!(library.read("money/fees.toml").contains("20 cents a day"));
    assert!(fs::read_to_string(library.overlay().join("money/fees.toml")).unwrap().contains("10 cents a day"));
    let before = layered(&library);
    assert_eq!(before.topics.len(), 2);
    let merged = library.overlaid().merge_overlay().unwrap();
    assert_eq!(merged.files, ["money/fees.toml"]);
    assert!(library.read("money/fees.toml").contains("10 cents a day"));
    let after = layered(&library);
    assert_eq!(print_of(&before), print_of(&after));
    let topic = after.topics.last().unwrap();
    assert_eq!((topic.id.as_str(), topic.group_title().as_deref()), ("fees", Some("Money")));
}

#[test]
fn a_merge_makes_the_same_base_of_one_folder() {
    let library = overlaid();
    fs::write(library.folder().join("synonyms.toml"), "keep = [\"a\"]\n\n[[group]]\nwords = [\"fee\", \"charge\"]\n")
        .unwrap();
    let synonyms = "keep = [\"it\", \"a\"]\n[[group]]\nwords = [\"bike\", \"bicycle\"]\n\
                    # In haste\n[[shorthand]]\nwritten = [\"lib\"]\nmeans = \"library\"\n";
    fs::write(library.overlay().join("synonyms.toml"), synonyms).unwrap();
    let source = "[[source]]\nid = \"leaflet\"\ntitle = \"The New Leaflet\"\nkind = \"news\"\n\n\
                  [[source]]\nid = \"map\"\ntitle = \"Map\"\nkind = \"overview\"\n";
    fs::write(library.overlay().join("sources.toml"), source).unwrap();
    let before = layered(&library);
    assert_eq!(before.entry("late-fee").unwrap().citations[0].source.title, "The New Leaflet");
    let merged = library.overlaid().merge_overlay().unwrap();
    let files = ["around.toml", "fees.toml", "hours.toml", "sources.toml", "synonyms.toml"].map(str::to_owned);
    assert_eq!(merged, Merged { files: files.to_vec(), changes: 5 });
    let alone = footnote_knowledge::load(&library.folder()).unwrap();
    assert_eq!(print_of(&alone), print_of(&before));
    assert_eq!(layered(&library).entries.len(), 6);
    let expected = FEES.replace("20 cents a day", "10 cents a day");
    assert_eq!(library.read("fees.toml"), expected);
    let hours = library.read("hours.toml");
    assert!(hours.starts_with(&HOURS[..HOURS.find("id = ").unwrap()]), "{hours}");
    assert!(hours.ends_with("\n# The end.\n") && hours.contains("# since the spring"), "{hours}");
    assert_eq!(history(&library.folder()).unwrap().len(), 5);
    assert!(library.folder().join("calibration.toml").exists());
    let left: Vec<_> = fs::read_dir(library.overlay()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert_eq!(left, [".curation.lock"]);
    let again = library.overlaid().merge_overlay().unwrap();
    assert_eq!(again, Merged::default());
}

#[derive(Debug)]
struct Failing {
    steps: AtomicUsize,
    from: usize,
}

impl Failing {
    fn step(&self) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        if step >= self.from { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for Failing {
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.append(path, bytes))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.remove(path))
    }
}

#[test]
fn a_merge_that_stops_anywhere_leaves_the_same_base_and_can_be_started_again() {
    for from in 0.. {
        let library = overlaid();
        fs::write(library.overlay().join("synonyms.toml"), "[[group]]\nwords = [\"bike\", \"bicycle\"]\n").unwrap();
        let before = print_of(&layered(&library));
        let disk = Failing { steps: AtomicUsize::new(0), from };
        let curation = Curation::on_disk(library.overlaid().settings().clone(), Arc::new(disk));
        let merged = curation.merge_overlay();
        assert_eq!(print_of(&layered(&library)), before, "from step {from}");
        library.overlaid().merge_overlay().unwrap();
        let alone = footnote_knowledge::load(&library.folder()).unwrap();
        assert_eq!(print_of(&alone), before, "from step {from}");
        assert_eq!(history(&library.folder()).unwrap().len(), 5, "from step {from}");
        if merged.is_ok() {
            assert!(from > 8);
            break;
        }
    }
}

#[test]
fn an_id_of_another_topic_and_a_word_of_another_group_are_errors() {
    let library = Library::new();
    let overlay = library.overlay();
    fs::create_dir(&overlay).unwrap();
    let late_fee = FEES.split("\n\n").nth(1).unwrap();
    fs::write(overlay.join("other.toml"), format!("title = \"Other\"\n{late_fee}\n")).unwrap();
    fs::write(overlay.join("untitled.toml"), late_fee.replace("late-fee", "later-fee")).unwrap();
    fs::write(library.folder().join("synonyms.toml"), "[[group]]\nwords = [\"fee\", \"charge\"]\n").unwrap();
    fs::write(overlay.join("synonyms.toml"), "[[group]]\nwords = [\"charge\", \"fine\"]\n").unwrap();
    let error = library.overlaid().snapshot(crate::library::THRESHOLDS, 0.5).unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    let Some(footnote_knowledge::LoadError::Invalid { diagnostics, .. }) = source.downcast_ref() else {
        panic!("{source}");
    };
    let mut messages: Vec<_> = diagnostics.iter().map(footnote_knowledge::diagnostic::Diagnostic::message).collect();
    messages.sort_unstable();
    let folder = library.folder();
    let fees = folder.join("fees.toml");
    let synonyms = folder.join("synonyms.toml");
    let expected = [
        format!("`charge` is already on line 2 of {}", synonyms.display()),
        "`title` is missing".to_owned(),
        format!("the id `late-fee` is already used in {}, line 4", fees.display()),
    ];
    assert_eq!(messages, expected);
}
