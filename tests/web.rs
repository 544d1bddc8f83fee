//! The pages and the API that `serve` shows with `web.listen`.

mod load;

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, SystemTime};

use discord_double::DiscordDouble;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use url::Url;

use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, NO_WATCH, ask};
use crate::support::footnote::{HARBOUR, INN, Test};
use crate::support::html::links;
use crate::support::http::{HttpAnswer, HttpRequest};
use crate::support::snapshot::{Show, assert_snapshot};

/// A bot that shows its base, and where.
struct Readers {
    bot: Bot,
    address: SocketAddr,
    discord: DiscordDouble,
}

impl Readers {
    async fn start(test: Test, web: &str) -> Self {
        let discord = DiscordDouble::start().await;
        let config = format!("{NO_WATCH}[web]\nlisten = \"127.0.0.1:0\"\n{web}");
        let mut bot = Bot::start(test, &discord, &config);
        let address = bot.readers().await;
        Self { bot, address, discord }
    }

    async fn get(&self, path: &str) -> HttpAnswer {
        self.send(&HttpRequest::new("GET", path)).await
    }

    async fn send(&self, request: &HttpRequest) -> HttpAnswer {
        request.send(self.address).await.expect("an answer")
    }

    async fn page(&self, path: &str) -> String {
        text(&self.get(path).await)
    }
}

fn text(answer: &HttpAnswer) -> String {
    String::from_utf8(answer.body.clone()).expect("a page is UTF-8")
}

/// Whether a text is in a page, and an assertion that shows the page if it is not.
#[track_caller]
fn assert_has(page: &str, wanted: &str) {
    assert!(page.contains(wanted), "no {wanted:?} in\n{page}");
}

#[tokio::test]
async fn a_question_gets_the_reply_of_the_bot() {
    let readers = Readers::start(Test::new(), "title = \"The pier\"\n").await;
    let answered = readers.page("/?q=ferry+fare").await;
    assert_has(&answered, "<a href=\"./e/ferry-price\">How much does the ferry cost?</a>");
    assert_has(&answered, "<li>dogs travel free</li>");
    assert_has(&answered, "Paragraph 1: <q>three crowns a head</q>");
    assert_has(&readers.page("/?q=does+quill+find+the+pier+ugly").await, "Claim by Ada Quill — opinion piece");
    assert_has(&readers.page("/?q=length+of+the+pier").await, "Disputed — the sources differ");
    let unknown = readers.page("/?q=who+won+the+world+cup").await;
    assert_has(&unknown, "<h1>I don't know. Nothing in my sources answers this question.</h1>");
    assert!(!unknown.contains("<article"), "{unknown}");
    assert_has(&readers.page("/suggest?q=how+much+does+the+fer").await, "<a href=\"./e/ferry-price\">");
    assert_has(&readers.page("/").await, "<title>The pier</title>");
}

#[tokio::test]
async fn the_title_of_an_answer_on_discord_opens_its_page() {
    let readers = Readers::start(Test::new(), "public_url = \"https://faq.example/pier\"\n").await;
    readers.discord.wait_until_ready().await;
    let answer = readers.discord.interact(ask("ferry fare")).await;
    let address = answer.data()["embeds"][0]["url"].as_str().expect("a link").to_owned();
    let path = address.strip_prefix("https://faq.example/pier").expect("below the public address");
    assert_has(&readers.page(path).await, "<h1>How much does the ferry cost?</h1>");
    let unknown = readers.discord.interact(ask("who won the world cup")).await;
    assert!(unknown.data()["embeds"][0]["url"].is_null());
}

struct Page(String);

/// A page with a line for each element.
impl Show for Page {
    fn show(&self) -> String {
        self.0.replace("><", ">\n<")
    }
}

#[tokio::test]
async fn an_entry_has_a_page_with_all_that_it_rests_on() {
    let readers = Readers::start(saved_in_autumn(), "public_url = \"https://faq.example/pier/\"\n").await;
    assert_snapshot!(Page(readers.page("/e/ferry-price").await), Page(readers.page("/e/pier-ugly").await));
}

