//! The API: what programs ask. `openapi.json` describes it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{ETAG, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::response::{Content, protect, retry_after};
use super::shared::{Asked, MAX_QUESTION, Shared};
use crate::config::ANY_ORIGIN;
use crate::json::{EntryJson, ReplyJson, SourceJson, TopicJson};

/// The description, in [OpenAPI](https://spec.openapis.org/oas/v3.1.0) 3.1.
const DESCRIPTION: &str = include_str!("openapi.json");

pub(super) fn routes(shared: Arc<Shared>, origins: &[String]) -> Router {
    Router::new()
        .route("/ask", get(ask))
        .route("/entries/{id}", get(entry))
        .route("/topics", get(topics))
        .route("/sources", get(sources))
        .route("/openapi.json", get(description))
        .fallback(missing)
        .with_state(shared)
        .layer(sharing(origins))
        .layer(map_response(protect))
}

/// Which websites may read what the API says.
fn sharing(origins: &[String]) -> CorsLayer {
    let allowed = if origins.iter().any(|origin| origin == ANY_ORIGIN) {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().filter_map(|origin| HeaderValue::try_from(origin).ok()))
    };
    let methods = [Method::GET, Method::HEAD];
    CorsLayer::new().allow_origin(allowed).allow_methods(methods).expose_headers([ETAG, RETRY_AFTER])
}

type Reading = State<Arc<Shared>>;

async fn ask(State(shared): Reading, request: Request) -> Response {
    let headers = request.headers();
    let question = match Asked::of(&request) {
        Asked::Nothing => return refused(StatusCode::BAD_REQUEST, "add a question: ?q=…", headers),
        Asked::TooMuch => {
            let error = format!("a question may have {MAX_QUESTION} characters");
            return refused(StatusCode::URI_TOO_LONG, &error, headers);
        }
        Asked::Question(question) => question,
    };
    counted(&shared, &request, || {
        let loaded = shared.base();
        let reply = loaded.answerer.reply(&question);
        Content::json(&ReplyJson::quoted(&question, &reply).with_pages(|id| shared.site.page_of(id))).respond(headers)
    })
}

async fn entry(State(shared): Reading, Path(id): Path<String>, request: Request) -> Response {
    counted(&shared, &request, || {
        let loaded = shared.base();
        let base = loaded.answerer.base();
        let Some(entry) = base.entry(&id) else {
            return refused(StatusCode::NOT_FOUND, "there is no entry with this id", request.headers());
        };
        let page = shared.site.page_of(&entry.id);
        Content::json(&EntryJson::new(base, entry).with_page(page)).respond(request.headers())
    })
}

async fn topics(State(shared): Reading, request: Request) -> Response {
    counted(&shared, &request, || {
        let loaded = shared.base();
        Content::json(&json!({"topics": TopicJson::all(loaded.answerer.base())})).respond(request.headers())
    })
}

async fn sources(State(shared): Reading, request: Request) -> Response {
    counted(&shared, &request, || {
        let loaded = shared.base();
        Content::json(&json!({"sources": SourceJson::all(loaded.answerer.base())})).respond(request.headers())
    })
}

async fn description(headers: HeaderMap) -> Response {
    Content { body: DESCRIPTION.to_owned(), ..Content::json(&()) }.respond(&headers)
}

async fn missing(headers: HeaderMap) -> Response {
    refused(StatusCode::NOT_FOUND, "there is nothing here: openapi.json describes the API", &headers)
}

/// Answers if the sender has a request left.
fn counted(shared: &Shared, request: &Request, answer: impl FnOnce() -> Response) -> Response {
    match shared.count(request) {
        Ok(()) => answer(),
        Err(seconds) => {
            let error = format!("too many requests: try again in {seconds} s");
            retry_after(refused(StatusCode::TOO_MANY_REQUESTS, &error, request.headers()), seconds)
        }
    }
}

fn refused(status: StatusCode, error: &str, headers: &HeaderMap) -> Response {
    Content::json(&json!({"error": error})).with_status(status).respond(headers)
}
