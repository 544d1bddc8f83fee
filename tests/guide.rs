//! The pictures of `docs/DISCORD.md` and `docs/CURATING.md`: what members and moderators see, taken
//! from the running bot.
//!
//! A document names each picture in a comment, and the text up to the next comment is
//! generated. `just guide` writes them, and web pages (`page`) that look as Discord does, of which
//! it takes the photographs in `docs/pictures`. Without it, the test fails if a document and the
//! bot differ. Photographs are not compared.

mod markdown;
mod page;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use self::page::{Look, Message, page};
use crate::support::bot::Bot;
use crate::support::card::picture;
use crate::support::discord::{BotMessage, NEAREST, NO_JOURNAL, SOMEONE_ELSE, ask};
use crate::support::footnote::Test;
use discord_double::OWNER_ID;
use discord_double::{CallbackReply, DiscordDouble, FORUM_ID, GUILD_ID, HELPER_ROLE_ID, IncomingMessage, Interaction};

/// The environment variable, and its value, with which the pictures are written instead of
/// compared.
const WRITE: (&str, &str) = ("FOOTNOTE_GUIDE", "write");

const BEGINNING: &str = "<!-- picture: ";
const END: &str = "<!-- end of picture -->\n";

/// Where the web pages are written.
const PAGES: &str = "target/guide";

/// A desktop's and a phone's width, in CSS pixels.
const DESKTOP: u32 = 600;
const PHONE: u32 = 390;

/// The photographs, each light and dark: their names, their widths and the messages on them.
const PHOTOGRAPHS: [(&str, u32, &[&str]); 8] = [
    ("answer", DESKTOP, &["answer"]),
    ("citations", DESKTOP, &["citations"]),
    ("closest", DESKTOP, &["closest"]),
    ("unknown", DESKTOP, &["people"]),
    ("claim-phone", PHONE, &["claim"]),
    ("mention-phone", PHONE, &["mention", "suggestion"]),
    ("draft", DESKTOP, &["draft"]),
    ("drafts", DESKTOP, &["drafts"]),
];

/// The pictures by their names.
#[derive(Default)]
struct Pictures {
    texts: BTreeMap<&'static str, String>,
    messages: BTreeMap<&'static str, Message>,
}

impl Pictures {
    fn take(&mut self, name: &'static str, message: &impl BotMessage) {
        let former = self.texts.insert(name, picture(message));
        assert!(former.is_none(), "two pictures are called {name:?}");
        self.messages.insert(name, Message::of(message));
    }

    /// Writes the pages that are photographed, and one with all messages for each width, light and
    /// dark.
    fn write_pages(&self) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGES);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let all: Vec<&str> = self.messages.keys().copied().collect();
        let overviews = [("all", DESKTOP, all.as_slice()), ("all-phone", PHONE, all.as_slice())];
        for (name, width, messages) in PHOTOGRAPHS.into_iter().chain(overviews) {
            let messages: Vec<Message> = messages.iter().map(|name| self.messages[name].clone()).collect();
            for (theme, is_dark) in [("light", false), ("dark", true)] {
                let page = page(Look { is_dark, width }, &messages);
                std::fs::write(folder.join(format!("{name}-{theme}.html")), page).expect("a page can be written");
            }
        }
    }
}

#[tokio::test]
async fn the_guide_shows_what_members_see() {
    let (mut all, curating) = (pictures().await, curating().await);
    compare("docs/DISCORD.md", &all);
    compare("docs/CURATING.md", &curating);
    all.messages.extend(curating.messages);
    if is_writing() {
        all.write_pages();
    }
}

fn is_writing() -> bool {
    std::env::var(WRITE.0).is_ok_and(|value| value == WRITE.1)
}

/// Compares a document with its pictures, or writes them into it.
fn compare(document: &str, pictures: &Pictures) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let written = std::fs::read_to_string(&path).expect("there is a guide");
    let current = with_pictures(&written, pictures);
    if is_writing() {
        std::fs::write(&path, current).expect("the guide can be written");
        return;
    }
    if let Some(place) = first_difference(&written, &current) {
        panic!(
            "{document} does not show what members see; `just guide` writes it again. \
            The first line:\n{place}"
        );
    }
}

#[test]
fn a_picture_replaces_the_text_between_its_comments() {
    let pictures = drawn(&[("one", "│ new"), ("two", "│ second")]);
    let page = |first: &str, second: &str| {
        format!("# Guide\n\n{BEGINNING}one -->\n{first}{END}\nText\n\n{BEGINNING}two -->\n{second}{END}\nThe end.\n")
    };
    let expected = page("```text\n│ new\n```\n", "```text\n│ second\n```\n");
    assert_eq!(with_pictures(&page("old\n", ""), &pictures), expected);
    assert_eq!(with_pictures(&expected, &pictures), expected);
    assert_eq!(first_difference(&expected, &expected), None);
    let place = first_difference(&page("old\n", ""), &expected);
    assert_eq!(place.as_deref(), Some("line 4: \"old\" instead of \"```text\""));
}

