//! Whether the addresses of a base still lead somewhere.
//!
//! Each is asked with a HEAD request, so that nothing is downloaded. A site is asked one address at
//! a time, with a pause between two, and what was well within the last week is not asked again.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use footnote_knowledge::KnowledgeBase;
use footnote_knowledge::diagnostic::{Diagnostic, Location};
use footnote_knowledge::lint::link_targets;
use footnote_knowledge::text::counted;
use reqwest::{Client, Method, StatusCode};
use tokio::task::JoinSet;
use url::Url;

/// Names the folder of the cache; empty for none.
const CACHE_VARIABLE: &str = "FOOTNOTE_CACHE";
/// How long an address that was well is not asked again, in seconds: a week.
const FRESH: u64 = 7 * 24 * 60 * 60;
/// The pause between two requests to one site.
const PAUSE: Duration = Duration::from_millis(250);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What was found out.
#[derive(Debug, Default)]
pub struct LinkReport {
    /// A warning for each address that leads nowhere, in the order of the base.
    pub warnings: Vec<Diagnostic>,
    /// How many addresses the base has.
    pub addresses: usize,
    /// How many were asked now.
    pub asked: usize,
    /// Whether nothing could be asked, because there is no network.
    pub is_offline: bool,
}

impl LinkReport {
    /// What was asked, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let addresses = counted(self.addresses, "web address");
        if self.is_offline {
            return format!("{addresses}; none could be reached: is there a network?");
        }
        format!("{addresses}, {} asked now", self.asked)
    }
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Well,
    /// The site says that there is no such page.
    Gone(StatusCode),
    /// The site has an error of its own.
    Failing(StatusCode),
    /// There was no answer.
    Unreachable(String),
}

/// Asks every address of a base that was not well within the last week.
pub async fn check(base: &KnowledgeBase) -> LinkReport {
    let addresses = addresses(base);
    let cache = Cache::read();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut sites: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for url in addresses.keys().filter(|url| !cache.is_fresh(url, now)) {
        let site = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        sites.entry(site.unwrap_or_default()).or_default().push(url.clone());
    }
    let asked: usize = sites.values().map(Vec::len).sum();
    let outcomes = ask(sites).await;
    let unreachable = |outcome: &Outcome| matches!(outcome, Outcome::Unreachable(_));
    if asked > 0 && outcomes.values().all(unreachable) {
        return LinkReport { addresses: addresses.len(), is_offline: true, ..LinkReport::default() };
    }
    cache.with(&outcomes, now).write();
    let mut found: Vec<(&Location, &String, &Outcome)> = Vec::new();
    for (url, outcome) in outcomes.iter().filter(|(_, outcome)| **outcome != Outcome::Well) {
        found.extend(addresses[url].iter().map(|at| (at, url, outcome)));
    }
    found.sort_by_key(|(at, url, _)| (at.file.path.clone(), at.line(), (*url).clone()));
    let warnings = found.into_iter().map(|(at, url, outcome)| warning(at, url, outcome)).collect();
    LinkReport { warnings, addresses: addresses.len(), asked, is_offline: false }
}

fn warning(at: &Location, url: &str, outcome: &Outcome) -> Diagnostic {
    let (what, help) = match outcome {
        Outcome::Gone(status) => (format!("leads nowhere: {status}"), "write the address that the page has now"),
        Outcome::Failing(status) => (format!("does not work now: {status}"), "try again later"),
        Outcome::Unreachable(why) => (format!("cannot be reached: {why}"), "look whether the site still exists"),
        Outcome::Well => (String::new(), ""),
    };
    Diagnostic::warning(at.clone(), format!("the address {url} {what}")).help(help)
}

/// The addresses of a base, each with the places that have it.
fn addresses(base: &KnowledgeBase) -> BTreeMap<String, Vec<Location>> {
    let mut found: BTreeMap<String, Vec<Location>> = BTreeMap::new();
    let mut add = |url: &str, at: &Location| {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        // The same page, whichever part of it is meant.
        let page = url.split('#').next().unwrap_or(url);
        if is_web && Url::parse(page).is_ok() {
            let places = found.entry(page.to_owned()).or_default();
            if !places.iter().any(|place| place.span == at.span && place.file.path == at.file.path) {
                places.push(at.clone());
            }
        }
    };
    for source in &base.sources {
        source.url.iter().for_each(|url| add(url, &source.at));
    }
    for entry in &base.entries {
        entry.image.iter().for_each(|url| add(url, &entry.at));
        entry.links.iter().for_each(|link| add(&link.url, &entry.at));
        link_targets(&entry.answer.value).for_each(|url| add(url.trim_matches(['<', '>']), &entry.answer.at));
        for citation in &entry.citations {
            citation.url.iter().for_each(|url| add(url, &citation.at));
        }
    }
    found
}

