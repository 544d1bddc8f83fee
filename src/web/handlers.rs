//! From a request of a reader to a page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;

use super::assets::{ALL, Asset};
use super::changes::{self, FEED};
use super::export::{robots, sitemap};
use super::pages;
use super::response::{Content, KEEP, TEXT, XML, protect, retry_after};
use super::shared::{Asked, Shared};

pub(super) fn routes(shared: Arc<Shared>) -> Router {
    let pages = Router::new()
        .route("/", get(home))
        .route("/suggest", get(suggest))
        .route("/topics", get(topics))
        .route("/t/{*id}", get(topic))
        .route("/sources", get(sources))
        .route("/s/{*id}", get(source))
        .route("/e/{*id}", get(entry))
        .route("/sitemap.xml", get(map))
        .route(&format!("/{FEED}"), get(feed))
        .route("/robots.txt", get(rules))
        .fallback(missing);
    let with_assets = |router: Router<Arc<Shared>>, asset: &'static Asset| {
        router.route(&format!("/{}", asset.name), get(move |headers: HeaderMap| async move { sent(asset, &headers) }))
    };
    ALL.into_iter().fold(pages, with_assets).with_state(shared).layer(map_response(protect))
}

type Reading = State<Arc<Shared>>;

async fn home(State(shared): Reading, request: Request) -> Response {
    let headers = request.headers();
    let loaded = shared.base();
    let base = loaded.answerer.base();
    let question = match Asked::of(&request) {
        Asked::Nothing => return Content::page(pages::home(&shared.site, base)).respond(headers),
        Asked::TooMuch => {
            let page = Content::page(pages::too_long(&shared.site));
            return page.with_status(StatusCode::URI_TOO_LONG).respond(headers);
        }
        Asked::Question(question) => question,
    };
    if let Err(seconds) = shared.count(&request) {
        return too_often(pages::too_often(&shared.site, seconds), seconds, headers);
    }
    let reply = loaded.answerer.reply(&question);
    Content::page(pages::reply(&shared.site, base, &question, &reply)).respond(headers)
}

async fn suggest(State(shared): Reading, request: Request) -> Response {
    let headers = request.headers();
    let Asked::Question(typed) = Asked::of(&request) else {
        return Content::page(String::new()).respond(headers);
    };
    if let Err(seconds) = shared.count(&request) {
        return too_often(String::new(), seconds, headers);
    }
    Content::page(pages::found(&shared.site, &shared.base().answerer, &typed)).respond(headers)
}

fn too_often(page: String, seconds: u64, headers: &HeaderMap) -> Response {
    retry_after(Content::page(page).with_status(StatusCode::TOO_MANY_REQUESTS).respond(headers), seconds)
}

async fn topics(State(shared): Reading, headers: HeaderMap) -> Response {
    Content::page(pages::topics(&shared.site, shared.base().answerer.base())).respond(&headers)
}

async fn topic(State(shared): Reading, Path(id): Path<String>, request: Request) -> Response {
    let page = pages::topic(&shared.site, shared.base().answerer.base(), &id);
    found(&shared, page, &request)
}

async fn sources(State(shared): Reading, headers: HeaderMap) -> Response {
    Content::page(pages::sources(&shared.site, shared.base().answerer.base())).respond(&headers)
}

async fn source(State(shared): Reading, Path(id): Path<String>, request: Request) -> Response {
    let page = pages::source(&shared.site, shared.base().answerer.base(), &id);
    found(&shared, page, &request)
}

async fn entry(State(shared): Reading, Path(id): Path<String>, request: Request) -> Response {
    let loaded = shared.base();
    let changes = shared.changes(&loaded).await;
    let base = loaded.answerer.base();
    let page = base.entry(&id).map(|entry| pages::entry(&shared.site, base, entry, &changes));
    found(&shared, page, &request)
}

/// The page, or that there is none.
fn found(shared: &Shared, page: Option<String>, request: &Request) -> Response {
    page.map_or_else(|| absent(shared, request), |page| Content::page(page).respond(request.headers()))
}

async fn missing(State(shared): Reading, request: Request) -> Response {
    absent(&shared, &request)
}

fn absent(shared: &Shared, request: &Request) -> Response {
    let path = request.uri().path().strip_prefix('/').unwrap_or_default();
    // The pages of a site of files end with a slash.
    if let Some((_, page)) = path.strip_suffix('/').map(|page| page.rsplit_once('/').unwrap_or(("", page)))
        && !page.is_empty()
        && let Ok(page) = HeaderValue::try_from(format!("../{page}"))
    {
        let moved = Content::page(String::new()).with_status(StatusCode::PERMANENT_REDIRECT);
        let mut moved = moved.respond(request.headers());
        moved.headers_mut().insert(LOCATION, page);
        return moved;
    }
    let page = pages::missing(&shared.site.links_of(path));
    Content::page(page).with_status(StatusCode::NOT_FOUND).respond(request.headers())
}

async fn map(State(shared): Reading, request: Request) -> Response {
    match sitemap(&shared.site, shared.base().answerer.base()) {
        Some(map) => Content::page(map).of_type(XML).respond(request.headers()),
        // Its addresses have to be whole ones.
        None => absent(&shared, &request),
    }
}

async fn feed(State(shared): Reading, request: Request) -> Response {
    let loaded = shared.base();
    let changes = shared.changes(&loaded).await;
    match changes::feed(&shared.site, loaded.answerer.base(), &changes) {
        Some(feed) => Content::page(feed).of_type(XML).respond(request.headers()),
        None => absent(&shared, &request),
    }
}

async fn rules(State(shared): Reading, headers: HeaderMap) -> Response {
    Content::page(robots(&shared.site)).of_type(TEXT).respond(&headers)
}

fn sent(asset: &Asset, headers: &HeaderMap) -> Response {
    Content::page(asset.content.to_owned()).of_type(asset.content_type).cached(KEEP).respond(headers)
}
