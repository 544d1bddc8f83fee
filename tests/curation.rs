//! Moderators change the base from Discord: a draft, what it would do, an approval, the file.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, ask};
use crate::support::footnote::{HARBOUR, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, GUILD_ID, Interaction};

over_both_transports!(
    a_question_without_an_answer_gets_one_from_two_moderators,
    a_draft_can_be_reworded_refused_and_withdrawn,
    a_new_entry_by_a_form_is_edited_approved_and_answered,
    a_new_entry_begins_a_topic,
    any_text_in_the_form_gets_a_valid_response,
    what_was_shown_is_made_or_shown_anew,
    nobody_else_changes_the_base,
    an_overlay_is_written_to_and_followed,
    what_members_chose_becomes_a_phrasing_or_that_of_another_entry,
);

/// Nobody answers this.
const QUESTION: &str = "toll for the passage";
const FERRY: &str = "How much does the ferry cost?";
const LIGHTHOUSE: &str = "When was the lighthouse built?";
pub(crate) const COMMENT: &str = "# Mind the tides.\n";

fn config(more: &str) -> String {
    let cooldown = "cooldown = { enabled = false }\n";
    let curation = format!("[curation]\nenabled = true\nserver = \"{GUILD_ID}\"\n{more}");
    format!("{cooldown}[log]\nlevel = \"debug\"\n{curation}")
}

/// The base's file, with a comment that has to stay.
pub(crate) fn harbour() -> String {
    HARBOUR.replacen("[[entry]]\nid = \"ferry-price\"", &format!("{COMMENT}[[entry]]\nid = \"ferry-price\""), 1)
}

async fn start(transport: Transport, discord: &DiscordDouble, folder: &Path, more: &str) -> Bot {
    let test = Test::at(folder).with_base().file("knowledge/harbour.toml", harbour());
    let mut bot = Bot::over(transport, test, discord, &config(more)).await;
    bot.wait_for_log("the curators' commands registered").await;
    bot
}

pub(crate) fn drafts() -> Interaction {
    Interaction::command("drafts")
}

pub(crate) fn by_another(interaction: Interaction) -> Interaction {
    interaction.by(SOMEONE_ELSE, "vjosa")
}

pub(crate) fn written(folder: &Path) -> String {
    fs::read_to_string(folder.join("knowledge/harbour.toml")).unwrap()
}

fn with_phrasing(phrasing: &str) -> String {
    harbour().replace("  \"ferry tariff\",\n", &format!("  \"ferry tariff\",\n  \"{phrasing}\",\n"))
}

/// A moderator makes a draft of a message, for the ferry's entry, and sees what it would do.
async fn draft(discord: &DiscordDouble, words: &str) -> CallbackReply {
    let begun = discord.interact(Interaction::message_command("Teach Footnote", words)).await;
    let form = discord.interact(begun.press("Search for an entry")).await;
    let found = discord.interact(form.submit("text", "ferry fare")).await;
    discord.interact(found.pick("The entry that answers it…", FERRY)).await
}

/// Another moderator looks at the first draft that waits.
async fn look(discord: &DiscordDouble, phrasing: &str) -> CallbackReply {
    let list = discord.interact(by_another(drafts())).await;
    discord.interact(by_another(list.pick("Look at a draft…", &format!("1. {phrasing}")))).await
}

