//! Whatever a knowledge base contains, nothing that the bot sends exceeds a limit of Discord, and
//! every button that it shows leads somewhere.
//!
//! A member's way through the bot is a walk: a command, then one of the components of each
//! message. The walks are random. The bases are as large, and their texts as long and as strange,
//! as a base allows.

use std::env::VarError;
use std::fmt::Write;
use std::iter;
use std::path::Path;
use std::sync::LazyLock;

use footnote::config::{JournalConfig, Links};
use footnote::discord::{App, MAX_FILE, Outcome, Setup, interaction, respond};
use footnote::journal::{Asker, Gap, Journal, Masked};
use footnote_knowledge::LoadError;
use footnote_knowledge::text::plain::is_control;
use footnote_search::reply::{Answerer, Thresholds};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use discord_double::{GUILD_ID, Interaction, check_callback};

/// How many entries the large base has. One topic has so many that they take many pages, and there
/// are so many topics that they do too. More entries would only take longer to load.
const MANY: usize = 1_200;
const LARGEST_TOPIC: usize = 400;
const ENTRIES_A_TOPIC: usize = 10;
const MANY_SOURCES: usize = 120;

/// The longest question that a base may have, and then the longest answer, in characters. Other
/// texts have no limit of their own.
const QUESTION: usize = 100;
const ANSWER: usize = 1_500;
const LONG: usize = 2_000;
/// One in this many entries has the longest answer and author of a claim. The others are short,
/// because long ones take long to load. The number shares no factor with the number of units, so
/// that each unit makes long answers too.
const LONG_ANSWERS: usize = 9;

/// Each outcome has to occur.
const THRESHOLDS: Thresholds = Thresholds { answer_at: 0.5, closest_at: 0.3, suggest_at: 0.1 };

/// What texts are made of: one grapheme of many code points, two UTF-16 units per character,
/// endless marks, another direction, text that grows when it is escaped, text that Discord could
/// mistake for its own syntax, and a word.
const UNITS: [&str; 14] = [
    "👩‍👩‍👧‍👦",
    "🤔",
    "e\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}",
    "🇽🇰",
    "ﷺ",
    "*_`|",
    "\\",
    "```",
    "@everyone ",
    "<@1287650000000000099> ",
    "[a](https://example.org) ",
    "العربية ",
    "\u{200f}abc",
    "harbour ",
];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

/// This many characters of a unit.
fn fill(unit: &str, characters: usize) -> String {
    let text: String = unit.chars().cycle().take(characters).collect();
    // A text of only spaces, or one that ends in a space, would become another text.
    text.trim().to_owned()
}

/// A TOML string. JSON's escapes are also TOML's.
fn toml(text: &str) -> String {
    Value::from(text).to_string()
}

/// The texts of a base's entries and sources, by number.
trait Texts {
    fn text(&self, number: usize, characters: usize) -> String;
}

/// Each text is as long as allowed, and made of one unit.
struct Longest;

impl Texts for Longest {
    fn text(&self, number: usize, characters: usize) -> String {
        fill(UNITS[number % UNITS.len()], characters)
    }
}

/// Each text is one of those drawn.
struct Drawn(Vec<String>);

impl Texts for Drawn {
    fn text(&self, number: usize, characters: usize) -> String {
        let text = fill(&self.0[number % self.0.len()], characters);
        if text.is_empty() { "x".to_owned() } else { text }
    }
}

fn sources(count: usize, texts: &impl Texts) -> String {
    let mut file = String::new();
    for number in 0..count {
        let text = |part: usize, characters: usize| toml(&texts.text(number + part, characters));
        writeln!(
            file,
            "[[source]]\nid = {id}\ntitle = {}\nkind = \"opinion\"\nauthor = {}\n\
             publisher = {}\npublished = \"2024-05-31\"\n\
             url = {url}\ncredit = {}\nnote = {}",
            text(0, LONG),
            text(1, LONG),
            text(2, LONG),
            text(3, LONG),
            text(4, LONG),
            id = toml(&long_id("source", number)),
            url = toml(&format!("https://example.org/{}", "a".repeat(number * 40 % LONG))),
        )
        .expect("a string takes everything");
    }
    file
}

fn long_id(kind: &str, number: usize) -> String {
    format!("{kind}-{}-{number}", "long-".repeat(30).trim_end_matches('-'))
}

fn topic(number: usize, entries: std::ops::Range<usize>, sources: usize, texts: &impl Texts) -> String {
    let title = texts.text(number, LONG);
    let mut file = format!("title = {}\nsummary = {}\n", toml(&title), toml(&texts.text(number + 1, LONG)));
    for entry in entries {
        write_entry(&mut file, entry, sources, texts);
    }
    file
}