#[tokio::test]
async fn every_link_of_every_page_leads_somewhere() {
    let test = Test::new().file("knowledge/the inn & more.toml", INN);
    let readers = Readers::start(test, "public_url = \"https://faq.example\"\n").await;
    let root = Url::parse(&format!("http://{}/", readers.address)).unwrap();
    let (mut open, mut seen) = (vec![root.clone()], BTreeSet::from([root]));
    while let Some(at) = open.pop() {
        let target = at[url::Position::BeforePath..].to_owned();
        let answer = readers.get(&target).await;
        assert_eq!(answer.status, 200, "{target}");
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            let new = links(&text(&answer), &at).into_iter().filter(|link| seen.insert(link.clone()));
            open.extend(new);
        }
    }
    let paths: Vec<&str> = seen.iter().map(Url::path).collect();
    for path in ["/e/inn-open", "/t/the%20inn%20%26%20more", "/s/letters", "/topics", "/style.css", "/suggest"] {
        assert!(paths.contains(&path), "{path} is not among {paths:?}");
    }
    let map = readers.page("/sitemap.xml").await;
    assert_has(&map, "<loc>https://faq.example/e/inn-open</loc>");
    assert_has(&readers.page("/robots.txt").await, "Sitemap: https://faq.example/sitemap.xml");
}

/// A record of an answer that was changed, of another way to ask, and of an entry that is gone.
pub(crate) const CHANGES: &str = r#"{"id":"00000000000000aa","time":"2026-03-01T08:00:00Z","author":{"role":"curator"},"reason":"The <new> fare & more","file":"harbour.toml","after":"1","change":{"kind":"edit_entry","entry":"ferry-price","edit":{"answer":"2 euros."}}}
{"id":"00000000000000bb","time":"2026-03-02T08:00:00Z","author":{"role":"curator"},"file":"harbour.toml","after":"2","change":{"kind":"add_phrasing","entry":"pier-ugly","phrasing":"is it ugly"}}
{"id":"00000000000000cc","time":"2026-03-03T08:00:00Z","author":{"role":"curator"},"file":"harbour.toml","after":"3","change":{"kind":"edit_entry","entry":"gone","edit":{"answer":"Gone."}}}
"#;

#[tokio::test]
async fn an_answer_says_when_it_was_changed_and_a_feed_has_all_changes_of_answers() {
    let test = Test::new().file("knowledge/CHANGES.jsonl", CHANGES);
    let readers = Readers::start(test, "public_url = \"https://faq.example\"\n").await;
    assert_has(&readers.page("/e/ferry-price").await, "<time datetime=\"2026-03-01\">2026-03-01</time>");
    assert!(!readers.page("/e/pier-ugly").await.contains("Last changed"), "a phrasing is no other answer");
    let answer = readers.get("/feed.xml").await;
    assert_eq!(answer.header("content-type"), Some("application/xml"));
    let feed = text(&answer);
    assert_eq!(feed.matches("<entry>").count(), 1, "{feed}");
    assert_has(&feed, "<updated>2026-03-01T08:00:00Z</updated>");
    assert_has(&feed, "<link rel=\"alternate\" href=\"https://faq.example/e/ferry-price\"/>");
    assert_has(&feed, "(The &lt;new&gt; fare &amp; more)");
    assert_has(&readers.page("/").await, "href=\"./feed.xml\"");
}

/// The small base with files of two days.
fn saved_in_autumn() -> Test {
    let test = Test::new();
    for (file, days) in [("harbour.toml", 20_000), ("sources.toml", 20_001)] {
        let file = fs::File::options().append(true).open(test.path().join("knowledge").join(file)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400)).unwrap();
    }
    test
}

#[tokio::test]
async fn an_entry_without_a_record_says_when_its_file_was_saved() {
    let readers = Readers::start(saved_in_autumn().file("knowledge/CHANGES.jsonl", CHANGES), "").await;
    let said = "The file was last saved on <time datetime=\"2024-10-04\">2024-10-04</time>";
    assert_has(&readers.page("/e/pier-ugly").await, said);
    let recorded = readers.page("/e/ferry-price").await;
    assert_has(&recorded, "Last changed on <time datetime=\"2026-03-01\">");
    assert!(!recorded.contains("last saved"), "{recorded}");
}

#[tokio::test]
async fn the_feed_of_a_base_without_a_record_is_as_old_as_its_files() {
    let readers = Readers::start(saved_in_autumn(), "public_url = \"https://faq.example/a&b\"\n").await;
    let feed = readers.page("/feed.xml").await;
    assert_has(&feed, "<updated>2024-10-05T00:00:00Z</updated>");
    assert_has(&feed, "<link rel=\"self\" href=\"https://faq.example/a&amp;b/feed.xml\"/>");
    assert!(!feed.contains("<entry>") && !feed.contains("1970"), "{feed}");
}