async fn a_question_without_an_answer_gets_one_from_two_moderators(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path(), "").await;
    let unknown = discord.interact(ask(QUESTION)).await;
    bot.wait_for_gaps(1).await;
    let gaps = discord.interact(Interaction::command("gaps")).await;
    let begun = discord.interact(gaps.pick("Add to an entry…", &format!("1. {QUESTION}"))).await;
    let form = discord.interact(begun.press("Search for an entry")).await;
    let found = discord.interact(form.submit("text", "ferry fare")).await;
    let shown = discord.interact(found.pick("The entry that answers it…", FERRY)).await;
    assert!(shown.description().contains("1 question of members would be answered"), "{}", shown.description());
    let submitted = discord.interact(shown.press("Confirm")).await;
    assert_eq!(written(folder.path()), harbour(), "nobody has approved it");
    bot.stop().await;

    let _bot = start(transport, &discord, folder.path(), "").await;
    let own = discord.interact(drafts()).await;
    let own_shown = discord.interact(own.pick("Look at a draft…", &format!("1. {QUESTION}"))).await;
    let reviewed = look(&discord, QUESTION).await;
    let approved = discord.interact(by_another(reviewed.press("Approve"))).await;
    assert_eq!(written(folder.path()), with_phrasing(QUESTION));
    let changes = fs::read_to_string(folder.path().join("knowledge/CHANGES.jsonl")).unwrap();
    assert!(changes.contains(r#""author":{"role":"moderator"},"approver":{"role":"moderator"}"#), "{changes}");
    let answer = discord.interact(ask(QUESTION)).await;
    assert_eq!(answer.title(), FERRY);
    let gone = discord.interact(by_another(reviewed.press("Approve"))).await;
    let none = discord.interact(Interaction::command("gaps")).await;
    assert_eq!(none.title(), "No unanswered questions");
    assert_snapshot!(
        unknown,
        begun,
        form,
        found,
        shown,
        submitted,
        "After a restart:",
        own,
        own_shown,
        reviewed,
        approved,
        answer,
        "Approved again:",
        gone,
    );
}

async fn a_draft_can_be_reworded_refused_and_withdrawn(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "").await;
    let shown = draft(&discord, "hi <@1287650000000000031>, toll please, call 044 123 456").await;
    let form = discord.interact(shown.press("Change the wording")).await;
    let reworded = discord.interact(form.submit("text", QUESTION)).await;
    discord.interact(reworded.press("Confirm")).await;
    let reviewed = look(&discord, QUESTION).await;
    let why = discord.interact(by_another(reviewed.press("Refuse"))).await;
    let refused = discord.interact(by_another(why.submit("text", "a passage is no crossing"))).await;
    let own = discord.interact(drafts()).await;
    discord.interact(draft(&discord, QUESTION).await.press("Confirm")).await;
    let waiting = discord.interact(drafts()).await;
    let opened = discord.interact(waiting.pick("Look at a draft…", &format!("1. {QUESTION}"))).await;
    let withdrawn = discord.interact(opened.press("Withdraw")).await;
    let discarded = discord.interact(draft(&discord, QUESTION).await.press("Discard")).await;
    let others = discord.interact(by_another(drafts())).await;
    assert_eq!(written(folder.path()), harbour());
    assert_snapshot!(shown, form, reworded, why, refused, own, withdrawn, discarded, others);
}

const GULLS: &str = "Who feeds the gulls?";
const GULLS_ASKED: &str = "whose task are the hungry seagulls";

/// The form of an entry, filled in.
fn gulls(place: &'static str) -> [(&'static str, &'static str); 4] {
    let answer = "Ada Quill feeds the **gulls**:\n- at noon\n- \"never twice\"";
    [("question", GULLS), ("answer", answer), ("source", "Letters from the Pier"), ("place", place)]
}

/// A moderator begins an entry with the words of a message, and gets the form.
async fn entry_form(discord: &DiscordDouble, words: &str) -> CallbackReply {
    let begun = discord.interact(Interaction::message_command("Teach Footnote", words)).await;
    discord.interact(begun.press("New entry")).await
}