fn write_entry(file: &mut String, number: usize, sources: usize, texts: &impl Texts) {
    let prefix = format!("{number} ");
    let question = prefix.clone() + &texts.text(number, QUESTION - prefix.len());
    let (length, author) = if number.is_multiple_of(LONG_ANSWERS) { (ANSWER, 300) } else { (100, 40) };
    let claimed_by = texts.text(number + 1, author);
    let (answer, standing) = if number.is_multiple_of(2) {
        (texts.text(number + 2, length), "standing = \"disputed\"\nas_of = \"2024-05-31\"".to_owned())
    } else {
        let answer = format!("{claimed_by} {}", texts.text(number + 2, length - author - 1));
        (answer, format!("standing = \"claim\"\nclaimed_by = {}", toml(&claimed_by)))
    };
    let related: Vec<String> =
        (1..=4).filter(|step| number >= *step).map(|step| toml(&long_id("entry", number - step))).collect();
    let cited = if number.is_multiple_of(50) { sources } else { 1 };
    let citation = |step: usize| {
        let source = toml(&long_id("source", (number + step) % sources));
        format!("{{ source = {source}, paragraph = 4000000000, evidence = [\"a\"] }}")
    };
    let citations: Vec<String> = (0..cited).map(citation).collect();
    writeln!(
        file,
        "[[entry]]\nid = {}\nquestion = {}\nanswer = {}\n{standing}\n\
         related = [{}]\ncitations = [{}]",
        toml(&long_id("entry", number)),
        toml(&question),
        toml(&answer),
        related.join(", "),
        citations.join(", "),
    )
    .expect("a string takes everything");
}

/// A base in files inside the folder, loaded as the bot loads it. Its first topic has
/// `largest_topic` entries, as far as there are so many.
fn setup(folder: &Path, entries: usize, largest_topic: usize, sources_count: usize, texts: &impl Texts) -> Setup {
    let base = folder.join("knowledge");
    std::fs::create_dir(&base).expect("a folder can be made");
    let write = |name: &str, text: String| std::fs::write(base.join(name), text).expect("a file can be written");
    write("sources.toml", sources(sources_count, texts));
    let largest = entries.min(largest_topic);
    let others = (largest..entries).step_by(ENTRIES_A_TOPIC);
    let topics = others.map(|first| first..entries.min(first + ENTRIES_A_TOPIC));
    for (number, entries) in iter::once(0..largest).chain(topics).enumerate() {
        write(&format!("{}.toml", topic_id(number)), topic(number, entries, sources_count, texts));
    }
    let address = || Some(format!("https://example.org/{}", "a".repeat(480)));
    let links = Links { source_code: address(), privacy_policy: address(), terms: address(), support: address() };
    Setup { links, ..Setup::new(Answerer::new(load(&base), THRESHOLDS), base) }
}

/// A journal with many groups of questions, some of which have several wordings.
async fn journal(folder: &Path, texts: &impl Texts) -> Journal {
    const GROUPS: usize = 120;
    const WORDINGS: usize = 4;
    const SEVERAL: usize = 10;
    /// More characters than the journal stores of a question.
    const LONG_GAP: usize = 600;
    let config = JournalConfig { path: folder.join("footnote.db"), ..JournalConfig::default() };
    let open = || Journal::open(&config, |_| Err(VarError::NotPresent));
    let journal = open().await.expect("a journal opens");
    for number in 0..GROUPS + SEVERAL * (WORDINGS - 1) {
        let group = if number < GROUPS { number } else { number % SEVERAL };
        // Members may type what a base must not contain.
        let question = format!("{number} \u{202e}{}\u{2028}", texts.text(number, LONG_GAP));
        let asker = Asker { member: number as u64, server: Some(GUILD_ID) };
        let gap = Gap::new(&Masked::of(&question), &question, &[group.to_string()], asker);
        journal.record_gap(gap.expect("the question has a word"));
    }
    journal.close().await;
    open().await.expect("a journal opens")
}

/// A file may have any name that the system allows.
fn topic_id(number: usize) -> String {
    format!("{number}:{}", "🤔".repeat(number * 7 % 50))
}

fn load(folder: &Path) -> footnote_knowledge::KnowledgeBase {
    footnote_knowledge::load(folder).unwrap_or_else(|error| match error {
        LoadError::Invalid { diagnostics, .. } => panic!("{}", diagnostics.render(false)),
        error @ LoadError::Folder { .. } => panic!("{error}"),
    })
}

/// What a member does first: ask, type, or look around.
fn begin(way: usize, question: &str) -> Interaction {
    match way % 7 {
        0 => Interaction::command("ask").option("question", question),
        1 => Interaction::command("ask").option("question", question).member_option("for", 7, "arta"),
        2 => Interaction::autocomplete("ask").focused("question", question),
        3 => Interaction::message_command("Find an answer", question),
        4 => Interaction::command("topics"),
        5 => Interaction::command("gaps"),
        _ => Interaction::command("sources"),
    }
}

