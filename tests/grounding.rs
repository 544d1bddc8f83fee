//! `footnote check --documents`: whether the answers stand in the documents that they cite.

use crate::support::footnote::{HARBOUR, Test};

const ALMANAC: &str = "The Harbour Almanac\n\nThe lighthouse was built in 1884.\nThe ferry takes 3 crowns, a child pays 1.\nThe pier has 120 metres.\n";
const LETTERS: &str = "They ask three  crowns a head!\n\n\nAda Quill: “an UGLY thing”, barely 90 metres.\n";

fn grounded() -> Test {
    let title_unused =
        crate::support::footnote::SOURCES.replace("kind = \"overview\"\n", "kind = \"overview\"\nunused = [1]\n");
    Test::new()
        .file("knowledge/sources.toml", title_unused)
        .file("documents/almanac.txt", ALMANAC)
        .file("documents/letters.txt", LETTERS)
        .args(["check", "--documents", "documents"])
}

#[test]
fn a_grounded_base_has_no_problems() {
    let run = grounded().run().status(0);
    run.stdout_has("almanac: 4 paragraphs, each cited or listed as unused").stdout_has("0 errors, 0 warnings");
}

#[test]
fn evidence_has_to_stand_in_its_paragraph() {
    let run = grounded().file("documents/almanac.txt", ALMANAC.replace("built in 1884", "finished in 1884")).run();
    run.status(1)
        .stdout_has("`built in 1884` does not stand in paragraph 2 of `almanac`")
        .stdout_has("harbour.toml:14:");
}

#[test]
fn a_number_of_an_answer_has_to_stand_in_a_cited_paragraph() {
    let run = grounded().file("knowledge/harbour.toml", HARBOUR.replace("**1884**", "**1885**")).run();
    run.status(1).stdout_has("the answer says 1885, which no cited paragraph has").stdout_has("harbour.toml:10:10");
}

#[test]
fn a_name_that_no_cited_paragraph_has_is_a_warning() {
    let run = grounded().file("knowledge/harbour.toml", HARBOUR.replace("was built in", "was built by Mole in")).run();
    run.status(1).stdout_has("the answer says `Mole`, which no cited paragraph has").stdout_has("0 errors, 1 warning");
}

#[test]
fn a_name_that_begins_a_sentence_is_checked_too() {
    let run =
        grounded().file("knowledge/harbour.toml", HARBOUR.replace("The lighthouse was", "Mole says that it was")).run();
    run.status(1).stdout_has("the answer says `Mole`, which no cited paragraph has");
}

#[test]
fn evidence_stands_as_whole_words() {
    let run = grounded().file("knowledge/harbour.toml", HARBOUR.replace("\"built in 1884\"", "\"uilt in 188\"")).run();
    run.status(1).stdout_has("`uilt in 188` does not stand in paragraph 2");
}

#[test]
fn a_day_belongs_to_its_month() {
    let run = grounded()
        .file("documents/almanac.txt", ALMANAC.replace("built in 1884", "built in 1884, from 3 May to 9 June"))
        .file("knowledge/harbour.toml", HARBOUR.replace("in **1884**", "by 3 June **1884**"))
        .run();
    run.status(1).stdout_has("the answer says 3 June, which no cited paragraph has");
}

#[test]
fn a_paragraph_that_is_not_there_is_an_error() {
    let run = grounded().file("knowledge/harbour.toml", HARBOUR.replace("paragraph = 4", "paragraph = 7")).run();
    run.status(1).stdout_has("`almanac` has no paragraph 7").stdout_has("1 to 4");
}

#[test]
fn a_paragraph_that_nothing_cites_is_reported() {
    let run = grounded().file("documents/almanac.txt", format!("{ALMANAC}The inn closed.\n")).run();
    run.status(1)
        .stdout_has("almanac: 5 paragraphs, no entry cites 5")
        .stdout_has("no entry cites paragraph 5 of `almanac`");
}

#[test]
fn a_missing_document_is_named() {
    let run = grounded().without("documents/letters.txt").run().status(2);
    run.stderr_has("cannot read the document `documents/letters.txt` of the source `letters`");
}