async fn a_new_entry_by_a_form_is_edited_approved_and_answered(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path(), "").await;
    let form = entry_form(&discord, GULLS_ASKED).await;
    let odd = discord.interact(form.submit_all(&gulls("feeds the gulls"))).await;
    let again = discord.interact(odd.press("Edit")).await;
    let unknown =
        discord.interact(again.submit_all(&[("place", "4: feeds the gulls with much bread at noon each day")])).await;
    assert!(!unknown.body.to_string().contains("Confirm"), "it has an error: {}", unknown.body);
    bot.stop().await;

    bot = start(transport, &discord, folder.path(), "").await;
    let own = discord.interact(drafts()).await;
    let resumed = discord.interact(own.pick("Look at a draft…", &format!("1. {GULLS}"))).await;
    let form = discord.interact(resumed.press("Edit")).await;
    let shown = discord.interact(form.submit_all(&[("place", "4: feeds the gulls")])).await;
    let submitted = discord.interact(shown.press("Confirm")).await;
    let reviewed = look(&discord, GULLS).await;
    let why = discord.interact(by_another(reviewed.press("Refuse"))).await;
    discord.interact(by_another(why.submit("text", "name the claimant"))).await;
    let list = discord.interact(drafts()).await;
    let refused = discord.interact(list.pick("Look at a draft…", &format!("1. {GULLS}"))).await;
    let form = discord.interact(refused.press("Edit")).await;
    let claim = discord.interact(form.submit_all(&[("claimant", "Ada Quill")])).await;
    discord.interact(claim.press("Confirm")).await;
    assert_eq!(written(folder.path()), harbour(), "nobody has approved it");
    let approved = discord.interact(by_another(look(&discord, GULLS).await.press("Approve"))).await;
    let file = written(folder.path());
    assert!(file.starts_with(harbour().trim_end()), "the rest stays as it is: {file}");
    let answer = discord.interact(ask(GULLS_ASKED)).await;
    assert_eq!(answer.title(), GULLS);
    let added = file.trim_start_matches(harbour().trim_end()).to_owned();
    assert_snapshot!(
        form,
        odd,
        unknown,
        "After a restart:",
        own,
        resumed,
        shown,
        submitted,
        reviewed,
        list,
        refused,
        claim,
        approved,
        added.as_str(),
        answer,
    );
    bot.stop().await;
}

async fn a_new_entry_begins_a_topic(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "another_approves = false\n").await;
    // The entry is written already, and moves from the only topic into a new one.
    let form = entry_form(&discord, GULLS_ASKED).await;
    let shown = discord.interact(form.submit_all(&gulls("4: feeds the gulls"))).await;
    let topics = discord.interact(shown.press("Another topic")).await;
    let back = discord.interact(topics.press("Back")).await;
    assert_eq!(back.body["data"]["embeds"], shown.body["data"]["embeds"]);
    let name = discord.interact(topics.press("New topic")).await;
    let elsewhere = discord.interact(name.submit_all(&[("topic", "Rooms/Harbour")])).await;
    let again = discord.interact(elsewhere.press("New topic")).await;
    let moved = discord.interact(again.submit_all(&[("topic", "House Rooms / Bird life")])).await;
    assert!(!folder.path().join("knowledge/house-rooms").exists(), "nobody has confirmed it");
    discord.interact(moved.press("Confirm")).await;
    let birds = fs::read_to_string(folder.path().join("knowledge/house-rooms/bird-life.toml")).unwrap();
    assert!(birds.starts_with("title = \"Bird life\"\n\n[[entry]]\nid = \"who-feeds-the-gulls\"\n"), "{birds}");
    assert_eq!(written(folder.path()), harbour());
    assert_eq!(discord.interact(ask(GULLS_ASKED)).await.title(), GULLS);

    // The topic comes first.
    let offered = entry_form(&discord, "may I row there").await;
    let name = discord.interact(offered.press("New topic")).await;
    let known = discord.interact(name.submit_all(&[("topic", "harbour")])).await;
    let again = discord.interact(known.press("Another topic")).await;
    let name = discord.interact(again.press("New topic")).await;
    let begun = discord.interact(name.submit_all(&[("topic", "boats"), ("title", "All about *boats*")])).await;
    let form = discord.interact(begun.press("New entry")).await;
    let entry = [("question", "May I row there?"), ("answer", "You may."), ("source", "The Harbour Almanac")];
    let first = discord.interact(form.submit_all(&entry)).await;
    let form = discord.interact(first.press("Edit")).await;
    let edited = discord.interact(form.submit_all(&[("answer", "Yes.")])).await;
    discord.interact(edited.press("Confirm")).await;
    let boats = fs::read_to_string(folder.path().join("knowledge/boats.toml")).unwrap();
    let head = "title = \"All about *boats*\"\n\n[[entry]]\nid = \"may-i-row-there\"\n";
    assert!(boats.starts_with(head), "{boats}");
    assert!(boats.contains("answer = \"Yes.\""), "{boats}");
    assert_snapshot!(topics, name, elsewhere, moved, known, begun, edited);
}