#[tokio::test]
async fn topics_of_a_group_are_listed_below_its_name() {
    let readers = Readers::start(Test::new().file("knowledge/house-rules/inn.toml", INN), "").await;
    assert_has(&readers.page("/topics").await, "<h2>House rules</h2><ul class=\"topics\"><li><a href=\"./t/inn\">");
    assert_has(&readers.page("/").await, "<h3>House rules</h3>");
    let topics: Value = serde_json::from_str(&readers.page("/api/v1/topics").await).unwrap();
    assert_eq!(topics["topics"][1]["group"], "House rules");
    assert_eq!(topics["topics"][0].get("group"), None);
}

#[tokio::test]
async fn nothing_in_a_base_or_a_question_becomes_part_of_a_page() {
    let bad = "<script>alert(1)</script>";
    let harbour = HARBOUR
        .replace("title = \"The harbour\"", &format!("title = \"The {bad} harbour\""))
        .replace("question = \"How much does", &format!("question = \"{bad}\\\" onload=\\\" How much does"))
        .replace("built in **1884**", &format!("built {bad} [in](javascript:alert(1)) **1884**"));
    let sources = crate::support::footnote::SOURCES.replace("Harbour Almanac", &format!("Almanac {bad}"));
    let test = Test::new().file("knowledge/harbour.toml", harbour).file("knowledge/sources.toml", sources);
    let readers = Readers::start(test, "").await;
    let asked = "/?q=%3Cscript%3Ealert(1)%3C/script%3E%22+onload=%22+ferry";
    for path in ["/", asked, "/topics", "/t/harbour", "/sources", "/s/almanac", "/e/ferry-price", "/e/lighthouse-built"]
    {
        let page = readers.page(path).await;
        // What stands in JSON is no attribute.
        let page = match page.split_once("application/ld+json\">") {
            Some((before, rest)) => before.to_owned() + rest.split_once("</script>").unwrap().1,
            None => page,
        };
        for part in ["<script>", "alert(1)</script>", "\" onload=", "href=\"javascript"] {
            assert!(!page.contains(part), "{part:?} is in {path}:\n{page}");
        }
    }
    assert_has(
        &readers.page(asked).await,
        "You asked: <q>&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot; ferry</q>",
    );
    let fragment = readers.page("/suggest?q=how+much").await;
    assert!(!fragment.contains("<script>"), "{fragment}");
}

#[tokio::test]
async fn browsers_are_told_to_load_and_keep_nothing_from_elsewhere() {
    let readers = Readers::start(Test::new(), "").await;
    for path in ["/", "/?q=ferry", "/e/ferry-price", "/none", "/style.css", "/api/v1/topics"] {
        let answer = readers.get(path).await;
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe") && policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("set-cookie"), None);
        let page = text(&answer);
        assert!(!page.contains(" style=") && !page.contains(" onclick"), "{page}");
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, page.matches("<script src=\"").count() + page.matches("application/ld+json").count());
    }
}

#[tokio::test]
async fn a_reader_who_has_the_newest_page_gets_no_other() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let config = "[web]\nlisten = \"127.0.0.1:0\"\n";
    let mut bot = Bot::start(Test::at(folder.path()).with_base(), &discord, config);
    let address = bot.readers().await;
    let request = HttpRequest::new("GET", "/e/ferry-price");
    let first = request.send(address).await.unwrap();
    let tag = first.header("etag").expect("a tag").to_owned();
    let again = request.clone().header("If-None-Match", &format!("\"other\", W/{tag}"));
    let unchanged = again.send(address).await.unwrap();
    assert_eq!((unchanged.status, unchanged.body.len(), unchanged.header("etag")), (304, 0, Some(tag.as_str())));

    let harbour = folder.path().join("knowledge/harbour.toml");
    fs::write(harbour, HARBOUR.replace("A crossing costs 3 crowns", "A crossing costs 4 crowns")).unwrap();
    bot.wait_for_log("knowledge base reloaded").await;
    let changed = again.send(address).await.unwrap();
    assert_eq!(changed.status, 200);
    assert_has(&text(&changed), "4 crowns");
}

