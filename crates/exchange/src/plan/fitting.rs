//! Makes items fit what an entry may be: its lengths, its ids, one question once.

use std::collections::{HashMap, HashSet};

use footnote_knowledge::text::fold::fold;
use footnote_knowledge::text::kebab_case;
use footnote_knowledge::text::plain::{is_control, on_one_line};
use footnote_knowledge::{KnowledgeBase, MAX_ANSWER_CHARS, MAX_QUESTION_CHARS};

use super::divided::divided;
use crate::item::{Item, Notice, Place, Reference};
use crate::part::as_words;

/// An item that fits, or the reason why it does not.
#[derive(Debug)]
pub(super) struct Fitted {
    pub(super) id: String,
    pub(super) item: Item,
    /// Why it is left out.
    pub(super) reason: Option<String>,
}

/// What is taken already, by the base or by items before.
pub(super) struct Fitting {
    ids: HashSet<String>,
    /// The questions, as far as they are the same.
    questions: HashMap<String, Asked>,
    /// The questions of all items, as far as they are the same.
    awaited: HashSet<String>,
    /// The ids of items by their own names.
    names: HashMap<String, String>,
    /// The ids of items by the other names that others use.
    aliases: HashMap<String, String>,
    refers: Vec<(String, Place, Vec<Reference>)>,
    /// The parts of an answer, each with one that is beside it.
    beside: Vec<(String, String)>,
}

/// Who asks a question.
struct Asked {
    /// Where it is.
    place: String,
    /// What answers it, as far as that is imported too.
    answers: Vec<String>,
    /// The topic, if that is imported too and has one.
    topic: Option<String>,
}

/// Which entries are related to which.
pub(super) struct Related(HashMap<String, Vec<String>>);

impl Related {
    pub(super) fn of(&self, id: &str) -> Vec<String> {
        self.0.get(id).cloned().unwrap_or_default()
    }
}