/// Each request and response is compared with Discord's OpenAPI file on the way.
async fn any_text_in_the_form_gets_a_valid_response(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "another_approves = false\n").await;
    let long = "🤔".repeat(2_000);
    let odd = ["\"\"\"\n[[entry]]\nid = \"x\"", "'''\\u0000\\", "\u{202e}a\u{0}b", "```\n@everyone <@7>", &long];
    for (number, answer) in odd.into_iter().enumerate() {
        let form = entry_form(&discord, &format!("gulls {number} {}", "and more ".repeat(60))).await;
        let question = format!("Gulls {number} {}?", "🤔".repeat(40));
        let filled =
            [("question", question.as_str()), ("answer", answer), ("source", "The Harbour Almanac"), ("place", "2")];
        let shown = discord.interact(form.submit_all(&filled)).await;
        let edited = discord.interact(shown.press("Edit")).await;
        let again = discord.interact(edited.submit_all(&[])).await;
        assert_eq!(again.body["data"]["embeds"], shown.body["data"]["embeds"], "the form has all of it");
        discord.interact(again.press("Confirm")).await;
    }
    let checked = Test::at(folder.path()).args(["check"]).run();
    assert!(checked.stdout.contains(&format!("{} entries", 4 + odd.len())), "{}", checked.stdout);
    let whole = Test::at(folder.path()).args(["ask", "--json", &format!("Gulls 4 {}?", "🤔".repeat(40))]).run();
    assert!(whole.stdout.contains(&long), "{}", whole.stdout);
}

async fn what_was_shown_is_made_or_shown_anew(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "another_approves = false\n").await;
    let shown = draft(&discord, QUESTION).await;
    let file = folder.path().join("knowledge/harbour.toml");
    fs::write(&file, "[[entry]").unwrap();
    let broken = discord.interact(shown.press("Confirm")).await;
    let edited = harbour().replace("3 crowns", "4 crowns");
    fs::write(&file, &edited).unwrap();
    let changed = discord.interact(shown.press("Confirm")).await;
    assert_eq!(written(folder.path()), edited, "what was shown is another change");
    let made = discord.interact(changed.press("Confirm")).await;
    assert_eq!(written(folder.path()), with_phrasing(QUESTION).replace("3 crowns", "4 crowns"));
    let twice = draft(&discord, QUESTION).await;
    assert_snapshot!(broken, changed, made, "The same phrasing again:", twice);
}

