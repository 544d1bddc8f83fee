//! What a curator reads when a file of the knowledge base is wrong.

use crate::support::footnote::{HARBOUR, Run, SOURCES, Test};

/// Checks the small base with one text replaced by another.
#[track_caller]
fn check_with(file: &str, before: &str, after: &str) -> Run {
    let original = if file == "sources.toml" { SOURCES } else { HARBOUR };
    assert!(original.contains(before), "{before:?} is not in {file}");
    let changed = original.replacen(before, after, 1);
    Test::new().file(&format!("knowledge/{file}"), changed).args(["check"]).run()
}

/// The problem is reported at the line of `file` that contains `line`, with a way out.
#[track_caller]
fn assert_problem(file: &str, (before, after): (&str, &str), message: &str, place: &str, help: &str) {
    let run = check_with(file, before, after).status(1);
    let location = format!("--> knowledge/{file}:{place}\n");
    run.stdout_has(message).stdout_has(&location).stdout_has(help).stdout_has("1 error, 0 warnings");
}

#[test]
fn a_valid_base_has_no_problems() {
    Test::new()
        .args(["check"])
        .run()
        .status(0)
        .stdout_has("4 entries with 20 phrasings from 2 sources: 0 errors, 0 warnings");
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    assert_problem("harbour.toml", ("keywords", "keyword"), "unknown key `keyword`", "9:1", "did you mean `keywords`?");
}

#[test]
fn a_missing_field_is_shown_at_its_table() {
    let answer = "answer = \"The lighthouse was built in **1884**.\"\n";
    assert_problem("harbour.toml", (answer, ""), "`answer` is missing", "5:1", "add answer = ");
}

#[test]
fn an_empty_field_is_an_error() {
    assert_problem("harbour.toml", ("\"beacon\"", "\" \""), "`keywords` is empty", "9:13", "leave the key out");
}

#[test]
fn a_duplicate_id_names_the_first_one() {
    let ids = ("id = \"ferry-price\"", "id = \"lighthouse-built\"");
    let run = check_with("harbour.toml", ids.0, ids.1).status(1);
    run.stdout_has("the id `lighthouse-built` is already used in knowledge/harbour.toml, line 6")
        .stdout_has("harbour.toml:17:6");
}

#[test]
fn a_citation_of_an_unknown_source_is_an_error() {
    let sources = ("source = \"almanac\", paragraph = 2", "source = \"almanach\", paragraph = 2");
    assert_problem("harbour.toml", sources, "no source has the id `almanach`", "14:25", "did you mean `almanac`?");
}

#[test]
fn a_dangling_related_entry_is_an_error() {
    let ids = ("related = [\"ferry-price\"]", "related = [\"ferry-prize\"]");
    assert_problem("harbour.toml", ids, "no entry has the id `ferry-prize`", "13:12", "did you mean `ferry-price`?");
}

#[test]
fn a_related_entry_is_named_once() {
    let ids = ("related = [\"ferry-price\"]", "related = [\"ferry-price\", \"ferry-price\"]");
    assert_problem("harbour.toml", ids, "`ferry-price` is named twice", "13:27", "remove one of the two");
}

#[test]
fn an_over_long_question_says_by_how_much() {
    let long = format!("question = \"{}?\"", "x".repeat(102));
    let change = ("question = \"When was the lighthouse built?\"", long.as_str());
    assert_problem(
        "harbour.toml",
        change,
        "`question` has 103 characters, at most 100 are allowed",
        "7:12",
        "shorten it by 3",
    );
}

#[test]
fn an_over_long_answer_is_an_error() {
    let long = "ä".repeat(1_501);
    let change = ("The lighthouse was built in **1884**.", long.as_str());
    assert_problem("harbour.toml", change, "`answer` has 1501 characters, at most 1500", "10:10", "shorten it by 1");
}

#[test]
fn a_claim_needs_somebody_who_makes_it() {
    assert_problem(
        "harbour.toml",
        ("claimed_by = \"Ada Quill\"\n", ""),
        "a claim without `claimed_by`",
        "33:12",
        "add claimed_by",
    );
}

#[test]
fn a_claim_names_who_makes_it_in_its_answer() {
    let change = ("Ada Quill finds the pier ugly.", "The pier is ugly.");
    assert_problem("harbour.toml", change, "the answer does not name Ada Quill", "32:10", "Ada Quill says that");
}

#[test]
fn only_a_claim_has_somebody_who_makes_it() {
    let change = ("standing = \"claim\"", "standing = \"reported\"");
    assert_problem("harbour.toml", change, "`claimed_by` does not go with", "34:14", "standing = \"claim\"");
}