impl Fitting {
    /// `questions` are those of all items that will be fitted.
    pub(super) fn new<'q>(base: &KnowledgeBase, questions: impl Iterator<Item = &'q str>) -> Self {
        let ids = base.entries.iter().map(|entry| entry.id.clone()).collect();
        let asked = base.entries.iter().map(|entry| {
            let place = format!("the entry `{}`", entry.id);
            (key_of(&entry.question), Asked { place, answers: Vec::new(), topic: None })
        });
        Self {
            ids,
            questions: asked.collect(),
            awaited: questions.map(|question| key_of(&without_marks(&on_one_line(question)))).collect(),
            names: HashMap::new(),
            aliases: HashMap::new(),
            refers: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// The entries that an item makes: one, or several if its answer is long.
    pub(super) fn fit(&mut self, mut item: Item, notices: &mut Vec<Notice>) -> Vec<Fitted> {
        let place = item.place.clone();
        let mut say = |text: String, is_left_out: bool| {
            let notice = if is_left_out { Notice::left_out } else { Notice::changed };
            notices.push(notice(&place, text));
        };
        clean(&mut item, &mut say);
        let reason = self.reason_against(&mut item, &mut say).or_else(|| shorten(&mut item, &mut say));
        let id = self.free_id(item.id.as_deref().unwrap_or(&item.question));
        if let Some(reason) = reason {
            say(format!("left out, because {reason}"), true);
            return vec![Fitted { id, item, reason: Some(reason) }];
        }
        let asked = Asked { place: shown(&item.place), answers: vec![item.answer.clone()], topic: item.topic.clone() };
        self.questions.insert(key_of(&item.question), asked);
        if let Some(name) = &item.id {
            self.names.entry(name.to_lowercase()).or_insert_with(|| id.clone());
        }
        for name in &item.names {
            self.aliases.entry(name.to_lowercase()).or_insert_with(|| id.clone());
        }
        self.refers.push((id.clone(), item.place.clone(), item.refers_to.clone()));
        self.parts(&id, &item, &mut say)
    }

    fn reason_against(&mut self, item: &mut Item, say: &mut impl FnMut(String, bool)) -> Option<String> {
        if item.unfit.is_some() {
            return item.unfit.clone();
        }
        let has_word = |text: &str| text.chars().any(char::is_alphanumeric);
        if !has_word(&item.question) {
            return Some("it has no question".to_owned());
        }
        if !has_word(&item.answer) {
            return Some("it has no answer".to_owned());
        }
        let free = self.free_name(item);
        let same = self.questions.get_mut(&key_of(&item.question))?;
        let differs = !same.answers.is_empty() && !same.answers.contains(&item.answer);
        let Some(name) = free.filter(|_| differs) else {
            return Some(format!("{} asks the same", same.place));
        };
        same.answers.push(item.answer.clone());
        let (place, question) = (&same.place, &item.question);
        let otherwise = "and answers otherwise";
        say(format!("{place} asks “{question}” {otherwise}: “{name}” is asked instead"), false);
        item.phrasings.retain(|phrasing| key_of(phrasing) != key_of(&name));
        item.question = name;
        None
    }

    /// The name of an item, or a phrasing, that is not the question of another; or else its
    /// question with its topic, if that tells it from the other.
    fn free_name(&self, item: &Item) -> Option<String> {
        let same = self.questions.get(&key_of(&item.question));
        let own = item.id.as_deref().map(as_words).into_iter();
        let is_told = |topic: &&String| same.is_none_or(|same| same.topic.as_ref() != Some(*topic));
        let in_topic =
            item.topic.iter().filter(is_told).map(|topic| format!("{} ({})", item.question, on_one_line(topic)));
        let mut names = own.chain(item.phrasings.iter().cloned()).chain(in_topic);
        names.find(|name| {
            let key = key_of(name);
            let is_free = !self.questions.contains_key(&key) && !self.awaited.contains(&key);
            is_free && key.contains(char::is_alphabetic) && name.chars().count() <= MAX_QUESTION_CHARS
        })
    }

    /// Divides an answer that is too long. Its parts are related to each other in their order.
    fn parts(&mut self, id: &str, item: &Item, say: &mut impl FnMut(String, bool)) -> Vec<Fitted> {
        let length = item.answer.chars().count();
        let mut answers = divided(&item.answer, MAX_ANSWER_CHARS).into_iter();
        let first = answers.next().unwrap_or_default();
        let mut fitted = vec![Fitted { id: id.to_owned(), item: Item { answer: first, ..item.clone() }, reason: None }];
        for (number, answer) in (2..).zip(answers) {
            let question = part_of(&item.question, number);
            let own = self.free_id(&format!("{id}-{number}"));
            let before = fitted.last().map_or(id, |part| part.id.as_str()).to_owned();
            self.beside.push((before.clone(), own.clone()));
            self.beside.push((own.clone(), before));
            self.questions
                .insert(key_of(&question), Asked { place: shown(&item.place), answers: Vec::new(), topic: None });
            let mut part = Item::new(item.place.clone(), question, answer);
            part.url.clone_from(&item.url);
            fitted.push(Fitted { id: own, item: part, reason: None });
        }
        if fitted.len() > 1 {
            let limit = MAX_ANSWER_CHARS;
            let parts = fitted.len();
            say(
                format!(
                    "the answer has {length} characters, and {limit} fit: it is divided into \
                    {parts} entries"
                ),
                false,
            );
        }
        fitted
    }

    /// The references that lead to an entry, each once, and what gets lost with the others. An own
    /// name is before an alias.
    pub(super) fn related(&self, notices: &mut Vec<Notice>) -> Related {
        let mut found: Vec<(&String, &String)> = Vec::new();
        for (id, place, references) in &self.refers {
            for Reference { name, lost } in references {
                let name = name.to_lowercase();
                match self.names.get(&name).or_else(|| self.aliases.get(&name)) {
                    Some(other) => found.push((id, other)),
                    None => notices.extend(lost.iter().map(|lost| Notice::changed(place, lost))),
                }
            }
        }
        found.extend(self.beside.iter().map(|(id, other)| (id, other)));
        let mut related: HashMap<String, Vec<String>> = HashMap::new();
        for (id, other) in found {
            let own = related.entry(id.clone()).or_default();
            if other != id && !own.contains(other) {
                own.push(other.clone());
            }
        }
        Related(related)
    }

    fn free_id(&mut self, name: &str) -> String {
        let slug = Some(kebab_case(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "question".to_owned());
        let numbered = (2..).map(|number: u32| format!("{slug}-{number}"));
        let free = [slug.clone()].into_iter().chain(numbered).find(|id| !self.ids.contains(id)).unwrap_or(slug);
        self.ids.insert(free.clone());
        free
    }
}

fn shown(place: &Place) -> String {
    match place.line {
        Some(line) => format!("line {line} of {}", place.file.display()),
        None => place.file.display().to_string(),
    }
}

/// What makes two questions the same: everything but capitals and the marks that end a sentence.
fn key_of(question: &str) -> String {
    let folded = fold(question);
    let words = folded.split_whitespace().map(|word| word.trim_matches(['?', '!', '.', ',', ':', ';', '"', '\'', '`']));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Puts questions on a line and takes out what no base may have.
fn clean(item: &mut Item, say: &mut impl FnMut(String, bool)) {
    item.question = without_marks(&on_one_line(&item.question));
    let mut known = vec![key_of(&item.question)];
    let mut kept = Vec::new();
    for phrasing in &item.phrasings {
        let phrasing = without_marks(&on_one_line(phrasing));
        let key = key_of(&phrasing);
        if !key.chars().any(char::is_alphanumeric) {
            if !phrasing.is_empty() {
                say(format!("the phrasing “{phrasing}” has no word, and is left out"), false);
            }
        } else if !known.contains(&key) {
            known.push(key);
            kept.push(phrasing);
        }
    }
    item.phrasings = kept;
    let mut keywords: Vec<String> = Vec::new();
    for keyword in item.keywords.iter().map(|keyword| on_one_line(keyword)).filter(|keyword| !keyword.is_empty()) {
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    item.keywords = keywords;
    // Without its first character, a colour would be left as letters.
    if item.answer.contains('\u{1b}') {
        say("colours of a terminal are removed".to_owned(), false);
        item.answer = anstream::adapter::strip_str(&item.answer).to_string();
    }
    let answer: String = item.answer.chars().filter(|c| matches!(c, '\n' | '\t') || !is_control(*c)).collect();
    if answer != item.answer {
        let lost = "characters that control a terminal or the direction of writing are removed";
        say(lost.to_owned(), false);
    }
    answer.trim().clone_into(&mut item.answer);
    for (what, address) in [("picture", &mut item.image), ("source", &mut item.url)] {
        let is_address = |url: &str| {
            let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
        };
        if let Some(wrong) = address.take_if(|url| !is_address(url)) {
            let lost = "is not complete, and is left out";
            say(format!("the address of the {what} {lost}: {wrong}"), false);
        }
    }
    if item.answer.is_empty()
        && let Some(picture) = &item.image
    {
        item.answer.clone_from(picture);
        say("its answer is only a picture: describe it in words".to_owned(), false);
    }
}

/// A question is shown as it is, so marks of Markdown around its words only disturb.
fn without_marks(question: &str) -> String {
    let bold = question.strip_prefix("**").and_then(|inner| inner.strip_suffix("**"));
    bold.filter(|inner| !inner.contains("**")).unwrap_or(question).replace('`', "").trim().to_owned()
}

/// Asks a long question by one of its sentences or phrasings, and keeps the whole as a phrasing.
/// Returns the reason if there is none that is short enough.
fn shorten(item: &mut Item, say: &mut impl FnMut(String, bool)) -> Option<String> {
    let fits = |text: &str| text.chars().count() <= MAX_QUESTION_CHARS && text.split(' ').nth(1).is_some();
    let length = item.question.chars().count();
    if length <= MAX_QUESTION_CHARS {
        return None;
    }
    let whole = item.question.clone();
    let sentences: Vec<&str> = whole.split_inclusive(['?', '.', '!', ';']).map(str::trim).collect();
    let asks = |sentence: &&&str| sentence.ends_with('?') && fits(sentence);
    let sentence = sentences.iter().find(asks).or_else(|| sentences.iter().find(|sentence| fits(sentence)));
    let short = sentence.map(|sentence| (*sentence).to_owned());
    let short = short.or_else(|| item.phrasings.iter().find(|phrasing| fits(phrasing)).cloned());
    let Some(short) = short.or_else(|| Some(without_brackets(&whole)).filter(|text| fits(text))) else {
        let limit = MAX_QUESTION_CHARS;
        return Some(format!("the question has {length} characters, and {limit} fit: shorten it"));
    };
    item.phrasings.retain(|phrasing| *phrasing != short);
    item.phrasings.insert(0, whole);
    say(
        format!(
            "the question has {length} characters, and {MAX_QUESTION_CHARS} fit: “{short}” is \
                asked instead, and the whole question is a phrasing"
        ),
        false,
    );
    item.question = short;
    None
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(character),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ?", "?")
}

/// The question of a later part of a long answer. The whole question is that of the first part.
fn part_of(question: &str, number: usize) -> String {
    let end = format!(" (part {number})");
    let room = MAX_QUESTION_CHARS - end.chars().count();
    if question.chars().count() <= room {
        return question.to_owned() + &end;
    }
    let mut kept = String::new();
    for word in question.split(' ') {
        if kept.chars().count() + word.chars().count() + 2 > room {
            break;
        }
        kept.push_str(word);
        kept.push(' ');
    }
    format!("{}…{end}", kept.trim_end())
}
