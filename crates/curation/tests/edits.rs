//! What a change makes of a file, to the byte.

use std::fs;

use footnote_curation::{Change, ChangeError, Edit, NewCitation, NewEntry, Standing};
use footnote_knowledge::diagnostic::Severity;
use proptest::prelude::*;

use crate::library::{FEES, HOURS, Library, make, new_entry, snapshot};

#[test]
fn a_phrasing_changes_its_own_lines_alone() {
    let library = Library::new();
    make(&library.curation(), &Change::add_phrasing("library-hours", "are  you open\ntoday"));
    let expected = HOURS.replace(
        "  \"opening days of the building\"\n]",
        "  \"opening days of the building\",\n  \"are you open today\"\n]",
    );
    assert_eq!(library.read("hours.toml"), expected);
    make(&library.curation(), &Change::withdraw_phrasing("library-hours", "what time do you close"));
    let expected = expected.replace("  \"what time do you close\", # closing counts too\n", "");
    assert_eq!(library.read("hours.toml"), expected);
    make(&library.curation(), &Change::add_phrasing("loan-period", "weeks"));
    let expected = expected.replace("longest loan\"]", "longest loan\", \"weeks\"]");
    assert_eq!(library.read("hours.toml"), expected);
}

#[test]
fn an_edit_keeps_the_comments_on_what_it_changes() {
    let library = Library::new();
    let edit = Edit {
        answer: Some("Ada Quill says from 8:00.".to_owned()),
        standing: Some(Standing::Claim { by: "Ada Quill".to_owned() }),
        as_of: Some("2026".to_owned()),
        ..Edit::default()
    };
    make(&library.curation(), &Change::edit_entry("library-hours", edit));
    let expected = HOURS
        .replace("\"The library is open from 9:00 to 18:00, Monday to Friday.\"", "\"Ada Quill says from 8:00.\"")
        .replacen(
            "standing = \"reported\"\n",
            "standing = \"claim\"\nas_of = \"2026\"\nclaimed_by = \"Ada Quill\"\n",
            1,
        );
    assert_eq!(library.read("hours.toml"), expected);

    let edit = Edit {
        standing: Some(Standing::Disputed),
        citations: Some(vec![NewCitation::of_paragraph("leaflet", 1, vec![])]),
        ..Edit::default()
    };
    make(&library.curation(), &Change::edit_entry("late-fee", edit));
    let expected =
        FEES.replace("standing = \"claim\"\nclaimed_by = \"Ada Quill\"\n", "standing = \"disputed\"\n").replace(
            "citations = [{ source = \"leaflet\", paragraph = 2, evidence = [\"20 cents\"] }]",
            "citations = [\n  { source = \"leaflet\", paragraph = 1 },\n]",
        );
    assert_eq!(library.read("fees.toml"), expected);
}

#[test]
fn a_new_entry_comes_last_and_may_begin_a_topic() {
    let library = Library::new();
    let mut entry = new_entry("bicycles");
    "Beside the entrance, says Ada Quill,\nunder the roof.".clone_into(&mut entry.answer);
    make(&library.curation(), &Change::add_topic("around", "Around the building", entry.clone()));
    let expected = r#"title = "Around the building"

[[entry]]
id = "bicycles"
question = "Where can I park my bicycle?"
phrasings = [
  "bike rack",
  'is there a "stand" for cycles',
]
answer = """
Beside the entrance, says Ada Quill,
under the roof."""
standing = "claim"
claimed_by = "Ada Quill"
as_of = "2025-03"
citations = [
  { source = "leaflet", paragraph = 9, evidence = ["beside the entrance"] },
]
"#;
    assert_eq!(library.read("around.toml"), expected);
    "bicycles-2".clone_into(&mut entry.id);
    "May I bring my bicycle inside?".clone_into(&mut entry.question);
    make(&library.curation(), &Change::add_entry("hours", entry));
    let file = library.read("hours.toml");
    let entry = file.strip_prefix(HOURS.strip_suffix("# The end.\n").unwrap()).unwrap();
    assert!(entry.starts_with("\n[[entry]]\nid = \"bicycles-2\"\n"), "{entry}");
    assert!(entry.ends_with("]\n# The end.\n"), "{entry}");
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let library = Library::new();
    let windows = format!("\u{feff}{}", HOURS.replace('\n', "\r\n"));
    fs::write(library.folder().join("hours.toml"), &windows).unwrap();
    make(&library.curation(), &Change::add_phrasing("loan-period", "weeks"));
    assert_eq!(library.read("hours.toml"), windows.replace("longest loan\"]", "longest loan\", \"weeks\"]"));
}