async fn nobody_else_changes_the_base(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "").await;
    let names = |commands: Vec<serde_json::Value>| -> Vec<String> {
        commands.iter().map(|command| command["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(discord.guild_commands(GUILD_ID)), ["Teach Footnote", "drafts"]);
    assert!(!names(discord.commands()).contains(&"drafts".to_owned()));
    discord.interact(draft(&discord, QUESTION).await.press("Confirm")).await;
    let reviewed = look(&discord, QUESTION).await;
    // Somebody with neither the role nor the right to manage the server uses the same button.
    let approve = || by_another(reviewed.press("Approve"));
    let member = discord.interact(approve().with_permissions(0)).await;
    let elsewhere = discord.interact(approve().in_guild(77)).await;
    let directly = discord.interact(approve().in_direct_message()).await;
    let list = discord.interact(by_another(drafts()).with_permissions(0)).await;
    let own_id = reviewed.component("Approve")["custom_id"].as_str().unwrap();
    let author = discord.interact(Interaction::component(own_id)).await;
    assert_eq!(written(folder.path()), harbour());
    assert_snapshot!(member, elsewhere, directly, list, author);
}

async fn an_overlay_is_written_to_and_followed(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    fs::create_dir(folder.path().join("changes")).unwrap();
    let more = "another_approves = false\noverlay = \"changes\"\nmember_ids = true\n";
    let mut bot = start(transport, &discord, folder.path(), more).await;
    discord.interact(draft(&discord, QUESTION).await.press("Confirm")).await;
    assert_eq!(written(folder.path()), harbour());
    let overlay = fs::read_to_string(folder.path().join("changes/harbour.toml")).unwrap();
    assert!(overlay.contains(QUESTION) && !overlay.contains("lighthouse-built"), "{overlay}");
    let changes = fs::read_to_string(folder.path().join("changes/CHANGES.jsonl")).unwrap();
    assert!(changes.contains(&format!(r#""member":"{}""#, discord_double::MEMBER_ID)), "{changes}");
    assert_eq!(discord.interact(ask(QUESTION)).await.title(), FERRY);
    // Once for the change, and once because files have changed.
    bot.wait_for_logs("knowledge base reloaded", 2).await;
    fs::write(folder.path().join("changes/harbour.toml"), overlay.replace("3 crowns", "5 crowns")).unwrap();
    bot.wait_for_logs("knowledge base reloaded", 3).await;
    let asked = Test::at(folder.path()).args(["ask", QUESTION]).run().status(0);
    assert!(asked.stdout.contains("5 crowns"), "{}", asked.stdout);
    let checked = Test::at(folder.path()).args(["check"]).run();
    assert!(checked.stdout.contains("4 entries with 21 phrasings"), "{}", checked.stdout);
}

async fn what_members_chose_becomes_a_phrasing_or_that_of_another_entry(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    // Whatever has a word of the base is a choice, and what is worded as there is answered.
    let thresholds = "[answer]\nanswer_at = 0.8\nclosest_at = 0.8\nsuggest_at = 0.0\n";
    let more = format!("another_approves = false\n{thresholds}");
    let mut bot = start(transport, &discord, folder.path(), &more).await;
    let (asked, mistaken) = ("something about the pier", "boat thing beacon");
    let pier = "How long is the pier?";
    for (member, question, entry) in [(1_001, asked, pier), (1_002, asked, pier), (1_001, mistaken, FERRY)] {
        let offered = discord.interact(ask(question).by(member, "asker")).await;
        discord.interact(offered.pick("Choose a question", entry).by(member, "asker")).await;
    }
    bot.wait_for_picks(3).await;
    let list = discord.interact(Interaction::command("suggestions")).await;
    let place = |reply: &CallbackReply, question: &str| {
        let options = reply.component("Reject…")["options"].as_array().unwrap().clone();
        let labels = options.iter().map(|option| option["label"].as_str().unwrap().to_owned());
        labels.into_iter().find(|label| label.ends_with(question)).unwrap()
    };
    // Not for moderators of another server.
    let elsewhere = list.pick("Accept as a phrasing…", &place(&list, asked)).in_guild(77);
    assert_eq!(discord.interact(elsewhere).await.held()["components"], serde_json::json!([]));
    let shown = discord.interact(list.pick("Accept as a phrasing…", &place(&list, asked))).await;
    assert_eq!(written(folder.path()), harbour(), "nobody has confirmed it");
    discord.interact(shown.press("Confirm")).await;
    let with_asked = harbour().replace(
        "  \"distance from one end of the pier to the other\",\n",
        &format!("  \"distance from one end of the pier to the other\",\n  \"{asked}\",\n"),
    );
    assert_eq!(written(folder.path()), with_asked);
    let changes = fs::read_to_string(folder.path().join("knowledge/CHANGES.jsonl")).unwrap();
    assert!(changes.contains("members' choices suggested it"), "{changes}");
    assert_eq!(discord.interact(ask(asked)).await.title(), pier);
    let left = discord.interact(Interaction::command("suggestions")).await;
    let choice = discord.interact(left.pick("Add to another entry…", &place(&left, mistaken))).await;
    let other = discord.interact(choice.pick("The entry that answers it…", LIGHTHOUSE)).await;
    discord.interact(other.press("Confirm")).await;
    assert_eq!(discord.interact(ask(mistaken)).await.title(), LIGHTHOUSE);
    // Both are dealt with.
    let none = discord.interact(Interaction::command("suggestions")).await;
    assert_eq!(none.title(), "No suggestions");
    assert_snapshot!(list, shown, choice);
}