/// Does what a member does, checks what Discord would receive, and returns the body.
fn act(app: &App, interaction: &Interaction) -> Value {
    let interaction = interaction::read(interaction.issued().to_string().as_bytes()).expect("it is an interaction");
    let response = RUNTIME.block_on(respond(app, &interaction));
    let outcome = response.summary.outcome;
    assert!(![Outcome::Gone, Outcome::Unsupported].contains(&outcome), "{outcome:?} of {interaction:?}");
    assert!(response.file().is_none_or(|file| file.content().len() <= MAX_FILE));
    let body: Value = interaction::write(&response).expect("a response is JSON").parse().expect("it is JSON");
    assert_eq!(check_callback(&body), Vec::<String>::new(), "{body}");
    body
}

/// What a member could do with a message: each button, and each option of a menu.
fn next(body: &Value) -> Vec<Interaction> {
    let rows = body["data"]["components"].as_array().cloned().unwrap_or_default();
    let components = rows.iter().flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    let uses = components.flat_map(|component| {
        let custom_id = component["custom_id"].as_str().expect("each has a custom id").to_owned();
        match component["options"].as_array() {
            None => vec![Interaction::component(&custom_id)],
            Some(options) => {
                let values = options.iter().map(|option| option["value"].as_str().expect("a value is a text"));
                values.map(|value| Interaction::menu(&custom_id, &[value])).collect()
            }
        }
    });
    uses.collect()
}

/// Begins, and then chooses among what each message offers.
fn walk(app: &App, beginning: &Interaction, choices: &[usize]) {
    let mut body = act(app, beginning);
    for choice in choices {
        let next = next(&body);
        let Some(interaction) = next.get(choice % next.len().max(1)) else { return };
        body = act(app, interaction);
    }
}

/// A piece of any of the units, cut anywhere.
fn text() -> impl Strategy<Value = String> {
    let unit = prop_oneof![prop::sample::select(&UNITS[..]).prop_map(str::to_owned), "\\PC{1,8}"];
    prop::collection::vec(unit, 1..8).prop_map(|units| units.concat().replace(is_control, ""))
}

/// A bot with as much as is allowed, and the folder with its journal.
static LARGE: LazyLock<(App, TempDir)> = LazyLock::new(|| {
    let folder = folder();
    let journal = Some(RUNTIME.block_on(journal(folder.path(), &Longest)));
    let setup = setup(folder.path(), MANY, LARGEST_TOPIC, MANY_SOURCES, &Longest);
    (App::new(Setup { journal, ..setup }), folder)
});

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

proptest! {
    #![proptest_config(Config { cases: 60, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_large_base_of_the_longest_texts_stays_within_all_limits(
        way in 0_usize..7,
        entry in 0..MANY,
        length in 0..QUESTION,
        choices in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        let question: String = format!("{entry} {}", Longest.text(entry, QUESTION)).chars().take(length).collect();
        walk(&LARGE.0, &begin(way, &question), &choices);
    }
}

proptest! {
    #![proptest_config(Config { cases: 10, failure_persistence: None, ..Config::default() })]

    #[test]
    fn bases_of_any_text_stay_within_all_limits(
        texts in prop::collection::vec(text(), 1..20),
        entries in 1_usize..40,
        walks in prop::collection::vec((0_usize..7, 0_usize..40, prop::collection::vec(any::<usize>(), 0..12)), 8),
    ) {
        let texts = Drawn(texts);
        let folder = folder();
        let app = App::new(setup(folder.path(), entries, 9, entries.div_ceil(3), &texts));
        for (way, entry, choices) in walks {
            walk(&app, &begin(way, &format!("{} {}", entry % entries, texts.text(entry, QUESTION))), &choices);
        }
    }
}

#[test]
fn a_walk_meets_every_kind_of_message() {
    let app = &LARGE.0;
    let title = |body: &Value| body["data"]["embeds"][0]["title"].as_str().unwrap_or_default().to_owned();
    let topics = act(app, &Interaction::command("topics"));
    assert_eq!(title(&topics), "Topics");
    assert!(next(&topics).len() > 8, "{topics}");
    let entries = act(app, &next(&topics)[0]);
    assert!(next(&entries).len() > 10, "{entries}");
    let answer = act(app, &next(&entries)[0]);
    assert!(answer["data"]["embeds"][0]["description"].as_str().unwrap_or_default().len() > ANSWER, "{answer}");
    let gaps = act(app, &Interaction::command("gaps"));
    assert_eq!(title(&gaps), "Unanswered questions");
    assert_eq!(gaps["data"]["attachments"][0]["filename"], "gaps.toml");
    assert_eq!(act(app, &Interaction::command("about"))["data"]["flags"], json!(64));
}