#[tokio::test]
async fn requests_that_have_no_page_get_an_honest_status() {
    let readers = Readers::start(Test::new(), "").await;
    let head = readers.send(&HttpRequest::new("HEAD", "/e/ferry-price")).await;
    let page = readers.get("/e/ferry-price").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(page.body.len().to_string().as_str()));
    assert_eq!(head.header("etag"), page.header("etag"));

    let missing = readers.get("/e/none").await;
    assert_eq!(missing.status, 404);
    assert_has(&text(&missing), "There is no such page");
    assert_has(&text(&missing), "href=\"../style.css?v=");
    for path in ["/none", "/t/none", "/s/none", "/../etc/passwd", "/e/", "//evil.example", "/%00", "/api/v1/none"] {
        let answer = readers.get(path).await;
        assert!([404, 308].contains(&answer.status), "{path}: {}", answer.status);
    }
    let moved = readers.get("/e/ferry-price/").await;
    assert_eq!((moved.status, moved.header("location")), (308, Some("../ferry-price")));
    let evil = readers.get("//evil.example/").await;
    assert_eq!(evil.header("location"), Some("../evil.example"));

    assert_eq!(readers.send(&HttpRequest::new("POST", "/")).await.status, 405);
    assert_eq!(readers.get(&format!("/?q={}", "a+".repeat(400))).await.status, 200);
    assert_eq!(readers.get(&format!("/?q={}", "a".repeat(1_001))).await.status, 414);
    assert_eq!(readers.get(&format!("/api/v1/ask?q={}", "a".repeat(1_001))).await.status, 414);
    assert_eq!(readers.get(&format!("/?q={}", "a".repeat(40_000))).await.status, 431);
    assert_eq!(readers.get("/sitemap.xml").await.status, 404);
    assert_eq!(readers.get("/feed.xml").await.status, 404);
}

#[tokio::test]
async fn whoever_searches_too_often_waits_and_can_still_read() {
    let readers = Readers::start(Test::new(), "searches_a_minute = 2\nbehind_proxy = true\n").await;
    let from = |address: &str, path: &str| HttpRequest::new("GET", path).header("X-Forwarded-For", address);
    for path in ["/?q=ferry", "/suggest?q=ferry"] {
        assert_eq!(readers.send(&from("192.0.2.9, 192.0.2.1", path)).await.status, 200, "{path}");
    }
    for path in ["/?q=ferry", "/suggest?q=ferry", "/api/v1/ask?q=ferry", "/api/v1/topics"] {
        let refused = readers.send(&from("192.0.2.1", path)).await;
        assert_eq!(refused.status, 429, "{path}");
        let seconds: u64 = refused.header("retry-after").expect("a time").parse().unwrap();
        assert!((1..=30).contains(&seconds), "{seconds}");
    }
    assert_eq!(readers.send(&from("192.0.2.1", "/e/ferry-price")).await.status, 200);
    assert_eq!(readers.send(&from("192.0.2.2", "/?q=ferry")).await.status, 200);
}

/// The schema of what a path of the API answers with a status, from its own description.
fn schema(description: &Value, path: &str, status: u16) -> Value {
    let response = &description["paths"][path]["get"]["responses"][status.to_string()];
    let mut schema = response["content"]["application/json"]["schema"].clone();
    assert!(schema.is_object(), "{path} does not describe {status}");
    schema["components"] = description["components"].clone();
    schema
}

#[tokio::test]
async fn the_api_says_where_the_page_of_an_entry_is() {
    let readers = Readers::start(Test::new(), "public_url = \"https://faq.example/pier\"\n").await;
    let description = readers.get("/api/v1/openapi.json").await.json();
    let address = "https://faq.example/pier/e/ferry-price";
    let (reply, entry) =
        (readers.get("/api/v1/ask?q=ferry+fare").await.json(), readers.get("/api/v1/entries/ferry-price").await.json());
    assert_eq!([&reply["answer"]["page"], &reply["candidates"][0]["page"], &entry["page"]], [address; 3]);
    for (path, body) in [("/ask", &reply), ("/entries/{id}", &entry)] {
        let validator = jsonschema::validator_for(&schema(&description, path, 200)).expect("a schema");
        assert!(validator.is_valid(body), "{body:#}");
    }
    let unknown = readers.get("/api/v1/ask?q=who+won+the+world+cup").await.json();
    assert!(unknown["answer"].is_null(), "{unknown:#}");
    let nowhere = Readers::start(Test::new(), "").await;
    let reply = nowhere.get("/api/v1/ask?q=ferry+fare").await.json();
    assert_eq!([reply["answer"].get("page"), reply["candidates"][0].get("page")], [None; 2]);
}

