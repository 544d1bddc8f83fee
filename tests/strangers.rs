//! What a question names and the base does not have; and what looks like a contradiction and is
//! none.

use crate::support::footnote::{INN, Test};

fn outcome(question: &str) -> String {
    let test = Test::new().file("knowledge/inn.toml", INN);
    let reply = test.args(["ask", "--json", question]).run().json();
    reply["outcome"].as_str().unwrap_or_default().to_owned()
}

fn objections(question: &str) -> Vec<String> {
    let test = Test::new().file("knowledge/inn.toml", INN);
    let reply = test.args(["ask", "--json", "--explain", question]).run().json();
    let best = &reply["explanation"]["candidates"][0]["objections"];
    let names = best.as_array().into_iter().flatten();
    names.map(|objection| objection["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_name_of_english_is_one_in_small_letters_too() {
    for question in ["what does the ferry to norway cost", "what does the ferry to Bergen cost"] {
        assert!(objections(question).contains(&"name".to_owned()), "{question}: {:?}", objections(question));
    }
}

#[test]
fn nothing_is_near_to_what_the_base_has_never_heard_of() {
    for question in ["what does the ferry to norway cost", "what does the ferry to Xyzzyburg cost"] {
        assert!(["suggest", "unknown"].contains(&&*outcome(question)), "{question}: {}", outcome(question));
    }
}

#[test]
fn slang_names_nobody() {
    let outcome = outcome("smth about the price of a ferry ticket plz");
    assert!(["answer", "closest"].contains(&&*outcome), "{outcome}");
}

#[test]
fn a_particle_before_a_name_belongs_to_no_verb() {
    assert!(!objections("when does the inn open in Norway").contains(&"opposite".to_owned()));
}

#[test]
fn whether_something_is_so_is_answered_by_that_it_is_not() {
    let closed = INN.replace("\"inn hours\",", "\"why does the inn not open on sundays\",\n  \"inn hours\",");
    let test = Test::new().file("knowledge/inn.toml", closed);
    let reply = test.args(["ask", "--json", "--explain", "does the inn open on sundays"]).run().json();
    assert_eq!(reply["outcome"], "answer", "{reply}");
}