#[test]
fn a_change_that_does_not_go_with_the_base_says_why() {
    let library = Library::new();
    let snapshot = snapshot(&library.curation());
    let refusal = |change: &Change| snapshot.preview(change, &[]).unwrap_err().to_string();
    let changes = [
        Change::add_phrasing("library-ours", "x"),
        Change::add_phrasing("loan-period", "loan period"),
        Change::withdraw_phrasing("loan-period", "Loan period"),
        Change::add_entry("hours", new_entry("late-fee")),
        Change::add_entry("parking", new_entry("bicycles")),
        Change::add_topic("../opening", "Hours", new_entry("bicycles")),
        Change::add_topic("sources", "Sources", new_entry("bicycles")),
        Change::edit_entry("late-fee", Edit::default()),
    ];
    let expected = [
        "no entry has the id `library-ours`: it may have been removed or renamed; choose another",
        "`loan-period` has the phrasing `loan period` already: there is nothing to add",
        "`loan-period` does not have the phrasing `Loan period`: it may have been changed since",
        "the id `late-fee` belongs to another entry: choose another id, or edit that entry",
        "the base has no topic `parking`: choose one that it has, or give the new one a title",
        "`../opening` cannot name a topic: use lower-case letters, digits and single hyphens, \
            with the name of its group and a slash before it if it is in one",
        "`sources` cannot name a topic, because `sources.toml` is no topic: choose another name",
        "the edit of `late-fee` changes nothing: change the question, the answer or a citation",
    ];
    assert_eq!(changes.each_ref().map(refusal), expected);
    let entries = "title = \"Inline\"\n\
                   entry = [{ id = \"inline\", question = \"Q?\", answer = \"A\", \
                   standing = \"reported\", \
                   citations = [{ source = \"leaflet\", paragraph = 1 }] }]\n";
    fs::write(library.folder().join("inline.toml"), entries).unwrap();
    let snapshot = crate::library::snapshot(&library.curation());
    let layout = snapshot.preview(&Change::add_phrasing("inline", "x"), &[]).unwrap_err();
    assert_eq!(layout, ChangeError::Layout { file: "inline.toml".to_owned(), what: "entry" });
}

fn is_visible(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(footnote_knowledge::text::plain::is_control)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever somebody writes comes back from the file as it was written, or is refused by what
    /// `check` says about it, and the rest of the file is the same.
    #[test]
    fn any_text_comes_back(question in ".{1,100}", phrasing in "\\PC{1,60}|.{1,20}", answer in "(?s).{1,300}") {
        let library = Library::new();
        let curation = library.curation();
        let before = snapshot(&curation);
        let entry = NewEntry {
            question: question.clone(),
            phrasings: vec![phrasing.clone()],
            answer: answer.clone(),
            standing: Standing::Reported,
            ..new_entry("any")
        };
        let preview = before.preview(&Change::add_entry("hours", entry), &[]).unwrap();
        let breaks = ['\n', '\r', '\t'];
        let prose: String = answer.chars().filter(|character| !breaks.contains(character)).collect();
        let is_prose = !answer.trim().is_empty() && (prose.is_empty() || !prose.chars().any(footnote_knowledge::text::plain::is_control));
        let is_valid = is_visible(&question) && is_visible(&phrasing) && is_prose;
        prop_assert_eq!(preview.entry().is_some(), is_valid, "{}", preview.findings());
        if !is_valid {
            prop_assert!(preview.findings().count(Severity::Error) > 0);
            return Ok(());
        }
        let written = preview.entry().unwrap().clone();
        prop_assert_eq!(&written.question, &question);
        prop_assert_eq!(&written.phrasings[0].value, &phrasing);
        prop_assert_eq!(&written.answer.value, &answer);
        if preview.is_applicable() {
            let applied = curation.apply(preview, &crate::library::approval()).unwrap();
            let edited = Change::add_phrasing("any", "another one");
            let and_more = applied.snapshot.preview(&edited, &[]).unwrap();
            prop_assert_eq!(&and_more.entry().unwrap().answer.value, &answer);
            let read = footnote_knowledge::load(&library.folder()).unwrap();
            prop_assert_eq!(&read.entry("any").unwrap().answer.value, &answer);
            prop_assert_eq!(&read.entry("library-hours").unwrap().question, "When is the library open?");
        }
    }
}