/// Asks the sites side by side, and the addresses of each one after the other.
async fn ask(sites: BTreeMap<String, Vec<String>>) -> BTreeMap<String, Outcome> {
    let agent = concat!("footnote/", env!("CARGO_PKG_VERSION"), " (checks links)");
    // What can fail here is the system's randomness, and with it every request.
    let Ok(client) = Client::builder().user_agent(agent).timeout(PATIENCE).build() else { return BTreeMap::new() };
    let mut tasks = JoinSet::new();
    for urls in sites.into_values() {
        let client = client.clone();
        tasks.spawn(async move {
            let mut outcomes = Vec::new();
            for (number, url) in urls.into_iter().enumerate() {
                if number > 0 {
                    tokio::time::sleep(PAUSE).await;
                }
                let outcome = ask_one(&client, &url).await;
                outcomes.push((url, outcome));
            }
            outcomes
        });
    }
    let mut all = BTreeMap::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done.unwrap_or_default());
    }
    all
}

async fn ask_one(client: &Client, url: &str) -> Outcome {
    let mut outcome = request(client, Method::HEAD, url).await;
    // Some sites know no HEAD, and say so in many ways.
    if !matches!(outcome, Outcome::Well | Outcome::Unreachable(_)) {
        outcome = request(client, Method::GET, url).await;
    }
    outcome
}

async fn request(client: &Client, method: Method, url: &str) -> Outcome {
    match client.request(method, url).send().await {
        Ok(response) => match response.status() {
            status @ (StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::METHOD_NOT_ALLOWED) => {
                Outcome::Gone(status)
            }
            status if status.is_server_error() => Outcome::Failing(status),
            // Sites that let no program in may well let people in.
            _ => Outcome::Well,
        },
        Err(error) if error.is_timeout() => Outcome::Unreachable("it does not answer".to_owned()),
        Err(error) if error.is_redirect() => Outcome::Unreachable("it leads in a circle".to_owned()),
        Err(_) => Outcome::Unreachable("there is no connection".to_owned()),
    }
}

/// When each address was last well.
struct Cache {
    file: Option<PathBuf>,
    well: HashMap<String, u64>,
}

impl Cache {
    /// A cache that cannot be read is empty.
    fn read() -> Self {
        let file = cache_folder().map(|folder| folder.join("links.json"));
        let text = file.as_ref().and_then(|file| fs::read_to_string(file).ok());
        let well = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Self { file, well }
    }

    fn is_fresh(&self, url: &str, now: u64) -> bool {
        self.well.get(url).is_some_and(|asked| *asked <= now && now - asked < FRESH)
    }

    fn with(mut self, outcomes: &BTreeMap<String, Outcome>, now: u64) -> Self {
        self.well.retain(|_, asked| now.saturating_sub(*asked) < FRESH);
        for (url, outcome) in outcomes {
            if *outcome == Outcome::Well {
                self.well.insert(url.clone(), now);
            } else {
                self.well.remove(url);
            }
        }
        self
    }

    /// A cache that cannot be written only costs time.
    fn write(&self) {
        let Some(file) = &self.file else { return };
        if let (Some(folder), Ok(text)) = (file.parent(), serde_json::to_string(&self.well)) {
            let _ = fs::create_dir_all(folder).and_then(|()| fs::write(file, text));
        }
    }
}

/// Where programs keep what they can do without.
fn cache_folder() -> Option<PathBuf> {
    if let Some(named) = env::var_os(CACHE_VARIABLE) {
        return (!named.is_empty()).then(|| PathBuf::from(named));
    }
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = folder("XDG_CACHE_HOME").or_else(|| folder("LOCALAPPDATA"));
    Some(cache.or_else(|| folder("HOME").map(|home| home.join(".cache")))?.join("footnote"))
}
