//! What a curator reads when a file of the knowledge base is wrong.

use crate::support::footnote::{HARBOUR, INN, Run, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;

/// The output of `check` for the small base with one text in a file replaced.
#[track_caller]
fn check_with(file: &str, before: &str, after: &str) -> Run {
    let original = if file == "sources.toml" { SOURCES } else { HARBOUR };
    assert!(original.contains(before), "{before:?} is not in {file}");
    let changed = original.replacen(before, after, 1);
    Test::new().file(&format!("knowledge/{file}"), changed).args(["check"]).run()
}

/// Compares the output of `check` for one error with the snapshot of the test.
macro_rules! assert_error {
    ($file:literal, $before:expr, $after:expr $(,)?) => {
        assert_snapshot!(check_with($file, $before, $after).status(1))
    };
}

#[test]
fn a_valid_base_has_no_problems() {
    assert_snapshot!(Test::new().args(["check"]).run().status(0));
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    assert_error!("harbour.toml", "keywords", "keyword");
}

#[test]
fn a_missing_field_is_shown_at_its_table() {
    assert_error!("harbour.toml", "answer = \"The lighthouse was built in **1884**.\"\n", "");
}

#[test]
fn an_empty_field_is_an_error() {
    assert_error!("harbour.toml", "\"beacon\"", "\" \"");
}

#[test]
fn a_duplicate_id_names_the_first_one() {
    assert_error!("harbour.toml", "id = \"ferry-price\"", "id = \"lighthouse-built\"");
}

#[test]
fn a_citation_of_an_unknown_source_is_an_error() {
    assert_error!("harbour.toml", "source = \"almanac\", paragraph = 2", "source = \"almanach\", paragraph = 2");
}

#[test]
fn a_dangling_related_entry_is_an_error() {
    assert_error!("harbour.toml", "related = [\"ferry-price\"]", "related = [\"ferry-prize\"]");
}

#[test]
fn a_related_entry_is_named_once() {
    assert_error!("harbour.toml", "related = [\"ferry-price\"]", "related = [\"ferry-price\", \"ferry-price\"]");
}

#[test]
fn an_over_long_question_says_by_how_much() {
    let long = format!("question = \"{}?\"", "x".repeat(102));
    assert_error!("harbour.toml", "question = \"When was the lighthouse built?\"", &long);
}

#[test]
fn an_over_long_answer_is_an_error() {
    assert_error!("harbour.toml", "The lighthouse was built in **1884**.", &"ä".repeat(4_001));
}

#[test]
fn a_claim_needs_somebody_who_makes_it() {
    assert_error!("harbour.toml", "claimed_by = \"Ada Quill\"\n", "");
}

#[test]
fn a_claim_names_who_makes_it_in_its_answer() {
    assert_error!("harbour.toml", "Ada Quill finds the pier ugly.", "The pier is ugly.");
}

#[test]
fn only_a_claim_has_somebody_who_makes_it() {
    assert_error!("harbour.toml", "standing = \"claim\"", "standing = \"reported\"");
}

#[test]
fn a_bad_date_shows_the_forms_of_good_ones() {
    assert_snapshot!(
        check_with("harbour.toml", "as_of = \"2024-05\"", "as_of = \"May 2024\"").status(1),
        check_with("sources.toml", "published = \"2024-05\"", "published = \"2024-02-30\"").status(1),
    );
}

#[test]
fn an_address_without_encryption_is_warned_of() {
    assert_error!("sources.toml", "https://pier.example", "http://pier.example");
}

#[test]
fn a_wrong_type_says_what_to_write() {
    assert_error!("harbour.toml", "pinned = true", "pinned = \"yes\"");
}

#[test]
fn evidence_is_a_short_phrase() {
    assert_error!("harbour.toml", "\"built in 1884\"", "\"one two three four five six seven eight nine\"");
}

#[test]
fn invalid_toml_is_shown_where_it_is() {
    assert_error!("harbour.toml", "pinned = true", "pinned = = true");
}

#[test]
fn a_file_that_is_not_utf8_names_the_byte() {
    let test = Test::new().file("knowledge/extra.toml", b"title = \"caf\xe9\"\n");
    assert_snapshot!(test.args(["check"]).run().status(1));
}

#[test]
fn an_empty_folder_says_what_belongs_there() {
    let test = Test::new().without("knowledge/sources.toml").without("knowledge/harbour.toml");
    assert_snapshot!(test.args(["check"]).run().status(1));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    assert_snapshot!(Test::empty().args(["--knowledge", "elsewhere", "check"]).run().status(2));
}

#[test]
fn a_question_is_on_one_line() {
    assert_error!("harbour.toml", "How long is the pier?", "How long\\nis the pier?");
}

#[test]
fn a_surname_is_enough_to_name_who_claims_something() {
    assert_snapshot!(
        check_with("harbour.toml", "Ada Quill finds", "Quill finds").status(0),
        check_with("harbour.toml", "claimed_by = \"Ada Quill\"", "claimed_by = \"the harbour office\"").status(1),
    );
}

#[test]
fn shorthand_is_a_single_word() {
    let synonyms = "[[shorthand]]\nwritten = [\"wat\", \"r u\"]\nmeans = \"are you\"\n";
    assert_snapshot!(Test::new().file("knowledge/synonyms.toml", synonyms).args(["check"]).run().status(1));
}

#[test]
fn a_synonym_belongs_to_one_group() {
    let synonyms = "[[group]]\nwords = [\"quay\", \"pier\"]\n\n\
        [[group]]\nwords = [\"Pier\", \"jetty\"]\n";
    assert_snapshot!(Test::new().file("knowledge/synonyms.toml", synonyms).args(["check"]).run().status(1));
}

#[test]
fn all_problems_of_all_files_are_reported_at_once() {
    let broken = HARBOUR
        .replace("pinned = true", "pined = true")
        .replace("standing = \"disputed\"", "standing = \"contested\"")
        .replace("as_of = \"2024-05\"", "as_of = \"24\"");
    let test = Test::new()
        .file("knowledge/harbour.toml", broken)
        .file("knowledge/sources.toml", SOURCES.replace("kind = \"opinion\"", "kind = \"gossip\""))
        .file("knowledge/syntax.toml", "title = \"Syntax\nsummary = 1\n[[entry]]\nid = \"fine\"\n")
        .file("knowledge/bytes.toml", b"\xff");
    let run = test.args(["check"]).run().status(1);
    let consequence = "no source has the id";
    assert!(!run.stdout.contains(consequence), "what only follows from another problem:\n{}", run.stdout);
    assert_snapshot!(run);
}

#[test]
fn a_base_with_an_error_is_never_served() {
    let run = |arguments: &[&str]| {
        let test = Test::new().file("knowledge/harbour.toml", HARBOUR.replace("pinned", "pined"));
        test.env("DISCORD_TOKEN", "test.token").args(arguments.iter().copied()).run().status(2)
    };
    assert_snapshot!(run(&["ask", "ferry fare"]), run(&["serve"]));
}

#[test]
fn what_is_not_read_is_named() {
    let test = Test::new()
        .file("knowledge/extra.yaml", "x")
        .file("knowledge/more/deep/a.toml", "x")
        .file("knowledge/more/sources.toml", "x")
        .file("knowledge/README.md", "x");
    let run = test.args(["check"]).run();
    let expected = "not read, because only .toml files in the folder and its sub-folders are: \
        extra.yaml, more/deep/, more/sources.toml\n";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
}

#[test]
fn topics_in_sub_folders_are_groups() {
    let test = || Test::new().file("knowledge/house-rules/inn.toml", INN);
    test().args(["ask", "inn hours"]).run().status(0);
    let twice = test().file("knowledge/more/inn.toml", INN.replace("inn-open", "inn-opens"));
    let run = twice.args(["check", "--format", "short"]).run().status(1);
    let expected = "knowledge/more/inn.toml: error: \
        the topic in `house-rules/inn.toml` has the same name; \
        give one of the two files another name\n";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
    let broken = Test::new().file("knowledge/house-rules/inn.toml", INN.replace("question =", "questoin ="));
    let broken = broken.args(["check"]).run().status(1);
    assert!(broken.stdout.contains("knowledge/house-rules/inn.toml:"), "{}", broken.stdout);
}