#[test]
#[should_panic(expected = "no place for the pictures [\"one\"]")]
fn a_picture_without_a_place_is_an_error() {
    with_pictures("# Guide\n", &drawn(&[("one", "")]));
}

fn drawn(texts: &[(&'static str, &str)]) -> Pictures {
    let texts = texts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    Pictures { texts, ..Pictures::default() }
}

#[test]
#[should_panic(expected = "there is no picture \"two\"")]
fn a_place_without_a_picture_is_an_error() {
    with_pictures(&format!("{BEGINNING}two -->\n{END}"), &Pictures::default());
}

/// The document with the current pictures, each in its place.
fn with_pictures(document: &str, pictures: &Pictures) -> String {
    let mut left: Vec<&str> = pictures.texts.keys().copied().collect();
    let mut parts = document.split(BEGINNING);
    let mut filled = vec![parts.next().unwrap_or_default().to_owned()];
    for part in parts {
        let (name, rest) = part.split_once(" -->\n").expect("a comment ends on its line");
        let (_, rest) = rest.split_once(END).unwrap_or_else(|| panic!("the picture {name:?} has no end"));
        let picture = pictures.texts.get(name).unwrap_or_else(|| panic!("there is no picture {name:?}"));
        filled.push(format!("{BEGINNING}{name} -->\n```text\n{picture}\n```\n{END}{rest}"));
        left.retain(|other| *other != name);
    }
    assert!(left.is_empty(), "no place for the pictures {left:?}");
    filled.concat()
}

/// The first place where two documents differ.
fn first_difference(written: &str, current: &str) -> Option<String> {
    if written == current {
        return None;
    }
    let pairs = written.lines().zip(current.lines()).enumerate();
    let differing = pairs.into_iter().find(|(_, (written, current))| written != current);
    Some(differing.map_or_else(
        || "one of them is longer".to_owned(),
        |(index, (written, current))| format!("line {}: {written:?} instead of {current:?}", index + 1),
    ))
}

/// An entry with a mistake, as an owner previews it.
const DRAFT: &str = r#"[[entry]]
id = "gulls-fed"
question = "Who feeds the gulls?"
phrasings = ["feeding of the gulls", "who gives food to the seagulls"]
answer = "The keeper of the lighthouse feeds the **gulls**."
standing = "reported"
related = ["lighthouse"]
citations = [{ source = "letters", paragraph = 4, evidence = ["feeds the gulls"] }]
"#;

async fn pictures() -> Pictures {
    let mut pictures = Pictures::default();
    let discord = DiscordDouble::start().await;
    answers(&discord, &mut pictures).await;
    nearest(&discord, &mut pictures).await;
    posts(&mut pictures).await;
    upkeep(&discord, &mut pictures).await;
    pictures
}

/// A moderator writes an entry by a form, and another one reviews it.
async fn curating() -> Pictures {
    let mut pictures = Pictures::default();
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let curation = format!("[curation]\nenabled = true\nserver = \"{GUILD_ID}\"\n");
    let config = format!("cooldown = {{ enabled = false }}\n[log]\nlevel = \"debug\"\n{curation}");
    let mut bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &config);
    bot.wait_for_log("the curators' commands registered").await;
    discord.interact(ask("whose task are the hungry seagulls")).await;
    bot.wait_for_gaps(1).await;
    let gaps = discord.interact(Interaction::command("gaps")).await;
    let begun = discord.interact(gaps.pick("Add to an entry…", "1. whose task are the hungry seagulls")).await;
    pictures.take("begun", &begun);
    let form = discord.interact(begun.press("New entry")).await;
    let filled = [
        ("question", "Who feeds the gulls?"),
        ("answer", "The keeper of the lighthouse feeds the **gulls**."),
        ("source", "Letters from the Pier"),
        ("place", "4: feeds the gulls"),
    ];
    let shown = discord.interact(form.submit_all(&filled)).await;
    pictures.take("draft", &shown);
    discord.interact(shown.press("Confirm")).await;
    let taught = discord.interact(Interaction::message_command("Teach Footnote", "toll for the passage")).await;
    let form = discord.interact(taught.press("Search for an entry")).await;
    let found = discord.interact(form.submit("text", "ferry fare")).await;
    let ferry = discord.interact(found.pick("The entry that answers it…", "How much does the ferry cost?")).await;
    pictures.take("phrasing", &ferry);
    discord.interact(ferry.press("Confirm")).await;
    pictures.take("drafts", &discord.interact(Interaction::command("drafts").by(SOMEONE_ELSE, "vjosa")).await);
    bot.stop().await;
    pictures
}

/// Answers from the shipped base.
async fn answers(discord: &DiscordDouble, pictures: &mut Pictures) {
    let folder = TempDir::new().unwrap();
    let test = Test::at(folder.path()).with_shipped_base();
    let config = "cooldown = { enabled = false }\n[log]\nlevel = \"debug\"\n";
    let mut bot = Bot::start(test, discord, config);
    bot.wait_for_log("found the application's owners").await;

    let answer = discord.interact(ask("when did kfor deploy")).await;
    pictures.take("answer", &answer);
    pictures.take("claim", &discord.interact(ask("what does latifi say about casualties")).await);
    pictures.take("citations", &discord.interact(answer.press("Show sources")).await);
    pictures.take("suggestion", &discord.interact(ask("kosovo")).await);
    let unknown = discord.interact(ask("which pizza is the best")).await;
    assert!(unknown.text().starts_with("I don't know."), "{}", unknown.text());
    pictures.take("unknown", &unknown);
    pictures.take("helpful", &discord.interact(answer.press("👍")).await);
    pictures.take("not helpful", &discord.interact(answer.press("👎")).await);
    let private = discord.interact(ask("when did kfor deploy").option("private", true)).await;
    pictures.take("private vote", &Held(discord.interact(private.press("👍")).await));
    let found = Interaction::message_command("Find an answer", "hi all, does anyone know when nato bombed yugoslavia?");
    pictures.take("message menu", &discord.interact(found).await);
    let mention = IncomingMessage::mention("how many soldiers does kfor have now?");
    pictures.take("mention", &discord.talk(mention).await);
    let topics = discord.interact(Interaction::command("topics")).await;
    pictures.take("topics", &topics);
    pictures.take("topic", &discord.interact(topics.press("Choose a topic").values(&["kfor"])).await);
    pictures.take("sources", &discord.interact(Interaction::command("sources")).await);
    pictures.take("help", &discord.interact(Interaction::command("help")).await);
    pictures.take("about", &discord.interact(Interaction::command("about")).await);

    for question in ["which pizza is the best??", "how do I bake bread"] {
        discord.interact(ask(question).by(OWNER_ID, "owner")).await;
    }
    bot.wait_for_gaps(4).await;
    pictures.take("gaps", &discord.interact(Interaction::command("gaps").by(OWNER_ID, "owner")).await);
    pictures.take("suggestions", &discord.interact(Interaction::command("suggestions").by(OWNER_ID, "owner")).await);
    bot.stop().await;
}

/// A forum's posts, one with an answer and one without.
async fn posts(pictures: &mut Pictures) {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let helpers = format!("helpers = {{ role = \"{HELPER_ROLE_ID}\" }}\n");
    let config = format!("watch_channels = [\"{FORUM_ID}\"]\n{helpers}{NO_JOURNAL}");
    let bot = Bot::start(Test::empty().with_shipped_base(), &discord, &config);
    for (name, title, content) in
        [("post", "KFOR", "When did KFOR deploy?"), ("post without an answer", "Pizza", "Which pizza is the best?")]
    {
        let said = discord.open_post(title, content).await;
        pictures.take(name, &discord.post_about(&said).await);
    }
    bot.stop().await;
}

/// The nearest entry, from a bot that gives no answer.
async fn nearest(discord: &DiscordDouble, pictures: &mut Pictures) {
    let people = format!("helpers = {{ server = \"{GUILD_ID}\", role = \"{GUILD_ID}\" }}\n");
    let bot = Bot::start(Test::empty().with_shipped_base(), discord, &format!("{people}{NEAREST}"));
    pictures.take("closest", &discord.interact(ask("who commanded kfor in 2017")).await);
    pictures.take("people", &discord.interact(ask("who won the world cup in 1998")).await);
    bot.stop().await;
}

/// What owners see. The base is small because, without optimization, reloading the shipped one
/// may take longer than a response may.
async fn upkeep(discord: &DiscordDouble, pictures: &mut Pictures) {
    let mut bot = Bot::start(Test::new(), discord, "");
    bot.wait_for_log("found the application's owners").await;
    pictures.take(
        "reload",
        &discord.interact(Interaction::command("reload").in_direct_message().by(OWNER_ID, "owner")).await,
    );
    let preview = Interaction::command("preview").in_direct_message().by(OWNER_ID, "owner");
    let form = discord.interact(preview).await;
    pictures.take("preview", &discord.interact(form.submit("entry", DRAFT).by(OWNER_ID, "owner")).await);
    pictures.take(
        "check",
        &discord.interact(Interaction::command("check").in_direct_message().by(OWNER_ID, "owner")).await,
    );
}

/// A message as it looks after a change of its buttons alone.
struct Held(CallbackReply);

impl BotMessage for Held {
    fn data(&self) -> &Value {
        self.held()
    }

    fn held(&self) -> &Value {
        self.0.held()
    }
}