#[test]
fn a_bad_date_shows_the_forms_of_good_ones() {
    let change = ("as_of = \"2024-05\"", "as_of = \"May 2024\"");
    assert_problem("harbour.toml", change, "`May 2024` is not a date", "22:9", "\"2025-03\"");
    let change = ("published = \"2024-05\"", "published = \"2024-02-30\"");
    assert_problem("sources.toml", change, "`2024-02-30` is not a date", "13:13", "\"2025-03\"");
}

#[test]
fn a_url_has_to_be_https() {
    let change = ("https://pier.example", "http://pier.example");
    assert_problem("sources.toml", change, "`http://pier.example` is not an https address", "14:7", "https://");
}

#[test]
fn a_wrong_type_says_what_to_write() {
    assert_problem(
        "harbour.toml",
        ("pinned = true", "pinned = \"yes\""),
        "`pinned` is of the wrong type (string)",
        "12:10",
        "pinned = true",
    );
}

#[test]
fn evidence_is_a_short_phrase() {
    let change = ("\"built in 1884\"", "\"one two three four five six seven eight nine\"");
    assert_problem("harbour.toml", change, "evidence of 9 words, at most 8", "14:63", "shortest phrase");
}

#[test]
fn invalid_toml_is_shown_where_it_is() {
    let run = check_with("harbour.toml", "pinned = true", "pinned = = true").status(1);
    run.stdout_has("invalid TOML").stdout_has("--> knowledge/harbour.toml:12:").stdout_has("pinned = = true");
}

#[test]
fn a_file_that_is_not_utf8_names_the_byte() {
    let test = Test::new().file("knowledge/extra.toml", b"title = \"caf\xe9\"\n");
    test.args(["check"]).run().status(1).stdout_has("byte 0xE9 is not UTF-8").stdout_has("extra.toml:1:13");
}

#[test]
fn an_empty_folder_says_what_belongs_there() {
    let test = Test::new().without("knowledge/sources.toml").without("knowledge/harbour.toml");
    test.args(["check"]).run().status(1).stdout_has("no .toml file").stdout_has("sources.toml");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let run = Test::empty().args(["--knowledge", "elsewhere", "check"]).run().status(2);
    run.stderr_has("cannot read the knowledge folder `elsewhere`").stderr_has("No such file");
}

#[test]
fn a_question_stands_on_one_line() {
    let change = ("How long is the pier?", "How long\\nis the pier?");
    assert_problem("harbour.toml", change, "`question` has a line break", "39:12", "write it on one line");
}

#[test]
fn a_surname_is_enough_to_name_who_claims_something() {
    check_with("harbour.toml", "Ada Quill finds", "Quill finds").stdout_has("0 errors");
    let run = check_with("harbour.toml", "claimed_by = \"Ada Quill\"", "claimed_by = \"the harbour office\"").status(1);
    run.stdout_has("the answer does not name the harbour office");
}

#[test]
fn shorthand_is_a_single_word() {
    let synonyms = "[[shorthand]]\nwritten = [\"wat\", \"r u\"]\nmeans = \"are you\"\n";
    let run = Test::new().file("knowledge/synonyms.toml", synonyms).args(["check"]).run().status(1);
    run.stdout_has("`r u` is not a single word").stdout_has("synonyms.toml:2:19");
}

#[test]
fn a_synonym_belongs_to_one_group() {
    let synonyms = "[[group]]\nwords = [\"quay\", \"pier\"]\n\n[[group]]\nwords = [\"Pier\", \"jetty\"]\n";
    let test = Test::new().file("knowledge/synonyms.toml", synonyms);
    test.args(["check"]).run().status(1).stdout_has("`Pier` already stands on line 2").stdout_has("synonyms.toml:5:10");
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
    let expected = [
        "unknown key `pined`",
        "`contested` is not a standing",
        "`24` is not a date",
        "`gossip` is not a kind of source",
        "invalid TOML",
        "byte 0xFF is not UTF-8",
    ];
    for message in expected {
        assert!(run.stdout.contains(message), "no {message:?} in:\n{}", run.stdout);
    }
    assert!(
        !run.stdout.contains("no source has the id"),
        "what only follows from another problem is left out:\n{}",
        run.stdout
    );
}

#[test]
fn a_base_with_an_error_is_never_served() {
    for arguments in [vec!["ask", "ferry fare"], vec!["serve"]] {
        let test = Test::new().file("knowledge/harbour.toml", HARBOUR.replace("pinned", "pined"));
        let run = test.env("DISCORD_TOKEN", "test.token").args(arguments).run().status(2);
        assert_eq!(run.stdout, "");
        run.stderr_has("unknown key `pined`").stderr_has("has 1 error");
    }
}