#[tokio::test]
async fn the_api_answers_as_it_describes() {
    let test = Test::new().file("knowledge/inn.toml", INN);
    let readers = Readers::start(test, "searches_a_minute = 12\n").await;
    let description = readers.get("/api/v1/openapi.json").await.json();
    assert!(jsonschema::meta::is_valid(&description["components"]["schemas"]["Reply"]));
    let mut outcomes = BTreeSet::new();
    for (path, request, status) in [
        ("/ask", "/ask?q=ferry+fare", 200),
        ("/ask", "/ask?q=does+quill+find+the+pier+ugly", 200),
        ("/ask", "/ask?q=who+won+the+world+cup", 200),
        ("/ask", "/ask", 400),
        ("/ask", &*format!("/ask?q={}", "a".repeat(1_001)), 414),
        ("/entries/{id}", "/entries/ferry-price", 200),
        ("/entries/{id}", "/entries/lighthouse-built", 200),
        ("/entries/{id}", "/entries/pier-ugly", 200),
        ("/entries/{id}", "/entries/none", 404),
        ("/topics", "/topics", 200),
        ("/sources", "/sources", 200),
    ] {
        let answer = readers.get(&format!("/api/v1{request}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, Some("application/json")), "{request}");
        let body = answer.json();
        let validator = jsonschema::validator_for(&schema(&description, path, status)).expect("a schema");
        let problems: Vec<String> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{request}: {problems:?} in {body:#}");
        outcomes.extend(body["outcome"].as_str().map(str::to_owned));
    }
    assert_eq!(outcomes.iter().map(String::as_str).collect::<Vec<_>>(), ["answer", "unknown"]);
    let entry = readers.get("/api/v1/entries/ferry-price").await.json();
    assert_eq!(entry["linked_from"][0]["id"], "lighthouse-built");
    assert_eq!(entry["citations"][1]["evidence"], json!(["three crowns a head"]));
    assert_eq!(entry["citations"][1]["credit"], "By kind permission of Ada Quill");
    let refused = loop {
        let answer = readers.get("/api/v1/topics").await;
        if answer.status != 200 {
            break answer;
        }
    };
    let validator = jsonschema::validator_for(&schema(&description, "/topics", 429)).expect("a schema");
    assert!(refused.status == 429 && validator.is_valid(&refused.json()));
}

#[tokio::test]
async fn only_the_websites_that_are_allowed_may_read_the_api() {
    let readers = Readers::start(Test::new(), "allow_origins = [\"https://a.example\"]\n").await;
    let from = |origin: &str, path: &str| HttpRequest::new("GET", path).header("Origin", origin);
    let allowed = async |origin: &str, path: &str| {
        let answer = readers.send(&from(origin, path)).await;
        answer.header("access-control-allow-origin").map(str::to_owned)
    };
    assert_eq!(allowed("https://a.example", "/api/v1/topics").await.as_deref(), Some("https://a.example"));
    assert_eq!(allowed("https://b.example", "/api/v1/topics").await, None);
    assert_eq!(allowed("https://a.example", "/topics").await, None);
    let everyone = Readers::start(Test::new(), "allow_origins = [\"*\"]\n").await;
    let answer = everyone.send(&from("https://b.example", "/api/v1/topics")).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
}

#[tokio::test]
async fn a_request_in_flight_does_not_keep_the_bot_from_stopping() {
    let readers = Readers::start(Test::new(), "").await;
    let mut half = TcpStream::connect(readers.address).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost:").await.unwrap();
    let ended = readers.bot.stop().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
}

#[test]
fn a_public_address_or_an_origin_that_is_none_is_refused() {
    let web = "[web]\npublic_url = \"faq.example\"\nallow_origins = [\"https://a.example/b\"]\n";
    assert_snapshot!(Test::new().file("config.toml", web).args(["config"]).run().status(2));
}

#[test]
fn pages_of_the_shipped_base_are_small() {
    let folder = TempDir::new().unwrap();
    let to = folder.path().to_str().unwrap();
    Test::shipped().args(["site", to]).run().status(0);
    let largest = |path: &Path| fs::metadata(path).unwrap().len();
    let page = |name: &str| largest(&folder.path().join(name));
    let loaded: u64 = ["style.css", "word-search.js", "icon.svg"].map(page).iter().sum();
    for file in ["index.html", "topics/index.html", "sources/index.html", "e/timeline/index.html"] {
        assert!(page(file) + loaded < 60 * 1024, "{file} has {} bytes, and loads {loaded}", page(file));
    }
}
