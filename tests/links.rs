//! `footnote check --links`, against a site of our own.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use tokio::net::TcpListener;

use crate::support::footnote::{HARBOUR, Run, SOURCES, Test};

type Asked = Arc<Mutex<Vec<String>>>;

/// Knows two pages, one of them without HEAD.
async fn page(State(asked): State<Asked>, method: Method, uri: Uri) -> StatusCode {
    asked.lock().unwrap().push(format!("{method} {}", uri.path()));
    match (uri.path(), method) {
        ("/well", _) | ("/slow", Method::GET) => StatusCode::OK,
        ("/slow", _) => StatusCode::METHOD_NOT_ALLOWED,
        _ => StatusCode::NOT_FOUND,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_lead_nowhere_are_named_and_the_others_not_asked_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let site = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let routes = Router::new().fallback(page).with_state(asked.clone());
    tokio::spawn(async { axum::serve(listener, routes).await });
    let answer = format!("**1884**, as [said]({site}/slow#part) and [here]({site}/gone)");
    let test = Test::empty()
        .file("knowledge/sources.toml", SOURCES.replace("https://pier.example", &format!("{site}/well")))
        .file("knowledge/harbour.toml", HARBOUR.replace("**1884**", &answer))
        .keep();
    let check = || -> Run {
        let test = Test::at(test.path()).env("FOOTNOTE_CACHE", &test.path().join("cache").display().to_string());
        let run = test.args(["check", "--links", "--format", "short"]).run().status(1);
        let place = format!(
            "knowledge/harbour.toml:16:10: warning: the address {site}/gone leads \
                nowhere: 404 Not Found"
        );
        assert!(run.stdout.contains(&place), "{}", run.stdout);
        run
    };
    check();
    let first = std::mem::take(&mut *asked.lock().unwrap());
    assert_eq!(first, ["HEAD /gone", "GET /gone", "HEAD /slow", "GET /slow", "HEAD /well"]);
    check();
    assert_eq!(*asked.lock().unwrap(), ["HEAD /gone", "GET /gone"], "what was well is remembered");
}

#[test]
fn without_a_network_nothing_is_said_of_the_addresses() {
    let sources = SOURCES.replace("https://pier.example", "https://127.0.0.1:9");
    let test = Test::new().file("knowledge/sources.toml", sources).env("FOOTNOTE_CACHE", "");
    let run = test.args(["check", "--links"]).run().status(0);
    assert!(run.stdout.contains("1 web address; none could be reached: is there a network?"), "{}", run.stdout);
}
