//! What a message asks, if anything: without mentions, code and links, and not if it only says
//! hello or thank you.

use footnote_search::analyzer::noise;

use super::incoming::without_mentions;
use super::texts::Texts;

/// What code stands between.
const FENCE: &str = "```";

/// The most words that a greeting or a thank-you has.
const MAX_WORDS: usize = 6;

/// What somebody wants who only says hello or thank you.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Courtesy {
    /// They greet the bot.
    Greeting,
    /// They thank it.
    Thanks,
}

impl Courtesy {
    /// What the bot says to it.
    pub(super) fn answer(self, texts: &Texts) -> String {
        match self {
            Self::Greeting => texts.hello(),
            Self::Thanks => texts.you_are_welcome(),
        }
    }
}

/// Words of greetings, folded, in the languages of `locales/` and their neighbours.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "heya",
    "hiya",
    "yo",
    "sup",
    "howdy",
    "greetings",
    "morning",
    "evening",
    "afternoon",
    "hallo",
    "moin",
    "servus",
    "tag",
    "guten",
    "gruezi",
    "grüezi",
    "morgen",
    "abend",
    "bonjour",
    "salut",
    "bonsoir",
    "coucou",
    "bok",
    "zdravo",
    "cao",
    "ćao",
    "dobar",
    "dan",
    "jutro",
    "dobro",
    "večer",
    "vece",
    "përshëndetje",
    "pershendetje",
    "tungjatjeta",
    "ckemi",
    "çkemi",
    "здраво",
    "ћао",
    "добар",
    "дан",
    "hola",
    "ciao",
];

/// Words of thanks, folded.
const THANKS: &[&str] = &[
    "thanks",
    "thank",
    "thx",
    "ty",
    "tysm",
    "tyvm",
    "cheers",
    "danke",
    "dankeschön",
    "merci",
    "hvala",
    "faleminderit",
    "flm",
    "хвала",
    "gracias",
    "grazie",
    "thankyou",
];

/// Words that say nothing of their own beside these.
const FILLERS: &[&str] = &[
    "you",
    "very",
    "much",
    "so",
    "a",
    "lot",
    "all",
    "for",
    "the",
    "help",
    "that",
    "there",
    "bot",
    "footnote",
    "good",
    "again",
    "everyone",
    "everybody",
    "folks",
    "guys",
    "team",
    "ok",
    "okay",
    "great",
    "perfect",
    "nice",
    "awesome",
    "and",
    "many",
    "my",
    "friend",
    "mate",
    "oh",
    "ah",
    "it",
    "worked",
    "works",
    "helped",
    "got",
    "schön",
    "vielen",
    "dank",
    "dir",
    "sehr",
    "beaucoup",
    "bien",
    "puno",
    "lijepa",
    "ti",
    "vam",
    "shumë",
    "shume",
    "te",
    "ju",
    "пуно",
];

/// The question in a text: what is left without mentions, fenced code, links and other markup of
/// Discord. Empty if nothing is left that has a letter or a digit.
pub(super) fn in_text(text: &str) -> String {
    let kept = without_mentions(&without_code(text));
    let kept = kept.trim();
    // The search takes out the markup itself; here it only matters whether there is anything else.
    if noise::strip(kept).chars().any(char::is_alphanumeric) { kept.to_owned() } else { String::new() }
}

/// A text without its fenced code. A fence that nothing closes is text, as it is on Discord.
fn without_code(text: &str) -> String {
    let (mut kept, mut rest) = (String::new(), text);
    while let Some((before, code)) = rest.split_once(FENCE) {
        let Some((_, after)) = code.split_once(FENCE) else { break };
        kept.extend([before, "\n"]);
        rest = after;
    }
    kept + rest
}

/// Whether a question says no more than hello or thank you.
pub(super) fn courtesy(question: &str) -> Option<Courtesy> {
    let words = question.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(MAX_WORDS + 1).map(str::to_lowercase).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_known = |word: &String| [GREETINGS, THANKS, FILLERS].iter().any(|list| list.contains(&word.as_str()));
    if words.len() > MAX_WORDS || question.contains('?') || !words.iter().all(is_known) {
        return None;
    }
    match (has(THANKS), has(GREETINGS)) {
        (true, _) => Some(Courtesy::Thanks),
        (false, true) => Some(Courtesy::Greeting),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_code_and_links_are_no_question() {
        for text in
            ["", " <@1> <@&2>", "```rust\nlet fare = 3;\n```", "https://example.org/ferry?fare=3", "<:boat:12> …"]
        {
            assert_eq!(in_text(text), "", "{text}");
        }
        assert_eq!(in_text("<@1> ferry fare ```\nerror 7\n``` in euros"), "ferry fare \n in euros");
        assert_eq!(in_text("what does ``` do"), "what does ``` do");
        assert_eq!(in_text("what is https://example.org"), "what is https://example.org");
    }

    #[test]
    fn hello_and_thank_you_are_known_and_questions_are_not_taken_for_them() {
        for text in ["hi", "Hello there!", "good morning everyone", "Guten Tag", "zdravo"] {
            assert_eq!(courtesy(text), Some(Courtesy::Greeting), "{text}");
        }
        for text in ["thanks!", "Thank you so much", "ok great, ty", "hey thanks", "Faleminderit shumë 🙏"] {
            assert_eq!(courtesy(text), Some(Courtesy::Thanks), "{text}");
        }
        for text in [
            "",
            "ok",
            "hi, what does the ferry cost",
            "thanks?",
            "good evening ferry",
            "thank you for the help with it all",
        ] {
            assert_eq!(courtesy(text), None, "{text}");
        }
    }
}
